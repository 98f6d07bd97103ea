"""``bib/decisions.toml``: the editor's word on proposals, each with a reason.

    [[decision]]
    verdict = "accept"            # accept | refuse | set | distinct | merge
    entries = ["huang2024"]
    field = "author"
    before = "黃宁 and 章添香"      # what the field held when it was decided
    value = "黃寧 and 章添香"       # of set; of accept, which of several readings
    rule = "name.in-text"         # optional: the rule meant
    reason = "the journal's contents page"

``distinct`` keeps entries apart, ``merge`` joins them (the first is kept). A decision about a
field that no longer holds ``before`` is stale: it is told and not followed.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from typing import Any, get_args

from edition.bibliography.types import BibliographyDecision, Library
from edition.diagnostics import Diagnostic, Outcome, error, warning
from edition.source import SourceFile
from edition.tomlfile import MalformedError, Toml, tables
from edition.tomlfile import read as read_toml

STALE = warning("REP001", "A decision is stale")
MALFORMED = error("REP002", "A decision cannot be read")
UNKNOWN = warning("REP003", "A decision speaks of an entry that is not there")

VERDICTS: tuple[str, ...] = get_args(BibliographyDecision.__dataclass_fields__["verdict"].type) or (
    "accept",
    "refuse",
    "set",
    "distinct",
    "merge",
)
TEXTS = ("verdict", "field", "before", "value", "rule", "reason")


def read(source: SourceFile) -> Outcome[tuple[BibliographyDecision, ...]]:
    """The decisions of the file. One that can't be read is a diagnostic and is left out."""
    try:
        toml = read_toml(source)
    except MalformedError as failed:
        found = Diagnostic(
            code=MALFORMED, span=failed.span, fact=str(failed), hint="no decision was followed"
        )
        return Outcome((), (found,))
    told: list[BibliographyDecision] = []
    listed, strange = tables(toml, "decision")
    wrong = [
        Diagnostic(code=MALFORMED, span=span, fact=fact, hint="see docs/bibliography.md")
        for span, fact in strange
    ]
    for number, table in enumerate(listed):
        fault = _fault(table)
        if fault:
            wrong.append(
                Diagnostic(
                    code=MALFORMED,
                    span=toml.place("decision", number),
                    fact=fault,
                    hint="see docs/bibliography.md",
                )
            )
        else:
            told.append(_decision(table, toml, number))
    return Outcome(tuple(told), tuple(wrong))


def _fault(table: Any) -> str:
    if not isinstance(table, dict):
        return "a decision is a table"
    unknown = sorted(set(table) - {*TEXTS, "entries"})
    if unknown:
        return f"“{unknown[0]}” is not known in a decision"
    if any(not isinstance(table.get(name, ""), str) for name in TEXTS):
        return "the fields of a decision are texts"
    entries = table.get("entries")
    if (
        not isinstance(entries, list)
        or not entries
        or not all(isinstance(one, str) for one in entries)
    ):
        return 'a decision names its entries: entries = ["key", …]'
    verdict = table.get("verdict", "")
    if verdict not in VERDICTS:
        return f"the verdict “{verdict}” is none of {', '.join(VERDICTS)}"
    if verdict in ("distinct", "merge") and len(entries) < 2:
        return f"{verdict} needs two entries"
    if verdict == "set" and not table.get("field"):
        return "set needs the field"
    if verdict in ("accept", "refuse") and len(entries) == 1 and not table.get("field"):
        return f"{verdict} needs the field, or the entries of a merge"
    return ""


def _decision(table: dict[str, Any], toml: Toml, number: int) -> BibliographyDecision:
    texts = {name: table.get(name, "") for name in TEXTS}
    return BibliographyDecision(
        entries=tuple(table["entries"]), span=toml.place("decision", number), **texts
    )


def check(
    decisions: Iterable[BibliographyDecision], library: Library, matched: frozenset[int]
) -> list[Diagnostic]:
    """What can't be followed: ``library`` is the merged one, ``matched`` the positions of the
    decisions that met a change or a merge."""
    found = []
    known = library.by_key()
    merged = library.aliases
    for number, one in enumerate(decisions):
        missing = [key for key in one.entries if key not in known and key not in merged]
        if missing:
            found.append(
                Diagnostic(
                    code=UNKNOWN,
                    span=one.span,
                    fact=(f"{', '.join(missing)}: no such entry in the bibliography"),
                    hint="the key was changed or the entry dropped; amend or delete the decision",
                )
            )
        elif number not in matched:
            shown = f"{one.entries[0]}.{one.field}" if one.field else ", ".join(one.entries)
            entry = known.get(merged.get(one.entries[0], one.entries[0]))
            now = entry.get(one.field) if entry and one.field else ""
            fact = f"{one.verdict} {shown}: "
            fact += (
                f"the field now holds “{now}”, it was decided on “{one.before}”"
                if one.before and now != one.before
                else "no rule proposes this any more"
            )
            found.append(
                Diagnostic(
                    code=STALE,
                    span=one.span,
                    fact=fact,
                    hint="look at the entry again, then renew or drop it",
                )
            )
    return found


def write(decisions: Iterable[BibliographyDecision]) -> str:
    """The decisions as TOML, one table each, empty fields left out."""
    parts = []
    for one in decisions:
        lines = [
            "[[decision]]",
            f"verdict = {_quote(one.verdict)}",
            f"entries = [{', '.join(map(_quote, one.entries))}]",
        ]
        lines += [
            f"{name} = {_quote(getattr(one, name))}" for name in TEXTS[1:] if getattr(one, name)
        ]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def append(text: str, decisions: Iterable[BibliographyDecision]) -> str:
    """The text of the file with ``decisions`` after it; comments and order stay. Raises
    ``ValueError`` where the result would be no TOML."""
    added = write(decisions)
    result = (text.rstrip("\n") + "\n\n" if text.strip() else "") + added
    tomllib.loads(result)
    return result


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
