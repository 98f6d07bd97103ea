"""The 凡例 that an edition writes by itself: what it applies, and nothing that it does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from edition.config import Bilingual, Config, IndexSettings, LineNumbers, Matter, load
from edition.layout.rules import all_rules
from edition.model import Edition
from edition.readers import read_edition

NOTE = "- {id: n, at: a.1, quote: {zh: 山中, en: hills}, layer: 注, zh: 一說。, en: One.}\n"


def made(root: Path, text: str = "山中有雨。", note: str = "") -> tuple[Edition, Config]:
    for name, content in (
        ("edition.toml", '[edition]\nid = "a"\ntitle = "A"\n'),
        ("text/01-a.zh.md", f"{text} {{#a.1}}\n"),
        ("text/01-a.en.md", "Rain in the hills. {#a.1}\n"),
        ("notes/a.yaml", note or "[]\n"),
    ):
        path = root / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    config = load(root).value
    assert config is not None
    return read_edition(root, config).value, replace(config, matter=Matter(generated_rules=True))


def test_a_plain_edition_says_its_script_alone(tmp_path: Path) -> None:
    (only,) = all_rules(*made(tmp_path))
    assert only == Bilingual(
        zh="中文以繁體字排印。", en="The Chinese is printed in traditional characters."
    )


def test_what_is_applied_is_said(tmp_path: Path) -> None:
    edition, config = made(tmp_path, '山[中]{.supplied}有雨[]{.page n="3"}，見[@k]。', NOTE)
    config = replace(
        config, script="hans", converted_from="hant", quotation_marks="region",
        line_numbers=LineNumbers(by="page"), index=IndexSettings(names=True), layout="columns",
    )  # fmt: skip
    zh = [one.zh for one in all_rules(edition, config)]
    en = [one.en for one in all_rules(edition, config)]
    assert zh == [
        "中文以简体字排印，由繁体字底稿转换而成。", "中文引号一律作“”‘’。", "〔〕内为编者所补。",
        "注释以①②标出，列于页下，每页重新编号。",
        "引注用著者－出版年制（GB/T 7714—2015）。", "页边每五行记行数，逐页起计。",
        "页边斜体数字为底本的页码。", "索引的中文依拼音排列，英文依字母；粗体页码为解说所在。",
    ]  # fmt: skip
    assert (
        en[3]
        == "Notes are marked ①, ② … and stand at the foot of the page, numbered anew on each page."
    )
    facing = [one.zh for one in all_rules(edition, replace(config, layout="facing"))]
    assert facing[3].endswith("每一开面重新编号。")


def test_numbers_go_on_where_all_of_the_editors_have_one(tmp_path: Path) -> None:
    edition, config = made(tmp_path)
    own = (Bilingual(zh="一、甲。", en="1. A."), Bilingual(zh="二、乙。", en="B."))
    said = all_rules(edition, replace(config, rules=own))
    assert [one.zh for one in said] == ["一、甲。", "二、乙。", "三、中文以繁體字排印。"]
    assert said[-1].en == "The Chinese is printed in traditional characters."
    assert all_rules(edition, replace(config, rules=own, matter=Matter())) == own


def test_one_language_says_nothing_of_the_other(tmp_path: Path) -> None:
    edition, config = made(tmp_path)
    assert all_rules(edition, replace(config, languages=("en",))) == ()
    config = replace(config, index=IndexSettings(names=True))
    (index,) = all_rules(edition, replace(config, languages=("en",)))
    assert index == Bilingual(
        en="The index is in the order of the alphabet; pages in bold have a note on the word."
    )
    chinese = all_rules(edition, replace(config, languages=("zh",)))
    assert [one.zh for one in chinese] == [
        "中文以繁體字排印。", "索引依拼音排列；粗體頁碼為解說所在。",
    ]  # fmt: skip
    assert not any(one.en for one in chinese)
