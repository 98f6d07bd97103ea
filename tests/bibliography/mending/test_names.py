"""Names mended from evidence: when they are applied, when proposed, when left alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from name_corruptor import clean, entries

from edition.bibliography.mending.corporate import repair_bodies
from edition.bibliography.mending.evidence import citedas, gather
from edition.bibliography.mending.names.attested import bucket
from edition.bibliography.reading.parse import read
from edition.bibliography.repair import repair
from edition.bibliography.types import Change, Context, InText, Library, Tier
from edition.bibliography.values import people
from edition.bibliography.values.people import cited_names
from edition.bibliography.values.shapes import alike, near
from edition.source import SourceFile


def library(text: str) -> Library:
    return read(SourceFile("bib/references.bib", text)).value


def changes(text: str, context: Context | None = None, field: str = "author") -> list[Change]:
    outcome = repair(library(text), context or Context())
    return [one for one in outcome.value.changes if one.field == field]


def article(key: str, author: str, cited: str = "", year: str = "2001", more: str = "") -> str:
    return (
        f"@article{{{key}, author={{{author}}}, title={{On the matter of {key}}}, "
        f"year={year}, journal={{Quay}}, pages={{1-9}}, citedas={{{cited}}}{more}}}\n"
    )


# --- likeness of shape -----------------------------------------------------------------------


@pytest.mark.parametrize("pair", "維雒 夏复 宁宇 書晝 侯候 末未 王玉 汪江 陳陣".split())  # noqa: SIM905
def test_look_alikes_are_computed(pair: str) -> None:
    assert alike(pair[0], pair[1]) >= 0.96


@pytest.mark.parametrize("pair", ["李王", "劉張", "凱愷", "景影", "趙吳", "國中"])
def test_others_are_not_alike(pair: str) -> None:
    assert alike(pair[0], pair[1]) < 0.96


def test_forms_of_one_character_are_the_same() -> None:
    assert alike("國", "国") == 1.0
    assert "复" in dict(near("夏"))


# --- applied: two signals, one of them another entry or the text ------------------------------


def test_two_citations_mend_a_family_name() -> None:
    cited = "凌勝利·雒景瑜 2001; 凌勝利·雒景瑜 2001, 5"
    (one,) = changes(article("a2001", "凌勝利 and 維景瑜", cited))
    assert (one.after, one.tier, one.rule) == ("凌勝利 and 雒景瑜", Tier.APPLIED, "name.in-text")
    assert any("2001, 5" in fact for fact in one.evidence)


def test_one_citation_alone_proposes() -> None:
    (one,) = changes(article("a2001", "凌勝利 and 維景瑜", "凌勝利·雒景瑜 2001"))
    assert one.tier is Tier.PROPOSED


def test_a_citation_and_what_the_edition_knows() -> None:
    text = article("a2001", "凌勝利 and 維景瑜", "凌勝利·雒景瑜 2001")
    (one,) = changes(text, Context(names=("雒景瑜",)))
    assert one.tier is Tier.APPLIED


def test_a_wrong_form_that_stands_elsewhere_is_not_wrong_enough() -> None:
    text = article("a2001", "維景瑜 and 凌勝利", "雒景瑜·凌勝利 2001; 雒景瑜·凌勝利 2001, 5")
    text += article("b2002", "維景瑜", year="2002")
    assert {one.tier for one in changes(text)} == {Tier.PROPOSED}


def test_two_misreadings_of_one_letter_give_the_third() -> None:
    """Neither the list nor the text has the right name; both letters are most like it."""
    text = article("halley2001", "Edmond Hallej", "Hallev 2001, 4")
    (one,) = [c for c in changes(text) if c.tier is Tier.APPLIED]
    assert one.after == "Edmond Halley"
    assert any("most like both" in fact for fact in one.evidence)


def test_without_a_key_the_third_letter_is_proposed() -> None:
    text = article("x1", "Edmond Hallej", "Hallev 2001, 4")
    (one,) = changes(text)
    assert (one.tier, one.after) == (Tier.PROPOSED, "Edmond Halley")


@pytest.mark.parametrize("name", ["Greory Marsh", "Joeri Marsh", "Martien Marsh", "Giulio Marsh"])
def test_a_list_of_given_names_alone_finds_no_fault(name: str) -> None:
    assert changes(article("x1", name)) == []


def test_the_whole_name_at_once_where_the_edition_knows_it() -> None:
    text = article("halley2001", "Edmnd Hallej", "Hallev 2001, 4")
    (one,) = changes(text, Context(names=("Edmund Halley",)))
    assert (one.tier, one.after) == (Tier.APPLIED, "Edmund Halley")


def test_the_form_of_the_field_is_kept() -> None:
    text = article("lindqvist2001", "Lindqist, Per", "Lindqvist 2001, 4; Lindqvist 2001, 6")
    (one,) = changes(text)
    assert one.after == "Lindqvist, Per"


def test_citations_from_the_text_count_like_those_kept_in_the_entry() -> None:
    cited = tuple(
        InText(names=("凌勝利", "雒景瑜"), year="2001", locator=at, span=None) for at in ("4", "5")
    )
    (one,) = changes(article("a2001", "凌勝利 and 維景瑜"), Context(citations=cited))
    assert one.tier is Tier.APPLIED


# --- always the editor's -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "cited"),
    [
        ("黃宁 and 章添香", "黃宇·章添香 2001; 黃宇·章添香 2001, 8"),  # two characters
        ("凌勝利 and 陳景喻", "凌勝利·陳景瑜 2001; 凌勝利·陳景瑜 2001, 5"),  # given name
        ("Paul Samuelson", "Paul A. Samuelson 2001; Paul A. Samuelson 2001, 3"),  # initials
    ],
)
def test_proposed_only(author: str, cited: str) -> None:
    (one,) = changes(article("k", author, cited))
    assert one.tier is Tier.PROPOSED


def test_what_the_edition_knows_leads_the_proposal() -> None:
    text = article("k", "黃宁 and 章添香", "黃宇·章添香 2001, 8")
    (one,) = changes(text, Context(names=("黃寧",)))
    assert (one.after, one.alternatives) == ("黃寧 and 章添香", ("黃宇 and 章添香",))


def test_people_with_similar_names_are_left_alone() -> None:
    text = "".join(
        article(f"k{at}", name)
        for at, name in enumerate(
            ("Jon Anderson", "Jon Andersen", "K. Hansen", "K. Hanson", "王偉明", "王偉朋", "李季")
        )
    )
    assert changes(text, Context(names=("Jon Andersson", "王偉明"))) == []


def test_names_that_agree_are_left_alone() -> None:
    assert changes(article("k", "凌勝利 and 雒景瑜", "凌勝利·雒景瑜 2001")) == []
    assert changes(article("k", "Ji-Young Lee and Keren Zhu", "Lee·Zhu 2001")) == []


# --- bodies ------------------------------------------------------------------------------------


def online(key: str, body: str, url: str) -> str:
    day = f"2024-01-0{len(key)}"
    return f"@online{{{key}, author={{{{{body}}}}}, url={{{url}}}, urldate={{{day}}}}}\n"


def bodies(text: str, names: Sequence[str] = ()) -> list[Change]:
    return list(repair_bodies(library(text), Context(names=tuple(names))))


def test_a_host_in_pinyin_shows_a_misread_character() -> None:
    text = online("a", "夏旦發展研究院", "https://fdi.fudan.edu.cn/0a/page.htm")
    text += online("bb", "復旦發展研究院", "https://fddi.fudan.edu.cn/1b/page.htm")
    (one,) = bodies(text)
    assert (one.entry, one.after, one.tier) == ("a", "{復旦發展研究院}", Tier.APPLIED)


def test_a_body_that_cannot_be_read_off_its_host_is_asked_about() -> None:
    (one,) = bodies(online("a", "Council on Foreign Relations", "https://www.rev.com/t/interview"))
    assert (one.rule, one.tier) == ("body.host", Tier.PROPOSED)


@pytest.mark.parametrize(
    ("body", "host"),
    [
        ("Center for Strategic and International Studies", "www.csis.org"),
        ("Semiconductor Engineering", "semiengineering.com"),
        ("CNBC", "www.cnbc.com"),
        ("Associated Press News", "apnews.com"),
        ("The White House", "trumpwhitehouse.archives.gov"),
        ("Science and Technology Daily", "www.stdaily.com"),
        ("The Nation", "www.thenation.com"),
        ("Investor's Business Daily", "www.investors.com"),
        ("NASA", "www.nasa.gov"),
        ("21st Century China Center", "china.ucsd.edu"),
        ("中美聚焦", "cn.chinausfocus.com"),
        ("Semiconductors in America Coalition", "www.chipsinamerica.org"),
    ],
)
def test_bodies_that_fit_their_hosts_are_left_alone(body: str, host: str) -> None:
    assert bodies(online("a", body, f"https://{host}/page/1.html")) == []


@pytest.mark.parametrize(
    ("host", "body"),
    [
        ("uscc", "U.S.–China Economic and Security Review Commission"),
        ("aaas", "American Association for the Advancement of Science"),
    ],
)
def test_a_body_the_edition_knows_by_its_initials_is_proposed(host: str, body: str) -> None:
    (one,) = bodies(online("a", "Harbour Board", f"https://www.{host}.org/a"), [body])
    assert (one.after, one.tier) == ("{" + body + "}", Tier.PROPOSED)


def test_a_family_name_alone_is_written_out_where_the_edition_knows_one_person() -> None:
    text = article("k", "羅德里克", "")
    found = repair(library(text), Context(names=("丹尼·羅德里克", "Dani Rodrik"))).value.changes
    (one,) = [one for one in found if one.field == "author"]
    assert (one.after, one.rule, one.tier) == ("丹尼·羅德里克", "name.fuller", Tier.PROPOSED)
    two = Context(names=("丹尼·羅德里克", "保羅·羅德里克"))
    assert not [one for one in repair(library(text), two).value.changes if one.field == "author"]


# --- splitting ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("王小明、李四", ["王小明", "李四"]),
        ("杨, 育伟", ["杨, 育伟"]),
        ("黃宁·章添香", ["黃宁", "章添香"]),
        ("{Barnes and Noble}", ["{Barnes and Noble}"]),
        ("A. Blum, M. Furst, and R. Lipton", ["A. Blum", "M. Furst", "R. Lipton"]),
        ("Blum, A. and others", ["Blum, A."]),
        ("达尼·罗德里克", ["达尼·罗德里克"]),
        ("", []),
    ],
)
def test_splitting(value: str, names: list[str]) -> None:
    assert list(people.split(value)) == names


def test_compound_family_names() -> None:
    one = people.person("欧阳 康")
    assert (one.family, one.given) == ("欧阳", "康")


def test_citations_kept_in_an_entry() -> None:
    (entry,) = library(article("k", "侯冠華", "侯冠華 2024, 118; Hart·Kim 2002a, 1-12; nonsense"))
    assert [(one.names, one.year, one.locator) for one in citedas(entry)] == [
        (("侯冠華",), "2024", "118"),
        (("Hart", "Kim"), "2002a", "1-12"),
    ]
    assert set(gather(Library(entries=(entry,)), Context())) == {"k"}


# --- at large ----------------------------------------------------------------------------------


def test_corrupted_names_are_found_and_clean_ones_left_alone() -> None:
    samples = entries(clean(320, seed=11), seed=5, share=0.5)
    outcome = repair(Library(entries=tuple(one.entry for one in samples)), Context())
    first: dict[str, Change] = {}
    for change in outcome.value.changes:
        if change.field == "author":
            first.setdefault(change.entry, change)
    wrong = [one for one in samples if one.wrong != one.right]
    right = [one for one in samples if one.wrong == one.right]
    mended = sum(
        1 for one in wrong if one.entry.key in first and first[one.entry.key].after == one.right
    )
    harmful = [
        one for one in right if one.entry.key in first and first[one.entry.key].tier is Tier.APPLIED
    ]
    assert len(wrong) >= 150
    assert mended >= 0.9 * len(wrong)
    assert not harmful
    applied = [
        one for one in wrong if one.entry.key in first and first[one.entry.key].tier is Tier.APPLIED
    ]
    assert all(first[one.entry.key].after == one.right for one in applied)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("馬克·吐溫", ["馬克·吐溫"]),
        ("马克·吐温", ["马克·吐温"]),
        ("约翰·梅纳德·凯恩斯", ["约翰·梅纳德·凯恩斯"]),
        ("安·蘭德", ["安·蘭德"]),
        ("達尼·羅德里克", ["達尼·羅德里克"]),
        ("黃宁·章添香", ["黃宁", "章添香"]),
        ("白雲溪·莫非", ["白雲溪", "莫非"]),
        ("歐陽雪·上官白", ["歐陽雪", "上官白"]),
        ("陳小月·維白石", ["陳小月", "維白石"]),  # a family name misprinted
        ("馬丁·路德", ["馬丁·路德"]),
        ("陳小月·林白石·吳一舟", ["陳小月", "林白石", "吳一舟"]),
    ],
)
def test_a_dot_parts_chinese_names_and_joins_foreign_ones(value: str, names: list[str]) -> None:
    assert list(people.split(value)) == names
    assert cited_names(value) == names


@pytest.mark.parametrize("sign", ["園", "a", "a "])
def test_keys_of_a_long_name_are_no_longer_than_a_few_names(sign: str) -> None:
    name = sign * 10_000
    assert sum(map(len, bucket(name))) <= 4 * len(name)
    assert set(bucket("王石園")) & set(bucket("王右園"))
