"""CSL-JSON read: what :mod:`edition.bibliography.writing.csl` writes comes back as it was."""

from __future__ import annotations

import json
import re
from typing import Any

from edition.bibliography.types import Entry, Field
from edition.bibliography.values import cslterms as terms
from edition.bibliography.values import tags
from edition.characters import has_han


def read(text: str) -> tuple[Entry, ...]:
    """Entries of CSL-JSON. Raises ``ValueError`` where it is none."""
    items = json.loads(text)
    if not isinstance(items, list):
        raise ValueError("CSL-JSON is a list of items")
    return tuple(_entry(one) for one in items)


def _entry(one: dict[str, Any]) -> Entry:
    custom = one.get("custom") or {}
    kind = custom.get("type") or terms.BACK.get(str(one.get("type")), "misc")
    told = custom.get("fields") or {}
    found: dict[str, str] = {}
    for variable, value in one.items():
        if variable in terms.TEXTS:
            name = told.get(variable) or terms.usual(kind, variable)
            found[name] = str(value) if name in terms.VERBATIM else tex(str(value))
        elif variable in terms.NAMES.values():
            name = next(field for field, csl in terms.NAMES.items() if csl == variable)
            more = variable in (custom.get("others") or ())
            found[name] = bib_names(value) + (" and others" if more else "")
        elif variable in ("issued", "accessed", "original-date", "event-date"):
            name = _date_field(variable, value, told)
            found[name] = _date_text(value)
        elif variable == "language" and custom.get("language") != "detected":
            name, _, said = str(told.get("language") or "langid=").partition("=")
            found[name] = said or tags.name(str(value))
    found |= {str(name): str(value) for name, value in (custom.get("other") or {}).items()}
    return Entry(str(one.get("id", "")), kind, tuple(Field(*pair) for pair in found.items()))


# --- dates ------------------------------------------------------------------------------------


def _date_field(variable: str, value: Any, told: dict[str, str]) -> str:
    if variable in told:
        return told[variable]
    parts = value.get("date-parts") or [[0, 0]]
    return "year" if variable == "issued" and len(parts[0]) == 1 else terms.usual_date(variable)


def _date_text(value: Any) -> str:
    if "date-parts" not in value:
        return str(value.get("literal") or value.get("raw") or "")
    return "/".join(
        "-".join(f"{int(one):0{2 if place else 4}}" for place, one in enumerate(parts))
        for parts in value["date-parts"]
    )


# --- names ------------------------------------------------------------------------------------


def bib_names(value: Any) -> str:
    made = []
    for one in value:
        if one.get("literal"):
            bare = one["literal"] in terms.NOBODY or (
                "·" in one["literal"] and has_han(one["literal"]))  # fmt: skip
            text = tex(one["literal"])
            made.append("others" if text == "others" else text if bare else f"{{{text}}}")
            continue
        family, given = tex(one.get("family", "")), tex(one.get("given", ""))
        if has_han(family):
            made.append(family + given)
        elif given:
            made.append(f"{family}, {given}")
        else:
            made.append(f"{{{family}}}" if " " in family else family)
    return " and ".join(made)


# --- text -------------------------------------------------------------------------------------

_TEX_OPENING = {tag: name for name, tag in reversed(terms.MARKUP.items()) if name}
_TAG = re.compile(r"<(/?)(i|b|sup|sub|span)(?: [^<>]*)?>")


def tex(value: str) -> str:
    """CSL's markup back in TeX, its special characters escaped."""
    depth: list[str] = []
    out: list[str] = []
    at = 0
    for found in _TAG.finditer(value):
        out.append(_escaped(value[at : found.start()]))
        at = found.end()
        if found[1]:
            out.append(depth.pop() if depth else "")
        else:
            command = _TEX_OPENING.get(found.group(), "")
            out.append(f"\\{command}{{" if command else "{")
            depth.append("}")
    out.append(_escaped(value[at:]))
    return "".join(out) + "".join(depth)


def _escaped(text: str) -> str:
    text = re.sub(r"([&%$#_])", r"\\\1", text)
    return text.replace("\u00a0", "~")
