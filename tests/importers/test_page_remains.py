"""Folios and running heads: dropped wherever they stand, and what they cut is whole again."""

from __future__ import annotations

import pytest
from import_samples import accounted

ONE = "河道在這一帶並不寬，最窄的地方只能讓兩條船慢慢地交會，船上的人都要把竹篙收起來，等"
TWO = "對面的船過去了才再撐開。"


def article(*breaks: str) -> str:
    parts = [f"{'甲乙丙'[n]}段{ONE}\n\n{one}\n\n{TWO}" for n, one in enumerate(breaks)]
    return "河道記\n\n一、引言\n\n" + "\n\n".join(parts) + "\n"


def paragraphs(text: str) -> list[str]:
    made = accounted("p.txt", text.encode()).files["source/text/01-i.zh.md"]
    return [one.split(" {#")[0] for one in made.strip().split("\n\n")[1:]]


@pytest.mark.parametrize("breaks", [
    ("· 35 ·", "· 36 ·", "· 37 ·"), ("- 3 -", "- 4 -"), ("— 101 —", "— 102 —"), ("第 35 页",),
    ("第3頁", "第4頁"), ("第 3 页 共 12 页", "第 4 页 共 12 页"), ("36", "37", "38"), ("36",),
    ("12 쪽", "13 쪽"), ("Page 3 of 12", "Page 4 of 12"), ("p. 7", "p. 8"), ("| 12 |", "| 13 |"),
    ("36 河道學報 2024年第3期", "河道學報 2024年第3期 37"), ("第2期　甲某：河道記",),
    ("某某學報　第2期", "某某學報　第2期"), ("· 36 ·\n\n第2期　　甲某：河道記", "· 37 ·"),
    ("Journal of Rivers 12(3), 2024", "Journal of Rivers 12(3), 2024"),
    ("Vol. 12, No. 3", "Vol. 12, No. 3"), ("河道記", "河道記"), ("河道記  41", "河道記  42"),
    ("38\n河道研究總第120期", "39\n河道研究總第120期"),
    ("甲某　河道記　45", "46　甲某　河道記", "甲某　河道記　47"),
])  # fmt: skip
def test_pages_leave_nothing_in_the_text(breaks: tuple[str, ...]) -> None:
    made = paragraphs(article(*breaks))
    assert [one.split(" {#")[0] for one in made] == [
        f"{one}段{ONE}{TWO}" for one in "甲乙丙"[: len(breaks)]
    ]


def test_folios_between_wrapped_lines() -> None:
    text = article("· 35 ·", "· 36 ·").replace("\n\n·", "\n·").replace("·\n\n", "·\n")
    assert paragraphs(text) == [f"{one}段{ONE}{TWO}" for one in "甲乙"]


def test_lone_figures_between_whole_paragraphs_stay() -> None:
    text = "河\n\n1\n\n第一段說完了。\n\n2\n\n第二段說完了。\n\n3\n\n第三段說完了。\n"
    files = accounted("c.txt", text.encode()).files
    made = "\n".join(text for path, text in files.items() if path.endswith(".zh.md"))
    for figure in "123":
        assert f"# {figure} {{#" in made


def test_a_line_that_comes_again_in_verse_stays() -> None:
    text = "歌\n\n一、歌詞\n\n河水流呀流\n岸上人回頭\n河水流呀流\n船上人不愁\n河水流呀流\n"
    files = accounted("v.txt", text.encode()).files
    assert "\n".join(files.values()).count("河水流呀流") == 3
