"""Joints between characters: where TeX must be told that a line may end there, or may not.

xeCJK decides by rules that changed from version to version: it parts a dash from the quotation mark
after it, and does not part ）、（. So between two neighbours for which the table of
:mod:`edition.latex.breaks` has a rule and one of which is a full-width mark stands a command that
forbids a break or allows one. xeCJK keeps the distances of two marks across it, but not across
anything else: nothing else may stand between them.

Dashes and ellipses become boxes of whole em, which nothing can part; single ones where a mark
stands beside them. Spaces that the editor wrote between ideographs or syllables of Hangul stay;
beside a mark, which has its own blank, they go.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from edition.latex import breaks
from edition.latex.faces import is_han
from edition.latex.tokens import Boxed, Close, MarginPoint, Open, Token, next_character
from edition.model import Lang

NO, OK, GLUE, SPACE = r"\EDno{}", r"\EDok{}", r"\CJKglue{}", r"\EDspace{}"

# In English these are Latin: the same characters serve both scripts.
_AMBIGUOUS = frozenset("“”‘’—…⋯‥–·‧⸺")
# xeCJK takes these for letters, or for marks in some versions only.
_LETTERS = breaks.CONNECTORS | breaks.INTERPUNCTS | breaks.SOLIDUS | frozenset("％℃")
_BLANK = breaks.OPENING | breaks.CLOSING | breaks.POINTS  # have a blank of their own
# where no such character stands beside another, nothing is joined
_JOINED = breaks.MARKS | breaks.LATIN_CLOSING | _LETTERS | _AMBIGUOUS
_PLAIN = re.compile(f"[^ {re.escape(''.join(sorted(_JOINED)))}]+")
_LONG = re.compile("—{2,}|…{2,}|⋯{2,}|‥{2,}|⸺+")
_SINGLE = re.compile("[—…⋯‥]")
_HAN = re.compile("[\u2e80-\uffff\U00020000-\U0003ffff]")  # what English rarely has
_LATIN = re.compile("[0-9A-Za-z\u00c0-\u024f]")


def jointed(tokens: list[Token], lang: Lang) -> list[Token]:
    """The tokens of a box with its joints."""
    return _Joiner(tokens, lang).tokens()


@dataclass(slots=True)
class _Joiner:
    """Goes along the characters. ``before``: the last one, empty where something else than a
    character stands there; ``boxed``: that it is a box, beside which xeCJK does nothing."""

    given: list[Token]
    lang: Lang
    out: list[Token] = field(default_factory=list)
    before: str = ""
    boxed: bool = False
    apart: bool = False  # something that prints nothing stands behind it

    def tokens(self) -> list[Token]:
        for index, token in enumerate(self.given):
            if isinstance(token, str):
                self._text(token, next_character(self.given, index))
                continue
            self.out.append(token)
            self.apart |= isinstance(token, MarginPoint)
            if not isinstance(token, Open | Close):
                self.before, self.boxed = "", False
        return self.out

    def marks(self) -> frozenset[str]:
        return breaks.MARKS if self.lang == "zh" else breaks.MARKS - _AMBIGUOUS

    def _text(self, text: str, following: str) -> None:
        if self.lang == "en" and not _HAN.search(self.before + text):
            self._put(text)
            self.before, self.boxed = text[-1:] or self.before, False
            return
        marks = self.marks()
        start = at = 0
        while at < len(text):
            if not (self.boxed or self.apart or self.before in breaks.SOLIDUS):
                plain = _PLAIN.match(text, at)
                if plain:
                    at = plain.end()
                    self.before = text[at - 1]
                    continue
            here = text[at]
            after = text[at + 1] if at + 1 < len(text) else following
            long = self._long(text, at, after)
            if here == " " and self._ours(after):
                if self._dropped(after):
                    self._put(text[start:at])
                else:
                    self._put(text[start:at], SPACE)
                    self.before, self.boxed = "", False
                start = at = at + 1
                continue
            if self._is_dot(here, after):
                self._put(text[start:at], NO)
                self.out.append(Boxed(here))
                self.before, self.boxed, self.apart = here, True, False
                start = at = at + 1
                continue
            joint = "" if self._is_latin(here, after) else self._joint(here, marks, long)
            if joint:
                self._put(text[start:at], joint)
                start = at
            if long:
                self._put(text[start:at])
                self.out += _boxes(long.group())
                start = at = long.end()
            else:
                at += 1
            self.before, self.boxed, self.apart = here, long is not None, False
        self._put(text[start:])

    def _long(self, text: str, at: int, after: str) -> re.Match[str] | None:
        """The dash or ellipsis of Chinese here that is to be a box: one of two characters or more,
        and a single one beside a mark from which it is not parted: xeCJK lets a line end before it
        whatever stands there, and behind it where a sentence ends."""
        if self.lang != "zh" or text[at] not in breaks.LONG:
            return None
        kept = self.before in breaks.NO_END or after in breaks.NO_START
        return _LONG.match(text, at) or (_SINGLE.match(text, at) if kept else None)

    def _put(self, text: str, *commands: str) -> None:
        if text:
            self.out.append(text)
        self.out += [Close(command) for command in commands if command]

    def _is_latin(self, here: str, after: str) -> bool:
        """Whether a mark of both scripts belongs to Latin: 1990–2000, China’s."""
        latin = here in _AMBIGUOUS and _LATIN.match(self.before) and _LATIN.match(after)
        return bool(latin)

    def _is_dot(self, here: str, after: str) -> bool:
        """Whether a dot stands in a foreign name in Chinese, within English: 巴拉克·奧巴馬. Latin
        has it without the blank on either side."""
        among = self.lang == "en" and here in breaks.INTERPUNCTS
        return among and is_ideograph(self.before or " ") and is_ideograph(after or " ")

    def _joint(self, here: str, marks: frozenset[str], long: object) -> str:
        """What stands between the character before and this one, with which a ``long`` mark may
        begin."""
        before = self.before
        if not before:
            return ""
        ruled = breaks.allowed(before, here)
        if long or self.boxed:
            if ruled is False:
                return NO
            return GLUE if is_ideograph(before if long else here) else OK
        beside = before in marks and here in marks | breaks.LATIN_CLOSING
        letter = here in _LETTERS & marks or before in breaks.SOLIDUS or self.apart
        # a dot behind Chinese begins no line, in whatever language it stands
        letter |= here in breaks.INTERPUNCTS and is_ideograph(before)
        if ruled is None or not (beside or letter):
            return ""
        return OK if ruled else NO

    def _ours(self, after: str) -> bool:
        """Whether a space is ours to set, and not a space between words of Latin."""
        if not self.before or not after:
            return False
        return self._dropped(after) or (is_ideograph(self.before) and is_ideograph(after))

    def _dropped(self, after: str) -> bool:
        return self.lang == "zh" and (self.before in _BLANK or after in _BLANK)


def _boxes(run: str) -> list[Token]:
    """A dash or ellipsis of two characters is a box; longer ones are several that stay together."""
    boxes: list[Token] = []
    for at in range(0, len(run), 2):
        boxes += [Close(NO)] if boxes else []
        boxes.append(Boxed(run[at : at + 2]))
    return boxes


def is_ideograph(character: str) -> bool:
    """Whether a line may end on either side of a character: a letter of Han, kana or Hangul, or a
    circled number."""
    return is_han(character) and unicodedata.category(character) in {"Lo", "No", "So", "Nl"}


def after_box(before: str, after: str, lang: Lang) -> str:
    """What stands behind a note mark or ruby, where xeCJK does nothing: by the table a line may
    end there or not, and it may be stretched before an ideograph. ``before`` is the character
    before the note mark."""
    if not after or after.isspace():
        return ""
    if after in breaks.NO_START or before in breaks.NO_END:
        return r"\nobreak{}"
    if after in breaks.LONG:
        return OK if lang == "zh" else r"\nobreak{}"
    if is_han(after):
        return GLUE
    return r"\CJKecglue{}" if lang == "zh" and after.isalnum() else ""
