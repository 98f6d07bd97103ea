"""Sheets: which page comes to lie where, that fronts back their backs, and any PDF on them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from press_samples import HEIGHT, META, WIDTH, changed, drawn, pressed, reader, text
from pypdf.generic import NameObject, NumberObject

from edition.diagnostics import exit_code
from edition.press import service
from edition.press.imposition import BLANK, Booklet, booklet_sides, impose, proof_sides
from edition.press.preflight.content import scan
from edition.press.preflight.geometry import Rect
from edition.press.printing import PressSpec
from edition.press.types import MM

SIGNATURES = st.sampled_from((0, 4, 8, 12, 16, 32))


@given(st.integers(1, 200), SIGNATURES)
def test_every_page_is_printed_once(pages: int, signature: int) -> None:
    sides = booklet_sides(pages, signature)
    printed = [one for side in sides for one in (side.left, side.right) if one != BLANK]
    assert sorted(printed) == list(range(pages))
    assert len(sides) % 2 == 0


@given(st.integers(1, 200), SIGNATURES)
def test_a_page_has_its_own_verso_on_its_back(pages: int, signature: int) -> None:
    """A leaf's front and back are pages 1 and 2, 3 and 4 …: what is right on the front of a sheet
    is left on its back, since the paper is turned at its short edge."""
    sides = booklet_sides(pages, signature)
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        for recto, verso in ((front.right, back.left), (back.right, front.left)):
            if recto != BLANK:
                assert recto % 2 == 0
                assert verso == (recto + 1 if recto + 1 < pages else BLANK)


@given(st.integers(1, 200), SIGNATURES)
def test_folded_sheets_are_read_in_order(pages: int, signature: int) -> None:
    """Sheets of a section laid in each other, outermost first, then turned over leaf by leaf."""
    sides = booklet_sides(pages, signature)
    read: list[int] = []
    for section in sorted({one.section for one in sides}):
        own = [one for one in sides if one.section == section]
        sheets = list(zip(own[::2], own[1::2], strict=True))
        assert [front.depth for front, _ in sheets] == list(range(len(sheets)))
        for front, back in sheets:
            read += [front.right, back.left]
        for front, back in reversed(sheets):
            read += [back.right, front.left]
    assert [one for one in read if one != BLANK] == list(range(pages))


def marked(pages: int) -> bytes:
    """Pages whose only mark stands at a place of its own: 20 + number from left and bottom."""
    return drawn([text(20 + number, 20 + number, "x", 1) for number in range(pages)])


def halves(data: bytes) -> list[dict[str, tuple[int, Rect]]]:
    """Of each sheet side the page left and right of the fold, by its mark, and where that is."""
    found = []
    for page in reader(data).pages:
        middle = float(page.mediabox.width) / 2
        side: dict[str, tuple[int, Rect]] = {}
        for run in scan(page).runs:
            half = "right" if run[0] >= middle else "left"
            side[half] = (round(run[1] - 20), run)
        found.append(side)
    return found


def test_marks_on_paper_back_each_other() -> None:
    """The mark of a verso, seen through the paper, stands where its page has it: the two pages of
    a leaf cover each other to a hundredth of a unit, with creep and without."""
    for creep in (0.0, 0.3):
        spec = Booklet(signature=16, creep=creep)
        made = impose(marked(16), booklet_sides(16, 16), spec, META)
        sides = halves(made)
        width = float(reader(made).pages[0].mediabox.width)
        for front, back in zip(sides[::2], sides[1::2], strict=True):
            recto, at = front["right"]
            verso, behind = back["left"]
            assert verso == recto + 1
            left_edge = at[0] - (20 + recto)
            # the left edge of the verso's page is, through the paper, the right edge of the recto's
            right_edge = width - (behind[0] - (20 + verso))
            assert right_edge - left_edge == pytest.approx(WIDTH, abs=0.02)


def test_creep_moves_inner_pages_to_the_spine() -> None:
    made = impose(marked(16), booklet_sides(16, 0), Booklet(creep=0.5), META)
    middle = WIDTH
    for depth, side in enumerate(halves(made)[::2]):
        number, at = side["right"]
        edge = at[0] - (20 + number)
        assert edge == pytest.approx(middle - depth * 0.5 * MM, abs=0.02)


def test_a_booklet_shrinks_to_its_sheet_and_stays_in_the_middle() -> None:
    spec = Booklet(sheet=(297, 210))
    made = impose(pressed(4), booklet_sides(4, 0), spec, META)
    page = reader(made).pages[0]
    assert float(page.mediabox.width) == pytest.approx(297 * MM, abs=0.01)
    assert float(page.mediabox.height) == pytest.approx(210 * MM, abs=0.01)
    scale = min(1.0, 297 * MM / 2 / WIDTH, 210 * MM / HEIGHT)
    # trim of the press file, not its bleed: its line stands 60 from the trim's edge
    run = next(one for one in scan(page).runs if one[0] > 297 * MM / 2)
    assert run[0] == pytest.approx(297 * MM / 2 + 60 * scale, abs=0.05)
    assert run[1] == pytest.approx((210 * MM - HEIGHT * scale) / 2 + 200 * scale, abs=0.05)


def test_pages_that_fill_their_sheet_leave_room_for_marks() -> None:
    spec = Booklet(sheet=(297, 210), marks=True)
    made = impose(drawn([text(60, 200)] * 4, size=(340 * MM / 2, 240 * MM)),
                  booklet_sides(4, 0), spec, META)  # fmt: skip
    (first, *_) = reader(made).pages
    contents = first.get_contents()
    assert contents is not None
    lines = re.findall(r"(\S+) (\S+) m (\S+) (\S+) l S", contents.get_data().decode())
    assert len(lines) == 10  # two at each corner, two at the fold
    for x0, y0, x1, y1 in (tuple(float(one) for one in line) for line in lines):
        assert 0 <= min(x0, x1) <= max(x0, x1) <= 297 * MM + 0.01
        assert 0 <= min(y0, y1) <= max(y0, y1) <= 210 * MM + 0.01
        assert max(abs(x0 - x1), abs(y0 - y1)) > 3 * MM


def test_what_bleeds_is_cut_at_the_fold() -> None:
    data = pressed(4, content=text(-8, 200, "x", 4) + text(60, 200, "x", 4))
    assert len(scan(reader(data).pages[0]).runs) == 2
    made = impose(data, booklet_sides(4, 0), Booklet(), META)
    # one run each page: that outside the trim is clipped away
    assert [len(scan(page).runs) for page in reader(made).pages] == [2, 2]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_stand_upright(turn: int) -> None:
    """The mark is 20 from the left and 40 from the bottom of the page as it is looked at."""
    at = {0: (20, 40), 90: (WIDTH - 41, 20), 180: (WIDTH - 21, HEIGHT - 41), 270: (40, HEIGHT - 21)}

    def rotate(writer: object) -> None:
        for page in writer.pages:  # type: ignore[attr-defined]
            page[NameObject("/Rotate")] = NumberObject(turn)

    x, y = at[turn]
    data = changed(drawn([f"{x} {y} 1 1 re f {text(x, y, 'x', 1)}"]), rotate)
    made = impose(data, proof_sides(1), Booklet(), META)
    page = reader(made).pages[0]
    across = WIDTH if turn % 180 == 0 else HEIGHT
    assert float(page.mediabox.width) == pytest.approx(2 * across)
    (run,) = scan(page).runs
    assert min(run[0], run[2]) - across == pytest.approx(20, abs=1.1)
    assert run[1] == pytest.approx(40, abs=1.1)


def test_openings_are_shown_as_they_are_read() -> None:
    assert [(one.left, one.right) for one in proof_sides(4)] == [(BLANK, 0), (1, 2), (3, BLANK)]
    assert proof_sides(0) == ()


def test_the_bars_of_sections_step_down() -> None:
    """A bar on the outer fold of each section, lower from one to the next."""
    spec = Booklet(signature=4, sheet=(420, 297), marks=True)
    made = reader(impose(marked(12), booklet_sides(12, 4), spec, META))
    tops = []
    for number, page in enumerate(made.pages):
        contents = page.get_contents()
        assert contents is not None
        bars = [line for line in contents.get_data().decode().split("\n") if "re f" in line]
        assert bool(bars) == (number % 2 == 0)
        if bars:
            words = bars[0].split(" re f")[0].split()
            assert float(words[-4]) + float(words[-2]) / 2 == pytest.approx(420 * MM / 2, abs=0.01)
            tops.append(float(words[-3]))
    assert tops == sorted(tops, reverse=True)
    assert len(set(tops)) == 3


def test_imposed_twice_gives_the_same_bytes() -> None:
    made = [impose(marked(20), booklet_sides(20, 8), Booklet(signature=8), META) for _ in range(2)]
    assert made[0] == made[1]


# --- the command ---------------------------------------------------------------------------


def test_a_booklet_is_written_beside_its_file(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(pressed(8))
    made = service.booklet(path, signature=8)
    assert made.value == tmp_path / "book.booklet.pdf"
    assert len(reader(made.value.read_bytes()).pages) == 4
    two = service.booklet(path, plan="proof", sheet="trim")
    assert two.value == tmp_path / "book.2up.pdf"
    assert len(reader(two.value.read_bytes()).pages) == 5
    assert path.read_bytes() == pressed(8)


@pytest.mark.parametrize(("options", "code"), [
    ({"signature": 6}, "USE022"), ({"signature": -4}, "USE022"), ({"sheet": "A99"}, "USE023"),
    ({"sheet": "3x4"}, "USE023"), ({"signature": 4_000_000}, "USE022"),
    ({"creep": -0.1}, "USE024"), ({"creep": 30.0}, "USE024"), ({"creep": float("nan")}, "USE024"),
])  # fmt: skip
def test_what_cannot_be_folded_is_refused(
    tmp_path: Path, options: dict[str, int | float | str], code: str
) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(pressed(4))
    made = service.booklet(path, **options)  # type: ignore[arg-type]
    assert [one.code.id for one in made.diagnostics] == [code]
    assert exit_code(made.diagnostics) == 2
    assert [one.name for one in tmp_path.iterdir()] == ["book.pdf"]


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.7\n", b"%PDF-1.7\ntrailer<<>>\n%%EOF"])
def test_no_booklet_of_a_broken_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(data)
    made = service.booklet(path)
    assert made.value is None
    assert [one.code.id for one in made.diagnostics] == ["PRE001"]
    assert exit_code(made.diagnostics) == 5


def test_signatures_never_pad_what_needs_none() -> None:
    assert len(reader(pressed(4, spec=PressSpec(signature=0))).pages) == 4
    with pytest.raises(ValueError, match="multiple of 4"):
        booklet_sides(8, 6)
