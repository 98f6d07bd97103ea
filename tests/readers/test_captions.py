"""Numbers of tables and figures, in captions and where the text refers to them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from edition.config import Captions, Config, load
from edition.model import Edition, Lang, plain
from edition.readers import read_edition
from edition.readers.captions import number_of, numbered, value

TABLE = "| {0} |\n|---|\n| x |\n: {1}\n"
ZH = (
    "見[](#t2)、[](#f1)，亦[見彼](#t1)。 {#a.1}\n\n"
    + TABLE.format("甲", "其一，比[](#t2) {#t1}") + "\n"
    + TABLE.format("甲", "無號 {#t0 .unnumbered}")
    + "\n![圖說](){#f1}\n\n" + TABLE.format("[](#t1)", "其二 {#t2}")
)  # fmt: skip
EN = (
    "See [](#t2), [](#f1), and [there](#t1). {#a.1}\n\n"
    + TABLE.format("A", "The first, with [](#t2) {#t1}") + "\n"
    + TABLE.format("A", "No number {#t0 .unnumbered}")
    + "\n![](){#f1}\n\n" + TABLE.format("[](#t1)", "The second {#t2}")
)  # fmt: skip
NOTE = "- {id: n, at: a.1, quote: {zh: 亦}, layer: 注, zh: '[](#t1)誤。'}\n"


def made(root: Path, settings: Captions) -> Edition:
    for name, content in (
        ("edition.toml", '[edition]\nid = "a"\ntitle = "A"\n'),
        ("text/01-a.zh.md", ZH), ("text/01-a.en.md", EN), ("notes/a.yaml", NOTE),
    ):  # fmt: skip
        path = root / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    config = load(root).value
    assert isinstance(config, Config)
    done = numbered(read_edition(root, config).value, replace(config, captions=settings))
    assert not done.diagnostics
    return done.value


def said(edition: Edition, lang: Lang, id: str) -> str:
    segment = edition.segment(lang, id)
    assert segment is not None
    return plain(segment.inlines)


@pytest.mark.parametrize(
    ("numerals", "first", "second", "figure"),
    [("arabic", "表1", "表2", "圖1"), ("chinese", "表一", "表二", "圖一")],
)
def test_captions_and_references_bear_one_number(
    tmp_path: Path, numerals: str, first: str, second: str, figure: str
) -> None:
    settings = Captions(tables=True, figures=True, numerals=numerals)  # type: ignore[arg-type]
    edition = made(tmp_path, settings)
    assert said(edition, "zh", "a.1") == f"見{second}、{figure}，亦見彼。"
    assert said(edition, "zh", "t1") == f"{first}\u3000其一，比{second}"
    assert said(edition, "zh", "t0") == "無號"
    assert said(edition, "zh", "t2") == f"{second}\u3000其二"
    assert said(edition, "en", "a.1") == "See Table\xa02, Figure\xa01, and there."
    assert said(edition, "en", "f1") == "Figure\xa01", "a number without a caption"
    assert said(edition, "en", "t2") == "Table\xa02. The second"
    assert plain(edition.notes[0].texts["zh"]) == f"{first}誤。"
    table = edition.segments["en", "t2"].table
    assert table is not None
    assert plain(table.header[0].inlines) == "Table\xa01"
    pair = next(one for one in edition.pairs if one.id == "t2")
    assert pair.zh[0] is edition.segments["zh", "t2"]


@pytest.mark.parametrize(
    ("heads", "numerals", "found"),
    [
        (("泉", "石", "林"), "arabic", ["表1-1", "表1-2", "表2-1", "表3-1"]),
        (("引言", "第三章　石", "第四章"), "arabic", ["表1", "表2", "表3-1", "表4-1"]),
        (
            ("二、泉", "三、石", "四、林"),
            "chinese",
            ["表二之一", "表二之二", "表三之一", "表四之一"],
        ),
        (("IV. 泉", "V. 石", "I am"), "arabic", ["表4-1", "表4-2", "表5-1", "表1"]),
        (("1. 泉", "1. 石", "2. 林"), "arabic", ["表1-1", "表1-2", "表2-1", "表3-1"]),
    ],
)
def test_each_chapter_counts_for_itself(
    tmp_path: Path, heads: tuple[str, ...], numerals: str, found: list[str]
) -> None:
    counts = iter("abcd")
    parts = [f"# {head}\n\n" + "\n".join(TABLE.format("甲", f"題 {{#{next(counts)}}}")
                                          for _ in range(2 - bool(number)))
             for number, head in enumerate(heads)]  # fmt: skip
    for lang in ("zh", "en"):
        path = tmp_path / f"source/text/01-a.{lang}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(parts) + "\n見[](#c)。 {#z.1}\n", "utf-8")
    (tmp_path / "source/edition.toml").write_text('[edition]\nid = "a"\ntitle = "A"\n', "utf-8")
    config = load(tmp_path).value
    assert config is not None
    settings = Captions(tables=True, numerals=numerals, count="chapter")  # type: ignore[arg-type]
    edition = numbered(read_edition(tmp_path, config).value, replace(config, captions=settings))
    labels = [number_of(edition.value.segments["zh", one].inlines) for one in "abcd"]
    assert labels == found
    assert said(edition.value, "zh", "z.1") == f"見{found[2]}。"
    english = number_of(edition.value.segments["en", "c"].inlines)
    assert value(english) == value(found[2])
    if len(value(english)) == 2:
        assert english == "Table\xa0" + ".".join(map(str, value(english)))
