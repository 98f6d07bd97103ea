"""Fields: dates, addresses, pages, identifiers; and what is found but can't be mended."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.bibliography.mending import findings
from edition.bibliography.reading.parse import read
from edition.bibliography.repair import repair
from edition.bibliography.types import BibliographyDecision, Change, Context, InText, Library, Tier
from edition.bibliography.values import dates
from edition.source import SourceFile


def library(text: str) -> Library:
    return read(SourceFile("bib/references.bib", text)).value


def changes(
    text: str, field: str, context: Context | None = None, *, house: bool = False
) -> list[Change]:
    outcome = repair(library(text), context or Context(house=house))
    return [one for one in outcome.value.changes if one.field == field]


def codes(text: str, context: Context | None = None) -> list[str]:
    outcome = repair(library(text), context or Context())
    return [one.code.id for one in outcome.diagnostics]


ARTICLE = "@article{{k, author={{A. Sand}}, title={{On quays}}, journal={{Quay}}, year=2004, {}}}"


# --- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024年8月13日", "2024-08-13"),
        ("2025년1월3일", "2025-01-03"),
        ("2025年 1月 3日訪問", "2025-01-03"),
        ("13 August 2024", "2024-08-13"),
        ("Aug. 13, 2024", "2024-08-13"),
        ("2024.8.13", "2024-08-13"),
        ("2024/08/13", "2024-08-13"),
        ("２０２４年８月１３日", "2024-08-13"),
        ("2nd May 2024", "2024-05-02"),
        ("2024年2月30日", ""),
        ("13.8.24", ""),
        ("soon", ""),
        ("", ""),
        ("8月13日", ""),
    ],
)
def test_dates_in_three_languages(text: str, iso: str) -> None:
    assert dates.iso(text) == iso


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_day_survives_each_way_of_writing_it(day: datetime.date) -> None:
    for form in (
        "{0.year}年{0.month}月{0.day}日",
        "{0.year}년{0.month}월{0.day}일",
        "{0.year}-{0.month:02}-{0.day:02}",
        "{0:%B} {0.day}, {0.year:04}",
    ):
        assert dates.iso(form.format(day)) == day.isoformat()


@given(st.text())
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = dates.iso(text)
    assert not found or datetime.date.fromisoformat(found)


def test_the_day_of_a_visit_is_written_in_iso() -> None:
    text = "@online{k, author={{Quay}}, url={https://quay.example/a}, urldate={2025년1월3일}}"
    (one,) = changes(text, "urldate")
    assert (one.after, one.tier) == ("2025-01-03", Tier.APPLIED)


def test_iso_dates_stay() -> None:
    text = "@online{k, author={{Quay}}, url={https://quay.example/a}, urldate={2025-01-03}}"
    assert changes(text, "urldate") == []


def test_the_date_of_a_page_is_proposed_from_its_address() -> None:
    (one,) = changes(online("k", "https://q.example/2024/12/16/a.html"), "date")
    assert (one.after, one.rule, one.tier) == ("2024-12-16", "date.url", Tier.PROPOSED)
    for url, more in (
        ("https://q.example/wp-content/uploads/2022/11/a.pdf", ""),
        ("https://q.example/2024/12/16/a.html", ", year=2024"),
        ("https://q.example/a.html", ""),
    ):
        assert changes(online("k", url, more), "date") == []


def test_the_year_of_a_citation_is_proposed_where_the_list_has_another_or_none() -> None:
    (one,) = changes(online("k", "https://q.example/a", ", citedas={A. Sand 2024}"), "date")
    assert (one.after, one.rule, one.tier) == ("2024", "year.in-text", Tier.PROPOSED)
    (one,) = changes(ARTICLE.format("citedas={A. Sand 2014, 3}"), "year")
    assert (one.before, one.after, one.tier) == ("2004", "2014", Tier.PROPOSED)
    assert changes(ARTICLE.format("citedas={A. Sand 2004, 3}"), "year") == []
    assert changes(ARTICLE.format("citedas={A. Sand 2004; A. Sand 2005}"), "year") == []


# --- pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "locator", "after"),
    [("135-146", "135-156", "135-156"), ("114", "144", "144"), ("10--20", "30", "30")],
)
def test_pages_against_a_citation_are_proposed(pages: str, locator: str, after: str) -> None:
    text = ARTICLE.format(f"pages={{{pages}}}, citedas={{A. Sand 2004, {locator}}}")
    (one,) = changes(text, "pages")
    assert (one.after, one.tier, one.rule) == (after, Tier.PROPOSED, "pages.locator")
    assert locator in one.evidence[0]


@pytest.mark.parametrize(
    ("pages", "locator"),
    [("135-146", "140"), ("215-235", "215"), ("38-44", "38-44"), ("e12", "4"), ("118", "118")],
)
def test_pages_that_hold_the_citation_stay(pages: str, locator: str) -> None:
    text = ARTICLE.format(f"pages={{{pages}}}, citedas={{A. Sand 2004, {locator}}}")
    assert changes(text, "pages") == []


def test_a_citation_of_the_text_counts_too() -> None:
    cited = InText(names=(), year="", locator="300", span=None, key="k")
    (one,) = changes(ARTICLE.format("pages={1-20}"), "pages", Context(citations=(cited,)))
    assert one.after == "300"


def test_form_and_order_of_pages() -> None:
    for form in ("pp. 4-9", "第4-9頁", "4-9页"):
        assert changes(ARTICLE.format(f"pages={{{form}}}"), "pages") == []
        (one,) = changes(ARTICLE.format(f"pages={{{form}}}"), "pages", house=True)
        assert (one.after, one.tier) == ("4-9", Tier.APPLIED)
    (one,) = changes(ARTICLE.format("pages={90-82}"), "pages")
    assert (one.rule, one.tier) == ("pages.order", Tier.PROPOSED)


# --- addresses and identifiers ----------------------------------------------------------------


def online(key: str, url: str, more: str = "") -> str:
    return f"@online{{{key}, author={{{{Quay}}}}, title={{T {key}}}, url={{{url}}}{more}}}\n"


def test_the_form_of_an_address() -> None:
    text = online("k", "https://www.QUAY.example/Path?utm_source=x")
    assert changes(text, "url") == []
    (one,) = changes(text, "url", house=True)
    assert (one.after, one.tier) == ("https://www.quay.example/Path", Tier.APPLIED)


def test_a_letter_among_hexadecimal_figures() -> None:
    text = online("a", "https://q.example/fl/9b/c21/page.htm")
    text += online("b", "https://q.example/0a/ed/c22/page.htm")
    (one,) = changes(text, "url")
    assert (one.entry, one.after) == ("a", "https://q.example/f1/9b/c21/page.htm")
    assert one.tier is Tier.PROPOSED
    assert changes(online("a", "https://q.example/en/us/page.htm"), "url") == []


def test_hosts_one_letter_apart() -> None:
    text = online("a", "https://fdi.quay.example/a") + online("b", "https://fddi.quay.example/b")
    (one,) = changes(text, "url")
    assert (one.rule, one.after) == ("url.host", "https://fddi.quay.example/a")
    text = online("a", "https://ww1.quay.example/a") + online("b", "https://ww10.quay.example/b")
    assert changes(text, "url") == []


def test_the_reading_of_a_merged_entry_with_a_broken_word_is_told_as_misread() -> None:
    """Two entries have the word, a third has lost letters of it at a line end."""
    text = online("a", "https://q.example/news/board-should-adopt-presumption-standard")
    text += online("b", "https://q.example/news/board-should-adopt-presumption-standard")
    text += online("c", "https://q.example/news/board-should-adopt-pr-emption-standard")
    text = (
        text.replace("title={T a}, ", "").replace("title={T b}, ", "").replace("title={T c}, ", "")
    )
    word = BibliographyDecision(verdict="merge", entries=("a", "c"))
    found = [
        one for one in repair(library(text), Context(), [word]).value.changes if one.field == "url"
    ]
    (one,) = found
    assert (one.entry, one.rule, one.tier) == ("c", "url.conflict", Tier.APPLIED)
    assert "presumption" in one.after
    assert "emption" in one.evidence[0]


def test_the_worse_address_is_mended_where_it_is_kept() -> None:
    text = (
        "@online{a, author={{Quay}}, url={https://q.example/board-pr-emption-rule}, "
        "urldate={2024-01-02}}\n"
        "@online{b, author={{Quay}}, url={https://q.example/board-presumption-rule}}\n"
    )
    word = BibliographyDecision(verdict="merge", entries=("a", "b"))
    (one,) = [
        one for one in repair(library(text), Context(), [word]).value.changes if one.field == "url"
    ]
    assert (one.entry, one.tier) == ("a", Tier.PROPOSED)
    assert one.after.endswith("presumption-rule")


def test_a_doi_is_bare() -> None:
    (one,) = changes(ARTICLE.format("doi={https://doi.org/10.5555/x.1}"), "doi")
    assert one.after == "10.5555/x.1"


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("isbn", "978-0-306-40615-7", "978-0-306-40615-8"),
        ("isbn", "0-306-40615-2", "0-306-40615-3"),
        ("isbn", "0-8044-2957-X", "0-8044-2957-1"),
        ("issn", "0378-5955", "0378-5954"),
        ("issn", "2434-561X", "2434-5610"),
    ],
)
def test_check_digits(field: str, good: str, bad: str) -> None:
    assert "REP008" not in codes(ARTICLE.format(f"{field}={{{good}}}"))
    assert "REP008" in codes(ARTICLE.format(f"{field}={{{bad}}}"))


# --- findings ---------------------------------------------------------------------------------


def test_missing_fields_by_type() -> None:
    assert "REP005" in codes("@article{k, author={A. Sand}, title={On quays}, year=2004}")
    assert "REP005" not in codes(ARTICLE.format("pages={1-9}"))
    assert "REP005" in codes(online("k", "https://q.example/a", ", urldate={2024-01-02}"))
    assert "REP005" not in codes(
        "@incollection{k, author={A}, title={B}, crossref={c}}\n"
        "@book{c, editor={E}, title={F}, publisher={P}, year=2001}"
    )


def test_keys_of_the_text() -> None:
    text = ARTICLE.format("pages={1-9}")
    assert {"REP006", "REP007"} <= set(codes(text, Context(cited=frozenset({"other"}))))
    assert not {"REP006", "REP007"} & set(codes(text, Context(cited=frozenset({"k"}))))
    assert not {"REP006", "REP007"} & set(codes(text))


@pytest.mark.parametrize(
    "more", [", urldate={2024-01-02}, date={2024-05-01}", ", urldate={yesterday}"]
)
def test_dates_that_contradict(more: str) -> None:
    assert "REP009" in codes(online("k", "https://q.example/a", more))


def test_a_visit_before_the_date_in_the_address() -> None:
    text = online("k", "https://q.example/2024/12/16/a.html", ", urldate={2024-12-15}")
    assert "REP009" in codes(text)
    assert "REP009" not in codes(text.replace("12-15", "12-19"))


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2024/12/16/x.html", "2024-12-16"),
        ("https://a.example/n/20160425/t20160425_52.shtml", "2016-04-25"),
        ("https://a.example/world/article/2024/may/05/x", "2024-05-05"),
        ("https://a.example/live/vote-10-16-2024/card", "2024-10-16"),
        ("https://a.example/live/vote-05-06-2024/card", ""),
        ("https://a.example/research/2022/04/x", "2022-04"),
        ("https://a.example/x", ""),
    ],
)
def test_dates_of_addresses(url: str, day: str) -> None:
    assert dates.of_url(url) == day


def test_one_page_for_the_extent() -> None:
    assert "REP010" in codes(ARTICLE.format("pages={118}"))
    assert "REP010" not in codes(ARTICLE.format("pages={118-130}"))


@pytest.mark.parametrize(
    ("pages", "more", "told"),
    [
        ("79-80", "", True),
        ("79-85", "", False),
        ("4-7", "", False),
        ("4-7", ", citedas={高柏 2020, 4-7}", True),
        ("40-58", ", citedas={高柏 2020, 40-58}", False),
    ],
)
def test_few_pages_are_perhaps_those_cited(pages: str, more: str, told: bool) -> None:
    text = (
        f"@article{{k, author={{高柏}}, title={{論}}, journal={{文化刊}}, year=2020, "
        f"pages={{{pages}}}{more}}}"
    )
    assert ("REP010" in codes(text)) is told


def test_a_book_without_a_place_in_a_list_that_gives_it() -> None:
    book = "@book{{{0}, author={{A. Sand}}, title={{T {0}}}, publisher={{P}}, year=2001{1}}}\n"
    text = book.format("a", ", location={L}") + book.format("b", "")
    assert codes(text).count("REP005") == 1
    assert "REP005" not in codes(book.format("a", "") + book.format("b", ""))


def test_a_title_in_another_style_of_capitals() -> None:
    title = "@book{{k{0}, author={{A. Sand}}, title={{{1}}}, publisher={{P}}, year=200{0}}}\n"
    high = [
        "Rivers Weirs Quays Locks",
        "Small Canals Under Winter",
        "Market Towns Beside Water",
        "Measuring Floods Under Bridges",
    ]
    text = "".join(title.format(at, one) for at, one in enumerate(high))
    assert "REP018" not in codes(text)
    assert (
        codes(text + title.format(9, "Decoupling of rivers that answered floods")).count("REP018")
        == 1
    )


def test_a_university_journal_without_its_series() -> None:
    text = "@article{k, author={高柏}, title={論}, journal={東嶺大學學報}, year=2020, number=2}"
    assert "REP017" in codes(text)
    assert "REP017" not in codes(text.replace("學報", "學報（哲學社會科學版）"))


def test_a_citation_that_leaves_out_an_author() -> None:
    text = (
        "@article{k, author={王曉文 and 馬夢娟}, title={論}, journal={刊}, year=2022, "
        "citedas={王曉文 2022, 8}}"
    )
    assert "REP011" in codes(text)
    assert "REP011" not in codes(text.replace("王曉文 2022", "王曉文·馬夢娟 2022"))


def test_an_issue_that_no_year_has() -> None:
    text = "@article{k, author={高柏}, title={論}, journal={文化刊}, year=2020, number=26}"
    assert "REP012" in codes(text)
    assert "REP012" not in codes(text.replace("26", "6"))


def test_an_entry_out_of_order() -> None:
    text = "".join(
        f"@book{{k{at}, author={{A. {name}}}, title={{T{at}}}, publisher={{P}}, year=2001}}\n"
        for at, name in enumerate(
            ("Adler", "Berg", "Colt", "Dorn", "Berger", "Falk", "Gold", "Holt")
        )
    )
    assert codes(text).count("REP013") == 1


def test_check_digits_are_those_of_the_standards() -> None:
    assert findings.isbn_valid("9780306406157")
    assert not findings.isbn_valid("9790306406157")
    assert findings.issn_valid("2049-3630")
