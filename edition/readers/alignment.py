"""Alignment: which segments of one language stand beside which of the other.

By id where ids are given, by ``corresp`` where one answers to several; between those by what the
texts say. As many on one side as on the other answer each other in order, unless their texts speak
against it; joins, gaps and doubts are findings, each one at its place, and stop the build until
the editor has settled them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from edition.aligning import SURE, Aligned, Bead, Bitext, Moved, TermForms, align
from edition.diagnostics import Diagnostic, Outcome, error
from edition.model import LANGS, Lang, Pair, Section, Segment, other
from edition.readers import contents, judging, wording
from edition.readers.wording import SIDES

UNMATCHED = error("ALN001", "A segment has no counterpart")
CROSSING = error("ALN002", "Pairs cross")
NO_TARGET = error("ALN003", "A corresp names a segment that does not exist")
JOINED = error("ALN008", "Segments that seem to belong together")
UNSURE = error("ALN009", "It is not clear what answers to what")

_MANY = 8  # texts that a finding shows


@dataclass(slots=True)
class _Group:
    """Segments found to belong together, by their positions on each side."""

    zh: set[int]
    en: set[int]
    sure: float = 1.0

    def side(self, lang: Lang) -> set[int]:
        return self.zh if lang == "zh" else self.en


def align_all(
    sections: Sequence[Section], ratio: tuple[float, float] | None, forms: Sequence[TermForms] = ()
) -> Outcome[tuple[Pair, ...]]:
    """Pairs of all sections in reading order, every segment in exactly one. ``ratio``: least and
    greatest number of English letters for a Chinese character; None: as the edition itself
    teaches. ``forms``: names and terms, which tell paragraphs."""
    works = [_Alignment(section) for section in sections]
    waiting = [work for work in works if work.settle()]
    if waiting:
        for work, aligned in zip(waiting, align([one.part for one in waiting], forms), strict=True):
            work.take(aligned)
    pairs = tuple(pair for work in works for pair in work.pairs())
    found = [one for work in works for one in work.found]
    sizes = [judging.lengths(pair) for pair in pairs]
    usual = ratio or judging.expected(sizes) or judging.USUAL
    for pair, size in zip(pairs, sizes, strict=True):
        found += judging.judge(pair, size, usual)
    return Outcome(pairs, tuple(found))


class _Alignment:
    def __init__(self, section: Section) -> None:
        self.section = section
        self.found: list[Diagnostic] = []
        self.groups: dict[tuple[Lang, int], _Group] = {}
        self.index: dict[Lang, dict[str, int]] = {"zh": {}, "en": {}}
        self.kept: dict[Lang, list[int]] = {"zh": [], "en": []}
        self.part = Bitext((), ())
        self.quiet: set[tuple[Lang, int]] = set()  # of which a finding speaks already
        self.one_sided = not section.zh or not section.en
        for lang in LANGS:
            for position, segment in enumerate(section.side(lang)):
                self.index[lang].setdefault(segment.id, position)

    def settle(self) -> bool:
        """Align what ids and ``corresp`` say; whether anything is left on both sides."""
        if self.one_sided:
            return False
        self._by_corresp()
        self._by_id()
        free = {lang: [at for at in range(len(self.section.side(lang)))
                       if (lang, at) not in self.groups] for lang in LANGS}  # fmt: skip
        if not (free["zh"] and free["en"]):
            return False
        chain = self._chain()
        self.kept = {
            lang: sorted([*free[lang], *(at for group in chain for at in group.side(lang))])
            for lang in LANGS
        }
        places = {lang: {at: n for n, at in enumerate(self.kept[lang])} for lang in LANGS}
        settled = tuple(
            (_range([places["zh"][at] for at in group.zh]),
             _range([places["en"][at] for at in group.en]))
            for group in chain
        )  # fmt: skip
        zh, en = (tuple(contents.unit(self.section.side(lang)[at]) for at in self.kept[lang])
                  for lang in LANGS)  # fmt: skip
        self.part = Bitext(zh, en, settled)
        return True

    def _chain(self) -> list[_Group]:
        """Groups that stand together and in order on both sides; those that cross them are left
        out, and reported elsewhere."""
        groups = {id(group): group for group in self.groups.values() if group.zh and group.en}
        whole = [one for one in groups.values() if _together(one.zh) and _together(one.en)]
        whole.sort(key=lambda group: min(group.zh))
        kept: list[_Group] = []
        for group in whole:
            if not kept or min(group.en) > max(kept[-1].en):
                kept.append(group)
        return kept

    # --- by contents ------------------------------------------------------------------------------

    def take(self, aligned: Aligned) -> None:
        """Align as the texts say, and tell what is no pair of one and one, or unsure."""
        for move in aligned.moved:
            self._moved(move)
        doubtful: list[Bead] = []
        for bead in aligned.beads:
            unsure = not bead.settled and bead.sure < SURE and not self._named_apart(bead)
            if doubtful and not unsure:
                self._doubt(doubtful)
                doubtful = []
            if unsure:
                doubtful.append(bead)
            elif not bead.settled:
                self._bead(bead)
        if doubtful:
            self._doubt(doubtful)

    def _positions(self, bead: Bead) -> tuple[list[int], list[int]]:
        return (self.kept["zh"][bead.zh[0] : bead.zh[1]], self.kept["en"][bead.en[0] : bead.en[1]])

    def _bead(self, bead: Bead) -> None:
        zh, en = self._positions(bead)
        if not zh or not en or self._named_apart(bead):
            return
        for left in zh:
            for right in en:
                self._join(left, right)
        self.groups["zh", zh[0]].sure = bead.sure
        if bead.shape != (1, 1):
            self._joined(zh, en, bead.sure)

    def _named_apart(self, bead: Bead) -> bool:
        """Whether both sides have ids of their own: then the ids say that they are no pair."""
        zh, en = self._positions(bead)
        return any(self.section.zh[at].given for at in zh) and any(
            self.section.en[at].given for at in en
        )

    def _segments(self, lang: Lang, positions: Sequence[int]) -> list[Segment]:
        return [self.section.side(lang)[at] for at in positions]

    def _joined(self, zh: Sequence[int], en: Sequence[int], sure: float) -> None:
        left, right = self._segments("zh", zh), self._segments("en", en)
        if len(left) == 1:
            fact = (
                f"{wording.ids(right)} in English seem to answer to one Chinese text, {left[0].id}"
            )
        elif len(right) == 1:
            fact = (
                f"{wording.ids(left)} in Chinese seem to answer to one English text, {right[0].id}"
            )
        else:
            both = f"{wording.ids(left)} in Chinese seem to answer to {wording.ids(right)}"
            fact = f"{both} in English together"
        way = (
            "join or part them in one of the files, or let edition align --write put corresp there"
        )
        many = left if len(left) > 1 else right
        self.found.append(Diagnostic(
            code=JOINED, span=many[0].span, segment=many[0].id, fact=f"{fact} ({sure:.0%} sure)",
            hint="\n".join([way, *wording.beside(left, right)])))  # fmt: skip

    def _doubt(self, beads: Sequence[Bead]) -> None:
        """One finding for a run of beads that are unsure; what is likeliest is taken meanwhile."""
        rows: list[str] = []
        left: list[Segment] = []
        right: list[Segment] = []
        for bead in beads:
            zh, en = self._positions(bead)
            left += self._segments("zh", zh)
            right += self._segments("en", en)
            rows += wording.beside(self._segments("zh", zh), self._segments("en", en), bead.sure)
            self.quiet |= {("zh", at) for at in zh} | {("en", at) for at in en}
            if zh and en:
                for one in zh:
                    for two in en:
                        self._join(one, two)
                self.groups["zh", zh[0]].sure = bead.sure
        first = (left or right)[0]
        more = [f"{wording.ROW}…"] if len(rows) > _MANY else []
        both = f"{wording.count(left, 'zh')} and {wording.count(right, 'en')}"
        fact = f"{both} may answer to each other in several ways"
        way = "give those that answer to each other one id; what is likeliest is"
        self.found.append(Diagnostic(
            code=UNSURE, span=first.span, segment=first.id, fact=fact,
            hint="\n".join([way, *rows[:_MANY], *more])))  # fmt: skip

    def _moved(self, move: Moved) -> None:
        zh, en = self.kept["zh"][move.zh], self.kept["en"][move.en]
        left, right = self.section.zh[zh], self.section.en[en]
        self.quiet |= {("zh", zh), ("en", en)}
        fact = f"its English seems to stand elsewhere, {right.span.place}"
        hint = "\n".join(["put both sides in one order", *wording.beside([left], [right])])
        self.found.append(
            Diagnostic(code=CROSSING, span=left.span, segment=left.id, fact=fact, hint=hint)
        )

    # --- by what is written -----------------------------------------------------------------------

    def pairs(self) -> tuple[Pair, ...]:
        pairs = self._ordered()
        if not self.one_sided:
            self._unmatched(pairs)
        return pairs

    def _join(self, zh: int, en: int) -> None:
        left = self.groups.get(("zh", zh)) or _Group({zh}, set())
        right = self.groups.get(("en", en)) or _Group(set(), {en})
        merged = _Group(left.zh | right.zh, left.en | right.en)
        for lang in LANGS:
            for position in merged.side(lang):
                self.groups[lang, position] = merged

    def _by_corresp(self) -> None:
        for lang in LANGS:
            there = self.index[other(lang)]
            for position, one in enumerate(self.section.side(lang)):
                for target in one.corresp:
                    if target not in there:
                        fact = f"there is no {SIDES[other(lang)]} segment {target} in this section"
                        self.found.append(Diagnostic(code=NO_TARGET, span=one.span,
                                                     segment=one.id, fact=fact))  # fmt: skip
                    elif lang == "zh":
                        self._join(position, there[target])
                    else:
                        self._join(there[target], position)

    def _by_id(self) -> None:
        for position, one in enumerate(self.section.zh):
            if not one.given or ("zh", position) in self.groups:
                continue
            there = self.index["en"].get(one.id, -1)
            if there >= 0 and self.section.en[there].given and ("en", there) not in self.groups:
                self._join(position, there)

    def _ordered(self) -> tuple[Pair, ...]:
        pairs: list[Pair] = []
        done: set[tuple[Lang, int]] = set()
        next_en = 0
        for position in range(len(self.section.zh)):
            if ("zh", position) in done:
                continue
            group = self.groups.get(("zh", position)) or _Group({position}, set())
            self._split("zh", group)
            self._split("en", group)
            first = min(group.en, default=next_en)
            next_en = self._alone_before(next_en, first, pairs, done)
            if group.en and first < next_en:
                self._cross(position, first)
            pairs.append(self._pair(group, done))
            next_en = max(next_en, max(group.en, default=-1) + 1)
        end = len(self.section.en)
        self._alone_before(next_en, end, pairs, done)
        return tuple(pairs)

    def _alone_before(
        self, start: int, end: int, pairs: list[Pair], done: set[tuple[Lang, int]]
    ) -> int:  # fmt: skip
        """English segments that answer to nothing, before position ``end``."""
        pairs.extend(
            self._pair(_Group(set(), {position}), done)
            for position in range(start, end)
            if ("en", position) not in self.groups
        )
        return max(start, end)

    def _split(self, lang: Lang, group: _Group) -> None:
        """Segments that answer to one text stand together."""
        positions = sorted(group.side(lang))
        for before, after in pairwise(positions):
            if after != before + 1:
                one, two = self.section.side(lang)[before], self.section.side(lang)[after]
                fact = f"it belongs together with {one.id}, and others stand between them"
                self.found.append(Diagnostic(
                    code=CROSSING, span=two.span, segment=two.id, fact=fact,
                    hint="put segments that answer to one text side by side"))  # fmt: skip

    def _cross(self, zh: int, en: int) -> None:
        one, two = self.section.zh[zh], self.section.en[en]
        fact = f"its English, {two.span.place}, stands before that of the segment above it"
        self.found.append(Diagnostic(code=CROSSING, span=one.span, segment=one.id, fact=fact,
                                     hint="put both sides in one order"))  # fmt: skip

    def _pair(self, group: _Group, done: set[tuple[Lang, int]]) -> Pair:
        zh = tuple(self.section.zh[n] for n in sorted(group.zh))
        en = tuple(self.section.en[n] for n in sorted(group.en))
        done |= {("zh", n) for n in group.zh} | {("en", n) for n in group.en}
        return Pair((zh or en)[0].id, self.section.id, zh, en, group.sure)

    def _unmatched(self, pairs: Sequence[Pair]) -> None:
        """One finding for a run of segments of one side that nothing answers to."""
        run: list[Segment] = []
        for pair in (*pairs, None):
            lone = [] if pair is None or (pair.zh and pair.en) else [*pair.zh, *pair.en]
            lone = [one for one in lone
                    if (one.lang, self.index[one.lang][one.id]) not in self.quiet]  # fmt: skip
            if run and not (lone and lone[0].lang == run[0].lang):
                self._alone(run)
                run = []
            run += lone

    def _alone(self, run: Sequence[Segment]) -> None:
        side, first = SIDES[other(run[0].lang)], run[0]
        fact = f"no {side} segment answers to {wording.ids(run)}"
        mark = f"{{#{first.id} .untranslated}}"
        hint = f"give the {side} the id {first.id}, or write {mark} there"
        if len(run) > 1:
            fact += f", {len(run)} in a row"
            hint = f"write the {side}, or for each a block such as {mark} there"
        self.found.append(
            Diagnostic(code=UNMATCHED, span=first.span, segment=first.id, fact=fact, hint=hint)
        )


def _together(positions: set[int]) -> bool:
    return max(positions) - min(positions) + 1 == len(positions)


def _range(positions: Sequence[int]) -> tuple[int, int]:
    return min(positions), max(positions) + 1
