"""What paragraphs and runs are by their styles, whatever language these are named in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from edition.importers.documents.xml import Element, attr, child, children

Role = Literal["", "title", "subtitle", "heading", "quote", "caption", "contents", "code"]

_HEADING = re.compile(
    r"^(?:heading|标题|標題|見出し|제목|개요|überschrift|titre|título|titolo|заголовок|kop|rubrik)"
    r"\s*(\d)$", re.IGNORECASE)  # fmt: skip
_ROLES: tuple[tuple[Role, str], ...] = (
    ("contents", r"^(?:toc|目录|目錄|verzeichnis|tm)\s*\d*$|^(?:toc heading|toc 标题|"
                 r"table of figures|contents \d|contents heading)$"),
    ("subtitle", r"^(?:subtitle|副标题|副標題|untertitel|sous-titre|부제)$"),
    ("title", r"^(?:title|标题|標題|titel|titre|título|titolo|제목|表題)$"),
    ("caption", r"caption|题注|題注|beschriftung|légende|캡션|図表番号"),
    ("code", r"source ?code|preformatted|^code$|macro text"),
    ("quote", r"^(?:quote|intense quote|block ?text|quotations?|引用|引文|明显引用|zitat|인용)$"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunLook:
    """How words look: ``size`` in half points; None where nothing is said."""

    bold: bool | None = None
    italic: bool | None = None
    dotted: bool | None = None  # marks of emphasis
    high: Literal["", "sup", "sub"] | None = None
    hidden: bool | None = None
    size: int | None = None

    def over(self, base: RunLook) -> RunLook:
        """This look where it says anything, else that of ``base``."""
        return RunLook(*(getattr(base, name) if getattr(self, name) is None else getattr(self, name)
                      for name in self.__slots__))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbering:
    """A list of numbering.xml and a level of it from 0."""

    list: str
    level: int


@dataclass(frozen=True, slots=True)
class DocxStyle:
    role: Role = ""
    outline: int | None = None  # level of a heading from 0
    numbering: Numbering | None = None
    look: RunLook = RunLook()
    centred: bool | None = None
    indent: int | None = None  # twips
    name: str = ""


def look_of(properties: Element | None) -> RunLook:
    """What ``w:rPr`` says."""
    if properties is None:
        return RunLook()
    found: dict[str, Element] = {str(one.tag).rpartition("}")[2]: one for one in properties}
    align = attr(found.get("vertAlign"), "val")
    em = attr(found.get("em"), "val")
    size = attr(found.get("sz"), "val")
    high: Literal["", "sup", "sub"] | None = None
    if align:
        high = "sup" if align == "superscript" else "sub" if align == "subscript" else ""
    return RunLook(
        bold=_toggle(found.get("b")), italic=_toggle(found.get("i")),
        dotted=None if not em else em != "none", high=high, hidden=_toggle(found.get("vanish")),
        size=int(float(size)) if re.fullmatch(r"\d+(\.\d+)?", size) else None,
    )  # fmt: skip


def _toggle(element: Element | None) -> bool | None:
    if element is None:
        return None
    return attr(element, "val", "1").lower() not in ("0", "false", "off", "none")


def style_of(properties: Element | None) -> DocxStyle:
    """What ``w:pPr`` says by itself."""
    outline = attr(child(properties, "outlineLvl"), "val")
    number = child(properties, "numPr")
    listed = attr(child(number, "numId"), "val")
    level = attr(child(number, "ilvl"), "val", "0")
    aligned = attr(child(properties, "jc"), "val")
    indent = child(properties, "ind")
    left = attr(indent, "left") or attr(indent, "start")
    chars = attr(indent, "leftChars") or attr(indent, "startChars")
    twips = _whole(left)
    if twips is None and _whole(chars) is not None:
        twips = (_whole(chars) or 0) * 210 // 100  # hundredths of a character of 10.5 points
    if attr(indent, "hanging") or attr(indent, "hangingChars"):
        twips = 0 if twips is not None else None  # lists set by hand
    numbering = None
    if number is not None:
        numbering = Numbering(listed, min(_whole(level) or 0, 8))
    return DocxStyle(
        outline=_whole(outline), numbering=numbering,
        centred=aligned in ("center", "centre") if aligned else None, indent=twips,
    )  # fmt: skip


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else None


class Styles:
    """Styles by id, each with what it takes from those that it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {attr(one, "styleId"): one for one in children(root, "style")}
        self._made: dict[str, DocxStyle] = {}
        self.base = look_of(child(root, "docDefaults", "rPrDefault", "rPr"))
        default = (
            key
            for key, one in self._elements.items()
            if attr(one, "default") in ("1", "true") and attr(one, "type") == "paragraph"
        )
        self.default = next(default, "")

    def get(self, id: str) -> DocxStyle:
        """The style of this id; nothing is said by one that is not there."""
        if id not in self._made:
            self._made[id] = DocxStyle()  # of styles that are based on each other in a ring
            self._made[id] = self._read(id)
        return self._made[id]

    def _read(self, id: str) -> DocxStyle:
        element = self._elements.get(id)
        if element is None:
            return DocxStyle()
        base = self.get(attr(child(element, "basedOn"), "val"))
        own = style_of(child(element, "pPr"))
        name = attr(child(element, "name"), "val") or id
        role, outline = _role(name)
        numbering = own.numbering
        if numbering is not None and not numbering.list and base.numbering is not None:
            numbering = replace(numbering, list=base.numbering.list)
        return DocxStyle(
            role=role or base.role,
            outline=next((one for one in (own.outline, outline, base.outline)
                          if one is not None), None),
            numbering=numbering or base.numbering,
            look=look_of(child(element, "rPr")).over(base.look),
            centred=base.centred if own.centred is None else own.centred,
            indent=base.indent if own.indent is None else own.indent, name=name,
        )  # fmt: skip


def _role(name: str) -> tuple[Role, int | None]:
    if found := _HEADING.match(name.strip()):
        return "heading", int(found[1]) - 1
    named = name.strip()
    return next((one for one, sign in _ROLES if re.search(sign, named, re.IGNORECASE)), ""), None
