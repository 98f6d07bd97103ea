"""EPUB 3: the edition as a book for readers of any width: pair by pair, or in two columns.

Notes are footnotes that readers show where they are called; pages of the print are named where a
PDF is built along. The same sources give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from edition import templates
from edition.layout import words
from edition.layout.types import BookPlan, Division, Row
from edition.model import LANGS, Lang
from edition.writers import package, pictures
from edition.writers.archive import packed
from edition.writers.hyper import card_id, note_id, reference_id
from edition.writers.publication import NAMES, TAGS, Part, Publication
from edition.writers.types import Manuscript
from edition.writers.xml import Element, Node, element, set_attribute, walk, xml

XHTML, OPS = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops"
TYPE = f"{{{OPS}}}type"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# what a division is in a book (EPUB Structural Semantics)
_TYPES = {Division.GLOSSARY: "glossary", Division.REFERENCES: "bibliography",
          Division.INDEX: "index", Division.TITLE: "titlepage"}  # fmt: skip
# of these, those that ARIA has a role for: it stands at a section, as bodies have none
_ROLES = {"glossary": "doc-glossary", "bibliography": "doc-bibliography", "index": "doc-index"}


def write(manuscript: Manuscript) -> Mapping[str, bytes]:
    return {".epub": _Book(replace(manuscript, other=None)).archive()}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file of the book: its name without suffix, what it is, the parts it is made of."""

    name: str
    part: Part
    type: str


class _Book:
    def __init__(self, manuscript: Manuscript) -> None:
        self.manuscript, self.config = manuscript, manuscript.config
        self.images: dict[str, tuple[str, pictures.Picture] | None] = {}
        self.places: dict[str, str] = {}  # id → file that has it
        self.made = Publication(manuscript, self._picture, type=TYPE, file=self._file)
        self.pages: list[tuple[str, str, str]] = []  # label, file, id
        self.chapters = list(self._chapters())
        for chapter in self.chapters:
            self._place(chapter)

    def _chapters(self) -> Iterator[Chapter]:
        parts = self.made.parts()
        there = {part.division for part in parts}
        for number, part in enumerate(parts, start=1):
            known = _TYPES.get(part.division, "bodymatter" if part.section else "")
            yield Chapter(f"p{number:03}-{part.division.value}", part, known)
        if Division.REFERENCES not in there and self.manuscript.references.entries:
            yield Chapter("references", Part(Division.REFERENCES, ()), "bibliography")

    def _place(self, chapter: Chapter) -> None:
        """Note which file has what links lead to."""
        file, part = f"{chapter.name}.xhtml", chapter.part
        for row in part.rows:
            self.places[self.made.id_of(row)] = file
        for pair in self.made.notes.of.get(part.section, ()) if part.section else ():
            for key in pair.keys.values():
                self.places[note_id(key)] = file
        if part.section:  # marks of notes on notes stand among the notes
            for row in part.rows:
                for key in row.keys:
                    self.places[key] = file
        if part.division is Division.GLOSSARY:
            terms = self.manuscript.edition.terms
            self.places |= {card_id(f"term:{one.id}"): file for one in terms}
        if part.division is Division.REFERENCES:
            self.places |= {reference_id(key): file for key in self.manuscript.references.entries}

    def _file(self, id: str) -> str:
        """The file of an id; that of the names for those that have none yet."""
        if id.startswith("p-"):
            return "names.xhtml"
        if id.startswith("m-"):  # a mark stands in the file of its note
            return self.places.get(f"n-{id[2:]}", "")
        return self.places.get(id, "")

    def _picture(self, path: str) -> str:
        if path not in self.images:
            found = pictures.read(self.manuscript.root, path)
            name = f"images/{len(self.images) + 1:03}{found.suffix if found else ''}"
            self.images[path] = (name, found) if found else None
        shown = self.images[path]
        return shown[0] if shown else ""

    # --- the files -------------------------------------------------------------------------------

    def archive(self) -> bytes:
        files: dict[str, bytes] = {}
        starts = _starts(self.manuscript.pages.plan, self) if self.manuscript.pages else {}
        for chapter in self.chapters:
            body = list(self._chapter(chapter, starts))
            role = _ROLES.get(chapter.type)
            if role:
                body = [element("section", body, role=role, attrs={TYPE: chapter.type})]
            files[f"{chapter.name}.xhtml"] = self._page(
                body, "backmatter" if role else chapter.type
            )
        names = self.made.names()
        spine = [(f"{one.name}.xhtml", one.type) for one in self.chapters]
        if names:
            heading = element("h2", self._words({lang: NAMES.get(lang) for lang in LANGS}))
            files["names.xhtml"] = self._page([heading, *names], "")
            spine.append(("names.xhtml", ""))
        book = package.Contents(
            manuscript=self.manuscript, spine=spine, pages=self.pages,
            headings=[(heading, self._file(heading.id) or self._division(heading.id))
                      for heading in self.made.headings()],
            images=[one for one in self.images.values() if one],
        )  # fmt: skip
        files["nav.xhtml"] = self._page(package.navigation(book), "frontmatter")
        files["toc.ncx"] = package.ncx(book)
        files["book.css"] = templates.shipped("book.css").read_bytes()
        files |= {name: picture.data for name, picture in book.images}
        files["package.opf"] = package.package(book, sorted(files))
        return packed(
            {"mimetype": b"application/epub+zip", "META-INF/container.xml": package.CONTAINER,
             **{f"EPUB/{name}": data for name, data in files.items()}},
            first="mimetype",
        )  # fmt: skip

    def _division(self, id: str) -> str:
        found = [one.name for one in self.chapters if f"d-{one.part.division.value}" == id]
        return f"{(found or [self.chapters[0].name])[0]}.xhtml"

    def _page(self, body: Sequence[Element], kind: str) -> bytes:
        """A file of XHTML."""
        config = self.config
        tag = TAGS[config.script] if "zh" in config.languages else "en"
        title = " / ".join(filter(None, (config.title.get(lang) for lang in config.languages)))
        style = element("link", rel="stylesheet", type="text/css", href="book.css")
        head = element("head", element("title", title or config.id), style)
        alone = "" if len(config.languages) > 1 else "alone"
        main = element("body", body, class_=alone, attrs={TYPE: kind})
        root = element(f"{{{XHTML}}}html", lang=tag, attrs={_XML_LANG: tag},
                       spaces={None: XHTML, "epub": OPS})  # fmt: skip
        root.extend([head, main])
        for one in walk(root):
            if not str(one.tag).startswith("{"):
                one.tag = f"{{{XHTML}}}{one.tag}"
            if one.get("lang"):
                set_attribute(one, _XML_LANG, str(one.get("lang")))
        return xml(root)

    def _chapter(self, chapter: Chapter, starts: Mapping[str, list[str]]) -> Iterator[Element]:
        part = chapter.part
        match part.division:
            case Division.TITLE:
                lines = [element("h1" if style == "title" else "p", said)
                         for style, said in self.made.title()]  # fmt: skip
                yield element("section", lines, class_="titlepage")
            case Division.REFERENCES:
                yield self._own_heading(part.division)
                yield element("ol", self.made.references(), class_="refs")
            case Division.INDEX:
                yield self._own_heading(part.division)
                for lang in self.config.languages:
                    if entries := self.made.index(lang):
                        yield element("ul", entries, class_="index", lang=self._tag(lang))
            case _:
                for row, made in zip(part.rows, self.made.rows(part), strict=True):
                    yield from self._breaks(row, chapter, starts)
                    yield made
                if part.last:
                    noted = [one for _, rows in self.made.notes_of(part.section) for one in rows]
                    if noted:
                        yield element("section", noted, class_="notes")

    def _breaks(
        self, row: Row, chapter: Chapter, starts: Mapping[str, list[str]]
    ) -> Iterator[Element]:
        """Where pages of the print begin."""
        for label in starts.get(row.id, ()):
            own = f"page-{len(self.pages) + 1}"
            self.pages.append((label, f"{chapter.name}.xhtml", own))
            yield element("div", id=own, role="doc-pagebreak",
                          attrs={TYPE: "pagebreak", "aria-label": f"Page {label}"})  # fmt: skip

    def _tag(self, lang: Lang) -> str:
        return TAGS[self.config.script] if lang == "zh" else "en"

    def _words(self, said: Mapping[Lang, str]) -> list[Node]:
        made: list[Node] = []
        for lang in self.config.languages:
            made += [element("span", said[lang], lang=self._tag(lang)), " "]
        return made[:-1]

    def _own_heading(self, division: Division) -> Element:
        said = words.both(division, self.config.languages, self.config.script)
        return element("h2", self._words({lang: said.get(lang) for lang in LANGS}),
                       id=f"d-{division.value}")  # fmt: skip


def _starts(plan: BookPlan, book: _Book) -> dict[str, list[str]]:
    """The labels of the pages that begin at a row, or within the one before it, by rows."""
    rows = [row for chapter in book.chapters for row in chapter.part.rows]
    begins = [min((plan.first_page[key] for key in row.keys if key in plan.first_page), default=-1)
              for row in rows]  # fmt: skip
    found: dict[str, list[str]] = {}
    told = -1
    for row, page in zip(rows, begins, strict=True):
        if page > told:
            first = told + 1 if told >= 0 else page
            found[row.id] = [plan.pages[at].label for at in range(first, page + 1)
                             if plan.pages[at].label]  # fmt: skip
            told = page
    return found
