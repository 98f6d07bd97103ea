"""The blocks of an article → its parts: title, authors, abstracts, sections with their segments."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from edition.characters import has_han
from edition.diagnostics import Diagnostic
from edition.importers import joining
from edition.importers import lines as looks
from edition.importers.abstracts import Abstracts
from edition.importers.blocks import Block
from edition.importers.codes import SKIPPED, UNTITLED
from edition.importers.documents.draft import Given
from edition.importers.documents.known import known_segment
from edition.importers.facts import dates_in, meta
from edition.importers.front import Front, author_marks
from edition.importers.ledger import Ledger
from edition.importers.parts import Article, ArticleSection, ArticleSegment, in_file_order
from edition.model import Lang
from edition.numerals import roman
from edition.readers.passage import Passage
from edition.script import script_of
from edition.source import SourceFile

_KNOWN = ("item", "quote", "verse", "table", "figure", "code", "rule")
_NAMES_AUTHORS = re.compile(r"(?:作者|著者|撰文|撰稿|文|저자|authors?|by)\s*[:：]", re.IGNORECASE)


@dataclass(slots=True)
class Caption:
    """Of a table, in the languages that it stands in."""

    number: int
    words: dict[Lang, Passage]
    below: ArticleSegment | None = None  # the table that it may stand below


class Builder:
    """Goes through the blocks once."""

    def __init__(
        self, file: SourceFile, ledger: Ledger, blocks: list[Block], lang: Lang,
        pictures: Collection[str] = (), *, fronted: bool = True,
    ) -> None:  # fmt: skip
        self.fronted = fronted
        self.pictures = pictures
        self.file = file
        self.ledger = ledger
        self.blocks = blocks
        self.article = Article(lang)
        self.front = Front(file, ledger, self.article, self._add)
        self.ids: set[str] = set()
        self.again: dict[str, int] = {}  # number to try next for an id that is taken
        self.path: list[str] = []  # ids of the open headings
        self.count = 0  # of segments under the open heading
        self.abstracts = Abstracts(file, ledger, blocks, self.article, self.front, self._id)
        self.headed = next((at for at, one in enumerate(blocks) if one.kind == "heading"),
                           len(blocks))  # fmt: skip
        self.caption: Caption | None = None  # of a table that is to come
        self.captions: dict[str, int] = {}

    def build(self) -> Article:
        at = self._front()
        while at < len(self.blocks):
            at = self._block(at)
        self._loose_caption()
        article = self.article
        if self.abstracts.section is not None:
            article.sections.insert(0, self.abstracts.section)
        self._settle_notes()
        if not article.sections:
            article.sections.append(ArticleSection("01-text"))
        for section, stem in zip(
            article.sections, in_file_order([one.stem for one in article.sections]), strict=True
        ):
            section.stem = stem
        return article

    def _settle_notes(self) -> None:
        """Notes above the first heading stand in the section below it; notes of nothing are
        text."""
        for one, two in itertools.pairwise(list(self.article.sections)):
            if not one.segments:
                two.notes[:0] = one.notes
                self.article.sections.remove(one)
        last = self.article.sections[-1] if self.article.sections else None
        if last is None or last.segments:
            return
        for block in last.notes:
            lines = [line.passage for part in (block, *block.more) for line in part.lines]
            whole = joining.glue(self.file, lines)
            last.segments.append(ArticleSegment(self._id("note"), self.article.lang, "para", whole))
            self.article.notes.remove(block)
        last.notes.clear()

    # --- front matter -----------------------------------------------------------------------------

    def _front(self) -> int:
        """Title, authors and what else stands before the text. Returns the first block after."""
        end = 0
        first = self.blocks[0] if self.blocks else None
        hashed = bool(first and first.kind == "heading" and first.system == "#" and first.title)
        if hashed and first:
            title = first.lines[0].passage
            self.ledger.rewrite(title.offsets[: first.lead], "title")
            self.front.title([title.cut(first.lead, len(title.text))], self.article.lang)
            end = 1
        while self.fronted and end < len(self.blocks) and self._is_front(self.blocks[end]):
            if end and _announces(self.blocks[end]):
                break
            end += 1
        lines = [line.passage for one in self.blocks[int(hashed) : end] if one.kind == "para"
                 for line in one.lines]  # fmt: skip
        rest = self.front.read(lines, self.article.lang, titled=hashed)
        for one in self.blocks[int(hashed) : end]:
            if one.kind != "para":
                self._other(one)
        for passage in rest:
            lang = looks.language(passage.text, self.article.lang)
            self._add(ArticleSegment("", lang, "para", passage))
        if self.fronted and self.article.lang not in self.article.titles:
            self.article.found.append(Diagnostic(
                code=UNTITLED, span=self.file.span(0), fact="no line at the head is a title",
                hint="write the title in source/edition.toml"))  # fmt: skip
        return end

    def _is_front(self, block: Block) -> bool:
        if block.kind in ("affiliation", "date", "meta"):
            return True
        if block.kind != "para" or looks.ABSTRACT_HEAD.match(block.text):
            return False
        text = block.text
        ended = re.search(r"[。；;!?！？]$|[^.A-Z]\.$", text)
        return looks.width(text) <= 160 and not ended and len(block.lines) <= 4

    # --- the text ---------------------------------------------------------------------------------

    def _block(self, at: int) -> int:
        block = self.blocks[at]
        if block.kind == "label" and block.label == "abstract":
            return self.abstracts.labelled(at)
        if block.kind == "para" and (head := looks.ABSTRACT_HEAD.match(block.text)):
            return self.abstracts.paragraph(at, head.end())
        if taken := self._other_title(at):
            return taken
        self._other(block)
        return at + 1

    def _other_title(self, at: int) -> int:
        """Title and authors in the other language, right above its abstract; the first block
        after them, or 0."""
        if at > self.headed:
            return 0
        end = at
        while end < len(self.blocks) and end < at + 4 and self.blocks[end].kind == "para" and (
                not looks.ABSTRACT_HEAD.match(self.blocks[end].text)
                and self._is_front(self.blocks[end])):  # fmt: skip
            end += 1
        if end == at or end >= len(self.blocks):
            return 0
        after = self.blocks[end]
        label = after.kind == "label" and after.label == "abstract"
        if not (label or looks.ABSTRACT_HEAD.match(after.text)):
            return 0
        lines = [line.passage for one in self.blocks[at:end] for line in one.lines]
        lang = looks.language(" ".join(one.text for one in lines))
        if lang in self.article.titles or lang == self.article.lang:
            return 0
        for passage in self.front.read(lines, lang, titled=False):
            self._add(ArticleSegment("", lang, "para", passage))
        return end

    def _other(self, block: Block) -> None:
        if block.given is not None and block.kind in _KNOWN:
            self._known(block, block.given)
            return
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
                self.abstracts.keywords(block)
            case "date":
                self._date(block)
            case "meta":
                self._meta(block)
            case "affiliation":
                self._starred(block)
            case "caption":
                self._captioned(block)
            case "table":
                self._table(block)
            case _:
                self._plain(block)

    def _known(self, block: Block, given: Given) -> None:
        """What a document says of itself."""
        if given.kind == "item" and given.lead:
            lead = block.lines[0].passage.offsets[: given.lead]
            self.ledger.rewrite(lead, given.mark)
        made = known_segment(block, given, self.article.lang)
        if given.kind == "table":
            self._table(block, made.passage)
            return
        self._loose_caption()
        if given.kind == "figure":
            number = looks.numeral(found["number"]) if (
                found := looks.CAPTION.match(made.passage.text)) else 0  # fmt: skip
            made.id = self._id(f"f{number}" if number else "f")
            made.present = given.picture in self.pictures
            if not made.present and not made.passage.text:
                made.words = self._figure()
            made.passage, *others = self._captions(made.passage)
            self._add(made)
            for other in others:
                self._translated(made, other)
            return
        self._add(made)

    def _figure(self) -> str:
        """The word for a figure without a caption, in the language and script of the text."""
        if self.article.lang == "en":
            return "Figure"
        return "图" if script_of(self.file.text) == "hans" else "圖"

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
            self._add(ArticleSegment("", self.article.lang, "figure", caption, picture=block.label))
            return
        if block.kind == "verse":
            lines = [line.passage for line in block.lines]
            whole = ArticleSegment("", self.article.lang, "verse", passage, rows=[lines])
            self._add(whole)
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
                self.ledger.rewrite(
                    [
                        at
                        for at, c in zip(line.passage.offsets[:lead], line.text, strict=False)
                        if c == ">"
                    ],
                    ">",
                )
                parts.append(line.passage.cut(lead, len(line.text)))
            passage = joining.glue(self.file, parts)
        if passage.text:
            self._add(ArticleSegment("", self.article.lang, kind, passage, mark=block.mark,
                              level=block.level))  # fmt: skip

    def _date(self, block: Block) -> None:
        """The dates of a line; what else it says is text."""
        line = block.lines[0].passage
        found = [one for one in dates_in(line.text) if one.name not in self.article.dates]
        if not found:
            self._add(ArticleSegment("", self.article.lang, "para", line))
            return
        left = set(line.offsets)
        for one in found:
            self.article.dates[one.name] = one.day
            self.ledger.rewrite(line.offsets[one.start : one.end], f"{one.name} = {one.day}")
            left -= set(line.offsets[one.start : one.end])
        words = [at for at, char in zip(line.offsets, line.text, strict=True) if at in left]
        said = "".join(self.file.text[at] for at in words)
        if re.search(r"[^\W_]", said):
            rest = Passage(self.file, said, tuple(words)).stripped()
            self._add(ArticleSegment("", self.article.lang, "para", rest))
        else:
            self.ledger.rewrite([at for at in words if not self.file.text[at].isspace()], "dates")

    def _meta(self, block: Block) -> None:
        """What a line of the head says beside people and dates."""
        line = block.lines[0].passage
        told = meta(line.text)
        lang = looks.language(line.text)
        if told is None:
            self._add(ArticleSegment("", lang, "para", line))
            return
        what, found = told
        if what == "journal":
            self.ledger.drop(line.offsets, "line of the journal")
        elif what == "doi" and not self.article.doi:
            value = line.cut(*found.span("value"))
            self.article.doi = value.text
            self.ledger.keep(value.offsets)
            self.ledger.rewrite(line.offsets[: found.start("value")], "doi")
        elif what == "fund" and lang not in self.article.fund:
            self.article.fund[lang] = line
            self.ledger.keep(line.offsets)
        else:
            self._add(ArticleSegment("", self.article.lang, "para", line))

    def _starred(self, block: Block) -> None:
        line = block.lines[0].passage
        passage = line.cut(block.lead, len(line.text))
        if any(block.mark in author_marks(one.mark) for one in self.article.authors):
            self.ledger.rewrite(line.offsets[: block.lead], "affiliation")
            self.front.affiliation(passage, looks.language(passage.text), block.mark)
        else:
            self._add(ArticleSegment("", self.article.lang, "para", line))

    # --- headings, tables, figures ----------------------------------------------------------------

    def _heading(self, block: Block) -> None:
        self._loose_caption()
        line = block.lines[0].passage
        if block.system == "#":
            self.ledger.rewrite(line.offsets[: len(line.text[: block.lead].rstrip())], "#")
            line = line.cut(block.lead, len(line.text))
        numbered = looks.numbered(line.text)
        number = looks.numeral(numbered[1]) if numbered else 0
        level = min(block.level or 1, len(self.path) + 1)
        del self.path[level - 1 :]
        words = line.text[numbered[2] :] if numbered else line.text
        if level == 1:
            own = roman(number) if number else f"s{len(self.article.sections) + 1}"
            stem = f"{len(self.article.sections) + 1:02}-{own if number else _slug(words)}"
            self.article.sections.append(ArticleSection(stem))
        else:
            own = f"{self.path[-1]}.{number or self.count + 1}"
        own = self._id(own)
        self.path.append(own)
        self.count = 0
        self._section().segments.append(
            ArticleSegment(own, self.article.lang, "heading", line, level)
        )

    def _section(self) -> ArticleSection:
        if not self.article.sections:
            self.article.sections.append(ArticleSection("01-text"))
        return self.article.sections[-1]

    def _add(self, segment: ArticleSegment) -> None:
        self.count += 1
        head = self.path[-1] if self.path else "text"
        segment.id = segment.id or self._id(f"{head}.p{self.count}")
        self._section().segments.append(segment)

    def _id(self, wanted: str) -> str:
        own, number = wanted, self.again.get(wanted, 2)
        while own in self.ids:
            own, number = f"{wanted}-{number}", number + 1
        self.ids.add(own)
        self.again[wanted] = number
        return own

    def _captioned(self, block: Block) -> None:
        for passage in self._captions(joining.whole(self.file, block)):
            self._caption(block, passage)

    def _captions(self, passage: Passage) -> list[Passage]:
        """A caption that stands in both languages, as two."""
        cut = looks.second_caption(passage.text)
        if not cut:
            return [passage]
        behind = passage.cut(cut, len(passage.text))
        lead = len(behind.text) - len(behind.text.lstrip(" \u3000/／|｜"))
        self.ledger.rewrite(behind.offsets[:lead], "caption")
        return [passage.cut(0, cut).stripped(), behind.cut(lead, len(behind.text)).stripped()]

    def _caption(self, block: Block, passage: Passage) -> None:
        """Take a caption. One in the other language of the same number is of the same table or
        figure."""
        found = looks.CAPTION.match(passage.text)
        number = looks.numeral(found["number"]) if found else 0
        lang = looks.language(passage.text)
        pending = self.caption
        if pending is not None and block.label == "table" and pending.number == number and (
                lang not in pending.words):  # fmt: skip
            pending.words[lang] = passage
            return
        self._loose_caption()
        last = self.article.sections[-1].segments[-1:] if self.article.sections else []
        if block.label == "figure" and number and last and last[0].kind == "figure" and (
                last[0].id == f"f{number}" and last[0].lang != lang):  # fmt: skip
            self._translated(last[0], passage)
            return
        self._count(block, number, passage)
        if block.label == "table":
            bare = last and last[0].kind == "table" and not last[0].passage.text
            self.caption = Caption(number, {lang: passage}, last[0] if bare else None)
        else:
            own = self._id(f"f{number or len(self.ids)}")
            self._add(ArticleSegment(own, self.article.lang, "figure", passage))

    def _translated(self, made: ArticleSegment, caption: Passage) -> None:
        """The caption of a figure or table in the other language."""
        lang = looks.language(caption.text)
        if lang != made.lang:
            other = replace(made, lang=lang, passage=caption, words="")
            self._section().segments.append(other)
        else:
            self._add(ArticleSegment("", lang, "para", caption))

    def _count(self, block: Block, number: int, passage: Passage) -> None:
        last = self.captions.get(block.label, 0)
        if number > last + 1:
            names = ", ".join(str(one) for one in range(last + 1, number))
            self.article.found.append(Diagnostic(
                code=SKIPPED, span=passage.span(0, len(passage.text)),
                hint="compare the printed article",
                fact=f"{block.label} {number} stands here, and there is no {block.label} {names}",
            ))  # fmt: skip
        self.captions[block.label] = max(number, last)

    def _loose_caption(self) -> None:
        if self.caption is not None:
            words, below, number = self.caption.words, self.caption.below, self.caption.number
            self.caption = None
            if below is not None:
                lang = below.lang if below.lang in words else next(iter(words))
                below.id = self._id(f"t{number}") if number else below.id
                below.passage = words.pop(lang)
                for other in words.values():
                    self._translated(below, other)
                return
            for lang, passage in words.items():
                self._add(ArticleSegment("", lang if len(words) > 1 else self.article.lang, "para",
                                  passage))  # fmt: skip

    def _table(self, block: Block, own_caption: Passage | None = None) -> None:
        if own_caption is not None and own_caption.text:
            self._loose_caption()
        caption, self.caption = self.caption, None
        words = dict(caption.words) if caption else {}
        number = caption.number if caption else 0
        if own_caption is not None and own_caption.text:
            words = {looks.language(one.text): one for one in self._captions(own_caption)}
            found = looks.CAPTION.match(own_caption.text)
            number = looks.numeral(found["number"]) if found else 0
        own = self._id(f"t{number}") if number else ""
        none = block.lines[0].passage.cut(0, 0)
        lang = self.article.lang
        main: Lang = next((one for one in (lang, *words) if one in words), lang)
        passage = words.pop(main, none)
        made = ArticleSegment(own, self.article.lang, "table", passage, rows=block.rows)
        self._add(made)
        for other in words.values():  # its cells are still to be translated
            self._translated(made, other)


def _slug(text: str) -> str:
    from edition.bibliography.reading import latin

    words = latin(text[:12] if has_han(text) else text[:60]).split()
    return "-".join(words[:3]) or "section"


def _announces(block: Block) -> bool:
    """Whether a line below the title tells what comes, as the cast of a play (人物：): what comes
    is text, and names in it are no authors."""
    text = block.text.rstrip()
    return block.kind == "para" and text.endswith(("：", ":")) and not _NAMES_AUTHORS.match(text)
