"""What pages left among the lines of a text: folios, running heads, form feeds.

A line is judged by its own looks, by what comes again, by numbers that rise, and by the sentence
that it cuts: a lone figure between two whole paragraphs may be the number of a chapter.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edition.characters import HAN
from edition.importers import lines as looks
from edition.importers.lexicon import listed
from edition.importers.lines import ArticleLine
from edition.importers.stream import plain

FOLIO, HEAD = "folio", "running head"
_SIGN = r"[-–—―~·•.|/\s]"
# figures that nothing else stands by: · 35 ·, - 38 -, 第 39 页, 第3页 共9页, Page 4 of 12, 12쪽
_PLAIN_FOLIO = re.compile(
    rf"^(?:{_SIGN}*[-–—―~·•|]{_SIGN}*(?P<a>\d{{1,4}}){_SIGN}*[-–—―~·•|]{_SIGN}*|"
    r"第\s*(?P<b>\d{1,4})\s*[頁页](?:\s*[,，/／]?\s*共\s*\d{1,4}\s*[頁页])?|"
    r"(?:page|p\.|pg\.)\s*(?P<c>\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?|[頁页]\s*(?P<d>\d{1,4})|"
    r"(?P<e>\d{1,4})\s*쪽)$",
    re.IGNORECASE,
)
_BARE_FOLIO = re.compile(
    r"^(?:[(（\[〔]\s*)?(?P<n>\d{1,4})(?:\s*[/／]\s*\d{1,4})?(?:\s*[)）\]〕])?\s*[|.]?$|"
    r"^[|]\s*(?P<m>\d{1,4})$"
)
# what a journal prints at the head of its pages: its number, volume or year
_PERIODICAL = re.compile(
    r"第\s*[\d一二三四五六七八九十百]{1,4}\s*[卷期輯辑號号](?!\w*[章節节])|總第?\s*\d+\s*期|"
    r"总第?\s*\d+\s*期|제\s*\d+\s*[권호집]|\bVol(?:ume|\.)?\s*\d+|\bNo\.\s*\d+|\bIssue\s+\d+|"
    r"\d{1,3}\s*[(（]\d{1,2}[)）]\s*[:：,，]?\s*(?:19|20)\d\d|(?:19|20)\d\d\s*年\s*第?\s*\d+\s*期|"
    r"\d{1,3}\s*\((?:19|20)\d\d\)\s*\d{1,4}|"
    r"學報|学报",
    re.IGNORECASE,
)
_JOURNAL = re.compile(  # a running head that stands once
    rf"{_PERIODICAL.pattern}|\b(?:Journal|Review|Quarterly|Bulletin|Proceedings|Annals)\b|"
    r"[學学集叢丛]刊$|^(?=.*[A-Z]{3})[A-Z\W\d]+$")  # fmt: skip
_CLOSED = re.compile(r"[。！？!?.…：:；;▪][”’」』）)\]》〉\"'*_⁰¹²³⁴⁵⁶⁷⁸⁹⁾①-⑳\]\d]*$")
_ENDED = re.compile(r"[。！？!?；;…，,、：:]$|[a-z]\.$")
_NUMBERED = re.compile(r"^(?:\[\^|[(（\[〔①-⑳¹²³⁴⁵⁶⁷⁸⁹⁰<*#>|]|\d{1,4}[)）.．、])")
_HEAD_WIDTH = 80
_CUT_WIDTH = 60  # of a line, at least, that a page cut
_OPEN_WORDS = "，、的地得之與与和及或在於于是為为將将把被對对從从向使令讓让"  # end no text
_COMMON = 1e-6  # chance of a word that a page may have cut
_FOLIO_LENGTH = 60
_EDGE = re.compile(r"^\s*\d{1,4}\s+|(?<!\s)\s++\d{1,4}\s*$|[|·•]+")


@dataclass(frozen=True, slots=True)
class PageBreaks:
    """``dropped``: number of a line → why; ``after``: lines that begin a page."""

    dropped: Mapping[int, str]
    after: frozenset[int]


def pages(lines: Sequence[ArticleLine]) -> PageBreaks:
    """Which lines are folios and running heads. The first of several equal lines stays where it
    is the title at the head of the text."""
    folios = _folios(lines)
    heads = _heads(lines, folios)
    heads |= _lone_heads(lines, folios | heads)
    dropped = dict.fromkeys(folios, FOLIO) | dict.fromkeys(heads, HEAD)
    after = {
        two.number for one, two in itertools.pairwise(lines)
        if one.number in dropped and two.number not in dropped
    }  # fmt: skip
    after |= {one.number for one in lines if one.feed}
    return PageBreaks(dropped, frozenset(after))


def without_folio(text: str) -> str:
    """A running head without the number of its page."""
    return re.sub(r"\s+", " ", _EDGE.sub(" ", text)).strip()


def _key(text: str) -> str:
    """What running heads of one journal have in common; of other lines all but the folio."""
    if _PERIODICAL.search(text):
        return re.sub(r"[\d\W]", "", text)
    return re.sub(r"\s", "", without_folio(text))


def _value(found: re.Match[str]) -> int:
    return int(next(one for one in found.groups() if one))


def _alone(lines: Sequence[ArticleLine], at: int) -> bool:
    return lines[at].gap and (at + 1 == len(lines) or lines[at + 1].gap)


def _cuts(lines: Sequence[ArticleLine], at: int) -> bool:
    """Whether the text above line ``at`` breaks off."""
    above = next((lines[n].text for n in range(at - 1, max(at - 4, -1), -1)
                  if not _folio(lines[n].text)), "")  # fmt: skip
    return looks.width(above) >= 30 and not _CLOSED.search(above)


def _folio(text: str) -> re.Match[str] | None:
    """A line that is the number of its page; of long lines of dashes nothing is asked."""
    return _PLAIN_FOLIO.match(text) if len(text) <= _FOLIO_LENGTH else None


def _folios(lines: Sequence[ArticleLine]) -> set[int]:
    """Lines that are the numbers of pages."""
    sure = [(at, _value(found)) for at, line in enumerate(lines)
            if (found := _folio(line.text))]  # fmt: skip
    bare = [
        (at, _value(found)) for at, line in enumerate(lines)
        if (found := _BARE_FOLIO.match(line.text)) and (line.feed or _alone(lines, at)
           or (_cuts(lines, at) and len(line.text) <= 4))
    ]  # fmt: skip
    chosen = {at for at, _ in sure}
    if sure:
        chosen |= _rising(bare, sure)
    elif len(bare) >= 2:
        rising = sum(two > one for (_, one), (_, two) in itertools.pairwise(bare))
        chapters = bare[0][1] == 1 and not any(_cuts(lines, at) for at, _ in bare)
        if rising >= (len(bare) - 1) * 0.8 and not chapters:
            chosen |= {at for at, _ in bare}
    chosen |= {at for at, _ in bare if len(bare) == 1 and _cuts(lines, at)}
    return {lines[at].number for at in chosen}


def _rising(bare: Sequence[tuple[int, int]], sure: Sequence[tuple[int, int]]) -> set[int]:
    """Places of those of ``bare`` that fit among ``sure``: above all before, below all behind."""
    places = [place for place, _ in sure]
    before = [0, *itertools.accumulate((value for _, value in sure), max)]
    after = [10_000, *itertools.accumulate((value for _, value in reversed(sure)), min)][::-1]
    return {
        at for at, value in bare
        if before[bisect.bisect_left(places, at)] < value < after[bisect.bisect_right(places, at)]
    }  # fmt: skip


def _heads(lines: Sequence[ArticleLine], folios: set[int]) -> set[int]:
    """Lines that are running heads: alike but for the folio, and that often, or a journal's."""
    groups: dict[str, list[int]] = defaultdict(list)
    opening = {_key(line.text) for line in lines[:4]}
    for at, line in enumerate(lines):
        text = line.text
        if len(text) < 2 or looks.width(text) > _HEAD_WIDTH:
            continue
        if not (_ENDED.search(text) or _NUMBERED.match(text)):
            groups[_key(text)].append(at)
    chosen: set[int] = set()
    for bare, places in groups.items():
        alone = [at for at in places if _stands(lines, at, folios)]
        periodical = bool(_PERIODICAL.search(lines[places[0]].text)) and not looks.label(bare)
        stand = set(alone)
        numbered = {at for at in places if without_folio(lines[at].text) != lines[at].text}
        titled = bare in opening and len(places) > 1
        if looks.label(bare) or (len(bare) < 4 and not titled):
            continue
        if len(alone) >= 3 and len(bare) >= 4:
            chosen |= {at for at in alone if at > 10 or at != alone[0] or at in numbered}
        elif periodical and len(alone) >= 2:
            chosen |= stand
        elif periodical or titled or (numbered and len(places) >= 3):
            chosen |= {
                at for at in places
                if at >= 2 and (at in stand or at in numbered)
                and (not titled or at != places[0])
                and (_cuts(lines, at) or (
                    at in stand and titled and (at in numbered or periodical)))
            }  # fmt: skip
            if periodical and places[0] <= 1 and places[0] in numbered:
                chosen.add(places[0])
    return {lines[at].number for at in chosen}


def _lone_heads(lines: Sequence[ArticleLine], dropped: set[int]) -> set[int]:
    """Lines that stand once, between the halves of a sentence: what a page printed at its head."""
    chosen: set[int] = set()
    for at in range(2, len(lines) - 1):
        text = lines[at].text
        if lines[at].number in dropped or not _may_head(lines, at, dropped):
            continue
        above = next((lines[n].text for n in range(at - 1, -1, -1)
                      if lines[n].number not in dropped), "")  # fmt: skip
        below = next((one.text for one in lines[at + 1 : at + 4]
                      if one.number not in dropped), "")  # fmt: skip
        if looks.width(above) < _CUT_WIDTH or _CLOSED.search(above):
            continue
        bare = re.sub(r"[\W\d]", "", text)
        titles = [re.sub(r"\W", "", one.text) for one in lines[: min(6, at - 1)]
                  if looks.width(one.text) <= 120]  # fmt: skip
        titled = bool(bare) and any(bare in one or one in bare for one in titles if len(one) > 1)
        titled = titled or without_folio(text) != text or bool(_JOURNAL.search(text))
        if _goes_on(above, below, titled=titled):
            chosen.add(lines[at].number)
    return chosen


def _may_head(lines: Sequence[ArticleLine], at: int, dropped: set[int]) -> bool:
    """Whether a line stands by itself, and is nothing that its own looks tell."""
    text = lines[at].text
    return (
        _stands(lines, at, dropped)
        and 2 <= looks.width(text) <= _HEAD_WIDTH
        and not (_ENDED.search(text) or _NUMBERED.match(text) or looks.CAPTION.match(text))
        and not (looks.label(text) or looks.KNOWN.match(text) or looks.numbered(text))
        and not (looks.KEYWORDS.match(text) or looks.RULE.match(text) or "\t" in text)
    )


def _goes_on(above: str, below: str, *, titled: bool) -> bool:
    """Whether a sentence that breaks off goes on below: the line between is ``titled``, or a word
    or phrase is cut. Any other may be what the sentence quotes."""
    if re.match(r"[a-zà-ÿ，。、；：）」』”,;)]", below):
        return bool(re.search(r"[^\W\d_]-$" if not titled else r"[^\W\d_]-?$|[,，、；;]$", above))
    if not (re.match(rf"[{HAN}]", below) and re.search(rf"[{HAN}，、]$", above)):
        return False
    return (
        titled or above[-1] in _OPEN_WORDS or listed().get(plain(above[-1] + below[0]), 0) > _COMMON
    )


def _stands(lines: Sequence[ArticleLine], at: int, folios: set[int]) -> bool:
    """Whether a line is alone, or has only a folio beside it."""
    line = lines[at]
    above = line.gap or lines[at - 1].number in folios
    below = at + 1 == len(lines) or lines[at + 1].gap or lines[at + 1].number in folios
    return above and below
