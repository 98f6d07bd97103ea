"""The dialect of HTML, for pages and for books: what inlines and blocks are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from edition.model import (
    Cite,
    FootnoteRef,
    Lang,
    Mark,
    Milestone,
    References,
    Segment,
    Styled,
    plain,
)
from edition.writers.cards import Cards
from edition.writers.shapes import Content
from edition.writers.xml import Element, Node, element, extend, followed, name

# class of a span → element; other classes are spans of their names
_TAGS = {"sub": "sub", "sup": "sup", "raised": "sup", "code": "code", "term": "em"}


@dataclass(slots=True, kw_only=True)
class Hyper:
    """One language of one text. ``signs``: of notes, by their boxes' keys; ``picture``: path of a
    picture → its address; ``type``: name of the attribute that says what an element is in a book
    (``epub:type``), "" in a page; ``file``: id → file that has it, where that is not this one."""

    lang: Lang
    tag: str  # of the language: zh-Hant, zh-Hans, en
    signs: Mapping[str, str]
    references: References
    picture: Callable[[str], str]
    cards: Cards | None = None
    type: str = ""
    file: Callable[[str], str] = lambda _: ""
    running: bool = False  # whether a running text is made, in which names are linked
    seen: set[str] = field(default_factory=set)  # headwords that the block has had
    marked: set[str] = field(default_factory=set)  # notes that have had their mark

    # --- inlines ---------------------------------------------------------------------------------

    def text(self, text: str) -> Content:
        if self.cards is None or not self.running:
            return (text,) if text else ()
        made: list[Node] = []
        at = 0
        for start, end, word in self.cards.find(text, self.lang, self.seen):
            made += [text[at:start]] if start > at else []
            made.append(element("a", text[start:end], class_="card", href=self.to(card_id(word))))
            at = end
        return [*made, text[at:]] if at < len(text) else made

    def to(self, id: str) -> str:
        """The address of an element of the same publication."""
        return f"{self.file(id)}#{id}"

    def emphasis(self, inner: Content, *, strong: bool) -> Element:
        return element("strong" if strong else "em", inner)

    def span(self, styled: Styled, inner: Content) -> Content:
        attrs = dict(styled.attrs)
        if "cite" in styled.classes:
            key = attrs.get("key", "")
            if self.references.find(key) is None:
                return inner
            return _linked(inner, "cite", self.to(reference_id(key)), "doc-biblioref")
        if "link" in styled.classes:
            address = attrs.get("href", "")
            if not followed(address):
                return inner
            return _linked(inner, "link", address, "")
        classes = " ".join(styled.classes)
        tag = next((_TAGS[one] for one in styled.classes if one in _TAGS), "span")
        if "title" in styled.classes and self.lang == "en":
            tag = "cite"
        elif "foreign" in styled.classes:
            tag = "i"
        return (element(tag, inner, class_=classes, title=attrs.get("ids", "")),)

    def ruby(self, syllables: Sequence[tuple[str, str]]) -> Content:
        made = element("ruby")
        for base, reading in syllables:
            extend(made, (base, element("rt", reading)))
        return (made,)

    def cite(self, cite: Cite) -> Content:
        """A citation that nothing could be made of: its keys."""
        return ("[" + "; ".join(item.key for item in cite.items) + "]",)

    def footnote(self, ref: FootnoteRef) -> Content:
        return (f"[{ref.label}]",)

    def mark(self, mark: Mark) -> Content:
        sign = self.signs.get(mark.note)
        if sign is None:
            return ()
        first = mark.note not in self.marked
        self.marked.add(mark.note)
        link = element(
            "a", sign, class_="mark", id=mark_id(mark.note) if first else "",
            href=self.to(note_id(mark.note)), role="doc-noteref",
            attrs={self.type: "noteref"} if self.type else None,
        )  # fmt: skip
        return (element("sup", link, class_="mark"),)

    def milestone(self, milestone: Milestone) -> Content:
        return (element("span", milestone.name, class_=f"stone {milestone.kind}"),)

    def line_break(self) -> Element:
        return element("br")

    # --- blocks ----------------------------------------------------------------------------------

    def heading(self, segment: Segment, inner: Content) -> Element:
        return element(f"h{min(segment.level, 4) + 1}", inner)

    def paragraph(self, segment: Segment, inner: Content) -> Element:
        return element("p", inner, class_=" ".join(segment.classes))

    def item(self, segment: Segment, inner: Content) -> Element:
        made = element("li", inner)
        level = f"l{min(max(segment.level, 1), 4)}"
        number = segment.label.rstrip(".)）、")
        if number.isdecimal():
            return element("ol", made, class_=level, start=str(int(number)))
        if not segment.label:  # a further paragraph of an item
            return element("p", inner, class_=f"further {level}")
        return element("ul", made, class_=level)

    def quote(self, inner: Content) -> Element:
        return element("blockquote", element("p", inner))

    def verse(self, lines: Sequence[Content]) -> Element:
        made = element("p", class_="verse")
        for number, line in enumerate(lines):
            if number:
                made.append(element("br"))
            made.append(element("span", line, class_="line"))
        return made

    def table(
        self, segment: Segment, caption: Content, head: Sequence[Content],
        rows: Sequence[Sequence[Content]],
    ) -> Element:  # fmt: skip
        made = element("table")
        if caption:
            made.append(element("caption", caption))
        table = segment.table
        if any(head):
            cells = [element("th", cell, scope="col") if cell else element("td") for cell in head]
            made.append(element("thead", element("tr", cells)))
        body = element("tbody")
        for number, row in enumerate(rows):
            aligned = table.rows[number] if table else ()
            cells = [element("td", cell, class_=one.align if one.align != "left" else "")
                     for cell, one in zip(row, aligned, strict=True)]  # fmt: skip
            body.append(element("tr", cells))
        made.append(body)
        return element("div", made, class_="scroll")

    def figure(self, segment: Segment, caption: Content) -> Element:
        made = element("figure")
        address = self.picture(segment.figure) if segment.figure else ""
        if address:
            # the legend may say what is to be seen; without one it is told that there is a picture
            alt = (
                plain(segment.alt)
                or plain(segment.inlines)
                or ("圖" if self.lang == "zh" else "Figure")
            )
            made.append(element("img", src=address, alt=alt))
        elif segment.label:
            made.append(element("p", segment.label, class_="absent"))
        if caption:
            made.append(element("figcaption", caption))
        return made

    def code(self, lines: Sequence[Content]) -> Element:
        inner: list[Node] = []
        for number, line in enumerate(lines):
            inner += ["\n"] if number else []
            inner += line
        return element("pre", inner)

    def term(self, inner: Content) -> Element:
        return element("p", inner, class_="dt")

    def definition(self, inner: Content) -> Element:
        return element("p", inner, class_="dd")

    def ornament(self, inner: Content) -> Element:
        return element("p", inner, class_="ornament")


def _linked(inner: Content, kind: str, address: str, role: str) -> Content:
    """A link, in which nothing else is one: cards are words again, marks stand behind it."""
    marks = [one for one in inner if not isinstance(one, str) and one.get("class") == "mark"]
    words: list[Node] = []
    for one in inner:
        if isinstance(one, str):
            words.append(one)
        elif one.tag == "a":
            words.append("".join(map(str, one.itertext())))
        elif one.get("class") != "mark":
            for card in [each for each in one.iter("a") if each.get("class") == "card"]:
                card.tag = "span"
                del card.attrib["href"]
            words.append(one)
    return (element("a", words, class_=kind, href=address, role=role), *marks)


# --- ids, which no other kind can have ----------------------------------------------------------


def segment_id(segment: str) -> str:
    return f"s-{name(segment)}"


def note_id(key: str) -> str:
    return f"n-{name(key)}"


def mark_id(key: str) -> str:
    return f"m-{name(key)}"


def reference_id(key: str) -> str:
    return f"r-{name(key)}"


def card_id(word: str) -> str:
    """Of a name, or of a term (``term:small-yard``)."""
    kind, colon, term = word.partition(":")
    return f"g-{name(term)}" if colon and kind == "term" else f"p-{name(word)}"
