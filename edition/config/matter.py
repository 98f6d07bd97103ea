"""What stands before and after the text: ``[matter]``, ``[imprint]``, ``[[abbreviation]]``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from edition.config.file import SettingsFile
from edition.config.values import Abbreviation, Imprint, Matter, MatterName
from edition.source import Span

MATTER_KEYS = ("front", "back", "generated_rules")
IMPRINT_KEYS = ("series", "edition", "printing", "isbn", "price", "rights", "colophon", "lines")
ABBREVIATION_KEYS = ("short", "full")
MADE: tuple[str, ...] = get_args(MatterName)  # by the book itself
_FIRST = ("half-title", "title")  # of the book, whatever else it has
_ISBN = re.compile(r"[0-9][0-9 -]{8,17}[0-9Xx]")


def matter(settings: SettingsFile) -> Matter:
    """Order and presence of the front and back matter. Names that the book does not make itself
    are those of sections; whether there are such is seen when the texts are read."""
    usual = Matter()
    table = settings.table("matter")
    places: dict[str, Span] = {}
    front = _names(settings, table, "front", usual.front, places)
    back = _names(settings, table, "back", usual.back, places)
    for name in _FIRST:
        if name in back and "back" in table:
            settings.wrong_value(f"{name} stands before the text", "matter", "back",
                                 hint="name it under front")  # fmt: skip
            back = tuple(one for one in back if one != name)
    rules = table.get("generated_rules", False)
    if not isinstance(rules, bool):
        settings.wrong_type("generated_rules is true or false", "matter", "generated_rules")
    return Matter(front=front, back=back, generated_rules=rules is True,
                  places=tuple(places.items()))  # fmt: skip


def _names(
    settings: SettingsFile, table: Mapping[str, object], key: str, usual: tuple[str, ...],
    places: dict[str, Span],
) -> tuple[str, ...]:  # fmt: skip
    value = table.get(key)
    if value is None:
        return tuple(one for one in usual if one not in places)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        settings.wrong_type(f'{key} is a list of names: ["title", "contents", "preface"]',
                            "matter", key)  # fmt: skip
        return usual
    names: list[str] = []
    for one in value:
        if one in places:
            settings.wrong_value(f"{one} stands twice", "matter", key, hint="once is enough")
            continue
        places[one] = _place(settings, key, one)
        names.append(one)
    return tuple(names)


def _place(settings: SettingsFile, key: str, name: str) -> Span:
    """Where a name stands in its list."""
    start = settings.toml.place("matter", key)
    at = settings.toml.file.text.find(f'"{name}"', start.start)
    return start if at < 0 else settings.toml.file.span(at + 1, at + 1 + len(name))


def imprint(settings: SettingsFile) -> Imprint:
    """The facts of the imprint that are said nowhere else."""
    said = {key: settings.bilingual("imprint", key)
            for key in ("series", "edition", "printing", "price", "rights",
                        "colophon")}  # fmt: skip
    return Imprint(**said, isbn=_isbns(settings), lines=settings.several("imprint", "lines"))


def _isbns(settings: SettingsFile) -> tuple[str, ...]:
    """Numbers that are ISBN, as they are written; what is wrong with one is said."""
    value = settings.table("imprint").get("isbn", [])
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        settings.wrong_type("isbn is a text in quotes, or a list of them", "imprint", "isbn")
        return ()
    good = []
    for one in given:
        bare = re.sub(r"[ -]", "", re.sub(r"(?i)^\s*isbn[:\s]*", "", one)).upper()
        if not _ISBN.fullmatch(bare) or len(bare) not in (10, 13):
            settings.wrong_value(f"“{one}” is no ISBN", "imprint", "isbn",
                                 hint="thirteen figures, or ten")  # fmt: skip
        elif (check := check_digit(bare[:-1])) != bare[-1]:
            settings.wrong_value(f"“{one}” is no ISBN: its last figure would be {check}",
                                 "imprint", "isbn",
                                 hint="compare it with what the agency wrote")  # fmt: skip
        else:
            good.append(re.sub(r"(?i)^\s*isbn[:\s]*", "", one).strip())
    return tuple(good)


def check_digit(figures: str) -> str:
    """The last sign of the ISBN that begins with nine or twelve ``figures`` (ISO 2108)."""
    if len(figures) == 12:
        total = sum(int(one) * (3 if at % 2 else 1) for at, one in enumerate(figures))
        return str(-total % 10)
    total = sum(int(one) * (10 - at) for at, one in enumerate(figures))
    return "0123456789X"[-total % 11]


def abbreviations(settings: SettingsFile) -> tuple[Abbreviation, ...]:
    """The declared abbreviations, in order; those without a short form are said and left out."""
    value = settings.toml.data.get("abbreviation", [])
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        settings.wrong_type("write [[abbreviation]] with two brackets", "abbreviation")
        return ()
    made = []
    for number, one in enumerate(value):
        for key in one:
            if key not in ABBREVIATION_KEYS:
                settings.strange(key, ABBREVIATION_KEYS, "abbreviation", number, key)
        short, full = (settings.both(one.get(key, ""), "abbreviation", number, key)
                       for key in ABBREVIATION_KEYS)  # fmt: skip
        if not (short.zh or short.en) or not (full.zh or full.en):
            settings.lacking("an abbreviation lacks what is short or what it stands for",
                             "abbreviation", number,
                             hint='short = "GDP", full = { zh = "…", en = "…" }')  # fmt: skip
            continue
        made.append(Abbreviation(short=short, full=full))
    return tuple(made)
