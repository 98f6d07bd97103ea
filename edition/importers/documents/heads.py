"""The YAML or TOML above a text: its title, authors, abstract and key words are the head of an
article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from edition.characters import IS_HAN
from edition.importers.documents.model import Block, Heading, Paragraph, TextRun

_NAMES = ("title", "subtitle", "author", "authors", "date", "abstract", "keywords", "tags")
HEAD_PLACE = 2  # line that blocks of a head are said to stand on
_LARGE = 20_000  # characters of a head that is read


@dataclass(frozen=True, slots=True)
class Head:
    """``blocks``: title, authors, abstract and key words; ``dropped``: what of the text goes over
    in none of them."""

    blocks: list[Block]
    dropped: list[tuple[str, str]]


def head_blocks(content: str) -> Head:
    """What a head says."""
    read = _read(content)
    if read is None:
        return Head([], [(content, "head of the file")])
    made: list[Block] = []
    taken: list[str] = []

    def take(text: str) -> TextRun:
        taken.append(text)
        return TextRun(text)

    title = ": ".join(_texts(read.get("title")) + _texts(read.get("subtitle")))
    if title:
        made.append(Heading(level=1, inlines=(take(title),), title=True, place=HEAD_PLACE))
    chinese = bool(IS_HAN.search(title))
    people = _authors(read.get("author") or read.get("authors"))
    if any(place for _, place in people):
        for name, place in people:
            made.append(Paragraph(inlines=(take(name),), place=HEAD_PLACE))
            if place:
                made.append(Paragraph(inlines=(take(f"({place})"),), place=HEAD_PLACE))
    elif people:
        names = ("、" if chinese else ", ").join(name for name, _ in people)
        made.append(Paragraph(inlines=(take(names),), place=HEAD_PLACE))
    if abstract := " ".join(_texts(read.get("abstract"))):
        label = "摘要：" if IS_HAN.search(abstract) else "Abstract: "
        made.append(Paragraph(inlines=(take(label + _line(abstract)),), place=HEAD_PLACE))
    if words := _texts(read.get("keywords")):
        label, sign = ("關鍵詞：", "；") if IS_HAN.search(words[0]) else ("Key words: ", "; ")
        made.append(Paragraph(inlines=(take(label + sign.join(words)),), place=HEAD_PLACE))
    left = _rest(content, "".join(taken))
    dropped = [(left, "head of the file")] if left else []
    return Head(made, dropped)


def date_of(content: str) -> str:
    """The day that a head gives, as YYYY-MM-DD; "" for none."""
    read = _read(content) or {}
    found = re.search(r"(\d{4})-(\d\d)-(\d\d)", " ".join(_texts(read.get("date"))))
    return found[0] if found else ""


def bibliographies(content: str) -> tuple[str, ...]:
    """The files of references that a head names."""
    return tuple(_texts((_read(content) or {}).get("bibliography")))


def _read(content: str) -> dict[str, Any] | None:
    if len(content) > _LARGE or re.search(r":\s*[&*]\w", content):
        return None  # anchors may grow without end
    try:
        read = yaml.load(content, Loader=yaml.BaseLoader)  # noqa: S506 (text only, no objects)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _texts(value: object) -> list[str]:
    """The texts in a value, none of them empty."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, dict):
        return _texts(value.get("name") or value.get("text") or list(value.values()))
    return []


def _line(text: str) -> str:
    """``text`` on one line; between Chinese characters line ends leave no space."""
    return re.sub(r"(?<=[\u2e80-\uffef])\s*\n\s*(?=[\u2e80-\uffef])", "", text).replace("\n", " ")


def _authors(value: object) -> list[tuple[str, str]]:
    """(name, affiliation or "") of each author."""
    made: list[tuple[str, str]] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            place = "; ".join(_texts(one.get("affiliation") or one.get("institute")))
            made += [(name, place) for name in _texts(one.get("name"))[:1]]
        elif isinstance(one, str):
            parts = re.split(r"\s*(?:[、;；]|,(?=\s)|\band\b)\s*", one)
            made += [(name.strip(), "") for name in parts if name.strip()]
    return made


def _rest(content: str, taken: str) -> str:
    """The lines of ``content`` whose values are not in ``taken``."""
    bare = re.sub(r"\W", "", taken)
    left = []
    for line in content.split("\n"):
        value = re.sub(r"^\s*(?:-\s+)?[\w-]+:\s*|^\s*-\s+", "", line)
        if not re.sub(r"\W", "", value) or re.sub(r"\W", "", value) not in bare:
            left.append(line)
    return "\n".join(one for one in left if one.strip())
