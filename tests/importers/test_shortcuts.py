"""What is looked at first, or read only when it is asked for, says the same as the whole."""

from __future__ import annotations

import json
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from edition.importers import lexicon, marks, report
from edition.importers import lines as looks

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner,
                                                               max_size=3),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=40)
@given(_VALUES)
def test_records_are_written_as_json_writes_them(value: object) -> None:
    assert report._indented(value) == json.dumps(value, ensure_ascii=False, indent=1)


def test_a_line_with_a_number_is_let_through_to_its_pattern() -> None:
    rests = (
        "、甲",
        ". A",
        "1) 甲",
        "一）甲",
        "1〕甲",
        "^1]: 甲",
        "sup>1</sup>甲",
        "1 甲",
        "hapter 1: A",
        "1章 甲",
    )
    blocks = ((0x21, 0x250), (0x660, 0x670), (0x2000, 0x2200), (0x2460, 0x2500), (0x3000, 0x3300),
              (0x4E00, 0x5200), (0x8000, 0x9100), (0xFF00, 0xFF60))  # fmt: skip
    read = {"number": 0, "note": 0}
    for char in (chr(code) for block in blocks for code in range(*block)):
        for line in (char + rest for rest in rests):
            if any(pattern.match(line) for _, pattern in looks.SYSTEMS):
                read["number"] += 1
                assert looks._NUMBER_HEADS.match(line), line
            if any(pattern.match(line) for _, pattern in marks.LISTED):
                read["note"] += 1
                assert marks.may_note(line), line
    assert min(read.values()) > 50


def test_pairs_are_those_within_the_listed_words() -> None:
    known, words = lexicon.pairs(), list(lexicon.listed())
    for word in words[::400]:
        for first, second in pairwise(word):
            assert second in known[first], word
    assert all(sum(known[char].values()) <= 3 for char in "春國学")
    assert known["A"] == {}


def test_a_chance_keeps_its_size_in_two_signs() -> None:
    for chance in (1.0, 0.5, 3e-4, 1e-9):
        made = lexicon._chance(lexicon.chance_sign(chance))
        assert abs(made / chance - 1) < 0.002
