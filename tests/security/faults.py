"""Faults of files, programs, disks and surroundings as a table: what was expected, what was seen.

    python tests/security/faults.py                all of them, about a quarter of an hour
    python tests/security/faults.py --every 9      one in so many
    python tests/security/faults.py --kind caches  those of a kind

Of each the exit code is known beforehand, and what is printed names the fault; outputs are all
there or none, and older ones as they were. The exit code is 1 where any number but the first
two columns of the table is not 0.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from conftest import write_workspace

LIMIT = 2.0  # seconds that a program of others may take here
SLOW = 10.0  # seconds of processor time
PATIENCE = 240.0  # seconds after which a command hangs, on a machine with other work
PROGRAMS = ("xelatex", "xdvipdfmx", "biber", "kpsewhich", "fc-list", "pdftotext")
# the command, with shorter limits for the programs that it starts where one of them hangs
_DRIVER = """
import sys
from edition.engine import programs
run, output, hangs = programs.run, programs.output, {hangs}
if hangs:
    programs.run = lambda c, f, s, e: run(c, f, {limit}, e)
    programs.output = lambda c, s, *a: output(c, {limit}, *a)
from edition import cli
cli.run()
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Where a fault is laid: a workspace, its caches (those of a build where ``warm``), a folder
    for programs that come before those of the machine, and one for anything else."""

    root: Path
    cache: Path
    bin: Path
    spare: Path


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """``codes``: exit codes that are right; ``says``: words of which one must be printed, unless
    there are none; ``made``: whether the edition is there afterwards, None where either is right;
    ``shell``: the command as a line of a shell, ``$EDITION`` being the program."""

    kind: str
    name: str
    lay: Callable[[Scene], object] = lambda _: None
    command: str = "check"
    codes: tuple[int, ...] = (1,)
    says: tuple[str, ...] = ()
    made: bool | None = None
    environ: Mapping[str, str | None] = dataclasses.field(default_factory=dict)
    shell: str = ""
    warm: bool = True
    hangs: bool = False
    alone: bool = False  # bytes of the edition are not compared: its text is another
    skip: str = ""


@dataclasses.dataclass(slots=True)
class Row:
    """Counts of a kind."""

    tried: int = 0
    skipped: int = 0
    tracebacks: int = 0
    codes: int = 0  # exit codes that are not the right ones
    silent: int = 0  # what is printed does not name the fault
    halves: int = 0  # outputs half written, missing, or other than those of before
    hangs: int = 0

    @property
    def bad(self) -> int:
        return self.tracebacks + self.codes + self.silent + self.halves + self.hangs


class Stage:
    """A workspace that is written anew for each fault, always in one place, and caches of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warm = folder / "warm"
        self.scene = Scene(root=folder / "workspace", cache=folder / "cache",
                           bin=folder / "bin", spare=folder / "spare")  # fmt: skip
        self._fresh(warm=False)
        shutil.copytree(self.scene.cache, self.warm, dirs_exist_ok=True)
        done = self._run(Fault(kind="", name="", command="build -q"))
        assert done.returncode == 0, done.stdout
        self.right = self._pdf()
        assert self.right is not None
        shutil.copytree(self.scene.cache, self.warm, dirs_exist_ok=True)

    def _pdf(self) -> bytes | None:
        path = self.scene.root / "dist" / "garden.pdf"
        return path.read_bytes() if path.is_file() else None

    def _fresh(self, *, warm: bool) -> None:
        for path in (self.scene.root, self.scene.cache, self.scene.bin, self.scene.spare):
            subprocess.run(["chmod", "-R", "u+rwX", str(path)], check=False,
                           stderr=subprocess.DEVNULL)  # fmt: skip
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir(parents=True)
        write_workspace(self.scene.root)
        if warm:
            shutil.copytree(self.warm, self.scene.cache, dirs_exist_ok=True)

    def _run(self, fault: Fault) -> subprocess.CompletedProcess[bytes]:
        driver = _DRIVER.format(hangs=fault.hangs, limit=LIMIT)
        program = [sys.executable, "-P", "-c", driver]
        environ: dict[str, str] = {**os.environ, "EDITION_CACHE": str(self.scene.cache),
                                   "PATH": f"{self.scene.bin}:{os.environ['PATH']}"}  # fmt: skip
        for name, value in fault.environ.items():
            environ.pop(name, None)
            if value is not None:
                environ[name] = value.format(**dataclasses.asdict(self.scene))
        command = [*program, *fault.command.split()]
        if fault.shell:
            path = self.folder / "edition"
            path.write_text(
                f'#!/bin/sh\nexec {sys.executable} -P {self.folder / "driver.py"} "$@"\n'
            )
            (self.folder / "driver.py").write_text(driver)
            path.chmod(0o755)
            environ["EDITION"] = str(path)
            command = ["/bin/bash", "-c", fault.shell]
        return subprocess.run(command, cwd=self.scene.root, env=environ, timeout=PATIENCE,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)  # fmt: skip

    def attempt(self, fault: Fault) -> tuple[Row, str]:
        """What is wrong, and what was seen."""
        row = Row(tried=1)
        if fault.skip:
            return Row(skipped=1), f"skipped: {fault.skip}"
        self._fresh(warm=fault.warm)
        seen = "a hang"
        started = os.times()
        try:
            fault.lay(self.scene)
            done = self._run(fault)
        except subprocess.TimeoutExpired:
            row.hangs = 1
            return row, seen
        finally:
            subprocess.run(["umount", "-q", str(self.scene.spare / "full")], check=False,
                           stderr=subprocess.DEVNULL)  # fmt: skip
        ended = os.times()
        spent = ended.children_user - started.children_user
        said = done.stdout.decode("utf-8", "replace")
        own = spent if fault.command == "check" and not fault.shell else 0.0
        row.hangs = int(own > SLOW)
        row.tracebacks = int("Traceback (most recent" in said or "USE009" in said
                             or "Exception ignored" in said)  # fmt: skip
        row.codes = int(done.returncode not in fault.codes)
        row.silent = int(bool(fault.says) and not any(one in said for one in fault.says))
        pdf = self._pdf()
        halves = list((self.scene.root / "dist").glob(".*.new"))
        wrong = fault.made is not None and fault.made != (pdf is not None)
        other = pdf is not None and pdf != self.right and not fault.alone
        row.halves = int(bool(halves) or wrong or other)
        last = [line for line in said.splitlines() if line.strip()]
        told = next((line for line in last if " error " in line), last[-1] if last else "")
        return row, f"{done.returncode} {'pdf ' if pdf else ''}{told[:110]}"


def table(rows: Mapping[str, Row]) -> str:
    names = [one.name for one in dataclasses.fields(Row)]
    lines = ["".join([f"{'faults':34}", *(f"{name:>11}" for name in names)])]
    for kind, row in rows.items():
        lines.append("".join([f"{kind:34}", *(f"{getattr(row, name):11}" for name in names)]))
    return "\n".join(lines)


def main() -> int:
    from security.fault_kinds import faults

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="one fault in so many")
    parser.add_argument("--kind", action="append", default=[])
    parser.add_argument("--name", action="append", default=[])
    parser.add_argument("--quiet", action="store_true", help="the table, and what is wrong")
    args = parser.parse_args()
    chosen = [one for one in faults() if not args.kind or one.kind in args.kind]
    chosen = [one for one in chosen if not args.name or one.name in args.name][:: args.every]
    rows: dict[str, Row] = {}
    total = Row()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="edition-faults-") as folder:
        stage = Stage(Path(folder))
        for fault in chosen:
            done, seen = stage.attempt(fault)
            for sums in (rows.setdefault(fault.kind, Row()), total):
                for one in dataclasses.fields(Row):
                    setattr(sums, one.name, getattr(sums, one.name) + getattr(done, one.name))
            if done.bad or not args.quiet:
                expected = "/".join(map(str, fault.codes))
                mark = "BAD " if done.bad else ""
                print(f"{mark}{fault.kind}: {fault.name}: {expected} → {seen}", flush=True)
    print(table({**rows, "all": total}))
    print(f"{time.monotonic() - started:.0f} s")
    return 1 if total.bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
