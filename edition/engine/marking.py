"""Marked content on pages: what every stretch of a page is, told in its content stream while the
page is put together. The driver writes what it is told between text objects; nothing moves.

Sources: ISO 32000-1, 14.6 to 14.8; ``spc_handler_pdfm_code`` and ``dvi_do_special`` of dvipdfmx,
which ends a text object before every special.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from edition.engine import xdv
from edition.layout.structure import Path, Portion, PortionKind, Stretch

Artifact = Literal["Layout", "Pagination"]

_END = xdv.code(b"EMC")
_ARTIFACT = {
    "Layout": xdv.code(b"/Artifact<</Type/Layout>>BDC"),
    "Pagination": xdv.code(b"/Artifact<</Type/Pagination>>BDC"),
}
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
class Marker:
    """Marks the pages of a book, one after the other."""

    found: list[Stretch] = field(default_factory=list)
    _page: int = -1
    _count: int = 0
    _open: tuple[str, Path] | Artifact | None = None

    def begin(self, page: int) -> None:
        """A new page."""
        self._page, self._count, self._open = page, 0, None

    def content(self, key: str, path: Path) -> bytes:
        """What goes before a part of a box."""
        here = key, path
        if self._open == here:
            return b""
        ends = self.end()
        self._open = here
        self.found.append(Stretch(self._page, self._count, key, path))
        name = _NAMES[path[-1].kind] if path else b"P"
        begins = xdv.code(b"/%s<</MCID %d>>BDC" % (name, self._count))
        self._count += 1
        return ends + begins

    def artifact(self, kind: Artifact) -> bytes:
        """What goes before a thing that is no part of the text."""
        if self._open == kind:
            return b""
        ends = self.end()
        self._open = kind
        return ends + _ARTIFACT[kind]

    def end(self) -> bytes:
        """What goes behind all this."""
        open_, self._open = self._open, None
        return b"" if open_ is None else _END


# Slots that begin a portion, and those that end one, as the macros of the grid write them, and
# :mod:`edition.engine.wording`. A cell
# ends where the next begins, it and a legend at the end of the line.
BEGINS = {"c": PortionKind.SPAN, "r": PortionKind.READING, "u": PortionKind.BASE,
          "b": PortionKind.LABEL, "x": PortionKind.CELL, "k": PortionKind.CAPTION,
          "g": PortionKind.LANGUAGE}  # fmt: skip
ENDS = {"e": PortionKind.SPAN, "R": PortionKind.READING, "U": PortionKind.BASE,
        "B": PortionKind.LABEL, "G": PortionKind.LANGUAGE}  # fmt: skip
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
            return marker.artifact("Pagination")
        if self.ornament or (self.bare and not self.stack):
            return marker.artifact("Layout")
        return marker.content(self.key, tuple(self.stack))

    def _shown(self, marker: Marker, data: bytes, again: bool) -> bytes:
        """Bytes of a line, told where they stand if they show anything."""
        if not data or _NOTHING.fullmatch(data):
            return data
        return self._here(marker, again) + data

    def _label(
        self, out: list[bytes], marker: Marker, slot: xdv.Slot, label: bytes, again: bool
    ) -> None:
        kind = _FILLED.get(slot.kind)
        if kind is not None:
            self.stack.append(Portion(kind, slot.order))
        out += (self._here(marker, again), xdv.filled(slot, label))
        if kind is not None:
            self.stack.pop()

    def _leave(self, kind: PortionKind) -> None:
        """Out of the innermost part of that kind."""
        for at in reversed(range(len(self.stack))):
            if self.stack[at].kind is kind:
                del self.stack[at]
                return
