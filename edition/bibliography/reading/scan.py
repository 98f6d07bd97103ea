"""A BibTeX file cut into blocks: where each entry, field and value stands, and what is broken.

The grammar is that of btparse, which biber reads with: braces count even after a backslash, ``%``
begins a comment between blocks and between fields, a block may be closed by ``)``. A block that
breaks it is one block more, with its :class:`BlockFault`; reading goes on at the next line that
begins an entry. Time is linear in the text, for the braces of the whole file are paired first.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Types by which a line "@article key," without its brace is known for a broken entry.
_TYPES = """
article artwork audio bibnote book bookinbook booklet collection commentary conference dataset
electronic image inbook incollection inproceedings inreference jurisdiction legislation letter
manual mastersthesis misc movie music mvbook mvcollection mvproceedings mvreference newspaper
online patent performance periodical phdthesis proceedings reference report review set software
standard suppbook suppcollection suppperiodical techreport thesis unpublished video www xdata
"""
KNOWN = frozenset(_TYPES.split())

_TOP = re.compile(r"%[^\n]*|[@＠]")
_START = re.compile(r"@[ \t]*([^\W\d_][\w.+-]*)[ \t]*(?:\n[ \t]*)?([{(])")
_WIDE_START = re.compile(r"[@＠][ \t]*([^\W\d_][\w.+-]*)[ \t]*[{(｛（]")
_TYPELESS = re.compile(r"@[ \t]*[{(]")
# What goes on behind the brace that ends a broken entry: more of it.
_DEBRIS = re.compile(r"\s*(?:[},]|[A-Za-z][\w-]*\s*=)")
_BARE_START = re.compile(r"@[ \t]*([^\W\d_]+)\b")
# a line that begins an entry, well or badly
_LINE = re.compile(r"^[ \t]*([@＠])[ \t]*[^\W\d_][\w.+-]*[ \t]*(?:\n[ \t]*)?[{(｛（]", re.MULTILINE)
_SPACE = re.compile(r"(?:\s+|%[^\n]*)*")
_KEY = re.compile(r'[^\s,{}"#%=，＝｛｝]*')
WIDE_COMMA = re.compile("[，、；]")
_WIDE_KEY = re.compile(r'[^\s,{}"#%=＝｛｝]*(?=,)')  # with “，” as part of it
_NAME = re.compile(r'[^\W\d][^\s,{}"#%=()\'，＝｛｝]*')
_WORD = re.compile(r'[^\s,{}"#%=()\'，＝｛｝]+')
_QUOTED = re.compile(r'[{}"]')
_NEXT_FIELD = re.compile(r"[^\W\d][\w.+:-]*\s*=")
WIDE = {"，": ",", "＝": "=", "｛": "{", "｝": "}", "＃": "#", "＂": '"', "（": "(", "）": ")"}


@dataclass(frozen=True, slots=True)
class BlockFault:
    """Why a block can't be read. ``kind``: unclosed | comma | wide | key | shape.
    ``at`` is where it shows; ``fix`` replaces ``fix_length`` characters there, if not empty."""

    kind: str
    at: int
    what: str
    fix: str = ""
    fix_length: int = 0


@dataclass(frozen=True, slots=True)
class ValuePiece:
    """A part of a value between ``#``: ``{`` braced, ``"`` quoted, or a word (``w``), with its
    delimiters."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RawField:
    name: str
    at: int  # of the name
    pieces: tuple[ValuePiece, ...]

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end


@dataclass(frozen=True, slots=True)
class BibBlock:
    """``kind``: entry | string | preamble | comment | broken. A broken one has its fault, and the
    key as far as one can be made out."""

    kind: str
    start: int
    end: int
    type: str = ""
    key: str = ""
    fields: tuple[RawField, ...] = ()
    fault: BlockFault | None = None


class _BrokenError(Exception):
    def __init__(self, fault: BlockFault) -> None:
        super().__init__(fault.what)
        self.fault = fault


def scan(text: str) -> Iterator[BibBlock]:
    """All blocks of the file in order. What stands between them is comment."""
    return _Scanner(text).blocks()


def entry_starts(text: str, start: int, end: int) -> list[int]:
    """Where, between the two offsets, a line begins as an entry does."""
    return [found.start(1) for found in _LINE.finditer(text, start, end)]


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.partner = _pairs(text)
        self.lines = [found.start(1) for found in _LINE.finditer(text)]
        # characters that unclosed quotation marks may yet be looked for in, all together
        self.budget = 4 * len(text) + 100_000

    def blocks(self) -> Iterator[BibBlock]:
        at = 0
        while found := _TOP.search(self.text, at):
            if found.group()[0] == "%":
                at = found.end()
                continue
            block = self._block(found.start())
            if block is None:
                at = found.end()
                continue
            yield block
            at = max(block.end, found.end())

    def _block(self, start: int) -> BibBlock | None:
        text = self.text
        found = _START.match(text, start)
        if found is None:
            return self._unstarted(start)
        kind, opened = found[1].lower(), found.start(2)
        if kind == "comment":
            end = self.partner.get(opened, -1) + 1 or self._line_end(opened)
            return BibBlock("comment", start, end)
        try:
            if kind == "preamble":
                _, at = self._value(self._skip(opened + 1))
                return BibBlock("preamble", start, self._close(at, opened))
            if kind == "string":
                one, at = self._field(self._skip(opened + 1))
                return BibBlock("string", start, self._close(at, opened), fields=(one,))
            return self._entry(start, kind, opened)
        except _BrokenError as broken:
            return self._broken(start, opened, kind, broken.fault)

    def _unstarted(self, start: int) -> BibBlock | None:
        """What looks like the start of an entry and is none; None for an ``@`` in a comment."""
        text = self.text
        line = text.rfind("\n", max(0, start - 200), start) + 1
        at_line_start = not text[line or max(0, start - 200) : start].strip(" \t")
        found = _WIDE_START.match(text, start)
        if found and at_line_start:
            wide = start if text[start] == "＠" else found.end() - 1
            fault = self._wide_fault(wide)
            return self._broken(start, found.end() - 1, found[1].lower(), fault)
        typeless = _TYPELESS.match(text, start)
        if typeless and at_line_start:
            fault = BlockFault("shape", start + 1, "the entry has no type after its “@”")
            return self._broken(start, typeless.end() - 1, "", fault)
        bare = _BARE_START.match(text, start)
        if bare and at_line_start and bare[1].lower() in KNOWN:
            fault = BlockFault("shape", bare.end(), f"“{{” is missing after @{bare[1]}")
            return self._broken(start, bare.end(), bare[1].lower(), fault)
        return None

    def _broken(self, start: int, opened: int, kind: str, fault: BlockFault) -> BibBlock:
        """The block up to its closing brace, or to where the next entry begins before that."""
        text = self.text
        place = bisect.bisect_right(self.lines, start)
        limit = self.lines[place] if place < len(self.lines) else len(text)
        end = self.partner.get(opened, limit) + 1
        if end > limit or _DEBRIS.match(text, min(end, len(text))):
            end = start + len(text[start:limit].rstrip())
        key = _KEY.match(text, self._skip(opened + 1))
        name = "" if key is None or kind == "string" else key.group()[:200]
        return BibBlock("broken", start, end, kind, name, fault=fault)

    def _entry(self, start: int, kind: str, opened: int) -> BibBlock:
        text = self.text
        closer = ")" if text[opened] == "(" else "}"
        at = self._skip(opened + 1)
        found = _KEY.match(text, at)
        key = found.group() if found else ""
        if closer == ")":
            key = key.split(")")[0]
        after = self._skip(at + len(key))
        if text[after : after + 1] == closer:
            return self._checked(BibBlock("entry", start, after + 1, kind, key), at)
        wide = _WIDE_KEY.match(text, at) if text[after : after + 1] == "，" else None
        if wide and closer == "}":
            key, after = wide.group(), wide.end()
        if text[after : after + 1] != ",":
            raise _BrokenError(self._after_key(after, key))
        fields: list[RawField] = []
        at = self._skip(after + 1)
        while text[at : at + 1] != closer:
            one, at = self._field(at)
            fields.append(one)
            if text[at : at + 1] == ",":
                at = self._skip(at + 1)
            elif text[at : at + 1] != closer:
                raise _BrokenError(self._after_value(one, at))
        return self._checked(BibBlock("entry", start, at + 1, kind, key, tuple(fields)), after)

    def _checked(self, block: BibBlock, at: int) -> BibBlock:
        """The entry, unless it has no key."""
        if not block.key:
            raise _BrokenError(BlockFault("key", at, "the entry has no key"))
        return block

    def _field(self, at: int) -> tuple[RawField, int]:
        """A field from its name on, and where the next thing after it stands."""
        text = self.text
        found = _NAME.match(text, at)
        if found is None:
            raise _BrokenError(self._expected(at, "the name of a field"))
        equals = self._skip(found.end())
        if text[equals : equals + 1] != "=":
            raise _BrokenError(self._expected(equals, f"“=” after “{found.group()[:40]}”"))
        pieces, after = self._value(self._skip(equals + 1))
        return RawField(found.group().lower(), at, pieces), after

    def _value(self, at: int) -> tuple[tuple[ValuePiece, ...], int]:
        text = self.text
        pieces: list[ValuePiece] = []
        while True:
            first = text[at : at + 1]
            if first == "{":
                end = self.partner.get(at, -1) + 1
                if not end:
                    raise _BrokenError(self._unclosed(at))
                pieces.append(ValuePiece("{", at, end))
            elif first == '"':
                end = self._quoted(at)
                pieces.append(ValuePiece('"', at, end))
            else:
                found = _WORD.match(text, at)
                if found is None or first in "“”＂":
                    raise _BrokenError(self._expected(at, "a value in braces or quotation marks"))
                end = found.end()
                pieces.append(ValuePiece("w", at, end))
            at = self._skip(end)
            if text[at : at + 1] != "#":
                return tuple(pieces), at
            at = self._skip(at + 1)

    def _quoted(self, at: int) -> int:
        """The end of a quoted value. Braces inside are skipped, they hide quotation marks."""
        text = self.text
        place = bisect.bisect_right(self.lines, at)
        short = self.lines[place] if place < len(self.lines) else len(text)
        limit = min(len(text), max(short, at + self.budget))
        place = at + 1
        while found := _QUOTED.search(text, place, limit):
            if found.group() == '"':
                return found.end()
            if found.group() == "}":
                break
            place = self.partner.get(found.start(), limit) + 1
        self.budget -= max(0, (found.start() if found else limit) - at)
        raise _BrokenError(
            BlockFault("unclosed", at, "the quotation mark opened here is never closed")
        )

    def _close(self, at: int, opened: int) -> int:
        closer = ")" if self.text[opened] == "(" else "}"
        if self.text[at : at + 1] == ",":
            at = self._skip(at + 1)
        if self.text[at : at + 1] != closer:
            raise _BrokenError(self._expected(at, f"“{closer}”"))
        return at + 1

    def _skip(self, at: int) -> int:
        """Past white space and comments."""
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    # --- what is wrong -----------------------------------------------------------------------

    def _wide_fault(self, at: int) -> BlockFault:
        found = self.text[at]
        narrow = "@" if found == "＠" else WIDE[found]
        return BlockFault("wide", at, f"full-width “{found}” stands for “{narrow}”", narrow, 1)

    def _unclosed(self, at: int) -> BlockFault:
        """A brace without its partner, which may stand there in full width."""
        place = bisect.bisect_right(self.lines, at)
        limit = self.lines[place] if place < len(self.lines) else min(len(self.text), at + 2000)
        wide = self.text.find("｝", at, limit)
        if wide >= 0:
            return self._wide_fault(wide)
        return BlockFault("unclosed", at, "the brace opened here is never closed")

    def _expected(self, at: int, what: str) -> BlockFault:
        found = self.text[at : at + 1]
        if not found:
            return BlockFault("unclosed", at, f"the file ends where {what} is expected")
        if found in WIDE:
            return self._wide_fault(at)
        if found == "@":
            return BlockFault("unclosed", at, "the next entry begins before this one is closed")
        return BlockFault("shape", at, f"{what} is expected, “{_shown(self.text, at)}” found")

    def _after_key(self, at: int, key: str) -> BlockFault:
        if self.text[at : at + 1] == "=":
            return BlockFault("key", at, "the entry has no key: its first field follows the brace")
        fault = self._expected(at, f"a comma after the key “{key[:40]}”")
        if fault.kind == "shape" and _NEXT_FIELD.match(self.text, at):
            return BlockFault("comma", at, f"a comma is missing after the key “{key[:40]}”", ",")
        return fault

    def _after_value(self, one: RawField, at: int) -> BlockFault:
        if _NEXT_FIELD.match(self.text, at):
            what = f"a comma is missing after the value of “{one.name}”"
            return BlockFault("comma", one.end, what, ",")
        wide = self.text.find("｝", one.start, one.end)
        if wide >= 0 and self.text[at : at + 1] in ("", "@"):
            return self._wide_fault(wide)  # the value has taken the brace of the entry for its own
        return self._expected(at, f"a comma after the value of “{one.name}”")


def _shown(text: str, at: int) -> str:
    return text[at : at + 12].split("\n")[0]


def _pairs(text: str) -> dict[int, int]:
    """Offset of each opening brace -> of the brace that closes it."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for brace in re.finditer(r"[{}]", text):
        if brace.group() == "{":
            opened.append(brace.start())
        elif opened:
            found[opened.pop()] = brace.start()
    return found
