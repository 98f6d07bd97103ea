"""The proof of numbers of tables and figures sees a number that is not that of the caption."""

from __future__ import annotations

from tex_samples import SPAN, box

from edition.layout.types import Book, Box, Slice, SliceAt
from edition.model import Kind, Styled, Text
from edition.proof import captionproof
from edition.readers.captions import NUMBER


def caption(key: str, text: str) -> Box:
    number, gap, words = text.partition("\u3000")
    label = Styled((Text(number, SPAN),), (NUMBER,), (), SPAN)
    parts = (label, words) if gap else (number,)
    return box(f"{key}/zh", "zh", *parts, kind=Kind.TABLE)


def refers(to: str, words: str) -> Box:
    made = box("a/zh", "zh", "")
    one = Styled((Text(words, SPAN),), ("ref", NUMBER), (("to", to),), SPAN)
    return Box(key="a/zh", role=made.role, style=made.style, width=made.width, lang="zh",
               inlines=(one,), segment=made.segment)  # fmt: skip


def found(*boxes: Box) -> list[str]:
    book = Book(boxes={one.key: one for one in boxes}, flows=(), layers={}, labels={}, titles={},
                heads={})  # fmt: skip
    places = {one.key: [SliceAt(Slice(one.key, 0, 1), page, 0, 0, 9)]
              for page, one in enumerate(boxes)}  # fmt: skip
    return [fact for _, fact in captionproof.of_book(book, places)]


def test_PRF030_another_number_than_the_caption_has() -> None:
    first, second = caption("t1", "表1\u3000甲"), caption("t2", "表2\u3000乙")
    assert found(first, second, refers("t2", "表2")) == []
    assert found(first, second, refers("t2", "表1")) == ["it names 表1, and t2 is 表2"]
    assert found(caption("t1", "無號"), refers("t1", "表1")) == [
        "it names 表1, and t1 is not numbered"
    ]


def test_PRF030_numbers_rise_as_the_tables_stand() -> None:
    first, second = caption("t1", "表一\u3000甲"), caption("t2", "表二\u3000乙")
    assert found(first, second) == []
    assert found(second, first) == ["表一 stands after number 2"]


def test_PRF030_numbers_rise_within_chapters() -> None:
    labels = ("表1", "表2-9", "表2-10", "表二之十一", "表3-1", "表2")
    boxes = [caption(f"t{at}", f"{one}\u3000甲") for at, one in enumerate(labels)]
    assert found(*boxes) == []
    assert found(boxes[2], boxes[1]) == ["表2-9 stands after number 2.10"]
    assert found(boxes[4], boxes[3]) == ["表二之十一 stands after number 3.1"]
