"""No input takes longer than its length allows: the tool that measures that, and what it found."""

from __future__ import annotations

import pytest

from fuzz import growth
from fuzz.growth import grown


def _squared(text: str) -> int:
    return sum(text.count("a", at) for at in range(0, len(text), 4))


def test_a_reader_that_takes_the_square_is_found() -> None:
    made = grown(_squared, "%s", lambda n: "a" * n)
    assert made.bad
    assert made.exponent is not None
    assert made.exponent > 1.5


def test_a_reader_that_takes_as_long_as_its_input_is_passed() -> None:
    assert not grown(lambda text: [ord(one) for one in text], "%s", lambda n: "園" * n).bad


def test_a_reader_that_does_not_end_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "LONG", 0.25)
    made = grown(lambda text: [None for _ in iter(int, 1)] if len(text) > 30 else 0, "%s",
                 lambda n: "a" * n)  # fmt: skip
    assert made.bad


def test_what_took_the_square_does_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "SIGNS", 6_250)
    own = next(one for one in growth.readers() if one.name == "import txt")
    made = grown(own.read, "%s", growth.shapes()["letter lines with dots"])
    assert made.seconds < 5  # minutes, once
