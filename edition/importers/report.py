"""``IMPORT.md`` and ``import.json``: what was found in an article, and what became of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any

from edition.diagnostics import Code, Diagnostic, in_order
from edition.importers.article import Imported
from edition.importers.codes import EMENDED, OTHER_SCRIPT, REJOINED

VERSION = 2
FIRST = 4  # places of a kind that its line names


def findings(found: Sequence[Diagnostic]) -> list[dict[str, Any]]:
    """JSON-ready, in the order of the article: code, severity, line, column, message, proposal.
    What has one cause at several places is one finding, that of the first, with the number of its
    places and each of them."""
    groups: dict[tuple[str, ...], list[Diagnostic]] = defaultdict(list)
    for one in in_order(found):
        groups[_cause(one)].append(one)
    return [
        {
            "code": group[0].code.id,
            "severity": group[0].level.name.lower(),
            **_place(group[0]),
            "proposal": _proposal(group[0]),
            "count": len(group),
            "places": [_place(one) for one in group],
        }
        for group in groups.values()
    ]


def _cause(one: Diagnostic) -> tuple[str, ...]:
    """What is the same in findings that an editor judges once."""
    if one.code in (OTHER_SCRIPT, EMENDED):  # one character for one other, in whatever word
        return one.code.id, one.span.text if one.span else "", _proposal(one) or ""
    if one.code is REJOINED:
        return (one.code.id,)
    return one.code.id, one.level.name, one.fact, _proposal(one) or ""


def _proposal(one: Diagnostic) -> str | None:
    return one.fix.text if one.fix else (one.hint or None)


def _place(one: Diagnostic) -> dict[str, Any]:
    return {
        "line": one.span.line if one.span else None,
        "column": one.span.column if one.span else None,
        "text": one.span.text[:80] if one.span else None,
        "message": one.fact,
    }


def as_json(
    made: Imported, found: Sequence[Diagnostic], files: Mapping[str, str],
    blocks: Mapping[str, Mapping[str, str]],
) -> str:  # fmt: skip
    """``files``: path → hash as written; ``blocks``: path of a text → id → block, as written."""
    record = {
        "version": VERSION, "source": made.source, "encoding": made.encoding,
        "findings": findings(found), "accounted": made.accounted, "files": files, "blocks": blocks,
    }  # fmt: skip
    return _indented(record) + "\n"


def _indented(value: Any, lead: str = "\n") -> str:
    """As ``json.dumps(value, ensure_ascii=False, indent=1)``, in a fourth of the time."""
    made = type(value)
    if made is str:
        return encode_basestring(value)
    if made is int:
        return str(value)
    inner = lead + " "
    if value and isinstance(value, Mapping):
        rows = [f"{encode_basestring(name)}: {_indented(one, inner)}"
                for name, one in value.items()]  # fmt: skip
        return f"{{{inner}{f',{inner}'.join(rows)}{lead}}}"
    if value and isinstance(value, list | tuple):
        rows = [_indented(one, inner) for one in value]
        return f"[{inner}{f',{inner}'.join(rows)}{lead}]"
    return json.dumps(value, ensure_ascii=False)


def as_markdown(made: Imported, found: Sequence[Diagnostic], changes: str) -> str:
    """The report that the editor reads, findings by kind and line. ``changes``: a unified diff
    against the workspace as it was."""
    accounted = made.accounted
    rows = [f"# Import of {made.source}", ""]
    rows += [f"- {name}: {count}" for name, count in made.counts.items()]
    rows += [
        f"- encoding: {made.encoding}",
        f"- characters: {accounted['characters']} in = {accounted['kept']} kept "
        f"({accounted['rewritten']} of them in another form) + {accounted['dropped']} dropped",
        "",
    ]
    if changes:
        rows += ["## Changes to the workspace", "", "```diff", changes.rstrip("\n"), "```", ""]
    return "\n".join([*rows, *_of_kinds(found), *_of_drops(accounted["drops"])]) + "\n"


@dataclass(frozen=True, slots=True)
class FindingKind:
    """The findings of one code, in the order of the article."""

    code: Code
    found: tuple[Diagnostic, ...]

    def line(self) -> str:
        """The kind with its count and its first places (line:column)."""
        spans = [one.span for one in self.found if one.span]
        places = ", ".join(f"{one.line}:{one.column}" for one in spans[:FIRST])
        more = " …" if len(spans) > FIRST else ""
        at = f" at {places}{more}" if places else ""
        level = self.found[0].level.name.lower()
        return f"{level} {self.code.id} {self.code.title}: {len(self.found)}{at}"


def kinds(found: Sequence[Diagnostic]) -> list[FindingKind]:
    """The findings by kind, the gravest kinds first."""
    groups: dict[str, list[Diagnostic]] = defaultdict(list)
    for one in in_order(found):
        groups[one.code.id].append(one)
    made = [FindingKind(group[0].code, tuple(group)) for group in groups.values()]
    return sorted(made, key=lambda kind: (-kind.found[0].level, kind.code.id))


def _of_kinds(found: Sequence[Diagnostic]) -> list[str]:
    rows: list[str] = []
    for kind in kinds(found):
        rows += [f"## {kind.code.id} {kind.code.title} ({len(kind.found)})", ""]
        alike: dict[tuple[str, str], list[Diagnostic]] = defaultdict(list)
        for one in kind.found:
            alike[one.fact, one.hint].append(one)
        rows += [_row(fact, hint, group) for (fact, hint), group in alike.items()]
        rows.append("")
    return rows


def _row(fact: str, hint: str, group: Sequence[Diagnostic]) -> str:
    """What is said of several places alike, once, with the lines of all."""
    lines = list(dict.fromkeys(str(one.span.line) for one in group if one.span))
    place = f"line{'s' if len(lines) > 1 else ''} {', '.join(lines)}: " if lines else ""
    often = f" ({len(group)} times)" if len(group) > 1 else ""
    said = f" — {_line(hint)}" if hint else ""
    return f"- {place}{_line(fact)}{often}{said}"


def _of_drops(found: Sequence[Mapping[str, Any]]) -> list[str]:
    rows = ["## Dropped", ""]
    sums: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for drop in found:
        sums[drop["reason"]].append(drop)
    for reason, drops in sums.items():
        total = sum(one["characters"] for one in drops)
        rows.append(f"- {reason}: {total} characters in {len(drops)} places")
        if not reason.startswith(("white space", "carriage")):
            rows += [f"  - line {one['line']}: `{_line(one.get('text', ''))}`" for one in drops]
    return rows


def _line(text: str) -> str:
    return text.replace("\n", " ⏎ ").replace("`", "'")
