"""The texts as translators have them: units of both languages, and the markup in them as codes.

What the formats of exchange share. Words stand in a unit as they print, so that a program counts,
finds and aligns them; markup is beside them, as the file of the text has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeAlias, assert_never

from edition.model import (
    LANGS,
    BlockStart,
    Cell,
    Cite,
    Emph,
    FootnoteRef,
    Inline,
    Inlines,
    Lang,
    LineBreak,
    Mark,
    Milestone,
    Pair,
    Presence,
    Ruby,
    Strong,
    Styled,
    Text,
)
from edition.readers.captions import NUMBER, number_of
from edition.source import Span
from edition.writers.publication import TAGS
from edition.writers.types import Manuscript


@dataclass(frozen=True, slots=True)
class InlineCode:
    """Markup, as it is written: before and behind what it holds, or all in ``opening`` where it
    holds no words, as a citation does."""

    opening: str
    closing: str = ""
    children: Wording = ()


Wording: TypeAlias = tuple[str | InlineCode, ...]


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """What is translated as one: a pair, or a cell of its tables (``cell``, from 1, the head
    first). Several segments of a side stand below each other, with an empty line between.
    ``segments``: their ids; ``omitted``: the edition leaves the other side out."""

    pair: str
    section: str
    words: Mapping[Lang, Wording]  # () where a side has no text
    segments: Mapping[Lang, tuple[str, ...]]
    cell: int = 0
    omitted: bool = False

    @property
    def id(self) -> str:
        return f"{self.pair}/{self.cell}" if self.cell else self.pair


def tags(manuscript: Manuscript) -> dict[Lang, str]:
    """Both languages, as BCP 47 has them."""
    return {"zh": TAGS[manuscript.config.script], "en": "en"}


def units(manuscript: Manuscript) -> Iterator[TranslationUnit]:
    """All that has words, in the order of the text."""
    assert manuscript.encoded is not None, "a writer of data is given it"
    for pair in manuscript.encoded.pairs:
        said = {lang: [one for one in pair.side(lang) if one.presence is Presence.TEXT]
                for lang in LANGS}  # fmt: skip
        words = {lang: _lines([one.inlines for one in said[lang]]) for lang in LANGS}
        yield from _unit(pair, words)
        cells = [[cell for one in said[lang] if one.table for cell in one.table.cells]
                 for lang in LANGS]  # fmt: skip
        for number, (zh, en) in enumerate(zip_longest(*cells), start=1):
            yield from _unit(pair, {"zh": _cell(zh), "en": _cell(en)}, number)


def _unit(pair: Pair, words: Mapping[Lang, Wording], cell: int = 0) -> Iterator[TranslationUnit]:
    """The unit of ``words``; none where there are no words."""
    if not any(map(plain, words.values())):
        return
    ids = {lang: tuple(one.id for one in pair.side(lang)) for lang in LANGS}
    omitted = any(one.presence is Presence.OMITTED for one in (*pair.zh, *pair.en))
    yield TranslationUnit(pair=pair.id, section=pair.section, words=words, segments=ids,
                          cell=cell, omitted=omitted)  # fmt: skip


def _cell(cell: Cell | None) -> Wording:
    return _wording(cell.inlines) if cell else ()


def _lines(texts: Sequence[Inlines]) -> Wording:
    """Texts of several segments, with an empty line between."""
    made: list[str | InlineCode] = []
    for text in texts:
        wording = _wording(text)
        if plain(wording):
            made += ["\n\n", *wording] if made else wording
    return tuple(made)


def _wording(inlines: Inlines) -> Wording:
    if number_of(inlines):  # of a caption: the edition counts, not its translator
        inlines = inlines[2:]
    return tuple(made for one in inlines for made in _pieces(one))


def _pieces(inline: Inline) -> Wording:
    match inline:
        case Text():
            return (inline.text,)
        case Emph() | Strong() | Styled():
            inner = inline.children
            number = isinstance(inline, Styled) and NUMBER in inline.classes
            if not inner or number:
                return (InlineCode(inline.span.text),)
            start, end = inner[0].span.start, inner[-1].span.end
            return _round(inline.span, start, end, _wording(inner))
        case Ruby():
            start = inline.span.start + 1
            return _round(inline.span, start, start + len(inline.base), (inline.base,))
        case Cite() | FootnoteRef() | Milestone():
            return (InlineCode(inline.span.text),)
        case LineBreak() | BlockStart():
            return ("\n",)
        case Mark():
            return ()  # of a page: no text that is written has any
    assert_never(inline)


def _round(span: Span, start: int, end: int, inner: Wording) -> Wording:
    """``inner`` in the markup of ``span`` round it; alone where there is none, as in a block of
    code."""
    before, behind = span.file.text[span.start : start], span.file.text[end : span.end]
    return (InlineCode(before, behind, inner),) if before or behind else inner


def plain(wording: Wording) -> str:
    """The words alone."""
    return "".join(one if isinstance(one, str) else plain(one.children) for one in wording)


def codes(wording: Wording) -> Iterator[InlineCode]:
    """All codes, outer ones first."""
    for one in wording:
        if isinstance(one, InlineCode):
            yield one
            yield from codes(one.children)


def numbered(source: Wording, target: Wording) -> dict[Lang, tuple[int, ...]]:
    """A number for each code of both sides, in the order of :func:`codes`: codes that are alike
    have one number, first with first, and the others numbers of their own."""
    free = list(enumerate(codes(source), start=1))
    first, more, of_target = tuple(number for number, _ in free), len(free), []
    for code in codes(target):
        like = next(
            (
                one
                for one in free
                if (one[1].opening, one[1].closing) == (code.opening, code.closing)
            ),
            None,
        )
        if like is None:
            more += 1
            of_target.append(more)
        else:
            free.remove(like)
            of_target.append(like[0])
    return {"zh": first, "en": tuple(of_target)}
