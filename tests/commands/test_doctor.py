"""``doctor``: what is installed, what is not, and how to get it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from edition import cli
from edition.engine import identity, probe
from edition.engine.probe import NEEDS, MetNeed, Need, diagnose, install_command, survey


def script(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH of small scripts, on which everything is installed."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for need in NEEDS:
        if need.kind in ("program", "test"):
            script(folder, need.name, f'echo "{need.name} version 1.2.3-x"')
    tex = tmp_path / "tex"
    tex.mkdir()
    lines = []
    for need in NEEDS:
        if need.kind == "tex":
            (tex / need.name).write_text(r"\ProvidesPackage{x}[2022/11/07 v1.1k of x]")
            lines.append(f'{need.name}) echo "{tex / need.name}";;')
    script(
        folder,
        "kpsewhich",
        'echo "version 6.3.4" >&2; [ "$1" = --version ] && echo 6.3.4\n'
        f"for one; do case $one in {' '.join(lines)} esac; done",
    )
    faces = [
        f"printf '{one.name},{one.name} Alias\\tRegular\\t/f/{one.name}.otf\\t131072\\n'"
        for one in NEEDS
        if one.kind == "font"
    ]
    script(
        folder,
        "fc-list",
        '[ "$1" = --version ] && echo fontconfig version 2.14.1 && exit\n' + "\n".join(faces),
    )
    for need in NEEDS:
        if need.kind == "jar":
            (folder / need.name).touch()
    monkeypatch.setattr(probe, "JARS", folder)
    monkeypatch.setenv("PATH", str(folder))
    return folder


def finding(name: str) -> MetNeed:
    return next(one for one in survey() if one.need.name == name)


def test_everything_there(machine: Path) -> None:
    found = survey()
    lacking = [one for one in found if not one.met and one.need.kind != "style"]
    assert not lacking
    assert diagnose(found) == ()
    assert install_command(found) == ""


def test_versions_are_told(machine: Path) -> None:
    assert finding("biber").version == "1.2.3-x"
    assert finding("xeCJK.sty").version == "2022/11/07 v1.1k of x"
    assert finding("Noto Serif CJK TC").version == "2.000"
    assert finding("pypdf").version.startswith("7.")


@pytest.mark.parametrize(
    ("head", "version"),
    [
        ("\\ProvidesExplPackage{x}%\n  {2024/05/11}{2.9e}{Fonts}", "2024/05/11 v2.9e"),
        ("\\GetIdInfo$Id: x.dtx c4 2022-08-05 21:02 $\n\\ProvidesExplPackage{\\ExplFileName}\n"
         "  {\\ExplFileDate}{3.9.1}{CJK}", "2022/08/05 v3.9.1"),
        ("\\def\\abx@date{2024/03/21}\n\\def\\abx@version{3.20}\n", "2024/03/21 v3.20"),
        ("% since 2001/01/01\n\\ProvidesFile{x}[2022/11/17 v 3.18b biblatex\nstyle]",
         "2022/11/17 v 3.18b biblatex"),
        ("\\relax", ""),
    ],
)  # fmt: skip
def test_versions_of_tex_packages(tmp_path: Path, head: str, version: str) -> None:
    (tmp_path / "x.sty").write_text(head)
    assert probe._style_version(str(tmp_path / "x.sty")) == version


def test_a_missing_program_package_and_font_with_the_command(machine: Path) -> None:
    (machine / "biber").unlink()
    script(machine, "kpsewhich", "echo 6.3.4")
    script(machine, "fc-list", "echo 2.14.1")
    found = survey()
    told = {one.where: one for one in diagnose(found)}
    assert told["biber"].code.id == "ENV101"
    assert told["TeX Gyre Pagella"].code.id == "ENV102"
    assert told["xeCJK.sty"].code.id == "ENV103"
    assert told["xeCJK.sty"].hint.endswith("--no-install-recommends texlive-lang-chinese")
    command = install_command(found).split()
    assert command[:4] == ["sudo", "apt-get", "install", "--no-install-recommends"]
    assert command[4:] == sorted(
        {one.package for one in NEEDS if one.name == "biber" or one.kind in ("tex", "font")}
    )


@pytest.mark.parametrize("body", ["exit 1", "echo broken library >&2; exit 127", "echo"])
def test_a_program_that_does_not_run(machine: Path, body: str) -> None:
    script(machine, "biber", body)
    (told,) = diagnose(survey())
    assert told.code.id == "ENV002"
    assert "gives no version" in told.fact
    assert "broken library" in told.fact or "broken" not in body


def test_what_only_tests_need_is_a_remark(machine: Path) -> None:
    (machine / "qpdf").unlink()
    (told,) = diagnose(survey())
    assert (told.code.id, told.level.name) == ("ENV003", "INFO")
    assert install_command(survey(probe.needs_of(tests=False))) == ""
    assert install_command(survey()).endswith(" qpdf")


def test_a_missing_library(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "LIBRARIES", ("no-such-library",))
    (told,) = diagnose(survey())
    assert (told.code.id, told.fact) == ("ENV001", "no-such-library is not installed")
    assert "./bootstrap" in told.hint


def test_nothing_installed_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert cli.main(["doctor"]) == 3
    told = capsys.readouterr().out
    assert "  MISSING xelatex" in told
    assert "Install what is missing:\n  sudo apt-get install" in told


def test_json_for_programs(
    machine: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["doctor", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert not {one["kind"] for one in told["found"]} & {"test", "jar"}
    assert cli.main(["doctor", "--format", "json", "--tests"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["diagnostics"] == []
    assert told["install"] == ""
    assert {one["name"] for one in told["found"]} > {one.name for one in NEEDS}
    assert all(one["ok"] for one in told["found"] if one["kind"] != "style")


def test_fonts_of_the_workspace_are_looked_for(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = workspace / "source" / "edition.toml"
    with settings.open("a", encoding="utf-8") as file:
        file.write('\n[fonts]\nen = "No Such Antiqua"\n')
    assert cli.main(["doctor", "--dir", str(workspace), "--format", "json"]) == 3
    told = json.loads(capsys.readouterr().out)["diagnostics"]
    assert any("No Such Antiqua" in one["fact"] for one in told)


def test_identities_change_with_the_thing(machine: Path) -> None:
    before = identity.program_identity("biber")
    script(machine, "biber", "echo another one, longer")
    assert identity.program_identity("biber") != before
    (machine / "biber").unlink()
    assert identity.program_identity("biber") == "biber:none"
    font = machine / "new.otf"
    font.write_bytes(b"1")
    script(machine, "fc-list", f"echo {font}")
    before = identity.font_identity()
    font.write_bytes(b"22")
    assert identity.font_identity() != before


def test_a_need_is_met_by_path_and_health() -> None:
    need = Need("program", "x", "x")
    assert MetNeed(need, "/bin/x").met
    assert not MetNeed(need).met
    assert not MetNeed(need, "/bin/x", "", "it does not run").met
