"""How well and how fast two texts are aligned, where the parallel discourses are at hand.

``python tests/bench/bench_alignment.py [CORPUS]`` takes the discourses' paragraphs, splits, joins
and drops a tenth of those of either side by a seeded chance, aligns them, and prints precision,
recall and F1 of beads (a bead counts where both its sides are right), then of sentences, then the
seconds for 3,000 × 3,100 paragraphs.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import corpora_agama as agama

from edition.aligning import Aligned, Bitext, Unit, align
from edition.model import Kind

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "agama"
KINDS = {"h1": Kind.HEADING, "h2": Kind.HEADING, "verse": Kind.VERSE}
Sentences = tuple[str, ...]
Gold = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass
class Text:
    """A discourse: paragraphs of both sides, as sentences by key."""

    name: str
    blocks: list[agama.Block]


def texts(corpus: Path) -> list[Text]:
    names = sorted(path.name.split("_")[0] for path in (corpus / "root").glob("*.json"))
    return [
        Text(name, list(agama.blocks(*(agama.read(corpus, part, name)
                                       for part in ("html", "root", "translation")))))
        for name in names
    ]  # fmt: skip


def unit(block: agama.Block, lines: Sequence[str], glue: str) -> Unit:
    level = {"h1": 1, "h2": 2}.get(block.kind, 0)
    return Unit(text=glue.join(lines), kind=KINDS.get(block.kind, Kind.PARA), level=level)


def corrupted(text: Text, share: float, chance: random.Random) -> tuple[Bitext, set[Gold]]:
    """A discourse with a share of its paragraphs split, joined or dropped on one side, and what
    answers to what: sentences tell which paragraphs hold parts of one another."""
    sides: dict[str, list[tuple[Unit, frozenset[str]]]] = {}
    for side, glue in (("zh", ""), ("en", " ")):
        made: list[tuple[Unit, frozenset[str]]] = []
        joins = False
        for block in text.blocks:
            lines: dict[str, str] = getattr(block, side)
            if not lines:
                joins = False  # the other side has a heading here
                continue
            plain = block.kind == "p"
            fate = chance.random() if plain else 1.0
            if fate < share / 6:
                joins = False
                continue  # dropped
            keys = list(lines)
            if fate < share / 3 and len(keys) > 1:
                cut = chance.randrange(1, len(keys))
                pieces = [keys[:cut], keys[cut:]]
            else:
                pieces = [keys]
            for piece in pieces:
                new = unit(block, [lines[key] for key in piece], glue)
                if joins and plain and made and made[-1][0].kind is Kind.PARA:
                    last, had = made[-1]
                    joined = Unit(text=last.text + glue + new.text)
                    made[-1] = joined, had | frozenset(piece)
                else:
                    made.append((new, frozenset(piece)))
                joins = False
            joins = plain and share / 3 <= fate < share / 2
        sides[side] = made
    zh, en = sides["zh"], sides["en"]
    return Bitext(tuple(one for one, _ in zh), tuple(one for one, _ in en)), set(
        gold([keys for _, keys in zh], [keys for _, keys in en])
    )


def gold(zh: Sequence[frozenset[str]], en: Sequence[frozenset[str]]) -> Iterator[Gold]:
    """Groups of paragraphs that are held together by shared sentences."""
    left: dict[str, int] = {key: at for at, keys in enumerate(zh) for key in keys}
    groups: dict[tuple[str, int], set[tuple[str, int]]] = {
        **{("zh", at): {("zh", at)} for at in range(len(zh))},
        **{("en", at): {("en", at)} for at in range(len(en))},
    }
    for at, keys in enumerate(en):
        for key in keys:
            if key in left:
                merged = groups["en", at] | groups["zh", left[key]]
                for one in merged:
                    groups[one] = merged
    for group in {id(one): one for one in groups.values()}.values():
        yield (
            tuple(sorted(at for side, at in group if side == "zh")),
            tuple(sorted(at for side, at in group if side == "en")),
        )


def sentences(text: Text) -> tuple[Bitext, set[Gold]]:
    """A discourse by its smallest parts, those of one side only left alone."""
    zh = [(key, line) for block in text.blocks for key, line in block.zh.items()]
    en = [(key, line) for block in text.blocks for key, line in block.en.items()]
    part = Bitext(tuple(Unit(text=one) for _, one in zh), tuple(Unit(text=one) for _, one in en))
    return part, set(gold([frozenset([key]) for key, _ in zh], [frozenset([key]) for key, _ in en]))


def said(aligned: Aligned) -> set[Gold]:
    return {(tuple(range(*one.zh)), tuple(range(*one.en))) for one in aligned.beads}


def measure(cases: Sequence[tuple[Bitext, set[Gold]]], title: str) -> float:
    start = time.process_time()
    done = align([part for part, _ in cases])
    took = time.process_time() - start
    right = sum(len(said(one) & wanted) for one, (_, wanted) in zip(done, cases, strict=True))
    proposed = sum(len(one.beads) for one in done)
    wanted = sum(len(one) for _, one in cases)
    precision, recall = right / proposed, right / wanted
    f1 = 2 * precision * recall / (precision + recall)
    sure = [
        (one.sure, (tuple(range(*one.zh)), tuple(range(*one.en))) in truth)
        for aligned, (_, truth) in zip(done, cases, strict=True) for one in aligned.beads
    ]  # fmt: skip
    high = [good for chance, good in sure if chance >= 0.9]
    share, good = len(high) / len(sure), sum(high) / max(len(high), 1)
    print(
        f"{title:34} P {precision:.3f} R {recall:.3f} F1 {f1:.4f} of {wanted} beads, {took:.2f} s; "
        f"sure of {share:.1%}, of which right {good:.2%}"
    )
    return f1


def large(source: Sequence[Text]) -> Bitext:
    """3,000 × 3,100 paragraphs: the discourses over and over, each time with other paragraphs
    left out, numbered so that no two are the same."""
    chance = random.Random(7)
    zh: list[Unit] = []
    en: list[Unit] = []
    while len(zh) < 3000 or len(en) < 3100:
        for text in source:
            part, _ = corrupted(text, 0.1, chance)
            zh += part.zh
            en += part.en
    return Bitext(tuple(zh[:3000]), tuple(en[:3100]))


def main() -> None:
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    if not corpus.is_dir():
        print(f"there is no corpus at {corpus}")
        return
    source = texts(corpus)
    for share in (0.0, 0.1, 0.2):
        scores = [
            measure(
                [corrupted(one, share, random.Random(seed * 97 + n))
                 for n, one in enumerate(source)],
                f"paragraphs, {share:.0%} changed, seed {seed}",
            )
            for seed in range(1, 4)
        ]  # fmt: skip
        print(f"{'':34} mean F1 {sum(scores) / len(scores):.4f}")
    measure([sentences(one) for one in source], "sentences")
    part = large(source)
    start = time.process_time()
    align([part])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(part.zh)} × {len(part.en)} paragraphs: {time.process_time() - start:.1f} s, "
          f"at most {peak:.0f} MB")  # fmt: skip


if __name__ == "__main__":
    main()
