"""Citations in the text, formatted from what biber computed for the printed list.

Author-date: （侯冠華，2024a：118） in Chinese, (Hou 2024a, 118) in English; numeric: [12]118 as
GB/T 7714 has it. The label is that of the printed list, so that a reader finds the entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from edition.model import (
    Cite,
    CiteItem,
    Container,
    Inline,
    Inlines,
    Lang,
    Reference,
    References,
    Styled,
    Text,
    cited,
)
from edition.source import Span


@dataclass(frozen=True, slots=True)
class _Signs:
    """Punctuation of citations in one language."""

    opening: str
    closing: str
    after_author: str
    before_locator: str
    between: str


_RANGE = re.compile(r"(?<=\d)-(?=\d)")  # 4-7 is printed 4–7

_AUTHOR_DATE: dict[Lang, _Signs] = {
    "zh": _Signs("（", "）", "，", "：", "；"),
    "en": _Signs("(", ")", " ", ", ", "; "),
}


def format_cites(inlines: Inlines, references: References, lang: Lang) -> Inlines:
    """``inlines`` with each citation as text of class ``cite``, one for each work cited. A work
    that is not in the list stays as ``[key]``: the check of citations has reported it."""
    return tuple(_each(_without_space(inlines, references), references, lang))


def _without_space(inlines: Inlines, references: References) -> Inlines:
    """Without the space before a raised numeral, which stands at its word."""
    if "numeric" not in references.style:
        return inlines
    pairs = zip_longest(inlines, inlines[1:])
    return tuple(
        Text(one.text.rstrip(" "), one.span)
        if isinstance(one, Text) and isinstance(after, Cite) and not after.narrative else one
        for one, after in pairs if one is not None
    )  # fmt: skip


def _each(inlines: Inlines, references: References, lang: Lang) -> Iterator[Inline]:
    for one in inlines:
        if isinstance(one, Cite):
            numeric = "numeric" in references.style
            yield from (_numeric(one, references) if numeric
                        else _author_date(one, references, lang))  # fmt: skip
        elif isinstance(one, Container):
            yield replace(one, children=tuple(_each(one.children, references, lang)))
        else:
            yield one


def keys(inlines: Inlines) -> Iterator[str]:
    """Keys cited in ``inlines``, in order."""
    return (item.key for item in cited(inlines))


def _linked(text: str, key: str, span: Span) -> Styled:
    return Styled((Text(text, span),), ("cite",), (("key", key),), span)


def _raised(text: str, key: str, span: Span) -> Styled:
    """A numeral of a citation: raised, as GB/T 7714 has it (2015, 10.1.1)."""
    raised = Styled((Text(text, span),), ("raised",), (), span)
    return Styled((raised,), ("cite",), (("key", key),), span)


def _author_date(cite: Cite, references: References, lang: Lang) -> Iterator[Inline]:
    signs = _AUTHOR_DATE[lang]
    if cite.narrative:
        item = cite.items[0]
        found = references.find(item.key)
        if found is None:
            yield Text(f"[{item.key}]", cite.span)
            return
        space = "" if lang == "zh" else " "
        date = _date(found, item, signs, lang)
        author, short = _named(found, item, references, lang)
        within = short + signs.after_author if short else ""
        label = author + space + signs.opening + within + date
        yield _linked(label + signs.closing, found.key, item.span)
        return
    yield Text(signs.opening, cite.span)
    for index, item in enumerate(cite.items):
        if index:
            yield Text(signs.between, cite.span)
        if item.prefix:
            yield Text(item.prefix + ("" if lang == "zh" else " "), item.span)
        found = references.find(item.key)
        if found is None:
            yield Text(f"[{item.key}]", item.span)
            continue
        author, short = _named(found, item, references, lang)
        author = "" if item.suppress_author else f"{author} [{short}]" if short else author
        joined = author + signs.after_author if author else ""
        yield _linked(joined + _date(found, item, signs, lang), found.key, item.span)
    yield Text(signs.closing, cite.span)


def _named(found: Reference, item: CiteItem, references: References, lang: Lang) -> tuple[str, str]:
    """What a citation calls the authors of a work; and the short form that it says first."""
    short = found.shortened(lang)
    if short and item.place in references.introduced:
        return found.author(lang), short
    return short or found.author(lang), ""


def _date(found: Reference, item: CiteItem, signs: _Signs, lang: Lang) -> str:
    locator = _RANGE.sub("–", item.locator)
    year = (found.year_en if lang == "en" else "") or found.year
    return year + (signs.before_locator + locator if locator else "")


def _numeric(cite: Cite, references: References) -> Iterator[Inline]:
    items = [(item, references.find(item.key)) for item in cite.items]
    if len(items) > 1 and all(
        found and found.number.isdecimal() and not (item.locator or item.prefix)
        for item, found in items
    ):
        works = {int(found.number): item for item, found in items if found}
        yield from _runs(works, cite.span)
        return
    for item, found in items:
        if found is None:
            yield Text(f"[{item.key}]", item.span)
            continue
        author = found.author(found.lang) if cite.narrative else ""
        if author:
            yield Text(author, item.span)
        yield _raised(f"[{found.number}]{item.locator}", found.key, item.span)


def _runs(works: Mapping[int, CiteItem], span: Span) -> Iterator[Inline]:
    """Several works in one bracket, those that follow each other as a range: [1, 4-6]
    (GB/T 7714-2015, 10.1.2)."""
    numbers = sorted(works)
    yield Styled((Text("[", span),), ("raised",), (), span)
    for at, number in enumerate(numbers):
        before = at and numbers[at - 1] == number - 1
        after = at + 1 < len(numbers) and numbers[at + 1] == number + 1
        if before and after:
            continue
        if at:
            yield Styled((Text("-" if before else ", ", span),), ("raised",), (), span)
        yield _raised(str(number), works[number].key, works[number].span)
    yield Styled((Text("]", span),), ("raised",), (), span)
