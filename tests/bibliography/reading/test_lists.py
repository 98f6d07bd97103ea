"""A pasted list of references → entries: formats, what a page broke, what is set aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.bibliography import service
from edition.bibliography.reading import parse
from edition.bibliography.reading.lists import eastern_rest, listed
from edition.bibliography.reading.lists.reading import read_items, read_list
from edition.bibliography.types import Library
from edition.diagnostics import Outcome
from edition.source import SourceFile


def lists(text: str) -> Outcome[Library]:
    return read_list(SourceFile("list.txt", text))


def fields(text: str) -> list[dict[str, str]]:
    return [
        {one.name: one.value for one in entry.fields if one.name != "foundin"}
        | {"type": entry.type}
        for entry in lists(text).value.entries
    ]


def codes(text: str) -> list[str]:
    return [one.code.id for one in lists(text).diagnostics]


# --- formats -----------------------------------------------------------------------------------

FORMATS = [
    # GB/T 7714
    (
        "[1] 白雲溪, 林若水. 潮汐閘門的制度起源[J]. 水利史刊, 2018, 9(2): 5-17.",
        {
            "type": "article",
            "author": "白雲溪 and 林若水",
            "title": "潮汐閘門的制度起源",
            "journal": "水利史刊",
            "year": "2018",
            "volume": "9",
            "number": "2",
            "pages": "5-17",
        },
    ),
    (
        "白雲溪，林若水．潮汐閘門的制度起源［J］．水利史刊，2018（2）：5-17．",
        {
            "type": "article",
            "author": "白雲溪 and 林若水",
            "title": "潮汐閘門的制度起源",
            "journal": "水利史刊",
            "year": "2018",
            "number": "2",
            "pages": "5-17",
        },
    ),
    (
        "[2] 金斯利. 河流測量[M]. 廖二, 譯. 東嶺: 東嶺書局, 2011: 167.",
        {
            "type": "book",
            "author": "金斯利",
            "title": "河流測量",
            "translator": "廖二",
            "location": "東嶺",
            "publisher": "東嶺書局",
            "year": "2011",
            "pages": "167",
        },
    ),
    (
        "[3] 李園. 閘門研究[D]. 東嶺: 東嶺大學, 2021.",
        {
            "type": "thesis",
            "author": "李園",
            "title": "閘門研究",
            "location": "東嶺",
            "institution": "東嶺大學",
            "year": "2021",
        },
    ),
    (
        "[4] SAND I, AALTO M. Gauge networks in U.S. rivers: a view[J]. River Economics, 2020, "
        "9(2): 38-44. DOI: 10.5555/re.1.",
        {
            "type": "article",
            "author": "SAND, I and AALTO, M",
            "title": "Gauge networks in U.S. rivers: a view",
            "journal": "River Economics",
            "year": "2020",
            "volume": "9",
            "number": "2",
            "pages": "38-44",
            "doi": "10.5555/re.1",
        },
    ),
    (
        "[5] SAND I. Weirs[M]//REED T. Rivers 2.0: trade and tide. London: Quay Press, 2018: "
        "215-235.",
        {
            "type": "incollection",
            "author": "SAND, I",
            "title": "Weirs",
            "editor": "REED, T",
            "booktitle": "Rivers 2.0: trade and tide",
            "location": "London",
            "publisher": "Quay Press",
            "year": "2018",
            "pages": "215-235",
        },
    ),
    (
        "[6] SAND I. Weirs[C]//Proceedings of the River Congress. London: Quay Press, 2018: 1-5.",
        {
            "type": "inproceedings",
            "author": "SAND, I",
            "title": "Weirs",
            "booktitle": "Proceedings of the River Congress",
            "location": "London",
            "publisher": "Quay Press",
            "year": "2018",
            "pages": "1-5",
        },
    ),
    (
        "[7] 港務局. 碼頭消息[EB/OL]. (2016-04-25)[2023-04-25]. https://quay.example/n/2016.shtml.",
        {
            "type": "online",
            "author": "港務局",
            "title": "碼頭消息",
            "date": "2016-04-25",
            "urldate": "2023-04-25",
            "url": "https://quay.example/n/2016.shtml",
        },
    ),
    (
        "[8] 港訊社. 某報道[N]. 港報, 2020-03-05(3).",
        {
            "type": "article",
            "author": "港訊社",
            "title": "某報道",
            "journal": "港報",
            "pages": "3",
            "date": "2020-03-05",
        },
    ),
    # journals of Korea and China
    (
        "白雲溪·莫非 (2018) “潮汐“閘門”的起源” 水利史刊. No.2,p.5.",
        {
            "type": "article",
            "author": "白雲溪 and 莫非",
            "title": "潮汐“閘門”的起源",
            "journal": "水利史刊",
            "year": "2018",
            "number": "2",
            "pages": "5",
        },
    ),
    (
        'Ann Sand,(2018)"On Weirs." Tom Reed, (ed.). *Rivers 2.0: Trade and Tide*. Quay Press, '
        "pp.215-235.",
        {
            "type": "incollection",
            "author": "Ann Sand",
            "year": "2018",
            "title": "On Weirs",
            "editor": "Tom Reed",
            "booktitle": "Rivers 2.0: Trade and Tide",
            "publisher": "Quay Press",
            "pages": "215-235",
        },
    ),
    (
        "Harbour Board, 2021-10-13, <https://quay.example/toward-t12>. (2024年12月30日訪問)",
        {
            "type": "online",
            "organization": "Harbour Board",
            "date": "2021-10-13",
            "url": "https://quay.example/toward-t12",
            "urldate": "2024-12-30",
        },
    ),
    (
        "Harbour Board, https://quay.example/a/b_1.html. (2025년2월1일訪問)",
        {
            "type": "online",
            "organization": "Harbour Board",
            "url": "https://quay.example/a/b_1.html",
            "urldate": "2025-02-01",
        },
    ),
    # Chicago, author-date
    (
        "Lee, Ann-Young, Bo Han, and Cara Zhu. 2022. “Gauges: How U.S. Rivers Rise.” River "
        "Economics 76 (5): 486–506. https://doi.org/10.5555/x.1.",
        {
            "type": "article",
            "author": "Lee, Ann-Young and Bo Han and Cara Zhu",
            "year": "2022",
            "title": "Gauges: How U.S. Rivers Rise",
            "journal": "River Economics",
            "volume": "76",
            "number": "5",
            "pages": "486–506",
            "doi": "10.5555/x.1",
        },
    ),
    (
        "Sand, Ira A. 2018. “On Weirs.” In *Rivers 2.0*, edited by Tom Reed, 215–35. London: Quay "
        "Press.",
        {
            "type": "incollection",
            "author": "Sand, Ira A.",
            "year": "2018",
            "title": "On Weirs",
            "booktitle": "Rivers 2.0",
            "editor": "Tom Reed",
            "pages": "215–35",
            "location": "London",
            "publisher": "Quay Press",
        },
    ),
    (
        "Sand, Ira. 2011. *The River Paradox: A View*. Translated by Bo Han. New York: W. W. Quay.",
        {
            "type": "book",
            "author": "Sand, Ira",
            "year": "2011",
            "title": "The River Paradox: A View",
            "translator": "Bo Han",
            "location": "New York",
            "publisher": "W. W. Quay",
        },
    ),
    (
        "Sand, Ira. 2024. “The Future of Weirs.” Harbour Board, November 14, 2024. "
        "https://quay.example/weirs. Accessed December 12, 2024.",
        {
            "type": "online",
            "author": "Sand, Ira",
            "title": "The Future of Weirs",
            "organization": "Harbour Board",
            "date": "2024-11-14",
            "urldate": "2024-12-12",
            "url": "https://quay.example/weirs",
        },
    ),
    (
        "白雲溪 (2021) 「閘門戰」 《問題與河流》. Vol.60, No.2, pp.1-30.",
        {
            "type": "article",
            "author": "白雲溪",
            "year": "2021",
            "title": "閘門戰",
            "journal": "問題與河流",
            "volume": "60",
            "number": "2",
            "pages": "1-30",
        },
    ),
    # Chicago, notes
    (
        "1. Ira Sand, The River Paradox (New York: W. W. Quay, 2011), 167.\n"
        "2. Bo Han, Weirs (London: Quay, 2012).",
        {
            "type": "book",
            "author": "Ira Sand",
            "title": "The River Paradox",
            "location": "New York",
            "publisher": "W. W. Quay",
            "year": "2011",
            "pages": "167",
        },
    ),
    (
        "Ira Sand and Bo Han, “Gauges,” *River Economics* 18, no. 1 (2002): 1–12.",
        {
            "type": "article",
            "author": "Ira Sand and Bo Han",
            "title": "Gauges",
            "journal": "River Economics",
            "volume": "18",
            "number": "1",
            "year": "2002",
            "pages": "1–12",
        },
    ),
    (
        "Ira Sand, “On Weirs,” in *Rivers 2.0*, ed. Tom Reed (London: Quay Press, 2018), 215–35.",
        {
            "type": "incollection",
            "author": "Ira Sand",
            "title": "On Weirs",
            "booktitle": "Rivers 2.0",
            "editor": "Tom Reed",
            "location": "London",
            "publisher": "Quay Press",
            "year": "2018",
            "pages": "215–35",
        },
    ),
    (
        "“River Policy,” The Quay, accessed January 23, 2025, https://quay.example/policy/.",
        {
            "type": "online",
            "title": "River Policy",
            "organization": "The Quay",
            "urldate": "2025-01-23",
            "url": "https://quay.example/policy/",
        },
    ),
]


@pytest.mark.parametrize(("text", "wanted"), FORMATS, ids=[one[0][:40] for one in FORMATS])
def test_formats(text: str, wanted: dict[str, str]) -> None:
    assert fields(text)[0] == wanted
    assert "IMP050" not in codes(text)
    assert "IMP054" not in codes(text)


def test_an_unnumbered_list_in_full_width_signs_is_as_many_references_as_lines() -> None:
    text = (
        "白雲溪，林若水．潮汐閘門的制度起源［J］．水利史刊，2018（2）：5-17．\n"
        "張石．河流的悖論［M］．東嶺：東嶺書局，2011．\n"
        "李園, 戢仕. 西方“閘門”的背景[J]. 河流刊, 2021(1): 47-54, 62.\n"
    )
    assert [one["title"] for one in fields(text)] == [
        "潮汐閘門的制度起源",
        "河流的悖論",
        "西方“閘門”的背景",
    ]


def test_styles_may_be_mixed_in_one_list() -> None:
    text = (
        "[1] 白雲溪. 潮汐閘門的制度起源[J]. 水利史刊, 2018(2): 5-17.\n"
        "甲石 (2018) “論閘” 河刊. No.2,p.5.\n"
        "The Quay, <https://quay.example/policy/river-\n"
        "works>. (2024年8月13日訪問)\n"
        "no reference at all\n"
        "[2] 張石. 河流的悖論[M]. 東嶺: 東嶺書局, 2011.\n"
    )
    made = fields(text)
    assert [one.get("title") or one["url"] for one in made] == [
        "潮汐閘門的制度起源",
        "論閘",
        "https://quay.example/policy/river-works",
        "河流的悖論",
    ]
    assert codes(text).count("IMP050") == 1


def test_a_numbered_reference_keeps_its_broken_lines() -> None:
    text = (
        "[1] 白雲溪. 潮汐閘門的制度起源. 論河流\n"
        "與閘門[J]. 水利史刊, 2018(2): 5-17.\n"
        "[2] Ira Sand. The River Paradox 2.\n"
        "A Study of Weirs[J]. River Economics, 2011(3): 1-9.\n"
    )
    assert [one["pages"] for one in fields(text)] == ["5-17", "1-9"]


# --- what the page broke -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (
            "- Quay, <https://quay.example/a-strategy-fr>\n\n- amework?lang=en.(2024年4月30日訪問)",
            "https://quay.example/a-strategy-framework?lang=en",
        ),
        (
            "- Quay, <https://quay.example/legacy-on-u->\n\n- s-china-tech/.(2024년12월30일訪問)",
            "https://quay.example/legacy-on-u-s-china-tech/",
        ),
        (
            "- Quay, <https://quay.example/update>\n(2025年5月2日訪問)",
            "https://quay.example/update",
        ),
        (
            "[1] 港務局. 消息[EB/OL]. (2016-04-25)[2023-04-25]. https://quay.example/t2016_\n52.html.",
            "https://quay.example/t2016_52.html",
        ),
    ],
)
def test_addresses_are_rejoined(text: str, url: str) -> None:
    (one,) = fields(text)
    assert one["url"] == url


def test_an_address_broken_at_a_hyphen_is_told() -> None:
    text = "- Quay, https://quay.example/a-b-\nc-d.html. (2024年1月1日訪問)"
    (one,) = fields(text)
    assert one["url"] == "https://quay.example/a-b-c-d.html"
    assert "IMP052" in codes(text)


def test_debris_of_pages_is_dropped_and_told() -> None:
    text = (
        "參考文獻\n\n- 甲石 (2018) “論閘” 河刊. No.2,p.5.\n| 23 |\n- 12 -\n"
        "- 乙石 (2019) “論水” 河刊. No.1,p.7.\n"
    )
    assert [one["title"] for one in fields(text)] == ["論閘", "論水"]
    assert codes(text).count("IMP051") == 2


# --- what cannot be read -----------------------------------------------------------------------


def test_what_cannot_be_read_is_an_error_at_its_line_and_stands_in_the_file(tmp_path: Path) -> None:
    source = tmp_path / "list.txt"
    source.write_text("1. 甲石 (2018) “論閘” 河刊. No.2,p.5.\n2. no reference at all\n", "utf-8")
    outcome = service.run_files((), tmp_path / "out", lists=(source,))
    (wrong,) = [one for one in outcome.diagnostics if one.code.id == "IMP050"]
    assert wrong.span is not None
    assert wrong.span.line == 2
    assert outcome.value is not None
    library = outcome.value.repair.library
    assert (library.found, len(library.entries), len(library.quarantined)) == (2, 1, 1)
    made = (tmp_path / "out" / "references.bib").read_text("utf-8")
    assert "% line 1: 甲石 (2018) “論閘” 河刊. No.2,p.5." in made
    assert "% line 2, not read: no reference at all" in made
    assert "no reference at all" in (tmp_path / "out" / "CHANGES.md").read_text("utf-8")


def test_words_that_go_into_no_field_are_told() -> None:
    text = "[1] 白雲溪. 潮汐閘門[J]. 水利史刊, 2018, 9(2): 5-17. 國家重點項目成果."
    assert "IMP054" in codes(text)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("gb18030", "GB18030"), ("big5", "Big5"), ("utf-16", "UTF-16"), ("utf-8-sig", "")],
)
def test_lists_in_other_encodings(tmp_path: Path, encoding: str, name: str) -> None:
    source = tmp_path / "list.txt"
    text = "白雲溪 (2018) “潮汐閘門的制度起源與發展” 水利史刊. No.2,p.5.\r\n"
    source.write_bytes(text.encode(encoding))
    outcome = service.run_files((), tmp_path / "out", lists=(source,))
    assert outcome.value is not None
    (entry,) = outcome.value.repair.library.entries
    assert entry.get("title") == "潮汐閘門的制度起源與發展"
    facts = " ".join(one.fact for one in outcome.diagnostics if one.code.id == "BIB002")
    assert name in facts


def test_an_empty_list_is_an_error() -> None:
    assert codes("\n\n12\n") == ["IMP051", "IMP053"]


LINES = st.sampled_from(
    [one[0] for one in FORMATS]
    + [
        "參考文獻",
        "- 12 -",
        "| 3 |",
        "",
        "- ",
        "[3]",
        "<https://a.example/x-",
        "s-y>. (2024年1月1日訪問)",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=120),
        st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=8).map("\n".join),
    )
)
def test_no_character_of_any_list_is_lost(text: str) -> None:
    """Each stands in an entry, in what is set aside, or in a line dropped and told."""
    source = SourceFile("any.txt", text.replace("\r", "\n"))
    outcome, dropped = read_items(source)
    library = outcome.value
    assert library.found == len(library.entries) + len(library.quarantined)
    spans = [one.span for one in (*library.entries, *library.quarantined, *dropped)]
    held = {at for span in spans if span for at in range(span.start, span.end)}
    left = "".join(c for at, c in enumerate(source.text) if at not in held)
    assert not any(char.isalpha() for char in left)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=8).map("\n".join))
def test_the_bibliography_of_any_list_reads_back(text: str) -> None:
    found = listed.read(SourceFile("any.txt", text)).value
    assert found.found == len(found.entries) + len(found.quarantined)
    assert found.source is not None
    again = parse.read(found.source).value
    assert [one.key for one in again.entries] == [one.key for one in found.entries]


JAPANESE = {
    "山川岸子「渡し場の社会史」『水辺史研究』12巻3号、2011年、3-21頁。": {
        "author": "山川岸子", "title": "渡し場の社会史", "journal": "水辺史研究", "volume": "12",
        "number": "3", "year": "2011", "pages": "3-21"},
    "山川岸子・海野渚「水門の記録」『水辺史研究』第12号、2013年": {
        "author": "山川岸子 and 海野渚", "title": "水門の記録", "number": "12", "year": "2013"},
    "海野渚「潮の技術」山川岸子編『水辺の技術史』岸辺書房、2013年、33-58頁。": {
        "author": "海野渚", "editor": "山川岸子", "booktitle": "水辺の技術史",
        "publisher": "岸辺書房", "pages": "33-58"},
    "山川岸子『渡し場の社会史』岸辺書房、2011年。": {
        "author": "山川岸子", "title": "渡し場の社会史", "publisher": "岸辺書房", "year": "2011"},
    "海野渚編『潮の本』（岸辺書房、1999年）": {
        "editor": "海野渚", "title": "潮の本", "publisher": "岸辺書房", "year": "1999"},
}  # fmt: skip


@pytest.mark.parametrize("text", JAPANESE)
def test_references_of_japan(text: str) -> None:
    (entry,) = read_list(SourceFile("a.txt", text)).value.entries
    assert {name: entry.get(name) for name in JAPANESE[text]} == JAPANESE[text]


def test_a_style_that_is_not_read_is_told_and_not_mangled() -> None:
    text = "Müller, Jörg: Fähren der Küste. In: Uferkunde 7 (2009), S. 5–30."
    outcome = read_list(SourceFile("a.txt", text))
    assert not [one for one in outcome.value.entries if "5–30" in one.get("publisher")]
    assert outcome.value.found == 1


def test_a_line_of_soft_hyphens_alone_is_joined() -> None:
    text = "\u00ad\n白雲溪，林若水．潮汐閘門的制度起源［J］．水利史刊，2018（2）：5-17．"
    (entry,) = read_list(SourceFile("soft.txt", text)).value.entries
    assert entry.get("author") == "白雲溪 and 林若水"


def test_fields_stand_in_the_order_of_the_reference() -> None:
    text = "參考文獻\n\n[1] 林望秋. 渡口與市集[J]. 江城史刊, 2014, 12(3): 45-58.\n"
    (entry,) = lists(text).value.entries
    own = [one.name for one in entry.fields if one.name != "foundin"]
    assert own == ["author", "title", "journal", "year", "volume", "number", "pages"]


def test_a_parenthesis_closes_where_its_own_does() -> None:
    assert eastern_rest.closings("（a(b)c）(d") == {0: 6, 2: 4}
    assert eastern_rest.closings(")(a）") == {1: 3}
