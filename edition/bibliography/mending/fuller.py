"""Foreign authors that a Chinese list names by family name alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from edition.bibliography.types import Change, Context, Library, Tier
from edition.bibliography.values import DOT, compact, persons

FIELDS = ("author", "editor", "translator")


def fuller_names(library: Library, context: Context) -> Iterator[Change]:
    """羅德里克, where the edition knows one person of that name: 丹尼·羅德里克. Proposed."""
    known: dict[str, list[str]] = defaultdict(list)
    for name in context.names:
        family = DOT.split(name)[-1]
        if family != name:
            known[compact(family)].append(name)
    for entry in library.entries if known else ():
        for field in FIELDS:
            value = entry.get(field)
            for one in persons(value):
                held = known.get(compact(one.raw), []) if one.han and "{" not in one.raw else []
                if len(held) == 1:
                    yield Change(
                        entry=entry.key,
                        field=field,
                        before=value,
                        after=value.replace(one.raw, held[0], 1),
                        rule="name.fuller",
                        evidence=(f"the edition knows {held[0]}",),
                        tier=Tier.PROPOSED,
                        confidence=0.6,
                    )
