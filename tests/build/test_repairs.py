"""Safe fixes: made where they do no harm, once, and in nothing but the characters they speak of."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from edition.build import check, repairs
from edition.cli import main
from edition.diagnostics import Diagnostic, Fix
from edition.readers.codes import TXT003
from edition.source import BOM, SourceFile

ZH = "source/text/01-garden.zh.md"
EN = "source/text/01-garden.en.md"
NOTES = "source/notes/01-garden.yaml"
# (file, right, wrong): what a safe fix makes right
SLIPS = (
    ("source/edition.toml", 'name = "facing"', 'naem = "facing"'),
    ("source/edition.toml", '"facing"', '"faicng"'),
    ("source/edition.toml", "numbering = \"circled\"", "numberng = \"circled\""),
    ("source/names.toml", "sort =", "srot ="),
    (ZH, "門前有", "門前\u200e有"),
    (ZH, "國名", "国名"),
    (EN, "wooden", "\u2060wooden"),
    (NOTES, "layer: 注", "Layer: 注"),
    (NOTES, "evidence:", "evidense:"),
    (NOTES, "en: Eastern Hedge", "en: “Eastern  hedge”"),
)  # fmt: skip


def prepared(root: Path) -> None:
    path = root / ZH
    path.write_text(path.read_text("utf-8").replace("園主愛菊", "園主不問國名，愛菊"), "utf-8")


def texts(root: Path) -> dict[str, bytes]:
    return {
        one.relative_to(root).as_posix(): one.read_bytes()
        for one in sorted(root.rglob("*")) if one.is_file() and "dist" not in one.parts
    }  # fmt: skip


def spoil(root: Path, slips: set[int]) -> None:
    for number in sorted(slips):
        path, right, wrong = SLIPS[number]
        text = (root / path).read_bytes().decode("utf-8")
        assert right in text, right
        (root / path).write_bytes(text.replace(right, wrong, 1).encode("utf-8"))


@settings(max_examples=2, deadline=None, phases=[Phase.explicit, Phase.generate],
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(slips=st.sets(st.integers(0, len(SLIPS) - 1), min_size=1), ends=st.booleans())
def test_fixing_undoes_slips_and_a_second_run_changes_nothing(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory, slips: set[int], ends: bool
) -> None:
    root = tmp_path_factory.mktemp("garden") / "w"
    shutil.copytree(workspace, root)
    prepared(root)
    if ends:  # as Windows writes them
        for path in (ZH, NOTES):
            data = (root / path).read_bytes()
            (root / path).write_bytes(BOM.encode() + data.replace(b"\n", b"\r\n"))
    sound = texts(root)
    assert not [one for one in check(root) if one.fix and one.fix.safe]
    spoil(root, slips)
    made = repairs.repaired(root, lambda: check(root))
    assert repairs.write(root, made) is None
    assert texts(root) == sound, made.left
    again = repairs.repaired(root, lambda: check(root))
    assert (again.after, again.done) == ({}, ())


def test_a_fix_that_would_bring_errors_is_left(workspace: Path) -> None:
    """The text has a simplified character, and a note quotes it so: made right in the text alone,
    the note would have no place."""
    text, notes = workspace / ZH, workspace / NOTES
    text.write_text(text.read_text("utf-8").replace("木牌上", "木国牌上\u200e"), "utf-8")
    notes.write_text(notes.read_text("utf-8").replace("zh: 木牌", "zh: 木国牌"), "utf-8")
    made = repairs.repaired(workspace, lambda: check(workspace))
    assert [one.code.id for one in made.done] == ["TXT003"]
    assert [one.code.id for one in made.refused] == ["SCR001"]
    assert not [one for one in made.left if one.code.id.startswith("ANC")]
    assert repairs.write(workspace, made) is None
    again = repairs.repaired(workspace, lambda: check(workspace))
    assert not again.after
    assert [one.code.id for one in again.refused] == ["SCR001"]


def test_what_is_not_asked_for_is_not_touched(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared(workspace)
    spoil(workspace, {4, 6, 7})
    old = texts(workspace)
    assert main(["check", str(workspace / EN), "--fix", "--dry-run"]) == 0
    shown = capsys.readouterr().out
    assert f"--- a/{EN}" in shown
    assert ZH not in shown
    assert "would be fixed TXT003" in shown
    assert texts(workspace) == old
    assert main(["check", str(workspace / EN), "--fix", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in told["fixed"]] == ["TXT003"]
    assert told["written"] is True
    new = texts(workspace)
    assert {path for path in new if new[path] != old[path]} == {EN}


def test_bibliographies_are_never_rewritten(workspace: Path) -> None:
    """Not even where a fix there were safe."""
    file = SourceFile.read(workspace / "bib/references.bib", "bib/references.bib")
    span = file.span(0, 5)
    found = Diagnostic(code=TXT003, fact="x", span=span, fix=Fix(span, "", "x", safe=True))
    made = repairs.repaired(workspace, lambda: (found,))
    assert (made.after, made.done, made.left) == ({}, (), (found,))


def test_a_file_that_was_saved_meanwhile_is_not_overwritten(workspace: Path) -> None:
    spoil(workspace, {4})
    made = repairs.repaired(workspace, lambda: check(workspace))
    other = (workspace / ZH).read_bytes() + b"\n"
    (workspace / ZH).write_bytes(other)
    found = repairs.write(workspace, made)
    assert found is not None
    assert found.code.id == "USE014"
    assert (workspace / ZH).read_bytes() == other


def test_a_link_stays_a_link(workspace: Path) -> None:
    (workspace / "shared").mkdir()
    (workspace / ZH).rename(workspace / "shared/a.md")
    (workspace / ZH).symlink_to("../../shared/a.md")
    spoil(workspace, {4})
    assert repairs.write(workspace, repairs.repaired(workspace, lambda: check(workspace))) is None
    assert (workspace / ZH).is_symlink()
    assert "\u200e" not in (workspace / "shared/a.md").read_text("utf-8")
