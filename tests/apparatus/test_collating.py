"""``edition collate`` on a workspace."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from book_samples import workspace

from edition import collating
from edition.build import check
from edition.diagnostics import Severity

SETTINGS = """\
[edition]
id = "c"
title = { zh = "校", en = "C" }

[[witness]]
siglum = "宋"
name = { zh = "宋本", en = "the Song copy" }

[[witness]]
siglum = "元"
"""
ZH = "# 一 {#s}\n\n山中有雨，林下[無]{.supplied}人。山中無雲。 {#s.1}\n\n溪水東流。 {#s.2}\n"
EN = "# One {#s}\n\nRain in the hills, nobody in the woods; no cloud. {#s.1}\n\nThe brook. {#s.2}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = workspace(tmp_path / "w", ZH, EN, settings=SETTINGS)
    (folder / "source/notes/n.yaml").unlink()
    return folder


def witness(folder: Path, name: str, text: str) -> Path:
    path = folder.parent / name
    path.write_text(text, encoding="utf-8")
    return path


def run(root: Path, **witnesses: str) -> tuple[collating.Collation, list[str]]:
    paths = [(siglum, witness(root, f"{siglum}.txt", text)) for siglum, text in witnesses.items()]
    made = collating.collate(root, paths)
    return made.value, [one.code.id for one in made.diagnostics]


def notes(root: Path) -> str:
    path = root / collating.FILE
    return path.read_text("utf-8") if path.exists() else ""


def errors(root: Path) -> list[str]:
    return [one.fact for one in check(root) if one.level is Severity.ERROR]


def test_proposals_are_notes_that_anchor(root: Path) -> None:
    value, found = run(
        root, 宋="一山中有雪林下無人溪山無雲溪水流東", 元="一山中有雪林下無人山中無雲溪水東流"
    )
    assert not found
    assert value.added == 4
    assert not errors(root)
    assert '"text": "雪", "wit": ["宋", "元"]' in notes(root)
    assert "transposition" in notes(root)


def test_a_second_run_adds_nothing_and_another_witness_joins(root: Path) -> None:
    run(root, 宋="一山中有雪林下無人山中無雲溪水東流")
    first = notes(root)
    assert run(root, 宋="一山中有雪林下無人山中無雲溪水東流")[0].added == 0
    assert notes(root) == first
    value, _ = run(root, 元="一山中有雪林下無人山中無雲溪水西流")
    assert (value.added, value.extended) == (1, 1)
    assert '"wit": ["宋", "元"]' in notes(root)
    assert not errors(root)


def test_what_the_editor_accepted_stays_letter_for_letter(root: Path) -> None:
    run(root, 宋="一山中有雪林下無人山中無雲溪水東流")
    mine = notes(root).replace("  proposed: true\n", "").replace("  layer:", "  # 已核\n  layer:")
    (root / collating.FILE).write_text(mine, encoding="utf-8")
    value, found = run(root, 元="一山中有雪林下無人山中無雲溪水西流")
    assert notes(root).startswith(mine)
    assert value.added == 1
    assert found == ["APP005"]


def test_what_cannot_be_compared_is_refused(root: Path) -> None:
    assert run(root, 光="一山中有雪")[1] == ["APP001"]
    assert run(root, 宋="全然不是同一篇文字")[1] == ["APP004"]
    (root.parent / "bad.txt").write_bytes(b"\xff\xfe\x00")
    made = collating.collate(root, [("宋", root.parent / "bad.txt"), ("元", root / "none.txt")])
    assert [one.code.id for one in made.diagnostics] == ["TXT002", "TXT001"]
    assert not notes(root)


def test_a_layer_that_is_not_there_is_said(root: Path) -> None:
    path = witness(root, "x.txt", "一山中有雪林下無人山中無雲溪水東流")
    made = collating.collate(root, [("宋", path)], layer="無")
    assert [one.code.id for one in made.diagnostics] == ["APP007"]


def test_a_witness_in_the_text_format_is_read_without_its_markup(root: Path) -> None:
    path = witness(root, "w.md", "# 一\n\n山中有*雪*，林下無人。山中無雲。\n\n溪水東流。\n")
    made = collating.collate(root, [("宋", path)])
    assert made.value.added == 1
    assert '"雪"' in notes(root)


def test_a_long_gap_is_said_and_is_no_entry(root: Path) -> None:
    long = "".join(chr(0x4E00 + at) for at in range(500))
    text = root / "source/text/01-s.zh.md"
    text.write_text(ZH + f"\n{long} {{#s.3}}\n", encoding="utf-8")
    other = root / "source/text/01-s.en.md"
    other.write_text(EN + "\nMuch. {#s.3}\n", encoding="utf-8")
    value, found = run(root, 宋="一山中有雨林下無人山中無雲溪水東流" + long[:250])
    assert (found, value.added) == ([], 1)
    value, found = run(root, 元="一山中有雨林下無人山中無雲溪水東流" + long[450:])
    assert "APP006" in found


@pytest.mark.parametrize(("text", "lemma"), [
    ('山中[有雨]{ruby="yǒu yǔ"}，林下無人。', "有雨"),
    ('*山[中有]{ruby="a"}*雨，林下無人。', "中有"),
    ("山中有雨\u0301，林下無人。", "雨\u0301"), ("山中有\u1112\u1161\u11ab雨，林下無人。", "한"),
], ids=["ruby", "ruby in emphasis", "mark", "syllable"])  # fmt: skip
def test_no_entry_divides_what_is_read_as_one(root: Path, text: str, lemma: str) -> None:
    path = root / "source/text/01-text.zh.md"
    if not path.is_file():
        path = next(root.glob("source/text/*.zh.md"))
    path.write_text(f"# 一 {{#s}}\n\n{text} {{#s.1}}\n\n溪水東流。 {{#s.2}}\n", encoding="utf-8")
    _, found = run(root, 宋="一山中有雪林下無人溪水東流", 元="一山中無雨林下無人溪水東流")
    assert not found
    assert "ANC006" not in [one.code.id for one in check(root)]
    assert lemma in unicodedata.normalize("NFC", notes(root))
