"""Pictures and PDFs that others made."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from book_samples import png
from PIL import Image
from press_samples import drawn, pressed
from press_samples import text as shown

from edition.files import write_bytes
from edition.model import Kind, Segment
from edition.press import preflight, service
from edition.readers import pictures
from edition.source import SourceFile
from fuzz.invariants import must, sound
from fuzz.targets import Target, workplace


def targets() -> list[Target]:
    return [
        Target(name="picture", look=_picture, seeds=_pictures, share=120, binary=True, pace=0.2),
        Target(name="preflight", look=_preflight, seeds=_documents, share=40, binary=True,
               seconds=5),
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


def _booklet(data: bytes) -> None:
    path = workplace() / "booklet" / "in.pdf"
    write_bytes(path, data)
    made = path.with_name("out.pdf")
    made.unlink(missing_ok=True)
    done = service.booklet(path, out=made)
    sound(done.diagnostics)
    must((done.value is None) == (not made.exists()), "a booklet is told of and not there")
