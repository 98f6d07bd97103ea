"""Work in a copy of the process: what comes of it, and that a copy that fails is no loss."""

from __future__ import annotations

import os

import pytest

from edition import aside

pytestmark = pytest.mark.skipif(not aside.possible(), reason="processes are not copied here")


def test_what_a_copy_makes_is_heard_here() -> None:
    known = [1]

    def work(wanted: object) -> bytes:
        assert callable(wanted)
        assert wanted()
        known.append(2)
        return f"{os.getpid()} {known}".encode() * 50_000  # more than a pipe holds

    heard = aside.begin(work)
    other, own = aside.begin(work), os.getpid()
    said = heard()
    assert said is not None
    assert not said.startswith(str(own).encode())
    assert said.count(b"[1, 2]") == 50_000
    assert known == [1], "a copy changes nothing here"
    assert other() != said, "each is a process of its own"


def test_a_copy_that_fails_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    def work(_: object) -> bytes:
        raise ValueError("no result")

    assert aside.begin(work)() is None
    assert aside.begin(lambda _: os._exit(3))() is None
    assert capfd.readouterr().out == ""
