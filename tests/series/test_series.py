"""Series: what is read, planned, kept, written and reported. Builds are played; real ones are in
``test_series_builds.py``."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from edition.build import remarks
from edition.checks.citations import UNKNOWN
from edition.cli import main
from edition.config.series import LISTS, SERIES_KEYS, load_series
from edition.diagnostics import Diagnostic, Outcome
from edition.series import local
from edition.series.packing import packed, unpacked
from edition.series.run import Asked, Came, series
from edition.series.types import Order
from edition.source import SourceFile
from tests.conftest import write_workspace

TEXT = """\
[series]
name = "studies"
scripts = ["hant", "hans"]

[[volume]]
dir = "first"

[[volume]]
dir = "more/*"
layouts = ["facing", "columns"]
scripts = ["hant"]
variants = ["", "student"]
formats = ["html", "pdf"]
"""


@pytest.fixture
def top(tmp_path: Path) -> Path:
    write_workspace(tmp_path / "first")
    write_workspace(tmp_path / "more" / "b")
    write_workspace(tmp_path / "more" / "a")
    (tmp_path / "more" / "notes").mkdir()
    (tmp_path / "series.toml").write_text(TEXT, "utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def played(monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    """Jobs are played: each gives a file that tells its order."""
    orders: list[Order] = []

    def perform(order: Mapping[str, Any], pack: bytes, wanted: object = None) -> bytes:
        told = Order.of(order)
        orders.append(told)
        files = unpacked(pack).files
        name = f"{told.layout or 'own'}.pdf"
        if b"broken" in files["source/edition.toml"]:
            file = SourceFile("source/edition.toml", files["source/edition.toml"].decode())
            at = file.text.index("broken")
            fault = Diagnostic(code=UNKNOWN, span=file.span(at, at + 6), fact="<b>no</b> & title")
            return packed({"build.log": b"log"}, {"exit": 1, "remarks": remarks.dump([fault])})
        if b"killed" in files["source/edition.toml"]:
            return packed({}, {"fault": "ended by signal 9", "again": True})
        data = json.dumps([told.name, told.layout, told.script, told.variant, told.formats])
        return packed({name: data.encode(), "proof.json": b"{}"},
                      {"outputs": [name], "line": "1 page", "seconds": 1.5})  # fmt: skip

    monkeypatch.setattr(local, "perform", perform)
    return orders


def built(top: Path, **more: Any) -> tuple[Came, Outcome[Came | None]]:
    came = series(Asked(file=top / "series.toml", **more))
    assert came.value is not None, came.diagnostics
    return came.value, came


def break_(top: Path, folder: str, word: str = "broken") -> None:
    settings = top / folder / "source" / "edition.toml"
    settings.write_text(settings.read_text("utf-8").replace("Notes from", word), "utf-8")


# --- what is asked for ----------------------------------------------------------------------------


def test_jobs_are_all_that_the_lists_make(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", str(top / "series.toml"), "--list"]) == 0
    assert capsys.readouterr().out.split() == [
        "first/hant", "first/hans",
        "a/facing-hant", "a/facing-hant-student", "a/columns-hant", "a/columns-hant-student",
        "b/facing-hant", "b/facing-hant-student", "b/columns-hant", "b/columns-hant-student",
    ]  # fmt: skip


def test_the_matrix_has_what_a_build_is_told(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", str(top / "series.toml"), "--list", "--format", "json"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1  # a line of $GITHUB_OUTPUT
    assert json.loads(out)["include"][3] == {
        "job": "a/facing-hant-student", "volume": "a", "dir": "more/a", "layout": "facing",
        "script": "hant", "variant": "student", "formats": "pdf,html",
        "out": "build/series/studies/a/facing-hant-student",
    }  # fmt: skip


FAULTS = [
    ("[serie]\n", "CFG003", "unknown key serie"),
    ("[series]\nlayout = []\n", "CFG003", "unknown key layout"),
    ("[series]\nlayouts = ['rows']\n", "CFG005", "layouts has “rows”"),
    ("[series]\nlayouts = 'facing'\n", "CFG004", "layouts is a list of names"),
    ("[series]\nscripts = []\n", "CFG004", "scripts is a list of names"),
    ("[series]\nvariants = ['a/b']\n", "CFG005", "“a/b” is no name of a variant"),
    ("[series]\nformats = ['doc']\n[[volume]]\ndir='first'", "CFG005", "there is no format “doc”"),
    ("[series]\nname = '../x'\n", "CFG005", "'../x' is no name of a folder"),
    ("[series]\nname = 3\n", "CFG005", "3 is no name of a folder"),
    ("series = 1\n", "CFG004", "[series] is a table"),
    ("volume = 1\n", "CFG004", "write [[volume]] with two brackets"),
    ("volume = [1]\n", "CFG004", "write [[volume]] with two brackets"),
    ("[[volume]]\nname = 'a'\n", "CFG006", "a volume lacks its dir"),
    ("[[volume]]\ndir = 1\n", "CFG004", "dir is a text in quotes, not 1"),
    ("[[volume]]\ndir = '../first'\n", "CFG005", "dir = “../first” is no folder beneath this file"),
    ("[[volume]]\ndir = '/tmp'\n", "CFG005", "dir = “/tmp” is no folder beneath this file"),
    ("[[volume]]\ndir = '*/a'\n", "CFG005", "dir = “*/a” is no folder beneath this file"),
    ("[[volume]]\ndir = 'first'\nfolder = 1\n", "CFG003", "unknown key folder"),
    ("[series]\n", "CFG006", "the series has no volume"),
    ("[series\n", "CFG002", ""),
    ("[[volume]]\ndir = 'third'\n", "SER001", "third has no source/edition.toml"),
    ("[[volume]]\ndir = 'third/*'\n", "SER001", "no folder third/* has a source/edition.toml"),
    ("[[volume]]\ndir = 'out'\n", "SER001", "out is a link that leads out of the folder of the "
     "series"),
    ("[[volume]]\ndir='first'\n[[volume]]\ndir='first'\n", "SER002", "first/whole stands twice"),
    ("[[volume]]\ndir='first'\n[[volume]]\ndir='more/a'\nname='first'\n", "SER002",
     "first/whole is a job of first and more/a"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "fact"), FAULTS)
def test_faults_of_the_file_are_told_at_their_place(
    top: Path, text: str, code: str, fact: str, tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (top / "out").symlink_to(write_workspace(tmp_path_factory.mktemp("elsewhere")))
    (top / "series.toml").write_text(text, "utf-8")
    assert main(["series", str(top / "series.toml"), "--list"]) == (1 if code[0] == "S" else 2)
    out = capsys.readouterr().out
    assert re.search(rf"series.toml:\d+:\d+: error {code}: {re.escape(fact)}", out), out


def test_the_table_of_keys_is_all_that_is_read(top: Path) -> None:
    """A schema is made of it."""
    assert set(LISTS) < set(SERIES_KEYS["series"]) & set(SERIES_KEYS["volume"])
    text = (
        "[series]\n" + "".join(f"{key} = 0.5\n" for key in SERIES_KEYS["series"])
        + "[[volume]]\ndir = 'first'\n"
        + "".join(f"{key} = 0.5\n" for key in SERIES_KEYS["volume"] if key != "dir")
    )  # fmt: skip
    (top / "series.toml").write_text(text, "utf-8")
    found = load_series(top / "series.toml").diagnostics
    told = {re.split(r"\W", one.span.text)[0] if one.span else "" for one in found}
    assert told == {*SERIES_KEYS["series"], *SERIES_KEYS["volume"]} - {"dir"}


def test_a_name_that_is_no_job_is_told(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", str(top / "series.toml"), "--only", "fist"]) == 2
    assert "error USE041: there is no job fist" in capsys.readouterr().out


def test_a_part_is_built_without_a_report(top: Path, played: list[Order]) -> None:
    came, _ = built(top, only=("first", "a/*-student"))
    assert [one.job.name for one in came.done] == [
        "first/hant", "first/hans", "a/facing-hant-student", "a/columns-hant-student",
    ]  # fmt: skip
    assert came.page is None
    assert not (came.folder / "report.html").exists()


# --- what is written ------------------------------------------------------------------------------


def test_each_job_has_a_folder(top: Path) -> None:
    came, _ = built(top)
    assert came.folder == top / "build" / "series" / "studies"
    file = came.folder / "a" / "columns-hant-student" / "columns.pdf"
    assert json.loads(file.read_bytes()) == [
        "studies/a/columns-hant-student", "columns", "hant", "student", ["pdf", "html"],
    ]  # fmt: skip
    report = json.loads((came.folder / "report.json").read_bytes())
    (told,) = [one for one in report["jobs"] if one["name"] == "a/columns-hant-student"]
    assert (told["status"], told["exit"], told["proof"]) == ("built", 0, "1 page")
    assert told["files"] == [{
        "path": "a/columns-hant-student/columns.pdf", "bytes": file.stat().st_size,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }]  # fmt: skip


def test_a_broken_volume_does_not_stop_the_rest(top: Path, played: list[Order]) -> None:
    break_(top, "more/a")
    (top / "more" / "b" / "source" / "text" / "9.zh.md").symlink_to(top / "series.toml")
    came, outcome = built(top)
    status = {one.job.name: one.status for one in came.done}
    assert len(status) == 10
    assert {status[one] for one in status if one.startswith("a/")} == {"failed"}
    assert {status[one] for one in status if one.startswith("b/")} == {"missing"}
    assert {status[one] for one in status if one.startswith("first/")} == {"built"}
    assert sorted(one.place for one in outcome.diagnostics) == [
        "more/a/source/edition.toml:3:30", "more/b/source/text/9.zh.md",
    ]  # fmt: skip
    assert main(["series", str(top / "series.toml"), "--quiet"]) == 1


def test_a_job_whose_process_is_killed_is_tried_again(top: Path, played: list[Order]) -> None:
    break_(top, "first", "killed")
    came, outcome = built(top, only=("first/hant",))
    assert [one.name for one in played] == ["studies/first/hant"] * local.TRIES
    assert [(one.status, one.tries) for one in came.done] == [("lost", 3)]
    assert [one.code.id for one in outcome.diagnostics] == ["SER004"]


def test_an_answer_that_is_none_is_told(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for answer in (b"", packed({"a/b": b""}), packed({}, {"outputs": ["x.pdf"]}),
                   packed({"a": b""}, {"outputs": ["a"], "remarks": [{}]})):  # fmt: skip
        monkeypatch.setattr(local, "perform", lambda *_, answer=answer: answer)
        came, outcome = built(top, only=("first/hant",))
        assert [one.status for one in came.done] == ["lost"]
        assert [one.code.id for one in outcome.diagnostics] == ["SER004"]


def test_nothing_is_done_twice(top: Path, played: list[Order]) -> None:
    built(top)
    played.clear()
    came, _ = built(top)
    assert played == []
    assert {one.status for one in came.done} == {"unchanged"}
    text = top / "first" / "source" / "text" / "01-garden.en.md"
    text.write_text(text.read_text("utf-8") + "\n", "utf-8")
    (came.folder / "a" / "facing-hant" / "facing.pdf").write_bytes(b"spoilt")
    (came.folder / "b" / "facing-hant" / "job.json").write_text("{")
    built(top)
    assert sorted(one.name.partition("/")[2] for one in played) == [
        "a/facing-hant", "b/facing-hant", "first/hans", "first/hant",
    ]  # fmt: skip


def test_a_job_with_errors_is_done_again_and_leaves_what_was_there(
    top: Path, played: list[Order]
) -> None:
    came, _ = built(top)
    break_(top, "first")
    built(top)
    played.clear()
    came, _ = built(top)
    assert len(played) == 2
    assert (came.folder / "first" / "hant" / "own.pdf").is_file()
    (told,) = [one for one in came.done if one.job.name == "first/hant"]
    assert (told.status, told.outputs) == ("failed", ())
    again = series(Asked(file=top / "series.toml", report_only=True)).value
    assert again is not None
    assert [one.status for one in again.done][:3] == ["failed", "failed", "built"]


def test_only_its_own_files_are_removed(top: Path) -> None:
    came, _ = built(top)
    where = came.folder / "a" / "facing-hant"
    (where / "mine.pdf").write_bytes(b"mine")
    told = json.loads((where / "job.json").read_text("utf-8"))
    for name, data in (("old.html", b"old"), ("edited.html", b"as it was")):
        told["outputs"].append({"name": name, "size": 3,
                                "digest": hashlib.sha256(data).hexdigest()})  # fmt: skip
        (where / name).write_bytes(b"old")
    told["key"] = "of something else"
    (where / "job.json").write_text(json.dumps(told), "utf-8")
    built(top)
    assert {one.name for one in where.iterdir()} == {
        "facing.pdf", "proof.json", "job.json", "mine.pdf", "edited.html",
    }  # fmt: skip


@pytest.mark.parametrize("place", ["build", "build/series/studies", "build/series/studies/first",
                                   "build/series/studies/first/hant"])  # fmt: skip
def test_nothing_is_written_through_a_link(
    top: Path, place: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (top / place).parent.mkdir(parents=True, exist_ok=True)
    (top / place).symlink_to(elsewhere)
    came = series(Asked(file=top / "series.toml"))
    assert list(elsewhere.iterdir()) == []
    assert "SER009" in {one.code.id for one in came.diagnostics}


def test_a_report_of_what_is_there(top: Path, played: list[Order]) -> None:
    built(top, only=("first",))
    played.clear()
    came, outcome = built(top, report_only=True)
    assert played == []
    assert [one.status for one in came.done] == ["built"] * 2 + ["missing"] * 8
    assert {one.code.id for one in outcome.diagnostics} == {"SER005"}


def test_the_page_is_inert_and_names_all(top: Path) -> None:
    break_(top, "more/a")
    came, _ = built(top)
    assert came.page is not None
    page = came.page.read_text("utf-8")
    assert "&lt;b&gt;no&lt;/b&gt; &amp; title" in page
    assert "<b>" not in page
    assert not re.search(r"<script|src=|https?:|@import|url\(", page)
    assert "prefers-color-scheme: dark" in page
    assert "default-src 'none'" in page
    for one in came.done:
        assert one.job.name in page
        for file in one.outputs:
            assert f'href="{one.job.name}/{file.name}"' in page
    for target in re.findall(r'href="#([^"]+)"', page):
        assert page.count(f'id="{target}"') == 1


def test_orders_are_plain_values_and_checked(top: Path, played: list[Order]) -> None:
    built(top, only=("first/hant",))
    told = json.loads(json.dumps(played[0].as_dict()))
    assert Order.of(told) == played[0]
    with pytest.raises(ValueError, match="no such layout"):
        Order.of({**told, "layout": "../x"})
