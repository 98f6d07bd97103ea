"""Proofs of pages, kept from build to build beside what they rest on.

A proof is kept by a digest of the page's content in the finished file, of the fonts that this
names, and of the page's facts. Fonts are subset anew for every file: what their codes mean is kept
too, by font, and compared with the file at hand. Where a code means something else, or nothing,
the pages that show it are read again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from edition.engine.cache import Cache
from edition.press.characters import Finished
from edition.press.fontfacts import FontFacts
from edition.proof.types import Counts, Finding, LineRead, PageProof, Part

_KIND = "proved"
_VARIANTS = 8  # layouts and scripts of a workspace, and what proved them
_SPARE = 3  # pages kept for each page of the book: some of earlier builds may come back
_MANY = 64  # codes that mean another thing, from which on all pages of the font are read again
_NOTHING = ("", 0.0)  # what a code means that a font does not have
# what of a page's resources draws characters that its content does not hold
_MORE = ("/XObject", "/Pattern", "/Properties", "/ExtGState")


@dataclass(slots=True)
class Kept:
    """Proofs of pages by their keys, and what codes meant when they were made."""

    pages: dict[str, PageProof] = field(default_factory=dict)
    # by font: code → characters, width
    fonts: dict[str, dict[int, tuple[str, float]]] = field(default_factory=dict)

    def changed(self, fonts: Iterable[FontFacts]) -> dict[str, frozenset[int]]:
        """Codes, by font, that no longer mean what they did when pages were proved."""
        found: dict[str, set[int]] = {}
        for font in fonts:
            old, new = self.fonts.get(font.identity, {}), font.meanings()
            other = {code for code, said in old.items() if new.get(code, _NOTHING) != said}
            if other:
                found.setdefault(font.identity, set()).update(other)
        return {identity: frozenset(codes) for identity, codes in found.items()}

    def add(
        self, pages: Mapping[str, PageProof], fonts: Iterable[FontFacts],
        changed: Mapping[str, frozenset[int]],
    ) -> None:  # fmt: skip
        """Take in the proofs of all pages of a book, what its fonts say now, and which codes no
        longer say what they did: proofs of pages that are not in the book rest on that."""
        older = [] if changed else [one for one in self.pages.items() if one[0] not in pages]
        self.pages = {**dict(pages), **dict(older[: (_SPARE - 1) * len(pages)])}
        for font in fonts:
            gone = dict.fromkeys(changed.get(font.identity, ()), _NOTHING)
            known = self.fonts.get(font.identity, {})
            self.fonts[font.identity] = known | gone | font.meanings()


def key(file: Finished, index: int, facts: str) -> str | None:
    """What the proof of a page is kept by, ``facts`` the key of its facts; None for a page that
    is always read: one with pictures or forms. Raises as :class:`Finished` does."""
    resources = file.resources(index)
    if any(resources.get(one) for one in _MORE):
        return None
    fonts = file.fonts_of(index)
    page = file.pages[index]
    boxes = [str(page.get(name)) for name in ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")]
    named = [f"{name} {font.identity}" for name, font in sorted(fonts.items())]
    made = blake2b(file.content(index), digest_size=16)
    made.update("\n".join((facts, *boxes, *named)).encode())
    return made.hexdigest()


def outdated(
    content: bytes, fonts: Iterable[FontFacts], changed: Mapping[str, frozenset[int]]
) -> bool:
    """Whether a page may show one of the codes that have ``changed``; true in doubt."""
    for font in fonts:
        codes = changed.get(font.identity)
        if codes is None:
            continue
        if len(codes) > _MANY or font.digits != 4 or b"(" in content:
            return True
        low = content.lower()
        if any(b"%04x" % code in low for code in codes):
            return True
    return False


def load(cache: Cache, key: str) -> Kept:
    """What the last build kept under ``key``; nothing where that is damaged."""
    try:
        data = json.loads(cache.get(_KIND, key) or b"{}")
        pages = {name: proof_of(one) for name, one in data["pages"].items()}
        fonts = {
            name: {int(code): (str(text), float(width)) for code, (text, width) in one.items()}
            for name, one in data["fonts"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Kept()
    return Kept(pages, fonts)


def save(kept: Kept, cache: Cache, key: str) -> None:
    data = {"pages": kept.pages, "fonts": kept.fonts}
    cache.put(_KIND, key, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
    cache.prune(_KIND, keep=_VARIANTS)


def proof_of(data: Any) -> PageProof:
    """A proof from its JSON."""
    findings, counts, parts = data
    return PageProof(
        tuple(Finding(*one) for one in findings),
        Counts(*counts),
        tuple(
            (number, Part(text, tuple(LineRead(*line) for line in lines), dash))
            for number, (text, lines, dash) in parts
        ),
    )
