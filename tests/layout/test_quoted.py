"""Readings that English notes quote: kept whole, and the proof sees one that is divided."""

from __future__ import annotations

import pytest
from tex_samples import FACES, SPAN, inlines

from edition.latex.inline import Setting, to_tex
from edition.layout import quoted
from edition.model import ApparatusEntry, Emph, Note, Reading, Styled, plain
from edition.proof import lineproof
from edition.proof.types import LineRead


def _note(sic: str, *readings: str) -> Note:
    entry = ApparatusEntry(
        Reading("Mendelian", SPAN), tuple(Reading(one, SPAN) for one in readings)
    )
    return Note(id="n", at="s.1", layer="校", lemmas={}, texts={}, span=SPAN, sic=sic,
                entry=entry if readings else None)  # fmt: skip


def test_readings_are_those_in_latin_letters_whose_words_a_column_holds() -> None:
    assert quoted.readings(_note("Pastuer; 巴斯徳 ／pro-Boer")) == ("Pastuer", "pro-Boer")
    assert quoted.readings(_note("", "Mendelain", "孟")) == ("Mendelian", "Mendelain")
    assert quoted.readings(_note("Donaudampfschifffahrt in 1900")) == ()


def test_they_are_whole_wherever_they_stand_as_words() -> None:
    said = (*inlines("Read Pasteur for “Pastuer”, not Pastuers; "), Emph(inlines("Pastuer"), SPAN))
    made = quoted.whole(said, ["Pastuer"])
    assert plain(made) == plain(said)
    assert list(quoted.kept_whole(made)) == ["Pastuer", "Pastuer"]
    assert sum(isinstance(one, Styled) for one in made) == 1
    assert quoted.whole(said, []) is said


def test_tex_neither_hyphenates_them_nor_ends_a_line_behind_their_hyphens() -> None:
    made = quoted.whole(inlines("for pro-Boer well-known"), ["pro-Boer"])
    tex = to_tex(made, Setting(lang="en", mark_width=str, faces=FACES))
    assert r"\EDsolid{pro\EDlong{-}Boer}" in tex
    assert "well-known" in tex


def _read(*texts: str) -> list[LineRead]:
    return [LineRead(number, text, number == len(texts), block=False, head="", tail="")
            for number, text in enumerate(texts, start=1)]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "divided"),
    [
        (("for“Pas-", "tuer”,"), True), (("the“pro-", "Boer”"), True),
        (("for“Pastuer”,", "and"), False), (("ofPastuer-", "like"), False),
        (("Pas-", "teur"), False),
    ],
)  # fmt: skip
def test_PRF014_a_reading_that_a_line_divides(lines: tuple[str, str], divided: bool) -> None:
    found = list(lineproof.parted(_read(*lines), ["Pastuer", "pro-Boer"]))
    assert bool(found) == divided
