"""What keeps two records apart however alike they look. Each veto has its own stable code.

An absolute veto refuses a merge; the others leave it to the editor (proposed, never applied).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from edition.bibliography.matching.records import ORDINALS, Record
from edition.bibliography.matching.similarity import STOP, Likeness
from edition.bibliography.matching.slips import misspelt
from edition.bibliography.values import alike, compact

_ABOUT = re.compile(
    r"\b(?:erratum|errata|corrigend\w+|correction|retract\w+|withdrawn|addendum|comments? on|"
    r"reply|response to|rejoinder|discussion of|review of|book review|summary of)\b"
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
_THESIS = frozenset({"thesis", "phdthesis", "mastersthesis"})
_BOOKS = frozenset({"book", "collection", "mvbook", "proceedings", "mvcollection", "reference"})
_PARTS = frozenset(
    {"incollection", "inbook", "inproceedings", "conference", "suppbook", "inreference"}
)
_REPORTS = frozenset(
    {
        "report",
        "techreport",
        "manual",
        "standard",
        "patent",
        "dataset",
        "legislation",
        "jurisdiction",
    }
)
_JOURNAL = re.compile(r"\bjournal\b|\bj\b|\btransactions\b|\bannals\b|\bquarterly\b")
_DRAFTS = re.compile(
    r"\barxiv|\bpreprint|\bworking paper|\bssrn|\bbiorxiv|\bmedrxiv|\bdiscussion "
    r"paper|\bsubmitted|\bin preparation|\bunpublished|\bmanuscript|预 印"
)


@dataclass(frozen=True, slots=True)
class Veto:
    """``absolute``: never one work; else the editor may say so."""

    code: str
    fact: str
    absolute: bool


def vetoes(a: Record, b: Record, like: Likeness) -> Iterator[Veto]:
    """Every veto that speaks against merging ``a`` and ``b``."""
    for check in CHECKS:
        found = check(a, b, like)
        if found:
            yield found


def _translation(a: Record, b: Record, _: Likeness) -> Veto | None:
    if a.key and b.key and a.han != b.han:
        return Veto(
            "veto.translation",
            "the titles are in two languages: original and "
            "translation are linked by related, not merged",
            True,
        )
    if a.translator and b.translator and Levenshtein.distance(a.translator, b.translator) > 1:
        return Veto("veto.translator", "two translators", True)
    if bool(a.translator) != bool(b.translator) and a.year and b.year and a.year != b.year:
        return Veto("veto.translator", "only one is a translation, and the years differ", True)
    langs = [one.entry.get("langid") or one.entry.get("language") for one in (a, b)]
    if all(langs) and langs[0].casefold() != langs[1].casefold() and a.key != b.key:
        return Veto("veto.translation", f"the languages differ: {langs[0]}, {langs[1]}", True)
    return None


def _about(a: Record, b: Record, _: Likeness) -> Veto | None:
    mine, theirs = set(_ABOUT.findall(a.title)), set(_ABOUT.findall(b.title))
    if mine != theirs:
        word = " ".join(sorted(mine ^ theirs))
        return Veto("veto.about", f"only one title has “{word}”: it is about the other", True)
    return None


def _part(a: Record, b: Record, like: Likeness) -> Veto | None:
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
        "veto.part", f"the titles differ in a number or part: {only}", not cut and not one_place
    )


def _sequel(a: Record, b: Record, like: Likeness) -> Veto | None:
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
            return Veto("veto.sequel", f"the titles differ in {old or '–'}/{new or '–'}", True)
    odd = [
        (x, y)
        for x, y in changed
        if len(x) != len(y) or any(alike(c, d) < 0.7 for c, d in zip(x, y, strict=True))
    ]
    if odd and max(len(x) + len(y) for x, y in odd) <= 8:
        old, new = odd[0]
        return Veto(
            "veto.wording",
            f"the titles differ in {old or '–'}/{new or '–'}, which are not alike in shape",
            len(odd) > 1 or like.title < 0.9,
        )
    return None


def _wording(a: Record, b: Record, like: Likeness) -> Veto | None:
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
        placed = like.pages == "same" and like.volume is not False and not like.years
        fact = f"only one title has “{loose[0]}”, the other “{other[0]}”"
        return Veto("veto.wording", fact, not placed)
    return None


def _tail(mine: list[str], theirs: list[str]) -> Veto | None:
    """“…-a” and “…-b”, or “…” and “…-a”: entries told apart by a letter."""
    short, long = sorted((mine, theirs), key=len)
    if len(mine) == len(theirs) and mine[:-1] == theirs[:-1] and len(mine[-1] + theirs[-1]) == 2:
        return Veto("veto.part", f"one title ends in “{mine[-1]}”, one in “{theirs[-1]}”", True)
    if len(long) == len(short) + 1 and long[:-1] == short and len(long[-1]) == 1:
        return Veto("veto.part", f"only one title ends in “{long[-1]}”", True)
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


_LINKS = ("related", "crossref", "xref", "xdata", "entryset")
_OWN = ("subtitle", "titleaddon", "part", "issuetitle", "eid", "version", "shorthand", "type")


def _linked(a: Record, b: Record, _: Likeness) -> Veto | None:
    """An entry that the list itself relates to the other: a reprint, a translation, its volume."""
    for mine, other in ((a.entry, b.entry), (b.entry, a.entry)):
        for name in _LINKS:
            if other.key in (one.strip() for one in mine.get(name).split(",")):
                return Veto("veto.part", f"{mine.key} names {other.key} under {name}", True)
    return None


def _own(a: Record, b: Record, like: Likeness) -> Veto | None:
    """A field by which entries of one title are told apart, with two contents."""
    for name in _OWN:
        mine, theirs = (compact(one.entry.get(name)) for one in (a, b))
        if not mine or not theirs or Levenshtein.normalized_similarity(mine, theirs) > 0.9:
            continue
        if name == "subtitle" and a.key == b.key and (mine in theirs or theirs in mine):
            continue
        firm = name not in ("titleaddon", "type") and not _exact_range(a, like)
        fact = f"{name}: {a.entry.get(name)} and {b.entry.get(name)}"
        return Veto("veto.part", fact, firm)
    return None


def _edition(a: Record, b: Record, _: Likeness) -> Veto | None:
    mine, theirs = (_edition_number(one.edition) for one in (a, b))
    if mine and theirs and mine != theirs:
        return Veto("veto.edition", f"editions {a.edition} and {b.edition}", True)
    if (mine or theirs) not in ("", "1") and mine != theirs:
        fact = f"only one names its edition ({a.edition or b.edition})"
        years = bool(a.year and b.year and a.year != b.year)
        return Veto("veto.edition", fact + (", and the years differ" if years else ""), years)
    return None


def _edition_number(text: str) -> str:
    for word, number in ORDINALS.items():
        text = text.replace(word, number)
    text = text.translate(str.maketrans("一二三四五六七八九", "123456789"))
    digits = re.search(r"\d+", text)
    if digits:
        return digits[0]
    return "revised" if re.search(r"rev|修订|增订|expanded|enlarged", text) else ""


def _volume(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.volume is not False:
        return None
    fact = f"volumes {a.volume} and {b.volume}"
    return Veto("veto.volume", fact, not _exact_range(a, like) or bool(like.years))


def _number(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.number is not False:
        return None
    if {a.type, b.type} & _REPORTS:
        return Veto("veto.number", f"report numbers {a.number} and {b.number}", True)
    if like.pages in ("apart", "cited"):
        return Veto("veto.issue", f"issues {a.number} and {b.number} with other pages", True)
    if not (a.number.isdecimal() and b.number.isdecimal()):
        return None  # "Suppl 2" and "SUPPL", or a number that an export has filled with words
    fact = f"issues {a.number} and {b.number}"
    return Veto("veto.issue", fact, not _exact_range(a, like))


def _exact_range(a: Record, like: Likeness) -> bool:
    """One title on one range of pages: a figure beside it may be misprinted."""
    return like.title >= 0.98 and like.pages == "same" and a.pages[0] != a.pages[1]


def _overlap(a: Record, b: Record) -> bool:
    """The ranges share pages: one of them may be misprinted."""
    pages = (*a.pages, *b.pages)
    if not all(one.isdecimal() for one in pages):
        return False
    first, last, start, end = map(int, pages)
    return max(first, start) <= min(last, end)


def _pages(a: Record, b: Record, like: Likeness) -> Veto | None:
    """Two ranges are two works; two single pages may be pages cited of one."""
    mine, theirs = ("–".join(dict.fromkeys(one.pages)) for one in (a, b))
    fact = f"pages {mine} and {theirs}"
    if like.pages == "apart":
        return Veto("veto.pages", fact, like.title < 0.98 or not _overlap(a, b))
    if like.pages != "cited":
        return None
    if a.url and b.url and a.url != b.url:
        return Veto("veto.pages", fact + ", at two addresses", True)
    return None if a.han and b.han else Veto("veto.pages", fact, False)


def _chapter(a: Record, b: Record, like: Likeness) -> Veto | None:
    whole, part = {a.type, b.type} & _BOOKS, {a.type, b.type} & _PARTS
    if whole and part:
        return Veto("veto.chapter", "a book and a part of a book", True)
    if a.chapter and b.chapter and a.chapter != b.chapter:
        return Veto("veto.chapter", f"chapters {a.chapter} and {b.chapter}", True)
    if part and a.isbn and a.isbn == b.isbn and (like.title < 0.9 or like.pages == "apart"):
        return Veto("veto.chapter", "two parts of one book share its ISBN", True)
    return None


def _generic(a: Record, b: Record, like: Likeness) -> Veto | None:
    """A title of many pieces, in every list or in this one, needs its place in print."""
    if not (
        _GENERIC.fullmatch(a.title) or _GENERIC.fullmatch(b.title) or (a.recurring and b.recurring)
    ):
        return None
    placed = like.pages == "same" and like.volume is not False and like.number is not False
    if placed and not like.years and (like.volume or like.number or like.venue):
        return None
    return Veto("veto.generic", f"“{a.entry.get('title')}” is the title of many pieces", True)


def _serial(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.years and (_SERIAL.search(a.title) or _SERIAL.search(b.title)):
        return Veto("veto.annual", f"a report that comes every year: {a.year} and {b.year}", True)
    return None


def _date(a: Record, b: Record, like: Likeness) -> Veto | None:
    full = re.compile(r"\d{4}-\d\d-\d\d")
    if full.fullmatch(a.date) and full.fullmatch(b.date) and a.date != b.date:
        same = bool(a.url) and a.url == b.url
        return Veto("veto.date", f"dated {a.date} and {b.date}", not same)
    if a.month and b.month and a.month != b.month and not _exact_range(a, like):
        serial = bool(a.venue or b.venue)
        return Veto("veto.date", f"months {a.month} and {b.month}", serial)
    return None


def _kind(one: Record) -> str:
    if one.type in _THESIS or re.search(r"\bthesis|\bdissertation", one.venue + one.publisher):
        return "thesis"
    if one.type in _REPORTS or re.search(r"\btech(?:nical)? rep|\btr\b", one.venue):
        return "report"
    note = f"{one.venue} {one.entry.get('note').lower()} {one.entry.get('howpublished').lower()}"
    if (
        one.type in ("unpublished", "preprint")
        or _DRAFTS.search(note)
        or (one.arxiv and (not one.venue or "arxiv" in one.venue))
    ):
        return "draft"
    if one.type in _PARTS or re.search(
        r"^(?:in )?proc|\bproceedings|\bconference|\bworkshop|"
        r"\bsymposium",
        one.venue,
    ):
        return "proceedings"
    if (one.type == "article" and one.venue) or _JOURNAL.search(one.venue):
        return "article"
    return ""


def _kinds(a: Record, b: Record, _: Likeness) -> Veto | None:
    mine, theirs = _kind(a), _kind(b)
    if not mine or not theirs or mine == theirs:
        return None
    if "draft" in (mine, theirs):
        return Veto("veto.preprint", "one is a draft or preprint, the other published", True)
    if "thesis" in (mine, theirs) or "report" in (mine, theirs):
        return Veto("veto.type", f"one is a {mine}, the other a {theirs}", True)
    return Veto("veto.type", f"one is in {mine}, the other in {theirs}", True)


def _identifiers(a: Record, b: Record, like: Likeness) -> Veto | None:
    if a.doi and b.doi and a.doi != b.doi:
        return Veto("veto.doi", f"DOIs {a.doi} and {b.doi}", True)
    if a.isbn and b.isbn and a.isbn != b.isbn:
        return Veto("veto.isbn", f"ISBNs {a.isbn} and {b.isbn}", bool(like.years))
    if a.arxiv and b.arxiv and a.arxiv != b.arxiv:
        return Veto("veto.arxiv", f"arXiv {a.arxiv} and {b.arxiv}", True)
    return None


def _authors(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.authors is not None and not like.first_author and like.authors < 0.5:
        exact = like.title == 1 and like.pages == "same" and like.volume is True
        return Veto("veto.authors", "the authors differ", not exact or like.years != 0)
    if like.first_author is False:
        one_slip = misspelt(a.people[0], b.people[0])  # 鲁讯, 鲁迅
        return Veto("veto.authors", "the first authors differ", a.han and b.han and not one_slip)
    return None


def _years(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.years:
        serial = bool(a.venue and b.venue) and like.volume is not True
        elsewhere = serial and like.pages not in ("same", "first")
        firm = like.years > 1 or bool({a.type, b.type} & _BOOKS) or elsewhere
        return Veto("veto.year", f"{a.year} and {b.year}", firm and not _exact_range(a, like))
    return None


def _venue(a: Record, b: Record, like: Likeness) -> Veto | None:
    if like.venue is not None and like.venue < 0.6 and like.pages not in ("same", "first"):
        return Veto("veto.venue", f"in “{a.venue}” and in “{b.venue}”", a.han and b.han)
    return None


CHECKS: tuple[Callable[[Record, Record, Likeness], Veto | None], ...] = (
    _translation,
    _about,
    _part,
    _sequel,
    _edition,
    _volume,
    _number,
    _pages,
    _linked,
    _own,
    _wording,
    _chapter,
    _generic,
    _serial,
    _date,
    _kinds,
    _identifiers,
    _authors,
    _years,
    _venue,
)
