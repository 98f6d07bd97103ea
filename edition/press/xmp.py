"""The XMP packet (ISO 16684-1) of a finished file: pure text.

PDF/A-2 wants every schema that it does not predefine to be described in the packet: pdfxid, and
pdf:Trapped, which XMP 2005 knows and PDF/A's list does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from html import escape

from edition.press.types import Metadata

PRODUCER = "pypdf"
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


@dataclass(frozen=True, slots=True)
class Conformance:
    """What the file claims. Every file claims PDF/A-2u; a press file PDF/X-4 besides, a tagged one
    PDF/A-2a and PDF/UA-1."""

    pdfx: str = ""  # "PDF/X-4"
    tagged: bool = False

    @property
    def header(self) -> str:
        return "%PDF-1.6" if self.pdfx else "%PDF-1.7"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>"


def _bag(name: str, container: str, items: tuple[str, ...]) -> str:
    inside = "".join(_element("rdf:li", item) for item in items)
    return f"<{name}><rdf:{container}>{inside}</rdf:{container}></{name}>"


def _alternative(name: str, text: str) -> str:
    said = escape(text, quote=False)
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{said}</rdf:li></rdf:Alt></{name}>'


def _schema(
    prefix: str, title: str, prop: str, description: str, kind: str = "Text"
) -> str:  # fmt: skip
    described = "".join(
        _element(f"pdfaProperty:{key}", value)
        for key, value in (
            ("name", prop),
            ("valueType", kind),
            ("category", "internal"),
            ("description", description),
        )
    )
    return (
        '<rdf:li rdf:parseType="Resource">'
        + _element("pdfaSchema:schema", title)
        + _element("pdfaSchema:namespaceURI", _NAMESPACES[prefix])
        + _element("pdfaSchema:prefix", prefix)
        + '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
        + described
        + "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _pdfx(version: str) -> list[str]:
    schemas = _schema("pdfxid", "PDF/X ID Schema", "GTS_PDFXVersion", "ID of PDF/X standard")
    schemas += _schema("pdf", "Adobe PDF Schema", "Trapped", "Trapping state")
    return [
        _element("pdf:Trapped", "False"),
        _element("pdfxid:GTS_PDFXVersion", version),
        f"<pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag></pdfaExtension:schemas>",
    ]


def _pdfua() -> list[str]:
    schema = _schema("pdfuaid", "PDF/UA identification schema", "part", "Part of ISO 14289",
                     kind="Integer")  # fmt: skip
    return [
        _element("pdfuaid:part", "1"),
        f"<pdfaExtension:schemas><rdf:Bag>{schema}</rdf:Bag></pdfaExtension:schemas>",
    ]


def packet(meta: Metadata, conformance: Conformance, uuid: str) -> str:
    """The packet as text, padded for in-place editing as XMP advises. ``uuid`` names the file."""
    date = meta.date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    parts = [
        _element("dc:format", "application/pdf"),
        _alternative("dc:title", meta.title),
        _bag("dc:creator", "Seq", (meta.author,)),
        _bag("dc:language", "Bag", meta.languages),
    ]
    if meta.subject:
        parts.append(_alternative("dc:description", meta.subject))
    if meta.keywords:
        parts.append(_bag("dc:subject", "Bag", meta.keywords))
        parts.append(_element("pdf:Keywords", ", ".join(meta.keywords)))
    parts += [
        *(_element(f"xmp:{name}", date) for name in ("CreateDate", "ModifyDate", "MetadataDate")),
        _element("xmp:CreatorTool", meta.creator),
        _element("pdf:Producer", PRODUCER),
        _element("xmpMM:DocumentID", f"uuid:{uuid}"),
        _element("xmpMM:VersionID", "1"),
        _element("xmpMM:RenditionClass", "default"),
        _element("pdfaid:part", "2"),
        _element("pdfaid:conformance", "A" if conformance.tagged else "U"),
    ]
    if conformance.tagged:
        parts += _pdfua()
    if conformance.pdfx:
        parts += _pdfx(conformance.pdfx)
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    body = "\n".join(parts)
    padding = "\n".join(" " * 80 for _ in range(10))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about="" {spaces}>\n{body}\n</rdf:Description>'
        f"</rdf:RDF></x:xmpmeta>\n{padding}\n"
        '<?xpacket end="w"?>'
    )
