"""Names of a pasted reference → the ``and``-separated names of BibTeX, as found."""

from __future__ import annotations

import re

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
OTHERS = re.compile(r"[,，、\s]*(?:等|et\s+al|외|他|and\s+others)[.．]?\s*$", re.IGNORECASE)
INITIALS = re.compile(
    r"^(?P<last>[^\W\d_][\w’'\-]*(?: [^\W\d_][\w’'\-]{2,})*) "
    r"(?P<first>[A-Z]{1,3}(?:[ -][A-Z]{1,2})*)$"
)


def authors(text: str, *, inverted: bool = False) -> str:
    """``text`` as names joined by `` and ``; "others" for 等 and et al.

    ``inverted``: the first name has its family name first (Chicago lists), or all have
    (GB/T 7714: ``HART J A``). A body's own "and" stays when braces protect it.
    """
    text = text.strip(" .,，、:：")
    others = OTHERS.search(text)
    if others and others.start():
        text = text[: others.start()].strip(" ,，、")
    names = _split(text, inverted)
    if others and others.start():
        names.append("others")
    return " and ".join(names)


def _split(text: str, inverted: bool) -> list[str]:
    if HAN.search(text):
        parts = re.split(r"\s*(?:[·・、，,;；]|\sand\s|和(?=[\u3400-\u9fff]{2,4}$))\s*", text)
        return [one for one in parts if one]
    if ";" in text:
        return [_one(part) for part in text.split(";") if part.strip()]
    text = re.sub(r",?\s+(?:and|&)\s+|\s*&\s*", " \0 ", text)
    head, *last = [part.strip() for part in text.split("\0")]
    parts = [part.strip() for part in head.split(",") if part.strip()]
    if inverted and parts and INITIALS.match(parts[0]):
        return [_one(part) for part in [*parts, *last]]
    if inverted and len(parts) >= 2:
        # "Lee, Ji-Young, Eugeniu Han": only the first is inverted
        return [f"{parts[0]}, {parts[1]}", *parts[2:], *last]
    if len(parts) == 2 and not last and " " not in parts[1].rstrip(".") and " " not in parts[0]:
        return [f"{parts[0]}, {parts[1]}"]
    return [*parts, *last]


def _one(part: str) -> str:
    part = part.strip()
    found = INITIALS.match(part)
    return f"{found['last']}, {found['first']}" if found else part
