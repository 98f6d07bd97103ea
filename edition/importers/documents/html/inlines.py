"""Elements within a block of HTML → inlines of a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from edition.importers.documents.html.notes import HtmlNotes
from edition.importers.documents.mathml import linear_mathml
from edition.importers.documents.model import (
    Hyperlink,
    Inline,
    Inlines,
    LineEnd,
    NoteRef,
    RawMarkup,
    RubyRun,
    Style,
    StyledRun,
    TextRun,
    Verbatim,
)
from edition.importers.documents.xml import Element, local

# sizes smaller than that of the text, by words, by shares of it, and those of old pages
_SMALL = re.compile(
    r"font-size:(?:(?:x{1,2}-)?small(?:er)?|[1-7]\d(?:\.\d+)?%|0?\.[1-7]\d*r?em)(?:;|$)"
)
_SIZES = ("1", "2", "-1", "-2")
STYLES: dict[str, Style] = {
    "em": "emph", "i": "emph", "cite": "emph", "dfn": "emph", "var": "emph", "strong": "strong",
    "b": "strong", "sup": "sup", "sub": "sub", "small": "small",
}  # fmt: skip
CODE = ("code", "kbd", "samp", "tt")
# what a page has about its text
LEFT_OUT = frozenset((
    "script", "style", "noscript", "template", "nav", "form", "button", "select", "textarea",
    "iframe", "object", "svg", "canvas", "audio", "video", "dialog", "menu", "head",
))  # fmt: skip
_HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:mw-editsection|mw-jump-link|navbox|noprint|sr-only|screen-reader-text|toc|"
    r"breadcrumbs?|sharedaddy|share-buttons|social|comments?|sidebar|pagination|ws-noexport|"
    r"cookie|advert|related-posts|post-navigation|site-header|site-footer|mw-cite-backlink|"
    r"headerlink|anchor-link)(?:$|[\s_-])", re.IGNORECASE)  # fmt: skip
_WHITE = re.compile(r"[ \t\n\r\f]+")
# TeX within an element of its own, as programs leave it to scripts of the page
_TEX = re.compile(r"(?:\$\$?|\\\(|\\\[)(?P<tex>[^$]{1,2000}?)(?:\$\$?|\\\)|\\\])", re.DOTALL)


@dataclass(slots=True)
class Reader:
    """Reads words. ``left``: text that is left out, with its reason."""

    notes: HtmlNotes
    left: list[tuple[str, str]] = field(default_factory=list)
    gone: set[Element] = field(default_factory=set)  # told to ``left`` already

    def words(self, element: Element) -> Inlines:
        """The words in ``element``, white space as a page shows it."""
        made = self._inside(element)
        return tidy(made)

    def _inside(self, element: Element) -> list[Inline]:
        made: list[Inline] = [TextRun(element.text)] if element.text else []
        for child in element:
            made += self.child(child)
            if child.tail:
                made.append(TextRun(child.tail))
        return made

    def child(self, element: Element) -> list[Inline]:
        """One element among words, without what follows it."""
        if not isinstance(element.tag, str):
            return []
        name = element.tag.lower()
        if element in self.notes.marks:
            self._gone(element, "mark of a note, numbered anew")
            return [NoteRef(self.notes.marks[element])]
        if element in self.notes.backs:
            self._gone(element, "link from a note to its mark")
            return []
        if out_of_sight(element):
            self._gone(element, "no part of the text")
            return []
        if name == "br":
            return [LineEnd()]
        if name == "img":
            return [TextRun(element.get("alt") or "")] if element.get("alt") else []
        if name == "ruby":
            return self._ruby(element)
        if name in CODE:
            return [Verbatim(_WHITE.sub(" ", text_in(element)))]
        if name == "math":
            return self._mathml(element)
        formula = _TEX.fullmatch(text_in(element).strip()) if name == "span" else None
        if formula:
            return [Verbatim(_WHITE.sub(" ", formula["tex"]).strip())]
        inner = self._inside(element)
        if not inner:
            return []
        if name == "a":
            return self._link(element, inner)
        if name == "q":
            return [TextRun("“"), *inner, TextRun("”")]
        style = STYLES.get(name) or _by_look(element)
        return [StyledRun(style, tuple(inner))] if style else inner

    def _mathml(self, element: Element) -> list[Inline]:
        """A formula, as its program writes it beside the signs, or on one line."""
        notes = [one for one in element.iter() if local(one) in ("annotation", "annotation-xml")]
        said = next((one.text for one in notes if one.text and "tex" in (
            one.get("encoding") or "").lower()), None)  # fmt: skip
        self.left.append((text_in(element), "signs of a formula"))
        text = _WHITE.sub(" ", said or linear_mathml(element)).strip()
        return [Verbatim(text)] if text else []

    def _gone(self, element: Element, reason: str) -> None:
        if element not in self.gone:
            self.gone.add(element)
            self.left.append((text_of(element), reason))

    def _link(self, element: Element, inner: list[Inline]) -> list[Inline]:
        address = (element.get("href") or "").strip()
        words = text_in(element).strip()
        if words and re.match(r"(?:https?://|mailto:)[^\s<>]+$", address):
            return [Hyperlink(tuple(inner), address.removeprefix("mailto:"))]
        return inner

    def _ruby(self, element: Element) -> list[Inline]:
        """Characters with the readings that follow them."""
        made: list[Inline] = []
        base: list[str] = [element.text or ""]

        def read(one: Element) -> None:
            own = text_in(one).strip()
            if one.tag == "rt":
                words = "".join(base).strip()
                if words:
                    made.append(RubyRun(words, own) if own else TextRun(words))
                    base.clear()
                elif own:
                    self.left.append((own, "reading without a character"))
            elif one.tag == "rp":
                self.left.append((own, "bracket of a reading"))
            elif isinstance(one.tag, str) and not out_of_sight(one):
                base.append(one.text or "")
                for child in one:
                    read(child)
                    base.append(child.tail or "")
            elif isinstance(one.tag, str):
                self._gone(one, "no part of the text")

        for child in element:
            read(child)
            base.append(child.tail or "")
        rest = "".join(base)
        return [*made, TextRun(rest)] if rest.strip() else made


def out_of_sight(element: Element) -> bool:
    """Whether an element is about the text and not of it, or is not shown."""
    style = re.sub(r"\s", "", (element.get("style") or "").lower())
    return (
        element.tag in LEFT_OUT
        or "display:none" in style
        or "mso-hide:all" in style
        or element.get("hidden") is not None
        or (element.get("aria-hidden") == "true" and element.tag != "math")
        or bool(_HIDDEN_CLASS.search(element.get("class") or ""))
        or element.get("id") in ("toc", "comments", "sidebar", "catlinks", "siteSub")
    )


def _by_look(element: Element) -> Style | None:
    """The style that CSS gives words; of a heading or a whole block it says nothing."""
    style = re.sub(r"\s", "", (element.get("style") or "").lower())
    if element.tag not in ("span", "font"):
        return None
    if re.search(r"font-weight:(?:bold|[6-9]00)", style):
        return "strong"
    if "font-style:italic" in style:
        return "emph"
    if "vertical-align:super" in style:
        return "sup"
    if "vertical-align:sub" in style:
        return "sub"
    return "small" if _SMALL.search(style) or (element.get("size") or "") in _SIZES else None


def place_of(element: Element) -> int:
    """The line of the page on which an element begins; 0 where it is not known."""
    return element.sourceline if isinstance(element.sourceline, int) else 0


def text_in(element: Element) -> str:
    """The words in an element, as they stand."""
    return "".join(str(one) for one in element.itertext())


def text_of(element: Element, between: str = "") -> str:
    """All text in an element, but that of scripts and styles; ``between`` its pieces."""
    pieces: list[str] = []

    def walk(one: Element) -> None:
        if not isinstance(one.tag, str) or one.tag in ("script", "style"):
            return
        pieces.append(one.text or "")
        for child in one:
            walk(child)
            pieces.append(child.tail or "")

    walk(element)
    return between.join(pieces)


def tidy(inlines: Sequence[Inline]) -> Inlines:
    """White space as a page shows it: runs are one space, none at the ends, none that a line end
    left between Chinese characters."""
    flat = _merged(_collapsed(list(inlines), [" "]))
    while flat and isinstance(flat[-1], TextRun) and not flat[-1].text.strip(" "):
        flat.pop()
    if flat and isinstance(flat[-1], TextRun):
        flat[-1] = TextRun(flat[-1].text.rstrip(" "))
    while flat and isinstance(flat[-1], LineEnd):
        flat.pop()
    return tuple(flat)


def _merged(inlines: list[Inline]) -> list[Inline]:
    """Texts beside each other as one."""
    made: list[Inline] = []
    for one in inlines:
        last = made[-1] if made else None
        if isinstance(one, TextRun) and isinstance(last, TextRun):
            made[-1] = TextRun(last.text + one.text)
        else:
            made.append(one)
    return made


def _collapsed(inlines: list[Inline], last: list[str]) -> list[Inline]:
    """``last``: the character before, which changes as the words go on."""
    made: list[Inline] = []
    for one in inlines:
        match one:
            case TextRun():
                text = _spaced(one.text, last)
                if text:
                    made.append(TextRun(text))
            case StyledRun() | Hyperlink():
                inner = tuple(_collapsed(list(one.children), last))
                if inner:
                    made.append(replace(one, children=inner))
            case LineEnd():
                if made:
                    made.append(one)
                last[0] = " "
            case RubyRun():
                made.append(one)
                last[0] = one.base[-1:]
            case Verbatim():
                made.append(one)
                last[0] = "x"
            case NoteRef() | RawMarkup():
                made.append(one)
            case _:
                assert_never(one)
    return made


def _spaced(text: str, last: list[str]) -> str:
    out: list[str] = []
    bare = text.replace("\u00a0", " ") if not text.strip("\u00a0 \n\t") else text
    pieces = re.split(r"([ \t\n\r\f]+)", bare)
    for number, piece in enumerate(pieces):
        if not piece:
            continue
        if number % 2:
            following = pieces[number + 1][:1] if number + 1 < len(pieces) else ""
            wide = following and _wide(last[0]) and _wide(following) and "\n" in piece
            if last[0] == " " or wide:
                continue
            out.append(" ")
            last[0] = " "
        else:
            out.append(piece)
            last[0] = piece[-1]
    return "".join(out)


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" if char else False
