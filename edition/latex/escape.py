"""Total escaping: any string becomes TeX that prints it, or leaves out what cannot be printed.

What TeX could read as a command, a comment, an end of group or a superscript code never passes.
The Latin fonts are loaded without TeX's own ligatures (``--``, ``?```, ``<<``, ``''``), so every
other character prints as itself. Controls are left out; :func:`refused` names them, and the build
reports them as errors, so that nothing is dropped in silence.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

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
    "\u2060": r"\nobreak{}",  # word joiner
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
_SILENT = "\u200c\u200d"  # joiners: they change no glyph of these fonts

_COMBINED = re.compile("[^\\W\\d_][\u0300-\u036f]+")

# In Chinese, a mark of both scripts between Latin letters or figures belongs to them.
_LATIN_MARK = re.compile("(?<=[0-9A-Za-z\u00c0-\u024f])[‘’–—·](?=[0-9A-Za-z\u00c0-\u024f])")
_URL = re.compile(r"(?:https?://|www\.|doi:)[!-~]+")
_URL_BREAK = re.compile(r"(?<=[/.?&=_\-#%])(?=[0-9A-Za-z])")
_URL_WORD = 10  # longer parts of an address may be cut, three characters from their ends


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    table = {ord(one): tex for one, tex in _SPECIAL.items()}
    table |= {ord(one): rf"\hskip{width}em{{}}" for one, width in _SPACES.items()}
    table |= {ord(one): "" for one in _SILENT}
    return table


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


def compose(text: str) -> str:
    """Letters with combining accents as one character where there is one (é, ǎ): fonts have these
    more often. Nothing else is normalised: that would change compatibility characters of Han."""
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


def escape(text: str, lang: Lang = "en", borrow: frozenset[str] = frozenset()) -> str:
    """``text`` as TeX. ``borrow``: characters to take from the Chinese font (see
    :meth:`edition.latex.faces.Faces.borrowed`). Spaces at the ends stay."""
    text = compose(_SUSPECT.sub("", text))
    pieces: list[str] = []
    at = 0
    for url in _URL.finditer(text):
        pieces.append(_run(text[at : url.start()], lang, borrow))
        pieces.append(rf"\EDurl{{{_address(url.group())}}}")
        at = url.end()
    pieces.append(_run(text[at:], lang, borrow))
    return "".join(pieces)


def _address(url: str) -> str:
    """An address with the places where a line may end."""
    parts = []
    for part in _URL_BREAK.split(url):
        if len(part) > _URL_WORD:
            cuts = [part[:3], *part[3:-3], part[-3:]]
            parts.append(r"\EDcut{}".join(_run(one, "en", frozenset()) for one in cuts))
        else:
            parts.append(_run(part, "en", frozenset()))
    return r"\EDbreak{}".join(parts)


def _run(text: str, lang: Lang, borrow: frozenset[str]) -> str:
    marks = set[int]()
    if lang == "zh":
        marks = {found.start() for found in _LATIN_MARK.finditer(text)}
    if not marks and borrow.isdisjoint(text):
        return text.translate(_table())
    return "".join(
        rf"\EDlatin{{{one}}}" if index in marks
        else rf"\EDborrow{{{one}}}" if one in borrow
        else one.translate(_table())
        for index, one in enumerate(text)
    )  # fmt: skip
