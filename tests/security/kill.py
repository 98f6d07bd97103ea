"""Builds killed at random moments: what is left behind, what is whole, what the next build makes.

    python tests/security/kill.py --count 100 --seed 1

prints a line for each and a summary; the exit code is 1 where a bar is not met: no process left
after half a second, outputs of before or of now and no others, the next build of the same bytes.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from conftest import write_workspace

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER, prctl(2)
_GRACE = 0.5  # seconds in which all children must be gone: TeX itself may take no longer than two
TEXTS = ("Beans are sown in spring.", "Peas are sown in the last days of winter.")


@dataclass(frozen=True, slots=True)
class Killed:
    signal: int
    after: float  # seconds
    ended: bool  # before it was killed
    orphans: tuple[str, ...]  # command lines
    whole: bool  # outputs are those of before or of now
    same: bool  # the next build gives the same bytes


class Trial:
    """A workspace with two states, and the PDF of each."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.root = write_workspace(folder / "workspace")
        self.cache = folder / "cache"
        self.random = random.Random(seed)
        self.pdf = self.root / "dist" / "garden.pdf"
        self.right: list[bytes] = []
        self.seconds = 0.0
        ctypes.CDLL(None).prctl(_SUBREAPER, 1)  # what is orphaned becomes a child of ours
        for text in TEXTS:
            self.write(text)
            started = time.monotonic()
            assert self.build().wait() == 0
            self.seconds = time.monotonic() - started
            self.right.append(self.pdf.read_bytes())
        self.state = 1

    def write(self, text: str) -> None:
        path = self.root / "source" / "text" / "01-garden.en.md"
        now = path.read_text("utf-8")
        for other in TEXTS:
            now = now.replace(other, text)
        path.write_text(now, encoding="utf-8")

    def build(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", "edition", "build", "--dir", str(self.root), "-q"]
        return subprocess.Popen(
            command, env={**os.environ, "EDITION_CACHE": str(self.cache)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def kill(self) -> Killed:
        old, self.state = self.state, 1 - self.state
        self.write(TEXTS[self.state])
        if self.random.random() < 0.5:  # nothing kept: all of TeX, biber and fonts runs
            shutil.rmtree(self.cache)
        number = self.random.choice((signal.SIGKILL, signal.SIGTERM))
        after = self.random.uniform(0.05, self.seconds)
        own = frozenset(_children())  # such as the watchdog of this process
        process = self.build()
        time.sleep(after)
        ended = process.poll() is not None
        process.send_signal(number)
        process.wait(30)
        orphans = _orphans(_GRACE, own)
        whole = self.pdf.read_bytes() in (self.right[old], self.right[self.state])
        whole = whole and all(path.stat().st_size for path in self.pdf.parent.iterdir())
        same = self.build().wait() == 0 and self.pdf.read_bytes() == self.right[self.state]
        halves = [one for one in self.pdf.parent.iterdir() if one.suffix == ".new"]
        return Killed(number, after, ended, orphans, whole, same and not halves)


def _children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()


def _orphans(seconds: float, own: frozenset[str]) -> tuple[str, ...]:
    """Command lines of the processes that are left to us after ``seconds``, but for our ``own``."""
    until = time.monotonic() + seconds
    while True:
        left = []
        for pid in _children():
            try:
                if pid not in own and os.waitpid(int(pid), os.WNOHANG) == (0, 0):
                    line = Path(f"/proc/{pid}/cmdline").read_bytes()
                    left.append(line.replace(b"\0", b" ").decode("utf-8", "replace").strip())
            except (OSError, ValueError):
                continue
        if not left or time.monotonic() > until:
            return tuple(left)
        time.sleep(0.05)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="edition-kill-") as folder:
        trial = Trial(Path(folder), args.seed)
        done = []
        for number in range(1, args.count + 1):
            one = trial.kill()
            done.append(one)
            name = signal.Signals(one.signal).name
            print(f"{number:4} {name} after {one.after:5.2f} s"
                  f"{' (had ended)' if one.ended else ''}: whole {one.whole}, same {one.same}, "
                  f"left {list(one.orphans)}", flush=True)  # fmt: skip
    running = [one for one in done if not one.ended]
    bad = [one for one in done if one.orphans or not one.whole or not one.same]
    print(f"{len(done)} kills, {len(running)} while it ran: {len(bad)} bad; seed {args.seed}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
