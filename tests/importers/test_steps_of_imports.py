"""An import grows as its text: twice the paragraphs, twice the steps, whatever their shape."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from import_shapes import SHAPES

from edition.importers import suspects
from edition.importers.taking import Options, take

SIZE = 120  # paragraphs: what is done for each pair of them shows by then
JUDGED = "short paragraphs"  # whose characters are looked at for misreadings, which takes long
# Times the steps for twice the text: 1.93 to 2.09 as they are; a loop over all paragraphs in a loop
# over all makes 2.2 and more of most shapes.
MOST = 2.15


def steps(name: str, text: str) -> int:
    """How many lines of the importer's own code run, each time that a loop comes to one counted:
    the same on any machine, whatever else it does."""
    count = 0

    def within(frame: FrameType, event: str, argument: object) -> Callable[..., Any]:
        nonlocal count
        count += event == "line"
        return within

    def enter(frame: FrameType, event: str, argument: object) -> Callable[..., Any] | None:
        return within if "edition" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        take([(name, text.encode())], Options())
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_takes_twice_the_steps(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if shape != JUDGED:
        monkeypatch.setattr(suspects, "misread", lambda *_: ([], []))
    name, write = SHAPES[shape]
    take([(name, write(SIZE).encode())], Options())  # tables are read, patterns made
    once, twice = steps(name, write(SIZE)), steps(name, write(2 * SIZE))
    assert twice <= MOST * once, f"{shape}: {once} steps, then {twice}"
