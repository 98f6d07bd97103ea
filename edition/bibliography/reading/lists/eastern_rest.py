"""What follows the title of a reference in the styles of history, part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from edition.bibliography.reading.lists.builder import FieldBuilder, ItemReading
from edition.bibliography.reading.lists.eastern_forms import GLUED, HOST, IMPRINT, PARTS, REIGNS
from edition.characters import HAN

_PAIRS = {
    "《": "》",
    "〈": "〉",
    "「": "」",
    "『": "』",
    "“": "”",
    '"': '"',
    "＂": "＂",
    "<": ">",
    "＜": "＞",
}
_BOOKS = "《『"


def closing_mark(text: str, at: int) -> int | None:
    """Where the marks that open at ``at`` close; None where none do."""
    close = _PAIRS.get(text[at : at + 1])
    if close is None or text.find(close, at + 1) < 0:
        return None
    depth = 0
    for index in range(at, len(text)):
        if text[index] == text[at] and text[at] != close:
            depth += 1
            if depth > _DEPTH:
                return None
        elif text[index] == close and index > at:
            depth -= 1
            if depth <= 0:
                return index + 1
    return None


_DEPTH = 4  # parentheses in parentheses that are looked into


class Following:
    """What stands after the title, part by part."""

    def __init__(self, build: FieldBuilder, text: str, opened: str, end: int) -> None:
        self.build, self.text, self.opened, self.end = build, text, opened, end
        self.names: list[tuple[int, int]] = []  # parts that are names of something
        self.host = self.inside = self.thesis = False
        self.closings = closings(text)

    def read(self, at: int) -> ItemReading | None:
        for start, end in self._split(at, self.end):
            self._part(start, end)
        self._leave()
        return self._reading()

    def _split(self, at: int, end: int, depth: int = 0) -> Iterator[tuple[int, int]]:
        """Parts between commas and stops, and those in parentheses (in parentheses, a few deep),
        outside marks."""
        text, start, index = self.text, at, at
        while index < end:
            char = text[index]
            if char in _PAIRS and (close := closing_mark(text, index)) and close <= end:
                index = close
                continue
            if char in "（(" and depth < _DEPTH:
                stop = self.closings.get(index, end)
                if stop < end and not re.match(r"\s*\d{1,3}\s*$", text[start:index]):
                    yield from _bare(text, start, index)
                    yield from self._split(index + 1, stop, depth + 1)
                    start = index = stop + 1
                    continue
            if _parts_at(text, start, index):
                yield from _bare(text, start, index)
                start = index + 1
            index += 1
        yield from _bare(text, start, end)

    def _part(self, start: int, end: int) -> None:
        part = self.text[start:end]
        mark = re.search("[《『「〈]", part)
        stop = closing_mark(self.text, start + mark.start()) if mark and not self.host else None
        if mark and stop and stop <= end and self._hosted(start, start + mark.start(), stop):
            for piece in _bare(self.text, stop, end):
                self._part(*piece)
            return
        for pattern in PARTS:
            found = pattern.match(part)
            if found and self._take(found, start):
                return
        if (found := GLUED.match(part)) and not IMPRINT.match(part):
            self._glued(found, start)
        elif (found := IMPRINT.match(part)) and not self.build.has("location"):
            self.build.put("location", start + found.start("location"),
                           start + found.end("location"))  # fmt: skip
            self._imprint(start + found.start("publisher"), end)
        elif (
            self.host
            and re.fullmatch(r"\d{1,4}(?:[-–]\d+)?", part)
            and not self.build.has("number")
        ):
            self.build.put("number", start, end)
        elif re.fullmatch(r"\d{1,2}", part) and not self.build.has("volume", "year", "location"):
            self.build.put("volume", start, end)
        elif re.fullmatch(r"\d{1,4}\s*[-–—～]\s*\d{1,4}", part) and not self.build.has("pages"):
            self.build.put("pages", start, end)
        elif re.search(r"[^\W\d]", part):
            self.names.append((start, end))

    def _imprint(self, start: int, end: int) -> None:
        glued = GLUED.match(self.text[start:end])
        if glued:
            self._glued(glued, start)
        else:
            self.build.put("publisher", start, end)

    def _glued(self, found: re.Match[str], start: int) -> None:
        if re.search(r"(?:期|卷)$", found["publisher"]):
            return
        self.names.append((start + found.start("publisher"), start + found.end("publisher")))
        for name in ("year", "edition"):
            if found[name] and not self.build.has(name):
                self.build.put(name, start + found.start(name), start + found.end(name))
        self.build.told(start + found.start("year"), start + found.end())

    def _hosted(self, start: int, mark: int, stop: int) -> bool:
        """``载 X 编《Y》``: the journal or the book that the work stands in."""
        lead = HOST.match(self.text[start:mark])
        if not lead:
            return False
        if lead["editor"]:
            name = "editor" if lead["role"] not in ("著", "撰") else "bookauthor"
            self.build.people(name, start + lead.start("editor"), start + lead.end("editor"))
        self.build.told(start, mark)
        self.inside = self.inside or bool(lead["editor"] or lead["lead"] in
                                          ("收入", "收於", "收于", "收錄於", "收录于"))  # fmt: skip
        self.host = True
        self.build.put("container", mark + 1, stop - 1)
        return True

    def _take(self, found: re.Match[str], start: int) -> bool:
        told = {name: value for name, value in found.groupdict().items() if value}
        if "translator" in told or "annotator" in told or "editor" in told:
            (name,) = told
            if self.build.has(name):
                return False
            self.build.people(name, start + found.start(name), start + found.end(name),
                              dots=bool(re.search("[가-힣]", told[name])))  # fmt: skip
            self.build.told(start, start + found.end())
            self.inside = self.inside or name == "editor"
            return True
        if "type" in told:
            return self._degree(found, start)
        if "page" in told:
            name = "pages" if self.host or self.build.has("date") else "edition"
            value = _arabic(told["page"]) if name == "pages" else found.group().strip()
            if self.build.has(name):
                return False
            self.build.put(name, start + found.start("page"), start + found.end("page"), value)
        self._number(found, start, told)
        self._day(found, start, told)
        self.build.told(start, start + found.end())
        return True

    def _number(self, found: re.Match[str], start: int, told: dict[str, str]) -> None:
        for name in ("volume", "number", "pages", "edition"):
            if name not in told or self.build.has(name):
                continue
            value = told[name]
            if name in ("volume", "number"):
                value = _arabic(re.sub(r"^(?:第|제)\s*", "", value))
            self.build.put(name, start + found.start(name), start + found.end(name), value)

    def _day(self, found: re.Match[str], start: int, told: dict[str, str]) -> None:
        if self.build.has("year", "date"):
            return
        if "era" in told:
            year = REIGNS[told["era"]] + int(_arabic(told["reign"]) if told["reign"] != "元" else 1)
        elif "year" in told:
            year = int(told["year"])
        else:
            return
        begin = start + found.start("era" if "era" in told else "year")
        stop = start + found.end()
        if told.get("last"):
            self.build.put("date", begin, stop, f"{year}/{told['last']}")
        elif told.get("month"):
            value = f"{year}-{int(_arabic(told['month'])):02}"
            value += f"-{int(_arabic(told['day'])):02}" if told.get("day") else ""
            self.build.put("date", begin, stop, value)
        else:
            self.build.put("year", begin, begin + len(str(year)), str(year))

    def _degree(self, found: re.Match[str], start: int) -> bool:
        """``北京大学博士学位论文``: the school stands before the degree or beside it."""
        degree = re.search(r"(?:博士|硕士|碩士|석사|박사|學士|学士).*$", found["type"])
        if degree is None:
            return False
        self.thesis = True
        cut = start + found.start("type") + degree.start()
        for piece in _bare(self.text, start + found.start("type"), cut):
            self.names.append(piece)
        self.build.put("type", cut, start + found.end("type"))
        return True

    def _leave(self) -> None:
        """The names that no form tells: place and publisher, the school, or the journal."""
        build = self.build
        plain = (self.opened or " ") not in _BOOKS and not self.host and not self.thesis
        numbered = build.has("volume", "number", "pages") and not build.has("publisher")
        if plain and numbered and self.names:
            build.put("container", *self.names.pop(0))
            self.host = True
        name = "institution" if self.thesis else "publisher"
        if build.has(name):
            return
        if self.thesis and self.names:
            start, end = self.names[0][0], self.names[-1][1]
            place = re.match("([^：:]{1,12})[：:]", self.text[start:end])
            if place:
                build.put("location", start, start + place.end(1))
                start += place.end()
            build.put(name, start, end)
        elif len(self.names) >= 2 and not build.has("location") and (
                self.names[0][1] - self.names[0][0] <= 8):  # fmt: skip
            build.put("location", *self.names[0])
            build.put(name, *self.names[1])
        elif self.names and self.host and not self.inside and self._place(self.names[0]):
            build.put("location", *self.names[0])  # of a journal
        elif self.names:
            build.put(name, *self.names[0])

    def _place(self, name: tuple[int, int]) -> bool:
        """Whether the only name beside a journal is where it appears: （臺北，1982）."""
        text = self.text[slice(*name)]
        return self.build.has("number") and bool(re.fullmatch(rf"[{HAN}]{{2,3}}", text))

    def _reading(self) -> ItemReading | None:
        build = self.build
        inside = self.inside or (self.host and build.has("location", "publisher") and not
                                 build.has("number"))  # fmt: skip
        if self.host and (self.inside or (inside and not build.has("number"))):
            kind, container = "incollection", "booktitle"
        elif self.host:
            kind, container = "article", "journal"
        elif self.thesis:
            kind, container = "thesis", ""
        elif build.has("url") and not build.has("publisher", "location", "pages"):
            kind, container = "online", ""
        else:
            kind, container = "book", ""
        build.pieces = [
            type(one)(container, one.value, one.start, one.end) if one.name == "container" else one
            for one in build.pieces
        ]
        if len(build.pieces) < 3 and not build.has("author", "year", "date", "url"):
            return None
        return build.reading(kind, "history")


def _parts_at(text: str, start: int, at: int) -> bool:
    """Whether the sign at ``at`` parts what stands before it from what follows."""
    char = text[at]
    if char in ",，":
        return not _more_pages(text, start, at)
    if char == ".":
        number = text[at - 1 : at].isdecimal() and re.match(r"\.\s?\d", text[at:])
        return not number and not re.search(r"\b(?:[A-Z]|pp?|[Vv]ol|[Nn]o)$", text[start:at])
    return char in "。;；．"


def closings(text: str) -> dict[int, int]:
    """Where each parenthesis that is closed closes."""
    open_, closed = list[int](), dict[int, int]()
    for at, char in enumerate(text):
        if char in "（(":
            open_.append(at)
        elif char in "）)" and open_:
            closed[open_.pop()] = at
    return closed


def _bare(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    drop = " \t，,。．.；;：:、（）()*"
    while start < end and text[start] in drop:
        start += 1
    while start < end and text[end - 1] in drop:
        inner = text[start:end]
        if text[end - 1] in "）)" and len(re.findall("[（(]", inner)) >= len(
            re.findall("[）)]", inner)
        ):
            break
        end -= 1
    if start < end:
        yield start, end


def _more_pages(text: str, start: int, at: int) -> bool:
    """``第5，7页``: a comma within pages."""
    return bool(re.search(r"(?:第|頁|页|pp?\.)\s*\d[\d\-–—～~、，,\s]*$", text[start:at]) and
                re.match(r"[,，]\s*\d+(?:[-–—]\d+)?\s*(?:[页頁，,。.]|$)", text[at:]))  # fmt: skip


_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}


def _arabic(text: str) -> str:
    """Numbers written in Chinese as figures; others as they stand."""
    if not re.fullmatch("[〇零一二三四五六七八九十百廿卅]+", text):
        return text
    if not re.search("[十百廿卅]", text):
        return "".join(str(_DIGITS[char]) for char in text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    total, current = 0, 0
    for char in text:
        if char == "百":
            total, current = total + (current or 1) * 100, 0
        elif char == "十":
            total, current = total + (current or 1) * 10, 0
        else:
            current = _DIGITS[char]
    return str(total + current)
