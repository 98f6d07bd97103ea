"""Schemas accept what the readers accept, and refuse what they refuse."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from edition import config, pressing, schemas, workspace
from edition.build import check
from edition.cli import main
from edition.config import KNOWN, apparatus, layers, matter, series, variants
from edition.diagnostics import as_json
from edition.importers.returned import verdicts
from edition.layout import settings
from edition.readers import entries, notes, records
from edition.source import SourceFile

ROOT = Path(__file__).resolve().parents[2]


@lru_cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schemas.text(name)))


@lru_cache
def properties(*path: str) -> dict[str, Any]:
    """What the schema of the settings says of the keys below ``path``; of lists, of their items."""
    here = json.loads(schemas.text("edition"))
    for one in path:
        here = here["properties"][one]
        here = here.get("items", here.get("additionalProperties") or here)
    found: dict[str, Any] = here["properties"]
    return found


@pytest.mark.parametrize("name", schemas.NAMES)
def test_schemas_are_schemas(name: str) -> None:
    made = json.loads(schemas.text(name))
    Draft202012Validator.check_schema(made)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"


# --- settings ----------------------------------------------------------------------------------

LISTED = {"layers": layers.KEYS, "witness": apparatus.WITNESS_KEYS, "variants": variants.KEYS,
          "abbreviation": matter.ABBREVIATION_KEYS,
          "press": (*pressing.KEYS, "profiles")}  # fmt: skip


def test_settings_have_the_keys_of_the_reader_and_say_something_of_each() -> None:
    assert set(properties()) == set(KNOWN)
    for table, known in KNOWN.items():
        if table == "diagnostics":
            continue
        keys = LISTED.get(table, known)
        assert set(properties(table)) == set(keys), table
        bare = [key for key in keys if not properties(table)[key]]
        assert not bare, f"edition/schemas/settings.py says nothing of {table}.{bare}"
    assert {one.name for one in fields(pressing.PressSettings)} == set(pressing.KEYS)


PROBES: tuple[object, ...] = (
    "x", "", 3, -1, 0.5, True, [], ["zh"], [1], [0.2, 0.4], {}, {"zh": "x"}, {"zz": "x"},
    [{"zh": "x"}], "a5", "18pt", 6,
)  # fmt: skip
# what the reader refuses and no schema can: sums of ISBN, dates that are none, pages that are not
# there; and settings of which a reader asks nothing
_BEYOND = {("imprint", "isbn"), ("edition", "date"), ("press", "icc"), ("press", "booklet_sheet"),
           ("base", "file"), ("layers", "series"), ("layout", "scale"), ("variants", "scale"),
           ("variants", "notes"), ("matter", "front"), ("matter", "back"), ("fonts", "zh"),
           ("layout", "ratio"), ("alignment", "length_ratio")}  # fmt: skip
_OF_BUILD = {("outputs", "formats")}  # which formats there are is known to those who write them
_FREE = {"article", "diagnostics"}


def settings_with(table: str, key: str, value: object) -> str:
    """edition.toml with one setting more."""
    written = json.dumps(value, ensure_ascii=False) if not isinstance(value, dict | list) else (
        _inline(value))  # fmt: skip
    heads = {"layers": '[[layers]]\nid = "注"', "witness": '[[witness]]\nsiglum = "宋"',
             "abbreviation": '[[abbreviation]]\nshort = "a"\nfull = "b"',
             "variants": "[variants.v]"}  # fmt: skip
    own = {"edition": {"id": '"a"', "title": '"T"'}}.get(table, {})
    head = heads.get(table, f"[{table}]").split("\n")
    lines = [one for one in head if not one.startswith(f"{key} =")]
    lines += [f"{name} = {said}" for name, said in own.items() if name != key]
    start = '[edition]\nid = "a"\ntitle = "T"\n' if table != "edition" else ""
    if table == "layers":  # lines have numbers, as a layer by lines needs
        start += '[line_numbers]\nby = "page"\n'
    return f"{start}{chr(10).join(lines)}\n{key} = {written}\n"


def _inline(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_inline(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def cases() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for table, known in KNOWN.items():
        keys = [one for one in LISTED.get(table, known) if one != "profiles"]
        for key in keys if table not in _FREE else ():
            yield table, key, properties(table)[key]


@pytest.mark.parametrize("table", [one for one in KNOWN if one not in _FREE])
def test_settings_are_valid_where_the_reader_takes_them(table: str, tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    path = tmp_path / "source/edition.toml"
    valid = validator("edition")
    for own, key, said in cases():
        if own != table:
            continue
        words = {value for one in _schemas_in(said) for value in one.get("enum", ())}
        for value in (*PROBES, *sorted(words)):
            text = settings_with(table, key, value)
            path.write_text(text, "utf-8")
            wrong = [one for one in config.load(tmp_path).diagnostics
                     if one.code.id in ("CFG003", "CFG004", "CFG005", "CFG006")]  # fmt: skip
            faults = list(valid.iter_errors(tomllib.loads(text)))
            if isinstance(value, str) and value in words and "zh" not in key:
                assert not faults, (table, key, value, faults)
            if faults and not wrong and (table, key) not in _OF_BUILD:
                pytest.fail(f"the schema refuses {table}.{key} = {value!r}: {faults[0].message}")
            if wrong and not faults and (table, key) not in _BEYOND:
                pytest.fail(f"the schema takes {table}.{key} = {value!r}: {wrong[0].fact}")


def _schemas_in(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield said
    for one in said.get("anyOf", ()):
        yield from _schemas_in(one)


# --- other files -------------------------------------------------------------------------------


def test_names_terms_and_notes_have_the_keys_of_their_readers() -> None:
    names = json.loads(schemas.text("names"))["properties"]
    assert tuple(names) == get_args(records.NameKind)
    assert set(names["person"]["items"]["properties"]) == set(records.NAME_KEYS)
    terms = json.loads(schemas.text("glossary"))["properties"]["term"]["items"]["properties"]
    assert set(terms) == set(records.TERM_KEYS)
    note = json.loads(schemas.text("notes"))["items"]["properties"]
    assert set(note) == set(notes.KEYS)
    reading = note["rdg"]["anyOf"][1]
    assert set(reading["properties"]) == set(entries.READING_KEYS)
    assert reading["properties"]["type"]["enum"] == list(entries.TYPES)
    assert set(note["quote"]["anyOf"][0]["anyOf"][1]["properties"]) == set(notes.LEMMA_KEYS)


NAMES = (
    '[[person]]\nid = "a"\nzh = "甲"', '[[person]]\nzh = "甲"', '[[person]]\nid = "a"',
    '[[persn]]\nid = "a"\nzh = "甲"', '[[work]]\nid = "a"\nen = "A"\nvariants = "B"',
    '[[work]]\nid = "a"\nen = "A"\nvariants = ["B"]\nlock = true', '[[body]]\nid = 3\nen = "A"',
    '[[place]]\nid = "a"\nen = "A"\nlock = "yes"', '[person]\nid = "a"\nzh = "甲"',
)  # fmt: skip
TERMS = (
    '[[term]]\nid = "a"\nzh = "甲"\nen = "A"', '[[term]]\nid = "a"\nzh = "甲"',
    '[[term]]\nid = "a"\nzh = "甲"\nen = "A"\npinyin = 3', '[[word]]\nid = "a"',
    '[[term]]\nid = "a"\nzh = "甲"\nen = "A"\nzh_gloss = "*x*"\nen_gloss = ""',
)  # fmt: skip


RECORDS = [*(("names", one) for one in NAMES), *(("glossary", one) for one in TERMS)]


@pytest.mark.parametrize(("name", "text"), RECORDS)
def test_records_are_valid_where_the_reader_takes_them(name: str, text: str) -> None:
    read = records.names if name == "names" else records.terms
    found = read(SourceFile("a.toml", text)).diagnostics  # type: ignore[operator]
    assert validator(name).is_valid(tomllib.loads(text)) == (not found), found


SERIES = (
    '[[volume]]\ndir = "a"', '[series]\nname = "s"', '[[volume]]\nname = "a"',
    '[series]\nlayouts = ["facing", "columns"]\n[[volume]]\ndir = "v/*"\nscripts = ["hans"]',
    '[[volume]]\ndir = "a"\nlayouts = ["facng"]', '[[volume]]\ndir = "a"\nlayouts = []',
    '[[volume]]\ndir = 3', '[[volume]]\ndir = "a"\nvariants = "x"', '[[volum]]\ndir = "a"',
    '[[volume]]\ndir = "a"\nsize = 3',
)  # fmt: skip


@pytest.mark.parametrize("text", SERIES)
def test_series_are_valid_where_the_reader_takes_them(text: str, tmp_path: Path) -> None:
    path = tmp_path / "series.toml"
    path.write_text(text, "utf-8")
    found = series.load_series(path).diagnostics
    assert validator("series").is_valid(tomllib.loads(text)) == (not found), found
    keys = json.loads(schemas.text("series"))["properties"]
    assert set(keys["series"]["properties"]) == set(series.SERIES_KEYS["series"])
    assert set(keys["volume"]["items"]["properties"]) == set(series.SERIES_KEYS["volume"])


_NOTE = "- id: a\n  at: i.1\n  layer: 注\n  zh: 語\n  quote: "
NOTES = (
    f"{_NOTE}水", f"{_NOTE}{{zh: 水, en: water}}", f"{_NOTE}{{zh: {{exact: 水, occurrence: 2}}}}",
    f"{_NOTE}{{exact: 水, prefix: 山}}", f"{_NOTE}{{prefix: 山}}", f"{_NOTE}{{zz: 水}}",
    f"{_NOTE}[水]", f"{_NOTE}水\n  sicc: 木", f"{_NOTE}水\n  proposed: true",
    f"{_NOTE}水\n  proposed: maybe", f"{_NOTE}水\n  resp: {{zh: 編, en: ed.}}",
    "- id: a", "a: b", "",
    f"{_NOTE}水\n  rdg: [{{text: 木, wit: [宋], type: 訛}}]\n  lem: {{wit: 元}}",
    f"{_NOTE}水\n  rdg: [{{text: 木, wit: 宋, type: wrong}}]",
    f"{_NOTE}水\n  rdg: [{{txet: 木, wit: 宋}}]",
)  # fmt: skip


@pytest.mark.parametrize("text", NOTES)
def test_notes_are_valid_where_the_reader_takes_them(text: str) -> None:
    found = notes.read(SourceFile("a.yaml", text), ["注"], ["宋", "元"]).diagnostics
    assert validator("notes").is_valid(yaml.safe_load(text)) == (not found), found


# --- layouts -----------------------------------------------------------------------------------

MEASURES = (*PROBES, 0, 1, 8, 8.5, 49.5, 300, 1e6, float("inf"), "20 mm", "20mm", "3.5 pt", "20 em",
            "-3", "", "inf", "outer", "left", "bold", "italic", "left\n")  # fmt: skip


@pytest.mark.parametrize("kind", ["page", "style"])
def test_layouts_are_valid_where_the_reader_takes_them(kind: str) -> None:
    said = json.loads(schemas.text("layout"))["properties"]
    known = settings.PAGE if kind == "page" else settings.STYLE
    held = (said["page"] if kind == "page" else said["styles"]["additionalProperties"])[
        "properties"
    ]
    assert set(held) - {"like"} == set(known)
    for key, of_key in known.items():
        valid = Draft202012Validator(held[key])
        for value in MEASURES:
            try:
                settings.checked(of_key, value)
                taken = True
            except ValueError:
                taken = False
            assert valid.is_valid(value) == taken, (key, value)


@pytest.mark.parametrize(("old", "new"), [
    ('layout = "facing"', 'layout = "spread"'), ("grid = 1.75", ""), ("[page]", "[pages]"),
    ("zh = [[10.5, 17.5]", "zh = [[10.5]"), ("[fit]\nzh", "[fit]\nzj"),
    ("imprint-en", "imprunt-en"),
    ("[styles]", "[styles]\nmine = { first = 3 }"), ("note_gap = 8", "notegap = 8"),
])  # fmt: skip
def test_a_broken_layout_is_not_valid(old: str, new: str) -> None:
    text = (ROOT / "templates/facing.toml").read_text("utf-8")
    assert old in text
    assert validator("layout").is_valid(tomllib.loads(text))
    assert not validator("layout").is_valid(tomllib.loads(text.replace(old, new, 1)))


VERDICT = '[[decision]]\nverdict = "refuse"\nsegment = "a"\nlang = "en"\ntext = "b"'


@pytest.mark.parametrize("text", [
    VERDICT, VERDICT.replace("refuse", "refused"), VERDICT.replace('"en"', '"fr"'),
    VERDICT.replace("text", "txt"), VERDICT.replace('"b"', "3"), f'{VERDICT}\nwhy = "x"', "",
])  # fmt: skip
def test_verdicts_on_reviews_are_valid_where_they_are_read(text: str) -> None:
    found = verdicts.read(SourceFile("a.toml", text)).diagnostics
    assert validator("review-decisions").is_valid(tomllib.loads(text)) == (not found), found


# --- in use ------------------------------------------------------------------------------------


def valid_files(root: Path) -> int:
    """How many files of a workspace have schemas; each of them is valid."""
    count = 0
    for one in schemas.SCHEMAS:
        for path in sorted(root.glob(one.of)) if one.of else ():
            text = path.read_text("utf-8")
            data = yaml.safe_load(text) if path.suffix == ".yaml" else tomllib.loads(text)
            told = json.loads(json.dumps(data, default=str))  # days of TOML are texts elsewhere
            faults = [f"{list(e.path)}: {e.message}" for e in validator(one.name).iter_errors(told)]
            assert not faults, (path, faults[:3])
            count += 1
    return count


def test_the_shipped_edition_and_its_layouts_are_valid() -> None:
    assert valid_files(ROOT) > 8


@pytest.mark.parametrize("kind", [None, *workspace.KINDS])
def test_new_workspaces_are_valid_and_name_their_schemas(
    kind: workspace.Kind | None, tmp_path: Path
) -> None:
    made = workspace.new(tmp_path / "w", kind)
    assert not made.diagnostics
    assert valid_files(tmp_path / "w") >= 3
    named = 0
    for path in (tmp_path / "w/source").rglob("*"):
        if path.suffix not in (".toml", ".yaml"):
            continue
        head = path.read_text("utf-8").split("\n")[0]
        assert head.startswith(("#:schema ", "# yaml-language-server: $schema=")), path
        way = head.replace("=", " ").split(" ")[-1]
        assert json.loads((path.parent / way).resolve().read_text("utf-8"))["$id"]
        named += 1
    assert named >= 3
    written = {path.stem for path in (tmp_path / "w/schemas").iterdir()}
    assert written == set(schemas.NAMES) - {"findings"}  # those of files that come later, too
    if kind is None:  # and nothing of it is in the way of the check
        assert not [one for one in check(tmp_path / "w") if one.level]


def test_findings_are_as_their_schema_has_them(workspace: Path) -> None:
    text = workspace / "source/text/01-garden.zh.md"
    text.write_text(text.read_text("utf-8").replace("東籬", "东籬\u200e<b>"), "utf-8")
    (workspace / "source/text/stray.zip").write_bytes(b"")
    found = check(workspace)
    assert any(one.fix for one in found)
    assert any(one.span is None for one in found)
    told = json.loads(as_json(found, fixed=[], refused=[], written=True))
    validator("findings").validate(told)
    named = json.loads(schemas.text("findings"))["properties"]["findings"]["items"]["properties"]
    assert set(named) == set(told["findings"][0])


def test_the_command_prints_and_writes(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "notes"]) == 0
    assert capsys.readouterr().out == schemas.text("notes")
    assert main(["schema"]) == 0
    listed = capsys.readouterr().out
    assert [one for one in schemas.NAMES if one not in listed] == []
    assert main(["schema", "nots"]) == 2
    assert main(["schema", "--write", "--dir", str(workspace)]) == 0
    assert {one.stem for one in (workspace / "schemas").iterdir()} == set(schemas.NAMES) - {
        "findings"
    }
    assert not [one for one in check(workspace) if one.level]
