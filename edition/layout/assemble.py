"""Edition → book: which boxes are printed, and what stands beside what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, takewhile
from typing import assert_never

from edition import numerals
from edition.config import Bilingual, Config
from edition.layout import (
    conspectus,
    endnotes,
    figures,
    glossary,
    heads,
    indexing,
    kinds,
    listing,
    matter,
    rules,
    widths,
    words,
)
from edition.layout.boxes import BoxMaker, note_key, own
from edition.layout.types import (
    Book,
    BookIndex,
    Box,
    BoxRole,
    Division,
    Flow,
    IndexLine,
    Layout,
    Row,
)
from edition.model import (
    LANGS,
    Edition,
    Inlines,
    Kind,
    Lang,
    Pair,
    Presence,
    References,
    Segment,
    Term,
    plain,
)


def assemble(edition: Edition, config: Config, layout: Layout, references: References) -> Book:
    """Everything to print. ``edition`` is aligned, anchored and in the script to print;
    ``layout`` is fitted."""
    return _Assembly(edition, config, layout, references).book()


class _Assembly:
    def __init__(
        self, edition: Edition, config: Config, layout: Layout, references: References
    ) -> None:
        self.edition = edition
        self.config = config
        self.layout = layout
        self.references = references
        self.maker = BoxMaker(edition, config, layout, references)
        self.boxes: dict[str, Box] = {}
        self.layers: dict[str, int] = {}
        self.labels: dict[str, str] = {}
        self.titles: dict[str, dict[Lang, Inlines]] = {}
        self.heads: dict[str, dict[Lang, Inlines]] = {}
        self.first_titles: dict[tuple[str, Lang], Inlines] = {}  # of a file of text
        self.index: BookIndex | None = None
        self.headwords: Sequence[indexing.Headword] = ()
        self.glossed: dict[str, tuple[Term, IndexLine]] = {}
        self.listed = {division for division, style in _LISTED.items()
                       if self._measure(style, "zh") + self._measure(style, "en")}  # fmt: skip

    def book(self) -> Book:
        blocks = endnotes.blocks(self.edition, self.config)
        texts = {section: tuple(self._flows(section, pairs, blocks)) for section, pairs in
                 groupby(self.edition.pairs, key=lambda pair: pair.section)}  # fmt: skip
        self._notes(blocks)
        self._found()
        settings = self.config.matter
        around = {*settings.front, *settings.back}
        body = [one for one in texts if one not in around]
        if _NOTES not in around:  # what a layer says is printed
            body.append(_NOTES)
        order = (*settings.front, *body, *settings.back)
        made: dict[str, tuple[Flow, ...]] = {one: texts[one] for one in order if one in texts}
        made[_NOTES] = tuple(self._notes_of_book(blocks))
        # lists of what stands under a heading, or has a caption, need all that they are of
        for name in (one for one in order if one not in texts):
            if name not in _LISTS and name != _NOTES:
                made[name] = self._own(matter.DIVISIONS.get(name))
        for name in (one for one in _LISTS if one in order):
            flows = [flow for other in order for flow in made.get(other, ())]
            made[name] = self._own(matter.DIVISIONS[name], flows)
        self._with_lines({key: replace(line, headword=indexing.of_glossary(self.headwords, term))
                          for key, (term, line) in self.glossed.items()})  # fmt: skip
        printed = [replace(flow, front=name in settings.front)
                   for name in order for flow in made.get(name, ()) if flow.rows]  # fmt: skip
        return Book(
            boxes=self.boxes, flows=tuple(_together(_joined_body(printed))),
            layers=self.layers, labels=self.labels, titles=self.titles, heads=self.heads,
            line_numbers=self.config.line_numbers, index=self.index,
            page_words={lang: words.page(lang, self.config.script) for lang in LANGS},
        )  # fmt: skip

    def _own(self, division: Division | None, flows: Sequence[Flow] = ()) -> tuple[Flow, ...]:
        """What the book makes itself; ``flows``: what its lists are of."""
        if division is None:  # a name that nothing has: the check says so
            return ()
        match division:
            case Division.HALF_TITLE:
                return (self._flow(division, self._half_title()),
                        self._flow(Division.SERIES, self._series()))  # fmt: skip
            case Division.TITLE:
                rows: Iterable[Row] = self._title()
            case Division.IMPRINT:
                rows = self._imprint()
            case Division.CONTENTS:
                rows = self._contents(flows)
            case Division.BASE:
                rows = self._base()
            case Division.RULES:
                rows = self._rules()
            case Division.SIGLA:
                rows = self._sigla()
            case Division.ABBREVIATIONS:
                rows = self._abbreviations()
            case Division.GLOSSARY:
                rows = self._glossary()
            case Division.REFERENCES:
                rows = self._references()
            case Division.CORRECTIONS:
                rows = self._corrections()
            case Division.INDEX:
                rows = self._index()
            case Division.TABLES | Division.FIGURES:
                rows = self._captioned(division, flows)
            case Division.NOTES:
                rows = ()
            case (Division.SERIES | Division.DISPLAY | Division.FRONT | Division.PART
                  | Division.BODY | Division.BACK):  # fmt: skip
                rows = ()
            case _:
                assert_never(division)
        return (self._flow(division, rows),)

    def _flow(self, division: Division, rows: Iterable[Row]) -> Flow:
        made = tuple(rows)
        return Flow(division=division, rows=made, listed=division in self.listed and bool(made))

    def _measure(self, style: str, lang: Lang) -> float:
        """The width of an entry of a list in columns; 0 where it has no columns."""
        if style == "gloss" and self.layout.geometry.facing and self.config.glossary.order != "own":
            return 0.0  # entries stand level with those they face
        return listing.measure(self.layout, style, lang)

    def _add(self, box: Box) -> str:
        self.boxes[box.key] = box
        return box.key

    def _made(
        self, key: str, style: str, texts: Bilingual, *, role: BoxRole = BoxRole.FRONT,
        full: bool = False,
    ) -> tuple[str, ...]:  # fmt: skip
        """Keys of the boxes of a text in both languages; a language without text has none, nor one
        that has no pages, but for what stands across them."""
        here = LANGS if full else self.config.languages
        return tuple(
            self._add(self.maker.made(f"{key}/{lang}", style, lang, own(texts.get(lang)),
                                      role=role, full=full))
            for lang in LANGS if texts.get(lang) and lang in here
        )  # fmt: skip

    # --- the text -----------------------------------------------------------------------------

    def _flows(
        self, section: str, pairs: Iterable[Pair], blocks: Sequence[endnotes.EndnoteBlock]
    ) -> Iterator[Flow]:
        """The pages of a section: display pages apart, at its end the notes that stand there."""
        settings = self.config.matter
        kind = matter.shown_alone(section) if {*settings.front, *settings.back} & {section} else ""
        division = (Division.FRONT if section in settings.front else
                    Division.BACK if section in settings.back else Division.BODY)  # fmt: skip
        pairs = tuple(pairs)
        if kind and self._displayed(pairs):
            yield self._flow(Division.DISPLAY, self._display(pairs, kind))
            pairs = ()
        rows: list[Row] = []
        parts: list[Pair] = []
        at = 0
        while at < len(pairs):
            title = self._part_of(pairs[at:]) if division is Division.BODY else ()
            if title:
                if rows:
                    yield self._flow(division, rows)
                below = self._display(title[1:], "epigraph")
                yield self._flow(Division.PART, [self._part(title[0]), *below])
                parts.append(title[0])
                rows = []
                at += len(title)
                continue
            rows.append(self._pair(pairs[at]))
            self._first_title(section, pairs[at])
            at += 1
        for part in parts:  # notes on a section stand under its own heading, where it has one
            self._first_title(section, part)
        yield self._flow(division, [*rows, *self._ends(section, blocks)])

    def _first_title(self, section: str, pair: Pair) -> None:
        for lang, title in self.titles.get(pair.id, {}).items():
            if title:
                self.first_titles.setdefault((section, lang), title)

    def _ends(self, section: str, blocks: Sequence[endnotes.EndnoteBlock]) -> Iterator[Row]:
        """The notes that stand at the end of a section, layer by layer."""
        for block in blocks:
            if block.layer.placement == "section-end" and block.sections[-1] == section:
                name = f"end/{section}/{block.layer.id}"
                head = self._row(name, "heading4", self._name(block), role=BoxRole.TEXT)
                yield replace(head, keep=True, whole=True)
                yield from self._notes_of(name, block)

    def _notes_of(self, name: str, block: endnotes.EndnoteBlock) -> Iterator[Row]:
        for note in block.notes:
            texts = self.maker.notes[note].texts
            zh, en = (((note_key(note, lang),) if lang in texts else ()) for lang in LANGS)
            yield Row(id=f"{name}/{note}", zh=zh, en=en)

    def _name(self, *blocks: endnotes.EndnoteBlock) -> Bilingual:
        """The name of a layer in the languages that its notes have."""
        notes = [self.maker.notes[note] for block in blocks for note in block.notes]
        here = {lang for note in notes for lang in note.texts}
        name = blocks[0].layer.name
        return Bilingual(zh=name.zh if "zh" in here else "", en=name.en if "en" in here else "")

    def _notes_of_book(self, blocks: Sequence[endnotes.EndnoteBlock]) -> Iterator[Flow]:
        """The notes that stand at the end of the book: each series under the name of its layer,
        its sections under their headings."""
        late = [block for block in blocks if block.layer.placement == "book-end"]
        for layer, parts in groupby(late, key=lambda block: block.layer):
            several = list(parts)
            name, key = self._name(*several), f"{Division.NOTES.value}/{layer.id}"
            self.titles[key] = self.heads[key] = {lang: own(name.get(lang)) for lang in LANGS}
            rows = [replace(self._row(key, "heading1", name, keep=True), level=1)]
            for block in several:
                place = f"{key}/{block.sections[0]}"
                titles = {lang: self.first_titles.get((block.sections[0], lang), ())
                          for lang in LANGS if name.get(lang)}  # fmt: skip
                sides: dict[Lang, tuple[str, ...]] = {
                    lang: (self._add(self.maker.made(f"{place}/{lang}", "heading3", lang, said,
                                                     role=BoxRole.BACK)),)
                    for lang, said in titles.items() if said
                }  # fmt: skip
                if sides:
                    rows.append(Row(id=place, zh=sides.get("zh", ()), en=sides.get("en", ()),
                                    keep=True, whole=True))  # fmt: skip
                rows += self._notes_of(place, block)
            yield Flow(division=Division.NOTES, rows=tuple(rows))

    def _part_of(self, pairs: Sequence[Pair]) -> Sequence[Pair]:
        """The title of a part with what stands on its page: all up to the next heading; nothing
        where no part begins, or its page would call notes or be too full."""
        if not pairs[0].part:
            return ()
        more = takewhile(lambda pair: pair.kind is not Kind.HEADING, pairs[1:])
        title = (pairs[0], *more)
        return title if self._displayed(title) else pairs[:1] if self._displayed(pairs[:1]) else ()

    def _displayed(self, pairs: Sequence[Pair]) -> bool:
        before = self.maker.footnoted.copy()
        boxes = [self.maker.segment(one, pair.section, full=True) for pair in pairs
                 for lang in LANGS for one in pair.side(lang)]  # fmt: skip
        self.maker.footnoted = before
        return matter.is_display(boxes, self.layout)

    def _part(self, pair: Pair) -> Row:
        """The title of a part."""
        self._titled(pair.id, pair.zh, pair.en)
        keys = [self._add(self.maker.segment(one, pair.section, full=True))
                for lang in LANGS for one in pair.side(lang)]  # fmt: skip
        return Row(id=pair.id, zh=tuple(keys), full=True, whole=True, part=True)

    def _display(self, pairs: Sequence[Pair], kind: str) -> Iterator[Row]:
        """What stands on a display page: the Chinese above the English, each across the page."""
        for lang in LANGS:
            for pair in pairs:
                for one in pair.side(lang):
                    if one.presence is not Presence.TEXT:
                        continue
                    box = self.maker.segment(one, pair.section, full=True)
                    style = matter.display_style(one, kind)
                    key = self._add(replace(box, style=f"{style}-{lang}") if style else box)
                    yield Row(id=f"{pair.id}/{lang}", zh=(key,), full=True, whole=True)

    def _pair(self, pair: Pair) -> Row:
        full = self.layout.geometry.layout == "columns" and self._wide(pair)
        boxes = [
            self.maker.segment(one, pair.section, full=full)
            for lang in LANGS for one in pair.side(lang) if one.presence is not Presence.BLANK
        ]  # fmt: skip
        if pair.kind is Kind.FIGURE:
            boxes = figures.once(boxes, self.layout)
        sides: dict[Lang, tuple[str, ...]] = {
            lang: tuple(self._add(box) for box in boxes if box.lang == lang) for lang in LANGS
        }
        heading, kind = pair.kind is Kind.HEADING, kinds.of(pair.kind)
        if heading:
            self._titled(pair.id, pair.zh, pair.en)
        return Row(
            id=pair.id, zh=sides["zh"], en=sides["en"], full=full,
            keep=kind.keeps or pair.byline, whole=kind.whole,
            level=pair.level if heading else 0,
        )  # fmt: skip

    def _titled(self, id: str, *sides: Sequence[Segment]) -> None:
        """What a heading is elsewhere: in the contents, and as a running head."""
        titles, running = self.titles.setdefault(id, {}), self.heads.setdefault(id, {})
        for lang, side in zip(LANGS, sides, strict=True):
            titles[lang] = _joined(heads.title(one.inlines, self.references, lang) for one in side)
            whole = _joined(heads.of_segment(one, self.references) for one in side)
            running[lang] = heads.running(whole, lang, self.layout)

    def _own_title(self, id: str, division: Division) -> Bilingual:
        """The words of a division that the book makes itself, which are its running heads too."""
        texts = words.both(division, self.config.languages, self.config.script)
        self.titles[id] = self.heads[id] = {lang: own(texts.get(lang)) for lang in LANGS}
        return texts

    def _wide(self, pair: Pair) -> bool:
        """Whether a table needs more than a column on either side, or is a picture."""
        if pair.kind is Kind.FIGURE:  # charts that have words of either language stand side by side
            return len({one.figure for one in (*pair.zh, *pair.en) if one.figure}) < 2
        return pair.kind is Kind.TABLE and any(
            self._table_width(one) > self.maker_width(one.lang) for one in (*pair.zh, *pair.en)
        )

    def maker_width(self, lang: Lang) -> float:
        geometry = self.layout.geometry
        return geometry.zh_width if lang == "zh" else geometry.en_width

    def _table_width(self, segment: Segment) -> float:
        if segment.table is None:
            return 0.0
        size = self.layout.styles[f"table-{segment.lang}"].size
        rows = (segment.table.header, *segment.table.rows)
        return max(
            (sum(widths.width(plain(cell.inlines), size) + size for cell in row) for row in rows),
            default=0.0,
        )

    # --- notes --------------------------------------------------------------------------------

    def _notes(self, blocks: Sequence[endnotes.EndnoteBlock]) -> None:
        numbers = {note: number for block in blocks
                   for number, note in enumerate(block.notes, start=block.first)}  # fmt: skip
        for note in self.edition.notes:
            for lang in note.texts:
                box = self.maker.note(note, lang)
                number = numbers.get(note.id, 0)
                if number and box.numbering and box.numbering != "line":
                    label = numerals.form(box.numbering, lang).sign(number)
                    box = replace(box, label=label, number=number)
                    self.labels[box.key] = label
                self._add(box)
                self.layers[box.key] = self.maker.ranks.get(note.layer, 0)
        for section in self.edition.sections:
            for footnote in section.footnotes:
                for box in self.maker.footnotes(footnote, section.id):
                    self._add(box)
                    self.layers[box.key] = 0
                    self.labels[box.key] = footnote.label

    # --- front matter -------------------------------------------------------------------------

    def _title(self) -> tuple[Row, ...]:
        config = self.config
        authors, editors = (
            Bilingual(
                zh="　".join(one.zh for one in people if one.zh),
                en=", ".join(one.en for one in people if one.en),
            )
            for people in (config.authors, config.editors)
        )
        year = config.date[:4]
        own = "zh" in config.languages
        foot = Bilingual(
            zh="　".join(part for part in (config.publisher.zh, year) if part and own),
            en=config.publisher.en if own
            else ", ".join(part for part in (config.publisher.en, year) if part),
        )  # fmt: skip
        parts = (("title", config.title), ("subtitle", config.subtitle),
                 ("people", authors), ("people", editors), ("people", foot))  # fmt: skip
        narrow = self.layout.geometry.text_width < _TITLE * self.layout.styles["title-zh"].size
        keys: list[tuple[str, ...]] = [
            self._made(
                f"title/{number}",
                "halftitle" if narrow and style == "title" else style,
                text,
                full=True,
            )
            for number, (style, text) in enumerate(parts)
        ]
        return tuple(
            Row(id=f"title/{number}", zh=key, full=True, whole=True)
            for number, key in enumerate(keys)
            if key
        )

    def _heading(self, division: Division, style: str = "heading1") -> Row:
        """The heading of a division that the book makes itself."""
        name = f"{division.value}/heading"
        return self._row(name, style, self._own_title(name, division), keep=True)

    def _row(
        self, id: str, style: str, texts: Bilingual, *, keep: bool = False,
        role: BoxRole = BoxRole.FRONT,
    ) -> Row:  # fmt: skip
        keys = self._made(id, style, texts, role=role)
        return Row(
            id=id, keep=keep, whole=keep, level=1 if keep else 0,
            zh=tuple(key for key in keys if key.endswith("/zh")),
            en=tuple(key for key in keys if key.endswith("/en")),
        )  # fmt: skip

    def _half_title(self) -> Iterator[Row]:
        keys = self._made("half-title/0", "halftitle", self.config.title, full=True)
        yield Row(id="half-title/0", zh=keys, full=True)

    def _series(self) -> Iterator[Row]:
        """What stands behind the half title."""
        keys = self._made("series/0", "people", self.config.imprint.series, full=True)
        if keys:
            yield Row(id="series/0", zh=keys, full=True)

    def _imprint(self) -> Iterator[Row]:
        if not matter.has_imprint(self.config):
            return
        for name, style, lang, text in matter.imprint(self.config):
            key = f"imprint/{name}"
            box = self.maker.made(key, style, lang, own(text), role=BoxRole.FRONT, full=True)
            yield Row(id=key, zh=(self._add(box),), full=True)

    def _base(self) -> tuple[Row, ...]:
        base = self.config.base_text
        if not (base.zh or base.en):
            return ()
        return (self._heading(Division.BASE), self._row("base/0", "imprint", base))

    def _abbreviations(self) -> tuple[Row, ...]:
        rows = tuple(
            self._row(f"abbreviations/{number}", "rule", conspectus.abbreviation(one))
            for number, one in enumerate(
                (*self.config.abbreviations, *conspectus.cited_short(self.references))
            )
        )
        return (self._heading(Division.ABBREVIATIONS), *rows) if rows else ()

    def _rules(self) -> tuple[Row, ...]:
        rows = tuple(
            self._row(f"rules/{number}", "rule", texts)
            for number, texts in enumerate(rules.all_rules(self.edition, self.config))
        )
        return (self._heading(Division.RULES), *rows) if rows else ()

    def _sigla(self) -> tuple[Row, ...]:
        rows = tuple(
            self._row(f"sigla/{number}", "rule", texts)
            for number, texts in enumerate(conspectus.lines(self.edition, self.config))
        )
        return (self._heading(Division.SIGLA), *rows) if rows else ()

    def _contents(self, flows: Sequence[Flow]) -> tuple[Row, ...]:
        """The contents: headings as deep as the edition wants and of what is around the text."""
        entries = [row for flow in flows for row in flow.rows
                   if row.id in self.titles and row.level <= self.config.contents]  # fmt: skip
        body = [row for flow in flows if flow.division in (Division.BODY, Division.PART)
                for row in flow.rows]  # fmt: skip
        if not self.config.contents or not any(row in entries for row in body):
            return ()
        rows = [self._heading(Division.CONTENTS)]
        for number, row in enumerate(entries):
            keys: dict[Lang, tuple[str, ...]] = {"zh": (), "en": ()}
            for lang in LANGS:
                text = self.titles[row.id].get(lang, ())
                targets = row.side(lang) or row.keys
                if text and targets:
                    box = self.maker.made(
                        f"contents/{number}/{lang}", "tocpart" if row.part else f"toc{row.level}",
                        lang, text,
                        role=BoxRole.FRONT, target=targets[0],
                    )  # fmt: skip
                    keys[lang] = (self._add(box),)
            rows.append(Row(id=f"contents/{number}", zh=keys["zh"], en=keys["en"], whole=True))
        return tuple(rows)

    def _captioned(self, division: Division, flows: Sequence[Flow]) -> tuple[Row, ...]:
        """The list of tables, or of figures: the captions with their pages."""
        kind = Kind.TABLE if division is Division.TABLES else Kind.FIGURE
        rows: list[Row] = []
        for row in (row for flow in flows for row in flow.rows):
            keys: dict[Lang, tuple[str, ...]] = {}
            for lang in LANGS:
                box = next((box for key in row.keys if (box := self.boxes[key]).lang == lang
                            and box.segment and box.segment.kind is kind), None)  # fmt: skip
                text = heads.of_caption(box, self.references) if box else ()
                if box and plain(text).strip():
                    line = self.maker.made(
                        f"{division.value}/{len(rows)}/{lang}", "toc1", lang, text,
                        role=BoxRole.FRONT, target=box.key,
                    )  # fmt: skip
                    keys[lang] = (self._add(line),)
            if keys:
                rows.append(Row(id=f"{division.value}/{len(rows)}", zh=keys.get("zh", ()),
                                en=keys.get("en", ()), whole=True))  # fmt: skip
        if not rows:
            return ()
        style = "heading1" if len(rows) > _SHORT_LIST else "heading2"
        return (self._heading(division, style), *rows)

    # --- back matter --------------------------------------------------------------------------

    def _glossary(self) -> tuple[Row, ...]:
        """The terms, side by side or each language in its order; their pages still to be told."""
        made: dict[Lang, dict[str, tuple[str, ...]]] = {lang: {} for lang in LANGS}
        for term in self.edition.terms:
            for lang, inlines in glossary.entries(term, self.config).items():
                text = self.maker.finished(inlines, "", lang)
                box = self.maker.made(
                    f"glossary/{term.id}/{lang}", "gloss", lang, text, role=BoxRole.BACK,
                    measure=self._measure("gloss", lang),
                )  # fmt: skip
                if self.config.glossary.pages:
                    line = IndexLine(term.id, lang, "", "", gloss=text)
                    self.glossed[box.key] = term, line
                made[lang][term.id] = (self._add(box),)
        if not any(made.values()):
            return ()
        zh, en = (glossary.in_order(self.edition.terms, lang) for lang in LANGS)
        if self.config.glossary.order == "own":  # no entry answers to the one beside it
            sides = [tuple(key for term in terms for key in made[lang].get(term.id, ()))
                     for lang, terms in zip(LANGS, (zh, en), strict=True)]  # fmt: skip
            rows = [Row(id="glossary/0", zh=sides[0], en=sides[1])]
        else:
            rows = [Row(id=f"glossary/{term.id}", zh=made["zh"].get(term.id, ()),
                        en=made["en"].get(term.id, ()), whole=True) for term in zh]  # fmt: skip
        return (self._heading(Division.GLOSSARY), *rows)

    def _references(self) -> tuple[Row, ...]:
        """The pages of the list of references; its first page bears its heading."""
        geometry = self.layout.geometry
        rows = []
        for page in range(self.references.pages):
            box = Box(
                key=f"references/{page}", role=BoxRole.BACK, style="page", lang="en",
                width=geometry.text_width, pdf=self.references.pdf, pdf_page=page,
            )  # fmt: skip
            rows.append(Row(id=box.key, zh=(self._add(box),), full=True, whole=True,
                            level=0 if page else 1))  # fmt: skip
        if rows:
            self._own_title("references/0", Division.REFERENCES)
        return tuple(rows)

    def _corrections(self) -> tuple[Row, ...]:
        """The appendix of corrections to the bibliography."""
        rows = tuple(
            self._row(f"corrections/{number}", "rule", Bilingual(
                zh=zh if "zh" in self.config.languages else "",
                en=en if "en" in self.config.languages else "",
            ), role=BoxRole.BACK)
            for number, (zh, en) in enumerate(self.references.corrections)
        )  # fmt: skip
        return (self._heading(Division.CORRECTIONS), *rows) if rows else ()

    def _found(self) -> None:
        """What the index and the glossary tell the pages of, wherever it stands in the texts."""
        self.headwords = indexing.headwords(self.edition, self.config)
        found, unsure = indexing.occurrences(self.boxes, self.edition, self.headwords)
        if self.headwords:
            self.index = BookIndex({}, tuple(found), tuple(unsure))

    def _with_lines(self, lines: Mapping[str, IndexLine]) -> None:
        if self.index is not None:
            self.index = replace(self.index, lines={**self.index.lines, **lines})

    def _index(self) -> tuple[Row, ...]:
        """The index, its pages still to be told: every entry says a figure in their place."""
        words, found = self.headwords, self.index.occurrences if self.index else ()
        spans = {one.id: one.span for one in words}
        made: dict[Lang, list[str]] = {lang: [] for lang in LANGS}
        lines: dict[str, IndexLine] = {}
        used = {(one.headword, self.boxes[one.box].lang) for one in found}
        for lang, entries in indexing.lines(words, used, self.config).items():
            for number, line in enumerate(entries):
                text = indexing.entry(line, [("0", True)], spans[line.headword], self.config.script)
                key = self._add(self.maker.made(f"index/{number}/{lang}", "index", lang, text,
                                                role=BoxRole.BACK,
                                                measure=self._measure("index", lang)))  # fmt: skip
                made[lang].append(key)
                lines[key] = line
        self._with_lines(lines)
        if not lines:
            return ()
        # one row: the lists stand side by side, and no entry answers to the one beside it
        row = Row(id="index/0", zh=tuple(made["zh"]), en=tuple(made["en"]))
        return (self._heading(Division.INDEX), row)


# made when all else is: lists of what stands under headings
_NOTES = Division.NOTES.value
_TITLE = 9  # characters of a title: on a narrower page it is set as the half title is
_SHORT_LIST = 8  # tables or figures that are listed under a lesser heading, below the contents
_LISTED = {Division.INDEX: "index", Division.GLOSSARY: "gloss"}  # and the style of their entries
_LISTS = tuple(one.value for one in (Division.TABLES, Division.FIGURES, Division.CONTENTS))


def _joined_body(flows: Iterable[Flow]) -> Iterator[Flow]:
    """Sections of the text follow each other on one page."""
    for both, group in groupby(flows, key=lambda flow: (flow.division, flow.front)):
        if both[0] is Division.BODY:
            rows = tuple(row for flow in group for row in flow.rows)
            yield Flow(division=Division.BODY, rows=rows)
        else:
            yield from group


def _together(flows: Iterable[Flow]) -> Iterator[Flow]:
    """What stands on one page where it is neighbours: the contents with the lists of tables and
    figures, the rules with what is like them."""
    last: Flow | None = None
    for flow in flows:
        kind = next((one for one in matter.TOGETHER if flow.division in one), None)
        if last and kind and last.division in kind and last.front == flow.front:
            last = replace(last, rows=(*last.rows, *flow.rows))
            continue
        if last:
            yield last
        last = flow
    if last:
        yield last


def _joined(parts: Iterable[Inlines]) -> Inlines:
    """Headings that face one heading of the other side, in one line."""
    joined: Inlines = ()
    for part in parts:
        joined = (*joined, *own(" "), *part) if joined else part
    return joined
