"""Notes with blocks in them, notes in cells and footnotes, and pictures, on real pages."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import book_samples
import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.tex

ZH = """# 亭 {#s}

亭在山腰，[^1]四面皆竹。 {#s.1}

| 名 | 處 |
| --- | --- |
| 東亭 | 近泉 |
| 西亭 | 近橋[^2] |
: 二亭 {#s.t}

![亭圖](map.png){#s.f alt="亭在池北"}

~~~
亭 = {"高": 3,  "寬": 4}
~~~
{#s.c}

***

亭
: 有頂無牆者。

- 甲

  甲之續

[^1]: 或云在山頂。
    然碑在山腰。

    碑文可讀。
[^2]: 橋已不存。
"""
EN = """# The Pavilion {#s}

The pavilion stands half up the hill,[^1] with bamboo all round. {#s.1}

| Name | Place |
| --- | --- |
| East pavilion | near the spring |
| West pavilion | near the bridge[^2] |
: Two pavilions {#s.t}

![Plan of the pavilion](map.png){#s.f alt="The pavilion lies north of the pond"}

~~~
pavilion = {"high": 3,  "wide": 4}
~~~
{#s.c}

***

Pavilion
: What has a roof and no walls.

- First

  More of the first

[^1]: On the top, some say.
    But the stone is here.

    The stone can be read.
[^2]: The bridge is gone.
"""
NOTES = """
- id: list
  at: s.1
  quote: {zh: 竹, en: bamboo}
  layer: 注
  zh: |
    竹有三種：

    - 毛竹
    - 紫竹，其色%s

    ::: verse
    竹影掃階
    月穿潭底
    :::
  en: |
    Of three kinds:

    - tall
    - black, %s

    > A quoted sentence.

    And one more paragraph.
- {id: cell, at: s.t, quote: {zh: 東亭, en: East pavilion}, layer: 注, zh: 今名。, en: So called.}
- {id: foot, at: s.t, quote: {zh: 橋已, en: bridge is}, layer: 注, zh: 毀於水。, en: By floods.}
- {id: end1, at: s.1, quote: {zh: 山腰, en: the hill}, layer: 尾, zh: 尾注甲。, en: Endnote one.}
- {id: end2, at: s.t, quote: {zh: 近泉, en: spring}, layer: 尾, zh: 尾注乙。, en: Endnote two.}
- {id: plan, at: s.f, quote: {zh: 亭圖, en: Plan}, layer: 注, zh: 手繪。, en: Drawn by hand.}
"""


def _book(folder: Path) -> Path:
    notes = NOTES % ("如墨，" * 150 + "甚美", "as ink and " * 240 + "fine")
    settings = (
        book_samples.SETTINGS
        + """[[layers]]
id = "尾"
name = { zh = "尾注", en = "Endnotes" }
numbering = "letter"
placement = "section-end"
"""
    )
    book_samples.workspace(folder, ZH, EN, notes=notes, settings=settings)
    (folder / "map.png").write_bytes(book_samples.png(900, 900))
    return folder


@pytest.mark.parametrize("layout", ["facing", "columns"])
def test_notes_stand_everywhere_and_hold_blocks(
    tmp_path: Path, layout: Literal["facing", "columns"]
) -> None:
    done, found = book_samples.built(_book(tmp_path), layout)
    assert {one.code.id for one in found} <= {"LAY013"}
    marks = {one.name for one in done.typeset.points if one.kind == "mark"}
    assert {f"n:{note}/{lang}" for note in ("list", "cell", "foot", "plan", "end1", "end2")
            for lang in ("zh", "en")} <= marks  # fmt: skip
    for words in ("•毛竹", "竹影掃階", "碑文可讀", "•black,asink", "Aquotedsentence.",
                  "Thestonecanberead", '{"high":3,"wide":4}', "＊＊＊", "Moreofthefirst",
                  "有頂無牆者",
                  "Byfloods.", "Endnotesa", "bEndnotetwo.", "b尾注乙"):  # fmt: skip
        assert len(book_samples.pages_with(done, words)) == 1, words
    pages = PdfReader(tmp_path / f"work-{layout}" / "typeset" / "read.pdf").pages
    pictures = [name for page in pages for name in page.images]
    assert len(pictures) == 1
    plain, _ = book_samples.built(tmp_path, layout, plain=True)
    book_samples.same_pages(done, plain)
