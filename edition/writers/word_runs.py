"""Texts of an edition as runs of WordprocessingML, with comments round the words they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from edition.layout.citations import format_cites
from edition.model import (
    BlockStart,
    Cite,
    Emph,
    FootnoteRef,
    Inline,
    Inlines,
    Lang,
    LineBreak,
    Mark,
    Milestone,
    References,
    Ruby,
    Strong,
    Styled,
    Text,
)
from edition.model import plain as plain_of
from edition.readers.captions import NUMBER, number_of
from edition.wording import version
from edition.writers.xml import Element, Node, element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
SIGN = "EditionSign"  # style of what the edition says in a text, and nobody edits in Word
_RAISED = {"sub": "subscript", "sup": "superscript", "raised": "superscript"}
_CODE = "Courier New"
_ITALIC = ("term", "foreign", "title")  # in English
_SIZES = (12, 18, 21)  # half points: of a reading, of how far it is raised, of what it stands over


def w(tag: str, *children: Node | Sequence[Node] | None, **attrs: str) -> Element:
    """An element of WordprocessingML."""
    named = {f"{{{W}}}{name.rstrip('_')}": value for name, value in attrs.items()}
    return element(f"{{{W}}}{tag}", *children, spaces={"w": W}, attrs=named)


def text(words: str, tag: str = "t") -> Element:
    return element(f"{{{W}}}{tag}", words, spaces={"w": W}, attrs={XML_SPACE: "preserve"})


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks; properties stand in the order that the schema has."""

    style: str = ""
    bold: bool = False
    italic: bool = False
    code: bool = False
    raised: str = ""
    size: int = 0  # in half points, where not that of the text
    lang: Lang = "en"  # Chinese has its own faces for marks that both have, “ ” …

    def properties(self) -> Element | None:
        faces = {"hint": "eastAsia"} if self.lang == "zh" else {}
        faces |= {"ascii": _CODE, "hAnsi": _CODE} if self.code else {}
        made = [
            w("rStyle", val=self.style) if self.style else None,
            w("rFonts", **faces) if faces else None,
            w("b") if self.bold else None,
            w("i") if self.italic and self.lang == "en" else None,
            w("sz", val=str(self.size)) if self.size else None,
            w("vertAlign", val=self.raised) if self.raised else None,
            # Chinese is emphasised by dots below its characters, and never slanted
            w("em", val="underDot") if self.italic and self.lang == "zh" else None,
        ]
        there = [one for one in made if one is not None]
        return w("rPr", there) if there else None


def run(words: str, look: Look | None = None) -> Element:
    """A run; lines of its words end as they do."""
    inner: list[Node] = []
    for number, line in enumerate(words.split("\n")):
        inner += [w("br")] if number else []
        inner += [text(line)] if line else []
    return w("r", (look or Look()).properties(), inner)


@dataclass(slots=True)
class Comments:
    """All comments of a file, in the order of their places."""

    made: list[Element] = field(default_factory=list)

    def add(self, label: str, said: Sequence[str]) -> str:
        """A comment of the edition's own; its number. Its initials are the version of it."""
        number = str(len(self.made))
        first = w("r", w("rPr", w("rStyle", val="CommentReference")), w("annotationRef"))
        paragraphs = [
            w("p", w("pPr", w("pStyle", val="CommentText")), first if not at else None,
              run(f"{label} ", Look(bold=True)) if not at else None, run(one))
            for at, one in enumerate(said)
        ]  # fmt: skip
        known = version(" ".join(said))
        self.made.append(w("comment", paragraphs, id=number, author=AUTHOR, initials=known,
                           date=_NO_DATE))  # fmt: skip
        return number


_NO_DATE = "2000-01-01T00:00:00Z"  # of comments: some programs write a wrong one for none
AUTHOR = "Edition"  # of comments that are notes of the edition


@dataclass(slots=True, kw_only=True)
class Runs:
    """One text being written. ``notes``: where each stands in its plain words (start, end), and
    what puts its comment into the file and gives its number."""

    lang: Lang
    references: References
    comments: Comments
    notes: Sequence[tuple[int, int, str, tuple[str, ...]]] = ()
    footnotes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signs: list[str] = field(default_factory=list)
    at: int = 0  # code points of the plain words that have been written
    _open: dict[str, int] = field(default_factory=dict)  # number of each comment → where it ends
    _begun: int = 0

    def of(self, inlines: Inlines) -> list[Node]:
        """The runs of a text; the number of a caption, which the edition counts, is none of it."""
        if number_of(inlines):
            self.at += len(plain_of(inlines[:2]))
            inlines = inlines[2:]
        made = [*self._all(inlines, Look(lang=self.lang))]
        made += self._ends(last=True)
        return made

    def _all(self, inlines: Inlines, look: Look) -> Iterator[Node]:
        for one in inlines:
            yield from self._each(one, look)

    def _each(self, inline: Inline, look: Look) -> Iterator[Node]:
        match inline:
            case Text():
                yield from self._words(inline.text, look)
            case Emph():
                yield from self._all(inline.children, replace(look, italic=True))
            case Strong():
                yield from self._all(inline.children, replace(look, bold=True))
            case Styled() if not inline.children:
                yield from self._sign(inline, look)
            case Styled() if NUMBER in inline.classes:
                said = plain_of(inline.children)
                yield from self._told(said, look)
                self.at += len(said)
            case Styled():
                yield from self._all(inline.children, self._styled(inline, look))
            case Ruby():
                yield from self._starts()
                yield self._ruby(inline)
                self.at += len(inline.base)
                yield from self._ends()
            case LineBreak() | BlockStart():
                yield from self._words("\n", look)
            case Cite():
                yield from self._told(self._cited(inline), look)
            case FootnoteRef():
                number = self._note(f"[^{inline.label}]", self.footnotes.get(inline.label, ()))
                yield w("commentRangeStart", id=number)
                yield from self._told(f"[{inline.label}]", replace(look, raised="superscript"))
                yield from _end(number)
            case Milestone():
                yield from self._told(f"[{inline.name}]", replace(look, raised="superscript"))
            case Mark():
                return
            case _:
                assert_never(inline)

    def _styled(self, styled: Styled, look: Look) -> Look:
        raised = next((_RAISED[one] for one in styled.classes if one in _RAISED), look.raised)
        italic = self.lang == "en" and any(one in _ITALIC for one in styled.classes)
        return replace(look, raised=raised, italic=look.italic or italic,
                       code=look.code or "code" in styled.classes)  # fmt: skip

    def _sign(self, styled: Styled, look: Look) -> Iterator[Node]:
        yield from self._told(f"[{dict(styled.attrs).get('to', '…')}]", look)

    def _cited(self, cite: Cite) -> str:
        return plain_of(format_cites((cite,), self.references, self.lang))

    def _told(self, said: str, look: Look) -> Iterator[Node]:
        """What the edition says. No words of the text: nothing begins or ends in it."""
        self.signs.append(said)
        yield run(said, replace(look, style=SIGN))

    def _ruby(self, ruby: Ruby) -> Element:
        size, high, below = map(str, _SIZES)
        properties = w("rubyPr", w("rubyAlign", val="center"), w("hps", val=size),
                       w("hpsRaise", val=high), w("hpsBaseText", val=below),
                       w("lid", val="zh-TW"))  # fmt: skip
        return w("r", w("ruby", properties, w("rt", run(ruby.reading, Look(size=_SIZES[0]))),
                        w("rubyBase", run(ruby.base))))  # fmt: skip

    # --- comments --------------------------------------------------------------------------------

    def _words(self, words: str, look: Look) -> Iterator[Node]:
        """Words, parted where a comment begins or ends."""
        done = 0
        while done < len(words):
            yield from self._starts()
            bounds = [start for start, *_ in self.notes[self._begun :][:1]]
            bounds += self._open.values()
            ahead = [one - self.at for one in bounds if one > self.at]
            length = min([len(words) - done, *ahead])
            yield run(words[done : done + length], look)
            done += length
            self.at += length
            yield from self._ends()

    def _starts(self) -> Iterator[Node]:
        while self._begun < len(self.notes) and self.notes[self._begun][0] <= self.at:
            _, end, label, said = self.notes[self._begun]
            self._begun += 1
            number = self._note(label, said)
            self._open[number] = end
            yield w("commentRangeStart", id=number)

    def _note(self, label: str, said: Sequence[str]) -> str:
        return self.comments.add(label, said or ("",))

    def _ends(self, *, last: bool = False) -> Iterator[Node]:
        for number, end in list(self._open.items()):
            if end <= self.at or last:
                del self._open[number]
                yield from _end(number)


def _end(number: str) -> Iterator[Node]:
    yield w("commentRangeEnd", id=number)
    look = w("rPr", w("rStyle", val="CommentReference"))
    yield w("r", look, w("commentReference", id=number))
