"""Title, authors and affiliations off the lines at the head of an article or abstract."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from edition.characters import HAN, has_han
from edition.importers import joining
from edition.importers import lines as looks
from edition.importers.facts import day_alone
from edition.importers.ledger import Ledger
from edition.importers.parts import Article, ArticleSegment, Author
from edition.model import Lang
from edition.readers.passage import Passage
from edition.source import SourceFile

_BY = re.compile(r"^(?:by|作者\s*[:：]|文\s*[/／|:：]|저자\s*[:：])\s*", re.IGNORECASE)
_LETTER = r"(?:(?![⁰¹²³⁴⁵⁶⁷⁸⁹])[^\W\d_]|[’'.-])"
_NAME = (rf"(?:[{HAN}]{{2,4}}|[가-힣]{{2,4}}(?![가-힣])|(?<![^\W\d_])(?!and\b)[^\W\d_]{_LETTER}*"
         rf"(?:\s+(?!and\b)[^\W\d_]{_LETTER}*){{1,3}}|"
         rf"[^\W\d_]{_LETTER}+,\s?[^\W\d_]{_LETTER}+(?:\s[^\W\d_]{_LETTER}+)?)")  # fmt: skip
_AUTHOR_MARK = (r"(?:[*＊]+|[†‡§]+|[¹²³⁴⁵⁶⁷⁸⁹]+|[ᵃᵇᶜᵈ]+|\d{1,2}(?!\d)|"
                r"<sup>[\da-d,，、*＊†‡§\s]{1,12}</sup>)")  # fmt: skip
_STARRED = re.compile(rf"(?P<name>{_NAME}|[{HAN}·]{{2,12}})\s*"
                      rf"(?P<mark>{_AUTHOR_MARK}(?:\s*[,，˒‚]?\s*{_AUTHOR_MARK})*)")  # fmt: skip
_BETWEEN = re.compile(r"[\s,，、;；&ㆍ·・・∙･‧与與和]|\band\b")
_HAN_NAMES = re.compile(rf"^[{HAN}·]{{2,6}}(?:\s*[\s、,，;；]\s*[{HAN}·]{{2,6}})*$")
_HANGUL_NAMES = re.compile(r"^[가-힣]{2,4}(?:\s*[,·ㆍ・]\s*[가-힣]{2,4})*$")
_PLACE = re.compile(
    r"\b(?:Universit|College|Institut|Departe?ment|School|Academy|Cent(?:er|re)\b|Museum|Library|"
    r"Faculty|Laborator)|大[學学]|[學学]院|研究[所院]|[學学]系|中[學学]$|대학|연구[소원]"
)
_COUNTS = re.compile(rf"第\s*(?:{looks.NUMERALS}+|\d+)\s*[場场幕折齣出回章節节卷期]$")  # no name
_LATIN_NAME = r"[A-Z][\w’'.-]*(?:[ -][A-Z][\w’'.-]*){1,3}"
_LATIN_NAMES = re.compile(rf"^{_LATIN_NAME}(?:\s*(?:,|;|&|·|ㆍ|\band\b)\s*{_LATIN_NAME})*$")
SUBTITLE = re.compile(r"^(?P<title>.{2,}?)(?P<sign>\s*(?:：|:\s|——|──|―+|--)\s*)"
                      r"(?P<subtitle>.{3,}?)(?P<end>\s*(?:——|──|―+|--)?)$", re.DOTALL)  # fmt: skip
_SHARED = re.compile(
    r"(?:^|[；;，,]\s*|\s)(?P<mark>\d{1,2}|[a-d])\s*[.．、]?\s*(?P<where>[^\W\d].*?)"
    r"(?=[；;，,]?\s*(?:\d{1,2}|(?<=\s)[a-d])\s*[.．、]\s*[^\W\d]|[；;]\s*\d|$)"
)
_PLAIN = {**looks.SUPERSCRIPTS, **str.maketrans("＊ᵃᵇᶜᵈ", "*abcd")}


@dataclass(slots=True)
class Front:
    """``add`` takes what turns out to be plain text."""

    file: SourceFile
    ledger: Ledger
    article: Article
    add: Callable[[ArticleSegment], None]

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
                not title or (not names and not authors_done and _goes_on(title, passage, at))
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
            elif not self.article.day and (when := day_alone(text)):
                self.article.day = when
                self.ledger.rewrite(passage.offsets, "date")
            elif authors_done and _PLACE.search(text) and _is_place(text):
                self.affiliation(passage, lang)
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
            self.add(ArticleSegment("", lang, "para", whole))
            return
        self.ledger.keep(whole.offsets)
        self.article.titles[lang] = whole
        if parted := SUBTITLE.match(whole.text):
            for part in ("sign", "end"):
                self.ledger.rewrite(whole.offsets[slice(*parted.span(part))], "subtitle")

    def _names(self, passage: Passage, lang: Lang) -> list[tuple[Passage, str]]:
        """(name, mark) of each author where a line holds names."""
        by = _BY.match(passage.text)
        at = by.end() if by else 0
        text = passage.text[at:]
        starred = list(_STARRED.finditer(text))
        if starred and _only_names(text):
            return [(passage.cut(at + one.start("name"), at + one.end("name")), one["mark"])
                    for one in starred]  # fmt: skip
        if not by and (_PLACE.search(text) or _COUNTS.match(text)):
            return []
        pattern = _HAN_NAMES if has_han(text) else _LATIN_NAMES
        pattern = _HANGUL_NAMES if _HANGUL_NAMES.match(text) else pattern
        if looks.width(text) > 100 or not (pattern.match(text) or by):
            return []
        if not by and lang == "zh" and re.search(r"[^\s、,，;；]{5}", text):
            return []
        between = r"\s*(?:[、,，;；&·ㆍ]|\band\b)\s*" + (r"|\s+" if pattern is _HAN_NAMES else "")
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
                self.article.authors.append(Author({lang: name}, {}, plain_mark(mark)))
        left = [at for at, char in zip(line.offsets, line.text, strict=True)
                if at not in kept and not char.isspace()]  # fmt: skip
        self.ledger.rewrite(left, "authors")

    def affiliation(self, passage: Passage, lang: Lang, mark: str = "") -> None:
        """Give a line to the authors with its mark, or to the last named; a line that numbers
        several places, to the authors with these numbers. Else it is text."""
        inner = passage
        if re.match(r"[(（]", passage.text) and re.search(r"[)）]$", passage.text):
            inner = passage.cut(1, len(passage.text) - 1).stripped()
            self.ledger.rewrite((passage.offsets[0], passage.offsets[-1]), "affiliation")
        if not mark and self._shared(inner, lang):
            return
        named = [one for one in self.article.authors if lang in one.names
                 and lang not in one.affiliations]  # fmt: skip
        owners = [one for one in self.article.authors if mark and mark in author_marks(one.mark)]
        owners = owners or ([named[-1]] if named and not mark else [])
        if not owners:
            self.add(ArticleSegment("", lang, "para", passage))
            return
        self.ledger.keep(inner.offsets)
        for owner in owners:
            owner.affiliations[lang] = (*owner.affiliations.get(lang, ()), inner)

    def _shared(self, passage: Passage, lang: Lang) -> bool:
        """Whether a line numbers the places of several authors; then they have them."""
        parts = list(_SHARED.finditer(passage.text))
        marks = {mark for one in self.article.authors for mark in author_marks(one.mark)}
        if not parts or parts[0].start("mark") > 0 or not {one["mark"] for one in parts} & marks:
            return False
        kept: set[int] = set()
        for one in parts:
            where = passage.cut(*one.span("where")).stripped()
            for author in self.article.authors:
                if one["mark"] in author_marks(author.mark):
                    author.affiliations[lang] = (*author.affiliations.get(lang, ()), where)
                    kept.update(where.offsets)
        self.ledger.keep(sorted(kept))
        self.ledger.rewrite([at for at, char in zip(passage.offsets, passage.text, strict=True)
                             if at not in kept and not char.isspace()], "affiliation")  # fmt: skip
        return bool(kept)


def plain_mark(mark: str) -> str:
    """The mark of an author in plain figures."""
    return re.sub(r"</?sup>|\s", "", mark).translate(_PLAIN)


def author_marks(mark: str) -> list[str]:
    """Each of the marks that stand by a name."""
    return re.findall(r"[*＊]+|[†‡§]+|\d{1,2}|[a-d]", mark)


def marks_of_authors(text: str) -> set[str]:
    """The marks that stand by names in a line of authors; none where it is another line."""
    named = list(_STARRED.finditer(text))
    if not named or not _only_names(text):
        return set()
    return {mark for one in named for mark in author_marks(plain_mark(one["mark"]))}


def is_names(text: str) -> bool:
    """Whether a line in letters may be names of people and nothing else."""
    return any(one.match(text) for one in (_HANGUL_NAMES, _LATIN_NAMES))


def _only_names(text: str) -> bool:
    """Whether a line holds nothing but names with their marks."""
    return len(_BETWEEN.sub("", _STARRED.sub("", text))) <= 2


def _is_place(text: str) -> bool:
    """Whether a line that names an institution says little else."""
    return looks.width(text) <= 160 and not re.search(r"[。！？!?；:：]|[a-z]\.\s", text)


def _goes_on(title: list[Passage], passage: Passage, at: int) -> bool:
    """Whether line ``at`` of the head goes on with the title before it."""
    text = passage.text
    if len(title) >= 4 or looks.numbered(text):
        return False
    if re.search(r"[:：,，–—-]$", title[-1].text):
        return True
    if re.match(r"\s*(?:——|──|—|–|-{1,2})\s*\S", text):
        return True
    said = re.match(r"[^\W\d_]{1,6}\s*[：:]|[(（【\[]|文[/／]", text)
    said = said or re.search(r"(?:19|20)\d\d|[二一]〇", text)
    file, start = title[-1].file, title[-1].at(len(title[-1].text))
    gap = file.text[start : passage.at(0)].count("\n") > 1
    return at < 2 and not said and not gap
