"""The clauses of ``docs/clreq.md``, measured on the glyphs of a finished PDF.

    python tests/clreq_figures.py FOLDER [facing|columns] [hant|hans]

builds the workspace and prints one line a clause.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from line_figures import Measured, measured  # noqa: E402
from proof_samples import Line  # noqa: E402

from edition.latex import breaks  # noqa: E402
from edition.proof.lines import is_ideograph  # noqa: E402

_CLOSES = breaks.CLOSING | breaks.POINTS


def clauses(found: Measured) -> Iterator[tuple[str, str]]:
    """(clause, figure) of one edition."""
    lines = [line for line in found.lines if line.lang == "zh"]
    codes = [one.code.id for one in found.composed.proof.found]
    yield "lines of Chinese", str(len(lines))
    yield "forbidden starts and ends, parted dashes", str(codes.count("PRF014"))
    yield "dashes", _spread(list(_dashes(lines)))
    yield "halves of an ellipsis apart", _spread(list(_apart(lines, "…⋯", "…⋯")))
    run = _running(lines)
    yield "mark that closes to one that closes", _spread(list(_apart(run, _CLOSES, _CLOSES)))
    yield (
        "mark that closes to one that opens",
        _spread(list(_apart(run, _CLOSES, breaks.OPENING))),
    )
    yield "gap between Han and Latin", _spread(list(_between_scripts(run)))
    paragraphs = [line for line in lines if found.composed.book.boxes[line.key].style == "para-zh"]
    yield "indent of a first line", _spread(list(_indents(paragraphs)))
    yield "measure in characters", _spread(list(_measures(paragraphs)))
    alone = sum(line.last and not line.first and len(line.glyphs) < 2 for line in paragraphs)
    yield "paragraphs that end in one character alone", str(alone)
    yield "single lines at the head or foot of a page", str(codes.count("PRF006"))
    yield "lines stretched over 0.1 em", f"{100 * found.figures.share('zh'):.1f} %"


def _spread(values: Sequence[float]) -> str:
    if not values:
        return "none"
    low, high = min(values), max(values)
    return f"{len(values)}: {low:.2f} to {high:.2f} em, median {median(values):.2f}"


def _running(lines: Sequence[Line]) -> list[Line]:
    """Without first lines, where a number may stand apart, without tables and contents."""
    return [one for one in lines if one.loose is not None and not one.first]


def _dashes(lines: Sequence[Line]) -> Iterator[float]:
    for line in lines:
        for first, second in pairwise(line.glyphs):
            if first.text == second.text == "—":
                yield (second.right - first.x) / line.size


def _apart(lines: Sequence[Line], before: object, after: object) -> Iterator[float]:
    """From the left of one mark to the left of the next, in em: two full widths would be 1."""
    for line in lines:
        for one, two in pairwise(line.glyphs):
            if one.text in before and two.text in after:  # type: ignore[operator]
                yield (two.x - one.x) / line.size


def _between_scripts(lines: Sequence[Line]) -> Iterator[float]:
    for line in lines:
        for one, two in pairwise(line.glyphs):
            han, latin = (one, two) if is_ideograph(one.text) else (two, one)
            if is_ideograph(han.text) and latin.text.isascii() and latin.text.isalnum():
                yield (two.x - one.right) / line.size


def _indents(lines: Sequence[Line]) -> Iterator[float]:
    for one, two in pairwise(lines):
        a, b = one.glyphs[0], two.glyphs[0]
        together = one.first and two.key == one.key and two.page == one.page
        if together and is_ideograph(a.text) and is_ideograph(b.text):
            yield (a.x - b.x) / one.size


def _measures(lines: Sequence[Line]) -> Iterator[float]:
    for line in lines:
        full = not line.last and not line.first
        if full and is_ideograph(line.glyphs[0].text) and is_ideograph(line.glyphs[-1].text):
            yield (line.glyphs[-1].right - line.glyphs[0].x) / line.size


if __name__ == "__main__":
    layout, script = (*sys.argv[2:4], *("columns", "hant")[len(sys.argv[2:4]) :])
    for clause, figure in clauses(measured(Path(sys.argv[1]), layout, script)):
        print(f"{clause:48} {figure}")
