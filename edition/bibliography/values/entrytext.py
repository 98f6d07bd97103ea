"""An entry as BibTeX text."""

from __future__ import annotations

from edition.bibliography.types import Entry


def entry_text(entry: Entry) -> str:
    """An entry written anew, one field a line."""
    lines = [f"@{entry.type}{{{entry.key},"]
    lines += [f"  {one.name} = {{{safe(one.value)}}}," for one in entry.fields]
    return "\n".join([*lines, "}\n"])


def safe(value: str) -> str:
    """A value that may stand in braces: one whose own are not paired loses them."""
    depth = 0
    for one in value:
        depth += (one == "{") - (one == "}")
        if depth < 0:
            break
    return value if depth == 0 else value.replace("{", "").replace("}", "")
