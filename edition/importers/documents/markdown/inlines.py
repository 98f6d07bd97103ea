"""Tokens within a block of Markdown → inlines of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, assert_never

from markdown_it.token import Token

from edition.importers.decoding import HIDDEN
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
from edition.readers.passage import is_wide

# spans that docs/format.md knows; of others the words alone are taken
_OURS = re.compile(r"\.(?:term|name|title|lock|foreign|sub|sup|page|verse|ref)\b|\bids=")
_RUBY = re.compile(r'\bruby\s*=\s*"(?P<reading>[^"]*)"')
_RUBY_TAGS = re.compile(r"<ruby>(?P<inside>.*?)</ruby>", re.DOTALL | re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:\(?[a-z]\)|[a-z]\.|\(?[ivx]{2,4}\)|"
                     r"[（(]?[一二三四五六七八九十]{1,2}[)）、]|[①-⑳])\s*\S")  # fmt: skip
_PAIR = re.compile(r"(?:<rb>)?(?P<base>[^<>]+?)(?:</rb>)?(?:<rp>[^<]*</rp>)?"
                   r"<rt>(?P<reading>[^<>]*)</rt>(?:<rp>[^<]*</rp>)?",
                   re.IGNORECASE)  # fmt: skip
_TAG = re.compile(r"</?(?P<name>[a-z][a-z0-9]*)", re.IGNORECASE)
_KEY_GOES_ON = re.compile(r"[A-Za-z0-9_:/+-]")
_STYLES: dict[str, Style] = {
    "em": "emph", "i": "emph", "cite": "emph", "strong": "strong", "b": "strong", "sup": "sup",
    "sub": "sub",
}  # fmt: skip


DEPTH = 24  # emphasis in emphasis that is kept; a text has two or three


@dataclass(slots=True)
class Words:
    """Reads the tokens of blocks. ``signs``: what stood there as markup alone; ``dropped``: what
    is left out, with its reason; ``notes``: tokens of notes within the text, by label;
    ``pictures``: path and words of each picture among words."""

    learnt: Any
    depth: int = 0  # of emphasis in emphasis, and links
    signs: list[str] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    notes: dict[str, Sequence[Token]] = field(default_factory=dict)
    cited: list[str] = field(default_factory=list)

    def read(self, tokens: Sequence[Token], *, lines: bool = False) -> Inlines:
        """The words of a block; with ``lines`` each line end is a text of its own."""
        made = self._many(iter(_with_ruby(tokens)), "")
        return tuple(made if lines else _run_on(made, [" "]))

    def _many(self, tokens: Iterator[Token], closing: str) -> list[Inline]:
        if self.depth >= DEPTH:
            return []  # the words follow without this emphasis, and its end says nothing
        self.depth += 1
        made = self._until(tokens, closing)
        self.depth -= 1
        return made

    def _until(self, tokens: Iterator[Token], closing: str) -> list[Inline]:
        made: list[Inline] = []
        for token in tokens:
            tag = token.content.lower() if token.type == "html_inline" else ""
            if token.type == closing or (closing.startswith("</") and tag.startswith(closing)):
                self.signs.append(token.content)
                break
            self._one(token, tokens, made)
        return made

    def _one(self, token: Token, tokens: Iterator[Token], made: list[Inline]) -> None:
        match token.type:
            case "text":
                made.append(TextRun(self._seen(token.content)))
            case "text_special":
                made.append(TextRun(token.content))
                self.signs.append(token.markup)
            case "softbreak":
                made.append(TextRun("\n"))
            case "hardbreak":
                made.append(LineEnd())
            case "math_inline" if re.fullmatch(r"`[^`]+`", token.content):  # as forges write it
                made.append(Verbatim(token.content.strip("`").strip()))
                self.signs.append("``")
            case "code_inline" | "math_inline" | "math_inline_double":
                made.append(Verbatim(re.sub(r"\s*\n\s*", " ", token.content).strip()))
            case "em_open" | "strong_open":
                style: Style = "emph" if token.type == "em_open" else "strong"
                inner = self._many(tokens, token.type.replace("open", "close"))
                made.append(StyledRun(style, tuple(inner)))
            case "s_open" | "s_close":
                pass
            case "link_open":
                self._link(token, tokens, made)
            case "image":
                self._image(token, made)
            case "footnote_ref":
                made.append(NoteRef(self._note(token)))
            case "citation":
                made.append(RawMarkup(token.markup))
                self.cited.append(token.markup)
            case "span":
                self._span(token, made)
            case "wiki":
                made.append(TextRun(token.content))
                self.signs.append(token.markup)
            case "raised":
                style = "sub" if token.markup[0] == "~" else "sup"
                made.append(StyledRun(style, (TextRun(re.sub(r"\\(.)", r"\1", token.content)),)))
            case "template":
                self.dropped.append((token.markup, "mark of a template"))
            case "html_inline":
                self._tag(token, tokens, made)
            case "ruby":
                made += [RubyRun(base, reading) for base, reading in token.meta["pairs"]]
                self.signs.append(token.content)
            case _:
                made.append(TextRun(token.content))

    def _seen(self, text: str) -> str:
        """``text`` without the characters that nobody sees."""
        hidden = "".join(HIDDEN.findall(text))
        if hidden:
            self.dropped.append((hidden, "character that cannot be seen"))
        return HIDDEN.sub("", text)

    def _link(self, token: Token, tokens: Iterator[Token], made: list[Inline]) -> None:
        address = str(token.attrGet("href") or "")
        self.signs.append(str(token.attrGet("title") or ""))
        inner = tuple(self._many(tokens, "link_close"))
        plain = "".join(one.text for one in inner if isinstance(one, TextRun))
        if plain and plain in (address, address.removeprefix("mailto:")):
            made.append(RawMarkup(f"<{plain}>"))
            self.signs.append(address if token.markup != "autolink" else "")
            return
        self.signs.append(address)
        if re.match(r"(?:https?|doi|mailto):", address) and inner:
            made.append(Hyperlink(inner, address.removeprefix("mailto:")))
        elif plain or inner:
            made += inner

    def _image(self, token: Token, made: list[Inline]) -> None:
        """A picture among words: its words stand for it."""
        path = str(token.attrGet("src") or "")
        self.signs.append(path + " " + str(token.attrGet("title") or ""))
        made += self.read(token.children or ())

    def _note(self, token: Token) -> str:
        label = token.meta.get("label")
        if label is not None:
            self.signs.append(str(label))
            return label_of(str(label))
        listed = self.learnt["footnotes"]["list"][token.meta["id"]]
        own = f"inline{token.meta['id'] + 1}"
        self.notes[own] = listed["tokens"]
        return own

    def _span(self, token: Token, made: list[Inline]) -> None:
        attributes = token.markup[len(token.content) + 2 :]
        if ruby := _RUBY.search(attributes):
            made.append(RubyRun(token.content, ruby["reading"]))
            self.signs.append(attributes)
        elif _OURS.search(attributes):
            made.append(RawMarkup(token.markup))
        else:
            made.append(TextRun(re.sub(r"\\(.)", r"\1", token.content)))
            self.signs.append(attributes)

    def _tag(self, token: Token, tokens: Iterator[Token], made: list[Inline]) -> None:
        found = _TAG.match(token.content)
        name = found["name"].lower() if found else ""
        if name == "br":
            made.append(LineEnd())
            self.signs.append(token.content)
        elif name in _STYLES and not token.content.startswith("</"):
            self.signs.append(token.content)
            inner = self._many(tokens, f"</{name}")
            made.append(StyledRun(_STYLES[name], tuple(inner)))
        else:
            self.dropped.append((token.content, "HTML tag" if name else "comment"))


def label_of(label: str) -> str:
    """A label of a note as docs/format.md has it."""
    return re.sub(r"[^\w.-]+", "-", label)


def _run_on(inlines: Sequence[Inline], last: list[str]) -> list[Inline]:
    """Line ends as spaces, but none beside a Chinese character. ``last``: the character before,
    which changes as the words go on."""
    made: list[Inline] = []
    for number, one in enumerate(inlines):
        match one:
            case TextRun(text="\n") if number + 1 < len(inlines) and _LISTED.match(
                    _first(inlines[number + 1], 8)):  # fmt: skip
                made.append(LineEnd())  # a list that CommonMark does not know
                last[0] = " "
            case TextRun(text="\n"):
                after = _first(inlines[number + 1]) if number + 1 < len(inlines) else ""
                if not (is_wide(last[0]) or (after and is_wide(after))):
                    made.append(TextRun(" "))
                    last[0] = " "
            case RawMarkup() if one.markup[0] == "@" and number + 1 < len(inlines) and (
                    _KEY_GOES_ON.match(_first(inlines[number + 1]))):  # fmt: skip
                made.append(TextRun(one.markup))  # what follows would be read as more of the key
            case TextRun():
                made.append(one)
                last[0] = one.text[-1:] or last[0]
            case StyledRun() | Hyperlink():
                made.append(replace(one, children=tuple(_run_on(one.children, last))))
            case RubyRun() | Verbatim() | LineEnd() | NoteRef() | RawMarkup():
                made.append(one)
                last[0] = _first(one)[-1:] or " "
            case _:
                assert_never(one)
    return made


def _first(one: Inline, most: int = 1) -> str:
    match one:
        case TextRun() | Verbatim():
            return one.text[:most]
        case StyledRun() | Hyperlink():
            return _first(one.children[0], most) if one.children else ""
        case RubyRun():
            return one.base[:1]
        case LineEnd() | NoteRef() | RawMarkup():
            return ""
    assert_never(one)


def _with_ruby(tokens: Sequence[Token]) -> list[Token]:
    """``tokens`` with each <ruby> … </ruby> as one of them."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "html_inline" and token.content.lower() == "<ruby>":
            end = next((n for n in range(at + 1, len(tokens)) if tokens[n].type == "html_inline"
                        and tokens[n].content.lower() == "</ruby>"), 0)  # fmt: skip
            raw = "".join(one.content for one in tokens[at : end + 1])
            found = _RUBY_TAGS.fullmatch(raw) if end else None
            pairs = [(one["base"], one["reading"]) for one in _PAIR.finditer(found["inside"])
                     ] if found else []  # fmt: skip
            if pairs:
                made.append(Token("ruby", "", 0, content=raw, meta={"pairs": pairs}))
                at = end + 1
                continue
        made.append(token)
        at += 1
    return made
