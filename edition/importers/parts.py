"""What an article is made of, once its blocks are understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from edition.diagnostics import Diagnostic
from edition.importers.blocks import Block
from edition.model import Lang
from edition.readers.passage import Passage

_NUMBER = re.compile(r"^[0-9]+-")


@dataclass(slots=True)
class ArticleSegment:
    """What becomes one block of a text file. ``words`` stand for a passage where the article has
    none (the heading of an abstract)."""

    id: str
    lang: Lang
    kind: str  # heading | para | item | quote | table | figure | verse | code | rule
    passage: Passage
    level: int = 0
    mark: str = ""
    rows: list[list[Passage]] = field(default_factory=list)
    picture: str = ""
    words: str = ""
    depth: int = 0  # of an item in lists, from 1; 0: as its indent says
    lines: tuple[str, ...] = ()  # of code
    present: bool = False  # the picture comes along


@dataclass(slots=True)
class ArticleSection:
    stem: str
    segments: list[ArticleSegment] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)  # footnotes that stand in it

    def path(self, lang: Lang) -> str:
        """Its text file of one side, in the workspace."""
        return f"source/text/{self.stem}.{lang}.md"


@dataclass(slots=True)
class Author:
    names: dict[Lang, Passage] = field(default_factory=dict)
    affiliations: dict[Lang, tuple[Passage, ...]] = field(default_factory=dict)
    mark: str = ""


@dataclass(slots=True)
class Article:
    lang: Lang
    titles: dict[Lang, Passage] = field(default_factory=dict)
    authors: list[Author] = field(default_factory=list)
    keywords: dict[Lang, Passage] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)  # event → YYYY-MM-DD
    doi: str = ""
    day: str = ""  # of the text itself, YYYY-MM-DD
    fund: dict[Lang, Passage] = field(default_factory=dict)
    sections: list[ArticleSection] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    references: list[Block] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)


def in_file_order(stems: Sequence[str]) -> list[str]:
    """``stems`` (``01-text``) with numbers by which their files, read in the order of their names,
    stand as they are given; as they are where they do already."""
    if list(stems) == sorted(stems):
        return list(stems)
    first = 0 if stems[0].startswith("00-") else 1
    width = max(2, len(str(first + len(stems) - 1)))
    return [f"{at:0{width}}-{_NUMBER.sub('', one)}" for at, one in enumerate(stems, first)]
