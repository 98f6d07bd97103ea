"""Whatever import accepts, build builds. Here the check of all documents, whole and mutated, and
the build of one that has every form; ``edition bench import`` builds all of them in both layouts."""

from __future__ import annotations

import random
from pathlib import Path

import import_articles as articles
import import_documents as documents
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_samples import faults, workspace

from edition.build import Request, build
from edition.diagnostics import Severity
from edition.importers.documents.model import RefusedError
from edition.importers.workspace import imported

ALL = {f"{name}.txt": text for name, text in articles.REGIONS.items()} | documents.OTHERS


def mutated(text: str, seed: int) -> str:
    """``text`` with some lines dropped, doubled, cut, joined or moved, as copies of texts are."""
    chance = random.Random(seed)
    lines = text.split("\n")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(lines))
        cut = chance.randint(0, len(lines[at]))
        match chance.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]
            case 3:
                lines[at : at + 2] = ["".join(lines[at : at + 2])]
            case 4:
                lines.insert(chance.randrange(len(lines)), lines.pop(at))
            case _:
                lines[at] = (
                    lines[at][:cut] + chance.choice("*[]`~^{}<>&|\\$@#①1)（") + lines[at][cut:]
                )
        lines = lines or [""]
    return "\n".join(lines)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(sorted(ALL)), seed=st.integers(0, 10_000))
def test_mutated_documents_have_no_errors(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int
) -> None:
    try:
        outcome = imported(name, mutated(ALL[name], seed).encode())
    except RefusedError:
        return
    assert "IMP005" not in [one.code.id for one in outcome.diagnostics]
    found = faults(workspace(outcome.value, tmp_path_factory.mktemp("any")))
    assert not [one for one in found if not one.startswith(("TXT019", "TXT020"))], (name, seed)


def test_an_import_builds_as_it_is(tmp_path: Path) -> None:
    """In columns, the narrower: Markdown with every form, mail address, sign and picture."""
    made = imported("readme.md", documents.README.encode()).value
    outcome = build(Request(root=workspace(made, tmp_path), layout="columns"))
    assert not [one for one in outcome.diagnostics if one.level is Severity.ERROR]
    assert list((tmp_path / "dist").glob("*.pdf"))
