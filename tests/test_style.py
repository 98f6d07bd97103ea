"""What ruff and mypy say, so that nobody has to."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def said(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False,
        timeout=600,
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_ruff_has_nothing_to_say() -> None:
    assert said("ruff", "check", "--output-format", "concise", ".") == ""


def test_all_is_formatted() -> None:
    assert said("ruff", "format", "--check", ".") == ""


def test_types_hold() -> None:
    assert said("mypy", "--no-pretty") == ""


def test_figures_are_those_that_int_reads() -> None:
    """``"²".isdigit()`` is true and ``int("²")`` an error: ``isdecimal`` is meant."""
    package = ROOT / "edition"
    wrong = [str(one) for one in package.rglob("*.py") if ".isdigit()" in one.read_text("utf-8")]
    assert wrong == []


def test_no_two_classes_have_one_name() -> None:
    """One name a thing: nobody should have to ask of which module a class is."""
    names = [name for path in (ROOT / "edition").rglob("*.py")
             for name in re.findall(r"(?m)^class (\w+)", path.read_text("utf-8"))]  # fmt: skip
    twice = {name for name in names if names.count(name) > 1}
    assert twice == set(), "give one of them another name"


def test_no_two_test_files_have_one_name() -> None:
    """pytest imports them by their names alone."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names))


def test_matches_over_classes_have_no_rest() -> None:
    """Where kinds are told by their classes, a kind that comes to them has to be thought of: mypy
    asks for each of them (``exhaustive-match``), unless a wildcard takes what is left."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.cases[-1].pattern.lineno}"
        for path in (ROOT / "edition").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Match) and _has_classes(node) and _takes_the_rest(node.cases[-1])
    ]
    assert wrong == []


def _has_classes(match: ast.Match) -> bool:
    return any(isinstance(one, ast.MatchClass) for case in match.cases
               for one in ast.walk(case.pattern))  # fmt: skip


def _takes_the_rest(case: ast.match_case) -> bool:
    wild = isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None
    return wild and case.guard is None and "assert_never" not in ast.unparse(case.body[0])
