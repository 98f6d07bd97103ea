"""The words of a line told to a reader of the PDF: the spaces between them, which TeX sets as
distances and not as glyphs; hyphens that only a line end has made; words of another language.

XeTeX tells with its glyphs what text they are of (:mod:`edition.engine.xdv`), which is looked up in
the text of the box, word by word. Nothing moves: a space is drawn where nothing stands, before
its word, and a hyphen is the glyph that was there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from edition.engine import xdv
from edition.engine.xdv import Slot, XdvLine, XdvWord
from edition.latex.escape import compose
from edition.layout.structure import CHINESE, ENGLISH, JAPANESE, KOREAN, PINYIN
from edition.layout.types import Box
from edition.model import BlockStart, Container, Emph, Inlines, Strong, Styled, plain

Space = Callable[[int], tuple[int, int] | None]  # font → its glyph and its width, in sp

_HYPHENS = ("-", "\u2010")
_FAR = (
    60  # characters of the text in which a word is looked for that does not stand where it should
)
_NO_SLOT = -1
_SILENT = {"r": "R", "b": "B", "a": "A"}  # what is drawn between these is not in the text
_AFRESH = "xk"  # what stands behind these begins a text of its own
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_WORD = re.compile("[A-Za-z\u00c0-\u024f]*[a-z][A-Za-z\u00c0-\u024f’'-]+")
_TONES = re.compile("[āǎēěīǐōǒūǔǖǘǚǜĀǍĒĚŌǑ]")
_KANA = re.compile("[\u3040-\u30ff\u31f0-\u31ff]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_EAST_ASIAN = re.compile(f"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]|{_KANA.pattern}"
                         f"|{_HANGUL.pattern}")  # fmt: skip
# what \\EDtold and \\EDsaid put before a word, at the end of the bytes before it
_TOLD = re.compile(
    rb"\xef.pdf:code /Span<</ActualText<[0-9A-Fa-f]*>>>BDC[^\xef\xfd\xfe]{0,24}\Z", re.DOTALL
)
_NEAR = 400  # bytes before a word in which its ActualText is looked for
_HYPHEN = xdv.code(b"/Span<</ActualText<FEFF00AD>>>BDC"), xdv.code(b"EMC")


class _LineChange(NamedTuple):
    """``new`` in the place of the bytes from ``start`` to ``end``; or a slot there."""

    start: int
    end: int
    new: bytes
    slot: Slot | None = None


def text_of(box: Box) -> str:
    """What the lines of a box say, without its label and what only the plan knows."""
    parts = [_told(box.inlines)]
    if box.segment and box.segment.table:
        parts += [_told(cell.inlines) for cell in box.segment.table.cells]
    return compose("\n".join(parts))


def _told(inlines: Inlines) -> str:
    if not any(isinstance(one, BlockStart | Emph | Strong | Styled) for one in inlines):
        return plain(inlines)
    return "".join(
        f"\n{one.label}\n" if isinstance(one, BlockStart)
        else _told(one.children) if isinstance(one, Container) else plain((one,))
        for one in inlines
    )  # fmt: skip


def worded(lines: Sequence[XdvLine], box: Box, space: Space) -> tuple[XdvLine, ...]:
    """The lines of ``box`` with its spaces, its hyphens and its languages told."""
    reader = _WordFinder(text_of(box), space)
    return tuple(
        _changed(line, sorted([*reader.of_line(line), *_languages(line, box)], key=_place))
        for line in lines
    )


def _place(one: _LineChange) -> tuple[int, bool, bool]:
    """At one place what ends comes first, then what begins, then a space."""
    return one.start, one.slot is None, one.slot is not None and one.slot.kind == "g"


class _WordFinder:
    """Goes through the text of a box as its lines say it."""

    def __init__(self, text: str, space: Space) -> None:
        self.text, self.space = text, space
        self.at = 0

    def of_line(self, line: XdvLine) -> Iterator[_LineChange]:
        silent = ""
        fresh = self.at == 0
        words = line.words
        last = words[-1] if words else None
        font: int | None = None  # of the word before
        for one in _in_order(line):
            if isinstance(one, Slot):
                if one.kind in _SILENT:
                    silent = _SILENT[one.kind]
                elif one.kind == silent:
                    silent = ""
                fresh = fresh or one.kind in _AFRESH
                continue
            if silent or not one.text:
                continue
            gap, hyphen = self._read(one.text, ends=one == last)
            if gap and not fresh:
                yield from self._spaced(line, one, font)
            if hyphen:
                yield _hyphen(line, one)
            fresh, font = False, one.font

    def _read(self, word: str, *, ends: bool) -> tuple[bool, bool]:
        """Whether a space stands before a word, and whether its last character is a hyphen that is
        none."""
        word = compose(word).strip()
        start = self.at
        while self.at < len(self.text) and _passes(self.text[self.at], word[:1]):
            self.at += 1
        ends_in_hyphen = ends and word[-1:] in _HYPHENS
        for form in (word, word[:-1]) if ends_in_hyphen else (word,):
            if form and self.text.startswith(form, self.at):
                break
            place = self.text.find(form, self.at, self.at + _FAR) if len(form) > 1 else -1
            if place >= 0:
                self.at = place
                break
        else:
            made = ends_in_hyphen and len(word) == 1  # a hyphen by itself, which the text has not
            self.at = start if not made else self.at
            return False, made
        gap = any(one.isspace() for one in self.text[start : self.at])
        self.at += len(form)
        return gap, form != word

    def _spaced(self, line: XdvLine, word: XdvWord, font: int | None) -> Iterator[_LineChange]:
        """A space before a word; before its ActualText where it has one, for that stands for all
        that is drawn within. There the font is still that of the word before, ``font``; at the head
        of a line none is, and the line end parts the words."""
        told = _TOLD.search(line.data, max(0, word.offset - _NEAR), word.offset)
        at = told.start() if told else word.offset
        if told and font is None:
            return
        found = self.space(font if told and font is not None else word.font)
        if found is not None:
            yield _LineChange(at, at, xdv.space_before(*found))


def _passes(one: str, wanted: str) -> bool:
    """Whether a character of the text draws nothing, and is not what is wanted."""
    return one != wanted and (one.isspace() or one in "\u00ad\u200b\u2060\ufeff\u200c\u200d")


def _in_order(line: XdvLine) -> list[Slot | XdvWord]:
    """Slots and words by their places; a slot stands before the word at its offset."""
    both: list[tuple[int, int, Slot | XdvWord]] = [(one.offset, 0, one) for one in line.slots]
    both += [(one.offset, 1, one) for one in line.words]
    both.sort(key=lambda one: one[:2])
    return [one for *_, one in both]


def _hyphen(line: XdvLine, word: XdvWord) -> _LineChange:
    """The last glyph of a word as a hyphen that only the line end has made."""
    end, before, hyphen = xdv.last_glyph(line.data, word.offset)
    return _LineChange(word.offset, end, b"".join((before, _HYPHEN[0], hyphen, _HYPHEN[1])))


# --- languages ------------------------------------------------------------------------------------


def _languages(line: XdvLine, box: Box) -> Iterator[_LineChange]:
    """Slots about stretches in another language: words of Latin letters in Chinese, unless they
    are signs and no words (AI, 5G), and Han, kana and Hangul in English; readings in Latin letters.
    Of letters in a work of Japan or Korea nobody knows what they are. No slot stands within."""
    lang = box.lang
    if lang == "zh" and box.language:
        return
    other = _LATIN if lang == "zh" else _EAST_ASIAN
    run: list[XdvWord] = []
    reading = False
    for one in (*_in_order(line), None):
        if isinstance(one, Slot) and one.kind in "rR":
            yield from _marked(line, run, box, reading=reading)
            run, reading = [], one.kind == "r"
            continue
        if isinstance(one, XdvWord) and other.search(one.text):
            run.append(one)
            continue
        neutral = isinstance(one, XdvWord) and lang == "zh" and one.text.isascii()
        if not neutral:
            yield from _marked(line, run, box, reading=reading)
            run = []


def _marked(
    line: XdvLine, run: Sequence[XdvWord], box: Box, *, reading: bool
) -> Iterator[_LineChange]:  # fmt: skip
    text = " ".join(one.text for one in run)
    if not run:
        return
    if box.lang == "en":
        order = _of_east_asian(text, box)
    elif reading or _TONES.search(text):
        order = PINYIN
    elif _WORD.search(text):
        order = ENGLISH
    else:
        return
    start, end = run[0].offset, xdv.end_of_glyphs(line.data, run[-1].offset)
    yield _LineChange(start, start, b"", Slot(0, "g", order, _NO_SLOT))
    yield _LineChange(end, end, b"", Slot(0, "G", order, _NO_SLOT))


def _of_east_asian(text: str, box: Box) -> int:
    """The language of Han, kana or Hangul."""
    if _HANGUL.search(text) or box.language.startswith("ko"):
        return KOREAN
    return JAPANESE if _KANA.search(text) or box.language.startswith("ja") else CHINESE


# --- bytes ----------------------------------------------------------------------------------------


def _changed(line: XdvLine, changes: Iterable[_LineChange]) -> XdvLine:
    """A line with changes, in their order; slots that it had stand before what comes at their
    place, but after what ends there."""
    changes = list(changes)
    if not changes:
        return line._replace(told=b"")
    data = bytearray()
    slots: list[Slot] = []
    old = list(line.slots)
    at = 0

    def copy(end: int) -> None:
        nonlocal at
        while old and old[0].offset <= end:
            slot = old.pop(0)
            data.extend(line.data[at : slot.offset])
            at = max(at, slot.offset)
            slots.append(slot._replace(offset=len(data)))
        data.extend(line.data[at:end])
        at = max(at, end)

    for one in changes:
        ends = one.slot is not None and one.slot.kind == "G"
        copy(one.start - 1 if ends else one.start)
        data.extend(line.data[at : one.start])
        at = max(at, one.start)
        if one.slot is not None:
            slots.append(one.slot._replace(offset=len(data)))
        data.extend(one.new)
        at = max(at, one.end)
    copy(len(line.data))
    return XdvLine(bytes(data), tuple(slots), line.fonts)
