"""Characters that are easily misread for one another (形近字): from ``data/lookalikes.gz`` (made
by ``tools/lookalikes.py`` from the glyphs of fonts), and from two lists of our own: those that
every proofreader knows, a dot, a stroke or a component more, of which outlines tell less
(``data/confused.txt``), and those with one phonetic part, with it or without it
(``data/series.txt``)."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources

from edition.importers.stream import plain
from edition.script.characters import common_in
from edition.script.dictionaries import Script

_TABLE_RANK = 64  # the last that is taken
_KNOWN_RANK, _SERIES_RANK = 2, 7


@cache
def _table() -> Mapping[str, str]:
    packed = resources.files("edition.importers").joinpath("data", "lookalikes.gz").read_bytes()
    return {line[0]: line[1:] for line in gzip.decompress(packed).decode().split("\n")}


@cache
def _reverse() -> Mapping[str, list[str]]:
    made: dict[str, list[str]] = defaultdict(list)
    for char, others in _table().items():
        for other in others:
            made[other].append(char)
    return made


@cache
def _groups(name: str) -> Mapping[str, str]:
    made: dict[str, str] = defaultdict(str)
    folder = resources.files("edition.importers")
    for group in folder.joinpath("data", name).read_text("utf-8").split():
        for char in group:
            made[char] += group.replace(char, "")
    return made


@lru_cache(maxsize=16384)
def ranks(char: str, script: Script) -> Mapping[str, int]:
    """What ``char`` may be misread for in a text of ``script``, in simplified form, each with its
    rank among the look-alikes (0: the likest), of the two ranks the better."""
    own = plain(char)
    made: dict[str, int] = {}
    ranked = [(other, rank) for other, rank in _ranked(char, script) if rank < _TABLE_RANK]
    forms = plain("".join(other for other, _ in ranked))
    for form, (_, rank) in zip(forms, ranked, strict=True):
        if form != own and rank < made.get(form, _TABLE_RANK):
            made[form] = rank
    for name, rank in (("confused.txt", _KNOWN_RANK), ("series.txt", _SERIES_RANK)):
        for other in _groups(name).get(char, ""):
            if (form := plain(other)) != own and common_in(other, script):
                made[form] = min(rank, made.get(form, rank))
    return made


def _ranked(char: str, script: Script) -> Iterator[tuple[str, int]]:
    yield from ((other, rank) for rank, other in enumerate(_of_script(char, script)))
    for other in _reverse().get(char, ()):
        if common_in(other, script):
            own = _of_script(other, script) if common_in(char, script) else _table()[other]
            yield other, own.index(char)


@lru_cache(maxsize=16384)
def _of_script(char: str, script: Script) -> str:
    return _table().get(char, "").translate(_uncommon(script))


class _Uncommon(dict[int, int | None]):
    """What leaves of a text the common characters of a script, each looked up when first met."""

    def __init__(self, script: Script) -> None:
        super().__init__()
        self.script = script

    def __missing__(self, code: int) -> int | None:
        made = self[code] = code if common_in(chr(code), self.script) else None
        return made


@cache
def _uncommon(script: Script) -> _Uncommon:
    return _Uncommon(script)
