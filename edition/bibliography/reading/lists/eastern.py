"""References in the styles of history: mainland China, Taiwan, Korea.

``作者：《题名》，译者译，地点：出版者，年，第1页。`` · ``作者，〈題名〉，《期刊》，9卷2期（年），頁1-2。`` ·
``저자, 「제목」, 『학보』 149, 1996, 1-2쪽.`` The title stands in marks; what follows stands between
commas, and each part is known by its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from edition.bibliography.reading.lists.builder import YEAR, FieldBuilder, ItemReading
from edition.bibliography.reading.lists.endings import tail
from edition.bibliography.reading.lists.items import ListedReference
from edition.characters import HAN, IS_EAST_ASIAN

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
_ROLE = (
    r"(?:主编|主編|编著|編著|编译|編譯|选编|選編|编|編|编纂|編纂|著|撰|譯著|译著|译注|譯註|譯|译|校注|校註|點校|点校|"
    r"校點|校点|校订|校訂|集释|集釋|集注|注释|注釋|笺注|箋注|疏证|疏證|評點|评点|整理|辑|輯|口述|편역|지음|저|엮음|편저|편|옮김|역)"
)
_NUM = r"(?:\d+|[〇零一二三四五六七八九十百廿卅]+)"
_HEAD = re.compile(
    rf"""^(?P<author>[^《〈「『“\"<＜]{{1,120}}?)\s*(?P<sep>[：:，,.。．、]|(?=[(（]\s*{YEAR})|(?<=[\w)）\]］〕])\s*(?=[《〈「『“\"<＜(（]))
    \s*(?:[(（](?P<year>{YEAR})[a-z]?年?[)）]\s*[，,.。:：、]?\s*)?(?=[《〈「『“\"<＜])""",
    re.VERBOSE,
)
_NAMES = r"[^，,。；;《》〈〉「」『』“”\d（）()]{1,60}?"
_PAGES = r"(?P<pages>[A-Z]?\d+(?:\s*[-–—～~─－]\s*[A-Z]?\d+)?(?:\s*[、,，及]\s*\d+(?:\s*[-–—～~]\s*\d+)?)*)"
_DATE = (
    rf"(?P<year>{YEAR})(?:\s*[年년.]\s*(?P<month>\d{{1,2}}|[一二三四五六七八九十]+)\s*[月월.]?\s*"
    r"(?:(?P<day>\d{1,2}|[一二三四五六七八九十廿]+)\s*[日일]?\s*\.?)?)?"
)
_ERA = rf"(?P<era>民國|民国|光緒|光绪|宣統|宣统|昭和|明治|大正)(?P<reign>{_NUM}|元)年(?:\s*(?P<month>{_NUM})月)?"
_REIGNS = {"民國": 1911, "民国": 1911, "光緒": 1874, "光绪": 1874, "宣統": 1908, "宣统": 1908,
           "昭和": 1925, "明治": 1867, "大正": 1911}  # fmt: skip
_EDITION = r"(?:第\s*(?:\d+|[一二三四五六七八九十]+)\s*[版판]|(?:修订|修訂|增订|增訂)[一二三四五六七八九十\d]*[版본판本]|(?:再|初|新|影印|重印|개정|증보|개정증보)[版本판]+|\d판)"


def _full(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern + r"\s*$")


# A part between commas: what it holds, in groups. The first that fits is taken.
_PARTS: tuple[re.Pattern[str], ...] = tuple(
    _full(one)
    for one in (
        rf"(?P<volume>(?:第|新|제|제\s)?\s*{_NUM})\s*[卷권巻]\s*[,，、]?\s*(?:第|제|총|總|总)?\s*(?P<number>{_NUM}(?:\s*[-–、/～~]\s*{_NUM})?(?:[·．]\d+)?)?\s*(?:期|號|号|호|輯|辑)?(?:合刊)?",
        rf"(?P<year>{YEAR})\s*年\s*[,，]?\s*第?\s*(?P<number>{_NUM}(?:\s*[-–、/～~]\s*{_NUM})?)\s*(?:期|號|号|輯|辑)(?:合刊)?",
        rf"(?:第|제|總第|总第|통권|통권 제|통권 )?\s*(?P<number>{_NUM}(?:\s*[-–、/～~]\s*{_NUM})?)\s*(?:期|號|号|호|輯|辑|집|册期)(?:合刊)?",
        r"(?P<volume>\d{1,4})\s*[：:]\s*(?P<number>\d{1,3})",
        r"(?:[Vv]ol\.?|[Vv]olume)\s*(?P<volume>\d+)(?:\s*[,，]?\s*[Nn]o\.?\s*(?P<number>\d+(?:[-–]\d+)?))?",
        r"[Nn]o\.?\s*(?P<number>\d+(?:[-–]\d+)?)",
        r"(?P<volume>\d{1,3})\s*[(（]\s*(?P<number>\d{1,3}(?:[-–/]\d+)?)\s*[)）]",
        rf"(?:第|頁|页|頁碼|页码|pp?\.|쪽|면)\s*{_PAGES}\s*(?:[页頁]|쪽|면)?",
        rf"{_PAGES}\s*(?:[页頁]|쪽|면)",
        rf"第\s*(?P<page>{_NUM})\s*[版면張张]",
        rf"(?P<year>{YEAR})\s*[-–—]\s*(?P<last>{YEAR})\s*年?\s*(?:版|刊)?",
        rf"{_DATE}\s*(?:年|년)?\s*(?:版|刊|印|第?1版)?",
        rf"{_ERA}(?:版|刊|印)?",
        rf"卷\s*(?P<volume>{_NUM}|[上中下])",
        rf"(?P<edition>{_EDITION})",
        rf"(?P<year>{YEAR})\s*年\s*(?P<edition>{_EDITION})",
        rf"(?:第\s*)?(?P<volume>{_NUM}|[上中下])\s*[册冊卷輯辑책권編编]",
        r"(?P<volume>[上中下상중하])",
        r"(?P<type>[^，,]{0,30}?(?:博士|硕士|碩士|석사|박사|學士|学士)[^，,]{0,12}?(?:论文|論文|논문))",
        rf"(?P<translator>{_NAMES})\s*(?:等)?(?:编译|編譯|合译|合譯|译|譯|옮김|역|번역)(?:注|註)?",
        rf"(?P<annotator>{_NAMES})\s*(?:等)?(?:校注|校註|點校|点校|校點|校点|校订|校訂|校|整理|标点|標點|笺注|箋注|注|註|疏)",
        rf"(?:收入|收於|收于|收錄於|收录于|载|載|见|見)?\s*(?P<editor>{_NAMES})\s*(?:等)?(?:主编|主編|编著|編著|选编|選編|编|編|엮음|편저|편|辑|輯)",
    )
)
_GLUED = re.compile(  # 上海人民出版社2001年版
    rf"^(?P<publisher>[^\d]*?[^\d\s（(])\s*(?P<year>{YEAR})\s*年?\s*(?:\d{{1,2}}月)?\s*(?P<edition>{_EDITION})?(?:版|刊|印|影印本|排印本)?$"
)
_IMPRINT = re.compile(r"^(?P<location>[^：:]{1,30}?)\s*[：:]\s*(?P<publisher>.{1,60})$")
_HOST = re.compile(
    r"^(?P<lead>收入|收於|收于|收錄於|收录于|载于|載於|载|載|见于|见|見|刊於|刊于|原载|原載|in|In)?\s*"
    r"(?:(?P<editor>[^《『「〈]{1,60}?)\s*(?:等)?(?P<role>主编|主編|编著|編著|选编|選編|编|編|엮음|편|著|撰|辑|輯)?\s*[：:，,、]?\s*)?$"
)
_NEWS = re.compile(
    r"(?:日报|日報|晚报|晚報|时报|時報|신문|일보|新闻|新聞|商报|早报|申報|申报|大公報|大公报)"
)


def eastern(item: ListedReference) -> ItemReading | None:
    """Mainland history, Taiwan, Korea: the title in marks, the parts between commas."""
    text = item.text
    if not IS_EAST_ASIAN.search(text[:200]):
        return None
    build = FieldBuilder(item)
    end = tail(item, build)
    at = _head(build, text)
    title = _quoted(text, at)
    if title is None or title > end:
        return None
    opened = text[at]
    build.put("title", at + 1, title - 1)
    return _Rest(build, text, opened, end).read(title)


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
    return _Rest(build, text, "", end).read(stop.end())


def _head(build: FieldBuilder, text: str) -> int:
    """Puts the author; returns where the title's mark stands."""
    found = _HEAD.match(text)
    if not found:
        return 0
    korean = bool(found["year"]) and text[found.end() : found.end() + 1] in ('"', "“")
    _people(build, text, *found.span("author"), dots=korean)
    build.group(found, "year")
    return found.end()


def _people(build: FieldBuilder, text: str, start: int, end: int, dots: bool = False) -> None:
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


def _quoted(text: str, at: int) -> int | None:
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


class _Rest:
    """What stands after the title, part by part."""

    def __init__(self, build: FieldBuilder, text: str, opened: str, end: int) -> None:
        self.build, self.text, self.opened, self.end = build, text, opened, end
        self.names: list[tuple[int, int]] = []  # parts that are names of something
        self.host = self.inside = self.thesis = False

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
            if char in _PAIRS and (close := _quoted(text, index)) and close <= end:
                index = close
                continue
            if char in "（(" and depth < _DEPTH:
                stop = _closing(text, index, end)
                if stop and not re.match(r"\s*\d{1,3}\s*$", text[start:index]):
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
        stop = _quoted(self.text, start + mark.start()) if mark and not self.host else None
        if mark and stop and stop <= end and self._hosted(start, start + mark.start(), stop):
            for piece in _bare(self.text, stop, end):
                self._part(*piece)
            return
        for pattern in _PARTS:
            found = pattern.match(part)
            if found and self._take(found, start):
                return
        if (found := _GLUED.match(part)) and not _IMPRINT.match(part):
            self._glued(found, start)
        elif (found := _IMPRINT.match(part)) and not self.build.has("location"):
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
        glued = _GLUED.match(self.text[start:end])
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
        lead = _HOST.match(self.text[start:mark])
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
            year = _REIGNS[told["era"]] + int(
                _arabic(told["reign"]) if told["reign"] != "元" else 1
            )
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


def _closing(text: str, at: int, end: int) -> int:
    depth = 0
    for index in range(at, end):
        depth += (text[index] in "（(") - (text[index] in "）)")
        if not depth:
            return index
    return 0


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
