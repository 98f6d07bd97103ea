"""What a line at the head or foot of an article says of the article: dates, fund, DOI, class."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from edition.importers import lines as looks

Meta = Literal["fund", "doi", "class", "bio", "journal"]
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = (
    r"(?:(?:19|20)\d\d\s*[-./年년]\s*\d{1,2}\s*[-./月월]\s*\d{1,2}\s*[日일]?\.?|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?:19|20)\d\d|"
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d)"
)
_LABELS = {
    "reviewed": r"논문\s*심사일|심사\s*(?:완료)?일|수정\s*(?:완료)?일|審查日期|审稿日期|修回(?:日期|時間|时间)?|"
                r"修[訂订改](?:稿)?(?:日期|日)?|(?:received\s+)?in\s+revised\s+form|reviewed|revis(?:ed|ion)"
                r"(?:\s+received)?",
    "accepted": r"(?:논문\s*)?게재\s*확정\s*일?|확정일|[錄录]用(?:日期|時間|时间)?|接受(?:刊登)?(?:日期|日)?|"
                r"採用日期|采用日期|通過(?:日期|日)?|accepted(?:\s+for\s+publication)?",
    "received": r"논문\s*투고일|투고일|접수일|收稿(?:日期|時間|时间)?|投稿(?:日期|日)?|來稿日期|来稿日期|"
                r"(?:manuscript\s+)?(?:received|submitted)",
}  # fmt: skip
_DATED = re.compile(
    "(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items()) + ")"
    rf"(?:\s+(?:on|date))?\s*[】\]〕）)]?\s*[:：]?\s*(?P<day>{_DAY})", re.IGNORECASE)  # fmt: skip
_YEAR = re.compile(r"\d{4}")
_META: tuple[tuple[Meta, re.Pattern[str]], ...] = (
    ("doi", re.compile(r"^(?:DOI\s*[:：]?\s*|https?://(?:dx\.)?doi\.org/)(?P<value>10\.\d{4,9}/\S+)\s*$",
                       re.IGNORECASE)),
    ("fund", re.compile(r"^[【\[〔*＊]?\s*(?:基金[项項]目|[資资]助[项項]目|[課课][題题][來来]源|本文(?:[係系為为]|得到)"
                        r".{0,80}(?:[项項]目|[計计][畫画劃划]|成果|[資资]助)|Fund(?:ing|ed by)?\b|Supported by|This "
                        r"(?:work|research|paper|study) (?:was|is) (?:supported|funded))",
                        re.IGNORECASE)),
    ("class", re.compile(r"^[【\[〔]?\s*(?:中[图圖]分[类類][号號]|文[献獻][标標](?:[识識]|志|誌)[码碼]|文章[编編][号號]|"
                         r"Article ID|CLC|JEL|ISSN|CN\s*\d)", re.IGNORECASE)),
    ("bio", re.compile(r"^[【\[〔*＊]?\s*(?:作者[简簡]介|第一作者\s*[:：]|通[信讯訊]作者|[责責]任[编編][辑輯]|"
                       r"Corresponding author|About the authors?|E-?mail\s*[:：])",
                       re.IGNORECASE)),
)  # fmt: skip
_JOURNAL = re.compile(
    r"第\s*[\d一二三四五六七八九十百]{1,5}\s*[卷期輯辑號号](?!\w*[章節节])|第\s*\d+\s*권|제\s*\d+\s*[권호집]|"
    r"\bVol(?:ume|\.)?\s*\d+|\bNo\.\s*\d+|\d+\s*\((?:19|20)\d\d\)\s*\d+\s*[-–—~]\s*\d+|"
    r"\d{1,3}\s*[(（]\d{1,2}[)）]\s*[:：,，]?\s*(?:19|20)\d\d|^(?:19|20)\d\d\s*[年.]\s*\d{1,2}\s*月?(?:\s|$)|"
    r"[頁页]\s*\d+\s*[-–—~]\s*\d+$", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a line: ``name`` of the event, the day as YYYY-MM-DD, where it and its label
    stand."""

    name: str
    day: str
    start: int
    end: int


def dates_in(text: str) -> list[Dated]:
    """The dates of a line that says little else; none where it is a sentence that dates."""
    if len(text) > 200 or not _YEAR.search(text):
        return []
    found = list(_dated(text))
    rest = text
    for one in reversed(found):
        rest = rest[: one.start] + rest[one.end :]
    return found if len(re.findall(r"[^\W_]", rest)) <= 4 else []


def day_alone(text: str) -> str:
    """The day that a line is, written as programs write it (2023-05-12); "" for any other line: a
    date in words may begin a letter or a diary."""
    try:
        return datetime.date.fromisoformat(text.strip()).isoformat() if len(text) == 10 else ""
    except ValueError:
        return ""


def day_in_words(text: str) -> str:
    """The same of a line that is a day in words or figures, where its place says that it is one."""
    from edition.bibliography.reading import day

    found = re.fullmatch(_DAY, text.strip(), re.IGNORECASE)
    return day_alone(day(found[0].rstrip("."))) if found else ""


def _dated(text: str) -> Iterator[Dated]:
    for one in _DATED.finditer(text):
        from edition.bibliography.reading import day

        when = day(one["day"].rstrip("."))
        name = next(name for name in _LABELS if one[name])
        try:
            datetime.date.fromisoformat(when)
        except ValueError:
            continue  # no day of a calendar: it stays what it is, text
        yield Dated(name, when, one.start(), one.end())


def meta(text: str) -> tuple[Meta, re.Match[str]] | None:
    """What a line of the head says, beside title, people, abstract and dates."""
    for name, pattern in _META:
        if found := pattern.match(text):
            return name, found
    if looks.width(text) <= 120 and not re.search(r"[。；]", text) and (
            found := _JOURNAL.search(text)):  # fmt: skip
        return "journal", found
    return None
