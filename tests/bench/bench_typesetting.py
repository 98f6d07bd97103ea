"""Time of the measuring and typesetting runs against the bare XeLaTeX runs in them.

``python tests/bench/bench_typesetting.py [segments …]`` sets paragraphs of about 120 Chinese
characters and 80 English words, with a note on every second, and prints seconds and ratios.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from tex_samples import CONFIG, SPAN, Book, box, layout, note, stack  # noqa: E402

from edition.engine import programs  # noqa: E402
from edition.engine.cache import Cache  # noqa: E402
from edition.engine.measure import measure  # noqa: E402
from edition.engine.typeset import typeset  # noqa: E402
from edition.model import Mark  # noqa: E402

T = TypeVar("T")
ZH = "守牆的人各有打算：有人看重門檻，有人看重院子，也有人只想知道牆外的路通向哪裏。"
EN = ("Those who keep the wall have plans of their own: some care for the gate, some for the "
      "yard, and some only want to know where the road outside may lead. ")  # fmt: skip


def book(segments: int) -> Book:
    """Paragraphs that differ, so that none is measured for another."""
    boxes = []
    for n in range(segments):
        marks = [Mark(f"n:{n}", SPAN)] if n % 2 else []
        boxes.append(box(f"{n}/zh", "zh", f"第{n}段。", *marks, ZH * 3))
        boxes.append(box(f"{n}/en", "en", f"Paragraph {n}. ", EN * 3))
        if marks:
            boxes.append(note(f"n:{n}", "zh", f"第{n}注。", ZH))
    return Book.of(*boxes)


def timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def report(segments: int) -> None:
    made, shape = book(segments), layout()
    bare: list[float] = []
    real = programs.run

    def supervised(*args: object) -> programs.Ended:
        done = real(*args)  # type: ignore[arg-type]
        bare.append(done.seconds)
        return done

    programs.run = supervised  # type: ignore[assignment]
    try:
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            cache = Cache(work / "cache")
            measured, cold = timed(lambda: measure(made.boxes, shape, CONFIG, work, cache))
            _, warm = timed(lambda: measure(made.boxes, shape, CONFIG, work, cache))
            plan = stack(made, measured.value, shape, lines=10)
            _, pages = timed(
                lambda: typeset(made, plan, measured.value, shape, CONFIG, work, cache=cache)
            )
            _, again = timed(
                lambda: typeset(made, plan, measured.value, shape, CONFIG, work, cache=cache)
            )
    finally:
        programs.run = real
    tex = sum(bare)
    print(f"{segments:6} segments, {len(plan.pages)} pages: measure {cold:.2f} s, typeset "
          f"{pages:.2f} s = {(cold + pages) / tex:.2f} × bare XeLaTeX ({tex:.2f} s); "
          f"again {warm + again:.2f} s")  # fmt: skip


def main() -> None:
    for segments in [int(one) for one in sys.argv[1:] if one.isdigit()] or [50, 500]:
        report(segments)


if __name__ == "__main__":
    main()
