"""Kept proofs through any sequence of files whose fonts are subset anew: what is kept is what a
reading of the file at hand would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from edition.engine.cache import Cache
from edition.proof import kept
from edition.proof.kept import KeptProofs
from edition.proof.types import (
    Counts,
    Frame,
    LineRead,
    PageFacts,
    PageFinding,
    PageProof,
    ReadSlice,
)

FACTS = PageFacts(Frame(*[0.0] * 7), "", "", verso=False, slices=(), readings=(), margin=())
Subset = dict[int, str]  # code → what it says


class Font:
    """What of a font is kept."""

    digits = 4

    def __init__(self, identity: str, says: Subset) -> None:
        self.identity = identity
        self.meanings = {code: (text, 500.0) for code, text in says.items()}


@dataclass
class File:
    """Pages that show codes of one font each."""

    fonts: list[Font]
    shown: list[tuple[int, tuple[int, ...]]]  # (number of the font, codes) of each page

    def boxes(self, index: int) -> tuple[str, ...]:
        return ()

    def content(self, index: int) -> bytes:
        return b"".join(b"<%04x>" % code for code in self.shown[index][1])

    def read(self, index: int) -> PageProof:
        """What a proof of the page by reading it would give."""
        font, codes = self.shown[index]
        said = [self.fonts[font].meanings.get(code, ("", 0.0)) for code in codes]
        lasting = all(code in self.fonts[font].meanings for code in codes)
        return PageProof((PageFinding("PRF008", -1, 0, repr(said)),), Counts(), (), lasting)


def build(store: KeptProofs, file: File) -> tuple[list[PageProof], int]:
    """The proofs of a file by what is kept, and how many pages were read."""
    names = store.named(file.fonts)  # type: ignore[arg-type]
    changed = store.changed(file.fonts, names)  # type: ignore[arg-type]
    proofs: dict[str, PageProof] = {}
    keys, read = [], 0
    for index, (number, _) in enumerate(file.shown):
        font: Any = file.fonts[number]
        key = kept.key(file, index, {"/F1": font}, names, FACTS)  # type: ignore[arg-type]
        keys.append(key)
        old = kept.outdated(file.content(index), [font], names, changed)
        read += key not in store.pages or old
        proofs[key] = file.read(index) if key not in store.pages or old else store.pages[key]
    store.add(proofs, file.fonts, names, changed)  # type: ignore[arg-type]
    return [proofs[key] for key in keys], read


CODES = st.integers(1, 5)
SUBSET = st.dictionaries(CODES, st.sampled_from("ab"), min_size=1)
FILE = st.builds(
    lambda fonts, pages: File(
        [Font(identity, says) for identity, says in fonts],
        [(number % len(fonts), tuple(codes)) for number, codes in pages],
    ),
    st.lists(st.tuples(st.sampled_from(["f", "g"]), SUBSET), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 2), st.lists(CODES, max_size=3)), max_size=4),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(FILE, max_size=6))
def test_what_is_kept_is_what_a_reading_would_give(files: Sequence[File]) -> None:
    store = KeptProofs()
    for file in files:
        proofs, _ = build(store, file)
        assert proofs == [file.read(index) for index in range(len(file.shown))]


def test_two_subsets_of_a_font_keep_apart_in_any_order() -> None:
    store = KeptProofs()
    one, two = Font("f", {1: "a", 2: "b"}), Font("f", {1: "x", 3: "c"})
    pages = [(0, (1, 2)), (1, (1, 3))]
    assert build(store, File([one, two], pages))[1] == 2
    grown = Font("f", {1: "x", 3: "c", 4: "d"})
    assert build(store, File([grown, one], [(1, (1, 2)), (0, (1, 3))]))[1] == 0


def test_a_code_that_is_gone_and_comes_back_is_read() -> None:
    store = KeptProofs()
    pages = [(0, (1,)), (0, (2,))]
    build(store, File([Font("f", {1: "a", 2: "b"})], pages))
    assert build(store, File([Font("f", {2: "b"})], pages))[1] == 1
    assert build(store, File([Font("f", {1: "a", 2: "b"})], pages))[1] == 1, "it says something"
    assert build(store, File([Font("f", {1: "a", 2: "b"})], pages))[1] == 0


def test_some_pages_of_earlier_builds_stay() -> None:
    store = KeptProofs()
    fonts = [Font("f", {1: "a", 2: "b", 3: "c"})]
    build(store, File(fonts, [(0, (1,)), (0, (2,))]))
    build(store, File(fonts, [(0, (1,)), (0, (3,))]))
    assert build(store, File(fonts, [(0, (1,)), (0, (2,))]))[1] == 0
    for codes in ((n % 3 + 1, n // 3 % 3 + 1, n // 9 + 1) for n in range(27)):
        build(store, File(fonts, [(0, codes)]))
    assert len(store.pages) == 3


def test_what_is_kept_is_kept_whole_or_not(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    part = ReadSlice("字", (LineRead(2, "字—", last=False, block=False, head="", tail="—"),), 1.5)
    proof = PageProof((PageFinding("PRF008", 0, 0, "“字”", ""),), Counts(zh=3), ((0, part),))
    store = KeptProofs({"k": proof}, {"f#0": {1: ("字", 1000.0)}})
    kept.save(store, cache, "aa")
    assert kept.load(cache, "aa") == store
    for damaged in (b"", b"[]", b'{"pages": {"k": []}, "fonts": {}}', b"{"):
        cache.put("proved", "aa", damaged)
        assert kept.load(cache, "aa") == KeptProofs()
