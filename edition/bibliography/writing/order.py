"""The order of a list in two languages.

Chinese entries come before the others. They are ordered by the pinyin of names (syllable, tone,
strokes) or by their strokes in CLDR's order; the others by family name. Within an author by year,
then by title.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

from edition.bibliography.types import Entry
from edition.bibliography.values import data, language, persons, plain
from edition.characters import HAN, IS_EAST_ASIAN

Collation = Literal["pinyin", "stroke"]
Key = tuple[object, ...]

# Readings of characters as family names that differ from their usual ones.
_SURNAMES = {
    "單": "shan4", "单": "shan4", "仇": "qiu2", "解": "xie4", "區": "ou1", "区": "ou1",
    "查": "zha1", "曾": "zeng1", "翟": "zhai2", "任": "ren2", "葛": "ge3", "蓋": "ge3",
    "盖": "ge3", "朴": "piao2", "冼": "xian3", "洗": "xian3", "員": "yun4", "员": "yun4",
    "繁": "po2", "樂": "yue4", "乐": "yue4", "覃": "qin2", "秘": "bi4", "華": "hua4",
    "华": "hua4", "寧": "ning4", "宁": "ning4", "召": "shao4", "種": "chong2", "折": "she2",
    "那": "na1", "哈": "ha3", "黑": "he4", "尹": "yin3", "柏": "bai3", "燕": "yan1",
}  # fmt: skip
_SURNAMES_OF_TWO = {
    "尉遲": "yu4 chi2", "尉迟": "yu4 chi2", "万俟": "mo4 qi2", "長孫": "zhang3 sun1",
    "长孙": "zhang3 sun1", "澹臺": "tan2 tai2", "澹台": "tan2 tai2",
}  # fmt: skip


def ordered(
    entries: Iterable[Entry],
    collation: Collation = "pinyin",
    by: Literal["author", "year", "key"] = "author",
    readings: Mapping[str, str] | None = None,
) -> list[Entry]:
    """The entries in order. ``readings``: pinyin of whole names that would be read wrongly, as in
    names.toml ("luo jingyu"); tones may be missing."""
    keys = {"author": author_key, "year": year_key}
    if by == "key":
        return sorted(entries, key=lambda one: (one.key.casefold(), one.key))
    key = keys[by]
    return sorted(entries, key=lambda one: key(one, collation, readings or {}))


def year_key(entry: Entry, collation: Collation, readings: Mapping[str, str]) -> Key:
    return (_year(entry), *author_key(entry, collation, readings))


def author_key(entry: Entry, collation: Collation, readings: Mapping[str, str]) -> Key:
    """What a list by author sorts an entry under: language, names, year, title, key."""
    lang = language(entry)
    # a key is a help for characters: names in Latin letters stand in the order a reader seeks
    given = plain(entry.get("sortkey") or entry.get("sortname")) if lang == "zh" else ""
    names = [given] if given else _names(entry)
    title = plain(entry.get("sorttitle") or entry.get("title"))
    parts = tuple(_collate(one, collation, readings, name=True) for one in names)
    return (0 if lang == "zh" else 1, parts, _year(entry),
            _collate(title, collation, readings), entry.key)  # fmt: skip


DYNASTY = re.compile(r"^[\[［〔(（][^\]］〕)）]{1,4}[\]］〕)）]\s*")  # [唐]李白 stands under 李


def _names(entry: Entry) -> list[str]:
    for field in ("author", "editor", "translator"):
        value = entry.get(field)
        if value:
            return [DYNASTY.sub("", plain(one.raw)) if one.body or "·" in one.raw
                    else one.family + one.given if one.han
                    else f"{one.family} {one.given}".strip()
                    for one in persons(value)]  # fmt: skip
    return [plain(entry.get("title") or entry.get("organization") or entry.get("publisher"))]


def _year(entry: Entry) -> str:
    found = re.search(r"\d{4}", entry.get("year") or entry.get("date") or entry.get("urldate"))
    return found.group() if found else "9999"


def collation_key(
    text: str, collation: Collation, reading: str = ""
) -> tuple[tuple[str, int, int], ...]:
    """What a Chinese word, or a name, sorts under; ``reading``: its pinyin where it is known."""
    return _collate(text, collation, {text: reading} if reading else {}, name=True)


def _collate(
    text: str, collation: Collation, readings: Mapping[str, str], *, name: bool = False
) -> tuple[tuple[str, int, int], ...]:
    """One item for each character or Latin word, comparable with any other."""
    if collation == "pinyin" and text in readings and IS_EAST_ASIAN.search(text):
        return tuple(_given(text, readings[text]))
    items: list[tuple[str, int, int]] = []
    for piece in re.findall(rf"[\u3007{HAN}]+"
                            rf"|[^\W\u3007{HAN}]+",
                            text):  # fmt: skip
        if not IS_EAST_ASIAN.match(piece) and piece[0] != "〇":
            # before every Han character in either order: a word of Latin letters in a title
            items.append((_bare(piece), 0, 0))
        elif collation == "stroke":
            items += [("", 1, strokes().get(one, 99999 + ord(one))) for one in piece]
        else:
            items += _pinyin(piece, surname=name and not items)
    return tuple(items)


def _pinyin(han: str, *, surname: bool) -> list[tuple[str, int, int]]:
    from pypinyin import Style, pinyin

    # errors=list: characters without a reading one by one, so that both sides stay in step
    read = [one[0] for one in pinyin(han, style=Style.TONE3, errors=list)]  # type: ignore[arg-type]
    if surname and han[:2] in _SURNAMES_OF_TWO:
        read[:2] = _SURNAMES_OF_TWO[han[:2]].split()
    elif surname and 2 <= len(han) <= 4 and han[0] in _SURNAMES:
        read[0] = _SURNAMES[han[0]]
    items = []
    for character, syllable in zip(han, read, strict=False):
        tone = int(syllable[-1]) if syllable[-1:].isdecimal() else 5
        rank = strokes().get(character, 99999 + ord(character))
        items.append((_bare(syllable.rstrip("012345")), tone, rank))
    return items


def syllables(name: str, *, surname: bool = False) -> list[str]:
    """The pinyin of a name without tones, ü as v, one for each character; with ``surname`` it
    begins with a family name."""
    return [one[0] for one in _pinyin(name, surname=surname)]


def _given(name: str, reading: str) -> list[tuple[str, int, int]]:
    """A reading that was given, parted among the characters as far as they can be read so."""
    from pypinyin import Style, pinyin

    letters = "".join(_bare(word) for word in re.split(r"[\s’'·-]+", reading))
    known = pinyin(name, style=Style.TONE3, heteronym=True, errors=list)  # type: ignore[arg-type]
    choices = [[(_bare(one.rstrip("012345")), one[-1:]) for one in each] for each in known]

    def parted(at: int, rest: str) -> list[tuple[str, str]] | None:
        if at == len(choices):
            return None if rest else []
        for syllable, tone in choices[at]:
            if syllable and rest.startswith(syllable):
                after = parted(at + 1, rest[len(syllable) :])
                if after is not None:
                    return [(syllable, tone), *after]
        return None

    found = parted(0, letters)
    if found is None:
        return [(_bare(word), 0, 0) for word in reading.split()]
    return [
        (syllable, int(tone) if tone.isdecimal() else 5, strokes().get(one, 99999 + ord(one)))
        for one, (syllable, tone) in zip(name, found, strict=True)
    ]


def _bare(text: str) -> str:
    """Letters without accents, in lower case; ü as v, as pinyin is typed."""
    text = text.casefold().replace("ü", "v")
    return "".join(one for one in unicodedata.normalize("NFKD", text)
                   if not unicodedata.combining(one))  # fmt: skip


@cache
def strokes() -> Mapping[str, int]:
    """The place of each Han character in the order of strokes (CLDR)."""
    order: dict[str, int] = {}
    for line in data("strokes.txt").splitlines():
        if not line.startswith("#"):
            for one in line.partition(" ")[2]:
                order[one] = len(order)
    return order
