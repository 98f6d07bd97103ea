"""Where a witness reads otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st

from edition.apparatus.collation import Collated, Difference, bare, collate, together
from edition.model import Inlines, Kind, Segment, Text
from edition.source import SourceFile

SPAN = SourceFile("a.zh.md", "甲").span(0, 1)


def segments(*texts: str) -> list[Segment]:
    return [Segment(f"s{number}", True, "zh", Kind.PARA, _text(text), SPAN)
            for number, text in enumerate(texts)]  # fmt: skip


def _text(text: str) -> Inlines:
    return (Text(text, SPAN),) if text else ()


def found(witness: str, *texts: str) -> list[tuple[str, str, str]]:
    """(segment, its words, what the witness has)."""
    made = collate(segments(*texts), witness)
    whole = {f"s{number}": text for number, text in enumerate(texts)}
    return [(one.segment, whole[one.segment][one.start : one.end], one.reading)
            for one in made.differences]  # fmt: skip


def test_substitution_omission_addition_and_transposition() -> None:
    text = "山中有雨，林下無人。溪水東流，白雲西去。"
    assert found("山中有雪林下無人溪水東流白雲西去", text) == [("s0", "雨", "雪")]
    assert found("山中有雨林下無溪水東流白雲西去", text) == [("s0", "人", "")]
    assert found("山中有雨林下無一人溪水東流白雲西去", text) == [("s0", "無", "無一")]
    assert found("又山中有雨林下無人溪水東流白雲西去", text) == [("s0", "山", "又山")]
    assert found("山中有雨林下無人溪水流東白雲西去", text) == [("s0", "東流", "流東")]


def test_punctuation_and_space_are_not_compared_but_stand_in_the_lemma() -> None:
    assert not found("山中 有雨\n林下？無人", "山中有雨，林下無人。")
    assert found("山中有一切無人", "山中有雨，林下無人。") == [("s0", "雨，林下", "一切")]


def test_a_difference_over_two_segments_is_one_of_each() -> None:
    assert found("山中有林下", "山中有雨。", "又林下。") == [("s0", "雨", ""), ("s1", "又", "")]


def test_forms_of_a_character_are_one_where_that_is_asked() -> None:
    form = {"説": "說", "说": "說"}
    made = collate(segments("佛說是經已竟"), "佛説是經已", lambda one: form.get(one, one))
    assert [(one.start, one.end, one.reading) for one in made.differences] == [(5, 6, "")]
    assert collate(segments("佛說是經"), "佛説是經").differences


def test_a_gap_of_a_witness_is_no_reading() -> None:
    long = "".join(chr(0x4E00 + at) for at in range(900))
    made = collate(segments("序" + long + "跋"), "序跋")
    assert not made.differences
    (gap,) = made.other
    assert gap.end - gap.start == 900


def test_readings_of_several_witnesses_stand_together() -> None:
    texts = {"s0": "甲乙丙丁戊己"}
    wide = Difference("s0", 1, 4, "X")  # for 乙丙丁
    first, last = Difference("s0", 1, 2, "A"), Difference("s0", 3, 4, "D")
    made = together([("宋", [wide]), ("元", [first, last]), ("明", [first])], texts, {})
    assert [(one.start, one.end, one.reading, sigla) for one, sigla in made] == [
        (1, 4, "X", ("宋",)), (1, 4, "A丙D", ("元",)), (1, 4, "A丙丁", ("明",)),
    ]  # fmt: skip


WORDS = st.text("甲乙丙丁戊己，。 \n", max_size=40)


def rebuilt(texts: Sequence[str], made: Collated) -> str:
    """The text of the witness, from the base and what differs."""
    every = sorted((*made.differences, *made.other), key=lambda one: (one.segment, one.start))
    out = ""
    for number, text in enumerate(texts):
        at = 0
        for one in (one for one in every if one.segment == f"s{number}"):
            assert 0 <= at <= one.start < one.end <= len(text)
            out += bare(text[at : one.start]) + one.reading
            at = one.end
        out += bare(text[at:])
    return out


@given(st.lists(WORDS, min_size=1, max_size=4), WORDS)
@example(["甲乙", "丙"], "乙甲丙丁")
@example(["甲乙丙丁戊己" * 6], "乙丙丁戊己甲" * 6)
def test_text_and_differences_give_the_witness(texts: list[str], witness: str) -> None:
    made = collate(segments(*texts), witness)
    if any(bare(text) for text in texts):
        assert rebuilt(texts, made) == bare(witness)
