"""How the time of every reader grows with an input: a sign or a line again and again, brackets in
brackets, in each place where text may stand.

    python tests/fuzz/growth.py                     all of it, an hour
    python tests/fuzz/growth.py --every 40          one case in so many
    python tests/fuzz/growth.py --reader import --shape pipes

For each case the time at n, 2n and 4n signs is taken, n the largest that keeps it short. The exit
code is 1 where an exponent is above 1.3 or 50,000 signs take more than ten seconds.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import math
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).resolve().parents[1]),
        str(Path(__file__).resolve().parents[2]),
    ]

from fuzz.framed_readers import Read, Reader, readers
from fuzz.shapes import shapes
from fuzz.targets import workplace

MOST = 1.3  # exponent
SIGNS = 50_000  # of the longest input
SHORT = 0.08  # seconds below which nothing is concluded
LONG = 10.0  # seconds that no input may take
_FIRST = 3_125
_DOUBT = 1.1  # exponent at a quarter of the signs above which the rest is tried


@dataclass(frozen=True, slots=True)
class Grown:
    """``signs`` and ``seconds`` of the longest input; None where it is too short to tell."""

    signs: int
    seconds: float
    exponent: float | None

    @property
    def bad(self) -> bool:
        return self.seconds > LONG or (self.exponent is not None and self.exponent > MOST)


def grown(read: Read, frame: str, shape: Callable[[int], str]) -> Grown:
    """How the time of ``read`` grows, in a process of its own, which a crash may end."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            os.close(ours)
            workplace.cache_clear()
            most = math.ceil(LONG * 4)
            resource.setrlimit(resource.RLIMIT_CPU, (most, most))
            sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115
            for signs, seconds in _measured(read, frame, shape):
                os.write(theirs, f"{signs} {seconds}\n".encode())
            shutil.rmtree(workplace(), ignore_errors=True)
            os._exit(0)
        os._exit(1)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        said = [line.split() for line in pipe]
    _, status = os.waitpid(pid, 0)
    points = [(int(signs), float(seconds)) for signs, seconds in said]
    if not points or status:  # ended from outside: the next input took too long
        last = points[-1][0] if points else _FIRST
        return Grown(last * 2, float("inf"), None)
    (fewer, first), (signs, last) = points[-3:][0], points[-1]
    return Grown(signs, last, _exponent(fewer, first, signs, last) if last > SHORT else None)


def _exponent(fewer: int, first: float, signs: int, last: float) -> float:
    """Of the power of the size by which the time grows."""
    if signs == fewer:
        return 0.0
    return math.log(max(last, 1e-6) / max(first, 1e-6)) / math.log(signs / fewer)


def _measured(read: Read, frame: str, shape: Callable[[int], str]) -> Iterator[tuple[int, float]]:
    """(signs, seconds) of inputs twice as long each time; the longest only where shorter ones leave
    a doubt."""
    gc.disable()
    read(_filled(frame, shape(20)))  # what is loaded once
    points: list[tuple[int, float]] = []
    size = _FIRST
    while size <= SIGNS:
        said = _filled(frame, shape(size))
        times = []
        for _ in range(2):
            started = time.process_time()
            read(said)
            times.append(time.process_time() - started)
            if times[-1] > 2:
                break
        points.append((size, min(times)))
        yield points[-1]
        if points[-1][1] > LONG:
            return
        if len(points) == 3 and points[-1][1] < LONG / 10:
            (fewer, first), *_, (signs, last) = points
            if _exponent(fewer, first, signs, last) < _DOUBT:
                return
        size *= 2


def _filled(frame: str, shape: str) -> str:
    return frame.replace("%s", shape).replace("%%", "%")


def cases() -> Iterator[tuple[Reader, str, str]]:
    for reader in readers():
        for frame in reader.frames:
            for name in shapes():
                yield reader, frame, name


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="one case in so many")
    parser.add_argument("--reader", action="append", default=[])
    parser.add_argument("--shape", action="append", default=[])
    parser.add_argument("--slowest", type=int, default=10)
    args = parser.parse_args()
    os.environ["EDITION_CACHE"] = str(workplace() / "cache")
    made = shapes()
    done: list[tuple[str, Grown]] = []
    chosen = [
        one
        for one in cases()
        if (not args.reader or one[0].name in args.reader)
        and (not args.shape or one[2] in args.shape)
    ][:: args.every]
    bad = 0
    for reader, frame, name in chosen:
        result = grown(reader.read, frame, made[name])
        if result.bad:  # once more: other work on the machine is no fault of the reader
            result = grown(reader.read, frame, made[name])
        label = f"{reader.name}: {name} in {json.dumps(frame[:40], ensure_ascii=False)}"
        done.append((label, result))
        if result.bad:
            bad += 1
            print(
                f"{label}: {result.signs} signs, {result.seconds:.2f} s, exponent {result.exponent}",
                flush=True,
            )
    done.sort(key=lambda one: -one[1].seconds)
    print("slowest:")
    for label, result in done[: args.slowest]:
        print(f"  {result.seconds:6.2f} s  {result.signs:7}  {result.exponent}  {label}")
    print(f"{len(done)} cases, {bad} worse than linear")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
