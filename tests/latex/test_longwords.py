"""Words that are too long for their measure, and the columns of tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tex_samples import SPAN, inlines

from edition.latex.longwords import BREAK, HYPHEN, breakable, widest
from edition.latex.tables import SMALLEST, columns
from edition.model import Cell, Emph, Table, Text, plain


def _broken(text: str, room: float) -> str:
    return plain(breakable(inlines(text), room)).replace(BREAK, "|").replace(HYPHEN, "-")


@pytest.mark.parametrize(
    ("text", "room", "right"),
    [
        ("short words stay", 9, "short words stay"),
        ("Partial<Record<Key,Value>>", 9, "Partial<|Record<|Key,|Value>>"),
        ("getPopupContainer", 8, "get|Popup|Container"),
        ("Verwaltung", 4, "Ver-wal-tung"),
        ("the country’s arguments.", 4, "the count-ry’s ar-gu-ments."),
        ("“rationality’s”", 4, "“ra-tio-na-li-ty’s”"),
        ("xyz’vvv", 2, "x|y|z’|v|v|v"),
        ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 20, "AAA" + "|A" * 24 + "|AAA"),
        ("https://example.org/a/long/path/to/somewhere", 5,
         "https://example.org/a/long/path/to/somewhere"),
        ("中文與Configuration並列", 5, "中文與Con-fi-gu-ra-tion並列"),
    ],
)  # fmt: skip
def test_long_words_get_breaks_where_they_read_best(text: str, room: float, right: str) -> None:
    assert _broken(text, room) == right


def test_a_word_of_several_inlines_is_one_word() -> None:
    made = breakable((Text("a_very_", SPAN), Emph((Text("long_name", SPAN),), SPAN)), 5)
    assert plain(made) == f"a_{BREAK}very_{BREAK}long_{BREAK}name"


def _table(*rows: list[str]) -> Table:
    made = [tuple(Cell(inlines(text), "left", SPAN) for text in row) for row in rows]
    return Table(made[0], tuple(made[1:]))


words = st.text("abcdefgh -.漢字。", min_size=0, max_size=30)


@given(st.lists(st.lists(words, min_size=1, max_size=14), min_size=1, max_size=5),
       st.floats(120, 500))  # fmt: skip
def test_columns_fill_no_more_than_the_measure(rows: list[list[str]], width: float) -> None:
    fitted = columns(_table(*rows), 9, width)
    gaps = fitted.gap * 9 * fitted.scale * (len(fitted.widths) - 1)
    assert sum(fitted.widths) + gaps <= width + 0.1
    assert SMALLEST <= fitted.scale <= 1
    assert all(one > 0 for one in fitted.widths)


def test_a_column_gives_up_room_that_the_longest_word_of_another_needs() -> None:
    table = _table(["abc def gh", "abcdefghijklmno abcdefghijklmno"])
    fitted = columns(table, 10, 10 * (widest("abcdefghijklmno") + widest("abc") + 2))
    assert not fitted.broken
    assert fitted.scale == 1
    assert fitted.widths[1] >= 10 * widest("abcdefghijklmno") - 0.01


def test_smaller_type_comes_before_broken_words() -> None:
    word = "abcdefghij"
    size, count = 9.0, 5
    tight = columns(_table([word] * count), size, widest(word) * size * count)
    assert 0.8 <= tight.scale < 1
    assert not tight.broken
    narrow = columns(_table([word] * count), size, widest(word) * size * count / 2)
    assert narrow.broken == word


def test_names_of_files_end_lines_after_their_signs_before_words_are_divided() -> None:
    made = breakable(inlines("使用/usr/bin/vim.basic代替Configuration"), 12, 6)
    assert plain(made).replace(BREAK, "|") == "使用/|usr/|bin/|vim.|basic代替Configuration"
