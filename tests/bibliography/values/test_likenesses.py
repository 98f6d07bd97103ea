"""Likenesses of characters in print."""

from __future__ import annotations

import pytest

from edition.bibliography.values import shapes


@pytest.mark.parametrize("char", ["國", "大", "a"])
def test_likenesses_are_those_to_all_others_of_the_sample(char: str) -> None:
    others = [one for one in shapes._sample(latin=char < "\u3400") if one != char]
    wanted = sorted(shapes.shared_ink(char, one) for one in others)
    assert shapes._scores(char) == pytest.approx(wanted)


def test_a_character_of_the_sample_is_not_compared_with_itself() -> None:
    char = shapes._sample(latin=False)[0]
    assert max(shapes._scores(char)) < shapes.shared_ink(char, char)
    assert len(shapes._scores(char)) == len(shapes._sample(latin=False)) - 1
