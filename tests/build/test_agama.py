"""A text that was not written for the edition: the parallel discourses kept beside the repository,
as far as the fonts of this machine have their characters."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import corpora_agama
import pytest

from edition.build import Request, build
from edition.diagnostics import Severity
from edition.engine import readback


def _han(texts: Iterable[str]) -> Counter[str]:
    return Counter(one for text in texts for one in text if unicodedata.category(one) == "Lo")


@pytest.mark.tex
def test_discourses_with_variant_readings_and_pages_of_the_base_text(
    shared: Path, tmp_path: Path
) -> None:
    corpus = shared / "corpora" / "agama"
    if not corpus.is_dir():
        pytest.skip(f"there is no {corpus}")
    root = corpora_agama.write_workspace(corpus, tmp_path, layout="columns", most=2)
    done = build(Request(root=root, layout="columns"))
    if any(one.code.id == "FNT001" for one in done.diagnostics):
        pytest.skip("the fonts lack characters of the discourses: fonts-hanazono has them")
    assert not [one for one in done.diagnostics if one.level is Severity.ERROR]
    # forms that the text uses, and its script does not
    assert {one.code.id for one in done.diagnostics} <= {"SCR001", "SCR007"}
    assert done.value is not None
    assert "0 violations" in done.value.line
    pages = readback.words(root / "dist" / "agama.pdf").value
    assert pages is not None
    said = [word.text for page in pages for word in page]
    # every character as the corpus has it
    text = [
        one for name in ("ma1", "ma2") for one in corpora_agama.read(corpus, "root", name).values()
    ]
    assert not _han(text) - _han(said)
    # each column of the base text on both sides, where its first line is
    columns = [word for word in said if word in {"421a", "421b", "421c", "422a", "422b", "422c"}]
    assert sorted(columns) == sorted(["421a", "421b", "421c", "422a", "422a", "422b", "422c"] * 2)


def test_a_page_of_the_base_text_begins_where_the_page_or_column_changes() -> None:
    references = {
        "a:0.1": "t26.1", "a:1.1": "t26.421a28, t26.421a29", "a:1.2": "t26.421a30",
        "a:2.1": "t26.421a31, t26.421b1", "a:3.1": "t26.421b2", "a:4.1": "t26.422a1",
    }  # fmt: skip
    assert corpora_agama.columns(references) == {
        "a:1.1": "421a", "a:2.1": "421b", "a:4.1": "422a",
    }  # fmt: skip
