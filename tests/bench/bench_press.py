"""Finishing a thousand pages: seconds of each step, and their share of the typesetting time."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from press_samples import META, navigation, profile  # noqa: E402
from tex_samples import CONFIG, Book, box, layout, note, stack  # noqa: E402

from edition.engine.cache import Cache  # noqa: E402
from edition.engine.measure import measure  # noqa: E402
from edition.engine.typeset import typeset  # noqa: E402
from edition.press import contact, imposition, preflight, printing, profiles, screen  # noqa: E402
from edition.press.printing import Extras, PressSpec  # noqa: E402

PAGES = 1000
_ZH = "園主愛菊，自號東籬……每一株花的名字都寫在木牌上——從春天說起，到秋天為止。"
_EN = "The owner loved chrysanthemums and wrote the name of every plant on a wooden tag. "


def set_book(folder: Path) -> tuple[Path, float]:
    """TeX's PDF of a thousand full pages and the seconds that its last run took."""
    boxes = []
    for number in range(PAGES // 2):
        boxes += [
            box(f"s{number}/zh", "zh", f"{number}" + _ZH * 16, width=350),
            note(f"n{number}/zh", "zh", _ZH, width=350),
            box(f"s{number}/en", "en", f"{number} " + _EN * 28, width=350),
            note(f"n{number}/en", "en", _EN, width=350),
        ]
    book, style, cache = Book.of(*boxes), layout(), Cache(folder / "cache")
    measured = measure(book.boxes, style, CONFIG, folder, cache)
    plan = stack(book, measured.value, style)
    started = time.perf_counter()
    done = typeset(book, plan, measured.value, style, CONFIG, folder, cache=cache)
    seconds = time.perf_counter() - started
    assert done.value is not None, done.diagnostics[:3]
    return Path(done.value.pdf), seconds


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        source, typesetting = set_book(Path(name))
        fogra = profile(profiles.PRINT, printer=True)
        srgb = profile(profiles.SCREEN, printer=False)
        from edition.press import document

        pages = document.page_count(source.read_bytes())
        print(f"{pages} pages, {source.stat().st_size / 1e6:.1f} MB; typeset {typesetting:.2f} s")
        made: dict[str, bytes] = {}

        def timed(step: str, work: Callable[[], bytes]) -> float:
            started = time.perf_counter()
            made[step] = work()
            seconds = time.perf_counter() - started
            print(f"{step:<14}{seconds:6.2f} s {seconds / typesetting:6.0%} of typesetting")
            return seconds

        whole = timed("screen", lambda: screen.finish(
            source, meta=META, nav=navigation(pages), profile=srgb))  # fmt: skip
        whole += timed("press", lambda: printing.finish(
            source, meta=META, spec=PressSpec(marks=True), profile=fogra,
            extras=Extras(name="bench")))  # fmt: skip
        sides = imposition.booklet_sides(pages, 16)
        whole += timed("booklet", lambda: imposition.impose(
            made["press"], sides, imposition.Booklet(signature=16), META))  # fmt: skip
        started = time.perf_counter()
        found = preflight.look_at(made["press"], source).diagnostics
        seconds = time.perf_counter() - started
        print(f"{'preflight':<14}{seconds:6.2f} s {seconds / typesetting:6.0%} of typesetting, "
              f"{len(found)} findings")  # fmt: skip
        whole += seconds
        timed("contact sheet", lambda: contact.sheet(made["screen"], (), facing=True))
        print(f"{'all files':<14}{whole:6.2f} s {whole / typesetting:6.0%} of typesetting")


if __name__ == "__main__":
    main()
