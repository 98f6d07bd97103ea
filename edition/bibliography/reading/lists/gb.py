"""References as GB/T 7714 has them, by the mark of their kind: [J], [M], [EB/OL] …

Both editions and both orders (sequential and author–year) are read, with half and full width
signs: the parts stand between full stops, and each is known by its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from edition.bibliography.reading.lists.authors import authors
from edition.bibliography.reading.lists.builder import PAGES, YEAR, FieldBuilder, ItemReading
from edition.bibliography.reading.lists.endings import tail
from edition.bibliography.reading.lists.items import ListedReference
from edition.characters import HAN, IS_EAST_ASIAN

GB_TYPES = {
    "J": "article",
    "M": "book",
    "C": "proceedings",
    "D": "thesis",
    "R": "report",
    "S": "standard",
    "P": "patent",
    "N": "newspaper",
    "EB": "online",
    "DB": "dataset",
    "DS": "dataset",
    "G": "collection",
    "A": "archive",
    "Z": "misc",
    "CP": "software",
    "CM": "map",
    "B": "book",
    "K": "book",
}
MARK = re.compile(
    rf"\s*[\[［【]\s*(?P<mark>{'|'.join(sorted(GB_TYPES, key=len, reverse=True))})"
    r"(?:\s*/\s*(?P<medium>OL|CD|DK|MT))?\s*[\]］】]"
)
_STOP = re.compile(rf"(?:[.．]|。)(?:\s+|(?=[{HAN}\uac00-\ud7a3])|(?<=．))")
_YEAR_AFTER = re.compile(rf"^(?P<names>.+?)[,，]\s*(?P<year>{YEAR}[a-z]?)$")
_NUMBERED = re.compile(
    r"^(?P<title>.+?)\s*[:：]\s*(?P<number>(?=[^:：]*\d)[A-Z\d][A-Z\d/ .·—–\-]*[\dA-Z](?:[ ][A-Z])?)$"
)
_DATED = re.compile(
    rf"[(（](?P<date>{YEAR}(?:\s*[-/.年]\s*\d{{1,2}}(?:\s*[-/.月]\s*\d{{1,2}}\s*日?)?)?)[)）]\s*[.．。]?\s*$"
)
_SEEN = re.compile(
    rf"[\[［](?P<urldate>{YEAR}\s*[-/.年]\s*\d{{1,2}}\s*[-/.月]\s*\d{{1,2}}\s*日?)[\]］]\s*[.．。]?\s*$"
)
_DAY = rf"{YEAR}\s*[-/.年]\s*\d{{1,2}}\s*[-/.月]\s*\d{{1,2}}\s*日?"
_SERIAL = re.compile(
    rf"""^(?P<journal>.+?)\s*[,，]\s*(?:(?P<date>{_DAY})|(?P<year>{YEAR}))?
    (?:\s*[,，]?\s*(?:Vol\.?\s*)?(?P<volume>(?<![\d])\d{{1,4}}|[A-Z]?\d{{1,4}}|第\s*\d+\s*卷))?
    \s*(?:[,，]?\s*[(（]\s*(?:No\.?\s*)?(?P<number>[^()（）]+)\s*[)）])?
    (?:\s*[:：,，]\s*(?:pp?\.\s*)?(?P<pages>{PAGES}|[A-Za-z]+\d+|第?\d+[页頁版]))?\s*[.．。]?\s*$""",
    re.VERBOSE,
)
_ROLES = {"译": "translator", "譯": "translator", "trans": "translator", "translated": "translator",
          "编": "editor", "編": "editor", "ed": "editor", "eds": "editor"}  # fmt: skip
_ROLE = re.compile(
    r"^(?P<names>.{2,80}?)\s*[,，\s]\s*(?P<role>(?:编译|編譯|译|譯|trans(?:lated)?|校注|校註|點校|点校|校點|"
    r"校点|校訂|校订|校|注释|注|註|笺|箋|疏|整理|辑|輯|主编|主編|编|編|绘|繪|eds?)\.?)$"
    rf"|^(?P<close>[{HAN}〔〕\[\]（）()·、,， ]{{2,40}}?)"
    r"(?P<mark>编译|編譯|译|譯|校注|點校|点校|校點|校点|注|整理|主编|主編|編|编)$"
)
_EDITION = re.compile(
    r"^(?:第?\s*[\d一二三四五六七八九十]+\s*版|(?:修订|修訂|增订|增訂|影印|校订|新|再|初|重印|点校|點校|"
    r"繁体|简体|珍藏|典藏|缩印|縮印|精装|普及|通行|刻|抄|稿|石印|铅印)\S{0,4}[本版]|新\d版|"
    r"\d+(?:st|nd|rd|th)\s+ed(?:ition)?|[Rr]ev(?:ised)?\.?\s+ed(?:ition)?|[Ss]econd\s+ed(?:ition)?)\.?$"
)
_MADE = re.compile(
    rf"""^(?:(?P<location>[^:：]{{1,60}}?)\s*[:：]\s*)?(?P<publisher>.*?)\s*[,，]\s*
    (?P<year>[\[［]?\s*c?{YEAR}(?:\s*[-–—]\s*{YEAR})?\s*[\]］]?)\s*(?:年|印刷)?(?P<era>[(（][^()（）]*[)）])?
    (?:\s*[:：,，]\s*(?:pp?\.\s*|第(?=\d+[页頁]|\d+\s*[-–—]))?(?P<pages>{PAGES}|[ivxlc]+\s*[-–]\s*[ivxlc]+|第?\d*[{HAN}]{{1,8}})\s*[页頁]?)?$""",
    re.VERBOSE,
)
_UNDATED = re.compile(
    rf"^(?P<location>[^:：]{{1,60}}?)\s*[:：]\s*(?P<publisher>[^:：]+?)(?:\s*[:：]\s*(?P<pages>{PAGES}))?$"
)
_ONLY_YEAR = re.compile(
    rf"^(?:(?P<date>{_DAY})|(?P<year>{YEAR}))(?:\s*[:：]\s*(?P<pages>{PAGES}))?$"
)
_HOLDER = {"thesis": "institution", "report": "institution"}


def gb7714(item: ListedReference) -> ItemReading | None:
    """GB/T 7714, by the mark of its kind."""
    text = item.text
    mark = MARK.search(text)
    if not mark or mark.start() < 2:
        return None
    build = FieldBuilder(item)
    end = _ending(item, build)
    kind = GB_TYPES[mark["mark"]]
    build.told(mark.start(), mark.end())
    _head(build, text, mark.start(), kind)
    at = mark.end()
    if host := re.compile(r"\s*//\s*").match(text, at):
        at, kind = _host(build, text, host.end(), end, kind)
    if kind in ("article", "newspaper") and _serial(build, text, at, end):
        return _made(build, kind)
    for start, stop in _parts(text, at, end):
        kind = _part(build, text, start, stop, kind)
    return _made(build, kind)


def _made(build: FieldBuilder, kind: str) -> ItemReading:
    if kind == "newspaper":
        build.pieces = [one for one in build.pieces if one.name != "year" or not build.has("date")]
    plain = {"archive": "misc", "map": "misc", "newspaper": "article",
             "collection": "book"}.get(kind, kind)  # fmt: skip
    if kind == "proceedings":
        plain = "proceedings" if build.has("publisher", "location") else "inproceedings"
    if plain == "article" and not build.has("journal"):
        plain = "online" if build.has("url") else plain
    return build.reading(plain, "GB/T 7714")


def _ending(item: ListedReference, build: FieldBuilder) -> int:
    """Address, DOI, [day of the visit] and (day of issue) at the end."""
    end = tail(item, build)
    for name, pattern in (("urldate", _SEEN), ("date", _DATED), ("urldate", _SEEN)):
        found = None if build.has(name) else pattern.search(item.text, 0, end)
        if found and found.end() == end:
            build.group(found, name)
            end = found.start()
    return end


def _head(build: FieldBuilder, text: str, end: int, kind: str) -> None:
    """Author, year where the list is by author and year, title and number before the mark."""
    cut, after = _boundary(text, end)
    if cut:
        dated = _YEAR_AFTER.match(text[:cut])
        stop = dated.end("names") if dated else cut
        if dated:
            build.group(dated, "year")
        build.people("author", 0, stop, inverted=True)
    late = re.compile(rf"(?P<year>{YEAR}[a-z]?)[.．]\s*").match(text, after)
    if late and cut:
        build.group(late, "year")
        after = late.end()
    numbered = _NUMBERED.match(text[after:end]) if kind in ("standard", "patent", "archive",
                                                            "report") else None  # fmt: skip
    if numbered and (kind != "report" or re.search(r"[-/.]\d|[A-Z]\d", numbered["number"])):
        build.put("title", after, after + numbered.end("title"))
        build.put("number", after + numbered.start("number"), after + numbered.end("number"))
    else:
        build.put("title", after, end)


def _boundary(text: str, end: int) -> tuple[int, int]:
    """Where the names before the title end and the title begins; (0, 0) without names."""
    for stop in _STOP.finditer(text, 0, end):
        left, right = text[: stop.start()], text[stop.end() : end]
        initial = re.search(r"(?:^|[\s.．,，-])[A-Z]$", left)
        if initial and (re.match(r"[A-Z][.．](?:\s|,|-)", right) or not re.search(r"\w{2}", left)):
            continue
        if initial and re.match(r"[A-Z][\w’'-]+(?:,|[.．]\s)", right) and not re.search(
            r"[A-Z][\w’'-]+[ ,]", left):  # fmt: skip
            continue  # W. W. Cooper. Title
        if re.search(r"\b(?:Jr|Sr|et al|St)$", left) and re.match(
            r"\s*[,，]", text[stop.start() + 1 :]
        ):
            continue
        return stop.start(), stop.end()
    return 0, 0


def _parts(text: str, at: int, end: int, *, names: bool = False) -> Iterator[tuple[int, int]]:
    """The parts between full stops; a stop after an initial or within a number is none, save after
    those of a family name (``names``)."""
    start = at
    for stop in _STOP.finditer(text, at, end):
        left = text[start : stop.start()]
        short = re.search(r"(?:^|[\s.:：])(?:[A-Z]|St|Mr|Dr|Co|Jr|Sr)$", left)
        family = names and re.search(r"[A-Z][\w’'-]+(?: [A-Z])* [A-Z]$", left)
        if short and text[stop.start()] == "." and not family:
            continue
        if re.search(r"(?:\bS\.\s?[lL]|\bs\.\s?n)$", left):
            continue
        yield from _trimmed(text, start, stop.start())
        start = stop.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and (text[start].isspace() or text[start] in ".．。,，"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ".．。,，"):
        end -= 1
    if start < end:
        yield start, end


def _part(build: FieldBuilder, text: str, start: int, end: int, kind: str) -> str:
    """One part after the mark: who took part, the edition, or the imprint. The kind, as known."""
    part = text[start:end]
    role = None if _EDITION.match(part) else _ROLE.match(part)
    if role and not re.search(r"[:：]|\d{3}", part):
        label = role["role"] or role["mark"]
        group = "names" if role["names"] else "close"
        name = _ROLES.get(label.rstrip(".").removeprefix("主")[-1:], "annotator")
        name = _ROLES.get(label.rstrip("."), name)
        if not build.has(name):
            build.people(name, start + role.start(group), start + role.end(group), inverted=True)
            build.told(start + role.end(group), end)
            return kind
    if _EDITION.match(part) and not build.has("edition"):
        build.put("edition", start, end)
        return kind
    if found := _ONLY_YEAR.match(part):
        _take(build, found, start, kind)
        return kind
    if kind == "proceedings" and _meeting(build, part, start):
        return "inproceedings"
    if (found := _MADE.match(part)) or (found := _UNDATED.match(part)):
        _take(build, found, start, kind)
    elif not build.has("publisher", "institution", "organization") and not re.search(r"\d", part):
        _holder(build, start, end, kind)
    return kind


def _holder(build: FieldBuilder, start: int, end: int, kind: str) -> None:
    build.put(_HOLDER.get(kind, "organization" if kind == "online" else "publisher"), start, end)


def _take(build: FieldBuilder, found: re.Match[str], offset: int, kind: str) -> None:
    told = {name: value for name, value in found.groupdict().items() if value}
    for name in told:
        start, end = offset + found.start(name), offset + found.end(name)
        if name == "era":
            build.told(start, end)
        elif name == "year":
            if not build.has("year", "date"):
                value = re.sub(
                    r"[^\d\[\]–—-]", "", found[name].replace("［", "[").replace("］", "]")
                )
                build.put("year", start, end, value)
            else:
                build.told(start, end)
        elif name == "publisher":
            _holder(build, start, end, kind)
        elif not build.has(name):
            build.put(name, start, end)


def _meeting(build: FieldBuilder, part: str, start: int) -> bool:
    """``Conference on Rivers, Lima, Peru, 2018: 651-653`` without a publisher."""
    found = re.match(
        rf"(?P<booktitle>[^,，:：]+?)(?:[,，]\s*(?P<venue>[^:：\d]+?))?[,，]\s*(?P<year>{YEAR})"
        rf"(?:\s*[:：,，]\s*(?:pp?\.\s*)?(?P<pages>{PAGES}))?$", part)  # fmt: skip
    if not found or not re.search(r"(?i)conference|proceedings|symposium|workshop|congress|meeting|"
                                  r"会|會|论文集|論文集|advances in", found["booktitle"]):  # fmt: skip
        return False
    for name in ("booktitle", "venue", "year", "pages"):
        if found[name]:
            build.put(name, start + found.start(name), start + found.end(name))
    return True


def _serial(build: FieldBuilder, text: str, at: int, end: int) -> bool:
    """Journal or newspaper, year or day, volume, number and pages."""
    while at < end and (text[at].isspace() or text[at] in ".．。,，"):
        at += 1
    rest = text[at:end]
    preprint = re.match(
        rf"(?P<journal>.*?arXiv:\s*\d{{4}}\.\d+(?:v\d+)?)(?:\s*[,，]\s*(?P<year>{YEAR}))?\s*[.．。]?$",
        rest,
    )
    found = preprint or _SERIAL.match(rest)
    if not found or (re.search(r"[:：]", found["journal"]) and not preprint):
        return False
    journal = found["journal"]
    if re.search(r"[.．]\s", journal) and IS_EAST_ASIAN.search(journal):
        return False
    told = [name for name, value in found.groupdict().items() if value]  # in order
    for name in told:
        if name in ("year", "date") and build.has("year", "date"):
            continue
        page = name == "number" and "date" in told  # of a newspaper
        build.put("pages" if page else name, at + found.start(name), at + found.end(name))
    return True


def _is_imprint(part: str) -> bool:
    return any(one.match(part) for one in (_MADE, _UNDATED, _EDITION, _ONLY_YEAR))


# ``//编者. 文集名[C]. 北京: 出版社, 2018: 1-9``
def _host(build: FieldBuilder, text: str, at: int, end: int, kind: str) -> tuple[int, str]:
    """The book that the part stands in: its editors, if named, its title, its mark."""
    mark = MARK.search(text, at, end)
    parts = list(_parts(text, at, mark.start() if mark else end, names=True))
    if not parts:
        return at, kind
    if mark:
        build.told(mark.start(), mark.end())
        lead, (start, stop) = parts[:-1], (parts[-1][0], mark.start())
    else:
        made = len(parts)
        while made > 1 and _is_imprint(text[slice(*parts[made - 1])]):
            made -= 1
            if _UNDATED.match(text[slice(*parts[made])]) or _MADE.match(text[slice(*parts[made])]):
                break
        while made > 1 and _EDITION.match(text[slice(*parts[made - 1])]):
            made -= 1
        lead, (start, stop) = parts[: made - 1], parts[made - 1]
    if lead:
        build.people("editor", lead[0][0], lead[-1][1], inverted=True)
        trimmed = re.sub(r"[,，]\s*(?:主编|主編|编|編|eds?)$", "", build.value("editor"))
        build.pieces = [
            type(one)(one.name, authors(trimmed, inverted=True) if one.name == "editor" and
                      trimmed != one.value else one.value, one.start, one.end)
            for one in build.pieces
        ]  # fmt: skip
    build.put("booktitle", start, stop)
    title = text[start:stop]
    meeting = (mark and mark["mark"] == "C") or kind == "proceedings" or re.search(
        r"(?i)proceedings|conference|symposium|会议论文|會議論文|研讨会|研討會|年会", title)  # fmt: skip
    return (mark.end() if mark else stop), "inproceedings" if meeting else "incollection"
