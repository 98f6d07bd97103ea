"""``edition align --review`` and that of an import: pairs are asked about, kept, and written."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from edition import cli
from edition.aligning import asking
from edition.aligning.rulings import Ruling, Tied, align_ruled, openings
from edition.aligning.units import Unit
from edition.build import check
from edition.reviewing import page
from edition.source import SourceFile

CHINESE, ENGLISH = "source/text/01-mill.zh.md", "source/text/01-mill.en.md"
ZH = """# 水磨

村東有水磨一座，建於一八五三年，主人姓羅。

他笑了。

他走了。

他又回來。

一九五八年通了電，水磨從此不響。

磨坊後來改作學校。
"""
EN = """# The Mill

East of the village stood a water mill, built in 1853; the owner’s name was Luo.

He laughed and went.

He came back.

Electricity came in 1958, and the mill has been silent; it has been a school ever since.
"""


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    root = tmp_path / "mill"
    settings = '[edition]\nid = "mill"\ntitle = "Mill"\n'
    for name, text in (("source/edition.toml", settings), (CHINESE, ZH), (ENGLISH, EN)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """A terminal that gives these answers and is at its end then."""
    typed = io.StringIO("".join(f"{one}\n" for one in answers))
    monkeypatch.setattr("sys.stdin", typed)
    monkeypatch.setattr(typed, "isatty", lambda: True, raising=False)


def run(*words: str) -> int:
    return cli.main(list(words))


def english(root: Path) -> str:
    return (root / ENGLISH).read_text("utf-8")


def test_pairs_are_accepted_and_changed_by_id_and_not_asked_again(
    mill: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answering(monkeypatch, "1", "e 01-mill.9", "e 01-mill.3 01-mill.4 = 01-mill.3", "1", "1")
    run("align", "--review", "--dir", str(mill))
    shown = capsys.readouterr().out
    assert "zh 01-mill.3 他笑了。" in shown
    assert "en 01-mill.3 He laughed and went." in shown
    assert "“e” is no answer here" in shown
    assert 'He laughed and went. {#01-mill.3 corresp="01-mill.3 01-mill.4"}' in english(mill)
    assert "He came back. {#01-mill.5}" in english(mill), "what stands beside it is aligned anew"
    assert 'ever since. {#01-mill.6 corresp="01-mill.6 01-mill.7"}' in english(mill)
    kept = (mill / asking.FILE).read_text("utf-8")
    assert 'zh = ["他笑了。", "他走了。"]\nen = ["He laughed and went."]' in kept
    assert not [one.code.id for one in check(mill) if one.code.area == "ALN"]
    answering(monkeypatch)
    assert run("align", "--review", "--dir", str(mill)) == 0
    assert "[1/" not in capsys.readouterr().out


def test_texts_that_stand_alone_get_places_and_find_back(
    mill: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "1", "n", "q")
    run("align", "--review", "--dir", str(mill))
    assert "{#01-mill.3 .untranslated}" in english(mill)
    assert "{#01-mill.3-2 .blank}" in (mill / CHINESE).read_text("utf-8")
    ruling = '\n[[pair]]\nzh = ["他笑了。"]\nen = ["He laughed and went."]\n'
    with (mill / asking.FILE).open("a", encoding="utf-8") as kept:
        kept.write(ruling)
    answering(monkeypatch, "q")
    run("align", "--review", "--dir", str(mill))
    assert "He laughed and went. {#01-mill.3}" in english(mill)
    assert "{#01-mill.3 .untranslated}" not in english(mill)
    assert ".blank" not in (mill / CHINESE).read_text("utf-8")


def test_what_is_only_proposed_is_asked_and_loses_its_chance(
    mill: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = EN.replace("Luo.\n", 'Luo. {#m.2 sure="0.81"}\n')
    (mill / ENGLISH).write_text(text, "utf-8")
    (mill / CHINESE).write_text(ZH.replace("姓羅。", "姓羅。 {#m.2}"), "utf-8")
    answering(monkeypatch, "1", "q")
    run("align", "--review", "--dir", str(mill))
    assert "Luo. {#m.2}" in english(mill)


def test_decisions_that_cannot_be_read_and_texts_that_are_not_there_are_told(
    mill: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (mill / asking.FILE).write_text('[[pair]]\nzh = "他笑了。"\n', "utf-8")
    assert run("align", "--review", "--dir", str(mill)) == 1
    assert "ALN012" in capsys.readouterr().out
    assert english(mill) == EN
    (mill / asking.FILE).write_text('[[pair]]\nzh = ["他哭了。"]\n', "utf-8")
    answering(monkeypatch, "q")
    run("align", "--review", "--dir", str(mill))
    assert "ALN013" in capsys.readouterr().out


def test_an_import_asks_and_follows_what_was_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "zh.md").write_text(ZH, "utf-8")
    (tmp_path / "en.md").write_text(EN, "utf-8")
    command = ["import", str(tmp_path / "zh.md"), str(tmp_path / "en.md"),
               "--to", str(tmp_path / "to"), "--review"]  # fmt: skip
    answering(monkeypatch, *["1"] * 9)
    assert run(*command) == 0
    assert "chance of" in capsys.readouterr().out
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "to").rglob("*.en.md"))
    assert "Luo. {#" in text
    assert "sure=" not in text
    answering(monkeypatch)
    assert run(*command) == 0
    shown = capsys.readouterr().out
    assert "[1/" not in shown
    assert "nothing has changed since the last import" in shown


def units(*texts: str) -> list[Unit]:
    return [Unit(text=one) for one in texts]


def test_the_last_word_on_a_text_holds_and_equal_openings_have_numbers() -> None:
    zh, en = ["甲。", "甲。", "乙。"], ["So.", "So.", "Thus."]
    begins = openings(zh), openings(en)
    assert begins[0] == ("甲。", "甲。 (2)", "乙。")
    told = (Ruling(zh=("甲。",), en=("So.",)), Ruling(zh=("甲。 (2)",), en=("So.",)),
            Ruling(zh=("甲。",)), Ruling(en=("never",)))  # fmt: skip
    made = align_ruled(units(*zh), units(*en), told, begins)
    assert made.groups[:2] == (Tied((0,), (), 1.0, True), Tied((1,), (0,), 1.0, True))
    assert made.unmet == (3,)
    assert sorted(at for one in made.groups for at in one.en) == [0, 1, 2]


def test_the_page_settles_what_hangs_on_an_own_answer() -> None:
    texts = asking.Texts(
        tuple(asking.Member(f"z{n}", f"字{n}", f"字{n}") for n in range(3)),
        tuple(asking.Member(f"e{n}", f"word {n}", f"word {n}") for n in range(3)),
        tuple(Tied((n,), (n,), 0.5) for n in range(3)),
    )  # fmt: skip
    places = asking.unsure([texts])
    saved: list[tuple[Ruling, ...]] = []

    class Store:
        def save(self, decisions: Sequence[tuple[Ruling, ...]]) -> None:
            saved.extend(decisions)

        def undo(self) -> None:
            saved.pop()

    session = page.Session("t", asking.questions(places), asking.PairAnswers(places), Store())
    told = session.decide({"id": 1, "take": "own", "own": "e0 e1", "reason": ""})
    assert told["settled"] == [1, 0, 2]
    assert saved == [(Ruling(zh=("字1",), en=("word 0", "word 1")),)]
    text = asking.append("# mine\n", saved)
    assert asking.read(SourceFile("a.toml", text)).value[0].en == ("word 0", "word 1")
    assert "z1" in page.page(session, "s")


def test_format_says_how_to_read_and_how_to_tell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("江水慢慢地流過城下\n城裡的人\n都在橋上看水\n", "utf-8")
    command = ["import", str(tmp_path / "a.txt"), "--to", str(tmp_path / "to")]
    assert run(*command, "--format", "lines", "--format", "json") == 0
    assert "findings" in json.loads(capsys.readouterr().out)
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "to").rglob("*.zh.md"))
    assert "都在橋上看水 {#" in text
