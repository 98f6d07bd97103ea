"""Dates as lists write them, in three languages → ISO 8601."""

from __future__ import annotations

import re

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_HAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]?")
_FIGURES = re.compile(r"(?<!\d)(\d{4})\s*[-./．/]\s*(\d{1,2})\s*[-./．/]\s*(\d{1,2})(?!\d)\.?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_URL = (
    re.compile(r"/(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?=[/\-.]|$)"),
    re.compile(r"/(\d{4})/([a-z]{3})/(\d{1,2})/"),
    re.compile(r"[/t-](20\d\d)(\d\d)(\d\d)[/_.]"),
    re.compile(r"-(\d{4})-(\d\d)-(\d\d)-"),
)
_URL_DAY_LAST = re.compile(r"[-/](\d\d)-(\d\d)-(20\d\d)(?=[-/.]|$)")
_URL_MONTH = (re.compile(r"/(20\d\d)[-/](\d\d)/"), re.compile(r"/(20\d\d)(\d\d)/"))


def iso(text: str) -> str:
    """``YYYY-MM-DD`` of the first full date in ``text`` (2024年8月13日, 2025년1월3일, 13 Aug. 2024,
    August 13, 2024, 2024.8.13); empty where there is none or where it is no day."""
    text = text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    for pattern in (_HAN, _FIGURES):
        found = pattern.search(text)
        if found:
            return _date(found[1], found[2], found[3])
    found = _DAY_FIRST.search(text)
    if found and found[2].lower()[:3] in _MONTHS:
        return _date(found[3], str(_MONTHS[found[2].lower()[:3]]), found[1])
    found = _MONTH_FIRST.search(text)
    if found and found[1].lower()[:3] in _MONTHS:
        return _date(found[3], str(_MONTHS[found[1].lower()[:3]]), found[2])
    return ""


def whole(text: str) -> str:
    """As :func:`iso`, where ``text`` is that day and nothing more; empty for what EDTF knows
    otherwise: times, ranges, doubtful days."""
    plain = text.translate(str.maketrans("０１２３４５６７８９", "0123456789")).strip()
    for pattern in (_HAN, _FIGURES, _DAY_FIRST, _MONTH_FIRST):
        if pattern.fullmatch(plain):
            return iso(plain)
    return ""


def _date(year: str, month: str, day: str) -> str:
    import datetime

    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def of_url(url: str) -> str:
    """The day or month that an address names (``/2024/03/07/``, ``t20160425_``,
    ``-10-16-2024/``); else empty."""
    for pattern in _URL:
        found = pattern.search(url.lower())
        if found:
            month = str(_MONTHS.get(found[2], 0) or found[2])
            day = _date(found[1], month, found[3]) if month.isdecimal() else ""
            if day:
                return day
    found = _URL_DAY_LAST.search(url)
    if found and (int(found[1]) > 12) != (int(found[2]) > 12):  # else month or day: not known
        day, month = sorted((found[1], found[2]), key=int, reverse=True)
        return _date(found[3], month, day)
    for pattern in _URL_MONTH:
        found = pattern.search(url.lower())
        if found and 1 <= int(found[2]) <= 12:
            return f"{found[1]}-{found[2]}"
    return ""
