"""The lines of a pasted reference list → its items, each one text again.

What a page broke is joined: lines, words hyphenated at a line's end, URLs. What the page left
behind (folios, running heads, rules of tables) is dropped and told. An item keeps the place of
each of its characters, so that everything read from it can be pointed at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edition.source import SourceFile, Span


@dataclass(frozen=True, slots=True)
class Item:
    """One reference as one line. ``at[i]`` is the offset in the file of ``text[i]``; ``section``
    is the heading above it; ``joins`` are the offsets in ``text`` where a URL was rejoined at a
    hyphen, which may be the page's or the URL's own."""

    text: str
    at: tuple[int, ...]
    file: SourceFile
    number: str = ""
    section: str = ""
    joins: tuple[int, ...] = ()

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Place in the file of ``text[start:end]``."""
        end = len(self.text) if end is None else end
        if not self.at or start >= end:
            place = self.at[min(start, len(self.at) - 1)] if self.at else 0
            return self.file.span(place)
        return Span(self.file, self.at[start], self.at[end - 1] + 1)

    def part(self, start: int, end: int) -> Item:
        """The item cut to ``text[start:end]``, white space at its ends dropped."""
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        joins = tuple(one - start for one in self.joins if start <= one < end)
        return Item(self.text[start:end], self.at[start:end], self.file, self.number,
                    self.section, joins)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that is no part of a reference. ``why``: folio, running head, rule, heading."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    indent: int
    gap: bool  # a blank line stands above
    marker: str = ""  # as written: "- ", "[3] "
    number: str = ""


HEADING = re.compile(
    r"""^(?:\#{1,6}\s*|[|｜]\s*)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[IVX]{1,4}|[A-Z])\s*
    [.、．)）]\s*)?(?:參考文獻|参考文献|參考書目|参考书目|引用文獻|引用文献|徵引書目|參考資料|参考资料|
    참고문헌|論文及專著|论文及专著|專著|专著|論文|论文|期刊論文|期刊论文|其他|其它|中文文獻|中文文献|
    英文文獻|英文文献|外文文獻|外文文献|網絡資源|网络资源|網路資源|一手資料|二手資料|
    references?|bibliography|works\ cited|literature\ cited|further\ reading|books|articles|
    journal\ articles|websites?|others?|primary\ sources|secondary\ sources)\s*[|｜:：]?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
FOLIO = re.compile(r"^[\s\-–—·•|/]*(?:p(?:age)?\.?\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[\s\-–—·•|]*$|"
                   r"^第\s*\d{1,4}\s*[頁页]$|^[ivxlc]{1,6}$", re.IGNORECASE)
RULE = re.compile(r"^[\s|｜\-–—_=*+:·.]*$")
NUMBER = re.compile(r"^(?:\[(\d{1,4})\]|［(\d{1,4})］|〔(\d{1,4})〕|[(（](\d{1,3})[)）]|"
                    r"(\d{1,3})(?:[)）、．]|\.(?=\s)|\.(?=[^\W\d])))\s*")
BULLET = re.compile(r"^(?:[-–—*•▪◦‣●○■□▶·∙]\s+|[•▪◦‣●○■□▶]\s*)")
# A date in parentheses at the head of a line: when a page was visited.
VISIT = re.compile(r"^[(（\[［]\s*(?:訪問|访问|검색일|방문|accessed|検索)?[^()（）]{0,12}?\d{4}\s*"
                   r"[年년.\-/]", re.IGNORECASE)
URL = re.compile(r"https?://[^\s<>，。；、（）《》“”\"]*", re.IGNORECASE)
# The rest of an address that a line's end cut in two, though ">" may have closed the first half.
CUT_URL = re.compile(r"https?://[^\s<>]*>?$")
URL_TAIL = re.compile(r"^(?=[^\s(（]*[-/=?])[a-z0-9][\w\-/=?&%.~+#]*(?=[.。]?>?[.。]?\s*[(（]|>|\s*$)",
                      re.ASCII)
DONE = re.compile(r"""(?:[)）\]］>.。;；!?]|\d)["”’』」*]?\s*$""")
# How a reference begins, over the first two lines of it.
HEADS = (
    re.compile(r"^.{1,160}?[(（]\s*(?:19|20)\d\d[a-z]?\s*[)）]"),  # Author (2021)
    re.compile(r"^[^,，<>]{2,90}(?:[,，][^,，<>]{2,60}){0,3}[,，.]\s*<?https?://"),  # Body, URL
    re.compile(r"^[^.\[\]]{2,160}\.\s*[^\[\]]{2,200}[\[［][A-Z]{1,2}(?:/[A-Z]{2})?[\]］]"),  # GB/T
    re.compile(r"^[^\W\d][^.“\"]{1,160}?[.,]\s+(?:(?:19|20)\d\d[a-z]?\.|[“\"«*])"),  # Chicago
    re.compile(r"^[\u3400-\u9fff·、，, ]{2,40}[:：.,，、]?\s*[“《〈「『\"]"),  # 作者：“題名”
)


def items(source: SourceFile) -> tuple[tuple[Item, ...], tuple[Dropped, ...]]:
    """The references of ``source``, in order, and the lines that are none."""
    lines, dropped, headings = _lines(source)
    numbered = _numbered(lines)
    hanging = _hanging(lines)
    known = _urls(lines)
    found: list[Item] = []
    group: list[_Line] = []

    def close() -> None:
        if group:
            section = next((text for at, text in reversed(headings) if at < group[0].start), "")
            found.append(_join(source, group, section, known))
            group.clear()

    for index, line in enumerate(lines):
        after = lines[index + 1].text if index + 1 < len(lines) else ""
        passed = group and any(group[-1].start < at < line.start for at, _ in headings)
        if group and (passed or _begins(group, line, after, numbered, hanging)):
            close()
        group.append(line)
    close()
    return tuple(found), tuple(dropped)


def _lines(
    source: SourceFile,
) -> tuple[list[_Line], list[Dropped], list[tuple[int, str]]]:
    heads = _running_heads(source)
    lines: list[_Line] = []
    dropped: list[Dropped] = []
    headings: list[tuple[int, str]] = []
    gap = False
    for start, full in source.lines():
        text = full.strip("\f\u200b\ufeff").strip()
        if not text:
            gap = True
            continue
        at = start + full.index(text[0]) if text[0] in full else start
        why = _debris(text, heads)
        if why:
            dropped.append(Dropped(source.span(at, at + len(text)), why))
            if why == "heading":
                headings.append((at, text.strip("#|｜ :：")))
            continue
        lines.append(_marked(at, text, at - start, gap))
        gap = False
    return lines, dropped, headings


def _debris(text: str, heads: frozenset[str]) -> str:
    if HEADING.match(text):
        return "heading"
    if FOLIO.match(text):
        return "folio"
    if RULE.match(text):
        return "rule"
    return "running head" if _without_digits(text) in heads else ""


def _without_digits(text: str) -> str:
    return re.sub(r"[\d\s|\-–—·•]+", " ", text).strip()


def _running_heads(source: SourceFile) -> frozenset[str]:
    """Lines that stand alone, again and again, alike but for the folio. A line with a URL, a
    year in parentheses or a bullet is a reference, however often it comes."""
    seen: Counter[str] = Counter()
    for number in range(1, len(source.starts) + 1):
        text = source.line_text(number).strip()
        if (6 <= len(text) <= 90 and "://" not in text and not re.search(r"[(（]\d{4}", text)
                and not BULLET.match(text) and not NUMBER.match(text)):
            seen[_without_digits(text)] += 1
    return frozenset(text for text, count in seen.items() if count >= 3 and len(text) >= 6)


def _marked(start: int, text: str, indent: int, gap: bool) -> _Line:
    bullet = BULLET.match(text)
    if bullet:
        skip = bullet.end()
        return _Line(start + skip, text[skip:], indent, gap, bullet.group())
    number = NUMBER.match(text)
    if number and number.end() < len(text):
        skip = number.end()
        digits = next(one for one in number.groups() if one)
        return _Line(start + skip, text[skip:], indent, gap, number.group(), digits)
    return _Line(start, text, indent, gap)


def _numbered(lines: Sequence[_Line]) -> bool:
    """Whether the list is numbered: most numbers found go up by one."""
    numbers = [int(one.number) for one in lines if one.number]
    steps = sum(b == a + 1 for a, b in zip(numbers, numbers[1:], strict=False))
    return len(numbers) >= 2 and steps >= (len(numbers) - 1) * 0.6


def _hanging(lines: Sequence[_Line]) -> bool:
    """Whether continuation lines are indented throughout."""
    inside = [one.indent for one in lines if not one.marker]
    return len(inside) >= 2 and min(inside) == 0 and any(one >= 2 for one in inside)


def _urls(lines: Sequence[_Line]) -> frozenset[str]:
    """URLs that stand whole within a line: a second witness of one that was broken."""
    return frozenset(
        found.group().rstrip(".,;") for one in lines for found in URL.finditer(one.text)
        if found.end() < len(one.text)
    )


def _open(text: str) -> bool:
    """Whether ``text`` ends inside ``<…``, or inside a URL that nothing has ended."""
    if text.rfind("<") > text.rfind(">"):
        return True
    tail = None
    for tail in URL.finditer(text):
        pass
    return tail is not None and tail.end() == len(text) and not text.endswith((".", ";"))


def _begins(
    group: Sequence[_Line], line: _Line, after: str, numbered: bool, hanging: bool
) -> bool:
    """Whether ``line`` begins a reference, after the lines of ``group``."""
    before = " ".join(one.text for one in group)
    if VISIT.match(line.text):
        return False
    if URL_TAIL.match(line.text) and CUT_URL.search(before):
        return False
    url = _open(before)
    heads = _head(line.text, after)
    if url and not (heads and not before.endswith("-") and "<" not in before):
        return bool(line.marker and heads)
    if numbered and group[0].number and not line.gap:
        return bool(line.number) and int(line.number) > int(group[0].number)
    if line.number and (group[0].number or numbered):
        return True
    if hanging and not line.marker:
        return line.indent == 0
    done = bool(DONE.search(before))
    if line.marker:
        return heads or done or not re.match(r"[a-z]", line.text)
    if line.gap:
        return heads or (done and not re.match(r"[a-z(（]", line.text))
    return done and heads and not group[0].number


def _head(text: str, after: str) -> bool:
    if any(one.match(text) for one in HEADS):
        return True
    return text[:1].isalpha() and not text[:1].islower() and any(
        (found := one.match(f"{text} {after}")) is not None and found.end() > len(text)
        for one in HEADS
    ) and not URL.match(after)


def _join(
    source: SourceFile, group: Sequence[_Line], section: str, known: frozenset[str]
) -> Item:
    text, at, joins = "", [], []
    for line in group:
        if not text:
            text, at = line.text, [*range(line.start, line.start + len(line.text))]
            continue
        glue, drop = _seam(text, line.text, known)
        if drop:
            text, at = text[:-1], at[:-1]
        elif not glue and text.endswith("-") and _open(text):
            joins.append(len(text) - 1)
        text += glue + line.text
        at += [at[-1]] * len(glue) + [*range(line.start, line.start + len(line.text))]
    return Item(text, tuple(at), source, group[0].number, section, tuple(joins))


def _seam(text: str, more: str, known: frozenset[str]) -> tuple[str, bool]:
    """What stands between two lines once they are one ("" or a space), and whether the hyphen
    that ends the first is the page's and goes."""
    if _open(text) and not VISIT.match(more):
        return "", text.endswith("-") and _witnessed(text, more, known)
    if text.endswith(">") and CUT_URL.search(text) and URL_TAIL.match(more):
        return "", True
    if text.endswith("\u00ad"):
        return "", True
    if re.search(r"[a-z]-$", text) and re.match(r"[a-z]", more):
        return "", True
    wide = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’《》—…]"
    if re.search(wide + "$", text) and re.match(wide, more):
        return "", False
    return ("" if re.search(r"[-–/]$", text) else " "), False


def _witnessed(text: str, more: str, known: frozenset[str]) -> bool:
    """Whether the URL stands elsewhere in the list without the hyphen, and nowhere with it."""
    head = text[text.rfind("http"):]
    tail = re.match(r"[^\s<>]*", more)
    rest = tail.group().rstrip(".,;") if tail else ""
    return head[:-1] + rest in known and head + rest not in known


def sources(item: Item) -> Iterator[Item]:
    """The item, or its parts where it names several sources: ``…. (date); …. (date)``."""
    start = 0
    for cut in re.finditer(r"[)）>.。]\s*[;；]\s*(?=\S)", item.text):
        left, right = item.text[start : cut.end()], item.text[cut.end():]
        if "://" in left and "://" in right:
            yield item.part(start, cut.start() + 1)
            start = cut.end()
    last = item.part(start, len(item.text))
    end = len(last.text.rstrip(";； "))
    yield last.part(0, end)
