"""Which footnote belongs to which mark, and what is wrong with their numbers."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from edition.diagnostics import Diagnostic
from edition.importers.blocks import Block
from edition.importers.codes import NO_DEFINITION, NO_MARK, SKIPPED, TWICE
from edition.importers.marks import ANSWERS, key
from edition.source import Span


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    """A mark in the text, at ``span``; ``key`` is its number, or its label in Markdown."""

    key: str
    family: str
    span: Span


@dataclass(slots=True)
class Footnotes:
    """``labels``: start of a mark → label it prints with; ``blocks``: label → the footnote."""

    labels: dict[int, str] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)
    unmarked: list[str] = field(default_factory=list)  # labels nothing refers to
    found: list[Diagnostic] = field(default_factory=list)


def pair(marks: Sequence[FootnoteMark], notes: Sequence[Block]) -> Footnotes:
    """Footnotes of a family answer to the marks of one family, so that ``[1]`` of a list of works
    and ① never share numbers. Numbered through the text, or anew on each page: the marks of one
    number answer to its footnotes in their order."""
    made = Footnotes()
    answers = _answers(marks, notes)
    by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
    again = any(count > 1 for count in Counter(key(one.mark) for one in notes).values())
    for position, block in enumerate(notes, start=1):
        label = str(position) if again else key(block.mark)
        if not again and not re.fullmatch(r"[\w.-]+", label):
            label = f"n{position}"
        made.blocks[label] = block
        by_key[answers[block.system], key(block.mark)].append(label)
    used: Counter[tuple[str, str]] = Counter()
    among = again and _stand_among(marks, notes)
    starts = {label: block.lines[0].passage.offsets[0] for label, block in made.blocks.items()}
    loose: list[FootnoteMark] = []
    for one in marks:
        own = by_key.get((one.family, one.key))
        if not own:
            if one.family == "markdown" or (one.family == "super" and notes):
                loose.append(one)
            continue
        label = own[min(used[one.family, one.key], len(own) - 1)]
        if among:  # the one below the mark, though a mark above it may be lost
            label = next((each for each in own if starts[each] > one.span.start), own[-1])
        used[one.family, one.key] += 1
        made.labels[one.span.start] = label
    referred = set(made.labels.values())
    made.unmarked = [label for label in made.blocks if label not in referred]
    _report(made, marks, loose, again)
    if all(one.system == "markdown" for one in notes):
        _number(made)
    return made


def _number(made: Footnotes) -> None:
    """Footnotes of Markdown that have names are numbered by their marks, as pandoc does: a name is
    nothing to print."""
    order = list(dict.fromkeys(made.labels[start] for start in sorted(made.labels)))
    order += made.unmarked
    if all(one[:1].isdecimal() for one in order):
        return
    new = {label: str(number) for number, label in enumerate(order, start=1)}
    made.labels = {start: new[label] for start, label in made.labels.items()}
    made.blocks = {new[label]: made.blocks[label] for label in order}
    made.unmarked = [new[label] for label in made.unmarked]


def _stand_among(marks: Sequence[FootnoteMark], notes: Sequence[Block]) -> bool:
    """Whether footnotes stand below what they belong to, of pages or chapters, and not all of them
    behind the text."""
    first = min((one.lines[0].passage.offsets[0] for one in notes), default=0)
    return any(one.span.start > first for one in marks)


def _answers(marks: Sequence[FootnoteMark], notes: Sequence[Block]) -> dict[str, str]:
    """Family of footnotes → family of the marks that they answer to: its own, or the one with
    most of its numbers."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for one in marks:
        numbers[one.family].add(one.key)
    wanted: dict[str, set[str]] = defaultdict(set)
    for block in notes:
        wanted[block.system].add(key(block.mark))
    taken = {family for family in wanted if family in numbers}
    found: dict[str, str] = {}
    for family, own in wanted.items():
        ranked = sorted(
            (-len(own & numbers[other]), rank, other)
            for rank, other in enumerate(ANSWERS[family])
            if other == family or other not in taken or family == "paren"
        )
        found[family] = ranked[0][2] if ranked and ranked[0][0] < 0 else family
    return found


def _report(
    made: Footnotes, marks: Sequence[FootnoteMark], loose: list[FootnoteMark], again: bool
) -> None:
    for one in loose:
        made.found.append(Diagnostic(
            code=NO_DEFINITION, span=one.span, fact=f"there is no footnote {one.key}",
            hint="the mark stays in the text as it is"))  # fmt: skip
    seen: dict[str, FootnoteMark] = {}
    for one in marks:
        label = made.labels.get(one.span.start)
        if label is None:
            continue
        first = seen.setdefault(label, one)
        if first is not one:
            after = str(int(label) + 1) if label.isdecimal() else ""
            hint = f"perhaps {after}, which nothing refers to" if after in made.unmarked else ""
            made.found.append(Diagnostic(
                code=TWICE, span=one.span, hint=hint,
                fact=f"mark {one.key} stands a second time; the first is in line {first.span.line}",
            ))  # fmt: skip
    for label in made.unmarked:
        block = made.blocks[label]
        passage = block.lines[0].passage
        made.found.append(Diagnostic(
            code=NO_MARK, span=passage.span(0, min(max(block.lead, 1), len(passage.text))),
            fact=f"nothing in the text refers to footnote {block.mark}",
            hint=_where(made, marks, label)))  # fmt: skip
    if not again:
        _skipped(made)


def _where(made: Footnotes, marks: Sequence[FootnoteMark], label: str) -> str:
    """Between which marks the lost one must have stood."""
    if not label.isdecimal():
        return ""
    lines = {made.labels[one.span.start]: one.span.line for one in marks
             if one.span.start in made.labels}  # fmt: skip
    before, after = lines.get(str(int(label) - 1)), lines.get(str(int(label) + 1))
    if before and after:
        return f"its mark belongs between lines {before} and {after}"
    return ""


def _skipped(made: Footnotes) -> None:
    numbers = sorted(int(label) for label in made.blocks if label.isdecimal())
    for one, two in itertools.pairwise(numbers):
        if two - one > 1 and two - one < 50:
            passage = made.blocks[str(two)].lines[0].passage
            names = str(one + 1) if two == one + 2 else f"{one + 1}–{two - 1}"
            made.found.append(Diagnostic(
                code=SKIPPED, span=passage.span(0, 1),
                fact=f"footnote {names} is missing: {one} is followed by {two}"))  # fmt: skip
