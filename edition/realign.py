"""What ``edition align`` does: tells what answers to what, accepts what was proposed, and takes in
a new version of a text without losing its ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from edition import config, files
from edition.diagnostics import Code, Diagnostic, Outcome, Severity, error
from edition.marking import Marks, mark
from edition.model import LANGS, Edition, Lang, Segment
from edition.readers import read_edition, text
from edition.readers.codes import TXT001, TXT002, TXT021
from edition.readers.discovery import TEXT
from edition.source import SourceFile, UndecodableError

NOT_PROPOSED = error("ALN011", "A pair that is not proposed")

AREA = "ALN"
_ALIKE = 0.5  # share of two versions of a text that must be the same


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair of an edition, for programs."""

    section: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    sure: float

    def as_dict(self) -> Mapping[str, object]:
        return {"section": self.section, "zh": list(self.zh), "en": list(self.en),
                "sure": self.sure}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AlignmentState:
    """How the two languages of an edition stand to each other."""

    rows: tuple[PairRow, ...]

    def line(self) -> str:
        shapes = Counter((len(one.zh), len(one.en)) for one in self.rows)
        single = shapes.pop((1, 1), 0)
        lone = sum(shapes.pop(shape, 0) for shape in [(n, 0) for n in range(1, 9)]
                   + [(0, n) for n in range(1, 9)])  # fmt: skip
        several = sum(shapes.values())
        return f"{single} pairs, {several} of several segments, {lone} segments alone"


def state(root: Path) -> Outcome[AlignmentState]:
    """The pairs of an edition, and what of its alignment is open or only proposed."""
    loaded = config.load(root)
    if loaded.value is None:
        return Outcome(AlignmentState(()), loaded.diagnostics)
    read = read_edition(root, loaded.value)
    rows = tuple(
        PairRow(pair.section, tuple(one.id for one in pair.zh), tuple(one.id for one in pair.en),
            _sure(pair.zh, pair.en, pair.sure))
        for pair in read.value.pairs
    )  # fmt: skip
    found = [one for one in read.diagnostics
             if one.code.area == AREA or one.level is Severity.ERROR]  # fmt: skip
    return Outcome(AlignmentState(rows), (*loaded.diagnostics, *found))


def _sure(zh: Sequence[Segment], en: Sequence[Segment], sure: float) -> float:
    stated = next((one.sure for one in (*zh, *en) if one.sure), "")
    try:
        return float(stated) if stated else sure
    except ValueError:
        return sure


# --- accepting -----------------------------------------------------------------------------------


def accept(root: Path, only: Sequence[str]) -> Outcome[int]:
    """Strike ``sure`` out of the segments of these ids, or of all; how many."""
    loaded = config.load(root)
    if loaded.value is None:
        return Outcome(0, loaded.diagnostics)
    edition = read_edition(root, loaded.value).value
    named = {one.id for pair in edition.pairs for one in (*pair.zh, *pair.en)
             if any(other.sure for other in (*pair.zh, *pair.en))}  # fmt: skip
    found = [Diagnostic(code=NOT_PROPOSED, where=one, fact=f"no pair of {one} is proposed")
             for one in only if one not in named]  # fmt: skip
    if found:
        return Outcome(0, tuple(found))
    wanted = _proposed(edition, frozenset(only))
    count = 0
    for section in edition.sections:
        for lang in LANGS:
            path = root / TEXT / f"{section.id}.{lang}.md"
            if wanted and path.is_file():
                raw = path.read_bytes().decode("utf-8")
                marked = mark(raw, path.name, section.id, lang, wanted)
                if marked.raw is not None:
                    files.write_bytes(path, marked.raw.encode("utf-8"))
                    count += len(marked.keys)
    return Outcome(count)


def _proposed(edition: Edition, only: frozenset[str]) -> dict[str, Marks]:
    return {
        one.id: Marks(values={"sure": ""})
        for pair in edition.pairs for one in (*pair.zh, *pair.en)
        if one.sure and (not only or only & {other.id for other in (*pair.zh, *pair.en)})
    }  # fmt: skip


# --- a new version of a text ---------------------------------------------------------------------


def update(root: Path, new: Path) -> Outcome[int]:
    """Put ``new``, named as the file of ``source/text`` that it is a version of, in its place,
    with the attributes of every segment that is still there, and of one that was changed by less
    than half; how many. A file that is not there yet is put there as it is."""
    section, _, lang = new.name.removesuffix(".md").rpartition(".")
    side = next((one for one in LANGS if one == lang), None)
    if side is None or not section or not new.name.endswith(".md"):
        return _refused(TXT021, new, "its name does not tell which text it is a version of",
                        "name it as the file in source/text: 01-name.en.md")  # fmt: skip
    path = root / TEXT / new.name
    try:
        fresh = SourceFile.read(new, str(new))
        raw = new.read_bytes().decode("utf-8")
        before = SourceFile.read(path, str(path)) if path.is_file() else None
    except UndecodableError as fault:
        return _refused(TXT002, new, f"byte {fault.offset} (line {fault.line}) is not UTF-8",
                        "save the file as UTF-8")  # fmt: skip
    except OSError as fault:
        return _refused(TXT001, new, fault.strerror or "no file", "look at its path")
    wanted = {} if before is None else _carried(before, fresh, section, side)
    marked = mark(raw, new.name, section, side, wanted)
    files.write_bytes(path, (raw if marked.raw is None else marked.raw).encode("utf-8"))
    return Outcome(marked.ids)


def _refused(code: Code, path: Path, fact: str, hint: str) -> Outcome[int]:
    return Outcome(0, (Diagnostic(code=code, where=str(path), fact=fact, hint=hint),))


def _carried(
    before: SourceFile, fresh: SourceFile, section: str, lang: Lang
) -> dict[str, Marks]:  # fmt: skip
    """Attributes of the old version for the segments of the new one, by the ids they have now."""
    old = text.read(before, section, lang).value.segments
    new = text.read(fresh, section, lang).value.segments
    taken = {one.id for one in new if one.given}
    return {
        here.id: Marks(id=there.id, values=_values(there))
        for there, here in same(old, new) if there.given and there.id not in taken
    }  # fmt: skip


def _values(segment: Segment) -> dict[str, str]:
    values = {"corresp": " ".join(segment.corresp), "hash": segment.source_hash,
              "sure": segment.sure}  # fmt: skip
    return {key: value for key, value in values.items() if value}


def same(old: Sequence[Segment], new: Sequence[Segment]) -> list[tuple[Segment, Segment]]:
    """Segments of two versions of a text that are one: those that say the same, and between them
    those that are alike, in order."""
    matcher = SequenceMatcher(None, [_said(one) for one in old], [_said(one) for one in new],
                              autojunk=False)  # fmt: skip
    found: list[tuple[Segment, Segment]] = []
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            found += zip(old[start:end], new[first:last], strict=True)
        elif tag == "replace":
            found += _alike(old[start:end], new[first:last])
    return found


def _said(segment: Segment) -> tuple[object, ...]:
    return segment.kind, " ".join(segment.text.split())


def _alike(old: Sequence[Segment], new: Sequence[Segment]) -> list[tuple[Segment, Segment]]:
    """The pairs, in order on both sides, that have most in common."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    rate = {}
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            alike = SequenceMatcher(None, old[i].text, new[j].text, autojunk=False).ratio()
            kept = alike if alike >= _ALIKE and old[i].kind is new[j].kind else 0.0
            rate[i, j] = kept
            best[i][j] = max(best[i + 1][j], best[i][j + 1], kept + best[i + 1][j + 1])
    found = []
    i = j = 0
    while i < len(old) and j < len(new):
        if rate[i, j] and best[i][j] == rate[i, j] + best[i + 1][j + 1]:
            found.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
