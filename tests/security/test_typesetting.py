"""TeX reads what the build laid there, the driver opens what the build wrote, and of a run that was
cut short nothing is kept."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tex_samples import CONFIG, Book, box, layout

from edition.diagnostics import exit_code
from edition.engine import biber, driver, xdv, xelatex
from edition.engine.cache import Cache
from edition.engine.measure import measure
from edition.engine.xdv import specials

HARMLESS = (
    b"pdf:pagesize width 483.697pt height 682.866pt",
    b"pdf:btrans",
    b"pdf:code /Span<</ActualText<FEFF4E2D>>>BDC",
    b"x:scale 1 1",
    b"color push gray 0",
    b"ED:m1",
    b"pdf:image bbox 0 0 143.98 95.99 clip 0 width 144.5pt (f-1795625854f08e50.png) ",
    b"pdf:image matrix 1.0 0.0 0.0 1.0 0.0 0.0 page 1 pagebox mediabox (./f-cacb4c9080d74d18.pdf)",
)
FOREIGN = (
    b"pdf:fstream @pw (/etc/passwd)",
    b"pdf: fstream @pw (passwd)",
    b" pdf:mapfile x.map",
    b"pdf:mapline x y <z.pfb",
    b"pdf:tounicode x",
    b"pdf:encrypt",
    b"pdf:image (/etc/passwd.png)",
    b"pdf:image (../secret.png)",
    b"pdf:image (./.secret.png)",
    b"pdf:image (a.png) (/etc/b.png)",
    b"pdf:image width 3pt (sub/a.png)",
    b"pdf:epdf (/tmp/x.pdf)",
    b"PSfile=/etc/passwd",
    b"psfile=x.eps",
    b"ps:plotfile /etc/passwd",
    b"header=/etc/passwd",
    b"x:fontmapfile x",
    b"x:fontmapline x",
    b"dvipdfmx:config D \"touch x\"",
    b"dvipdfmx: config z",
    b"html:<img src=/etc/passwd>",
    b"pdfcolorstack",
    b"",
)  # fmt: skip


NAMING = [one for one in FOREIGN if one.count(b"(") == 1 or b"file" in one]


@pytest.mark.parametrize("special", HARMLESS)
def test_what_draws_passes(special: bytes) -> None:
    specials.check(special)
    specials.check_raw(b"\x00" + special + b"\xff")


@pytest.mark.parametrize("special", FOREIGN)
def test_what_names_a_file_does_not(special: bytes) -> None:
    with pytest.raises(xdv.ForeignError):
        specials.check(special)


@pytest.mark.parametrize("special", NAMING)
def test_nor_in_a_file_of_another_version(special: bytes) -> None:
    with pytest.raises(xdv.ForeignError):
        specials.check_raw(b"\x00\xf0" + special + b"\xff")


def shadow(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, script: str) -> None:
    """A program ``name`` before the real one, which it may call as ``$REAL``."""
    real = shutil.which(name) or "/bin/false"
    path = folder / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'#!/bin/sh\nREAL="{real}"\n{script}\n')
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.tex
def test_what_is_planted_in_a_work_folder_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "work" / "measure"
    folder.mkdir(parents=True)
    (folder / "array.sty").write_text(r"\message{PLANTED}")
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    for name in ("edition.log", "terminal.txt", "edition.pos"):
        (folder / name).symlink_to(victim)
    book = Book.of(box("a", "en", "A text."))
    found = measure(book.boxes, layout(), CONFIG, folder.parent, Cache(tmp_path / "cache"))
    assert set(found.value) == {"a"}
    assert "PLANTED" not in (folder / "edition.log").read_text("utf-8", "replace")
    assert victim.read_text() == "mine"


@pytest.mark.tex
def test_a_special_that_names_a_file_stops_before_the_driver(tmp_path: Path) -> None:
    tex = (
        r"\documentclass{article}\begin{document}x"
        r"\special{pdf:fstream @pw (/etc/passwd)}\end{document}"
    )
    done = xelatex.run(tex, tmp_path / "work")
    assert done.value is not None
    assert done.ok
    made = driver.finish(done.value, date="", seconds=60)
    assert made.value is None
    assert [one.code.id for one in made.diagnostics] == ["TEX012"]
    assert "/etc/passwd" in made.diagnostics[0].fact
    assert not done.value.pdf.exists()


CUT = {
    "killed": ('"$REAL" "$@"; kill -9 $$', "TEX011"),
    "cut": ('"$REAL" "$@"; head -c 300 edition.xdv > x; mv x edition.xdv', "TEX009"),
    "without pages": ('"$REAL" "$@"; rm edition.xdv', "TEX009"),
}


@pytest.mark.tex
@pytest.mark.parametrize("how", CUT)
def test_of_a_run_that_was_cut_short_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    script, code = CUT[how]
    book, cache = Book.of(box("a", "en", "A text.")), Cache(tmp_path / "cache")
    with monkeypatch.context() as patch:
        shadow(tmp_path, patch, "xelatex", script)
        # the real program's identity: what it keeps would serve the next build
        patch.setattr(xelatex, "identity", lambda: "xelatex")
        found = measure(book.boxes, layout(), CONFIG, tmp_path, cache)
        assert [one.code.id for one in found.diagnostics] == [code]
        assert exit_code(found.diagnostics) == 4
        assert not list((cache.root / "galleys").glob("*"))


@pytest.mark.parametrize("script", ["printf '%%PDF-1.5' > edition.pdf", "exit 0", "kill -9 $$"])
def test_half_a_pdf_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    shadow(tmp_path, monkeypatch, "xdvipdfmx", script)
    folder = driver.lay(b"", tmp_path / "work", files={})
    made = driver.run(folder, date="", seconds=20)
    assert made.value is None
    assert exit_code(made.diagnostics) == 4


@pytest.mark.parametrize("script", ["printf 'half' > edition.bbl", "exit 0", "kill -9 $$"])
def test_half_an_answer_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    shadow(tmp_path, monkeypatch, "biber", script)
    assert biber.run(tmp_path).value is None
