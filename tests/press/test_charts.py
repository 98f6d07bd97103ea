"""PDFs that cannot be placed as pictures are told at their figures, before TeX."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from press_samples import drawn, saved
from press_samples import text as shown
from pypdf import PdfWriter

from edition.model import Edition, Kind, Segment
from edition.press import charts
from edition.source import SourceFile


def said(folder: Path, data: bytes) -> list[tuple[str, str]]:
    (folder / "a.pdf").write_bytes(data)
    span = SourceFile("source/text/a.zh.md", "![](a.pdf)").whole()
    figure = Segment(id="f", given=True, lang="zh", kind=Kind.FIGURE, inlines=(), span=span,
                     figure="a.pdf")  # fmt: skip
    edition = Edition(sections=(), pairs=(), notes=(), segments={("zh", "f"): figure})
    found = list(charts.check(edition, folder))
    assert all(one.span == span and one.hint for one in found)
    return [(one.code.id, one.fact) for one in found]


GOOD = drawn([shown(60, 200)])


@pytest.mark.parametrize(("data", "code", "fact"), [
    (GOOD, "", ""),
    (saved(PdfWriter()), "PIC003", "no pages"),
    (drawn([" "]), "PIC003", "empty"),
    (GOOD[:300] + GOOD[-200:], "PIC003", "a.pdf"),
    (drawn([shown(1, 1)], size=(20_000.0, 90.0)), "PIC004", "mm"),
    (drawn([shown(1, 1)], size=(90.0, 0.01)), "PIC004", "mm"),
])  # fmt: skip
def test_what_cannot_be_placed(tmp_path: Path, data: bytes, code: str, fact: str) -> None:
    found = said(tmp_path, data)
    assert [one for one, _ in found] == ([code] if code else [])
    assert all(fact in one for _, one in found)


def test_a_page_without_contents(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(300, 200)
    made = io.BytesIO()
    writer.write(made)
    assert said(tmp_path, made.getvalue()) == [("PIC003", "the first page of a.pdf is empty")]
