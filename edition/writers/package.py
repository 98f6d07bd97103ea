"""What an EPUB says of itself: metadata, manifest, both tables of contents, list of pages."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from edition.writers.pictures import Picture
from edition.writers.publication import TAGS, OutlineHeading
from edition.writers.types import Manuscript
from edition.writers.xml import Element, element, xml

CONTAINER = (
    b'<?xml version="1.0" encoding="utf-8"?>\n'
    b'<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    b'<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>'
    b"</rootfiles></container>\n"
)
OPF, DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
NCX = "http://www.daisy.org/z3986/2005/ncx/"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_DATE = "2000-01-01"  # of an edition that does not say its own: a book must have one
_MEDIA = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".png": "image/png",
          ".jpg": "image/jpeg", ".ncx": "application/x-dtbncx+xml"}  # fmt: skip
_SUMMARY = (
    "The Chinese and the English text stand pair by pair; every element says its language. Notes "
    "are linked with their marks, tables have heads, pictures their legends as descriptions."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What is in a book. ``spine``: its files in order and what each is; ``headings`` with their
    files; ``pages`` of the print: label, file and id."""

    manuscript: Manuscript
    spine: Sequence[tuple[str, str]]
    headings: Sequence[tuple[OutlineHeading, str]]
    pages: Sequence[tuple[str, str, str]]
    images: Sequence[tuple[str, Picture]]

    @property
    def identifier(self) -> str:
        return (
            f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'parallel-edition:{self.manuscript.name}')}"
        )


def _opf(tag: str, *children: Element | str, **attrs: str) -> Element:
    named = {name.replace("_", "-"): value for name, value in attrs.items()}
    return element(f"{{{OPF}}}{tag}", *children, spaces={None: OPF, "dc": DC}, attrs=named)


def package(book: Contents, files: Sequence[str]) -> bytes:
    """The package document; ``files``: all that are in the book but itself."""
    metadata = _metadata(book)
    manifest = _opf("manifest")
    for name in files:
        suffix = name[name.rindex(".") :]
        manifest.append(_opf("item", id=_id(name), href=name, media_type=_MEDIA[suffix],
                             properties="nav" if name == "nav.xhtml" else ""))  # fmt: skip
    spine = _opf("spine", toc=_id("toc.ncx"))
    for name, _ in book.spine:
        spine.append(_opf("itemref", idref=_id(name)))
        if name == book.spine[0][0]:
            spine.append(_opf("itemref", idref=_id("nav.xhtml")))
    root = _opf("package", metadata, manifest, spine, version="3.0", unique_identifier="id")
    root.set(_LANG, "en")
    return xml(root)


def _id(name: str) -> str:
    return "f-" + name.replace("/", "-").replace(".", "-")


def _metadata(book: Contents) -> Element:
    config = book.manuscript.config
    made = _opf("metadata")

    def dublin(tag: str, text: str, **attrs: str) -> None:
        made.append(element(f"{{{DC}}}{tag}", text, spaces={"dc": DC}, attrs=attrs))

    def meta(name: str, text: str) -> None:
        made.append(_opf("meta", text, property=name))

    dublin("identifier", book.identifier, id="id")
    titles = [config.title.get(lang) for lang in config.languages if config.title.get(lang)]
    for title in titles or [config.id]:
        dublin("title", title)
    for lang in config.languages:
        dublin("language", TAGS[config.script] if lang == "zh" else "en")
    for person in (*config.authors, *config.editors):
        dublin("creator", " / ".join(filter(None, (person.zh, person.en))))
    if config.publisher.zh or config.publisher.en:
        dublin("publisher", " / ".join(filter(None, (config.publisher.zh, config.publisher.en))))
    if config.date:
        dublin("date", config.date)
    meta("dcterms:modified", f"{config.date or _NO_DATE}T00:00:00Z")
    for mode in ("textual", *(("visual",) if book.images else ())):
        meta("schema:accessMode", mode)
    meta("schema:accessModeSufficient", "textual")
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "alternativeText",
                "displayTransformability"]  # fmt: skip
    if book.pages:
        features += ["pageBreakMarkers", "pageNavigation"]
        meta("pageBreakSource", f"{book.manuscript.name}.pdf")
    for feature in features:
        meta("schema:accessibilityFeature", feature)
    meta("schema:accessibilityHazard", "none")
    meta("schema:accessibilitySummary", _SUMMARY)
    return made


# --- tables of contents --------------------------------------------------------------------------


def navigation(book: Contents) -> list[Element]:
    """The contents in both languages, landmarks, and the pages of the print."""
    toc = element("nav", element("h2", "目次 Contents"), _tree(book), id="toc", role="doc-toc",
                  attrs={_TYPE: "toc"})  # fmt: skip
    marks = [("toc", "nav.xhtml#toc", "Contents")]
    for kind, says in (("bodymatter", "Text"), ("glossary", "Glossary"),
                       ("bibliography", "References"), ("index", "Index")):  # fmt: skip
        marks += [(kind, name, says) for name, one in book.spine if one == kind][:1]
    landmarks = element("ol")
    for kind, href, says in marks:
        link = element("a", says, href=href, lang="en", attrs={_TYPE: kind})
        landmarks.append(element("li", link))
    made = [toc, element("nav", element("h2", "Landmarks", lang="en"), landmarks, hidden="hidden",
                         attrs={_TYPE: "landmarks"})]  # fmt: skip
    if book.pages:
        pages = element("ol", [element("li", element("a", label, href=f"{file}#{own}"))
                               for label, file, own in book.pages])  # fmt: skip
        made.append(element("nav", element("h2", "Pages", lang="en"), pages, hidden="hidden",
                            role="doc-pagelist", attrs={_TYPE: "page-list"}))  # fmt: skip
    return made


def _tree(book: Contents) -> Element:
    """The headings as lists in lists."""
    lists: list[Element] = [element("ol")]
    for heading, file in book.headings:
        level = min(heading.level, len(lists) + (1 if len(lists[-1]) else 0))
        del lists[level:]
        while len(lists) < level:
            inner = element("ol")
            lists[-1][-1].append(inner)
            lists.append(inner)
        link = element("a", href=f"{file}#{heading.id}")
        for words in heading.words.values():
            if len(link):
                link[-1].tail = " "
            link.append(words)
        lists[-1].append(element("li", link))
    if not len(lists[0]):
        lists[0].append(element("li", element("a", book.manuscript.config.id,
                                              href=book.spine[0][0])))  # fmt: skip
    return lists[0]


def ncx(book: Contents) -> bytes:
    """The table of contents of older readers."""

    def made(tag: str, *children: Element | str, **attrs: str) -> Element:
        return element(f"{{{NCX}}}{tag}", *children, spaces={None: NCX}, attrs=attrs)

    points = []
    for number, (heading, file) in enumerate(book.headings, start=1):
        said = " ".join("".join(map(str, one.itertext())) for one in heading.words.values())
        points.append(made("navPoint", made("navLabel", made("text", said)),
                           made("content", src=f"{file}#{heading.id}"), id=f"n{number}",
                           playOrder=str(number)))  # fmt: skip
    title = book.manuscript.config.title
    if not points:
        first = made("content", src=book.spine[0][0])
        label = made("navLabel", made("text", title.zh or title.en))
        points.append(made("navPoint", label, first, id="n1", playOrder="1"))
    root = made("ncx", made("head", made("meta", name="dtb:uid", content=book.identifier)),
                made("docTitle", made("text", title.zh or title.en)),
                made("navMap", *points), version="2005-1")  # fmt: skip
    return xml(root)
