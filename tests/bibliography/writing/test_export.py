"""Exports: each reads back to the same entries."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.bibliography.reading import csl, parse, ris
from edition.bibliography.types import Entry, Field, Library
from edition.bibliography.values.dates import iso
from edition.bibliography.values.people import persons
from edition.bibliography.writing import dialect, export, gb7714
from edition.bibliography.writing.csl import rich
from edition.source import SourceFile

BIB = Path(__file__).resolve().parents[3] / "bib" / "references.bib"

GARDEN = r"""
@article{zhu2020,
  author = {朱菊 and 歐陽修 and {Garden Office} and others},
  title = {The {NASA} of \textit{Gardens}: H$_2$O \& S{\"o}hne},
  journaltitle = {園中小記},
  date = {2020-03-04},
  volume = {12}, number = {3}, pages = {12--34},
  doi = {10.1000/A_b%20c}, url = {https://example.org/~g?a=1&b=2#c},
  urldate = {2024年1월3일}, issn = {1234-5679}, langid = {chinese}, foundin = {list 1, item 2},
}
@book{mueller1999,
  author = {M{\"u}ller, J{\"o}rg and van der Berg, Anna},
  editor = {保羅·薩繆爾森}, translator = {李白},
  title = {Gärten}, year = {1999}, publisher = {Gärtner \& Co.}, address = {Köln}, edition = {2},
  isbn = {978-3-16-148410-0}, month = {3}, series = {Reihe},
}
@incollection{part, title = {石記}, author = {石一}, crossref = {whole}, pages = {7}}
@collection{whole, title = {石}, editor = {竹二}, year = {2001}, publisher = {園}}
@mastersthesis{thesis, author = {梅三}, title = {梅}, school = {園大學}, year = {forthcoming}}
@www{page, author = {{Garden Office}}, url = {https://example.org/}, urldate = {last spring}}
@techreport{report, author = {Office, Garden}, title = {R}, institution = {I}, date = {1990/1995}}
@misc{bare, note = {50\% of #1 {} $x$ <b>not bold</b>}}
"""


def read_back(text: str, form: str) -> tuple[Entry, ...]:
    """The entries of an exported text."""
    if form in ("csl", "ris"):
        return csl.read(text) if form == "csl" else ris.read(text)
    return parse.read(SourceFile("export.bib", text)).value.entries


def library(text: str = GARDEN) -> Library:
    done = parse.read(SourceFile("a.bib", text))
    assert done.ok
    return done.value


NAMES = {"journaltitle": "journal", "address": "location"}  # of RIS, which has one tag for both


def comparable(entry: Entry, *, markup: bool) -> tuple[str, str, dict[str, object]]:
    """An entry as an export knows it: names as persons, dates in ISO form, TeX as text."""
    fields: dict[str, object] = {}
    for field in entry.fields:
        value = field.value
        if not markup and field.name in (*dialect.PRIVATE, "ids", "crossref"):
            continue  # RIS is for others: what this program keeps for itself is left out
        if not markup and field.name in NAMES:
            field = Field(NAMES[field.name], value)
        if field.name in ("author", "editor", "translator"):
            people = [
                (rich(one.family), rich(one.given), one.body)
                for one in persons(rich(value, markup=False) if "\\" in value else value)
            ]
            fields[field.name] = (*people, "others" if value.endswith("others") else "")
        elif field.name in ("date", "urldate"):
            fields[field.name] = iso(value) or value
        elif field.name in ("url", "doi"):
            fields[field.name] = value
        elif field.name == "pages":
            fields[field.name] = re.sub("--|–", "-", value)
        else:
            fields[field.name] = rich(value, markup=markup)
    return entry.key, entry.type, fields


@pytest.mark.parametrize("form", ["csl", "ris"])
@pytest.mark.parametrize("path", [BIB, None], ids=["shipped", "garden"])
def test_an_export_reads_back_to_the_same_entries(form: export.Format, path: Path | None) -> None:
    before = parse.load(path).value if path else library()
    known = before.by_key()
    after = read_back(export.write(before, form), form)
    wanted = [comparable(export.inherited(one, known), markup=form == "csl") for one in before]
    found = [comparable(one, markup=form == "csl") for one in after]
    for one, other in zip(wanted, found, strict=True):
        assert other == one


@pytest.mark.parametrize("path", [BIB, None], ids=["shipped", "garden"])
def test_the_gb7714_profile_reads_back(path: Path | None) -> None:
    before = parse.load(path).value if path else library()
    after = read_back(export.write(before, "gb7714"), "gb7714")
    assert [one.key for one in after] == [one.key for one in before]
    for old, new in zip(before, after, strict=True):
        assert gb7714.profile(new).fields == tuple(Field(one.name, one.value) for one in new.fields)
        assert new.get("langid") in ("chinese", "english")
        assert {one.full for one in persons(new.get("author"))} == {
            one.family + one.given if one.han and not one.body and "·" not in one.raw else one.full
            for one in persons(old.get("author"))
        }
        date = new.get("urldate")
        assert not date or re.fullmatch(r"\d{4}-\d\d-\d\d", date) or date == "last spring"


def test_csl_is_what_citation_processors_read() -> None:
    items = {one["id"]: one for one in json.loads(export.write(library(), "csl"))}
    zhu = items["zhu2020"]
    assert zhu["type"] == "article-journal"
    assert zhu["author"] == [{"family": "朱", "given": "菊"}, {"family": "歐陽", "given": "修"},
                             {"literal": "Garden Office"}]  # fmt: skip
    assert zhu["custom"]["others"] == ["author"]
    assert zhu["language"] == "zh"
    assert zhu["page"] == "12-34"
    assert zhu["title"] == ('The <span class="nocase">NASA</span> of <i>Gardens</i>: '
                            "H<sub>2</sub>O & Söhne")  # fmt: skip
    assert zhu["issued"] == {"date-parts": [[2020, 3, 4]]}
    assert zhu["accessed"] == {"date-parts": [[2024, 1, 3]]}
    assert zhu["container-title"] == "園中小記"
    assert items["mueller1999"]["author"] == [
        {"family": "Müller", "given": "Jörg"}, {"family": "van der Berg", "given": "Anna"},
    ]  # fmt: skip
    assert items["part"]["container-title"] == "石"
    assert items["part"]["publisher"] == "園"
    assert items["thesis"]["issued"] == {"literal": "forthcoming"}
    assert items["report"]["issued"] == {"date-parts": [[1990], [1995]]}


def test_ris_has_a_record_for_each_entry() -> None:
    text = export.write(library(), "ris")
    assert text.count("TY  - ") == text.count("ER  - ") == 8
    assert "AU  - Müller, Jörg\n" in text
    assert "AU  - Garden Office,\n" in text
    assert "SP  - 12\nEP  - 34\n" in text
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.splitlines() if line)


def test_ris_has_the_place_and_no_author_called_others() -> None:
    text = export.write(library(), "ris")
    assert "CY  - Köln\n" in text
    assert "AU  - others" not in text
    assert "N1  - others: author\n" in text
    assert "LA  - zh\n" in text
    assert "foundin" not in text


def test_names_that_are_one_stay_one() -> None:
    given = library(
        "@book{a, title = {舟}, author = {佚名}}\n"
        "@book{b, title = {槳}, author = {安东尼·维尔特福}}\n"
    )
    items = json.loads(export.write(given, "csl"))
    assert [one["author"] for one in items] == [
        [{"literal": "佚名"}],
        [{"literal": "安东尼·维尔特福"}],
    ]
    text = export.write(given, "ris")
    assert "AU  - 佚名\n" in text
    assert "AU  - 安东尼·维尔特福\n" in text
    for form in ("csl", "ris"):
        back = read_back(export.write(given, form), form)  # type: ignore[arg-type]
        assert [one.get("author") for one in back] == ["佚名", "安东尼·维尔特福"]


def test_a_dialect_has_its_own_names_and_nothing_private() -> None:
    entries = {one.key: one for one in read_back(export.write(library(), "biblatex"), "gb7714")}
    zhu = entries["zhu2020"]
    assert (zhu.get("journaltitle"), zhu.get("date"), zhu.get("pages")) == (
        "園中小記", "2020-03-04", "12--34")  # fmt: skip
    assert "foundin" not in zhu
    assert (entries["thesis"].type, entries["thesis"].get("type")) == ("thesis", "mathesis")
    assert entries["thesis"].get("institution") == "園大學"
    assert entries["mueller1999"].get("date") == "1999-03"
    assert entries["mueller1999"].get("location") == "Köln"
    entries = {one.key: one for one in read_back(export.write(library(), "bibtex"), "gb7714")}
    zhu = entries["zhu2020"]
    assert (zhu.get("journal"), zhu.get("year"), zhu.get("month")) == ("園中小記", "2020", "3")
    assert (entries["page"].type, entries["page"].get("howpublished")) == (
        "misc", r"\url{https://example.org/}")  # fmt: skip
    assert entries["report"].type == "techreport"
    assert list(entries)[-1] == "whole"  # BibTeX wants parents last


@pytest.mark.tex
@pytest.mark.parametrize("path", [BIB, None], ids=["shipped", "garden"])
def test_bibtex_and_biber_read_their_dialects(path: Path | None, tmp_path: Path) -> None:
    if shutil.which("biber") is None or shutil.which("bibtex") is None:
        pytest.skip("biber or bibtex is not installed")
    text = GARDEN.replace("urldate = {last spring}", "note = {x}").replace("forthcoming", "2000")
    before = parse.load(path).value if path else library(text)
    (tmp_path / "a.bib").write_text(export.write(before, "biblatex"), "utf-8")
    (tmp_path / "b.bib").write_text(export.write(before, "bibtex"), "utf-8")
    (tmp_path / "b.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{b}\n", "utf-8")
    biber = subprocess.run(["biber", "--noconf", "--tool", "a.bib"], cwd=tmp_path,
                           capture_output=True, check=False, timeout=120)  # fmt: skip
    assert biber.returncode == 0
    assert b"WARN" not in biber.stdout
    bibtex = subprocess.run(["bibtex", "b"], cwd=tmp_path, capture_output=True, check=False,
                            timeout=120)  # fmt: skip
    assert bibtex.returncode == 0, bibtex.stdout
    assert b"error" not in bibtex.stdout.lower()


def test_ris_of_others_is_read() -> None:
    text = (
        "\ufeffTY  - JOUR\r\nAU  - Smith, Ann\r\nA1  - x\r\nT1  - t\r\nTI  - Of\r\n  Gardens\r\n"
        "PY  - 2001/03/04/\r\nN1  - a remark: here\r\nER  - \r\n"
    )
    (one,) = ris.read(text)
    assert (one.key, one.type) == ("ris1", "article")
    assert one.get("title") == "Of Gardens"
    assert one.get("author") == "Smith, Ann and x"
    assert one.get("date") == "2001-03-04"


def test_no_csl_is_a_value_error() -> None:
    for text in ("{}", "nothing"):
        with pytest.raises(ValueError, match=r"list of items|Expecting"):
            csl.read(text)


def test_originals_and_translations_are_linked_not_merged() -> None:
    before = library(
        "@article{zh1, author={朱東籬}, title={菊記}, journal={園}, year={2001}, volume={3},"
        " pages={7-19}}\n"
        "@article{en1, author={Dongli Zhu}, title={Of Chrysanthemums}, journal={Garden},"
        " year={2001}, volume={3}, pages={7--19}}\n"
        "@article{en2, author={Ann Smith}, title={Of Stones}, journal={Garden}, year={2001},"
        " volume={3}, pages={7-19}}\n"
        "@article{zh3, title={石}, doi={10.1/X}}\n@article{en3, title={Stone}, doi={10.1/x}}\n"
        "@book{zh4, author={石一}, title={園論}, origtitle={On Gardens}, year={2011}}\n"
        "@book{en4, author={Ann Stone}, title={On Gardens}, year={1999}}\n"
    )
    assert gb7714.twins(before.entries) == {
        "zh1": ("en1",), "en1": ("zh1",), "zh3": ("en3",), "en3": ("zh3",),
        "zh4": ("en4",), "en4": ("zh4",),
    }  # fmt: skip
    after = {one.key: one for one in read_back(export.write(before, "gb7714"), "gb7714")}
    assert len(after) == 7
    assert after["zh1"].get("related") == "en1"
    assert "related" not in after["en2"]


@pytest.mark.tex
@pytest.mark.parametrize("path", [BIB, None], ids=["shipped", "garden"])
def test_biber_reads_the_gb7714_profile_without_a_warning(
    path: Path | None, tmp_path: Path
) -> None:
    if shutil.which("biber") is None:
        pytest.skip("biber is not installed")
    text = GARDEN.replace("urldate = {last spring}", "note = {x}").replace("1990/1995", "1990")
    text = text.replace("forthcoming", "2000")
    text = text.replace("langid = {chinese}", "note = {y}")
    before = parse.load(path).value if path else library(text)
    (tmp_path / "a.bib").write_text(export.write(before, "gb7714"), "utf-8")
    done = subprocess.run(
        ["biber", "--noconf", "--tool", "a.bib"], cwd=tmp_path, capture_output=True, check=False,
        timeout=120,
    )  # fmt: skip
    said = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, said
    assert "WARN" not in said


TEXT = st.text(alphabet="ab菊 ,.;:&%$#_{}\\~^\"'<>/é", min_size=1, max_size=16)


@settings(max_examples=200, deadline=None)
@given(TEXT, st.sampled_from(["csl", "ris"]))
def test_any_text_survives_twice(text: str, form: export.Format) -> None:
    """What an export made of a value stays when it is exported again."""
    if text.count("{") != text.count("}") or not rich(text, markup=False):
        return
    entry = Entry("a", "book", (Field("title", text),))
    once = read_back(export.write(Library(entries=(entry,)), form), form)
    again = read_back(export.write(Library(entries=once), form), form)
    shown = [rich(one.get("title"), markup=False) for one in (*once, *again)]
    assert shown[0] == shown[1]
