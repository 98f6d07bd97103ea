"""``CHANGES.html``: the account of a repair as one page that needs no network.

It has what ``CHANGES.md`` and ``changes.json`` have, from the same :class:`Repair`: each change
with both readings side by side and their differences marked, its rule, tier and evidence, each
merge with its conflicts, the findings, what is set aside, and the entries as they are now. A filter
by rule and tier and a search are a few lines of script in the page; without script everything is
shown.
Every word of the list is escaped, and a policy in the page forbids anything from outside.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from html import escape

from edition import templates
from edition.bibliography.rules import says
from edition.bibliography.types import Change, Entry, Merge, Repair, Tier
from edition.bibliography.values import entry_text
from edition.diagnostics import Diagnostic

TEMPLATE = "changes.html"
_LONG = 250_000
_TIERS = {Tier.APPLIED: "made", Tier.PROPOSED: "proposed", Tier.REFUSED: "kept as it was"}


def as_html(
    repair: Repair, diagnostics: Sequence[Diagnostic] = (), *, name: str = "references.bib"
) -> str:
    """The page. ``name``: the file that was read, as its reader knows it."""
    entries = _known(repair)
    touched = {one.entry for one in repair.changes} | {
        key for one in repair.merges for key in (one.kept, *one.merged)
    }  # fmt: skip
    touched |= {repair.library.aliases.get(one, one) for one in touched}
    entries = {key: place for key, place in entries.items() if key in touched}
    rows = [*(_change(one, entries) for one in repair.changes),
            *(_merge(one, entries) for one in repair.merges)]  # fmt: skip
    counted = Counter([*(one.rule for one in repair.changes), *(one.rule for one in repair.merges)])
    options = [f'<option value="{_attr(rule)}">{_text(says(rule))} ({rule}): {count}</option>'
               for rule, count in sorted(counted.items())]  # fmt: skip
    values = {
        "name": _text(name),
        "sum": _text(_sum(repair)),
        "rules": "".join(options),
        "rows": "\n".join(rows),
        "findings": _findings(diagnostics),
        "aside": _aside(repair),
        "entries": "\n".join(
            _entry(one, entries[one.key]) for one in repair.library.entries if one.key in touched
        ),
    }
    page = templates.shipped(TEMPLATE).read_text("utf-8")
    values["policy"] = _policy(page)
    for key, value in values.items():
        page = page.replace(f"<!--{key}-->", value)
    return page


def _policy(page: str) -> str:
    """What the page may load: its own style, and the one script it was written with."""
    script = page.partition("<script>")[2].partition("</script>")[0]
    known = b64encode(sha256(script.encode("utf-8")).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{known}'"


def _known(repair: Repair) -> dict[str, str]:
    """Key of each entry that is kept, and of those merged into it -> the id of its place."""
    ids = {one.key: f"e{number}" for number, one in enumerate(repair.library.entries, 1)}
    return ids | {old: ids[new] for old, new in repair.library.aliases.items() if new in ids}


# Characters that cannot be seen, and those that turn the direction of what follows.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _text(text: str) -> str:
    """Text of the list as HTML. Signs that turn the direction of what follows are named."""
    return escape(_ODD.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text), quote=True)


_attr = _text


def _link(key: str, entries: dict[str, str]) -> str:
    place = entries.get(key)
    shown = f"<code>{_text(key)}</code>"
    return f'<a href="#{place}">{shown}</a>' if place else shown


def _row(rule: str, tier: Tier, place: str, body: str, evidence: Iterable[str], reason: str) -> str:
    told = "".join(f"<li>{_text(one)}</li>" for one in evidence)
    why = f'<p class="reason">{_text(reason)}</p>' if reason else ""
    return (
        f'<article data-rule="{_attr(rule)}" data-tier="{tier.value}">'
        f'<header>{place} <span class="tier {tier.value}">{_TIERS[tier]}</span> '
        f'<span class="rule">{_text(says(rule))} <code>{_text(rule)}</code></span></header>'
        f"{body}<ul>{told}</ul>{why}</article>"
    )


def _change(one: Change, entries: dict[str, str]) -> str:
    before, after = marked(one.before, one.after)
    also = "".join(
        f'<td class="after">or {marked(one.before, other)[1]}</td>'
        for other in (one.alternatives if one.tier is Tier.PROPOSED else ())
    )
    table = (
        f'<table><tr><td class="before">{before or "<i>nothing</i>"}</td>'
        f'<td class="after">{after or "<i>nothing</i>"}</td>{also}</tr></table>'
    )
    place = f"{_link(one.entry, entries)} · {_text(one.field)}"
    return _row(one.rule, one.tier, place, table, one.evidence, one.reason)


def _merge(one: Merge, entries: dict[str, str]) -> str:
    joined = ", ".join(_link(key, entries) for key in one.merged)
    rows = "".join(
        f"<tr><th>{_text(each.field)}</th><td>{_text(each.kept)}</td><td>"
        + "<br>".join(
            f"{_text(key)}: {marked(each.kept, value)[1]}" for key, value in each.readings
        )
        + "</td></tr>"
        for each in one.conflicts
    )
    table = f"<table><tr><th>field</th><th>kept</th><th>readings</th></tr>{rows}</table>"
    place = f"{_link(one.kept, entries)} ← {joined}"
    return _row(one.rule, one.tier, place, table if rows else "", one.evidence, one.reason)


def marked(before: str, after: str) -> tuple[str, str]:
    """Both values as HTML, each with the letters that the other lacks marked."""
    left: list[str] = []
    right: list[str] = []
    whole = len(before) * len(after) > _LONG  # word by word: letters would take too long
    old_parts = re.findall(r"\s+|\w+|.", before, re.DOTALL) if whole else [*before]
    new_parts = re.findall(r"\s+|\w+|.", after, re.DOTALL) if whole else [*after]
    if len(old_parts) * len(new_parts) > 16 * _LONG:  # word by word it would too
        return f"<del>{_text(before)}</del>", f"<ins>{_text(after)}</ins>"
    same = SequenceMatcher(None, old_parts, new_parts, autojunk=False)
    for kind, a, b, c, d in same.get_opcodes():
        old, new = _text("".join(old_parts[a:b])), _text("".join(new_parts[c:d]))
        if kind == "equal":
            left.append(old)
            right.append(new)
            continue
        if old:
            left.append(f"<del>{old}</del>")
        if new:
            right.append(f"<ins>{new}</ins>")
    return "".join(left), "".join(right)


def _sum(repair: Repair) -> str:
    library = repair.library
    merged = sum(len(one.merged) for one in repair.merges if one.tier is Tier.APPLIED)
    found = library.found or len(library.entries) + merged + len(library.quarantined)
    return (
        f"{found} entries found = {len(library.entries)} kept + {merged} merged into others + "
        f"{len(library.quarantined)} set aside"
    )


def _findings(diagnostics: Sequence[Diagnostic]) -> str:
    """The findings by kind, each kind folded."""
    parts: list[str] = []
    by_code: dict[str, list[Diagnostic]] = {}
    for one in diagnostics:
        by_code.setdefault(one.code.id, []).append(one)
    for code, found in sorted(by_code.items()):
        items = "".join(
            f"<li>{_text(one.fact)} <small>{_text(one.place or one.where)}</small></li>"
            for one in found
        )
        parts.append(
            f"<details><summary>{_text(found[0].code.title)} ({code}): {len(found)}</summary>"
            f"<ul>{items}</ul></details>"
        )
    return "\n".join(parts) or "<p>nothing</p>"


def _aside(repair: Repair) -> str:
    return "\n".join(
        f"<details open><summary>line {repair.library.place(one.span).line}: {_text(one.reason)}"
        f"</summary><pre>{_text(one.raw)}</pre></details>"
        for one in repair.library.quarantined
    ) or "<p>nothing</p>"  # fmt: skip


def _entry(one: Entry, place: str) -> str:
    return f'<section id="{place}"><pre>{_text(entry_text(one))}</pre></section>'
