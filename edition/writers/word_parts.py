"""The parts of a Word file that hold no words of an edition: styles, lists, settings, relations."""

from __future__ import annotations

from collections.abc import Sequence

from edition.config import Script
from edition.writers.word_runs import SIGN, w
from edition.writers.xml import Element, element, xml

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NUMBERED = 2  # the list of figures, of which each item has its own; 1 is that of points
# what Word has for each script, and its language
FACES: dict[Script, tuple[str, str]] = {"hant": ("PMingLiU", "zh-TW"), "hans": ("SimSun", "zh-CN")}
PARTS = {"word/styles.xml": "styles", "word/numbering.xml": "numbering",
         "word/settings.xml": "settings", "word/comments.xml": "comments"}  # fmt: skip


def content_types() -> bytes:
    space = f"{_PACKAGE}/content-types"
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml",
                "xml": "application/xml"}  # fmt: skip
    parts = {"word/document.xml": f"{_TYPE}.document.main+xml",
             **{name: f"{_TYPE}.{kind}+xml" for name, kind in PARTS.items()},
             "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
             }  # fmt: skip
    made = element(f"{{{space}}}Types", spaces={None: space})
    for suffix, kind in defaults.items():
        made.append(element(f"{{{space}}}Default", Extension=suffix, ContentType=kind))
    for name, kind in parts.items():
        made.append(element(f"{{{space}}}Override", PartName=f"/{name}", ContentType=kind))
    return xml(made)


def relations(targets: Sequence[tuple[str, str]]) -> bytes:
    """(type, target) each."""
    space = f"{_PACKAGE}/relationships"
    made = element(f"{{{space}}}Relationships", spaces={None: space})
    for number, (kind, target) in enumerate(targets, start=1):
        made.append(element(f"{{{space}}}Relationship", Id=f"r{number}", Type=kind, Target=target))
    return xml(made)


def of_package() -> bytes:
    return relations([(f"{_OFFICE}/officeDocument", "word/document.xml"),
                      (f"{_PACKAGE}/relationships/metadata/core-properties",
                       "docProps/core.xml")])  # fmt: skip


def of_document() -> bytes:
    return relations([(f"{_OFFICE}/{kind}", name.removeprefix("word/"))
                      for name, kind in PARTS.items()])  # fmt: skip


def core(title: str) -> bytes:
    space, dublin = f"{_PACKAGE}/metadata/core-properties", "http://purl.org/dc/elements/1.1/"
    made = element(f"{{{space}}}coreProperties", spaces={"cp": space, "dc": dublin})
    made.append(element(f"{{{dublin}}}title", title))
    return xml(made)


def settings() -> bytes:
    """Changes are tracked from the first key on."""
    space = "http://schemas.microsoft.com/office/word"
    mode = w("compatSetting", name="compatibilityMode", uri=space, val="15")  # of Word 2013 on
    return xml(w("settings", w("trackRevisions"), w("compat", mode)))


def styles(script: Script) -> bytes:
    face, tongue = FACES[script]
    fonts = w("rFonts", ascii="Times New Roman", hAnsi="Times New Roman", eastAsia=face,
              cs="Times New Roman")  # fmt: skip
    usual = w("rPr", fonts, w("sz", val="21"), w("szCs", val="21"),
              w("lang", val="en-US", eastAsia=tongue, bidi="he-IL"))  # fmt: skip
    defaults = w("docDefaults", w("rPrDefault", usual), w("pPrDefault", w("pPr", w(
        "spacing", after="60", line="276", lineRule="auto"))))  # fmt: skip
    made = w("styles", defaults)
    made.append(w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", default="1",
                  styleId="Normal"))  # fmt: skip
    for level, size in enumerate((32, 28, 24, 22), start=1):
        made.append(_style(f"Heading{level}", f"heading {level}", w(
            "pPr", w("keepNext"), w("outlineLvl", val=str(level - 1))),
            w("rPr", w("b"), w("sz", val=str(size)))))  # fmt: skip
    left = {"Quote": "360", "Verse": "360", "ListParagraph": "0", "TableCell": "240"}
    for name, indent in left.items():
        made.append(_style(name, {"ListParagraph": "List Paragraph", "TableCell": "Table Cell"}.get(
            name, name), w("pPr", w("ind", left=indent)), None))  # fmt: skip
    made.append(_style("Title", "Title", w("pPr", w("jc", val="center")),
                       w("rPr", w("b"), w("sz", val="36"))))  # fmt: skip
    made.append(_style("Caption", "caption", None, w("rPr", w("b"))))
    made.append(_style("Code", "Code", None, w(
        "rPr", w("rFonts", ascii="Courier New", hAnsi="Courier New"), w("noProof"))))  # fmt: skip
    made.append(_style("CommentText", "annotation text", None, w("rPr", w("sz", val="20"))))
    for name, own, look in (
        (SIGN, "Edition Sign", w("rPr", w("noProof"), w("color", val="7F7F7F"))),
        ("CommentReference", "annotation reference", w("rPr", w("sz", val="16"))),
    ):
        made.append(w("style", w("name", val=own), look, type="character", styleId=name))
    return xml(made)


def _style(id: str, name: str, paragraph: Element | None, look: Element | None) -> Element:
    return w("style", w("name", val=name), w("basedOn", val="Normal"), w("qFormat"), paragraph,
             look, type="paragraph", styleId=id)  # fmt: skip


def numbering(firsts: Sequence[int]) -> bytes:
    """Lists: of points, and for each numbered item one that begins with its number, so that it has
    that number whatever stands before it."""
    made = w("numbering", _abstract("0", "bullet", "•"), _abstract("1", "decimal", "{}."))
    made.append(w("num", w("abstractNumId", val="0"), numId="1"))
    for number, first in enumerate(firsts, start=_NUMBERED):
        level, start = divmod(first, 1_000_000)
        override = w("lvlOverride", w("startOverride", val=str(start)), ilvl=str(level))
        made.append(w("num", w("abstractNumId", val="1"), override, numId=str(number)))
    return xml(made)


def _abstract(id: str, form: str, sign: str) -> Element:
    levels = []
    for level in range(4):
        place = w("pPr", w("ind", left=str(360 * (level + 1)), hanging="360"))
        levels.append(w("lvl", w("start", val="1"), w("numFmt", val=form),
                        w("lvlText", val=sign.format(f"%{level + 1}")), w("lvlJc", val="left"),
                        place, ilvl=str(level)))  # fmt: skip
    return w("abstractNum", w("multiLevelType", val="hybridMultilevel"), levels, abstractNumId=id)
