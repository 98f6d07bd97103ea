"""Proposed corrections → 校 notes that the editor accepts or strikes out."""

from __future__ import annotations

import json
from collections.abc import Sequence

from edition.importers.suspects import Emendation
from edition.importers.writing import Written


def as_yaml(emendations: Sequence[Emendation], written: Sequence[Written]) -> str:
    """``notes/proposed.yaml``; "" without a proposal. What stands in footnotes, tables or the list
    of references is in the report only: a note is anchored in a segment."""
    places: dict[int, tuple[Written, int]] = {}
    wanted = {one.offset for one in emendations}
    for one in written:
        if one.segment.kind in ("table", "figure"):
            continue
        for index, at in enumerate(one.inline.offsets):
            if at in wanted:
                places.setdefault(at, (one, index))
    rows: list[str] = []
    for number, emendation in enumerate(emendations, start=1):
        if emendation.offset in places:
            rows += _note(number, emendation, *places[emendation.offset])
    return "\n".join(rows) + "\n" if rows else ""


def _note(number: int, one: Emendation, written: Written, index: int) -> list[str]:
    plain = written.inline.plain.strip()
    index -= len(written.inline.plain) - len(written.inline.plain.lstrip())
    quote = _text(one.sic)
    if plain.count(one.sic) > 1:
        occurrence = plain[: index + len(one.sic)].count(one.sic)
        quote = f"{{ zh: {{ exact: {_text(one.sic)}, occurrence: {occurrence} }} }}"
    return [
        f"- id: sic-{number}",
        f"  at: {written.segment.id}",
        f"  quote: {quote}",
        "  layer: 校",
        f"  sic: {_text(one.sic)}",
        f"  corr: {_text(one.corr)}",
        "  resp: import",
        f"  evidence: {_text(one.evidence)}",
        "  proposed: true",
        f"  zh: {_text(f'“{one.sic}”疑當作“{one.corr}”。')}",
    ]


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
