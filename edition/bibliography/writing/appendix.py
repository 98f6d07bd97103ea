"""The appendix “Corrections to the bibliography”: what was merged and changed, a line each, in
Chinese and in English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from edition.bibliography.rules import says
from edition.bibliography.types import Change, Entry, Merge, Repair, Tier
from edition.bibliography.values import dates, han_share, persons, split, urls
from edition.bibliography.writing.report import shortened
from edition.characters import has_han

# Changes of form that are told by their number only.
FORM = (
    "date.iso",
    "url.tidy",
    "doi.form",
    "isbn.form",
    "issn.form",
    "pages.form",
    "year.form",
    "title.width",
    "title.dash",
)
_RULES = {
    "name.entry": "據同書另一條",
    "name.in-text": "據正文引文",
    "name.fuller": "補全人名",
    "name.elsewhere": "據書目他條",
    "name.order": "姓名顛倒",
    "name.writer": "據正文補作者",
    "body.host": "機構名與網址不合",
    "body.script": "繁簡不一",
    "body.variant": "同一機構異名",
    "title.word": "題名誤字",
    "title.shape": "形近而誤",
    "title.quotes": "引號",
    "title.case": "大小寫保護",
    "script.mixed": "簡體字改繁體",
    "journal.variant": "刊名不一",
    "journal.typo": "刊名誤字",
    "pages.locator": "頁碼與正文引文不合",
    "pages.order": "頁碼次序",
    "year.in-text": "據正文引文",
    "date.url": "據網址",
    "url.host": "網址一字之差",
    "url.misread": "網址數字誤作字母",
    "url.conflict": "據所並條目的網址",
    "decision.set": "編者所定",
}
_FIELDS = {
    "author": ("作者", "author"), "editor": ("編者", "editor"),
    "translator": ("譯者", "translator"),
    "title": ("題名", "title"), "booktitle": ("書名", "title of the book"),
    "journal": ("刊名", "journal"), "journaltitle": ("刊名", "journal"), "pages": ("頁碼", "pages"),
    "year": ("年份", "year"), "date": ("日期", "date"), "url": ("網址", "address"),
    "urldate": ("訪問日期", "day of the visit"), "publisher": ("出版者", "publisher"),
}  # fmt: skip
Texts = tuple[str, str]  # Chinese, English


def rows(repair: Repair, convert: Callable[[str], str] = str) -> tuple[Texts, ...]:
    """One for each change made and each merge that left contradicting readings; the sums of the
    rest. Nothing where nothing was corrected. ``convert``: the Chinese words of the book to its
    script; the readings stand as they are."""
    applied = [one for one in repair.changes if one.tier is Tier.APPLIED]
    merges = [one for one in repair.merges if one.tier is Tier.APPLIED]
    if not applied and not merges:
        return ()
    entries = repair.library.by_key()
    aliases = repair.library.aliases
    found = [_sum(repair, merges)]
    for merge in merges:
        found += _conflicts(merge, entries[merge.kept])
    found = [(convert(zh), en) for zh, en in found]
    for one in applied:
        if one.rule not in FORM:
            found.append(_changed(one, entries[aliases.get(one.entry, one.entry)], convert))
    return (*found, *((convert(zh), en) for zh, en in _forms(applied)))


def _sum(repair: Repair, merges: list[Merge]) -> Texts:
    merged = sum(len(one.merged) for one in merges)
    library = repair.library
    return (
        f"原有 {library.found} 條，並入他條者 {merged} 條，今存 {len(library.entries)} 條。",
        f"Entries found: {library.found}; merged into others: {merged}; standing: "
        f"{len(library.entries)}.",
    )


def _conflicts(merge: Merge, entry: Entry) -> Iterator[Texts]:
    for one in merge.conflicts:
        values = list(dict.fromkeys(dates.iso(value) or value for _, value in one.readings))
        zh, en = _FIELDS.get(one.field, (one.field, one.field))
        if one.field in ("pages", "urldate", "year", "date"):
            count = len(merge.merged) + 1
            yield (
                f"{_label(entry, 'zh')}：{count} 條實為一條，{zh}有{'、'.join(values)}。",
                f"{_label(entry, 'en')}: {count} entries of one work; {en}: {', '.join(values)}.",
            )


def _changed(one: Change, entry: Entry, convert: Callable[[str], str]) -> Texts:
    zh, en = _FIELDS.get(one.field, (one.field, one.field))
    before, after = _words(one)
    why = says(one.rule)
    reasons = ["", ""]
    if one.reason and not one.into:
        reasons[han_share(one.reason) < 0.5] = one.reason
    chinese = convert(f"{_label(entry, 'zh')}，{zh}：")
    chinese += f"“{before}”{convert('改')}“{after}”" if before else f"{convert('補')}“{after}”"
    english = f"{_label(entry, 'en')}, {en}: “{after}” "
    english += f"for “{before}”" if before else "added"
    return (
        chinese + convert(f"（{reasons[0] or _RULES.get(one.rule, why)}）。"),
        f"{english} ({reasons[1] or why}).",
    )


def _forms(applied: list[Change]) -> Iterator[Texts]:
    count = Counter(one.rule for one in applied if one.rule in FORM)
    dates = count.pop("date.iso", 0)
    if dates:
        yield (f"日期寫法劃一者 {dates} 處。", f"Dates written in one form: {dates}.")
    rest = sum(count.values())
    if rest:
        yield (f"其餘僅涉格式者 {rest} 處。", f"Other changes of form alone: {rest}.")


def _label(entry: Entry, lang: str) -> str:
    """Authors and year; a page of a body by its host."""
    people = persons(entry.get("author") or entry.get("editor"))
    year = (entry.get("year") or entry.get("date"))[:4]
    if people and people[0].body:
        host = urls.host(entry.get("url"))
        return " ".join(
            part for part in (people[0].raw.strip("{}"), f"({host})" if host else "", year) if part
        )
    names = [one.full if one.han else one.family for one in people] or [entry.get("title")[:40]]
    shown = ("、" if lang == "zh" else ", ").join(names[:3])
    return f"{shown} {year}".strip()


def _words(one: Change) -> tuple[str, str]:
    """What differs: the name, of names; the words, of a Western title; else what stands round
    the difference."""
    if one.field in ("author", "editor", "translator"):
        before, after = _odd(split(one.before), split(one.after), ", ")
    elif one.field != "url" and not has_han(one.before + one.after) and one.before:
        before, after = _odd(one.before.split(), one.after.split(), " ")
    else:
        before, after = shortened(one.before, one.after, around=10, whole=24)
    return _bare(before), _bare(after)


def _bare(text: str) -> str:
    return re.sub(r"[{}]", "", text).strip(" ,.:;")


def _odd(before: Sequence[str], after: Sequence[str], sign: str) -> tuple[str, str]:
    """The parts in which two lists of equal length differ; else the lists."""
    if len(before) != len(after):
        return sign.join(before), sign.join(after)
    pairs = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    return sign.join(a for a, _ in pairs), sign.join(b for _, b in pairs)
