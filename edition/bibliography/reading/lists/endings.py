"""What stands at the end of a reference in every style: address, DOI, numbers of databases, the
day of a visit."""

from __future__ import annotations

import re

from edition.bibliography.reading.lists.builder import YEAR, FieldBuilder
from edition.bibliography.reading.lists.items import ListedReference

_STOP = r"\s*[.,，。;；]?\s*$"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
DAY = (
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{YEAR}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+"
    rf"{YEAR}|{YEAR}\s+{_MONTH}\s+\d{{1,2}}|"
    rf"{YEAR}\s*[年년.\-/]\s*\d{{1,2}}\s*[月월.\-/]\s*\d{{1,2}}\s*[日일]?|"
    rf"{YEAR}\s*年\s*\d{{1,2}}\s*月|{_MONTH}\s+{YEAR})"
)
_SAW = (
    r"(?:last\s+)?(?:accessed|retrieved|viewed|visited|consulted)(?:\s+on)?|cited|"
    r"(?:最后|最後)?(?:访问|訪問|浏览|瀏覽|检索|檢索|查阅|查閱|引用|下载|下載|上网|上網)"
    r"(?:时间|時間|日期|日|于|於)?|검색일(?:자)?|접속일|방문일|閲覧日"
)
_SEEN = r"(?:访问|訪問|浏览|瀏覽|检索|檢索|查阅|查閱|下载|下載|방문|접속|검색|閲覧)"
# What a day of a visit in parentheses says, as Korean and Chinese journals have it.
VISITED = re.compile(
    rf"""\s*[.,。]?\s*[(（\[［](?P<urldate>[^()（）\[\]]{{0,14}}?(?:{YEAR})\s*(?:[年년.\-/]\s*
    \d{{1,2}}\s*[月월.\-/]\s*\d{{1,2}}\s*[日일]?)[^()（）\[\]]{{0,12}}|accessed[^()]+)[)）\]］]
    {_STOP}""",
    re.VERBOSE | re.IGNORECASE,
)
_HOST = r"(?:https?://|www\.)[^\s<>，。；）（\[\]]+|(?<![@\w./])(?:[a-z0-9-]+\.)+[a-z]{2,4}/[^\s<>，。；）（]*"
_BEFORE = (
    r"(?:(?:available|retrieved|accessed)\s+(?:at|from|on)\s*[:：]?\s*|(?:url|from|at|via|"
    r"网址|網址|出处|出處|来源|來源|참고|출처)\s*[:：]\s*|from\s+)?"
)
_ENDINGS = (
    ("doi", re.compile(
        rf"[.,]?\s*(?:doi\s*[:：]?\s*)?<?https?://(?:dx\.)?doi\.org/(?P<doi>10\.\S+?)>?{_STOP}", re.IGNORECASE)),
    ("doi", re.compile(rf"[.,]?\s*\b(?:doi\s*[:：]?\s*)(?P<doi>10\.\d{{4,9}}/\S+?){_STOP}", re.IGNORECASE)),
    ("", re.compile(rf"[.,;]?\s*Epub\s+(?:ahead of print|{DAY}){_STOP}")),
    ("pmid", re.compile(rf"[.,;]?\s*PMID\s*[:：]\s*(?P<pmid>\d+){_STOP}")),
    ("pmcid", re.compile(rf"[.,;]?\s*PMCID\s*[:：]\s*(?P<pmcid>PMC\d+){_STOP}")),
    ("urldate", VISITED),
    ("urldate", re.compile(
        rf"[.,，。;；]?\s*[(（\[［]?\s*(?:{_SAW})\s*[:：]?\s*(?P<urldate>{DAY})\s*[)）\]］]?{_STOP}", re.IGNORECASE)),
    ("urldate", re.compile(rf"[.,，。;；]?\s*[(（\[［]?\s*(?P<urldate>{DAY})\s*{_SEEN}[)）\]］]?{_STOP}")),
    ("urldate", re.compile(rf"[.,]?\s*retrieved\s+(?P<urldate>{DAY})\s*,?\s*from\s*[:：]?\s*$", re.IGNORECASE)),
    ("url", re.compile(rf"[.,，。;；]?\s*{_BEFORE}<?(?P<url>{_HOST})>?{_STOP}", re.IGNORECASE)),
)  # fmt: skip
_AFTER_URL = re.compile(rf"[.,，。;；]?\s*[(（]?(?P<urldate>{DAY})[)）]?{_STOP}", re.IGNORECASE)
_URL = re.compile(_HOST, re.IGNORECASE)


def tail(item: ListedReference, build: FieldBuilder) -> int:
    """Takes address, DOI and the day of a visit off the end; returns where what is left ends."""
    text, end = item.text, len(item.text)
    while True:
        for name, pattern in _ENDINGS:
            found = None if name and build.has(name) else pattern.search(text, 0, end)
            if found and found.end() == end:
                if not name:
                    build.told(*found.span())
                end = _take(build, found, name) if name else found.start()
                break
        else:
            day = _AFTER_URL.search(text, 0, end)
            if build.has("url", "urldate") or not day or not _URL.search(
                text[max(0, day.start() - 300) : day.start()].rsplit(" ", 1)[-1]):  # fmt: skip
                break
            build.group(day, "urldate")  # an address, then nothing but a day
            end = day.start()
    return len(text[:end].rstrip(" ,，")) if build.pieces else end


def _take(build: FieldBuilder, found: re.Match[str], name: str) -> int:
    value = found[name]
    if name in ("url", "doi"):
        value = value.rstrip(".,;；。）>")
        if value.count(")") > value.count("("):
            value = value.rstrip(")")
    build.put(name, found.start(name), found.start(name) + len(value))
    return found.start()
