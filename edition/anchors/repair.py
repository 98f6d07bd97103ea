"""A lemma of a notes file replaced by another, as YAML."""

from __future__ import annotations

import json
import re
import unicodedata

from edition.diagnostics import Fix
from edition.model import Lemma
from edition.source import Span

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~.\d][^:#,\[\]{}\n]*(?<!\s)")
_WORDS = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])


def scalar(text: str) -> str:
    """``text`` as a YAML scalar that may stand in a flow mapping. A JSON string is one."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def same_letters(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but punctuation, spaces, case and width."""

    def letters(text: str) -> list[str]:
        return [char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum()]

    return letters(one) == letters(other) != []


def edges_as(quote: str, text: str) -> str:
    """``text`` without spaces and punctuation at its ends that ``quote`` does not have there."""
    start, end = 0, len(text)
    while start < end and not text[start].isalnum() and text[start] != quote[:1]:
        start += 1
    while start < end and not text[end - 1].isalnum() and text[end - 1] != quote[-1:]:
        end -= 1
    return text[start:end]


def fix(lemma: Lemma, text: str, *, safe: bool = False) -> Fix:
    """Replace the lemma in the notes file by ``text``, quoted as the place needs."""
    span, new = lemma.span, scalar(text)
    before = span.file.text[span.start - 1 : span.start]
    after = span.file.text[span.end : span.end + 1]
    if before == after == '"' and span.text[:1] != '"':  # the span lies inside the quotes
        span = Span(span.file, span.start - 1, span.end + 1)
        new = json.dumps(text, ensure_ascii=False)
    elif before == after == "'" and span.text[:1] != "'":
        new = text.replace("'", "''")
    return Fix(span, new, f"change the lemma to “{text}”", safe=safe)
