"""The blocks of an article → its parts: title, authors, abstracts, sections with their segments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from edition.diagnostics import Diagnostic
from edition.importers import joining
from edition.importers import lines as looks
from edition.importers.blocks import Block
from edition.importers.codes import SKIPPED, UNTITLED
from edition.importers.ledger import Ledger
from edition.importers.references import latin
from edition.model import Lang
from edition.readers.passage import Passage
from edition.source import SourceFile


@dataclass(slots=True)
class Segment:
    """What becomes one block of a text file. ``words`` stand for a passage where the article has
    none (the heading of an abstract)."""

    id: str
    lang: Lang
    kind: str  # heading | para | item | quote | table | figure
    passage: Passage
    level: int = 0
    mark: str = ""
    rows: list[list[Passage]] = field(default_factory=list)
    picture: str = ""
    words: str = ""
    prefix: Passage | None = None  # "關鍵詞："


@dataclass(slots=True)
class Section:
    stem: str
    segments: list[Segment] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)  # footnotes that stand in it


@dataclass(slots=True)
class Author:
    names: dict[Lang, Passage] = field(default_factory=dict)
    affiliations: dict[Lang, Passage] = field(default_factory=dict)
    mark: str = ""


@dataclass(slots=True)
class Article:
    lang: Lang
    titles: dict[Lang, Passage] = field(default_factory=dict)
    authors: list[Author] = field(default_factory=list)
    keywords: dict[Lang, Passage] = field(default_factory=dict)
    dates: dict[str, Passage] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    references: list[Block] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)


_BY = re.compile(r"^(?:by|作者\s*[:：]|文\s*[/／|:：]|저자\s*[:：])\s*", re.IGNORECASE)
_NAME = r"(?:[\u3400-\u9fff]{2,4}|[^\W\d_][\w’'.-]*(?:\s+[^\W\d_][\w’'.-]*){1,3})"
_STARRED = re.compile(rf"(?P<name>{_NAME}|[\u3400-\u9fff·]{{2,12}})\s*(?P<mark>\*+|[†‡]+|[¹²³⁴⁵⁶⁷⁸⁹]+)")
_HAN_NAMES = re.compile(r"^[\u3400-\u9fff·]{2,6}(?:\s*[\s、,，;；]\s*[\u3400-\u9fff·]{2,6})*$")
_LATIN_NAMES = re.compile(
    r"^[A-Z][\w’'.-]*(?:[ -][A-Z][\w’'.-]*){1,3}(?:\s*(?:,|;|&|\band\b)\s*[A-Z][\w’'.-]*(?:[ -][A-Z]"
    r"[\w’'.-]*){1,3})*$")  # fmt: skip
_LABEL_WORDS = {"zh": "摘要", "en": "Abstract"}


class Builder:
    """Goes through the blocks once."""

    def __init__(self, file: SourceFile, ledger: Ledger, blocks: list[Block], lang: Lang) -> None:
        self.file = file
        self.ledger = ledger
        self.blocks = blocks
        self.article = Article(lang)
        self.ids: set[str] = set()
        self.path: list[str] = []  # ids of the open headings
        self.count = 0  # of segments under the open heading
        self.abstract: Section | None = None
        self.caption: Block | None = None
        self.captions: dict[str, int] = {}

    def build(self) -> Article:
        at = self._front()
        while at < len(self.blocks):
            at = self._block(at)
        self._loose_caption()
        article = self.article
        if self.abstract is not None:
            article.sections.insert(0, self.abstract)
        if not article.sections:
            article.sections.append(Section("01-text"))
        return article

    # --- front matter -----------------------------------------------------------------------------

    def _front(self) -> int:
        """Title, authors and what else stands before the text. Returns the first block after."""
        end = 0
        first = self.blocks[0] if self.blocks else None
        hashed = bool(first and first.kind == "heading" and first.system == "#" and first.title)
        if hashed and first:
            title = first.lines[0].passage
            self.ledger.rewrite(title.offsets[: first.lead], "title")
            self._title([title.cut(first.lead, len(title.text))], self.article.lang)
            end = 1
        while end < len(self.blocks) and self._is_front(self.blocks[end]):
            end += 1
        lines = [line.passage for one in self.blocks[int(hashed) : end] if one.kind == "para"
                 for line in one.lines]  # fmt: skip
        rest = self._heads(lines, self.article.lang, titled=hashed)
        for one in self.blocks[int(hashed) : end]:
            if one.kind != "para":
                self._other(one)
        for passage in rest:
            self._add(Segment("", looks.language(passage.text), "para", passage))
        if self.article.lang not in self.article.titles:
            self.article.found.append(Diagnostic(
                code=UNTITLED, span=self.file.span(0), fact="no line at the head is a title",
                hint="write the title in source/edition.toml"))  # fmt: skip
        return end

    def _is_front(self, block: Block) -> bool:
        if block.kind in ("affiliation", "date"):
            return True
        if block.kind != "para" or looks.ABSTRACT_HEAD.match(block.text):
            return False
        text = block.text
        return looks.width(text) <= 160 and not re.search(r"[。；;!?！？]$|[^.A-Z]\.$", text) and len(
            block.lines) <= 4  # fmt: skip

    def _heads(self, lines: list[Passage], lang: Lang, *, titled: bool) -> list[Passage]:
        """Title and authors off the lines at a head; returns the lines that are neither."""
        title: list[Passage] = []
        rest: list[Passage] = []
        authors_done = False
        at = 0
        while at < len(lines):
            passage = lines[at]
            text = passage.text
            names = self._names(passage, lang)
            if (not titled and not title) or (not titled and not names and not authors_done and len(title) < 4 and (
                    re.search(r"[:：,，–—-]$", title[-1].text) or (at < 2
                    and not re.match(r"[(（]", text)))):
                title.append(passage)
            elif names:
                self._authors(names, lang, passage)
                authors_done = True
            elif re.match(r"[(（]", text) and self.article.authors:
                parts = [passage]
                while not re.search(r"[)）]$", parts[-1].text) and at + 1 < len(lines):
                    at += 1
                    parts.append(lines[at])
                self._affiliation(joining.glue(self.file, parts), lang)
            else:
                rest.append(passage)
            at += 1
        if title:
            self._title(title, lang)
        return rest

    def _title(self, parts: list[Passage], lang: Lang) -> None:
        whole = joining.glue(self.file, [one.stripped() for one in parts])
        if lang in self.article.titles or not whole.text:
            self._add(Segment("", lang, "para", whole))
            return
        self.ledger.keep(whole.offsets)
        self.article.titles[lang] = whole

    def _names(self, passage: Passage, lang: Lang) -> list[tuple[Passage, str]]:
        """(name, mark) of each author where a line holds names."""
        by = _BY.match(passage.text)
        at = by.end() if by else 0
        text = passage.text[at:]
        starred = list(_STARRED.finditer(text))
        if starred and len(re.sub(r"[\s,，、;；&]|and", "", _STARRED.sub("", text))) <= 2:
            return [(passage.cut(at + one.start("name"), at + one.end("name")), one["mark"])
                    for one in starred]  # fmt: skip
        pattern = _HAN_NAMES if re.search(r"[\u3400-\u9fff]", text) else _LATIN_NAMES
        if looks.width(text) > 100 or not (pattern.match(text) or by):
            return []
        if not by and lang == "zh" and max(len(one) for one in re.split(r"[\s、,，;；]+", text)) > 4:
            return []
        between = r"\s*(?:[、,，;；&]|\band\b)\s*" + (r"|\s+" if pattern is _HAN_NAMES else "")
        bounds = [one.span() for one in re.finditer(between, text)]
        starts = [0, *(end for _, end in bounds)]
        ends = [*(start for start, _ in bounds), len(text)]
        return [(passage.cut(at + one, at + two).stripped(), "")
                for one, two in zip(starts, ends, strict=True) if text[one:two].strip()]  # fmt: skip

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

    def _affiliation(self, passage: Passage, lang: Lang, mark: str = "") -> None:
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
            self._add(Segment("", lang, "para", passage))
            return
        self.ledger.keep(inner.offsets)
        owner.affiliations[lang] = inner

    # --- the text ---------------------------------------------------------------------------------

    def _block(self, at: int) -> int:
        block = self.blocks[at]
        if block.kind == "label" and block.label == "abstract":
            return self._abstract(at)
        if block.kind == "para" and (head := looks.ABSTRACT_HEAD.match(block.text)):
            return self._abstract_paragraph(at, head.end())
        self._other(block)
        return at + 1

    def _abstract_section(self) -> Section:
        if self.abstract is None:
            self.abstract = Section("00-abstract")
        return self.abstract

    def _abstract_heading(self, lang: Lang, passage: Passage) -> None:
        section = self._abstract_section()
        if any(one.lang == lang and one.kind == "heading" for one in section.segments):
            self.ledger.drop(passage.offsets, "label repeated")
            return
        self.ledger.rewrite(passage.offsets, _LABEL_WORDS[lang])
        section.segments.append(Segment(
            "abstract", lang, "heading", passage.cut(0, 0), level=1, words=_LABEL_WORDS[lang]))

    def _abstract(self, at: int) -> int:
        end = at + 1
        taken: list[Block] = []
        while end < len(self.blocks) and self.blocks[end].kind in ("para", "quote"):
            taken.append(self.blocks[end])
            end += 1
        body = [one for one in taken if looks.width(one.text) > 160]
        lang = looks.language(body[0].text if body else self.blocks[at].text)
        self._abstract_heading(lang, self.blocks[at].lines[0].passage)
        first = taken.index(body[0]) if body else 0
        if first:
            lines = [line.passage for one in taken[:first] for line in one.lines]
            for passage in self._heads(lines, lang, titled=lang in self.article.titles):
                self._abstract_segment(passage, lang)
        taken_body = taken[first:]
        if not any(one.kind in ("heading",) for one in self.blocks[end : end + 12]) and len(
                taken_body) > 3 and not self.article.sections:  # fmt: skip
            taken_body = taken_body[:1]  # a text without headings goes on after its abstract
            end = at + 1 + first + 1
        for one in taken_body:
            self._abstract_segment(joining.whole(self.file, one), lang)
        return end

    def _abstract_paragraph(self, at: int, lead: int) -> int:
        passage = joining.whole(self.file, self.blocks[at])
        lang = looks.language(passage.text)
        self._abstract_heading(lang, passage.cut(0, lead).stripped())
        self._abstract_segment(passage.cut(lead, len(passage.text)), lang)
        return at + 1

    def _abstract_segment(self, passage: Passage, lang: Lang) -> None:
        section = self._abstract_section()
        number = 1 + sum(one.lang == lang and one.kind == "para" and "keywords" not in one.id
                         for one in section.segments)  # fmt: skip
        section.segments.append(Segment(f"abstract.p{number}", lang, "para", passage))

    def _keywords(self, block: Block) -> None:
        passage = joining.whole(self.file, Block("para", block.lines))
        bullet = re.match(r"^[▪■●*\-•]\s*", passage.text)
        start = bullet.end() if bullet else 0
        self.ledger.rewrite([at for at, char in zip(passage.offsets[:start], passage.text[:start],
                                                    strict=True) if not char.isspace()], "")
        value = passage.cut(block.lead, len(passage.text))
        lang = looks.language(value.text)
        section = self._abstract_section()
        taken = any(one.id == "abstract.keywords" and one.lang == lang for one in section.segments)
        if not taken:
            self.article.keywords[lang] = value
        section.segments.append(Segment("" if taken else "abstract.keywords", lang, "para",
                                        passage.cut(start, len(passage.text))))  # fmt: skip
        if taken:
            section.segments[-1].id = self._id("abstract.more")

    def _other(self, block: Block) -> None:
        match block.kind:
            case "heading":
                self._heading(block)
            case "note":
                self.article.notes.append(block)
                self._section().notes.append(block)
            case "references":
                self.article.references.append(block)
                self.ledger.rewrite(block.lines[0].passage.offsets, "bib/references.bib")
            case "label":
                self.ledger.drop(block.lines[0].passage.offsets, "label")
            case "keywords":
                self._keywords(block)
            case "date":
                self._date(block)
            case "affiliation":
                self._starred(block)
            case "caption":
                self._captioned(block)
            case "table":
                self._table(block)
            case _:
                self._plain(block)

    def _plain(self, block: Block) -> None:
        if block.kind != "source":
            self._loose_caption()
        passage = joining.whole(self.file, block)
        if block.kind == "figure":
            picture = block.lines[0].passage
            match = re.match(r"!\[(?P<c>.*?)\]\([^()]*\)\s*$", picture.text)
            caption = picture.cut(match.start("c"), match.end("c")) if match else picture
            inside = set(caption.offsets)
            self.ledger.rewrite([at for at in picture.offsets if at not in inside], "figure")
            self._add(Segment("", self.article.lang, "figure", caption, picture=block.label))
            return
        kind = block.kind if block.kind in ("item", "quote") else "para"
        if kind == "item":
            self.ledger.rewrite([at for at, char in zip(
                block.lines[0].passage.offsets[: block.lead], block.lines[0].text, strict=False)
                if not char.isspace()], block.mark)  # fmt: skip
        if kind == "quote":
            parts = []
            for line in block.lines:
                lead = len(line.text) - len(line.text.lstrip("> "))
                self.ledger.rewrite([at for at, c in zip(line.passage.offsets[:lead], line.text,
                                                         strict=False) if c == ">"], ">")
                parts.append(line.passage.cut(lead, len(line.text)))
            passage = joining.glue(self.file, parts)
        if passage.text:
            self._add(Segment("", self.article.lang, kind, passage, mark=block.mark,
                              level=block.level))  # fmt: skip

    def _date(self, block: Block) -> None:
        from edition.importers.references import day

        line = block.lines[0].passage
        found = looks.dated(line.text)
        if not found or block.label in self.article.dates:
            self._add(Segment("", self.article.lang, "para", line))
            return
        value = line.cut(found[1].start("day"), found[1].end("day"))
        self.article.dates[block.label] = value
        self.ledger.rewrite(line.offsets, f"{block.label} = {day(value.text)}")

    def _starred(self, block: Block) -> None:
        line = block.lines[0].passage
        passage = line.cut(block.lead, len(line.text))
        if any(one.mark == block.mark for one in self.article.authors):
            self.ledger.rewrite(line.offsets[: block.lead], "affiliation")
            self._affiliation(passage, looks.language(passage.text), block.mark)
        else:
            self._add(Segment("", self.article.lang, "para", line))

    # --- headings, tables, figures ----------------------------------------------------------------

    def _heading(self, block: Block) -> None:
        self._loose_caption()
        line = block.lines[0].passage
        if block.system == "#":
            self.ledger.rewrite(line.offsets[: len(line.text.split()[0])], "#")
            line = line.cut(block.lead, len(line.text))
        numbered = looks.numbered(line.text)
        number = looks.numeral(numbered[1]) if numbered else 0
        level = min(block.level or 1, len(self.path) + 1)
        del self.path[level - 1 :]
        words = line.text[numbered[2] :] if numbered else line.text
        if level == 1:
            own = _roman(number) if number else f"s{len(self.article.sections) + 1}"
            stem = f"{len(self.article.sections) + 1:02}-{own if number else _slug(words)}"
            self.article.sections.append(Section(stem))
        else:
            own = f"{self.path[-1]}.{number or self.count + 1}"
        own = self._id(own)
        self.path.append(own)
        self.count = 0
        self._section().segments.append(Segment(own, self.article.lang, "heading", line, level))

    def _section(self) -> Section:
        if not self.article.sections:
            self.article.sections.append(Section("01-text"))
        return self.article.sections[-1]

    def _add(self, segment: Segment) -> None:
        self.count += 1
        head = self.path[-1] if self.path else "text"
        segment.id = segment.id or self._id(f"{head}.p{self.count}")
        self._section().segments.append(segment)

    def _id(self, wanted: str) -> str:
        own, number = wanted, 2
        while own in self.ids:
            own, number = f"{wanted}-{number}", number + 1
        self.ids.add(own)
        return own

    def _captioned(self, block: Block) -> None:
        self._loose_caption()
        number = looks.numeral(block.mark)
        last = self.captions.get(block.label, 0)
        if number > last + 1:
            line = block.lines[0].passage
            names = ", ".join(str(one) for one in range(last + 1, number))
            self.article.found.append(Diagnostic(
                code=SKIPPED, span=line.span(0, len(line.text)), hint="compare the printed article",
                fact=f"{block.label} {number} stands here, and there is no {block.label} {names}"))
        self.captions[block.label] = max(number, last)
        if block.label == "table":
            self.caption = block
        else:
            self._figure(block)

    def _figure(self, block: Block) -> None:
        number = looks.numeral(block.mark) or len(self.ids)
        passage = joining.whole(self.file, block)
        self._add(Segment(self._id(f"f{number}"), self.article.lang, "figure", passage))

    def _loose_caption(self) -> None:
        if self.caption is not None:
            passage = joining.whole(self.file, self.caption)
            self.caption = None
            self._add(Segment("", self.article.lang, "para", passage))

    def _table(self, block: Block) -> None:
        caption, self.caption = self.caption, None
        passage = joining.whole(self.file, caption) if caption else block.lines[0].passage.cut(0, 0)
        number = looks.numeral(caption.mark) if caption else 0
        own = self._id(f"t{number}") if number else ""
        self._add(Segment(own, self.article.lang, "table", passage, rows=block.rows))


def _slug(text: str) -> str:
    words = latin(text[:12] if re.search(r"[\u3400-\u9fff]", text) else text[:60]).split()
    return "-".join(words[:3]) or "section"


def _roman(number: int) -> str:
    out = ""
    for value, sign in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
                        (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
        while number >= value:
            out += sign
            number -= value
    return out
