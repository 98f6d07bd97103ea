"""Marks of Chinese by region: quotation marks, the dot within foreign names, 注 or 註.

Each function takes the printed characters of a text and gives as many back, so that places in the
text can be followed. What stands in ``kept`` ranges is left as it is.

Sources: GB/T 15834-2011 (“ ” ‘ ’, ·); 重訂標點符號手冊, Taiwan 2008 (「」『』, ‧); JIS X 4051
(「」『』, ・).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from edition.characters import is_han
from edition.config import Region

Range: TypeAlias = tuple[int, int]
QuoteStyle: TypeAlias = Literal["corner", "curly"]
QUOTES: Mapping[Region, QuoteStyle] = {
    "cn": "curly", "tw": "corner", "hk": "corner", "jp": "corner",
}  # fmt: skip
DOTS: Mapping[Region, str] = {"cn": "·", "tw": "‧", "hk": "·", "jp": "・"}


class _Level(NamedTuple):
    """A quotation mark: of which manner it is, 0 of an outer and 1 of an inner one, and whether it
    opens."""

    style: QuoteStyle
    inner: int
    opens: bool


_MARKS: Mapping[QuoteStyle, tuple[str, str]] = {"corner": ("「」", "『』"), "curly": ("“”", "‘’")}
_LEVELS = {
    mark: _Level(style, inner, opens)
    for style, pairs in _MARKS.items()
    for inner, pair in enumerate(pairs)
    for mark, opens in zip(pair, (True, False), strict=True)
}


def quotes(
    cells: Sequence[str], style: QuoteStyle, kept: Iterable[Range] = ()
) -> tuple[list[str], list[int]]:
    """The characters with the quotation marks of a manner, level by level; and where one of the
    inner marks, alone, is printed as an inner one of the other manner. Where a text has both
    manners, a mark within one that would be printed alike takes the other level. An apostrophe
    (O’Neill) is no quotation mark."""
    left = _places(kept)
    out, alone = list(cells), list[int]()
    open_marks: list[tuple[_Level, int]] = []  # as written, and the level that is printed
    for at, cell in enumerate(cells):
        level = _LEVELS.get(cell)
        if level is None or at in left or (cell == "’" and _in_word(cells, at)):
            continue
        if level.opens:
            inner = level.inner
            if open_marks and open_marks[-1][1] == inner and open_marks[-1][0].style != level.style:
                inner = 1 - inner
            if inner and not open_marks and level.style != style:
                alone.append(at)
            open_marks.append((level, inner))
        else:
            inner = _closed(open_marks, level)
        out[at] = _MARKS[style][inner][0 if level.opens else 1]
    return out, alone


def _closed(open_marks: list[tuple[_Level, int]], level: _Level) -> int:
    """The printed level of what a mark closes; its own where nothing is open."""
    for depth in reversed(range(len(open_marks))):
        opening, inner = open_marks[depth]
        if (opening.style, opening.inner) == (level.style, level.inner):
            del open_marks[depth:]
            return inner
    return level.inner


def _places(ranges: Iterable[Range]) -> set[int]:
    return {at for start, end in ranges for at in range(start, end)}


def _in_word(cells: Sequence[str], at: int) -> bool:
    """Whether Latin letters stand on both sides."""
    sides = cells[at - 1 : at + 2 : 2] if at else ()
    return len(sides) == 2 and all(one.isalnum() and not is_han(one) for one in sides)


# Between two characters of Han or kana; ．behind a numeral that begins a text is that of a list.
_SIDE = "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_DOT = re.compile(f"(?<={_SIDE})[·‧・．•⋅∙](?={_SIDE})")
_LISTED = re.compile(r"(?:^|\n)\s*[〇一二三四五六七八九十百甲乙丙丁戊己庚辛壬癸]{1,3}．")


def dots(cells: Sequence[str], dot: str, kept: Iterable[Range] = ()) -> list[str]:
    """The characters with one dot in names of several parts: 約瑟夫·奈."""
    text = _same_length(cells)
    left = _places(kept)
    left |= {match.end() - 1 for match in _LISTED.finditer(text)}
    out = list(cells)
    for match in _DOT.finditer(text):
        if match.start() not in left:
            out[match.start()] = dot
    return out


# Words in which both stand for annotation. Others of 注, to pour, to heed (注意, 灌注), have no 註;
# others of 註, to register (註冊, 註銷), no 注. 疏 and 集 are of the names of old commentaries.
_ANNOTATES = re.compile(
    r"[注註](?=[釋解腳明文語記家])|(?<=[腳附備批旁評箋譯標自原夾尾眉者])[注註](?![入意重視定射目冊銷定])"
)
_IN_TITLES = re.compile("《[^《》]*》|〈[^〈〉]*〉")


def annotation_words(text: str) -> list[int]:
    """Where 注 or 註 speaks of annotation in a traditional text; not in titles."""
    titled = _places(match.span() for match in _IN_TITLES.finditer(text))
    return [match.start() for match in _ANNOTATES.finditer(text) if match.start() not in titled]


def annotated(cells: Sequence[str], form: str, kept: Iterable[Range] = ()) -> list[str]:
    """The characters with one form of it."""
    left, out = _places(kept), list(cells)
    for at in annotation_words(_same_length(cells)):
        if at not in left:
            out[at] = form
    return out


def _same_length(cells: Sequence[str]) -> str:
    """The characters as a text with one for each: what became several, or none, is a wall."""
    return "".join(one if len(one) == 1 else "\ufffc" for one in cells)
