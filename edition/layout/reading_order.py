"""Book → tree: what is read after what, by those to whom a page is read out.

Pair by pair (``pairs``): the Chinese, its English, the notes on both; or side by side (``sides``):
of every division the Chinese through, then the English.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, assert_never

from edition.config import ReadingOrder
from edition.layout.boxes import has_headword, note_key, own
from edition.layout.structure import HEADINGS, Portion, PortionKind, Role, TagElement, group
from edition.layout.types import Book, Box, BoxRole, Division, Flow, Measures, Row
from edition.model import HEADINGS as DEEPEST
from edition.model import LANGS, Kind, Lang, Table, plain

_STYLES = {f"heading{level}-{lang}": level for level in range(1, DEEPEST + 1) for lang in LANGS}
_PICTURE: Mapping[Lang, str] = {"zh": "圖", "en": "Figure"}


def tree(book: Book, measures: Measures, order: ReadingOrder) -> TagElement:
    """The tree of a whole book. ``measures`` tell which notes a box calls."""
    return _ReadingTree(book, measures, order).whole()


@dataclass(slots=True)
class _ReadingTree:
    book: Book
    measures: Measures
    order: ReadingOrder
    _deepest: int = 0  # number of the heading before: none is passed over
    _own: Collection[str] = field(default_factory=frozenset)  # notes that have a row

    def whole(self) -> TagElement:
        self._own = {key for flow in self.book.flows for row in flow.rows for key in row.keys
                     if self.book.boxes[key].role is BoxRole.NOTE}  # fmt: skip
        document = group(Role.DOCUMENT)
        around = document
        for flow in self.book.flows:
            if flow.division is Division.PART:
                around = group(Role.PART)
                document.kids.append(around)
            elif flow.division is not Division.BODY:
                around = document
            around.kids += self._flow(flow, within=around is not document)
        return document

    def _flow(self, flow: Flow, *, within: bool) -> Iterator[TagElement]:
        match self.order:
            case "pairs":
                sides: tuple[tuple[Lang, ...], ...] = (LANGS,)
            case "sides":
                sides = tuple((lang,) for lang in LANGS)
            case _:
                assert_never(self.order)
        if flow.division is Division.REFERENCES:  # one list of works in any language
            sides = (LANGS,)
        for langs in sides:
            section = self._section(flow, langs, within=within)
            if section.kids:
                yield section

    def _section(self, flow: Flow, langs: Sequence[Lang], *, within: bool) -> TagElement:
        """What a division says in ``langs``, its sections within each other."""
        top = group(Role.SECTION, lang=langs[0] if len(langs) == 1 else None)
        open_ = [(0, top)]
        rows: list[Row] = []
        for row in flow.rows:
            level = self._level(row)
            if level and any(self.book.boxes[key].lang in langs for key in row.keys):
                open_[-1][1].kids += self._rows(flow, rows, langs, within=within)
                rows = []
                while open_[-1][0] >= level:
                    open_.pop()
                section = group(Role.SECTION)
                open_[-1][1].kids.append(section)
                open_.append((level, section))
            rows.append(row)
        open_[-1][1].kids += self._rows(flow, rows, langs, within=within)
        return top.kids[0] if [one.role for one in top.kids] == [Role.SECTION] else top

    def _level(self, row: Row) -> int:
        """Of a heading, from 1; 0 of all else."""
        if row.part:
            return 1
        return max((_STYLES.get(self.book.boxes[key].style, 0) for key in row.keys), default=0)

    # --- rows -------------------------------------------------------------------------------------

    def _rows(
        self, flow: Flow, rows: Sequence[Row], langs: Sequence[Lang], *, within: bool
    ) -> list[TagElement]:  # fmt: skip
        """Rows under one heading, lists and what is like them gathered."""
        made: list[TagElement] = []
        items: list[_Items] = []
        for together in _together(rows, self.book.boxes):
            row = together[0]
            boxes = [box for one in together for key in one.keys
                     if (box := self.book.boxes[key]).lang in langs]  # fmt: skip
            boxes = _shown(boxes)
            if len(together) > 1:
                boxes.sort(key=lambda box: LANGS.index(box.lang))
                said = [*_defined(boxes)]
            else:
                said = [one for box in boxes for one in self._box(box, row, within=within)]
            notes = [self._note(key) for key in self._called(box.key for box in boxes)]
            if said and all(one.role is Role.ITEM for one in said):
                said[-1].kids[-1].kids += notes
                items.append(_Items(_depth(boxes), _numbering(boxes), said))
                continue
            made += _lists(items)
            items = []
            gather = {Role.CONTENTS_LINE: Role.CONTENTS}.get(said[0].role) if said else None
            if flow.division is Division.INDEX and not self._level(row):
                gather = Role.INDEX
            if gather is not None:
                if not made or made[-1].role is not gather:
                    made.append(group(gather))
                made[-1].kids += said
            else:
                made += said
            made += notes
        return made + _lists(items)

    def _called(self, keys: Iterable[str]) -> Iterator[str]:
        """The notes that boxes call, and those that these call, once each."""
        waiting = list(keys)
        seen: set[str] = set()
        while waiting:
            key = waiting.pop(0)
            lang = self.book.boxes[key].lang
            for mark in self.measures[key].marks if key in self.measures else ():
                note = mark.note if mark.note in self.book.boxes else note_key(mark.note, lang)
                if note in self.book.boxes and note not in self._own and note not in seen:
                    seen.add(note)
                    waiting.append(note)
                    yield note

    def _note(self, key: str) -> TagElement:
        lang = self.book.boxes[key].lang
        label = TagElement(Role.LABEL, [], box=key, portion=Portion(PortionKind.LABEL))
        return group(Role.NOTE, label, TagElement(Role.PARAGRAPH, [], box=key), lang=lang)

    def _box(self, box: Box, row: Row, *, within: bool) -> Iterator[TagElement]:
        """What a box is; nothing for an ornament."""
        level = self._level(row)
        kind = box.segment.kind if box.segment else None
        if box.role is BoxRole.NOTE:
            note = self._note(box.key)
            yield note
        elif box.role is BoxRole.WORK:
            yield _work(box)
        elif level:
            number = min(level + (within and not row.part), self._deepest + 1, len(HEADINGS))
            self._deepest = number
            yield _text(HEADINGS[number - 1], box)
        elif box.target:
            link = TagElement(Role.LINK, [], box=box.key)
            yield group(Role.CONTENTS_LINE, group(Role.REFERENCE, link), lang=box.lang)
        else:
            yield from _of_kind(kind, box)


def _text(role: Role, box: Box) -> TagElement:
    return TagElement(role, [], box.lang, box.key)


def _work(box: Box) -> TagElement:
    """An entry of the list of references."""
    lang = box.language or box.lang
    label = TagElement(Role.LABEL, [], box=box.key, portion=Portion(PortionKind.LABEL, 1))
    body = group(Role.BODY, TagElement(Role.WORK, [], box=box.key))
    return group(Role.ITEM, *((label,) if box.label else ()), body, lang=lang)


def _defined(boxes: Iterable[Box]) -> Iterator[TagElement]:
    """A term and its definitions as an item, of each language."""
    item: TagElement | None = None
    for box in boxes:
        term = box.segment is not None and box.segment.kind is Kind.TERM
        if item is None or term or item.lang != box.lang:
            item = group(Role.ITEM, lang=box.lang)
            yield item
        if term:
            item.kids.append(TagElement(Role.LABEL, [], box=box.key))
            continue
        if not item.kids or item.kids[-1].role is not Role.BODY:
            item.kids.append(group(Role.BODY))
        item.kids[-1].kids.append(_text(Role.PARAGRAPH, box))


def _together(rows: Sequence[Row], boxes: Mapping[str, Box]) -> Iterator[list[Row]]:
    """Rows one by one, but a term with its definitions."""
    together: list[Row] = []
    for row in rows:
        kinds = {segment.kind for key in row.keys if (segment := boxes[key].segment)}
        if together and Kind.DEFINITION not in kinds:
            yield together
            together = []
        together.append(row)
        if Kind.TERM not in kinds and len(together) == 1:
            yield together
            together = []
    if together:
        yield together


def _of_kind(kind: Kind | None, box: Box) -> Iterator[TagElement]:
    lang = box.lang
    if has_headword(box):
        yield _item(box)
        return
    match kind:
        case None | Kind.PARA | Kind.VERSE | Kind.TERM | Kind.DEFINITION | Kind.HEADING:
            yield _text(Role.PARAGRAPH, box)
        case Kind.QUOTE:
            yield group(Role.QUOTATION, _text(Role.PARAGRAPH, box), lang=lang)
        case Kind.CODE:
            yield group(Role.PARAGRAPH, _text(Role.CODE, box), lang=lang)
        case Kind.ITEM:
            yield _item(box)
        case Kind.TABLE:
            table = box.segment.table if box.segment else None
            yield _table(box, table) if table else _text(Role.PARAGRAPH, box)
        case Kind.FIGURE:
            figure = _text(Role.FIGURE, box)
            figure.alt = _alt(box)
            caption = TagElement(Role.CAPTION, [], lang, box.key, Portion(PortionKind.CAPTION))
            shown = () if box.bare else (figure,)
            said = (caption,) if plain(box.inlines) else ()
            yield group(Role.DIVISION, *shown, *said, lang=lang)
        case Kind.BREAK:
            return
        case _:
            assert_never(kind)


def _item(box: Box) -> TagElement:
    """An item of a list, with its sign or what it is about."""
    label = TagElement(Role.LABEL, [], box=box.key, portion=Portion(PortionKind.LABEL, 1))
    return group(Role.ITEM, label, group(Role.BODY, _text(Role.PARAGRAPH, box)), lang=box.lang)


def _shown(boxes: list[Box]) -> list[Box]:
    """A picture that stands once for both languages says what it shows in both."""
    shown = [box for box in boxes if box.segment and box.segment.kind is Kind.FIGURE]
    if len(shown) < 2 or not any(box.bare for box in shown):
        return boxes
    words = " · ".join(dict.fromkeys(filter(None, map(_alt, shown))))
    return [
        replace(box, segment=replace(box.segment, alt=own(words)))
        if box.segment and box in shown and not box.bare else box
        for box in boxes
    ]  # fmt: skip


def _alt(box: Box) -> str:
    """What a picture shows: in the words of the edition, or of its caption."""
    said = plain(box.segment.alt).strip() if box.segment else ""
    return said or plain(box.inlines).strip() or box.label or _PICTURE[box.lang]


def _table(box: Box, table: Table) -> TagElement:
    made = group(Role.TABLE, lang=box.lang)
    if plain(box.inlines):
        made.kids.append(TagElement(Role.CAPTION, [], box=box.key,
                                    portion=Portion(PortionKind.CAPTION)))  # fmt: skip
    number = 0
    columns = max(len(row) for row in (table.header, *table.rows))
    for place, row in enumerate((table.header, *table.rows)):
        if not place and not any(cell.inlines for cell in row):
            number += len(row)  # a head without words is not printed
            continue
        role = Role.CELL if place else Role.HEAD_CELL
        cells = [TagElement(role, [], box=box.key, portion=Portion(PortionKind.CELL, number + at))
                 for at in range(1, len(row) + 1)]  # fmt: skip
        number += len(row)
        empty = [TagElement(role, []) for _ in range(columns - len(row))]
        made.kids.append(group(Role.ROW, *cells, *empty))
    return made


def _depth(boxes: Sequence[Box]) -> int:
    return max((box.segment.level for box in boxes if box.segment), default=1)


class _Items(NamedTuple):
    """Items of a row: how deep they stand, how they are numbered, "" for not at all."""

    level: int
    numbering: str
    said: list[TagElement]


def _lists(items: Sequence[_Items]) -> list[TagElement]:
    """Items as lists, the deeper ones within the item before them."""
    made: list[TagElement] = []
    open_: list[tuple[int, TagElement]] = []
    for level, numbering, said in items:
        while open_ and open_[-1][0] > level:
            open_.pop()
        if not open_ or open_[-1][0] < level:
            below = group(Role.LIST)
            below.numbering = numbering
            (open_[-1][1].kids[-1].kids[-1].kids if open_ else made).append(below)
            open_.append((level, below))
        open_[-1][1].kids += said
    return made


def _numbering(boxes: Sequence[Box]) -> str:
    """How a list is numbered, by the label of its first item, in the words of PDF (ISO 32000-1,
    table 347), which has none for Chinese numbers: they are decimal."""
    labels = (box.label or (box.segment.label if box.segment else "") for box in boxes)
    sign = "".join(one for one in next(labels, "") if one.isalnum())
    if not sign:
        return ""
    if unicodedata.numeric(sign[0], None) is not None:
        return "Decimal"
    roman = set(sign.lower()) <= set("ivx") and sign.lower()[0] in "iv"
    if not sign.isascii():
        return "Decimal"
    return ("Upper" if sign[0].isupper() else "Lower") + ("Roman" if roman else "Alpha")
