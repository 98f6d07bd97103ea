"""Characters that are likely misread: 隨這 where the text has 隨着 again and again.

A character is suspect where another that looks like it (:mod:`edition.importers.lookalikes`) makes
the words round it far likelier (:mod:`edition.importers.lexicon`): words of the list, words that
the text has elsewhere, names of the work. Nothing is changed; each finding is a proposal for the
editor.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from edition.characters import HAN
from edition.diagnostics import Diagnostic
from edition.importers.codes import MISREAD
from edition.importers.judging import LEAST, Doubt, Judge, Run, plain
from edition.importers.lexicon import RUN, Lexicon
from edition.readers.passage import Passage
from edition.script import traditional
from edition.script.characters import script_of
from edition.source import SourceFile

LEAST_CLASSICAL = 10.0  # where words are short and the list has few of them
LONE, TWIN = 6, 3  # places of a character, and rank, where what its places gain is one sum
_HAN_RUN = re.compile(rf"[{HAN}]+")
_CLASSICAL = frozenset("之其者也曰乃矣焉乎哉彼若")
_MODERN = frozenset("的了这们很么吗")


@dataclass(frozen=True, slots=True)
class Emendation:
    """A proposed correction: ``sic`` at ``offset`` of the file, ``corr`` instead."""

    offset: int
    sic: str
    corr: str
    evidence: str


def misread(
    file: SourceFile, body: Iterable[Passage], terms: Iterable[str] = ()
) -> tuple[list[Diagnostic], list[Emendation]]:
    """Findings and proposed corrections, in the order of ``body``. ``terms``: names and terms that
    are known to be right."""
    runs = [
        Run(passage, found.start(), found[0], plain(found[0]))
        for passage in body
        for found in _HAN_RUN.finditer(passage.text)
    ]
    lexicon = Lexicon((run.plain for run in runs), map(plain, terms))
    order = {id(run): at for at, run in enumerate(runs)}
    doubts = sorted(_settled(lexicon, runs), key=lambda one: (order[id(one.run)], one.at))
    hant = script_of(file.text) != "hans"
    made = [_emendation(one, lexicon, runs, hant=hant) for one in doubts]
    found = [
        Diagnostic(
            code=MISREAD, span=file.span(one.offset, one.offset + len(one.sic)),
            fact=f"{one.sic}: perhaps {one.corr}", hint=one.evidence,
        )
        for one in made
    ]  # fmt: skip
    return found, made


def _settled(lexicon: Lexicon, runs: Sequence[Run]) -> Iterator[Doubt]:
    """The doubts, the strongest first. What is told of one place is no evidence for others: two
    places that speak against each other are one misreading."""
    least = LEAST_CLASSICAL if _is_classical(lexicon) else LEAST
    judge = Judge(lexicon)
    first = _pooled([one for run in runs for one in judge.doubts(run)], lexicon, least)
    done: dict[int, list[int]] = {}
    for one in sorted(first, key=lambda doubt: -doubt.gain):
        near = done.setdefault(id(one.run), [])
        if any(abs(at - one.at) <= 1 for at in near):
            continue
        again = judge.doubt(one.run, one.at)
        if again is None or again.gain + one.pooled < least:
            continue
        near.append(one.at)
        lexicon.replaced(one.run.plain, one.at, again.char)
        yield again


def _pooled(doubts: Sequence[Doubt], lexicon: Lexicon, least: float) -> list[Doubt]:
    """The doubts that are strong enough, alone or as one confusion: a character that is rare in the
    text and read as the same other one at every place (夏旦, 夏合 for 复旦, 复合)."""
    groups: dict[tuple[str, str], list[Doubt]] = defaultdict(list)
    for one in doubts:
        if one.rank <= TWIN and one.gain > 0:
            groups[one.run.plain[one.at], one.char].append(one)
    strong = [one for one in doubts if one.gain >= least]
    for (char, _), group in groups.items():
        total = sum(one.gain for one in group)
        if len(group) > 1 and lexicon.counts[char] == len(group) <= LONE and total >= least:
            strong += [replace(one, pooled=total - one.gain) for one in group if one.gain < least]
    return strong


def _is_classical(lexicon: Lexicon) -> bool:
    count = lexicon.counts
    classical = sum(count[char] for char in _CLASSICAL)
    return classical > 3 * sum(count[char] for char in _MODERN)


# --- what is told --------------------------------------------------------------------------------


def _emendation(doubt: Doubt, lexicon: Lexicon, runs: Sequence[Run], *, hant: bool) -> Emendation:
    """The pair or word of the text that the other reading makes, and why."""
    run, at = doubt.run, doubt.at
    text = run.plain[:at] + doubt.char + run.plain[at + 1 :]
    start, end = _word(lexicon, text, at)
    word, old = text[start:end], run.plain[start:end]
    written = _written(runs, word) or (traditional(word) if hant else word)
    form = written[at - start] if len(written) == len(word) else doubt.char
    sic = run.written[start:end]
    corr = sic[: at - start] + form + sic[at - start + 1 :]
    often = lexicon.counts[word] - 1
    if often > 0:
        times = "once" if often == 1 else f"{often} times"
        other = lexicon.counts[old] + 1
        evidence = f"the text has {corr} {times}, {sic} {other if other > 1 else 'once'}"
    elif word in lexicon.terms:
        evidence = f"{corr} is a name or term of the work"
    else:
        evidence = f"{corr} is a word, {sic} is none" if old not in lexicon.words else (
            f"{corr} fits its sentence better")  # fmt: skip
    return Emendation(run.passage.offsets[run.start + start], sic, corr, evidence)


def _word(lexicon: Lexicon, text: str, at: int) -> tuple[int, int]:
    """The word of two and more characters that holds the one at ``at``: the pair that the text
    has oftenest, else the longest listed word, else a pair."""
    options: list[tuple[float, int, int]] = []
    for length in range(2, max(RUN, lexicon.longest) + 1):
        for start in range(max(0, at - length + 1), min(at, len(text) - length) + 1):
            word = text[start : start + length]
            often = lexicon.counts[word] - 1
            if word in lexicon.terms or word in lexicon.words:
                options.append((1000.0 + often + length, start, start + length))
            elif often > 0 and length == 2:
                options.append((float(often), start, start + length))
    if options:
        _, start, end = max(options)
        return start, end
    return max(0, at - 1), min(len(text), max(0, at - 1) + 2)


def _written(runs: Sequence[Run], word: str) -> str:
    """The first place of ``word`` in the text as it is written there."""
    for run in runs:
        start = run.plain.find(word)
        if start >= 0:
            return run.written[start : start + len(word)]
    return ""
