"""Signs of inline markup that hold no other markup: code, addresses, subscript and superscript;
and what other formats mean by signs that this one prints as they are.

They are looked for before brackets and emphasis are paired, so that code opens none. A sign
that is text in prose (a dollar, 10~20, an accent) is one here too: the rules are narrow.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["code", "address", "sub", "sup", "formula", "entity", "remark"]


@dataclass(frozen=True, slots=True)
class Sign:
    """``text[start:end]`` of a passage; what it holds is ``text[first:last]``."""

    kind: Kind
    start: int
    end: int
    first: int
    last: int
    hint: str = ""


SCHEMES = ("https://", "http://", "ftp://", "mailto:", "doi:")
_SHIFTED = r"[\w+\-−–,.()′*†‡]{1,12}"
_ANY = re.compile(
    r"""
      \\(?P<escape>.)
    | (?P<ticks>`+)(?!`)(?P<code>.{1,400}?)(?<!`)(?P=ticks)(?!`)
    | <(?P<address>(?:https?://|ftp://|mailto:|doi:)[^\s<>]{1,2000}|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)>
    | (?<![A-Za-z0-9@/])(?P<bare>(?:https?://|doi:10\.)[^\s<>"\[\]{}|\\^`*\u0080-\U0010ffff]{2,2000}+)(?!\\)
    | (?<=[A-Za-z\u0370-\u03ff)\]*}])~(?P<sub>"""
    + _SHIFTED
    + r""")~(?![\d~])
    | (?<=[^\s^])\^(?P<sup>"""
    + _SHIFTED
    + r""")\^(?!\^)
    | (?<![\w$])\$\$(?P<display>[^$]{1,400})\$\$
    | (?<![\w$])\$(?=[^\s$])(?P<formula>[^$\n]{1,200})(?<=\S)\$(?![\d$])
    | &(?P<entity>\#\d{1,6}|\#x[0-9A-Fa-f]{1,5}|[A-Za-z][A-Za-z0-9]{1,24});
    | ~~(?P<strike>[^\s~][^~\n]{0,200})~~
    | ==(?P<marked>[^\s=][^=\n]{0,200})==
    | (?<![\w_])(?P<lines>__?)(?P<lined>[^\s_][^_\n]{0,200}?)(?<=[^\s_])(?P=lines)(?![\w_])
    | (?P<inline_note>\^\[)
    """,
    re.VERBOSE | re.DOTALL,
)
_MATHS = re.compile(r"[\\^_=+<>{}]|\A[A-Za-z]\Z")  # $x$, $E=mc^2$; not $5 and $6


def signs(text: str) -> Iterator[Sign]:
    """The signs in ``text``, from the left, none within another."""
    at = 0
    while match := _ANY.search(text, at):
        sign = _sign(match)
        after = match.end() if match["escape"] else match.start() + 1
        at = sign.end if sign else after
        if sign:
            yield sign


def _without_stops(address: str) -> str:
    """An address without the punctuation of the sentence that ends in it."""
    while address:
        shorter = address.rstrip(".,;:!?'~_")
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            break
        address = shorter
    return address


def _sign(match: re.Match[str]) -> Sign | None:
    start, end = match.span()
    group = match.lastgroup or ""
    match group:
        case "code":
            first, last = match.span("code")
            inside = match["code"]
            if inside[0] == inside[-1] == " " and inside.strip():  # `` `a` ``: room for a backtick
                first, last = first + 1, last - 1
            return Sign("code", start, end, first, last)
        case "address":
            return Sign("address", start, end, *match.span("address"))
        case "bare":
            last = start + len(_without_stops(match["bare"]))
            return Sign("address", start, last, start, last)
        case "sub" | "sup":
            if not re.search(r"[^\W_]|[*†‡]", match[group]):
                return None
            return Sign("sub" if group == "sub" else "sup", start, end, *match.span(group))
        case "display":
            return Sign("formula", start, end, *match.span("display"))
        case "formula":
            if not _MATHS.search(match["formula"]):
                return None
            return Sign("formula", start, end, *match.span("formula"))
        case "entity":
            name = match["entity"]
            if name[0] != "#" and f"{name};" not in html.entities.html5:
                return None
            return Sign("entity", start, end, *match.span("entity"))
        case "strike":
            hint = "there is no striking out in this format; write \\~\\~ where the signs are meant"
            return Sign("remark", start, end, start, end, hint)
        case "marked":
            hint = "write [..]{.term} for a term, or \\=\\= where the signs are meant"
            return Sign("remark", start, end, start, end, hint)
        case "lined":
            hint = "emphasis is *…*, strong emphasis **…**; write \\_ where the sign is meant"
            return Sign("remark", start, end, start, end, hint)
        case "inline_note":
            hint = "a footnote is [^1], with [^1]: and its text at the end of the file"
            return Sign("remark", start, end, start, end, hint)
        case _:  # an escape: the sign behind the backslash is none
            return None


# --- links -------------------------------------------------------------------------------------

# after "[text]": an address, perhaps in <>, perhaps with a title that is not printed
_TARGET = re.compile(
    r"""\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<bare>(?:[^\s()<>]|\([^\s()]*\)){0,2000}))"""
    r"""(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)"""
)


@dataclass(frozen=True, slots=True)
class Target:
    """What stands in parentheses after a bracket; ``end`` is the place after it."""

    address: str
    end: int


def target(text: str, at: int) -> Target | None:
    """The target of a link whose parenthesis opens at ``at``; None where there is none."""
    match = _TARGET.match(text, at)
    if match is None:
        return None
    return Target((match["angled"] or match["bare"] or "").strip(), match.end())


def href(address: str) -> str:
    """The address that a reader is taken to; "" where it is none of the net."""
    if address.lower().startswith("doi:"):
        return f"https://doi.org/{address[4:]}"
    if address.lower().startswith(SCHEMES):
        return address
    if address.lower().startswith("www.") and len(address) > 4:
        return f"https://{address}"
    if re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", address):
        return f"mailto:{address}"
    return ""
