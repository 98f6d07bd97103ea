"""Marks of names and titles in the Chinese text: which words have a line, or 《》.

They are the names of names.toml in all their forms, the longest first, and what spans say:
``[孔子]{.name}``, ``[論語]{.title}``. A span of another class that is only a name is none
(``[大學]{.term}``), and what stands within 《》 has its mark already. A form that is both a name
and a title has none where no span says which, and a warning tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal, NamedTuple, TypeAlias, assert_never

from edition.characters import has_han, is_han
from edition.config import Config, NameMarks
from edition.diagnostics import Diagnostic, warning
from edition.model import (
    UNDERLINED,
    BlockStart,
    Cite,
    Container,
    Edition,
    Emph,
    FootnoteRef,
    Inline,
    Inlines,
    Kind,
    LineBreak,
    Milestone,
    Name,
    Presence,
    Ruby,
    Segment,
    Strong,
    Styled,
    Text,
    flat,
    leaf_text,
)
from edition.model import Mark as NoteMark

TWOFOLD = warning("NAM005", "A form that is both a name and a title")

Mark: TypeAlias = Literal["n", "t"]  # of a name, of a title
_SHORTEST = 2  # characters of a form: one alone would be found in every other word
_OUTSIDE = frozenset(("cite", "code", "sub", "sup"))  # spans in which nothing is marked
_OTHERS = frozenset(("term", "foreign"))  # of what is no name, where it is one by its form
_SAYING = frozenset(("name", "title"))
_TITLED = re.compile("《[^《》]*》|〈[^〈〉]*〉")


class Marked(NamedTuple):
    """A name or title in a text, from its first character to the one behind its last."""

    start: int
    end: int
    mark: Mark
    who: str  # by which the first is told from others


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of all names. ``ids``: whom each may mean, one of them; ``titles``: works."""

    ids: dict[str, str]
    marks: dict[str, frozenset[Mark]]
    titles: frozenset[str]
    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, names: Iterable[Name]) -> Forms:
        ids: dict[str, str] = {}
        marks: dict[str, frozenset[Mark]] = {}
        titles: set[str] = set()
        for name in names:
            mark: Mark = "t" if name.kind == "work" else "n"
            if mark == "t":
                titles.add(name.id)
            for form in (name.zh, name.hant, name.hans, *name.variants):
                if len(form) >= _SHORTEST and has_han(form):
                    ids.setdefault(form, name.id)
                    marks[form] = marks.get(form, frozenset()) | {mark}
        longest = sorted(ids, key=len, reverse=True)
        whole = "|".join(map(re.escape, longest))
        return cls(ids, marks, frozenset(titles), re.compile(whole) if longest else None)


def check(edition: Edition, config: Config) -> list[Diagnostic]:
    """Forms in the Chinese text of which nothing tells whether they are names or titles; each
    once."""
    asked = config.name_marks
    if asked.marks == "off":
        return []
    forms = Forms.of(edition.names)
    twofold = {form for form, marks in forms.marks.items() if len(marks) > 1}
    found: dict[str, Diagnostic] = {}
    for segment in _running(edition) if twofold else ():
        text = _Texts.of(segment.inlines)
        for form in _unsaid(text, forms):
            if form in twofold and form not in found:
                found[form] = Diagnostic(
                    code=TWOFOLD, span=segment.span, segment=segment.id,
                    fact=f"“{form}” is a name and a title: it has no mark where nothing says which",
                    hint=f"say which: [{form}]{{.name}} or [{form}]{{.title}}",
                )  # fmt: skip
    return list(found.values())


def _running(edition: Edition) -> Iterator[Segment]:
    for pair in edition.pairs:
        yield from (one for one in pair.zh if is_marked(one))


def is_marked(segment: Segment) -> bool:
    """Whether names are marked in a segment: not in headings, which no edition marks, nor in
    code."""
    silent = segment.kind in (Kind.HEADING, Kind.CODE, Kind.BREAK)
    return not silent and segment.presence is Presence.TEXT


def _unsaid(text: _Texts, forms: Forms) -> Iterator[str]:
    for match in forms.pattern.finditer(text.whole) if forms.pattern else ():
        if not text.closed(match.start(), match.end()):
            yield match[0]


class Namer:
    """Marks the names of one edition, text by text in the order in which they are printed."""

    def __init__(self, names: Iterable[Name], asked: NameMarks) -> None:
        self.asked = asked
        self.forms = Forms.of(names if asked.marks != "off" else ())
        self._met: set[tuple[str, str]] = set()  # (section, who)

    def text(self, inlines: Inlines, section: str) -> Inlines:
        """A Chinese text of a section with its marks."""
        return self._marked(inlines, lambda one: self._first(section, one.who))

    def note(self, inlines: Inlines) -> Inlines:
        """A text beside the running one, in which no name is the first."""
        return self._marked(inlines, lambda _: False)

    def _marked(self, inlines: Inlines, is_first: Callable[[Marked], bool]) -> Inlines:
        """``inlines`` with their marks. 《》 are punctuation: a title has them wherever it is."""
        brackets = self.asked.titles == "brackets"
        if self.asked.marks == "off" or not inlines:
            return inlines
        found = [
            one for one in marked(inlines, self.forms) if self._wanted(one)
            and (self.asked.marks == "all" or (brackets and one.mark == "t") or is_first(one))
        ]  # fmt: skip
        return with_marks(inlines, found, brackets=brackets)

    def _wanted(self, one: Marked) -> bool:
        return (self.asked.names if one.mark == "n" else self.asked.titles) != "none"

    def _first(self, section: str, who: str) -> bool:
        known = (section, who) in self._met
        self._met.add((section, who))
        return not known


# --- where names stand ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Texts:
    """A text as one string; ``said``: names of spans; ``shut``: places in which none is looked
    for, by place."""

    whole: str
    said: tuple[tuple[int, int, Styled], ...]
    shut: tuple[int, ...]  # how many shut places there are before each

    @classmethod
    def of(cls, inlines: Inlines) -> _Texts:
        parts: list[tuple[str, bool]] = []
        said: list[tuple[int, int, Styled]] = []
        _read(inlines, parts, said, 0, shut=False)
        whole = "".join(text for text, _ in parts)
        shut = [one for text, is_shut in parts for one in [int(is_shut)] * len(text)]
        for match in _TITLED.finditer(whole):
            shut[match.start() : match.end()] = [1] * len(match[0])
        for start, end, span in said:
            if _SAYING.isdisjoint(span.classes):
                shut[start:end] = [1] * (end - start)
        return cls(whole, tuple(said), tuple(accumulate(shut, initial=0)))

    def closed(self, start: int, end: int) -> bool:
        return self.shut[end] > self.shut[start] or any(
            first < end and start < last for first, last, _ in self.said
        )


def _read(
    inlines: Inlines, parts: list[tuple[str, bool]], said: list[tuple[int, int, Styled]], at: int,
    *, shut: bool,
) -> int:  # fmt: skip
    """Take in inlines from the place ``at``; the place behind them."""
    for one in inlines:
        start = at
        if isinstance(one, Container):
            classes = frozenset(one.classes) if isinstance(one, Styled) else frozenset()
            at = _read(one.children, parts, said, at, shut=shut or bool(_OUTSIDE & classes))
            if isinstance(one, Styled) and _says(one):
                said.append((start, at, one))
        else:
            text = leaf_text(one)
            parts.append((text, shut))
            at += len(text)
    return at


def _says(span: Styled) -> bool:
    """Whether a span says what its words are."""
    return "of" in dict(span.attrs) or not (_SAYING | _OTHERS).isdisjoint(span.classes)


def marked(inlines: Inlines, forms: Forms) -> list[Marked]:
    """The names and titles in a text, in order, none over another."""
    text = _Texts.of(inlines)
    found: list[Marked] = []
    for start, end, span in text.said:
        mark = _mark_of(span, forms)
        if mark is not None and start < end and text.shut[start] == text.shut[end]:
            words = text.whole[start:end]
            who = dict(span.attrs).get("of") or forms.ids.get(words, words)
            found.append(Marked(start, end, mark, who))
    for match in forms.pattern.finditer(text.whole) if forms.pattern else ():
        marks = forms.marks[match[0]]
        if len(marks) == 1 and not text.closed(match.start(), match.end()):
            (mark,) = marks
            found.append(Marked(match.start(), match.end(), mark, forms.ids[match[0]]))
    found.sort()
    apart: list[Marked] = []
    for one in found:  # a span within a span: the outer one
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def _mark_of(span: Styled, forms: Forms) -> Mark | None:
    whom = dict(span.attrs).get("of", "")
    if "title" in span.classes or ("name" in span.classes and whom in forms.titles):
        return "t"
    return "n" if "name" in span.classes else None


# --- marks in a text ------------------------------------------------------------------------------


def with_marks(inlines: Inlines, found: Sequence[Marked], *, brackets: bool) -> Inlines:
    """``inlines`` with the marks of ``found``; of titles 《》 with ``brackets``."""
    return tuple(_Marker(found, brackets=brackets).inlines(inlines)) if found else inlines


class _Marker:
    def __init__(self, found: Sequence[Marked], *, brackets: bool) -> None:
        self.found = list(found)
        self.brackets = brackets
        self.at = 0
        self.before = ""  # the character of the name in hand that stands before
        self.noted = False  # and that the mark of a note stands between

    def inlines(self, inlines: Inlines) -> Iterator[Inline]:
        for one in inlines:
            match one:
                case Emph() | Strong() | Styled():
                    yield replace(one, children=tuple(self.inlines(one.children)))
                case Text():
                    yield from self._text(one)
                case Ruby():
                    yield from self._ruby(one)
                case NoteMark() if self.before:  # within a name
                    attrs = self._attrs(self.found[0], ends=False)
                    yield Styled((one,), (UNDERLINED,), attrs, one.span)
                    self.noted = True
                case Cite() | FootnoteRef() | LineBreak() | NoteMark() | Milestone() | BlockStart():
                    self.at += len(leaf_text(one))
                    yield one
                case _:
                    assert_never(one)

    def _text(self, one: Text) -> Iterator[Inline]:
        text, start = one.text, self.at
        end = start + len(text)
        while self.found and self.found[0].start < end:
            name = self.found[0]
            if self.at < name.start:
                yield self._part(one, start, self.at, name.start)
                self.at = name.start
            stop = min(end, name.end)
            yield from self._named(self._part(one, start, self.at, stop), name, stop)
            self.at = stop
            if name.end > end:
                return
            self.found.pop(0)
            self.before = ""
        if self.at < end:
            yield self._part(one, start, self.at, end)
            self.at = end

    def _part(self, one: Text, start: int, first: int, last: int) -> Text:
        text = one.text[first - start : last - start]
        if text == one.text:
            return one
        exact = len(one.span.text) == len(one.text)
        return Text(text, one.span.within(first - start, last - start) if exact else one.span)

    def _ruby(self, one: Ruby) -> Iterator[Inline]:
        end = self.at + len(one.base)
        name = self.found[0] if self.found and self.found[0].start < end else None
        self.at = end
        if name is None:
            yield one
            return
        yield from self._named(one, name, end)
        if name.end <= end:
            self.found.pop(0)
            self.before = ""

    def _named(self, part: Text | Ruby, name: Marked, stop: int) -> Iterator[Inline]:
        ends = stop >= name.end
        words = part.text if isinstance(part, Text) else part.base
        if name.mark == "t" and self.brackets:
            if not self.before:
                yield Text("《", part.span)
            yield part
            if ends:
                yield Text("》", part.span)
        else:
            yield Styled((part,), (UNDERLINED,), self._attrs(name, ends=ends), part.span)
        self.before, self.noted = words[-1:], False

    def _attrs(self, name: Marked, *, ends: bool) -> tuple[tuple[str, str], ...]:
        said = ("line", name.mark), ("before", self.before), ("ends", "yes" if ends else "no")
        return (*said, ("noted", "yes")) if self.noted else said


# --- what has been marked -------------------------------------------------------------------------


class Lined(NamedTuple):
    """A name that is printed with a line: its mark, its ideographs, and some of those behind it,
    by which it is told from others."""

    mark: str
    han: str
    after: str


_AFTER = 4


def lines_of(texts: Sequence[Inlines]) -> list[Lined]:
    """The names with a line in texts that are printed one behind the other, in order."""
    if not any(map(_has_line, texts)):
        return []
    han: list[str] = []
    names: list[tuple[str, int, int]] = []
    for inlines in texts:
        _take(inlines, han, names)
    return [
        Lined(mark, "".join(han[start:end]), "".join(han[end : end + _AFTER]))
        for mark, start, end in names
    ]


def _has_line(inlines: Inlines) -> bool:
    return any(isinstance(one, Styled) and UNDERLINED in one.classes for one in flat(inlines))


def _take(inlines: Inlines, han: list[str], names: list[tuple[str, int, int]]) -> None:
    for one in inlines:
        if not isinstance(one, Container):
            han += [sign for sign in leaf_text(one) if is_ideograph(sign)]
            continue
        start = len(han)
        _take(one.children, han, names)
        if isinstance(one, Styled) and UNDERLINED in one.classes:
            said = dict(one.attrs)
            if said["before"] and names:
                mark, start, _ = names.pop()
            else:
                mark = said["line"]
            names.append((mark, start, len(han)))


def is_ideograph(sign: str) -> bool:
    return is_han(sign) and sign.isalpha()
