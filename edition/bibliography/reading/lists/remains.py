"""What of a reference a reading leaves out of its fields."""

from __future__ import annotations

import re

from edition.bibliography.reading.lists.builder import ItemReading
from edition.bibliography.reading.lists.items import ListedReference
from edition.characters import HAN

# What joins the fields of a reference, and what is left of it that says something.
SIGNS = re.compile(
    r"[\[［][A-Z]{1,2}(?:/[A-Z]{2})?[\]］]|https?://(?:dx\.)?doi\.org/?|"
    r"\b(?:and|in|eds?|edited by|translated by|trans|vol|volume|no|number|issue|pp?|doi|"
    r"available at|accessed|retrieved|url)\b|"
    r"[主]?編|[主]?编|[編编]著|[譯译]|역|第|卷|期|號|号|頁|页|版|訪問|访问|등|等",
    re.IGNORECASE,
)
WORDS = re.compile(rf"[{HAN}\uac00-\ud7a3]{{2}}|[^\W\d_]{{3}}|\d{{3}}")


def leftover(item: ListedReference, reading: ItemReading) -> list[str]:
    """What of the reference stands in no field: runs of words that are more than the signs and
    abbreviations by which a style joins the fields."""
    blank = list(item.text)
    for one in reading.pieces:
        blank[one.start : one.end] = "\0" * (one.end - one.start)
    days = " ".join(one.value for one in reading.pieces if one.name in ("date", "year"))
    parts = [one.strip(" .,;:，。．；：") for one in "".join(blank).split("\0")]
    return [
        one
        for one in parts
        if WORDS.search(SIGNS.sub(" ", one)) and one.strip(' ()（）."“”') not in days
    ]
