"""Source files, spans and positions.

Positions count **code points** of the decoded text with line ends normalised to ``\\n``; lines and
columns are 1-based, as editors show them.
"""

from __future__ import annotations

import bisect
import errno
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

BOM = "\ufeff"

# Controls, marks of direction, separators and non-characters: they cannot be seen, and change
# what a reader or a program makes of the text round them. Tabs and line ends are no such thing;
# joiners and the zero-width space are needed in some scripts and at line ends.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060"
    "\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")  # a byte that was no text, kept


class UndecodableError(ValueError):
    """A file is not UTF-8. ``offset`` is the first bad byte, ``line`` its 1-based line,
    ``span`` its place in what can be read."""

    def __init__(self, path: str, offset: int, line: int, span: Span) -> None:
        super().__init__(f"{path}: not UTF-8 at byte {offset}")
        self.path = path
        self.offset = offset
        self.line = line
        self.span = span


# by path, what stands in an editor and is read in place of the file
_UNSAVED: ContextVar[Mapping[Path, bytes]] = ContextVar("_UNSAVED", default={})  # noqa: B039


@contextmanager
def unsaved(texts: Mapping[Path, bytes]) -> Iterator[None]:
    """Within it, ``texts`` are read in place of the files of these paths, which may not be there
    yet. Paths count as they are written: a workspace is read below one path."""
    token = _UNSAVED.set({**_UNSAVED.get(), **texts})
    try:
        yield
    finally:
        _UNSAVED.reset(token)


def unsaved_in(folder: Path) -> list[Path]:
    """Files of ``folder`` whose text is not saved."""
    return [path for path in _UNSAVED.get() if path.parent == folder]


def is_there(path: Path) -> bool:
    """Whether ``path`` is there, or stands in an editor."""
    return path in _UNSAVED.get() or os.path.lexists(path)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, those in an editor before those on the disk. Raises ``OSError``."""
    text = _UNSAVED.get().get(path)
    return path.read_bytes() if text is None else text


def _normalised(text: str) -> str:
    return text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")


def _line_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return tuple(starts)


@dataclass(frozen=True, slots=True, eq=False)
class SourceFile:
    """One text file as read. Compared by identity: two readings of a file are two sources."""

    path: str  # as shown to the editor: relative to the workspace where it lies inside it
    text: str = field(repr=False)  # BOM dropped, line ends "\n"
    starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", _line_starts(self.text))

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> SourceFile:
        """Decode ``data``. Raises :class:`UndecodableError` where it is not UTF-8."""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            rest = cls(path, _normalised(data.decode("utf-8", "replace")))
            at = len(_normalised(data[: error.start].decode("utf-8")))
            raise UndecodableError(path, error.start, line, rest.span(at)) from error
        return cls(path, _normalised(text))

    @classmethod
    def read(cls, path: Path, shown: str | None = None) -> SourceFile:
        """Read ``path``. Raises ``OSError`` and :class:`UndecodableError`."""
        if path.exists() and not (path.is_file() or path.is_dir()):
            # pipes and devices may never end
            raise OSError(errno.EINVAL, "it is no plain file", str(path))
        return cls.from_bytes(shown or str(path), read_bytes(path))

    def position(self, offset: int) -> tuple[int, int]:
        """1-based (line, column) of code point ``offset``; past the end counts as the end."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect.bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def offset(self, line: int, column: int = 1) -> int:
        """Code-point offset of a 1-based position, clamped to the file."""
        line = min(max(line, 1), len(self.starts))
        return min(self.starts[line - 1] + max(column, 1) - 1, len(self.text))

    def line_text(self, line: int) -> str:
        """Text of the 1-based ``line`` without its end; empty outside the file."""
        if not 1 <= line <= len(self.starts):
            return ""
        end = self.starts[line] - 1 if line < len(self.starts) else len(self.text)
        return self.text[self.starts[line - 1] : end]

    def lines(self) -> Iterator[tuple[int, str]]:
        """(offset, text) of each line, without line ends."""
        for number, start in enumerate(self.starts, start=1):
            yield start, self.line_text(number)

    def hidden(self) -> Iterator[Span]:
        """Each character that cannot be seen and must not stand in a text."""
        for match in _HIDDEN.finditer(self.text):
            yield Span(self, match.start(), match.end())

    def span(self, start: int, end: int | None = None) -> Span:
        return Span(self, start, start if end is None else end)

    def whole(self) -> Span:
        return Span(self, 0, len(self.text))


def hidden_in(text: str) -> str:
    """The first character of ``text`` that cannot be seen; "" where there is none."""
    met = _HIDDEN.search(text)
    return met[0] if met else ""


def visible(text: str) -> str:
    """``text`` for a terminal: what cannot be seen, and could turn the line round, as U+FFFD."""
    return _SURROGATE.sub("\ufffd", _HIDDEN.sub("\ufffd", text))


# what the runner of GitHub's actions takes for its own: "::name" at the head of a line, whatever
# blanks are before it, and "##[name]" anywhere
_COMMAND = re.compile(r"(?m)^([^\S\n]*+:)(?=:)|(##)(?=\[)")


def printable(text: str) -> str:
    """``text``, of one line or several, for a terminal and for the log of a CI: nothing in it moves
    the cursor, and no line is taken for a command. What is added has no width."""
    text = visible(text.replace("\r", "\ufffd"))
    return _COMMAND.sub(lambda met: f"{met[0]}\u200b", text)


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of code points in one file."""

    file: SourceFile
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.file.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.file.position(self.start)[1]

    @property
    def text(self) -> str:
        return self.file.text[self.start : self.end]

    @property
    def place(self) -> str:
        """``file:line:col`` of the start."""
        line, column = self.file.position(self.start)
        return f"{self.file.path}:{line}:{column}"

    def within(self, start: int, end: int) -> Span:
        """The part of this span from ``start`` to ``end``, counted from its own start."""
        return Span(self.file, self.start + start, min(self.start + end, self.end))
