"""The appendix “Corrections to the bibliography”: its lines, and that the book prints them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from edition.anchors import attach
from edition.bibliography.reading.parse import read
from edition.bibliography.repair import repair
from edition.bibliography.types import BibliographyDecision, Context
from edition.bibliography.writing import appendix
from edition.build.works import corrected
from edition.config import load
from edition.layout import spec
from edition.layout.assemble import assemble
from edition.layout.types import Division
from edition.model import References
from edition.readers import read_edition
from edition.source import SourceFile

ROOT = Path(__file__).resolve().parents[3]
LIST = """
@article{ling2021, author={凌勝利 and 維景瑜}, title={聯盟論}, journal={論壇}, year=2021,
  citedas={凌勝利·雒景瑜 2021; 凌勝利·雒景瑜 2021, 5}}
@article{sand, author={A. Sand}, title={On Quais and Weirs of the Northern Rivers}, journal={Quay},
  year=2004, volume=3, number=1, pages={5}}
@article{sand2, author={A. Sand}, title={On Quais and Weirs of the Northern Rivers}, journal={Quay},
  year=2004, volume=3, number=1, pages={9}}
@online{quay, author={{Quay}}, url={https://quay.example/a}, urldate={2024年1月2日}}
"""
TITLE = "On Quais and Weirs of the Northern Rivers"
WORD = BibliographyDecision(
    verdict="set",
    entries=("sand",),
    field="title",
    before=TITLE,
    value=TITLE.replace("Quais", "Quays"),
    reason="a quay",
)


ONE = BibliographyDecision(verdict="merge", entries=("sand", "sand2"))


def rows(text: str = LIST, *decisions: BibliographyDecision) -> tuple[tuple[str, str], ...]:
    done = repair(read(SourceFile("t.bib", text)).value, Context(), decisions)
    return appendix.rows(done.value)


def test_each_change_is_a_line_in_both_languages() -> None:
    found = dict(rows(LIST, WORD, ONE))
    assert found["原有 4 條，並入他條者 1 條，今存 3 條。"] == (
        "Entries found: 4; merged into others: 1; standing: 3."
    )
    assert found["凌勝利、雒景瑜 2021，作者：“維景瑜”改“雒景瑜”（據正文引文）。"] == (
        "凌勝利, 雒景瑜 2021, author: “雒景瑜” for “維景瑜” (name, by the citation in the text)."
    )
    assert found["Sand 2004，題名：“Quais”改“Quays”（編者所定）。"] == (
        "Sand 2004, title: “Quays” for “Quais” (a quay)."
    )
    assert found["Sand 2004：2 條實為一條，頁碼有5、9。"] == (
        "Sand 2004: 2 entries of one work; pages: 5, 9."
    )
    assert found["日期寫法劃一者 1 處。"] == "Dates written in one form: 1."


def test_a_list_without_a_fault_has_no_appendix() -> None:
    assert rows("@book{a, author={A. Sand}, title={T}, publisher={P}, year=2001}") == ()


def test_readings_stay_in_their_script() -> None:
    done = repair(read(SourceFile("t.bib", LIST)).value, Context()).value
    zh = " ".join(one for one, _ in appendix.rows(done, lambda text: text.replace("據", "据")))
    assert "“維景瑜”改“雒景瑜”（据正文引文）" in zh


def test_the_book_prints_it_where_the_settings_ask() -> None:
    config = load(ROOT).value
    layout = spec.load(config, ROOT).value if config else None
    assert config is not None
    assert layout is not None
    edition = attach(read_edition(ROOT, config).value).value
    lines = corrected(ROOT, config, edition.names)
    assert any("雒景瑜" in zh for zh, _ in lines)
    none = References(style="gb7714-2015", entries={})
    book = assemble(edition, config, layout, replace(none, corrections=lines))
    (flow,) = [one for one in book.flows if one.division is Division.CORRECTIONS]
    assert len(flow.rows) == len(lines) + 1
    assert "corrections/heading" in book.titles
    plain = assemble(edition, config, layout, none)
    assert Division.CORRECTIONS not in {one.division for one in plain.flows}
