"""CSL-JSON, the format of Zotero, pandoc and citeproc: written, and read back.

What CSL has no variable for stands under ``custom`` as CSL 1.0.2 allows: the BibTeX type and field
names where they can't be told from CSL's, and fields of other kinds. So reading a file back gives
the same entries; TeX has become characters, italics and case protection CSL's own markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from edition.bibliography.types import Entry, Field
from edition.bibliography.values import (
    Person,
    decoded,
    iso,
    language,
    person,
    persons,
    tags,
    unmath,
)
from edition.bibliography.values import cslterms as terms

_SIGN = re.compile(r"\\(?=[^A-Za-z])")  # left by the decoder where a formula never ends
_LANGUAGES = {"zh": "zh", "en": "en"}
_DASH = re.compile(r"\s*(?:--+|[–—‑‒−])\s*")


def write(entries: Iterable[Entry]) -> str:
    """CSL-JSON of the entries, in their order."""
    items = [item(one) for one in entries]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def item(entry: Entry) -> dict[str, Any]:
    """One entry as a CSL item."""
    made: dict[str, Any] = {"id": entry.key, "type": terms.TYPES.get(entry.type, "document")}
    custom: dict[str, Any] = {}
    if terms.BACK.get(made["type"]) != entry.type:
        custom["type"] = entry.type
    fields: dict[str, str] = {}
    for field in entry.fields:
        variable = terms.VARIABLE.get(field.name, "")
        if field.name in terms.NAMES:
            made[terms.NAMES[field.name]] = names(field.value)
            if re.search(r"\band\s+others\s*$", field.value):
                custom.setdefault("others", []).append(terms.NAMES[field.name])
        elif field.name in terms.DATES:
            _date(made, custom, field, entry)
        elif variable and variable not in made:
            value = field.value if field.name in terms.VERBATIM else rich(field.value)
            made[variable] = _DASH.sub("-", value) if variable == "page" else value
            if terms.usual(entry.type, variable) != field.name:
                custom.setdefault("fields", {})[variable] = field.name
        elif (
            field.name in ("langid", "language")
            and "language" not in made
            and tags.tag(field.value)
        ):
            made["language"] = tags.tag(field.value)
            if tags.name(made["language"]) != field.value or field.name != "langid":
                custom.setdefault("fields", {})["language"] = f"{field.name}={field.value}"
        else:
            fields[field.name] = field.value
    if "language" not in made:
        made["language"] = _LANGUAGES[language(entry)]
        custom["language"] = "detected"
    if fields:
        custom["other"] = fields
    if custom:
        made["custom"] = custom
    return made


# --- dates ------------------------------------------------------------------------------------

_PARTS = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def _date(made: dict[str, Any], custom: dict[str, Any], field: Field, entry: Entry) -> None:
    variable = terms.DATE_VARIABLE[field.name]
    if variable in made or (field.name == "year" and "date" in entry):
        custom.setdefault("other", {})[field.name] = field.value
        return
    value: dict[str, Any] = {"literal": field.value}
    ends = [_PARTS.fullmatch(one) for one in field.value.split("/")]
    full = iso(field.value)
    if all(ends) and len(ends) <= 2:
        parts = [[int(one) for one in end.groups() if one] for end in ends if end]
        value = {"date-parts": parts}
    elif full:
        value = {"date-parts": [[int(one) for one in full.split("-")]]}
    made[variable] = value
    bare = variable == "issued" and len(value.get("date-parts", [[0, 0]])[0]) == 1
    if field.name != ("year" if bare else terms.usual_date(variable)):
        custom.setdefault("fields", {})[variable] = field.name


# --- names ------------------------------------------------------------------------------------


def names(value: str) -> list[dict[str, str]]:
    """CSL names of a field: family and given, of a body ``literal``."""
    return [_name(one) for one in persons(value)]


def _name(one: Person) -> dict[str, str]:
    raw = rich(one.raw.strip("{}") if one.body else one.raw, markup=False)
    if one.body:
        return {"literal": raw}
    if one.han and ("·" in raw or raw in terms.NOBODY):
        return {"literal": raw}  # a foreign name in Chinese has its family name last
    told = person(raw)
    return {"family": told.family} | ({"given": told.given} if told.given else {})


# --- text -------------------------------------------------------------------------------------

_CLOSING = {"<i>": "</i>", "<b>": "</b>", "<sup>": "</sup>", "<sub>": "</sub>"}
_GROUP = re.compile(
    r"\\(textit|emph|mkbibemph|textbf|textsc|textsuperscript|textsubscript)\s*\{|[{}]"
)
_ACCENT = re.compile(r"\\(?:[^A-Za-z\s]|[A-Za-z]+)\s*\Z")


def rich(value: str, *, markup: bool = True) -> str:
    """A value in CSL's markup: braces protect case as ``nocase`` does. Accents of TeX are
    characters; braces about the whole value or within a command of an accent are left out."""
    value = unmath(value)
    marks: list[str] = []
    out: list[str] = []
    at = 0
    for found in _GROUP.finditer(value):
        out.append(value[at : found.start()])
        at = found.end()
        if found.group() == "}":
            out.append(marks.pop() if marks else "")
            continue
        before = value[: found.start()]
        tag = terms.MARKUP[found[1] or ""]
        accent = not found[1] and (
            value.startswith("\\", at) or _ACCENT.search(before, max(0, len(before) - 40))
        )
        if not markup or accent:
            # an accent or its argument: left to the decoder
            out.append(found.group() if not found[1] else "")
            marks.append("}" if not found[1] else "")
            continue
        out.append(tag)
        marks.append(_CLOSING.get(tag, "</span>"))
    out.append(value[at:])
    text = "".join(out)
    if "\\" in text:
        text = decoded(text)
    text = _SIGN.sub("", text).replace("{", "").replace("}", "")
    if "://" not in text:
        text = text.replace("~", "\u00a0")
    return re.sub(r"[ \t\n]+", " ", text).strip()
