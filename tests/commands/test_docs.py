"""The README speaks of commands and options that there are."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from edition import cli, config

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def examples() -> list[list[str]]:
    """Every command line of the README, without the program's name."""
    found = re.findall(r"`(?:edition|invoke) ([a-z][^`\n]*)`", README)
    found += re.findall(r"^\.venv/bin/(?:edition|invoke) (.*)$", README, re.MULTILINE)
    return [shlex.split(line) for line in found]


@pytest.mark.parametrize("words", examples(), ids=" ".join)
def test_examples_parse(words: list[str]) -> None:
    assert cli.parser().parse_args(words).command == words[0]


def test_every_command_is_in_the_readme() -> None:
    assert {words[0] for words in examples()} == set(cli.COMMANDS)


def test_profiles_that_the_readme_names_are_those_of_the_shipped_edition() -> None:
    settings = config.load(ROOT).value
    assert settings is not None
    named = re.findall(r"--profile ([a-z]\w*)`", README)
    assert named
    assert set(named) <= set(settings.press_profiles)


@pytest.mark.parametrize("path", sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")]),
                         ids=lambda path: str(path.relative_to(ROOT)))  # fmt: skip
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        if target.endswith(".md") or target == "LICENSE":
            assert (path.parent / target).exists(), f"{path.name} links to {target}"
