"""What a compositor would look for, on real XeLaTeX: ends of paragraphs, ragged lines, gaps."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tex_samples import CONFIG, FACES, SPAN, Book, box, inlines, layout, note, stack

from edition.engine.cache import Cache
from edition.engine.measure import measure
from edition.engine.typeset import typeset
from edition.latex.boxes import Setter
from edition.model import Kind, Mark, Ruby, Styled
from edition.press import characters

pytestmark = pytest.mark.tex

ZH = "城牆之內的技術須由少數伙伴共同看守看守的範圍愈小所立的牆便愈高皆是如此而已矣"
EN = (
    "Partners who keep a small set of techniques behind a wall must agree on the height of the "
    "wall; the smaller the yard, the easier it is for them to come to an agreement on what is "
    "within it, and the harder for all the others to understand a thing about it: of this no "
    "one was ever in doubt, not even those who were responsible for the original construction."
)


def set_lines(tmp_path: Path, book: Book) -> list[list[str]]:
    """The printed lines of each box, each box on pages of its own runs of lines."""
    shape = layout()
    measured = measure(book.boxes, shape, CONFIG, tmp_path, Cache(tmp_path / "cache"))
    assert measured.diagnostics == ()
    plan = stack(book, measured.value, shape, heads=False)
    done = typeset(book, plan, measured.value, shape, CONFIG, tmp_path)
    assert done.value is not None
    text = subprocess.run(["pdftotext", "-raw", done.value.pdf, "-"],
                          capture_output=True, check=True, text=True).stdout  # fmt: skip
    lines = [line for line in text.replace("\f", "\n").splitlines() if line]
    found = []
    for key in book.boxes:
        count = measured.value[key].lines
        found.append(lines[:count])
        del lines[:count]
    return found


def test_a_last_line_of_chinese_has_two_characters(tmp_path: Path) -> None:
    tail = Styled(inlines("記事"), ("term",), (), SPAN)
    book = Book.of(
        *(box(f"p{n}", "zh", f"{ZH[: 20 + n]}。", width=160) for n in range(18)),
        *(box(f"q{n}", "zh", ZH[: 20 + n], tail, Mark("a", SPAN), "。", width=160)
          for n in range(17)),
    )  # fmt: skip
    for lines in set_lines(tmp_path, book):
        assert len(re.findall("[\u4e00-\u9fff]", lines[-1])) >= 2, lines


def test_a_mark_stays_with_the_punctuation_before_it(tmp_path: Path) -> None:
    book = Book.of(
        *(box(f"p{n}", "zh", f"{ZH[:n]}”。", Mark("a", SPAN), ZH[:9], width=110)
          for n in range(7, 30)),
    )  # fmt: skip
    shape = layout()
    measured = measure(book.boxes, shape, CONFIG, tmp_path, Cache(tmp_path / "cache"))
    plan = stack(book, measured.value, shape, heads=False)
    done = typeset(book, plan, measured.value, shape, CONFIG, tmp_path)
    assert done.value is not None
    assert len(done.value.points) == 23
    left = shape.geometry.inner
    assert min(point.x for point in done.value.points) > left + 10


def test_a_last_line_of_english_begins_with_a_word_where_it_can(tmp_path: Path) -> None:
    book = Book.of(*(box(f"p{n}", "en", EN, width=200 + 3 * n) for n in range(28)))
    assert not [lines for lines in set_lines(tmp_path, book) if lines[-2].endswith("-")]


def test_lines_of_headings_are_of_about_one_length(tmp_path: Path) -> None:
    long = "II.2 Contending for the power to make rules"
    book = Book.of(
        box("h", "en", long, style="heading", kind=Kind.HEADING, width=215),
        box("t", "en", f"{long} that all the world obeys", style="center", width=350),
        box("s", "zh", "二、爭規則", style="heading", kind=Kind.HEADING, width=215),
    )
    heading, title, short = set_lines(tmp_path, book)
    assert len(heading) == 2
    assert len(heading[1].split()) > 1, "no word alone in the last line"
    assert max(map(len, title)) < 1.5 * min(map(len, title))
    assert len(short) == 1


def test_quotation_marks_stand_close_to_han_in_english(tmp_path: Path) -> None:
    lock = Styled(inlines("特征"), ("lock",), (), SPAN)
    book = Book.of(
        box("a", "en", "It has “動因、", lock, "”, and so on."), box("b", "en", "‘動因’; China’s")
    )
    (one,), (two,) = set_lines(tmp_path, book)
    assert "“動因、特征”, and" in one
    assert "‘動因’; China’s" in two


def test_a_mark_with_a_number_of_its_own_takes_no_more_room_than_the_number() -> None:
    def width(label: str) -> float:
        text = box("p", "en", "It is so.", Mark("f", SPAN), style="en")
        note = box("f", "en", "Why.", style="note-en", numbering="arabic", label=label)
        tex = Setter({"p": text, "f": note}, layout(), FACES).set(text).tex
        found = re.search(r"\\EDmark\{1\}\{([\d.]+)pt\}", tex)
        assert found
        return float(found[1])

    assert 0.3 * 10.5 < width("1") < 0.45 * 10.5
    assert width("12") > 1.8 * width("1")


def test_lines_that_end_within_a_word_are_told(tmp_path: Path) -> None:
    book = Book.of(box("p", "en", EN, width=150), box("z", "zh", ZH, width=150))
    measured = measure(book.boxes, layout(), CONFIG, tmp_path, Cache(tmp_path / "cache"))
    lines, _ = set_lines(tmp_path, book)
    hyphens = tuple(n for n, line in enumerate(lines, 1) if line.endswith("-"))
    assert measured.value["p"].divided == hyphens != ()
    assert measured.value["z"].divided == ()
    kept = measure(book.boxes, layout(), CONFIG, tmp_path, Cache(tmp_path / "cache"))
    assert kept.value == measured.value


def test_locators_and_short_chinese_names_are_not_divided(tmp_path: Path) -> None:
    cite = Styled(inlines("侯冠華，2022：35"), ("cite",), (("key", "k"),), SPAN)
    book = Book.of(
        *(box(f"p{n}", "zh", "文" * n + "（", cite, "）云云文文文文。", width=160)
          for n in range(1, 22)),
        *(box(f"q{n}", "en", "a " * n + "as 朱園 and 石水泉 say in a long text.", width=150)
          for n in range(1, 30)),
    )  # fmt: skip
    for lines in set_lines(tmp_path, book):
        for line in lines[:-1]:
            assert line.rstrip()[-1] not in "：朱石水", lines


def test_labels_readings_and_leaders_are_as_a_compositor_sets_them(tmp_path: Path) -> None:
    """On one run: the words of a note begin below each other whatever its number, an opening
    mark without its blank; readings are large enough to read; leaders have three dots at least
    and stand behind a word; a word of a ragged text is divided where it would stick out; what is
    centred stays in the middle of a narrow measure."""
    book = Book.of(
        box("p", "zh", Ruby("泉", "quán", SPAN), "山", *(Mark(one, SPAN) for one in "abc"), "。"),
        note("a", "zh", "泉也。" * 30, numbering="bracketed"),
        note("b", "zh", "「泉」", Ruby("泉", "quán", SPAN), "也。" * 30),
        note("c", "zh", "泉也。" * 30),
        *(box(f"t{n}", "zh", "文" * (8 + n // 4) + "i" * (n % 4), style="toc", width=150,
              target="p") for n in range(20)),
        *(box(f"u{n}", "zh", "文" * (8 + n) + "（山）", style="toc", width=150, target="p")
          for n in range(6)),
        box("s", "zh", "岩" * 5, style="center", width=200),
        box("g", "en", "semiconductors and standardisation", style="heading", width=68),
    )  # fmt: skip
    shape = layout()
    margins = replace(shape.styles["center"], left=4, right=4)  # more than a narrow measure has
    shape = replace(shape, styles={**shape.styles, "center": margins})
    measured = measure(book.boxes, shape, CONFIG, tmp_path, Cache(tmp_path / "cache"))
    assert measured.diagnostics == ()  # nothing sticks out
    plan = stack(book, measured.value, shape, heads=False)
    plan = replace(plan, numbers={"a": "〔十一〕", "b": "①", "c": "②"})
    done = typeset(book, plan, measured.value, shape, CONFIG, tmp_path)
    assert done.value is not None
    pages = characters.read(Path(done.value.pdf).read_bytes(), glyphs=True)
    assert pages is not None
    runs = [run for page in pages for run in page]
    readings = {round(run.size, 1) for run in runs if run.pieces[0][0] == "q"}
    assert readings == {5.5, 5.0}
    leaders = [len(run.pieces) for run in runs if {one[0] for one in run.pieces} == {"."}]
    assert min(leaders) >= 3
    assert len(leaders) == 26
    for page in pages:  # no line has the leaders alone
        words = {
            round(run.y, 1) for run in page if {"文", "i", "）"} & {one[0] for one in run.pieces}
        }
        dots = {round(run.y, 1) for run in page if {one[0] for one in run.pieces} == {"."}}
        assert dots <= words
    starts = {one.slice.key: (one.x, one.top) for one in done.value.slices}
    edges = [edge for run in runs for sign, *edge in run.pieces if sign == "岩"]
    middle = (min(edge[0] for edge in edges) + max(edge[1] for edge in edges)) / 2
    assert middle - starts["s"][0] == pytest.approx(100, abs=1)
    for key, first in (("a", "泉"), ("b", "「"), ("c", "泉")):
        left, top = starts[key]
        own = [run for run in runs if top < run.y < top + 14 and run.left > left - 5]
        pieces = sorted(piece for run in own for piece in run.pieces if run.size > 8)
        begins = next(piece[1] for piece in pieces if piece[0] == first)
        blank = 4.25 if first == "「" else 0.0
        assert begins + blank - left == pytest.approx(2.4 * 8.5, abs=0.6), key
