"""The lines of an article → its blocks: paragraphs, headings, items, tables, captions, notes."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from edition.bibliography.reading import HEADING
from edition.characters import HAN
from edition.importers import drawn, facts, marks
from edition.importers import lines as looks
from edition.importers.bare import Bare
from edition.importers.blocks import Block, cells, read_lines
from edition.importers.documents.draft import Given
from edition.importers.documents.known import known_block
from edition.importers.front import marks_of_authors, plain_mark
from edition.importers.ledger import Ledger
from edition.importers.lines import ArticleLine
from edition.importers.pages import PageBreaks, pages
from edition.importers.shapes import (
    displayed,
    free_verse,
    headings_by_look,
    lone_lines,
    stanza,
    usual_depth,
    verses,
)
from edition.source import SourceFile

_BULLET = re.compile(r"^[-–—*+•‣◦●○■□]\s+(?=\S)")
_PIPES = re.compile(r"^[|｜].*[|｜]$")
_HASHES = re.compile(r"^(#{1,6})\s+(?=\S)")
_SETEXT = re.compile(r"^(?:={3,}|-{3,})$")
_FIGURE = re.compile(r"^!\[(?P<caption>.*?)\]\((?P<path>[^()]*)\)\s*$")
_ENDS = re.compile(r"[。！？!?.…：:；;][”’」』）)\]》〉⁰¹²³⁴⁵⁶⁷⁸⁹⁾①-⑳]*$")
_STARS = re.compile(r"^(?P<mark>[*＊]{1,5})\s*(?=[^\s*＊])(?!.*\*\*$)")
_MARKED = re.compile(r"^(?P<mark>[*＊]{1,5}|[¹²³⁴⁵⁶⁷⁸⁹]{1,2}|[†‡§]{1,2})\s*(?=[^\s*])")
_PLACED = re.compile(  # the place of an author: 1 Department of …; [2] 某大學; a) …
    r"^(?:[(（\[](?=\w+[)）\]]))?(?P<mark>\d{1,2}|[a-d](?=[\s.)）]))"
    r"(?:[.．、)）\]]\s*|\s+|(?=[^\W\d_a-z]))(?=[^\W\d])"
    r"(?!.*[;；]\s*\d{1,2}\s*[.．、]?\s*[^\W\d])"  # several in a line are told apart elsewhere
)
_PAREN = re.compile(r"^(\d{1,4})[)）]")
_COUNTED = re.compile(r"^(?P<number>\d{1,3})[.．、](?!\d)\s*(?=\S)")
_HAN_COUNTED = re.compile(
    rf"({looks.NUMERALS}{{1,3}})[、．.]\s*\S"
)  # 一、 of a memorial or statutes
_ARTICLE = re.compile(rf"第\s*({looks.NUMERALS}{{1,5}})\s*[條条款]")
_CIRCLED = re.compile(rf"^([{looks.CIRCLED}])")
_PARENED = re.compile(rf"[（(](\d{{1,2}}|{looks.NUMERALS}{{1,3}})[)）]")
_SAYS = re.compile(rf"[{HAN}]{{1,5}}[一二三四五六七八九十\d]?\s*[：:]")
_STAMP = re.compile(r"^[\[(（【]?\d{1,2}[:：]\d\d(?:[:：]\d\d)?[\])）】\s]")  # of what is said
_FIRST, _VERY_FIRST = 40, 12  # blocks that tell whether the head of a text is over
_LONG = 400  # half-width cells of a paragraph that no head has
_LEAD = re.compile(r"^(?:[-*•]\s+)|[.．·…⋯‥\s]*\d{0,4}$")


@dataclass(slots=True)
class _Head:
    """What the first blocks of a text tell: each is looked at once, but for the last one, which
    may still grow, or become a heading."""

    seen: int = 0  # blocks that are settled, and no heading
    measured: int = 0  # and no long paragraph
    found: bool = False
    over: bool = False

    def headed(self, blocks: Sequence[Block]) -> bool:
        """Whether one of the first :data:`_FIRST` is a heading, beside the title."""
        if not self.found and self.seen < _FIRST:
            titled = bool(blocks) and blocks[0].kind == "heading" and blocks[0].system == "#"
            near = blocks[max(self.seen, int(titled)) : _FIRST]
            self.found = any(one.kind == "heading" for one in near)
            self.seen = max(0, min(len(blocks) - 1, _FIRST))
        return self.found

    def long(self, blocks: Sequence[Block]) -> bool:
        """Whether one of the very first is a long paragraph."""
        if self.measured >= _VERY_FIRST:
            return self.over
        near = blocks[self.measured : _VERY_FIRST]
        self.over = self.over or any(one.kind == "para" and looks.width(one.text) > _LONG
                                     for one in near)  # fmt: skip
        self.measured = max(0, min(len(blocks) - 1, _VERY_FIRST))
        return self.over


class Scanner:
    """Blocks in the order of the article. ``ledger`` is told what is dropped."""

    def __init__(
        self, file: SourceFile, ledger: Ledger, given: Mapping[int, Given] | None = None,
        *, paged: bool = True, bare: Bare | None = None,
    ) -> None:  # fmt: skip
        self.given = given or {}
        self.file = file
        self.ledger = ledger
        self.lines = read_lines(file, ledger)
        self.at = 0
        self.blocks: list[Block] = []
        if given:  # its lines are paragraphs
            self.lines = [replace(one, gap=True) for one in self.lines]
        self.pages = pages(self.lines) if paged else PageBreaks({}, frozenset())
        self.bare = bare or Bare()
        own = self.bare.within(range(len(file.text)))
        self.expected = marks.Expected(file.text, [*_inner(file.text), *own])
        self.parens = {found[1]: at for at, one in enumerate(self.lines)
                       if (found := _PAREN.match(one.text))}  # fmt: skip
        self.lone = lone_lines(self.lines)  # every line is a paragraph
        self.full = max((looks.width(one.text) for one in self.lines[:400]), default=0)
        self.looked = headings_by_look(self.lines, numbered=self._numbers())
        self.depth = usual_depth(self.lines)
        self.counted: Counter[str] | None = None
        self.head = _Head()
        self.listing = False  # a list of notes goes on
        self.pending: list[Block] = []  # what follows its last note
        self.starred = any(
            re.search(r"[^\s*](?:[*＊]+|[¹²³†‡]+)(?=\s|[,，、ㆍ·]|$)", one.text)
            for one in self.lines[:20]
            if looks.width(one.text) < 120 and not _BULLET.match(one.text)
        )  # fmt: skip
        self.authored: set[str] = {  # marks of authors whose places are to come
            mark for one in self.lines[:20] if looks.width(one.text) < 160
            for mark in marks_of_authors(one.text)
        }  # fmt: skip

    def _numbers(self) -> bool:
        """Whether the text has headings that say so: by their number, or as Markdown."""
        said = [
            one for one in self.lines
            if _HASHES.match(one.text)
            or (looks.numbered(one.text) and looks.short(one.text) and one.gap)
        ]  # fmt: skip
        return bool(self.given) or len(said) >= 2

    def scan(self) -> list[Block]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.passage.offsets[0] in self.bare.starts:
                self.listing, self.pending = True, []
            if not (self._known(line) or self._dropped(line) or self._special(line)):
                self._text(line)
        return self.blocks

    def _known(self, line: ArticleLine) -> bool:
        """Whether a document says what the line is."""
        given = self.given.get(line.number)
        if given is None or given.kind == "para":
            return False
        if given.kind == "heading" and (name := looks.label(line.text)):
            return self._label(line, name)
        if given.kind == "item" and self._known_item(line, given):
            return True
        return self._add(known_block(given, self.lines[self.at :], self.ledger))

    def _known_item(self, line: ArticleLine, given: Given) -> bool:
        """Whether an item of a document is the place of an author, or a note in a list of them."""
        placed = _PLACED.match(line.text)
        if placed and self._placed(line, placed):
            return True
        number = re.match(r"\d{1,3}", given.mark)
        if not number or not self.listing:
            return False
        called = self.expected.calls("plain", number[0], line.passage.offsets[0])
        return called and self._note(line, "plain", number[0], given.lead)

    # --- what is dropped --------------------------------------------------------------------------

    def _drop(self, line: ArticleLine, reason: str) -> bool:
        self.ledger.drop(line.passage.offsets, reason)
        self.at += 1
        return True

    def _dropped(self, line: ArticleLine) -> bool:
        if reason := self.pages.dropped.get(line.number):
            return self._drop(line, reason)
        if looks.RULE.match(line.text):
            if self._underlined(line):
                return True
            if not self._rows():
                return self._drawn() or self._drop(line, "rule")
        return False

    def _underlined(self, line: ArticleLine) -> bool:
        """Whether the rule makes the line above it a heading, as in Markdown."""
        heading = self.blocks[-1] if self.blocks else None
        if heading is None or line.gap or not _SETEXT.match(line.text):
            return False
        if heading.kind != "para" or len(heading.lines) > 1 or not looks.short(heading.text):
            return False
        heading.kind, heading.system = "heading", "#"
        heading.level = 1 if line.text[0] == "=" else 2
        self.ledger.rewrite(line.passage.offsets, "heading")
        self.at += 1
        return True

    # --- what its own looks tell ------------------------------------------------------------------

    def _special(self, line: ArticleLine) -> bool:
        text = line.text
        name = looks.label(text)
        if name:
            return self._label(line, name)
        if facts.dates_in(text):
            return self._add(Block("date", [line]))
        if self._in_head() and (told := facts.meta(text)) and self._of_head(told[0], text):
            return self._add(Block("meta", [line], label=told[0]))
        if self.given:  # a document has its own headings and pictures
            return self._noted(line) or self._marked(line)
        if found := _HASHES.match(text):
            block = Block("heading", [line], system="#", level=len(found[1]), lead=found.end())
            return self._add(block)
        if figure := _FIGURE.match(text):
            return self._add(Block("figure", [line], label=figure["path"].strip(), lead=2))
        rows = self._rows()
        if rows:
            return self._table(rows)
        if self._drawn():
            return True
        if _PIPES.match(text) and text.count("|") + text.count("｜") == 2:
            return self._boxed(line)
        return self._noted(line) or self._stanza() or self._marked(line) or (self._displayed(line))

    def _add(self, block: Block) -> bool:
        block.page = bool(block.lines) and block.lines[0].number in self.pages.after
        if block.kind in ("heading", "label"):
            self.listing = False
        if self.listing and block.kind == "para":
            self.pending.append(block)
        self.blocks.append(block)
        self.at += len(block.lines)
        return True

    def _label(self, line: ArticleLine, name: str) -> bool:
        if name == "contents":
            return self._contents(line)
        if name == "references":
            return self._references(line)
        level = len(found[1]) if (found := _HASHES.match(line.text)) else 0
        self._add(Block("label", [line], label=name, level=level))
        self.listing, self.pending = name == "notes", []
        return True

    def _contents(self, line: ArticleLine) -> bool:
        """The list of contents: lines that come again below, lines with leaders, tables."""
        self._drop(line, "contents list")
        copies = self._copies()
        while self.at < len(self.lines):
            one = self.lines[self.at]
            bare = re.sub(r"\W", "", _LEAD.sub("", one.text))
            again = copies[bare[:60]] + copies[re.sub(r"\W", "", one.text)[:60]]
            own = re.sub(r"\W", "", one.text)[:60] == bare[:60]
            here = _PIPES.match(one.text) or re.match(r"^[-*]\s*[|｜]", one.text)
            number = looks.numbered(one.text)
            if number and looks.short(one.text) and self._numbered_again(number[:2]):
                again = 9
            listed = bool(looks.LEADERS.search(one.text)) or again > (2 if own else 0)
            if looks.label(one.text) or not (looks.RULE.match(one.text) or here or listed):
                break
            if here and one.text.count("|") + one.text.count("｜") == 2 and not listed:
                break
            copies[re.sub(r"\W", "", one.text)[:60]] -= 1
            self._drop(one, "contents list")
        return True

    def _copies(self) -> Counter[str]:
        """How often each line stands in the text, by its first letters; of lines of lists of
        contents above, one less."""
        if self.counted is None:
            self.counted = Counter(re.sub(r"\W", "", one.text)[:60] for one in self.lines)
        return self.counted

    def _numbered_again(self, number: tuple[str, str]) -> bool:
        """Whether a heading of this number stands further down."""
        return any(found[:2] == number for one in self.lines[self.at + 1 :]
                   if one.gap and (found := looks.numbered(one.text)))  # fmt: skip

    def _references(self, line: ArticleLine) -> bool:
        start = self.at + 1
        end = start
        while end < len(self.lines) and not self._ends_list(end):
            end += 1
        block = Block("references", [line])
        block.start = line.passage.offsets[-1] + 1
        block.end = (self.lines[end].passage.offsets[0] if end < len(self.lines)
                     else len(self.file.text))  # fmt: skip
        self.at = end
        self.blocks.append(block)
        return True

    def _ends_list(self, at: int) -> bool:
        line = self.lines[at]
        text = line.text
        given = self.given.get(line.number)
        if given and given.kind not in ("para", "item"):
            return not (given.kind == "heading" and (HEADING.match(text) or looks.label(text)))
        if looks.label(text) in ("abstract", "notes") or facts.dates_in(text):
            return True
        if re.match(r"^\[\^[^\]]+\]:", text) or looks.KEYWORDS.match(text):
            return True
        if HEADING.match(text) or looks.label(text):
            return False
        if _HASHES.match(text):
            return True
        found = looks.numbered(text)
        if not found or found[0] not in ("roman", "han", "chapter", "act", "scene"):
            return False
        plain = "://" not in text and not re.search(r"\d{4}", text)
        return line.gap and plain and looks.short(text)

    def _boxed(self, line: ArticleLine) -> bool:
        """A line in a box of one cell: the box is rewritten, the text stays."""
        inner = line.passage.cut(1, len(line.text) - 1).stripped()
        self.ledger.rewrite((line.passage.offsets[0], line.passage.offsets[-1]), "")
        made = ArticleLine(inner, line.indent, True, line.number)
        return self._add(Block("para", [made])) if inner.text else self._drop(line, "rule")

    # --- tables -----------------------------------------------------------------------------------

    def _rows(self) -> list[ArticleLine]:
        """The lines from here on that are rows of one table."""
        first = self.lines[self.at].text
        if re.match(r"^(?:[-*]\s*)?[|｜]", first):
            sign = re.compile(r"^(?:[-*]\s*)?[|｜]")
        elif "\t" in first:
            sign = re.compile(r"^[^\t]*\t")
        else:
            return []
        found = [self.lines[self.at]]
        for line in self.lines[self.at + 1 :]:
            if not sign.match(line.text) or line.gap:
                break
            found.append(line)
        wide = max(len(cells(one.passage)) for one in found) >= 2
        return found if wide and len(found) >= 2 else []

    def _table(self, rows: list[ArticleLine]) -> bool:
        block = Block("table", rows)
        for line in rows:
            if looks.RULE.match(line.text):
                self.ledger.drop(line.passage.offsets, "rule of a table")
                continue
            row = cells(line.passage)
            inside = {at for cell in row for at in cell.offsets}
            bars = [at for at, char in zip(line.passage.offsets, line.text, strict=True)
                    if at not in inside and (char == "\t" or not char.isspace())]  # fmt: skip
            self.ledger.rewrite(bars, "|")
            block.rows.append(row)
        if not block.rows:
            self.at += len(rows)
            return True
        return self._add(block)

    def _drawn(self) -> bool:
        """Take a table that is drawn with spaces and rules."""
        rest = self.lines[self.at : self.at + drawn.MOST]
        block = drawn.table(rest, self.file, self.ledger) if drawn.may_begin(rest) else None
        return block is not None and self._add(block)

    # --- notes, captions, keywords ----------------------------------------------------------------

    def _noted(self, line: ArticleLine) -> bool:
        if not marks.may_note(line.text):
            return False
        for family, pattern in marks.LISTED if self.listing else marks.LINES:
            found = pattern.match(line.text)
            if not found:
                continue
            mark = found[found.lastindex or 1].translate(looks.SUPERSCRIPTS)
            if family in ("star", "super") and self.starred and not self._headed():
                return False  # of an author
            if self._chapter_begins(line, family, mark):
                self.listing = False
                return False
            last = self.blocks[-1] if self.blocks else None
            follows = last and last.kind == "item" and last.mark == f"{looks.numeral(mark) - 1})"
            if family == "paren" and follows and not self.listing:
                return self._listed(line, found)
            if family != "markdown" and not self.listing and not self._called(line, family, mark):
                return family == "paren" and self._listed(line, found)
            return self._note(line, family, mark, found.end())
        return False

    def _chapter_begins(self, line: ArticleLine, family: str, mark: str) -> bool:
        """Whether a numbered line below a list of notes is the heading of the next chapter: it
        stands apart, as the notes do not, and no mark asks for it."""
        above = self.blocks[-1] if self.blocks else None
        if not (self.listing and line.gap and above and above.kind == "note"):
            return False
        number = looks.numeral(mark)
        loose = above.lines[0].gap and number == looks.numeral(above.mark) + 1
        return (
            number > 1 and not loose and looks.short(line.text)
            and (family != above.system or not self._called(line, family, mark))
        )  # fmt: skip

    def _note(self, line: ArticleLine, family: str, mark: str, lead: int) -> bool:
        block = Block("note", [line], system=family, mark=mark, lead=lead)
        if self.listing and self.pending:
            self._more_of_a_note()
        self.expected.given(family, mark)
        self._add(block)
        self.pending = []
        self._wrapped(block)
        return True

    def _headed(self) -> bool:
        """Whether a heading stands above, beside the title."""
        return self.head.headed(self.blocks)

    def _in_head(self) -> bool:
        """Whether no heading, no long paragraph and no note stands above."""
        return not (self.listing or self._headed() or self.head.long(self.blocks))

    def _of_head(self, what: facts.Meta, text: str) -> bool:
        """Whether a line that says ``what`` may be of the head: a journal's are its first, and one
        with the mark of an author tells of him."""
        if what == "bio" and self.starred and _MARKED.match(text):
            return bool(re.search(r"Corresp|通[信讯訊]", text))
        return what != "journal" or self.at < 6 + sum(one.kind == "meta" for one in self.blocks)

    def _called(self, line: ArticleLine, family: str, mark: str) -> bool:
        """Whether the text calls for a footnote here. Lines numbered one after the other of which
        only the first answers to a mark are a list."""
        if not self.expected.calls(family, mark, line.passage.offsets[0]):
            return False
        if family != "paren" or self.at + 1 >= len(self.lines):
            return True
        above = self.lines[self.at - 1].text if self.at else ""
        if re.search(r"[:：]$", above) and self.parens.get(mark, 0) > self.at:
            return False  # a list that the text announces; the footnote comes below
        after = self.lines[self.at + 1]
        found = re.match(r"(\d{1,4})[)）]", after.text)
        follows = found and int(found[1]) == int(mark) + 1
        return not follows or self.expected.calls(
            family, found[1] if found else "", after.passage.offsets[0], after=int(mark)
        )

    def _listed(self, line: ArticleLine, found: re.Match[str]) -> bool:
        """Take an item ``1)`` where others of its list stand by it."""
        number = int(found[1])
        last = self.blocks[-1] if self.blocks else None
        before = last and last.kind == "item" and last.mark == f"{number - 1})"
        near = self.lines[self.at + 1 : self.at + 9]
        if not (before or any(re.match(rf"{number + 1}[)）]", one.text) for one in near)):
            return False
        block = Block("item", [line], mark=f"{number})", lead=found.end())
        self._add(block)
        self._wrapped(block)
        return True

    def _more_of_a_note(self) -> None:
        """What stands between two notes of a list belongs to the first of them."""
        note = next((one for one in reversed(self.blocks) if one.kind == "note"), None)
        if note is not None:
            note.more += self.pending
            taken = {id(one) for one in self.pending}
            below = len(self.blocks) - next(
                at for at, one in enumerate(reversed(self.blocks)) if one is note
            )
            self.blocks[below:] = [one for one in self.blocks[below:] if id(one) not in taken]
            self.head = _Head()

    def _displayed(self, line: ArticleLine) -> bool:
        """Lines further in than the text: a quotation, or verse where they are short."""
        deep = displayed(self.lines[self.at : self.at + 80], self.full, self.depth)
        if not deep or line.number in self.pages.dropped:
            return False
        lines = self.lines[self.at : self.at + deep]
        if any(one.number in self.pages.dropped for one in lines):
            return False
        return self._add(Block("verse" if verses(lines, self.full) else "quote", lines))

    def _verse_may_stand(self) -> bool:
        """Whether a heading, a paragraph or a stanza is right above, and nothing of the head."""
        last = self.blocks[-1] if self.blocks else None
        return not self.listing and last is not None and last.kind in ("heading", "para", "verse")

    def _stanza(self) -> bool:
        near = self.lines[self.at : self.at + 60]
        count = stanza(near)
        if not count and self.at > 2 and self._verse_may_stand():
            count = free_verse(near, self.full)
        return bool(count) and self._add(Block("verse", self.lines[self.at : self.at + count]))

    def _marked(self, line: ArticleLine) -> bool:
        text = line.text
        if found := looks.KEYWORDS.match(text):
            return self._add(Block("keywords", [line], lead=found.end()))
        if (found := _PLACED.match(text)) and self._placed(line, found):
            return True
        if self.starred and not self._headed() and (found := _MARKED.match(text)):
            self.authored.discard(plain_mark(found["mark"]))
            return self._add(Block("affiliation", [line], mark=plain_mark(found["mark"]),
                                   lead=found.end()))  # fmt: skip
        if self.starred and (found := _STARS.match(text)) and self._of_authors(found["mark"]):
            return self._add(Block("affiliation", [line], mark=plain_mark(found["mark"]),
                                   lead=found.end()))  # fmt: skip
        if (found := looks.CAPTION.match(text)) and self._caption(line, found):
            return True
        if looks.SOURCE.match(text) and looks.width(text) < 300:
            return self._add(Block("source", [line]))
        if found := _BULLET.match(text):
            block = Block("item", [line], mark="-", lead=found.end(), level=len(line.indent))
            self._add(block)
            self._wrapped(block)
            return True
        if text.startswith(">") and text.strip("> "):
            quote = Block("quote", [])
            while (
                self.at < len(self.lines)
                and self.lines[self.at].text.startswith(">")
                and (not quote.lines or not self.lines[self.at].gap)
            ):
                quote.lines.append(self.lines[self.at])
                self.at += 1
            self.blocks.append(quote)
            return True
        if (counted := _COUNTED.match(text)) and self._counted(line, counted):
            return True
        found_number = looks.numbered(text)
        if found_number and looks.short(text) and self._stands(line):
            system, mark, lead = found_number
            return self._add(Block("heading", [line], system=system, mark=mark, lead=lead))
        if line.number in self.looked:
            return self._add(Block("heading", [line], system="look"))
        if looks.KNOWN.match(text):
            return self._add(Block("heading", [line], system="known"))
        return False

    def _placed(self, line: ArticleLine, found: re.Match[str]) -> bool:
        """Take the place of authors who have its number; each is told once, above the text."""
        mark = plain_mark(found["mark"])
        told = any(one.kind in ("label", "keywords") for one in self.blocks)
        if mark not in self.authored or told or self._headed() or looks.width(line.text) > 200:
            return False
        self.authored.discard(mark)
        return self._add(Block("affiliation", [line], mark=mark, lead=found.end()))

    def _of_authors(self, mark: str) -> bool:
        """Whether a line with stars, below the text, tells of an author, and is no item of a list:
        the lines of several authors have one star and two."""
        after = self.lines[self.at + 1].text if self.at + 1 < len(self.lines) else ""
        above = self.blocks[-1].kind == "affiliation" if self.blocks else False
        return len(mark) > 1 or "＊" in mark or after.startswith(("**", "＊＊")) or above

    def _counted(self, line: ArticleLine, found: re.Match[str]) -> bool:
        """Take an item ``1.`` where the next of its list stands right below, or the last above."""
        number, last = int(found["number"]), self.blocks[-1] if self.blocks else None
        before = last and last.kind == "item" and last.mark == f"{number - 1}." and not line.gap
        below = itertools.takewhile(lambda one: not one.gap, self.lines[self.at + 1 : self.at + 9])
        follows = number == 1 and any(_follow(line.text, one.text) for one in below)
        if not (before or follows) or not self._ends_sentence(line):
            return False
        block = Block("item", [line], mark=f"{number}.", lead=found.end())
        self._add(block)
        self._wrapped(block)
        return True

    def _ends_sentence(self, line: ArticleLine) -> bool:
        """Whether a line, or one of the list that it is of, is no heading by its end."""
        near = [line, *self.lines[self.at + 1 : self.at + 9]]
        last = self.blocks[-1] if self.blocks else None
        return bool(last and last.kind == "item") or any(
            _COUNTED.match(one.text) and re.search(r"[。；;.，,]$", one.text) for one in near
        )

    def _stands(self, line: ArticleLine) -> bool:
        """Whether a line is one by itself, not the first of a wrapped paragraph."""
        after = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        if self.given or after is None or after.gap:
            return True
        return looks.width(line.text) < 60 and (
            looks.width(after.text) > looks.width(line.text)
            or bool(looks.numbered(after.text))
            or bool(after.indent)
        )

    def _caption(self, line: ArticleLine, found: re.Match[str]) -> bool:
        text = line.text
        boxed = bool(found["open"]) or bool(found["close"])
        plain = bool(found["sep"]) or re.match(r"^\S+\s*\d+\s{1,}\S", text)
        if not (boxed or (plain and looks.width(text) < 160)) or re.search(r"[。；;]$", text):
            return False
        what = found["what"].lower()
        label = "table" if what in ("表", "표", "table") else "figure"
        return self._add(Block("caption", [line], label=label, mark=found["number"]))

    # --- paragraphs -------------------------------------------------------------------------------

    def _text(self, line: ArticleLine) -> None:
        block = Block("para", [line], gap=line.gap)
        self._add(block)
        self._wrapped(block)

    def _wrapped(self, block: Block) -> None:
        """Take the lines that go on with the block: no blank line between, a full line above."""
        while self.at < len(self.lines) and not self.given:
            line, last = self.lines[self.at], block.lines[-1]
            if line.gap or self._begins(line, last):
                return
            block.lines.append(line)
            self.at += 1

    def _begins(self, line: ArticleLine, last: ArticleLine) -> bool:
        text = line.text
        signs = (_HASHES, _BULLET, looks.RULE, looks.KEYWORDS)
        if text.startswith((">", "|")) or any(sign.match(text) for sign in signs):
            return True
        if looks.label(text) or facts.dates_in(text) or line.number in self.pages.dropped:
            return True
        if self.lone or line.number in self.pages.after:
            return True
        fresh = any(one.kind == "label" and one.label == "abstract" for one in self.blocks[-3:])
        head = not (self.listing or self._headed())
        if (fresh or head) and self._heads_on(line, last):
            return True
        if self.blocks and _follow(self.blocks[-1].lines[0].text, text):
            return True
        if re.search(r"[:：]$", last.text) and _follow("", text):
            return True  # a list that the line above announces
        if _STAMP.match(text):
            return True
        if _SAYS.match(text) and (_ENDS.search(last.text) or _SAYS.match(last.text)):
            return True  # minutes and talks: who speaks, what is decided
        if "\t" in text and self._tabbed():
            return True
        if marks.may_note(text) and any(
            found and (self.listing or name == "markdown" or self.expected.calls(
                name, found[found.lastindex or 1], line.passage.offsets[0]))
            for name, pattern in (marks.LISTED if self.listing else marks.LINES)
            for found in (pattern.match(text),)
        ):  # fmt: skip
            return True
        full = looks.width(last.text)
        ends = bool(_ENDS.search(last.text))
        if len(line.indent) > len(last.indent) and line.indent.strip(" ") + "  " <= line.indent:
            return True  # an indented first line
        if "\u3000" in line.indent:
            return True
        number = looks.numbered(text)
        if number and looks.short(text) and (ends or full < 60):
            return True
        if ends and full < 0.75 * looks.width(text):
            return True
        return (ends and max(full, looks.width(text)) > 160) or (
            bool(looks.CAPTION.match(text)) and looks.width(text) < 100 and ends
        )

    def _heads_on(self, line: ArticleLine, last: ArticleLine) -> bool:
        """Whether a line of the head is another thing than the one above: in it, lines are full
        only within an abstract."""
        if facts.meta(line.text) or facts.meta(last.text) or _MARKED.match(line.text):
            return True
        if looks.ABSTRACT_HEAD.match(line.text):
            return True
        full, own = looks.width(last.text), looks.width(line.text)
        ended = re.search(r"[.。,，;；-]$", last.text)
        return not ended and full <= 100 and (full < 0.75 * own or own < 60) and len(
            self.blocks[-1].lines if self.blocks else []) <= 2  # fmt: skip

    def _tabbed(self) -> bool:
        """Whether the next line too may be a row."""
        return self.at + 1 < len(self.lines) and "\t" in self.lines[self.at + 1].text


def _follow(one: str, two: str) -> bool:
    """Whether lines are numbered one after the other, in one manner; line ``two`` is the first of
    a list where ``one`` is empty."""
    for sign in (_PAREN, _COUNTED, _PARENED, _CIRCLED, _HAN_COUNTED, _ARTICLE):
        second = sign.match(two)
        first = sign.match(one)
        if second and (first or not one):
            return looks.numeral(second[1]) == (looks.numeral(first[1]) if first else 0) + 1
    return False


def _inner(text: str) -> list[marks.Seen]:
    """Marks inside lines: at the head of one it is a footnote."""
    return [one for one in marks.seen(text) if one.start and text[one.start - 1] != "\n"]
