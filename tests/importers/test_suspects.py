"""Misreadings: what is found of those that chance plants, and what is not taken for one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from suspect_texts import TEXTS
from text_corruptor import COMMON, corrupted

from edition.importers import letters, signs, spellings, suspects
from edition.importers.article import convert
from edition.importers.judging import Doubt
from edition.importers.known import names_in
from edition.importers.lookalikes import ranks
from edition.importers.manner import Manner
from edition.importers.stream import Stream, plain
from edition.importers.suspects import Emendation, misread
from edition.readers.passage import Passage
from edition.script import traditional
from edition.source import SourceFile


def passages(text: str) -> tuple[SourceFile, list[Passage]]:
    file = SourceFile("t", text)
    return file, [
        Passage(file, one[0], tuple(range(one.start(), one.end())))
        for one in re.finditer(r"[^\n]+", text)
    ]


def told(text: str, terms: tuple[str, ...] = ()) -> list[Emendation]:
    return misread(*passages(text), terms)[1]


@pytest.mark.parametrize("kind", TEXTS)
def test_a_sound_text_has_none(kind: str) -> None:
    assert not told(TEXTS[kind])


@pytest.mark.parametrize("script", ["hans", "hant"])
def test_half_and_more_of_what_chance_plants_is_found(script: str) -> None:
    text = "\n".join(TEXTS[kind] for kind in ("news, hans", "essay, hans"))
    if script == "hant":
        text = traditional(text)
    planted = hits = 0
    false: set[tuple[str, str]] = set()  # one place of the text is one finding
    for seed in range(6):
        bad, places = corrupted(text, seed, COMMON[script], per=200)
        found = told(bad)
        inside = [
            any(one.offset <= at < one.offset + len(one.sic) for one in found) for at in places
        ]
        planted, hits = planted + len(places), hits + sum(inside)
        false |= {
            (one.sic, one.corr) for one in found
            if not any(one.offset <= at < one.offset + len(one.sic) for at in places)
        }  # fmt: skip
    assert hits >= 0.5 * planted, (hits, planted)
    assert len(false) <= 0.15 * (hits + len(false)), (false, hits)


@pytest.mark.parametrize(("text", "sic", "corr"), [
    # what the text has again and again
    ("隨着水漲，隨着水落，隨着風來，隨這船去。", "隨這", "隨着"),
    ("晶片工廠停工。新建的晶片工廠由外商投資，晶片產量增加，品片價格下降。", "品片", "晶片"),
    # a word of the list that the text has nowhere else
    ("他把行李放在候車窒裡，自己去買票。", "候車窒", "候車室"),
    ("医生说他的病己经好了。", "己经", "已经"),
    ("这个问題必须马上解央。", "解央", "解决"),
])  # fmt: skip
def test_kinds_of_evidence(text: str, sic: str, corr: str) -> None:
    found = told(text)
    assert (sic, corr) in [(one.sic, one.corr) for one in found]


@pytest.mark.parametrize("text", [
    "张晓旸和刘昶在会上发言。刘昶说，张晓旸的意见很好。",  # rare characters of names
    "共有三百六十七人，其中一百九十八人来自二十四个省。",
    "圖中的靑銅器，研究者稱為旣定之形。",  # forms of other countries' fonts
    "曰：吾日三省吾身。",
    "埃里克森和卡拉瓦乔都不认识贡布里希。",
])  # fmt: skip
def test_what_is_none(text: str) -> None:
    assert not told(text)


def test_names_of_a_list_are_held_against_the_text(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("科磊半導體\n余曼琪\n", "utf-8")
    known = names_in(path).value
    text = "題目\n\n一、引言\n\n科嘉半導體的經理佘曼琪說，余曼琪認得科磊半導體。\n"
    found = convert("n.txt", text.encode(), Manner(known=known)).diagnostics
    facts = {one.fact for one in found}
    assert facts & {  # as a misreading, or as another spelling
        "科嘉半導體 here, 科磊半導體 in the list of names",
        "科嘉半導體: perhaps 科磊半導體",
    }
    assert "佘曼琪: perhaps 余曼琪" in facts


def test_names_are_read_from_the_tables_of_a_workspace(tmp_path: Path) -> None:
    path = tmp_path / "names.toml"
    path.write_text(
        '[[person]]\nid = "a"\nzh = "陳大文"\nen = "Chen"\nvariants = ["大文先生"]\n', "utf-8"
    )
    assert names_in(path).value == ("陳大文", "大文先生")
    path.write_text('[[term]]\nid = "a"\nzh = "產業鏈"\nen = "chain"\n', "utf-8")
    assert names_in(path).value == ("產業鏈",)


def test_a_name_that_is_told_already_is_not_told_twice() -> None:
    file, body = passages("佘曼琪琪")
    found = [Emendation(0, "佘曼琪琪", "余曼琪琪", "")]
    assert not spellings.against(body, ["余曼琪琪"], found)
    assert len(spellings.against(body, ["余曼琪琪"], [])) == 1
    assert file.text


@pytest.mark.parametrize(("text", "sic", "corr"), [
    ("The cornpany built a mill by the river.", "cornpany", "company"),
    ("They opened the wind0w at noon.", "wind0w", "window"),
    ("A smal1 house stood there.", "", ""),  # a figure at the end may be a note's
    ("It was a sma1l house.", "sma1l", "small"),
    ("He wrote it in l998 and in 2O19.", "l998", "1998"),
    ("該書出版於2O19年。", "2O19", "2019"),
    ("The vveather was fine.", "vveather", "weather"),
    ("See https://a.example/cornpany and f0lder/wind0w.", "", ""),
    ("Type H20 or B52, ISO9001, COVID19; modem and rnicro-x.", "", ""),
    ("Ceclia met Sarnuel.", "", ""),  # names are no words
])  # fmt: skip
def test_letters_and_figures(text: str, sic: str, corr: str) -> None:
    found = [(one.sic, one.corr) for one in letters.misread(*passages(text))[1]]
    assert ((sic, corr) in found) if sic else not found


@pytest.mark.parametrize(("text", "fact"), [
    ("他讀過《河邊〉一書。", "《 is closed by 〉"), ("（見上〕", "（ is closed by 〕"),
    ("「今天下雨』", "「 is closed by 』"),
])  # fmt: skip
def test_a_bracket_that_another_closes_is_one_finding(text: str, fact: str) -> None:
    assert [one.fact for one in signs.faults(passages(text)[1])] == [fact]


@pytest.mark.parametrize(("text", "count"), [
    ("今天下雨, 明天不下; 後天再說。", 2),
    ("芯片商有MD, ADI, 博通, 思睿, Cree, 格芯, IBM", 0),  # one form of list for both languages
    ("他說, 今天下雨, 他不去, 見 Smith, 也沒有別人。", 3),
])  # fmt: skip
def test_half_width_marks_of_lists_are_none(text: str, count: int) -> None:
    found = [one for one in signs.faults(passages(text)[1]) if one.code.id == "IMP035"]
    assert len(found) == count


def test_what_is_in_doubt_is_said_in_the_script_of_the_text() -> None:
    text = "论渡口\n\n一、引言\n\n渡口在河的北岸，老人每天清早把船解开，大家都说这条何流很长，河流两岸都是水田，河流很宽。\n"
    notes = convert("a.txt", text.encode()).value.files.get("source/notes/proposed.yaml", "")
    assert "疑当作" in notes
    assert "疑當作" not in notes


@pytest.mark.parametrize(("sic", "corr", "script"), [
    ("住", "主", "hant"), ("清", "青", "hans"), ("館", "管", "hant"), ("刻", "该", "hans"),
])  # fmt: skip
def test_a_part_more_or_less_is_a_look_alike(sic: str, corr: str, script: str) -> None:
    assert plain(corr) in ranks(sic, script)  # type: ignore[arg-type]


def test_more_is_asked_of_a_text_whose_places_are_all_strange() -> None:
    def bulk(odds: float, count: int) -> float:
        return suspects._bulk([Doubt(0, "一", odds, twin=False)] * count, count)

    assert bulk(-2.0, 600) > bulk(-6.2, 600) == pytest.approx(suspects.USUAL_BULK)
    assert bulk(6.0, 2) < bulk(-2.0, 600)  # two places tell little


def test_a_text_without_signs_is_one_row_that_is_looked_at_near_a_place_alone() -> None:
    text = "\n".join(["水" * 1000, "河，山石路"])
    file = SourceFile(Path("text.txt"), text)
    stream = Stream([Passage(file, text, tuple(range(len(text))))])
    at = stream.plain.index("水")
    assert stream.run(at + 500, 5) == (at + 495, at + 506)
    assert stream.run(at + 2, 5) == (at, at + 8)
    assert stream.run(stream.plain.index("石"), 5) == (at + 1003, at + 1006)
