"""Total escaping: any string becomes TeX that prints it, or leaves out what cannot be printed.

What TeX could read as a command, a comment, an end of group or a superscript code never passes.
The Latin fonts are loaded without TeX's own ligatures (``--``, ``?```, ``<<``, ``''``), so every
other character prints as itself. Controls are left out; :func:`refused` names them, and the build
reports them as errors, so that nothing is dropped in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import assert_never

from edition.latex import breaks
from edition.latex.alternates import MIRRORED, FacePiece, How, pieces, right_to_left, sets
from edition.latex.faces import UNSEEN, Faces, is_han
from edition.model import Lang

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "\t": " ",
    "\n": " ",
    "\r": " ",
    "\v": " ",
    "\f": " ",
    "\x85": " ",
    "\u2028": " ",
    "\u2029": " ",
    "\u00a0": "~",  # no break
    "\u00ad": r"\-{}",  # soft hyphen
    "\u200b": r"\EDbreak{}",  # zero width space: a break is allowed
    "\u2060": r"\EDno{}",  # word joiner
    "\ufeff": r"\nobreak{}",
    "\u202f": r"\nobreak\hskip.2em{}",  # narrow, no break
    "\u2007": r"\nobreak\hskip.5em{}",  # figure space
}
_SPACES = {
    "\u2000": ".5", "\u2001": "1", "\u2002": ".5", "\u2003": "1", "\u2004": ".333",
    "\u2005": ".25", "\u2006": ".167", "\u2008": ".25", "\u2009": ".167", "\u200a": ".1",
    "\u205f": ".222",
}  # fmt: skip
_HANDLED = frozenset(_SPECIAL) | frozenset(_SPACES)

_COMBINED = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_ACCENT = re.compile("[\u0300-\u036f]")

# In Chinese, a mark of both scripts between Latin letters or figures belongs to them.
_LATIN_MARK = re.compile("(?<=[0-9A-Za-z\u00c0-\u024f])[‘’–—·](?=[0-9A-Za-z\u00c0-\u024f])")
_URL = re.compile(r"(?:https?://|www\.|doi:)[!-~]+")
_URL_BREAK = re.compile(r"(?<=[/.?&=_\-#%])(?=[0-9A-Za-z])")
# where a line may not end (breaks.allowed) although TeX lets it end after a dash or a hyphen
_HYPHEN_CLOSED = re.compile(
    f"-(?=[{re.escape(''.join(sorted(breaks.NO_START - {'}', '%'})))}]|\\\\[}}%])"
)
_DASH_CLOSED = re.compile("(—(?=—)|[–—](?=[],.;:!?)’”–]|\\\\[}%]))")
_URL_WORD = 10  # longer parts of an address may be cut, three characters from their ends


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    table = {ord(one): tex for one, tex in _SPECIAL.items()}
    table |= {ord(one): rf"\hskip{width}em{{}}" for one, width in _SPACES.items()}
    # joiners and selectors: they change no glyph of these fonts
    table |= {ord(one): "" for one in UNSEEN if one not in _SPECIAL}
    return table


@lru_cache(maxsize=1)
def _in_table() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(map(chr, _table())))}]")


# Everything that needs a look of its own beyond the table: not a letter, mark, figure,
# punctuation, symbol or common space. Matched first, because it is rare.
_SUSPECT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u180e\u200e\u200f\u202a-\u202e\u2061-\u206f"
    "\ufff0-\ufffb\ufdd0-\ufdef\ud800-\udfff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
    "|[\ufffe\uffff]|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff"
    "\U000efffe-\U0010ffff]"
)


def refused(text: str) -> tuple[tuple[int, str], ...]:
    """(offset, character) of each control, bidi control, surrogate or noncharacter: what has no
    place in a printed text and is left out of the TeX."""
    return tuple((found.start(), found.group()) for found in _SUSPECT.finditer(text))


def unset(text: str, faces: Faces) -> frozenset[str]:
    """Characters of ``text`` that no font of the book sets where they stand: some have a letter,
    and not with the accent above it."""
    if not faces.odd(text):
        return frozenset()
    text = compose(_SUSPECT.sub("", text))
    return frozenset(
        one
        for piece in pieces(text, faces)
        for one in text[piece.start : piece.end]
        if one not in UNSEEN and not one.isspace() and not sets(piece, one, faces)
    )


def compose(text: str) -> str:
    """Letters with combining accents as one character where there is one (é, ǎ): fonts have these
    more often. Nothing else is normalised: that would change compatibility characters of Han."""
    if text.isascii() or not _ACCENT.search(text):  # next to all texts
        return text
    return _COMBINED.sub(lambda found: unicodedata.normalize("NFC", found.group()), text)


def name(character: str) -> str:
    """``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    try:
        known = unicodedata.name(character)
    except ValueError:
        category = unicodedata.category(character)
        known = {"Cc": "control character", "Cs": "half of a surrogate pair",
                 "Co": "private use"}.get(category, "not a character")  # fmt: skip
    return f"U+{ord(character):04X} {known}"


def escape(
    text: str, lang: Lang = "en", faces: Faces | None = None, *, turned: bool = False
) -> str:
    """``text`` as TeX. ``faces`` say what another font than that of the language sets; without
    them nothing is. ``turned``: it stands among words that run from right to left. Spaces at the
    ends stay."""
    text = compose(_SUSPECT.sub("", text))
    parts: list[str] = []
    at = 0
    for url in _URL.finditer(text):
        parts.append(_run(text[at : url.start()], lang, faces, turned))
        parts.append(rf"\EDurl{{{_address(url.group())}}}")
        at = url.end()
    parts.append(_run(text[at:], lang, faces, turned))
    tex = _HYPHEN_CLOSED.sub(r"\\EDhyphen{-}", "".join(parts))
    # XeTeX lets a line end after every dash
    return _DASH_CLOSED.sub(r"{\\EDnodash \1}", tex) if lang == "en" else tex


def _address(url: str) -> str:
    """An address with the places where a line may end."""
    parts = []
    for part in _URL_BREAK.split(url):
        if len(part) > _URL_WORD:
            cuts = [part[:3], *part[3:-3], part[-3:]]
            parts.append(r"\EDcut{}".join(_run(one, "en", None, False) for one in cuts))
        else:
            parts.append(_run(part, "en", None, False))
    return r"\EDbreak{}".join(parts)


def _run(text: str, lang: Lang, faces: Faces | None, turned: bool) -> str:
    if faces is None or not faces.odd(text):
        whole = FacePiece(0, len(text))
        return _turned(text, whole, lang) if turned else _own(text, 0, len(text), lang)
    tex: list[str] = []
    runs = dict(right_to_left(text))
    stops = set(runs.values())
    for piece in _cut(pieces(text, faces), sorted({*runs, *stops})):
        if piece.start in runs:
            tex.append(r"\EDrtl{")
        box = piece.how in (How.SIGN, How.WORD, How.TOLD)
        if box and _touches(text, piece.start - 1, lang):
            tex.append(_gap(text[piece.start]))
        among = turned or any(a <= piece.start < b for a, b in runs.items())
        inside = piece.how is How.OWN and among
        tex.append(_turned(text, piece, lang) if inside else _piece(text, piece, lang))
        if piece.end in stops:
            tex.append("}")
        if box:
            tex.append(_after(text, piece, lang))
    return "".join(tex)


def _cut(found: Iterable[FacePiece], places: Sequence[int]) -> Iterator[FacePiece]:
    """The pieces, those that go over one of the places in two."""
    for piece in found:
        start = piece.start
        for place in places:
            if start < place < piece.end:
                yield replace(piece, start=start, end=place)
                start = place
        yield replace(piece, start=start)


def _turned(text: str, piece: FacePiece, lang: Lang) -> str:
    """What stands between words that run from right to left, in the order in which it is seen,
    brackets mirrored. Figures run as they do everywhere."""
    part = text[piece.start : piece.end]
    seen = "".join(
        one if one.isspace() or one.isdecimal() else one[::-1].translate(MIRRORED)
        for one in re.findall(r"\s+|\d+(?:[.,:]\d+)*|[^\s\d]+", part)
    )
    return _own(seen, 0, len(seen), lang)


def _after(text: str, piece: FacePiece, lang: Lang) -> str:
    if text[piece.end - 1] == "\u0f0b" and piece.end < len(text):
        return r"\EDbreak{}"  # a line may end after a syllable of Tibetan
    return _gap(text[piece.start]) if _touches(text, piece.end, lang) else ""


def _touches(text: str, at: int, lang: Lang) -> bool:
    """Whether an ideograph stands there, from which a box keeps the distance of its kind."""
    return 0 <= at < len(text) and is_han(text[at]) and text[at].isalnum() and lang == "zh"


def _gap(beside: str) -> str:
    return r"\CJKglue{}" if is_han(beside) else r"\CJKecglue{}"


def _piece(text: str, piece: FacePiece, lang: Lang) -> str:
    part = text[piece.start : piece.end]
    match piece.how:
        case How.OWN:
            return _own(text, piece.start, piece.end, lang)
        case How.BORROWED:
            return rf"\EDborrow{{{part.translate(_table())}}}"
        case How.LETTERS:
            return rf"\EDface{{{piece.face}}}{{{part.translate(_table())}}}"
        case How.HAN:
            return rf"\EDglyph{{{piece.face}}}{{{part.translate(_table())}}}"
        case How.SIGN:
            return rf"\EDsign{{{piece.face}}}{{{part.translate(_table())}}}"
        case How.TOLD:
            return rf"\EDtold{{{_hex(part)}}}{{{part.translate(_table())}}}"
        case How.WORD:
            # joiners choose forms; selectors of variants do not, and few faces know them
            kept = (one for one in part if not "\ufe00" <= one <= "\ufe0f")
            tex = "".join(one if one in UNSEEN else one.translate(_table()) for one in kept)
            if any(unicodedata.bidirectional(one) in ("R", "AL") for one in part):
                return rf"\EDword{{{piece.face}}}{{{tex}}}"
            return rf"\EDsaid{{{piece.face}}}{{{_hex(part)}}}{{{tex}}}"
    assert_never(piece.how)


def _hex(text: str) -> str:
    """``text`` as a string of PDF: UTF-16 with its mark, in figures that TeX leaves alone."""
    return "FEFF" + text.encode("utf-16-be").hex().upper()


def _own(text: str, start: int, end: int, lang: Lang) -> str:
    part = text[start:end]
    if lang == "en" or not _LATIN_MARK.search(text, max(0, start - 1), end + 1):
        return part.translate(_table()) if _in_table().search(part) else part
    marks = {found.start() for found in _LATIN_MARK.finditer(text)}
    return "".join(
        rf"\EDlatin{{{one}}}" if index in marks else one.translate(_table())
        for index, one in enumerate(part, start)
    )
