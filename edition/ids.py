"""Writing ids and hashes into the text files, on request only: nothing else of them changes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from edition import config, files
from edition.diagnostics import Diagnostic, Outcome, Severity
from edition.model import LANGS, Edition, Lang, Pair, Presence, Section, Segment
from edition.readers import alignment, read_edition, text
from edition.readers.blocks import Block, Scanner
from edition.readers.codes import TXT022
from edition.readers.discovery import TEXT
from edition.source import BOM, SourceFile

_HASH = re.compile(r'\s*hash=(?:"[^"]*"|[^\s"{}]+)')
_HINDERS = ("CFG", "TXT", "ALN")  # with errors of these areas nobody knows what answers to what

Wanted = Mapping[tuple[Lang, str], tuple[str, str]]  # (language, id now) -> (id, hash) to write
Edit = tuple[int, int, str]  # from, to, by what


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: paths of files from the workspace, numbers of ids and hashes."""

    files: tuple[str, ...] = ()
    ids: int = 0
    hashes: int = 0


@dataclass(slots=True)
class _Changed:
    path: Path
    data: bytes
    ids: int
    hashes: int


@dataclass(slots=True)
class _Work:
    root: Path
    wanted: Wanted
    found: list[Diagnostic] = field(default_factory=list)


def write(root: Path, *, touch: bool = False, only: Sequence[str] = ()) -> Outcome[Written]:
    """Give every segment that has none its id, the same to both sides of a pair; with ``touch``,
    state for every translation (of the pairs named in ``only``, else of all) the hash of what it
    translates. Nothing is written where the text or its alignment has errors."""
    loaded = config.load(root)
    if loaded.value is None:
        return Outcome(Written(), loaded.diagnostics)
    read = read_edition(root, loaded.value)
    found = [
        one for one in (*loaded.diagnostics, *read.diagnostics)
        if one.level is Severity.ERROR and one.code.area in _HINDERS
    ]  # fmt: skip
    found += _unknown(read.value, only)
    if found:
        return Outcome(Written(), tuple(found))
    work = _Work(root, _wanted(read.value, touch=touch, only=frozenset(only)))
    changed = [
        one for section in read.value.sections for lang in LANGS
        if (one := _change(work, section, lang)) is not None
    ]  # fmt: skip
    if work.found:
        return Outcome(Written(), tuple(work.found))
    return _store(root, changed)


def _unknown(edition: Edition, only: Sequence[str]) -> list[Diagnostic]:
    known = {one.id for pair in edition.pairs for one in (*pair.zh, *pair.en)}
    return [
        Diagnostic(code=TXT022, where=one, fact=f"there is no segment {one}")
        for one in only if one not in known
    ]  # fmt: skip


def _store(root: Path, changed: Sequence[_Changed]) -> Outcome[Written]:
    done: list[_Changed] = []
    found: list[Diagnostic] = []
    for one in changed:
        try:
            files.write_bytes(one.path, one.data)
            done.append(one)
        except OSError as fault:
            where = one.path.relative_to(root).as_posix()
            fact = f"the file cannot be written: {fault.strerror or fault}"
            found.append(Diagnostic(code=TXT022, where=where, fact=fact))
    written = Written(
        files=tuple(one.path.relative_to(root).as_posix() for one in done),
        ids=sum(one.ids for one in done), hashes=sum(one.hashes for one in done),
    )  # fmt: skip
    return Outcome(written, tuple(found))


# --- what is to be written -----------------------------------------------------------------------


def _wanted(edition: Edition, *, touch: bool, only: frozenset[str]) -> Wanted:
    taken = {one.id for one in edition.segments.values() if one.given}
    found: dict[tuple[Lang, str], tuple[str, str]] = {}
    for pair in edition.pairs:
        for one, new in _ids(pair, taken):
            found[one.lang, one.id] = (new, "")
        if touch and (not only or only & {one.id for one in (*pair.zh, *pair.en)}):
            for one, digest in _hashes(pair):
                found[one.lang, one.id] = (found.get((one.lang, one.id), ("", ""))[0], digest)
    return found


def _ids(pair: Pair, taken: set[str]) -> Iterator[tuple[Segment, str]]:
    """New ids of a pair: one that either side has serves both where one faces one."""
    segments = (*pair.zh, *pair.en)
    if len(pair.zh) == len(pair.en) == 1:
        given = next((one.id for one in segments if one.given), "") or _free(pair.id, taken)
        yield from ((one, given) for one in segments if not one.given)
        return
    for one in segments:
        if not one.given:
            yield one, _free(one.id, taken)


def _free(id: str, taken: set[str]) -> str:
    name, number = id, 1
    while name in taken:
        number += 1
        name = f"{id}-{number}"
    taken.add(name)
    return name


def _hashes(pair: Pair) -> Iterator[tuple[Segment, str]]:
    """The hash of the Chinese for the English; that of the English only where one is stated."""
    for lang in LANGS:
        own = [one for one in pair.side(lang) if one.presence is Presence.TEXT]
        source = [one for one in pair.side(alignment.other(lang)) if one.presence is Presence.TEXT]
        stated = [one for one in own if one.source_hash]
        bearers = stated or (own[:1] if lang == "en" else [])
        if source:
            yield from ((one, alignment.source_hash(pair.side(alignment.other(lang))))
                        for one in bearers)  # fmt: skip


# --- writing it ----------------------------------------------------------------------------------


def _change(work: _Work, section: Section, lang: Lang) -> _Changed | None:
    """The new contents of one file; None where they are the old."""
    segments = section.side(lang)
    if not any((lang, one.id) in work.wanted for one in segments):
        return None
    path = work.root / TEXT / f"{section.id}.{lang}.md"
    shown = (TEXT / path.name).as_posix()
    raw = path.read_bytes().decode("utf-8")
    file = SourceFile.from_bytes(shown, raw.encode("utf-8"))
    blocks = [one for one in Scanner(file, lang).blocks() if one.kind is not None]
    edits: list[Edit] = []
    ids = hashes = 0
    for segment, block in zip(segments, blocks, strict=True):
        new_id, digest = work.wanted.get((lang, segment.id), ("", ""))
        digest = "" if digest == segment.source_hash else digest
        if new_id or digest:
            edits += _edits(file, block, new_id, digest)
            ids, hashes = ids + bool(new_id), hashes + bool(digest)
    if not edits:
        return None
    new = _apply(raw, edits)
    if not _same(segments, SourceFile.from_bytes(shown, new.encode("utf-8")), section.id, lang):
        fact = "attributes would change what the text says"
        work.found.append(Diagnostic(code=TXT022, where=shown, fact=fact))
    return _Changed(path, new.encode("utf-8"), ids, hashes)


def _edits(file: SourceFile, block: Block, id: str, digest: str) -> Iterator[Edit]:
    stated = f'hash="{digest}"' if digest else ""
    if block.braces is None:
        inside = " ".join(part for part in (f"#{id}" if id else "", stated) if part)
        yield block.end, block.end, f"{block.lead}{{{inside}}}"
        return
    start, end = block.braces
    if id:
        yield start, start, f"#{id} "
    old = _HASH.search(file.text, start, end) if digest else None
    if old:
        lead = len(old[0]) - len(old[0].lstrip())
        yield old.start() + lead, old.end(), stated
    elif digest:
        last = start + len(file.text[start:end].rstrip())
        yield last, last, f" {stated}"


def _apply(raw: str, edits: Iterable[Edit]) -> str:
    """Edits carry offsets of the text as read; the raw one may begin with a byte order mark and
    end its lines by ``\\r\\n``, which both stay."""
    lead = len(BOM) if raw.startswith(BOM) else 0
    ends = [match.start() for match in re.finditer("\r\n", raw[lead:])]
    # the k-th "\r\n" stands k characters further on than in the text as read
    shorter = [end - number for number, end in enumerate(ends)]

    def place(offset: int) -> int:
        return lead + offset + bisect_left(shorter, offset)

    for start, end, text_ in sorted(edits, reverse=True):
        new = text_.replace("\n", "\r\n") if ends else text_
        raw = raw[: place(start)] + new + raw[place(end) :]
    return raw


def _same(segments: Sequence[Segment], file: SourceFile, section: str, lang: Lang) -> bool:
    """Whether a file reads as before, but for ids and hashes."""
    after = text.read(file, section, lang).value.segments

    def content(one: Segment) -> tuple[object, ...]:
        return one.kind, one.text, one.level, one.presence, one.corresp, one.figure

    return [content(one) for one in segments] == [content(one) for one in after]
