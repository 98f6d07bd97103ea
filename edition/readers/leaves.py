"""Inlines that hold no others: escapes, citations, milestones, signs."""

from __future__ import annotations

import re
import string
from typing import assert_never

from edition.diagnostics import Diagnostic
from edition.model import Cite, CiteItem, Inline, LineBreak, Milestone, MilestoneKind, Styled, Text
from edition.readers.codes import TXT004, TXT005, TXT006, TXT009, TXT011, TXT026
from edition.readers.scan import SHOWN, Scan, texts
from edition.readers.signs import Sign, href

_KEY = r"[A-Za-z0-9][\w:.+/-]*[A-Za-z0-9]|[A-Za-z0-9]"
_ITEM = re.compile(
    rf"\s*(?P<prefix>[^@;]*?)(?P<minus>-?)@(?P<key>{_KEY})\s*(?:[,，]\s*(?P<locator>.*?))?\s*$",
    re.DOTALL,
)
_NARRATIVE = re.compile(rf"@(?P<key>{_KEY})(?: ?\[(?P<locator>[^\[\]@]*)\])?")


def backslash(scan: Scan, at: int, end: int) -> tuple[list[Inline] | None, int]:
    """An escape, a forced line break, or TeX, which is refused. Result, here and below: the
    inlines and the index after them, or None and where to go on as text."""
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


def milestone(
    scan: Scan, place: tuple[int, int, int], kind: MilestoneKind | None, name: str
) -> tuple[list[Inline] | None, int]:
    """``[]{.page n="421a"}``: nothing in the line, a name in the margin."""
    at, close, brace = place
    text = scan.passage.text
    if text[at + 1 : close].strip() or not kind or not name.strip():
        fact = f"“{text[at : brace + 1][:SHOWN]}” names no place for the margin"
        scan.say(TXT009, at, brace + 1, fact, 'write []{.page n="421a"}, .verse or .ref')
        return [], brace + 1
    after = brace + 1
    if (not at or text[at - 1].isspace()) and text[after : after + 1] == " ":
        after += 1  # of the spaces on both sides one is printed
    return [Milestone(kind, name.strip(), scan.passage.span(at, brace + 1))], after


def signed(scan: Scan, sign: Sign) -> tuple[list[Inline] | None, int]:
    """The inline that a sign makes, or (None, index to go on as text) and what is wrong."""
    passage = scan.passage
    shown = passage.text[sign.start : sign.end][:SHOWN]
    match sign.kind:
        case "code" | "sub" | "sup":
            children: list[Inline] = []
            texts(passage, sign.first, sign.last, children)
            span = passage.span(sign.start, sign.end)
            return [Styled(tuple(children), (sign.kind,), (), span)], sign.end
        case "address":
            address = passage.text[sign.first : sign.last]
            children = []
            texts(passage, sign.first, sign.last, children)
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


def citation(scan: Scan, at: int, close: int) -> tuple[list[Inline] | None, int]:
    """``[@key, 118; @other]`` between two brackets."""
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
                    fact=f"“{part.strip()[:SHOWN]}” is not a citation",
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


def narrative(scan: Scan, at: int, end: int) -> tuple[list[Inline] | None, int]:
    """``@key [118]`` in the sentence."""
    text = scan.passage.text
    match = _NARRATIVE.match(text, at, end)
    before = text[at - 1] if at else " "
    if not match or (before.isascii() and (before.isalnum() or before in "._-")):
        return None, at + 1  # an e-mail address, or a bare sign
    span = scan.passage.span(at, match.end())
    item = CiteItem(match["key"], (match["locator"] or "").strip(), "", False, span)
    return [Cite((item,), True, span)], match.end()
