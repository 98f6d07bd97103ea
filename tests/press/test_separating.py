"""Pictures in RGB become inks of the printing process, those of other programs too."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from press_samples import WIDTH, changed, drawn, fitting, name, reader, text
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NumberObject,
)

from edition.press import preflight, profiles, separating

Image = pytest.importorskip("PIL.Image")
PRINT = profiles.load(profiles.PRINT, Path(), printer=True).value
pytestmark = pytest.mark.skipif(PRINT is None, reason="FOGRA39L of texlive-base is not installed")


def held(picture: Any, **options: Any) -> bytes:
    """A page with a picture, as Pillow writes it into a PDF."""
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=300, **options)
    return out.getvalue()


def wash(mode: str = "RGB") -> Any:
    """Twenty by twenty pixels from red to blue."""
    made = Image.new("RGB", (20, 20))
    made.putdata([(255 - 12 * x, 6 * y, 12 * x) for y in range(20) for x in range(20)])
    return made.convert(mode)


def pictures(data: bytes) -> list[Any]:
    shown = [
        one.get_object()
        for page in PdfReader(io.BytesIO(data)).pages
        for one in page["/Resources"].get("/XObject", {}).values()
    ]
    return [one for one in shown if one["/Subtype"] == "/Image"]


def separated(data: bytes) -> tuple[bytes, separating.Separated]:
    assert PRINT is not None
    return separating.of(data, PRINT)


def test_a_palette_is_converted_and_its_pixels_stay() -> None:
    data = held(wash("P"))
    made, done = separated(data)
    (before,), (after,) = pictures(data), pictures(made)
    assert after["/ColorSpace"][1] == "/DeviceCMYK"
    assert len(after["/ColorSpace"][3].original_bytes) == 4 * (int(after["/ColorSpace"][2]) + 1)
    assert after.get_data() == before.get_data()
    assert done.pictures == 1


def test_a_picture_in_rgb_becomes_inks() -> None:
    data = held(wash())  # once: Pillow writes the second into it
    made, done = separated(data)
    (image,) = pictures(made)
    assert image["/ColorSpace"] == "/DeviceCMYK"
    assert len(image.get_data()) == 4 * 20 * 20
    cyan, magenta, yellow, _ = image.get_data()[:4]  # red
    assert cyan < 60 < 180 < min(magenta, yellow)
    assert (done.pictures, done.drawings, done.pages) == (1, 0, {1})
    assert done.told() == "a picture"
    assert separated(data)[0] == made


def test_a_picture_that_is_grey_in_rgb_becomes_grey() -> None:
    grey = Image.new("RGB", (4, 4), (90, 90, 90))
    (image,) = pictures(separated(held(grey))[0])
    assert image["/ColorSpace"] == "/DeviceGray"
    assert image.get_data() == bytes([90]) * 16 or max(image.get_data()) - 90 < 3  # a JPEG


@pytest.mark.parametrize("mode", ["L", "1", "CMYK"])
def test_other_pictures_stay_as_they_are(mode: str) -> None:
    data = held(wash(mode))
    assert separated(data) == (data, separating.Separated())


def test_a_colour_named_as_transparent_keeps_its_picture() -> None:
    def keyed(writer: Any) -> None:
        for one in writer.pages[0]["/Resources"]["/XObject"].values():
            key = ArrayObject([NumberObject(one) for one in (0, 9, 0, 9, 0, 9)])
            one.get_object()[name("/Mask")] = key

    data = changed(held(wash()), keyed)
    assert separated(data) == (data, separating.Separated())


def with_drawing(operators: str, **resources: Any) -> bytes:
    """A page that shows a drawing."""

    def change(writer: PdfWriter) -> None:
        form = DecodedStreamObject()
        form.set_data(operators.encode())
        form[name("/Subtype")] = name("/Form")
        form[name("/BBox")] = ArrayObject([FloatObject(one) for one in (0, 0, 90, 90)])
        form[name("/Resources")] = DictionaryObject(
            {name("/" + key): value for key, value in resources.items()}
        )
        page: Any = writer.pages[0]
        page["/Resources"][name("/XObject")] = DictionaryObject(
            {name("/D"): writer._add_object(form)}
        )
        stream = DecodedStreamObject()
        stream.set_data(b"q 1 0 0 1 60 60 cm /D Do Q")
        page[name("/Contents")] = writer._add_object(stream)

    return changed(drawn([text(60, 200)]), change)


def colours(data: bytes) -> dict[str, set[tuple[float, ...]]]:
    from edition.press.preflight.content import scan

    return scan(reader(data).pages[0]).colours


BOX = "10 10 20 20 re"


def test_a_drawing_is_written_in_inks_and_its_greys_in_black() -> None:
    space = DictionaryObject({name("/S"): ArrayObject([name("/CalRGB"), DictionaryObject()])})
    data = with_drawing(
        f"q 1 0 0 rg {BOX} f Q 0.5 0.5 0.5 RG {BOX} S /S cs 0 0 1 sc {BOX} f 0 g {BOX} f "
        f"/S cs {BOX} f /DeviceGray cs 0.5 sc {BOX} f", ColorSpace=space)  # fmt: skip
    made, done = separated(data)
    assert (done.pictures, done.drawings, done.pages) == (0, 1, {1})
    assert done.told() == "a drawing"
    shown = colours(made)
    assert set(shown) == {"DeviceCMYK", "DeviceGray"}
    assert (0, 0, 0, 0.5) in shown["DeviceCMYK"]
    assert (0, 0, 0, 1) in shown["DeviceCMYK"]  # the colour with which a space begins
    assert len(shown["DeviceCMYK"]) == 4
    assert shown["DeviceGray"] == {(0,), (0.5,)}
    found = preflight.look_at(made, Path("a.pdf"), "press").diagnostics
    assert "PRE040" not in [one.code.id for one in found]


def test_a_colour_set_after_another_is_of_the_space_of_that() -> None:
    made, _ = separated(with_drawing(f"1 0 0 rg 0 0 1 sc {BOX} f 0 1 0 RG 1 0 0 SC {BOX} S"))
    assert len(colours(made)["DeviceCMYK"]) == 2
    assert all(len(inks) == 4 for inks in colours(made)["DeviceCMYK"])


def test_a_drawing_without_rgb_stays_as_it_is() -> None:
    data = with_drawing(f"1 0 0 0 k {BOX} f 0.3 g {BOX} f")
    assert separated(data)[0] == data


def test_without_pillow_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separating, "available", lambda: False)
    data = held(wash())
    assert separated(data) == (data, separating.Separated())


def test_a_profile_of_other_colours_is_no_process() -> None:
    data = held(wash())
    assert WIDTH > 0
    if fitting().components != 4:
        assert separating.of(data, fitting())[0] == data


@pytest.mark.parametrize("operators", [
    "cs 1 0 0 rg", "/a /b /c rg", "1 0 0 rg (", "1 0 0 rg \\xf0", "1 0 rg sc", "q Q Q 1 0 0 RG >>",
    "1 0 0 rg BI /W 1 IIII x EI",
])  # fmt: skip
def test_operators_that_are_none_are_left(operators: str) -> None:
    made, _ = separated(with_drawing(operators))
    assert len(PdfReader(io.BytesIO(made)).pages) == 1
