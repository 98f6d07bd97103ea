"""Addresses that contradict the publisher named beside them."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from edition.bibliography.values import fold, urls
from edition.diagnostics import Diagnostic
from edition.importers.codes import ADDRESS, OTHER_ADDRESS, UNLIKE
from edition.readers.passage import Passage
from edition.source import Span

# of spaces no more than a line end and its indentation: thousands would be tried each with each
SOURCE = re.compile(r"(?P<body>[^,，;；<>()（）\d)][^,，;；<>()（）]{0,89}?[^,，;；<>()（）\s])"
                    r"\s{0,9}+[,，.]\s{0,9}+(?:\d{4}-\d\d-\d\d,\s{0,9}+)?"
                    r"<?(?P<url>https?://[^\s<>）)]+)")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    body: str
    url: str
    span: Span

    @property
    def host(self) -> str:
        return urls.host(self.url)


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
        fitting = {one.host for one in group if fits(one.body, one.url)}
        latin = not re.search(r"[\u3040-\u9fff\uac00-\ud7af]", group[0].body)
        owners = {urls.owner_labels(one.url)[:1] for one in group}
        for one in group:
            if one.host in fitting:
                continue
            if latin:
                others = sorted(fitting)
                hint = f"elsewhere it is at {', '.join(others)}" if others else \
                    "the publisher or the address is wrong"  # fmt: skip
                fact = f"{one.body.strip()} is not at {one.host}"
            elif len(owners) > 1:
                hint = f"the same name stands by {', '.join(sorted({one.host for one in group}))}"
                fact = f"{one.body.strip()} stands by several addresses"
            else:
                continue
            made.append(Diagnostic(code=ADDRESS, span=one.span, fact=fact, hint=hint))
    return made


def fits(body: str, url: str) -> bool:
    """Whether the owner of the host can be read off the name of ``body``."""
    from edition.bibliography.mending import reads  # with a dictionary that few texts need

    return any(reads(label, fold(body)) for label in urls.owner_labels(url))


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


def nearly(notes: Sequence[Address], listed: Sequence[Address]) -> list[tuple[Address, Address]]:
    """Addresses of a footnote, each with those of the list that are nearly the same: one of the
    two is misread."""
    own = {urls.key(one.url) for one in notes}
    theirs = {urls.key(one.url) for one in listed}
    lone: dict[str, list[Address]] = defaultdict(list)
    for one in listed:
        if urls.key(one.url) not in own:
            lone[urls.key(one.url)[-6:]].append(one)
    found = []
    for one in notes:
        url = urls.key(one.url)
        if url in theirs:
            continue
        for other in lone.get(url[-6:], []):
            against = urls.key(other.url)
            if against != url and difflib.SequenceMatcher(None, url, against).ratio() > 0.9:
                found.append((one, other))
    return found


def differing(pairs: Iterable[tuple[Address, Address]]) -> list[Diagnostic]:
    """A finding for each address of a footnote that is nearly one of the list."""
    groups: dict[Address, list[Address]] = defaultdict(list)
    for own, other in pairs:
        groups[own].append(other)
    return [
        Diagnostic(
            code=OTHER_ADDRESS, span=own.span,
            fact=f"{own.url} here, {others[0].url} in line "
                 f"{', '.join(str(one.span.line) for one in others)}",
            hint="open both")
        for own, others in groups.items()
    ]  # fmt: skip
