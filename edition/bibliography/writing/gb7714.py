"""A BibLaTeX file in the form that biblatex-gb7714-2015 wants: one name a person with ``and``
between, Chinese names without a comma, bodies in braces, addresses raw, dates in ISO form, the
language of every entry, and originals with their translations linked by ``related``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product

from edition.bibliography.types import Entry, Field
from edition.bibliography.values import Person, compact, entry_text, iso, language, persons
from edition.bibliography.writing.dialect import PRIVATE

_NAMES = ("author", "editor", "translator", "bookauthor", "annotator", "commentator")
_NAMED = {"journal": "journaltitle", "address": "location", "school": "institution"}
_CROWD = 12  # entries with one place: no pair of twins, but something like "pages 1-2, 2020"
_LANGUAGES = {"zh": "chinese", "en": "english"}


def write(entries: Iterable[Entry]) -> str:
    """The profile of the entries, in their order, with twins linked."""
    listed = tuple(entries)
    links = twins(listed)
    return "\n".join(entry_text(profile(one, links.get(one.key, ()))) for one in listed)


def profile(entry: Entry, related: Sequence[str] = ()) -> Entry:
    """One entry in that form. What it has no rule for stays as it is."""
    fields: dict[str, str] = {}
    for field in entry.fields:
        if field.name in PRIVATE:
            continue
        name = _NAMED.get(field.name, field.name)
        if name in fields or (name in entry and name != field.name):
            name = field.name
        value = field.value
        if name in _NAMES:
            value = _persons(value)
        elif name in ("date", "urldate", "origdate", "eventdate"):
            value = value if re.fullmatch(r"[\d/.-]+", value) else iso(value) or value
        elif name == "pages":
            value = re.sub(r"\s*(?:--+|–|—)\s*", "-", value)
        fields[name] = value
    fields.setdefault("langid", _LANGUAGES[language(entry)])
    if related:
        known = [one.strip() for one in fields.get("related", "").split(",") if one.strip()]
        fields["related"] = ",".join(dict.fromkeys([*known, *related]))
    return Entry(entry.key, entry.type, tuple(Field(*pair) for pair in fields.items()))


def _persons(value: str) -> str:
    made = [_person(one) for one in persons(value)]
    if re.search(r"\band\s+others\s*$", value):
        made.append("others")
    return " and ".join(made)


def _person(one: Person) -> str:
    if one.body:
        return one.raw if one.raw.startswith("{") else f"{{{one.raw}}}"
    if one.han:
        return one.raw if "·" in one.raw else one.family + one.given
    return one.raw


# --- originals and translations ---------------------------------------------------------------


def twins(entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """Entries that are one work in two languages: the same DOI, or ``origtitle`` the title of the
    other, or the same year, volume or number, and pages, and an author whose Chinese name is the
    other's in pinyin."""
    places: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        doi = entry.get("doi").lower()
        if doi:
            places["doi", doi].append(entry)
        year = (entry.get("year") or entry.get("date"))[:4]
        pages = re.sub(r"\D+", "-", entry.get("pages"))
        issue = re.sub(r"\D+", "-", f"{entry.get('volume')}/{entry.get('number')}")
        if year and "-" in pages.strip("-"):
            places[year, issue, pages].append(entry)
        for name in ("title", "origtitle"):
            if entry.get(name):
                places["work", compact(entry.get(name))].append(entry)
    links: dict[str, list[str]] = defaultdict(list)
    for place, group in places.items():
        if len(group) > _CROWD:
            continue
        for ours, theirs in product(group, group):
            if language(ours) != "zh" or language(theirs) == "zh" or theirs.key in links[ours.key]:
                continue
            if place[0] in ("doi", "work") or _same_author(ours, theirs):
                links[ours.key].append(theirs.key)
                links[theirs.key].append(ours.key)
    return {key: tuple(keys) for key, keys in links.items() if keys}


def _same_author(chinese: Entry, western: Entry) -> bool:
    """Whether the first author of one is that of the other in pinyin."""
    ours, theirs = persons(chinese.get("author")), persons(western.get("author"))
    if not ours or not theirs or not ours[0].han:
        return False
    from pypinyin import lazy_pinyin

    name = _letters("".join(lazy_pinyin(ours[0].family + ours[0].given, v_to_u=False)))
    told = theirs[0]
    forms = {_letters(told.family + told.given), _letters(told.given + told.family)}
    return name in forms


def _letters(text: str) -> str:
    return re.sub("[^a-z]", "", text.lower().replace("ü", "v"))
