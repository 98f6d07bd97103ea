"""An edition rebuilt with other text.

The edition is walked twice by the same code: once to collect its texts, once to lay back what
became of them. Texts are collected whole, so that a phrase is seen across the borders of markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as _replace
from typing import Any, TypeVar, assert_never

from edition.characters import IS_HAN
from edition.model import (
    Anchor,
    BlockStart,
    Cell,
    Cite,
    Edition,
    Emph,
    Footnote,
    FootnoteRef,
    Inline,
    Inlines,
    Lang,
    Lemma,
    LineBreak,
    Mark,
    Milestone,
    Name,
    Note,
    Pair,
    Ruby,
    Section,
    Segment,
    Strong,
    Styled,
    Table,
    Term,
    Text,
    pieces,
    plain,
)
from edition.script.batch import ConversionUnit, ConvertedText
from edition.script.locks import spans
from edition.script.readings import Range, Readings, merged
from edition.source import Span

V = TypeVar("V")


def _has_han(unit: ConversionUnit) -> bool:
    return IS_HAN.search(unit.text) is not None


@dataclass(slots=True)
class Walk:
    """One walk. Without ``results`` it collects ``units``; with them it lays them back."""

    results: Iterator[ConvertedText] | None = None
    readings: Readings = field(default_factory=Readings)
    concerns: Callable[[ConversionUnit], bool] = _has_han  # which texts are collected
    ranges: Callable[[Inlines], Iterable[Range]] = spans  # of a text, that its unit names
    lang: Lang | None = None  # of the text in hand
    units: list[ConversionUnit] = field(default_factory=list)
    segments: dict[int, Segment] = field(default_factory=dict)  # by identity of the old one
    offsets: dict[tuple[Lang, str, int], ConvertedText] = field(default_factory=dict)  # by cell
    footnotes: dict[tuple[Lang, str, str], ConvertedText] = field(default_factory=dict)
    sections: dict[tuple[Lang, str], str] = field(default_factory=dict)  # of segments

    def new(self, old: V, **parts: Any) -> V:
        """``old`` with other parts; a walk that only collects makes nothing."""
        return old if self.results is None else _replace(old, **parts)  # type: ignore[type-var]

    def _next(self, unit: ConversionUnit) -> ConvertedText | None:
        if not self.concerns(unit):
            return None
        if self.results is None:
            self.units.append(unit)
            return None
        return next(self.results)

    def string(
        self, text: str, where: str, span: Span | None = None, *, kept: Iterable[Range] = (),
        lemma: bool = False,
    ) -> str:  # fmt: skip
        pieces_ = ((text, span),) if span else ()
        made = self._next(ConversionUnit(text, where, tuple(kept), pieces_, self.lang, lemma))
        return made.text if made else text

    def inlines(self, inlines: Inlines, where: str, *, kept: Iterable[Range] = ()) -> Inlines:
        return self.traced(inlines, where, kept=kept)[0]

    def traced(
        self, inlines: Inlines, where: str, *, kept: Iterable[Range] = ()
    ) -> tuple[Inlines, ConvertedText | None]:
        """``inlines`` with the converted text, and the conversion itself. ``kept``: ranges of the
        text to leave beside what its spans lock."""
        if not inlines:
            return inlines, None
        if len(inlines) == 1 and isinstance(inlines[0], Text):  # most are
            text = inlines[0].text
            read: tuple[tuple[str, Span], ...] = ((text, inlines[0].span),)
        else:
            read = tuple(pieces(inlines))
            text = "".join([one for one, _ in read])
        locked = tuple(merged((*self.ranges(inlines), *kept)))
        made = self._next(ConversionUnit(text, where, locked, read, self.lang))
        if made is None or made.text == text:
            return self._lay(inlines, None, 0, where)[0], made
        return self._lay(inlines, made.cells, 0, where)[0], made

    def _lay(
        self, inlines: Inlines, cells: Sequence[str] | None, at: int, where: str
    ) -> tuple[Inlines, int]:
        """``inlines`` with their text from ``cells``, which they take from ``at`` on."""
        if len(inlines) == 1 and cells is None and isinstance(inlines[0], Text):
            return inlines, at + len(inlines[0].text)
        out: list[Inline] = []
        for one in inlines:
            match one:
                case Text():
                    end = at + len(one.text)
                    out.append(one if cells is None else self.new(one, text="".join(cells[at:end])))
                    at = end
                case Ruby():
                    end = at + len(one.base)
                    out.append(one if cells is None else self.new(one, base="".join(cells[at:end])))
                    at = end
                case LineBreak() | BlockStart():
                    out.append(one)
                    at += 1
                case Emph() | Strong() | Styled():
                    children, at = self._lay(one.children, cells, at, where)
                    out.append(self.new(one, children=children))
                case Cite():
                    out.append(self._cite(one, where))
                case FootnoteRef() | Mark() | Milestone():
                    out.append(one)
                case _:
                    assert_never(one)
        return tuple(out), at

    def _cite(self, cite: Cite, where: str) -> Cite:
        return self.new(
            cite,
            items=tuple(
                self.new(
                    item,
                    prefix=self.string(item.prefix, where, item.span),
                    locator=self.string(item.locator, where, item.span),
                )
                for item in cite.items
            ),
        )


def edition(walk: Walk, one: Edition) -> Edition:
    """``one`` as ``walk`` makes it: all text in both languages, names, terms and anchors."""
    sections = tuple(_section(walk, section) for section in one.sections)
    pairs = tuple(_pair(walk, pair) for pair in one.pairs)
    segments = {key: _segment(walk, segment) for key, segment in one.segments.items()}
    anchored = {(anchor.note, anchor.lang): anchor for anchor in one.anchors}
    anchors = tuple(_anchor(walk, anchor) for anchor in one.anchors)
    notes = tuple(_note(walk, note, anchored) for note in one.notes)
    return walk.new(
        one,
        sections=sections,
        pairs=pairs,
        segments=segments,
        anchors=anchors,
        notes=notes,
        names=tuple(_name(walk, name) for name in one.names),
        terms=tuple(_term(walk, term) for term in one.terms),
    )


def _section(walk: Walk, section: Section) -> Section:
    walk.sections |= {(one.lang, one.id): section.id for one in (*section.zh, *section.en)}
    return walk.new(
        section,
        zh=tuple(_segment(walk, one) for one in section.zh),
        en=tuple(_segment(walk, one) for one in section.en),
        footnotes=tuple(_footnote(walk, section.id, one) for one in section.footnotes),
    )


def _pair(walk: Walk, pair: Pair) -> Pair:
    return walk.new(
        pair,
        zh=tuple(_segment(walk, one) for one in pair.zh),
        en=tuple(_segment(walk, one) for one in pair.en),
    )


def _segment(walk: Walk, segment: Segment) -> Segment:
    """The same segment stands in a section, in a pair and under its id: it is made once."""
    if id(segment) not in walk.segments:
        walk.lang = segment.lang
        kept = walk.readings.in_segment(segment.lang, segment.id)
        inlines, made = walk.traced(segment.inlines, segment.id, kept=kept)
        if made:
            walk.offsets[segment.lang, segment.id, 0] = made
        walk.segments[id(segment)] = walk.new(
            segment, inlines=inlines, table=_table(walk, segment),
            short=walk.inlines(segment.short, segment.id),
            alt=walk.inlines(segment.alt, segment.id),
        )  # fmt: skip
    return walk.segments[id(segment)]


def _table(walk: Walk, segment: Segment) -> Table | None:
    if segment.table is None:
        return None

    def converted(cell: Cell, number: int) -> Cell:
        inlines, made = walk.traced(cell.inlines, segment.id)
        if made:
            walk.offsets[segment.lang, segment.id, number] = made
        return walk.new(cell, inlines=inlines)

    return segment.table.mapped(converted)


def _footnote(walk: Walk, section: str, note: Footnote) -> Footnote:
    walk.lang = note.lang
    inlines, made = walk.traced(note.inlines, f"footnote {note.label}")
    if made:
        walk.footnotes[note.lang, section, note.label] = made
    return walk.new(note, inlines=inlines)


def _traced(walk: Walk, anchor: Anchor) -> ConvertedText | None:
    """What became of the text that an anchor stands in; None where it is as it was."""
    if anchor.footnote:
        section = walk.sections.get((anchor.lang, anchor.segment), "")
        return walk.footnotes.get((anchor.lang, section, anchor.footnote))
    return walk.offsets.get((anchor.lang, anchor.segment, anchor.cell))


def _anchor(walk: Walk, anchor: Anchor) -> Anchor:
    made = _traced(walk, anchor)
    if made is None:
        return anchor
    return walk.new(anchor, start=made.offset(anchor.start), end=made.offset(anchor.end))


def _note(walk: Walk, note: Note, anchored: Mapping[tuple[str, Lang], Anchor]) -> Note:
    """``sic`` quotes the text that is edited, and stays as it is."""
    where = f"note {note.id}"
    lemmas: dict[Lang, Lemma] = {}
    for lang, lemma in note.lemmas.items():
        walk.lang = lang
        lemmas[lang] = _lemma(walk, lemma, f"lemma {note.id}", anchored.get((note.id, lang)))
    texts: dict[Lang, Inlines] = {}
    for lang, text in note.texts.items():
        walk.lang = lang
        kept = walk.readings.in_note(note, plain(text))
        texts[lang] = walk.inlines(text, where, kept=kept)
    walk.lang = None
    return walk.new(
        note,
        lemmas=lemmas,
        texts=texts,
        corr=walk.string(note.corr, where, note.span, kept=walk.readings.in_note(note, note.corr)),
        resp=walk.string(note.resp, where, note.span),
        evidence=walk.string(note.evidence, where, note.span),
    )


def _lemma(walk: Walk, lemma: Lemma, where: str, anchor: Anchor | None) -> Lemma:
    """An anchored lemma is what stands at its anchor; alone, its words could read otherwise."""
    quote = walk.string(lemma.quote, where, lemma.span, lemma=True)
    made = _traced(walk, anchor) if anchor else None
    if made and anchor:
        quote = "".join(made.cells[anchor.start : anchor.end])
    return walk.new(
        lemma,
        quote=quote,
        prefix=walk.string(lemma.prefix, where, lemma.span, lemma=True),
        suffix=walk.string(lemma.suffix, where, lemma.span, lemma=True),
    )


def _name(walk: Walk, name: Name) -> Name:
    where = f"name {name.id}"
    if name.locked:
        return name
    walk.lang = None
    return walk.new(
        name,
        zh=walk.string(name.zh, where, name.span),
        en=walk.string(name.en, where, name.span),
        variants=tuple(walk.string(one, where, name.span) for one in name.variants),
        short=walk.string(name.short, where, name.span),
    )


def _term(walk: Walk, term: Term) -> Term:
    where = f"term {term.id}"
    walk.lang = "zh"
    zh, zh_gloss = walk.string(term.zh, where, term.span), walk.inlines(term.zh_gloss, where)
    walk.lang = "en"
    en, en_gloss = walk.string(term.en, where, term.span), walk.inlines(term.en_gloss, where)
    return walk.new(term, zh=zh, en=en, zh_gloss=zh_gloss, en_gloss=en_gloss)
