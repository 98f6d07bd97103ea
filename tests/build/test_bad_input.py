"""Whatever an editor gets wrong is a diagnostic at its place with its exit code, and what an
earlier build made is untouched."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from edition import cli

TEXT, ENGLISH = "source/text/01-garden.zh.md", "source/text/01-garden.en.md"
NOTES, SETTINGS = "source/notes/01-garden.yaml", "source/edition.toml"


def change(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def add(name: str, text: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        path = root / name
        path.write_text(path.read_text("utf-8") + text, encoding="utf-8")

    return edit


def write(name: str, data: bytes) -> Callable[[Path], None]:
    return lambda root: void((root / name).write_bytes(data))


def remove(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).unlink()


def void(_: object) -> None:
    return None


# what is wrong: (how it came about, area of the code, exit code, where)
WRONG = {
    "no settings": (remove(SETTINGS), "CFG", 2, SETTINGS),
    "settings that are no TOML": (add(SETTINGS, "[layout\n"), "CFG", 2, SETTINGS),
    "settings in another encoding": (write(SETTINGS, "題 = 1".encode("big5")), "CFG", 2, SETTINGS),
    "unknown key": (change(SETTINGS, 'date = "', 'dat = "'), "CFG", 2, SETTINGS),
    "unknown layout": (change(SETTINGS, '"facing"', '"rows"'), "CFG", 2, SETTINGS),
    "paper of no size": (add(SETTINGS, '\n[layout.x]\npaper = "a"\n'), "CFG", 2, SETTINGS),
    "text that is not UTF-8": (write(TEXT, "園".encode("gb18030")), "TXT", 1, TEXT),
    "raw TeX": (change(TEXT, "園主愛菊", r"\textbf{園主}愛菊"), "TXT", 1, TEXT),
    "raw HTML": (change(TEXT, "園主愛菊", "<b>園主</b>愛菊"), "TXT", 1, TEXT),
    "an id twice": (change(TEXT, "{#i.2}", "{#i.1}"), "TXT", 1, TEXT),
    "notes that are no YAML": (add(NOTES, "- id: [\n"), "NTE", 1, NOTES),
    "unknown key of a note": (change(NOTES, "layer: 注", "layr: 注"), "NTE", 1, NOTES),
    "a note's id twice": (change(NOTES, "id: tags", "id: hedge"), "NTE", 1, NOTES),
    "a note to nowhere": (change(NOTES, "at: i.2", "at: i.9"), "ANC", 1, NOTES),
    "a lemma that is not there": (change(NOTES, "zh: 東籬", "zh: 西籬"), "ANC", 1, NOTES),
    "a lemma that is there twice": (change(TEXT, "他把", "東籬把"), "ANC", 1, NOTES),
    "an unknown citation": (change(TEXT, "@zhu2020", "@zhu2021"), "CIT", 1, TEXT),
    "names that are no TOML": (add("source/names.toml", "x"), "NAM", 1, "source/names.toml"),
    "terms that are no TOML": (add("source/glossary.toml", "x"), "GLO", 1, "source/glossary.toml"),
    "a broken reference": (add("bib/references.bib", "@book{x, title = {y}"), "BIB", 1,
                           "bib/references.bib"),
    "a font that is not installed": (add(SETTINGS, '\n[fonts]\nen = "No Such Antiqua"\n'), "ENV",
                                     3, SETTINGS),
}  # fmt: skip
NEEDS_TEX = {"a font that is not installed"}


def found(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict]]:  # type: ignore[type-arg]
    code = cli.main([words[0] if words else "build", "--dir", str(root), "--format", "json"])
    return code, json.loads(capsys.readouterr().out)["findings"]


def published(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "dist").iterdir()
            if path.name != "build.log"}  # fmt: skip


@pytest.mark.parametrize("case", [
    pytest.param(name, marks=[pytest.mark.tex] if name in NEEDS_TEX else [], id=name)
    for name in WRONG
])  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_overwritten(
    case: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit, area, expected, file = WRONG[case]
    (workspace / "dist").mkdir()
    (workspace / "dist" / "garden.pdf").write_bytes(b"%PDF of before")
    before = published(workspace)
    edit(workspace)
    code, diagnostics = found(workspace, capsys)
    errors = [one for one in diagnostics if one["severity"] == "error"]
    assert code == expected, errors
    assert area in {one["code"][:3] for one in errors}
    told = next(one for one in errors if one["code"].startswith(area))
    assert told["fact"]
    if file:
        assert told["where"].startswith(file)
    assert published(workspace) == before


@pytest.mark.parametrize("case", [
    pytest.param(name, marks=[pytest.mark.tex] if name in NEEDS_TEX else [], id=name)
    for name in WRONG
])  # fmt: skip
def test_what_is_wrong_is_said_once_and_with_a_way_out(
    case: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    WRONG[case][0](workspace)
    _, diagnostics = found(workspace, capsys)
    errors = [one for one in diagnostics if one["severity"] == "error"]
    assert all(one["hint"] for one in errors)
    assert len({(one["code"], one["where"], one["fact"]) for one in errors}) == len(errors)


@pytest.mark.parametrize("unread", [
    remove(TEXT), write(TEXT, b"\xff"), lambda root: [remove(one)(root) for one in (TEXT, ENGLISH)],
    lambda root: (remove(TEXT)(root), os.mkfifo(root / TEXT)),
])  # fmt: skip
def test_nothing_is_said_of_text_that_was_not_read(
    unread: Callable[[Path], object], workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unread(workspace)
    code, diagnostics = found(workspace, capsys, "check")
    errors = {one["code"] for one in diagnostics if one["severity"] == "error"}
    if not (workspace / TEXT).exists() and (workspace / ENGLISH).exists():
        assert (code, errors) == (0, set())  # an edition in one language, and said to be one
        assert "TXT017" in {one["code"] for one in diagnostics}
    else:
        assert code == 1
        assert {one[:3] for one in errors} in ({"TXT"}, {"WSP"})  # a pipe is not opened at all


def test_everything_wrong_is_said_at_once(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for case in ("raw TeX", "a note to nowhere", "an unknown citation", "names that are no TOML",
                 "a broken reference"):  # fmt: skip
        WRONG[case][0](workspace)
    code, diagnostics = found(workspace, capsys, "check")
    assert code == 1
    assert {"TXT", "ANC", "CIT", "NAM", "BIB"} <= {
        one["code"][:3] for one in diagnostics if one["severity"] == "error"
    }


def test_a_sound_workspace_has_nothing_wrong(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, diagnostics = found(workspace, capsys, "check")
    assert (code, [one for one in diagnostics if one["severity"] == "error"]) == (0, [])


def test_severities_can_be_set(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    WRONG["an unknown citation"][0](workspace)
    _, (unknown, *_) = found(workspace, capsys, "check")
    add(SETTINGS, f'\n[diagnostics]\n{unknown["code"]} = "warning"\n')(workspace)
    code, diagnostics = found(workspace, capsys, "check")
    assert code == 0
    assert {one["severity"] for one in diagnostics if one["code"] == unknown["code"]} == {"warning"}


# --- with TeX ----------------------------------------------------------------------------------


@pytest.mark.tex
@pytest.mark.parametrize(("text", "code"), [
    ("園中有🧿。", "FNT001"),
    ("園\u202e主。", "TXT003"),
])  # fmt: skip
def test_what_cannot_be_printed_is_named(
    text: str, code: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(TEXT, "園主愛菊", text + "園主愛菊")(workspace)
    exit_code, diagnostics = found(workspace, capsys)
    (told,) = [one for one in diagnostics if one["severity"] == "error"]
    assert (exit_code, told["code"], told["start"]["line"]) == (1, code, 5)


@pytest.mark.tex
def test_a_word_that_cannot_be_divided_is_broken(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(ENGLISH, "The gate", f"The {'qxzk' * 15} gate")(workspace)
    code = cli.main(["build", "--dir", str(workspace), "--layout", "columns", "--format", "json"])
    told = [
        one for one in json.loads(capsys.readouterr().out)["findings"] if one["severity"] == "error"
    ]
    assert (code, told) == (0, [])


@pytest.mark.tex
def test_a_table_that_is_too_wide_is_made_to_fit_and_said(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = "| " + " | ".join("incomprehensibilities" for _ in range(9)) + " |\n"
    table = f"\n{row}{'| --- ' * 9}|\n{row}\n: 表 {{#i.t}}\n"
    for name in (TEXT, ENGLISH):
        add(name, table)(workspace)
    code, diagnostics = found(workspace, capsys)
    assert code == 0
    assert {"TAB001", "TAB002"} & {one["code"] for one in diagnostics}


def test_tex_that_is_missing_is_named(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("PATH", str(tmp_path))
    code, diagnostics = found(workspace, capsys)
    assert code == 3
    told = [one for one in diagnostics if one["code"].startswith("ENV")]
    assert told
    assert "apt-get install" in told[0]["hint"]


@pytest.mark.tex
@pytest.mark.parametrize("text", [
    r"\\input{/etc/passwd}", "^^5cinput", "50 % of it }{ $ & # _ ~", "[" * 40 + "]" * 40,
    r"\\write18\{id\}",
])  # fmt: skip
def test_hostile_text_prints_as_text_or_is_refused(
    text: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(ENGLISH, "The gate", f"{text} The gate")(workspace)
    code, diagnostics = found(workspace, capsys)
    assert code in (0, 1, 4)
    if code == 0:
        pdf = (workspace / "dist" / "garden.pdf").read_bytes()
        assert pdf.startswith(b"%PDF")
        assert b"root:" not in pdf
        proof = json.loads((workspace / "dist" / "proof.json").read_text("utf-8"))
        assert proof["violations"] == []
    else:
        assert all(one["start"]["line"] == 3 for one in diagnostics if one["severity"] == "error")


def test_ten_thousand_brackets_are_survived(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(TEXT, "園主愛菊", "[" * 10_000 + "園主愛菊" + "]" * 10_000)(workspace)
    code, diagnostics = found(workspace, capsys, "check")
    assert code in (0, 1)
    assert all(one["code"] != "USE009" for one in diagnostics)


def test_an_output_folder_that_cannot_be_written(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "dist").mkdir()
    (workspace / "dist").chmod(0o555)
    if os.access(workspace / "dist", os.W_OK):
        pytest.skip("root may write anywhere")
    code, (told,) = found(workspace, capsys)
    assert (code, told["code"], told["where"]) == (2, "USE003", str(workspace / "dist"))


@pytest.mark.tex
def test_a_picture_that_is_no_file_is_not_waited_for(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(workspace / "plan.png")
    for name in (TEXT, ENGLISH):
        add(name, "\n![圖](plan.png){#i.f}\n")(workspace)
    code, diagnostics = found(workspace, capsys)
    assert code == 1
    assert "PIC001" in {one["code"] for one in diagnostics}


def test_an_output_folder_that_is_a_file(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "dist").write_text("mine")
    code, (told,) = found(workspace, capsys)
    assert (code, told["code"]) == (2, "USE003")
    assert (workspace / "dist").read_text() == "mine"
