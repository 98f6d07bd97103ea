"""The index: headwords in either language with the pages on which they stand.

What is looked for are the names of names.toml and the terms of the glossary, in all their forms,
the longest first; a span ``[王]{.name of="king"}`` says itself whom it means. A form that is
several headwords' own is no occurrence of any: it is reported. Pages are those of a plan, and where
a box runs over pages the line of an occurrence is told by the letters that the lines hold.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from edition.characters import is_han
from edition.config import Config, Script
from edition.diagnostics import Diagnostic, warning
from edition.layout.types import (
    Book,
    BookPlan,
    Box,
    BoxRole,
    Division,
    IndexLine,
    Layout,
    Measure,
    Measures,
    Occurrence,
)
from edition.model import (
    LANGS,
    Edition,
    Emph,
    Inline,
    Inlines,
    Lang,
    LineBreak,
    Name,
    Ruby,
    Strong,
    Styled,
    Term,
    Text,
)
from edition.source import Span

AMBIGUOUS = warning("IDX001", "A form that several headwords of the index have")

Key = tuple[object, ...]
SHORTEST = 2  # Han characters of a form: one would be found in every other word
_SEE: Mapping[Script, str] = {"hant": "見", "hans": "见"}
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_UNDRAWN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
_HYPHENS = ("-", "‐", "–", "—", "/")
_RUN = 3  # pages that follow each other from which on they are a range


@dataclass(frozen=True, slots=True)
class Headword:
    """What the index has under one name. ``forms``: in which it may stand, by language."""

    id: str
    zh: str
    en: str
    span: Span
    sort: str  # pinyin of the Chinese, where it is known
    forms: Mapping[Lang, tuple[str, ...]]
    inverted: str = ""  # the English as it stands in the index: Nye, Joseph
    listed: bool = True  # in the index; others are looked for by the glossary
    inverted_zh: str = ""  # 奈，約瑟夫, where the reading given is that of the surname
    twins: tuple[str, ...] = ()  # the Chinese in either script

    def get(self, lang: Lang) -> str:
        return self.inverted_zh or self.zh if lang == "zh" else self.inverted or self.en


# --- headwords ------------------------------------------------------------------------------------


def headwords(edition: Edition, config: Config) -> list[Headword]:
    """Names and terms that the settings ask for. A person is known by the surname alone too, where
    nobody else has it."""
    found: list[Headword] = []
    for name in edition.names:
        wanted = config.index.works if name.kind == "work" else config.index.names
        if wanted:
            found.append(_of_name(name))
    found = _with_surnames(found, edition.names)
    if config.index.terms or config.glossary.pages:
        taken = {one.zh for one in found if one.zh}
        found += [replace(_of_term(one), listed=config.index.terms)
                  for one in edition.terms if one.zh not in taken]  # fmt: skip
    return found


def of_glossary(words: Sequence[Headword], term: Term) -> str:
    """The id of the headword that is a term of the glossary: a name, where it is one."""
    own = _of_term(term).id
    same = (one.id for one in words if term.zh and one.zh == term.zh)
    return next((one.id for one in words if one.id == own), next(same, own))


def _of_name(name: Name) -> Headword:
    every = dict.fromkeys((name.zh, name.hans, name.hant, name.en, *name.variants))
    forms: dict[Lang, tuple[str, ...]] = {
        "zh": tuple(one for one in every if one and not _is_latin(one) and len(one) >= SHORTEST),
        "en": tuple(one for one in every if one and _is_latin(one) and len(one) > 1),
    }
    return Headword(name.id, name.zh, name.en, name.span, name.sort, forms, _inverted(name),
                    inverted_zh=_inverted_zh(name), twins=(name.hant, name.hans))  # fmt: skip


def _with_surnames(words: Sequence[Headword], names: Sequence[Name]) -> list[Headword]:
    """English surnames as forms: those that are told; else the first word of a Chinese name, the
    last of a Western one."""
    surnames: dict[str, list[str]] = defaultdict(list)
    for name in names:
        parts = name.en.split()
        if name.kind == "person" and len(parts) > 1:
            usual = parts[-1] if _is_western(name) else parts[0]
            surnames[name.family or usual].append(name.id)
    alone = {ids[0]: surname for surname, ids in surnames.items() if len(ids) == 1}
    taken = {form for word in words for form in word.forms["en"]}
    return [
        replace(word, forms={**word.forms, "en": (*word.forms["en"], alone[word.id])})
        if word.id in alone and alone[word.id] not in taken else word
        for word in words
    ]  # fmt: skip


def _of_term(term: Term) -> Headword:
    forms: dict[Lang, tuple[str, ...]] = {"zh": (term.zh,), "en": tuple(_english_forms(term.en))}
    return Headword(f"term:{term.id}", term.zh, term.en, term.span, term.pinyin, forms)


def _english_forms(term: str) -> Iterator[str]:
    """A term of English as it stands in sentences: also at their head, and in the plural."""
    if not term:
        return
    plural = term
    if _LATIN.match(term[-1]) and term[-1] != "s":
        ending = re.search(r"[^aeiou]y$", term)
        plural = f"{term[:-1]}ies" if ending else f"{term}s"
    for form in dict.fromkeys((term, plural)):
        yield form
        if form[0].islower():
            yield form[0].upper() + form[1:]


def _is_latin(text: str) -> bool:
    return _LATIN.search(text) is not None and not any(is_han(one) for one in text)


def _inverted(name: Name) -> str:
    """A name by its surname, where that is told and stands last; else a Western one. Chinese
    transliterations of such have a dot; Chinese names begin with the surname in both languages."""
    if name.family:
        return _by_family(name.en, name.family)
    words = name.en.split()
    if name.kind != "person" or len(words) < 2 or "," in name.en or not _is_western(name):
        return name.en
    return f"{words[-1]}, {' '.join(words[:-1])}"


def _by_family(text: str, family: str) -> str:
    """A name by its surname, behind which what stands before it comes."""
    given = text.removesuffix(family).strip()
    return f"{family}, {given}" if given and text.endswith(f" {family}") else text


def _inverted_zh(name: Name) -> str:
    """The same in Chinese, of a name in Latin letters or one whose reading is given and begins with
    the surname: sorted under it, it would else seem to stand in the wrong place."""
    from edition.bibliography.writing import order

    if name.family and name.zh and _is_latin(name.zh):
        return _by_family(name.zh, name.family)
    if name.kind != "person" or not name.sort or not _is_western(name):
        return ""
    given, _, surname = re.split(r"([·•‧・．])(?=[^·•‧・．]*$)", name.zh, maxsplit=1)

    def sound(text: str, reading: str = "") -> str:
        return "".join(one[0] for one in order.collation_key(text, "pinyin", reading))

    read = sound(name.zh, name.sort)
    by_surname = read.startswith(sound(surname)) and not read.startswith(sound(given))
    return f"{surname}，{given}" if by_surname else ""


def _is_western(name: Name) -> bool:
    return any(dot in name.zh for dot in "·•‧・．")


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


# --- occurrences ----------------------------------------------------------------------------------


def occurrences(
    boxes: Mapping[str, Box], edition: Edition, words: Sequence[Headword]
) -> tuple[list[Occurrence], list[Diagnostic]]:
    """Every occurrence in the running text, and the notes on headwords; then what is ambiguous."""
    found: list[Occurrence] = []
    if not words:
        return found, []
    unsure: dict[str, list[Box]] = {}
    finders = {lang: _Finder(words, lang) for lang in LANGS}
    for box in boxes.values():
        if box.role is BoxRole.TEXT and box.segment is not None:
            for one in finders[box.lang].find(box):
                if one.headword:
                    found.append(one)
                else:
                    unsure.setdefault(one.form, []).append(box)
    found += _defining(boxes, edition, finders)
    return found, [_ambiguous(form, boxes, finders) for form, boxes in unsure.items()]


def _defining(
    boxes: Mapping[str, Box], edition: Edition, finders: Mapping[Lang, _Finder]
) -> Iterator[Occurrence]:
    for note in edition.notes:
        for lang, lemma in note.lemmas.items():
            word = finders[lang].whole(lemma.quote)
            key = f"n:{note.id}/{lang}"
            if word and key in boxes:
                yield Occurrence(word, key, 0, defining=True)


def _ambiguous(form: str, boxes: Sequence[Box], finders: Mapping[Lang, _Finder]) -> Diagnostic:
    first = boxes[0]
    ids = finders[first.lang].forms[form]
    places = f" and {len(boxes) - 1} more times" if len(boxes) > 1 else ""
    return Diagnostic(
        code=AMBIGUOUS, span=first.span, segment=first.segment.id if first.segment else "",
        fact=f"“{form}” is {' or '.join(sorted(ids))}, here{places}: it is not in the index",
        hint=f'say which: [{form}]{{.name of="{min(ids)}"}}',
    )  # fmt: skip


class _Finder:
    """Forms of headwords in the text of boxes of one language."""

    def __init__(self, words: Sequence[Headword], lang: Lang) -> None:
        self.lang = lang
        self.ids = {one.id for one in words}
        self.forms: dict[str, set[str]] = defaultdict(set)
        for word in words:
            for form in word.forms[lang]:
                self.forms[form].add(word.id)
        longest = sorted(self.forms, key=len, reverse=True)
        edge = (r"(?<![\w])", r"(?!\w)") if lang == "en" else ("", "")
        whole = "|".join(re.escape(one) for one in longest)
        self.pattern = re.compile(f"{edge[0]}(?:{whole}){edge[1]}") if longest else None

    def whole(self, text: str) -> str:
        """The headword that ``text`` is a form of, if only one has it."""
        ids = self.forms.get(text.strip(), ())
        return next(iter(ids)) if len(ids) == 1 else ""

    def find(self, box: Box) -> Iterator[Occurrence]:
        """What stands in a box; of a form that several have, without a headword."""
        parts = list(_parts(box))
        text = "".join([part.text for part in parts])
        spans = any(part.of is not None for part in parts)
        if not spans and (self.pattern is None or self.pattern.search(text) is None):
            return
        drawn = _drawn(parts)
        given: list[tuple[int, int]] = []
        at = 0
        rows: list[int] = []
        for part in parts:
            rows += [part.row] * len(part.text)
            if part.of in self.ids:
                given.append((at, at + len(part.text)))
                yield Occurrence(part.of, box.key, drawn[at], part.text, part.row)
            elif part.of is not None:  # a citation: its names are those of the list
                given.append((at, at + len(part.text)))
            at += len(part.text)
        for match in self.pattern.finditer(text) if self.pattern else ():
            if any(start < match.end() and match.start() < end for start, end in given):
                continue
            ids, begin = self.forms[match[0]], match.start()
            only = next(iter(ids)) if len(ids) == 1 else ""
            yield Occurrence(only, box.key, drawn[begin], match[0], rows[begin])


@dataclass(frozen=True, slots=True)
class _Part:
    """Text of a box. ``of``: the headword that a span names, "" for a citation, None for text as
    any other; ``more``: letters that are drawn beside it, of a reading or a label; ``row`` of a
    table, from 1."""

    text: str
    of: str | None = None
    more: int = 0
    row: int = 0


def _drawn(parts: Sequence[_Part]) -> list[int]:
    """How many letters are drawn before each character of the parts: spaces, soft hyphens and
    selectors of a variant draw none."""
    counts: list[int] = []
    for part in parts:
        own = [int(_UNDRAWN.match(one) is None) for one in part.text]
        if own:
            own[0] += part.more
        counts += own
    return list(accumulate(counts, initial=0))


def _parts(box: Box) -> Iterator[_Part]:
    assert box.segment is not None
    yield _Part("\n", more=len(box.label))
    yield from _told(box.inlines)
    table = box.segment.table
    for number, row in enumerate((table.header, *table.rows) if table else (), start=1):
        for cell in row:
            yield _Part("\n", row=number)
            yield from (replace(part, row=number) for part in _told(cell.inlines))
    yield _Part("\n")


def _told(inlines: Inlines, of: str | None = None) -> Iterator[_Part]:
    for one in inlines:
        match one:
            case Text():
                yield _Part(one.text, of)
            case Ruby():
                yield _Part(one.base, of, sum(not sign.isspace() for sign in one.reading))
            case LineBreak():
                yield _Part("\n", of)
            case Emph() | Strong():
                yield from _told(one.children, of)
            case Styled():
                named = dict(one.attrs).get("of")
                yield from _told(one.children, "" if "cite" in one.classes else named or of)
            case _:
                pass


# --- pages ----------------------------------------------------------------------------------------


def pages(
    found: Sequence[Occurrence], book: Book, plan: BookPlan, measures: Measures,
    letters: Mapping[str, Sequence[int]],
) -> Iterator[tuple[Occurrence, int]]:  # fmt: skip
    """The occurrences with the index of the page on which each begins. ``letters``: how many
    each line of a box has."""
    where: dict[str, list[tuple[int, int]]] = defaultdict(list)  # (last line, page) of slices
    for page in plan.pages:
        for part in (*(placed.slice for placed in page.body), *page.notes):
            where[part.key].append((part.last, page.index))
    ends: dict[str, list[int]] = {}
    for one in found:
        slices = sorted(where.get(one.box, ()))
        if len(slices) == 1 or one.defining:
            yield from ((one, page) for _, page in slices[:1])
        elif slices:
            if one.box not in ends:
                box, measure = book.boxes[one.box], measures[one.box]
                ends[one.box] = _line_ends(box, measure, letters.get(one.box, ()))
            line = _row_line(one, measures[one.box]) or bisect_right(ends[one.box], one.at) + 1
            yield one, next((at for last, at in slices if line <= last), slices[-1][1])


def _row_line(one: Occurrence, measure: Measure) -> int:
    """The 1-based first line of the row of a table that an occurrence stands in; 0 elsewhere."""
    if not measure.rows:
        return 0
    if one.row < 2:
        return measure.caption + 1 if one.row else 1
    return measure.caption + measure.head + sum(measure.rows[: one.row - 2]) + 1


def _line_ends(box: Box, measure: Measure, letters: Sequence[int]) -> list[int]:
    """How many letters of the text stand before the end of each line: a hyphen that TeX has put
    there is none of them."""
    parts = list(_parts(box))
    text, drawn = "".join(one.text for one in parts), _drawn(parts)
    ends, at = [], 0
    for number, count in enumerate(letters, start=1):
        at += count
        if number in measure.divided:
            last = text[bisect_left(drawn, at) - 1 : bisect_left(drawn, at)]
            at -= last not in _HYPHENS
        ends.append(at)
    return ends


def moves(book: Book) -> bool:
    """Whether something that the index or the glossary names stands behind one of them: then what
    their pages take may move it."""
    after = False
    for flow in book.flows:
        if flow.division in (Division.GLOSSARY, Division.INDEX):
            after = True
        elif after and (flow.division.text or flow.division.display):
            return True
    return False


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


def with_pages(
    book: Book, plan: BookPlan, measures: Measures, letters: Mapping[str, Sequence[int]],
    layout: Layout, script: Script,
) -> Book:  # fmt: skip
    """The book with the pages of its index, as the plan has them."""
    if book.index is None:
        return book
    told: dict[tuple[str, Lang], dict[int, bool]] = defaultdict(dict)
    placed: dict[tuple[str, int], tuple[str, ...]] = {}
    for one, page in pages(book.index.occurrences, book, plan, measures, letters):
        mine = told[one.headword, book.boxes[one.box].lang]
        mine[page] = mine.get(page, False) or one.defining
        if one.form:
            placed[one.box, page] = (*placed.get((one.box, page), ()), one.form)
    step = 2 if layout.geometry.facing else 1
    boxes = dict(book.boxes)
    for key, line in book.index.lines.items():
        numbers = printed_pages(told.get((line.headword, line.lang), {}), plan, step)
        box = boxes[key]
        span = next(one.span for one in box.inlines)
        boxes[key] = replace(box, inlines=entry(line, numbers, span, script))
    return replace(book, boxes=boxes, index=replace(book.index, placed=placed))
