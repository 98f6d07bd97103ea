"""The text of a book as flows of rows: sections, parts, display pages, notes at the ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from edition.config import Bilingual
from edition.layout import endnotes, figures, kinds, matter, widths
from edition.layout.boxes import note_key, own
from edition.layout.draft import BookDraft
from edition.layout.types import BoxRole, Division, Flow, Row
from edition.model import LANGS, Inlines, Kind, Lang, Pair, Presence, Segment, plain


class TextFlows:
    """Makes the flows of the text of a draft, section by section, then of the notes that stand
    behind all of it. ``blocks``: the notes that stand at an end."""

    def __init__(self, draft: BookDraft, blocks: Sequence[endnotes.EndnoteBlock]) -> None:
        self.draft = draft
        self.blocks = blocks
        self._first_titles: dict[tuple[str, Lang], Inlines] = {}  # of a file of text

    def of_section(self, section: str, pairs: Iterable[Pair]) -> Iterator[Flow]:
        """The pages of a section: display pages apart, at its end the notes that stand there."""
        settings = self.draft.config.matter
        kind = matter.shown_alone(section) if {*settings.front, *settings.back} & {section} else ""
        division = (Division.FRONT if section in settings.front else
                    Division.BACK if section in settings.back else Division.BODY)  # fmt: skip
        pairs = tuple(pairs)
        if kind and self._displayed(pairs):
            yield self.draft.flow(Division.DISPLAY, self._display(pairs, kind))
            pairs = ()
        rows: list[Row] = []
        parts: list[Pair] = []
        at = 0
        while at < len(pairs):
            title = self._part_of(pairs[at:]) if division is Division.BODY else ()
            if title:
                if rows:
                    yield self.draft.flow(division, rows)
                below = self._display(title[1:], "epigraph")
                yield self.draft.flow(Division.PART, [self._part(title[0]), *below])
                parts.append(title[0])
                rows = []
                at += len(title)
                continue
            rows.append(self._pair(pairs[at]))
            self._first_title(section, pairs[at])
            at += 1
        for part in parts:  # notes on a section stand under its own heading, where it has one
            self._first_title(section, part)
        yield self.draft.flow(division, [*rows, *self._ends(section)])

    def _first_title(self, section: str, pair: Pair) -> None:
        for lang, title in self.draft.titles.get(pair.id, {}).items():
            if title:
                self._first_titles.setdefault((section, lang), title)

    def _ends(self, section: str) -> Iterator[Row]:
        """The notes that stand at the end of a section, layer by layer."""
        for block in self.blocks:
            if block.layer.placement == "section-end" and block.sections[-1] == section:
                name = f"end/{section}/{block.layer.id}"
                head = self.draft.row(name, "heading4", self._name(block), role=BoxRole.TEXT)
                yield replace(head, keep=True, whole=True)
                yield from self._notes_of(name, block)

    def _notes_of(self, name: str, block: endnotes.EndnoteBlock) -> Iterator[Row]:
        for note in block.notes:
            texts = self.draft.maker.notes[note].texts
            zh, en = (((note_key(note, lang),) if lang in texts else ()) for lang in LANGS)
            yield Row(id=f"{name}/{note}", zh=zh, en=en)

    def _name(self, *blocks: endnotes.EndnoteBlock) -> Bilingual:
        """The name of a layer in the languages that its notes have."""
        notes = [self.draft.maker.notes[note] for block in blocks for note in block.notes]
        here = {lang for note in notes for lang in note.texts}
        name = blocks[0].layer.name
        return Bilingual(zh=name.zh if "zh" in here else "", en=name.en if "en" in here else "")

    def notes_of_book(self) -> Iterator[Flow]:
        """The notes that stand at the end of the book: each series under the name of its layer,
        its sections under their headings."""
        draft = self.draft
        late = [block for block in self.blocks if block.layer.placement == "book-end"]
        for layer, parts in groupby(late, key=lambda block: block.layer):
            several = list(parts)
            name, key = self._name(*several), f"{Division.NOTES.value}/{layer.id}"
            draft.titles[key] = draft.heads[key] = {lang: own(name.get(lang)) for lang in LANGS}
            rows = [replace(draft.row(key, "heading1", name, keep=True), level=1)]
            for block in several:
                place = f"{key}/{block.sections[0]}"
                titles = {lang: self._first_titles.get((block.sections[0], lang), ())
                          for lang in LANGS if name.get(lang)}  # fmt: skip
                sides: dict[Lang, tuple[str, ...]] = {
                    lang: (draft.add(draft.maker.made(f"{place}/{lang}", "heading3", lang, said,
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
        before = self.draft.maker.footnoted.copy()
        boxes = [self.draft.maker.segment(one, pair.section, full=True) for pair in pairs
                 for lang in LANGS for one in pair.side(lang)]  # fmt: skip
        self.draft.maker.footnoted = before
        return matter.is_display(boxes, self.draft.layout)

    def _part(self, pair: Pair) -> Row:
        """The title of a part."""
        self.draft.titled(pair.id, pair.zh, pair.en)
        keys = [self.draft.add(self.draft.maker.segment(one, pair.section, full=True))
                for lang in LANGS for one in pair.side(lang)]  # fmt: skip
        return Row(id=pair.id, zh=tuple(keys), full=True, whole=True, part=True)

    def _display(self, pairs: Sequence[Pair], kind: str) -> Iterator[Row]:
        """What stands on a display page: the Chinese above the English, each across the page."""
        for lang in LANGS:
            for pair in pairs:
                for one in pair.side(lang):
                    if one.presence is not Presence.TEXT:
                        continue
                    box = self.draft.maker.segment(one, pair.section, full=True)
                    style = matter.display_style(one, kind)
                    key = self.draft.add(replace(box, style=f"{style}-{lang}") if style else box)
                    yield Row(id=f"{pair.id}/{lang}", zh=(key,), full=True, whole=True)

    def _pair(self, pair: Pair) -> Row:
        full = self.draft.layout.geometry.layout == "columns" and self._wide(pair)
        boxes = [
            self.draft.maker.segment(one, pair.section, full=full)
            for lang in LANGS for one in pair.side(lang) if one.presence is not Presence.BLANK
        ]  # fmt: skip
        if pair.kind is Kind.FIGURE:
            boxes = figures.once(boxes, self.draft.layout)
        sides: dict[Lang, tuple[str, ...]] = {
            lang: tuple(self.draft.add(box) for box in boxes if box.lang == lang) for lang in LANGS
        }
        heading, kind = pair.kind is Kind.HEADING, kinds.of(pair.kind)
        if heading:
            self.draft.titled(pair.id, pair.zh, pair.en)
        return Row(
            id=pair.id, zh=sides["zh"], en=sides["en"], full=full,
            keep=kind.keeps or pair.byline, whole=kind.whole,
            level=pair.level if heading else 0,
        )  # fmt: skip

    def _wide(self, pair: Pair) -> bool:
        """Whether a table needs more than a column on either side, or is a picture."""
        if pair.kind is Kind.FIGURE:  # charts that have words of either language stand side by side
            return len({one.figure for one in (*pair.zh, *pair.en) if one.figure}) < 2
        return pair.kind is Kind.TABLE and any(
            self._table_width(one) > self._column(one.lang) for one in (*pair.zh, *pair.en)
        )

    def _column(self, lang: Lang) -> float:
        geometry = self.draft.layout.geometry
        return geometry.zh_width if lang == "zh" else geometry.en_width

    def _table_width(self, segment: Segment) -> float:
        if segment.table is None:
            return 0.0
        size = self.draft.layout.styles[f"table-{segment.lang}"].size
        rows = (segment.table.header, *segment.table.rows)
        return max(
            (sum(widths.width(plain(cell.inlines), size) + size for cell in row) for row in rows),
            default=0.0,
        )
