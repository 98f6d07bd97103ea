"""A second import into a workspace that has been edited: merged segment by segment.

What the editor left as imported follows the article; what the editor changed stays; where both
changed, the editor's stands and the difference is shown.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from edition.diagnostics import Diagnostic
from edition.importers.codes import CONFLICT

_ID = re.compile(r"\{#(\w[\w.:-]*)[^{}]*\}\s*$")
_NOTE = re.compile(r"^\[(\^[^\s\[\]]+)\]:")


@dataclass(slots=True)
class Merged:
    text: str
    found: list[Diagnostic] = field(default_factory=list)


def split(text: str) -> list[tuple[str, str]]:
    """(id, block) of a text file; blocks without an id have ""; notes the id ``^label``."""
    made: list[tuple[str, str]] = []
    for block in re.split(r"\n[ \t]*\n+", text.strip("\n")):
        if not block.strip():
            continue
        if made and made[-1][0].startswith("^") and block.startswith("    "):
            made[-1] = (made[-1][0], f"{made[-1][1]}\n\n{block.rstrip()}")
            continue
        note = _NOTE.match(block)
        own = _ID.search(block)
        made.append((note[1] if note else own[1] if own else "", block.rstrip()))
    return made


def join(blocks: Sequence[tuple[str, str]]) -> str:
    return "\n\n".join(block for _, block in blocks) + "\n"


def text(path: str, current: str, base: dict[str, str], new: Sequence[tuple[str, str]]) -> Merged:
    """``current`` as the editor left it, with what changed in the article since ``base``."""
    fresh = dict(new)
    merged = Merged("")
    out: list[tuple[str, str]] = []
    for own, block in split(current):
        if not own:
            out.append((own, block))
        elif block == base.get(own, "").rstrip():
            if own in fresh:
                out.append((own, fresh[own]))
        else:
            out.append((own, block))
            if own in fresh and fresh[own] != base.get(own) and fresh[own] != block:
                merged.found.append(Diagnostic(
                    code=CONFLICT, where=f"{path}, {own}", segment=own,
                    fact=f"{own} was edited, and the article has another text now; the edited "
                         "one stands", hint=difference(path, block, fresh[own])))  # fmt: skip
    have = {own for own, _ in out}
    before = ""
    for own, block in new:
        if own not in have and own not in base:
            place = next((n for n, (other, _) in enumerate(out) if other == before), -1)
            out.insert(place + 1, (own, block))
            have.add(own)
        if own in have:
            before = own
    merged.text = join(out)
    return merged


def difference(path: str, old: str, new: str) -> str:
    """A unified diff of two readings of a file."""
    return "".join(difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), path, path, n=1))  # fmt: skip
