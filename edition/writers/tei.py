"""TEI P5: the edition as data. Both texts in a group, block by block with what answers to it;
notes, apparatus and names stand beside, and point into the texts.

docs/outputs.md says what stands where; :mod:`edition.importers.tei` reads it back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from edition import anchors
from edition.config import Bilingual
from edition.model import (
    LANGS,
    Anchor,
    Cell,
    Edition,
    Inlines,
    Kind,
    Lang,
    Presence,
    Section,
    Segment,
    other,
)
from edition.writers import tei_lists
from edition.writers.cards import Cards
from edition.writers.publication import TAGS
from edition.writers.shapes import block, content
from edition.writers.tei_dialect import ID, Tei, segment_id, tei
from edition.writers.types import Manuscript
from edition.writers.xml import Element, name, set_attribute, xml


def write(manuscript: Manuscript) -> Mapping[str, bytes]:
    return {".tei.xml": xml(_Document(manuscript).document())}


class _Document:
    def __init__(self, manuscript: Manuscript) -> None:
        assert manuscript.encoded is not None, "a writer of data is given it"
        self.manuscript, self.config = manuscript, manuscript.config
        self.edition: Edition = manuscript.encoded
        self.tags: dict[Lang, str] = {"zh": TAGS[self.config.script], "en": "en"}
        self.names = {one.id: one for one in self.edition.names}
        self.cards = Cards(self.edition, self.config)
        self.keys = {one.key for one in manuscript.library.entries}
        self.places: dict[tuple[Lang, str, int, str], list[Anchor]] = defaultdict(list)
        for anchor in self.edition.anchors:
            place = anchor.lang, anchor.segment, anchor.cell, anchor.footnote
            self.places[place].append(anchor)
        sections = {(lang, one.id): section.id for section in self.edition.sections
                    for lang in LANGS for one in section.side(lang)}  # fmt: skip
        self.ends = {(one.note, one.lang) for one in self.edition.anchors}
        # the segments by which notes on the author's footnotes are anchored
        self.owners = {(one.lang, sections[one.lang, one.segment], one.footnote): one.segment
                       for one in self.edition.anchors if one.footnote}  # fmt: skip
        self.answers = {
            (lang, one.id): [each.id for each in pair.side(other(lang))]
            for pair in self.edition.pairs for lang in LANGS for one in pair.side(lang)
        }  # fmt: skip

    def dialect(self, lang: Lang, section: str = "", *, running: bool = True) -> Tei:
        return Tei(lang=lang, section=section, names=self.names, known=self.keys.__contains__,
                   cards=self.cards if running else None)  # fmt: skip

    def document(self) -> Element:
        made = tei("TEI", lang=self.tags["zh"])
        made.append(self._header())
        beside = list(tei_lists.beside(self))
        if beside:
            made.append(tei("standOff", beside))
        made.append(self._text())
        return made

    # --- the header ------------------------------------------------------------------------------

    def both(self, tag: str, texts: Bilingual, **more: str) -> Iterator[Element]:
        for lang in LANGS:
            if texts.get(lang):
                yield tei(tag, texts.get(lang), lang=self.tags[lang], **more)

    def _header(self) -> Element:
        config = self.config
        titles = tei("titleStmt")
        titles.extend(self.both("title", config.title, type="main"))
        titles.extend(self.both("title", config.subtitle, type="sub"))
        for tag, people in (("author", config.authors), ("editor", config.editors)):
            for number, person in enumerate(people, start=1):
                titles.extend(self.both(tag, person, n=str(number)))
        published = tei("publicationStmt")
        publisher = list(self.both("publisher", config.publisher))
        published.extend(publisher or [tei("publisher")])
        published.append(tei("idno", config.id, type="edition"))
        if config.date:
            published.append(tei("date", config.date, when=config.date))
        source = tei("sourceDesc")
        source.extend(self.both("bibl", config.base_text, n="base_text"))
        witnesses = tei_lists.witnesses(self)
        if witnesses is not None:
            source.append(witnesses)
        if not len(source):
            source.append(tei("p"))
        rules = [one for rule in config.rules for one in self.both("p", rule)]
        encoding = tei("encodingDesc")
        if rules:
            encoding.append(tei("editorialDecl", rules))
        encoding.append(tei("classDecl", self._layers()))
        languages = tei("langUsage")
        for lang in config.languages:
            said = "Chinese" if lang == "zh" else "English"
            languages.append(tei("language", said, ident=self.tags[lang]))
        return tei("teiHeader", tei("fileDesc", titles, published, source), encoding,
                   tei("profileDesc", languages))  # fmt: skip

    def _layers(self) -> Element:
        made = tei("taxonomy", id="layers")
        for number, layer in enumerate(self.config.layers, start=1):
            one = tei("category", id=f"layer-{number}", n=layer.id, rend=layer.numbering)
            one.extend(self.both("catDesc", layer.name))
            made.append(one)
        if not len(made):
            made.append(tei("category", tei("catDesc", "none")))
        return made

    # --- the texts -------------------------------------------------------------------------------

    def _text(self) -> Element:
        group = tei("group")
        for lang in LANGS:
            if lang in self.config.languages:
                body = tei("body")
                body.extend(self._section(one, lang) for one in self.edition.sections)
                group.append(tei("text", body, id=f"text-{lang}", lang=self.tags[lang]))
        back = list(tei_lists.back(self))
        return tei("text", group, tei("back", back) if back else None)

    def _section(self, section: Section, lang: Lang) -> Element:
        made = tei("div", id=f"{lang}-section-{name(section.id)}", type="section", n=section.id)
        if section.side(other(lang)) and other(lang) in self.config.languages:
            made.set("corresp", f"#{other(lang)}-section-{name(section.id)}")
        levels: list[tuple[int, Element]] = [(0, made)]
        lists: list[Element] = []
        for segment in section.side(lang):
            if segment.kind is Kind.HEADING:
                while levels[-1][0] >= max(1, segment.level):
                    levels.pop()
                div = tei("div", type=f"level{segment.level}")
                levels[-1][1].append(div)
                levels.append((max(1, segment.level), div))
            where = levels[-1][1]
            if segment.kind is Kind.ITEM and segment.presence is Presence.TEXT:
                _put_item(where, lists, segment, self._block(segment, section))
                continue
            lists = []
            where.append(self._block(segment, section))
        if not len(made):
            made.append(tei("p"))
        return made

    def _block(self, segment: Segment, section: Section) -> Element:
        lang = segment.lang
        if segment.presence is Presence.TEXT:
            to = self.dialect(lang, section.id, running=segment.kind is not Kind.HEADING)
            made = block(self._anchored(segment), to)
        else:
            made = tei("p", tei("gap", reason=segment.presence.value))
        answers = self.answers.get((lang, segment.id), [])
        told = {
            ID: segment_id(lang, segment.id),
            "n": segment.id if segment.given else "",
            "corresp": " ".join(f"#{segment_id(other(lang), one)}" for one in answers),
            "cert": segment.sure,
            "source": f"urn:hash:{segment.source_hash}" if segment.source_hash else "",
        }
        for key, value in told.items():
            if value:
                set_attribute(made, key, value)
        if segment.short:
            inner = content(segment.short, self.dialect(lang, section.id, running=False))
            made.append(tei("note", inner, type="running-head"))
        return made

    def _anchored(self, segment: Segment) -> Segment:
        """The segment with the ends of its lemmas marked."""
        segment = replace(segment, inlines=self.marked(segment.inlines, segment.lang, segment.id))
        if segment.table is None:
            return segment

        def anchored(cell: Cell, number: int) -> Cell:
            inlines = self.marked(cell.inlines, segment.lang, segment.id, number)
            return replace(cell, inlines=inlines)

        return replace(segment, table=segment.table.mapped(anchored))

    def marked(
        self, inlines: Inlines, lang: Lang, segment: str, cell: int = 0, footnote: str = ""
    ) -> Inlines:
        found = self.places.get((lang, segment, cell, footnote), ())
        marks = [(at, f"{end}-{lang}-{name(one.note)}") for one in found
                 for at, end in ((one.start, "from"), (one.end, "to"))]  # fmt: skip
        # an empty text has no place for marks
        return anchors.insert_marks(inlines, sorted(marks)) if marks and inlines else inlines


def _put_item(where: Element, lists: list[Element], segment: Segment, item: Element) -> None:
    """Put an item into the list of its level, within the item before it where that is higher."""
    level = max(1, segment.level)
    kind = "numbered" if segment.label[:1].isdecimal() else "bulleted"
    del lists[level:]
    if len(lists) == level and segment.label and lists[-1].get("rend") != kind:
        lists.pop()  # a list of another kind follows
    while len(lists) < level:
        parent = lists[-1][-1] if lists else where
        made = tei("list", rend=kind)
        parent.append(made)
        lists.append(made)
    lists[-1].append(item)
