"""Marked content on pages: what every stretch of a page is, told in its content stream while the
page is put together. The driver writes what it is told between text objects; nothing moves.

Sources: ISO 32000-1, 14.6 to 14.8; ``spc_handler_pdfm_code`` and ``dvi_do_special`` of dvipdfmx,
which ends a text object before every special.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from edition.engine import xdv
from edition.layout.structure import Path, Portion, PortionKind, Stretch

Artifact = Literal["Layout", "Pagination"]

_END = xdv.code(b"EMC")
# what is to be told in the place of glyphs, as lines have it: its beginning with the text in
# hexadecimal figures, or its end
_TOLD = re.compile(rb"(?:\xef.|\xf2....)pdf:code (?:/Span<</ActualText<([0-9A-Fa-f]*)>>>BDC|EMC)",
                   re.DOTALL)  # fmt: skip
_TELLS = b"/ActualText<"
_NOTHING_TOLD = b"FEFF"
# what a stretch is called in the stream; the structure element that owns it says what it is
_NAMES = {
    PortionKind.MARK: b"Link", PortionKind.LABEL: b"Lbl", PortionKind.SPAN: b"Link",
    PortionKind.BASE: b"RB", PortionKind.READING: b"RT", PortionKind.CELL: b"TD",
    PortionKind.CAPTION: b"Caption", PortionKind.LANGUAGE: b"Span",
}  # fmt: skip
# operations that show nothing: push, pop, moves, fonts
_NOTHING = re.compile(
    b"(?:[\x8a\x8d\x8e\x93\x98\xa1\xa6]|[\x8f\x94\x99\x9d\xa2\xa7].|[\x90\x95\x9a\x9e\xa3\xa8].."
    b"|[\x91\x96\x9b\x9f\xa4\xa9]...|[\x92\x97\x9c\xa0\xa5\xaa\xee]....)*+",
    re.DOTALL,
)


@dataclass(slots=True)
class ActualText:
    """What is told in the place of glyphs. Where a stretch of these ends within, the rest tells
    nothing more."""

    text: bytes  # in hexadecimal figures
    said: bool = False

    def once(self) -> bytes:
        text = _NOTHING_TOLD if self.said else self.text
        self.said = True
        return b"/ActualText<%s>" % text


@dataclass(slots=True)
class Marker:
    """Marks the pages of a book, one after the other. No marked content stands within other: what
    is told in the place of glyphs is a stretch by itself, for there are readers that lose what
    follows upon nested content."""

    found: list[Stretch] = field(default_factory=list)
    _page: int = -1
    _count: int = 0
    _open: tuple[str, Path] | Artifact | None = None
    _told: ActualText | None = None

    def begin(self, page: int) -> None:
        """A new page."""
        self._page, self._count, self._open = page, 0, None

    def content(self, key: str, path: Path, told: ActualText | None = None) -> bytes:
        """What goes before a part of a box; ``told`` in its place."""
        here = key, path
        if self._open == here and self._told is told:
            return b""
        ends = self.end()
        self._open, self._told = here, told
        self.found.append(Stretch(self._page, self._count, key, path))
        name = b"Span" if told else _NAMES[path[-1].kind] if path else b"P"
        more = told.once() if told else b""
        begins = xdv.code(b"/%s<</MCID %d%s>>BDC" % (name, self._count, more))
        self._count += 1
        return ends + begins

    def artifact(self, kind: Artifact, told: ActualText | None = None) -> bytes:
        """What goes before a thing that is no part of the text; ``told`` in its place."""
        if self._open == kind and self._told is told:
            return b""
        ends = self.end()
        self._open, self._told = kind, told
        more = told.once() if told else b""
        return ends + xdv.code(b"/Artifact<</Type/%s%s>>BDC" % (kind.encode("ascii"), more))

    def end(self) -> bytes:
        """What goes behind all this."""
        open_, self._open, self._told = self._open, None, None
        return b"" if open_ is None else _END

    def aside(self, kind: Artifact, data: bytes) -> bytes:
        """A line that is no part of the text."""
        return b"".join(
            self.artifact(kind, told) + piece if _shows(piece) else piece
            for piece, told in pieces(data, None)
        )


def _shows(data: bytes) -> bool:
    return not _NOTHING.fullmatch(data)


def pieces(data: bytes, told: ActualText | None) -> Iterator[tuple[bytes, ActualText | None]]:
    """The bytes of a line, each run with what is told in its place; ``told`` as they begin. The
    last run says what is told as they end."""
    at = 0
    if told is not None or _TELLS in data:
        for code in _TOLD.finditer(data):
            yield data[at : code.start()], told
            told = None if code[1] is None else ActualText(code[1])
            at = code.end()
    yield data[at:], told


# Slots that begin a portion, and those that end one, as the macros of the grid write them, and
# :mod:`edition.engine.wording`. A cell
# ends where the next begins, it and a legend at the end of the line.
BEGINS = {"c": PortionKind.SPAN, "r": PortionKind.READING, "u": PortionKind.BASE,
          "b": PortionKind.LABEL, "x": PortionKind.CELL, "k": PortionKind.CAPTION,
          "g": PortionKind.LANGUAGE, "h": PortionKind.LABEL}  # fmt: skip
ENDS = {"e": PortionKind.SPAN, "R": PortionKind.READING, "U": PortionKind.BASE,
        "B": PortionKind.LABEL, "G": PortionKind.LANGUAGE,
        "H": PortionKind.LABEL}  # fmt: skip
# slots for what only the plan knows: the portion that it is, or none
_FILLED = {"m": PortionKind.MARK, "n": PortionKind.LABEL, "l": PortionKind.LABEL}
_ORNAMENT = "a"  # up to A: what is no text, the dots of the contents


def is_filled(kind: str) -> bool:
    """Whether a label goes into a slot of that kind."""
    return kind in "mnlt"


@dataclass(slots=True)
class BoxText:
    """Where a box stands in its text, from line to line and page to page. ``bare``: what lies
    outside its portions is no text: rules of a table, an ornament."""

    key: str
    bare: bool = False
    stack: list[Portion] = field(default_factory=list)
    ornament: bool = False
    told: ActualText | None = None

    def line(
        self, marker: Marker, line: xdv.XdvLine, labels: Sequence[bytes], *, again: bool = False
    ) -> bytes:
        """A line with what tells its portions apart, and ``labels`` in the slots for them.
        ``again``: it stood there on an earlier page."""
        if not line.slots:  # as most are
            return self._shown(marker, line.data, again)
        out: list[bytes] = []
        start, given = 0, iter(labels)
        for slot in line.slots:
            out.append(self._shown(marker, line.data[start : slot.offset], again))
            start = slot.offset
            if is_filled(slot.kind):
                label = next(given)
                if label:
                    self._label(out, marker, slot, label, again)
            elif slot.kind in BEGINS:
                kind = BEGINS[slot.kind]
                if kind is PortionKind.CELL:
                    self.stack.clear()
                self.stack.append(Portion(kind, slot.order))
            elif slot.kind in ENDS:
                self._leave(ENDS[slot.kind])
            else:
                self.ornament = slot.kind == _ORNAMENT
        out.append(self._shown(marker, line.data[start:], again))
        return b"".join(out)

    def _here(self, marker: Marker, again: bool) -> bytes:
        if again:
            return marker.artifact("Pagination", self.told)
        if self.ornament or (self.bare and not self.stack):
            return marker.artifact("Layout", self.told)
        return marker.content(self.key, tuple(self.stack), self.told)

    def _shown(self, marker: Marker, data: bytes, again: bool) -> bytes:
        """Bytes of a line, told where they stand if they show anything."""
        if self.told is None and _TELLS not in data:  # as nearly all are
            if not data or _NOTHING.fullmatch(data):
                return data
            return self._here(marker, again) + data
        out: list[bytes] = []
        for piece, told in pieces(data, self.told):
            self.told = told
            out += (self._here(marker, again), piece) if _shows(piece) else (piece,)
        return b"".join(out)

    def _label(
        self, out: list[bytes], marker: Marker, slot: xdv.Slot, label: bytes, again: bool
    ) -> None:
        kind = _FILLED.get(slot.kind)
        if kind is not None:
            self.stack.append(Portion(kind, slot.order))
        out.append(xdv.filled(slot, self._shown(marker, label, again)))
        if kind is not None:
            self.stack.pop()

    def _leave(self, kind: PortionKind) -> None:
        """Out of the innermost part of that kind."""
        for at in reversed(range(len(self.stack))):
            if self.stack[at].kind is kind:
                del self.stack[at]
                return
