"""Charts as other programs draw them: with words, at any angle, in forms, beyond the edge."""

from __future__ import annotations

import subprocess
from pathlib import Path

import book_samples
import pytest
from press_samples import name, reader, saved
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NumberObject,
)

from edition.press import placed

AXES = (
    "BT /F 12 Tf 40 100 Td (Axis of years) Tj ET BT 0 1 -1 0 20 40 Tm /F 9 Tf (Upright) Tj ET "
    "BT .7 .7 -.7 .7 150 60 Tm /F 8 Tf (aslant 10 %) Tj ET "
    "BT /F 8 Tf 60 20 Td [(W) 80 (A) -120 (Y)] TJ ET "
)
BEYOND = (
    "BT /F 14 Tf 150 185 Td (a word over the edge) Tj ET BT /F 9 Tf -90 50 Td (left of it) Tj ET "
    "BT /F 9 Tf 40 -60 Td (far below) Tj ET BT /F 9 Tf 40 290 Td (far above) Tj ET "
)


def chart(
    content: str, *, crop: tuple[float, ...] = (), turned: int = 0, form: bool = False,
    origin: tuple[float, float] = (0, 0), pages: int = 1,
) -> bytes:  # fmt: skip
    """A page of 300 by 200 points in Helvetica that is not embedded."""
    writer = PdfWriter()
    font = writer._add_object(DictionaryObject({
        name("/Type"): name("/Font"), name("/Subtype"): name("/Type1"),
        name("/BaseFont"): name("/Helvetica"),
    }))  # fmt: skip
    for _ in range(pages):
        page = writer.add_blank_page(300, 200)
        box = [origin[0], origin[1], origin[0] + 300, origin[1] + 200]
        page[name("/MediaBox")] = ArrayObject([FloatObject(one) for one in box])
        if crop:
            page[name("/CropBox")] = ArrayObject([FloatObject(one) for one in crop])
        if turned:
            page[name("/Rotate")] = NumberObject(turned)
        held = DictionaryObject({name("/Font"): DictionaryObject({name("/F"): font})})
        stream = DecodedStreamObject()
        stream.set_data(content.encode("latin1"))
        if form:
            stream[name("/Type")], stream[name("/Subtype")] = name("/XObject"), name("/Form")
            stream[name("/BBox")] = ArrayObject([FloatObject(one) for one in box])
            stream[name("/Resources")] = held
            held = DictionaryObject(
                {name("/XObject"): DictionaryObject({name("/X"): writer._add_object(stream)})}
            )
            stream = DecodedStreamObject()
            stream.set_data(b"q /X Do Q q .5 0 0 .5 100 60 cm /X Do Q")
        page[name("/Contents")] = writer._add_object(stream)
        page[name("/Resources")] = held
    return saved(writer)


CHARTS = {
    "plain": chart(AXES), "beyond": chart(AXES + BEYOND),
    "crop": chart(AXES, crop=(30, 80, 160, 160)),
    "turned": chart(AXES, turned=90), "form": chart(AXES + BEYOND, form=True),
    "origin": chart(AXES, origin=(-50, -40)), "pages": chart(AXES, pages=3),
    "scan": chart(AXES.replace("/F 12 Tf", "3 Tr /F 12 Tf")),
}  # fmt: skip


@pytest.mark.tex
def test_charts_with_words_of_their_own_are_printed_and_proved(tmp_path: Path) -> None:
    sides = {"zh": "# 圖 {#i}\n", "en": "# Charts {#i}\n"}
    for kind, data in CHARTS.items():
        (tmp_path / f"{kind}.pdf").write_bytes(data)
        sides["zh"] += (
            f"\n圖前有文字一段。 {{#p.{kind}}}\n\n![圖：{kind}]({kind}.pdf){{#f.{kind}}}\n"
        )
        sides["en"] += (
            f"\nText before it. {{#p.{kind}}}\n\n![The {kind}]({kind}.pdf){{#f.{kind}}}\n"
        )
    root = book_samples.workspace(tmp_path, sides["zh"], sides["en"])
    done, _ = book_samples.built(root, "columns")
    assert done.proof.violations == ()
    said = subprocess.run(["pdftotext", "-raw", "-", "-"], input=done.pdf, capture_output=True,
                          check=True).stdout.decode()  # fmt: skip
    assert said.count("Axis of years") >= len(CHARTS) - 1
    for kind in CHARTS:
        assert f"圖：{kind}" in said
        assert f"The {kind}" in said


def test_a_picture_is_taken_out_of_what_is_read_and_nothing_else(tmp_path: Path) -> None:
    # a page that shows one picture in a form, as xdvipdfmx places it, beside another
    (tmp_path / "own.pdf").write_bytes(chart(AXES))
    (tmp_path / "other.pdf").write_bytes(chart(BEYOND))
    writer = PdfWriter()
    page = writer.add_blank_page(300, 200)
    forms = DictionaryObject()
    for number, content in enumerate((AXES, BEYOND)):
        form = DecodedStreamObject()
        form.set_data(content.encode())
        form = form.flate_encode()
        form[name("/Subtype")] = name("/Form")
        forms[name(f"/Fm{number}")] = writer._add_object(form)
    page[name("/Resources")] = DictionaryObject({name("/XObject"): forms})
    data = saved(writer)
    made = placed.without(data, [tmp_path / "own.pdf", tmp_path / "missing.pdf"])
    assert len(made) == len(data)
    assert made != data
    assert placed.without(data, []) == data
    held = reader(made).pages[0]["/Resources"]["/XObject"]  # type: ignore[index]
    assert [held[one].get_object().get_data() for one in ("/Fm0", "/Fm1")] == [b"", BEYOND.encode()]
