"""A book with all that stands round a text, from its files to its pages."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from edition.build import Request, build

SETTINGS = """\
[edition]
id = "book"
title = { zh = "溪山集", en = "Brook and Hill" }
authors = [{ zh = "林客", en = "Lin Ke" }]
publisher = { zh = "溪書局", en = "Brook Press" }
date = "2026-03-05"
[imprint]
isbn = "978-7-301-00000-7"
rights = { zh = "版權所有", en = "All rights reserved." }
[matter]
front = ["half-title", "title", "imprint", "dedication", "contents", "tables", "preface", "rules"]
back = ["glossary", "appendix", "index"]
generated_rules = true
[captions]
tables = true
numerals = "chinese"
[glossary]
order = "own"
pages = true
[index]
terms = true
"""
TEXTS = {
    "dedication": ("獻給鄰人 {#d.1}", "For a neighbour {#d.1}"),
    "preface": ("# 序 {#pre}\n\n溪山略說，見[](#t1)。 {#pre.1}",
                "# Preface {#pre}\n\nBrook hills in short; see [](#t1). {#pre.1}"),
    "10-a": ("# 上編 {#p1 .part}\n\n# 登高 {#a}\n\n獨上溪山。 {#a.1}",
             "# Part One {#p1 .part}\n\n# Climbing {#a}\n\nAlone up the brook hills. {#a.1}"),
    "appendix": ("# 附錄 {#app}\n\n| 山 | 高 |\n|---|---|\n| 溪山 | 百尺 |\n: 諸山 {#t1}",
                 "# Appendix {#app}\n\n| Hill | High |\n|---|---|\n| brook hills | 100 |\n"
                 ": The hills {#t1}"),
}  # fmt: skip
NOTE = ("- {id: n, at: pre.1, layer: 注, quote: {zh: 略說, en: in short}, "
        "zh: '比[](#t1)。', en: 'Cf. [](#t1).'}\n")  # fmt: skip
TERM = '[[term]]\nid = "x"\nzh = "溪山"\nen = "brook hills"\npinyin = "xīshān"\n'


@pytest.mark.tex
def test_each_page_says_what_belongs_there(tmp_path: Path) -> None:
    files = {"edition.toml": SETTINGS, "notes/a.yaml": NOTE, "glossary.toml": TERM}
    for stem, sides in TEXTS.items():
        files |= {f"text/{stem}.{lang}.md": text + "\n"
                  for lang, text in zip(("zh", "en"), sides, strict=True)}  # fmt: skip
    for name, content in files.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    done = build(Request(root=tmp_path))
    assert done.value is not None, done.diagnostics
    assert "0 violations" in done.value.line
    reader = PdfReader(io.BytesIO(done.value.pdf.read_bytes()))
    said = [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]
    at = {number: text for number, text in enumerate(said) if text}
    assert at[0] == "溪山集BrookandHill"
    assert "林客" in at[2]
    assert {"ISBN978-7-301-00000-7", "版權所有"} <= set(re.findall("ISBN[0-9-]+|版權所有", at[3]))
    assert at[4] == "獻給鄰人Foraneighbour"
    assert at[5].endswith("vi")
    for part in ("上編", "表一諸山", "附錄"):
        assert part in at[5], "contents, and the list of tables below them"
    assert at[5].count("表目") == 2, "the list has a line of the contents and its heading"
    assert "Table1.Thehills" in at[6]
    assert "astheystand" not in at[6]
    numbers = [number for number, text in at.items() if "見表一。" in text]
    assert [numbers, "比表一。" in at[numbers[0]]] == [[7], True]
    assert "seeTable1." in at[8]
    titles = [one.title for one in reader.outline if not isinstance(one, list)]  # type: ignore[union-attr]
    assert "上編 · Part One" in titles
    terms = next(text for text in at.values() if text.startswith("詞彙表"))
    assert terms == "詞彙表溪山xīshānbrookhillsviii、2、64", "its pages, the appendix behind it"
