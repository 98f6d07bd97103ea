"""The parts of an edition in HTML: rows of both languages, notes, lists. What a page and a book of
HTML share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from edition.config import Bilingual
from edition.layout.types import Box, Division, Row
from edition.model import LANGS, Kind, Lang, Presence, Reference, plain
from edition.writers import notes
from edition.writers.cards import Cards
from edition.writers.entries import entry_parts
from edition.writers.hyper import Hyper, card_id, mark_id, note_id, reference_id, segment_id
from edition.writers.shapes import block, content, note_blocks
from edition.writers.twofold import twofold
from edition.writers.types import Manuscript
from edition.writers.xml import Element, element, extend, name

TAGS = {"hant": "zh-Hant", "hans": "zh-Hans"}
# what is of pages alone: lists of them, and notes that stand behind their sections here
_OF_PAGES = (Division.CONTENTS, Division.TABLES, Division.FIGURES, Division.NOTES,
             Division.HALF_TITLE)  # fmt: skip
NAMES = Bilingual(zh="人名・地名・著作", en="Names and works")


@dataclass(frozen=True, slots=True)
class OutlineHeading:
    """A line of the contents."""

    level: int
    id: str
    words: dict[Lang, Element]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a publication, in the order of the book: rows of a ``section`` of the text, or of
    a division that the book makes itself. ``last``: notes of the section stand behind it."""

    division: Division
    rows: tuple[Row, ...]
    section: str = ""
    last: bool = False


class Publication:
    """One manuscript in the dialect of HTML. ``picture``: path → address, "" where it cannot be
    shown; ``type`` and ``file`` as in :class:`Hyper`."""

    def __init__(
        self, manuscript: Manuscript, picture: Callable[[str], str], *, type: str = "",
        file: Callable[[str], str] = lambda _: "",
    ) -> None:  # fmt: skip
        self.manuscript, self.book = manuscript, manuscript.book
        self.languages = manuscript.config.languages
        self.type, self.file = type, file
        self.notes = notes.numbered(self.book, manuscript.edition)
        self.cards = Cards(manuscript.edition, manuscript.config)
        self._to = {lang: self._hyper(manuscript, lang, picture) for lang in LANGS}
        other = manuscript.other
        self._other = self._hyper(other, "zh", picture) if other else None
        self.row_of = {key: row.id for flow in self.book.flows for row in flow.rows
                       for key in row.keys}  # fmt: skip

    def _hyper(self, manuscript: Manuscript, lang: Lang, picture: Callable[[str], str]) -> Hyper:
        script = manuscript.config.script
        mine = manuscript is self.manuscript
        found = self.cards if mine else Cards(manuscript.edition, manuscript.config)
        signs = self.notes.signs
        return Hyper(lang=lang, tag=TAGS[script] if lang == "zh" else "en", signs=signs,
                     references=manuscript.references, picture=picture, cards=found,
                     type=self.type, file=self.file)  # fmt: skip

    # --- blocks and rows -------------------------------------------------------------------------

    def block(self, key: str) -> Element:
        """What a box holds, in both scripts."""
        box = self.book.boxes[key]
        other = self.manuscript.other
        twin = other.book.boxes.get(key) if other and box.lang == "zh" else None
        made = _block(box, self._to[box.lang])
        if twin is None or self._other is None:
            return made
        return twofold(made, _block(twin, self._other))

    def _words(self, row: str, lang: Lang) -> Element:
        """The words of a heading, without links, in both scripts."""
        to = replace(self._to[lang], cards=None, signs={})
        made = element("span", content(self.book.titles[row].get(lang, ()), to), lang=to.tag)
        made.set("class", lang)
        other = self.manuscript.other
        if other is None or lang != "zh" or row not in other.book.titles:
            return made
        twin = element("span", content(other.book.titles[row].get(lang, ()), to), lang=to.tag)
        return twofold(made, twin)

    def cell(self, keys: Sequence[str], lang: Lang) -> Element:
        return element("div", map(self.block, keys), class_=f"cell {lang}", lang=self._to[lang].tag)

    def row(self, row: Row, id: str = "") -> Element:
        """A row of both languages, side by side; an empty side is an empty cell."""
        made = element("div", class_="row", id=id or segment_id(row.id))
        for lang in self.languages:
            keys = [key for key in row.keys if self.book.boxes[key].lang == lang]
            made.append(self.cell(keys, lang))
        return made

    def parts(self) -> list[Part]:
        """All parts, in the order of the book."""
        section_of = {pair.id: pair.section for pair in self.manuscript.edition.pairs}
        made: list[Part] = []
        for flow in self.book.flows:
            if flow.division in _OF_PAGES:
                continue
            pairs = [row for row in flow.rows if row.id in section_of]
            if not pairs:
                made.append(Part(flow.division, flow.rows))
            for section, rows in groupby(pairs, key=lambda row: section_of[row.id]):
                made.append(Part(flow.division, tuple(rows), section))
        last = {part.section: at for at, part in enumerate(made)}
        return [replace(part, last=bool(part.section) and last[part.section] == at)
                for at, part in enumerate(made)]  # fmt: skip

    def rows(self, part: Part) -> list[Element]:
        """The rows of a division that the book makes itself."""
        made = [self.row(row, self.id_of(row)) for row in part.rows]
        own = self.manuscript.config.glossary.order == "own"
        if part.division is Division.GLOSSARY and own:
            self._name_terms(part.rows, made)
        return made

    def _name_terms(self, rows: Sequence[Row], made: Sequence[Element]) -> None:
        """Ids of the terms, where one row holds all of them."""
        named: set[str] = set()
        for row, one in zip(rows, made, strict=True):
            inner = [said for cell in one for said in cell]
            keys = [key for lang in self.languages for key in row.keys
                    if self.book.boxes[key].lang == lang]  # fmt: skip
            for key, said in zip(keys, inner, strict=False):
                term = key.partition("/")[2].rpartition("/")[0]
                if term not in named and term != "heading":
                    named.add(term)
                    said.set("id", card_id(f"term:{term}"))

    def id_of(self, row: Row) -> str:
        kind, slash, rest = row.id.partition("/")
        if kind == Division.GLOSSARY.value and slash and rest != "heading":
            return card_id(f"term:{rest}")
        return f"d-{name(row.id)}" if slash else segment_id(row.id)

    def title(self) -> Iterator[tuple[str, list[Element]]]:
        """The lines of the title page: their style, and their words in each language."""
        for flow in self.book.flows:
            for row in flow.rows if flow.division is Division.TITLE else ():
                boxes = [self.book.boxes[key] for key in row.keys]
                style = "title" if row.id == "title/0" else boxes[0].style.rpartition("-")[0]
                yield style, [self._line(box) for box in boxes]

    def _line(self, box: Box) -> Element:
        made = self.block(box.key)
        made.tag = "span"
        made.set("class", box.lang)
        made.set("lang", self._to[box.lang].tag)
        return made

    # --- contents --------------------------------------------------------------------------------

    def headings(self) -> Iterator[OutlineHeading]:
        """Every heading of the text and of what the book makes itself, in order."""
        for flow in self.book.flows:
            for row in flow.rows:
                told = self.book.titles.get(row.id)
                if told is None or flow.division in _OF_PAGES:
                    continue
                first = flow.division in (Division.REFERENCES, Division.INDEX)
                at = f"d-{flow.division.value}" if first else self.id_of(row)
                words = {lang: self._words(row.id, lang) for lang in self.languages
                         if plain(told.get(lang, ()))}  # fmt: skip
                if words:
                    yield OutlineHeading(max(1, row.level), at, words)

    # --- notes -----------------------------------------------------------------------------------

    def notes_of(self, section: str) -> Iterator[tuple[int, list[Element]]]:
        """The notes of a section as rows, by the ranks of their layers."""
        for rank, pairs in notes.layers(self.notes.of.get(section, ())):
            yield rank, [self._note_row(pair) for pair in pairs]

    def _note_row(self, pair: notes.NotePair) -> Element:
        made = element("div", class_="row")
        for lang in self.languages:
            key = pair.keys.get(lang)
            cell = element("div", class_=f"cell {lang}", lang=self._to[lang].tag)
            if key:
                cell.append(self.note(key))
            made.append(cell)
        return made

    def note(self, key: str) -> Element:
        """A note with its number, which leads back to its mark."""
        box = self.book.boxes[key]
        made = self._note(box, self._to[box.lang])
        other = self.manuscript.other
        twin = other.book.boxes.get(key) if other and box.lang == "zh" else None
        if twin is not None and self._other is not None:
            made = twofold(made, self._note(twin, self._other))
        back = element("a", self.notes.signs[key], class_="back",
                       href=self._to[box.lang].to(mark_id(key)), role="doc-backlink")  # fmt: skip
        made.insert(0, back)
        attrs = {self.type: "footnote"} if self.type else None
        return element("aside", made, class_="note", id=note_id(key),
                       role="doc-footnote" if self.type else "note", attrs=attrs)  # fmt: skip

    def _note(self, box: Box, to: Hyper) -> Element:
        made = element("div")
        to.seen, to.running = set(), True
        for part in note_blocks(box.inlines):
            inner = content(part.inlines, to)
            match part.start.kind if part.start else "para":
                case "item":
                    assert part.start is not None
                    made.append(element("p", f"{part.start.label} ", inner,
                                        class_=f"further l{min(part.start.level, 4)}"))  # fmt: skip
                case "quote":
                    made.append(element("blockquote", element("p", inner)))
                case kind:
                    made.append(element("p", inner, class_="verse" if kind == "verse" else ""))
        return made

    # --- lists -----------------------------------------------------------------------------------

    def references(self) -> list[Element]:
        """The entries of the list of references."""
        other = self.manuscript.other
        made = []
        for one in self.manuscript.references.entries.values():
            twin = other.references.find(one.key) if other and one.lang == "zh" else None
            entry = twofold(_entry(one), _entry(twin) if twin else None)
            tag = self._to[one.lang].tag
            made.append(element("li", entry, id=reference_id(one.key), lang=tag))
        return made

    def index(self, lang: Lang) -> list[Element]:
        """The entries of the index of a language, with the segments in which each occurs."""
        index = self.book.index
        if index is None:
            return []
        places: dict[str, dict[str, None]] = defaultdict(dict)
        for one in index.occurrences:
            if self.book.boxes[one.box].lang == lang and one.box in self.row_of:
                places[one.headword][self.row_of[one.box]] = None
        made = []
        for line in index.lines.values():
            if line.lang != lang:
                continue
            words = f"{line.text} {line.other}".strip()
            entry = element("li", f"{words} → {line.see}" if line.see else words)
            for number, row in enumerate(places[line.headword] if not line.see else ()):
                link = element("a", row, href=self._to[lang].to(segment_id(row)))
                extend(entry, ("; " if number else ": ", link))
            made.append(entry)
        return made

    def names(self) -> list[Element]:
        """Cards of the names that occur in what has been made so far."""
        made = []
        for one in self.manuscript.edition.names:
            if one.id not in self.cards.used:
                continue
            card = element("div", class_="row", id=card_id(one.id))
            for lang in self.languages:
                form = one.zh if lang == "zh" else one.en
                cell = element("div", class_=f"cell {lang}", lang=self._to[lang].tag)
                others = [each for each in one.variants if each.isascii() is (lang == "en")]
                if form:
                    told = f" ({', '.join(others)})" if others else ""
                    cell.append(element("p", element("strong", form), told))
                card.append(cell)
            made.append(card)
        return made


def _block(box: Box, to: Hyper) -> Element:
    segment = box.segment
    to.seen, to.running = set(), segment is not None and segment.kind is not Kind.HEADING
    if segment is None:
        style = box.style.rpartition("-")[0]
        inner = content(box.inlines, to)
        level = style.removeprefix("heading")
        if level != style and level.isdecimal():
            return element(f"h{int(level) + 1}", inner)
        return element("p", inner, class_=style)
    if segment.presence is not Presence.TEXT:
        return element("p", content(box.inlines, to), class_="absent")
    return block(replace(segment, inlines=box.inlines, label=box.label), to)


def _entry(one: Reference) -> Element:
    """An entry as text, its addresses as links, its titles in italics where they are."""
    made = element("span", f"[{one.number}] " if one.number else None)
    for part in entry_parts(one):
        told = element("cite", part.text) if part.italic else part.text
        extend(made, (element("a", told, href=part.address) if part.address else told,))
    return made
