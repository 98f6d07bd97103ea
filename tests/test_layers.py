"""A module imports only from the layers above it, and an outside library only in its layer."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "edition"

# from the top down; modules of one line may use each other
LAYERS = (
    ("source",),
    ("diagnostics",),
    ("characters",),
    ("terminal",),
    (
        "boundary",
        "cells",
        "decoding",
        "files",
        "aside",
        "keeping",
        "numerals",
        "private",
        "spelling",
        "templates",
        "trust",
        "tomlfile",
        "pressing",
    ),
    ("reviewing",),
    ("model",),
    ("config",),
    ("aligning",),
    ("readers",),
    ("tickets", "wording"),
    ("anchors",),
    ("script",),
    ("apparatus",),
    ("typography",),
    ("bibliography",),
    ("importers",),
    ("basetext", "checks"),
    ("layout",),
    ("latex",),
    ("engine",),
    ("press",),
    ("writers",),
    ("proof",),
    ("marking",),
    ("schemas",),
    ("collating", "converting", "ids", "pairing", "realign", "workspace"),
    ("build",),
    ("series",),
    ("watching",),
    ("commands", "cli", "__main__"),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}

# the rooms of the bibliography, in the order in which a list goes through them; before them what
# all of them speak of, behind them what orders them
ROOMS = (
    ("types",),
    ("rules",),
    ("values",),
    ("reading",),
    ("matching",),
    ("mending",),
    ("deciding",),
    ("writing",),
    ("repair",),
    ("service",),
)
ROOM_RANK = {name: rank for rank, names in enumerate(ROOMS) for name in names}
FACES = ("values", "reading", "matching", "mending", "deciding", "writing")

# what is not in the standard library, and the only layers that may import it
OUTSIDE = {
    "PIL": {"press"},
    "bibtexparser": {"bibliography"},
    "distributed": {"series"},
    "fontTools": {"engine"},
    "invoke": {"tasks"},
    "lxml": {"importers", "writers"},
    "markdown_it": {"importers"},
    "mdit_py_plugins": {"importers"},
    "opencc": {"script"},
    "openpyxl": {"importers", "writers"},
    "pylatex": {"latex"},
    "pylatexenc": {"bibliography"},
    "pypdf": {"press"},
    "pypinyin": {"aligning", "importers", "bibliography"},
    "rapidfuzz": {"anchors", "apparatus", "bibliography"},
    "regex": {"anchors"},
    "rich": {"terminal"},
    "watchfiles": {"watching"},
    "yaml": {"importers", "readers"},
}
# heavy ones are never loaded by importing a module that a command line needs to start
AT_START = (
    "cli.py",
    "terminal.py",
    "diagnostics.py",
    "source.py",
    "files.py",
    "templates.py",
    "commands/*.py",
    "build/*.py",
)


def layer(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """(module, line, whether at the top level) of each import; types only are at no level."""
    tree = ast.parse(path.read_text("utf-8"))
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    inside = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        top = id(node) not in inside and id(node) not in guarded
        if isinstance(node, ast.Import):
            yield from ((one.name, node.lineno, top) for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports name their module in full"
            if node.module in ("edition", "edition.bibliography"):
                yield from ((f"{node.module}.{one.name}", node.lineno, top) for one in node.names)
            else:
                yield node.module or "", node.lineno, top


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_from_above(path: Path) -> None:
    own = layer(path)
    assert own in RANK, f"{own} has no place in LAYERS: decide where it belongs"
    for name, line, _ in imports(path):
        parts = name.split(".")
        if parts[0] != "edition" or len(parts) == 1 or parts[1] not in RANK:
            continue
        assert RANK[parts[1]] <= RANK[own], f"{path}:{line}: {own} is above {parts[1]}"


def room(path: Path) -> str:
    """The room of the bibliography that a module stands in; "" outside."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[1] if parts[0] == "bibliography" and parts[1] != "__init__" else ""


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_rooms_of_the_bibliography(path: Path) -> None:
    """A room uses those before it, and of any other only its face."""
    own = room(path)
    assert own in ROOM_RANK or layer(path) != "bibliography" or path.stem == "__init__", own
    for name, line, _ in imports(path):
        parts = name.split(".")
        if parts[:2] != ["edition", "bibliography"] or len(parts) == 2:
            continue
        if own:
            assert ROOM_RANK[parts[2]] <= ROOM_RANK[own], f"{path}:{line}: {own} uses {parts[2]}"
        if parts[2] != own and parts[2] in FACES:
            assert len(parts) == 3, f"{path}:{line}: import it from {'.'.join(parts[:3])}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_outside_libraries_have_one_layer(path: Path) -> None:
    for name, line, _ in imports(path):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names or top == "edition":
            continue
        assert top in OUTSIDE, f"{path}:{line}: {top} is not a library of this project"
        assert layer(path) in OUTSIDE[top], f"{path}:{line}: {top} is {OUTSIDE[top]}'s"


@pytest.mark.parametrize(
    "path",
    [one for glob in AT_START for one in sorted(PACKAGE.glob(glob))],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_what_starts_a_command_loads_no_library(path: Path) -> None:
    found = [name for name, _, top in imports(path) if top and name.split(".")[0] in OUTSIDE]
    assert not found


def test_the_architecture_tells_every_layer_with_its_libraries() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    table = text[text.index("| module |") :].partition("\n\n")[0]
    told: dict[str, str] = {}
    for row in table.splitlines()[2:]:
        modules, _, libraries = row.strip("|").split("|")
        told |= dict.fromkeys(re.findall(r"`(\w+)(?:/|\.py)`", modules), libraries.casefold())
    assert RANK.keys() - {"__main__"} <= told.keys()
    names = {"PIL": "pillow", "markdown_it": "markdown-it-py", "mdit_py_plugins": "mdit-py-plugins"}
    untold = [(layer, library) for library, layers in OUTSIDE.items() for layer in layers
              if names.get(library, library).casefold() not in told[layer]]  # fmt: skip
    assert untold == []


def test_tasks_are_thin() -> None:
    """They are made from the parsers of the commands, and do no more than to call these."""
    tree = ast.parse((ROOT / "tasks.py").read_text("utf-8"))
    own = [
        ast.unparse(one)
        for one in ast.walk(tree)
        if isinstance(one, ast.ImportFrom) and one.module in ("edition", "edition.cli")
    ]
    assert own == ["from edition import cli"]
    used = {ast.unparse(one) for one in ast.walk(tree)
            if isinstance(one, ast.Attribute) and ast.unparse(one.value) == "cli"}  # fmt: skip
    assert used == {"cli.main", "cli.parsers"}


def test_han_is_told_by_one_class() -> None:
    """Ranges of Chinese characters stand in characters.py; what fonts and TeX need is another."""
    for path in modules():
        if layer(path) in ("aligning", "readers", "script", "bibliography", "importers", "checks"):
            assert not re.search(r"\\u(3400|4e00)-\\u", path.read_text("utf-8")), path
