"""How well the lines of an edition are filled, measured on its finished PDF.

    python tests/line_figures.py FOLDER [facing|columns] [hant|hans]

builds the workspace in that layout and script and prints the figures that ``docs/clreq.md``
records, then every line behind them.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from proof_samples import Line, lines_of  # noqa: E402

from edition.build import Request, build  # noqa: E402
from edition.build.pages import Composed, compose  # noqa: E402
from edition.model import LANGS  # noqa: E402
from edition.proof.lines import LOOSE  # noqa: E402
from edition.proof.types import Figures  # noqa: E402

_LADDER = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """A finished edition and what its lines come to."""

    composed: Composed
    pages: int
    figures: Figures
    lines: tuple[Line, ...]

    def faults(self) -> Iterator[str]:
        """The lines that are loose, end a ladder, or end a column in a divided word."""
        run = 0
        for line in self.lines:
            run = run + 1 if line.divided else 0
            where = f"{line.key} p.{line.page + 1} l.{line.number} {' '.join(line.words())}"
            if line.loose is not None and line.loose > LOOSE[line.lang]:
                yield f"loose {line.loose:.2f} {where}"
            if run > _LADDER:
                yield f"ladder of {run} {where}"
        feet = {}
        for line in self.lines:
            if not line.key.startswith(("n:", "f:")):
                foot = feet.get((line.page, line.lang))
                if foot is None or line.y > foot.y:
                    feet[line.page, line.lang] = line
        for line in feet.values():
            if line.divided:
                yield f"column end {line.key} p.{line.page + 1} {' '.join(line.words())}"


def measured(folder: Path, layout: str, script: str = "hant") -> Measured:
    """Builds a copy of the workspace. Raises ``ValueError`` where it does not build."""
    done: list[Composed] = []

    def composing(*args: object, **more: object) -> object:
        outcome = compose(*args, **more)  # type: ignore[arg-type]
        done.extend([outcome.value] if outcome.value else [])
        return outcome

    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        own = ("templates",) if folder.resolve() != ROOT else ()  # ours are shipped
        for name in ("source", "bib", *own):
            if (folder / name).is_dir():
                shutil.copytree(folder / name, root / name)
        request = Request(root=root, layout=layout, script=script)  # type: ignore[arg-type]
        outcome = build(request, compose=composing)  # type: ignore[arg-type]
    if not done:
        raise ValueError("; ".join(one.fact for one in outcome.diagnostics))
    proof = done[0].proof
    return Measured(done[0], proof.pages, proof.figures, tuple(lines_of(done[0])))


def report(folder: Path, layout: str, script: str) -> None:
    found = measured(folder, layout, script)
    figures = found.figures
    shares = ", ".join(
        f"{lang} {100 * figures.share(lang):.1f} % of {figures.lines.get(lang, 0)} lines over "
        f"{LOOSE[lang]} em" for lang in LANGS
    )  # fmt: skip
    print(
        f"{folder.name} {layout} {script}: {found.pages} pages; {shares}; {figures.ladders} "
        f"ladders, {figures.stubs} stubs, {figures.ends} columns that end in a divided word"
    )
    for fault in found.faults():
        print(f"  {fault}")


if __name__ == "__main__":
    report(Path(sys.argv[1]), *(*sys.argv[2:4], *("columns", "hant")[len(sys.argv[2:4]) :]))
