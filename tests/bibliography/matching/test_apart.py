"""What keeps works apart under every rule, and towards which reading a merged name is read."""

from __future__ import annotations

import pytest

from edition.bibliography.matching.duplicates import find
from edition.bibliography.reading.parse import read
from edition.bibliography.repair import repair
from edition.bibliography.types import BibliographyDecision, Context, Tier
from edition.source import SourceFile

COLUMN = (
    "@article{%s, author={Ada Weir}, title={Calendar of events}, journal={Boat}, year={%s}, %s}\n"
)
APART = {
    "issues of a column": (("1998", "volume={19}, number={2}, pages={3}, month=jun"),
                           ("1998", "volume={19}, number={3}, pages={3}, month=sep")),
    "months alone": (("1998", "volume={19}, month=jun"), ("1998", "volume={19}, month={Sept.}")),
    "volumes at one address": (("1989", "volume={10}, url={http://boat.example/join.html}"),
                               ("2004", "volume={25}, url={http://boat.example/join.html}")),
    "pages at two addresses": (("1991", "volume={12}, pages={448}, url={https://e.org/a.pdf}"),
                               ("1991", "volume={12}, pages={570}, url={https://e.org/b.pdf}")),
    "years of one report": (("2001", "url={https://stats.example.org/ar}"),
                            ("2010", "url={https://stats.example.org/ar}")),
    "two DOIs": (("1998", "volume={19}, pages={3-9}, doi={10.1000/1}"),
                 ("1998", "volume={19}, pages={3-9}, doi={10.1000/27}")),
}  # fmt: skip


BOOK = (
    "@{}{{{}, author={{Ada Weir}}, title={{History of the Northern Quays}}, year={{1998}}, {}}}\n"
)
TOLD = {
    "subtitles": (
        "book",
        "subtitle={The Harbours}, publisher={P}",
        "subtitle={Mills}, publisher={P}",
    ),
    "patents": ("patent", "number={US123}", "number={US456}"),
    "versions": ("software", "version={1.2}", "version={4.7}"),
    "shorthands": ("book", "publisher={P}, shorthand={HNQ}", "publisher={P}, shorthand={Z}"),
    "a reprint": ("book", "publisher={P}", "publisher={P}, related={a}"),
    "its volume": ("book", "publisher={P}", "publisher={P}, crossref={a}"),
    "electronic numbers": ("article", "journal={Q}, eid={e1}", "journal={Q}, eid={x98}"),
    "dates": ("article", "journal={Q}, date={1998-03}", "journal={Q}, date={1998-07}"),
}


@pytest.mark.parametrize(("type", "one", "two"), TOLD.values(), ids=TOLD)
def test_what_the_entries_themselves_tell_apart(type: str, one: str, two: str) -> None:
    text = BOOK.format(type, "a", one) + BOOK.format(type, "b", two)
    found = find(read(SourceFile("a.bib", text)).value)
    assert [each for each in found if each.tier is not Tier.REFUSED] == []


@pytest.mark.parametrize("pair", APART.values(), ids=APART)
def test_neither_merged_nor_asked_about(pair: tuple[tuple[str, str], tuple[str, str]]) -> None:
    text = "".join(COLUMN % (f"k{at}", year, more) for at, (year, more) in enumerate(pair))
    found = find(read(SourceFile("a.bib", text)).value)
    assert [one for one in found if one.tier is not Tier.REFUSED] == []


def test_a_title_in_many_issues_is_a_column() -> None:
    text = "".join(COLUMN % (f"k{n}", "1998", f"volume={{{n}}}, number={{1}}") for n in range(1, 5))
    text += COLUMN % ("l", "1998", "volume={4}, number={1}") + COLUMN % ("m", "1998", "volume={4}")
    found = [one for one in find(read(SourceFile("a.bib", text)).value) if one.tier is Tier.APPLIED]
    assert found == []


TURNED = """@article{a, author={Weir, Tamara}, title={Mourning the quays: affect in campaigns},
 journal={Quay}, year={2018}, volume={4}, doi={10.1177/2056}}
@article{b, author={Tamara, Weir}, title={Mourning the quays: affect in campaigns},
 journal={Quay}, year={2018}, volume={4}, doi={10.1177/2056}%s}
"""


def test_family_and_given_name_changed_over_are_one_person() -> None:
    (merge,) = find(read(SourceFile("a.bib", TURNED % "")).value)
    assert (merge.tier, merge.merged) == (Tier.APPLIED, ("b",))


def test_the_order_of_a_name_is_asked_about_only_where_it_is_wrong() -> None:
    for more, wrong in (("", False), (", pages={1-9}, number={2}", True)):
        done = repair(read(SourceFile("a.bib", TURNED % more)).value, Context()).value
        made = [(one.rule, one.after) for one in done.changes if one.field == "author"]
        assert made == ([("name.order", "Weir, Tamara")] if wrong else [])


def test_a_look_alike_in_a_name_of_two_characters_is_asked_about() -> None:
    book = "@book{%s, author={%s}, title={%s}, publisher={江岸社}, address={北京}, year={1973}}\n"
    text = book % ("a", "鲁迅", "堤岸小说史略") + book % ("b", "鲁讯", "堤岸小说史略")
    text += book % ("c", "鲁迅", "吶喊集外")
    done = repair(read(SourceFile("a.bib", text)).value, Context()).value
    assert [(one.tier, one.kept, one.merged) for one in done.merges] == [
        (Tier.PROPOSED, "a", ("b",))
    ]
    (one,) = done.changes
    assert (one.entry, one.after, one.tier) == ("b", "鲁迅", Tier.PROPOSED)


def test_a_rule_without_a_licence_to_merge_asks() -> None:
    """A hyphen that a line end may have added to an address."""
    page = "@online{%s, author={{Quay}}, url={https://quay.example/news/old-%s-of-the-quay}}\n"
    text = page % ("a", "harbour-master") + page % ("b", "harbourmaster")
    (merge,) = find(read(SourceFile("a.bib", text)).value)
    assert (merge.rule, merge.tier) == ("duplicate.url-hyphen", Tier.PROPOSED)


def test_a_short_title_alone_is_no_ground_to_ask() -> None:
    text = "".join(
        f"@book{{k{n}, author={{Sand, A.}}, title={{Essays}}, year={{199{n}}}}}\n"
        for n in (1, 1, 2)
    ).replace("k1", "j1", 1)
    assert [one for one in find(read(SourceFile("a.bib", text)).value)
            if one.tier is not Tier.REFUSED] == []  # fmt: skip


def test_a_merge_keeps_the_dialect_of_the_entry() -> None:
    text = """@article{a, author={Ada Weir}, title={Planar decompositions of the rivers},
 journaltitle={J Comp}, date={2005-03}, volume={17}, pages={402-412}}
@article{b, author={Ada Weir}, title={Planar decompositions of the rivers}, journal={J. Comp.},
 year={2005}, month=mar, volume={17}, pages={402-412}, number={2}, issn={1234-5679}}
"""
    (merge,) = find(read(SourceFile("a.bib", text)).value)
    assert (merge.kept, dict(merge.fields)) == ("b", {"ids": "a"})


@pytest.mark.parametrize(
    ("forms", "wanted"),
    [
        (("Weir, Jospeh", "Weir, Joseph"), "Weir, Joseph"),
        (("Weir, Ronlad H.", "Weir, Ronald H."), "Weir, Ronald H."),
        (('M{\\"u}hlmann, Detlev', "Muhlmann, Detlev"), ""),
        (("Muehlmann, Detlev", 'M{\\"u}hlmann, Detlev'), ""),
        (("Holcomb, G. W. and St. Peter, S. D.", "Holcomb, G. W. and Peter, S. D."), ""),
        (("Tom?s Weir", "Tomas Weir"), "Tomas Weir"),
        (("Tomas Weir", "Tom?s Weir"), "Tomas Weir"),
        (("Tang, Maria", "Yang, Maria"), ""),
    ],
)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_merged_name_is_read_towards_the_better_form(
    forms: tuple[str, str], wanted: str, order: tuple[int, int]
) -> None:
    """From either side: the entry that is kept has the worse form, or the better."""
    book = (
        "@article{%s, author={%s}, title={The Problem of Social Cost in Ports}, journal={Quay},"
        " volume={3}, pages={1-44}, year={1960}%s}\n"
    )
    text = "".join(
        book % (f"k{at}", forms[at], ", number={1}" if at == order[0] else "") for at in (0, 1)
    )
    told = BibliographyDecision(verdict="merge", entries=(f"k{order[0]}", f"k{order[1]}"))
    done = repair(read(SourceFile("a.bib", text)).value, Context(), [told]).value
    made = [one.after for one in done.changes if one.field == "author"]
    kept = forms[order[0]]
    assert made == ([wanted] if wanted and kept != wanted else [])
