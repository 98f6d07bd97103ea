"""Characters that are likely misread: 隨這 where the text has 隨着 again and again.

A character is suspect where another that looks like it (:mod:`edition.importers.lookalikes`) makes
the words round it far likelier (:mod:`edition.importers.lexicon`): words of the list, words that
the text has elsewhere, names of the work. Nothing is changed; each finding is a proposal for the
editor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, log

from edition.diagnostics import Diagnostic
from edition.importers.codes import MISREAD
from edition.importers.judging import LONE, Doubt, Judge
from edition.importers.lexicon import RUN, Lexicon
from edition.importers.stream import Stream, plain
from edition.readers.passage import Passage
from edition.script import traditional
from edition.script.characters import script_of
from edition.source import SourceFile

FITTED = 0.01  # share of misread characters that the odds of a doubt were fitted for
# What a text is taken to have before it is looked at: so many misreadings in so many characters.
EXPECTED, IN = 12.0, 4800
ROUNDS = 12  # by then the share has settled
LEAST = -1.6  # logarithm of the odds from which a reading is proposed
LEAST_CLASSICAL = 2.6  # where words are short, and lists and usage are those of another age
# What most places are worth tells how strange the text is to the list and to usage: so much more is
# asked of it, for how much more the last tenth of them is worth than in the texts of the fit.
BULK, USUAL_BULK, STRANGER = 0.9, -6.2, 0.7
FEW = 60  # places; a text of fewer tells little of this
MOST = 0.01  # share of misread characters that a text is taken to have, at most
AGAIN = 5.0  # what each further word with such a character adds
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
    stream = Stream(list(body))
    if not stream.passages:
        return [], []
    script = script_of(file.text) or "hant"
    lexicon = Lexicon(stream.plain, map(plain, terms))
    told = sorted(_settled(Judge(stream, lexicon, script)), key=lambda one: one.at)
    made = [_emendation(one, lexicon, stream, hant=script == "hant") for one in told]
    found = [
        Diagnostic(
            code=MISREAD, span=file.span(one.offset, one.offset + len(one.sic)),
            fact=f"{one.sic}: perhaps {one.corr}", hint=one.evidence,
        )
        for one in made
    ]  # fmt: skip
    return found, made


def _settled(judge: Judge) -> Iterator[Doubt]:
    """The doubts, the strongest first. What is told of one place is no evidence for others: two
    places that speak against each other are one misreading."""
    doubts = _pooled(list(judge.doubts()), judge)
    least = LEAST_CLASSICAL if _is_classical(judge.lexicon) else LEAST
    least += STRANGER * max(0.0, _bulk(doubts, judge.in_question) - USUAL_BULK)
    least -= log(_share(doubts, judge.lexicon.size) / FITTED)
    done: set[int] = set()
    strong = [one for one in doubts if one.odds + one.pooled >= least]
    for one in sorted(strong, key=lambda doubt: (-doubt.odds - doubt.pooled, doubt.at)):
        if done & {one.at - 1, one.at, one.at + 1}:
            continue
        again = judge.doubt(one.at)
        if again is None or again.odds + one.pooled < least:
            continue
        done.add(one.at)
        judge.replaced(one.at, again.char)
        yield again


def _share(doubts: Sequence[Doubt], size: int) -> float:
    """The share of characters that are misread, as the doubts themselves tell it: a text with many
    misreadings is asked about more readily (expectation maximization)."""
    share = EXPECTED / IN
    for _ in range(ROUNDS):
        more = log(share / FITTED)
        misread = sum(1 / (1 + exp(-max(-30.0, min(30.0, one.odds + more)))) for one in doubts)
        share = (misread + EXPECTED) / (size + IN)
    return min(share, MOST)


def _bulk(doubts: Sequence[Doubt], places: int) -> float:
    """What the least of the last tenth of the places is worth, drawn to what is usual where they
    are few. Those without a doubt are worth least."""
    odds = sorted(one.odds for one in doubts)
    at = int(BULK * places) - (places - len(odds))
    own = odds[at] if odds and at >= 0 else USUAL_BULK
    return (own * places + USUAL_BULK * FEW) / (places + FEW)


def _pooled(doubts: Sequence[Doubt], judge: Judge) -> list[Doubt]:
    """The doubts, those with more weight that are all places of a rare character, in different
    words, and read as the same other one (夏旦, 夏合 for 复旦, 复合)."""
    text, often = judge.text, judge.lexicon.often
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in doubts:
        if one.twin:
            groups[text[one.at], one.char].append(text[one.at - 1 : one.at + 2])
    lone = {
        key: len(set(words)) for key, words in groups.items() if len(words) == often(key[0]) <= LONE
    }
    return [
        replace(one, pooled=AGAIN * (lone.get((text[one.at], one.char), 1) - 1)) if one.twin
        else one for one in doubts
    ]  # fmt: skip


def _is_classical(lexicon: Lexicon) -> bool:
    classical = sum(map(lexicon.often, _CLASSICAL))
    return classical > 3 * sum(map(lexicon.often, _MODERN))


# --- what is told --------------------------------------------------------------------------------


def _emendation(doubt: Doubt, lexicon: Lexicon, stream: Stream, *, hant: bool) -> Emendation:
    """The pair or word of the text that the other reading makes, and why."""
    first, last = stream.run(doubt.at, max(RUN, lexicon.longest))
    at = doubt.at - first
    run = stream.plain[first:last]
    text = run[:at] + doubt.char + run[at + 1 :]
    start, end = _word(lexicon, text, at)
    word, old = text[start:end], run[start:end]
    written = stream.as_written(word) or (traditional(word) if hant else word)
    form = written[at - start] if len(written) == len(word) else doubt.char
    sic = stream.written[first + start : first + end]
    corr = sic[: at - start] + form + sic[at - start + 1 :]
    often = lexicon.often(word) - 1
    if often > 0:
        times = "once" if often == 1 else f"{often} times"
        other = lexicon.often(old) + 1
        evidence = f"the text has {corr} {times}, {sic} {other if other > 1 else 'once'}"
    elif word in lexicon.terms:
        evidence = f"{corr} is a name or term of the work"
    else:
        evidence = f"{corr} is a word, {sic} is none" if old not in lexicon.words else (
            f"{corr} fits its sentence better")  # fmt: skip
    return Emendation(stream.offset(first + start), sic, corr, evidence)


def _word(lexicon: Lexicon, text: str, at: int) -> tuple[int, int]:
    """The word of two and more characters that holds the one at ``at``: the pair that the text
    has oftenest, else the longest listed word, else a pair."""
    options: list[tuple[float, int, int]] = []
    for length in range(2, max(RUN, lexicon.longest) + 1):
        for start in range(max(0, at - length + 1), min(at, len(text) - length) + 1):
            word = text[start : start + length]
            often = lexicon.often(word) - 1 if length <= RUN else 0
            if word in lexicon.terms or word in lexicon.words:
                options.append((1000.0 + often + length, start, start + length))
            elif often > 0 and length == 2:
                options.append((float(often), start, start + length))
    if options:
        _, start, end = max(options)
        return start, end
    return max(0, at - 1), min(len(text), max(0, at - 1) + 2)
