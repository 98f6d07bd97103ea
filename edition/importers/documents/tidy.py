"""Inlines made fit for markup: runs that look alike joined, white space outside of emphasis."""

from __future__ import annotations

from collections.abc import Iterable

from edition.importers.documents import model
from edition.importers.documents.model import Inline, Inlines, Styled, Text


def tidy(inlines: Iterable[Inline]) -> Inlines:
    """The same words: neighbours of one style are one, emphasis begins and ends with a character
    that is no space, and no asterisks of two of them meet."""
    out: list[Inline] = []
    for one in inlines:
        for made in _edged(one):
            last = out[-1] if out else None
            if isinstance(made, Text) and isinstance(last, Text):
                out[-1] = Text(last.text + made.text)
            elif isinstance(made, Styled) and isinstance(last, Styled) and made.style == last.style:
                out[-1] = Styled(made.style, tidy([*last.children, *made.children]))
            elif not (isinstance(made, Text) and not made.text):
                out.append(made)
    return tuple(out)


def _starred(one: Inline | None) -> bool:
    return isinstance(one, Styled) and one.style in ("emph", "strong")


def _within(outer: Styled, one: Inline) -> Iterable[Inline]:
    if not isinstance(one, Styled) or not _starred(one):
        return (one,)
    if one.style == outer.style:
        return one.children
    return (Styled(one.style, plain(one.children)),)


def _edged(one: Inline) -> Iterable[Inline]:
    """A styled inline with the white space at its edges outside."""
    if not isinstance(one, Styled):
        return (one,)
    children = list(tidy(one.children))
    if _starred(one):
        # one within one of its kind, or two kinds down, says no more
        children = list(tidy(inner for made in children for inner in _within(one, made)))
    before = after = ""
    if children and isinstance(children[0], Text):
        text = children[0].text
        before = text[: len(text) - len(text.lstrip())]
        children[0] = Text(text.lstrip())
    if children and isinstance(children[-1], Text):
        text = children[-1].text
        after = text[len(text.rstrip()) :]
        children[-1] = Text(text.rstrip())
    children = [one for one in children if one != Text("")]
    if not children:
        return (Text(before + after),)
    return (Text(before), Styled(one.style, tuple(children)), Text(after))


def plain(inlines: Iterable[Inline]) -> Inlines:
    """The same without emphasis that is of the whole: as headings have it."""
    out: list[Inline] = []
    for one in inlines:
        out += plain(one.children) if isinstance(one, Styled) and _starred(one) else [one]
    return tidy(out)


def words(inlines: Iterable[Inline]) -> str:
    """What inlines say, without marks of notes."""
    out = []
    for one in inlines:
        match one:
            case model.Text(text) | model.Code(text):
                out.append(text)
            case model.Styled() | model.Link():
                out.append(words(one.children))
            case model.Ruby():
                out.append(one.base)
            case model.Break():
                out.append(" ")
            case model.NoteRef() | model.Marked():
                pass
    return "".join(out)


def count(inlines: Iterable[Inline]) -> int:
    """How many characters inlines have, as the account counts them."""
    total = 0
    for one in inlines:
        match one:
            case model.Text(text) | model.Code(text) | model.Marked(text):
                total += len(text)
            case model.Styled() | model.Link():
                total += count(one.children)
            case model.Ruby():
                total += len(one.base) + len(one.reading)
            case model.Break() | model.NoteRef():
                pass
    return total
