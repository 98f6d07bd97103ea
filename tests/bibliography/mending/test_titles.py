"""Titles: misprints, scripts, punctuation, look-alikes, venues. Right titles stay untouched."""

from __future__ import annotations

import pytest

from edition.bibliography.mending.titles import protected, repair_titles
from edition.bibliography.reading.parse import read
from edition.bibliography.types import Change, Context, Library, Tier
from edition.bibliography.values import words
from edition.source import SourceFile


def library(*titles: str, field: str = "title") -> Library:
    text = "".join(
        f"@article{{k{at}, author={{A. Sand}}, {field}={{{title}}}}}\n"
        for at, title in enumerate(titles)
    )
    return read(SourceFile("bib/references.bib", text)).value


def changes(
    *titles: str,
    context: Context | None = None,
    confused: tuple[tuple[str, str], ...] = (),
    field: str = "title",
) -> list[Change]:
    return list(repair_titles(library(*titles, field=field), context or Context(), confused))


@pytest.mark.parametrize(
    ("title", "after"),
    [
        ("Magaregionalism and trade", "Megaregionalism and trade"),
        ("Where Richardo and Mill agree", "Where Ricardo and Mill agree"),
        ("The infleunce of tides", "The influence of tides"),
        ("Regional goverment of rivers", "Regional government of rivers"),
    ],
)
def test_a_misprint_is_proposed_with_the_right_word_first(title: str, after: str) -> None:
    (one,) = changes(title)
    assert (one.tier, one.after, one.rule) == (Tier.PROPOSED, after, "title.word")


@pytest.mark.parametrize(
    "title",
    [
        "Explaining the Resurgence of U.S. Competitiveness: The Rise of Wintelism",
        "Decoupling from China: how U.S. Asian allies responded to the Huawei ban",
        "Modernising colour and neighbourhoods: an organisation's behaviour",
        r"{\"U}ber die Gr{\"o}{\ss}e von H{\"a}fen",
        "Technonationalism, geoeconomics and friendshoring",
    ],
)
def test_good_titles_are_left_alone(title: str) -> None:
    assert changes(title) == []


def test_a_word_that_stands_twice_is_a_word() -> None:
    assert changes("On govermentality", "More on govermentality") == []


def test_derived_words_are_known() -> None:
    assert words.known("megaregionalism")
    assert not words.known("magaregionalism")
    assert words.corrections("magaregionalism") == ("megaregionalism",)


# --- scripts ---------------------------------------------------------------------------------


def test_a_character_of_both_scripts_is_proposed() -> None:
    (one,) = changes("走向後工業時代的經濟", "打造后全球化時代的開放經濟")
    assert (one.entry, one.after, one.tier) == ("k1", "打造後全球化時代的開放經濟", Tier.PROPOSED)


def test_a_character_of_the_other_script_only_is_changed() -> None:
    (one,) = changes("國際關係與歷史經濟", "國际技術標準競爭")
    assert (one.after, one.tier, one.rule) == ("國際技術標準競爭", Tier.APPLIED, "script.mixed")


def test_a_simplified_list_stays_simplified() -> None:
    assert changes("国际关系与历史经济", "国际技术标准竞争") == []


@pytest.mark.parametrize(
    "title",
    [
        "皇后與太后：後宮制度的變遷",
        "征服與徵稅的歷史",
        "萬里長城裡的故事",
        "余英時與餘論",
        "台灣經濟與臺灣文學",
    ],
)
def test_right_characters_of_both_scripts_stay(title: str) -> None:
    assert [one for one in changes("國際關係與歷史經濟", title) if one.tier is Tier.APPLIED] == []


# --- look-alikes -----------------------------------------------------------------------------


def test_a_confusion_seen_elsewhere_mends_a_title() -> None:
    (one,) = changes("盟伴體系、夏合陣營", confused=(("夏", "复"),))
    assert (one.after, one.tier, one.rule) == ("盟伴體系、複合陣營", Tier.PROPOSED, "title.shape")


def test_the_words_of_the_document_mend_a_title() -> None:
    context = Context(texts=("複合盟伴與複合陣營，都是複合的。",))
    (one,) = changes("盟伴體系、夏合陣營", context=context)
    assert one.after == "盟伴體系、複合陣營"


def test_without_evidence_of_the_document_nothing_is_said() -> None:
    assert changes("盟伴體系、夏合陣營") == []


def test_right_words_are_not_taken_for_confused_ones() -> None:
    assert changes("夏天的華夏文明", confused=(("夏", "复"),)) == []


# --- punctuation -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "after", "tier"),
    [
        ("標準競爭:動因,舉措", "標準競爭：動因，舉措", Tier.APPLIED),
        ("時代--開放", "時代——開放", Tier.APPLIED),
        ('論"小院"之高牆', "論“小院”之高牆", Tier.PROPOSED),
    ],
)
def test_chinese_punctuation(title: str, after: str, tier: Tier) -> None:
    (one,) = changes(title)
    assert (one.after, one.tier) == (after, tier)


@pytest.mark.parametrize("title", ["從1.0到2.0：變化", "5G:標準", "A–B：比較", "Web 2.0, 在中國"])
def test_figures_keep_their_punctuation(title: str) -> None:
    assert changes(title) == []


def test_acronyms_are_asked_about() -> None:
    (one,) = protected(library("Rivers of the U.S. and NATO policy").entries)
    assert one.after == "Rivers of the {U.S.} and {NATO} policy"
    assert list(protected(library("Rivers of the {U.S.}").entries)) == []


# --- venues ----------------------------------------------------------------------------------


def test_one_journal_under_two_names() -> None:
    found = changes("Quay Studies", "Quay Studies", "Quay  studies", field="journal")
    assert [(one.entry, one.after, one.tier) for one in found] == [
        ("k2", "Quay Studies", Tier.APPLIED)
    ]


def test_a_misprinted_journal_is_proposed() -> None:
    found = changes(
        *["Journal of Harbour Studies"] * 3, "Journal of Harbuor Studies", field="journal"
    )
    assert [(one.entry, one.tier) for one in found] == [("k3", Tier.PROPOSED)]


def test_numbered_series_are_different_journals() -> None:
    assert (
        changes(*["Reports of the Harbour 1"] * 3, "Reports of the Harbour 2", field="journal")
        == []
    )
