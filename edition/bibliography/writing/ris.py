"""RIS, the format of EndNote and reference databases: written.

Fields that RIS has no tag for stand as notes, ``N1  - name: value``, and are read back from there;
the BibTeX type and key as ``M3`` and ``ID``; what this program keeps for itself is left out. RIS is
plain text: TeX has become characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from edition.bibliography.types import Entry, Field
from edition.bibliography.values import NOBODY, iso, tags
from edition.bibliography.values import risterms as terms
from edition.bibliography.writing.csl import names, rich
from edition.characters import has_han

_PEOPLE = {"author": "AU", "editor": "A2", "translator": "A4"}
_PRIVATE = frozenset(("foundin", "citedas", "ids", "sortkey", "sortname", "crossref", "related"))
_RANGE = re.compile(r"([^\s–—-]+)\s*(?:--?|–|—)\s*([^\s–—-]+)")


def write(entries: Iterable[Entry]) -> str:
    """RIS records of the entries, in their order."""
    return "\n".join(_record(one) for one in entries)


def _record(entry: Entry) -> str:
    lines = [f"TY  - {terms.TYPES.get(entry.type, 'GEN')}", f"ID  - {entry.key}"]
    used: set[str] = set()
    kind = terms.TYPES.get(entry.type, "GEN")
    if terms.BACK.get(kind) != entry.type:
        lines.append(f"M3  - {entry.type}")
    for field in entry.fields:
        text = field.value if field.name in terms.EXACT else rich(field.value, markup=False)
        text = re.sub(r"\s+", " ", text)
        tag = terms.TAGS.get(field.name, "")
        if field.name in _PRIVATE:
            continue
        if tag == "LA":
            text = tags.tag(field.value) or text
        if field.name in _PEOPLE:
            lines += [f"{_PEOPLE[field.name]}  - {one}" for one in _people(field.value)]
            if re.search(r"\band\s+others\s*$", field.value):
                lines.append(f"N1  - others: {field.name}")  # not an author of that name
        elif field.name in ("year", "date") and not used & {"PY"} and _dated(field.value):
            used.add("PY")
            lines += _date_lines(field)
        elif field.name == "urldate" and iso(field.value):
            lines.append(f"Y2  - {iso(field.value).replace('-', '/')}")
        elif field.name == "pages" and _RANGE.fullmatch(field.value):
            found = _RANGE.fullmatch(field.value)
            assert found is not None
            lines += [f"SP  - {found[1]}", f"EP  - {found[2]}"]
        elif field.name == "pages" and not re.search(r"[\s,–—-]", text):
            lines.append(f"SP  - {text}")
        elif tag and tag not in used:
            used.add(tag)
            lines.append(f"{tag}  - {text}")
        else:
            lines.append(f"N1  - {field.name}: {text}")
    return "\n".join([*lines, "ER  - ", ""])


def _people(value: str) -> list[str]:
    """``Family, Given``; Chinese names and bodies in one part. A body ends in a comma, as RIS has
    it for names that must not be parted."""
    made = []
    for one in names(value):
        if "literal" in one:
            foreign = "·" in one["literal"] or one["literal"] in NOBODY
            made.append(one["literal"] + ("" if foreign else ","))
        elif has_han(one["family"]):
            made.append(one["family"] + one.get("given", ""))
        else:
            made.append(", ".join(part for part in (one["family"], one.get("given", "")) if part))
    return made


def _dated(value: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(-\d{1,2}(-\d{1,2})?)?", value))


def _date_lines(field: Field) -> list[str]:
    lines = [f"PY  - {field.value[:4]}"]
    if field.name == "date":
        lines.append(f"DA  - {field.value.replace('-', '/')}")
    return lines
