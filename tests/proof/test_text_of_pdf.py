"""What the finished pages say, against the source."""

from __future__ import annotations

from pathlib import Path

import pytest
from text_of_pdf import composed, differences

from edition.config import LayoutName

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.tex

SETTINGS = """[edition]
id = "hard"
title = { zh = "難字", en = "Hard Characters" }
date = "2026-01-01"
[[layers]]
id = "注"
name = { zh = "注釋", en = "Notes" }
numbering = "circled"
"""
ZH = """# 字 {#c}

他說⋯⋯好，又說……；起〜止～；部首⻌、⼀、⺀、⼅⼋⽕；小形﹑﹠﹢；龜與龜；①②➀。
“引號”與——破折號。 {#c.1}

希臘文 λόγος、俄文 Москва、音標 [ʈʂʰəŋ]、拼音 lǜ；李 白與한국어 문장。 {#c.2}

**黑體⋯⋯⻌**，*楷體〜*，西元前 221—前 206 年，見[〓]{ids="⿰火良"}。 {#c.3}
"""
EN = """# Characters and ﬂuﬀ {#c}

An efficient affiliation of office staff: fluffy, first, flat; ﬁ and ﬃ typed. Dots ⋯ and …; ～ 〜.
Radicals ⻌ ⼀ ⼅⼋⽕; ➀ ②. A well-known state-of-the-art characterization of internationalization
and institutionalization. {#c.1}

Greek Ἐν ἀρχῇ ἦν ὁ λόγος, Russian Москва, phonetic [ʈʂʰəŋ˥˩]. A word of Hebrew, שלום עולם, ends
here; “quotes” and ‘single ones’, 5–7, a—b, don’t. {#c.2}

**Bold ⋯⻌ office** and *slanted affinity*; [〓]{ids="⿰火良"}. {#c.3}
"""
NOTES = """- id: n1
  at: c.1
  quote: {zh: 部首, en: Radicals}
  layer: 注
  zh: 部首⻌與⼀，不是辶與一。
  en: The radicals ⻌ and ⼀, not the ideographs; an official affidavit.
- id: n2
  at: c.2
  quote: {zh: λόγος, en: שלום}
  layer: 注
  zh: λόγος，理也。
  en: The word שלום is peace.
"""


@pytest.mark.parametrize("layout", ["facing", "columns"])
def test_hard_characters_are_copied_as_they_were_written(
    tmp_path: Path, layout: LayoutName
) -> None:
    for name, text in (("edition.toml", SETTINGS), ("text/01-a.zh.md", ZH),
                       ("text/01-a.en.md", EN), ("notes/n.yaml", NOTES)):  # fmt: skip
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    work = tmp_path / "work"
    made = composed(tmp_path, layout, work)
    assert [str(one) for one in differences(made, work / "finished.pdf")] == []


def test_the_shipped_edition_is_copied_as_it_was_written(tmp_path: Path) -> None:
    made = composed(ROOT, "columns", tmp_path)
    assert [str(one) for one in differences(made, tmp_path / "finished.pdf")] == []
