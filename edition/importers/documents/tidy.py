"""Inlines made fit for markup: runs that look alike joined, white space outside of emphasis."""

from __future__ import annotations

from collections.abc import Iterable

from edition.importers.documents import model
from edition.importers.documents.model import Inline, Inlines, StyledRun, TextRun


def tidy(inlines: Iterable[Inline]) -> Inlines:
    """The same words: neighbours of one style are one, emphasis begins and ends with a character
    that is no space, and no asterisks of two of them meet."""
    out: list[Inline] = []
    for one in inlines:
        for made in _edged(one):
            last = out[-1] if out else None
            if isinstance(made, TextRun) and isinstance(last, TextRun):
                out[-1] = TextRun(last.text + made.text)
            elif (
                isinstance(made, StyledRun)
                and isinstance(last, StyledRun)
                and made.style == last.style
            ):
                out[-1] = StyledRun(made.style, tidy([*last.children, *made.children]))
            elif not (isinstance(made, TextRun) and not made.text):
                out.append(made)
    return tuple(out)


def _starred(one: Inline | None) -> bool:
    return isinstance(one, StyledRun) and one.style in ("emph", "strong")


def _within(outer: StyledRun, one: Inline) -> Iterable[Inline]:
    if not isinstance(one, StyledRun) or not _starred(one):
        return (one,)
    if one.style == outer.style:
        return one.children
    return (StyledRun(one.style, plain(one.children)),)


def _edged(one: Inline) -> Iterable[Inline]:
    """A styled inline with the white space at its edges outside."""
    if not isinstance(one, StyledRun):
        return (one,)
    children = list(tidy(one.children))
    if _starred(one):
        # one within one of its kind, or two kinds down, says no more
        children = list(tidy(inner for made in children for inner in _within(one, made)))
    before = after = ""
    if children and isinstance(children[0], TextRun):
        text = children[0].text
        before = text[: len(text) - len(text.lstrip())]
        children[0] = TextRun(text.lstrip())
    if children and isinstance(children[-1], TextRun):
        text = children[-1].text
        after = text[len(text.rstrip()) :]
        children[-1] = TextRun(text.rstrip())
    children = [one for one in children if one != TextRun("")]
    if not children:
        return (TextRun(before + after),)
    return (TextRun(before), StyledRun(one.style, tuple(children)), TextRun(after))


def plain(inlines: Iterable[Inline]) -> Inlines:
    """The same without emphasis that is of the whole: as headings have it."""
    out: list[Inline] = []
    for one in inlines:
        out += plain(one.children) if isinstance(one, StyledRun) and _starred(one) else [one]
    return tidy(out)


def words(inlines: Iterable[Inline]) -> str:
    """What inlines say, without marks of notes."""
    out = []
    for one in inlines:
        match one:
            case model.TextRun(text) | model.Verbatim(text):
                out.append(text)
            case model.StyledRun() | model.Hyperlink():
                out.append(words(one.children))
            case model.RubyRun():
                out.append(one.base)
            case model.LineEnd():
                out.append(" ")
            case model.NoteRef() | model.RawMarkup():
                pass
    return "".join(out)


def count(inlines: Iterable[Inline]) -> int:
    """How many characters inlines have, as the account counts them."""
    total = 0
    for one in inlines:
        match one:
            case model.TextRun(text) | model.Verbatim(text) | model.RawMarkup(text):
                total += len(text)
            case model.StyledRun() | model.Hyperlink():
                total += count(one.children)
            case model.RubyRun():
                total += len(one.base) + len(one.reading)
            case model.LineEnd() | model.NoteRef():
                pass
    return total
