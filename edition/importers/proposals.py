"""Proposed corrections → 校 notes that the editor accepts or strikes out."""

from __future__ import annotations

import json
from collections.abc import Sequence

from edition.importers.suspects import Emendation
from edition.importers.writing import WrittenSegment
from edition.script import script_of


def as_yaml(
    emendations: Sequence[Emendation], written: Sequence[WrittenSegment], *, accepted: bool = False
) -> str:
    """``notes/proposed.yaml``, or ``notes/accepted.yaml`` of what the text has now; "" without one.
    What stands in footnotes, tables, the list of references or among English words is in the
    report only: a note is anchored in a segment, by words of the Chinese side."""
    places: dict[int, tuple[WrittenSegment, int]] = {}
    wanted = {one.offset for one in emendations}
    for one in written:
        if one.segment.kind in ("table", "figure") or one.segment.lang != "zh":
            continue
        for index, at in enumerate(one.inline.offsets):
            if at in wanted:
                places.setdefault(at, (one, index))
    rows: list[str] = []
    for number, emendation in enumerate(emendations, start=1):
        if emendation.offset in places:
            rows += _note(number, emendation, *places[emendation.offset], accepted=accepted)
    return "\n".join(rows) + "\n" if rows else ""


def _note(
    number: int, one: Emendation, written: WrittenSegment, index: int, *, accepted: bool
) -> list[str]:  # fmt: skip
    plain = written.inline.plain.strip()
    index -= len(written.inline.plain) - len(written.inline.plain.lstrip())
    stands = one.corr if accepted else one.sic
    quote = _text(stands)
    if plain.count(stands) > 1:
        occurrence = plain[: index + len(stands)].count(stands)
        quote = f"{{ zh: {{ exact: {_text(stands)}, occurrence: {occurrence} }} }}"
    doubt = "疑当作" if script_of(plain) == "hans" else "疑當作"
    said = f"“{one.corr}”，底本作“{one.sic}”，今改。" if accepted else (
        f"“{one.sic}”{doubt}“{one.corr}”。")  # fmt: skip
    return [
        f"- id: {'corr' if accepted else 'sic'}-{number}",
        f"  at: {written.segment.id}",
        f"  quote: {quote}",
        "  layer: 校",
        f"  sic: {_text(one.sic)}",
        f"  corr: {_text(one.corr)}",
        *([] if accepted else ["  resp: import"]),
        *([f"  evidence: {_text(one.evidence)}"] if one.evidence else []),
        *([] if accepted else ["  proposed: true"]),
        f"  zh: {_text(said)}",
    ]


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
