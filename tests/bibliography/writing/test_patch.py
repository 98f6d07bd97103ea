"""The corrected .bib: patches that touch what was changed and nothing else."""

from __future__ import annotations

from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.bibliography import service
from edition.bibliography.reading import parse
from edition.bibliography.repair import repair
from edition.bibliography.types import Context, Entry, Field, Library, Tier
from edition.bibliography.values import safe
from edition.bibliography.writing import patch
from edition.bibliography.writing.outputs import render
from edition.source import SourceFile

BIB = Path(__file__).resolve().parents[3] / "bib" / "references.bib"

GARDEN = """\
% a list of gardens

@string{jg = {Garden Letters}}

% about chrysanthemums
@Article{zhu2020,
    author  = {朱菊},   % the owner
    title   = "Of Gardens",
    year    = 2020,
    journal = jg,
    pages   = {1--9}
}

@book{wang2019, title = {竹記}, year = {2019}}

@book{li2018,
  title = {石記},
  year = {2018},
}

@misc{empty}
"""


def library(text: str = GARDEN) -> Library:
    return parse.read(SourceFile("a.bib", text)).value


def with_entry(before: Library, key: str, **values: str) -> Library:
    """The library with fields of one entry changed; an empty value removes one."""
    entries = []
    for entry in before.entries:
        if entry.key == key:
            for name, value in values.items():
                entry = entry.with_field(name, value)
        entries.append(entry)
    return replace(before, entries=tuple(entries))


def changed(after: Library, before: Library) -> list[str]:
    """Lines taken out and put in."""
    assert before.source is not None
    lines = unified_diff(before.source.text.split("\n"),
                         patch.corrected(before, after).split("\n"), n=0, lineterm="")  # fmt: skip
    return [one for one in lines if not one.startswith(("---", "+++", "@@"))]


def test_nothing_changed_is_the_same_text() -> None:
    before = library()
    assert patch.corrected(before, before) == GARDEN


@pytest.mark.parametrize(
    ("key", "values", "lines"),
    [
        ("zhu2020", {"title": "Of Stones"},
         ['-    title   = "Of Gardens",', '+    title   = "Of Stones",']),
        ("zhu2020", {"title": 'Of "Stones"'},
         ['-    title   = "Of Gardens",', '+    title   = {Of "Stones"},']),
        ("zhu2020", {"year": "2021"}, ["-    year    = 2020,", "+    year    = 2021,"]),
        ("zhu2020", {"year": "2021?"}, ["-    year    = 2020,", "+    year    = {2021?},"]),
        ("zhu2020", {"journal": "Letters"},
         ["-    journal = jg,", "+    journal = {Letters},"]),
        ("zhu2020", {"author": "朱蘭"},
         ["-    author  = {朱菊},   % the owner", "+    author  = {朱蘭},   % the owner"]),
        ("zhu2020", {"title": ""}, ['-    title   = "Of Gardens",']),
        ("zhu2020", {"ids": "z,y"},
         ["-    pages   = {1--9}", "+    pages   = {1--9},", "+    ids = {z,y}"]),
        ("wang2019", {"ids": "w"},
         ["-@book{wang2019, title = {竹記}, year = {2019}}",
          "+@book{wang2019, title = {竹記}, year = {2019}, ids = {w}}"]),
        ("wang2019", {"title": ""},
         ["-@book{wang2019, title = {竹記}, year = {2019}}", "+@book{wang2019, year = {2019}}"]),
        ("li2018", {"ids": "l", "note": "n"}, ["+  ids = {l},", "+  note = {n},"]),
        ("li2018", {"year": "", "ids": "l"}, ["-  year = {2018},", "+  ids = {l},"]),
        ("empty", {"title": "x"}, ["-@misc{empty}", "+@misc{empty,", "+  title = {x}", "+}"]),
    ],
)  # fmt: skip
def test_a_change_touches_its_field_only(
    key: str, values: dict[str, str], lines: list[str]
) -> None:
    before = library()
    after = with_entry(before, key, **values)
    assert changed(after, before) == lines
    again = library(patch.corrected(before, after)).by_key()
    assert {name: again[key].get(name) for name in values} == values


def test_keys_and_types_change_in_their_place() -> None:
    before = library()
    zhu, *rest = before.entries
    now = Entry("zhu2020a", "inbook", zhu.fields, zhu.span, zhu.lead)
    after = replace(before, entries=(now, *rest))
    assert changed(after, before) == ["-@Article{zhu2020,", "+@inbook{zhu2020a,"]


def test_merged_and_broken_entries_are_taken_out() -> None:
    before = library(GARDEN + "\n@book{bad, title = {x} year = 2000}\n")
    after = replace(before, entries=tuple(one for one in before.entries if one.key != "li2018"))
    text = patch.corrected(before, after)
    assert (
        text
        == GARDEN.replace("@book{li2018,\n  title = {石記},\n  year = {2018},\n}\n\n", "") + "\n"
    )
    done = parse.read(SourceFile("b.bib", text))
    assert done.ok
    assert [one.key for one in done.value.entries] == ["zhu2020", "wang2019", "empty"]


def test_a_made_entry_stands_at_the_end() -> None:
    before = library()
    made = Entry("new1", "book", (Field("title", "蘭記"), Field("year", "2001")))
    text = patch.corrected(before, replace(before, entries=(*before.entries, made)))
    assert text == GARDEN + "\n@book{new1,\n  title = {蘭記},\n  year = {2001},\n}\n"


def test_a_value_never_breaks_the_file() -> None:
    before = library()
    text = patch.corrected(before, with_entry(before, "zhu2020", title="a}b{c", note="{{"))
    done = parse.read(SourceFile("b.bib", text))
    assert done.ok
    assert done.value.by_key()["zhu2020"].get("title") == "abc"


def test_sorting_moves_entries_with_their_comments() -> None:
    before = library()
    text = patch.corrected(before, before, sort="key")
    assert text.index("@misc{empty}") < text.index("@book{li2018") < text.index("@book{wang2019")
    assert "% about chrysanthemums\n@Article{zhu2020," in text
    assert text.index("@string") < text.index("@misc{empty}")
    assert {one.key: one.raw for one in library(text)} == {one.key: one.raw for one in before}


def test_a_string_moves_before_the_entries_that_may_use_it() -> None:
    before = library("@book{z, title = {x}}\n\n@string{s = {y}}\n@book{a, title = s}\n")
    text = patch.corrected(before, before, sort="key")
    done = parse.read(SourceFile("b.bib", text))
    assert not done.diagnostics
    assert [(one.key, one.get("title")) for one in done.value] == [("a", "y"), ("z", "x")]


@pytest.mark.parametrize("sort", ["key", "author", "year"])
def test_the_shipped_list_keeps_every_entry_in_any_order(sort: patch.Sort) -> None:
    before = parse.load(BIB).value
    again = library(patch.corrected(before, before, sort=sort))
    assert {one.key: one.raw for one in again} == {one.key: one.raw for one in before}
    if sort == "year":
        years = [one.get("year") for one in again if "year" in one]
        assert years == sorted(years)


NAMES = st.sampled_from(["title", "year", "pages", "note", "journal", "author"])
VALUES = st.text(alphabet='abc菊{}"\\ ,=%#@\n', max_size=12)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), NAMES, VALUES), max_size=6), st.booleans())
def test_any_change_reads_back_and_leaves_the_rest_alone(
    edits: list[tuple[int, str, str]], ordered: bool
) -> None:
    before = library()
    entries = list(before.entries)
    for place, name, value in edits:
        entries[place] = entries[place].with_field(name, value)
    after = replace(before, entries=tuple(entries))
    text = patch.corrected(before, after, sort="key" if ordered else "")
    done = parse.read(SourceFile("b.bib", text))
    again = done.value.by_key()
    assert done.value.found == len(before.entries)
    assert not done.value.quarantined
    for old, new in zip(before.entries, after.entries, strict=True):
        if old == new:
            assert again[old.key].raw == old.raw
        for field in new.fields:
            kept = " ".join(safe(field.value).split())
            assert again[new.key].get(field.name) == kept


def test_a_field_that_stands_twice_is_changed_in_both_places() -> None:
    text = "@misc{a,\n  year = {1999},\n  title = {t},\n  year = {1999},\n}\n"
    before = parse.read(SourceFile("a.bib", text)).value
    after = replace(before, entries=(before.entries[0].with_field("year", "2001"),))
    made = patch.corrected(before, after)
    assert made == text.replace("1999", "2001")
    gone = replace(before, entries=(before.entries[0].with_field("year", ""),))
    assert "year" not in patch.corrected(before, gone)


# --- hostile files ------------------------------------------------------------------------------

ENTRIES = [part for part in BIB.read_text("utf-8").split("\n\n") if part.startswith("@")]
SPOILT = [
    "{",
    "}",
    '"',
    "@",
    ",",
    "=",
    "％",
    "｛",
    "｝",
    "，",
    "＝",
    "\\",
    "#",
    "%",
    "\x00",
    "\udc80",
    "\r",
    "@article{x,",
    "\u2028",
    "²",
    "https://[x]/",
    "2024年13月45日",
    "year = {1}, ",
]


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.sampled_from(ENTRIES), min_size=2, max_size=9),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 80), st.sampled_from(["", *SPOILT])), max_size=8
    ),
    st.sampled_from(["key", "author", "year", None]),
)
def test_spoilt_files_are_accounted_for_and_what_is_written_reads_back(
    parts: list[str], spoils: list[tuple[float, int, str]], sort: service.Sort | None
) -> None:
    text = "\n\n".join(parts) + "\n"
    for place, cut, put in spoils:
        at = int(place * len(text))
        text = text[:at] + put + text[at + cut * (not put) :]
    library = parse.read(SourceFile("a.bib", text)).value
    outcome = repair(library, Context())
    merged = sum(len(one.merged) for one in outcome.value.merges if one.tier is Tier.APPLIED)
    kept = outcome.value.library
    assert library.found == len(kept.entries) + merged + len(kept.quarantined)
    made = render(library, outcome, sort)["corrected.bib"]
    again = parse.read(SourceFile("b.bib", made)).value
    assert sorted(one.key for one in again) == sorted(one.key for one in kept)
