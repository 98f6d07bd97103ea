"""Numbers of tables and figures, before their captions and where the text refers to them.

They are words of the text from here on: converted, searched, printed and proved as all others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from edition import numerals
from edition.config import Captions, Config, Script
from edition.diagnostics import Diagnostic, Outcome
from edition.model import (
    Cell,
    Container,
    Edition,
    Footnote,
    Inline,
    Inlines,
    Kind,
    Lang,
    Note,
    Pair,
    Section,
    Segment,
    Styled,
    Table,
    Term,
    Text,
    flat,
    plain,
)
from edition.readers.codes import TXT040, TXT041

NUMBER = "number"  # class of the number before a caption, and of a reference that is one
_SHOWN = 12  # ids that a hint lists
_WORDS: Mapping[Kind, tuple[str, str, str]] = {  # hant, hans, English
    Kind.TABLE: ("表", "表", "Table\u00a0"),
    Kind.FIGURE: ("圖", "图", "Figure\u00a0"),
}
_AFTER: Mapping[Lang, str] = {"zh": "\u3000", "en": ". "}
# a caption that the editor has numbered
_NUMBERED = re.compile(r"\s*[<〈《【\[＜]?\s*(?:[表圖图]\s*[0-9一二三四五六七八九十]|"
                       r"(?:Table|Figure|Fig\.)\s*[0-9IVX])", re.IGNORECASE)  # fmt: skip


def is_reference(one: Inline) -> bool:
    """Whether an inline is a reference to a table or figure: ``[](#t1)``."""
    return isinstance(one, Styled) and "ref" in one.classes


def target(one: Styled) -> str:
    """The id of the segment that a reference is to."""
    return dict(one.attrs).get("to", "")


# what stands between the number of a chapter and that of a table in it
_WITHIN: Mapping[str, str] = {"en": ".", "arabic": "-", "chinese": "之"}
# a heading that the editor has numbered: 第三章, 三、, III., 3
_CHAPTER = re.compile(
    r"\s*(?:第\s*(?P<own>[0-9]+|[〇一二三四五六七八九十百]+)\s*[章篇卷回講讲編编]"
    r"|(?:chapter\s+)?(?P<head>(?:[0-9]+|[一二三四五六七八九十百]+)(?=[\s.、．:：]|$)"
    r"|[IVXLC]+(?=[.．:：]|$)))",
    re.IGNORECASE,
)
_MOST = 400  # chapters


def label(kind: Kind, number: Sequence[int], lang: Lang, script: Script, settings: Captions) -> str:
    """What a table or figure is called: 表1, 圖二, Table 1; in a chapter 表2-1, 圖二之一,
    Table 2.1."""
    words = _WORDS[kind]
    if lang == "en":
        return words[2] + _WITHIN["en"].join(map(str, number))
    sign = numerals.chinese if settings.numerals == "chinese" else str
    return words[script == "hans"] + _WITHIN[settings.numerals].join(map(sign, number))


def value(label: str) -> tuple[int, ...]:
    """The numbers of a label: of the chapter, where it has one, and in it; () for none."""
    sign = re.search(r"[0-9]+(?:[.-][0-9]+)?$|[〇一二三四五六七八九十百之]+$", label)
    parts = re.split("[.之-]", sign[0]) if sign else []
    return tuple(_read(part) for part in parts)


def _read(sign: str) -> int:
    """A number in figures, Chinese or Roman; 0 where it is none."""
    if sign.isdecimal():
        return int(sign)
    forms = (numerals.chinese, lambda number: numerals.roman(number).upper())
    return next((number for form in forms for number in range(1, _MOST)
                 if form(number) == sign.upper()), 0)  # fmt: skip


def _chapter(pair: Pair) -> int:
    """The number that a heading bears; 0 for none."""
    for one in (*pair.zh, *pair.en):
        match = _CHAPTER.match(one.text)
        if match and (number := _read(match["own"] or match["head"])):
            return number
    return 0


def numbered(edition: Edition, config: Config) -> Outcome[Edition]:
    """``edition`` with numbers before the captions that have one, and in the places of references;
    then the references to what has none, and the captions that have one already. ``config``: of
    the source, whose script the words are in."""
    wanted = config.captions.tables or config.captions.figures
    spans = [one.span for one in edition.segments.values()]
    spans += [one.span for one in edition.notes]
    spans += [one.span for one in edition.terms]
    files = {id(one.file): one.file for one in spans}
    if not wanted and not any("](#" in one.text for one in files.values()):
        return Outcome(edition)
    work = _Captioned(config, frozenset(one for _, one in edition.segments))
    work.find_chapters(edition.pairs)
    for pair in edition.pairs:
        work.count(pair)
    return Outcome(work.edition(edition), tuple(work.found))


@dataclass(slots=True)
class _Captioned:
    config: Config
    ids: frozenset[str]  # of all segments
    # of tables and of figures, in each chapter, 0 being what is outside all
    counts: Counter[tuple[Kind, int]] = field(default_factory=Counter)
    # by id, of either language: the chapter, where it counts, and the number
    numbers: dict[str, tuple[Kind, tuple[int, ...]]] = field(default_factory=dict)
    chapters: dict[str, int] = field(default_factory=dict)  # number of each, by its heading
    chapter: int = 0
    found: list[Diagnostic] = field(default_factory=list)
    made: dict[int, Segment] = field(default_factory=dict)  # by identity of what it was
    said: set[int] = field(default_factory=set)  # starts of references that are reported

    def find_chapters(self, pairs: Sequence[Pair]) -> None:
        """The chapters: the headings of the first level in the text, by the numbers that they
        bear or, where none bears one, in their order."""
        if self.config.captions.count == "book":
            return
        around = {*self.config.matter.front, *self.config.matter.back}
        heads = [pair for pair in pairs if pair.kind is Kind.HEADING and pair.level == 1
                 and not pair.part]  # fmt: skip
        text = [pair for pair in heads if pair.section not in around]
        borne = {pair.id: number for pair in text if (number := _chapter(pair))}
        if len(set(borne.values())) < len(borne) or not borne:
            borne = {pair.id: number for number, pair in enumerate(text, start=1)}
        self.chapters = {pair.id: borne.get(pair.id, 0) for pair in heads}

    def count(self, pair: Pair) -> None:
        """The number of a table or figure, where it is to have one: those with a caption."""
        self.chapter = self.chapters.get(pair.id, self.chapter)
        settings, both = self.config.captions, (*pair.zh, *pair.en)
        on = {Kind.TABLE: settings.tables, Kind.FIGURE: settings.figures}.get(pair.kind, False)
        if not on or not any(one.text.strip() for one in both):
            return
        if any("unnumbered" in one.classes for one in both):
            return
        self.counts[pair.kind, self.chapter] += 1
        number = self.counts[pair.kind, self.chapter]
        for one in both:
            self.numbers[one.id] = pair.kind, (*([self.chapter] * bool(self.chapter)), number)

    def label(self, id: str, lang: Lang) -> str:
        kind, number = self.numbers[id]
        return label(kind, number, lang, self.config.source_script, self.config.captions)

    # --- everything that may refer ----------------------------------------------------------------

    def edition(self, one: Edition) -> Edition:
        return replace(
            one, sections=tuple(map(self._section, one.sections)),
            pairs=tuple(replace(pair, zh=self._side(pair.zh), en=self._side(pair.en))
                        for pair in one.pairs),
            segments={key: self._segment(segment) for key, segment in one.segments.items()},
            notes=tuple(map(self._note, one.notes)), terms=tuple(map(self._term, one.terms)),
        )  # fmt: skip

    def _section(self, one: Section) -> Section:
        return replace(one, zh=self._side(one.zh), en=self._side(one.en),
                       footnotes=tuple(map(self._footnote, one.footnotes)))  # fmt: skip

    def _side(self, segments: Sequence[Segment]) -> tuple[Segment, ...]:
        return tuple(map(self._segment, segments))

    def _segment(self, one: Segment) -> Segment:
        if id(one) not in self.made:
            self.made[id(one)] = self._made(one)
        return self.made[id(one)]

    def _made(self, one: Segment) -> Segment:
        inlines = self._referred(one.inlines, one.lang, one.id)
        if one.id in self.numbers and one.kind in _WORDS:
            inlines = (*self._before(one), *inlines)
        table = one.table
        if table is not None:
            rows = (self._cells(row, one) for row in table.rows)
            table = Table(self._cells(table.header, one), tuple(rows))
        return replace(one, inlines=inlines, table=table)

    def _cells(self, row: Sequence[Cell], owner: Segment) -> tuple[Cell, ...]:
        return tuple(replace(cell, inlines=self._referred(cell.inlines, owner.lang, owner.id))
                     for cell in row)  # fmt: skip

    def _before(self, one: Segment) -> Iterator[Inline]:
        """The number before a caption."""
        if match := _NUMBERED.match(one.text):
            self.found.append(Diagnostic(
                code=TXT041, span=one.span, segment=one.id,
                fact=f"the caption says “{match[0].strip()}” itself, and the edition numbers it",
                hint="strike the number out, or give the table or figure {.unnumbered}",
            ))  # fmt: skip
        start = (one.inlines[0].span if one.inlines else one.span).within(0, 0)
        yield Styled((Text(self.label(one.id, one.lang), start),), (NUMBER,), (), start)
        if plain(one.inlines).strip():
            yield Text(_AFTER[one.lang], start)

    def _footnote(self, one: Footnote) -> Footnote:
        return replace(one, inlines=self._referred(one.inlines, one.lang, one.label))

    def _note(self, one: Note) -> Note:
        texts = {lang: self._referred(text, lang, one.at) for lang, text in one.texts.items()}
        return replace(one, texts=texts)

    def _term(self, one: Term) -> Term:
        return replace(one, zh_gloss=self._referred(one.zh_gloss, "zh", ""),
                       en_gloss=self._referred(one.en_gloss, "en", ""))  # fmt: skip

    def _referred(self, inlines: Inlines, lang: Lang, owner: str) -> Inlines:
        return tuple(self._each(one, lang, owner) for one in inlines)

    def _each(self, one: Inline, lang: Lang, owner: str) -> Inline:
        if not isinstance(one, Container):
            return one
        children = self._referred(one.children, lang, owner)
        if isinstance(one, Styled) and is_reference(one):
            own = bool(plain(children).strip())  # words that the editor has put there
            if target(one) not in (self.ids if own else self.numbers):
                self._unknown(one, owner)
            elif not own:
                text = Text(self.label(target(one), lang), one.span)
                return replace(one, children=(text,), classes=(*one.classes, NUMBER))
        return one if children == one.children else replace(one, children=children)

    def _unknown(self, one: Styled, owner: str) -> None:
        if one.span.start in self.said:
            return
        self.said.add(one.span.start)
        settings = self.config.captions
        there = ", ".join(self.numbers) if len(self.numbers) < _SHOWN else "many"
        hint = f"numbered are: {there or 'none'}"
        if not (settings.tables or settings.figures):
            hint = "[captions] tables = true, figures = true number them"
        self.found.append(Diagnostic(
            code=TXT040, span=one.span, segment=owner, hint=hint,
            fact=f"{target(one)} is no table or figure that has a number",
        ))  # fmt: skip


def number_of(caption: Inlines) -> str:
    """The number that the edition has put before a caption; "" for none."""
    first = caption[0] if caption else None
    return plain((first,)) if isinstance(first, Styled) and first.classes == (NUMBER,) else ""


def references(inlines: Inlines) -> Iterator[Styled]:
    """The references in a text, in order."""
    return (one for one in flat(inlines) if isinstance(one, Styled) and is_reference(one))
