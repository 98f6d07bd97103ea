"""Diagnostics: what they look like, and that every code is explained and tested."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import edition
from edition.diagnostics import (
    EXIT_BY_AREA,
    REGISTRY,
    Code,
    Diagnostic,
    Fix,
    Severity,
    as_github,
    as_json,
    as_text,
    counted,
    define,
    exit_code,
    grouped,
    in_order,
    override,
)
from edition.source import SourceFile

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs" / "diagnostics"
CASES = ROOT / "tests" / "cases"

ERROR = Code("XYZ001", Severity.ERROR, "A fault")
WARNING = Code("XYZ002", Severity.WARNING, "A doubt")
TEX = Code("TEX999", Severity.ERROR, "TeX")
PREFLIGHT = Code("PRE999", Severity.ERROR, "Preflight")


def registry() -> dict[str, Code]:
    """Every code, by loading every module."""
    for found in pkgutil.walk_packages(edition.__path__, "edition."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    return REGISTRY


def sections() -> dict[str, str]:
    """Titles of the sections of docs/diagnostics by code."""
    found: dict[str, str] = {}
    for path in sorted(DOCS.glob("*.md")):
        for code, title in re.findall(
            r"^## ([A-Z]{3}\d{3})\s+(.*)$", path.read_text("utf-8"), re.MULTILINE
        ):
            assert code not in found, f"{code} is explained twice"
            assert code.startswith(path.stem), f"{code} stands in {path.name}"
            found[code] = title
    return found


# --- in step ---------------------------------------------------------------------------------


def test_codes_are_three_capitals_and_three_digits() -> None:
    assert registry()
    assert not [code for code in registry() if not re.fullmatch(r"[A-Z]{3}\d{3}", code)]


def test_a_code_is_never_defined_twice() -> None:
    with pytest.raises(ValueError, match="USE001 is defined twice"):
        define(registry()["USE001"].id, Severity.ERROR, "again")


def test_every_code_is_explained() -> None:
    missing = sorted({one for one in registry() if not one.startswith("PGE")} - set(sections()))
    assert not missing, f"docs/diagnostics lacks {missing}"


def test_nothing_is_explained_that_is_never_reported() -> None:
    unknown = sorted(set(sections()) - set(registry()))
    assert not unknown, f"no module defines {unknown}"


def test_every_area_is_in_the_index_with_its_exit_code() -> None:
    index = (ROOT / "docs" / "diagnostics.md").read_text("utf-8")
    listed = dict(
        re.findall(r"^\| \[([A-Z]{3})\]\(diagnostics/\1\.md\) \|.*\| (\d) \|$", index, re.MULTILINE)
    )
    # tests define codes of an area of their own
    areas = {one.area: str(one.exit) for one in registry().values() if one.area != "PGE"}
    assert listed == areas


def test_every_code_has_a_case_or_a_test() -> None:
    """A case file named after it, or a test that speaks of the code."""
    here = Path(__file__)
    texts = "".join(
        path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py") if path != here
    )
    cases = {path.name[:6] for path in CASES.rglob("*.txt")}
    untested = sorted(code for code in registry() if code not in cases and code not in texts)
    assert not untested, f"neither case nor test: {untested}"


def test_every_case_is_of_a_known_code() -> None:
    for path in CASES.rglob("*.txt"):
        code = path.name[:6]
        assert code in registry(), f"{path}: there is no {code}"
        assert path.parent.name == code[:3], f"{path} belongs into {code[:3]}/"


# --- what they look like ----------------------------------------------------------------------


def sample(code: Code = ERROR, start: int = 4, path: str = "source/text/a.zh.md") -> Diagnostic:
    file = SourceFile(path, "一二三\n小院高牆外\n")
    return Diagnostic(
        code=code,
        fact="五字太多",
        span=file.span(start, start + 2),
        segment="i.1",
        hint="刪去",
        fix=Fix(file.span(start, start + 2), "院", "replace"),
    )


def test_text_shows_place_code_excerpt_and_way_out() -> None:
    assert as_text([sample()]) == (
        "source/text/a.zh.md:2:1: error XYZ001 [i.1]: 五字太多\n"
        "    小院高牆外\n"
        "    ^^^^\n"
        "    hint: 刪去\n"
        "    fix: replace"
    )


def test_json_keeps_its_keys() -> None:
    place = {
        "file": "source/text/a.zh.md",
        "start": {"line": 2, "column": 1},
        "end": {"line": 2, "column": 3},
    }
    told = json.loads(as_json([sample(), Diagnostic(code=WARNING, fact="no place")]))
    assert told["version"] == 1
    assert told["findings"][0] == {
        "code": "XYZ001",
        "severity": "error",
        "title": "A fault",
        **place,
        "where": "source/text/a.zh.md:2:1",
        "segment": "i.1",
        "fact": "五字太多",
        "hint": "刪去",
        "fix": {"label": "replace", "safe": False, "edits": [{**place, "text": "院"}]},
    }
    assert told["findings"][1]["file"] is told["findings"][1]["start"] is None


def test_github_finds_the_file_from_the_root_of_the_repository() -> None:
    line = as_github([sample(path="source/a,b.md")], prefix="books/one/")
    assert line == (
        "::error file=books/one/source/a%2Cb.md,line=2,col=1,title=XYZ001::五字太多 — 刪去"
    )


@given(st.text(), st.text())
def test_github_annotations_are_one_line_each(fact: str, hint: str) -> None:
    found = Diagnostic(code=WARNING, fact=fact, hint=hint, where="page 2")
    assert len(as_github([found, found]).split("\n")) == 2
    assert "\r" not in as_github([found])


def test_the_gravest_exit_code_wins() -> None:
    assert exit_code([]) == 0
    assert exit_code([sample(WARNING)]) == 0
    assert exit_code([sample()]) == 1
    assert exit_code([sample(), sample(TEX)]) == 4
    assert exit_code([sample(PREFLIGHT), sample(TEX)]) == 5
    assert set(EXIT_BY_AREA.values()) == {2, 3, 4, 5}


def test_the_configuration_overrides_severities() -> None:
    found = override([sample()], {"XYZ001": Severity.INFO})
    assert exit_code(found) == 0
    assert as_github(found).startswith("::notice ")


def test_order_is_by_file_and_place() -> None:
    late, early = sample(start=6), sample(start=0)
    nowhere = Diagnostic(code=ERROR, fact="no place")
    assert in_order([nowhere, late, early]) == (early, late, nowhere)


def test_findings_of_one_kind_are_shown_by_fives_and_the_rest_counted() -> None:
    many = [sample(start=n % 7, path=f"source/text/{n % 4}.zh.md") for n in range(83)]
    rare = sample(TEX)
    warned = sample(WARNING)
    kinds = grouped([warned, *many, rare])
    assert [one.shown[0].code for one in kinds] == [ERROR, TEX, WARNING]
    assert [(len(one.shown), len(one.more)) for one in kinds] == [(5, 78), (1, 0), (1, 0)]
    assert counted(kinds[0]) == (
        "    … and 78 more of XYZ001 (A fault): source/text/1.zh.md 21, "
        "source/text/2.zh.md 21, source/text/3.zh.md 20 and 1 more places"
    )


@given(st.lists(st.sampled_from([ERROR, WARNING, TEX]), max_size=40), st.integers(1, 9))
def test_no_finding_is_lost_by_grouping(codes: list[Code], most: int) -> None:
    found = [sample(code, start=n % 5) for n, code in enumerate(codes)]
    kinds = grouped(found, most)
    assert all(len(one.shown) <= most for one in kinds)
    told = [one for kind in kinds for one in (*kind.shown, *kind.more)]
    assert sorted(map(id, told)) == sorted(map(id, found))
