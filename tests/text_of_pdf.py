"""The text of a finished PDF against the source, character for character.

What an edition asks for is accounted for: a word divided at a line end, the end of a line itself,
numbers of notes, what citations print. All else is a difference: a character that extracts as
another, a space within a word or none between two.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from proof_samples import matter_of

from edition.build.pages import Composed, compose
from edition.build.stages import prepare
from edition.build.works import list_references
from edition.config import LayoutName
from edition.diagnostics import Severity
from edition.engine import readback
from edition.engine.cache import Cache
from edition.latex.escape import compose as composed_letters
from edition.layout.types import Box, BoxRole
from edition.model import Kind
from edition.proof import expected, facts
from edition.proof.pagetext import of_page

# invisible in the source, and in no glyph: soft hyphens, joiners, places for a break
_UNSEEN = re.compile("[\u00ad\u034f\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a box says otherwise than its source: what stands around the place in both."""

    box: str
    want: str
    have: str

    def __str__(self) -> str:
        return f"{self.box}: “{self.have}” where “{self.want}” was written"


def composed(root: Path, layout: LayoutName, work: Path) -> Composed:
    """An edition set in ``layout``, without errors."""
    ready = prepare(root, layout=layout).value
    assert ready is not None
    assert ready.layout is not None
    cache = Cache(work / "cache")
    listed = list_references(ready, work / "references", cache, root)
    assert listed.value is not None
    done = compose(ready.edition, ready.config, listed.value, ready.layout, root=root, work=work,
                   cache=cache, progress=lambda _: None)  # fmt: skip
    wrong = [one for one in done.diagnostics if one.level is Severity.ERROR]
    assert done.value is not None
    assert not wrong, wrong
    return done.value


def differences(made: Composed, pdf: Path) -> list[Difference]:
    """All differences of an edition between ``pdf``, its finished file, and its source."""
    pages = readback.words(pdf).value
    assert pages is not None
    matter = matter_of(made)
    places = facts.slices_by_page(matter)
    parts: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for index, (own, words) in enumerate(zip(facts.of_book(matter), pages, strict=True)):
        for number, said in of_page(own.slices, words, frozenset(own.readings)).items():
            one = places[index][number].slice
            parts[one.key].append((one.first, said))
    lines = {key: [line for _, said in sorted(held) for line in said]
             for key, held in parts.items()}  # fmt: skip
    found: list[Difference] = []
    for key, box in made.book.boxes.items():
        if key in lines and _is_text(box):
            want = _UNSEEN.sub("", composed_letters(expected.written(box, made.book, made.plan)))
            found += _compared(key, want, lines[key], spaced=box.lang == "en")
    return found


def _is_text(box: Box) -> bool:
    """Not of tables and pictures, which read by columns, nor of the contents."""
    kind = box.segment.kind if box.segment else Kind.PARA
    return (
        box.role in (BoxRole.TEXT, BoxRole.NOTE)
        and kind not in (Kind.TABLE, Kind.FIGURE)
        and not box.target
    )


def _compared(key: str, want: str, lines: list[str], *, spaced: bool) -> Iterator[Difference]:
    if any(unicodedata.bidirectional(one) in ("R", "AL") for one in want):
        if expected.folded(want) != expected.folded("".join(lines)):
            yield Difference(key, want[:_SHOWN], lines[0][:_SHOWN])
        return
    have = _UNSEEN.sub("", composed_letters(_joined(lines, want)))
    a, b = (" ".join(one.split()) if spaced else "".join(one.split()) for one in (want, have))
    if spaced:
        a, b = (_GAPS.sub("", one) for one in (a, b))
    if a != b:
        at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y),
                  min(len(a), len(b)))  # fmt: skip
        start = max(0, at - _SHOWN // 2)
        yield Difference(key, a[start : at + _SHOWN], b[start : at + _SHOWN])


_WIDE = (
    "\u00b7\u2460-\u24ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
# gaps that are set between scripts and before the number of a note, and the end of a line after a
# dash
_GAPS = re.compile(
    rf"(?<=[{_WIDE}])\s+|\s+(?=[{_WIDE}]|\[\d+\])|(?<=[–—])\s+|(?<=[^\w\s])\s+(?=\d)"
)


def _joined(lines: list[str], want: str) -> str:
    """The lines as one text: a hyphen at a line end is the writer's where the source has it."""
    out = ""
    for line in lines:
        if out.endswith("\u00ad"):  # the line end has made it, and the file says so
            out = out[:-1] + line
        elif out.endswith("-") and not line[:1].isspace():
            done = len("".join(out.split()))
            bare = "".join(want.split())
            out = out if bare[done - 1 : done] == "-" else out[:-1]
            out += line
        else:
            out += (" " if out else "") + line
    return out
