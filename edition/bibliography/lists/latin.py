"""References as the Chicago Manual has them: author-date, notes, the list of a work with notes."""

from __future__ import annotations

import re

from edition.bibliography.lists.builder import CLOSE, OPEN, PAGES, YEAR, Builder, Reading, tail
from edition.bibliography.lists.items import Item

AUTHOR = r"^(?P<author>[^“\"*(]{3,200}?)"
TITLE = rf"{OPEN}(?P<title>.{{2,400}}?)[,.]?{CLOSE}[,.]?"
BOOK = r"\*?(?P<title>[^*“\"<>(]{3,250}?)\*?"
JOURNAL = r"""\*?(?P<journal>[^*<>\d“”"]{2,120}?)\*?,?\s+(?P<volume>\d+)
    (?:,?\s*(?:no\.\s*(?P<number>[\w/–-]+)|\((?P<issue>[\w/–-]+)\)))?"""
COLLECTION = r"\*?(?P<booktitle>[^*“\"<>(]{3,250}?)\*?"
EDITORS = r"(?P<editor>[^(\d]{3,120}?)"
IMPRINT = rf"(?P<location>[^.:*()]{{2,50}}):\s+(?P<publisher>[^:*()]{{2,80}}?),\s+(?P<year>{YEAR})"
TRANSLATOR = r"(?P<translator>[^.(]{3,80}?)"
CITED = rf"(?:[,:]\s*(?P<pages>{PAGES}))?\s*\.?\s*$"
DAY = (
    rf"(?P<date>[A-Z][a-z]{{2,8}}\.?\s+\d{{1,2}},\s+{YEAR}|"
    rf"\d{{1,2}}\s+[A-Z][a-z]{{2,8}}\s+{YEAR}|{YEAR})"
)
SITE = r"\*?(?P<organization>[^*<>,\d]{2,100}?)\*?"
DATE, NOTES = "Chicago author-date", "Chicago notes"
PATTERNS: tuple[tuple[str, str, str], ...] = (
    # Hart, Jeffrey A., and Sangbae Kim. 2002. “Title.” Journal 18 (1): 1–12.
    (
        "article",
        DATE,
        rf"{AUTHOR}[.]\s+(?P<year>{YEAR}[a-z]?)\.\s+{TITLE}\s+{JOURNAL}"
        rf"(?:\s*:\s*(?P<pages>{PAGES}))?\s*\.?\s*$",
    ),
    # Tassey, Gregory. 2018. “Title.” In *Book*, edited by Dieter Ernst, 215–35. Place: Publisher.
    (
        "incollection",
        DATE,
        rf"{AUTHOR}[.]\s+(?P<year>{YEAR}[a-z]?)\.\s+{TITLE}\s+In\s+{COLLECTION}"
        rf"(?:,\s+edited\s+by\s+{EDITORS})?(?:,\s*(?:pp\.\s*)?(?P<pages>{PAGES}))?\.\s+"
        r"(?:(?P<location>[^.:*]{2,50}):\s+)?(?P<publisher>[^:*\d]{2,80}?)\.?\s*$",
    ),
    # Krueger, Thomas. 2024. “Title.” Site, November 14, 2024. URL
    (
        "online",
        DATE,
        rf"{AUTHOR}[.]\s+(?P<year>{YEAR}[a-z]?)\.\s+{TITLE}\s+{SITE}"
        rf"(?:[,.]\s+(?P<date>[A-Z][a-z]{{2,8}}\.?\s+\d{{1,2}}(?:,\s+{YEAR})?))?\s*[.,]?\s*$",
    ),
    # Rodrik, Dani. 2011. *Title*. Translated by X. Place: Publisher.
    (
        "book",
        DATE,
        rf"{AUTHOR}[.]\s+(?P<year>{YEAR}[a-z]?)\.\s+{BOOK}\.\s+"
        rf"(?:Translated\s+by\s+{TRANSLATOR}\.\s+)?"
        r"(?:(?P<location>[^.:*]{2,50}):\s+)?(?P<publisher>[^:*\d]{2,80}?)\.?\s*$",
    ),
    # Jeffrey A. Hart and Sangbae Kim, “Title,” Journal 18, no. 1 (2002): 1–12.
    (
        "article",
        NOTES,
        rf"{AUTHOR}[.,]\s+{TITLE}\s+{JOURNAL}\s+\((?:\w+\s+)?(?P<year>{YEAR})\)"
        rf"(?:\s*:\s*(?P<pages>{PAGES}))?\s*\.?\s*$",
    ),
    # Gregory Tassey, “Title,” in *Book*, ed. Dieter Ernst (Place: Publisher, 2018), 215–35.
    (
        "incollection",
        NOTES,
        rf"{AUTHOR}[.,]\s+{TITLE}\s+in\s+{COLLECTION}"
        rf"(?:,\s+eds?\.\s+{EDITORS})?\s+\({IMPRINT}\){CITED}",
    ),
    # Tassey, Gregory. “Title.” In *Book*, edited by X, 215–35. Place: Publisher, 2018.
    (
        "incollection",
        NOTES,
        rf"{AUTHOR}[.,]\s+{TITLE}\s+In\s+{COLLECTION}"
        rf"(?:,\s+edited\s+by\s+{EDITORS})?(?:,\s*(?:pp\.\s*)?(?P<pages>{PAGES}))?\.\s+"
        rf"{IMPRINT}\.?\s*$",
    ),
    # Author, *Title*, trans. X (Place: Publisher, 2011), 167.
    ("book", NOTES, rf"{AUTHOR},\s+{BOOK}(?:,\s+trans\.\s+{TRANSLATOR})?\s+\({IMPRINT}\){CITED}"),
    # Author, Given. *Title*. Translated by X. Place: Publisher, 2011.
    (
        "book",
        NOTES,
        rf"{AUTHOR}\.\s+{BOOK}\.\s+(?:Translated\s+by\s+{TRANSLATOR}\.\s+)?"
        rf"{IMPRINT}\.?\s*$",
    ),
    # Author. “Title.” Site, May 1, 2020. URL
    ("online", NOTES, rf"{AUTHOR}[.,]\s+{TITLE}\s+{SITE}(?:[,.]\s+{DAY})?\s*[.,]?\s*$"),
    # “Title,” Site, May 1, 2020, URL
    ("online", NOTES, rf"^{TITLE}\s+{SITE}(?:[,.]\s+{DAY})?\s*[.,]?\s*$"),
)
CHICAGO = tuple((kind, style, re.compile(pattern, re.VERBOSE)) for kind, style, pattern in PATTERNS)
INVERTED = re.compile(r"^[^\W\d_][\w’'\-]+(?: [\w’'\-]+)?, [A-Z]")
PEOPLE = ("author", "editor", "translator")


def chicago(item: Item) -> Reading | None:
    """Chicago: author-date, notes, and the list of a work with notes."""
    build = Builder(item)
    rest = item.text[: tail(item, build)].rstrip()
    links = build.pieces
    linked = any(one.name == "url" for one in links)
    for kind, style, pattern in CHICAGO:
        found = pattern.match(rest)
        if not found or (kind == "online" and not linked):
            continue
        build.pieces = []
        for name in found.groupdict():
            if name in PEOPLE and found.group(name):
                inverted = name == "author" and bool(INVERTED.match(found.group(name)))
                build.people(name, found.start(name), found.end(name), inverted=inverted, stop=True)
            elif (
                name == "year"
                and "date" in found.groupdict()
                and found.group("date")
                and (re.search(YEAR, found.group("date")))
            ):
                continue  # the day says it
            elif name not in PEOPLE:
                build.group(found, name, "number" if name == "issue" else name)
        build.pieces += links
        return build.reading(kind, style)
    return None
