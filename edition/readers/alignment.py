"""Alignment: which segments of one language stand beside which of the other.

By id where ids are given, by ``corresp`` where one answers to several, else by position between
the segments that are aligned already. Nothing is aligned by guessing at the contents.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from edition.diagnostics import Diagnostic, Outcome, error, warning
from edition.model import Kind, Lang, Pair, Presence, Section, Segment, plain

UNMATCHED = error("ALN001", "A segment has no counterpart")
CROSSING = error("ALN002", "Pairs cross")
NO_TARGET = error("ALN003", "A corresp names a segment that does not exist")
RATIO = warning("ALN004", "Suspicious length of a translation")
STALE = warning("ALN005", "The source has changed since its translation was checked")
KINDS = warning("ALN006", "A pair of different kinds")
NO_TEXT = error("ALN007", "A pair without text on either side")

_SIDES: dict[Lang, str] = {"zh": "Chinese", "en": "English"}
_KINDS = {
    Kind.HEADING: "a heading", Kind.PARA: "a paragraph", Kind.ITEM: "an item of a list",
    Kind.QUOTE: "a quotation", Kind.VERSE: "verse", Kind.TABLE: "a table", Kind.FIGURE: "a figure",
}  # fmt: skip
_LEAST = 20  # Chinese characters below which a ratio of lengths says nothing


def other(lang: Lang) -> Lang:
    return "en" if lang == "zh" else "zh"


@dataclass(slots=True)
class _Group:
    """Segments found to belong together, by their positions on each side."""

    zh: set[int]
    en: set[int]

    def side(self, lang: Lang) -> set[int]:
        return self.zh if lang == "zh" else self.en


def align(section: Section, ratio: tuple[float, float]) -> Outcome[tuple[Pair, ...]]:
    """Pairs of a section in reading order, every segment in exactly one; ``ratio``: least and
    greatest number of English letters for a Chinese character."""
    work = _Alignment(section)
    pairs = work.pairs()
    for pair in pairs:
        work.found += _judge(pair, ratio)
    return Outcome(pairs, tuple(work.found))


class _Alignment:
    def __init__(self, section: Section) -> None:
        self.section = section
        self.found: list[Diagnostic] = []
        self.groups: dict[tuple[Lang, int], _Group] = {}
        self.index: dict[Lang, dict[str, int]] = {"zh": {}, "en": {}}
        for lang in _SIDES:
            for position, one in enumerate(section.side(lang)):
                self.index[lang].setdefault(one.id, position)

    def pairs(self) -> tuple[Pair, ...]:
        one_sided = not self.section.zh or not self.section.en
        if not one_sided:
            self._by_corresp()
            self._by_id()
            self._by_position()
        return self._ordered(one_sided=one_sided)

    def _join(self, zh: int, en: int) -> None:
        one = self.groups.get(("zh", zh)) or _Group({zh}, set())
        two = self.groups.get(("en", en)) or _Group(set(), {en})
        merged = _Group(one.zh | two.zh, one.en | two.en)
        for lang in _SIDES:
            for position in merged.side(lang):
                self.groups[lang, position] = merged

    def _by_corresp(self) -> None:
        for lang in _SIDES:
            there = self.index[other(lang)]
            for position, one in enumerate(self.section.side(lang)):
                for target in one.corresp:
                    if target not in there:
                        fact = f"there is no {_SIDES[other(lang)]} segment {target} in this section"
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

    def _by_position(self) -> None:
        """Between two aligned places, as many segments on one side as on the other, of which one
        side has no ids of its own, answer each other in order."""
        free: dict[Lang, list[int]] = {
            lang: [n for n in range(len(self.section.side(lang))) if (lang, n) not in self.groups]
            for lang in _SIDES
        }
        gaps: dict[int, tuple[list[int], list[int]]] = {}
        for lang in _SIDES:
            before = self._before(lang)
            for position in free[lang]:
                gaps.setdefault(before[position], ([], []))[lang == "en"].append(position)
        for zh, en in gaps.values():
            if len(zh) == len(en):
                for one, two in zip(zh, en, strict=True):
                    if not (self.section.zh[one].given and self.section.en[two].given):
                        self._join(one, two)

    def _before(self, lang: Lang) -> list[int]:
        """For each segment the Chinese position of the last aligned one before it; -1: none."""
        found: list[int] = []
        last = -1
        for position in range(len(self.section.side(lang))):
            found.append(last)
            group = self.groups.get((lang, position))
            if group is not None and group.zh and group.en:
                last = max(group.zh)
        return found

    def _ordered(self, *, one_sided: bool) -> tuple[Pair, ...]:
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
            next_en = self._alone_before(next_en, first, pairs, done, one_sided=one_sided)
            if group.en and first < next_en:
                self._cross(position, first)
            pairs.append(self._pair(group, done, one_sided=one_sided))
            next_en = max(next_en, max(group.en, default=-1) + 1)
        end = len(self.section.en)
        self._alone_before(next_en, end, pairs, done, one_sided=one_sided)
        return tuple(pairs)

    def _alone_before(
        self, start: int, end: int, pairs: list[Pair], done: set[tuple[Lang, int]], *,
        one_sided: bool,
    ) -> int:  # fmt: skip
        """English segments that answer to nothing, before position ``end``."""
        pairs.extend(
            self._pair(_Group(set(), {position}), done, one_sided=one_sided)
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

    def _pair(self, group: _Group, done: set[tuple[Lang, int]], *, one_sided: bool) -> Pair:
        zh = tuple(self.section.zh[n] for n in sorted(group.zh))
        en = tuple(self.section.en[n] for n in sorted(group.en))
        done |= {("zh", n) for n in group.zh} | {("en", n) for n in group.en}
        if not one_sided and not (zh and en):
            self._unmatched((zh or en)[0])
        return Pair((zh or en)[0].id, self.section.id, zh, en)

    def _unmatched(self, one: Segment) -> None:
        side = _SIDES[other(one.lang)]
        fact = f"no {side} segment answers to {one.id}"
        hint = f"give the {side} the id {one.id}, or write {{#{one.id} .untranslated}} there"
        self.found.append(
            Diagnostic(code=UNMATCHED, span=one.span, segment=one.id, fact=fact, hint=hint)
        )


# --- what is wrong with a pair -------------------------------------------------------------------


def _judge(pair: Pair, ratio: tuple[float, float]) -> list[Diagnostic]:
    if not (pair.zh and pair.en):
        return []
    found: list[Diagnostic] = []
    zh, en = pair.zh[0], pair.en[0]
    if all(one.presence is not Presence.TEXT for one in (*pair.zh, *pair.en)):
        fact = "neither language has a text here"
        found.append(Diagnostic(code=NO_TEXT, span=zh.span, segment=pair.id, fact=fact))
    if zh.kind is not en.kind and Presence.TEXT is zh.presence is en.presence:
        fact = f"the Chinese is {_KINDS[zh.kind]}, the English {_KINDS[en.kind]}"
        found.append(Diagnostic(code=KINDS, span=en.span, segment=pair.id, fact=fact))
    found += _length(pair, ratio)
    return [*found, *_stale(pair)]


def _stale(pair: Pair) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for lang in _SIDES:
        own, source = pair.side(lang), pair.side(other(lang))
        stated = next((one for one in own if one.source_hash), None)
        if stated is not None and stated.source_hash != source_hash(source):
            fact = f"the {_SIDES[other(lang)]} is not the text that this was last checked against"
            found.append(Diagnostic(code=STALE, span=stated.span, segment=stated.id, fact=fact,
                                    hint="check it, then run edition ids --touch"))  # fmt: skip
    return found


def _length(pair: Pair, ratio: tuple[float, float]) -> list[Diagnostic]:
    if pair.kind is Kind.HEADING:
        return []
    han = sum(_letters(one.text) for one in pair.zh)
    latin = sum(_letters(one.text) for one in pair.en)
    if han < _LEAST or not latin or ratio[0] <= latin / han <= ratio[1]:
        return []
    fact = f"{latin} English letters stand for {han} Chinese characters, {latin / han:.1f} for one"
    return [Diagnostic(code=RATIO, span=pair.en[0].span, segment=pair.id, fact=fact,
                       hint=f"between {ratio[0]:g} and {ratio[1]:g} is usual here; "
                            "is something missing, or aligned wrongly?")]  # fmt: skip


def _letters(text: str) -> int:
    return sum(1 for one in text if one.isalnum())


def source_hash(segments: Iterable[Segment]) -> str:
    """Eight hexadecimal digits of the printed text, for ``{hash="…"}``: a change of markup alone
    makes no translation stale."""
    parts: list[str] = []
    for one in segments:
        parts.append(one.text)
        if one.table:
            rows = (one.table.header, *one.table.rows)
            parts += ["\t".join(plain(cell.inlines) for cell in row) for row in rows]
    text = unicodedata.normalize("NFC", "\n".join(parts))
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def align_all(sections: Sequence[Section], ratio: tuple[float, float]) -> Outcome[tuple[Pair, ...]]:
    """Pairs of all sections in reading order."""
    outcomes = [align(section, ratio) for section in sections]
    return Outcome(
        tuple(pair for one in outcomes for pair in one.value),
        tuple(found for one in outcomes for found in one.diagnostics),
    )
