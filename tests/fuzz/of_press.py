"""Pictures and PDFs that others made."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from book_samples import png
from PIL import Image
from press_samples import drawn, pressed
from press_samples import text as shown
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from edition.files import write_bytes
from edition.model import Kind, Segment
from edition.press import preflight, profiles, separating, service
from edition.readers import pictures
from edition.source import SourceFile
from fuzz.invariants import must, sound
from fuzz.targets import Target, workplace


def targets() -> list[Target]:
    return [
        Target(name="picture", look=_picture, seeds=_pictures, share=120, binary=True, pace=0.2),
        Target(name="preflight", look=_preflight, seeds=_documents, share=40, binary=True,
               seconds=5),
        Target(name="inks", look=_inks, seeds=lambda: _DRAWINGS, share=40, seconds=5),
        Target(name="booklet", look=_booklet, seeds=_documents, share=20, binary=True, seconds=5),
    ]  # fmt: skip


@lru_cache(maxsize=1)
def _pictures() -> list[bytes]:
    made = [png(640, 12)]
    for kind in ("JPEG", "PNG"):
        buffer = io.BytesIO()
        Image.new("RGB", (620, 20), "teal").save(buffer, kind)
        made.append(buffer.getvalue())
    return [*made, _documents()[0]]


@lru_cache(maxsize=1)
def _documents() -> list[bytes]:
    return [drawn([shown(60, 200)]), drawn(["q 1 0 0 RG 10 10 m 90 90 l S Q", shown(1, 1)]),
            pressed(4)]  # fmt: skip


def _picture(data: bytes) -> None:
    """A picture is good, or one finding says at the figure why not."""
    root = workplace() / "pictures"
    suffix = ".png" if b"PNG" in data[:8] else ".pdf" if b"PDF" in data[:8] else ".jpg"
    write_bytes(root / f"plan{suffix}", data)
    span = SourceFile("source/text/a.zh.md", f"![](plan{suffix})").whole()
    figure = Segment(id="f", given=True, lang="zh", kind=Kind.FIGURE, inlines=(), span=span,
                     figure=f"plan{suffix}")  # fmt: skip
    _, found = pictures.resolve(figure, root)
    sound(found)
    must(all(one.span for one in found), "a picture's fault is not at its figure")


def _preflight(data: bytes) -> None:
    path = Path("file.pdf")
    for purpose in ("auto", "press"):
        with preflight.quiet():
            done = preflight.look_at(data, path, purpose)  # type: ignore[arg-type]
        sound(done.diagnostics)


_DRAWINGS = (
    b"q 1 0 0 rg 10 10 20 20 re f Q 0.5 0.5 0.5 RG 0 0 m 9 9 l S /S cs 0 0 1 sc f* 0 g",
    b"/Cs1 CS .1 .2 .3 SCN 1 0 0 0 k BT (x) Tj ET /S cs 0 0 1 scn BI /W 1 ID x EI",
)


@lru_cache(maxsize=1)
def _inside() -> PdfReader:
    return PdfReader(io.BytesIO(drawn([shown(60, 200)])))


def _inks(data: bytes) -> None:
    """A drawing of any operators is converted to the inks of a profile, or left as it is; the PDF
    has its pages, and a second conversion finds nothing in RGB that the first could read."""
    profile = profiles.load(profiles.PRINT, Path(), printer=True).value
    assert profile is not None
    writer = PdfWriter(clone_from=_inside())
    form = DecodedStreamObject()
    form.set_data(data)
    form[NameObject("/Subtype")] = NameObject("/Form")
    page = cast(Any, writer.pages[0])
    page["/Resources"][NameObject("/XObject")] = DictionaryObject(
        {NameObject("/D"): writer._add_object(form)}
    )
    out = io.BytesIO()
    writer.write(out)
    with preflight.quiet():
        made, done = separating.of(out.getvalue(), profile)
        again = separating.of(out.getvalue(), profile)
        must((made, done) == again, "the second conversion differs")
        must(len(PdfReader(io.BytesIO(made)).pages) == 1, "a page is lost in conversion")
        sound(preflight.look_at(made, Path("file.pdf"), "press").diagnostics)


def _booklet(data: bytes) -> None:
    path = workplace() / "booklet" / "in.pdf"
    write_bytes(path, data)
    made = path.with_name("out.pdf")
    made.unlink(missing_ok=True)
    done = service.booklet(path, out=made)
    sound(done.diagnostics)
    must((done.value is None) == (not made.exists()), "a booklet is told of and not there")
