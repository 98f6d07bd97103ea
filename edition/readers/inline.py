"""Inline markup, with the exact place of everything.

The subset is ours (docs/format.md) and so is the scanner: no Markdown library keeps columns. It
is linear: brackets and emphasis are paired in one pass before anything is built.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field
from typing import assert_never

from edition.diagnostics import Code, Diagnostic
from edition.model import (
    Cite,
    CiteItem,
    Emph,
    FootnoteRef,
    Inline,
    Inlines,
    LineBreak,
    Milestone,
    MilestoneKind,
    Ruby,
    Strong,
    Styled,
    Text,
)
from edition.readers import attributes
from edition.readers.codes import (
    TXT004,
    TXT005,
    TXT006,
    TXT007,
    TXT008,
    TXT009,
    TXT011,
    TXT016,
    TXT026,
)
from edition.readers.passage import Passage
from edition.readers.signs import Sign, href, signs, target

DEPTH = 16  # nesting; a text has two or three levels

_HTML = re.compile(r"<(?:/?[A-Za-z][^<>]*>|!--(?:[^<>]*>)?|\?[^<>]*>)")
_KEY = r"[A-Za-z0-9][\w:.+/-]*[A-Za-z0-9]|[A-Za-z0-9]"
# Ideographic Description Sequences begin with an operator (U+2FF0 … U+2FFF, U+31EF)
_IDS = re.compile('[\u2ff0-\u2fff\u31ef][^\\s{}"]+')
_ITEM = re.compile(
    rf"\s*(?P<prefix>[^@;]*?)(?P<minus>-?)@(?P<key>{_KEY})\s*(?:[,，]\s*(?P<locator>.*?))?\s*$",
    re.DOTALL,
)
_NARRATIVE = re.compile(rf"@(?P<key>{_KEY})(?: ?\[(?P<locator>[^\[\]@]*)\])?")
_FOOTNOTE = re.compile(r"\[\^([^\s\[\]^]+)\]")
_CITES = re.compile(r"\s*-?@[A-Za-z0-9]|.{0,60}?(?:[\s-]|[^\x00-\x7f])@[A-Za-z0-9]", re.DOTALL)
_SPECIAL = frozenset("\\*[@<\n]")
_SHOWN = 40  # characters of a text that a message quotes


@dataclass(slots=True)
class _Scan:
    passage: Passage
    found: list[Diagnostic] = field(default_factory=list)
    closing: dict[int, int] = field(default_factory=dict)  # "[" → its "]"
    partner: dict[int, int] = field(default_factory=dict)  # opening run of * → closing run
    signs: dict[int, Sign] = field(default_factory=dict)  # by their places

    def say(self, code: Code, start: int, end: int, fact: str, hint: str = "") -> None:
        span = self.passage.span(start, end)
        self.found.append(Diagnostic(code=code, span=span, fact=fact, hint=hint))


def read(passage: Passage) -> tuple[Inlines, list[Diagnostic]]:
    """Inlines of a passage, best effort, and what is wrong with it. Never raises."""
    scan = _Scan(passage)
    scan.signs = {one.start: one for one in signs(passage.text)}
    _pair(scan)
    return _build(scan, 0, len(passage.text), 0), scan.found


def _pair(scan: _Scan) -> None:
    """Pair brackets, and runs of asterisks of equal length on one level of brackets."""
    text, at = scan.passage.text, 0
    brackets: list[int] = []
    runs: list[list[tuple[int, int]]] = [[]]  # (length, place) still open, by level of brackets
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 2
            continue
        if (sign := scan.signs.get(at)) and sign.kind != "remark":
            at = sign.end
            continue
        if char == "[":
            brackets.append(at)
            runs.append([])
        elif char == "]" and brackets:
            scan.closing[brackets.pop()] = at
            _unclosed(scan, runs.pop())
            if text.startswith("{", at + 1):  # attributes are no text
                at = max(at, text.find("}", at))
            elif aim := target(text, at + 1):  # nor are addresses
                at = aim.end
                continue
        elif char == "*":
            length = len(text[at : at + 3]) - len(text[at : at + 3].lstrip("*"))
            _pair_run(scan, runs[-1], length, at)
            at += length
            continue
        at += 1
    for level in runs:
        _unclosed(scan, level)


def _pair_run(scan: _Scan, level: list[tuple[int, int]], length: int, at: int) -> None:
    """Close the open run of this length, and with it what was opened later and is still open."""
    place = next((n for n, (open_, _) in enumerate(level) if open_ == length), None)
    if place is None:
        level.append((length, at))
        return
    scan.partner[level[place][1]] = at
    _unclosed(scan, level[place + 1 :])
    del level[place:]


def _unclosed(scan: _Scan, runs: list[tuple[int, int]]) -> None:
    for length, at in runs:
        scan.say(
            TXT007,
            at,
            at + length,
            f"“{'*' * length}” opens an emphasis that nothing closes",
            "close it, or write \\* for an asterisk",
        )


def _build(scan: _Scan, start: int, end: int, depth: int) -> Inlines:
    out: list[Inline] = []
    text, at, begun = scan.passage.text, start, start

    def flush(upto: int) -> None:
        _texts(scan.passage, begun, upto, out)

    while at < end:
        sign = scan.signs.get(at)
        if text[at] not in _SPECIAL and sign is None:
            at += 1
            continue
        made, after = _signed(scan, sign) if sign else _special(scan, at, end, depth)
        if made is None:
            at = after
            continue
        flush(at)
        out.extend(made)
        begun = at = after
    flush(end)
    return tuple(out)


def _texts(passage: Passage, start: int, end: int, out: list[Inline]) -> None:
    """Plain text, split where the source is not contiguous, so that every piece is its span."""
    at = start
    while at < end:
        stop = at + 1
        while stop < end and passage.offsets[stop] == passage.offsets[stop - 1] + 1:
            stop += 1
        out.append(Text(passage.text[at:stop], passage.span(at, stop)))
        at = stop


def _special(scan: _Scan, at: int, end: int, depth: int) -> tuple[list[Inline] | None, int]:
    """What starts at ``at``: (inlines, index after), or (None, index to go on as text)."""
    text = scan.passage.text
    match text[at]:
        case "\\":
            return _backslash(scan, at, end)
        case "\n":
            return [LineBreak(scan.passage.span(at, at + 1))], at + 1
        case "*":
            return _emphasis(scan, at, depth)
        case "[":
            return _bracket(scan, at, depth)
        case "@":
            return _narrative(scan, at, end)
        case "<":
            if tag := _HTML.match(text, at, end):
                scan.say(
                    TXT005,
                    at,
                    tag.end(),
                    f"“{tag[0][:40]}” is HTML",
                    "use the markup of docs/format.md, or write \\< for the sign",
                )
    return None, at + 1


def _backslash(scan: _Scan, at: int, end: int) -> tuple[list[Inline] | None, int]:
    text = scan.passage.text
    after = text[at + 1] if at + 1 < end else ""
    if after == "\n":
        return [LineBreak(scan.passage.span(at, at + 2))], at + 2
    if after and after in string.punctuation:
        return [Text(after, scan.passage.span(at, at + 2))], at + 2
    name = re.compile(r"\\[A-Za-z@]+\*?").match(text, at, end)
    shown = name[0] if name else "\\"
    scan.say(
        TXT004,
        at,
        at + len(shown),
        f"“{shown}” is TeX, which a text must not hold",
        "write \\\\ for a backslash that prints",
    )
    return None, at + len(shown)


def _emphasis(scan: _Scan, at: int, depth: int) -> tuple[list[Inline] | None, int]:
    text = scan.passage.text
    length = len(text[at : at + 3]) - len(text[at : at + 3].lstrip("*"))
    close = scan.partner.get(at)
    if close is None:
        return None, at + length
    if depth >= DEPTH:
        _too_deep(scan, at)
        return None, close + length
    inside = _build(scan, at + length, close, depth + 1)
    span = scan.passage.span(at, close + length)
    if length == 1:
        return [Emph(inside, span)], close + length
    strong = Strong(inside, span)
    return [strong if length == 2 else Emph((strong,), span)], close + length


def _too_deep(scan: _Scan, at: int) -> None:
    scan.say(TXT016, at, at + 1, f"markup is nested more than {DEPTH} deep")


def _bracket(scan: _Scan, at: int, depth: int) -> tuple[list[Inline] | None, int]:
    text, close = scan.passage.text, scan.closing.get(at)
    if close is None:
        return None, at + 1
    if note := _FOOTNOTE.match(text, at):
        return [FootnoteRef(note[1], scan.passage.span(at, note.end()))], note.end()
    inside = text[at + 1 : close]
    following = text[close + 1 : close + 2]
    if _CITES.match(inside) and (following != "{" or inside.lstrip(" -").startswith("@")):
        if following == "{":
            scan.say(TXT008, close + 1, close + 2, "a citation has no attributes", "delete them")
        return _citation(scan, at, close)
    if following == "(":
        return _link(scan, at, close, depth)
    if following != "{":
        return None, at + 1
    brace = text.find("}", close)
    if brace < 0:
        scan.say(TXT006, close + 1, close + 2, "the attributes are not closed", "add }")
        return None, at + 1
    if depth >= DEPTH:
        _too_deep(scan, at)
        return None, brace + 1
    read_attributes, found = attributes.read(
        scan.passage.cut(close + 2, brace), attributes.SPAN_CLASSES, attributes.SPAN_KEYS
    )
    scan.found += found
    span = scan.passage.span(at, brace + 1)
    if reading := read_attributes.get("ruby"):
        if not inside.strip() or _SPECIAL & set(inside):
            scan.say(TXT006, at, close + 1, f"“{inside[:_SHOWN]}” cannot have a reading",
                     "a reading stands above plain text")  # fmt: skip
        return [Ruby(inside, reading, span)], brace + 1
    if (described := read_attributes.get("ids")) and not _IDS.fullmatch(described):
        scan.say(TXT009, at, brace + 1, f"“{described[:_SHOWN]}” describes no character",
                 'write its parts in their order: ids="⿰火良"')  # fmt: skip
    kind = next((one for one in attributes.MILESTONES if one in read_attributes.classes), None)
    if kind or read_attributes.get("n"):
        return _milestone(scan, (at, close, brace), kind, read_attributes.get("n"))
    children = _build(scan, at + 1, close, depth + 1)
    return [Styled(children, read_attributes.classes, read_attributes.keys, span)], brace + 1


def _milestone(
    scan: _Scan, place: tuple[int, int, int], kind: MilestoneKind | None, name: str
) -> tuple[list[Inline] | None, int]:
    """``[]{.page n="421a"}``: nothing in the line, a name in the margin."""
    at, close, brace = place
    text = scan.passage.text
    if text[at + 1 : close].strip() or not kind or not name.strip():
        fact = f"“{text[at : brace + 1][:_SHOWN]}” names no place for the margin"
        scan.say(TXT009, at, brace + 1, fact, 'write []{.page n="421a"}, .verse or .ref')
        return [], brace + 1
    after = brace + 1
    if (not at or text[at - 1].isspace()) and text[after : after + 1] == " ":
        after += 1  # of the spaces on both sides one is printed
    return [Milestone(kind, name.strip(), scan.passage.span(at, brace + 1))], after


def _link(scan: _Scan, at: int, close: int, depth: int) -> tuple[list[Inline] | None, int]:
    text = scan.passage.text
    aim = target(text, close + 1)
    if at and text[at - 1] == "!":
        scan.say(TXT006, at, close + 1, "a picture stands on a line of its own",
                 "put ![caption](picture.png) between blank lines")  # fmt: skip
        return None, at + 1
    goal = href(aim.address) if aim else ""
    if aim is None or not goal:
        shown = aim.address[:_SHOWN] if aim else ""
        scan.say(TXT006, at, close + 2, f"“{shown}” is no address that a link could lead to",
                 "write [text](https://…), or \\( for a parenthesis")  # fmt: skip
        return None, at + 1
    if depth >= DEPTH:
        _too_deep(scan, at)
        return None, aim.end
    children = _build(scan, at + 1, close, depth + 1)
    span = scan.passage.span(at, aim.end)
    children = children or (Text(aim.address, span),)
    return [Styled(children, ("link",), (("href", goal),), span)], aim.end


def _signed(scan: _Scan, sign: Sign) -> tuple[list[Inline] | None, int]:
    """The inline that a sign makes, or (None, index to go on as text) and what is wrong."""
    passage = scan.passage
    shown = passage.text[sign.start : sign.end][:_SHOWN]
    match sign.kind:
        case "code" | "sub" | "sup":
            children: list[Inline] = []
            _texts(passage, sign.first, sign.last, children)
            span = passage.span(sign.start, sign.end)
            return [Styled(tuple(children), (sign.kind,), (), span)], sign.end
        case "address":
            address = passage.text[sign.first : sign.last]
            children = []
            _texts(passage, sign.first, sign.last, children)
            attrs = (("href", href(address)),)
            span = passage.span(sign.start, sign.end)
            return [Styled(tuple(children), ("link", "lock"), attrs, span)], sign.end
        case "formula":
            scan.say(TXT006, sign.start, sign.end, f"“{shown}” is a formula, which a text cannot "
                     "hold", "write it with *…*, ~…~ and ^…^, or \\$ for a dollar")  # fmt: skip
            return None, sign.end
        case "entity":
            scan.say(TXT005, sign.start, sign.end, f"“{shown}” is HTML",
                     "write the character itself, or \\& for the sign")  # fmt: skip
            return None, sign.end
        case "remark":
            scan.say(TXT026, sign.start, sign.end, f"“{shown}” prints with its signs, which other "
                     "formats read as markup", sign.hint)  # fmt: skip
            return None, sign.start + 1
        case _:
            assert_never(sign.kind)


def _citation(scan: _Scan, at: int, close: int) -> tuple[list[Inline] | None, int]:
    items: list[CiteItem] = []
    start = at + 1
    for part in re.split(r"[;；]", scan.passage.text[at + 1 : close]):
        span = scan.passage.span(start, start + len(part))
        start += len(part) + 1
        match = _ITEM.match(part)
        if not match:
            scan.found.append(
                Diagnostic(
                    code=TXT011,
                    span=span,
                    fact=f"“{part.strip()[:_SHOWN]}” is not a citation",
                    hint="write [@key, locator; @key, locator]",
                )
            )
            continue
        items.append(
            CiteItem(
                match["key"],
                (match["locator"] or "").strip(),
                match["prefix"].strip(),
                match["minus"] == "-",
                span,
            )
        )
    return [Cite(tuple(items), False, scan.passage.span(at, close + 1))], close + 1


def _narrative(scan: _Scan, at: int, end: int) -> tuple[list[Inline] | None, int]:
    text = scan.passage.text
    match = _NARRATIVE.match(text, at, end)
    before = text[at - 1] if at else " "
    if not match or (before.isascii() and (before.isalnum() or before in "._-")):
        return None, at + 1  # an e-mail address, or a bare sign
    span = scan.passage.span(at, match.end())
    item = CiteItem(match["key"], (match["locator"] or "").strip(), "", False, span)
    return [Cite((item,), True, span)], match.end()
