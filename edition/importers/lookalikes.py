"""Characters that are easily misread for one another (形近字), from ``data/lookalikes.gz``
(made by ``tools/lookalikes.py``)."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def _table() -> Mapping[str, str]:
    packed = resources.files("edition.importers").joinpath("data", "lookalikes.gz").read_bytes()
    return {line[0]: line[1:] for line in gzip.decompress(packed).decode().split("\n")}


@cache
def _reverse() -> Mapping[str, Mapping[str, int]]:
    """Of each character those that have it among their own, with its rank there."""
    made: dict[str, dict[str, int]] = {}
    for char, others in _table().items():
        for rank, other in enumerate(others):
            made.setdefault(other, {})[char] = rank
    return made


@cache
def lookalikes(char: str) -> Mapping[str, int]:
    """What ``char`` may be misread for, each with its rank among the look-alikes (0: the
    likest), of the two ranks the better."""
    ranks = dict(_reverse().get(char, {}))
    for rank, other in enumerate(_table().get(char, "")):
        ranks[other] = min(rank, ranks.get(other, rank))
    return ranks
