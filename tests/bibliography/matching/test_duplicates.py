"""Duplicates: hazards that must stay apart, twins that must meet, what a merge keeps."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from edition.bibliography.matching import duplicates
from edition.bibliography.matching.blocking import pairs
from edition.bibliography.matching.records import clean_isbn, clean_pages, record, title_numbers
from edition.bibliography.reading.parse import read
from edition.bibliography.repair import repair
from edition.bibliography.types import (
    BibliographyDecision,
    Context,
    Entry,
    Field,
    Library,
    Merge,
    Tier,
)
from edition.bibliography.values import urls
from edition.source import SourceFile

HERE = Path(__file__).resolve().parents[2]
HAZARDS = tomllib.loads((HERE / "hazards.toml").read_text("utf-8"))
SHARED = Path(os.environ.get("EDITION_SHARED") or HERE.parents[1] / "shared")


def made(key: str, *parts: Mapping[str, str]) -> Entry:
    fields: dict[str, str] = {}
    for part in parts:
        fields |= part
    kind = fields.pop("type", "misc")
    return Entry(key, kind, tuple(Field(name, value) for name, value in fields.items() if value))


def case(one: Mapping[str, Any]) -> Library:
    common = one.get("common", {})
    return Library(entries=(made("a", common, one["a"]), made("b", common, one["b"])), found=2)


def merges(library: Library, *decisions: BibliographyDecision) -> tuple[Merge, ...]:
    return duplicates.find(library, decisions)


def of(found: tuple[Merge, ...], tier: Tier) -> list[Merge]:
    return [one for one in found if one.tier is tier]


# --- hazards ---------------------------------------------------------------------------------


def test_there_are_hazards_enough() -> None:
    names = [one["name"] for kind in ("apart", "one") for one in HAZARDS[kind]]
    assert len(HAZARDS["apart"]) >= 60
    assert sum(1 for one in HAZARDS["apart"] if any(c > "\u3400" for c in str(one))) >= 20
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("one", HAZARDS["apart"], ids=lambda one: one["name"])
def test_two_works_are_never_merged_unasked(one: dict[str, Any]) -> None:
    found = merges(case(one))
    assert not of(found, Tier.APPLIED)
    assert not (one.get("never") and of(found, Tier.PROPOSED))
    if "veto" in one:
        seen = {fact for merge in found for fact in (merge.rule, *merge.evidence)}
        assert not found or any(one["veto"] in fact for fact in seen), seen


@pytest.mark.parametrize("one", HAZARDS["one"], ids=lambda one: one["name"])
def test_one_work_is_merged(one: dict[str, Any]) -> None:
    (found,) = of(merges(case(one)), Tier.APPLIED)
    assert {found.kept, *found.merged} == {"a", "b"}
    if "rule" in one:
        assert found.rule == one["rule"]


def test_hazards_stay_apart_in_one_list() -> None:
    """All of them at once, so that no third entry bridges two."""
    entries = tuple(
        made(f"{side}{number}", one.get("common", {}), one[side])
        for number, one in enumerate(HAZARDS["apart"])
        for side in "ab"
    )
    found = merges(Library(entries=entries, found=len(entries)))
    joined = [{one.kept, *one.merged} for one in of(found, Tier.APPLIED)]
    for number in range(len(HAZARDS["apart"])):
        assert not any({f"a{number}", f"b{number}"} <= keys for keys in joined)


def test_a_poorer_record_bridges_no_two_works() -> None:
    """An abstract without volume or pages is proposed to the one that has them, not to both."""
    common = {"type": "article", "author": "C. Licht and P. Muus", "year": "2011"}
    full = "A phase two study of ferries in patients with untypical tides"
    entries = (
        made("poor", common, {"title": full, "journal": "Journal of Tides"}),
        made("one", common, {"title": full, "journal": "J Tides", "volume": "9", "pages": "499"}),
        made("two", common, {"title": full.replace("patients", "young/adult patients"),
                             "journal": "Ferry Med", "volume": "26", "pages": "1660"}),
    )  # fmt: skip
    found = merges(Library(entries=entries, found=3))
    assert not any({"one", "two"} <= {one.kept, *one.merged} for one in found
                   if one.tier is not Tier.REFUSED)  # fmt: skip


def test_a_venue_under_two_names_is_told_by_the_works_that_both_have() -> None:
    """Two databases: no place in print, and names of a conference that share no letters."""
    tides = ("Harbour schedules", "Ferry queues", "Lock cascades", "Quay pricing", "Buoy telemetry")
    entries = tuple(
        made(f"{side}{at}", {"type": "inproceedings", "author": f"Ada Quay and Bo Harker{at}"},
             {"title": f"{tide} under uncertain arrivals of vessels", "year": f"200{at}",
              "booktitle": name})
        for at, tide in enumerate(tides)
        for side, name in (("a", "COFE Conference"), ("b", "International Meeting on Boats"))
    )  # fmt: skip
    applied = of(merges(Library(entries=entries, found=len(entries))), Tier.APPLIED)
    assert len(applied) == len(tides)
    fewer = entries[:6]
    assert not of(merges(Library(entries=fewer, found=len(fewer))), Tier.APPLIED)


# --- what a merge keeps ----------------------------------------------------------------------


def test_two_pages_of_one_article_are_a_conflict_on_record() -> None:
    one = next(case for case in HAZARDS["one"] if case["name"].endswith("two pages"))
    outcome = repair(case(one), Context())
    (merge,) = outcome.value.merges
    (conflict,) = merge.conflicts
    assert (conflict.field, conflict.readings) == ("pages", (("a", "5"), ("b", "17")))
    (entry,) = outcome.value.library.entries
    assert entry.get("ids") == "b"
    assert outcome.value.library.aliases == {"b": "a"}


def test_fields_are_united_and_the_richer_reading_kept() -> None:
    common = {
        "type": "article",
        "title": "Gauge networks in winter conditions",
        "year": "2020",
        "journal": "River Economics",
        "volume": "9",
    }
    library = Library(
        entries=(
            made("poor", common, {"author": "Sand, I.", "pages": "7", "foundin": "list 1"}),
            made(
                "rich",
                common,
                {
                    "author": "Sand, Ira and Aalto, Mika",
                    "pages": "1-20",
                    "doi": "10.5555/x",
                    "number": "2",
                    "foundin": "footnote 4",
                },
            ),
        ),
        found=2,
    )
    outcome = repair(
        library, Context(), [BibliographyDecision(verdict="merge", entries=("poor", "rich"))]
    )
    (entry,) = outcome.value.library.entries
    assert entry.key == "rich"
    assert entry.get("author") == "Sand, Ira and Aalto, Mika"
    assert entry.get("pages") == "1-20"
    assert entry.get("foundin") == "footnote 4; list 1"


def test_no_entry_is_lost() -> None:
    entries = tuple(
        made(f"{side}{at}", one.get("common", {}), one[side])
        for at, one in enumerate(HAZARDS["one"] + HAZARDS["apart"])
        for side in "ab"
    )
    outcome = repair(Library(entries=entries, found=len(entries)), Context())
    merged = sum(len(one.merged) for one in outcome.value.merges if one.tier is Tier.APPLIED)
    assert len(outcome.value.library.entries) + merged == len(entries)
    assert set(outcome.value.library.aliases) | {
        one.key for one in outcome.value.library.entries
    } == {one.key for one in entries}


# --- the editor's word -----------------------------------------------------------------------


def test_distinct_undoes_a_merge() -> None:
    library = case(HAZARDS["one"][0])
    assert of(merges(library), Tier.APPLIED)
    told = BibliographyDecision(verdict="distinct", entries=("a", "b"), reason="two printings")
    found = merges(library, told)
    assert not of(found, Tier.APPLIED)
    assert of(found, Tier.REFUSED)[0].reason == "two printings"


def test_merge_joins_what_no_rule_joins() -> None:
    one = next(case for case in HAZARDS["apart"] if case["name"] == "titles one word apart")
    (found,) = of(
        merges(case(one), BibliographyDecision(verdict="merge", entries=("b", "a"))), Tier.APPLIED
    )
    assert {found.kept, *found.merged} == {"a", "b"}


def test_nothing_is_merged_unasked_without_auto() -> None:
    found = duplicates.find(case(HAZARDS["one"][0]), auto=False)
    assert [one.tier for one in found] == [Tier.PROPOSED]


# --- parts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("https://WWW.Ex.org/A/", "http://ex.org/A", True),
        ("https://ex.org/A", "https://ex.org/a", False),
        ("https://ex.org/p?b=2&a=1", "https://ex.org/p?a=1&b=2", True),
        ("https://ex.org/p?utm_campaign=x", "https://ex.org/p", True),
        ("https://ex.org/p#top", "https://ex.org/p", True),
        ("https://ex.org:8080/p", "https://ex.org/p", False),
        ("https://ex.org/index.html", "https://ex.org/", True),
    ],
)
def test_identity_of_addresses(a: str, b: str, same: bool) -> None:
    assert (urls.key(a) == urls.key(b)) is same


def test_tidying_an_address_keeps_its_path() -> None:
    assert urls.tidy("HTTPS://Ex.ORG/Ab%20C/?utm_source=m&x=1#F") == "https://ex.org/Ab%20C/?x=1#F"
    assert urls.tidy("not an address") == "not an address"
    assert urls.tidy("http://[broken") == "http://[broken"


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("131--6", ("131", "136")),
        ("pp. 10–12", ("10", "12")),
        ("e17", ("e17", "e17")),
        ("第5頁", ("5", "5")),
        ("", ("", "")),
        ("118", ("118", "118")),
    ],
)
def test_pages(text: str, pages: tuple[str, str]) -> None:
    assert clean_pages(text) == pages


def test_numbers_of_titles() -> None:
    assert title_numbers("江南水利考（上）") != title_numbers("江南水利考（下）")
    assert title_numbers("Covers, second part") == title_numbers("Covers, 2nd part")
    assert clean_isbn("0-306-40615-2") == clean_isbn("978-0-306-40615-7") == "9780306406157"


def test_the_work_grows_with_the_list_and_not_with_its_square() -> None:
    """Pairs compared per entry stay bounded, even where all entries share author and year."""

    def compared(size: int) -> float:
        records = [
            record(
                at,
                made(
                    f"k{at}",
                    {
                        "type": "article",
                        "author": "Ira Sand",
                        "year": "2020",
                        "journal": "River Economics",
                        "title": f"Gauge number {at * 7919 % size} of the river and its winter",
                    },
                ),
            )
            for at in range(size)
        ]
        return sum(1 for _ in pairs(records)) / size

    assert compared(800) < 1.6 * compared(200)


def test_a_file_is_read_and_its_twins_merged() -> None:
    text = """@article{x, author={白雲溪}, title={潮汐閘門的制度起源}, journal={水利史刊},
      year=2018, number=2, pages={5-18}}
    @article{y, author={白云溪}, title={潮汐闸门的制度起源}, journal={水利史刊},
      year=2018, number=2, pages={5-18}}"""
    outcome = repair(read(SourceFile("t.bib", text)).value, Context())
    assert [one.key for one in outcome.value.library.entries] == ["x"]


# --- labelled sets ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "tier", "precision", "f1"),
    [
        ("cytology_screening", 0, 0.999, 0.9),
        ("cytology_screening", 1, 0.98, 0.98),
        ("cora", 1, 0.98, 0.84),
    ],
)
def test_labelled_sets(name: str, tier: int, precision: float, f1: float) -> None:
    if not (SHARED / "bench" / name).is_dir():
        pytest.skip(f"the labelled set {name} is not beside the repository")
    sys.path.insert(0, str(HERE / "bench"))
    try:
        import bench_bibliography as bench
    finally:
        sys.path.pop(0)
    records, gold = bench.read(name)
    got = bench.measure(bench.found(records)[tier], gold)
    assert got[0] >= precision
    assert got[2] >= f1
