"""The importer on the article that the shipped edition is about: everything accounted for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from import_samples import accounted, faults, workspace

from edition.diagnostics import Outcome
from edition.importers.article import Imported, convert
from edition.importers.manner import Manner


@pytest.fixture(scope="module")
def data(shared: Path) -> bytes:
    return (shared / "raw" / "article.txt").read_bytes()


@pytest.fixture(scope="module")
def outcome(data: bytes) -> Outcome[Imported]:
    return convert("article.txt", data)


def texts(outcome: Outcome[Imported], lang: str = "zh") -> str:
    return "\n".join(
        text for path, text in sorted(outcome.value.files.items()) if path.endswith(f".{lang}.md")
    )


def facts(outcome: Outcome[Imported], code: str) -> list[tuple[int, str]]:
    return [(one.span.line if one.span else 0, one.fact + " " + one.hint)
            for one in outcome.diagnostics if one.code.id == code]  # fmt: skip


def test_every_character_is_accounted_for(data: bytes) -> None:
    result = accounted("article.txt", data)
    assert result.accounted["characters"] == len(data.decode())
    assert {one["reason"] for one in result.accounted["drops"]} == {
        "white space round lines", "contents list", "heading in the list of references",
        "bracket in the midst of an address",
    }  # fmt: skip


def test_the_workspace_reads_and_its_notes_are_anchored(
    outcome: Outcome[Imported], tmp_path: Path
) -> None:
    assert not faults(workspace(outcome.value, tmp_path))


def test_title_authors_dates_keywords(outcome: Outcome[Imported]) -> None:
    facts_ = outcome.value.files["source/edition.toml"]
    assert 'subtitle = { zh = "動因、特征与前景", en = "Motivation, characteristics' in facts_
    for one in ("巴殿君", "張公博", "張瀛月", "BA Dian-jun", "Zhang Gongbo", "Zhang Yingyue",
                'received = "2025-04-13"', 'reviewed = "2025-05-07"', 'accepted = "2025-05-21"',
                "關鍵技術", "Key technology",
                'base_text = { zh = "巴殿君、張公博、張瀛月：《'):  # fmt: skip
        assert one in facts_
    assert facts_.count("affiliation") == 3


def test_both_abstracts_face_each_other(outcome: Outcome[Imported]) -> None:
    files = outcome.value.files
    zh, en = (files[f"source/text/00-abstract.{lang}.md"] for lang in ("zh", "en"))
    ids = re.compile(r"\{#([\w.]+)\}")
    assert ids.findall(zh) == ids.findall(en) == ["abstract", "abstract.p1", "abstract.keywords"]
    assert "have had negative" not in zh
    assert "which have had negative impacts" in en


def test_every_heading(outcome: Outcome[Imported]) -> None:
    text = texts(outcome)
    parts = re.findall(r"^# .*\{#(\w+)\}$", text, re.MULTILINE)
    assert parts == ["abstract", "i", "ii", "iii", "iv", "v", "vi"]
    sections = re.findall(r"^## .*\{#([\w.]+)\}$", text, re.MULTILINE)
    assert sections == [f"{part}.{n}" for part in ("ii", "iii", "iv", "v") for n in (1, 2, 3)]


def test_all_fifty_four_footnotes(outcome: Outcome[Imported]) -> None:
    text = texts(outcome)
    defined = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    assert [int(one) for one in defined] == list(range(1, 55))
    used = {int(one) for one in re.findall(r"\[\^(\d+)\](?!:)", text)}
    assert used == set(range(1, 55)) - {5, 38}
    assert "samm-sacks-testifies" in text  # 25 goes on over a page


def test_no_paragraph_is_broken_in_the_middle(outcome: Outcome[Imported]) -> None:
    """45 of more than 60 characters, counted in the article; 12 of them are cut by its pages."""
    text = texts(outcome)
    paragraphs = [one for one in re.findall(r"^(?![#|:\[!{▪]).*(?= \{#)", text, re.MULTILINE)
                  if len(one) > 60]  # fmt: skip
    assert len(paragraphs) == 45
    for one in paragraphs:
        assert re.search(r"[。：][”’」]?(?:\[[^\]]*\])*$", one), one[-30:]
    assert len(facts(outcome, "IMP040")) == 12
    assert not facts(outcome, "IMP037")


def test_the_table_and_the_figure(outcome: Outcome[Imported]) -> None:
    text = outcome.value.files["source/text/03-iii.zh.md"]
    assert len(re.findall(r"^\|.*\|$", text, re.MULTILINE)) == 6
    assert "SIAC聯盟成員列表 {#t1}" in text
    assert re.search(r"^!\[.*\[\^35\]\]\(\)\{#f2\}$", texts(outcome), re.MULTILINE)
    assert facts(outcome, "IMP038")[0][0] == 203


def test_every_citation(outcome: Outcome[Imported]) -> None:
    text = texts(outcome)
    cited = [one for group in re.findall(r"\[(-?@[^\]]*)\]", text) for one in group.split(";")]
    assert len(cited) == 28
    assert "[-@samuelson2004, 135-156]" in text
    assert "[-@luo2011, 167]" in text
    assert "[@liu2022, 40-58; @tassej2018, 215]" in text
    assert "[@hou2024b, 132]" in text
    assert "(2021~2025) 》(2022)" in text
    assert [line for line, _ in facts(outcome, "IMP020")] == [35, 35, 35]
    names = " ".join(fact for _, fact in facts(outcome, "IMP022"))
    assert "維景瑜" in names
    assert "黃宁" in names
    assert "Tassej" in names
    assert "馬夢娟" in names


def test_every_reference(outcome: Outcome[Imported]) -> None:
    bib = outcome.value.files["bib/references.bib"]
    assert len(re.findall(r"^@", bib, re.MULTILINE)) == outcome.value.counts["references"] == 82
    assert "not read" not in bib
    assert bib.count("foundin = {1. 論文及專著, ") == 24
    assert bib.count("foundin = {2. 其他, ") == 58


@pytest.mark.parametrize(("code", "line", "words"), [
    ("IMP011", 64, "footnote 5"),
    ("IMP011", 229, "footnote 38"),
    ("IMP012", 217, "perhaps 38"),
    ("IMP013", 203, "no figure 1"),
    ("IMP030", 144, "薩米爾森"),
    ("IMP030", 275, "Stephen Miller"),
    ("IMP031", 5, "徵"),
    ("IMP032", 106, "隨着"),
    ("IMP032", 195, "品圓: perhaps 晶圓"),
    ("IMP032", 255, "夏旦"),
    ("IMP034", 312, "straight"),
    ("IMP035", 235, "half-width"),
    ("IMP036", 50, "rev.com"),
    ("IMP036", 64, "aaas.org"),
    ("IMP036", 80, "uscc.gov"),
    ("IMP039", 269, "presumption"),
    ("IMP023", 144, "135-146"),
    ("IMP023", 241, "114"),
])  # fmt: skip
def test_known_faults_are_reported(
    outcome: Outcome[Imported], code: str, line: int, words: str
) -> None:
    assert any(at == line and words in fact for at, fact in facts(outcome, code))


def test_five_footnotes_have_no_brackets(outcome: Outcome[Imported]) -> None:
    assert [line for line, _ in facts(outcome, "IMP043")] == [72, 80, 166, 186, 245]


def test_safe_characters_are_put_right_on_request(data: bytes) -> None:
    made = convert("article.txt", data, Manner(normalise=True))
    text = texts(made)
    for wrong, right in (("特征", "特徵"), ("构建", "構建"), ("征收10%", "徵收10%"),
                         ("制造厂商", "製造廠商"), ("号角", "號角")):  # fmt: skip
        assert wrong not in text
        assert right in text
    for one in ("烏干達", "羅德里克", "阿里雲", "准入", "批准", "台積電", "制定"):
        assert text.count(one) == data.decode().split("參考文獻")[0].count(one), one
    assert "余南平" in made.value.files["bib/references.bib"]  # in the text it is a citation
    logged = " ".join(fact for _, fact in facts(made, "IMP045"))
    assert "征 put right as 徵 in 特征" in logged
