"""Decisions: any change can be undone, taken or replaced; stale ones are told and not followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.bibliography.deciding import decisionfile
from edition.bibliography.deciding.applying import change, edit
from edition.bibliography.reading.parse import load, read
from edition.bibliography.repair import repair
from edition.bibliography.types import BibliographyDecision, Change, Context, Library, Tier
from edition.source import SourceFile

ROOT = Path(__file__).resolve().parents[3]
HOUSE = Context(house=True)
LIST = """@article{ling2021, author={凌勝利 and 維景瑜}, title={技術聯盟:動因--挑戰},
  journal={論壇}, year=2021, pages={5}, citedas={凌勝利·雒景瑜 2021; 凌勝利·雒景瑜 2021, 15}}
@online{a, author={{Quay}}, url={https://www.QUAY.example/a/}, urldate={2024年5月2日}}
@online{b, author={{Quay}}, url={https://quay.example/a}, urldate={2024年5月2日}}
@online{c, author={{Quay}}, url={https://www.QUAY.example/c}, urldate={2024-05-02}}
"""


def library(text: str = LIST) -> Library:
    return read(SourceFile("bib/references.bib", text)).value


def told(text: str) -> tuple[BibliographyDecision, ...]:
    outcome = decisionfile.read(SourceFile("bib/decisions.toml", text))
    assert not outcome.diagnostics
    return outcome.value


def value(text: str, key: str, field: str) -> str:
    entry = repair(library(), Context(), told(text)).value.library.find(key)
    assert entry is not None
    return entry.get(field)


# --- undo ------------------------------------------------------------------------------------


def undo(one: Change) -> BibliographyDecision:
    return BibliographyDecision(
        verdict="refuse",
        entries=(one.entry,),
        field=one.field,
        before=one.before,
        rule=one.rule,
        value=one.after,
        reason="as the author has it",
    )


def applied(entries: Library, *decisions: BibliographyDecision) -> list[Change]:
    outcome = repair(entries, HOUSE, decisions)
    return [one for one in outcome.value.changes if one.tier is Tier.APPLIED]


def test_any_single_change_can_be_undone_and_nothing_else_with_it() -> None:
    entries = library()
    every = applied(entries)
    assert {one.rule for one in every} >= {
        "name.in-text",
        "title.width",
        "title.dash",
        "url.tidy",
        "date.iso",
    }
    for one in every:
        outcome = repair(entries, HOUSE, [undo(one)])
        left = [c for c in outcome.value.changes if c.tier is Tier.APPLIED]
        assert {(c.entry, c.field, c.after) for c in left} == {
            (c.entry, c.field, c.after) for c in every
        } - {(one.entry, one.field, one.after)}
        refused = [c for c in outcome.value.changes if c.tier is Tier.REFUSED]
        assert [c.reason for c in refused] == ["as the author has it"]
        assert not [d for d in outcome.diagnostics if d.code.id == "REP001"]


def test_two_changes_of_one_field_are_undone_apart() -> None:
    entries = library()
    (wide,) = [one for one in applied(entries) if one.rule == "title.width"]
    outcome = repair(entries, HOUSE, [undo(wide)])
    entry = outcome.value.library.find("ling2021")
    assert entry is not None
    assert entry.get("title") == "技術聯盟:動因——挑戰"


def test_a_merge_can_be_undone() -> None:
    kept = [one.key for one in repair(library(), Context()).value.library.entries]
    assert kept == ["ling2021", "a", "c"]
    apart = BibliographyDecision(verdict="distinct", entries=("a", "b"), reason="two pages")
    outcome = repair(library(), Context(), [apart])
    assert [one.key for one in outcome.value.library.entries] == ["ling2021", "a", "b", "c"]
    assert outcome.value.library.aliases == {}


def test_every_change_of_the_shipped_list_can_be_undone() -> None:
    entries = load(ROOT / "bib" / "references.bib").value
    every = applied(entries)
    assert len(every) > 50
    undone = repair(entries, HOUSE, [undo(one) for one in every]).value
    lost = {one.entry for one in every} - {one.key for one in undone.library.entries}
    assert {one.entry for one in undone.changes if one.tier is Tier.APPLIED} <= lost
    for entry in undone.library.entries:
        found = next(one for one in entries if one.key == entry.key)
        for one in every:
            if one.entry == entry.key:
                assert entry.get(one.field) == found.get(one.field)


# --- verdicts ----------------------------------------------------------------------------------

PROPOSAL = """[[decision]]
verdict = "{}"
entries = ["k"]
field = "pages"
before = "114"
{}
reason = "seen"
"""
PAGES = (
    "@article{k, author={A. Sand}, title={On quays}, journal={Quay}, year=2004, "
    "pages={114}, citedas={A. Sand 2004, 144}}"
)


@pytest.mark.parametrize(
    ("verdict", "more", "pages", "tier"),
    [
        ("accept", "", "144", Tier.APPLIED),
        ("refuse", "", "114", Tier.REFUSED),
        ("set", 'value = "101-130"', "101-130", Tier.APPLIED),
    ],
)
def test_verdicts_on_a_proposal(verdict: str, more: str, pages: str, tier: Tier) -> None:
    outcome = repair(library(PAGES), Context(), told(PROPOSAL.format(verdict, more)))
    (entry,) = outcome.value.library.entries
    assert entry.get("pages") == pages
    mine = [
        one
        for one in outcome.value.changes
        if one.field == "pages" and one.after == (pages if verdict != "refuse" else "144")
    ]
    assert [(one.tier, one.reason) for one in mine] == [(tier, "seen")]


def test_accept_may_take_another_of_the_readings() -> None:
    text = LIST.replace("維景瑜", "黃宇").replace("雒景瑜", "黃宁")
    names = Context(names=("黃寧",))
    (one,) = [c for c in repair(library(text), names).value.changes if c.field == "author"]
    assert one.tier is Tier.PROPOSED
    other = BibliographyDecision(
        verdict="accept", entries=("ling2021",), field="author", before=one.before, value=one.after
    )
    entry = repair(library(text), names, [other]).value.library.find("ling2021")
    assert entry is not None
    assert entry.get("author") == one.after


def test_a_decision_on_a_merged_key_is_about_the_entry_that_is_kept() -> None:
    text = (
        PROPOSAL.format("set", 'value = "Quay"')
        .replace('"k"', '"b"')
        .replace("pages", "author")
        .replace("114", "{Quay}")
    )
    assert value(text, "a", "author") == "Quay"


# --- stale, unknown, unreadable ---------------------------------------------------------------


def found(text: str, entries: str = PAGES) -> list[str]:
    outcome = decisionfile.read(SourceFile("bib/decisions.toml", text))
    outcome = outcome.plus(repair(library(entries), Context(), outcome.value).diagnostics)
    return [one.code.id for one in outcome.diagnostics if one.code.id < "REP004"]


def test_a_decision_whose_field_has_changed_is_stale_and_not_followed() -> None:
    text = PROPOSAL.format("accept", "").replace("114", "110")
    assert found(text) == ["REP001"]
    outcome = repair(library(PAGES), Context(), told(text))
    assert outcome.value.library.entries[0].get("pages") == "114"
    (stale,) = [one for one in outcome.diagnostics if one.code.id == "REP001"]
    assert "114" in stale.fact
    assert "110" in stale.fact
    assert stale.span is not None
    assert stale.span.line == 1


def test_a_decision_on_what_is_proposed_no_more_is_stale() -> None:
    assert found(PROPOSAL.format("accept", ""), PAGES.replace("144", "114")) == ["REP001"]


def test_a_decision_on_an_entry_that_is_gone() -> None:
    assert found(PROPOSAL.format("accept", "").replace('"k"', '"gone"')) == ["REP003"]


@pytest.mark.parametrize(
    "text",
    [
        "[[decision]\n",
        "verdict = 3",
        '[[decision]]\nverdict = "perhaps"\nentries = ["k"]\n',
        '[[decision]]\nverdict = "merge"\nentries = ["k"]\n',
        '[[decision]]\nverdict = "accept"\n',
        '[[decision]]\nverdict = "accept"\nentries = ["k"]\n',
        "[[decision]]\nentries = 4\n",
        '[[decision]]\nverdict = "set"\nentries = ["k"]\n',
        "decision = 3",
        '[[decision]]\nverdict = "refuse"\nentries = ["k"]\nfield = 3\n',
        '[[decision]]\nverdict = "refuse"\nentries = ["k"]\nfield = "a"\nwhy = "?"\n',
    ],
)
def test_what_cannot_be_read_is_told(text: str) -> None:
    assert "REP002" in found(text)


def test_writing_reads_back() -> None:
    every = (
        BibliographyDecision(
            verdict="set",
            entries=("a",),
            field="title",
            before='“x” "y"\\',
            value="多行\n\t文字",
            reason="原刊",
        ),
        BibliographyDecision(verdict="distinct", entries=("a", "b c"), reason="二本"),
    )
    text = decisionfile.append("# mine\n", every)
    assert text.startswith("# mine\n")
    again = decisionfile.read(SourceFile("d.toml", text))
    assert not again.diagnostics
    assert [
        (one.verdict, one.entries, one.before, one.value, one.reason) for one in again.value
    ] == [(one.verdict, one.entries, one.before, one.value, one.reason) for one in every]


# --- composing ---------------------------------------------------------------------------------


def test_changes_that_touch_the_same_letters_are_not_both_made() -> None:
    entries = library("@misc{k, title={abcdef}}")
    both = [
        Change(
            entry="k",
            field="title",
            before="abcdef",
            after=after,
            rule=f"r{at}",
            evidence=(),
            tier=Tier.APPLIED,
            confidence=sure,
        )
        for at, (after, sure) in enumerate([("aBCdef", 0.9), ("abXdef", 0.8), ("abcdeF", 0.7)])
    ]
    corrected, final = change(entries, both)
    assert corrected.entries[0].get("title") == "aBCdeF"
    assert [one.tier for one in final] == [Tier.APPLIED, Tier.PROPOSED, Tier.APPLIED]


def test_the_stretch_that_differs() -> None:
    part = edit("abcdef", "abXYef")
    assert (part.start, part.end, part.text) == (2, 4, "XY")
    assert edit("aa", "aaa").text == "a"
    assert edit("same", "same").text == ""


def test_without_auto_only_the_editor_changes_anything() -> None:
    outcome = repair(library(), Context(auto=False))
    assert not [one for one in outcome.value.changes if one.tier is Tier.APPLIED]
    assert not [one for one in outcome.value.merges if one.tier is Tier.APPLIED]
    assert [[(f.name, f.value) for f in one.fields] for one in outcome.value.library] == [
        [(f.name, f.value) for f in one.fields] for one in library()
    ]
