"""One reference, as text, → its fields: the formats that lists in Chinese, Korean and English use.

A format is a function from an :class:`Item` to a :class:`Reading` or None; the first that reads
the whole item wins. Everything is taken *as found*: a misspelt name stays misspelt here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from edition.importers.references_lines import URL, Item
from edition.importers.references_names import authors

# Quotation marks that titles stand in.
QUOTES = "“”\"„‟«»「」『』〈〉《》＂"
OPEN, CLOSE = "[“\"„«「『〈《＂]", "[”\"‟»」』〉》＂]"
YEAR = r"(?:1[5-9]|20)\d\d"
PAGES = r"[A-Za-z]?\d+(?:\s*[-–—~～]\s*[A-Za-z]?\d+)?(?:\s*[,，]\s*\d+(?:\s*[-–—]\s*\d+)?)*"


@dataclass(frozen=True, slots=True)
class Piece:
    """A field found in an item: its value and where in the item's text it stands."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    type: str
    pieces: tuple[Piece, ...]
    format: str


class _Builder:
    """Collects pieces; empty ones are left out."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.pieces: list[Piece] = []

    def put(self, name: str, start: int, end: int, value: str | None = None) -> None:
        text = self.item.text
        while start < end and (text[start].isspace() or text[start] in ",，*"):
            start += 1
        while start < end and (text[end - 1].isspace() or text[end - 1] in ",，*"):
            end -= 1
        kept = text[start:end] if value is None else value
        if kept:
            self.pieces.append(Piece(name, kept, start, end))

    def group(self, found: re.Match[str], group: str, name: str = "") -> None:
        if found.groupdict().get(group):
            self.put(name or group, found.start(group), found.end(group))

    def people(self, name: str, start: int, end: int, *, inverted: bool = False) -> None:
        text = self.item.text[start:end]
        self.put(name, start, end, authors(text, inverted=inverted))

    def reading(self, type: str, format: str) -> Reading:
        return Reading(type, tuple(self.pieces), format)


VISITED = re.compile(
    rf"""\s*[.,。]?\s*[(（\[［](?P<urldate>[^()（）\[\]]{{0,14}}?(?:{YEAR})\s*(?:[年년.\-/]\s*
    \d{{1,2}}\s*[月월.\-/]\s*\d{{1,2}}\s*[日일]?)[^()（）\[\]]{{0,12}}|accessed[^()]+)[)）\]］]
    \s*[.。;；]?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
ACCESSED = re.compile(r"[,.]?\s*\(?(?:accessed|retrieved|last accessed)(?:\s+on)?:?\s+"
                      r"(?P<urldate>[^()<>]*?\d{4})\)?[.,]?\s*", re.IGNORECASE)


def _tail(item: Item, build: _Builder) -> int:
    """Takes access date, URL and DOI off the end; returns where what is left ends."""
    text = item.text
    end = len(text)
    visited = VISITED.search(text)
    if visited:
        build.group(visited, "urldate")
        end = visited.start()
    link = None
    for link in re.finditer(r"<?(?P<url>https?://[^\s<>]+)>?", text[:end]):
        pass
    if link is None:
        doi = re.search(r"[.,]?\s*(?:doi:?\s*)(?P<doi>10\.\d{4,9}/\S+?)[.,]?\s*$", text[:end], re.IGNORECASE)
        if doi:
            build.group(doi, "doi")
            return doi.start()
        return end
    if not visited:
        accessed = ACCESSED.search(text, link.end()) or ACCESSED.search(text[: link.start()])
        if accessed:
            build.group(accessed, "urldate")
            if accessed.end() <= link.start():
                return _link(build, link, text, accessed.start())
    elif text[link.end():end].strip(" .,。，"):
        return end  # the URL stands amid other text: left to the format
    return _link(build, link, text, link.start())


def _link(build: _Builder, link: re.Match[str], text: str, end: int) -> int:
    url = link.group("url").rstrip(".,;；。）")
    start = link.start("url")
    doi = re.match(r"https?://(?:dx\.)?doi\.org/(10\..+)", url)
    if doi:
        build.put("doi", start + doi.start(1), start + doi.end(1))
    else:
        build.put("url", start, start + len(url))
    return len(text[:end].rstrip(" ,，"))


# --- Author (2021). "Title". Journal. Vol.1, No.2, pp.3-4 -------------------------------------

AUTHOR_YEAR = re.compile(
    rf"""^(?P<author>.{{2,200}}?)\s*[,，.]?\s*[(（](?P<year>{YEAR}[a-z]?)[)）]\s*[.,，:：]?\s*
    {OPEN}""",
    re.VERBOSE,
)
IN_JOURNAL = re.compile(
    rf"""^[\s.,，。]*\*?(?P<journal>[^*<>\d]{{2,120}}?)\*?\s*(?:[.,，。]\s*|\s+|(?=[（(第]))
    (?:(?:Vol\.?|Volume|第)\s*(?P<volume>\d+)\s*[卷]?\s*[.,，]?\s*)?
    (?:[,，]?\s*(?:No\.?|Number|Issue|第)\s*(?P<number>\d+(?:[-–/]\d+)?)\s*[期號号]?\s*[.,，]?\s*)?
    (?:[:：]?\s*(?:pp?\.?|第|頁|页)?\s*(?P<pages>{PAGES})\s*[頁页]?)?\s*[.。]?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
IN_BOOK = re.compile(
    rf"""^[\s.,]*(?:In\s+)?(?P<editor>[^*<>“”"]{{3,120}}?),?\s*[(（](?P<role>eds?)\.?[)）][.,]*\s*
    \*?(?P<booktitle>[^*<>]{{3,200}}?)\*?\s*[.,]\s*(?:(?P<location>[^*:.]{{2,40}}):\s*)?
    (?P<publisher>[^*:,.]{{2,60}}),\s*pp?\.?\s*(?P<pages>{PAGES})\s*\.?\s*$""",
    re.VERBOSE,
)
THESIS = re.compile(
    r"^[\s.,，。]*(?P<kind>[^,，.]{0,12}(?:學位論文|学位论文|학위논문|dissertation|thesis))\s*[,，.]\s*"
    r"(?P<institution>[^,，.]{2,60})\s*[.。]?\s*$", re.IGNORECASE)
TRANSLATED = re.compile(
    rf"""^[\s.,，。]*(?:(?P<translator>[^.,，。]{{2,40}}?)\s*[,，]?\s*(?:譯|译|역)\s*[.,，。]\s*)?
    (?P<location>[^.,:：*]{{1,30}}?)\s*[:：]\s*(?P<publisher>[^.,，。*]{{2,60}}?)
    (?:\s*[,，.]\s*(?:pp?\.?\s*|第)?(?P<pages>{PAGES})\s*[頁页]?)?\s*[.。]?\s*$""",
    re.VERBOSE,
)


def author_year(item: Item) -> Reading | None:
    """The style of Korean and Chinese journals."""
    found = AUTHOR_YEAR.match(item.text)
    if not found:
        return None
    for close in reversed([*re.finditer(CLOSE, item.text)]):
        if close.start() < found.end():
            break
        reading = _after_title(item, found, close.start(), close.end())
        if reading:
            return reading
    return None


def _after_title(
    item: Item, head: re.Match[str], title_end: int, rest_start: int
) -> Reading | None:
    build = _Builder(item)
    end = _tail(item, build)
    rest = item.text[rest_start:end]
    if end < rest_start:
        return None
    links = build.pieces
    for pattern, type in ((IN_BOOK, "incollection"), (THESIS, "thesis"),
                          (TRANSLATED, "book"), (IN_JOURNAL, "article")):
        found = pattern.match(rest)
        if not found:
            continue
        build.pieces = []
        build.people("author", head.start("author"), head.end("author"))
        build.group(head, "year")
        build.put("title", head.end(), title_end)
        for name in found.groupdict():
            if not found.group(name) or name == "role":
                continue
            at = rest_start + found.start(name), rest_start + found.end(name)
            if name in ("editor", "translator"):
                build.people(name, *at)
            else:
                build.put({"kind": "type"}.get(name, name), *at)
        build.pieces += links
        return build.reading(type, "author-year")
    return None


# --- Body, [“Title”,] [date,] <URL>. (visited) ------------------------------------------------

BODY = re.compile(
    rf"""^(?P<organization>[^<>“”"《》「」]{{2,120}}?)\s*[,，.]\s*
    (?:{OPEN}(?P<title>[^<>]{{2,300}}?){CLOSE}\s*[,，.]?\s*)?
    (?:(?P<date>{YEAR}(?:[-./年]\s*\d{{1,2}}(?:[-./月]\s*\d{{1,2}}日?)?)?|
    (?:\w{{3,9}}\s+\d{{1,2}},\s*{YEAR}))\s*[,，.]\s*)?
    <?(?P<url>https?://[^\s<>]+?)>?[.,，。]?\s*$""",
    re.VERBOSE,
)


def body_url(item: Item) -> Reading | None:
    """A web page by the body that put it up."""
    build = _Builder(item)
    visited = VISITED.search(item.text)
    end = visited.start() if visited else len(item.text)
    found = BODY.match(item.text[:end])
    if not found or (found.group("organization").count(".") > 3):
        return None
    for name in ("organization", "title", "date"):
        build.group(found, name)
    url = found.group("url").rstrip(".,;；")
    build.put("url", found.start("url"), found.start("url") + len(url))
    if visited:
        build.group(visited, "urldate")
    return build.reading("online", "body-url")


# --- GB/T 7714 --------------------------------------------------------------------------------

MARK = r"[\[［](?P<mark>[A-Z]{1,2})(?:/(?P<medium>[A-Z]{2}))?[\]］]"
GB_HEAD = re.compile(
    rf"""^(?P<author>[^.［\[]+(?:\.\s?[A-Z]\b[^.［\[]*)*?)[.．]\s*
    (?:(?P<year>{YEAR}[a-z]?)[.．]\s*)?(?P<title>[^\[［]+?)\s*{MARK}\s*""",
    re.VERBOSE,
)
GB_BARE = re.compile(rf"^(?P<title>[^\[［]+?)\s*{MARK}\s*")
GB_TYPES = {"J": "article", "M": "book", "C": "proceedings", "D": "thesis", "R": "report",
            "S": "standard", "P": "patent", "N": "newspaper", "EB": "online", "DB": "dataset",
            "G": "collection", "A": "incollection", "Z": "misc", "CP": "software"}
GB_SERIAL = re.compile(
    rf"""^[.,，]?\s*(?P<journal>[^,，.:：\d][^,，:：]*?)[,，]\s*(?P<year>{YEAR})
    (?:\s*[-–]\s*(?P<md>\d{{2}}-\d{{2}})\s*(?:[(（](?P<edition>\d+)[)）])?)?
    (?:\s*[,，]\s*(?:Vol\.?\s*)?(?P<volume>\d+))?\s*(?:[,，]?\s*[(（](?P<number>[^()（）]+)[)）])?
    (?:\s*[:：]\s*(?P<pages>{PAGES}))?\s*""",
    re.VERBOSE,
)
GB_SERIAL_YEAR_FIRST = re.compile(
    rf"""^[.,，]?\s*(?P<journal>[^,，.:：\d][^,，:：]*?)[,，]\s*(?P<volume>\d+)?\s*
    (?:[(（](?P<number>[^()（）]+)[)）])?(?:\s*[:：]\s*(?P<pages>{PAGES}))\s*""",
    re.VERBOSE,
)
GB_IMPRINT = re.compile(
    rf"""^[.,]?\s*(?:(?P<translator>[^.,，]{{2,40}}?)[,，]\s*(?:譯|译|trans)\s*[.．]\s*)?
    (?:(?P<edition>第?\s*[\d一二三四五六七八九十]+\s*(?:版|th\ ed|nd\ ed|rd\ ed|st\ ed))[.．]\s*)?
    (?:(?P<location>[^.,，:：\[\]]{{1,40}}?)\s*[:：]\s*)?(?P<publisher>[^,，\[\]:：]{{2,80}}?)
    (?:[,，]\s*(?P<year>{YEAR}))?(?:\s*[:：]\s*(?P<pages>{PAGES}))?\s*(?=[.\[［]|$)""",
    re.VERBOSE,
)
GB_DATE = re.compile(rf"[(（](?P<date>{YEAR}-\d\d(?:-\d\d)?)[)）]")
GB_SEEN = re.compile(rf"[\[［](?P<urldate>{YEAR}-\d{{1,2}}-\d{{1,2}})[\]］]")
GB_DOI = re.compile(r"DOI\s*[:：]\s*(?P<doi>10\.\d{4,9}/[^\s]+?)[.。]?\s*$", re.IGNORECASE)


def gb7714(item: Item) -> Reading | None:
    """GB/T 7714, by the mark of its kind: [J], [M], [EB/OL] …"""
    text = item.text
    found = GB_HEAD.match(text) or GB_BARE.match(text)
    if not found:
        return None
    build = _Builder(item)
    if "author" in found.groupdict():
        build.people("author", found.start("author"), found.end("author"), inverted=True)
        build.group(found, "year")
    build.group(found, "title")
    type = GB_TYPES.get(found.group("mark"), "misc")
    at = found.end()
    if text[at : at + 2] == "//":
        at, type = _host(build, text, at + 2, type)
    _imprint(build, text, at, type)
    return build.reading(type, "GB/T 7714")


def _host(build: _Builder, text: str, at: int, type: str) -> tuple[int, str]:
    """``//编者. 文集``: the book that the part stands in."""
    host = re.match(rf"\s*(?:(?P<editor>[^.]{{2,60}}?)[.．]\s*)?(?P<booktitle>[^.:：\[\]]+?)"
                    rf"(?:\s*{MARK})?\s*[.．]\s*", text[at:])
    if not host:
        return at, type
    if host.group("editor"):
        build.people("editor", at + host.start("editor"), at + host.end("editor"), inverted=True)
    build.put("booktitle", at + host.start("booktitle"), at + host.end("booktitle"))
    return at + host.end(), "inproceedings" if type == "proceedings" else "incollection"


def _imprint(build: _Builder, text: str, at: int, type: str) -> None:
    rest = text[at:]
    names = {piece.name for piece in build.pieces}
    serial = type in ("article", "newspaper") and (
        GB_SERIAL.match(rest) or ("year" in names and GB_SERIAL_YEAR_FIRST.match(rest)) or None)
    dated = GB_DATE.search(rest)
    link = URL.search(rest)
    before = min([one.start() for one in (dated, link) if one] or [len(rest)])
    found = serial or GB_IMPRINT.match(rest[:before].rstrip(". "))
    for name in found.groupdict() if found else ():
        assert found is not None and not isinstance(found, bool)
        if not found.group(name) or name in ("md",) or name in names:
            continue
        start, end = at + found.start(name), at + found.end(name)
        if name == "translator":
            build.people(name, start, end)
        else:
            role = "institution" if type in ("thesis", "report") and name == "publisher" else name
            build.put(role, start, end)
    if serial and not isinstance(serial, bool) and serial.groupdict().get("md"):
        build.put("date", at + serial.start("year"), at + serial.end("md"))
        build.pieces = [one for one in build.pieces if one.name != "year"]
    for pattern, name in ((GB_DATE, "date"), (GB_SEEN, "urldate"), (GB_DOI, "doi")):
        one = pattern.search(rest)
        if one:
            build.put(name, at + one.start(name), at + one.end(name))
    if link:
        url = link.group().rstrip(".")
        build.put("url", at + link.start(), at + link.start() + len(url))


# --- Chicago ----------------------------------------------------------------------------------

CH_TITLE = rf"{OPEN}(?P<title>.{{2,400}}?)[,.?!]?{CLOSE}[,.]?\s+"
CH_JOURNAL = r"""\*?(?P<journal>[^*<>\d“”"]{2,120}?)\*?,?\s+(?P<volume>\d+)
    (?:,?\s*(?:no\.\s*(?P<number>[\w/–-]+)|\((?P<issue>[\w/–-]+)\)))?"""
CHICAGO: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (type, format, re.compile(pattern, re.VERBOSE)) for type, format, pattern in (
        # Hart, Jeffrey A., and Sangbae Kim. 2002. “Title.” Journal 18 (1): 1–12.
        ("article", "Chicago author-date",
         rf"^(?P<author>[^“\"]{{3,200}}?)[.]\s+(?P<year>{YEAR}[a-z]?)\.\s+{CH_TITLE}{CH_JOURNAL}"
         rf"(?:\s*:\s*(?P<pages>{PAGES}))?\s*\.?\s*$"),
        # Rodrik, Dani. 2011. *Title*. Place: Publisher.
        ("book", "Chicago author-date",
         rf"^(?P<author>[^“\"*]{{3,200}}?)[.]\s+(?P<year>{YEAR}[a-z]?)\.\s+"
         r"\*?(?P<title>[^*“\"<>]{3,250}?)\*?\.\s+"
         r"(?:(?P<location>[^.:*]{2,50}):\s+)?(?P<publisher>[^.:*\d][^:*\d]{1,80}?)\.?\s*$"),
        # Jeffrey A. Hart and Sangbae Kim, “Title,” Journal 18, no. 1 (2002): 1–12.
        ("article", "Chicago notes",
         rf"^(?P<author>[^“\"]{{3,200}}?)[.,]\s+{CH_TITLE}{CH_JOURNAL}\s+"
         rf"\((?:\w+\s+)?(?P<year>{YEAR})\)(?:\s*:\s*(?P<pages>{PAGES}))?\s*\.?\s*$"),
        # Author, *Title* (Place: Publisher, 2011), 167.
        ("book", "Chicago notes",
         r"^(?P<author>[^“\"*(]{3,200}?),\s+\*?(?P<title>[^*“\"<>(]{3,250}?)\*?\s+"
         rf"\((?P<location>[^.:*()]{{2,50}}):\s+(?P<publisher>[^.:*()]{{2,80}}?),\s+"
         rf"(?P<year>{YEAR})\)(?:,\s*(?P<pages>{PAGES}))?\s*\.?\s*$"),
        # Author, Given. *Title*. Place: Publisher, 2011.
        ("book", "Chicago notes",
         r"^(?P<author>[^“\"*]{3,200}?)\.\s+\*?(?P<title>[^*“\"<>]{3,250}?)\*?\.\s+"
         rf"(?P<location>[^.:*]{{2,50}}):\s+(?P<publisher>[^:*]{{2,80}}?),\s+(?P<year>{YEAR})"
         r"\.?\s*$"),
        # Author. “Title.” Site, May 1, 2020. URL
        ("online", "Chicago notes",
         rf"^(?P<author>[^“\"]{{3,200}}?)[.,]\s+{CH_TITLE}\*?(?P<organization>[^*<>,\d]{{2,100}}?)"
         rf"\*?[,.]\s+(?P<date>\w{{3,9}}\s+\d{{1,2}},\s+{YEAR}|{YEAR})\s*[.,]?\s*$"),
    )
)
INVERTED = re.compile(r"^[^\W\d_][\w’'\-]+(?: [\w’'\-]+)?, [A-Z]")


def chicago(item: Item) -> Reading | None:
    """Chicago: author-date, notes, and the list of a work with notes."""
    build = _Builder(item)
    end = _tail(item, build)
    rest = item.text[:end].rstrip()
    links = build.pieces
    for type, format, pattern in CHICAGO:
        found = pattern.match(rest)
        if not found:
            continue
        if type == "online" and not any(one.name == "url" for one in links):
            continue
        build.pieces = []
        inverted = bool(INVERTED.match(found.group("author")))
        build.people("author", found.start("author"), found.end("author"), inverted=inverted)
        for name in found.groupdict():
            if name != "author":
                build.group(found, name, "number" if name == "issue" else name)
        build.pieces += links
        return build.reading(type, format)
    return None


FORMATS: tuple[Callable[[Item], Reading | None], ...] = (gb7714, author_year, body_url, chicago)


def read(item: Item) -> Reading | None:
    """The first format that reads ``item``."""
    for format in FORMATS:
        reading = format(item)
        if reading:
            return reading
    return None
