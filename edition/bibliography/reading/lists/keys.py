"""Keys of entries that have none: family names in Latin letters, years, words of addresses."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from edition.bibliography.reading.lists.builder import ItemReading
from edition.characters import IS_HAN, has_han

# the letters of Hangul in the revised system (Ministry of Culture 2000-8)
_FIRST = (
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
)  # fmt: skip
_VOWEL = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
)  # fmt: skip
_LAST = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
)  # fmt: skip
_FAMILIES = {
    "이": "lee", "김": "kim", "박": "park", "최": "choi", "노": "noh", "임": "lim", "강": "kang",
}  # fmt: skip


def key_of(reading: ItemReading) -> str:
    """Family name and year; of a body or a title its initials and the words of the address."""
    values = {one.name: one.value for one in reading.pieces}
    year = re.search(r"\d{4}[a-z]?", values.get("year") or values.get("date") or "")
    people = values.get("author") or values.get("editor") or values.get("translator")
    if people:
        name = surname(people.split(" and ")[0])
        return f"{name}{year.group() if year else ''}" or "entry"
    body = latin(values.get("organization") or values.get("title") or "")
    initials = "".join(word[0] for word in body.split() if word)
    head = body.replace(" ", "") if len(body) <= 12 else initials
    slug = _slug(values.get("url", ""))
    return "-".join(part for part in (head, slug) if part) or "entry"


def _slug(url: str) -> str:
    """The first words of the last telling part of a URL's path."""
    try:
        path = urlsplit(url).path
    except ValueError:  # brackets that are no address
        return ""
    for part in reversed(path.split("/")):
        words = re.findall(r"[a-z]{2,}", part.lower().rsplit(".", 1)[0])
        if len(words) >= 2:
            return "-".join(words[:3])
    digits = re.findall(r"\d+", path)
    return digits[-1] if digits else ""


def surname(name: str) -> str:
    """The family name of one name, in lower-case ASCII letters; Chinese in pinyin."""
    name = re.sub(r"^[\[［〔(（][^\]］〕)）]{1,4}[\]］〕)）]\s*", "", name)  # a dynasty
    if IS_HAN.match(name):
        return latin(name[:1]).replace(" ", "")
    if name.startswith("{"):  # a body
        words = latin(name).split()
        return "".join(words) if len("".join(words)) <= 12 else "".join(one[0] for one in words)
    if re.match("[가-힣]", name):
        return _hangul(name[0])
    last = name.split(",")[0] if "," in name else name.split()[-1] if name.split() else ""
    return latin(last).replace(" ", "")


def _hangul(syllable: str) -> str:
    """A family name in Latin letters: as it is usually written, else by the revised system."""
    code = ord(syllable) - 0xAC00
    first, vowel, last = code // 588, code % 588 // 28, code % 28
    return _FAMILIES.get(syllable) or _FIRST[first] + _VOWEL[vowel] + _LAST[last]


def latin(text: str) -> str:
    """``text`` in lower-case ASCII letters and digits, words apart; Chinese in pinyin."""
    import unicodedata

    if has_han(text):
        from pypinyin import lazy_pinyin

        text = " ".join(lazy_pinyin(text))
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))
