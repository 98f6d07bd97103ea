"""What stands in the catalogue: actions, intents, metadata, language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from edition.diagnostics import Diagnostic
from edition.press.preflight import codes

_NS = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def _packet(reader: PdfReader) -> ElementTree.Element | None:
    """The XMP packet as XML. Entities are refused: a packet has no use for them."""
    root: Any = reader.trailer["/Root"]
    stored = root.get("/Metadata")
    if stored is None:
        return None
    data = stored.get_object().get_data()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None
    try:
        return ElementTree.fromstring(data.strip().decode("utf-8").encode("utf-8"))
    except (ElementTree.ParseError, UnicodeDecodeError):
        return None


def _value(packet: ElementTree.Element, name: str) -> str:
    """A property of the packet, as element or attribute; of an alternative its first text."""
    prefix, local = name.split(":")
    qualified = f"{{{_NS[prefix]}}}{local}"
    for description in packet.iter(f"{{{_NS['rdf']}}}Description"):
        if qualified in description.attrib:
            return description.attrib[qualified].strip()
    found = packet.find(f".//{qualified}")
    if found is None:
        return ""
    return "".join(found.itertext()).strip()


def claims_of(reader: PdfReader) -> tuple[str, ...]:
    """What the file says it conforms to."""
    packet = _packet(reader)
    if packet is None:
        return ()
    claims = []
    if part := _value(packet, "pdfaid:part"):
        claims.append(f"PDF/A-{part}{_value(packet, 'pdfaid:conformance').lower()}")
    if version := _value(packet, "pdfxid:GTS_PDFXVersion"):
        claims.append(version)
    return tuple(claims)


def document_findings(reader: PdfReader, press: bool) -> Iterator[Diagnostic]:
    root: Any = reader.trailer["/Root"]
    yield from _actions(root)
    yield from _intents(root, press)
    yield from _metadata(reader, press)
    if not str(root.get("/Lang", "")).strip():
        yield Diagnostic(
            code=codes.PRE023,
            where="file",
            fact="the file states no language",
            hint="readers aloud need /Lang",
        )


def _actions(root: Any) -> Iterator[Diagnostic]:
    names = root.get("/Names", DictionaryObject()).get_object()
    action = root.get("/OpenAction")
    action = action.get_object() if action is not None else None
    scripted = isinstance(action, DictionaryObject) and action.get("/S") in (
        "/JavaScript",
        "/Launch",
        "/URI",
        "/SubmitForm",
        "/ImportData",
    )
    if "/JavaScript" in names or "/AA" in root or scripted:
        yield Diagnostic(
            code=codes.PRE003,
            where="file",
            fact="the file runs JavaScript or another action by itself",
        )


def _intents(root: Any, press: bool) -> Iterator[Diagnostic]:
    listed = [one.get_object() for one in root.get("/OutputIntents", ArrayObject()).get_object()]
    wanted = "/GTS_PDFX" if press else "/GTS_PDFA1"

    def say(fact: str, hint: str = "") -> Diagnostic:
        return Diagnostic(code=codes.PRE020, where="file", fact=fact, hint=hint)

    if not any(one.get("/S") == wanted for one in listed):
        yield say(
            f"the file has no output intent {wanted[1:]}",
            "nobody can tell which colours its numbers mean",
        )
    for intent in listed:
        stored = intent.get("/DestOutputProfile")
        if stored is None:
            yield say(f"the output intent {intent.get('/S')} has no profile")
            continue
        stream = stored.get_object()
        data = stream.get_data()
        components = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}.get(data[16:20], 0)
        if data[36:40] != b"acsp" or components != int(stream.get("/N", 0)):
            yield say("the output intent's profile is no ICC profile of the colours it states")
        elif press and data[12:16] != b"prtr":
            yield say("the output intent's profile is not one of a printing process")


def _date(text: str) -> str:
    """The digits of a date to the second, alike for both notations."""
    return re.sub(r"\D", "", text)[:14]


def _metadata(reader: PdfReader, press: bool) -> Iterator[Diagnostic]:
    packet = _packet(reader)
    if packet is None:
        yield Diagnostic(
            code=codes.PRE021, where="file", fact="the file has no XMP metadata that can be read"
        )
        return
    root: Any = reader.trailer["/Root"]
    if "/Filter" in root["/Metadata"].get_object():
        yield Diagnostic(
            code=codes.PRE021,
            where="file",
            fact="the XMP metadata are compressed",
            hint="archives search for them in the bare file",
        )
    info = reader.metadata or {}
    pairs = (
        ("title", str(info.get("/Title", "")), _value(packet, "dc:title")),
        ("author", str(info.get("/Author", "")), _value(packet, "dc:creator")),
        ("producer", str(info.get("/Producer", "")), _value(packet, "pdf:Producer")),
        (
            "creation date",
            _date(str(info.get("/CreationDate", ""))),
            _date(_value(packet, "xmp:CreateDate")),
        ),
    )
    for name, ours, theirs in pairs:
        if ours and ours.strip() != theirs:
            yield Diagnostic(
                code=codes.PRE022,
                where="file",
                fact=f"the {name} is “{ours}” in the document information and "
                f"“{theirs}” in the XMP metadata",
            )
    if press and str(info.get("/Trapped", "")) not in ("/True", "/False"):
        yield Diagnostic(
            code=codes.PRE021,
            where="file",
            fact="the file does not say whether it is trapped",
            hint="PDF/X wants /Trapped as a name",
        )
