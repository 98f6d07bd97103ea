"""Each file of ``tests/cases`` is a workspace and what is said of it.

A title; then sections. ``=== PATH`` begins a file of the workspace, ``=== PATH in ENCODING`` one
that is not UTF-8, ``=== PATH in escapes`` one where ``\\uXXXX`` is a character that nobody sees;
``=== without PATH`` leaves one out. ``=== expected`` lists every finding as ``place severity
CODE``. What a case does not give is taken from ``USUAL``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edition.build import check
from edition.diagnostics import in_order

CASES = Path(__file__).parents[1] / "cases"
AREAS = (
    "CFG",
    "TXT",
    "NTE",
    "APP",
    "NAM",
    "GLO",
    "ALN",
    "CIT",
    "BAS",
)  # other cases have tests of their own
USUAL = {
    "source/edition.toml": '[edition]\nid = "case"\ntitle = { zh = "例", en = "Case" }\n',
    "source/text/01-a.zh.md": "# 一章 {#a}\n\n山中有雨，林下無人。 {#a.1}\n",
    "source/text/01-a.en.md": "# One {#a}\n\nRain in the hills, nobody in the woods. {#a.1}\n",
}
_SECTION = re.compile(
    r"^=== (?P<without>without )?(?P<path>\S+)(?: in (?P<encoding>\S+))?\n", re.MULTILINE
)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def read(path: Path) -> tuple[dict[str, bytes], list[str]]:
    """The files of a case, and what it expects."""
    text = path.read_text("utf-8")
    files = {name: content.encode() for name, content in USUAL.items()}
    expected: list[str] = []
    found = list(_SECTION.finditer(text))
    assert found, f"{path} has no sections"
    assert text[: found[0].start()].strip(), f"{path} begins with its title"
    for one, after in zip(found, [*found[1:], None], strict=True):
        body = text[one.end() : after.start() if after else len(text)]
        if one["without"]:
            del files[one["path"]]
        elif one["path"] == "expected":
            expected = [line for line in body.splitlines() if line.strip()]
        else:
            encoding = one["encoding"] or "utf-8"
            if encoding == "escapes":
                body = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), body)
                encoding = "utf-8"
            files[one["path"]] = body.encode(encoding)
    return files, expected


@pytest.mark.parametrize(
    "path",
    sorted(path for area in AREAS for path in (CASES / area).glob("*.txt")),
    ids=lambda path: path.stem,
)
def test_case(path: Path, tmp_path: Path) -> None:
    files, expected = read(path)
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    found = check(tmp_path)
    said = [f"{one.place} {one.level.name.lower()} {one.code.id}" for one in in_order(found)]
    assert said == expected
    assert all(one.fact.strip() for one in found)
    assert path.name[:6] in {one.code.id for one in found}, "a case shows the code of its name"


def test_a_workspace_without_faults_gives_no_findings(tmp_path: Path) -> None:
    for name, content in USUAL.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert check(tmp_path) == ()
