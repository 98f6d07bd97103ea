"""Inlines → TeX. Note marks and citations are numbered by their order in the box, so that the TeX
of a box does not depend on where else the edition changes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from edition.latex import sentences
from edition.latex.escape import escape
from edition.latex.faces import Faces, is_han
from edition.model import (
    Cite,
    Emph,
    FootnoteRef,
    Inline,
    Inlines,
    Lang,
    LineBreak,
    Mark,
    Milestone,
    Ruby,
    Strong,
    Styled,
    Text,
)

# Class of a span → command. Han has no slanted form: \EDitalic slants Latin letters only.
CLASSES = {"title": "EDitalic", "foreign": "EDitalic", "sc": "EDsmallcaps"}
_BY_LANG: dict[Lang, dict[str, str]] = {
    "zh": {"emph": "EDhei", "term": "EDterm"},
    "en": {"emph": "EDitalic", "term": "EDitalic"},
}


@dataclass(frozen=True, slots=True)
class _Open:
    tex: str


@dataclass(frozen=True, slots=True)
class _Close:
    tex: str


_Token: TypeAlias = str | _Open | _Close | Mark | Ruby | LineBreak | Milestone


@dataclass(slots=True, kw_only=True)
class Setting:
    """How the inlines of one box are set, and what was found in them on the way."""

    lang: Lang
    mark_width: Callable[[str], str]  # note → width of its mark, as TeX
    faces: Faces | None = None  # what sets characters that the font of the language lacks
    line_break: str = r"\hfil\break{}"
    count_sentences: bool = True
    marks: list[str] = field(default_factory=list)  # notes, in the order of their marks
    cites: list[str] = field(default_factory=list)  # reference keys, in order
    stones: list[Milestone] = field(default_factory=list)  # what the margin names, in order


def to_tex(inlines: Inlines, setting: Setting) -> str:
    """TeX of ``inlines``. Appends to ``setting.marks`` and ``setting.cites``."""
    tokens = list(_tokens(inlines, setting))
    tokens = _with_stones(tokens, setting)
    if setting.count_sentences:
        tokens = _with_sentences(tokens, setting.lang)
    if setting.lang == "zh":
        tokens = _tied(tokens)
    out: list[str] = []
    for index, token in enumerate(tokens):
        match token:
            case str():
                out.append(escape(token, setting.lang, setting.faces))
            case _Open() | _Close():
                out.append(token.tex)
            case LineBreak():
                out.append(setting.line_break)
            case Mark():
                setting.marks.append(token.note)
                width = setting.mark_width(token.note)
                mark = rf"\EDmark{{{len(setting.marks)}}}{{{width}}}"
                out.append(mark + _after_box(_next_character(tokens, index), setting.lang))
            case Ruby():
                out.append(_ruby(tokens, index, token, setting))
    return "".join(out)


def _ruby(tokens: list[_Token], index: int, ruby: Ruby, setting: Setting) -> str:
    base = escape(ruby.base, setting.lang, setting.faces)
    reading = escape(ruby.reading, "en", setting.faces)
    before = _previous_character(tokens, index)
    glue = r"\CJKglue{}" if before and _is_ideograph(before) else ""
    after = _next_character(tokens, index)
    mark_follows = index + 1 < len(tokens) and isinstance(tokens[index + 1], Mark)
    follow = "" if mark_follows else _after_box(after, setting.lang)
    return rf"{glue}\EDruby{{{base}}}{{{reading}}}{follow}"


def _tokens(inlines: Inlines, setting: Setting) -> Iterator[_Token]:
    for one in inlines:
        match one:
            case Text():
                if one.text:
                    yield one.text
            case Mark() | Ruby() | LineBreak() | Milestone():
                yield one
            case Emph() | Strong() | Styled():
                command = _command(one, setting)
                yield _Open(f"\\{command}{{" if command else "{")
                yield from _tokens(one.children, setting)
                yield _Close("}")
            case Cite():  # book assembly has turned those that it could resolve into text
                yield (
                    "["
                    + "; ".join(
                        " ".join(part for part in (item.prefix, item.key, item.locator) if part)
                        for item in one.items
                    )
                    + "]"
                )
            case FootnoteRef():
                yield f"[{one.label}]"


def _with_stones(tokens: list[_Token], setting: Setting) -> list[_Token]:
    """The tokens with a point for each milestone, which prints nothing where it stands: a line may
    end before it where it may between its neighbours."""
    out: list[_Token] = []
    for index, token in enumerate(tokens):
        if not isinstance(token, Milestone):
            out.append(token)
            continue
        setting.stones.append(token)
        before, after = _previous_character(tokens, index), _next_character(tokens, index)
        glue = _after_box(after, setting.lang) if before and _is_ideograph(before) else ""
        out.append(_Close(rf"{glue}\EDstone{{{len(setting.stones)}}}"))
    return out


def _command(one: Inline, setting: Setting) -> str:
    names = _BY_LANG[setting.lang]
    match one:
        case Emph():
            return names["emph"]
        case Strong():
            return "EDbold"
        case Styled() if "cite" in one.classes:
            setting.cites.append(dict(one.attrs).get("key", ""))
            return f"EDcite{{{len(setting.cites)}}}"
        case Styled():
            for name in one.classes:
                if name in names or name in CLASSES:
                    return names.get(name) or CLASSES[name]
    return ""


def _with_sentences(tokens: list[_Token], lang: Lang) -> list[_Token]:
    """The tokens with an end of sentence after each, behind the marks that stand there."""
    ends = sentences.ends("".join(one for one in tokens if isinstance(one, str)), lang)
    out: list[_Token] = []
    at = count = 0
    due = False
    for token in tokens:
        if not isinstance(token, str):
            out.append(token)
            continue
        start = 0
        if due:
            out.append(_Close(rf"\EDsentence{{{count}}}"))
            due = False
        while count < len(ends) and ends[count] <= at + len(token):
            cut = ends[count] - at
            out.append(token[start:cut])
            start = cut
            count += 1
            if cut < len(token):
                out.append(_Close(rf"\EDsentence{{{count}}}"))
            else:
                due = True
        if start < len(token):
            out.append(token[start:])
        at += len(token)
    if due:
        out.append(_Close(rf"\EDsentence{{{count}}}"))
    return out


def _tied(tokens: list[_Token]) -> list[_Token]:
    """The tokens with the last two characters bound to each other: one alone makes no line."""
    for index in reversed(range(len(tokens))):
        token = tokens[index]
        if isinstance(token, Ruby | LineBreak):
            break
        if not isinstance(token, str):
            continue
        for at in reversed(range(len(token))):
            if _is_ideograph(token[at]):
                if not at or not _is_ideograph(token[at - 1]):
                    return tokens
                parts: list[_Token] = [token[:at], _Close(r"\nobreak\CJKglue{}"), token[at:]]
                return [*tokens[:index], *parts, *tokens[index + 1 :]]
            if token[at].isalnum():
                return tokens
    return tokens


def _next_character(tokens: list[_Token], index: int) -> str:
    for token in tokens[index + 1 :]:
        if isinstance(token, str) and token:
            return token[0]
        if isinstance(token, Ruby):
            return token.base[:1]
        if isinstance(token, Mark | LineBreak):
            return ""
    return ""


def _previous_character(tokens: list[_Token], index: int) -> str:
    for token in reversed(tokens[:index]):
        if isinstance(token, str) and token:
            return token[-1]
        if not isinstance(token, _Open | _Close):
            return ""
    return ""


def _is_ideograph(character: str) -> bool:
    return is_han(character) and unicodedata.category(character) in {"Lo", "No", "So", "Nl"}


def _after_box(character: str, lang: Lang) -> str:
    """What xeCJK would have put between two characters, had no box come between them: a closing
    mark never begins a line, and a line may be broken and stretched before an ideograph."""
    if not character or character.isspace():
        return ""
    category = unicodedata.category(character)
    closing = category in {"Pe", "Pf"} or character in "，。、；：！？…—·～％‰,.;:!?%"
    if closing:
        return r"\nobreak{}"
    if is_han(character):
        return r"\CJKglue{}"
    return r"\CJKecglue{}" if lang == "zh" and character.isalnum() else ""
