"""How findings on alignment speak of segments."""

from __future__ import annotations

from collections.abc import Sequence

from edition.model import Lang, Segment

SIDES: dict[Lang, str] = {"zh": "Chinese", "en": "English"}
_SHOWN = 24  # characters of a text that tell it
ROW = " " * 10  # below a hint


def ids(segments: Sequence[Segment]) -> str:
    """Two by name, more from the first to the last."""
    if len(segments) == 1:
        return segments[0].id
    word = "and" if len(segments) == 2 else "to"
    return f"{segments[0].id} {word} {segments[-1].id}"


def count(segments: Sequence[Segment], lang: Lang) -> str:
    noun = "segment" if len(segments) == 1 else "segments"
    named = f" ({ids(segments)})" if segments else ""
    return f"{len(segments)} {SIDES[lang]} {noun}{named}"


def beside(zh: Sequence[Segment], en: Sequence[Segment], sure: float | None = None) -> list[str]:
    """Both texts side by side, a line a bead, of each its beginning and its length."""
    left = " + ".join(map(_shown, zh)) or "nothing"
    right = " + ".join(map(_shown, en)) or "nothing"
    chance = "" if sure is None else f"  ({sure:.0%})"
    return [f"{ROW}{left}  |  {right}{chance}"]


def _shown(segment: Segment) -> str:
    text = " ".join(segment.text.split())
    most = _SHOWN if segment.lang == "zh" else 2 * _SHOWN
    return f"{segment.id} “{text[:most]}{'…' if len(text) > most else ''}”"
