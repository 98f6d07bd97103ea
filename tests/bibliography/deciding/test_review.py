"""Deciding quickly: one key a decision, taken back, for a whole rule or a name; and the page."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from edition.bibliography.deciding import decisionfile, review
from edition.bibliography.deciding.review import marked, proposals, questions
from edition.bibliography.reading.parse import read
from edition.bibliography.repair import repair
from edition.bibliography.types import BibliographyDecision, Context, Library, Repair
from edition.cli import main
from edition.reviewing import asking, page
from edition.reviewing import walk as walk_through
from edition.source import SourceFile

PAGES = """@article{%s, author={Ada Sand}, title={%s}, journal={Quay}, year={2025}, pages={114},
  citedas={Ada Sand 2025, 144}}
"""
TWO = PAGES % ("k", "On quays") + PAGES % ("m", "Of mills")
NAMES = "".join(
    f"@article{{k{n}, author={{{name} and Ada Sand}}, title={{On quay {word}}}, year=200{n}}}\n"
    for n, (name, word) in enumerate(
        [("Mathieu Liedloff", "a"), ("Mathieu Liedloff", "b"), ("Mathieu Liefloff", "c")]
    )
)
MERGE = """@online{a, author={{Quay}}, url={https://quay.example/news/the-master-of-the-old-quay},
  urldate={2024-05-02}}
@online{b, author={{Quay}}, url={https://quay.example/news/the-mastr-of-the-old-quay},
  urldate={2024-05-02}}
"""


class Answers:
    """A terminal that answers from a list; its end is the end of input."""

    def __init__(self, *answers: str) -> None:
        self.answers: Iterator[str] = iter(answers)
        self.shown: list[str] = []

    def show(self, text: str) -> None:
        self.shown.append(text)

    def ask(self, prompt: str) -> str:
        return next(self.answers)


class Kept:
    def __init__(self) -> None:
        self.saved: list[Sequence[BibliographyDecision]] = []

    def save(self, decisions: Sequence[BibliographyDecision]) -> None:
        self.saved.append(decisions)

    def undo(self) -> None:
        self.saved.pop()


def open_of(text: str, *before: BibliographyDecision) -> tuple[Repair, Library]:
    library = read(SourceFile("a.bib", text)).value
    return repair(library, Context(), before).value, library


def walk(
    text: str, *answers: str, before: Sequence[BibliographyDecision] = ()
) -> tuple[list[BibliographyDecision], str]:
    kept, terminal = Kept(), Answers(*answers)
    found, library = open_of(text, *before)
    answering = review.BibliographyAnswers(proposals(found))
    walk_through(questions(found, library), answering, terminal, kept)
    return [one for every in kept.saved for one in every], "\n".join(terminal.shown)


def test_one_key_is_a_decision_and_words_behind_it_the_reason() -> None:
    (taken,), _ = walk(PAGES % ("k", "On quays"), "1 seen in the journal")
    assert (taken.verdict, taken.value, taken.reason) == ("accept", "144", "seen in the journal")
    (refused,), told = walk(PAGES % ("k", "On quays"), "x", "n")
    assert (refused.verdict, refused.reason) == ("refuse", "")
    assert "“x” is no answer here" in told
    (own,), _ = walk(PAGES % ("k", "On quays"), "e 100-120")
    assert (own.verdict, own.value) == ("set", "100-120")


def test_an_answer_can_be_taken_back() -> None:
    saved, _ = walk(TWO, "1", "u", "n", "1")
    assert [(one.entries[0], one.verdict) for one in saved] == [("k", "refuse"), ("m", "accept")]
    saved, told = walk(TWO, "u", "s", "u", "1", "q")
    assert "nothing to take back" in told
    assert [one.entries[0] for one in saved] == ["k"]


def test_all_of_a_rule_and_a_name_everywhere() -> None:
    taken, _ = walk(TWO, "a the citations are right")
    assert [(one.entries[0], one.verdict, one.reason) for one in taken] == [
        ("k", "accept", "the citations are right"),
        ("m", "accept", "the citations are right"),
    ]
    assert {one.verdict for one in walk(TWO, "r")[0]} == {"refuse"}
    assert len(walk(TWO, "k")[0]) == 2  # 114 for 144 in both
    assert len(walk(TWO + NAMES, "s", "s", "k", "q")[0]) == 1


def test_it_can_be_left_and_taken_up_again() -> None:
    saved, _ = walk(TWO, "1", "q")
    rest, told = walk(TWO, "1", before=saved)
    assert [one.entries for one in rest] == [("m",)]
    assert "[1/1]" in told


def test_differences_are_marked_and_help_is_given() -> None:
    assert [str(one) for one in marked("Liefloff", "Liedloff")] == ["Lie⟦f⟧loff", "Lie⟦d⟧loff"]
    _, told = walk(NAMES, "?", "q")
    assert "Mathieu Lie⟦d⟧loff" in told
    assert "take the last answer back" in told


def test_a_merge() -> None:
    (one,), _ = walk(MERGE, "1")
    assert (one.verdict, one.entries) == ("merge", ("a", "b"))
    assert len(open_of(MERGE, one)[0].library.entries) == 1
    (two,), _ = walk(MERGE, "n two pages")
    assert (two.verdict, two.reason) == ("distinct", "two pages")


def test_a_refused_reading_is_not_asked_again_under_another_rule() -> None:
    (refused,), _ = walk(NAMES, "n")
    assert [one.rule for one in open_of(NAMES)[0].changes] == ["name.elsewhere"]
    other = BibliographyDecision(
        verdict="refuse", entries=("k2",), field="author", before=refused.before,
        value=refused.value, rule="name.in-text",
    )  # fmt: skip
    assert proposals(open_of(NAMES, other)[0]) == []


def test_the_file_of_decisions_is_as_before_when_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    store = asking.DecisionFile(path, decisionfile.append)
    told = BibliographyDecision(verdict="distinct", entries=("a", "b"))
    store.save([told])
    store.undo()
    assert not path.exists()
    path.write_text("# mine\n", "utf-8")
    store.save([told, told])
    assert len(decisionfile.read(SourceFile.read(path)).value) == 2
    store.undo()
    assert path.read_text("utf-8") == "# mine\n"


def test_without_a_terminal_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.bib").write_text(TWO, "utf-8")
    command = ["bib", str(tmp_path / "a.bib"), "--review", "--out", str(tmp_path / "out")]
    assert main(command) == 1
    assert "REP019" in capsys.readouterr().out


# --- the page ----------------------------------------------------------------------------------


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[page.PageServer, Path]]:
    path = tmp_path / "decisions.toml"
    found, library = open_of(TWO.replace("On quays", "On <b>quays</b>") + MERGE)
    session = page.Session(
        "Review",
        questions(found, library),
        review.BibliographyAnswers(proposals(found)),
        asking.DecisionFile(path, decisionfile.append),
    )
    server = page.make(session)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server, path
    server.shutdown()
    thread.join()
    server.server_close()


def call(
    server: page.PageServer, method: str, path: str, data: object = None, **headers: str
) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.request(method, path, json.dumps(data), headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_the_page_writes_the_same_decisions(served: tuple[page.PageServer, Path]) -> None:
    server, path = served
    status, text = call(server, "GET", f"/{server.secret}/")
    assert status == 200
    assert "On &lt;b&gt;quays" in text
    assert "http" not in text.replace("https://quay.example", "")
    root = f"/{server.secret}"
    assert (
        json.loads(call(server, "POST", root + "/decide", {"id": 0, "take": "1"})[1])["left"] == 2
    )
    answer = {"id": 1, "take": "0", "reason": 'as "printed"'}
    assert json.loads(call(server, "POST", root + "/decide", answer)[1])["said"] == "refused"
    told = decisionfile.read(SourceFile.read(path)).value
    assert [(one.verdict, one.reason) for one in told] == [
        ("merge", ""), ("refuse", 'as "printed"')
    ]  # fmt: skip
    assert json.loads(call(server, "POST", root + "/undo", {})[1])["settled"] == [1]
    assert len(decisionfile.read(SourceFile.read(path)).value) == 1


@pytest.mark.parametrize(
    "data", [{"id": 9, "take": "1"}, {"id": 0, "take": "7"}, {"id": 0, "take": "²"}, [], "x", None]
)
def test_a_wrong_answer_decides_nothing(served: tuple[page.PageServer, Path], data: object) -> None:
    server, path = served
    assert "fault" in call(server, "POST", f"/{server.secret}/decide", data)[1]
    assert not path.exists()


def test_no_other_page_can_answer(served: tuple[page.PageServer, Path]) -> None:
    server, path = served
    answer = {"id": 0, "take": "1"}
    assert call(server, "GET", "/")[0] == 404
    assert call(server, "POST", "/wrong/decide", answer)[0] == 404
    own = f"/{server.secret}/decide"
    assert call(server, "POST", own, answer, Host="evil.example")[0] == 403
    assert call(server, "POST", own, answer, Origin="http://evil.example")[0] == 403
    assert not path.exists()
