"""Inlines → TeX. Note marks and citations are numbered by their order in the box, so that the TeX
of a box does not depend on where else the edition changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, assert_never

from edition.latex import breaks, sentences
from edition.latex.escape import escape
from edition.latex.faces import Faces
from edition.latex.joints import GLUE, NO, after_box, is_ideograph, jointed
from edition.latex.tokens import (
    Alone,
    Boxed,
    Close,
    Glue,
    MarginPoint,
    Open,
    PartingClose,
    PartingOpen,
    Spot,
    Token,
    WordBox,
    next_character,
    previous_character,
)
from edition.latex.turning import Turned, turned
from edition.latex.underlining import NameLine, Setters, lined
from edition.layout.boxes import HEADWORD
from edition.layout.quoted import WHOLE
from edition.model import (
    UNDERLINED,
    BlockStart,
    Cite,
    Container,
    Emph,
    FootnoteRef,
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
_JOIN = "\u2060"  # no line ends there
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_NAME = re.compile(f"(?<!{_HAN}){_HAN}{{2,3}}(?!{_HAN})")
# what TeX Gyre Cursor, in which code is set, lacks of the letters and signs that text faces have
_LACKING = re.compile(
    "((?:(?![℃ℓ№™Ω←↑→↓∂∑−√∞≈≠≤≥])"
    "[\u0250-\u02b8\u0370-\u0390\u03ca-\u052f\u1f00-\u1fff\u2047-\u209f\u2100-\u2bff]"
    "[\u0300-\u036f]*)+)"
)
_OUTSIDE = "".join(breaks.OPENING | breaks.CLOSING | breaks.POINTS)
CLASSES = {
    "title": "EDitalic", "foreign": "EDitalic", "sc": "EDsmallcaps", "code": "EDcode",
    WHOLE: "EDsolid", "sub": "EDsub", "sup": "EDraised", "raised": "EDraised",
    HEADWORD: "EDheadword",
}  # fmt: skip
# Where a span leads, for its link: the entry of a reference, an address of the net, or another
# box of the book.
Goal: TypeAlias = tuple[Literal["cite", "link", "ref"], str]
_BY_LANG: dict[Lang, dict[str, str]] = {
    "zh": {"emph": "EDhei", "term": "EDterm"},
    "en": {"emph": "EDitalic", "term": "EDitalic"},
}


@dataclass(slots=True, kw_only=True)
class Setting:
    """How the inlines of one box are set, and what was found in them on the way."""

    lang: Lang
    mark_width: Callable[[str], str]  # note → width of its mark, as TeX
    faces: Faces | None = None  # what sets characters that the font of the language lacks
    line_break: str = r"\hfil\break{}"
    count_sentences: bool = True
    block: str = ""  # kind of the block of a note that is being set
    marks: list[str] = field(default_factory=list)  # notes, in the order of their marks
    cites: list[Goal] = field(default_factory=list)  # what citations and links lead to, in order
    stones: list[Milestone] = field(default_factory=list)  # what the margin names, in order


def to_tex(inlines: Inlines, setting: Setting) -> str:
    """TeX of ``inlines``. Appends to ``setting.marks`` and ``setting.cites``."""
    tokens = list(_tokens(inlines, setting))
    tokens = _with_stones(tokens, setting)
    if setting.count_sentences:
        tokens = _with_sentences(tokens, setting.lang)
    if setting.lang == "zh":
        tokens = _gapped(_tied(tokens))
    tokens = turned(jointed(tokens, setting.lang))
    out: list[str] = []
    for index, token in enumerate(tokens):
        match token:
            case str():
                among = isinstance(token, Turned)
                out.append(escape(token, setting.lang, setting.faces, turned=among))
            case Boxed():
                out.append(_boxed(token.text, setting))
            case Alone():
                out.append(after_box(token.tex, next_character(tokens, index), setting.lang))
            case Spot():
                setting.marks.append(token.note)
                out.append(rf"{token.tex}\EDspot{{{len(setting.marks)}}}")
            case Open() | Close():
                out.append(token.tex)
            case WordBox():
                out.append(_cell(tokens, index, token, setting))
            case LineBreak():
                out.append(setting.line_break)
            case Mark():
                setting.marks.append(token.note)
                width = setting.mark_width(token.note)
                mark = rf"\EDmark{{{len(setting.marks)}}}{{{width}}}"
                before, after = previous_character(tokens, index), next_character(tokens, index)
                out.append(mark + after_box(before, after, setting.lang))
            case Ruby():
                out.append(_ruby(tokens, index, token, setting))
            case Milestone():
                pass  # each is a point in the margin by now
            case _:
                assert_never(token)
    return "".join(out)


def _boxed(text: str, setting: Setting) -> str:
    if text == "——":
        return r"\EDdash{}"
    if text in breaks.INTERPUNCTS:
        return rf"\EDhandot{{{text}}}"
    return rf"\EDlong{{{escape(text, setting.lang, setting.faces)}}}"


def _cell(tokens: list[Token], index: int, cell: WordBox, setting: Setting) -> str:
    """A box of a name, with what parts it from what stands beside the name."""
    before, after = previous_character(tokens, index), next_character(tokens, index)
    joint = ""
    if cell.first and is_ideograph(before or " "):
        joint = r"\CJKecglue{}" if _is_latin(cell.text[0]) else r"\CJKglue{}"
    follow = after_box(cell.text[-1], after, setting.lang) if cell.last else ""
    if cell.last and _is_latin(cell.text[-1]) and is_ideograph(after or " "):
        follow = r"\CJKecglue{}"
    return joint + cell.tex + follow


def _syllables_tex(ruby: Ruby, setting: Setting) -> list[tuple[str, str]]:
    """Characters, and each with its reading as TeX."""
    return [
        (base, rf"\EDruby{{{escape(base, setting.lang, setting.faces)}}}"
               rf"{{{escape(reading, 'en', setting.faces)}}}")
        for base, reading in _syllables(ruby)
    ]  # fmt: skip


def _ruby(tokens: list[Token], index: int, ruby: Ruby, setting: Setting) -> str:
    set_ruby = GLUE.join(tex for _, tex in _syllables_tex(ruby, setting))
    before = previous_character(tokens, index)
    glue = r"\CJKglue{}" if before and is_ideograph(before) else ""
    after = next_character(tokens, index)
    mark_follows = index + 1 < len(tokens) and isinstance(tokens[index + 1], Mark)
    follow = "" if mark_follows else after_box(ruby.base[-1:], after, setting.lang)
    return glue + set_ruby + follow


def _syllables(ruby: Ruby) -> list[tuple[str, str]]:
    """Characters with their readings: one by one where there are as many, so that each syllable
    stands above its character and a line may end between two; else all in one."""
    parts = ruby.reading.split()
    if len(parts) == len(ruby.base) and all(map(is_ideograph, ruby.base)):
        return list(zip(ruby.base, parts, strict=True))
    return [(ruby.base, ruby.reading)]


def _tokens(inlines: Inlines, setting: Setting) -> Iterator[Token]:
    for one in inlines:
        match one:
            case Text():
                if one.text:
                    yield _whole(one.text) if setting.lang == "en" else one.text
            case LineBreak() if setting.block == "verse":
                yield Close(r"\EDverseline{}")
            case Mark() | Ruby() | LineBreak() | Milestone():
                yield one
            case BlockStart():
                setting.block = one.kind
                yield Close(_block(one, setting))
            case Styled() if UNDERLINED in one.classes:
                yield from _underlined(one, setting)
            case Emph() | Strong() | Styled():
                yield from _contained(one, setting)
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
            case _:
                assert_never(one)


def _contained(one: Container, setting: Setting) -> Iterator[Token]:
    """What a span holds, in its command."""
    if (goal := _goal(one, setting.lang)) is not None:
        setting.cites.append(goal)
        command = f"EDcite{{{len(setting.cites)}}}"
        # 2022：35: a locator stays with its colon
        inner = [token.replace("：", f"：{_JOIN}") if isinstance(token, str) else token
                 for token in _tokens(one.children, setting)]  # fmt: skip
        yield from _cited(command, inner)
        return
    command = _command(one, setting.lang)
    inner = list(_tokens(one.children, setting))
    if command == "EDcode":
        yield from _coded(inner)
        return
    if command == "EDsolid":  # nor after its hyphens
        inner = [part for token in inner for part in _at_hyphens(token)]
    yield Open(f"\\{command}{{" if command else "{")
    yield from inner
    yield Close("}")


def _coded(inner: Sequence[Token]) -> Iterator[Token]:
    """Code; signs that the face of code lacks are set in that of the text."""
    for token in inner:
        for part in _LACKING.split(token) if isinstance(token, str) else (token,):
            if isinstance(part, str) and _LACKING.fullmatch(part):
                yield part
            elif part:
                yield from (PartingOpen("\\EDcode{"), part, PartingClose("}"))


def _at_hyphens(token: Token) -> Iterator[Token]:
    """A token, each hyphen of a text as a box, behind which no line ends."""
    if not isinstance(token, str):
        yield token
        return
    for part in re.split("(-)", token):
        if part:
            yield Boxed(part) if part == "-" else part


def _underlined(part: Styled, setting: Setting) -> list[Token]:
    """A part of a name with its line."""
    said = dict(part.attrs)
    setters = Setters(
        text=lambda text: escape(text, setting.lang, setting.faces),
        syllables=lambda ruby: _syllables_tex(ruby, setting),
        mark_width=setting.mark_width,
    )
    line = NameLine(said["line"], said["before"], said["ends"] == "yes", "noted" in said)
    return lined(list(_tokens(part.children, setting)), line, setters)


def _block(start: BlockStart, setting: Setting) -> str:
    match start.kind:
        case "para":
            return r"\EDnotepar{}"
        case "item":
            label = escape(start.label, setting.lang, setting.faces)
            return rf"\EDnoteitem{{{start.level}}}{{{label}}}"
        case "quote":
            return r"\EDnotequote{}"
        case "verse":
            return r"\EDnoteverse{}"
    assert_never(start.kind)


def _whole(text: str) -> str:
    """English with Chinese names of two or three characters that no line divides."""
    return _NAME.sub(lambda name: _JOIN.join(name[0]), text)


def _with_stones(tokens: list[Token], setting: Setting) -> list[Token]:
    """The tokens with a point for each milestone, and for each note that has no mark, which print
    nothing where they stand: a line may end before them where it may between their neighbours."""
    out: list[Token] = []
    for index, token in enumerate(tokens):
        spot = isinstance(token, Mark) and not setting.mark_width(token.note)
        if not isinstance(token, Milestone) and not spot:
            out.append(token)
            continue
        before, after = previous_character(tokens, index), next_character(tokens, index)
        glue = after_box(before, after, setting.lang) if before and is_ideograph(before) else ""
        if isinstance(token, Mark):
            out.append(Spot(glue, token.note))
        elif isinstance(token, Milestone):
            setting.stones.append(token)
            out.append(MarginPoint(rf"{glue}\EDstone{{{len(setting.stones)}}}"))
    return out


def _cited(command: str, inner: list[Token]) -> Iterator[Token]:
    """A citation and the points at its ends. Marks there stand outside: a point between two marks
    would part them."""
    first, last = (inner[0], inner[-1]) if inner else ("", "")
    head = tail = ""
    if isinstance(first, str):
        head = first[: len(first) - len(first.lstrip(_OUTSIDE))]
        inner[0] = first[len(head) :]
    if isinstance(last, str):
        last = inner[-1] if isinstance(inner[-1], str) else ""
        tail = last[len(last.rstrip(_OUTSIDE)) :]
        inner[-1] = last[: len(last) - len(tail)]
    yield from filter(None, (head, PartingOpen(f"\\{command}{{"), *inner, PartingClose("}"), tail))


# Between two empty boxes, or xeCJK takes the glue away again.
_GAP = r"\hbox{}\CJKecglue{}\hbox{}"


def _gapped(tokens: list[Token]) -> list[Token]:
    """The tokens with the gap between Han and Latin where a command keeps xeCJK from setting it."""
    out: list[Token] = []
    for index, token in enumerate(tokens):
        if not isinstance(token, PartingOpen | PartingClose):
            out.append(token)
            continue
        sides = previous_character(tokens, index), next_character(tokens, index)
        meets = all(sides) and any(map(is_ideograph, sides)) and any(map(_is_latin, sides))
        gap: list[Token] = [Close(_GAP)] if meets else []
        out += [token, *gap] if isinstance(token, PartingClose) else [*gap, token]
    return out


def _is_latin(character: str) -> bool:
    return character.isalnum() and not is_ideograph(character) and ord(character) < 0x2E80


def _goal(one: Container, lang: Lang) -> Goal | None:
    """Where a span leads; None where it leads nowhere."""
    if not isinstance(one, Styled):
        return None
    attrs = dict(one.attrs)
    if "cite" in one.classes:
        return "cite", attrs.get("key", "")
    if "ref" in one.classes:
        return "ref", f"{attrs.get('to', '')}/{lang}"
    if "link" in one.classes:
        return "link", attrs.get("href", "")
    return None


def _command(one: Container, lang: Lang) -> str:
    names = _BY_LANG[lang]
    match one:
        case Emph():
            return names["emph"]
        case Strong():
            return "EDbold"
        case Styled():
            known = (names.get(name) or CLASSES.get(name) for name in one.classes)
            return next(filter(None, known), "")
    assert_never(one)


def _with_sentences(tokens: list[Token], lang: Lang) -> list[Token]:
    """The tokens with an end of sentence after each: in English behind the note marks that stand
    there, in Chinese before the marks that close it, as nothing may stand between two marks."""
    text = "".join(one for one in tokens if isinstance(one, str))
    ends = sentences.ends(text, lang)
    tex = r"\EDsentence{%d}"
    if lang == "zh":
        ends = tuple(_before_marks(text, end) for end in ends)
        tex += NO
    out: list[Token] = []
    at = count = 0
    due = False
    for token in tokens:
        if not isinstance(token, str):
            out.append(token)
            continue
        start = 0
        if due:
            out.append(Close(tex % count))
            due = False
        while count < len(ends) and ends[count] <= at + len(token):
            cut = ends[count] - at
            out.append(token[start:cut])
            start = cut
            count += 1
            if cut < len(token):
                out.append(Close(tex % count))
            else:
                due = True
        if start < len(token):
            out.append(token[start:])
        at += len(token)
    if due:
        out.append(Close(tex % count))
    return out


def _before_marks(text: str, end: int) -> int:
    """Where the marks begin that close a sentence: no line begins with them. A space before one
    goes."""
    last = end
    while end and (text[end - 1] in breaks.NO_START or (text[end - 1] == " " and end < last)):
        end -= 1
    return end


def _tied(tokens: list[Token]) -> list[Token]:
    """The tokens with the last two characters bound to each other: one alone makes no line."""
    for index in reversed(range(len(tokens))):
        token = tokens[index]
        if isinstance(token, Ruby | LineBreak | WordBox):
            break
        if not isinstance(token, str):
            continue
        for at in reversed(range(len(token))):
            if is_ideograph(token[at]):
                if not at:
                    return _tied_name(tokens, index)
                if not is_ideograph(token[at - 1]):
                    return tokens
                parts: list[Token] = [token[:at], Close(r"\nobreak\CJKglue{}"), token[at:]]
                return [*tokens[:index], *parts, *tokens[index + 1 :]]
            if token[at].isalnum():
                return tokens
    return tokens


def _tied_name(tokens: list[Token], index: int) -> list[Token]:
    """The same where the last character stands in a name, or is one."""
    for at in reversed(range(index)):
        token = tokens[at]
        if isinstance(token, Glue):
            return [*tokens[:at], Close(r"\nobreak{}"), *tokens[at:]]
        if isinstance(token, str) and at == index - 1 and is_ideograph(token[-1]):
            return [*tokens[:index], Close(r"\nobreak\CJKglue{}"), *tokens[index:]]
        if not isinstance(token, Close):
            break
    return tokens
