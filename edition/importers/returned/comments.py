"""Comments of reviewers: told, and on request made into proposed notes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from edition.diagnostics import Diagnostic
from edition.importers.codes import COMMENT
from edition.importers.returned.cells import ReturnedComment
from edition.importers.returned.changes import TextPlace, known_as
from edition.model import Lang
from edition.wording import OBJECT, version

FILE = "source/notes/review{}.yaml"


def told(
    comments: Sequence[ReturnedComment], places: Mapping[tuple[Lang, str], TextPlace], name: str
) -> list[Diagnostic]:  # fmt: skip
    """What reviewers say, comment by comment; notes of the edition only where they were changed."""
    made = []
    for one in comments:
        if not one.said or (one.own and version(one.said) == one.version):
            continue
        if one.own:
            fact = f"the note {one.about} was changed in Word: {one.said}"
        else:
            answers = f" answers {one.about}" if one.about else ""
            quote = f" on “{one.quote}”" if one.quote and not one.about else ""
            fact = f"{one.author or 'a reviewer'}{answers}{quote}: {one.said}"
        made.append(Diagnostic(code=COMMENT, where=name, segment=known_as(places, one.ticket),
                               fact=fact, hint=""))  # fmt: skip
    return made


def as_notes(
    comments: Sequence[ReturnedComment], places: Mapping[tuple[Lang, str], TextPlace], layer: str,
    taken: frozenset[str],
) -> str:  # fmt: skip
    """Notes of ``layer`` that say what reviewers say, on the words that they say it of; "" where
    there are none. ``taken``: ids that notes have."""
    rows: list[str] = []
    number = 0
    for one in comments:
        place = places.get((one.ticket.lang, one.ticket.key)) if one.ticket else None
        quote = " ".join(one.quote.replace(OBJECT, " ").split())
        if one.own or one.about or not one.said or place is None:
            continue
        words = place.words.replace(OBJECT, "")
        if not quote or words.count(quote) != 1:
            quote = ""
        number += 1
        while f"review-{number}" in taken:
            number += 1
        lang = place.segment.lang
        said = f"{one.author}: {one.said}" if one.author else one.said
        rows += [
            f"- id: review-{number}",
            f"  at: {place.segment.id}",
            f"  layer: {_text(layer)}",
            f"  quote: {{ {lang}: {_text(quote or _first(words))} }}",
            "  proposed: true",
            f"  {lang}: {_text(_escaped(said))}",
        ]
    return "\n".join(rows) + "\n" if rows else ""


def _first(words: str) -> str:
    """Words at the head of a text that stand in it once."""
    for length in range(1, len(words) + 1):
        if words.count(words[:length]) == 1 and not words[length : length + 1].isalnum():
            return words[:length]
    return words


def _escaped(text: str) -> str:
    from edition.importers.tei.markup import escaped, guarded

    return guarded(escaped(text))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
