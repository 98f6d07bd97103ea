"""The commands press, booklet and build --proof, on a workspace of one section."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from press_samples import pressed, reader

from edition import pressing
from edition.cli import main
from edition.config import load
from edition.diagnostics import Diagnostic, error
from edition.press import preflight
from edition.pressing import PressSettings, sheet_of


def settings(root: Path, table: str) -> None:
    path = root / "source" / "edition.toml"
    path.write_text(path.read_text("utf-8") + "\n" + table, encoding="utf-8")


# --- settings ----------------------------------------------------------------------------------


def test_profiles_inherit_from_the_table(workspace: Path) -> None:
    settings(workspace, "[press]\nbleed = 4\n[press.profiles.shop]\nmarks = true\nweight = 100\n")
    loaded = load(workspace)
    assert loaded.diagnostics == ()
    assert loaded.value is not None
    assert loaded.value.press == PressSettings(bleed=4.0)
    assert loaded.value.press_profiles["shop"] == PressSettings(bleed=4.0, marks=True, weight=100.0)


@pytest.mark.parametrize(("line", "code"), [
    ("blead = 3", "CFG003"), ("bleed = '3'", "CFG004"), ("marks = 1", "CFG004"),
    ("bleed = -1", "CFG005"), ("bleed = nan", "CFG005"), ("signature = 10", "CFG005"),
    ("signature = 4.0", "CFG004"), ("booklet_sheet = 'A99'", "CFG005"), ("profiles = 3", "CFG004"),
    ("profiles = { x = 1 }", "CFG004"), ("profiles = { x = { blead = 1 } }", "CFG003"),
])  # fmt: skip
def test_faults_of_the_table_are_reported_at_their_line(
    workspace: Path, line: str, code: str
) -> None:
    settings(workspace, f"[press]\n{line}\n")
    loaded = load(workspace)
    assert [one.code.id for one in loaded.diagnostics] == [code]
    assert loaded.value is not None
    assert loaded.value.press == PressSettings()


def test_sheets_have_names_and_sizes() -> None:
    assert sheet_of("a4") == (297.0, 210.0)
    assert sheet_of("210 x 297") == (297.0, 210.0)
    assert sheet_of("10x10") is None
    assert all(long > short for long, short in pressing.SHEETS.values())


def coloured(root: Path) -> None:
    """A picture in RGB at the end of the text."""
    image = pytest.importorskip("PIL.Image")
    image.new("RGB", (1400, 300), (200, 30, 40)).save(root / "source" / "red.png")
    for lang in ("zh", "en"):
        path = root / "source" / "text" / f"01-garden.{lang}.md"
        figure = "\n![](source/red.png){#fig}\n"
        path.write_text(path.read_text("utf-8").rstrip() + "\n" + figure, "utf-8")


# --- commands ----------------------------------------------------------------------------------


@pytest.mark.tex
def test_press_makes_all_files_and_nothing_else(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(workspace, "[press.profiles.shop]\nmarks = true\nsignature = 8\n")
    dist = workspace / "dist"
    assert main(["press", "--dir", str(workspace), "--profile", "shop"]) == 0
    assert "spine" in capsys.readouterr().out
    names = {f"garden.{kind}.pdf" for kind in ("press", "booklet", "cover", "screen")}
    assert names <= {one.name for one in dist.iterdir()}
    for kind in ("press", "cover", "screen"):
        looked = preflight.run(dist / f"garden.{kind}.pdf", kind)  # type: ignore[arg-type]
        assert {one.code.id for one in looked.diagnostics} <= {"PRE034"}
    built, press = (reader((dist / name).read_bytes())
                    for name in ("garden.pdf", "garden.press.pdf"))  # fmt: skip
    assert len(press.pages) % 8 == 0
    assert len(press.pages) - len(built.pages) < 8
    before = {name: (dist / name).read_bytes() for name in names}
    assert main(["press", "--dir", str(workspace), "--profile", "shop", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    assert {name: (dist / name).read_bytes() for name in names} == before
    assert main(["press", "--dir", str(workspace), "--profile", "shpo", "--quiet"]) == 2
    assert "USE021" in capsys.readouterr().out
    assert {name: (dist / name).read_bytes() for name in names} == before


@pytest.mark.tex
def test_findings_name_their_file_and_have_the_weight_that_settings_give(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(workspace, "[press]\nbleed = 0.0\nsignature = 0\n")
    coloured(workspace)
    words = ["press", "--dir", str(workspace), "--format", "json"]
    assert main(words) == 0
    listed = json.loads(capsys.readouterr().out)["findings"]
    told = {one["where"]: one for one in listed if one["code"] == "PRE036"}
    pages = len(reader((workspace / "dist" / "garden.press.pdf").read_bytes()).pages)
    codes = {one["code"] for one in listed}
    assert "PRE040" not in codes
    (converted,) = [one["fact"] for one in listed if one["code"] == "PRE104"]
    assert converted == "a picture converted from RGB to the inks of FOGRA39"
    assert set(told) == {f"garden.press.pdf, pages 1–{pages}", "garden.cover.pdf, page 1"}
    assert {one["severity"] for one in told.values()} == {"warning"}
    settings(workspace, '[diagnostics]\nPRE036 = "error"\n')
    assert main(words) == 5
    settings(workspace, '[press.profiles.shop]\nicc = "nowhere.icc"\n')
    capsys.readouterr()
    assert main([*words, "--profile", "shop"]) == 5
    (none,) = [
        one for one in json.loads(capsys.readouterr().out)["findings"] if one["code"] == "PRE101"
    ]
    lines = (workspace / "source" / "edition.toml").read_text("utf-8").splitlines()
    assert none["file"] == "source/edition.toml"
    assert lines[none["start"]["line"] - 1] == 'icc = "nowhere.icc"'


@pytest.mark.tex
def test_the_proof_is_drawn_on_request(workspace: Path) -> None:
    dist = workspace / "dist"
    assert main(["build", "--dir", str(workspace), "--quiet"]) == 0
    assert not (dist / "proof.png").exists()
    assert main(["build", "--dir", str(workspace), "--proof", "--quiet"]) == 0
    assert (dist / "proof.png").read_bytes().startswith(b"\x89PNG")
    report = (dist / "proof.html").read_text("utf-8")
    pages = len(reader((dist / "garden.pdf").read_bytes()).pages)
    assert report.count("<img ") == pages
    assert "園中小記" in report


@pytest.mark.tex
def test_pages_with_errors_are_shown_though_not_published(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edition.build import pages as composing

    whole, fault = composing.compose, error("PGE999", "A fault of the tests")

    def faulty(*args: Any, **more: Any) -> Any:
        return whole(*args, **more).plus([Diagnostic(code=fault, fact="askew", segment="i.2")])

    dist = workspace / "dist"
    words = ["build", "--dir", str(workspace), "--proof", "--quiet"]
    assert main(words) == 0
    before = (dist / "garden.pdf").read_bytes()
    text = workspace / "source" / "text" / "01-garden.en.md"
    text.write_text(text.read_text("utf-8").replace("gate", "garden gate"), encoding="utf-8")
    monkeypatch.setattr(composing, "compose", faulty)
    assert main(words) == 1
    report = (dist / "proof.html").read_text("utf-8")
    assert "were not published" in report
    assert "askew" in report
    assert 'class="mark error"' in report
    assert (dist / "garden.pdf").read_bytes() == before


def test_preflight_of_any_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pressed())
    assert main(["preflight", str(path)]) == 0
    assert "no certificate" in capsys.readouterr().out
    assert main(["preflight", str(path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["pages"] == 4
    path.write_bytes(b"")
    assert main(["preflight", str(path), "--format", "json"]) == 5
    assert json.loads(capsys.readouterr().out)["findings"][0]["code"] == "PRE001"
    assert main(["preflight", str(tmp_path / "none.pdf")]) == 2
    capsys.readouterr()
    assert main(["preflight", str(tmp_path / "none.pdf"), "--format", "json"]) == 2
    (none,) = json.loads(capsys.readouterr().out)["findings"]
    assert none["code"] == "USE002"
    assert none["hint"]


def test_booklet_of_any_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pressed())
    assert main(["booklet", str(path), "--signature", "4"]) == 0
    assert len(reader((tmp_path / "a.booklet.pdf").read_bytes()).pages) == 2
    assert main(["booklet", str(path), "--signature", "5"]) == 2
    assert main(["booklet", str(path), "--out", str(tmp_path / "a.pdf" / "b.pdf")]) == 2
    path.write_bytes(b"%PDF-1.7\n%%EOF")
    assert main(["booklet", str(path)]) == 5
    assert "PRE001" in capsys.readouterr().out
