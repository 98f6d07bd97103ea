"""What stands within a block of text: words, emphasis, readings, citations, marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from edition.source import Span

Lang: TypeAlias = Literal["zh", "en"]
LANGS: tuple[Lang, Lang] = ("zh", "en")
MilestoneKind: TypeAlias = Literal["page", "verse", "ref"]


def other(lang: Lang) -> Lang:
    return "en" if lang == "zh" else "zh"


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text; ``span`` covers it in the source. Where ``text`` differs in length from the
    source (an escape such as ``\\*``), the reader splits it so that offsets stay exact."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Emph:
    children: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Styled:
    """``[text]{.term}``: ``classes`` among those of docs/format.md (term, name, title, lock …)."""

    children: tuple[Inline, ...]
    classes: tuple[str, ...]
    attrs: tuple[tuple[str, str], ...]
    span: Span


# Class of a part of a name that is printed with a line below. Never read from a file. ``line`` says
# which, n of a name or t of a title; ``before`` has the character of the name before the part, and
# ``ends`` is "yes" where the name ends with it.
UNDERLINED = "underlined"


@dataclass(frozen=True, slots=True)
class Ruby:
    base: str
    reading: str
    span: Span


@dataclass(frozen=True, slots=True)
class CiteItem:
    key: str
    locator: str
    prefix: str
    suppress_author: bool  # [-@key]: the author stands in the sentence
    span: Span

    @property
    def place(self) -> tuple[str, int]:
        """Where it is written."""
        return self.span.file.path, self.span.start


@dataclass(frozen=True, slots=True)
class Cite:
    """``[@hou2024, 118; @wang2022, 82]``; ``narrative`` for ``@hou2024 [118]`` in the sentence."""

    items: tuple[CiteItem, ...]
    narrative: bool
    span: Span


@dataclass(frozen=True, slots=True)
class FootnoteRef:
    """The author's own footnote, ``[^3]``."""

    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class LineBreak:
    span: Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A note mark. Never read from a file: book assembly inserts it where a note is anchored."""

    note: str  # id of the note
    span: Span


@dataclass(frozen=True, slots=True)
class Milestone:
    """A place in the text that the margin names: where a page of the base text begins, a verse, or
    a place that another edition counts by."""

    kind: MilestoneKind
    name: str  # "421a", "3"; printed as it stands, in every script
    span: Span


@dataclass(frozen=True, slots=True)
class BlockStart:
    """Where a further block of a note begins: a paragraph, item, quotation or stanza (``kind`` by
    its name in :class:`Kind`). Only notes and the author's footnotes hold these, at top level:
    other texts have a segment for each block."""

    kind: Literal["para", "item", "quote", "verse"]
    span: Span
    label: str = ""  # of an item: "•" or "1."
    level: int = 1  # of an item, from 1


# what holds other inlines, and what does not: who asks for one of the two need not list its kinds
Container: TypeAlias = Emph | Strong | Styled
Leaf: TypeAlias = Text | Ruby | Cite | FootnoteRef | LineBreak | Mark | Milestone | BlockStart
Inline: TypeAlias = Container | Leaf
Inlines: TypeAlias = tuple[Inline, ...]


def leaf_text(leaf: Leaf) -> str:
    """What a leaf adds to the plain text."""
    match leaf:
        case Text():
            return leaf.text
        case Ruby():
            return leaf.base
        case LineBreak() | BlockStart():
            return "\n"
        case Cite() | FootnoteRef() | Mark() | Milestone():
            return ""
    assert_never(leaf)


def flat(inlines: Inlines) -> Iterator[Inline]:
    """All inlines, those inside others after them."""
    for one in inlines:
        yield one
        if isinstance(one, Container):
            yield from flat(one.children)


def placed(inlines: Inlines, at: int = 0) -> Iterator[tuple[Inline, int, int]]:
    """All inlines, those inside others after them, each with where it begins and ends in the plain
    text, which begins at ``at``."""
    for one in inlines:
        end = at + len(plain((one,)))
        yield one, at, end
        if isinstance(one, Container):
            yield from placed(one.children, at)
        at = end


def cited(inlines: Inlines) -> Iterator[CiteItem]:
    """The items of all citations, in order."""
    for one in flat(inlines):
        if isinstance(one, Cite):
            yield from one.items


def plain(inlines: Inlines) -> str:
    """The text that lemmas are looked up in and that scripts convert: what prints, without
    citations and footnote marks. Ruby counts as its base; a forced line break, and where a further
    block of a note begins, as a newline."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):  # most are
        return inlines[0].text
    return "".join([text for text, _ in pieces(inlines)])


def pieces(inlines: Inlines) -> Iterator[tuple[str, Span]]:
    """The printed text in order, each piece with the span it was read from."""
    for one in inlines:
        match one:
            case Text():
                yield one.text, one.span
            case Emph() | Strong() | Styled():
                yield from pieces(one.children)
            case Ruby():
                yield one.base, one.span.within(1, 1 + len(one.base))
            case LineBreak() | BlockStart():
                yield "\n", one.span
            case Cite() | FootnoteRef() | Mark() | Milestone():
                pass
            case _:
                assert_never(one)
