"""The log of conversion as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from edition.script.batch import ReadingChoice


def log_text(log: Sequence[ReadingChoice]) -> str:
    """One line a decision, in reading order: place, character, what it became, its readings,
    kind and evidence; before them a count by kind. Empty for an empty log."""
    if not log:
        return ""
    counts = Counter(one.kind for one in log)
    head = ", ".join(f"{kind} {number}" for kind, number in counts.most_common())
    return "\n".join([f"script: {len(log)} decisions ({head})", *map(_line, log), ""])


def _line(one: ReadingChoice) -> str:
    place = one.span.place if one.span else f"{one.where}:{one.offset + 1}"
    evidence = f" {one.evidence}" if one.evidence else ""
    readings = "/".join(one.readings)
    return f"  {place} [{one.where}] {one.source} → {one.target} ({readings}) {one.kind}{evidence}"
