"""Typewriter marks become printed ones, and nothing else changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.model import Lang
from edition.typography import marks


def smart(text: str, lang: Lang = "en") -> str:
    return "".join(marks.smart(text, lang))


@pytest.mark.parametrize(("typed", "printed"), [
    ('"Stay," she said.', "“Stay,” she said."),
    ('She said "stay."', "She said “stay.”"),
    ("'Stay,' she said.", "‘Stay,’ she said."),
    ('"He told me \'never\'," she said.', "“He told me ‘never’,” she said."),
    ('"\'Never,\' he said."', "“‘Never,’ he said.”"),
    ('He said, "She told me, \'Never.\'"', "He said, “She told me, ‘Never.’”"),
    ("'He said \"no\"'", "‘He said “no”’"),
    ('("so-called")', "(“so-called”)"),
    ('["so-called" rules]', "[“so-called” rules]"),
    ('the (old) "way"', "the (old) “way”"),
    ('"(Old) ways"', "“(Old) ways”"),
    ('"the way (old)"', "“the way (old)”"),
    ('He asked: "Why?" and "How?"', "He asked: “Why?” and “How?”"),
    ('"Why?"; "how?"', "“Why?”; “how?”"),
    ('word—"quoted"—word', "word—“quoted”—word"),
    ('"I thought—" he began', "“I thought—” he began"),
    ('"and/or", either/"or"', "“and/or”, either/“or”"),
    ('"A" "B" "C"', "“A” “B” “C”"),
    ('"One opens.\n"So does this."', "“One opens.\n“So does this.”"),
    ("don't, we're, O'Neill, rock'n'roll", "don’t, we’re, O’Neill, rock’n’roll"),
    ("the dogs' tails and James's hat", "the dogs’ tails and James’s hat"),
    ("'The dogs' tails,' he said", "‘The dogs’ tails,’ he said"),
    ("in the '90s and the 1990's, class of '68", "in the ’90s and the 1990’s, class of ’68"),
    ("'1984' is a novel", "‘1984’ is a novel"),
    ("'tis true, 'twas so, get 'em", "’tis true, ’twas so, get ’em"),
    ("'em' is a unit", "‘em’ is a unit"),
    ("a man 5'10\" tall", "a man 5′10″ tall"),
    ("6' by 4', a 12\" ruler", "6′ by 4′, a 12″ ruler"),
    ('"The 12" ruler," he said', "“The 12″ ruler,” he said"),
    ('"Route 66" and "Route 67"', "“Route 66” and “Route 67”"),
    ("40°26'46\" N", "40°26′46″ N"),
    ('"He was 6"', "“He was 6”"),
    ("the word 「天」\"heaven\"", "the word 「天」“heaven”"),
    ('道"the Way"', "道“the Way”"),
    ('"道"', "“道”"),
    ("the Qur'an and l'École", "the Qur’an and l’École"),
    ("rock 'n' roll", "rock ’n’ roll"), ("\"'Tis so,\" he said", "“’Tis so,” he said"),
    ('He said:"Yes."', "He said:“Yes.”"), ('"A"-type, non-"A"', "“A”-type, non-“A”"),
    ("'Don't,' she said", "‘Don’t,’ she said"), ("'98-'99", "’98-’99"),
    ("the 5'-end", "the 5′-end"),
    ('so--"Yes!"--he', "so—“Yes!”—he"), ('“Mixed," he said', "“Mixed,” he said"),
    ('"...and so"', "“…and so”"), ("(\"He said 'no.'\")", "(“He said ‘no.’”)"),
    ("A's, Hawai'i, ma'am, y'all's", "A’s, Hawai’i, ma’am, y’all’s"),
    ("Xi'an and Ch'ien", "Xi’an and Ch’ien"),
])  # fmt: skip
def test_quotation_marks(typed: str, printed: str) -> None:
    assert smart(typed) == printed


@pytest.mark.parametrize(("typed", "printed"), [
    ("so -- he said -- it was", "so – he said – it was"),
    ("so--he said--it was", "so—he said—it was"),
    ("so---he said", "so—he said"), ("pages 12--15", "pages 12–15"),
    ("went...", "went…"), ("went.... Then", "went…. Then"), ("...and so on", "…and so on"),
    ("----------", "----------"), ("a-b, 1-2", "a-b, 1-2"), (".....", "....."), ("1..2", "1..2"),
])  # fmt: skip
def test_dashes_and_ellipses(typed: str, printed: str) -> None:
    assert smart(typed) == printed


@pytest.mark.parametrize("text", [
    "https://example.org/a--b/it's?q=\"x\"", "www.example.org/a--b...c",
    "doi:10.1000/a--b'c", "o'neill--x@example.org", "10.1000/xyz--1",
])  # fmt: skip
def test_addresses_are_left(text: str) -> None:
    assert smart(f"see {text} .") == f"see {text} ."
    assert marks.typed(text) is None


@pytest.mark.parametrize(("typed", "printed"), [
    ('他說"走吧"就走了', "他說“走吧”就走了"), ('"走吧"，他說', "“走吧”，他說"),
    ("他說：\"她叫我'走'。\"", "他說：“她叫我‘走’。”"), ("（\"走\"）", "（“走”）"),
    ("就是---這樣", "就是——這樣"), ("就是--這樣", "就是——這樣"), ("走了...", "走了……"),
    ("O'Neill 說", "O’Neill 說"), ("第1--3頁", "第1–3頁"),
])  # fmt: skip
def test_marks_of_chinese(typed: str, printed: str) -> None:
    assert smart(typed, "zh") == printed


def test_what_is_kept_is_left() -> None:
    assert "".join(marks.smart('a "b" -- "c"', "en", [(2, 5)])) == 'a "b" – “c”'


@given(
    st.text(st.sampled_from("ab 1.'\"-—“”‘’(),天。\n"), max_size=40), st.sampled_from(["en", "zh"])
)
def test_every_mark_is_set_and_nothing_else(text: str, lang: Lang) -> None:
    cells = marks.smart(text, lang)
    assert len(cells) == len(text)
    for typed, printed in zip(text, cells, strict=True):
        assert printed == typed or typed in "'\"-."
    made = "".join(cells)
    assert not re.search(r"[\"']", made)
    assert "".join(marks.smart(made, lang)) == made
