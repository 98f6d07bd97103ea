"""A Word file for review: both languages in a table of two columns, a row for each pair; notes are
comments at their places. ``edition import FILE --to WORKSPACE --update`` reads what comes back.

The table is plain, so that every program of the office keeps it: a text is known by a hidden
bookmark at its head (:mod:`edition.tickets`), what the edition says in it by a style.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from edition.layout import words
from edition.layout.citations import format_cites
from edition.layout.types import Division
from edition.model import (
    LANGS,
    Cell,
    Edition,
    Inlines,
    Kind,
    Lang,
    Pair,
    Presence,
    Segment,
    pieces,
    plain,
)
from edition.tickets import Ticket, digest, signs_of
from edition.wording import version, with_objects, worded
from edition.writers import word_parts as parts
from edition.writers.archive import packed
from edition.writers.entries import EntryPart, entry_parts
from edition.writers.shapes import note_blocks
from edition.writers.types import Manuscript
from edition.writers.word_runs import Comments, Look, Runs, run, w
from edition.writers.xml import Element, Node, xml

_PAGE = {
    "w": "16838",
    "h": "11906",
    "orient": "landscape",
}  # A4 (ISO 216), in twentieths of a point
_MARGIN, _WIDTH = "1134", "7285"  # 2 cm; of a column
_ABSENT = "E7E6E6"  # behind a place for which there is no text
_STYLES = {Kind.QUOTE: "Quote", Kind.VERSE: "Verse", Kind.ITEM: "ListParagraph",
           Kind.TABLE: "Caption", Kind.FIGURE: "Caption", Kind.CODE: "Code"}  # fmt: skip
_SAYS = (
    "For review: what you change is tracked. Remarks are comments; notes of the edition are "
    "comments by “Edition”, and answers to them are welcome. What is grey in a text, citations and "
    "marks, the edition says itself; grey cells wait for a text."
)


def write(manuscript: Manuscript) -> Mapping[str, bytes]:
    return {".docx": _Word(manuscript).archive()}


class _Word:
    def __init__(self, manuscript: Manuscript) -> None:
        assert manuscript.encoded is not None, "a writer of data is given it"
        self.manuscript, self.edition = manuscript, manuscript.encoded
        self.comments = Comments()
        self.firsts: list[int] = []  # level and number of each numbered item
        self.bookmarks = 0
        self.notes = _notes(manuscript)
        self.footnotes = _footnotes(self.edition, manuscript)
        self.section_of = {
            (lang, one.id): section.id
            for section in self.edition.sections for lang in LANGS for one in section.side(lang)
        }  # fmt: skip

    def archive(self) -> bytes:
        config = self.manuscript.config
        title = " ".join(filter(None, (config.title.get(lang) for lang in LANGS))) or config.id
        document = xml(self._document(title))
        files = {
            "[Content_Types].xml": parts.content_types(),
            "_rels/.rels": parts.of_package(),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": parts.of_document(),
            "word/styles.xml": parts.styles(config.script),
            "word/numbering.xml": parts.numbering(self.firsts),
            "word/settings.xml": parts.settings(),
            "word/comments.xml": xml(w("comments", self.comments.made)),
            "docProps/core.xml": parts.core(title),
        }
        return packed(files, first="[Content_Types].xml")

    def _document(self, title: str) -> Element:
        names = [_cell([w("p", run(said, Look(bold=True)))]) for said in ("中文", "English")]
        head = w("tr", w("trPr", w("cantSplit"), w("tblHeader")), names)
        borders = [w(side, val="single", sz="4", space="0", color="BFBFBF") for side in
                   ("top", "left", "bottom", "right", "insideH", "insideV")]  # fmt: skip
        table = w("tbl", w("tblPr", w("tblW", w_=str(2 * int(_WIDTH)), type="dxa"),
                           w("tblBorders", borders), w("tblLayout", type="fixed")),
                  w("tblGrid", w("gridCol", w_=_WIDTH), w("gridCol", w_=_WIDTH)), head)  # fmt: skip
        for pair in self.edition.pairs:
            table.extend(self._rows(pair))
        page = w("sectPr", w("pgSz", **{f"{key}_": one for key, one in _PAGE.items()}),
                 w("pgMar", top=_MARGIN, right=_MARGIN, bottom=_MARGIN, left=_MARGIN, header="567",
                   footer="567", gutter="0"))  # fmt: skip
        heading = w("p", w("pPr", w("pStyle", val="Title")), run(title))
        listed = list(self._references())
        return w("document", w("body", heading, w("p", run(_SAYS)), table, w("p"), listed, page))

    def _references(self) -> Iterator[Element]:
        """The list of references, to look things up in: nothing of it comes back."""
        entries = self.manuscript.references.entries.values()
        if entries:
            said = words.both(Division.REFERENCES, LANGS, self.manuscript.config.script)
            yield w("p", w("pPr", w("pStyle", val="Heading1")), run(f"{said.zh} {said.en}"))
        for one in entries:
            number = [run(f"[{one.number}] ")] if one.number else []
            parted = [_part(part) for part in entry_parts(one)]
            yield w("p", w("pPr", w("ind", left="360", hanging="360")), number, parted)

    # --- rows ------------------------------------------------------------------------------------

    def _rows(self, pair: Pair) -> Iterator[Element]:
        """The row of a pair, and one for each cell of its tables."""
        yield w("tr", [self._side(pair.side(lang)) for lang in LANGS])
        cells = [[(one, number, cell) for one in pair.side(lang) if one.table
                  for number, cell in enumerate(one.table.cells, start=1)]
                 for lang in LANGS]  # fmt: skip
        for both in zip_longest(*cells):
            yield w("tr", [_cell([self._of_cell(*one)] if one else []) for one in both])

    def _side(self, segments: Sequence[Segment]) -> Element:
        absent = not any(one.presence is Presence.TEXT for one in segments)
        return _cell([self._segment(one) for one in segments], absent=absent)

    def _segment(self, segment: Segment) -> Element:
        if segment.kind is Kind.BREAK:
            inner = [run(words.ornament(segment.lang), Look(style="EditionSign"))]
            return w("p", w("pPr", w("jc", val="center")), inner)
        there = segment.presence is Presence.TEXT
        inlines = segment.inlines if there else ()
        return self._paragraph(segment, segment.id, inlines, 0, self._properties(segment))

    def _of_cell(self, segment: Segment, number: int, cell: Cell) -> Element:
        look = w("pPr", w("pStyle", val="TableCell"))
        return self._paragraph(segment, f"{segment.id}/{number}", cell.inlines, number, look)

    def _properties(self, segment: Segment) -> Element | None:
        if segment.kind is Kind.HEADING:
            return w("pPr", w("pStyle", val=f"Heading{min(max(segment.level, 1), 4)}"))
        style = _STYLES.get(segment.kind, "")
        if segment.kind is Kind.DEFINITION:
            return w("pPr", w("ind", left="360"))
        if segment.kind is not Kind.ITEM or not segment.label:
            return w("pPr", w("pStyle", val=style)) if style else None
        level = min(max(segment.level, 1), 4) - 1
        number, own = segment.label.rstrip(".)）、"), "1"
        if number.isdecimal() and len(number) < 6:
            self.firsts.append(level * 1_000_000 + int(number))
            own = str(len(self.firsts) + 1)
        listed = w("numPr", w("ilvl", val=str(level)), w("numId", val=own))
        return w("pPr", w("pStyle", val=style), listed)

    def _paragraph(
        self, segment: Segment, own: str, inlines: Inlines, cell: int, look: Element | None
    ) -> Element:  # fmt: skip
        lang = segment.lang
        section = self.section_of.get((lang, segment.id), "")
        runs = Runs(
            lang=lang, references=self.manuscript.references, comments=self.comments,
            notes=self.notes.get((lang, segment.id, cell), ()),
            footnotes=self.footnotes.get((section, lang), {}),
        )  # fmt: skip
        said = runs.of(inlines)
        known = Ticket(lang, digest(own), version(with_objects(worded(inlines))),
                       signs_of(runs.signs), _converted(inlines))  # fmt: skip
        self.bookmarks += 1
        number = str(self.bookmarks)
        return w("p", look, w("bookmarkStart", id=number, name=known.name),
                 w("bookmarkEnd", id=number), said)  # fmt: skip


def _part(part: EntryPart) -> Element:
    """Words of an entry; an address as the field that leads there."""
    said = run(part.text, Look(italic=part.italic))
    if not part.address or '"' in part.address:
        return said
    return w("fldSimple", said, instr=f' HYPERLINK "{part.address}" ')


def _cell(paragraphs: list[Element], *, absent: bool = False) -> Element:
    """A cell, which must have a paragraph."""
    shade = w("shd", val="clear", color="auto", fill=_ABSENT) if absent else None
    inner: list[Node] = [*(paragraphs or [w("p")])]
    return w("tc", w("tcPr", w("tcW", w_=_WIDTH, type="dxa"), shade), inner)


def _converted(inlines: Inlines) -> bool:
    """Whether a text is another one than in its file, but for its markup and its blanks."""
    return any(said.split() != span.text.split() for said, span in pieces(inlines)
               if len(said) == len(span.text))  # fmt: skip


# --- notes ---------------------------------------------------------------------------------------

_Notes = dict[tuple[Lang, str, int], list[tuple[int, int, str, tuple[str, ...]]]]


def _notes(manuscript: Manuscript) -> _Notes:
    """What stands in the comments, by the text of their anchor: where, label,
    paragraphs."""
    assert manuscript.encoded is not None
    known = {note.id: note for note in manuscript.edition.notes}
    made: _Notes = defaultdict(list)
    for anchor in manuscript.encoded.anchors:
        note = known.get(anchor.note)
        if note is None or anchor.footnote or anchor.lang not in note.texts:
            continue
        said = _said(note.texts[anchor.lang], anchor.lang, manuscript)
        made[anchor.lang, anchor.segment, anchor.cell].append(
            (anchor.start, anchor.end, f"{note.layer} [{note.id}]", said)
        )
    for notes in made.values():
        notes.sort(key=lambda one: one[:2])
    return made


def _footnotes(
    edition: Edition, manuscript: Manuscript
) -> dict[tuple[str, Lang], dict[str, tuple[str, ...]]]:  # fmt: skip
    made: dict[tuple[str, Lang], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for section in edition.sections:
        for one in section.footnotes:
            made[section.id, one.lang][one.label] = _said(one.inlines, one.lang, manuscript)
    return made


def _said(inlines: Inlines, lang: Lang, manuscript: Manuscript) -> tuple[str, ...]:
    """A note as plain paragraphs."""
    shown = format_cites(inlines, manuscript.references, lang)
    return tuple(
        f"{part.start.label} {plain(part.inlines)}".strip() if part.start else plain(part.inlines)
        for part in note_blocks(shown)
    )
