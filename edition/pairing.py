"""``edition align --review``: the editor rules what answers to what, and his word is written into
the texts, as ids and ``corresp``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from edition import config, files
from edition.aligning import CERTAIN, asking
from edition.aligning.asking import Member, Texts
from edition.aligning.rulings import Ruled, Ruling, Tied, align_ruled, openings
from edition.diagnostics import Diagnostic, Outcome, Severity, warning
from edition.marking import Marks, Places, mark
from edition.model import LANGS, Edition, Lang, Pair, Presence, Section, Segment, other
from edition.readers import alignment, contents, read_edition
from edition.readers.discovery import TEXT
from edition.reviewing import Review
from edition.reviewing import asking as reviewing

UNMET = warning("ALN013", "A decision on a pair of which a text is not there")

_OPEN = (alignment.UNMATCHED, alignment.JOINED, alignment.UNSURE, alignment.CROSSING)
_HINDERS = ("CFG", "TXT", "ALN")  # with errors of these areas nobody knows what answers to what
_UNKNOWN = CERTAIN - 0.01  # the most that is said of a text alone of which nobody has said it


@dataclass(frozen=True, slots=True)
class SectionSides:
    """A section with both languages: its texts and what each begins with, how they were tied
    before, and how they are with the editor's rulings."""

    section: Section
    zh: tuple[Segment, ...]
    en: tuple[Segment, ...]
    begins: tuple[tuple[str, ...], tuple[str, ...]]
    before: tuple[Tied, ...]
    ruled: Ruled

    def side(self, lang: Lang) -> tuple[Segment, ...]:
        return self.zh if lang == "zh" else self.en

    def segments(self, tie: Tied, lang: Lang) -> list[Segment]:
        return [self.side(lang)[at] for at in (tie.zh if lang == "zh" else tie.en)]


def review(root: Path, how: Review) -> Outcome[int]:
    """Ask about what is unsure, each answer kept at once, and write all rulings into the texts; how
    many places are left. Raises ``OSError``."""
    read = _sides(root)
    if not read.ok:
        return Outcome(0, read.diagnostics)
    store = reviewing.DecisionFile(root / asking.FILE, asking.append)
    left = 0
    while not left and (places := asking.unsure(_texts(read.value))):
        answers = asking.PairAnswers(places)
        asked = reviewing.ask("Review of pairs", asking.questions(places), answers, store, how)
        if not asked.ok:
            return Outcome(0, asked.diagnostics)
        left = asked.value.left
        read = _sides(root)  # a pair that was changed leaves others to be asked about
    for each in read.value:
        _write(root, each)
    left = len(asking.unsure(_texts(read.value)))
    return Outcome(left, (*read.diagnostics, *_unmet(asking.decided(root).value, read.value)))


def _unmet(told: Sequence[Ruling], sections: Sequence[SectionSides]) -> list[Diagnostic]:
    """Rulings that no section answers to."""
    numbers = set(range(len(told))).intersection(*(one.ruled.unmet for one in sections))
    return [
        Diagnostic(code=UNMET, span=told[number].span, hint="strike it out, or mend its text",
                   fact=" | ".join((*told[number].zh, *told[number].en)))
        for number in sorted(numbers)
    ]  # fmt: skip


def _sides(root: Path) -> Outcome[tuple[SectionSides, ...]]:
    """The sections that have both languages, aligned under the rulings."""
    loaded = config.load(root)
    told = asking.decided(root)
    if loaded.value is None or not told.ok:
        return Outcome((), (*loaded.diagnostics, *told.diagnostics))
    read = read_edition(root, loaded.value)
    hindering = [one for one in read.diagnostics if one.level is Severity.ERROR
                 and one.code.area in _HINDERS and one.code not in _OPEN]  # fmt: skip
    if hindering:
        return Outcome((), tuple(hindering))
    edition = read.value
    begins = {lang: _begins(edition, lang) for lang in LANGS}
    forms = contents.forms(edition.names, edition.terms)
    made = []
    for section in edition.sections:
        zh, en = (_said(section.side(lang)) for lang in LANGS)
        if not (zh and en):
            continue
        before = _before(section, zh, en, edition.pairs)
        both = (
            tuple(begins["zh"][one.id] for one in zh),
            tuple(begins["en"][one.id] for one in en),
        )
        units = [contents.unit(one) for one in zh], [contents.unit(one) for one in en]
        ruled = align_ruled(*units, told.value, both, before, forms)
        if len(firm := _firm(before, ruled)) < len(before):
            ruled = align_ruled(*units, told.value, both, firm, forms)
        made.append(SectionSides(section, zh, en, both, before, _doubted(ruled, before)))
    return Outcome(tuple(made))


def _begins(edition: Edition, lang: Lang) -> dict[str, str]:
    segments = [one for section in edition.sections for one in _said(section.side(lang))]
    starts = openings(contents.unit(one).text for one in segments)
    return {one.id: start for one, start in zip(segments, starts, strict=True)}


def _said(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    return tuple(one for one in segments if one.presence is Presence.TEXT)


def _before(
    section: Section, zh: Sequence[Segment], en: Sequence[Segment], pairs: Sequence[Pair]
) -> tuple[Tied, ...]:  # fmt: skip
    """What the texts say, and what was taken to answer to what. A text that faces a place without
    one stands alone, which nobody asks about unless it is only proposed."""
    at_zh = {one.id: at for at, one in enumerate(zh)}
    at_en = {one.id: at for at, one in enumerate(en)}
    made = []
    for pair in pairs:
        if pair.section != section.id or not (pair.zh and pair.en):
            continue
        left = tuple(at_zh[one.id] for one in pair.zh if one.presence is Presence.TEXT)
        right = tuple(at_en[one.id] for one in pair.en if one.presence is Presence.TEXT)
        if left or right:
            made.append(Tied(left, right, _chance(pair)))
    return tuple(made)


def _firm(before: Sequence[Tied], ruled: Ruled) -> list[Tied]:
    """What of ``before`` stands: all that is certain, and what is not only where no ruling changes
    anything in the same run of such places."""
    known = {(one.zh, one.en) for one in before}
    new = [one for one in ruled.groups if one.ruled and (one.zh, one.en) not in known]
    changed = {at for one in new for at in one.zh}, {at for one in new for at in one.en}
    firm: list[Tied] = []
    for certain, run in groupby(before, key=lambda one: one.sure >= CERTAIN):
        ties = list(run)
        if certain or not any(changed[0] & set(one.zh) or changed[1] & set(one.en)
                              for one in ties):  # fmt: skip
            firm += ties
    return firm


def _chance(pair: Pair) -> float:
    stated = next((one.sure for one in (*pair.zh, *pair.en) if one.sure), "")
    try:
        return min(float(stated), _UNKNOWN) if stated else pair.sure
    except ValueError:
        return pair.sure


def _doubted(ruled: Ruled, before: Sequence[Tied]) -> Ruled:
    """A text alone is asked about, where neither the editor nor the text has said so."""
    known = {(one.zh, one.en) for one in before}
    ties = tuple(
        replace(one, sure=min(one.sure, _UNKNOWN))
        if not (one.zh and one.en) and not one.ruled and (one.zh, one.en) not in known else one
        for one in ruled.groups
    )  # fmt: skip
    return replace(ruled, groups=ties)


def _texts(sections: Sequence[SectionSides]) -> list[Texts]:
    return [Texts(_members(each.zh, each.begins[0]), _members(each.en, each.begins[1]),
                  each.ruled.groups) for each in sections]  # fmt: skip


def _members(segments: Sequence[Segment], begins: Sequence[str]) -> tuple[Member, ...]:
    return tuple(Member(one.id, contents.unit(one).text, start)
                 for one, start in zip(segments, begins, strict=True))  # fmt: skip


# --- writing -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Changes:
    """Of one section, by language."""

    marks: dict[Lang, dict[str, Marks]] = field(default_factory=lambda: {"zh": {}, "en": {}})
    new: dict[Lang, dict[str, list[str]]] = field(default_factory=lambda: {"zh": {}, "en": {}})
    gone: dict[Lang, set[str]] = field(default_factory=lambda: {"zh": set(), "en": set()})


def _write(root: Path, sides: SectionSides) -> None:
    changes = _changes(sides)
    for lang in LANGS:
        path = root / TEXT / f"{sides.section.id}.{lang}.md"
        raw = path.read_bytes().decode("utf-8")
        places = Places(new=changes.new[lang], gone=frozenset(changes.gone[lang]))
        marked = mark(raw, path.name, sides.section.id, lang, changes.marks[lang], places)
        if marked.raw is not None and marked.same:
            files.write_bytes(path, marked.raw.encode("utf-8"))


def _changes(sides: SectionSides) -> _Changes:
    known = {(one.zh, one.en): one for one in sides.before}
    made = _Changes()
    given = {one.id for lang in LANGS for one in sides.section.side(lang) if one.given}
    taken = given | {one.id for one in sides.zh}
    paired = [one for one in sides.before if one.zh and one.en]
    freed = {at for one in paired for at in one.zh}, {at for one in paired for at in one.en}
    last: dict[Lang, str] = {"zh": "", "en": ""}
    for tie in sides.ruled.groups:
        whole = all(one.given for lang in LANGS for one in sides.segments(tie, lang))
        same = (tie.zh, tie.en) in known and (whole or not tie.ruled)
        if same and tie.ruled:
            for lang in LANGS:
                for one in _facing(sides, tie, lang):
                    made.marks[lang][one.id] = Marks(values={"sure": ""})
        elif not same and (
            tie.ruled or (tie.zh and tie.en) or freed[0] & set(tie.zh) or freed[1] & set(tie.en)
        ):
            _tie(sides, tie, made, given, taken, last)
        for lang in LANGS:
            segments = sides.segments(tie, lang)
            last[lang] = segments[-1].id if segments else last[lang]
    return made


def _facing(sides: SectionSides, tie: Tied, lang: Lang) -> list[Segment]:
    """The segments of a tie, or the place without text that faces it."""
    own = sides.segments(tie, lang)
    ids = {one.id for one in sides.segments(tie, other(lang))}
    return own or [one for one in sides.section.side(lang)
                   if one.presence is not Presence.TEXT and one.id in ids]  # fmt: skip


def _tie(
    sides: SectionSides, tie: Tied, made: _Changes, given: set[str], taken: set[str],
    last: dict[Lang, str],
) -> None:  # fmt: skip
    zh, en = sides.segments(tie, "zh"), sides.segments(tie, "en")
    sure = "" if tie.ruled or tie.sure >= CERTAIN else f"{tie.sure:.2f}"
    names = []
    for one in zh:
        names.append(_free(one.id, taken) if not one.given and one.id in given else one.id)
        made.marks["zh"][one.id] = Marks(id=names[-1], values={"corresp": "", "sure": ""})
    own = {segment.id for segment in sides.zh}
    for at, one in enumerate(en):
        if zh and not at:
            name = names[0]
        else:
            name = one.id if one.given and one.id not in own else _free(one.id, taken)
        corresp = " ".join(names) if len(zh) > 1 or len(en) > 1 else ""
        values = {"corresp": corresp, "sure": sure if zh and not at else ""}
        made.marks["en"][one.id] = Marks(id=name, values=values, anew=True)
        if not zh:
            _place(sides, "zh", name, "blank", sure, made, last)
    for name in names if not en else ():
        _place(sides, "en", name, "untranslated", sure, made, last)
    if zh and en:
        for lang in LANGS:
            made.gone[lang] |= {one.id for one in sides.section.side(lang)
                                if one.presence is not Presence.TEXT
                                and one.id in {*names, *(each.id for each in en)}}  # fmt: skip


def _place(
    sides: SectionSides, lang: Lang, name: str, why: str, sure: str, made: _Changes,
    last: dict[Lang, str],
) -> None:  # fmt: skip
    """A place without text on the side of ``lang``, where none stands yet."""
    if any(one.id == name and one.presence is not Presence.TEXT
           for one in sides.section.side(lang)):  # fmt: skip
        made.marks[lang][name] = Marks(values={"sure": sure})
        return
    stated = f' sure="{sure}"' if sure else ""
    made.new[lang].setdefault(last[lang], []).append(f"{{#{name} .{why}{stated}}}")


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    taken.add(name)
    return name
