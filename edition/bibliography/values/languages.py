"""The language of an entry."""

from __future__ import annotations

import re

from edition.bibliography.types import Entry
from edition.characters import IS_EAST_ASIAN
from edition.model import Lang

_LETTER = re.compile(r"[A-Za-z]+")
_CHINESE = ("chinese", "zh", "schinese", "tchinese", "zh-hans", "zh-hant", "zh-cn", "zh-tw",
            "中文", "cn", "zho", "chi", "japanese", "ja", "korean", "ko")  # fmt: skip


def language(entry: Entry) -> Lang:
    """Of an entry: as it says itself, else by the script of its title, names and publisher.
    Japanese and Korean are set by Chinese rules here."""
    said = entry.get("langid").strip().lower()
    if said:
        return "zh" if said in _CHINESE else "en"
    for name in ("title", "author", "editor", "journal", "journaltitle", "booktitle",
                 "publisher", "institution", "organization", "school"):  # fmt: skip
        value = entry.get(name)
        if value:
            return _script(value)
    return "en"


def _script(value: str) -> Lang:
    """Chinese where a Han character (or kana, hangul) stands for every three words or more often:
    an English title may quote one."""
    asian = len(IS_EAST_ASIAN.findall(value))
    return "zh" if asian * 3 > len(_LETTER.findall(value)) and asian else "en"
