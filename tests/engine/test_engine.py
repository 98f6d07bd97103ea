"""What goes wrong with TeX, fonts and the cache is told at the segment that caused it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tex_samples import CONFIG, Book, box, layout, stack

from edition.config import Fonts
from edition.diagnostics import exit_code
from edition.engine import fonts, formats, log, programs, xelatex
from edition.engine.cache import Cache, digest
from edition.engine.measure import measure
from edition.engine.typeset import typeset
from edition.latex.boxes import SetBox, Setter
from edition.layout.types import Box

LOG = """\
(./edition.tex
ED:begin 0
ED:begin 1
Missing character: There is no \U0001f9ff (U+1F9FF) in font [/usr/x.otf]/OT:script=latn;!
Overfull \\hbox (12.34567pt too wide) in paragraph at lines 30--30
ED:begin 7
! Undefined control sequence.
<argument> \\EDzh {}\\nosuch
                            text
l.31 \\EDm{7}{zh}{350pt}{\\EDzh{}\\nosuch text}
! LaTeX Error: File `xeCJK.sty' not found.

Type X to quit or <RETURN> to proceed,
! Emergency stop.
"""


def test_a_log_is_read_by_box() -> None:
    missing, overfull, error, nofile = log.parse(LOG)
    assert (missing.kind, missing.box, missing.text) == ("missing", 1, "\U0001f9ff")
    assert (overfull.kind, overfull.box, overfull.points) == ("overfull", 1, 12.34567)
    assert (error.kind, error.box, error.text) == ("error", 7, "Undefined control sequence")
    assert error.line.startswith("l.31 ")
    assert (nofile.kind, nofile.text) == ("nofile", "xeCJK.sty")


@given(st.text())
def test_no_log_is_too_strange_to_read(text: str) -> None:
    log.parse(text)


def test_without_xelatex_the_build_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = xelatex.run("x", tmp_path)
    assert done.value is None
    assert [one.code.id for one in done.diagnostics] == ["ENV101"]
    assert "apt-get install" in done.diagnostics[0].hint
    assert exit_code(done.diagnostics) == 3


@pytest.mark.tex
def test_a_tex_that_hangs_is_stopped_with_all_its_children(tmp_path: Path) -> None:
    loop = r"\documentclass{article}\begin{document}\loop\iftrue\repeat\end{document}"
    done = xelatex.run(loop, tmp_path, seconds=1.5)
    assert [one.code.id for one in done.diagnostics] == ["TEX002"]
    assert str(tmp_path / "edition.log") in done.diagnostics[0].hint
    assert done.value is not None
    assert done.value.stopped
    assert exit_code(done.diagnostics) == 4


@pytest.mark.tex
def test_tex_reads_nothing_outside_and_runs_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRETWORD")
    tex = (
        r"\documentclass{article}\begin{document}x"
        rf"\input{{{secret}}}\input{{../secret.txt}}"
        rf"\immediate\write18{{touch {tmp_path}/touched}}"
        rf"\newwrite\w\immediate\openout\w={tmp_path}/written.tex\end{{document}}"
    )
    done = xelatex.run(tex, tmp_path / "work")
    assert done.value is not None
    assert "SECRETWORD" not in done.value.log.read_text(errors="replace")
    assert not (tmp_path / "touched").exists()
    assert not (tmp_path / "written.tex").exists()


@pytest.mark.tex
def test_an_error_of_tex_is_told_at_its_segment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that an editor writes is one: a box is made wrong here."""
    right = Setter.set

    def wrong(setter: Setter, made: Box) -> SetBox:
        return replace(right(setter, made), **({"tex": r"\nosuch y"} if made.key == "bad" else {}))

    monkeypatch.setattr(Setter, "set", wrong)
    book = Book.of(box("good", "en", "A text."), box("bad", "en", "x"))
    found = measure(book.boxes, layout(), CONFIG, tmp_path, Cache(tmp_path / "cache"))
    assert [(one.code.id, one.segment) for one in found.diagnostics] == [("TEX001", "bad")]
    assert "Undefined control sequence" in found.diagnostics[0].fact
    assert "edition.log" in found.diagnostics[0].hint
    assert set(found.value) == {"good"}
    again = measure(book.boxes, layout(), CONFIG, tmp_path, Cache(tmp_path / "cache"))
    assert [one.code.id for one in again.diagnostics] == ["TEX001"], "an error is never cached"


@pytest.mark.tex
def test_a_line_too_long_is_told_at_its_segment_on_every_build(tmp_path: Path) -> None:
    book = Book.of(
        box("ii.4", "en", "\u00a0".join(["short"] * 12), width=150),
        box("ii.5", "en", "short", width=150),
    )
    for _ in range(2):
        found = measure(book.boxes, layout(), CONFIG, tmp_path, Cache(tmp_path / "cache"))
        assert [(one.code.id, one.segment) for one in found.diagnostics] == [("TEX003", "ii.4")]
        assert found.diagnostics[0].place == "text.md:1:1"


@pytest.mark.tex
def test_a_character_that_no_font_has_is_told_at_its_place(tmp_path: Path) -> None:
    book = Book.of(box("i.1", "zh", "字\U0001f9ff尾"), box("i.2", "en", "a\u202eb → ǎ ɐ"))
    found = measure(book.boxes, layout(), CONFIG, tmp_path, Cache(tmp_path / "cache"))
    told = {(one.code.id, one.segment, one.place) for one in found.diagnostics}
    assert ("FNT001", "i.1", "text.md:1:2") in told
    assert ("FNT002", "i.2", "text.md:1:2") in told
    assert any("U+1F9FF" in one.fact for one in found.diagnostics)
    assert any("U+202E RIGHT-TO-LEFT OVERRIDE" in one.fact for one in found.diagnostics)


@pytest.mark.tex
def test_a_style_too_low_for_its_letters_is_reported(tmp_path: Path) -> None:
    shape = layout()
    low = replace(shape.styles["en"], leading=7.0, first=4.0)
    shape = replace(shape, styles={**shape.styles, "en": low})
    book = Book.of(box("iii.5", "en", "A text of more than one line. " * 8))
    found = measure(book.boxes, shape, CONFIG, tmp_path, Cache(tmp_path / "cache"))
    assert {(one.code.id, one.segment) for one in found.diagnostics} == {("TEX005", "iii.5")}


@pytest.mark.tex
def test_lines_that_a_plan_forgets_are_reported(tmp_path: Path) -> None:
    book, shape = Book.of(box("iii.5", "en", "A text of more than one line. " * 8)), layout()
    measures = measure(book.boxes, shape, CONFIG, tmp_path, Cache(tmp_path / "c")).value
    short = {"iii.5": replace(measures["iii.5"], lines=measures["iii.5"].lines - 1)}
    done = typeset(book, stack(book, short, shape), short, shape, CONFIG, tmp_path)
    assert [(one.code.id, one.segment) for one in done.diagnostics] == [("TEX007", "iii.5")]
    assert done.value is not None
    assert done.value.cut_errors == ("iii.5 has lines left over",)


@pytest.mark.tex
def test_a_text_without_a_result_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edition.engine.positions.measures", lambda *_: {})
    book = Book.of(box("a", "en", "A text."))
    found = measure(book.boxes, layout(), CONFIG, tmp_path, Cache(tmp_path / "cache"))
    assert [one.code.id for one in found.diagnostics] == ["TEX009"]
    assert found.value == {}


@pytest.mark.tex
def test_a_tex_that_writes_without_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "FILE_LIMIT", 1 << 20)
    endless = (
        r"\documentclass{article}\newwrite\w\immediate\openout\w=x.dat"
        r"\begin{document}\loop\immediate\write\w{0123456789012345678901234567890123456789}"
        r"\iftrue\repeat\end{document}"
    )
    done = xelatex.run(endless, tmp_path, seconds=60)
    assert [one.code.id for one in done.diagnostics] == ["TEX008"]
    assert (tmp_path / "x.dat").stat().st_size <= (1 << 20) + 5


@pytest.mark.tex
def test_a_package_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITION_TRUST_TEMPLATES", "1")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "edition-grid.sty").write_text(r"\RequirePackage{nosuchpackage}")
    book = Book.of(box("a", "en", "A text."))
    found = measure(book.boxes, layout(), CONFIG, tmp_path, Cache(tmp_path / "c"), root=tmp_path)
    assert "ENV103" in {one.code.id for one in found.diagnostics}
    assert any("nosuchpackage.sty" in one.fact for one in found.diagnostics)
    assert exit_code(found.diagnostics) >= 3


def test_faces_and_files_that_are_missing_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "font.otf").write_bytes(b"no font")
    face = fonts.Installed(str(tmp_path / "font.otf"), 0, ("one family",), ("regular",))
    monkeypatch.setattr(fonts, "installed", lambda: (face,))
    config = replace(
        CONFIG, fonts=Fonts(zh=("One Family",), zh_sans=("One Family",), en=("One Family",))
    )
    found = fonts.probe(config, Cache(tmp_path / "cache"))
    assert found.value is None
    assert {one.code.id for one in found.diagnostics} == {"FNT003", "FNT004"}


@pytest.mark.tex
def test_ten_thousand_brackets_are_text(tmp_path: Path) -> None:
    book = Book.of(box("b", "en", "[" * 10_000), box("c", "zh", "{" * 10_000))
    found = measure(book.boxes, layout(), CONFIG, tmp_path, Cache(tmp_path / "cache"))
    assert {one.code.id for one in found.diagnostics} <= {"TEX003"}
    assert set(found.value) == {"b", "c"}


@pytest.mark.tex
def test_a_font_that_is_missing_is_named_with_its_package(tmp_path: Path) -> None:
    config = replace(CONFIG, fonts=Fonts(zh=("Noto Serif CJK XX",), en=("Garamond No Such",)))
    found = fonts.probe(config, Cache(tmp_path))
    assert found.value is None
    assert [one.code.id for one in found.diagnostics] == ["ENV102", "ENV102"]
    assert "fonts-noto-cjk" in found.diagnostics[0].hint
    assert exit_code(found.diagnostics) == 3


@pytest.mark.tex
def test_the_face_follows_script_and_region(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    faces = [
        fonts.probe(replace(CONFIG, script=script, variety=variety), cache).value  # type: ignore[arg-type]
        for script, variety in (("hant", "generic"), ("hans", "generic"), ("hant", "hk"))
    ]
    indices = [one.zh.regular.index for one in faces if one]
    assert indices == [3, 2, 4]
    assert all(one and ord("爲") in one.han and ord("A") in one.latin for one in faces)


@pytest.mark.tex
def test_what_is_known_is_not_set_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Book.of(box("a", "zh", "甲乙丙。" * 30), box("b", "en", "A text of words. " * 20))
    shape, cache = layout(), Cache(tmp_path / "cache")
    first = measure(book.boxes, shape, CONFIG, tmp_path, cache)
    plan = stack(book, first.value, shape)
    done = typeset(book, plan, first.value, shape, CONFIG, tmp_path, cache=cache)
    assert done.value is not None
    pdf = Path(done.value.pdf).read_bytes()
    runs: list[int] = []
    real = xelatex.run

    def counted(tex: str, *args: object, **more: object) -> object:
        runs.append(tex.count(r"\EDm{"))
        return real(tex, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(xelatex, "run", counted)  # formats.run goes through it
    Path(done.value.pdf).unlink()
    assert measure(book.boxes, shape, CONFIG, tmp_path, cache).value == first.value
    again = typeset(book, plan, first.value, shape, CONFIG, tmp_path, cache=cache)
    assert runs == []
    assert again.value == done.value
    assert Path(done.value.pdf).read_bytes() == pdf
    book.boxes["b"] = box("b", "en", "Another text.")
    measure(book.boxes, shape, CONFIG, tmp_path, cache)
    assert runs == [1], "only what changed is measured"


@pytest.mark.tex
def test_typesetting_is_reproducible(tmp_path: Path) -> None:
    book, shape = Book.of(box("a", "zh", "甲乙丙。")), layout()
    measures = measure(book.boxes, shape, CONFIG, tmp_path, Cache(tmp_path / "c")).value
    plan = stack(book, measures, shape)
    pdfs = []
    for folder in ("one", "two"):
        done = typeset(book, plan, measures, shape, CONFIG, tmp_path / folder)
        assert done.value is not None
        pdfs.append(Path(done.value.pdf).read_bytes())
    assert pdfs[0] == pdfs[1]


@pytest.mark.tex
def test_a_dumped_format_gives_the_same_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Book.of(box("a", "zh", "甲乙丙。“丁”" * 30), box("b", "en", "A text of words. " * 20))
    shape = layout()

    def built(folder: Path, cache: Cache) -> tuple[object, bytes, str]:
        measures = measure(book.boxes, shape, CONFIG, folder, cache).value
        plan = stack(book, measures, shape)
        # a cache of its own, or the pages would come from there
        done = typeset(book, plan, measures, shape, CONFIG, folder, cache=cache)
        assert done.value is not None
        log_text = (folder / "typeset" / "edition.log").read_text(errors="replace")
        return measures, Path(done.value.pdf).read_bytes(), log_text[:300]

    measures, pdf, plain_log = built(tmp_path / "plain", Cache(tmp_path / "c1"))
    assert "format=edition-base" not in plain_log
    monkeypatch.setattr(formats, "WAIT", 0.0)
    again = built(tmp_path / "dumped", Cache(tmp_path / "c2"))
    assert again[:2] == (measures, pdf)
    assert "format=edition-base" in again[2]
    # a format that cannot be loaded is passed over
    cache = Cache(tmp_path / "c3")
    monkeypatch.setattr(formats, "_format", lambda *_: b"no format")
    assert built(tmp_path / "broken", cache)[:2] == (measures, pdf)


def test_the_cache_gives_back_what_it_was_given_or_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    key = digest("a", "b")
    assert key != digest("ab", "")
    assert cache.get("x", key) is None
    cache.put("x", key, b"value")
    assert Cache(tmp_path).get("x", key) == b"value"
    path = next((tmp_path / "x").glob("??/*"))
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert cache.get("x", key) is None
    assert not path.exists()


def test_the_cache_is_pruned_by_last_use(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    keys = [digest(str(n)) for n in range(5)]
    for age, key in enumerate(keys):
        cache.put("x", key, b"v")
        path = tmp_path / "x" / key[:2] / key
        os.utime(path, (2e9 - age, 2e9 - age))
    assert cache.prune("x", keep=2) == 3
    assert [cache.get("x", key) for key in keys] == [b"v", b"v", None, None, None]


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file")
    cache.put("x", digest("a"), b"v")
    assert cache.get("x", digest("a")) is None


@pytest.mark.tex
def test_a_pdf_can_say_the_syllables_of_old_hangul(tmp_path: Path) -> None:
    """They are printed by glyphs of parts or of the whole, which no code point names."""
    for script in ("hant", "hans"):
        config = replace(CONFIG, script=script)
        faces = fonts.probe(config, Cache(tmp_path), "\u1100\u119e ᄇᆞᄅᆞᆷ").value
        assert faces
        (glyphs,) = faces.named.glyphs.values()
        assert {"\u1100", "\u119e", "\u1100\u119e", "\u11b7"} <= set(glyphs.values())
        assert fonts.probe(config, Cache(tmp_path), "가람").value.named.glyphs == {}  # type: ignore[union-attr]
