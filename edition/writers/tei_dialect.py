"""The dialect of TEI: what inlines and blocks are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from edition.model import Cite, FootnoteRef, Lang, Mark, Milestone, Name, Segment, Styled, plain
from edition.writers.cards import Cards
from edition.writers.shapes import Content
from edition.writers.xml import XML, Element, Node, element, followed, name

SPACE = "http://www.tei-c.org/ns/1.0"
ID, LANG = f"{{{XML}}}id", f"{{{XML}}}lang"
# class of a span → element, and its rendition where the element does not say all
SPANS: Mapping[str, tuple[str, str]] = {
    "term": ("term", ""), "title": ("title", ""), "foreign": ("foreign", ""), "code": ("code", ""),
    "sub": ("hi", "subscript"), "sup": ("hi", "superscript"), "sc": ("hi", "smallcaps"),
    "lock": ("seg", "lock"), "deleted": ("surplus", ""), "supplied": ("supplied", ""),
}  # fmt: skip
NAMES = {"person": "persName", "place": "placeName", "body": "orgName", "work": "title"}
_SPACES = {None: SPACE}
# evidence of a name that no span says is one: its form alone; a title has no such attribute
FOUND, SURE = "internal", "medium"


def tei(
    tag: str, *children: Node | Sequence[Node] | None, id: str = "", lang: str = "", **more: str
) -> Element:  # fmt: skip
    """An element of TEI."""
    return element(f"{{{SPACE}}}{tag}", *children, attrs={ID: id, LANG: lang}, spaces=_SPACES,
                   **more)  # fmt: skip


def segment_id(lang: Lang, segment: str) -> str:
    return f"{lang}-{name(segment)}"


def word_id(word: str) -> str:
    """Of a name, or of a term (``term:city``)."""
    kind, colon, term = word.partition(":")
    return f"term-{name(term)}" if colon and kind == "term" else f"name-{name(word)}"


def reference_id(key: str) -> str:
    return f"bibl-{name(key)}"


def footnote_id(section: str, label: str, lang: Lang) -> str:
    return f"fn-{lang}-{name(section)}-{name(label)}"


def _plain(inner: Content) -> list[Node]:
    """Content without the names that were found in it."""
    made: list[Node] = []
    for one in inner:
        if not isinstance(one, str) and (one.get("evidence") or one.get("cert")):
            made.append(str(one.text or ""))
        else:
            made.append(one)
    return made


@dataclass(slots=True, kw_only=True)
class Tei:
    """One language of one section. ``names``: by id; ``known``: whether a key of the bibliography
    is in its list; ``cards``: forms of names in running text."""

    lang: Lang
    section: str
    names: Mapping[str, Name]
    known: Callable[[str], bool]
    cards: Cards | None = None

    # --- inlines ---------------------------------------------------------------------------------

    def text(self, text: str) -> Content:
        if self.cards is None:
            return (text,) if text else ()
        made: list[Node] = []
        at = 0
        for start, end, word in self.cards.find(text, self.lang, set()):
            if word in self.names:
                made += [text[at:start]] if start > at else []
                tag = NAMES[self.names[word].kind]
                ref = f"#{word_id(word)}"
                how = {"cert": SURE} if tag == "title" else {"evidence": FOUND}
                made.append(tei(tag, text[start:end], ref=ref, **how))
                at = end
        return [*made, text[at:]] if at < len(text) else made

    def emphasis(self, inner: Content, *, strong: bool) -> Element:
        return tei("hi", inner, rend="bold") if strong else tei("emph", inner)

    def span(self, styled: Styled, inner: Content) -> Content:
        attrs = dict(styled.attrs)
        match styled.classes:
            case ("link", *rest):
                target = attrs.get("href", "")
                if not followed(target):
                    return inner
                return (tei("ref", _plain(inner), target=target, rend=" ".join(rest)),)
            case ("name",):
                of = attrs.get("of", "")
                tag = NAMES[self.names[of].kind] if of in self.names else "name"
                ref = f"#{word_id(of)}" if of else ""
                return (tei(tag, _plain(inner), ref=ref, n=of),)
            case ("lost",):
                return (tei("gap", reason="lost", quantity="1", unit="chars")
                        if not inner else tei("seg", inner, rend="lost"),)  # fmt: skip
            case (one,) if one in SPANS and not attrs:
                tag, rend = SPANS[one]
                return (tei(tag, inner, rend=rend),)
            case classes:
                made = tei("seg", inner, rend=" ".join(classes) or "span", n=attrs.get("ids", ""))
                if "of" in attrs:
                    made.set("corresp", f"#{word_id(attrs['of'])}")
                    made.set("subtype", name(attrs["of"]))
                return (made,)

    def ruby(self, syllables: Sequence[tuple[str, str]]) -> Content:
        base = "".join(one for one, _ in syllables)
        reading = " ".join(one for _, one in syllables)
        return (tei("ruby", tei("rb", base), tei("rt", reading)),)

    def cite(self, cite: Cite) -> Content:
        made = tei("seg", type="citation", subtype="narrative" if cite.narrative else "")
        for item in cite.items:
            one = tei("bibl", n=item.key, rend="year-only" if item.suppress_author else "")
            if item.prefix:
                one.append(tei("note", item.prefix, type="prefix"))
            target = f"#{reference_id(item.key)}" if self.known(item.key) else ""
            one.append(tei("ptr", target=target) if target else tei("title", item.key))
            if item.locator:
                one.append(tei("citedRange", item.locator))
            made.append(one)
        return (made,)

    def footnote(self, ref: FootnoteRef) -> Content:
        target = f"#{footnote_id(self.section, ref.label, self.lang)}"
        return (tei("ptr", type="footnote", n=ref.label, target=target),)

    def mark(self, mark: Mark) -> Content:
        return (tei("anchor", id=mark.note),)

    def milestone(self, milestone: Milestone) -> Content:
        if milestone.kind == "page":
            return (tei("pb", n=milestone.name),)
        return (tei("milestone", unit=milestone.kind, n=milestone.name),)

    def line_break(self) -> Element:
        return tei("lb")

    # --- blocks ----------------------------------------------------------------------------------

    def heading(self, segment: Segment, inner: Content) -> Element:
        return tei("head", inner, rend=f"level{segment.level}")

    def paragraph(self, segment: Segment, inner: Content) -> Element:
        return tei("p", inner, rend=" ".join(segment.classes))

    def item(self, segment: Segment, inner: Content) -> Element:
        return tei("item", inner, rend=f"level{segment.level} {segment.label or 'further'}")

    def quote(self, inner: Content) -> Element:
        return tei("quote", tei("p", inner))

    def verse(self, lines: Sequence[Content]) -> Element:
        return tei("lg", [tei("l", line) for line in lines])

    def table(
        self, segment: Segment, caption: Content, head: Sequence[Content],
        rows: Sequence[Sequence[Content]],
    ) -> Element:  # fmt: skip
        made = tei("table", tei("head", caption) if caption else None)
        table = segment.table
        assert table is not None
        heads = [tei("cell", cell, role="label", rend=one.align)
                 for cell, one in zip(head, table.header, strict=True)]  # fmt: skip
        made.append(tei("row", heads, role="label"))
        for row, cells in zip(rows, table.rows, strict=True):
            made.append(tei("row", [tei("cell", cell, rend=one.align)
                                    for cell, one in zip(row, cells, strict=True)]))  # fmt: skip
        return made

    def figure(self, segment: Segment, caption: Content) -> Element:
        graphic = tei("graphic", url=segment.figure) if segment.figure else None
        shown = tei("figDesc", plain(segment.alt)) if segment.alt else None
        return tei("figure", tei("head", caption) if caption else None, shown, graphic)

    def code(self, lines: Sequence[Content]) -> Element:
        made = tei("ab", type="code")
        for number, line in enumerate(lines):
            if number:
                made.append(tei("lb"))
            text = "".join(one if isinstance(one, str) else "".join(map(str, one.itertext()))
                           for one in line)  # fmt: skip
            made.append(tei("code", text))
        return made

    def term(self, inner: Content) -> Element:
        return tei("ab", inner, type="term")

    def definition(self, inner: Content) -> Element:
        return tei("ab", inner, type="definition")

    def ornament(self, inner: Content) -> Element:
        del inner  # what it prints, the layout says
        return tei("milestone", unit="section", rend="ornament")
