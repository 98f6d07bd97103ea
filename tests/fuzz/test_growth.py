"""No input takes longer than its length allows: the tool that measures that, and what it found."""

from __future__ import annotations

import contextlib
import time

import pytest

from edition import tomlfile
from edition.aligning import figures
from edition.source import SourceFile
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


_LIST = (
    "강물결(2010)， 「물의 글」， 『강의 글』" + "강』 제15권 제2호，" * 300 + " 강글회， 1-20쪽.\n"
)


@pytest.mark.parametrize(("reader", "text"), [
    ("import txt", "見, https://example.org/a_b" + "\n" * 7000 + "東籬。"),
    ("import txt", "東籬。\n\n" + "²" * 20_000 + "\n"),
    ("import md", "the h" + "e" * 8_000 + " of it\n"),
    ("list", _LIST * 2),
], ids=["line ends", "superscripts", "letters", "quotation marks"])  # fmt: skip
def test_inputs_that_were_slow_take_no_time(reader: str, text: str) -> None:
    own = next(one for one in growth.readers() if one.name == reader)
    started = time.process_time()
    own.read(text)
    assert time.process_time() - started < 4  # eight to forty, once


def test_a_number_of_any_length_is_read_or_none() -> None:
    started = time.process_time()
    assert figures.chinese("9" * 20_000) == frozenset()
    assert figures.chinese("9" * 400 + "萬") == frozenset()
    assert figures.chinese("〇" * 5_000 + "，" + "億" * 5_000) == frozenset()
    assert figures.chinese("1.5萬 第1.5.2萬") >= {15_000, 52_000}
    assert max(figures.english("million " * 20_000)) == 10**15
    assert time.process_time() - started < 2


@pytest.mark.parametrize("text", ["[a]\r" + " " * 20_000 + "x", "a = [\n" + "\t" * 20_000 + ",]\n"])
def test_blanks_of_toml_are_read_once(text: str) -> None:
    started = time.process_time()
    with contextlib.suppress(tomlfile.MalformedError):
        tomlfile.read(SourceFile("a.toml", text))
    assert time.process_time() - started < 2  # fourteen, once


def test_what_took_the_square_does_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "SIGNS", 6_250)
    own = next(one for one in growth.readers() if one.name == "import txt")
    made = grown(own.read, "%s", growth.shapes()["letter lines with dots"])
    assert made.seconds < 5  # minutes, once
