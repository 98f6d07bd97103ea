"""Inline markup, with the exact place of everything.

The subset is ours (docs/format.md) and so is the scanner: no Markdown library keeps columns. It
is linear: brackets and emphasis are paired in one pass before anything is built.
"""

from __future__ import annotations

import re

from edition.diagnostics import Diagnostic
from edition.model import Emph, FootnoteRef, Inline, Inlines, LineBreak, Ruby, Strong, Styled, Text
from edition.readers import attributes
from edition.readers.codes import TXT005, TXT006, TXT007, TXT008, TXT009
from edition.readers.leaves import backslash, citation, milestone, narrative, signed
from edition.readers.passage import Passage
from edition.readers.scan import DEPTH, SHOWN, Scan, texts, too_deep
from edition.readers.signs import href, signs, target

_HTML = re.compile(r"<(?:/?[A-Za-z][^<>]*>|!--(?:[^<>]*>)?|\?[^<>]*>)")
# Ideographic Description Sequences begin with an operator (U+2FF0 … U+2FFF, U+31EF)
_IDS = re.compile('[\u2ff0-\u2fff\u31ef][^\\s{}"]+|U\\+[0-9A-F]{4,6}')
_SEGMENT = re.compile(r"#\w[\w.:-]*")  # another place of the edition
_FOOTNOTE = re.compile(r"\[\^([^\s\[\]^]+)\]")
_CITES = re.compile(r"\s*-?@[A-Za-z0-9]|.{0,60}?(?:[\s-]|[^\x00-\x7f])@[A-Za-z0-9]", re.DOTALL)
_SPECIAL = frozenset("\\*[@<\n]")


def read(passage: Passage) -> tuple[Inlines, list[Diagnostic]]:
    """Inlines of a passage, best effort, and what is wrong with it. Never raises."""
    scan = Scan(passage)
    scan.signs = {one.start: one for one in signs(passage.text)}
    _pair(scan)
    return _build(scan, 0, len(passage.text), 0), scan.found


def _pair(scan: Scan) -> None:
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


def _pair_run(scan: Scan, level: list[tuple[int, int]], length: int, at: int) -> None:
    """Close the open run of this length, and with it what was opened later and is still open. Of
    three asterisks some may open or close an emphasis within or beside another: ``***a* b**``,
    ``**b *a***``, ``**a***b*``."""
    place = next((n for n, (open_, _) in enumerate(level) if open_ == length), None)
    if place is not None:
        scan.partner[level[place][1]] = at, length
        _unclosed(scan, level[place + 1 :])
        del level[place:]
        return
    text = scan.passage.text
    closes = at > 0 and not text[at - 1].isspace()
    last, start = level[-1] if level else (0, 0)
    if closes and last == 3 and length < 3:  # the inner one of the two that it opened
        scan.partner[start + 3 - length] = at, length
        level[-1] = 3 - length, start
    elif closes and length == 3 and last:
        scan.partner[start] = at, last
        level.pop()
        _pair_run(scan, level, 3 - last, at + last)
    else:
        level.append((length, at))


def _unclosed(scan: Scan, runs: list[tuple[int, int]]) -> None:
    for length, at in runs:
        scan.say(
            TXT007,
            at,
            at + length,
            f"“{'*' * length}” opens an emphasis that nothing closes",
            "close it, or write \\* for an asterisk",
        )


def _build(scan: Scan, start: int, end: int, depth: int) -> Inlines:
    out: list[Inline] = []
    text, at, begun = scan.passage.text, start, start

    def flush(upto: int) -> None:
        texts(scan.passage, begun, upto, out)

    while at < end:
        sign = scan.signs.get(at)
        if text[at] not in _SPECIAL and sign is None:
            at += 1
            continue
        made, after = signed(scan, sign) if sign else _special(scan, at, end, depth)
        if made is None:
            at = after
            continue
        flush(at)
        out.extend(made)
        begun = at = after
    flush(end)
    return tuple(out)


def _special(scan: Scan, at: int, end: int, depth: int) -> tuple[list[Inline] | None, int]:
    """What starts at ``at``: (inlines, index after), or (None, index to go on as text)."""
    text = scan.passage.text
    match text[at]:
        case "\\":
            return backslash(scan, at, end)
        case "\n":
            return [LineBreak(scan.passage.span(at, at + 1))], at + 1
        case "*":
            return _emphasis(scan, at, depth)
        case "[":
            return _bracket(scan, at, depth)
        case "@":
            return narrative(scan, at, end)
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
        case _:  # "]", of which no bracket is open
            return None, at + 1


def _emphasis(scan: Scan, at: int, depth: int) -> tuple[list[Inline] | None, int]:
    text = scan.passage.text
    close, length = scan.partner.get(at, (-1, 0))
    if close < 0:
        return None, at + len(text[at : at + 3]) - len(text[at : at + 3].lstrip("*"))
    if depth >= DEPTH:
        too_deep(scan, at)
        return None, close + length
    inside = _build(scan, at + length, close, depth + 1)
    span = scan.passage.span(at, close + length)
    if length == 1:
        return [Emph(inside, span)], close + length
    strong = Strong(inside, span)
    return [strong if length == 2 else Emph((strong,), span)], close + length


def _bracket(scan: Scan, at: int, depth: int) -> tuple[list[Inline] | None, int]:
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
        return citation(scan, at, close)
    if following == "(":
        return _link(scan, at, close, depth)
    if following != "{":
        return None, at + 1
    brace = text.find("}", close)
    if brace < 0:
        scan.say(TXT006, close + 1, close + 2, "the attributes are not closed", "add }")
        return None, at + 1
    if depth >= DEPTH:
        too_deep(scan, at)
        return None, brace + 1
    read_attributes, found = attributes.read(
        scan.passage.cut(close + 2, brace), attributes.SPAN_CLASSES, attributes.SPAN_KEYS
    )
    scan.found += found
    span = scan.passage.span(at, brace + 1)
    if read_attributes.id:
        scan.say(TXT009, at, brace + 1, f"{{#{read_attributes.id[:SHOWN]}}} is no id of words",
                 "the id of a block stands at its end, after a space")  # fmt: skip
    if reading := read_attributes.get("ruby"):
        if not inside.strip() or _SPECIAL & set(inside):
            scan.say(TXT006, at, close + 1, f"“{inside[:SHOWN]}” cannot have a reading",
                     "a reading stands above plain text")  # fmt: skip
        return [Ruby(inside, reading, span)], brace + 1
    if (described := read_attributes.get("ids")) and not _IDS.fullmatch(described):
        scan.say(TXT009, at, brace + 1, f"“{described[:SHOWN]}” describes no character",
                 'write its parts in their order: ids="⿰火良"')  # fmt: skip
    kind = next((one for one in attributes.MILESTONES if one in read_attributes.classes), None)
    if kind or read_attributes.get("n"):
        return milestone(scan, (at, close, brace), kind, read_attributes.get("n"))
    children = _build(scan, at + 1, close, depth + 1)
    return [Styled(children, read_attributes.classes, read_attributes.keys, span)], brace + 1


def _link(scan: Scan, at: int, close: int, depth: int) -> tuple[list[Inline] | None, int]:
    text = scan.passage.text
    aim = target(text, close + 1)
    if at and text[at - 1] == "!":
        scan.say(TXT006, at, close + 1, "a picture stands on a line of its own",
                 "put ![caption](picture.png) between blank lines")  # fmt: skip
        return None, at + 1
    if aim is not None and _SEGMENT.fullmatch(aim.address):
        if depth >= DEPTH:
            too_deep(scan, at)
            return None, aim.end
        children = _build(scan, at + 1, close, depth + 1)
        attrs = (("to", aim.address[1:]),)
        return [Styled(children, ("ref",), attrs, scan.passage.span(at, aim.end))], aim.end
    goal = href(aim.address) if aim else ""
    if aim is None or not goal:
        shown = aim.address[:SHOWN] if aim else ""
        scan.say(TXT006, at, close + 2, f"“{shown}” is no address that a link could lead to",
                 "write [text](https://…), or \\( for a parenthesis")  # fmt: skip
        return None, at + 1
    if depth >= DEPTH:
        too_deep(scan, at)
        return None, aim.end
    children = _build(scan, at + 1, close, depth + 1)
    span = scan.passage.span(at, aim.end)
    children = children or (Text(aim.address, span),)
    return [Styled(children, ("link",), (("href", goal),), span)], aim.end
