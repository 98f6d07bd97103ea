"""The Word file for review: what is in it, and what comes back of it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from word_edits import N, Reviewer, W, changed
from writing_samples import manuscript, prepared, write

from edition.commands import import_
from edition.commands.import_ import run as run_command
from edition.importers.pairs.revising import Edit, applied
from edition.importers.returned.places import changes, placed
from edition.importers.returned.service import Returned, recognised, take_back
from edition.importers.tei.markup import escaped
from edition.model import LANGS, plain
from edition.readers import text as reader
from edition.source import SourceFile, Span
from edition.tickets import ticket
from edition.wording import OBJECT, codes, with_objects, worded
from edition.writers import Manuscript, word


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("word") / "miscellany")


@pytest.fixture(scope="module")
def made(root: Path) -> Manuscript:
    return manuscript(prepared(root), root)


@pytest.fixture(scope="module")
def data(made: Manuscript) -> bytes:
    return word.write(made)[".docx"]


@pytest.fixture
def work(root: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(root, tmp_path / "work"))


# --- what is in it -------------------------------------------------------------------------------


def test_both_languages_stand_in_two_columns(data: bytes, made: Manuscript, root: Path) -> None:
    document = docx.Document(io.BytesIO(data))
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[:2] == [["中文", "English"], ["第一卷", "The First Book"]]
    assert ["國", "State"] in rows
    assert ["", "What only the English says."] in rows
    assert {len(row) for row in rows} == {2}
    (cited,) = [row for row in rows if "看" in row[0] or "同觀" in row[0]]
    assert "同觀（朱園，2020：12）。" in cited[0]
    assert "thing (Zhu 2020, 12)." in cited[1]
    styles = [paragraph.style.name for row in table.rows for cell in row.cells
              for paragraph in cell.paragraphs]  # fmt: skip
    for wanted in ("Heading 1", "Heading 2", "Quote", "Verse", "List Paragraph", "Caption", "Code"):
        assert styles.count(wanted) >= 2, wanted
    assert word.write(manuscript(prepared(root), root))[".docx"] == data


def test_notes_are_comments_round_their_words(data: bytes) -> None:
    document = docx.Document(io.BytesIO(data))
    said = {one.text for one in document.comments}
    assert "注 [town] Luoyang & its walls.\n• one view\n• another view\nA further" not in said
    assert any(one.startswith("注 [town] Luoyang & its walls.") for one in said)
    assert any(one.startswith("[^1] The author’s own “quotes”.") for one in said)
    reviewer = Reviewer(data)
    quotes = {}
    for start in reviewer.body.iter(f"{{{W}}}commentRangeStart"):
        number, quote = start.get(f"{{{W}}}id"), ""
        for one in start.itersiblings():
            if one.tag == f"{{{W}}}commentRangeEnd" and one.get(f"{{{W}}}id") == number:
                break
            quote += "".join(one.xpath(".//w:rubyBase//w:t/text() | ./w:t/text()", namespaces=N))
        label = reviewer.comments[int(number)].xpath("string(.//w:t)", namespaces=N)
        quotes.setdefault(label.strip(), []).append(quote)
    assert quotes == {"注 [town]": ["陽城", "town"], "校 [guest]": ["客", "guest"],
                      "校 [count]": ["乙"], "[^1]": ["[1]", "[1]"]}  # fmt: skip


def test_texts_have_hidden_tickets_and_languages(data: bytes, made: Manuscript) -> None:
    reviewer = Reviewer(data)
    names = reviewer.body.xpath("//w:bookmarkStart/@w:name", namespaces=N)
    assert len(names) == len(set(names))
    assert all(one.startswith("_") and len(one) <= 40 and ticket(one) for one in names)
    texts = sum(len(pair.side(lang)) for pair in made.edition.pairs for lang in LANGS)
    assert len(names) == texts - 2 + 12, "rules have none, cells of tables have their own"
    styles: Any = etree.fromstring(reviewer.files["word/styles.xml"])
    assert styles.xpath("string(//w:lang/@w:eastAsia)", namespaces=N) == "zh-TW"
    assert styles.xpath("string(//w:rFonts/@w:eastAsia)", namespaces=N) == "PMingLiU"


# --- what comes back -----------------------------------------------------------------------------


def back(work: Path, data: bytes, **more: Any) -> tuple[Returned, list[tuple[str, str]]]:
    path = work.parent / "review.docx"
    path.write_bytes(data)
    assert recognised(path, work)
    done = take_back(path, work, **more)
    assert done.value is not None, done.diagnostics
    return done.value, [(one.code.id, one.segment) for one in done.diagnostics]


def english(work: Path) -> str:
    return (work / "source/text/01-first.en.md").read_text("utf-8")


def chinese(work: Path) -> str:
    return (work / "source/text/01-first.zh.md").read_text("utf-8")


def test_a_file_that_nobody_touched_changes_nothing(work: Path, data: bytes) -> None:
    done, told = back(work, data)
    assert (done.files, done.suggestions, told) == ((), (), [])


def test_another_program_keeps_what_is_needed(work: Path, data: bytes, tmp_path: Path) -> None:
    """LibreOffice opens the file without repair, and saves it so that it is known again."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    file = tmp_path / "saved.docx"
    file.write_bytes(changed(data, lambda one: one.say("first, water", "water, first")))
    subprocess.run(
        [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "docx", "--outdir", tmp_path / "out", file],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    done, told = back(work, (tmp_path / "out" / "saved.docx").read_bytes())
    assert told == []
    assert [(one.segment, one.text) for one in done.suggestions] == [("01-first.5", "water, first")]


EDITS: tuple[tuple[str, str, str, str], ...] = (  # in Word, before and after; in the file
    ("sinks", "falls<>", "*sinks* on", "*falls\\<\\>* on"),
    (" on the hills,", " upon *the* hills,", " on the hills", " upon \\*the\\* hills"),
    ("called himself ", "named himself ", "called himself [", "named himself ["),
    ("Master Donggao", "Master of Donggao", "[Master Donggao]{", "[Master of Donggao]{"),
    ("State", "The | state", "| State |", "| The \\| state |"),
    ("A view of hills", "# Hills", "![A view of hills]", "![\\# Hills]"),
    ("below it, smoke", "- smoke", "below it, smoke", "\\- smoke"),
    ("自稱", "自號", "，自稱[", "，自號["),
    ("長河入海流", "黃河入海流", "長河入海流", "黃河入海流"),
    ("The First Book", "The Book", "# The First Book {", "# The Book {"),
    ("What only the English says.", "What the English says!", "What only the English says.",
     "What the English says!"),
)  # fmt: skip


@pytest.mark.parametrize("how", ["say", "track"])
def test_plain_changes_take_their_place_and_markup_stays(how: str, work: Path, data: bytes) -> None:
    was = chinese(work), english(work)
    steps = [lambda one, old=old, new=new: getattr(one, how)(old, new) for old, new, *_ in EDITS]
    done, told = back(work, changed(data, *steps))
    assert told == []
    zh, en = was
    for _, _, old, new in EDITS:
        assert (zh + en).count(old) == 1, old
        zh, en = zh.replace(old, new), en.replace(old, new)
    assert (chinese(work), english(work)) == (zh, en)
    texts = {(one.segment, one.lang) for one in done.suggestions}
    assert done.texts == len(texts) == len(EDITS) - 2, "three of them are of two texts"
    authors = {one.authors for one in done.suggestions}
    assert authors == {("Rev. Iewer",) if how == "track" else ()}


def test_what_meets_markup_is_told_and_left(work: Path, data: bytes) -> None:
    was = chinese(work), english(work)

    def joined(one: Reviewer) -> None:  # words over the border of an emphasis
        run = one.run_with("sinks")
        run.find(f"{{{W}}}t").text = "sinks on"
        one.say(" on the hills,", " the hills,")
        one.run_with("The white sun ").find(f"{{{W}}}t").text = "A sun "

    def code(one: Reviewer) -> None:
        for text in one.body.iter(f"{{{W}}}t"):
            text.text = text.text.replace("a<b>&c", "a<c>")

    steps = (
        joined,
        lambda one: one.say("town", "city"),  # a note stands on it
        lambda one: one.say("中有", "中陽城有"),  # a lemma would stand twice
        lambda one: one.say("雒", "洛"),  # has a reading
        lambda one: one.say("（朱園，2020：12）", "（朱園，2021：12）"),
        code,
        lambda one: one.say("is waking.", ""),
    )
    done, told = back(work, changed(data, *steps))
    assert sorted(told) == [
        ("IMP073", one) for one in ("01-first.12", "01-first.4", "a.1", "a.1", "b.1")
    ] or {one for one, _ in told} == {"IMP073"}
    assert [one.segment for one in done.suggestions] == ["01-first.4"], "what is plain of it"
    zh, en = was
    assert (chinese(work), english(work)) == (zh, en.replace("The white sun *", "A sun *"))


def test_a_place_without_text_is_filled(work: Path, data: bytes) -> None:
    def fill(one: Reviewer) -> None:
        one.fill(one.row_with("What only")[0].find(f"{{{W}}}p"), "惟英文有之*。")

    done, told = back(work, changed(data, fill))
    assert told == []
    assert done.files == ("source/text/01-first.zh.md",)
    assert "惟英文有之\\*。 {#b.2}\n" in chinese(work)


def test_what_the_workspace_changed_since_stands(work: Path, data: bytes) -> None:
    path = work / "source/text/01-first.en.md"
    path.write_text(english(work).replace("first, water", "at first, water").replace(
        "second, fire", "next, fire"), "utf-8")  # fmt: skip
    was = english(work)
    file = changed(data, lambda one: one.say("first, water", "firstly, water"),
                   lambda one: one.say("is following", "follows"))  # fmt: skip
    _, told = back(work, file)
    assert told == [("IMP006", "01-first.5")]
    assert english(work) == was.replace("is following", "follows")


def test_rows_that_are_gone_doubled_or_moved_are_told(work: Path, data: bytes) -> None:
    import copy

    def rows(one: Reviewer) -> None:
        gone = one.row_with("The ancients said")
        gone.getparent().remove(gone)
        twice = one.row_with("is waking")
        twice.addnext(copy.deepcopy(twice))
        moved, to = one.row_with("below it, smoke"), one.row_with("Anonymous")
        to.addprevious(moved)
        new = copy.deepcopy(one.row_with("Learning"))
        for mark in new.xpath(".//w:bookmarkStart", namespaces=N):
            mark.getparent().remove(mark)
        new.xpath(".//w:t", namespaces=N)[1].text = "Quite new"
        one.row_with("Learning").addnext(new)

    was = chinese(work), english(work)
    path = work.parent / "review.docx"
    path.write_bytes(changed(data, rows))
    done = take_back(path, work)
    assert {one.code.id for one in done.diagnostics} == {"IMP074"}
    facts = [one.fact for one in done.diagnostics]
    assert sum("is not in it any more" in one for one in facts) == 2
    assert sum("stands in it 2 times" in one for one in facts) == 2
    assert sum("at another place" in one for one in facts) == 2
    assert {one.segment for one in done.diagnostics if "another place" in one.fact} == {
        "01-first.7"
    }
    assert [one for one in facts if "Quite new" in one]
    assert (chinese(work), english(work)) == was


def test_a_lost_ticket_is_known_by_its_row(work: Path, data: bytes) -> None:
    def lose(one: Reviewer) -> None:
        (mark,) = one.paragraph_with("second, fire").iter(f"{{{W}}}bookmarkStart")
        mark.getparent().remove(mark)
        one.say("second, fire", "then fire")

    _, told = back(work, changed(data, lose))
    assert told == []
    assert "- then fire" in english(work)


def test_comments_and_answers_are_told_and_become_notes(work: Path, data: bytes) -> None:
    file = changed(
        data, lambda one: one.comment("river", "Which *river*?"),
        lambda one: one.comment("依山", "何山", "評者"),
        lambda one: one.answer("Luoyang & its walls", "No walls are left."),
        lambda one: one.comments[0].xpath(".//w:t", namespaces=N)[1].__setattr__("text", "即洛，"),
    )  # fmt: skip
    path = work.parent / "review.docx"
    path.write_bytes(file)
    done = take_back(path, work, layer="注")
    assert {one.code.id for one in done.diagnostics} == {"IMP075"}
    facts = [(one.segment, one.fact) for one in done.diagnostics]
    assert ("01-first.4", "Rev. Iewer on “river”: Which *river*?") in facts
    assert ("01-first.4", "評者 on “依山”: 何山") in facts
    assert ("", "Rev. Iewer answers 注 [town]: No walls are left.") in facts
    assert [one for _, one in facts if one.startswith("the note 注 [town] was changed in Word")]
    assert done.value is not None
    assert done.value.notes == "source/notes/review.yaml"
    ready = prepared(work)
    notes = {one.id: one for one in ready.edition.notes if one.id.startswith("review")}
    assert {one.proposed for one in notes.values()} == {True}
    assert {plain(text) for one in notes.values() for text in one.texts.values()} == {
        "Rev. Iewer: Which *river*?", "評者: 何山"}  # fmt: skip
    assert {one.note for one in ready.edition.anchors} >= set(notes)


def asked(monkeypatch: pytest.MonkeyPatch, answers: list[str]) -> list[str]:
    from edition.reviewing import asking

    shown: list[str] = []

    class Typed:
        def show(self, text: str) -> None:
            shown.append(text)

        def ask(self, prompt: str) -> str:
            return answers.pop(0)

    monkeypatch.setattr(asking, "Dialogue", Typed)
    monkeypatch.setattr("sys.stdin", type("Tty", (), {"isatty": lambda _: True})())
    return shown


def test_changes_are_asked_for_one_by_one(
    work: Path, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = changed(data, lambda one: one.track("first, water", "firstly, water"),
                   lambda one: one.say("second, fire", "then fire"),
                   lambda one: one.say("is following", "follows"))  # fmt: skip
    was = english(work)
    shown = asked(monkeypatch, ["1", "n", "q"])
    done, _ = back(work, file, how="terminal")
    assert done.texts == 1
    assert english(work) == was.replace("first, water", "firstly, water")
    assert "Rev. Iewer" in "".join(shown)
    kept = (work / "review-decisions.toml").read_text("utf-8")
    assert 'verdict = "refuse"\nsegment = "01-first.6"\nlang = "en"\ntext = "then fire"' in kept
    shown = asked(monkeypatch, [])
    done, _ = back(work, changed(data), how="terminal")
    assert shown == [], "where nothing is open nothing is asked"
    done, _ = back(work, file)
    assert english(work) == was.replace("first, water", "firstly, water").replace(
        "is following", "follows"), "what was refused stays refused"  # fmt: skip


def test_the_command_says_what_came_of_it(
    work: Path, data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import argparse

    path = tmp_path / "r.docx"
    path.write_bytes(changed(data, lambda one: one.say("first, water", "firstly, water"),
                             lambda one: one.comment("river", "Which?")))  # fmt: skip
    parser = argparse.ArgumentParser()
    import_.arguments(parser)
    assert run_command(parser.parse_args([str(path), "--to", str(work), "--update"])) == 0
    said = capsys.readouterr().out
    assert "+- firstly, water" in said
    assert "1 changed text, 1 taken; 1 comment" in said
    assert "01-first.4: Rev. Iewer on “river”: Which?" in said


# --- any change of any text ----------------------------------------------------------------------

BITS = st.sampled_from(["天", "地*", "a ", "*b*", "**c**", "[d]{.term}", "[雒]{ruby=luò}", "`e`",
                        "[@k]", "~f~", "\\*", " g", "*h **i***", "^j^"])  # fmt: skip
WORDS = st.text(alphabet="天ab *[]@`\\", max_size=3)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(bits=st.lists(BITS, min_size=1, max_size=6), at=st.integers(0, 40), cut=st.integers(0, 4),
       new=WORDS)  # fmt: skip
def test_a_change_that_has_a_place_changes_words_alone(
    bits: list[str], at: int, cut: int, new: str
) -> None:
    def inlines(source: str) -> Any:
        segments = reader.read(SourceFile("x", source), "x", "en").value.segments
        return segments[0].inlines if len(segments) == 1 else None

    source = f"x{''.join(bits)}x {{#x}}\n"
    old = inlines(source)
    if old is None:
        return
    chars = placed(old)
    words = "".join(one.char for one in chars)
    assert words == with_objects(worded(old))
    at = min(at, len(words) - 1)
    wanted = words[:at] + new + words[at + cut :]
    made = changes(chars, wanted)
    file = old[0].span.file
    edits = [Edit(Span(file, *one.span), escaped(one.new), "x", 0, wanted.replace(OBJECT, ""))
             for one in made if one.span is not None]  # fmt: skip
    if len(edits) < len(made):
        return
    source, count, failed = applied(file, "x", edits)
    again = inlines(source)
    if failed:
        assert source == file.text
        return
    assert count == bool(made)  # of one text
    assert with_objects(worded(again)) == wanted
    kept: Callable[[Any], list[tuple[str, str]]] = lambda texts: [  # noqa: E731
        (one.opening, one.closing) for one in codes(worded(texts)) if one.closing
    ]
    assert kept(again) == kept(old)


@pytest.mark.parametrize(("source", "wanted", "result"), [
    ("甲*乙*丙", "甲乙新丙", "甲*乙*新丙"), ("甲*乙*丙", "甲新乙丙", "甲新*乙*丙"),
    ("*乙*丙", "新乙丙", "新*乙*丙"), ("丙*乙*", "丙乙新", "丙*乙*新"),
    ("*乙乙*", "乙新乙", "*乙新乙*"), ("*甲*[乙]{.term}", "甲新乙", "*甲*新[乙]{.term}"),
    ("甲**乙**丙", "甲新丙", "甲**新**丙"), ("甲[@k]丙", f"甲新{OBJECT}丙", "甲新[@k]丙"),
    ("甲[@k]丙", f"甲{OBJECT}新丙", "甲[@k]新丙"),
    ("甲*乙*丙", "甲丙", ""), ("甲*乙*丙", "新丙", ""), ("甲[@k]丙", "甲丙", ""),
    ("甲[雒]{ruby=\"luò\"}丙", "甲洛丙", ""), ("甲`乙乙`丙", "甲乙新乙丙", ""),
])  # fmt: skip
def test_new_words_stand_outside_of_markup(source: str, wanted: str, result: str) -> None:
    """And what would take markup away, or change what is no plain text, has no place."""
    file = SourceFile("x", f"{source} {{#x}}\n")
    (segment,) = reader.read(file, "x", "zh").value.segments
    made = changes(placed(segment.inlines), wanted)
    if not result:
        assert None in [one.span for one in made]
        return
    for one in reversed(made):
        assert one.span is not None
        source = source[: one.span[0]] + one.new + source[one.span[1] :]
    assert source == result


def test_it_is_an_archive_that_is_whole(data: bytes) -> None:
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    assert archive.namelist()[0] == "[Content_Types].xml"
