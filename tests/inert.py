"""What of a written file would run, load or be taken for a command, for tests of all formats."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from html.parser import HTMLParser

_LINKS = ("href", "src", "action", "xlink:href", "formaction", "poster", "data", "srcset")
_TAGS = ("iframe", "object", "embed", "base", "applet", "frame")
_SCHEMES = ("http:", "https:", "mailto:", "doi:")
_ACTIONS = re.compile(
    rb"/(?:JavaScript|JS|Launch|ImportData|SubmitForm|RichMedia|EmbeddedFiles?|GoToR|GoToE)\b"
)
_FORMULA = re.compile(rb"<f[ >]|<ddeLink|<oleLink")
_FIELD = re.compile(
    rb'<w:instrText[^>]*>\s*(?:DDE|INCLUDE|IMPORT|LINK|MACROBUTTON)|TargetMode="External"[^>]*'
    rb'Target="(?:file|javascript|\\\\)|oleObject|vbaProject|attachedTemplate',
    re.IGNORECASE,
)  # fmt: skip
_ENTITY = re.compile(rb"<!ENTITY|<\?xml-stylesheet|<xi:include", re.IGNORECASE)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.scripts: list[str] = []
        self.active: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag == "script"
        if self._script:
            self.scripts.append("")
        if tag in _TAGS:
            self.active.append(f"<{tag}>")
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and given.get("http-equiv", "").casefold() == "refresh":
            self.active.append("<meta refresh>")
        for name, value in given.items():
            if name.startswith("on"):
                self.active.append(name)
            said = re.sub(r"[\x00-\x20]", "", value).casefold()
            scheme = re.match(r"[a-z][a-z0-9+.-]*:", said)
            runs = scheme and scheme[0] not in _SCHEMES and not said.startswith("data:image/")
            if name in _LINKS and runs:
                self.active.append(f"{name}={said[:40]}")
            if name in ("src", "poster", "srcset") and said.startswith(("http", "//")):
                self.active.append(f"{name}={said[:40]}")
            self.text.append(value)

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_data(self, data: str) -> None:
        if self._script:
            self.scripts[-1] += data
        self.text.append(data)


def page(text: str) -> tuple[str, list[str], list[str]]:
    """The words of a page with those of its attributes, its scripts, and what else is active."""
    read = _Page()
    read.feed(text)
    read.close()
    return "".join(read.text), read.scripts, read.active


def active(name: str, data: bytes, *, scripts: int = 0) -> list[str]:
    """What is active in a file of this name; of its scripts ``scripts`` are the writer's own."""
    suffix = name.rpartition(".")[2]
    if data.startswith(b"PK"):
        return _archive(data)
    if suffix in ("html", "xhtml"):
        _, own, found = page(data.decode("utf-8", "replace"))
        return [*found, *(["<script>"] if len(own) > scripts else [])]
    if suffix == "csv":
        rows = csv.reader(io.StringIO(data.decode("utf-8-sig", "replace")))
        return [cell[:20] for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")]
    if suffix == "pdf":
        return [one.decode() for one in _actions(data)]
    if suffix in ("xml", "tmx", "xlf", "tbx", "opf", "ncx", "rels"):
        return [one.decode() for one in _ENTITY.findall(data)]
    return []


def _archive(data: bytes) -> list[str]:
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for one in archive.namelist():
            if one.startswith("/") or ".." in one.split("/") or "\\" in one:
                found.append(one)
            said = archive.read(one)
            found += active(one, said)
            if one.endswith((".xml", ".rels")):
                found += [hit.decode() for hit in _FORMULA.findall(said)]
                found += [hit.decode("utf-8", "replace") for hit in _FIELD.findall(said)]
    return found


def _actions(data: bytes) -> list[bytes]:
    """Actions in a PDF, in its streams of objects too."""
    found = _ACTIONS.findall(re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL))
    for head, part in re.findall(rb"(<<[^>]*/ObjStm[^>]*>>)\s*stream\r?\n(.*?)endstream", data,
                                 re.DOTALL):  # fmt: skip
        try:
            found += _ACTIONS.findall(zlib.decompressobj().decompress(part))
        except zlib.error:
            found.append(head[:20])
    return found
