"""Title, authors and affiliations off the lines at the head of an article or abstract."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from edition.characters import HAN, has_han
from edition.importers import joining
from edition.importers import lines as looks
from edition.importers.ledger import Ledger
from edition.importers.parts import Article, Author, Segment
from edition.model import Lang
from edition.readers.passage import Passage
from edition.source import SourceFile

_BY = re.compile(r"^(?:by|作者\s*[:：]|文\s*[/／|:：]|저자\s*[:：])\s*", re.IGNORECASE)
_NAME = rf"(?:[{HAN}]{{2,4}}|[^\W\d_][\w’'.-]*(?:\s+[^\W\d_][\w’'.-]*){{1,3}})"
_STARRED = re.compile(rf"(?P<name>{_NAME}|[{HAN}·]{{2,12}})\s*"
                      r"(?P<mark>\*+|[†‡]+|[¹²³⁴⁵⁶⁷⁸⁹]+)")  # fmt: skip
_HAN_NAMES = re.compile(rf"^[{HAN}·]{{2,6}}(?:\s*[\s、,，;；]\s*[{HAN}·]{{2,6}})*$")
_LATIN_NAME = r"[A-Z][\w’'.-]*(?:[ -][A-Z][\w’'.-]*){1,3}"
_LATIN_NAMES = re.compile(rf"^{_LATIN_NAME}(?:\s*(?:,|;|&|\band\b)\s*{_LATIN_NAME})*$")
SUBTITLE = re.compile(r"^(?P<title>.{4,}?)(?P<sign>\s*(?:：|:\s)\s*)(?P<subtitle>.{4,})$",
                      re.DOTALL)  # fmt: skip


@dataclass(slots=True)
class Front:
    """``add`` takes what turns out to be plain text."""

    file: SourceFile
    ledger: Ledger
    article: Article
    add: Callable[[Segment], None]

    def read(self, lines: list[Passage], lang: Lang, *, titled: bool) -> list[Passage]:
        """Title and authors off the lines at a head; returns the lines that are neither."""
        title: list[Passage] = []
        rest: list[Passage] = []
        authors_done = False
        at = 0
        while at < len(lines):
            passage = lines[at]
            text = passage.text
            names = self._names(passage, lang)
            if not titled and (
                not title or (not names and not authors_done and _goes_on(title, text, at))
            ):
                title.append(passage)
            elif names:
                self._authors(names, lang, passage)
                authors_done = True
            elif re.match(r"[(（]", text) and self.article.authors:
                parts = [passage]
                while not re.search(r"[)）]$", parts[-1].text) and at + 1 < len(lines):
                    at += 1
                    parts.append(lines[at])
                self.affiliation(joining.glue(self.file, parts), lang)
            else:
                rest.append(passage)
            at += 1
        if title:
            self.title(title, lang)
        return rest

    def title(self, parts: list[Passage], lang: Lang) -> None:
        """Take the lines of a title; a second one in a language is text."""
        whole = joining.glue(self.file, [one.stripped() for one in parts])
        if lang in self.article.titles or not whole.text:
            self.add(Segment("", lang, "para", whole))
            return
        self.ledger.keep(whole.offsets)
        self.article.titles[lang] = whole
        if parted := SUBTITLE.match(whole.text):
            self.ledger.rewrite(whole.offsets[slice(*parted.span("sign"))], "subtitle")

    def _names(self, passage: Passage, lang: Lang) -> list[tuple[Passage, str]]:
        """(name, mark) of each author where a line holds names."""
        by = _BY.match(passage.text)
        at = by.end() if by else 0
        text = passage.text[at:]
        starred = list(_STARRED.finditer(text))
        if starred and len(re.sub(r"[\s,，、;；&]|and", "", _STARRED.sub("", text))) <= 2:
            return [(passage.cut(at + one.start("name"), at + one.end("name")), one["mark"])
                    for one in starred]  # fmt: skip
        pattern = _HAN_NAMES if has_han(text) else _LATIN_NAMES
        if looks.width(text) > 100 or not (pattern.match(text) or by):
            return []
        if not by and lang == "zh" and re.search(r"[^\s、,，;；]{5}", text):
            return []
        between = r"\s*(?:[、,，;；&]|\band\b)\s*" + (r"|\s+" if pattern is _HAN_NAMES else "")
        bounds = [one.span() for one in re.finditer(between, text)]
        starts = [0, *(end for _, end in bounds)]
        ends = [*(start for start, _ in bounds), len(text)]
        return [
            (passage.cut(at + one, at + two).stripped(), "")
            for one, two in zip(starts, ends, strict=True) if text[one:two].strip()
        ]  # fmt: skip

    def _authors(self, names: list[tuple[Passage, str]], lang: Lang, line: Passage) -> None:
        kept: set[int] = set()
        for name, mark in names:
            self.ledger.keep(name.offsets)
            kept.update(name.offsets)
            same = [one for one in self.article.authors if lang not in one.names]
            if same:
                same[0].names[lang] = name
            else:
                self.article.authors.append(Author({lang: name}, {}, mark))
        left = [at for at, char in zip(line.offsets, line.text, strict=True)
                if at not in kept and not char.isspace()]  # fmt: skip
        self.ledger.rewrite(left, "authors")

    def affiliation(self, passage: Passage, lang: Lang, mark: str = "") -> None:
        """Give a line to the author with its mark, or to the last named; else it is text."""
        inner = passage
        if re.match(r"[(（]", passage.text) and re.search(r"[)）]$", passage.text):
            inner = passage.cut(1, len(passage.text) - 1).stripped()
            self.ledger.rewrite((passage.offsets[0], passage.offsets[-1]), "affiliation")
        named = [one for one in self.article.authors if lang in one.names
                 and lang not in one.affiliations]  # fmt: skip
        owner = next((one for one in self.article.authors if mark and one.mark == mark
                      and lang not in one.affiliations), None)  # fmt: skip
        owner = owner or (named[-1] if named and not mark else None)
        if owner is None:
            self.add(Segment("", lang, "para", passage))
            return
        self.ledger.keep(inner.offsets)
        owner.affiliations[lang] = inner


def _goes_on(title: list[Passage], text: str, at: int) -> bool:
    """Whether line ``at`` of the head goes on with the title before it."""
    if len(title) >= 4 or looks.numbered(text):
        return False
    if re.search(r"[:：,，–—-]$", title[-1].text):
        return True
    return at < 2 and not re.match(r"[(（]", text)
