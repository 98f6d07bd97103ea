"""Abstracts and key words of an article → its first section, both languages facing each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from edition.importers import joining
from edition.importers import lines as looks
from edition.importers.blocks import Block
from edition.importers.front import Front
from edition.importers.ledger import Ledger
from edition.importers.parts import Article, ArticleSection, ArticleSegment
from edition.model import Lang
from edition.readers.passage import Passage
from edition.source import SourceFile

_LABEL_WORDS = {"zh": "摘要", "en": "Abstract"}


@dataclass(slots=True)
class Abstracts:
    """``section`` is there once an abstract or key words were found."""

    file: SourceFile
    ledger: Ledger
    blocks: list[Block]
    article: Article
    front: Front
    own_id: Callable[[str], str]  # an id that no segment has yet
    section: ArticleSection | None = None
    paragraphs: Counter[Lang] = field(default_factory=Counter)

    def opened(self) -> ArticleSection:
        """The section, made at need."""
        if self.section is None:
            self.section = ArticleSection("00-abstract")
        return self.section

    def _heading(self, lang: Lang, passage: Passage) -> None:
        section = self.opened()
        if any(one.lang == lang and one.kind == "heading" for one in section.segments):
            self.ledger.drop(passage.offsets, "label repeated")
            return
        self.ledger.rewrite(passage.offsets, _LABEL_WORDS[lang])
        section.segments.append(
            ArticleSegment(
                "abstract", lang, "heading", passage.cut(0, 0), level=1, words=_LABEL_WORDS[lang]
            )
        )

    def labelled(self, at: int) -> int:
        """Take the abstract under the label at block ``at``; returns the first block after."""
        end = at + 1
        taken: list[Block] = []
        while end < len(self.blocks) and self.blocks[end].kind in ("para", "quote"):
            taken.append(self.blocks[end])
            end += 1
        body = [one for one in taken if looks.width(one.text) > 160]
        body = body or [one for one in taken if looks.width(one.text) > 60 and joining.closed(
            one.text)]  # fmt: skip
        said = body or taken or [self.blocks[at]]  # the label may be that of a program
        lang = looks.language(said[0].text)
        self._heading(lang, self.blocks[at].lines[0].passage)
        first = taken.index(body[0]) if body else 0
        if first:
            lines = [line.passage for one in taken[:first] for line in one.lines]
            for passage in self.front.read(lines, lang, titled=lang in self.article.titles):
                self._segment(passage, lang)
        taken_body = taken[first:]
        if not any(one.kind == "heading" for one in self.blocks[end : end + 12]) and len(
                taken_body) > 3 and not self.article.sections:  # fmt: skip
            taken_body = taken_body[:1]  # a text without headings goes on after its abstract
            end = at + 1 + first + 1
        for one in taken_body:
            self._segment(joining.whole(self.file, one), lang)
        return end

    def paragraph(self, at: int, lead: int) -> int:
        """Take an abstract whose label, ``lead`` characters, begins its paragraph."""
        passage = joining.whole(self.file, self.blocks[at])
        lang = looks.language(passage.text)
        self._heading(lang, passage.cut(0, lead).stripped())
        self._segment(passage.cut(lead, len(passage.text)), lang)
        return at + 1

    def _segment(self, passage: Passage, lang: Lang) -> None:
        section = self.opened()
        self.paragraphs[lang] += 1
        own = f"abstract.p{self.paragraphs[lang]}"
        section.segments.append(ArticleSegment(own, lang, "para", passage))

    def keywords(self, block: Block) -> None:
        """Take a line of key words, its bullet off."""
        passage = joining.whole(self.file, Block("para", block.lines))
        bullet = re.match(r"^[▪■●*\-•]\s*", passage.text)
        start = bullet.end() if bullet else 0
        self.ledger.rewrite(
            [
                at
                for at, char in zip(passage.offsets[:start], passage.text[:start], strict=True)
                if not char.isspace()
            ],
            "",
        )
        value = passage.cut(block.lead, len(passage.text))
        lang = looks.language(value.text)
        section = self.opened()
        taken = any(one.id == "abstract.keywords" and one.lang == lang for one in section.segments)
        if not taken:
            self.article.keywords[lang] = value
        own = self.own_id("abstract.more") if taken else "abstract.keywords"
        section.segments.append(
            ArticleSegment(own, lang, "para", passage.cut(start, len(passage.text)))
        )
