"""The proof of one stream of pages sees pairs that do not follow each other."""

from __future__ import annotations

from edition.layout.types import Book, Box, BoxRole, Row, Slice, SliceAt
from edition.model import Lang
from edition.proof.following import out_of_order

ROWS = [Row(id=name, zh=(f"{name}/zh",), en=(f"{name}/en",)) for name in "ab"]


def facts(*order: str) -> list[tuple[str, str]]:
    """What is wrong with two pairs whose boxes stand in an order, one below the other; ``|`` ends
    a page, ``n`` is a note."""
    langs: dict[str, Lang] = {"zh": "zh", "en": "en"}
    names = {*(key for row in ROWS for key in row.keys), "n/zh"}
    boxes = {
        key: Box(key=key, role=BoxRole.NOTE if key[0] == "n" else BoxRole.TEXT, style="p",
                 width=1, lang=langs[key[2:]]) for key in names
    }  # fmt: skip
    book = Book(boxes=boxes, flows=(), layers={}, labels={}, titles={}, heads={})
    page, at, slices = 0, 0.0, []
    for key in order:
        if key == "|":
            page, at = page + 1, 0.0
        else:
            slices.append(SliceAt(Slice(key, 0, 1), page, 0.0, at, at + 1))
            at += 1
    return [(row.id, fact) for row, fact in out_of_order(ROWS, slices, book)]


def test_pairs_in_their_order_are_right_over_page_ends_too() -> None:
    assert not facts("a/zh", "a/en", "b/zh", "b/en")
    assert not facts("a/zh", "n/zh", "|", "a/zh", "a/en", "b/zh", "|", "b/en")


def test_english_before_its_chinese() -> None:
    assert facts("a/en", "a/zh", "b/zh", "b/en") == [
        ("a", "its English does not follow its Chinese")
    ]


def test_another_pair_between_the_languages() -> None:
    between = "something stands between its Chinese and its English"
    assert ("a", between) in facts("a/zh", "b/zh", "a/en", "b/en")


def test_pairs_in_another_order() -> None:  # PRF023
    assert facts("b/zh", "b/en", "a/zh", "a/en") == [
        ("b", "it stands before the pair that it follows")
    ]
