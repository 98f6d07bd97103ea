"""Builds of the shipped edition against the bare runs of XeLaTeX and biber in them, and of the
prototype's corpora against the prototype.

``python tests/bench/bench_build.py [corpus sizes …]`` prints seconds and ratios of one machine in
one go; corpora and prototype are left out where the shared data is not beside the repository.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

import prototype_corpus  # noqa: E402

from edition.build import Request, build  # noqa: E402
from edition.build.pages import compose  # noqa: E402
from edition.engine import programs  # noqa: E402
from edition.engine.cache import Cache  # noqa: E402
from edition.layout import spec  # noqa: E402
from edition.model import Edition, References  # noqa: E402
from edition.terminal import Progress  # noqa: E402

RUNS = 2  # of corpus and prototype, of which the faster counts
BUILDS = (("facing", "hant"), ("facing", "hans"), ("columns", "hant"), ("columns", "hans"))


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


class Programs:
    """Seconds spent in XeLaTeX and biber while a build runs."""

    def __init__(self) -> None:
        self.spent: list[float] = []
        self.real = programs.run

    def __enter__(self) -> Self:
        def supervised(*args: object, **more: object) -> programs.Ended:
            done = self.real(*args, **more)  # type: ignore[arg-type]
            self.spent.append(done.seconds)
            return done

        programs.run = supervised  # type: ignore[assignment]
        return self

    def __exit__(self, *_: object) -> None:
        programs.run = self.real


def workspace(folder: Path) -> Path:
    for name in ("source", "bib", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def made(root: Path, layout: str, script: str) -> None:
    request = Request(root=root, layout=layout, script=script)  # type: ignore[arg-type]
    done = build(request, Progress(quiet=True))
    assert done.value is not None, [one.fact for one in done.diagnostics]


def shipped() -> None:
    print("the shipped edition                   cold  programs  ratio  one note  nothing")
    for layout, script in BUILDS:
        with tempfile.TemporaryDirectory() as folder:
            root = workspace(Path(folder) / "edition")
            print(f"  {layout:8} {script:24} {times(root, layout, script)}")


def times(root: Path, layout: str, script: str) -> str:
    """Seconds of a build from nothing, of the programs in it, after one note and nothing more."""
    with Programs() as programs:
        cold = seconds(lambda: made(root, layout, script))
        bare = sum(programs.spent)
    note = root / "source" / "notes" / "06-conclusion.yaml"
    note.write_text(note.read_text("utf-8").replace("。", "，今仍之。", 1), "utf-8")
    changed = seconds(lambda: made(root, layout, script))
    command = [sys.executable, "-m", "edition", "build", "--dir", str(root), "--quiet",
               "--layout", layout, "--script", script]  # fmt: skip
    nothing = seconds(
        lambda: subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    )
    return f"{cold:6.1f} {bare:9.1f} {cold / bare:6.2f} {changed:9.1f} {nothing:8.2f}"


def corpus(size: int, shared: Path) -> None:
    path = shared / "prototype" / f"book_{size}.json"
    if not path.is_file():
        print(f"no {path}")
        return
    edition = prototype_corpus.load(path)
    for layout in ("facing", "columns"):
        ours, line = min((composed(edition, layout) for _ in range(RUNS)), key=total)
        peer = min(prototype(size, layout, shared) for _ in range(RUNS))
        alike = total((ours, "")) - ours["finish"] - ours["prove"]
        print(f"  {size:5} {layout:8} {total((ours, '')):6.1f} s, as far as the prototype goes "
              f"{alike:5.1f} s, prototype {peer:5.1f} s; "
              + ", ".join(f"{name} {value:.1f}" for name, value in ours.items()))  # fmt: skip
        print(f"        {line}")


def total(run: tuple[dict[str, float], str]) -> float:
    return sum(run[0].values())


def composed(edition: Edition, layout: str) -> tuple[dict[str, float], str]:
    """Seconds of the stages of a corpus from nothing, and its line of proof."""
    config = prototype_corpus.config(layout)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        shape = spec.load(config, ROOT).value
        assert shape is not None
        stages = [("assemble", time.perf_counter())]
        done = compose(
            edition, config, References(style="", entries={}), shape, root=ROOT, work=work,
            cache=Cache(work / "cache"),
            progress=lambda stage: stages.append((stage, time.perf_counter())),
        )  # fmt: skip
        stages.append(("", time.perf_counter()))
        assert done.value is not None
        return {
            name: after - at for (name, at), (_, after) in pairwise(stages)
        }, done.value.proof.line()


def prototype(size: int, layout: str, shared: Path) -> float:
    """Seconds that the prototype takes for the same corpus: without proof and finished file."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "prototype"
        shutil.copytree(shared / "prototype", copy)
        name = "facing" if layout == "facing" else "cols"
        done = subprocess.run([sys.executable, "engine.py", str(size), name, "sync"], cwd=copy,
                              capture_output=True, text=True, check=True)  # fmt: skip
        return float(json.loads(done.stdout.splitlines()[-1])["wall"])


def main() -> None:
    sizes = [int(one) for one in sys.argv[1:] if one.isdigit()] or [50, 500]
    shipped()
    shared = Path(os.environ.get("EDITION_SHARED") or ROOT.parent / "shared")
    print("synthetic corpora")
    for size in sizes:
        corpus(size, shared)


if __name__ == "__main__":
    main()
