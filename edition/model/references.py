"""The list of references, as the run of biber gives it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from edition.model.inlines import Lang
from edition.source import Span


@dataclass(frozen=True, slots=True)
class EntryLook:
    """How a part of a text looks, from ``start`` to before ``end``; ``address``: of a link."""

    start: int
    end: int
    kind: Literal["italic", "bold", "smallcaps", "sup", "sub", "link"]
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of the printed list with what a citation of it prints, as biber computed it."""

    key: str
    authors: str  # for the citation: "侯冠華", "Hart 和 Kim", "戚凱 等"
    year: str  # with the letter that tells works of one year apart: "2024a"
    number: str = ""  # of numeric styles
    authors_en: str = ""  # authors in an English sentence, where that differs: "Hart and Kim"
    year_en: str = ""  # the year in an English sentence, where that differs: "n.d."
    lang: Lang = "en"  # language of the entry: decides 等 / et al. and punctuation
    language: str = ""  # BCP 47 tag of the work's, where it is another: ja, fr, zh-Latn
    text: str = ""  # the whole entry, without its number
    looks: tuple[EntryLook, ...] = ()  # of parts of the text, by their starts, the outer first
    short: str = ""  # what a citation says for the authors once they are known: "SIA"
    short_en: str = ""  # and in an English sentence
    span: Span | None = field(default=None, compare=False)  # of the entry

    def author(self, lang: Lang) -> str:
        """The authors as they are cited in a text of ``lang``."""
        return self.authors_en if lang == "en" and self.authors_en else self.authors

    def shortened(self, lang: Lang) -> str:
        """Their short form there; "" for none."""
        return self.short_en if lang == "en" else self.short


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """The printed list of references: formatted in a run of its own, kept by content."""

    style: str
    entries: Mapping[str, Reference]  # in the order of the list
    aliases: Mapping[str, str] = field(default_factory=dict)  # merged key -> kept key
    corrections: tuple[tuple[str, str], ...] = ()  # lines of the appendix, Chinese and English
    introduced: frozenset[tuple[str, int]] = frozenset()  # citations that say short forms first

    def find(self, key: str) -> Reference | None:
        return self.entries.get(self.aliases.get(key, key))
