"""``CHANGES.md`` for people and ``changes.json`` for programs: what was found, what was done."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from edition.bibliography.deciding import edit
from edition.bibliography.rules import says
from edition.bibliography.types import Change, Library, Merge, Repair, Tier
from edition.diagnostics import Diagnostic


def as_json(repair: Repair, diagnostics: Iterable[Diagnostic] = ()) -> str:
    """The stable form: ``merges``, ``changes``, ``aliases``, ``quarantined``, and ``findings``
    (diagnostics). ``tier`` is applied, proposed or refused."""
    library = repair.library
    data = {
        "merges": [_merge(one) for one in repair.merges],
        "changes": [_change(one) for one in repair.changes],
        "aliases": dict(sorted(library.aliases.items())),
        "quarantined": [
            {
                "key": one.key,
                "line": library.place(one.span).line,
                "reason": one.reason,
                "text": one.raw,
            }
            for one in library.quarantined
        ],
        "findings": [
            {"code": one.code.id, "where": one.where or one.place, "fact": one.fact}
            for one in diagnostics
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _merge(one: Merge) -> dict[str, Any]:
    return {
        "kept": one.kept,
        "merged": list(one.merged),
        "tier": str(one.tier),
        "rule": one.rule,
        "evidence": list(one.evidence),
        "confidence": round(one.confidence, 2),
        "conflicts": [
            {
                "field": c.field,
                "kept": c.kept,
                "readings": [{"entry": key, "value": value} for key, value in c.readings],
            }
            for c in one.conflicts
        ],
        "fields": dict(one.fields),
        "reason": one.reason,
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "entry": one.entry,
        "field": one.field,
        "before": one.before,
        "after": one.after,
        "tier": str(one.tier),
        "rule": one.rule,
        "evidence": list(one.evidence),
        "confidence": round(one.confidence, 2),
        "alternatives": list(one.alternatives),
        "reason": one.reason,
    }


# --- for people ------------------------------------------------------------------------------


def as_markdown(repair: Repair, diagnostics: Sequence[Diagnostic] = ()) -> str:
    """CHANGES.md. The sum of the entries stands at its head; routine changes of one rule are
    gathered, all others told one by one with their evidence."""
    library = repair.library
    parts = ["# Corrections to the bibliography", "", *_sum(repair), ""]
    parts += _section("Merged", _merges(repair.merges, Tier.APPLIED))
    parts += _section("Changed", _changes(repair.changes, Tier.APPLIED))
    parts += _section("Proposed: one work or two?", _merges(repair.merges, Tier.PROPOSED))
    parts += _section("Proposed: readings", _changes(repair.changes, Tier.PROPOSED))
    parts += _section("Conflicts recorded", _conflicts(repair.merges))
    parts += _section("To be seen to", _findings(diagnostics))
    parts += _section(
        "Kept as they are",
        [*_merges(repair.merges, Tier.REFUSED), *_changes(repair.changes, Tier.REFUSED)],
    )
    parts += _section("Set aside", _quarantined(library))
    parts += _section("Keys", _aliases(library))
    return "\n".join(parts).rstrip() + "\n"


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"## {title}", "", *lines, ""] if lines else []


def _sum(repair: Repair) -> list[str]:
    library = repair.library
    applied = [one for one in repair.merges if one.tier is Tier.APPLIED]
    merged = sum(len(one.merged) for one in applied)
    found = library.found or len(library.entries) + merged + len(library.quarantined)
    count = {tier: sum(1 for one in repair.changes if one.tier is tier) for tier in Tier}
    open_merges = sum(1 for one in repair.merges if one.tier is Tier.PROPOSED)
    return [
        f"{found} entries found = {len(library.entries)} kept + {merged} merged into others + "
        f"{len(library.quarantined)} set aside.",
        "",
        f"{count[Tier.APPLIED]} changes made, {count[Tier.PROPOSED] + open_merges} proposals open, "
        f"{count[Tier.REFUSED]} refused. `references.bib` is as it was; undo any change by a "
        "decision in `decisions.toml`.",
    ]


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("`", "´")


def _code(text: str) -> str:
    return f"`{_cell(text)}`" if text else "–"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _merges(merges: Iterable[Merge], tier: Tier) -> list[str]:
    held = [one for one in merges if one.tier is tier]
    if not held:
        return []
    lines = [_row("kept", "others", "why", "evidence"), _row(*["---"] * 4)]
    for one in held:
        why = says(one.rule)
        evidence = "; ".join(one.evidence) + (f" ({one.reason})" if one.reason else "")
        lines.append(
            _row(
                _code(one.kept),
                ", ".join(map(_code, one.merged)),
                f"{why} (`{one.rule}`)",
                _cell(evidence),
            )
        )
    return lines


def _changes(changes: Iterable[Change], tier: Tier) -> list[str]:
    held = [one for one in changes if one.tier is tier]
    by_rule: dict[str, list[Change]] = defaultdict(list)
    for one in held:
        by_rule[one.rule].append(one)
    routine = {rule for rule, of in by_rule.items() if len(of) > 8}
    single = [one for one in held if one.rule not in routine]
    lines: list[str] = []
    if single:
        lines += [
            _row("entry", "field", "before", "after", "why", "evidence"),
            _row(*["---"] * 6),
            *map(_told, single),
        ]
    for rule in sorted(routine):
        lines += [
            "",
            f"### {says(rule)} (`{rule}`): {len(by_rule[rule])}",
            "",
            _row("entry", "field", "before", "after"),
            _row(*["---"] * 4),
        ]
        lines += [
            _row(_code(one.entry), one.field, _code(one.before), _code(one.after))
            for one in by_rule[rule]
        ]
    return lines


def _told(one: Change) -> str:
    before, after = shortened(one.before, one.after)
    also = (
        f"; or {', '.join(_code(shortened(one.before, a)[1]) for a in one.alternatives)}"
        if (one.alternatives and one.tier is Tier.PROPOSED)
        else ""
    )
    evidence = "; ".join(one.evidence) + (f" ({one.reason})" if one.reason else "")
    return _row(
        _code(one.entry),
        one.field,
        _code(before),
        _code(after) + also,
        f"{says(one.rule)} (`{one.rule}`)",
        _cell(evidence),
    )


def shortened(before: str, after: str, around: int = 24, whole: int = 72) -> tuple[str, str]:
    """Both values cut to the words round their difference; those of ``whole`` letters stay."""
    if max(len(before), len(after)) <= whole or not before:
        return before, after
    part = edit(before, after)
    start = max(0, part.start - around)
    end = min(len(before), part.end + around)
    head, tail = "…" if start else "", "…" if end < len(before) else ""
    rest = before[part.end : end]
    return (
        head + before[start:end] + tail,
        head + before[start : part.start] + part.text + rest + tail,
    )


def _conflicts(merges: Iterable[Merge]) -> list[str]:
    rows = []
    for one in merges:
        if one.tier is Tier.APPLIED:
            for conflict in one.conflicts:
                by_value: dict[str, list[str]] = defaultdict(list)
                for key, value in conflict.readings:
                    by_value[value].append(key)
                told = "; ".join(
                    f"{_code(value)} ({', '.join(keys)})" for value, keys in by_value.items()
                )
                rows.append(_row(_code(one.kept), conflict.field, _code(conflict.kept), told))
    return [_row("entry", "field", "kept", "readings"), _row(*["---"] * 4), *rows] if rows else []


def _findings(diagnostics: Sequence[Diagnostic]) -> list[str]:
    by_code: dict[str, list[Diagnostic]] = defaultdict(list)
    for one in diagnostics:
        by_code[one.code.id].append(one)
    lines: list[str] = []
    for code, found in sorted(by_code.items()):
        lines += [*([""] if lines else []), f"### {found[0].code.title} ({code}): {len(found)}", ""]
        lines += _grouped(found)
    return lines


def _grouped(found: Sequence[Diagnostic]) -> list[str]:
    """One line for the entries that lack the same, else one each."""
    by_fact: dict[str, list[str]] = defaultdict(list)
    for one in found:
        key, _, fact = one.fact.partition(": ")
        by_fact[fact].append(key)
    return [
        f"- {', '.join(map(_code, keys))}: {_text(fact)}" if fact else f"- {_text(keys[0])}"
        for fact, keys in by_fact.items()
    ]


def _text(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _quarantined(library: Library) -> list[str]:
    lines = []
    for one in library.quarantined:
        fence = "`" * max(3, max((len(run) for run in _ticks(one.raw)), default=0) + 1)
        lines += [
            f"Line {library.place(one.span).line}, {_code(one.key or '?')}: {_text(one.reason)}"
            + (" (it stays in corrected.bib as it is)" if one.stays else ""),
            "",
            f"{fence}bibtex",
            one.raw,
            fence,
            "",
        ]
    return lines


def _ticks(text: str) -> list[str]:
    import re

    return re.findall(r"`+", text)


def _aliases(library: Library) -> list[str]:
    by_kept: dict[str, list[str]] = defaultdict(list)
    for old, new in library.aliases.items():
        by_kept[new].append(old)
    if not by_kept:
        return []
    return [
        "Citations of a merged key lead to the entry that is kept.",
        "",
        *(f"- {', '.join(map(_code, old))} → {_code(new)}" for new, old in by_kept.items()),
    ]
