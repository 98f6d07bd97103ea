"""The lines of the index: their order, their pages as ranges, what they print."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from edition.config import Config, Script
from edition.layout.indexing.forms import Headword
from edition.layout.types import BookPlan, IndexLine
from edition.model import LANGS, Emph, Inline, Inlines, Lang, Strong, Text
from edition.source import Span

Key = tuple[object, ...]
_SEE: Mapping[Script, str] = {"hant": "見", "hans": "见"}
_RUN = 3  # pages that follow each other from which on they are a range


def lines(
    words: Sequence[Headword], used: Iterable[tuple[str, Lang]], config: Config
) -> dict[Lang, list[IndexLine]]:
    """The entries of the index in their order, by language: those that occur in it (``used``), and
    references from other forms of them."""
    there = set(used)
    made: dict[Lang, list[tuple[Key, IndexLine]]] = {"zh": [], "en": []}
    for word in words:
        for lang in config.languages:
            if (word.id, lang) not in there or not word.listed:
                continue
            by_sound = lang == "en" or config.index.order == "pinyin"
            said = word.get(lang) if by_sound else word.zh
            other = word.en if lang == "zh" else word.zh
            if not said:
                continue
            other = "" if len(config.languages) == 1 or other == said else other
            key = _key(said, lang, config, word.sort)
            made[lang].append((key, IndexLine(word.id, lang, said, other)))
            for form in _elsewhere(word, lang):
                see = IndexLine(word.id, lang, form, "", said)
                made[lang].append((_key(form, lang, config), see))
    return {lang: [line for _, line in sorted(made[lang], key=lambda one: one[0])]
            for lang in LANGS}  # fmt: skip


def _key(text: str, lang: Lang, config: Config, reading: str = "") -> Key:
    if lang == "zh":
        from edition.bibliography.writing import order

        return order.collation_key(text, config.index.order, reading)
    bare = unicodedata.normalize("NFD", text.casefold())
    return (("".join(one for one in bare if one.isalnum() or one == " "), text),)


def _elsewhere(word: Headword, lang: Lang) -> Iterator[str]:
    """Forms that nobody finds at the headword's own place."""
    own = {word.zh, word.en, word.inverted, *word.twins}
    said = word.zh if lang == "zh" else word.en
    for form in word.forms[lang]:
        one, two = form.casefold(), said.casefold()
        alike = one in two or two in one or _folded(form) == _folded(said)
        if form not in own and not alike and not (lang == "en" and two.startswith(one[:3])):
            yield form


def _folded(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum())


def printed_pages(pages: Mapping[int, bool], plan: BookPlan, step: int) -> list[tuple[str, bool]]:
    """Labels as they are printed, ranges joined, each with whether it is the defining one.
    ``step``: from one page of a language to its next."""
    out: list[tuple[str, bool]] = []
    ordered = sorted(pages)
    at = 0
    while at < len(ordered):
        end = at
        while (end + 1 < len(ordered) and ordered[end + 1] - ordered[end] == step
               and not pages[ordered[at]] and not pages[ordered[end + 1]]):  # fmt: skip
            end += 1
        first, last = plan.pages[ordered[at]].number, plan.pages[ordered[end]].number
        if end - at + 1 >= _RUN:
            out.append((f"{first}–{last}", False))
            at = end + 1
        else:
            out.append((first, pages[ordered[at]]))
            at += 1
    return out


def entry(
    line: IndexLine, numbers: Sequence[tuple[str, bool]], span: Span, script: Script
) -> Inlines:
    """What one line of the index prints."""
    wide = "\u3000" if line.lang == "zh" else " "
    if line.gloss:
        return (*line.gloss, *_after_gloss(line.lang, numbers, span))
    head = line.text + (f"{wide}{line.other}" if line.other else "")
    if line.see:
        if line.lang == "zh":
            return (Text(f"{head}{wide}{_SEE[script]}{line.see}", span),)
        return (Text(f"{head}, ", span), Emph((Text("see", span),), span),
                Text(f" {line.see}", span))  # fmt: skip
    begin = Text(head + (wide if line.lang == "zh" else ", "), span)
    return (begin, *_pages_told(line.lang, numbers, span))


def _after_gloss(lang: Lang, numbers: Sequence[tuple[str, bool]], span: Span) -> Iterator[Inline]:
    """The pages of a term after its gloss; nothing where it does not occur."""
    if numbers:
        yield Text("\u3000" if lang == "zh" else "\u2002", span)
        yield from _pages_told(lang, numbers, span)


def _pages_told(lang: Lang, numbers: Sequence[tuple[str, bool]], span: Span) -> Iterator[Inline]:
    for number, (label, defining) in enumerate(numbers):
        if number:
            yield Text("、" if lang == "zh" else ", ", span)
        text = Text(label, span)
        yield Strong((text,), span) if defining else text
