"""What stands in the catalogue: actions, intents, metadata, language, page labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from edition.press.preflight import codes
from edition.press.preflight.report import PlacedFinding, of_file

_NS = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_COMPONENTS = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}
# actions that run or fetch something; going to a page or an address on a click is none
_RUNNING = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Sound",
            "/Movie")  # fmt: skip
_NAMES = 2000  # page labels read; a file with more has none that mean anything
_ACTIONS = 10_000  # followed from one place: chains and outlines can be loops
_DATE = re.compile(
    r"(?:D:)?(\d{4})-?(\d\d)?-?(\d\d)?T?(\d\d)?:?(\d\d)?:?(\d\d)?(?:\.\d+)?"
    r"\s*(?:Z|([+-])(\d\d)[':]?(\d\d)?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the checks of pages need to know of the file."""

    claims: tuple[str, ...] = ()  # what the file says it conforms to
    components: int = 0  # of the archive's or printer's profile; 0: no intent, nothing to check
    layout: str = ""  # /TwoPageRight …
    labels: tuple[tuple[int, str, int], ...] = ()  # (0-based page, style, first number)


def facts_of(reader: PdfReader) -> Facts:
    root: Any = reader.trailer["/Root"]
    packet = _packet(root)
    claims = []
    if packet is not None:
        if part := _value(packet, "pdfaid:part"):
            claims.append(f"PDF/A-{part}{_value(packet, 'pdfaid:conformance').lower()}")
        if part := _value(packet, "pdfuaid:part"):
            claims.append(f"PDF/UA-{part}")
        if version := _value(packet, "pdfxid:GTS_PDFXVersion"):
            claims.append(version)
    components = 0
    for intent in _listed(root, "/OutputIntents"):
        stored = intent.get("/DestOutputProfile")
        if stored is not None:
            components = _COMPONENTS.get(stored.get_object().get_data()[16:20], 0)
    return Facts(claims=tuple(claims), components=components,
                 layout=str(root.get("/PageLayout", "")), labels=_labels(root))  # fmt: skip


def title_of(root: Any) -> str:
    """The title that the XMP metadata of a file have; "" for none."""
    packet = _packet(root)
    return "" if packet is None else _value(packet, "dc:title")


def _listed(holder: Any, key: str) -> list[Any]:
    return [one.get_object() for one in holder.get(key, ArrayObject()).get_object()]


def _labels(root: Any) -> tuple[tuple[int, str, int], ...]:
    """Labels of a number tree of one level, which is what writers of books make."""
    tree = root.get("/PageLabels", DictionaryObject()).get_object()
    listed = list(tree.get("/Nums", ArrayObject()).get_object())[:_NAMES]
    found = []
    for start, label in zip(listed[::2], listed[1::2], strict=False):
        entry = label.get_object()
        found.append((int(start), str(entry.get("/S", "")), int(entry.get("/St", 1))))
    return tuple(sorted(found))


def _packet(root: Any) -> ElementTree.Element | None:
    """The XMP packet as XML. Entities are refused: a packet has no use for them."""
    stored = root.get("/Metadata")
    if stored is None:
        return None
    data = stored.get_object().get_data()
    try:
        text = data.strip().decode("utf-8").replace("\ufeff", "")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            return None
        return ElementTree.fromstring(text.encode())  # noqa: S314  (no DTD, hence no entities)
    except (ElementTree.ParseError, UnicodeError, ValueError):
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
    items = list(found.iter(f"{{{_NS['rdf']}}}li")) or [found]
    texts = ["".join(item.itertext()).strip() for item in items]
    return texts[0] if found.find(f"{{{_NS['rdf']}}}Alt") is not None else "; ".join(texts)


def document_findings(reader: PdfReader, facts: Facts, *, press: bool) -> Iterator[PlacedFinding]:
    root: Any = reader.trailer["/Root"]
    yield from _actions(root)
    # PDF/UA asks for metadata, and nothing of colours
    coloured = press or any(not one.startswith("PDF/UA") for one in facts.claims)
    if coloured or "/OutputIntents" in root:
        yield from _intents(root, press=press)
    if coloured or facts.claims or "/OutputIntents" in root:
        # ISO 19005-1, 6.7.2; later parts and PDF/UA allow it
        bare = press or any(one.startswith("PDF/A-1") for one in facts.claims)
        yield from _metadata(reader, press=press, bare=bare)
    else:  # an honest file is not in error for what it does not claim
        yield of_file(codes.PRE024, "the file claims neither PDF/A nor PDF/X",
                      "output intent and XMP metadata were not asked for: --for press")  # fmt: skip
    if not str(root.get("/Lang", "")).strip():
        yield of_file(codes.PRE023, "the file states no language", "readers aloud need /Lang")


def runs_something(holder: Any) -> bool:
    """Whether an annotation or page has an action that runs a script or a program."""
    actions = [holder[key].get_object() for key in ("/A", "/PA") if key in holder]
    if "/AA" in holder:
        actions += [one.get_object() for one in holder["/AA"].get_object().values()]
    return any(one.get("/S") in _RUNNING for one in _chained(actions))


def _chained(actions: list[Any]) -> Iterator[DictionaryObject]:
    """Actions and those that follow on them."""
    waiting, left = list(actions), _ACTIONS
    while waiting and left:
        one = waiting.pop()
        left -= 1
        if isinstance(one, ArrayObject):
            waiting += [part.get_object() for part in one]
        elif isinstance(one, DictionaryObject):
            yield one
            if "/Next" in one:
                waiting.append(one["/Next"].get_object())


def _bookmarks(root: Any) -> Iterator[DictionaryObject]:
    """The items of the outline."""
    top = root.get("/Outlines", DictionaryObject()).get_object()
    waiting, left = [top.get("/First")], _ACTIONS
    while waiting and left:
        one = waiting.pop()
        one = one.get_object() if one is not None else None
        left -= 1
        if isinstance(one, DictionaryObject):
            yield one
            waiting += [one.get("/Next"), one.get("/First")]


def _actions(root: Any) -> Iterator[PlacedFinding]:
    names = root.get("/Names", DictionaryObject()).get_object()
    action = root.get("/OpenAction")
    action = action.get_object() if action is not None else None
    scripted = any(one.get("/S") in (*_RUNNING, "/URI") for one in _chained([action]))
    if (
        "/JavaScript" in names or "/AA" in root or scripted
        or any(runs_something(one) for one in _bookmarks(root))
    ):  # fmt: skip
        yield of_file(codes.PRE003, "the file runs JavaScript or another action by itself",
                      "take it out: readers and printers refuse it")  # fmt: skip


def _intents(root: Any, *, press: bool) -> Iterator[PlacedFinding]:
    listed = _listed(root, "/OutputIntents")
    wanted = "/GTS_PDFX" if press else "/GTS_PDFA1"
    if not any(one.get("/S") == wanted for one in listed):
        yield of_file(codes.PRE020, f"the file has no output intent {wanted[1:]}",
                      "nobody can tell which colours its numbers mean")  # fmt: skip
    for intent in listed:
        stored = intent.get("/DestOutputProfile")
        if stored is None:
            yield of_file(
                codes.PRE020,
                f"the output intent {intent.get('/S')} has no profile",
                "embed the ICC profile of the printing process",
            )
            continue
        stream = stored.get_object()
        data = stream.get_data()
        components = _COMPONENTS.get(data[16:20], 0)
        if data[36:40] != b"acsp" or components != int(stream.get("/N", 0)):
            yield of_file(codes.PRE020,
                          "the output intent's profile is no ICC profile of the colours it states",
                          "embed the ICC profile of the printing process")  # fmt: skip
        elif press and data[12:16] != b"prtr":
            yield of_file(codes.PRE020, "the output intent's profile is not one of a printing "
                          "process", "use the profile that the printer names")  # fmt: skip


def _date(text: str) -> str:
    """A date in either notation as one of UTC, to the second; without a zone, as it stands."""
    found = _DATE.match(text.strip())
    if found is None:
        return text.strip()
    year, *rest = (int(part) if part else None for part in found.groups()[:6])
    month, day, hour, minute, second = (
        least if part is None else part for part, least in zip(rest, (1, 1, 0, 0, 0), strict=True)
    )
    away = timedelta(hours=int(found[8] or 0), minutes=int(found[9] or 0))
    try:
        local = datetime(year or 1, month, day, hour, minute, min(second, 59))  # noqa: DTZ001
        return (local + away if found[7] == "-" else local - away).isoformat()
    except (ValueError, OverflowError):
        return text.strip()


def _metadata(reader: PdfReader, *, press: bool, bare: bool) -> Iterator[PlacedFinding]:
    """``bare``: the packet may not be compressed."""
    root: Any = reader.trailer["/Root"]
    packet = _packet(root)
    if packet is None:
        yield of_file(
            codes.PRE021,
            "the file has no XMP metadata that can be read",
            "archives want them as XML in UTF-8, without entities",
        )
        return
    if bare and "/Filter" in root["/Metadata"].get_object():
        yield of_file(codes.PRE021, "the XMP metadata are compressed",
                      "archives search for them in the bare file")  # fmt: skip
    info: dict[str, Any] = dict(reader.metadata or {})
    for name, ours, theirs in _pairs(info, packet):
        if ours and ours.strip() != theirs:
            yield of_file(codes.PRE022, f"the {name} is “{ours}” in the document information and "
                          f"“{theirs}” in the XMP metadata", "make both say the same")  # fmt: skip
    if press and str(info.get("/Trapped", "")) not in ("/True", "/False"):
        yield of_file(codes.PRE021, "the file does not say whether it is trapped",
                      "PDF/X wants /Trapped as a name")  # fmt: skip


def _pairs(info: dict[str, Any], packet: ElementTree.Element) -> Iterator[tuple[str, str, str]]:
    """(what, as the document information says it, as XMP says it)."""
    for name, key, prop in (
        ("title", "/Title", "dc:title"),
        ("author", "/Author", "dc:creator"),
        ("subject", "/Subject", "dc:description"),
        ("list of keywords", "/Keywords", "pdf:Keywords"),
        ("producer", "/Producer", "pdf:Producer"),
        ("creator program", "/Creator", "xmp:CreatorTool"),
    ):
        yield name, str(info.get(key, "")), _value(packet, prop)
    for name, key, prop in (
        ("creation date", "/CreationDate", "xmp:CreateDate"),
        ("date of change", "/ModDate", "xmp:ModifyDate"),
    ):
        yield name, _date(str(info.get(key, ""))), _date(_value(packet, prop))
