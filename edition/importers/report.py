"""``IMPORT.md`` and ``import.json``: what was found in an article, and what became of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from edition.diagnostics import Diagnostic, in_order

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
    source: str, encoding: str, found: Sequence[Diagnostic], accounted: Mapping[str, Any],
    files: Mapping[str, str], blocks: Mapping[str, Mapping[str, str]],
) -> str:
    """``files``: path → hash as written; ``blocks``: path of a text → id → block, as written."""
    return json.dumps(
        {"version": VERSION, "source": source, "encoding": encoding, "findings": findings(found),
         "accounted": accounted, "files": files, "blocks": blocks},
        ensure_ascii=False, indent=1) + "\n"  # fmt: skip


def as_markdown(
    source: str, encoding: str, found: Sequence[Diagnostic], accounted: Mapping[str, Any],
    counts: Mapping[str, int], changes: str,
) -> str:
    """The report that the editor reads, findings by kind and line."""
    rows = [f"# Import of {source}", ""]
    rows += [f"- {name}: {count}" for name, count in counts.items()]
    rows += [
        f"- encoding: {encoding}",
        f"- characters: {accounted['characters']} in = {accounted['kept']} kept "
        f"({accounted['rewritten']} of them in another form) + {accounted['dropped']} dropped",
        "",
    ]
    if changes:
        rows += ["## Changes to the workspace", "", "```diff", changes.rstrip("\n"), "```", ""]
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
    rows += ["## Dropped", ""]
    sums: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for drop in accounted["drops"]:
        sums[drop["reason"]].append(drop)
    for reason, drops in sums.items():
        total = sum(one["characters"] for one in drops)
        rows.append(f"- {reason}: {total} characters in {len(drops)} places")
        if not reason.startswith(("white space", "carriage")):
            rows += [f"  - line {one['line']}: `{_line(one.get('text', ''))}`" for one in drops]
    return "\n".join(rows) + "\n"


def _line(text: str) -> str:
    return text.replace("\n", " ⏎ ").replace("`", "'")
