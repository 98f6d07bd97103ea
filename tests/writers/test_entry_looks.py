"""Entries of the list of references: titles in italics and addresses as links, in each format."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from writing_samples import manuscript, prepared, write

from edition.model import EntryLook, Reference
from edition.writers import Manuscript, writer
from edition.writers.entries import EntryPart, entry_parts

SAID = "Lee. On <Walks> & Yards. https://example.org/a?b=1&c=2. 1999."
ADDRESS = "https://example.org/a?b=1&c=2"
AT = SAID.index(ADDRESS)
LINK = EntryLook(AT, AT + len(ADDRESS), "link", ADDRESS)
TITLE = EntryLook(5, AT - 2, "italic")
ENTRY = Reference(key="zhu", authors="Lee", year="1999", lang="en", text=SAID, looks=(TITLE, LINK))


def test_an_entry_is_parted_where_its_looks_change() -> None:
    assert list(entry_parts(ENTRY)) == [
        EntryPart("Lee. "), EntryPart("On <Walks> & Yards", italic=True), EntryPart(". "),
        EntryPart("https://example.org/a?b=1&c=2", address="https://example.org/a?b=1&c=2"),
        EntryPart(". 1999."),
    ]  # fmt: skip
    inside = replace(ENTRY, looks=(EntryLook(0, len(SAID), "italic"), TITLE))
    assert "".join(one.text for one in entry_parts(inside)) == SAID
    assert [one.text for one in entry_parts(inside) if not one.italic] == ["On <Walks> & Yards"]
    assert list(entry_parts(replace(ENTRY, text="", looks=()))) == []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Manuscript:
    root: Path = write(tmp_path_factory.mktemp("entries") / "miscellany")
    done = manuscript(prepared(root), root, other=False)
    return replace(done, references=replace(done.references, entries={"zhu": ENTRY}))


ADDRESS = "https://example.org/a?b=1&amp;c=2"
LOOKS = {
    "html": ("<cite>On &lt;Walks&gt; &amp; Yards</cite>", f'<a href="{ADDRESS}">{ADDRESS}</a>'),
    "epub": ("<cite>On &lt;Walks&gt; &amp; Yards</cite>", f'<a href="{ADDRESS}">{ADDRESS}</a>'),
    "tei": ('<hi rend="italic">On &lt;Walks&gt; &amp; Yards</hi>',
            f'<ref target="{ADDRESS}">{ADDRESS}</ref>'),
    "docx": ('<w:i/></w:rPr><w:t xml:space="preserve">On &lt;Walks&gt; &amp; Yards</w:t>',
             f'<w:fldSimple w:instr=" HYPERLINK &quot;{ADDRESS}&quot; ">'),
}  # fmt: skip


@pytest.mark.parametrize("name", LOOKS)
def test_titles_are_in_italics_and_addresses_lead_there(name: str, made: Manuscript) -> None:
    (data,) = writer(name).write(made).values()
    if name in ("epub", "docx"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        data = b"".join(archive.read(one) for one in archive.namelist())
    for wanted in LOOKS[name]:
        assert wanted in data.decode("utf-8", "replace")
