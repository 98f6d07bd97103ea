"""The table of rules: a rule acts by its licence, form waits for the house style, and valid data of
any tradition is never touched."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from edition.bibliography import rules
from edition.bibliography.matching.identity import Ground
from edition.bibliography.matching.veto import VetoCode
from edition.bibliography.reading.parse import read
from edition.bibliography.repair import repair
from edition.bibliography.rules import RULES, Licence, Reach
from edition.bibliography.types import Change, Context, Tier
from edition.source import SourceFile

ROOT = Path(__file__).resolve().parents[2]


def changes(text: str, *, house: bool = False) -> list[Change]:
    library = read(SourceFile("a.bib", text)).value
    return list(repair(library, Context(house=house)).value.changes)


def test_a_rule_acts_only_with_a_licence() -> None:
    for one in RULES.values():
        if one.reach is Reach.ACTS:
            assert one.licence.acts, one.id
    made = Change(entry="k", field="title", before="a", after="b", rule="title.word",
                  evidence=(), tier=Tier.APPLIED)  # fmt: skip
    change = rules.licensed(made, house=True)
    assert change is not None
    assert change.tier is Tier.PROPOSED


def test_bounds_of_wilson() -> None:
    # figures of the interval as tables give them for 95 %
    assert Licence(10, 10).bound == pytest.approx(0.7225, abs=1e-3)
    assert Licence(81, 263).bound == pytest.approx(0.2553, abs=1e-3)
    assert Licence(0, 0).bound == 0
    assert not Licence(0, 0).acts


def test_every_rule_stands_in_the_documentation() -> None:
    text = (ROOT / rules.DOC).read_text("utf-8")
    heads = {head.lower().replace(",", "").replace(" ", "-") for head in
             re.findall(r"^## (.*)$", text, re.MULTILINE)}  # fmt: skip
    for one in RULES.values():
        assert one.section in heads, one.id
        if one.reach is not Reach.EDITOR:
            assert f"`{one.id}`" in text, one.id


VALID = {
    "times": "date={2004-04-25T14:34:00}, urldate={2020-10-04T08:12:03Z}",
    "ranges": "date={2004-04-25/2004-05-05}",
    "open range": "date={/2004-01-01}",
    "open end": "date={1990/..}",
    "doubt": "date={2004-06-25?}, origdate={2004-04~}, eventdate={2004-06%}",
    "season": "date={2004-21}",
    "inferred year": "year={[1936]}",
    "era": "year={1462(明天顺六年)}",
    "two years": "year={1998/99}",
    "preface": "pages={第1版自序}",
    "title leaf": "pages={扉页}",
    "fascicle": "pages={卷五, 第3葉}",
    "prose": "pages={S. 12--19, hier S. 14}",
    "roman": "pages={xii--xiv}",
    "spaces in an address": "url={https://example.org/Volume 9/Issue 2/7 One.pdf}",
    "addresses": "url={https://example.org/a.pdf https://doi.org/10.1000/182}",
    "escaped": r"url={http://journals.example.org/action?aid=95905\#}",
    "no host": "url={http://FF&p=1&u=search-bool.html&r=5}",
    "file": r"file={C\:\\Users\\me\\b.pdf:PDF}",
    "particle": "author={Holcomb, G. W. and St. Peter, S. D.}",
    "arabic": "author={ابن خلدون}, year={٢٠٠١}",
    "hungarian": "author={Erdős, Pál and Rényi, Alfréd}",
    "dash": "title={信息与文献---都柏林核心元数据}",
    "narrow": "title={为人民服务;纪念白求恩;愚公移山}",
    "quotes": 'title={论"小院高墙"的逻辑}',
}


@pytest.mark.parametrize("fields", VALID.values(), ids=VALID)
def test_valid_data_is_never_changed_unasked(fields: str) -> None:
    text = f"@misc{{k, {fields}}}\n@book{{l, title={{Quays of the North}}, year={{1999}}}}\n"
    assert [one for one in changes(text) if one.tier is Tier.APPLIED] == []


def test_names_of_journals_keep_their_form() -> None:
    names = ["Lupus."] * 3 + ["Lupus", "Quay \\& Weir", "Quay and Weir", "Quay and Weir"]
    text = "".join(f"@article{{k{at}, journal={{{one}}}}}\n" for at, one in enumerate(names))
    assert changes(text) == []
    assert changes(text, house=True) == []
    text += "".join(f"@article{{b{n}, journal={{Blood}}}}\n" for n in range(3))
    (one,) = changes(text + "@article{c, journal={BLOOD.}}\n", house=True)
    assert (one.before, one.after, one.rule) == ("BLOOD.", "Blood", "journal.form")


def test_a_day_in_words_is_written_out_whole() -> None:
    text = "@misc{k, urldate={2024年8月13日}, date={2015-1-2}, origdate={13 Aug. 2024, noon}}\n"
    made = {one.field: one.after for one in changes(text) if one.tier is Tier.APPLIED}
    assert made == {"urldate": "2024-08-13", "date": "2015-01-02"}


def test_a_space_in_an_address_is_asked_about() -> None:
    (one,) = changes("@misc{k, url={https://example.org/Vol 9/7.pdf}}\n")
    assert (one.rule, one.tier) == ("url.space", Tier.PROPOSED)
    assert one.after == "https://example.org/Vol%209/7.pdf"
    assert one.alternatives == ("https://example.org/Vol9/7.pdf",)


def test_a_rule_without_data_says_nothing() -> None:
    text = "@book{k, author={{World Office of Rivers}}, title={Rivers}, publisher={WOR}}\n"
    text += "@report{l, author={{World Office of Rivers}}, institution={WOR}}\n"
    assert changes(text) == []
    titled = "@online{k, author={{World Office}}, title={Rivers}, url={https://store.org/a/b}}\n"
    assert changes(titled) == []


@pytest.mark.parametrize(
    "title",
    [
        "Spectroscopies of ferrites by laser ablation and underlap",
        r"D\'etermination de l'intensit\'e d'oscillateur aux basses temp\'eratures",
        "Détermination de la constante diélectrique",
        "Die Grundlagen der Wasserwirtschaft",
        "Nonstoichiometry of copper wolframates",
    ],
)
def test_terms_and_other_languages_are_no_misprints(title: str) -> None:
    assert changes(f"@book{{k, title={{{title}}}}}\n") == []


def test_two_journals_may_differ_in_a_letter() -> None:
    names = ["J. Phys. Chem. C"] * 4 + ["J. Phys. Chem. A"]
    text = "".join(f"@article{{k{at}, journal={{{one}}}}}\n" for at, one in enumerate(names))
    assert changes(text) == []


def test_every_ground_and_veto_of_a_merge_stands_in_the_table() -> None:
    assert {*Ground, *VetoCode} <= RULES.keys()
    forbids = {one.id for one in RULES.values() if one.reach is Reach.FORBIDS}
    assert forbids == set(VetoCode)


def test_licences_hold_against_labelled_corrections(shared: Path) -> None:
    """No rule that acts is wrong in a labelled edit, and none that proposes is mostly wrong."""
    folder = shared / "bench" / "edits"
    if not folder.is_dir():
        pytest.skip("the labelled corrections are not beside the repository")
    sys.path.insert(0, str(ROOT / "tests" / "bench"))
    try:
        import labelled
    finally:
        sys.path.pop(0)
    labels = labelled.read(folder)
    # a few small files of each origin: the bench measures all
    counts: dict[tuple[str, Tier], tuple[int, int]] = {}
    for path in sorted((folder / "files").glob("*.bib")):
        if path.stat().st_size > 100_000:
            continue
        for rule, tier, verdict in labelled.judged(path, labels):
            right, held = counts.get((rule, tier), (0, 0))
            if verdict is not None:
                counts[rule, tier] = (right + (verdict in labelled.GOOD), held + 1)
    assert sum(held for _, held in counts.values()) > 10, counts
    for (rule, tier), (right, held) in counts.items():
        if tier is Tier.APPLIED:
            assert right == held, rule
