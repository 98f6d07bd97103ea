"""What is fuzzed: of each target, inputs and what must hold of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import TypeAlias

from fuzz import grammars, mutate
from fuzz.mutate import Rules

Look: TypeAlias = Callable[[bytes], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """``look`` raises what is wrong with an input; ``seconds`` of processor time are its limit for
    an empty input, ``pace`` for each kilobyte of it. ``share``: inputs among those of all."""

    name: str
    look: Look
    seeds: Callable[[], Sequence[bytes]]
    rules: Rules | None = None
    make: Callable[[Random], str] | None = None  # in place of seeds and rules
    share: int = 10
    seconds: float = 1.0
    pace: float = 0.05
    binary: bool = False

    def limit(self, data: bytes) -> float:
        return self.seconds + self.pace * len(data) / 1000

    def input(self, seed: int, number: int) -> bytes:
        """The input of a number: the seeds first, as they are."""
        seeds = self.seeds()
        if number < len(seeds):
            return seeds[number]
        rng = Random(f"{seed}:{self.name}:{number}")
        if self.make:
            return self.make(rng).encode("utf-8", "replace")
        if self.binary:
            return mutate.mutated_bytes(rng, rng.choice(seeds))
        texts = [one.decode("utf-8", "replace") for one in seeds]
        text = rng.choice(texts)
        if self.rules and rng.random() < 0.5:
            text = mutate.grown(rng, self.rules, "file")
        if rng.random() < 0.85:
            text = mutate.mutated(rng, text, texts)
        data = mutate.marked(rng, text).encode("utf-8", "replace")
        return mutate.mutated_bytes(rng, data) if rng.random() < 0.08 else data


_within: list[Path] = []  # the folder of the process that this one is a part of


@lru_cache(maxsize=1)
def workplace() -> Path:
    """A folder of this process for files, in memory where the system has such a place."""
    memory = Path("/dev/shm")
    there = _within[-1] if _within else memory if memory.is_dir() else None
    return Path(tempfile.mkdtemp(prefix="edition-fuzz-", dir=there))


def own_workplace() -> None:
    """To be called in a process that was forked: its folder is one within that of its parent, which
    goes with it however this process ends."""
    _within.append(workplace())
    workplace.cache_clear()


def every() -> dict[str, Target]:
    """All targets by name."""
    from fuzz import (
        of_bibliography,
        of_importers,
        of_outputs,
        of_pages,
        of_press,
        of_texts,
        of_workspaces,
    )

    found = [
        *of_texts.targets(), *of_bibliography.targets(), *of_importers.targets(),
        *of_press.targets(), *of_outputs.targets(), *of_workspaces.targets(), *of_pages.targets(),
    ]  # fmt: skip
    return {one.name: one for one in found}


__all__ = ["Target", "every", "grammars", "workplace"]
