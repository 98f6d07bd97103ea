"""The parts of an article → the files of a workspace."""

from __future__ import annotations

import html
import re
import string
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from edition.characters import HAN, IS_HAN
from edition.diagnostics import Severity
from edition.importers import joining
from edition.importers.bare import Bare, marks_in
from edition.importers.blocks import Block
from edition.importers.citations import Citation, Cited, EntryIndex
from edition.importers.decoding import HIDDEN
from edition.importers.documents.draft import DraftSpan, Given, Spans
from edition.importers.footnotes import Footnotes
from edition.importers.ledger import Ledger
from edition.importers.parts import ArticleSection, ArticleSegment
from edition.model import LANGS, Lang
from edition.readers.inline import read as read_inline
from edition.readers.passage import Passage
from edition.source import SourceFile

PICTURES = "source/pictures"  # folder of pictures that came along
_FORMULA = r"\$(?=[^$\n]{0,400}\$)"  # of two, between which a formula would be read
_INLINE = re.compile(rf"[\\*\[\]@<{{}}|]|&(?=#?\w{{1,31}};)|{_FORMULA}")
# signs of which none is of markup, a citation or an address: most paragraphs have no others, and
# are without marks but for those that begin with 注 or 註; and none that fonts may lack (_RARE)
_PLAIN = re.compile(
    rf"(?:(?![\U00010000-\U0010ffff])[ A-Za-zÀ-ɏ,.;!?'\"{HAN}，。、；：？！「」『』《》“”‘’—…·])*"
)
_MAIL = re.compile(r"(?<![\w.+/:@<-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
                   r"\.[A-Za-z]{2,}(?![\w@>-])", re.ASCII)  # fmt: skip
# characters that fonts may lack: where they do, the number of the character prints in its place
_RARE = re.compile("\u200d?(?P<sign>[\ue000-\uf8ff\U00010000-\U0010ffff])[\ufe00-\ufe0f]?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
# of a document, which has no marks of its own: all that this format would read as one
_LITERAL = re.compile(r"(?P<address>https?://[^\s<>\"\[\]{}|\\^`*\u0080-\U0010ffff]+)|"
                      r"[\\*\[\]@<{}|`~^]|(?<==)=|&(?=#?\w{1,31};)|" + _FORMULA)  # fmt: skip
_EMPHASIS = re.compile(
    r"(?<![*\w])(?P<open>\*{1,2})(?=[^\s*])[^*\n]{1,200}?(?<=[^\s*])"
    r"(?P<close>(?P=open))(?!\*)"
)
_INSIDE = r"[^（）()〔〕【】]*"
_ASIDE = re.compile(
    rf"[（(]{_INSIDE}(?:[（(]{_INSIDE}[）)]{_INSIDE})*[）)]|〔{_INSIDE}〕|【{_INSIDE}】"
)
_NUMBER = re.compile(r"(?:註|注|圖|图|表)?\s*[一二三四五六七八九十百千〇零○兩\d\s年月日]+|[上中下]")
_BAR = re.compile(r"(?<!\\)\|")  # of code: in a table it stands behind a backslash
_LABELLED = re.compile(r"^(\[\^[^\]]+\]):")


@dataclass(slots=True)
class Inline:
    """Markup of a passage, and the text it prints with the place of each character."""

    markup: str
    plain: str
    offsets: list[int]
    opened: bool = False  # by a mark of ours
    asides: list[tuple[str, str]] = field(default_factory=list)  # (^label, footnote)


@dataclass(slots=True)
class WrittenSegment:
    """A segment as it stands in its file."""

    segment: ArticleSegment
    inline: Inline
    markup: str


@dataclass(slots=True)
class MarkupWriter:
    """Writes passages as markup and tells the ledger what became of them."""

    file: SourceFile
    ledger: Ledger
    footnotes: Footnotes
    index: EntryIndex
    written: list[WrittenSegment] = field(default_factory=list)
    used: dict[str, set[str]] = field(default_factory=dict)  # text file → labels of its marks
    path: str = ""  # the text file that is being written
    places: dict[str, int] = field(default_factory=dict)  # label → position of its footnote
    loose: dict[int, str] = field(default_factory=dict)  # footnotes that nothing refers to
    emphasis: bool = False  # the article is Markdown: *…* is emphasis
    spans: Spans = field(default_factory=Spans)  # what a document says of its characters
    literal: bool = False  # it is a document: no sign in it is a mark
    interlinear: bool = False  # commentary in brackets becomes footnotes
    bare: Bare = field(default_factory=Bare)  # marks that are bare figures
    lacking: frozenset[str] = frozenset()  # characters that no font has
    asides: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # by text file

    def inline(self, passage: Passage, *, noted: bool = True) -> Inline:
        """``passage`` as markup: marks and citations rewritten, signs of markup escaped. Emphasis
        that this format cannot hold, one within another at its edge, is left out, and what else
        it cannot read."""
        spans = self.spans.within(passage.offsets)
        made = self._written(passage, spans, noted=noted)
        if spans and not _reads(made.markup):
            plainer = [one for one in spans if "*" not in one[2].open]
            made = self._written(passage, plainer, noted=noted)
            if not _reads(made.markup):
                made = self._written(passage, [], noted=noted)
        if made.asides:
            self.asides.setdefault(self.path, []).extend(made.asides)
        return made

    def _written(
        self, passage: Passage, spans: Sequence[tuple[int, int, DraftSpan]], *, noted: bool
    ) -> Inline:
        text, offsets = passage.text, passage.offsets
        unmarked = not spans and not self.lacking and "注" not in text and "註" not in text
        if unmarked and _PLAIN.fullmatch(text):
            self.ledger.keep(offsets)
            return Inline(text, text, list(offsets))
        tokens: list[tuple[int, int, str]] = []
        if noted:
            tokens = [*self._marks(passage), *self._citations(passage)]
        tokens += [(*one.span(), f"<{one[0]}>") for one in _MAIL.finditer(text)
                   if not any(a < one.end() and one.start() < b for a, b, _ in spans)]  # fmt: skip
        tokens += [(*one.span(), f'[{one["sign"]}]{{ids="U+{ord(one["sign"]):04X}"}}')
                   for one in _RARE.finditer(text)]  # fmt: skip
        tokens += [(at, at + 1, f'[{char}]{{ids="U+{ord(char):04X}"}}')
                   for at, char in enumerate(text if self.lacking else "")
                   if char in self.lacking and not _RARE.match(char)]  # fmt: skip
        notes: dict[tuple[int, int], str] = {}
        if self.interlinear and noted:
            for start, end in _asides(text, tokens):
                label = self._label(len(notes))
                notes[start, end] = label
                tokens.append((start, end, f"[^{label}]"))
            tokens = [one for one in tokens if one[:2] in notes or not any(
                start <= one[0] and one[1] <= end for start, end in notes)]  # fmt: skip
        if not self.literal:
            tokens += self._entities(text)
        if self.emphasis and not any("*" in token for *_, token in tokens):
            tokens += _stars(text)
        tokens = with_spans(sorted(tokens), self._printed(spans))
        out: list[str] = []
        plain: list[str] = []
        places: list[int] = []
        at = 0
        for start, end, became in [*tokens, (len(text), len(text), "")]:
            if start < at:
                continue
            piece = text[at:start]
            self.ledger.keep(offsets[at:start])
            out.append(self._escaped(piece))
            plain.append(piece)
            places += offsets[at:start]
            if end > start:
                self.ledger.rewrite(offsets[start:end], became)
            out.append(became)
            at = end
        first = tokens[0][2] if tokens and tokens[0][0] == 0 else ""
        opened = bool(first) and (self.literal or first.startswith(("[", "<", "*")))
        asides = []
        for (start, end), label in notes.items():
            inner = passage.cut(start + 1, end - 1).stripped()
            inside = self._written(inner, self.spans.within(inner.offsets), noted=False)
            asides.append((f"^{label}", f"[^{label}]: {_safe(inside)}"))
        return Inline("".join(out), "".join(plain), places, opened, asides)

    def _printed(
        self, spans: Sequence[tuple[int, int, DraftSpan]]
    ) -> Sequence[tuple[int, int, DraftSpan]]:  # fmt: skip
        """``spans`` with the numbers of what no font has in code, where no markup may stand."""
        if not self.lacking:
            return spans
        return [(start, end, replace(span, open=numbered_signs(span.open, self.lacking))
                 if span.whole and span.open.startswith("`") else span)
                for start, end, span in spans]  # fmt: skip

    def _label(self, more: int) -> str:
        """A label that no footnote has."""
        number = sum(map(len, self.asides.values())) + more + 1
        sign = "a"
        while f"{sign}{number}" in self.footnotes.blocks:
            sign += "a"
        return f"{sign}{number}"

    def _entities(self, text: str) -> list[tuple[int, int, str]]:
        """Signs that stand as HTML writes them."""
        found = ((one, html.unescape(one[0])) for one in _ENTITY.finditer(text))
        return [(*one.span(), self._escaped(sign)) for one, sign in found
                if sign != one[0] and not HIDDEN.search(sign)]  # fmt: skip

    def _escaped(self, text: str) -> str:
        if not self.literal:
            return _INLINE.sub(lambda sign: "\\" + sign[0], text)
        return _LITERAL.sub(
            lambda sign: _INLINE.sub(lambda own: "\\" + own[0], sign[0])
            if sign["address"] else "\\" + sign[0], text,
        )  # fmt: skip

    def _marks(self, passage: Passage) -> list[tuple[int, int, str]]:
        found = []
        for one in marks_in(passage, self.bare):
            label = self.footnotes.labels.get(passage.offsets[one.start])
            if label is not None:
                self.used.setdefault(self.path, set()).add(label)
                found.append((one.start, one.end, f"[^{label}]"))
        return found

    def _citations(self, passage: Passage) -> list[tuple[int, int, str]]:
        found = []
        for one in self.index.find(passage):
            if passage.offsets[one.start] in self.footnotes.labels:
                continue  # the mark of a footnote, though it looks like the number of a work
            if one.whole:
                found.append((one.start, one.end, _cite(one)))
            else:
                found += [(item.start, item.end, f"[{_item(item)}]")
                          for item in one.items if item.key]  # fmt: skip
        return found

    # --- blocks -----------------------------------------------------------------------------------

    def block(self, segment: ArticleSegment) -> str:
        """The block of a segment, with its id."""
        inline = self.inline(segment.passage)
        text = inline.markup.strip() or segment.words
        mark = f"{{#{segment.id}}}"
        safe = _safe(inline) or segment.words
        match segment.kind:
            case "verse" if segment.rows:
                made = self._verse(segment, mark)
            case "verse":
                made = "::: verse\n" + safe.replace("\\\n", "\n") + f" {mark}\n:::"
            case "code":
                lines = [numbered_signs(one, self.lacking) for one in segment.lines]
                made = _fenced(lines) + f"\n{mark}"
            case "rule":
                made = f"*** {mark}"
            case "item" if segment.depth:
                # each level further in than the longest number
                lead = "     " * (segment.depth - 1)
                sign = _sign(segment.mark) if segment.mark else "    "
                made = f"{lead}{sign} {safe} {mark}"
            case "heading":
                made = f"{'#' * max(segment.level, 1)} {text} {mark}"
            case "item":
                sign = segment.mark if segment.mark[:1].isdecimal() else "-"
                indent = "  " if segment.level >= 2 else ""
                made = f"{indent}{sign} {safe} {mark}"
            case "quote":
                made = f"> {safe} {mark}"
            case "table":
                made = self._table(segment, text, mark)
            case "figure":
                path = f"{PICTURES}/{segment.picture}" if segment.present else ""
                made = f"![{text}]({path}){mark}"
            case _:
                made = f"{safe} {mark}"
        self.written.append(WrittenSegment(segment, inline, made))
        return made

    def _verse(self, segment: ArticleSegment, mark: str) -> str:
        lines = [_safe(self.inline(line)) for line in segment.rows[0]]
        return "\n".join(["::: verse", *lines[:-1], f"{lines[-1]} {mark}", ":::"])

    def _table(self, segment: ArticleSegment, caption: str, mark: str) -> str:
        columns = max(len(row) for row in segment.rows)
        rows = []
        for number, row in enumerate(segment.rows):
            cells = [_BAR.sub(r"\\|", self.inline(cell).markup.strip()) for cell in row]
            cells += [""] * (columns - len(cells))
            rows.append("| " + " | ".join(cells) + " |")
            if number == 0:
                rows.append("|" + " --- |" * columns)
        return (
            "\n".join(rows)
            + ("\n: " + caption if caption else "\n")
            + (" " if caption else "")
            + mark
        )

    def section(self, section: ArticleSection) -> dict[Lang, list[tuple[str, str]]]:
        """Both sides of a section: (id, block) in order, footnotes of the text at the end."""
        sides: dict[Lang, dict[str, str]] = {"zh": {}, "en": {}}
        order: list[str] = []
        for segment in section.segments:
            if segment.id not in sides["zh"] and segment.id not in sides["en"]:
                order.append(segment.id)
            self.path = section.path(segment.lang)
            sides[segment.lang][segment.id] = self.block(segment)
        made: dict[Lang, list[tuple[str, str]]] = {"zh": [], "en": []}
        for own in order:
            for lang in LANGS:
                made[lang].append((own, sides[lang].get(own) or f"{{#{own} .untranslated}}"))
        return made

    def notes(self, section: ArticleSection, lang: Lang, *, loose: bool) -> list[tuple[str, str]]:
        """The footnotes of one side of a section: those its marks refer to, and with ``loose``
        those that stand in it and nothing refers to."""
        if not self.places:
            self.places = {label: n for n, label in enumerate(self.footnotes.blocks)}
            self.loose = {id(self.footnotes.blocks[label]): label
                          for label in self.footnotes.unmarked}  # fmt: skip
        here = set(self.used.get(section.path(lang), ()))
        if loose:
            here |= {self.loose[id(one)] for one in section.notes if id(one) in self.loose}
        made = []
        for label in sorted(here, key=self.places.__getitem__):
            block = self.footnotes.blocks[label]
            passage = joining.whole(self.file, block)
            self.ledger.rewrite([at for at in block.lines[0].passage.offsets[: block.lead]
                                 if not self.file.text[at].isspace()], f"[^{label}]:")  # fmt: skip
            if block.given is not None:
                made.append((f"^{label}", f"[^{label}]: {self._parts(block, block.given)}"))
                continue
            text = _safe(self.inline(passage, noted=False))
            for more in block.more:
                further = _safe(self.inline(joining.whole(self.file, more), noted=False))
                text += f"\n\n    {further}" if further else ""
            made.append((f"^{label}", f"[^{label}]: {text}"))
        return [*made, *self.asides.get(section.path(lang), ())]

    def _parts(self, block: Block, given: Given) -> str:
        """The paragraphs of a footnote, those after the first indented."""
        made = []
        for number, line in enumerate(block.lines):
            lead = 0 if number else block.lead
            inline = self.inline(line.passage.cut(lead, len(line.text)).stripped(), noted=False)
            part = given.parts[line.number - block.lines[0].number]
            made.append((part + _safe(inline)).replace("\n", "\n    "))
        return "\n\n    ".join(made)


def _asides(text: str, tokens: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Where commentary stands between the lines: Chinese in brackets, behind a text; no number, no
    citation, no mark."""
    return [
        one.span() for one in _ASIDE.finditer(text)
        if text[: one.start()].strip() and len(IS_HAN.findall(one[0])) > 1
        and not _NUMBER.fullmatch(one[0][1:-1].strip())
        and not any(start <= one.start() and one.end() <= end for start, end, _ in tokens)
    ]  # fmt: skip


def numbered_signs(text: str, lacking: Collection[str]) -> str:
    """``text`` with the numbers of characters that no font has, where no markup may stand."""
    return "".join(f"〔U+{ord(one):04X}〕" if one in lacking else one for one in text
                   ) if lacking else text  # fmt: skip


def guarded(text: str) -> str:
    """``text`` so that its first signs make no block of another kind."""
    text = _LABELLED.sub(r"\1\\:", text)
    if text[:1] in string.punctuation and text[:1] not in ("\\", "") and not re.match(
            r"\[\^|\[-?@", text):  # fmt: skip
        return "\\" + text
    return re.sub(r"^(\d{1,4})([.)])(?=\s)", r"\1\\\2", text)


def _reads(markup: str) -> bool:
    """Whether the reader of texts takes ``markup`` without an error."""
    passage = Passage(SourceFile("", markup), markup, tuple(range(len(markup))))
    _, found = read_inline(passage)
    return all(one.level is not Severity.ERROR for one in found)


def _safe(inline: Inline) -> str:
    """The markup of a block, no block of another kind by its first signs."""
    text = inline.markup.strip()
    return _LABELLED.sub(r"\1\\:", text) if inline.opened else guarded(text)


def with_spans(
    tokens: list[tuple[int, int, str]], spans: Sequence[tuple[int, int, DraftSpan]]
) -> list[tuple[int, int, str]]:
    """``tokens`` with the marks of ``spans``. A span that begins or ends within a token, or holds
    nothing else, is left out: the token speaks for itself."""
    if not spans:
        return tokens
    wholes = [(start, end, span.open) for start, end, span in spans if span.whole]
    whole = _Stretches(wholes)
    free = [one for one in tokens if not whole.reach(one[0], before=one[1])]
    fixed = sorted([*wholes, *free])
    token = _Stretches(fixed)
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for start, end, span in spans:
        cut = (token.reach(start, before=start) or token.reach(end, before=end)
               or token.reach(end - 1, before=start + 1))  # fmt: skip
        if not span.whole and not cut:
            opens.setdefault(start, []).append(span.open)
            closes.setdefault(end, []).insert(0, span.close)
    marks = [
        (at, at, "".join([*closes.get(at, []), *opens.get(at, [])]))
        for at in opens.keys() | closes.keys()
    ]
    return sorted([*fixed, *marks], key=lambda one: one[:2])


class _Stretches:
    """Stretches of a text by their starts, and how far those that start before a place reach."""

    def __init__(self, stretches: Sequence[tuple[int, int, str]]) -> None:
        own = sorted((start, end) for start, end, _ in stretches)
        self.starts = [start for start, _ in own]
        self.ends = list(accumulate((end for _, end in own), max))

    def reach(self, place: int, *, before: int) -> bool:
        """Whether one of those that start before ``before`` ends behind ``place``."""
        number = bisect_left(self.starts, before)
        return number > 0 and self.ends[number - 1] > place


def _sign(mark: str) -> str:
    """The mark of an item in this format: a bullet, or a number with its stop."""
    number = re.search(r"\d{1,4}", mark)
    return f"{number[0]}." if number else "-"


def _fenced(lines: Sequence[str]) -> str:
    runs = (re.match("`*", line.strip()) for line in lines)
    fence = "`" * max([3, *(len(one[0]) + 1 for one in runs if one)])
    return "\n".join([fence, *lines, fence])


def _stars(text: str) -> list[tuple[int, int, str]]:
    """The asterisks of emphasis."""
    return [(*one.span(group), one[group]) for one in _EMPHASIS.finditer(text)
            for group in ("open", "close")]  # fmt: skip


def _item(one: Citation) -> str:
    prefix = f"{one.prefix} " if one.prefix else ""
    return f"{prefix}{'-' if one.narrative else ''}@{one.key}" + (
        f", {one.locator}" if one.locator else ""
    )


def _cite(cited: Cited) -> str:
    return "[" + "; ".join(_item(one) for one in cited.items) + "]"
