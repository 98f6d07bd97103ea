"""Decisions that an editor writes by hand, with as many words round the place as she likes."""

from __future__ import annotations

import pytest

from edition.importers.article import ACCEPTED, convert
from edition.importers.decisions import Decision
from edition.importers.manner import Manner

TEXT = (
    "水磨坊考\n\n一、引言\n\n隨着水漲，隨着水落，隨着風來，隨這船去。\n\n二、結語\n\n水輪甚大。\n"
)


def decision(verdict: str, before: str, after: str) -> Decision:
    return Decision(verdict=verdict, sic="隨這", corr="隨着", before=before, after=after)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after"),
    [("風來，", "船去"), ("隨着風來，", ""), ("", "船去。"), ("落，隨着風來，", "不在此處的字句")],
)
def test_a_decision_with_less_round_it_is_known_again(before: str, after: str) -> None:
    if len(before) > 5:
        before = "隨着水落，隨着風來，"[-8:]
    taken = convert("t.txt", TEXT.encode(), Manner(decisions=(decision("accept", before, after),)))
    assert "隨着船去" in "".join(taken.value.files.values())
    assert "隨這" in taken.value.files[ACCEPTED]
    left = convert("t.txt", TEXT.encode(), Manner(decisions=(decision("refuse", before, after),)))
    assert "隨這船去" in "".join(left.value.files.values())
    assert not [one for one in left.diagnostics if one.code.id in ("IMP032", "IMP066")]


def test_a_decision_of_another_place_is_not_taken() -> None:
    made = convert("t.txt", TEXT.encode(), Manner(decisions=(decision("accept", "水輪", "船去"),)))
    assert "隨這船去" in "".join(made.value.files.values())
    assert [one for one in made.diagnostics if one.code.id == "IMP066"]
