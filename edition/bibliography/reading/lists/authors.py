"""Names of a pasted reference → the ``and``-separated names of BibTeX, as found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edition.bibliography.values import DOT, foreign
from edition.characters import HAN, IS_EAST_ASIAN

OTHERS = re.compile(
    r"(?:[,，、;\s]*(?:等(?:人)?|et\s+al|외(?:\s*\d+\s*(?:인|명))?|他|(?:,\s*)?(?:and|&)\s+others)"
    r"|\s+外(?:\s*\d+人)?)[.．]?\s*$",
    re.IGNORECASE,
)
_LETTER = r"[^\W\d_]"
PARTICLE = (
    r"(?:[Vv]an|[Vv]on|[Dd]er|[Dd]en|[Dd]e|[Dd]el|[Dd]ella|[Dd]i|[Dd]a|[Ll]a|[Ll]e|[Dd]u|[Dd]os|"
    r"[Tt]en|[Tt]er|[Zz]u|[Aa]l|[Ee]l|[Ii]bn|[Bb]in|[Ss]t\.?)"
)
# WATSON J D; Watson JD; MacKenzie C-R
INITIALS = re.compile(
    rf"^(?P<last>(?:{PARTICLE}[ ])*{_LETTER}[\w’'\-]+(?:[ ]{_LETTER}[\w’'\-]{{2,}})*)[ ]"
    r"(?P<first>(?:[A-Z]{1,4}(?:[ -][A-Z]{1,2})*|[A-Z]\.(?:[ -]?[A-Z]\.)*))$"
)
_CAPITALS = re.compile(
    r"^(?P<last>[A-ZÀ-Þ][A-ZÀ-Þ’'\-]+) (?P<first>[A-ZÀ-Þ][a-zà-ÿ’'\-]+(?: \S+)?)$"
)
GIVEN = re.compile(
    r"^(?:[A-ZÀ-ÞŁŚŽČ]\.?(?:[\s-]*[A-ZÀ-ÞŁŚŽČ][a-z]?\.)*|[A-Z]{1,3})(?:\s+(?:d[eiu]|v[ao]n))?$"
)
SUFFIX = re.compile(r"^(?:Jr|Sr|II|III|IV|2nd|3rd)\.?$")
BODY = re.compile(
    r"\b(?:organi[sz]ation|committee|commission|council|bureau|ministry|department|agency|office|"
    r"institut(?:e|ion)|universit(?:y|é|ät)|association|society|bank|fund|group|team|cent(?:re|er)|"
    r"union|nations|foundation|academy|college|federation|board|court|parliament|congress|senate|"
    r"government|administration|library|museum|press|network|consortium|collaboration|company|"
    r"corporation|inc|ltd|party|secretariat|conference|initiative|service|authority|programme|"
    r"program|project|task force|house of|republic|kingdom|states|observatory|forum|league)\b",
    re.IGNORECASE,
)


def authors(text: str, *, inverted: bool = False, dots: bool = False) -> str:
    """``text`` as names joined by `` and ``; "others" for 等 and et al.

    ``inverted``: the first name has its family name first (Chicago lists), or all have
    (GB/T 7714: ``HART J A``; APA: ``Hart, J. A.``). ``dots``: a dot in the middle parts names of
    Koreans and Chinese. A body whose name has spaces is put in braces.
    """
    text = text.strip().strip(",，、:：;；").strip()
    others = OTHERS.search(text)
    if others and others.start():
        text = text[: others.start()].strip(" ,，、;；")
    names = _split(text.replace("…", ",").replace(". . .", ","), inverted=inverted, dots=dots)
    if others and others.start():
        names.append("others")
    return " and ".join(names)


def _split(text: str, *, inverted: bool, dots: bool) -> list[str]:
    if IS_EAST_ASIAN.search(text):
        return _eastern(text, dots=dots)
    if ";" in text:
        parts = [one.strip() for one in re.split(r";\s*(?:(?:and|&)\s)?", text) if one.strip()]
        listed = re.compile(r".+ [A-Z]{1,3}, .+ [A-Z]{1,3}$")  # Moher D, Altman DG; PRISMA Group
        return [name for part in parts
                for name in (_split(part, inverted=True, dots=dots) if listed.match(part) else [_alone(part)])]  # fmt: skip
    if body(text):
        return [f"{{{text.rstrip('.') if not re.search(r'[A-Z][.]$', text) else text}}}"]
    joined = re.sub(r",?\s+(?:and|und|et)\s+|,?\s*&\s*", " \0 ", text)
    parts = [one for one in (part.strip() for part in re.split(r"[,\0]", joined)) if one]
    if not parts:
        return []
    if inverted and _CAPITALS.match(parts[0]):
        return _suffixed([_alone(part) for part in parts])
    first = re.sub(r" (?:Jr|Sr|2nd|3rd|II|III)$", "", parts[0])
    if inverted and INITIALS.match(first) and not (len(parts) == 2 and GIVEN.match(parts[1])):
        return _suffixed([_alone(part) for part in parts])
    if len(parts) >= 2 and GIVEN.match(parts[1]) and not GIVEN.match(parts[0]):
        return _paired(parts)
    if inverted and len(parts) >= 2:
        # "Lee, Ji-Young, Eugeniu Han": only the first is inverted
        return [f"{parts[0]}, {parts[1]}", *parts[2:]]
    if len(parts) == 2 and "\0" not in joined and " " not in parts[0]:
        return [f"{parts[0]}, {parts[1]}"]
    return [_alone(part) if inverted else part for part in parts]


def _paired(parts: Sequence[str]) -> list[str]:
    """``Hart, J. A., Kim, S., Jr., Bo Han``: a family name and the initials after it."""
    names: list[str] = []
    at = 0
    while at < len(parts):
        following = parts[at + 1] if at + 1 < len(parts) else ""
        if names and SUFFIX.match(parts[at]):
            family, _, given = names[-1].partition(", ")
            names[-1] = f"{family}, {parts[at]}, {given}"
            at += 1
        elif GIVEN.match(following):
            names.append(f"{parts[at]}, {following}")
            at += 2
        else:
            names.append(_alone(parts[at]))
            at += 1
    return names


def _suffixed(names: Sequence[str]) -> list[str]:
    made: list[str] = []
    for name in names:
        if made and SUFFIX.match(name):
            family, _, given = made[-1].partition(", ")
            made[-1] = f"{family}, {name}, {given}"
        else:
            made.append(name)
    return made


def _eastern(text: str, *, dots: bool) -> list[str]:
    marks = (
        r"[、，,;；/]|\sand\s|\s&\s|"  # 和 between two names, not within 中華人民共和國
        rf"(?<=^[{HAN}]{{2}})[和與与](?=[{HAN}]{{2,4}}$)|"
        rf"(?<=^[{HAN}]{{3}})(?<!共)[和與与](?=[{HAN}]{{2,4}}$)"
    )
    parts = [one.strip() for one in re.split(rf"\s*(?:{marks})\s*", text) if one.strip()]
    if not dots:
        return parts
    return [name for one in parts for name in _dotted(one)]


def _dotted(text: str) -> list[str]:
    """Names that dots part; a foreign name written in Chinese is one."""
    return [text] if foreign(text) else [one for one in DOT.split(text.strip()) if one]


def _alone(part: str) -> str:
    part = part.strip()
    suffixed = re.match(r"(?P<name>.+ [A-Z]{1,3}) (?P<suffix>Jr|Sr|2nd|3rd|II|III)$", part)
    if suffixed and (bare := INITIALS.match(suffixed["name"])):
        return f"{bare['last']}, {suffixed['suffix']}, {bare['first']}"
    found = INITIALS.match(part) or _CAPITALS.match(part)
    if found and not body(part):
        return f"{found['last']}, {found['first']}"
    return f"{{{part}}}" if body(part) else part


def body(text: str) -> bool:
    """Whether ``text`` names a body: several words, one of which names a kind of body."""
    words = text.split()
    if len(words) < 2 or re.search(r",\s+[A-Z]\.", text):
        return False
    return bool(BODY.search(text)) and not re.match(r"^[^\s,]+, \S+(?: [A-Z]\.?)?$", text)


def likely(text: str) -> bool:
    """Whether ``text`` can be the names that a reference begins with."""
    bare = re.sub(r" (?:2nd|3rd)\b", "", OTHERS.sub("", text.strip()))
    if not bare or len(bare) > 700 or re.search(r"[“”\"?!<>*:：/]|\d{3}", bare):
        return False
    if body(bare):
        return True
    if re.search(r"\b[^\W\d_]{3,}\.\s+\S", bare) and not re.search(r"\b(?:Jr|Sr)\.", bare):
        return False
    words = re.findall(r"[^\W\d_][\w’'\-]*", bare)
    small = [one for one in words if one[0].islower() and not re.fullmatch(PARTICLE, one)
             and one not in ("and", "y", "e", "und", "et")]  # fmt: skip
    return bool(words) and not small
