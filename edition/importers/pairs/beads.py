"""Which blocks of two sides answer to each other, and what of that is unsure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from edition.aligning import SURE
from edition.aligning.asking import Member, Texts
from edition.aligning.rulings import Ruling, align_ruled, openings
from edition.diagnostics import Code, Diagnostic
from edition.importers.codes import ALONE, MOVED, SEVERAL_TO_ONE, UNANSWERED, UNSURE
from edition.importers.pairs.made import Piece
from edition.model import Lang

_SHOWN = 60  # characters of a text in a finding
_MANY = 6  # texts in a finding


@dataclass(frozen=True, slots=True)
class BlockBead:
    """Blocks that answer to each other, in order; one side may be empty."""

    zh: tuple[Piece, ...]
    en: tuple[Piece, ...]
    sure: float = 1.0


def by_rows(
    zh: Sequence[Piece], en: Sequence[Piece], numbers: Mapping[Lang, Mapping[int, int]]
) -> list[BlockBead]:  # fmt: skip
    """Beads of sides whose blocks say by their place in which row they stood: in that of the same
    number, or as ``numbers`` says."""
    rows: dict[int, tuple[list[Piece], list[Piece]]] = defaultdict(lambda: ([], []))
    for side, pieces in enumerate((zh, en)):
        for piece in pieces:
            row = numbers[piece.lang].get(piece.place, piece.place)
            rows[row][side].append(piece)
    return [BlockBead(tuple(rows[row][0]), tuple(rows[row][1])) for row in sorted(rows)]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the texts say, and the editor's rulings on them: ``found``: what stands elsewhere, and
    rulings on texts that are not there; ``texts``: for a review."""

    beads: list[BlockBead]
    found: list[Diagnostic]
    texts: Texts


def by_contents(
    zh: Sequence[Piece], en: Sequence[Piece], rulings: Sequence[Ruling] = ()
) -> Agreed:  # fmt: skip
    begins = openings(one.text for one in zh), openings(one.text for one in en)
    made = align_ruled([one.unit() for one in zh], [one.unit() for one in en], rulings, begins)
    beads = [BlockBead(tuple(zh[at] for at in one.zh), tuple(en[at] for at in one.en), one.sure)
             for one in made.groups]  # fmt: skip
    found = [_moved(zh[one.zh], en[one.en]) for one in made.moved]
    for ruling in (rulings[number] for number in made.unmet):
        fact = " | ".join((*ruling.zh, *ruling.en))
        found.append(Diagnostic(code=UNANSWERED, span=ruling.span, fact=fact,
                                hint="a text that begins so is not there any more"))  # fmt: skip
    left, right = (
        tuple(Member(one.id, one.text, start) for one, start in zip(side, starts, strict=True))
        for side, starts in zip((zh, en), begins, strict=True)
    )
    return Agreed(beads, found, Texts(left, right, made.groups))


def _moved(zh: Piece, en: Piece) -> Diagnostic:
    place = en.span.place if en.span else en.id
    return _finding(MOVED, [zh], [en], f"its English stands elsewhere, {place}",
                    "put both sides in one order")  # fmt: skip


def findings(beads: Sequence[BlockBead]) -> Iterator[Diagnostic]:
    """What of the beads an editor should look at: one finding a place."""
    for kind, group in groupby(beads, key=_kind):
        run = list(group)
        zh = [piece for one in run for piece in one.zh]
        en = [piece for one in run for piece in one.en]
        match kind:
            case "zh alone" | "en alone":
                side, count = ("English", len(zh)) if zh else ("Chinese", len(en))
                what = "it" if count == 1 else f"{count} in a row"
                fact = f"no {side} answers to {what}"
                yield _finding(ALONE, zh, en, fact, "write it, or mark its place .omitted")
            case "unsure":
                fact = f"these may answer otherwise (chance {min(one.sure for one in run):.2f})"
                yield _finding(UNSURE, zh, en, fact, "compare both; edition align lists them")
            case "several":
                for one in run:
                    fact = f"{len(one.zh)} in Chinese answer to {len(one.en)} in English"
                    yield _finding(SEVERAL_TO_ONE, one.zh, one.en, fact, "corresp says so")
            case _:
                pass


def _finding(
    code: Code, zh: Sequence[Piece], en: Sequence[Piece], fact: str, way: str
) -> Diagnostic:  # fmt: skip
    first = (*zh, *en)[0]
    return Diagnostic(code=code, span=first.span, segment=first.id, fact=fact,
                      hint="\n".join([way, *_beside(zh, en)]))  # fmt: skip


def _kind(bead: BlockBead) -> str:
    if not (bead.zh and bead.en):
        return "zh alone" if bead.zh else "en alone"
    if bead.sure < SURE:
        return "unsure"
    return "several" if len(bead.zh) > 1 or len(bead.en) > 1 else ""


def _beside(zh: Sequence[Piece], en: Sequence[Piece]) -> list[str]:
    """Both texts, the beginning of each."""
    shown = (*zh[:_MANY], *en[:_MANY])
    rows = [f"    {one.lang} {one.id}: {_cut(one.text)}" for one in shown]
    return [*rows, *(["    …"] if max(len(zh), len(en)) > _MANY else [])]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
