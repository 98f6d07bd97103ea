"""Every setting of edition.toml with values of an enemy: only text of the book is taken."""

from __future__ import annotations

import dataclasses
import enum
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from edition import cli, config
from edition.config import KNOWN
from edition.engine import fonts, programs
from edition.pressing import PressSettings

HOSTILE = (
    "--expand-var=x}\\message{injected}{",
    "\\input{/etc/passwd}",
    "../../../etc/passwd",
    "/etc/passwd",
    "-o/tmp/written",
    "x}\\write18{touch written}{",
    "$(touch written)`touch written`; touch written | touch written",
    "^^5cinput x",
    "a\nb",
    "\x1b[2J\x07",
    "::stop-commands::x",
    "%n%s #~&_^$",
    "\u202e\u2028\ufeff",
    "\x7f",
    "x" * 100_000,
    "",
)
# what a setting says in words, for a reader of the book
_TEXTS = {"title", "subtitle", "editors", "publisher", "base_text", "rules", "name", "authors",
          "keywords", "siglum", "lost", "imprint"}  # fmt: skip
_LISTS = {"layers", "witness"}


def _keys() -> Iterator[tuple[str, str]]:
    for table, keys in KNOWN.items():
        yield from ((table, key) for key in keys)
    for one in dataclasses.fields(PressSettings):
        yield "press", one.name
        yield "press.profiles.own", one.name
    yield from ((table, "") for table in ("edition", "press", "press.profiles", "variants"))


def _toml(table: str, key: str, value: str) -> str:
    """A file of settings, good but for one."""
    said = json.dumps(value).replace("\\u007f", "\x7f").replace("\x7f", "\\u007f")
    tables: dict[str, dict[str, str]] = {
        "edition": {"id": '"garden"', "title": '{ zh = "園", en = "Garden" }'}
    }
    tables.setdefault(table, {})[key or said] = said if key else "{ }"
    if table == "layers" and key != "id":
        tables["layers"]["id"] = '"注"'
    return "\n".join(
        f"[[{name}]]\n" * (name in _LISTS) + f"[{name}]\n" * (name not in _LISTS)
        + "\n".join(f"{one} = {each}" for one, each in inner.items())
        for name, inner in tables.items()
    )  # fmt: skip


def _strings(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, enum.Enum):
        return
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _strings(key, (*path, "key"))
            yield from _strings(inner, (*path, str(key)))
    elif isinstance(value, tuple | frozenset | list):
        for inner in value:
            yield from _strings(inner, path)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for one in dataclasses.fields(value):
            if one.compare:  # places are of the file
                yield from _strings(getattr(value, one.name), (*path, one.name))


@pytest.mark.parametrize(("table", "key"), list(_keys()))
def test_what_is_no_text_of_the_book_is_refused(table: str, key: str, tmp_path: Path) -> None:
    path = tmp_path / "source/edition.toml"
    path.parent.mkdir(parents=True)
    for value in HOSTILE:
        path.write_text(_toml(table, key, value), "utf-8")
        loaded = config.load(tmp_path)
        assert loaded.value is not None, loaded.diagnostics
        taken = [(where, said) for where, said in _strings(loaded.value)
                 if value and value in said and not _TEXTS & set(where)]  # fmt: skip
        assert not taken or not loaded.ok, (value[:60], taken)
        if value in ("\x1b[2J\x07", "\x7f", "\u202e\u2028\ufeff"):
            assert not loaded.ok, "what cannot be seen is no text either"
        for one in loaded.diagnostics:
            assert one.code.id.startswith("CFG")
            assert one.span is not None


def test_a_font_never_becomes_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def output(command: list[str], *_: object) -> None:
        asked.append(command)

    monkeypatch.setattr(programs, "output", output)
    monkeypatch.setattr(programs, "find", lambda name: f"/bin/{name}")
    for name in HOSTILE:
        fonts._in_tex(name, "regular")
    assert all(command[1] == "--" for command in asked)
    assert asked


def test_settings_of_an_enemy_leave_no_trace(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The whole check, with each value in one setting after another."""
    monkeypatch.chdir(workspace)
    path = workspace / "source" / "edition.toml"
    before = {one for one in workspace.rglob("*") if one.is_file()}
    for number, (table, key) in enumerate(_keys()):
        if number % 8:  # what differs comes before all that is slow
            continue
        path.write_text(_toml(table, key, HOSTILE[5]), "utf-8")
        code = cli.main(["check", "--format", "json"])
        found = json.loads(capsys.readouterr().out)["findings"]
        assert code in (0, 1, 2, 3), found
        assert "USE009" not in {one["code"] for one in found}
        if len(before) != len([one for one in workspace.rglob("*") if one.is_file()]):
            pytest.fail(f"{table}.{key} wrote a file")
