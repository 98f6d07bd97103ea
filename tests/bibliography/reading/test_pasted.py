"""References of every format that lists are pasted in: each is read whole, alone and in lists."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict

import pytest
from pasted_references import REFERENCES

from edition.bibliography.reading.lists.reading import read_list
from edition.bibliography.types import Entry
from edition.source import SourceFile

CJK = re.compile("[\u3400-\u9fff가-힣]")
BY_FORMAT: dict[str, list[tuple[str, str, dict[str, str]]]] = defaultdict(list)
for _format, _text, _kind, _fields in REFERENCES:
    BY_FORMAT[_format].append((_text, _kind, _fields))
MIXED = [
    one for rows in zip(*(rows[:6] for rows in BY_FORMAT.values()), strict=True) for one in rows
]


def entries(text: str) -> tuple[Entry, ...]:
    library = read_list(SourceFile("list.txt", text)).value
    assert not library.quarantined, [one.raw for one in library.quarantined]
    return library.entries


def fields(entry: Entry) -> dict[str, str]:
    return {one.name: one.value for one in entry.fields if one.name != "foundin"}


def alone(text: str) -> str:
    """Without its number, and on one line."""
    bare = re.sub(r"^(?:\[\d+\]|\d+\.|[①-⑳])\s*", "", text)
    return bare.replace("\n", "" if CJK.search(bare) else " ")


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [one[1:] for one in REFERENCES],
    ids=[one[1][:40] for one in REFERENCES],
)
def test_a_reference_is_read_whole(text: str, kind: str, wanted: dict[str, str]) -> None:
    (entry,) = entries(text)
    assert (entry.type, fields(entry)) == (kind, wanted)


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "gaps"])
@pytest.mark.parametrize("number", ["", "[{}] ", "{}. "], ids=["bare", "brackets", "stops"])
@pytest.mark.parametrize("format", [*BY_FORMAT, "mixed"])
def test_none_swallows_its_neighbour(format: str, number: str, between: str) -> None:
    rows = MIXED if format == "mixed" else BY_FORMAT[format]
    text = between.join(number.format(at) + alone(one[0]) for at, one in enumerate(rows, 1))
    made = entries(text)
    assert [fields(one) for one in made] == [one[2] for one in rows]


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize(
    "format", ["apa", "chicago-author-date", "chicago-notes", "mla", "vancouver"]
)
def test_lines_that_a_page_broke_are_joined(format: str, width: int) -> None:
    rows = BY_FORMAT[format]
    text = "\n".join(
        f"[{at}] " + textwrap.fill(alone(one[0]), width, break_on_hyphens=False)
        for at, one in enumerate(rows, 1)
    )
    assert [fields(one) for one in entries(text)] == [one[2] for one in rows]


def test_keys_are_of_the_family_name_without_a_dynasty() -> None:
    text = (
        "[1] [唐]江左生. 沙洲集[M]. 北京: 長汀書局, 1977.\n"
        "[2] 김강수. 강의 역사[M]. 서울: 물결사, 2005.\n"
        "[3] 염여울. 여울[M]. 서울: 물결사, 2006.\n"
    )
    assert [one.key for one in entries(text)] == ["jiang1977", "kim2005", "yeom2006"]
