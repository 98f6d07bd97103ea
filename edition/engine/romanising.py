"""Chinese authors on English pages: their names in Latin letters, kept by content."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from edition import bibliography
from edition.bibliography.types import Entry
from edition.bibliography.values import language, persons
from edition.diagnostics import Diagnostic, info
from edition.engine.cache import Cache, digest
from edition.engine.identity import file_identity
from edition.latex.bibvalues import whole

BY_PINYIN = info("REF009", "A Chinese author is cited on English pages by pinyin")

_KEEP = 24  # sets of names in the cache
_FIELDS = ("author", "editor")
_OTHER = re.compile("[\u3040-\u30ff\uac00-\ud7af]")  # kana, hangul
# what tells where a work comes from, and with it how its author's name is read
_ORIGIN = ("title", "author", "journal", "journaltitle", "booktitle", "publisher", "address",
           "location", "institution", "school", "series")  # fmt: skip
# the towns of Japan and Korea in which works are published, as libraries write them
_TOWNS = re.compile(
    "東京|东京|京都|大阪|奈良|名古屋|横浜|神戸|神戶|仙台|札幌|福岡|漢城|汉城|首爾|首尔|平壤"
)
_FOREIGN = ("japanese", "ja", "korean", "ko")


def names(
    entries: Sequence[Entry], known: Mapping[str, str], readings: Mapping[str, str], cache: Cache
) -> tuple[Mapping[str, str], list[Diagnostic]]:
    """Chinese name -> the name in Latin letters, for the authors and editors of ``entries``: as
    ``known`` has it, else by pinyin, which is told. Names of Japanese and Koreans, and of bodies,
    are not read by pinyin."""
    asked = {
        whole(person): (entry, person)
        for entry in entries if language(entry) == "zh"
        for field in _FIELDS
        for person in persons(entry.get(field)) if person.han or person.body
    }  # fmt: skip
    given = {name: known[name] for name in asked if name in known}
    unread = [name for name, (entry, _) in asked.items() if name not in given and _chinese(entry)]
    read = _read({name: asked[name][1].raw for name in unread}, readings, cache)
    found = [
        Diagnostic(
            code=BY_PINYIN,
            span=entry.span.within(0, max(1, entry.raw.find("\n"))) if entry.span else None,
            fact=f"names.toml has no English form of {name}; English pages cite “{latin}”",
            hint="confirm or correct it in source/names.toml",
        )
        for name, latin in read.items() if (entry := asked[name][0])
    ]  # fmt: skip
    return given | read, found


def _chinese(entry: Entry) -> bool:
    """Whether nothing says that the work is Japanese or Korean: language, kana or hangul in any
    of its facts, the town of its publisher."""
    town = entry.get("address") + entry.get("location")
    return (
        entry.get("langid").lower() not in _FOREIGN
        and not any(_OTHER.search(entry.get(field)) for field in _ORIGIN)
        and not _TOWNS.match(town.strip("{ "))
    )


def _read(raw: Mapping[str, str], readings: Mapping[str, str], cache: Cache) -> dict[str, str]:
    """By pinyin; the tables take longer to load than all else that is done with a list."""
    if not raw:
        return {}
    key = digest(reader(), json.dumps([dict(raw), dict(readings)], sort_keys=True))
    kept = cache.get("romanised", key)
    if kept is not None:
        return dict(json.loads(kept))
    from edition.bibliography.values import person
    from edition.bibliography.writing import by_pinyin

    made = {name: by_pinyin(person(one), readings) for name, one in raw.items()}
    found = {name: latin for name, latin in made.items() if latin}
    cache.put("romanised", key, json.dumps(found).encode())
    cache.prune("romanised", keep=_KEEP)
    return found


def reader() -> str:
    """Changes when what puts entries in order does: program, tables or dictionary."""
    folder = Path(bibliography.__file__).parent / "writing"  # which takes long to load
    dictionary = find_spec("pypinyin")
    files = [*folder.glob("*.py"), *folder.glob("data/*")]
    if dictionary and dictionary.origin:
        files.append(Path(dictionary.origin))
    return digest(*sorted(file_identity(one) for one in files))
