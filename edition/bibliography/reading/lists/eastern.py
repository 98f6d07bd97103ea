"""References in the styles of history: mainland China, Taiwan, Korea.

``作者：《题名》，译者译，地点：出版者，年，第1页。`` · ``作者，〈題名〉，《期刊》，9卷2期（年），頁1-2。`` ·
``저자, 「제목」, 『학보』 149, 1996, 1-2쪽.`` The title stands in marks; what follows stands between
commas, and each part is known by its form.
"""

from __future__ import annotations

import re

from edition.bibliography.reading.lists.builder import YEAR, FieldBuilder, ItemReading
from edition.bibliography.reading.lists.eastern_rest import Following, closing_mark
from edition.bibliography.reading.lists.endings import tail
from edition.bibliography.reading.lists.items import ListedReference
from edition.characters import IS_EAST_ASIAN

_ROLE = (
    r"(?:主编|主編|编著|編著|编译|編譯|选编|選編|编|編|编纂|編纂|著|撰|譯著|译著|译注|譯註|譯|译|校注|校註|點校|点校|"
    r"校點|校点|校订|校訂|集释|集釋|集注|注释|注釋|笺注|箋注|疏证|疏證|評點|评点|整理|辑|輯|口述|편역|지음|저|엮음|편저|편|옮김|역)"
)
_HEAD = re.compile(
    rf"""^(?P<author>[^《〈「『“\"<＜]{{1,120}}?)\s*(?P<sep>[：:，,.。．、]|(?=[(（]\s*{YEAR})|(?<=[\w)）\]］〕])\s*(?=[《〈「『“\"<＜(（]))
    \s*(?:[(（](?P<year>{YEAR})[a-z]?年?[)）]\s*[，,.。:：、]?\s*)?(?=[《〈「『“\"<＜])""",
    re.VERBOSE,
)


def eastern(item: ListedReference) -> ItemReading | None:
    """Mainland history, Taiwan, Korea: the title in marks, the parts between commas."""
    text = item.text
    if not IS_EAST_ASIAN.search(text[:200]):
        return None
    build = FieldBuilder(item)
    end = tail(item, build)
    at = _head(build, text)
    title = closing_mark(text, at)
    if title is None or title > end:
        return None
    opened = text[at]
    build.put("title", at + 1, title - 1)
    return Following(build, text, opened, end).read(title)


_PLAIN = re.compile(
    rf"^(?P<author>[^（(。《〈「『“]{{2,120}}?)\s*[（(](?P<year>{YEAR})[a-z]?年?(?:[，,][^）)]*)?[)）]\s*"
    r"[。.．，,：:]\s*(?=[^《〈「『“\s])"
)


def eastern_plain(item: ListedReference) -> ItemReading | None:
    """``王小明（2020）。題名。期刊，12(3)，45-67。``: APA in Chinese, titles without marks."""
    text = item.text
    found = _PLAIN.match(text)
    if not found or not IS_EAST_ASIAN.search(found["author"]):
        return None
    build = FieldBuilder(item)
    end = tail(item, build)
    _people(build, text, *found.span("author"))
    build.group(found, "year")
    stop = re.compile(r"[。．？！]|\.\s").search(text, found.end(), end)
    if stop is None:
        return None
    build.put("title", found.end(), stop.start() + (stop.group() in "？！"))
    return Following(build, text, "", end).read(stop.end())


def _head(build: FieldBuilder, text: str) -> int:
    """Puts the author; returns where the title's mark stands."""
    found = _HEAD.match(text)
    if not found:
        return 0
    korean = bool(found["year"]) and text[found.end() : found.end() + 1] in ('"', "“")
    _people(build, text, *found.span("author"), dots=korean)
    build.group(found, "year")
    return found.end()


def _people(build: FieldBuilder, text: str, start: int, end: int, *, dots: bool = False) -> None:
    """``甲、乙主编`` · ``甲撰，乙点校``: who stands before a word for a part has that part."""
    dots = dots or bool(re.search("[가-힣]", text))
    at = start
    for cut in re.finditer(rf"(?P<role>{_ROLE})\s*(?=[，,;；]|$)|(?=[，,;；])", text[start:end]):
        stop = start + cut.start()
        told = cut["role"]
        if told is None or stop - at < 2:
            continue
        first = max(text.rfind("，", at, stop), text.rfind(",", at, stop)) + 1
        second = _SECOND.get(told) or ("annotator" if told in _READERS else "")
        if second and first > at + 1 and not build.has("author"):
            build.people("author", at, first - 1, dots=dots)
            at = first
        name = second or ("editor" if _EDITS.search(told) and told not in _WRITES else "author")
        if not build.has(name):
            build.people(name, at, stop, dots=dots)
            build.told(stop, start + cut.end())
        at = start + cut.end() + 1
    if at < end and not build.has("author"):
        build.people("author", at, end, dots=dots)


_SECOND = {
    "译": "translator",
    "譯": "translator",
    "옮김": "translator",
    "편역": "translator",
    "역": "translator",
}
_READERS = frozenset(
    [
        "校注",
        "校註",
        "點校",
        "点校",
        "校點",
        "校点",
        "校订",
        "校訂",
        "整理",
        "译注",
        "譯註",
        "集释",
        "集釋",
        "集注",
        "注释",
        "注釋",
        "笺注",
        "箋注",
        "疏证",
        "疏證",
        "評點",
        "评点",
        "注",
        "註",
    ]
)
_EDITS = re.compile("[编編辑輯]|엮음|편")
_WRITES = frozenset(("编著", "編著", "편저"))
