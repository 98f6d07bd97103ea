"""The account of an import: what became of every character of the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from edition.importers.decoding import Decoded
from edition.importers.documents.model import Drop
from edition.source import SourceFile

_KEPT, _REWRITTEN, _OURS, _FIRST = 1, 2, 3, 4
WHITE = "white space round lines"
LOST = "not accounted for"
_RUNS = re.compile(rb"(.)\1*", re.DOTALL)


@dataclass(slots=True)
class Ledger:
    """``keep`` what goes over as it is, ``rewrite`` what goes over in another form (a mark, the
    bars of a table), ``drop`` the rest with its reason. White space left over counts as dropped;
    anything else left over is lost, an error of the importer that :meth:`lost` brings to light."""

    file: SourceFile
    fates: bytearray = field(init=False)
    reasons: list[str] = field(default_factory=lambda: [WHITE, LOST])
    became: list[tuple[int, int, str]] = field(default_factory=list)
    ours: tuple[tuple[int, int], ...] = ()  # characters that a reader of documents put in
    elsewhere: tuple[Drop, ...] = ()  # what it left out
    was: Mapping[int, str] = field(default_factory=dict)  # what stood where one was put right

    def __post_init__(self) -> None:
        self.fates = bytearray(len(self.file.text))

    def keep(self, offsets: Iterable[int]) -> None:
        for start, end in runs(offsets):
            self.fates[start:end] = bytes([_KEPT]) * (end - start)

    def rewrite(self, offsets: Iterable[int], became: str) -> None:
        found = list(runs(offsets))
        for start, end in found:
            self.fates[start:end] = bytes([_REWRITTEN]) * (end - start)
        if found:
            self.became.append((found[0][0], found[-1][1], became))

    def drop(self, offsets: Iterable[int], reason: str) -> None:
        if reason not in self.reasons:
            self.reasons.append(reason)
        fate = bytes([_FIRST + self.reasons.index(reason)])
        for start, end in runs(offsets):
            self.fates[start:end] = fate * (end - start)

    def settle(self) -> None:
        """Put down what is left over: white space between blocks, and what was lost."""
        text = self.file.text
        for at in self.was:
            if self.fates[at] == _KEPT:
                self.rewrite((at,), text[at])
        for start, end in self.ours:
            self.fates[start:end] = bytes([_OURS]) * (end - start)
        for found in re.finditer(rb"\x00+", bytes(self.fates)):
            start, end = found.span()
            if text[start:end].isspace():  # nearly all of it
                self.drop(range(start, end), WHITE)
                continue
            self.drop([at for at in range(start, end) if text[at].isspace()], WHITE)
            self.drop([at for at in range(start, end) if not text[at].isspace()], LOST)

    def dropped(self) -> Iterator[tuple[int, int, str]]:
        """(start, end, reason) of each run of dropped characters, in order."""
        for found in _RUNS.finditer(bytes(self.fates)):
            fate = found[1][0]
            if fate >= _FIRST:
                yield found.start(), found.end(), self.reasons[fate - _FIRST]

    def lost(self) -> list[tuple[int, int]]:
        return [(start, end) for start, end, reason in self.dropped() if reason == LOST]

    def kept_text(self) -> str:
        """The characters that went over as they are, in the order of the article."""
        return "".join(
            self.file.text[found.start() : found.end()]
            for found in _RUNS.finditer(bytes(self.fates)) if found[1][0] == _KEPT
        )  # fmt: skip

    def as_dict(self, decoded: Decoded) -> dict[str, Any]:
        """JSON-ready: ``characters`` = ``kept`` + ``dropped``, ``rewritten`` being some of the
        kept."""
        drops: list[dict[str, Any]] = []
        if decoded.bom:
            drops.append({"reason": "byte order mark", "line": 1, "column": 1, "characters": 1})
        drops += [
            {"reason": "carriage return of a line end", "line": first, "column": None,
             "characters": count, "lines": [first, first + count - 1]}
            for first, count in decoded.returns
        ]  # fmt: skip
        for start, end, reason in self.dropped():
            line, column = self.file.position(start)
            drops.append({"reason": reason, "line": line, "column": column,
                          "characters": end - start,
                          "text": self.file.text[start:end]})  # fmt: skip
        drops += [{"reason": one.reason, "line": one.place or None, "column": None,
                   "characters": len(one.text), "text": one.text[:200]}
                  for one in self.elsewhere]  # fmt: skip
        rewritten = self.fates.count(_REWRITTEN)
        rewrites = []
        for start, end, became in sorted(self.became):
            line, column = self.file.position(start)
            was = "".join(self.was.get(at, self.file.text[at]) for at in range(start, end))
            rewrites.append({"line": line, "column": column, "text": was,
                             "became": became})  # fmt: skip
        return {
            "characters": decoded.characters,
            "kept": self.fates.count(_KEPT) + rewritten,
            "dropped": sum(one["characters"] for one in drops),
            "rewritten": rewritten,
            "drops": drops,
            "rewrites": rewrites,
        }


def runs(offsets: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Half-open runs of consecutive offsets."""
    if isinstance(offsets, range) and offsets.step == 1:
        if offsets:
            yield offsets.start, offsets.stop
        return
    first = last = -2
    for at in offsets:
        if at != last + 1:
            if first >= 0:
                yield first, last + 1
            first = at
        last = at
    if first >= 0:
        yield first, last + 1
