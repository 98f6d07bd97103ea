"""What must hold whatever was read."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from edition.diagnostics import Diagnostic, Severity, as_github, as_json, as_text
from edition.source import SourceFile, Span
from fuzz.mutate import MARKER

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
_UNPRINTED = re.compile(r"""(?m)^[ \t]*(?:`{3,}|~{3,})[^`\n]*$|[ \t\n](?:"[^"]*"|'[^']*')\s*\)""")


_PRINTED = 200


class BrokenError(AssertionError):
    """An invariant does not hold; its text is the same for all inputs that break it alike."""


def must(holds: object, what: str) -> None:
    if not holds:
        raise BrokenError(what)


def sound(found: Iterable[Diagnostic], *, placed: bool = True) -> None:
    """Every finding has a fact, a place that lies in its file, and prints in each format so that
    a terminal and GitHub take nothing of it for a command. Of one kind no more are printed than
    the commands print."""
    printed: Counter[str] = Counter()
    for one in found:
        must(one.fact.strip(), f"{one.code.id} states no fact")
        must(not placed or one.place, f"{one.code.id} has no place")
        if one.span:
            within(one.span, one.code.id)
        printed[one.code.id] += 1
        if printed[one.code.id] > _PRINTED:
            continue
        must(not _UNSEEN.search(as_text([one])), f"{one.code.id} as text holds a control")
        told = as_github([one])
        must("\n" not in told and "\r" not in told, f"{one.code.id} is several annotations")
        json.loads(as_json([one]))


def within(span: Span, what: str) -> None:
    must(0 <= span.start <= span.end <= len(span.file.text), f"a span of {what} leaves its file")


def kept(file: SourceFile, value: object, found: Iterable[Diagnostic]) -> None:
    """Where no error is told, each marker of the file is somewhere in what was read; but for the
    language of code and the titles of links, which nothing prints."""
    if any(one.level is Severity.ERROR for one in found):
        return
    meant = _UNPRINTED.sub("", file.text).count(MARKER)
    must(repr(value).count(MARKER) >= meant, "a character was left out in silence")


def contained(part: str, whole: str, what: str) -> None:
    """Every character of ``part`` but white space is in ``whole``, as often at least."""
    lacking = Counter("".join(part.split())) - Counter(whole)
    must(not lacking, what)


class Folder:
    """A folder of files, to tell whether something wrote into it or beside it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.before = self._state()

    def _state(self) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for where, _, names in os.walk(self.root):
            for name in names:
                path = Path(where) / name
                status = path.lstat()
                found[str(path)] = (status.st_size, status.st_mtime_ns)
        return found

    def changed(self) -> set[str]:
        """Paths below the folder that are new, gone or other than before."""
        now = self._state()
        return {path for path in now.keys() | self.before.keys()
                if now.get(path) != self.before.get(path)}  # fmt: skip
