"""The setting: what it changes of an edition, and that anchors and lemmas follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition import config as settings
from edition.build import check
from edition.build.stages import prepare
from edition.model import plain

EN = """# "One" {#a}

He said "I am gone." -- then "went..." \\"so\\" [it's]{.lock} https://x.org/a--b {#a.1}
"""
ZH = "# “甲” {#a}\n\n他說“走了”，她說“留下”。 {#a.1}\n"
NOTES = """\
- id: gone
  at: a.1
  layer: 注
  quote: {zh: “走了”, en: '"I am gone."'}
  zh: 見“某書”。
  en: As in "The Book"...
"""


@pytest.fixture
def typed(workspace: Path) -> Path:
    source = workspace / "source"
    (source / "text" / "01-garden.en.md").write_text(EN)
    (source / "text" / "01-garden.zh.md").write_text(ZH)
    (source / "notes" / "01-garden.yaml").write_text(NOTES)
    return workspace


def setting(workspace: Path, lines: str) -> None:
    path = workspace / "source" / "edition.toml"
    path.write_text(path.read_text().replace("[edition]\n", f"[edition]\n{lines}\n"))


def texts(workspace: Path, script: str | None = None) -> tuple[str, str]:
    ready = prepare(workspace, script=script)  # type: ignore[arg-type]
    assert ready.value is not None
    edition = ready.value.edition
    for anchor in edition.anchors:
        note = next(one for one in edition.notes if one.id == anchor.note)
        text = edition.segments[anchor.lang, anchor.segment].text
        assert text[anchor.start : anchor.end] == note.lemmas[anchor.lang].quote
    assert len(edition.anchors) == 2
    return edition.segments["zh", "a.1"].text, edition.segments["en", "a.1"].text


def test_unasked_nothing_is_changed_and_one_remark_offers_it(typed: Path) -> None:
    zh, en = texts(typed)
    assert en.startswith('He said "I am gone." -- then "went..."')
    assert zh == "他說“走了”，她說“留下”。"
    found = [one for one in check(typed) if one.code.id == "TXT025"]
    assert len(found) == 1
    assert 'en = "smart"' in found[0].hint
    assert found[0].span is not None
    setting(typed, 'typography = "as-written"')
    assert texts(typed)[1] == en
    assert not [one for one in check(typed) if one.code.id == "TXT025"]


def test_smart_marks_spare_locks_escapes_and_addresses(typed: Path) -> None:
    setting(typed, 'typography = { en = "smart" }')
    _, en = texts(typed)
    assert en == 'He said “I am gone.” – then “went…” "so" it\'s https://x.org/a--b'
    ready = prepare(typed).value
    assert ready is not None
    assert ready.edition.segments["en", "a"].text == "“One”"
    assert plain(ready.edition.notes[0].texts["en"]) == "As in “The Book”…"
    assert [one for one in check(typed) if one.code.id == "TXT025"] == []


def test_chinese_quotation_marks_follow_the_region(typed: Path) -> None:
    setting(typed, 'quotation_marks = "region"')
    assert texts(typed)[0] == "他說「走了」，她說「留下」。"
    assert texts(typed, "hans")[0] == "他说“走了”，她说“留下”。"
    assert texts(typed)[1].startswith('He said "I')


@pytest.mark.parametrize(("line", "code"), [
    ('typography = "clever"', "CFG005"), ("typography = 3", "CFG004"),
    ('typography = { fr = "smart" }', "CFG003"), ('quotation_marks = "wavy"', "CFG005"),
])  # fmt: skip
def test_a_wrong_setting_is_a_finding(typed: Path, line: str, code: str) -> None:
    setting(typed, line)
    assert [one.code.id for one in settings.load(typed).diagnostics] == [code]
