"""``edition ids``: what is missing is written, and nothing else changes by a byte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edition import cli, config, ids, readers
from edition.model import LANGS, Lang
from edition.readers import judging
from edition.readers.codes import TXT022

SETTINGS = '[edition]\nid = "well"\ntitle = "Well"\n'
CHINESE, ENGLISH = "source/text/01-well.zh.md", "source/text/01-well.en.md"


def lay_out(root: Path, zh: str, en: str) -> Path:
    for name, text in (("source/edition.toml", SETTINGS), (CHINESE, zh), (ENGLISH, en)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())
    return root


def texts(root: Path) -> tuple[str, str]:
    return (root / CHINESE).read_bytes().decode(), (root / ENGLISH).read_bytes().decode()


def stale(root: Path) -> list[str]:
    loaded = config.load(root).value
    assert loaded is not None
    found = readers.read_edition(root, loaded).diagnostics
    return [one.segment for one in found if one.code.id == "ALN005"]


# --- ids -----------------------------------------------------------------------------------------


def test_every_kind_of_block_gets_its_id_where_it_reads_as_one(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        "# 井\n\n水深\n三丈。\n\n- 一\n  - 二\n\n> 引\n\n::: verse\n清，\n深。\n\n又\n:::\n\n"
        "| 甲 |\n| --- |\n| 一 |\n: 表\n\n| 乙 |\n\n![圖](a.png)\n\n水[^1]。\n\n[^1]: 注。\n",
        "# Well\n\nDeep.\n\n- one\n  - two\n\n> Said\n\n::: verse\nclear,\ndeep.\n\nagain\n:::\n\n"
        "| A |\n| --- |\n| 1 |\n: Table\n\n| B |\n\n![Picture](a.png)\n\nWater.\n",
    )
    written = ids.write(tmp_path)
    assert written.diagnostics == ()
    assert written.value == ids.Written(files=(CHINESE, ENGLISH), ids=22, hashes=0)
    chinese, english = texts(tmp_path)
    assert chinese == (
        "# 井 {#01-well.1}\n\n水深\n三丈。 {#01-well.2}\n\n- 一 {#01-well.3}\n"
        "  - 二 {#01-well.4}\n\n> 引 {#01-well.5}\n\n::: verse\n清，\n深。 {#01-well.6}\n\n"
        "又 {#01-well.7}\n:::\n\n| 甲 |\n| --- |\n| 一 |\n: 表 {#01-well.8}\n\n"
        "| 乙 |\n{#01-well.9}\n\n![圖](a.png) {#01-well.10}\n\n水[^1]。 {#01-well.11}\n\n"
        "[^1]: 注。\n"
    )
    assert re.findall(r"#01-well\.(\d+)", english) == [str(n) for n in range(1, 12)]


def test_a_second_run_has_nothing_to_write(tmp_path: Path) -> None:
    lay_out(tmp_path, "# 井\n\n水\n", "# Well\n\nWater\n")
    assert ids.write(tmp_path, touch=True).value.files
    before = texts(tmp_path)
    assert ids.write(tmp_path, touch=True).value == ids.Written()
    assert texts(tmp_path) == before


def test_one_side_takes_the_id_of_the_other(tmp_path: Path) -> None:
    lay_out(tmp_path, "# 井 {#w}\n\n水 {#w.1}\n", '# Well {hash="x"}\n\nWater\n')
    assert ids.write(tmp_path).value == ids.Written(files=(ENGLISH,), ids=2, hashes=0)
    assert texts(tmp_path)[1] == '# Well {#w hash="x"}\n\nWater {#w.1}\n'


def test_a_paragraph_put_in_later_gets_an_id_of_its_own(tmp_path: Path) -> None:
    lay_out(tmp_path, "# 井\n\n水\n", "# Well\n\nWater\n")
    ids.write(tmp_path)
    chinese, english = (text.replace("\n\n", "\n\nnew\n\n", 1) for text in texts(tmp_path))
    lay_out(tmp_path, chinese, english)
    assert ids.write(tmp_path).value.ids == 2
    for text in texts(tmp_path):
        assert re.findall(r"#(01-[\w.-]+)", text) == ["01-well.1", "01-well.2-2", "01-well.2"]


@pytest.mark.parametrize("lead", ["", "\ufeff"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("tail", ["", "\n\n  \n"], ids=["no line end", "blank lines"])
def test_line_ends_and_byte_order_mark_stay(tmp_path: Path, lead: str, end: str, tail: str) -> None:
    zh = lead + "# 井  \n\n水\t\n深\n\n| 甲 |\n| 一 |".replace("\n", end) + tail
    en = lead + "# Well\n\nWater\n\n| A |\n| 1 |".replace("\n", end) + tail
    lay_out(tmp_path, zh, en)
    assert ids.write(tmp_path).value.ids == 6
    chinese = texts(tmp_path)[0]
    assert re.sub(r"(?: |\r?\n)\{#[^}]*\}", "", chinese) == zh
    assert ("\r\n" in chinese) == (end == "\r\n")
    assert end == "\n" or "\n" not in chinese.replace("\r\n", "").removesuffix(tail)


def test_a_lone_carriage_return_ends_a_line_too(tmp_path: Path) -> None:
    lay_out(tmp_path, "# 井\r\r水\r", "# Well\r\rWater\r")
    assert ids.write(tmp_path).value.ids == 4
    assert texts(tmp_path)[0] == "# 井 {#01-well.1}\r\r水 {#01-well.2}\r"


# --- hashes --------------------------------------------------------------------------------------


def test_touch_states_what_the_translation_was_checked_against(tmp_path: Path) -> None:
    lay_out(tmp_path, "# 井 {#w}\n\n水 {#w.1}\n", "# Well {#w}\n\nWater {#w.1}\n")
    assert ids.write(tmp_path, touch=True).value == ids.Written(files=(ENGLISH,), hashes=2)
    assert stale(tmp_path) == []
    chinese, english = texts(tmp_path)
    assert re.fullmatch(
        r'# Well \{#w hash="[0-9a-f]{8}"\}\n\nWater \{#w\.1 hash="[0-9a-f]{8}"\}\n', english
    )
    (tmp_path / CHINESE).write_text(chinese.replace("水", "深水"), encoding="utf-8")
    assert stale(tmp_path) == ["w.1"]
    assert ids.write(tmp_path).value == ids.Written(), "without --touch hashes stay"
    assert stale(tmp_path) == ["w.1"]
    assert ids.write(tmp_path, touch=True).value.hashes == 1
    assert stale(tmp_path) == []


def test_a_change_of_markup_makes_nothing_stale(tmp_path: Path) -> None:
    lay_out(tmp_path, "# 井 {#w}\n\n水深 {#w.1}\n", "# Well {#w}\n\nWater {#w.1}\n")
    ids.write(tmp_path, touch=True)
    (tmp_path / CHINESE).write_text("# 井 {#w}\n\n*水*[深]{.term} {#w.1}\n", encoding="utf-8")
    assert stale(tmp_path) == []


def test_only_what_is_named_is_touched(tmp_path: Path) -> None:
    lay_out(tmp_path, "# 井 {#w}\n\n水 {#w.1}\n",
            "# Well {#w hash=old}\n\nWater {#w.1 hash='old'}\n".replace("'", '"'))  # fmt: skip
    assert ids.write(tmp_path, touch=True, only=("w.1",)).value.hashes == 1
    assert "{#w hash=old}" in texts(tmp_path)[1]
    assert stale(tmp_path) == ["w"]
    (found,) = ids.write(tmp_path, touch=True, only=("w.9",)).diagnostics
    assert found.code is TXT022
    assert "w.9" in found.fact


def test_sides_without_text_have_no_hash(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        "# 井 {#w}\n\n水 {#w.1}\n\n{#w.2 .omitted}\n",
        "# Well {#w}\n\n{#w.1 .untranslated}\n\nDeep {#w.2}\n",
    )
    assert ids.write(tmp_path, touch=True).value.hashes == 1
    assert texts(tmp_path)[1].count("hash") == 1


def test_one_that_faces_several_answers_to_all_of_them(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        "# 井 {#w}\n\n水 {#w.1}\n\n深 {#w.2}\n",
        '# Well {#w}\n\nDeep water {#w.1 corresp="w.1 w.2"}\n',
    )
    assert ids.write(tmp_path, touch=True).value.hashes == 2
    (tmp_path / CHINESE).write_text("# 井 {#w}\n\n水 {#w.1}\n\n淺 {#w.2}\n", encoding="utf-8")
    assert stale(tmp_path) == ["w.1"]


# --- what hinders --------------------------------------------------------------------------------


def test_what_is_not_clear_is_left_and_told(tmp_path: Path) -> None:
    lay_out(tmp_path, "# 井\n\n水\n\n深\n\n## 石\n", "# Well\n\nWater\n\n## Stone\n")
    written = ids.write(tmp_path, touch=True)
    assert [one.code.area for one in written.diagnostics] == ["ALN"]
    assert texts(tmp_path)[0] == "# 井 {#01-well.1}\n\n水\n\n深\n\n## 石 {#01-well.4}\n"
    assert re.findall("#01-well.[0-9]", texts(tmp_path)[1]) == ["#01-well.1", "#01-well.4"]


@pytest.mark.parametrize(
    ("zh", "code"),
    [('# 井 {#w corresp="q"}\n\n水\n', "ALN003"), ("# 井 {#w}\n\n*水\n", "TXT007")],
    ids=["no target", "open emphasis"],
)
def test_with_errors_nothing_is_written(tmp_path: Path, zh: str, code: str) -> None:
    lay_out(tmp_path, zh, "# Well {#w}\n\nWater\n")
    before = texts(tmp_path)
    written = ids.write(tmp_path, touch=True)
    assert code in {one.code.id for one in written.diagnostics}
    assert written.value == ids.Written()
    assert texts(tmp_path) == before


def test_without_settings_it_says_so(tmp_path: Path) -> None:
    assert [one.code.id for one in ids.write(tmp_path).diagnostics] == ["CFG001"]


def test_a_file_that_cannot_be_replaced_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(tmp_path, "# 井\n", "# Well\n")
    before = texts(tmp_path)

    def refuse(path: Path, data: bytes) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("edition.files.write_bytes", refuse)
    written = ids.write(tmp_path)
    assert [(one.code, one.place) for one in written.diagnostics] == [
        (TXT022, CHINESE), (TXT022, ENGLISH)
    ]  # fmt: skip
    assert written.value == ids.Written()
    assert texts(tmp_path) == before


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay_out(tmp_path, "# 井\n\n水\n", "# Well\n\nWater\n")
    assert cli.main(["ids", "--dir", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "4 ids and 0 hashes written in 2 files\n"
    assert cli.main(["ids", "--touch", "--dir", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "0 ids and 2 hashes written in 1 files\n"
    assert cli.main(["ids", "01-well.7", "--dir", str(tmp_path)]) == 1


# --- whatever the text --------------------------------------------------------------------------

_LINE = st.sampled_from([
    "# 題", "- 項", "  - 子", "1. 一", "> 引", "", "", "文", "words", "words {.x}", "| a | b |",
    ": 表", "::: verse", ":::", "[^1]: 注", "![p](p.png)", "{#x .omitted}", "水[^1] \\", "*強*",
    "[水]{.term}", '文 {corresp="a" hash="1"}', "\ttab", "文 {#甲}", "文  ",
])  # fmt: skip


@given(st.lists(_LINE, max_size=8), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_ids_change_nothing_of_what_a_file_says(
    tmp_path: Path, lines: list[str], end: str, bom: bool
) -> None:
    """The same text on both sides: whatever it says, it says afterwards, with ids of its own."""
    raw = ("\ufeff" if bom else "") + end.join(lines)
    lay_out(tmp_path, raw, raw)
    written = ids.write(tmp_path, touch=True)
    after = texts(tmp_path)
    if written.diagnostics:
        assert after == (raw, raw)
        return
    added = re.compile(r"#01-well\.[\d-]+ ?|\s?hash=\"[0-9a-f]{8}\"| ?\{\}|[\r\n]*\{\}")

    def bare(text: str) -> str:
        return re.sub(r"\s+", "", added.sub("", added.sub("", text)))

    assert bare(after[0]) == bare(raw)
    loaded = config.load(tmp_path).value
    assert loaded is not None
    edition = readers.read_edition(tmp_path, loaded).value
    sides: tuple[Lang, ...] = LANGS
    for lang in sides:
        segments = [one for part in edition.sections for one in part.side(lang)]
        assert all(one.given for one in segments)
    assert all(
        one.source_hash == judging.source_hash(pair.zh)
        for pair in edition.pairs for one in pair.en if one.source_hash
    )  # fmt: skip
