"""Addresses that contradict the publisher named beside them."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from edition.diagnostics import Diagnostic
from edition.importers.codes import ADDRESS, OTHER_ADDRESS, UNLIKE
from edition.readers.passage import Passage
from edition.source import Span

SOURCE = re.compile(r"(?P<body>[^,，;；<>()（）\d)][^,，;；<>()（）]{1,90}?)\s*[,，.]\s*"
                    r"(?:\d{4}-\d\d-\d\d,\s*)?<?(?P<url>https?://[^\s<>）)]+)")  # fmt: skip
_SMALL = {"the", "of", "and", "for", "in", "on", "a", "an", "to", "at", "llp", "inc", "ltd", "co"}
_COMMON = {"com", "org", "net", "gov", "edu", "www", "int", "mil", "info", "news", "html", "co",
           "ac", "archives", "blog", "cn", "uk", "eu"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    body: str
    url: str
    span: Span

    @property
    def host(self) -> str:
        try:
            return (urlsplit(self.url).hostname or "").lower()
        except ValueError:
            return ""


def read(passages: Iterable[Passage]) -> list[Address]:
    """Every address with the body named before it."""
    return [
        Address(one["body"].strip("- •\n\t"), one["url"], passage.span(*one.span("url")))
        for passage in passages for one in SOURCE.finditer(passage.text)
    ]  # fmt: skip


def contradictions(found: Iterable[Address]) -> list[Diagnostic]:
    """Addresses whose host has nothing of the publisher's name. A Chinese name is compared only
    with what the same name stands by elsewhere."""
    by_body: dict[str, list[Address]] = defaultdict(list)
    for one in found:
        if one.host:
            by_body[re.sub(r"^the\s+", "", one.body.strip().casefold())].append(one)
    made: list[Diagnostic] = []
    for group in by_body.values():
        fitting = {one.host for one in group if fits(one.body, one.host)}
        latin = not re.search(r"[\u3040-\u9fff\uac00-\ud7af]", group[0].body)
        hosts = {registered(one.host) for one in group}
        for one in group:
            if one.host in fitting:
                continue
            if latin and (fitting or _long(one.body)):
                others = sorted(fitting)
                hint = f"elsewhere it is at {', '.join(others)}" if others else \
                    "the publisher or the address is wrong"  # fmt: skip
                fact = f"{one.body.strip()} is not at {one.host}"
            elif not latin and len(hosts) > 1:
                hint = f"the same name stands by {', '.join(sorted(hosts))}"
                fact = f"{one.body.strip()} stands by several addresses"
            else:
                continue
            made.append(Diagnostic(code=ADDRESS, span=one.span, fact=fact, hint=hint))
    return made


def _long(body: str) -> bool:
    return len(re.findall(r"[A-Za-z]", body)) >= 4


def registered(host: str) -> str:
    """The part of a host that somebody registered."""
    parts = host.split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in ("co", "com", "org", "edu", "gov", "ac") else 2
    return ".".join(parts[-keep:])


def fits(body: str, host: str) -> bool:
    """Whether a label of ``host`` has a word, the initials or the beginning of ``body``."""
    words = re.findall(r"[a-z0-9]+", body.casefold().replace("'", "").replace("’", ""))
    telling = [one for one in words if one not in _SMALL] or words
    initials = "".join(one[0] for one in telling)
    all_initials = "".join(one[0] for one in words)
    labels = [one for one in re.split(r"[.]", host) if one and one not in _COMMON]
    for label in labels:
        bare = label.replace("-", "")
        if any(len(one) >= 4 and (one in bare or (bare in one and len(bare) >= 4))
               for one in telling):
            return True
        if any(one == bare for one in telling) or bare in ("".join(telling), "".join(words)):
            return True
        for letters in (initials, all_initials):
            if len(letters) >= 2 and (bare == letters or (len(letters) >= 3 and letters in bare)):
                return True
        if telling and len(telling[0]) >= 2 and bare.startswith(telling[0]) and len(bare) < 12:
            return True
    return False


def unlike(notes: Sequence[Passage]) -> list[Diagnostic]:
    """Footnotes whose address stands without the brackets that most others have."""
    fenced = [one for one in notes if re.search(r"<https?://", one.text)]
    bare = [one for one in notes if re.search(r"(?<!<)https?://", one.text)]
    if len(fenced) < 3 or len(bare) > len(fenced) / 2:
        return []
    return [
        Diagnostic(code=UNLIKE, span=one.span(found.start(), found.end()),
                   fact="the address has no < >, as the others have")
        for one in bare if (found := re.search(r"(?<!<)https?://\S*", one.text))
    ]  # fmt: skip


def differing(notes: Sequence[Address], listed: Sequence[Address]) -> list[Diagnostic]:
    """Addresses of a footnote and of the list that are nearly the same, by nearly the same body:
    one of the two is misread."""
    own = {_bare(one.url) for one in notes}
    theirs = {_bare(one.url) for one in listed}
    lone: dict[str, list[Address]] = defaultdict(list)
    for one in listed:
        if _bare(one.url) not in own:
            lone[_bare(one.url)[-6:]].append(one)
    found = []
    for one in notes:
        url = _bare(one.url)
        if url in theirs:
            continue
        for other in lone.get(url[-6:], []):
            against = _bare(other.url)
            if against != url and difflib.SequenceMatcher(None, url, against).ratio() > 0.9:
                found.append(Diagnostic(
                    code=OTHER_ADDRESS, span=one.span,
                    fact=f"{one.url} here, {other.url} in line {other.span.line}",
                    hint="open both"))  # fmt: skip
    return found


def _bare(url: str) -> str:
    return url.rstrip("/.,;>").casefold()
