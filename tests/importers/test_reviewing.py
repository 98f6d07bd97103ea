"""What an import proposes, decided by the editor: readings go into the text, or are not proposed
again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from edition import reviewing
from edition.cli import main
from edition.importers import decisions
from edition.importers.article import Imported, convert
from edition.importers.decisions import Decision
from edition.importers.manner import Manner
from edition.source import SourceFile

TEXT = """\
城市的發展

甲某*

* 某大學

一、引言

晶片工廠停工。新建的晶片工廠由外商投資，晶片產量增加，品片價格下降。他的行李放在候車窒裡。

這個國家的结構很複雜，城市的特征與前景如此。

二、結語

晶片工廠的结構也很複雜。
"""


class Terminal:
    def __init__(self, *answers: str) -> None:
        self.answers: Iterator[str] = iter(answers)
        self.shown: list[str] = []

    def show(self, text: str) -> None:
        self.shown.append(text)

    def ask(self, prompt: str) -> str:
        return next(self.answers)


class Kept:
    def __init__(self) -> None:
        self.saved: list[list[Decision]] = []

    def save(self, decisions: object) -> None:
        self.saved.append(list(decisions))  # type: ignore[call-overload]

    def undo(self) -> None:
        self.saved.pop()


def imported(told: tuple[Decision, ...] = (), text: str = TEXT) -> Imported:
    return convert("a.txt", text.encode(), Manner(decisions=told)).value


def walked(*answers: str) -> tuple[tuple[Decision, ...], str]:
    made, kept, terminal = imported(), Kept(), Terminal(*answers)
    reviewing.walk(
        decisions.questions(made.open), decisions.Answers(made.open), terminal, kept
    )  # fmt: skip
    return tuple(one for every in kept.saved for one in every), "\n".join(terminal.shown)


def texts(made: Imported) -> str:
    return "".join(text for path, text in made.files.items() if path.endswith(".zh.md"))


def test_an_accepted_reading_goes_into_the_text_with_a_note() -> None:
    told, shown = walked("1 the context", "n", "q")
    assert "⟦品片⟧" in shown
    made = imported(told)
    assert "晶片價格下降" in texts(made)
    assert "品片" not in texts(made)
    note = made.files["source/notes/accepted.yaml"]
    assert 'quote: { zh: { exact: "晶片", occurrence: 4 } }' in note
    assert 'sic: "品片"' in note
    assert "“晶片”，底本作“品片”，今改。" in note
    assert "the context" in note
    assert "proposed" not in note
    assert made.accounted["characters"] == len(TEXT)
    assert {"line": 9, "column": 28, "text": "品", "became": "晶"} in made.accounted["rewrites"]


def test_a_refused_one_is_never_proposed_again() -> None:
    told, _ = walked("n", "n", "q")
    made = imported(told)
    assert "source/notes/proposed.yaml" not in made.files
    assert "品片" in texts(made)
    other = TEXT.replace("產量增加，品片", "產量大大地增加了，品片").replace("一、", "小引\n\n一、")
    assert not [one for one in imported(told, other).open if one.kind == "reading"]


def test_all_of_a_kind_are_decided_at_once() -> None:
    told, _ = walked("s", "s", "a", "q")
    assert {(one.verdict, one.sic, one.corr) for one in told} == {("accept", "结", "結")}
    made = imported(told)
    assert texts(made).count("結構") == 2
    assert "特征" in texts(made)
    assert "source/notes/accepted.yaml" not in made.files  # a form, and no reading


def test_a_place_is_known_again_beside_what_was_put_right() -> None:
    """Refused beside an accepted form on either side; and one of two places that read alike."""
    text = (
        "題目\n\n一、引言\n\n他的结果己經结束了。\n\n這裡的结構很大结構。\n\n這裡的结構很大结構。\n"
    )
    made = imported(text=text)
    answers = decisions.Answers(made.open)
    told = tuple(
        answers.decision(at, int(one.kind == "script"), "") for at, one in enumerate(made.open)
    )
    assert [one.verdict for one in told].count("refuse") >= 1
    again = convert("a.txt", text.encode(), Manner(decisions=told))
    assert "结" not in texts(again.value)
    assert not again.value.open
    assert not [one for one in again.diagnostics if one.code.id in ("IMP032", "IMP066")]


def test_an_own_reading_has_as_many_characters() -> None:
    told, shown = walked("e 甲", "e 芯片", "q")
    assert "“e” is no answer here" in shown
    assert "芯片價格" in texts(imported(told))


def test_an_answer_is_taken_back() -> None:
    told, _ = walked("1", "u", "n", "q")
    assert [one.verdict for one in told] == ["refuse"]


def test_a_decision_that_nothing_answers_to_is_told() -> None:
    stale = Decision(verdict="accept", sic="甲乙", corr="甲丙", before="丁")
    found = convert("a.txt", TEXT.encode(), Manner(decisions=(stale,))).diagnostics
    assert "IMP066" in [one.code.id for one in found]


@pytest.mark.parametrize("text", [
    "[[decision]]\nverdict = 3\n", '[[decision]]\nverdict = "accept"\n', "x = [", "decision = 1\n",
    '[[decision]]\nverdict = "accept"\nsic = "甲"\ncorr = "乙丙"\n',
    '[[decision]]\nverdict = "refuse"\nsic = "甲"\ncorr = "乙"\nsick = "x"\n',
])  # fmt: skip
def test_what_cannot_be_read_is_told(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not decisions.read(SourceFile("d", text)).ok
    (tmp_path / "import-decisions.toml").write_text(text, "utf-8")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert main(["import", str(tmp_path / "a.txt"), "--to", str(tmp_path)]) == 1
    assert "IMP065" in capsys.readouterr().out


def test_decisions_are_written_and_read_alike() -> None:
    told = Decision(
        verdict="accept", sic='"甲', corr="乙\\", before="丙\t", after="丁", reason="戊"
    )
    text = decisions.append("# mine\n", [told, told])
    read = decisions.read(SourceFile("d", text)).value
    assert text.startswith("# mine\n")
    assert [(one.sic, one.corr, one.before, one.after, one.reason) for one in read] == [
        ('"甲', "乙\\", "丙\t", "丁", "戊")
    ] * 2


def test_an_update_keeps_decisions_and_edits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article, to = tmp_path / "a.txt", tmp_path / "w"
    article.write_text(TEXT, "utf-8")
    command = ["import", str(article), "--to", str(to)]
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "warning IMP032 Suspected misreading: 2 at 9:28" in said
    assert "--review" in said
    told, _ = walked("1", "n", "q")
    (to / "import-decisions.toml").write_text(decisions.append("", told), "utf-8")
    path = next(one for one in to.glob("source/text/*.zh.md") if "結語" in one.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace("也很複雜", "更複雜"), "utf-8")
    assert main([*command, "--update"]) == 0
    text = "".join(one.read_text("utf-8") for one in to.glob("source/text/*.zh.md"))
    assert "晶片價格" in text
    assert "更複雜" in text
    assert "晶片" in (to / "source/notes/accepted.yaml").read_text("utf-8")
    assert (to / "import-decisions.toml").read_text("utf-8") == decisions.append("", told)
    assert main(["check", "--dir", str(to)]) == 0


def test_without_a_terminal_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    command = ["import", str(tmp_path / "a.txt"), "--to", str(tmp_path / "w"), "--review"]
    assert main(command) == 1
    assert "REP019" in capsys.readouterr().out


def test_normalise_reaches_every_file(tmp_path: Path) -> None:
    """Title, key words, headings, tables, footnotes and the list of works: what a finding says to
    be put right stands so wherever it stands."""
    text = (
        "城市的特征\n\n關鍵詞：特征；城市\n\n一、結構與特征\n\n城市的特征很多¹⁾。這個國家的篇幅與結構，討論關係。\n\n"
        "表1 特征表\n\n| 城市 | 特征 |\n| --- | --- |\n| 北城 | 特征甲 |\n\n1) 說明特征的書很多。\n\n"
        "參考文獻\n\n王石：《城市特征研究》，北京：學術出版社，2010年。\n"
    )
    made = convert("a.txt", text.encode(), Manner(normalise=True))
    assert not [path for path, body in made.value.files.items() if "特征" in body]
    assert sum(body.count("特徵") for body in made.value.files.values()) >= 8
    told = [one for one in made.diagnostics if one.code.id == "IMP045"]
    assert len(told) == text.count("征")


def test_every_place_is_in_the_record(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert main(["import", str(tmp_path / "a.txt"), "--to", str(tmp_path / "w")]) == 0
    found = json.loads((tmp_path / "w" / "import.json").read_text("utf-8"))["findings"]
    script = [one for one in found if one["code"] == "IMP031"]
    causes = {one["text"]: [(at["line"], at["column"]) for at in one["places"]] for one in script}
    assert causes == {"结": [(11, 6), (15, 6)], "征": [(11, 16)]}  # one cause, one finding
    assert [one["count"] for one in script] == [2, 1]
    report = (tmp_path / "w" / "IMPORT.md").read_text("utf-8")
    assert "- lines 11, 15: 结 for 結" in report
