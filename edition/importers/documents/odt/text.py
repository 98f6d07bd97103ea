"""What elements of OpenDocument say: white space as it prints, words, how many characters."""

from __future__ import annotations

import re

from edition.importers.documents.xml import Element, attr, local

OPEN = ("text", "section", "text-box")  # what may hold words outside paragraphs
_SPACES = 1000  # that one element may stand for


def spaces(element: Element) -> str:
    """The spaces that an ``s`` element stands for."""
    count = attr(element, "c", "1")
    return " " * min(int(count) if count.isdecimal() else 1, _SPACES)


def collapsed(text: str) -> str:
    """White space of a file as it prints: a run is one space."""
    return re.sub(r"[ \t\r\n]+", " ", text)


def text_of(element: Element) -> str:
    """All words in an element, as paragraphs are read."""
    name = local(element)
    if name == "s":
        return spaces(element)
    if name == "tab":
        return " "
    return collapsed(element.text or "") + "".join(
        text_of(one) + collapsed(one.tail or "") for one in element)  # fmt: skip


def characters(element: Element) -> int:
    """Characters of text: those in paragraphs and headings, without the numbers of notes."""
    name = local(element)
    if name in ("note-citation", "creator", "date", "tracked-changes"):
        return 0
    if name in ("p", "h"):
        return _characters_within(element)
    loose = [element.text, *(one.tail for one in element)] if name in OPEN else []
    return sum(len(collapsed(one or "").strip()) for one in loose) + sum(map(characters, element))


def _characters_within(element: Element) -> int:
    total = len(collapsed(element.text or ""))
    for one in element:
        name = local(one)
        if name == "s":
            total += len(spaces(one))
        elif name == "tab":
            total += 1
        elif name in ("note", "annotation", "frame", "custom-shape", "g"):
            total += characters(one)
        elif name != "note-citation":
            total += _characters_within(one)
        total += len(collapsed(one.tail or ""))
    return total
