"""Entries that a collation proposes, as the text of a file of notes.

A file that is there keeps every letter of the notes that the editor has accepted or that nothing is
added to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from edition.apparatus.collation import Difference
from edition.model import Note

HEAD = "# Made by edition collate. A note counts once its line “proposed: true” is struck out.\n\n"
_NO_ID = re.compile(r"[^\w.-]")
_NOTE = re.compile(r"^-[ \t]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ProposedEntry:
    """An entry to write: the words of ``segment`` from ``start`` to ``end``, and who reads what."""

    id: str
    segment: str
    start: int
    end: int
    readings: tuple[tuple[str, tuple[str, ...]], ...]


def proposals(readings: Sequence[tuple[Difference, tuple[str, ...]]]) -> Iterator[ProposedEntry]:
    """One proposal for each place, in order."""
    places: dict[tuple[str, int, int], list[tuple[str, tuple[str, ...]]]] = {}
    for one, sigla in readings:
        places.setdefault((one.segment, one.start, one.end), []).append((one.reading, sigla))
    for (segment, start, end), many in places.items():
        stem = _NO_ID.sub("-", segment)
        yield ProposedEntry(f"{stem}-c{start}-{end - start}", segment, start, end, tuple(many))


def note(proposal: ProposedEntry, text: str, layer: str) -> str:
    """The proposal as a note in YAML; ``text``: the plain text of its segment."""
    words = text[proposal.start : proposal.end]
    places = [at for at in range(len(text)) if text.startswith(words, at)]
    quote: dict[str, object] = {"exact": words}
    if len(places) > 1:
        quote["occurrence"] = places.index(proposal.start) + 1
    rows = "".join(f"    - {_reading(words, *one)}\n" for one in proposal.readings)
    return (
        f"- id: {_json(proposal.id)}\n  at: {_json(proposal.segment)}\n"
        f"  quote: {{zh: {_json(quote if len(quote) > 1 else words)}}}\n  layer: {_json(layer)}\n"
        f"  proposed: true\n  rdg:\n{rows}"
    )


def _json(value: object) -> str:
    """JSON is YAML, and quotes whatever YAML would take for something else."""
    return json.dumps(value, ensure_ascii=False)


def _reading(words: str, reading: str, sigla: Sequence[str]) -> str:
    fields: dict[str, object] = {"text": reading, "wit": list(sigla)}
    kind = _kind(words, reading)
    if kind:
        fields["type"] = kind
    return _json(fields)


def _kind(words: str, reading: str) -> str:
    """Type of a reading where it is plain to see."""
    if not reading:
        return "omission"
    if words != reading and sorted(words) == sorted(reading):
        return "transposition"
    if words in reading:
        return "addition"
    return ""


# --- the file -------------------------------------------------------------------------------------


def merged(
    there: str,
    notes: Mapping[str, Note],
    wanted: Sequence[tuple[str, str]],
    changed: Mapping[str, str],
) -> str:
    """A file with new notes. ``there``: what it holds; ``wanted``: (id, text) of the new ones, in
    order; ``changed``: text by id of proposed ones that have more readings now. ``notes``: those
    that the file has, by id."""
    if not there.strip():
        return HEAD + "\n".join(text for _, text in wanted)
    starts = [one.start() for one in _NOTE.finditer(there)]
    pieces = [there[: starts[0]]] if starts else [there]
    begins = {one.span.start: name for name, one in notes.items()}
    for start, end in zip(starts, [*starts[1:], len(there)], strict=True):
        piece = there[start:end]
        name = next((begins[at] for at in begins if start <= at < end), "")
        pieces.append(changed[name] + "\n" if name in changed else piece)
    body = "".join(pieces).rstrip("\n") + "\n"
    return body + "".join("\n" + text for _, text in wanted)
