"""Lists of other programs: RIS, NBIB, CSL-JSON, EndNote XML."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.bibliography import service
from edition.bibliography.reading import foreign
from edition.bibliography.types import Library

RIS = """TY  - CHAP
A1  - Sand, Ira
AU  - 白雲溪
ED  - Moss, Eva
T1  - Gauges & tides
BT  - Rivers 2.0
PY  - 2018///
SP  - 215
EP  - 235
PB  - Quay Press
CY  - London
SN  - 978-3-16-148410-0
KW  - silt
KW  - mud
UR  - https://quay.example/a_b
N1  - a remark
C1  - odd
ER  -

TY  - JOUR
AU  - Moss, Eva
TI  - Mud
JO  - Quay Nature
PY  - 2020
DA  - 2020/03/04
VL  - 5
IS  - 1
SP  - e77
DO  - 10.5555/x
LA  - chi
ER  -
"""
NBIB = """PMID- 1234567
OWN - NLM
TI  - Fever at the quay: a long title
      that goes on.
FAU - Reed, Tom
AU  - Reed T
FAU - Moss, Eva A
CN  - Harbour Health Group
JT  - Harbour medical journal
DP  - 2003 Mar 12
VI  - 12
IP  - 4
PG  - 77-81
LID - 10.5555/fever [doi]
LA  - eng
PT  - Journal Article

PMID- 7654321
TI  - Mud.
AU  - Pier K
JT  - Silt
DP  - 2010 Spring
"""
CSL = """[{"id": "http://quay.example/items/1", "type": "article-journal",
"title": "Weirs & 50% of <i>mud</i>",
"author": [{"family": "Sand", "given": "Ira"}, {"literal": "Quay Institute"}],
"issued": {"date-parts": [[2011, 5]]}, "container-title": "Silt", "page": "1-9",
"language": "en-GB"}]"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records><record><rec-number>7</rec-number>
<ref-type name="Journal Article">17</ref-type><contributors><authors>
<author><style face="normal">Sand, Ira</style></author>
<author>Quay Institute,</author></authors></contributors>
<titles><title><style>Of </style><style face="italic">weirs</style></title>
<secondary-title>Silt</secondary-title></titles>
<pages>1-9</pages><volume>3</volume><number>2</number><dates><year>2011</year></dates>
<electronic-resource-num>10.5555/w</electronic-resource-num>
<language>eng</language></record></records></xml>"""


def load(tmp_path: Path, name: str, text: str) -> Library:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    done = foreign.load(path)
    assert not [one for one in done.diagnostics if one.code.id != "BIB002"], done.diagnostics
    return done.value


def fields(library: Library, at: int) -> dict[str, str]:
    entry = library.entries[at]
    return {"type": entry.type, "key": entry.key} | {one.name: one.value for one in entry.fields}


@pytest.mark.parametrize("name", ["a.ris", "a.txt"], ids=["suffix", "head"])
def test_ris(tmp_path: Path, name: str) -> None:
    made = load(tmp_path, name, RIS)
    assert fields(made, 0) == {
        "type": "incollection", "key": "sand2018", "author": "Sand, Ira and 白雲溪",
        "editor": "Moss, Eva", "title": r"Gauges \& tides", "booktitle": "Rivers 2.0",
        "year": "2018", "pages": "215-235", "publisher": "Quay Press", "location": "London",
        "isbn": "978-3-16-148410-0", "keywords": "silt, mud", "url": "https://quay.example/a_b",
        "note": "a remark; C1: odd",
    }  # fmt: skip
    assert fields(made, 1) == {
        "type": "article", "key": "moss2020", "author": "Moss, Eva", "title": "Mud",
        "journal": "Quay Nature", "date": "2020-03-04", "volume": "5", "number": "1",
        "pages": "e77", "doi": "10.5555/x", "langid": "chinese",
    }  # fmt: skip


def test_nbib(tmp_path: Path) -> None:
    made = load(tmp_path, "a.nbib", NBIB)
    assert fields(made, 0) == {
        "type": "article", "key": "pmid1234567",
        "author": "Reed, Tom and Moss, Eva A and {Harbour Health Group}", "pmid": "1234567",
        "title": "Fever at the quay: a long title that goes on",
        "journal": "Harbour medical journal", "date": "2003-03-12", "volume": "12",
        "number": "4", "pages": "77-81", "doi": "10.5555/fever", "langid": "english",
    }  # fmt: skip
    assert fields(made, 1)["author"] == "Pier, K"
    assert fields(made, 1)["year"] == "2010"


def test_csl_json(tmp_path: Path) -> None:
    assert fields(load(tmp_path, "a.json", CSL), 0) == {
        "type": "article", "key": "sand2011", "title": r"Weirs \& 50\% of \textit{mud}",
        "author": "Sand, Ira and {Quay Institute}", "date": "2011-05", "journal": "Silt",
        "pages": "1-9", "langid": "british",
    }  # fmt: skip


def test_endnote_xml(tmp_path: Path) -> None:
    assert fields(load(tmp_path, "a.xml", ENDNOTE), 0) == {
        "type": "article", "key": "sand2011", "author": "Sand, Ira and {Quay Institute}",
        "title": "Of weirs", "volume": "3", "number": "2", "pages": "1-9", "doi": "10.5555/w",
        "langid": "english", "journal": "Silt", "year": "2011",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.xml", "<xml><records/></xml>"), ("a.xml", "<xml"), ("a.json", "{"),
     ("a.json", '[{"author": 3}]'),
     ("a.xml", '<!DOCTYPE x [<!ENTITY a "b">]><xml><records><record/></records></xml>')],
)  # fmt: skip
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    done = service.run_files([path], tmp_path / "out")
    assert done.value is None
    assert [one.code.id for one in done.diagnostics] == ["BIB001"]
    assert not (tmp_path / "out").exists()


def test_files_of_several_formats_become_one_list(tmp_path: Path) -> None:
    for name, text in (("a.ris", RIS), ("b.nbib", NBIB), ("c.json", CSL)):
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "d.bib").write_text(
        "@book{reed, author = {Tom Reed}, title = {Silt}, year = 2001}\n"
    )
    names = [tmp_path / one for one in ("a.ris", "b.nbib", "c.json", "d.bib")]
    chosen = service.Settings(dialects=("bibtex", "biblatex"))
    done = service.run_files(names, tmp_path / "out", chosen)
    assert done.value is not None
    assert done.value.repair.library.found == 6
    made = {one.name for one in (tmp_path / "out").iterdir()}
    assert {"corrected.bib", "corrected.bibtex.bib", "corrected.biblatex.bib"} <= made
    assert "pmid1234567" in (tmp_path / "out" / "corrected.bib").read_text("utf-8")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from([*foreign.READERS]))
def test_no_text_breaks_a_reader(text: str, kind: str) -> None:
    with contextlib.suppress(ValueError):
        foreign.keyed(foreign.READERS[kind](text))


@pytest.mark.parametrize(("suffix", "text"), [
    ("bib", ""), ("bib", "% of comments\n% alone\n"), ("bib", "@comment{nothing}\n"),
    ("bib", '@string{qs = "Quay Studies"}\n'), ("bib", '@preamble{"x"}'), ("ris", ""),
    ("ris", "ER  - \n"), ("json", "[]"), ("json", '{"items": []}'), ("nbib", "\n"),
    ("json", "[" * 200_000), ("xml", "<xml><records/></xml>"), ("txt", "% of comments"),
])  # fmt: skip
def test_a_file_without_entries_is_told_of(tmp_path: Path, suffix: str, text: str) -> None:
    (tmp_path / f"a.{suffix}").write_text(text, "utf-8")
    read = foreign.load(tmp_path / f"a.{suffix}")
    assert not read.value.entries
    assert {one.code.id for one in read.diagnostics} & {"BIB014", "BIB001"}
    assert all(one.place and one.fact and one.hint for one in read.diagnostics)
