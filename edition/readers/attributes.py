"""Attributes in braces: ``{#ii.3 .untranslated corresp="ii.3 ii.4"}``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from edition.diagnostics import Diagnostic
from edition.model import MilestoneKind
from edition.readers.codes import TXT008, TXT009
from edition.readers.passage import Passage
from edition.tomlfile import slip_of

BLOCK_CLASSES = ("untranslated", "omitted", "blank", "byline", "part", "unnumbered")
BLOCK_KEYS = ("corresp", "hash", "sure", "short", "alt")
MILESTONES = get_args(MilestoneKind)
SPAN_CLASSES = ("term", "name", "title", "lock", "foreign", "sub", "sup", "deleted",
                "supplied", "lost", *MILESTONES)  # fmt: skip
SPAN_KEYS = ("ruby", "n", "ids", "of")

_ITEM = re.compile(
    r"\s*(?:#(?P<id>\w[\w.:-]*)(?=[\s}]|$)"
    r"|\.(?P<class>[A-Za-z][\w-]*)"
    r'|(?P<key>[A-Za-z][\w-]*)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"{}]+)))'
)


@dataclass(frozen=True, slots=True)
class Attributes:
    id: str = ""
    classes: tuple[str, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, Passage], ...] = ()  # the same, with their places

    def get(self, key: str) -> str:
        return dict(self.keys).get(key, "")

    def passage(self, key: str) -> Passage | None:
        """The value of ``key`` with its place in the file."""
        return dict(self.values).get(key)


def read(
    passage: Passage, classes: tuple[str, ...], keys: tuple[str, ...]
) -> tuple[Attributes, list[Diagnostic]]:
    """Read the inside of one pair of braces."""
    found: list[Diagnostic] = []
    name, named, pairs, values = "", [], [], []
    at, text = 0, passage.text
    while at < len(text.rstrip()):
        match = _ITEM.match(text, at)
        if not match or match.end() == at:
            found.append(
                Diagnostic(
                    code=TXT008,
                    span=passage.span(at, len(text)),
                    fact=f"“{text[at:].strip()[:40]}” is not an attribute",
                    hint='write {#id .class key="value"}',
                )
            )
            break
        if match["id"] and name:
            found.append(
                Diagnostic(
                    code=TXT008,
                    span=passage.span(match.start(), match.end()),
                    fact=f"two ids: {name} and {match['id']}",
                )
            )
        elif match["id"]:
            name = match["id"]
        elif match["class"]:
            if match["class"] in classes:
                named.append(match["class"])
            else:
                found.append(_unknown(passage, match, "class", match["class"], classes))
        elif match["key"] in keys:
            group = "bare" if match["quoted"] is None else "quoted"
            pairs.append((match["key"], match[group]))
            values.append((match["key"], passage.cut(match.start(group), match.end(group))))
        else:
            found.append(_unknown(passage, match, "attribute", match["key"], keys))
        at = match.end()
    return Attributes(name, tuple(named), tuple(pairs), tuple(values)), found


def _unknown(
    passage: Passage, match: re.Match[str], what: str, name: str, known: tuple[str, ...]
) -> Diagnostic:
    group = "class" if match["class"] else "key"
    return Diagnostic(
        code=TXT009,
        span=passage.span(match.start(), match.end()),
        fact=f"there is no {what} “{name}” here",
        hint=f"known here: {', '.join(known)}",
        fix=slip_of(passage.span(match.start(group), match.end(group)), known),
    )
