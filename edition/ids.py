"""Writing ids, hashes and what was aligned into the text files, on request only: nothing else of
them changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from edition import config, files
from edition.aligning import CERTAIN, SURE
from edition.diagnostics import Diagnostic, Outcome, Severity
from edition.marking import MarkedFile, Marks, mark
from edition.model import LANGS, Edition, Lang, Pair, Presence, Segment, other
from edition.readers import alignment, judging, read_edition
from edition.readers.codes import TXT022
from edition.readers.discovery import TEXT

_HINDERS = ("CFG", "TXT", "ALN")  # with errors of these areas nobody knows what answers to what
# but these leave what is sure as it is
_OPEN = (alignment.UNMATCHED, alignment.JOINED, alignment.UNSURE, alignment.CROSSING)

Wanted = dict[tuple[Lang, str], Marks]  # by language and id now


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: paths of files from the workspace, numbers of ids, of hashes, of pairs
    that were aligned with several segments, and of pairs that are only proposed."""

    files: tuple[str, ...] = ()
    ids: int = 0
    hashes: int = 0
    joined: int = 0
    proposed: int = 0


@dataclass(slots=True)
class _Changed:
    path: Path
    marked: MarkedFile


@dataclass(slots=True)
class _IdsWork:
    root: Path
    wanted: Wanted
    found: list[Diagnostic] = field(default_factory=list)


def write(
    root: Path,
    *,
    touch: bool = False,
    only: Sequence[str] = (),
    least: float = SURE,
    joins: bool = False,
) -> Outcome[Written]:
    """Give every segment that has none its id, the same to both sides of a pair; with ``touch``,
    state for every translation (of the pairs named in ``only``, else of all) the hash of what it
    translates; with ``joins``, write into the English which Chinese segments one that answers to
    several answers to.

    What its texts align with a chance below ``least`` is left as it is, and so is what answers to
    nothing. A pair that is not certain is written as proposed (``sure``). Nothing is written where
    the text has errors; what of the alignment is open is among the findings."""
    loaded = config.load(root)
    if loaded.value is None:
        return Outcome(Written(), loaded.diagnostics)
    read = read_edition(root, loaded.value)
    errors = [
        one for one in (*loaded.diagnostics, *read.diagnostics)
        if one.level is Severity.ERROR and one.code.area in _HINDERS
    ]  # fmt: skip
    hindering = [one for one in errors if one.code not in _OPEN] + _unknown(read.value, only)
    if hindering:
        return Outcome(Written(), tuple(errors + _unknown(read.value, only)))
    chosen = [one for one in read.value.pairs if _settled(one, read.value, least, joins=joins)]
    work = _IdsWork(root, _wanted(read.value, chosen, touch=touch, only=frozenset(only)))
    changed = [
        one for section in read.value.sections for lang in LANGS
        if (one := _change(work, section.id, lang)) is not None
    ]  # fmt: skip
    if work.found:
        return Outcome(Written(), tuple(work.found))
    return _store(root, changed, errors if not joins else [])


def _settled(pair: Pair, edition: Edition, least: float, *, joins: bool) -> bool:
    """Whether it is known what a pair is."""
    if pair.zh and pair.en:
        stated = any(one.corresp for one in (*pair.zh, *pair.en))
        single = len(pair.zh) == len(pair.en) == 1
        return pair.sure >= least and (single or stated or joins)
    section = next(one for one in edition.sections if one.id == pair.section)
    return not (section.zh and section.en)


def _unknown(edition: Edition, only: Sequence[str]) -> list[Diagnostic]:
    known = {one.id for pair in edition.pairs for one in (*pair.zh, *pair.en)}
    return [
        Diagnostic(code=TXT022, where=one, fact=f"there is no segment {one}")
        for one in only if one not in known
    ]  # fmt: skip


def _store(
    root: Path, changed: Sequence[_Changed], open_: Sequence[Diagnostic]
) -> Outcome[Written]:
    done: list[MarkedFile] = []
    paths: list[str] = []
    found = list(open_)
    for one in changed:
        shown = one.path.relative_to(root).as_posix()
        try:
            files.write_bytes(one.path, (one.marked.raw or "").encode("utf-8"))
            done.append(one.marked)
            paths.append(shown)
        except OSError as fault:
            fact = f"the file cannot be written: {fault.strerror or fault}"
            found.append(Diagnostic(code=TXT022, where=shown, fact=fact))
    keys = [key for one in done for key in one.keys]
    written = Written(
        files=tuple(paths), ids=sum(one.ids for one in done), hashes=keys.count("hash"),
        joined=keys.count("corresp"), proposed=keys.count("sure"),
    )  # fmt: skip
    return Outcome(written, tuple(found))


# --- what is to be written -----------------------------------------------------------------------


def _wanted(
    edition: Edition, pairs: Sequence[Pair], *, touch: bool, only: frozenset[str]
) -> Wanted:
    taken = {one.id for one in edition.segments.values() if one.given}
    found: Wanted = {}
    for pair in pairs:
        values: dict[tuple[Lang, str], dict[str, str]] = {}
        named = dict(_ids(pair, taken))
        if touch and (not only or only & {one.id for one in (*pair.zh, *pair.en)}):
            for one, digest in _hashes(pair):
                values.setdefault((one.lang, one.id), {})["hash"] = digest
        for one, key, value in _aligned(pair, named):
            values.setdefault((one.lang, one.id), {})[key] = value
        for one in (*pair.zh, *pair.en):
            at = one.lang, one.id
            if at in named or at in values:
                found[at] = Marks(id=named.get(at, ""), values=values.get(at, {}))
    return found


def _ids(pair: Pair, taken: set[str]) -> Iterator[tuple[tuple[Lang, str], str]]:
    """New ids of a pair: the first of either side have one, which either of them may have."""
    first = [side[0] for side in (pair.zh, pair.en) if side]
    if len(first) == 2:
        given = next((one.id for one in first if one.given), "") or _free(pair.id, taken)
        yield from (((one.lang, one.id), given) for one in first if not one.given)
    else:
        yield from (((one.lang, one.id), _free(one.id, taken)) for one in first if not one.given)
    for one in (*pair.zh[1:], *pair.en[1:]):
        if not one.given:
            yield (one.lang, one.id), _free(one.id, taken)


def _free(id: str, taken: set[str]) -> str:
    name, number = id, 1
    while name in taken:
        number += 1
        name = f"{id}-{number}"
    taken.add(name)
    return name


def _aligned(
    pair: Pair, named: dict[tuple[Lang, str], str]
) -> Iterator[tuple[Segment, str, str]]:  # fmt: skip
    """``corresp`` of a pair of several segments that has none, ``sure`` of one that its texts
    alone make."""
    if not (pair.zh and pair.en) or not named:
        return
    several = len(pair.zh) > 1 or len(pair.en) > 1
    if several and not any(one.corresp for one in (*pair.zh, *pair.en)):
        ids = " ".join(named.get((one.lang, one.id), one.id) for one in pair.zh)
        yield from ((one, "corresp", ids) for one in pair.en)
    if pair.sure < CERTAIN:
        yield pair.en[0], "sure", f"{pair.sure:.2f}"


def _hashes(pair: Pair) -> Iterator[tuple[Segment, str]]:
    """The hash of the Chinese for the English; that of the English only where one is stated."""
    for lang in LANGS:
        own = [one for one in pair.side(lang) if one.presence is Presence.TEXT]
        source = [one for one in pair.side(other(lang)) if one.presence is Presence.TEXT]
        stated = [one for one in own if one.source_hash]
        bearers = stated or (own[:1] if lang == "en" else [])
        if source:
            yield from ((one, judging.source_hash(pair.side(other(lang))))
                        for one in bearers)  # fmt: skip


# --- writing it ----------------------------------------------------------------------------------


def _change(work: _IdsWork, section: str, lang: Lang) -> _Changed | None:
    """The new contents of one file; None where they are the old."""
    wanted = {name: marks for (side, name), marks in work.wanted.items() if side == lang}
    path = work.root / TEXT / f"{section}.{lang}.md"
    if not wanted or not path.is_file():
        return None
    shown = (TEXT / path.name).as_posix()
    marked = mark(path.read_bytes().decode("utf-8"), shown, section, lang, wanted)
    if not marked.same:
        fact = "attributes would change what the text says"
        work.found.append(Diagnostic(code=TXT022, where=shown, fact=fact))
    return None if marked.raw is None else _Changed(path, marked)
