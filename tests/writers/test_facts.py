"""Facts of the shipped edition, each found in every format that it is to be found in.

They are read from the sources by a small reader of this file's own, so that no fault of the
edition's readers is shared.
"""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import subprocess
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree, html
from pypdf import PdfReader

from edition.build import Request, build

ROOT = Path(__file__).resolve().parents[2]
TEXT, NOTES = ROOT / "source" / "text", ROOT / "source" / "notes"
FORMATS = ("pdf", "html", "epub", "tei", "docx")
# what a format is not made to hold: pages and the index are of books, a review has the texts
HAS = {"index": ("pdf", "html", "epub", "tei"), "page": ("pdf", "epub")}
_MARKUP = re.compile(r"\[@[^\]]*\]|\]\{[^}]*\}|\{[^}]*\}|[\[\]{}*@^`_~<>|\\#“”‘’\"'《》()（）]")
_MARKS = re.compile("[\u2460-\u24ff\u3251-\u32bf]|[〔\\[]\\d{1,3}[\\]〕]")  # of notes
_UNSEEN = re.compile("[\\s\u00ad\u200b\u2060\ufeff‐-]")  # hyphens: those of line ends are no words

pytestmark = pytest.mark.tex


@dataclass(frozen=True)
class Fact:
    """``words`` that stand in an ``area`` of each format."""

    kind: str
    id: str
    words: str

    @property
    def area(self) -> str:
        return {"note": "notes", "reading": "notes", "reference": "references",
                "index": "index"}.get(self.kind, "all")  # fmt: skip


def plainest(text: str, length: int) -> str:
    """The longest stretch without markup, cut to ``length``."""
    return max((part.strip() for part in _MARKUP.split(text)), key=len)[:length].strip()


def some(found: list[Fact], count: int) -> list[Fact]:
    """Facts from all over, ``count`` of them."""
    step = max(1, len(found) // count)
    return found[::step][:count]


def segments(lang: str) -> Iterator[Fact]:
    for path in sorted(TEXT.glob(f"*.{lang}.md")):
        for block in path.read_text("utf-8").split("\n\n"):
            known = re.search(r"\{#(\S+)[^{}]*\}\s*$", block)
            if known and not block.startswith(("|", "#", "!")):
                words = plainest(block[: known.start()], 18 if lang == "zh" else 44)
                if len(words) > 9:
                    yield Fact("segment", f"{known[1]}-{lang}", words)


def all_notes() -> list[dict[str, Any]]:
    return [note for path in sorted(NOTES.glob("*.yaml"))
            for note in yaml.safe_load(path.read_text("utf-8"))]  # fmt: skip


def notes(lang: str) -> Iterator[Fact]:
    for note in all_notes():
        if isinstance(note.get(lang), str):
            words = plainest(note[lang], 16 if lang == "zh" else 40)
            if len(words) > 9:
                yield Fact("note", f"{note['id']}-{lang}", words)


def readings() -> Iterator[Fact]:
    for note in all_notes():
        for reading in note.get("rdg", ()):
            if len(str(reading.get("text", ""))) > 3:
                yield Fact("reading", note["id"], plainest(str(reading["text"]), 20))


def names() -> Iterator[Fact]:
    whole = "".join(path.read_text("utf-8") for path in TEXT.glob("*.zh.md"))
    for name in tomllib.loads((ROOT / "source/names.toml").read_text("utf-8"))["person"]:
        if len(name["zh"]) > 2 and whole.count(name["zh"]) > 0:
            yield Fact("name", name["id"], name["zh"])
            yield Fact("index", name["id"], name["zh"])


def references() -> Iterator[Fact]:
    cited = set(re.findall(r"@([\w-]+)", "".join(
        path.read_text("utf-8") for path in TEXT.glob("*.en.md"))))  # fmt: skip
    entries = (ROOT / "bib/corrected.bib").read_text("utf-8").split("\n@")
    for entry in entries:
        key = re.match(r"@?\w+\{([\w-]+),", entry)
        title = re.search(r"\n\s*title\s*=\s*\{([ A-Za-z,:’-]{12,})\}", entry)
        if key and title and key[1] in cited:
            yield Fact("reference", key[1], title[1].partition(":")[0][:40].strip())


def headings() -> Iterator[Fact]:
    for path in sorted(TEXT.glob("*.zh.md")):
        first = re.search(r"^# (.+?) \{#(\w+)", path.read_text("utf-8"), re.MULTILINE)
        if first:
            yield Fact("page", first[2], first[1])


def facts() -> list[Fact]:
    found = list(names())
    made = [
        *some(list(segments("zh")), 16), *some(list(segments("en")), 16),
        *some(list(notes("zh")), 8), *some(list(notes("en")), 8), *some(list(readings()), 10),
        *some([one for one in found if one.kind == "name"], 10),
        *some([one for one in found if one.kind == "index"], 6),
        *some(list(references()), 10), *some(list(headings()), 6),
    ]  # fmt: skip
    assert len(made) >= 80
    return made


def joined(text: str) -> str:
    return _UNSEEN.sub("", text)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The edition in every format, built once."""
    root = tmp_path_factory.mktemp("facts") / "edition"
    for name in ("source", "bib"):
        shutil.copytree(ROOT / name, root / name)
    done = build(Request(root=root, formats=FORMATS))
    assert done.value is not None, done.diagnostics
    by = {"tei": ".tei.xml"}
    return {
        name: next(
            path
            for path in done.value.files
            if str(path).endswith(by.get(name, f".{name}")) and ".screen" not in path.name
        ).read_bytes()
        for name in FORMATS
    } | {
        "screen": next(
            path for path in done.value.files if path.name.endswith(".screen.pdf")
        ).read_bytes()
    }


@pytest.fixture(scope="module")
def texts(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What each format says, by area."""
    archives = {name: zipfile.ZipFile(io.BytesIO(files[name])) for name in ("epub", "docx")}
    pages = [html.fromstring(archives["epub"].read(one)) for one in archives["epub"].namelist()
             if one.endswith(".xhtml")]  # fmt: skip
    path = tmp_path_factory.mktemp("pdf") / "screen.pdf"
    path.write_bytes(files["screen"])
    return {
        "pdf": of_pdf(path),
        "html": of_html([html.fromstring(files["html"].decode())]),
        "epub": of_html(pages),
        "tei": of_tei(etree.fromstring(files["tei"])),
        "docx": of_word(archives["docx"]),
    }


def of_pdf(path: Path) -> dict[str, str]:
    """In the order of its tags, which a reader who does not see it hears; by pages without."""
    if "/StructTreeRoot" in PdfReader(path).trailer["/Root"] and importlib.util.find_spec(
        "tag_tree"
    ):  # fmt: skip
        import tag_tree

        tree = tag_tree.read(path.read_bytes())
        roles = {"notes": ("Note",), "index": ("Index",)}
        made = {area: joined("".join(one.text for one in tree.of(*roles[area]))) for area in roles}
        without = joined("".join(unmarked(tree)))
        return {"all": without, "references": joined(tree.text), **made}
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    text = joined(_MARKS.sub("", done.stdout.decode()))
    return dict.fromkeys(("all", "notes", "index", "references"), text)


def unmarked(element: Any) -> Iterator[str]:
    """The text without marks of notes, which are references within a text."""
    for one in element.kids:
        if isinstance(one, str):
            yield one
        elif one.role != "Reference":
            yield from unmarked(one)


def of_html(pages: list[Any]) -> dict[str, str]:
    for page in pages:
        for mark in page.xpath("//sup[@class='mark']"):
            mark.drop_tree()

    def said(path: str) -> str:
        return joined("".join(one.text_content() for page in pages for one in page.xpath(path)))

    return {"all": said("//body"), "notes": said("//aside"),
            "index": said("//ul[contains(@class, 'index')]"),
            "references": said("//ol[contains(@class, 'refs')]")}  # fmt: skip


def of_tei(root: Any) -> dict[str, str]:
    def said(path: str) -> str:
        found = root.xpath(path, namespaces={"t": "http://www.tei-c.org/ns/1.0"})
        return joined("".join("".join(one.itertext()) for one in found))

    return {"all": said("//t:text"), "notes": said("//t:standOff"),
            "index": said("//t:listPerson"), "references": said("//t:back//t:bibl")}  # fmt: skip


def of_word(archive: zipfile.ZipFile) -> dict[str, str]:
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"

    def said(name: str) -> str:
        return joined("".join(one.text or "" for one in etree.fromstring(
            archive.read(f"word/{name}.xml")).iter(space)))  # fmt: skip

    whole = said("document")
    return {"all": whole, "notes": said("comments"), "references": whole}


@pytest.mark.parametrize("fact", facts(), ids=lambda one: f"{one.kind}-{one.id}")
def test_a_fact_is_found_in_every_format(
    fact: Fact, texts: dict[str, dict[str, str]], files: dict[str, bytes]
) -> None:
    if fact.kind == "page":
        heading_is_on_its_page(fact, files)
        return
    wanted = joined(fact.words)
    formats = HAS.get(fact.kind, FORMATS)
    assert [name for name in formats if wanted not in texts[name][fact.area]] == [], fact.words


def heading_is_on_its_page(fact: Fact, files: dict[str, bytes]) -> None:
    """The page that the outline leads to has the number that the book of EPUB names it by."""
    reader = PdfReader(io.BytesIO(files["screen"]))
    wanted = joined(fact.words)
    entries: list[Any] = []

    def walk(outline: Any) -> None:
        for one in outline:
            if isinstance(one, list):
                walk(one)
            else:
                entries.append(one)

    walk(reader.outline)
    (entry,) = [one for one in entries if joined(one.title).startswith(wanted)][:1]
    number = reader.get_destination_page_number(entry)
    label = reader.page_labels[number]
    assert wanted in joined(reader.pages[number].extract_text())
    archive = zipfile.ZipFile(io.BytesIO(files["epub"]))
    before = ""
    for name in sorted(one for one in archive.namelist() if re.search(r"/p\d+-", one)):
        for one in html.fromstring(archive.read(name)).iter():
            if one.get("role") == "doc-pagebreak":
                before = str(one.get("aria-label"))
            if one.get("id") == f"s-{fact.id}":
                assert before == f"Page {label}"
                return
    raise AssertionError(f"{fact.id} is not in the book")
