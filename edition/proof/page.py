"""The proof of one page: what the finished file shows there against the facts of the page.

Pure, and all that it may know is in its arguments: that is why a verdict can be kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from edition.diagnostics import error
from edition.engine.readback import Word
from edition.press.characters import Runs
from edition.press.fontfacts import UNNAMED
from edition.press.strokes import Strokes
from edition.proof import (
    expected,
    lineproof,
    lines,
    marginproof,
    nameproof,
    pagetext,
    readingproof,
    tagproof,
)
from edition.proof.lines import PrintedLine
from edition.proof.pagetext import HANGING, MARGIN, inked
from edition.proof.types import (
    TEXT,
    BoxFacts,
    Counts,
    PageFacts,
    PageFinding,
    PageProof,
    ReadSlice,
    difference,
)

OUTSIDE = error("PRF007", "text outside the text block")
_PAGE = -1  # in place of the number of a slice


def prove(
    facts: PageFacts, runs: Runs, words: Sequence[Word],
    drawn: Callable[[], tuple[Runs, Strokes]] = lambda: ((), ()),
) -> PageProof:  # fmt: skip
    """The proof of a page by its glyphs and its words; ``drawn`` gives the glyphs one by one and
    the lines of the page, where names have some. Boxes that run over to other pages are
    read here and judged by :func:`of_box` when the other pages are read."""
    by_slice = lines.of_page(facts.slices, runs)
    texts = pagetext.of_page(facts.slices, words, frozenset(facts.readings))
    findings = list(_of_words(facts, words))
    printed: list[PrintedLine] = [line for own in by_slice.values() for line in own]
    stretched = lineproof.stretched(printed)
    if stretched is not None:
        findings.append(PageFinding(lineproof.STRETCHED.id, _PAGE, 0, *stretched))
    counts = lineproof.filled(printed).plus(
        lineproof.column_ends(
            line for number, own in by_slice.items() if not facts.slices[number].note
            for line in own
        )
    )  # fmt: skip
    told = tagproof.texts(runs) if facts.tagged else {}
    findings += [
        PageFinding(tagproof.TAGS.id, _PAGE, 0, fact) for fact in tagproof.of_page(facts, told)
    ]
    glyphs, strokes = drawn() if facts.named or facts.ruby else ((), ())
    named = nameproof.of_page(facts.slices, glyphs, strokes) if facts.named else {}
    if facts.ruby:
        findings += [
            PageFinding(readingproof.TOUCHES.id, number, line, fact)
            for number, line, fact in readingproof.of_page(facts.slices, glyphs, strokes)
        ]
    for number, (_, faults) in named.items():
        findings += [PageFinding(nameproof.NAMES.id, number, line, fact) for line, fact in faults]
    parts: list[tuple[int, ReadSlice]] = []
    for number, one in enumerate(facts.slices):
        own = by_slice.get(number, [])
        text = "".join("".join(line.split()) for line in texts.get(number, ()))
        names = named[number][0] if number in named else ()
        heard = "".join(told.get(id_, "") for id_ in one.stretches) if facts.tagged else None
        part = ReadSlice(text, lineproof.read(own), lineproof.bad_dash(own), names, heard)
        if one.box is None:
            parts.append((number, part))
            continue
        for _, found in of_box(one.box, (part,)):
            findings.append(found._replace(slice=number))
        counts = counts.plus(lineproof.divisions(part.lines, one.box.written))
    lasting = all(
        one.slice != _PAGE or one.code == lineproof.STRETCHED.id for one in findings
    ) and not any(UNNAMED in piece[0] for run in runs for piece in run.pieces)
    return PageProof(tuple(findings), counts, tuple(parts), lasting)


def of_box(box: BoxFacts, parts: Sequence[ReadSlice]) -> Iterator[tuple[int, PageFinding]]:
    """(number of the part, finding) of a box by all its parts, in order."""
    fact = _text(box, "".join(part.text for part in parts))
    if fact:
        yield 0, PageFinding(TEXT.id, _PAGE, 0, fact)
    heard = [part.told for part in parts if part.told is not None]
    fact = tagproof.of_box(box, "".join(heard)) if heard else ""
    if fact:
        yield 0, PageFinding(tagproof.TAGS.id, _PAGE, 0, fact)
    printed = [line for part in parts for line in part.lines]
    owners = [number for number, part in enumerate(parts) for _ in part.lines]
    for fault in (*lineproof.ends(printed, box.written, box.lang),
                  *lineproof.parted(printed, box.whole)):  # fmt: skip
        line = printed[fault.at].number
        yield owners[fault.at], PageFinding(lineproof.ENDS.id, _PAGE, line, fault.fact)
    fact = nameproof.of_box(box, [line for part in parts for line in part.names])
    if fact:
        yield 0, PageFinding(nameproof.NAMES.id, _PAGE, 0, fact)
    for number, part in enumerate(parts):
        if part.dash:
            found = PageFinding(lineproof.DASH.id, _PAGE, 0, *lineproof.dash_fact(part.dash))
            yield number, found
            break


def counts_of_box(box: BoxFacts, parts: Sequence[ReadSlice]) -> Counts:
    """What the lines of a box add to the figures that one page alone cannot tell."""
    return lineproof.divisions([line for part in parts for line in part.lines], box.written)


# --- words ----------------------------------------------------------------------------------------


def _of_words(facts: PageFacts, words: Sequence[Word]) -> Iterator[PageFinding]:
    for fact in _outside(facts, words):
        yield PageFinding(OUTSIDE.id, _PAGE, 0, fact)
    fact = _head(facts, words)
    if fact:
        yield PageFinding(TEXT.id, _PAGE, 0, fact)
    for fact in marginproof.of_page(facts.margin, words, facts.frame.paper):
        yield PageFinding(marginproof.MARGIN.id, _PAGE, 0, fact)


def _outside(facts: PageFacts, words: Iterable[Word]) -> Iterator[str]:
    """Words that stick out of the text block, running head and folio included."""
    frame = facts.frame
    left, right, top, bottom = frame.left, frame.right, frame.top, frame.bottom
    near, far = left - MARGIN, right + MARGIN
    for word in words:
        if word.left >= near and word.right <= far and word.top >= top and word.bottom <= bottom:
            continue
        if marginproof.beside(facts.margin, word):
            continue
        start, end = inked(word)
        reach = max(MARGIN, HANGING * (word.bottom - word.top))
        if (start < left - reach or end > right + reach or word.top < top
                or word.bottom > bottom):  # fmt: skip
            yield f"“{word.text}” stands outside the text block"


def _head(facts: PageFacts, words: Iterable[Word]) -> str:
    """What is wrong with running head and folio: what stands above the text, from the left."""
    top, bottom = 2 * facts.frame.head, 2 * facts.frame.body
    line = sorted((word for word in words if top <= word.top + word.bottom < bottom),
                  key=lambda word: word.left)  # fmt: skip
    have = expected.folded("".join(word.text for word in line))
    parts = (facts.folio, facts.head) if facts.verso else (facts.head, facts.folio)
    want = expected.folded("".join(parts))
    return "" if have == want else f"the running head: {difference(want, have)}"


def _text(box: BoxFacts, said: str) -> str:
    """What is wrong with the words of a box."""
    want, have = expected.folded(box.written + "\n" + box.again), expected.folded(said)
    if box.leaders:
        want, have = expected.without_leaders(want), expected.without_leaders(have)
    if have == want or _alike(box, want, have):
        return ""
    if box.picture and expected.of_picture(want, have, expected.folded(box.picture)):
        return ""
    return difference(want, have)


def _alike(box: BoxFacts, want: str, have: str) -> bool:
    """The same characters, of which those that can be told apart by place are in order:
    compressed punctuation overlaps, and tables read by columns."""
    if Counter(have) != Counter(want):
        return False
    return not box.ordered or expected.letters(have) == expected.letters(want)
