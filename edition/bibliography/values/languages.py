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


# what entries call the languages of works, and their BCP 47 tags
_NAMED = {
    "english": "en", "american": "en", "british": "en", "usenglish": "en", "ukenglish": "en",
    "chinese": "zh", "中文": "zh", "cn": "zh", "zho": "zh", "chi": "zh", "schinese": "zh",
    "tchinese": "zh", "japanese": "ja", "jpn": "ja", "日文": "ja", "日本語": "ja", "korean": "ko",
    "kor": "ko", "한국어": "ko", "french": "fr", "german": "de", "ngerman": "de", "italian": "it",
    "spanish": "es", "portuguese": "pt", "brazilian": "pt", "dutch": "nl", "russian": "ru",
    "latin": "la", "greek": "el", "polish": "pl", "czech": "cs", "swedish": "sv", "danish": "da",
    "norwegian": "no", "finnish": "fi", "hungarian": "hu", "turkish": "tr", "arabic": "ar",
    "hebrew": "he", "persian": "fa", "farsi": "fa", "hindi": "hi", "sanskrit": "sa",
    "tibetan": "bo", "vietnamese": "vi", "thai": "th", "mongolian": "mn", "ukrainian": "uk",
}  # fmt: skip
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
# scripts of which one language stands for nearly all that is printed, and their letters
_SCRIPTS = (
    ("ko", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"), ("ja", "\u3040-\u30ff"),
    ("ru", "\u0400-\u04ff"), ("el", "\u0370-\u03ff\u1f00-\u1fff"), ("he", "\u0590-\u05ff"),
    ("ar", "\u0600-\u06ff\u0750-\u077f"), ("hi", "\u0900-\u097f"), ("th", "\u0e00-\u0e7f"),
    ("bo", "\u0f00-\u0fff"), ("ka", "\u10a0-\u10ff"), ("hy", "\u0530-\u058f"),
)  # fmt: skip
_OF_SCRIPT = tuple((tag, re.compile(f"[{letters}]")) for tag, letters in _SCRIPTS)
_ANY_LETTER = re.compile(r"[^\W\d_]")


def work_language(entry: Entry) -> str:
    """The BCP 47 tag of the language of a work, as its entry says (``langid``, ``language``), else
    by the script of its title; "zh" for Chinese in whichever characters."""
    title = entry.get("title") or entry.get("author")
    letters = len(_ANY_LETTER.findall(title))
    said = (entry.get(name).strip().strip("{}").lower() for name in ("langid", "language"))
    tag = next((tag for one in said if one and (tag := _named(one))), "")
    if tag:
        romanised = tag in ("zh", "ja", "ko") and letters and not IS_EAST_ASIAN.search(title)
        return f"{tag}-Latn" if romanised else tag
    for tag, script in _OF_SCRIPT:
        # kana stand among Han
        if len(script.findall(title)) * (8 if tag == "ja" else 2) > letters:
            return tag
    return language(entry)


def _named(said: str) -> str:
    """The tag of what an entry calls a language; "" where it is none."""
    if said in _NAMED or not _TAG.fullmatch(said):
        return _NAMED.get(said, "")
    tag = said.replace("_", "-")
    return "zh" if tag.partition("-")[0] == "zh" else tag


def _script(value: str) -> Lang:
    """Chinese where a Han character (or kana, hangul) stands for every three words or more often:
    an English title may quote one."""
    asian = len(IS_EAST_ASIAN.findall(value))
    return "zh" if asian * 3 > len(_LETTER.findall(value)) and asian else "en"
