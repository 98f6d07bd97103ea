"""The runs of a paragraph of Word's → inlines, and what hangs in it: pictures, boxes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from edition.importers.documents.docx.package import Relation
from edition.importers.documents.docx.styles import RunLook, Styles, look_of
from edition.importers.documents.model import (
    Drop,
    Hyperlink,
    Inline,
    LineEnd,
    NoteRef,
    RubyRun,
    StyledRun,
    TextRun,
    Verbatim,
)
from edition.importers.documents.xml import Element, attr, child, children, descendants, local

# elements that only hold others
_HOLDERS = {
    "smartTag", "customXml", "ins", "moveTo", "bdo", "dir", "sdtContent", "r", "Choice",
    "Fallback", "ruby", "rubyBase",
}  # fmt: skip
# Symbol and Wingdings by their private characters, those that texts use
_SYMBOLS = {
    "F0B7": "•", "F0A7": "▪", "F0D8": "➢", "F0FC": "✓", "F0E0": "→", "F0E8": "➔", "F0AE": "→",
    "F0B0": "°", "F0B4": "×", "F0B1": "±", "F0A3": "≤", "F0B3": "≥", "F0B9": "≠", "F0D0": "∠",
    "F061": "α", "F062": "β", "F067": "γ", "F064": "δ", "F06C": "λ", "F06D": "μ", "F070": "π",
    "F073": "σ", "F077": "ω", "F044": "Δ", "F057": "Ω", "F0A8": "□", "F0FE": "☑", "F06F": "□",
    "F06E": "■", "F075": "◆", "F0AB": "★", "F04A": "☺",
}  # fmt: skip
SMALL = 0.85  # of the size of the text, at the most: commentary
_LINKS = re.compile(r'HYPERLINK\s+"(?P<address>[^"]+)"')


@dataclass(slots=True)
class Hung:
    """What stands in a paragraph and is no word of it, in order."""

    pictures: list[str] = field(default_factory=list)  # ids of relations; "" for charts and others
    boxes: list[Element] = field(default_factory=list)  # w:txbxContent


@dataclass(slots=True)
class OpenField:
    """A field that is open: its instruction till now, and whether its result has begun."""

    code: str = ""
    shown: bool = False
    start: int = 0  # where in the inlines its result began


@dataclass(slots=True)
class RunReader:
    """Reads the paragraphs of one part. Fields may go through several paragraphs."""

    styles: Styles
    relations: dict[str, Relation]
    drops: list[Drop] = field(default_factory=list)
    fields: list[OpenField] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)  # kind and id of a note → its label
    unknown: set[str] = field(default_factory=set)  # characters of fonts of symbols
    more: int = 0  # characters that stand in no text of the file: tabs, symbols, signs of formulas

    def read(self, paragraph: Element, base: RunLook, place: int) -> tuple[list[Inline], Hung]:
        """``base``: how the words of the paragraph look by its style."""
        said = [attr(size, "val") for size in descendants(paragraph, "sz")]
        sizes = [int(size) for size in said if size.isascii() and size.isdecimal()]
        reading = _RunState(self, base, place, max([base.size or 0, *sizes]))
        for one in self.fields:
            one.start = 0
        for element in paragraph:
            reading.element(element)
        reading.close()
        return reading.out, reading.hung

    def added(self, count: int) -> None:
        """Count characters that the file holds as elements, not as text."""
        self.more += count

    def contents(self) -> bool:
        """Whether a field of contents is open."""
        return any(re.match(r"\s*(?:TOC|INDEX)\b", one.code) for one in self.fields)


@dataclass(slots=True)
class _RunState:
    runs: RunReader
    base: RunLook
    place: int
    body: int  # the size of its text, in half points; 0 where nothing says so
    out: list[Inline] = field(default_factory=list)
    hung: Hung = field(default_factory=Hung)
    look: RunLook = field(default_factory=RunLook)

    def element(self, element: Element) -> None:
        match local(element):
            case "r":
                self._run(element)
            case "hyperlink":
                self._link(element)
            case "fldSimple":
                self._simple(element)
            case "sdt":
                self._all(child(element, "sdtContent"))
            case "AlternateContent":
                self._all(chosen(element))
            case "oMath" | "oMathPara":
                self._math(element)
            case name if name in _HOLDERS:
                self._all(element)
            case _:
                pass

    def _all(self, element: Element | None) -> None:
        for one in element if element is not None else ():
            self.element(one)

    # --- runs -------------------------------------------------------------------------------------

    def _run(self, run: Element) -> None:
        properties = child(run, "rPr")
        styled = self.runs.styles.get(attr(child(properties, "rStyle"), "val")).look
        self.look = look_of(properties).over(styled)
        for one in run:
            self._piece(one)

    def _piece(self, one: Element) -> None:
        match local(one):
            case "t":
                self._text(one.text or "")
            case "tab" | "ptab":
                self._put(TextRun(" "), counted=False)
            case "br":
                if attr(one, "type") in ("", "textWrapping"):
                    self._put(LineEnd())
            case "cr":
                self._put(LineEnd())
            case "noBreakHyphen":
                self._put(TextRun("\u2011"), counted=False)
            case "sym":
                self._symbol(attr(one, "char").upper())
            case "footnoteReference" | "endnoteReference":
                label = self.runs.labels.get(local(one)[:-9] + attr(one, "id"))
                if label:
                    self.out.append(NoteRef(label))
            case "ruby":
                self._ruby(one)
            case "fldChar":
                self._field(attr(one, "fldCharType"))
            case "instrText":
                if self.runs.fields:
                    self.runs.fields[-1].code += one.text or ""
            case "drawing" | "pict" | "object":
                self._drawing(one)
            case "AlternateContent":
                for inner in chosen(one):
                    self._piece(inner)
            case _:
                pass

    def _text(self, text: str) -> None:
        if self.look.over(self.base).hidden:
            self.runs.drops.append(Drop(text, "hidden text", self.place))
        elif any(one.code and not one.shown for one in self.runs.fields):
            self.runs.drops.append(Drop(text, "instruction of a field", self.place))
        else:
            self._put(TextRun(text))

    def _put(self, inline: Inline, *, counted: bool = True) -> None:
        """``inline`` as the run looks beside the rest of the paragraph."""
        if not counted:
            assert isinstance(inline, TextRun)
            self.runs.added(len(inline.text))
        look, base = self.look, self.base
        if isinstance(inline, TextRun):
            high = look.high or ""
            if high:
                inline = StyledRun("sup" if high == "sup" else "sub", (inline,))
            if look.size and look.size <= SMALL * self.body and not high:
                inline = StyledRun("small", (inline,))
            if (look.italic and not base.italic) or look.dotted:
                inline = StyledRun("emph", (inline,))
            if look.bold and not base.bold:
                inline = StyledRun("strong", (inline,))
        self.out.append(inline)

    def _symbol(self, code: str) -> None:
        if code in _SYMBOLS:
            self._put(TextRun(_SYMBOLS[code]), counted=False)
        elif re.fullmatch(r"[0-9A-F]{4,5}", code) and not code.startswith("F0"):
            self._put(TextRun(chr(int(code, 16))), counted=False)
        else:
            self.runs.unknown.add(code)
            self._put(TextRun("〓"), counted=False)

    def _ruby(self, ruby: Element) -> None:
        base = "".join(one.text or "" for one in _texts(child(ruby, "rubyBase")))
        reading = "".join(one.text or "" for one in _texts(child(ruby, "rt")))
        if base.strip() and reading.strip():
            self.out.append(RubyRun(base, reading))
        elif base or reading:
            self._text(base + reading)

    # --- fields and links -------------------------------------------------------------------------

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.runs.fields.append(OpenField(start=len(self.out)))
        elif kind == "separate" and self.runs.fields:
            self.runs.fields[-1].shown = True
            self.runs.fields[-1].start = len(self.out)
        elif kind == "end" and self.runs.fields:
            self._linked(self.runs.fields.pop())

    def _linked(self, one: OpenField) -> None:
        found = _LINKS.search(one.code)
        inside = tuple(self.out[one.start :])
        if found and inside and _outside(found["address"]):
            self.out[one.start :] = [Hyperlink(_plain(inside), found["address"])]

    def _simple(self, element: Element) -> None:
        self.runs.fields.append(OpenField(attr(element, "instr"), True, len(self.out)))
        self._all(element)
        self._linked(self.runs.fields.pop())

    def _link(self, element: Element) -> None:
        start = len(self.out)
        self._all(element)
        relation = self.runs.relations.get(attr(element, "id"))
        inside = tuple(self.out[start:])
        if relation and relation.outside and inside and _outside(relation.target):
            self.out[start:] = [Hyperlink(_plain(inside), relation.target)]

    def close(self) -> None:
        """The paragraph ends: a link that goes on gets what stands in it till here."""
        for one in self.runs.fields:
            found = _LINKS.search(one.code)
            inside = tuple(self.out[one.start :])
            if one.shown and found and inside and _outside(found["address"]):
                self.out[one.start :] = [Hyperlink(_plain(inside), found["address"])]

    # --- formulas, pictures, boxes ----------------------------------------------------------------

    def _math(self, element: Element) -> None:
        text = linear(element)
        own = sum(len(one.text or "") for one in descendants(element, "t"))
        self.runs.added(len(text) - own)
        if text.strip():
            self.out.append(Verbatim(text) if re.search(r"[\^_/]", text) else TextRun(text))
        elif text:
            self._put(TextRun(text))

    def _drawing(self, drawing: Element) -> None:
        boxes = list(_boxes(drawing))
        self.hung.boxes += boxes
        pictures = [
            attr(one, "embed") or attr(one, "link") or attr(one, "id")
            for one in descendants(drawing, "blip", "imagedata")
        ]
        if pictures:
            self.hung.pictures += pictures
        elif not boxes and any(True for _ in descendants(drawing, "chart", "relIds", "OLEObject")):
            self.hung.pictures.append("")


def chosen(alternate: Element) -> Element:
    """Of two forms of the same content the newer one."""
    newer = child(alternate, "Choice")
    older = child(alternate, "Fallback")
    return newer if newer is not None else older if older is not None else alternate


def _texts(element: Element | None) -> Iterator[Element]:
    return descendants(element, "t") if element is not None else iter(())


def _boxes(drawing: Element) -> Iterator[Element]:
    """Boxes of text, outermost ones, each once though older programs find it a second time."""
    for one in drawing:
        if local(one) == "txbxContent":
            yield one
        elif local(one) == "AlternateContent":
            yield from _boxes(chosen(one))
        elif local(one) != "Fallback":
            yield from _boxes(one)


def _outside(address: str) -> bool:
    return bool(re.match(r"(?:https?|mailto|ftp|doi):", address, re.IGNORECASE))


def _plain(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """What stands in a link: no link in it again."""
    return tuple(inner for one in inlines
                 for inner in (one.children if isinstance(one, Hyperlink) else (one,)))  # fmt: skip


def linear(element: Element) -> str:
    """A formula on one line: a/b, x^2, √(a)."""
    name = local(element)
    if name == "t":
        return element.text or ""

    def part(*path: str) -> str:
        inner = child(element, *path)
        return "".join(linear(one) for one in inner) if inner is not None else ""

    def grouped(text: str) -> str:
        return text if len(text) <= 1 or text.isalnum() else f"({text})"

    match name:
        case "f":
            return f"{grouped(part('num'))}/{grouped(part('den'))}"
        case "sSup":
            return f"{grouped(part('e'))}^{grouped(part('sup'))}"
        case "sSub":
            return f"{grouped(part('e'))}_{grouped(part('sub'))}"
        case "sSubSup":
            return f"{grouped(part('e'))}_{grouped(part('sub'))}^{grouped(part('sup'))}"
        case "rad":
            return f"{part('deg')}√{grouped(part('e'))}"
        case "d":
            properties = child(element, "dPr")
            opening = attr(child(properties, "begChr"), "val", "(")
            closing = attr(child(properties, "endChr"), "val", ")")
            return opening + ", ".join("".join(map(linear, one)) for one in children(element, "e")
                                       ) + closing  # fmt: skip
        case "nary":
            sign = attr(child(element, "naryPr", "chr"), "val", "∫")
            low, high = part("sub"), part("sup")
            limits = (f"_{grouped(low)}" if low else "") + (f"^{grouped(high)}" if high else "")
            return f"{sign}{limits} {part('e')}"
        case "rPr" | "ctrlPr":
            return ""
        case _ if name.endswith("Pr"):
            return ""
        case _:
            return "".join(linear(one) for one in element)
