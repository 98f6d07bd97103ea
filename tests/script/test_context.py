"""Readings that the words round a character decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition import script
from edition.config import Bilingual, Config
from edition.model import Edition, Kind, Name, Pair, Section, Segment, Text
from edition.script import batch, rules
from edition.source import SourceFile

PHRASES = Path(__file__).with_name("phrases.txt")


def phrases(direction: str) -> list[tuple[str, list[str]]]:
    """(phrase, right forms) of one direction."""
    part = PHRASES.read_text("utf-8").split(f"== {direction}\n")[1].split("== ")[0]
    lines = [line.split() for line in part.splitlines() if line.strip()]
    return [(line[0], line[1:]) for line in lines]


def settings(source: str, target: str, variety: str = "generic") -> Config:
    return Config(id="x", title=Bilingual(), source_script=source, script=target, variety=variety)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("direction", "least"), [("hans to hant", 800), ("hant to hans", 220)]
)  # fmt: skip
def test_phrases_come_out_right(direction: str, least: int) -> None:
    source, _, target = direction.split()
    run = script.converter(settings(source, target))
    all_phrases = phrases(direction)
    wrong = {text: run(text) for text, right in all_phrases if run(text) not in right}
    assert len(all_phrases) > least
    assert not wrong


def test_a_phrase_reads_the_same_in_the_midst_of_others() -> None:
    run = script.converter(settings("hans", "hant"))
    rows = phrases("hans to hant")
    whole = run("。".join(text for text, _ in rows)).split("。")
    alone = [run(text) for text, _ in rows]
    wrong = [(one, two) for one, two in zip(alone, whole, strict=True) if one != two]
    assert not wrong


@pytest.mark.parametrize("variety", ["generic", "tw", "hk"])
def test_one_family_of_words_has_one_form(variety: str) -> None:
    run = script.converter(settings("hans", "hant", variety))
    assert set(run("注释脚注备注附注校注集注注解注文注")) & set("註") == set()
    assert run("借口、借此、借以、借机、凭借、借着").count("藉") == 6
    back = script.converter(settings("hant", "hans", variety))
    assert "註" not in back("註釋與腳註、附註、註解")
    assert "藉" not in back("藉口、藉此、藉以、藉機、憑藉")


def converted(text: str, names: tuple[Name, ...] = ()) -> tuple[str, script.Converted]:
    file = SourceFile("source/text/01.zh.md", text)
    one = Segment("i", True, "zh", Kind.PARA, (Text(text, file.whole()),), file.whole())
    edition = Edition(
        (Section("01", (one,), ()),), (Pair("i", "01", (one,), ()),), (), names,
        segments={("zh", "i"): one},
    )  # fmt: skip
    made = script.convert(edition, settings("hans", "hant")).value
    return made.edition.segments["zh", "i"].text, made


def test_what_the_context_decides_is_logged_with_its_words() -> None:
    text, made = converted("他矮几公分，又干又瘦。")
    assert text == "他矮幾公分，又乾又瘦。"
    evidence = {one.source: one.evidence for one in made.log if one.kind == "phrase"}
    assert "几公分" in evidence["几"]
    assert evidence["干"] == "又干又"


@pytest.mark.parametrize(("text", "char"), [
    ("此余", "余"), ("她和好面", "面"),
    ("冬天就干了", "干"), ("干他什么事", "干"),  # a pair with 了 or 他 is no word
    ("毛发脱落", "发"),  # 毛发 | 脱落, but 发脱 is in the dictionary too
])  # fmt: skip
def test_what_nothing_decides_is_said(text: str, char: str) -> None:
    file = SourceFile("a", text)
    one = Segment("i", True, "zh", Kind.PARA, (Text(text, file.whole()),), file.whole())
    edition = Edition((Section("01", (one,), ()),), (Pair("i", "01", (one,), ()),), (),
                      segments={("zh", "i"): one})  # fmt: skip
    found = script.convert(edition, settings("hans", "hant"))
    assert "default" in [one.kind for one in found.value.log if one.source == char]
    assert [one.code.id for one in found.diagnostics] == ["SCR004"]


def test_persons_of_the_names_file_have_surnames_without_a_lock() -> None:
    file = SourceFile("source/names.toml", "x")
    person = Name("yu", "person", "于小舟", "Yu Xiaozhou", file.whole())
    text, _ = converted("听于小舟之言，于小舟大喜，于是去了。", (person,))
    assert text == "聽于小舟之言，于小舟大喜，於是去了。"
    assert converted("听于小舟之言")[0] == "聽於小舟之言"


def test_a_surname_that_a_title_shows_is_one_everywhere() -> None:
    text, _ = converted("于大海教授来访。众人请于大海发言，生于北京。")
    assert text == "于大海教授來訪。眾人請于大海發言，生於北京。"


@pytest.mark.parametrize(("hant", "hans"), [
    ("詩人林汎然與李旂", "诗人林汎然与李旂"), ("，許澂說", "，许澂说"), ("汎舟湖上", "泛舟湖上"),
    ("步步高昇，旭日東昇", "步步高升，旭日东升"),
])  # fmt: skip
def test_names_of_persons_keep_their_forms_in_simplified_text(hant: str, hans: str) -> None:
    assert script.convert_text(hant, settings("hant", "hans")) == hans


def test_the_check_of_a_text_does_not_guess_by_context() -> None:
    made, _ = batch.by_phrase("自制", "hant", "generic")
    assert "".join(made) == "自制"


def test_every_rule_is_well_formed() -> None:
    for table in (rules.HANT, rules.HANS):
        for line in table.strip().splitlines():
            sign, chars, *rest = f" {line} ".split(" | ")
            assert sign.strip() in ("", "!"), line
            assert len(rest) == 2, line
            assert all(len(pair) == 2 for pair in chars.split()), line
