"""What a run of inlines is set from, as one string without places in files: equal strings, equal
TeX. By it the TeX of a text is kept from one build to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from edition.model import (
    BlockStart,
    Cite,
    Emph,
    FootnoteRef,
    Inlines,
    LineBreak,
    Mark,
    Milestone,
    Ruby,
    Strong,
    Styled,
    Text,
)


def content(
    inlines: Inlines, mark_width: Callable[[str], str]
) -> tuple[str, tuple[str, ...]] | None:
    """The content, with widths in the place of note marks, and the notes of these in order. None
    for what the margin names, whose places in the text are told by themselves."""
    out: list[str] = []
    notes: list[str] = []
    if not _tell(inlines, out, notes, mark_width):
        return None
    return "".join(out), tuple(notes)


def _tell(
    inlines: Inlines, out: list[str], notes: list[str], mark_width: Callable[[str], str]
) -> bool:
    for one in inlines:
        match one:
            case Text():
                out.append(_text("T", one.text))
            case Mark():
                notes.append(one.note)
                out.append(f"M{mark_width(one.note)}")
            case Emph() | Strong():
                out.append("E(" if isinstance(one, Emph) else "S(")
                if not _tell(one.children, out, notes, mark_width):
                    return False
                out.append(")")
            case Styled():
                out.append(f"Y{one.classes!r}{one.attrs!r}(")
                if not _tell(one.children, out, notes, mark_width):
                    return False
                out.append(")")
            case Ruby():
                out.append(_text("R", one.base, one.reading))
            case LineBreak():
                out.append("L")
            case BlockStart():
                out.append(_text("B", one.kind, str(one.level), one.label))
            case Cite():
                parts = [part for item in one.items
                         for part in (item.prefix, item.key, item.locator)]  # fmt: skip
                out.append(_text("C", *parts))
            case FootnoteRef():
                out.append(_text("F", one.label))
            case Milestone():
                return False
            case _:
                assert_never(one)
    return True


def _text(kind: str, *parts: str) -> str:
    """Parts with their lengths, so that none can be taken for more than it is."""
    return kind + "".join([f"{len(part)}:{part}" for part in parts])
