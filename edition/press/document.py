"""Operations on a whole PDF by pypdf: open, identify, describe, save. One writer, one saving.

Every function changes the writer it is given; only :func:`to_bytes` produces something.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import UTC

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

from edition.press import xmp
from edition.press.addition import Addition
from edition.press.types import Metadata


@dataclass(frozen=True, slots=True)
class Profile:
    """An ICC profile and what the output intent says of it."""

    data: bytes
    identifier: str  # registered characterisation, e.g. FOGRA39
    condition: str

    @property
    def components(self) -> int:
        """Number of colour components by the profile's header; ``KeyError`` on other spaces."""
        return {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}[self.data[16:20]]


def open_writer(data: bytes) -> PdfWriter:
    """A writer holding everything of the PDF ``data``: catalogue, fonts, pages."""
    return PdfWriter(clone_from=io.BytesIO(data))


def page_count(data: bytes) -> int:
    return len(PdfReader(io.BytesIO(data)).pages)


def page_boxes(data: bytes) -> list[tuple[float, float, float, float]]:
    """What viewers show of each page: left, bottom, right, top of its crop box in PDF units."""
    return [
        (float(box.left), float(box.bottom), float(box.right), float(box.top))
        for box in (page.cropbox for page in PdfReader(io.BytesIO(data)).pages)
    ]


def title_of(data: bytes) -> tuple[str, str]:
    """Title and author of a PDF by its document information; empty where it has none."""
    info = PdfReader(io.BytesIO(data)).metadata
    return (info.title or "", info.author or "") if info else ("", "")


def rectangle(left: float, bottom: float, right: float, top: float) -> RectangleObject:
    """A box rounded to a thousandth of a PDF unit, so that equal input gives equal bytes."""
    corners = (left, bottom, right, top)
    return RectangleObject([FloatObject(round(value, 3)) for value in corners])


def identify(writer: PdfWriter | Addition, source: bytes, meta: Metadata, claim: str) -> str:
    """Set the file's /ID from its content; result: the UUID of the XMP packet.

    Random ids would make two builds of one input differ.
    """
    digest = hashlib.sha256(source)
    digest.update(repr((meta, claim)).encode())
    name = digest.digest()[:16]
    writer._ID = ArrayObject([ByteStringObject(name), ByteStringObject(name)])
    text = name.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def describe(
    writer: PdfWriter | Addition, meta: Metadata, conformance: xmp.Conformance, uuid: str
) -> None:
    """Document information, XMP (uncompressed, as both standards ask), language, version."""
    date = meta.date.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    facts = {
        "/Title": meta.title,
        "/Author": meta.author,
        "/Creator": meta.creator,
        "/Producer": xmp.PRODUCER,
        "/CreationDate": date,
        "/ModDate": date,
    }
    if meta.subject:
        facts["/Subject"] = meta.subject
    if meta.keywords:
        facts["/Keywords"] = ", ".join(meta.keywords)
    writer.metadata = facts
    if conformance.pdfx and isinstance(writer._info, DictionaryObject):
        # PDF/X wants a name here; pypdf's metadata setter would write a string
        writer._info[NameObject("/Trapped")] = NameObject("/False")
    root = writer._root_object
    packet = DecodedStreamObject()
    packet.set_data(xmp.packet(meta, conformance, uuid).encode())
    packet[NameObject("/Type")] = NameObject("/Metadata")
    packet[NameObject("/Subtype")] = NameObject("/XML")
    root[NameObject("/Metadata")] = writer._add_object(packet)
    root[NameObject("/Lang")] = TextStringObject(meta.languages[0])
    preferences = DictionaryObject(
        {
            NameObject("/DisplayDocTitle"): BooleanObject(True),
            NameObject("/PrintScaling"): NameObject("/None"),
        }
    )
    root[NameObject("/ViewerPreferences")] = writer._add_object(preferences)
    root.pop("/OpenAction", None)
    writer.pdf_header = conformance.header


def add_intents(writer: PdfWriter | Addition, profile: Profile, kinds: tuple[str, ...]) -> None:
    """One output intent for each of ``kinds`` (/GTS_PDFX, /GTS_PDFA1) over one profile object:
    PDF/A-2 forbids two different profiles."""
    stream = DecodedStreamObject()
    stream.set_data(profile.data)
    stream[NameObject("/N")] = NumberObject(profile.components)
    shared = writer._add_object(stream.flate_encode())
    intents = ArrayObject()
    for kind in kinds:
        intent = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/OutputIntent"),
                NameObject("/S"): NameObject(kind),
                NameObject("/OutputConditionIdentifier"): TextStringObject(profile.identifier),
                NameObject("/OutputCondition"): TextStringObject(profile.condition),
                NameObject("/RegistryName"): TextStringObject("http://www.color.org"),
                NameObject("/Info"): TextStringObject(profile.condition),
                NameObject("/DestOutputProfile"): shared,
            }
        )
        intents.append(writer._add_object(intent))
    writer._root_object[NameObject("/OutputIntents")] = intents


def to_bytes(writer: PdfWriter | Addition) -> bytes:
    if isinstance(writer, Addition):
        return writer.to_bytes()
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
