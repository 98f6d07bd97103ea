"""Sermon, classic, page, README, minutes, syllabus, poems, interview: what each is made of."""

from __future__ import annotations

from pathlib import Path

import import_documents as documents
import pytest
from import_samples import faults, workspace

from edition.importers.workspace import imported

MADE = {
    "sermon.txt": ("# 一、鹽不是為自己存在的", "1. 鹽能防腐 {", "::: verse\n我的小光，\n照在路旁；", "經文：馬太福音五章"),
    "classic.txt": ("孝弟[^1]，而好犯上者，鮮矣[^2]。", "# 為政第二", "[^1]: 弟，去聲。今作悌。", '[𠀀]{ids="U+20000"}'),
    "page.html": ('[阿滿]{ruby="ā mǎn"}家的', "煮。」[^1]", "![灶上的豆漿]()", "| 豆漿 | 15 元 |", "::: verse\n天未亮時"),
    "readme.md": ("# 安裝 Installation", "為**「白文」**加標點", "[@lin2024; @marsh2020, pp. 3-5]", "    第二段說明"),
    "minutes.txt": ("# 壹、報告事項", "| 清潔 |  | 3,500 |", "決議：照案通過（贊成 9 票、反對 0 票）。 {", "（二）經費約"),
    "syllabus.txt": ("# Course Description", "- Hart, The Forgotten Roads (2001)", "\\{all\\} questions"),
    "poems.txt": ("# 春渡", "::: verse\n春水平堤柳作煙，", "月落\n河心\n船在", "::: verse\nI came down"),
    "pasted.txt": ("wheel.”[^1] In 1862 it had 14", "1. Wear a coat. {", "lived by the river", "[^4]: So the clerk."),
    "interview.txt": ("阿海伯：十三歲啦。", "【休息十分鐘】 {", '[🚣]{ids="U+1F6A3"}'),
}  # fmt: skip


@pytest.mark.parametrize("name", documents.OTHERS)
def test_documents_of_other_kinds(name: str, tmp_path: Path) -> None:
    outcome = imported(name, documents.OTHERS[name].encode())
    account = outcome.value.accounted
    assert account["characters"] == account["kept"] + account["dropped"]
    text = "\n".join(one for path, one in outcome.value.files.items() if path.endswith(".md"))
    for words in MADE[name]:
        assert words in text
    assert "首頁" not in text
    assert not faults(workspace(outcome.value, tmp_path))
