"""Looks of pages: equal where they are drawn alike, and other wherever something in them is."""

from __future__ import annotations

import io

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from edition.press.looks import looks


def made(
    *, said: str = "A", tag: str = "AAAAAA", other: str = "B", pixel: bytes = b"\x00",
    content: bytes = b"BT /F1 10 Tf <0001> Tj ET /X1 Do", second: bytes = b"0 0 9 9 re f",
) -> tuple[str, ...]:  # fmt: skip
    """Of two pages: one with a letter in a font and a picture, one without."""
    writer = PdfWriter()
    name = NameObject

    def stream(data: bytes, **more: object) -> object:
        held = DecodedStreamObject()
        held.set_data(data)
        for key, value in more.items():
            held[name(f"/{key}")] = value
        return writer._add_object(held)

    unicodes = "".join(
        f"<{code:04X}> <{ord(text):04X}>\n" for code, text in ((1, said), (2, other))
    )
    kind = {name("/Type"): name("/Font"), name("/BaseFont"): name(f"/{tag}+Serif")}
    below = DictionaryObject({**kind, name("/Subtype"): name("/CIDFontType0"),
                              name("/DW"): NumberObject(1000)})  # fmt: skip
    font = DictionaryObject({
        **kind, name("/Subtype"): name("/Type0"), name("/Encoding"): name("/Identity-H"),
        name("/DescendantFonts"): ArrayObject([writer._add_object(below)]),
        name("/ToUnicode"): stream(b"2 beginbfchar\n" + unicodes.encode() + b"endbfchar\n"),
    })  # fmt: skip
    picture = stream(pixel, Type=name("/XObject"), Subtype=name("/Image"), Width=NumberObject(1),
                     Height=NumberObject(1), ColorSpace=name("/DeviceGray"),
                     BitsPerComponent=NumberObject(8))  # fmt: skip
    for data in (content, second):
        page = writer.add_blank_page(100, 100)
        page[name("/Contents")] = stream(data)
        if data is content:
            page[name("/Resources")] = DictionaryObject({
                name("/Font"): DictionaryObject({name("/F1"): writer._add_object(font)}),
                name("/XObject"): DictionaryObject({name("/X1"): picture}),
            })  # fmt: skip
    out = io.BytesIO()
    writer.write(out)
    return looks(out.getvalue())


def test_a_page_that_is_drawn_alike_looks_alike() -> None:
    first, second = plain = made()
    assert first != second
    assert made() == plain
    # another subset of the font, for the sake of other pages
    assert made(tag="BBBBBB", other="C") == plain


def test_whatever_is_drawn_otherwise_is_another_look() -> None:
    plain = made()
    for one in (
        made(said="C"),  # the same code for another letter
        made(pixel=b"\x01"),
        made(content=b"BT /F1 11 Tf <0001> Tj ET /X1 Do"),
    ):
        assert one[0] != plain[0]
        assert one[1] == plain[1]
    assert made(second=b"0 0 8 9 re f")[1] != plain[1]


def test_what_is_no_pdf_has_no_looks() -> None:
    assert looks(b"%PDF-1.4 not a real one") == ()
