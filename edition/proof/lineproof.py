"""What a reader would find fault with in the lines of the finished pages: ends that the rules of
Chinese composition forbid, dashes that are not two em, lines that are stretched; and figures of
how lines are filled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from edition.diagnostics import error, warning
from edition.latex import breaks
from edition.model import Lang
from edition.numerals import counted
from edition.proof.lines import LOOSE, PrintedLine
from edition.proof.types import HYPHENS, Counts, LineRead

ENDS = error("PRF014", "a line begins or ends with a mark that may not stand there")
DASH = warning("PRF015", "a dash is not two em long")
STRETCHED = warning("PRF016", "lines are stretched")

STRETCH: Mapping[Lang, float] = {"zh": 0.2, "en": 0.6}  # em, as ``PrintedLine.loose``
_DASH, _NEAR = 2.0, 0.15  # em: length of a dash, and what it may lack
_SHOWN = 6  # characters of a line that a finding shows
_STUB = 2  # letters of a divided word that are too few to be left or begun with
_LADDER = 2  # lines in succession that may end in a divided word
_WORDS = {"zh": "Chinese", "en": "English"}
_STRIPPED = "".join(HYPHENS)


def read(lines: Iterable[PrintedLine]) -> tuple[LineRead, ...]:
    """What of lines the box that they belong to is judged by. Words are looked at where one is
    divided, and on the first line, before which one may have been."""
    found: list[LineRead] = []
    divided = True
    for line in lines:
        words = line.words() if divided or line.divided else ["", ""]
        divided = line.divided
        found.append(LineRead(line.number, line.text, line.last, line.block, words[0], words[-1]))
    return tuple(found)


# --- both ends of every line of a box -----------------------------------------------------------


class LineFault(NamedTuple):
    """What is wrong with a line, by its place in the sequence."""

    at: int
    fact: str


def ends(lines: Sequence[LineRead], written: str, lang: Lang = "zh") -> Iterator[LineFault]:
    """Lines of a box, all of them in order, that begin or end with what may not stand there, or
    part a Chinese name of two or three characters in English."""
    for at, line in enumerate(lines):
        if not line.text:
            continue
        before = lines[at - 1] if at else None
        after = lines[at + 1] if at + 1 < len(lines) else None
        fault = _bad_start(line, before, written)
        if fault:
            yield LineFault(at, f"“{line.text[:_SHOWN]}…” {fault}")
        fault = _bad_end(line, after, written)
        if not fault and lang == "en" and after is not None:
            fault = _parted_name(line, after, written)
        if fault:
            yield LineFault(at, f"“…{line.text[-_SHOWN:]}” {fault}")


_STARTS = breaks.NO_START | breaks.LONG


def _bad_start(line: LineRead, before: LineRead | None, written: str) -> str:
    start = line.text[0]
    if line.number == 1 and not line.block:
        return ""
    if start not in _STARTS:
        return ""
    if _within_latin(line, before, start, before.text[-1:] if before else ""):
        return ""
    if start in breaks.NO_START and not _so_written(line.text, written, start=True):
        return f"begins with {start}"
    if (
        before is not None
        and before.number == line.number - 1
        and start in breaks.LONG
        and before.text[-1:] == start
    ):
        return f"parts {start} from {start}"
    return ""


def _within_latin(line: LineRead, other: LineRead | None, here: str, there: str) -> bool:
    """Whether a line ends within a word of Latin, an address or code: not by this table."""
    return here.isascii() and (line.block or (other is not None and there.isascii()))


def _bad_end(line: LineRead, after: LineRead | None, written: str) -> str:
    end = line.text[-1]
    if line.last or end not in breaks.NO_END:
        return ""
    if _within_latin(line, after, end, after.text[:1] if after else ""):
        return ""
    return "" if _so_written(line.text, written, start=False) else f"ends with {end}"


_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_HEAD, _TAIL = re.compile(f"{_HAN}*"), re.compile(f"{_HAN}*\\Z")
_NAME = 3  # characters of a name that no line divides


def _parted_name(line: LineRead, after: LineRead, written: str) -> str:
    """What is wrong where Chinese in an English text runs over the end of a line: a short name
    does not."""
    tail, head = _TAIL.search(line.text), _HEAD.match(after.text)
    name = (tail[0] if tail else "", head[0] if head else "")
    whole = "".join(name)
    if all(name) and len(whole) <= _NAME and not line.block and whole in written:
        return f"parts {name[0]} from {name[1]}"
    return ""


def parted(lines: Sequence[LineRead], whole: Iterable[str]) -> Iterator[LineFault]:
    """Lines that end within a word of what is to stay whole."""
    bare = ["".join(words.split()) for words in whole]
    for at, (line, after) in enumerate(pairwise(lines)):
        if line.text[-1:] not in HYPHENS or after.number != line.number + 1:
            continue
        for words in bare:
            for tail in (line.text[:-1], line.text):  # the hyphen is TeX's, or of the word
                joined = tail[-len(words) :] + after.text[: len(words)]
                start = joined.find(words)
                if 0 <= start < len(tail[-len(words) :]) < start + len(words):
                    yield LineFault(at, f"“{words}” is a reading, and divided")
                    break


def _so_written(text: str, written: str, *, start: bool) -> bool:
    """Whether the editor has a space, line break or end of text at that end of the line: .NET,
    ’tis, a line of verse that begins with a dash."""
    if start:
        part = re.escape(text[:4].split(" ")[0])
        free = r"(?:^|\s)" if text[0] in breaks.LATIN_CLOSING or text[0] in "’”–" else r"(?:^|\n)"
        return re.search(free + part, written) is not None
    part = re.escape(text[-4:].split(" ")[-1])
    free = r"(?:\s|$)" if text[-1] in breaks.LATIN_OPENING else r"(?:\n|$)"
    return re.search(part + free, written) is not None


# --- dashes -------------------------------------------------------------------------------------


def bad_dash(lines: Iterable[PrintedLine]) -> float:
    """The length of the first dash of two characters that is not two em, in em; 0 without one."""
    for line in lines:
        if line.lang == "zh" and "——" in line.text:
            for length in _lengths(line):
                if abs(length - _DASH) > _NEAR:
                    return length
    return 0.0


def dash_fact(length: float) -> tuple[str, str]:
    """Fact and hint of :data:`DASH`."""
    hint = "the Chinese font draws it: take one whose U+2E3A is wider"
    return f"—— is {length:.2f} em long", hint


def _lengths(line: PrintedLine) -> Iterator[float]:
    """Of each dash of two characters, from the left of its ink to the right, in em."""
    run: list[int] = []
    for at, piece in enumerate((*line.pieces, None)):
        if piece is not None and set(piece[0]) == {"—"}:
            run.append(at)
            continue
        if run and "".join(line.pieces[n][0] for n in run) == "——":
            yield (line.pieces[run[-1]][2] - line.pieces[run[0]][1]) / line.size
        run = []


# --- stretched lines ----------------------------------------------------------------------------


def stretched(lines: Iterable[PrintedLine]) -> tuple[str, str] | None:
    """Fact and hint of the stretched lines of a page: how many, and how wide the widest gaps
    are; None where there are none."""
    wide = [line for line in lines if line.loose is not None and line.loose > STRETCH[line.lang]]
    if not wide:
        return None
    counts = Counter(line.lang for line in wide)
    parts = [
        f"{count} of {_WORDS[lang]}, up to "
        f"{max(line.loose or 0.0 for line in wide if line.lang == lang):.2f} em"
        for lang, count in sorted(counts.items(), reverse=True)
    ]
    are = "is" if len(wide) == 1 else "are"
    worst = max(wide, key=lambda line: (line.loose or 0.0) / STRETCH[line.lang])
    return (
        f"{counted(len(wide), 'line')} {are} stretched: {'; '.join(parts)}",
        f"the widest begins “{worst.text[:_SHOWN]}…”",
    )


# --- figures ------------------------------------------------------------------------------------


def filled(lines: Iterable[PrintedLine]) -> Counts:
    """Lines that are filled out, and those of them that are loose."""
    count: dict[Lang, int] = {"zh": 0, "en": 0}
    loose: dict[Lang, int] = {"zh": 0, "en": 0}
    for line in lines:
        if line.loose is not None:
            count[line.lang] += 1
            loose[line.lang] += line.loose > LOOSE[line.lang]
    return Counts(count["zh"], loose["zh"], count["en"], loose["en"])


def divisions(lines: Sequence[LineRead], written: str) -> Counts:
    """Ladders and stubs of a box. A word that the editor wrote with a hyphen there is not one
    that was divided after two letters."""
    ladders = stubs = run = 0
    for at, line in enumerate(lines):
        divided = line.divided
        run = run + 1 if divided else 0
        ladders += run == _LADDER + 1
        if divided and not line.block and at + 1 < len(lines):
            head, tail = line.tail.rstrip(_STRIPPED), lines[at + 1].head
            short = _letters(head) <= _STUB or _letters(tail) <= _STUB
            stubs += short and f"{head}-{tail[:_STUB]}" not in written
    return Counts(ladders=ladders, stubs=stubs)


def _letters(word: str) -> int:
    return sum(one.isalpha() for one in word)


def column_ends(lines: Iterable[PrintedLine]) -> Counts:
    """Of a page's lines of text, notes left out: columns whose last ends in a divided word."""
    feet: dict[Lang, PrintedLine] = {}
    for line in lines:
        if line.lang not in feet or line.y > feet[line.lang].y:
            feet[line.lang] = line
    return Counts(ends=sum(line.divided for line in feet.values()))
