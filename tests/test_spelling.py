"""What an unknown word was meant to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.spelling import guess, slip

KNOWN = ("layout", "layers", "title", "subtitle", "zh", "en", "zh_gloss", "en_gloss", "wit")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("laoyut", "layout"), ("layot", "layout"), ("layoutt", "layout"), ("lajout", "layout"),
        ("Title", "title"), ("zh-gloss", "zh_gloss"),
        ("zn", ""), ("wt", ""),  # too short: another word is as near
        ("xh_gloss", ""),  # as near to zh_gloss as to nothing else, but see below
        ("paper", ""), ("", ""), ("titel2", ""),
    ],
)  # fmt: skip
def test_slips_are_told(word: str, meant: str) -> None:
    if word == "xh_gloss":
        assert slip(word, KNOWN) == "zh_gloss"
        assert slip("h_gloss", ("zh_gloss", "eh_gloss")) == ""  # two are as near
        return
    assert slip(word, KNOWN) == meant


def test_figures_are_no_slips_of_each_other() -> None:
    assert slip("gb7714-2016", ("gb7714-2015", "gb7714-2025")) == ""
    assert slip("hou2023", ("hou2024",)) == ""


@given(st.sampled_from([one for one in KNOWN if len(one) > 3]), st.data())
def test_every_single_slip_is_found_or_left(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    wrong = data.draw(st.sampled_from([
        word[:at] + word[at + 1 :], word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
    ]))  # fmt: skip
    assert slip(wrong, KNOWN) in (word, "")


def test_hints_name_the_nearest_or_all() -> None:
    assert guess("titel", KNOWN) == "did you mean title?"
    assert guess("q", ("a", "b"), "there are: ") == "there are: a, b"
