"""Habits of journals of Korea, Japan, the mainland and of the web that other articles lack."""

from __future__ import annotations

import pytest
from import_samples import accounted

from edition.importers.taking import imported
from edition.latex.described import described
from edition.latex.faces import Coverage, Face, Faces, Family
from edition.model import Styled, Text, plain
from edition.source import SourceFile

KOREAN = """\
『강변학보』 제9집 제1호 (2021년 3월), 3~28쪽

나루와 다리
― 청강의 사례 ―

김나루*・박강둑**

머리말

나루는 淸江의 북쪽에 있었다. 다리가 놓인 뒤에는 배가 팔렸다.

맺음말

나루의 이름만 남았다.

* 청강대학교 사학과 교수.
** 강변연구소 연구원.
논문투고일: 2021. 1. 10. / 게재확정일: 2021. 2. 20.
"""
JAPANESE = """\
渡しと橋
――清川の事例――

川原　渉＊

はじめに

渡しは村の入口であった（１）。橋は昭和三十年に架けられた（２）。

一　義渡の成立

碑は三基ある（３）。図１を見よ。

図１　碑の位置

註
（１）佐藤岸『渡しの民俗』（川辺書房、一九九八年）、一二頁。
（２）『清川町史』上巻、三三頁。
（３）同書、四〇頁。

＊清川大学教授
"""
MAINLAND = """\
义渡碑刻考

沈渡

〔摘　要〕义渡碑刻兼具契约与规约的性质。
〔关键词〕义渡；碑刻

一、引言

义渡碑刻散见各地，〔1〕格式大体一致，〔2〕(P33-35)署名先绅后商。

参考文献

〔1〕王石.清河碑刻辑录[M].清河：清河大学出版社，2015.
〔2〕李园.碑刻与地方社会[J].河流研究，2018,(2):30-40.
"""


def text(name: str, article: str) -> tuple[str, str]:
    made = accounted(name, article.encode())
    written = "".join(one for path, one in made.files.items() if path.endswith(".zh.md"))
    return written, made.files["source/edition.toml"]


def test_korean_authors_have_what_stands_below_the_text_by_their_stars() -> None:
    written, facts = text("a.txt", KOREAN)
    assert '{ zh = "김나루", affiliation = { zh = "청강대학교 사학과 교수." } }' in facts
    assert '{ zh = "박강둑", affiliation = { zh = "강변연구소 연구원." } }' in facts
    assert 'subtitle = { zh = "청강의 사례" }' in facts
    assert "# 머리말" in written
    assert "# 맺음말" in written
    assert "*" not in written


def test_japanese_marks_of_full_width_find_their_notes() -> None:
    written, facts = text("a.txt", JAPANESE)
    assert 'affiliation = { zh = "清川大学教授" }' in facts
    assert "入口であった[^1]。橋は昭和三十年に架けられた[^2]。" in written
    assert "[^3]: 同書、四〇頁。" in written
    assert "# 一　義渡の成立" in written
    assert "![図１　碑の位置]" in written


def test_numbers_in_tortoise_shell_brackets_cite_a_list_that_has_them() -> None:
    written, facts = text("a.txt", MAINLAND)
    assert "散见各地，[@wang2015]格式大体一致，[@li2018, 33-35]署名" in written
    assert 'keywords = { zh = ["义渡", "碑刻"] }' in facts
    noted = MAINLAND.replace("〔1〕王", "[1] 王").replace("〔2〕李", "[2] 李")
    made = accounted("a.txt", noted.encode())
    assert "gb7714-2015-numeric" not in made.files["source/edition.toml"]


def test_lists_that_markdown_does_not_know_and_times_keep_their_lines() -> None:
    made = imported(
        "a.md", "# 甲\n\n祭期：\na) 正月\nb) 七月\n\n## 書目 {-}\n\n另一段。\n".encode()
    ).value
    written = "".join(one for path, one in made.files.items() if path.endswith(".zh.md"))
    assert "祭期：\\\na) 正月\\\nb) 七月" in written
    assert "# 書目 {#" in written
    said = "口述\n\n[00:01] 甲：天還沒有亮\n[00:05] 乙：走罷\n[00:09] 甲：明天呢？\n"
    spoken, _ = text("a.txt", said)
    assert spoken.count("{#") == 3


@pytest.mark.parametrize(("char", "prints"), [("a", "a"), ("ሀ", "〔U+1200〕")])
def test_a_description_prints_where_the_font_of_the_place_lacks_the_sign(
    char: str, prints: str
) -> None:
    face = Face("none")
    family = Family(regular=face, bold=face, italic=face, bold_italic=face)
    faces = Faces(zh=family, zh_sans=family, en=family, han=Coverage((), ()), identity="",
                  latin=Coverage.of(map(ord, "abcU+0123456789")))  # fmt: skip
    span = SourceFile("a", char).span(0, 1)
    ids = Styled((Text(char, span),), (), (("ids", f"U+{ord(char):04X}"),), span)
    assert plain(described((ids,), faces)) == prints


def test_what_mutation_found_stays_mended() -> None:
    """Words behind the sign of a head, a lone formula, a field twice in one reference."""
    for article in (
        "---title: 甲\n---\n\n# 乙\n\n一段文字。\n",
        "# 甲\n\n規劃 \\$1 2 \\mathrm \\{ m \\}$ 之內，$a 與 b$c 之間。\n\n又一段。\n",
    ):
        outcome = imported("a.md", article.encode())
        assert "IMP005" not in [one.code.id for one in outcome.diagnostics]
    listed = MAINLAND.replace(
        "清河大学出版社，2015.", "清河大学出版社，2015. 北京：中华书局，2015."
    )
    assert accounted("a.txt", listed.encode()).files["bib/references.bib"].count("publisher") < 3
