"""Proofs of pages, kept from build to build beside what they rest on.

A proof is kept by a digest of the page's content in the finished file, of the fonts that this
names, and of the page's facts. Fonts are subset anew for every file: what their codes mean is kept
too, by font, and compared with the file at hand. Where a code means something else, or nothing,
the pages that show it are read again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import count, groupby
from typing import Any

from edition.engine.cache import Cache
from edition.press.characters import Finished
from edition.press.fontfacts import FontFacts
from edition.proof.facts import key as digest_of
from edition.proof.types import (
    Counts,
    LineRead,
    NamesRead,
    PageFacts,
    PageFinding,
    PageProof,
    ReadSlice,
)

_KIND = "proved"
_VARIANTS = 8  # layouts and scripts of a workspace, and what proved them
_SPARE = 3  # pages kept for each page of the book: some of earlier builds may come back
_MANY = 64  # codes that mean another thing, from which on all pages of the font are read again
_NOTHING = ("", 0.0)  # what a code means that a font does not have
# what of a page's resources draws characters that its content does not hold
_MORE = ("/XObject", "/Pattern", "/Properties", "/ExtGState")


Meanings = dict[int, tuple[str, float]]  # code → characters, width
Changed = Mapping[str, frozenset[int]]  # name of a font → codes that mean another thing than before


@dataclass(slots=True)
class KeptProofs:
    """Proofs of pages by their keys, and what codes meant when they were made, by the names that
    :meth:`named` gives."""

    pages: dict[str, PageProof] = field(default_factory=dict)
    fonts: dict[str, Meanings] = field(default_factory=dict)

    def named(self, fonts: Iterable[FontFacts]) -> dict[int, str]:
        """A name for each font of a file, by its Python identity. A file may have several subsets
        of one font, which are told apart by what they say: each takes the name of the kept one
        that says the most of it. A wrong choice costs time: it shows as codes that changed."""
        names: dict[int, str] = {}
        for identity, group in groupby(sorted(fonts, key=_identity), key=_identity):
            own = list(group)
            kept = [name for name in self.fonts if name.partition("#")[0] == identity]
            likest = sorted(
                ((_likeness(font.meanings, self.fonts[name]), n, name)
                 for n, font in enumerate(own) for name in kept),
                reverse=True,
            ) if len(own) > 1 or len(kept) > 1 else [(0, 0, name) for name in kept]  # fmt: skip
            taken: dict[int, str] = {}
            for _, n, name in likest:
                if n not in taken and name not in taken.values():
                    taken[n] = name
            free = (name for name in map(f"{identity}#{{}}".format, count()) if name not in kept)
            names |= {id(font): taken.get(n) or next(free) for n, font in enumerate(own)}
        return names

    def changed(self, fonts: Iterable[FontFacts], names: Mapping[int, str]) -> Changed:
        """Codes that no longer mean what they did when pages were proved."""
        found: dict[str, frozenset[int]] = {}
        for font in fonts:
            old, new = self.fonts.get(names[id(font)], {}), font.meanings
            other = frozenset(code for code, said in old.items() if new.get(code, _NOTHING) != said)
            if other:
                found[names[id(font)]] = other
        return found

    def add(
        self, pages: Mapping[str, PageProof], fonts: Iterable[FontFacts], names: Mapping[int, str],
        changed: Changed,
    ) -> None:  # fmt: skip
        """Take in the proofs of all pages of a book, what its fonts say now, and which codes no
        longer say what they did: proofs of pages that are not in the book rest on that."""
        lasting = {name: one for name, one in pages.items() if one.lasting}
        older = [] if changed else [one for one in self.pages.items() if one[0] not in pages]
        self.pages = {**lasting, **dict(older[: _SPARE * len(pages) - len(lasting)])}
        for font in fonts:
            name = names[id(font)]
            gone = dict.fromkeys(changed.get(name, ()), _NOTHING)
            self.fonts[name] = self.fonts.get(name, {}) | gone | font.meanings


def _identity(font: FontFacts) -> str:
    return font.identity


def _likeness(new: Meanings, old: Meanings) -> int:
    """How many codes two subsets say the same of, less those of which they do not."""
    return sum(1 if old[code] == said else -1 for code, said in new.items() if code in old)


def key(
    file: Finished, index: int, fonts: Mapping[str, FontFacts], names: Mapping[int, str],
    facts: PageFacts, bare: str = "",
) -> str:  # fmt: skip
    """What the proof of a page is kept by: its content, its boxes, its ``fonts`` and ``facts``.
    Of a folio that is the one it should be its width alone: a page may move and be the same.
    ``bare``: the digest of the facts without a folio, where it is known. Raises as
    :class:`Finished` does."""
    content = file.content(index)
    end = _END.search(content, max(0, len(content) - _TAIL)) if facts.folio else None
    font = _last_font(content, fonts) if end is not None else None
    if end is not None and font is not None and font.said(end[1]) == facts.folio:
        width = sum(width for _, width in font.parts(end[1]))
        content = b"%s %r %s" % (content[: end.start(1)], width, content[end.end(1) :])
        facts = facts._replace(folio="")
        digest = bare or digest_of(facts)
    else:
        digest = digest_of(facts)
    called = [f"{name} {names[id(font)]}" for name, font in sorted(fonts.items())]
    made = blake2b(content, digest_size=16)
    made.update("\n".join((digest, *file.boxes(index), *called)).encode())
    return made.hexdigest()


# the end of a page of ours: the last string shown is the folio
_END = re.compile(rb"<((?:[0-9A-Fa-f]{4})+)>\]\s*TJ\s+ET\s+(?:EMC\s+)?Q\s*\Z")
_TAIL = 256  # bytes in which it stands
_FONT = re.compile(rb"/([^\x00\s()<>\[\]{}/%]+)\s+[-+.\d]+\s+Tf")


def _last_font(content: bytes, fonts: Mapping[str, FontFacts]) -> FontFacts | None:
    """The font that a content ends with, where it is one of two-byte codes."""
    at = content.rfind(b" Tf")
    if at < 0 or b"Q" in content[at:].rstrip()[:-1]:
        return None  # what was restored may be another font
    named = _FONT.match(content, max(0, content.rfind(b"/", 0, at)))
    font = fonts.get("/" + named[1].decode("latin1")) if named is not None else None
    return font if font is not None and font.digits == 4 else None


def keepable(file: Finished, index: int) -> bool:
    """Whether the proof of a page can be kept: with pictures or forms it cannot. Raises as
    :class:`Finished` does."""
    resources = file.resources(index)
    return not any(resources.get(one) for one in _MORE)


def outdated(
    content: bytes, fonts: Iterable[FontFacts], names: Mapping[int, str], changed: Changed
) -> bool:
    """Whether a page may show one of the codes that have ``changed``; true in doubt."""
    low = b""
    for font in fonts:
        codes = changed.get(names[id(font)])
        if codes is None:
            continue
        if len(codes) > _MANY or font.digits != 4 or b"(" in content:
            return True
        low = low or content.lower()
        if any(one in low for one in _written(codes)):
            return True
    return False


@lru_cache(maxsize=64)
def _written(codes: frozenset[int]) -> tuple[bytes, ...]:
    """Codes as a page shows them."""
    return tuple(b"%04x" % code for code in codes)


def load(cache: Cache, key: str) -> KeptProofs:
    """What the last build kept under ``key``; nothing where that is damaged."""
    try:
        data = json.loads(cache.get(_KIND, key) or b"{}")
        pages = {name: proof_of(one) for name, one in data["pages"].items()}
        fonts = {
            name: {int(code): (str(text), float(width)) for code, (text, width) in one.items()}
            for name, one in data["fonts"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return KeptProofs()
    return KeptProofs(pages, fonts)


def save(kept: KeptProofs, cache: Cache, key: str) -> None:
    data = {"pages": kept.pages, "fonts": kept.fonts}
    cache.put(_KIND, key, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
    cache.prune(_KIND, keep=_VARIANTS)


def proof_of(data: Any) -> PageProof:
    """A proof from its JSON."""
    findings, counts, parts, lasting = data
    return PageProof(
        tuple(PageFinding(*one) for one in findings),
        Counts(*counts),
        tuple(
            (
                number,
                ReadSlice(
                    text,
                    tuple(LineRead(*line) for line in lines),
                    dash,
                    tuple(NamesRead(*one) for one in names),
                    told,
                ),
            )
            for number, (text, lines, dash, names, told) in parts
        ),
        lasting,
    )
