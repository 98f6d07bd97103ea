"""What a box must say, compared with what its page says."""

from __future__ import annotations

import pytest

from edition.proof.expected import of_picture


@pytest.mark.parametrize(
    ("have", "right"),
    [
        ("Fig.1Growth2001YearRate", True),  # legend and picture, in any order
        ("RateFig.1GrowthYear", True),  # a word of the picture lies beyond its edge
        ("Fig.1Growth", True),
        ("Fig.1GrowthYearRate9", False),  # a figure of neither
        ("Fig.1Grwth2001YearRate", False),  # a letter of the legend is gone
    ],
)
def test_the_words_of_a_picture_may_stand_with_its_legend(have: str, right: bool) -> None:
    assert of_picture("Fig.1Growth", have, "YearRate2001") is right
