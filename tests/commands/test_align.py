"""``edition align``: what belongs together is told, written, accepted, and kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from edition import cli
from edition.build import check

SETTINGS = '[edition]\nid = "mill"\ntitle = "Mill"\n'
CHINESE, ENGLISH = "source/text/01-mill.zh.md", "source/text/01-mill.en.md"
ZH = """# 水磨

村東有水磨一座，建於一八五三年，主人姓羅。

羅家磨麥，每石取錢四文，窮人不取。

一日大雨，水漲三尺，磨輪折了七根木齒。

「怎麼辦？」羅老漢的女兒問。

老漢不答，坐到半夜，天明時已把齒削好。

一九五八年通了電，水磨從此不響。
"""
EN = """# The Mill

East of the village stood a water mill, built in 1853; the owner’s name was Luo.

The Luos ground wheat for four coins a measure, and took nothing from the poor. One day it rained
hard, the water rose three feet, and seven wooden teeth of the wheel broke.

“What shall we do?” asked old Luo’s daughter.

He did not answer. He sat until midnight, and at dawn the new teeth were cut.

Electricity came in 1958, and the mill has been silent ever since.
"""


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    for name, text in (("source/edition.toml", SETTINGS), (CHINESE, ZH), (ENGLISH, EN)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(root: Path, *words: str) -> int:
    return cli.main(["align", *words, "--dir", str(root)])


def codes(root: Path) -> list[str]:
    return [one.code.id for one in check(root)]


def test_a_join_is_one_finding_and_nothing_is_written_unasked(
    mill: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(mill) == 1
    told = capsys.readouterr().out
    assert told.count("ALN008") == 1
    assert "01-mill.3 and 01-mill.4 in Chinese seem to answer to one English text" in told
    assert "羅家磨麥" in told
    assert "The Luos ground wheat" in told
    assert (mill / ENGLISH).read_text("utf-8") == EN


def test_written_it_builds_and_says_what_is_only_proposed(
    mill: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(mill, "--write") == 0
    english = (mill / ENGLISH).read_text("utf-8")
    assert '{#01-mill.3 corresp="01-mill.3 01-mill.4"' in english
    assert english.count("{#") == 6
    assert set(codes(mill)) <= {"ALN010"}
    assert run(mill, "--accept") == 0
    assert codes(mill) == []
    assert 'sure="' not in (mill / ENGLISH).read_text("utf-8")
    assert run(mill, "01-mill.1", "--accept") == 1
    assert "ALN011" in capsys.readouterr().out


def test_pairs_for_programs(mill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(mill, "--pairs")
    rows = json.loads(capsys.readouterr().out)
    (joined,) = [one for one in rows if len(one["zh"]) == 2]
    assert joined["zh"] == ["01-mill.3", "01-mill.4"]
    assert 0.75 <= joined["sure"] <= 1


def test_a_new_version_keeps_ids_and_notes(
    mill: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    run(mill, "--write", "--accept")
    (mill / "source/notes").mkdir()
    (mill / "source/notes/a.yaml").write_text(
        "- id: teeth\n  at: 01-mill.3\n  layer: 注\n  quote: {en: seven wooden teeth}\n"
        "  en: Of elm.\n",
        encoding="utf-8",
    )
    assert codes(mill) == []
    new = tmp_path_factory.mktemp("post") / "01-mill.en.md"
    changed = EN.replace("stood a water mill", "there stood a water mill")
    changed = changed.replace("He did not answer. He sat", "He did not answer.\n\nHe sat")
    new.write_text(changed, encoding="utf-8")
    capsys.readouterr()
    assert run(mill, "--update", str(new)) == 1
    english = (mill / ENGLISH).read_text("utf-8")
    assert '{#01-mill.3 corresp="01-mill.3 01-mill.4"}' in english
    assert (
        "there stood a water mill, built in 1853; the owner’s name was Luo. {#01-mill.2}" in english
    )
    # the paragraph that was parted in two is the one thing that is open
    assert capsys.readouterr().out.count(": error ") == 1


def test_a_translation_that_arrives_later_takes_the_ids_of_the_text(
    mill: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (mill / ENGLISH).unlink()
    assert cli.main(["ids", "--dir", str(mill)]) == 0
    before = (mill / CHINESE).read_text("utf-8")
    new = tmp_path_factory.mktemp("post") / "01-mill.en.md"
    new.write_text(EN, encoding="utf-8")
    assert run(mill, "--update", str(new), "--write") == 0
    assert (mill / CHINESE).read_text("utf-8") == before
    assert '{#01-mill.3 corresp="01-mill.3 01-mill.4"' in (mill / ENGLISH).read_text("utf-8")


def test_a_version_of_no_text_is_refused(mill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (mill / "new.docx").write_bytes(b"PK")
    assert run(mill, "--update", str(mill / "new.docx")) == 1
    assert "TXT021" in capsys.readouterr().out
    assert run(mill, "--update", str(mill / "02-none.en.md")) == 1
    assert "TXT001" in capsys.readouterr().out
