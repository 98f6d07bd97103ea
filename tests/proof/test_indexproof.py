"""The proof of the index sees a page that lacks the words."""

from __future__ import annotations

from tex_samples import box

from edition.layout.types import Book, BookIndex, Slice, SliceAt
from edition.proof import indexproof
from edition.proof.indexproof import of_box
from edition.proof.types import LineRead, ReadSlice


def part(*lines: str, block: bool = False) -> ReadSlice:
    read = tuple(LineRead(number, line, False, block, "", "") for number, line in enumerate(lines))
    return ReadSlice("".join(lines), read, 0.0)


def facts(told: dict[int, tuple[str, ...]], **parts: ReadSlice) -> list[tuple[int, str]]:
    """(number of the part, fact); ``parts`` by page: p3 …"""
    index = BookIndex({}, (), (), {("p", page): forms for page, forms in told.items()})
    pages = [int(name[1:]) for name in parts]
    return [(at, f"{one.code} {one.fact}")
            for at, one in of_box("p", pages, list(parts.values()), index)]  # fmt: skip


def test_words_on_their_page_are_right() -> None:
    assert not facts({3: ("王遠山",), 5: ("奈德",)}, p3=part("王遠山登高"), p5=part("奈德從之"))


def test_words_on_another_page_are_a_violation() -> None:
    first, second = part("王遠山登高"), part("奈德從之")
    assert facts({3: ("奈德",)}, p3=first, p5=second) == [(0, "PRF022 “奈德” does not begin there")]
    assert facts({5: ("王遠山",)}, p3=first, p5=second) == [
        (1, "PRF022 “王遠山” does not begin there")
    ]


def test_words_that_run_over_begin_on_the_first_page() -> None:
    first, second = part("登高王遠"), part("山在側")
    assert not facts({3: ("王遠山",)}, p3=first, p4=second)
    assert facts({4: ("王遠山",)}, p3=first, p4=second)


def test_a_hyphen_at_the_end_of_a_line_is_no_part_of_the_word() -> None:
    assert not facts({3: ("Nyder",)}, p3=part("seenbyNy-", "derthere"), p4=part("on"))


def test_cells_of_a_table_are_read_as_they_stand() -> None:
    assert not facts({3: ("A-B",)}, p3=part("oneA-", "B", block=True), p4=part("x", block=True))


def test_without_an_index_there_is_nothing_to_say() -> None:
    assert not list(of_box("p", [3], [part("奈德")], None))


def test_PRF022_a_box_that_moved_away() -> None:
    one = box("a/zh", "zh", "山中有雨")
    index = BookIndex({}, (), placed={("a/zh", 3): ("山中",)})
    book = Book(boxes={"a/zh": one}, flows=(), layers={}, labels={}, titles={}, heads={},
                index=index)  # fmt: skip

    def said(page: int) -> list[str]:
        places = {"a/zh": [SliceAt(Slice("a/zh", 0, 1), page, 0, 0, 9)]}
        return [fact for _, fact in indexproof.of_book(book, places)]

    assert said(3) == []
    assert said(5) == ["it is not on page 4 of the file"]
