"""What is kept between builds: the same as what is made anew, and harmless whatever lies there."""

from __future__ import annotations

import os
import pickle
import subprocess
from pathlib import Path
from typing import Any

import pytest

from edition import config as settings
from edition import keeping
from edition import script as scripts
from edition.build import stages
from edition.engine.cache import Cache
from edition.keeping import Keep, UnreadableError
from edition.model import Edition
from edition.readers import inline, notes, read_edition, text
from edition.source import SourceFile

ROOT = Path(__file__).resolve().parents[2]


def kept(folder: Path) -> Keep:
    return Keep(Cache(folder), "1")


def facts(edition: Edition) -> tuple[object, ...]:
    """Everything of an edition that can be compared: files are told apart by identity."""
    return tuple(
        map(repr, (edition.sections, edition.pairs, edition.notes, edition.names, edition.terms))
    )


def test_an_edition_that_is_kept_is_the_one_that_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = settings.load(ROOT).value
    assert config is not None
    anew = read_edition(ROOT, config)
    first = read_edition(ROOT, config, kept(tmp_path))
    monkeypatch.setattr(text, "_TextReader", None)  # nothing is parsed again
    monkeypatch.setattr(notes, "_NotesReader", None)
    monkeypatch.setattr(inline, "read", None)
    again = read_edition(ROOT, config, kept(tmp_path))
    assert facts(anew.value) == facts(first.value) == facts(again.value)
    assert [one.as_dict() for one in anew.diagnostics] == [
        one.as_dict() for one in again.diagnostics
    ]


def test_findings_of_script_are_the_same_from_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "source/text").mkdir(parents=True)
    (tmp_path / "source/edition.toml").write_text(
        '[edition]\nid = "a"\ntitle = { zh = "題", en = "T" }\nscript = "hant"\n'
        'source_script = "hant"\n[layout]\nname = "facing"\n',
        "utf-8",
    )
    lines = ["國家發展的计划。", "走過卷起的書卷。", "國家發展的计划。", "占領台灣，站在台上。"]
    (tmp_path / "source/text/a.zh.md").write_text("\n\n".join(lines) + "\n", "utf-8")
    (tmp_path / "source/text/a.en.md").write_text("One.\n\nTwo.\n\nThree.\n\nFour.\n", "utf-8")
    config = settings.load(tmp_path).value
    assert config is not None
    edition = read_edition(tmp_path, config).value

    def found(keep: Keep | None) -> list[dict[str, Any]]:
        return [one.as_dict() for one in scripts.check(edition, config, keep)]

    keep = kept(tmp_path / "cache")
    anew = found(None)
    assert {one["code"] for one in anew} >= {"SCR001"}
    assert (
        len({one["start"]["line"] for one in anew if one["code"] == "SCR001"}) == 2
    )  # either place
    assert found(keep) == anew
    keep.save()
    from edition.script import checking

    monkeypatch.setattr(checking, "_as_traditional", None)  # no dictionary is asked again
    assert found(kept(tmp_path / "cache")) == anew


class _Foreign:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("touch /tmp/kept-ran",)


@pytest.mark.parametrize(
    "data",
    [
        pickle.dumps(_Foreign()),
        pickle.dumps(subprocess.Popen),
        pickle.dumps(eval),
        b"cedition.model\nplain.__globals__\n.",
        b"cedition.source\nerrno\n.",
        b"cedition.diagnostics\ndefine\n.",
        b"cedition.keeping\nimportlib\n.",
        b"",
        b"\x80\x05nonsense",
        keeping.dumps(SourceFile("a", "text"))[:-9],
    ],
)
def test_reading_what_was_laid_there_runs_nothing(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        keeping.loads(data)

    class Laid:
        def get(self, kind: str, key: str) -> bytes:
            return data

        def put(self, kind: str, key: str, data: bytes) -> None: ...

        def prune(self, kind: str, *, keep: int, days: float = 30.0) -> int:
            return 0

    assert Keep(Laid(), "1").value("file", ("a",), lambda: 5) == 5
    assert Keep(Laid(), "1").table("suspects").get("a") is None
    assert not Path("/tmp/kept-ran").exists()


def test_another_program_or_another_text_makes_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert Keep(cache, "1").value("n", ("a",), lambda: 1) == 1
    assert Keep(cache, "1").value("n", ("a",), lambda: 2) == 1
    assert Keep(cache, "2").value("n", ("a",), lambda: 3) == 3
    assert Keep(cache, "1").value("n", ("a", ""), lambda: 4) == 4
    assert Keep(cache, "1").value("m", ("a",), lambda: 5) == 5
    assert Keep().value("n", ("a",), lambda: 6) == 6


def test_a_table_keeps_what_is_used_and_some_of_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_OLD", 3)
    cache = Cache(tmp_path)
    for start in range(0, 40, 4):
        keep = Keep(cache, "1")
        table = keep.table("n")
        for number in range(start, start + 4):
            assert table.get(f"a text of more characters than a short key {number}") is None
            table.set(f"a text of more characters than a short key {number}", [number])
        keep.save()
    last = Keep(cache, "1").table("n")
    assert len(last.known) == 7
    assert last.get("a text of more characters than a short key 39") == [39]


def test_a_workspace_is_prepared_alike_the_second_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITION_CACHE", str(tmp_path))
    first, second = stages.prepare(ROOT), stages.prepare(ROOT)
    assert first.value is not None
    assert second.value is not None
    assert facts(first.value.edition) == facts(second.value.edition)
    assert [one.as_dict() for one in first.diagnostics] == [
        one.as_dict() for one in second.diagnostics
    ]
