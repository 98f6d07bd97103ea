"""``IMPORT.md`` and ``import.json``: what was found in an article, and what became of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from edition.diagnostics import Diagnostic, in_order
from edition.importers.article import Imported

VERSION = 1


def findings(found: Sequence[Diagnostic]) -> list[dict[str, Any]]:
    """JSON-ready, in the order of the article: code, severity, line, column, message, proposal."""
    return [
        {
            "code": one.code.id,
            "severity": one.level.name.lower(),
            "line": one.span.line if one.span else None,
            "column": one.span.column if one.span else None,
            "text": one.span.text[:80] if one.span else None,
            "message": one.fact,
            "proposal": one.fix.text if one.fix else (one.hint or None),
        }
        for one in in_order(found)
    ]


def as_json(
    made: Imported, found: Sequence[Diagnostic], files: Mapping[str, str],
    blocks: Mapping[str, Mapping[str, str]],
) -> str:  # fmt: skip
    """``files``: path → hash as written; ``blocks``: path of a text → id → block, as written."""
    record = {
        "version": VERSION, "source": made.source, "encoding": made.encoding,
        "findings": findings(found), "accounted": made.accounted, "files": files, "blocks": blocks,
    }  # fmt: skip
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


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


def _of_kinds(found: Sequence[Diagnostic]) -> list[str]:
    rows: list[str] = []
    kinds: dict[str, list[Diagnostic]] = defaultdict(list)
    for one in in_order(found):
        kinds[one.code.id].append(one)
    for code, group in sorted(kinds.items(), key=lambda one: (-one[1][0].level, one[0])):
        rows += [f"## {code} {group[0].code.title} ({len(group)})", ""]
        for one in group:
            place = f"line {one.span.line}: " if one.span else ""
            hint = f" — {one.hint}" if one.hint else ""
            rows.append(f"- {place}{_line(one.fact)}{_line(hint)}")
        rows.append("")
    return rows


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
