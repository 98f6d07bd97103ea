"""The base text as a witness: what textual notes say of it, found or not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from edition import basetext, config
from edition.basetext.reading import BaseText
from edition.build import check
from edition.diagnostics import Diagnostic
from edition.readers import read_edition
from edition.source import SourceFile

BASE = """\
山居雜記

摘要

本文論山居之樂與(張三 2001,12-15)的說法。

一、引言

山中有雨，林下無人。溪聲“徹夜”不息¹⁾，

[p. 35]

客至則烹茶，与友人論詩。窗前松影移。

1) 見Mountain Notes第二卷。

二、結語

雨止人散，月出東山。ＡＢＣ學會記。

參考文獻

李四：《林下集》，頁 7–9。
"""
SETTINGS = '[edition]\nid = "a"\ntitle = "A"\n[[witness]]\nsiglum = "底"\nbase = true\n'
SETTINGS += '[[witness]]\nsiglum = "目"\nname = { zh = "書目" }\nof_base = true\n'
SETTINGS += '[[witness]]\nsiglum = "腳"\nof_base = true\n[[witness]]\nsiglum = "宋"\n'
NOTE = """\
- id: n{number}
  at: a.1
  layer: 校
  quote: 山中
  {more}
"""


def base(text: str = BASE) -> BaseText:
    return basetext.read(SourceFile("base.txt", text))


def judged(root: Path, *notes: str, text: str = BASE) -> list[Diagnostic]:
    """What is said of notes, each given by its keys after ``quote``."""
    for name, content in (
        ("edition.toml", SETTINGS),
        ("text/01-a.zh.md", "山中有雨。 {#a.1}\n"),
        ("notes/01-a.yaml",
         "".join(NOTE.format(number=number, more=one) for number, one in enumerate(notes))),
    ):  # fmt: skip
        path = root / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    settings = config.load(root).value
    assert settings is not None
    edition = read_edition(root, settings).value
    return list(basetext.compare(edition, base(text), settings))


@pytest.mark.parametrize(
    "note",
    [
        "sic: 山中有雨",
        "sic: 溪聲徹夜不息，客至則烹茶",  # over a page, a note mark and quotation marks
        "sic: 烹茶……月出",
        "sic: 山中有雨；月出東山／松影移",
        "zh: 原文作“与友人論詩”，當作“與友人論詩文”。",
        "zh: 引言作「林下無人」，結語作“月出東山”。",
        "zh: 注1作 Mountain Notes，疑作“山居筆記”。",
        "zh: 第35頁作“客至則烹茶”。",
        "zh: 書目所給為第7–9頁，引文作第12–15頁。",
        "zh: 本書改作“山中無雨”。",
        'en: "The article has “与友人論詩”, and “talks of poetry” is what it means."',
        "rdg: [{text: 山中有雨, wit: [底]}]",
        "rdg: [{text: 林下集, wit: [目]}]",
        "rdg: [{text: 山中有霧, wit: [宋]}]",  # another book
    ],
)
def test_what_stands_there_is_not_reported(tmp_path: Path, note: str) -> None:
    assert judged(tmp_path, note) == []


@pytest.mark.parametrize(
    ("note", "code", "said"),
    [
        ("sic: 山中有雪", "BAS002", "“山中有雪” does not stand"),
        ("zh: 原文作“林下有人”。", "BAS003", "“林下有人”"),
        ("rdg: [{text: 山中有霧, wit: [底]}]", "BAS003", "“山中有霧”"),
        ("rdg: [{text: 山中有霧, wit: [腳]}]", "BAS003", "“山中有霧”"),
        ("rdg: [{text: 山中有雨, wit: [目]}]", "BAS005", "does not stand in 書目"),
        ("sic: 與友人論詩", "BAS004", "the base text has “与友人論詩”"),
        ("sic: ABC學會", "BAS004", "“ＡＢＣ學會”"),
        ("sic: mountain notes", "BAS004", "“Mountain Notes”"),
        ("zh: 結語作“林下無人”。", "BAS005", "does not stand in 結語"),
        ("zh: 摘要作“林下無人”。", "BAS005", "section 引言, line 9"),
        ("zh: 第35頁作“林下無人”。", "BAS005", "does not stand in 第35頁"),
        ("zh: 注1作“林下無人”。", "BAS005", "does not stand in 注1"),
        ("sic: 林下無人\n  evidence: 第35頁", "BAS005", "does not stand in 第35頁"),
        ("zh: 第36頁作“林下無人”。", "BAS006", "no page 36"),
        ("zh: 書目所給為第8–9頁。", "BAS006", "nowhere gives the page 8–9"),
    ],
)
def test_what_does_not_is(tmp_path: Path, note: str, code: str, said: str) -> None:
    (one,) = judged(tmp_path, note)
    assert (one.code.id, one.segment) == (code, "a.1")
    assert said in one.fact
    assert one.span is not None
    assert one.span.file.path == "source/notes/01-a.yaml"


def test_a_hint_shows_what_stands_near(tmp_path: Path) -> None:
    (one,) = judged(tmp_path, "sic: 客至則烹酒")
    assert "客至則烹茶" in one.hint
    assert "page 35" in one.hint


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("甲[頁 3]乙", {"3": "乙"}),
        ("甲〔12頁〕乙\n【第13頁】丙", {"12": "乙", "13": "丙"}),
        ('甲[]{.page n="421a"}乙', {"421a": "乙"}),
        # folios at the foot of pages
        ("春日遲遲，卉木\n\n· 35 ·\n\n萋萋。倉庚喈喈，采蘩\n\n· 36 ·\n\n祁祁。",
         {"35": "春日", "36": "萋萋"}),
        ("第 7 頁\n\n春日遲遲。\n\n第 8 頁\n\n卉木萋萋。", {"7": "春日", "8": "卉木"}),
        ("春日遲遲。", {}),
    ],
)  # fmt: skip
def test_pages_are_known_by_their_marks(text: str, pages: dict[str, str]) -> None:
    made = base(text)
    assert made.paged == bool(pages)
    for name, words in pages.items():
        (area,) = made.of("page", name)
        assert area.start <= text.index(words) < area.end


def test_the_settings_or_the_command_line_name_the_file(tmp_path: Path) -> None:
    judged(tmp_path, "sic: 與友人論詩")
    settings = tmp_path / "source" / "edition.toml"
    plain = settings.read_text("utf-8")
    beside = tmp_path / "base" / "notes.txt"
    beside.parent.mkdir()
    beside.write_bytes(BASE.encode("gb18030"))
    loaded = config.load(tmp_path).value
    assert loaded is not None
    assert basetext.load(tmp_path, loaded).value is None
    assert "BAS004" in {one.code.id for one in check(tmp_path, base=beside)}
    settings.write_text(plain + '[base]\nfile = "base/notes.txt"\n', "utf-8")
    named = config.load(tmp_path).value
    assert named is not None
    base_text = basetext.load(tmp_path, named).value
    assert base_text is not None
    assert base_text.paged
    beside.write_bytes(b"%PDF-1.7 and so on")
    (one,) = basetext.load(tmp_path, named).diagnostics
    assert (one.code.id, one.place) == ("BAS001", "source/edition.toml:17:1")
    (one,) = basetext.load(tmp_path, replace(named, base_file="../elsewhere.txt")).diagnostics
    assert "outside the workspace" in one.fact
