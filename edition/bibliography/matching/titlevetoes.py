"""Vetoes by what two titles say: parts, sequels, other words, columns that recur."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from edition.bibliography.matching.records import Record
from edition.bibliography.matching.similarity import STOP, Likeness
from edition.bibliography.matching.veto import Veto, VetoCode
from edition.bibliography.values import alike

_ABOUT = re.compile(
    r"\b(?:erratum|errata|corrigend\w+|correction|retract\w+|withdrawn|addendum|comments? on|"
    r"reply|response to|rejoinder|discussion of|review of|book review|summary of|supplement$)\b"
    r"|\bvol \d+ pg \w+"
    r"|勘 误|更 正|撤 稿|书 评|回 应|补 遗|商 榷|述 评|读 后|答 .{1,12} 先 生"
)
_GENERIC = re.compile(
    r"(?:guest )?editorial(?: note| board)?|introduction|preface|foreword|conclusions?|"
    r"in this issue|from the editors?|letters?(?: to the editor)?|news|announcements?|index|"
    r"book reviews?|obituary|in memoriam|abstracts?|contents|notes?|references|appendix|"
    r"(?:private|personal) (?:communication|correspondence)|untitled|unknown|"
    r"(?:the )?annual report|"
    r"编 者 按|编 后 记|前 言|序 言?|引 言|导 言|导 论|绪 论|结 语|结 论|后 记|跋|书 评|卷 首 语|"
    r"发 刊 词|综 述|附 录|目 录|会 议 纪 要|年 度 报 告"
)
_SERIAL = re.compile(
    r"\b(?:annual|yearly|quarterly|monthly) (?:\w+ ){0,2}(?:report|review|survey|statistics)|"
    r"\byearbook|\balmanac|\bcensus|\bstatistical abstract|\bfactbook|\bworld (?:economic )?outlook"
    r"|年 报|年 鉴|年 度 报 告|统 计 公 报|蓝 皮 书|白 皮 书|政 府 工 作 报 告|皮 书|季 报"
)
_SEQUEL = frozenset("再续新后前上中下初三四二一五六七八九十也又补")


def translation(a: Record, b: Record, _: Likeness) -> Veto | None:
    if a.key and b.key and a.han != b.han:
        return Veto(
            VetoCode.TRANSLATION,
            "the titles are in two languages: original and "
            "translation are linked by related, not merged",
            absolute=True,
        )
    if a.translator and b.translator and Levenshtein.distance(a.translator, b.translator) > 1:
        return Veto(VetoCode.TRANSLATOR, "two translators", absolute=True)
    if bool(a.translator) != bool(b.translator) and a.year and b.year and a.year != b.year:
        return Veto(
            VetoCode.TRANSLATOR, "only one is a translation, and the years differ", absolute=True
        )
    langs = [one.entry.get("langid") or one.entry.get("language") for one in (a, b)]
    if all(langs) and langs[0].casefold() != langs[1].casefold() and a.key != b.key:
        return Veto(
            VetoCode.TRANSLATION, f"the languages differ: {langs[0]}, {langs[1]}", absolute=True
        )
    return None


def about(a: Record, b: Record, _: Likeness) -> Veto | None:
    mine, theirs = set(_ABOUT.findall(a.title)), set(_ABOUT.findall(b.title))
    if mine != theirs:
        word = " ".join(sorted(mine ^ theirs))
        return Veto(
            VetoCode.ABOUT, f"only one title has “{word}”: it is about the other", absolute=True
        )
    return None


_ROMAN = re.compile(r"(?=[ivx])x{0,2}(?:ix|iv|v?i{0,3})")


def _romans(title: str) -> list[str]:
    return [one for one in title.split() if _ROMAN.fullmatch(one)]


def part(a: Record, b: Record, like: Likeness) -> Veto | None:
    mine, theirs = _romans(a.title), _romans(b.title)
    if mine and theirs and mine != theirs:  # copper(I) oxide, copper(II) oxide
        fact = f"the titles differ in a number: {' '.join(mine)}, {' '.join(theirs)}"
        return Veto(VetoCode.PART, fact, absolute=True)
    if a.numbers == b.numbers or not a.key or a.key == b.key or not b.key:
        return None
    short, long = sorted((a, b), key=lambda one: len(one.key))
    cut = (
        like.title < 1
        and long.key.startswith(short.key)
        and short.numbers < long.numbers
        and len(long.key) - len(short.key) > 12
    )  # a subtitle is missing, with its figures
    odd = a.numbers ^ b.numbers
    if not (a.year and b.year) and odd <= {a.year or b.year}:
        return None  # the year was read into the title
    only = ", ".join(sorted(one.removeprefix("part ") for one in odd))
    one_place = (
        like.pages == "same"
        and a.pages[0] != a.pages[1]
        and like.volume is True
        and like.title > 0.97
    )  # two parts don't stand on the same pages
    return Veto(
        VetoCode.PART,
        f"the titles differ in a number or part: {only}",
        absolute=not cut and not one_place,
    )


def sequel(a: Record, b: Record, like: Likeness) -> Veto | None:
    """論X and 再論X; two Chinese titles that differ in a character which isn't alike in shape."""
    if not (a.han and b.han) or a.key == b.key or like.title < 0.8:
        return None
    changed = [
        (a.key[o.src_start : o.src_end], b.key[o.dest_start : o.dest_end])
        for o in Levenshtein.opcodes(a.key, b.key)
        if o.tag != "equal"
    ]
    for old, new in changed:
        if set(old + new) & _SEQUEL and not (len(old) == len(new) == 1 and alike(old, new)):
            return Veto(
                VetoCode.SEQUEL, f"the titles differ in {old or '–'}/{new or '–'}", absolute=True
            )
    odd = [
        (x, y)
        for x, y in changed
        if len(x) != len(y) or any(alike(c, d) < 0.7 for c, d in zip(x, y, strict=True))
    ]
    if odd and max(len(x) + len(y) for x, y in odd) <= 8:
        old, new = odd[0]
        return Veto(
            VetoCode.WORDING,
            f"the titles differ in {old or '–'}/{new or '–'}, which are not alike in shape",
            absolute=len(odd) > 1 or like.title < 0.9,
        )
    return None


def wording(a: Record, b: Record, like: Likeness) -> Veto | None:
    """Titles that have a word each the other lacks, which is no misprint of it: “in adults”, “in
    adolescents”. One place in print outweighs it."""
    if (a.han and b.han) or a.key == b.key or not (a.key and b.key):
        return None
    mine, theirs = a.title.split(), b.title.split()
    odd = [one for one in mine if one not in theirs and one not in STOP]
    other = [one for one in theirs if one not in mine and one not in STOP]
    if not odd or not other:
        return _tail(mine, theirs)
    loose = [one for one in odd if not any(_same_word(one, two) for two in other)]
    if loose and not _same_word("".join(odd), "".join(other)):
        one_page = a.pages[0] == a.pages[1]  # which has room for several notes
        placed = (
            like.pages == "same"
            and like.volume is not False
            and not like.years
            and not (one_page and like.title < 0.9)
        )
        fact = f"only one title has “{loose[0]}”, the other “{other[0]}”"
        return Veto(VetoCode.WORDING, fact, absolute=not placed)
    return None


def _tail(mine: list[str], theirs: list[str]) -> Veto | None:
    """“…-a” and “…-b”, or “…” and “…-a”: entries told apart by a letter."""
    short, long = sorted((mine, theirs), key=len)
    if len(mine) == len(theirs) and mine[:-1] == theirs[:-1] and len(mine[-1] + theirs[-1]) == 2:
        return Veto(
            VetoCode.PART, f"one title ends in “{mine[-1]}”, one in “{theirs[-1]}”", absolute=True
        )
    if len(long) == len(short) + 1 and long[:-1] == short and len(long[-1]) == 1:
        return Veto(VetoCode.PART, f"only one title ends in “{long[-1]}”", absolute=True)
    return None


def _same_word(a: str, b: str) -> bool:
    """One word in two spellings, or its abbreviation."""
    short, long = sorted((a, b), key=len)
    if len(a) == len(b) == 1:
        return False
    slack = 1 if len(long) < 8 else 2 if len(long) < 14 else 3
    return (len(short) > 2 and long.startswith(short)) or (
        Levenshtein.distance(a, b, score_cutoff=slack) <= slack
    )


def generic(a: Record, b: Record, like: Likeness) -> Veto | None:
    """A title of many pieces, in every list or in this one, needs its place in print."""
    if not (
        _GENERIC.fullmatch(a.title) or _GENERIC.fullmatch(b.title) or (a.recurring and b.recurring)
    ):
        return None
    placed = like.pages == "same" and like.volume is not False and like.number is not False
    if placed and not like.years and (like.volume or like.number or like.venue):
        return None
    return Veto(
        VetoCode.GENERIC, f"“{a.entry.get('title')}” is the title of many pieces", absolute=True
    )


def serial(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.years and (_SERIAL.search(a.title) or _SERIAL.search(b.title)):
        return Veto(
            VetoCode.ANNUAL, f"a report that comes every year: {a.year} and {b.year}", absolute=True
        )
    return None
