"""What is proved beside the pages is found as if it were proved here."""

from __future__ import annotations

import os

import pytest

from edition import aside
from edition.build import proving
from edition.diagnostics import Diagnostic
from edition.proof.tagproof import TAGS

HERE = os.getpid()


def check() -> list[Diagnostic]:
    return [Diagnostic(code=TAGS, fact=f"found by {os.getpid()}"), Diagnostic(code=TAGS, fact="二")]


def test_what_a_copy_of_the_process_finds_is_told() -> None:
    first, second = proving._beside(check, worth=aside.possible())()
    assert second == Diagnostic(code=TAGS, fact="二")
    assert (first.fact == f"found by {HERE}") is not aside.possible()


def test_a_few_pages_are_proved_here() -> None:
    assert proving._beside(check, worth=False)() == check()


@pytest.mark.skipif(not aside.possible(), reason="processes are not copied here")
def test_what_a_copy_does_not_tell_is_looked_for_here() -> None:
    def fails_elsewhere() -> list[Diagnostic]:
        if os.getpid() != HERE:
            raise MemoryError
        return check()

    assert proving._beside(fails_elsewhere, worth=True)() == check()
