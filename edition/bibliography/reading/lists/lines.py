"""The lines of a pasted reference list → its items, each one text again.

What a page broke is joined: lines, words hyphenated at a line's end, URLs. What the page left
behind (folios, running heads, rules of tables) is dropped and told. An item keeps the place of
each of its characters, so that everything read from it can be pointed at.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from edition.bibliography.reading.lists.endings import VISITED
from edition.bibliography.reading.lists.headings import HEADING
from edition.bibliography.reading.lists.items import Dropped, ListedReference
from edition.bibliography.reading.lists.seams import (
    CUT_URL,
    NEAR,
    URL,
    URL_TAIL,
    VISIT,
    ListLine,
    is_open,
    join,
    whole_urls,
)
from edition.characters import HAN
from edition.source import SourceFile

FOLIO = re.compile(
    r"^[\s\-–—·•|/]*(?:p(?:age)?\.?\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[\s\-–—·•|]*$|"
    r"^第\s*\d{1,4}\s*[頁页]$|^[ivxlc]{1,6}$",
    re.IGNORECASE,
)
RULE = re.compile(r"^[\s|｜\-–—_=*+:·.]*$")
NUMBER = re.compile(
    r"^(?:\[(\d{1,4})\]|［(\d{1,4})］|〔(\d{1,4})〕|[(（](\d{1,3})[)）]|"
    r"(\d{1,3})(?:[)）、．]|\.(?=\s)|\.(?=[^\W\d]))|([①-⑳㉑-㉟㊱-㊿]))\s*"
)
BULLET = re.compile(r"^(?:[-–—*•▪◦‣●○■□▶·∙]\s+|[•▪◦‣●○■□▶]\s*)")
DONE = re.compile(
    r"""(?:(?:[)）\]］>.．。;；!?]|\d)["”’』」*]?|(?:https?://|doi:\s*|www\.)\S+|[页頁쪽면])\s*$"""
)
_LAST = r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]er|[Dd]el|[Ll]a|[Dd]i) )*[A-ZÀ-ÞŁŚŽČ][\w’'-]+(?:[ -][A-ZÀ-ÞŁŚŽČ][\w’'-]+)?"
# How a reference begins, over the first two lines of it.
HEADS = (
    re.compile(
        r"^.{1,160}?[(（]\s*(?:1[5-9]|20)\d\d[a-z]?(?:, [^()]{3,20})?\s*[)）]"
    ),  # Author (2021)
    re.compile(
        r"^(?!.*\d\s?\(\d|.*\d[-–]\d+\.)[^,，<>]{2,90}(?:[,，][^,，<>]{2,60}){0,3}[,，.]\s*<?https?://"
    ),  # Body, URL
    re.compile(
        r"^[^.．\[\]［］]{2,160}[.．]\s*[^\[\]［］]{2,200}"
        r"[\[［][A-Z]{1,2}(?:/[A-Z]{2})?[\]］]"
    ),  # GB/T
    re.compile(r"^[^\W\d][^.“\"]{1,160}?[.,]\s+(?:(?:19|20)\d\d[a-z]?\.|[“\"«*])"),  # Chicago
    # Hart, J. A., & Kim, S. · Hart, Jeffrey A.
    re.compile(rf"^{_LAST}, (?:[A-ZÀ-Þ]\.[ -]?)+(?:,|&|and\b|\s*\(|\s*(?:1[5-9]|20)\d\d|[“\"A-Z])"),
    re.compile(
        rf"^{_LAST}, [A-ZÀ-Þ][\w’'-]+(?: [A-Z]\.| [A-ZÀ-Þ][\w’'-]+)*(?:\.|, (?:and|et)\b|(?<=\.) (?=[A-Z“\"])) ?"
    ),
    # Hart JA, Kim S. Title
    re.compile(
        rf"^{_LAST} [A-Z]{{1,3}}(?:, {_LAST} [A-Z]{{1,3}})*(?:, et al)?(?:; [A-Z][^.;]{{3,80}})?\. "
    ),
    # Jeffrey A. Hart, “Title” · Jeffrey A. Hart, Title (Place: Publisher, 2011)
    re.compile(
        rf"^(?:[A-ZÀ-Þ]\. ?|{_LAST} ){{1,4}}{_LAST}(?: and [^,“]{{4,60}})?, "
        r"(?:[“\"]|.{4,160}(?:\(|, [A-Z][\w .]+: [A-Z]))"
    ),
    re.compile(r"^[A-Z][a-z]+ [A-Z][a-z’-]+\. [A-Z“\"]"),  # Lu Xun. Title
    re.compile(r"^[A-Z][^.]{3,90}\. [^.]{3,200}\[(?:Internet|Online|internet)\]"),  # a body
    re.compile(r"^[《〈「『“][^《〈「『“]{2,80}[》〉」』”]\s*(?:[，,：:]|第|\()"),  # no author
    re.compile(rf"^(?:[A-Z]\.\s?){{1,3}}[가-힣{HAN}]{{1,8}}\s*[,，]"),  # E. H. 카
    # 저자, 「제목」 · 작자（2010）
    re.compile(
        rf"^(?:[\[［〔(（][^\]］〕)）]{{1,4}}[\]］〕)）]\s*)?[가-힣{HAN}·、，, ]{{2,60}}(?:[(（]\d{{4}}[)）])?[:：.,，、]?\s*[“《〈「『\"]"
    ),
)


def items(source: SourceFile) -> tuple[tuple[ListedReference, ...], tuple[Dropped, ...]]:
    """The references of ``source``, in order, and the lines that are none."""
    lines, dropped, headings = _lines(source)
    numbered = _numbered(lines)
    hanging = _hanging(lines)
    known = whole_urls(lines)
    found: list[ListedReference] = []
    group: list[ListLine] = []

    def close() -> None:
        if group:
            section = next((text for at, text in reversed(headings) if at < group[0].start), "")
            found.append(join(source, group, section, known))
            group.clear()

    heads = [at for at, _ in headings]
    before = ""  # the end of what the group holds
    for index, line in enumerate(lines):
        after = lines[index + 1].text if index + 1 < len(lines) else ""
        passed = group and bisect(heads, group[-1].start) < bisect(heads, line.start)
        if group and (
            passed or _begins(group, before, line, after, numbered=numbered, hanging=hanging)
        ):
            close()
        before = f"{before} {line.text}"[-NEAR:] if group else line.text[-NEAR:]
        group.append(line)
    close()
    return tuple(found), tuple(dropped)


def parted(item: ListedReference) -> tuple[ListedReference, ...]:
    """The item cut at every line that begins as a reference does, after one that ends as a
    reference does: what an unnumbered reference below a numbered one looks like. An item without
    such a line is alone."""
    numbers = [item.file.position(one)[0] for one in item.at]
    seams = [index for index in range(1, len(item.at)) if numbers[index] != numbers[index - 1]]
    cuts = [0]
    for seam, following in pairwise([*seams, len(item.text)]):
        line = item.text[seam:following].strip()
        before = item.text[max(cuts[-1], seam - NEAR) : seam]
        if not is_open(before) and _ended(before, line, item.text[following : following + NEAR]):
            cuts.append(seam)
    parts = [item.part(*ends) for ends in pairwise([*cuts, len(item.text)])]
    return parts[0], *(replace(one, number="") for one in parts[1:])


def _lines(source: SourceFile) -> tuple[list[ListLine], list[Dropped], list[tuple[int, str]]]:
    heads = _running_heads(source)
    lines: list[ListLine] = []
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
        cut = (
            bool(lines) and not gap and (is_open(lines[-1].text) or _bracket(lines[-1].text, text))
        )
        lines.append(_marked(at, text, at - start, gap=gap, cut=cut))
        gap = False
    return lines, dropped, headings


def _bracket(before: str, text: str) -> bool:
    """Whether ``2)`` closes what the line before opened: ``12(4 Suppl`` / ``2):e77``."""
    head = re.match(r"\d{1,3}[)）]", text)
    opened = len(re.findall("[(（]", before)) - len(re.findall("[)）]", before))
    return bool(head) and opened > 0


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
        if (
            6 <= len(text) <= 90
            and "://" not in text
            and not re.search(r"[(（]\d{4}", text)
            and not BULLET.match(text)
            and not NUMBER.match(text)
        ):
            seen[_without_digits(text)] += 1
    return frozenset(text for text, count in seen.items() if count >= 3 and len(text) >= 6)


def _marked(start: int, text: str, indent: int, *, gap: bool, cut: bool) -> ListLine:
    """``cut``: the line above ends within an address, which "52.html" goes on."""
    bullet = BULLET.match(text)
    if bullet:
        skip = bullet.end()
        return ListLine(start + skip, text[skip:], indent, gap, bullet.group())
    number = NUMBER.match(text)
    if (
        number
        and number.end() < len(text)
        and not (
            cut
            and (
                not number.group()[-1].isspace()
                or (number[5] and number.group().strip()[-1] in ")）")
            )
        )
    ):
        skip = number.end()
        digits = next(one for one in number.groups() if one)
        digits = str(int(unicodedata.numeric(digits))) if not digits.isdecimal() else digits
        return ListLine(start + skip, text[skip:], indent, gap, number.group(), digits)
    return ListLine(start, text, indent, gap)


def _numbered(lines: Sequence[ListLine]) -> bool:
    """Whether the list is numbered: most numbers found go up by one."""
    numbers = [int(one.number) for one in lines if one.number]
    steps = sum(b == a + 1 for a, b in pairwise(numbers))
    return len(numbers) >= 2 and steps >= (len(numbers) - 1) * 0.6


def _hanging(lines: Sequence[ListLine]) -> bool:
    """Whether continuation lines are indented throughout."""
    inside = [one.indent for one in lines if not one.marker]
    return len(inside) >= 2 and min(inside) == 0 and any(one >= 2 for one in inside)


def _begins(
    group: Sequence[ListLine],
    before: str,
    line: ListLine,
    after: str,
    *,
    numbered: bool,
    hanging: bool,
) -> bool:
    """Whether ``line`` begins a reference, after the lines of ``group``, which end in ``before``."""
    if VISIT.match(line.text):
        return False
    if URL_TAIL.match(line.text) and CUT_URL.search(before):
        return False
    if line.number and group[0].number and int(line.number) == int(group[0].number) + 1:
        return True  # an address at the end of the one before has no stop
    url = is_open(before)
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
    return _ended(before, line.text, after) and not group[0].number


def _ended(before: str, line: str, after: str) -> bool:
    """Whether a reference ends between ``before`` and ``line``: nothing follows the day of a
    visit; else the one must end and the other begin as references do."""
    before, line, after = before[-NEAR:], line[:NEAR], after[:NEAR]
    done = DONE.search(before) and not re.search(r"\b[A-Z]\.\s*$", before)
    return bool(VISITED.search(before) or (done and _head(line, after)))


def _head(text: str, after: str) -> bool:
    if any(one.match(text) for one in HEADS):
        return True
    return (
        text[:1].isalpha()
        and not text[:1].islower()
        and any(
            (found := one.match(f"{text} {after}")) is not None and found.end() > len(text)
            for one in HEADS
        )
        and not URL.match(after)
    )
