"""Links to addresses, as a printed page needs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from edition.model import Container, Inline, Inlines, Lang, Styled, Text, plain

_BRACKETS: dict[Lang, tuple[str, str]] = {"zh": ("（", "）"), "en": (" (", ")")}


def with_addresses(inlines: Inlines, lang: Lang) -> Inlines:
    """``inlines`` with the address after each link whose words are not the address itself."""
    return tuple(_each(inlines, lang))


def _each(inlines: Inlines, lang: Lang) -> Iterator[Inline]:
    for one in inlines:
        if isinstance(one, Styled) and "link" in one.classes:
            yield one
            address = dict(one.attrs).get("href", "")
            if _bare(address) != _bare(plain((one,))):
                opening, closing = _BRACKETS[lang]
                yield Text(opening, one.span)
                yield replace(one, children=(Text(address, one.span),))
                yield Text(closing, one.span)
        elif isinstance(one, Container):
            yield replace(one, children=tuple(_each(one.children, lang)))
        else:
            yield one


def _bare(address: str) -> str:
    for scheme in ("https://doi.org/", "https://", "http://", "mailto:", "doi:"):
        address = address.removeprefix(scheme)
    return address.removesuffix("/")
