"""The structure tree of a PDF, read by pypdf alone: what a reader that is read to would hear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

from edition.press.tounicode import mapping


@dataclass
class Said:
    """An element with what it holds, in order: texts and elements. ``links``: its annotations."""

    role: str
    lang: str
    alt: str = ""
    id: str = ""
    kids: list[Said | str] = field(default_factory=list)
    links: list[DictionaryObject] = field(default_factory=list)
    attributes: Any = None

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.kids)

    def walk(self) -> Iterator[Said]:
        yield self
        for one in self.kids:
            if isinstance(one, Said):
                yield from one.walk()

    def of(self, *roles: str) -> list[Said]:
        return [one for one in self.walk() if one.role in roles]

    def outline(self, depth: int = 0) -> str:
        lines = [f"{'  ' * depth}{self.role} {self.lang}{' ' + self.alt if self.alt else ''}"]
        lines += [f"{'  ' * depth}  “{one}”" if isinstance(one, str) else one.outline(depth + 1)
                  for one in self.kids]  # fmt: skip
        return "\n".join(lines)


def read(pdf: bytes) -> Said:
    """The tree of a tagged PDF."""
    return _Reader(pdf).tree()


def unmarked(pdf: bytes) -> list[str]:
    """What is shown outside marked content, page by page."""
    reader = _Reader(pdf)
    return [reader.texts(n).get(None, "") for n in range(len(reader.reader.pages))]


class _Reader:
    def __init__(self, pdf: bytes) -> None:
        self.reader = PdfReader(BytesIO(pdf))
        self.pages = {page.indirect_reference.idnum: number  # type: ignore[union-attr]
                      for number, page in enumerate(self.reader.pages)}  # fmt: skip
        self.held: dict[int, dict[int | None, str]] = {}
        self.maps: dict[int, Any] = {}

    def tree(self) -> Said:
        root: Any = self.reader.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
        return self.element(root["/K"][0], "")

    def element(self, one: Any, lang: str) -> Said:
        lang = str(one.get("/Lang", lang))
        made = Said(str(one["/S"])[1:], lang, str(one.get("/Alt", "")), str(one.get("/ID", "")),
                    attributes=one.get("/A"))  # fmt: skip
        page = one.raw_get("/Pg").idnum if "/Pg" in one else None
        kids: Any = one.get("/K", [])
        for raw in kids if isinstance(kids, list) else [kids]:
            kid = raw.get_object() if isinstance(raw, IndirectObject) else raw
            if isinstance(kid, int):
                made.kids.append(self.texts(self.pages[page])[kid])  # type: ignore[index]
            elif kid.get("/Type") == "/MCR":
                number = self.pages[kid.raw_get("/Pg").idnum]
                made.kids.append(self.texts(number)[int(kid["/MCID"])])
            elif kid.get("/Type") == "/OBJR":
                made.links.append(kid["/Obj"])
            else:
                made.kids.append(self.element(kid, lang))
        return made

    def texts(self, number: int) -> dict[int | None, str]:
        """The texts of a page by their MCID, None for what is in none; ActualText in its place."""
        if number not in self.held:
            page = self.reader.pages[number]
            self.held[number] = found = {None: ""}
            content = page.get_contents()
            if content is not None:
                self.show(ContentStream(content, self.reader), page["/Resources"], [], found)
        return self.held[number]

    def show(
        self, content: ContentStream, resources: Any, marks: list[tuple[str, Any]], found: Any
    ) -> None:  # fmt: skip
        own = len(marks)
        said = None
        for operands, operator in content.operations:
            match operator:
                case b"BDC" | b"BMC":
                    given = operands[1] if len(operands) > 1 else {}
                    assert not marks, "there are readers that lose what follows on nested content"
                    marks.append((str(operands[0]), given))
                    if "/MCID" in given:
                        assert int(given["/MCID"]) not in found, "each but once"
                        found[int(given["/MCID"])] = ""
                    if "/ActualText" in given:
                        self.put(found, marks, str(given["/ActualText"]))
                case b"EMC":
                    marks.pop()
                case b"Tf":
                    said = self.map_of(resources["/Font"][operands[0]])
                case b"TJ" | b"Tj":
                    if not any("/ActualText" in given for _, given in marks):
                        parts = operands[0] if isinstance(operands[0], list) else [operands[0]]
                        shown = [one for one in parts if isinstance(one, bytes | str)]
                        self.put(found, marks, "".join(self.decoded(one, said) for one in shown))
                case b"Do":
                    form = resources["/XObject"][operands[0]]
                    if form["/Subtype"] == "/Form":
                        inner = ContentStream(form, self.reader)
                        self.show(inner, form.get("/Resources", resources), marks, found)
                case _:
                    pass
        assert len(marks) == own, "marked content is nested"

    def put(self, found: Any, marks: Any, text: str) -> None:
        number = next((int(given["/MCID"]) for _, given in reversed(marks) if "/MCID" in given),
                      None)  # fmt: skip
        if number is None and any(tag == "/Artifact" for tag, _ in marks):
            return
        found[number] += text

    def map_of(self, font: Any) -> Any:
        if id(font) not in self.maps:
            told = font.get("/ToUnicode")
            known = mapping(told.get_data()) if told is not None else {}
            self.maps[id(font)] = font, (2 if font["/Subtype"] == "/Type0" else 1), known
        return self.maps[id(font)][1:]

    def decoded(self, shown: Any, said: Any) -> str:
        size, known = said
        data = shown if isinstance(shown, bytes) else shown.original_bytes
        codes = (int.from_bytes(data[at : at + size], "big") for at in range(0, len(data), size))
        return "".join(known.get(code, chr(code)) for code in codes)
