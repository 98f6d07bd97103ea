"""This program and what one could use instead, on one corpus, in one run.

    python tests/bench/bench_peers.py [--write] [sizes …]     default: 50 500 3000

Builds from nothing, after one changed note, after a paragraph that moves all later pages, and with
nothing changed; Typst (PyPI's ``typst``) and XeLaTeX with paracol and biber where they are
installed. Prints seconds, processor time and peak memory with the ratio to Typst, how time grows
with size, and the figures asked for beside those measured; ``--write`` puts all of it, with a plot,
into ``docs/performance.md`` and the raw figures into ``docs/performance.json``. Peers get no
apparatus, no alignment over pages and no proof.
"""

from __future__ import annotations

import compileall
import contextlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT)]

import corpus  # noqa: E402
from peers_report import OURS, Measured, Run, tables, update  # noqa: E402

SIZES = (50, 500, 3000)
PARACOL_MOST = 500  # pairs: 3,000 take a quarter of an hour
_OFTEN = 0.05  # seconds between two looks at memory


def measured(command: Sequence[str], folder: Path, **environment: str) -> Run:
    """One command, whose output is thrown away. Raises ``RuntimeError`` where it fails. Python
    keeps what it has compiled, as where a program is installed: compiling 400 modules anew takes
    half a second of each build."""
    environment.setdefault("PYTHONDONTWRITEBYTECODE", "")
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env=os.environ | environment,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        watch = _Watch(process.pid)
        watch.start()
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        watch.ended.set()
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    watch.join()
    if process.returncode:
        raise RuntimeError(f"{command[0]}: {said.decode(errors='replace')[-300:]}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, watch.most / 1024)


class _Watch(threading.Thread):
    """The most memory that a process and those that it started held at one time, in KB. What they
    share is counted for each."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.most = 0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(_OFTEN):
            with contextlib.suppress(OSError):
                self.most = max(self.most, sum(map(_resident, _family(self.process))))


def _family(process: int) -> list[int]:
    """A process and its descendants."""
    found = [process]
    for one in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def _resident(process: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0


# --- this program -----------------------------------------------------------------------------


def build(root: Path) -> Run:
    words = ("build", "--quiet", "--dir", str(root))
    command = (sys.executable, "-P", "-m", "edition", *words)
    run = measured(command, ROOT, EDITION_CACHE=str(root.parent / "cache"))
    proof = json.loads((root / "dist/proof.json").read_text("utf-8"))
    size = max(one.stat().st_size for one in (root / "dist").glob("*.pdf"))
    return Run(run.wall, run.cpu, run.memory, run.together, size, len(proof["violations"]))


def ours(size: int, folder: Path) -> dict[str, Run]:
    """A build from nothing, and what a change costs after it."""
    root = corpus.write_workspace(folder / "ours", size)
    compileall.compile_dir(ROOT / "edition", quiet=2)
    runs = {"cold": build(root)}
    middle = f"s{size // 200:03}"
    change(root / f"source/notes/{middle}.yaml", "此處", "此處今")
    runs["one note"] = build(root)
    change(root / "source/text/s000.zh.md", "第1段", "第1段" + "園中石路，竹影清風。" * 12)
    runs["one paragraph"] = build(root)
    runs["nothing"] = build(root)
    return runs


def change(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


# --- peers ------------------------------------------------------------------------------------


def typst(size: int, folder: Path) -> Run:
    work = folder / "typst"
    work.mkdir()
    (work / "book.typ").write_text(corpus.typst(size), "utf-8")
    (work / "works.bib").write_text(corpus.bibliography(), "utf-8")
    script = "import typst; typst.compile('book.typ', output='book.pdf')"
    return measured((sys.executable, "-c", script), work)


def paracol(size: int, folder: Path) -> Run:
    """Three passes of XeLaTeX and one of biber: what it takes until nothing changes."""
    work = folder / "paracol"
    work.mkdir()
    (work / "book.tex").write_text(corpus.paracol(size), "utf-8")
    (work / "works.bib").write_text(corpus.bibliography(), "utf-8")
    tex = ("xelatex", "-interaction=batchmode", "book.tex")
    runs = [measured(one, work) for one in (tex, ("biber", "-q", "book"), tex, tex)]
    return Run(
        sum(one.wall for one in runs), sum(one.cpu for one in runs),
        max(one.memory for one in runs), max(one.together for one in runs),
    )  # fmt: skip


def peers() -> dict[str, Callable[[int, Path], Run]]:
    """Those that are installed."""
    there: dict[str, Callable[[int, Path], Run]] = {}
    if importlib.util.find_spec("typst"):
        there["Typst"] = typst
    found = (
        shutil.which("kpsewhich")
        and subprocess.run(["kpsewhich", "paracol.sty"], capture_output=True, check=False).stdout
    )
    if found and shutil.which("biber"):
        there["XeLaTeX, paracol, biber"] = paracol
    return there


# --- all of it --------------------------------------------------------------------------------


def machine() -> str:
    model = platform.processor() or platform.machine()
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line for line in lines if line.startswith("model name")).split(": ", 1)[1]
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main(sizes: Sequence[int], *, write: bool) -> None:
    others = peers()
    for name in ("Typst", "XeLaTeX, paracol, biber"):
        if name not in others:
            print(f"{name}: not installed")
    found: dict[int, dict[str, Run]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            there = {name: peer for name, peer in others.items()
                     if name == "Typst" or size <= PARACOL_MOST}  # fmt: skip
            found[size] = {f"{OURS}, {name}": run for name, run in ours(size, Path(folder)).items()}
            found[size] |= {name: peer(size, Path(folder)) for name, peer in there.items()}
        print(f"{size} pairs: done", file=sys.stderr)
        if write:  # a long run that is ended leaves what it has
            page = ROOT / "docs" / "performance.md"
            raw = json.dumps(asdict(Measured(machine(), found)), ensure_ascii=False, indent=1)
            page.with_suffix(".json").write_text(raw + "\n", "utf-8")
            update(page, Measured(machine(), found))
    print(tables(Measured(machine(), found)))


if __name__ == "__main__":
    words = sys.argv[1:]
    main([int(one) for one in words if one.isdigit()] or SIZES, write="--write" in words)
