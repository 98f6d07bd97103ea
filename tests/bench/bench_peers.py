"""This program and what one could use instead, on one corpus, in one run.

    python tests/bench/bench_peers.py [sizes …]     default: 50 500 3000

Builds from nothing, after one changed note, after a paragraph that moves all later pages, and with
nothing changed; Typst (PyPI's ``typst``) and XeLaTeX with paracol and biber where they are
installed. Prints a table of seconds, processor time and peak memory with the ratio to Typst, and
how time grows with size. Peers get no apparatus, no alignment over pages and no proof.
"""

from __future__ import annotations

import importlib.util
import math
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT)]

import corpus  # noqa: E402

SIZES = (50, 500, 3000)
OURS = "this program"


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds by the clock and of the processor, peak memory of the largest process in MB."""

    wall: float
    cpu: float
    memory: float


def measured(command: Sequence[str], folder: Path) -> Run:
    """One command, whose output is thrown away. Raises ``RuntimeError`` where it fails."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"{command[0]}: {said.decode(errors='replace')[-300:]}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


# --- this program -----------------------------------------------------------------------------


def build(root: Path) -> Run:
    words = ("build", "--quiet", "--dir", str(root))
    return measured((sys.executable, "-P", "-m", "edition", *words), ROOT)


def ours(size: int, folder: Path) -> dict[str, Run]:
    """A build from nothing, and what a change costs after it."""
    root = corpus.write_workspace(folder / "ours", size)
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
        sum(one.wall for one in runs), sum(one.cpu for one in runs), max(one.memory for one in runs)
    )


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


# --- the table --------------------------------------------------------------------------------


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def growth(points: Sequence[tuple[int, float]]) -> str:
    """The exponent from each size to the next: 1 is linear."""
    return ", ".join(
        f"{math.log(after / before) / math.log(more / less):.2f}"
        for (less, before), (more, after) in pairwise(points)
    )


def main(sizes: Sequence[int]) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
          f"this bench itself {memory / 1024:.0f} MB")  # fmt: skip
    others = peers()
    for name in ("Typst", "XeLaTeX, paracol, biber"):
        if name not in others:
            print(f"{name}: not installed")
    print(
        "\n| way | pairs | seconds | of the processor | peak MB | to Typst |\n" + "|---" * 6 + "|"
    )
    cold: dict[str, list[tuple[int, float]]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            runs = {name: peer(size, Path(folder)) for name, peer in others.items()}
            base = runs.get("Typst")
            own = ours(size, Path(folder))
            runs |= {f"{OURS}, {name}": run for name, run in own.items()}
        for name, run in runs.items():
            ratio = f"{run.wall / base.wall:.2f}" if base else ""
            print(
                f"| {name} | {size} | {run.wall:.1f} | {run.cpu:.1f} | {run.memory:.0f} | {ratio} |"
            )
            cold.setdefault(name, []).append((size, run.wall))
        print(
            f"one note takes {own['one note'].wall / own['cold'].wall:.2f} of a build from nothing"
        )
    print("\ngrowth of time with size, 1 is linear:")
    for name, points in cold.items():
        if len(points) > 1:
            print(f"  {name}: {growth(points)}")


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or SIZES)
