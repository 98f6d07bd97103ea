"""A translation that comes back → the English files of the workspace that it was written from.

Only what a translator changed is changed, in its place; every change is read again, and one that
would make anything else of the text is told and left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import islice, takewhile
from typing import Any

from edition.diagnostics import Diagnostic, Outcome
from edition.importers.codes import CONFLICT, NOT_PUT_BACK
from edition.importers.merging import difference
from edition.importers.pairs.units import GivenUnit, broken, paragraphs
from edition.importers.returned.places import changes, placed
from edition.importers.tei.markup import escaped, guarded
from edition.model import Inlines, Kind, Lang, LineBreak, Presence, Segment, Text, plain
from edition.readers import text as reader
from edition.source import SourceFile, Span
from edition.wording import OBJECT, Wording, joined, version, worded, written
from edition.wording import plain as words_of

_TEXT = "source/text/{}.{}.md"
_SHOWN = 60
ABSENT = re.compile(r"\s*\.(?:untranslated|omitted|blank)\b")
_LEADS = {Kind.QUOTE: "> ", Kind.ITEM: "- "}


@dataclass(slots=True)
class Revised:
    """``files``: path → text, of what changes; ``texts``: how many texts that are."""

    files: dict[str, str] = field(default_factory=dict)
    texts: int = 0


@dataclass(frozen=True, slots=True)
class Edit:
    """``new`` in the place of ``span``, so that ``segment`` (its ``cell``) says ``words``."""

    span: Span
    new: str
    segment: str
    cell: int
    words: str


def revise(files: Mapping[str, str], units: Sequence[GivenUnit], name: str) -> Outcome[Revised]:
    """The English of ``units`` in the texts of ``files`` (path → text). ``name`` is that of the
    file that the units come from."""
    done = Revised()
    found: list[Diagnostic] = []
    files = {**files, **_begun(files)}
    given = {unit.id: unit for unit in units if unit.words("en").strip()}
    met: set[str] = set()
    for path in sorted(one for one in files if re.fullmatch(_TEXT.format(".+", "en"), one)):
        stem = path.removeprefix("source/text/").removesuffix(".en.md")
        file = SourceFile(path, files[path])
        segments = reader.read(file, stem, "en").value.segments
        zh = {one.id: one for one in _segments(files, stem)}
        texts = dict(_texts(segments, given))
        wordings = dict(_wordings(segments))
        for unit, named in _named(texts, wordings):
            if (own := _kept(unit, [wordings[one] for one in named])) is not None:
                met.add(unit.id)
                texts = {key: one for key, one in texts.items() if one[0] is not unit}
                if not own:
                    found.append(_conflict(unit, file.path, wordings, named))
        edits = []
        for segment in segments:
            for edit in _edits(segment, zh.get(segment.id), texts, met):
                if isinstance(edit, Diagnostic):
                    found.append(edit)
                else:
                    edits.append(edit)
        text, done_well, failed = applied(file, stem, edits)
        found += [_left(one) for one in {(one.segment, one.cell): one for one in failed}.values()]
        if done_well:
            done.files[path] = text
            done.texts += done_well
    for unit in given.values():
        if unit.id not in met:
            fact = f"there is no place for “{unit.words('en')[:_SHOWN]}”"
            hint = "the texts have no such id, or not as many paragraphs; edition ids writes ids"
            found.append(Diagnostic(code=NOT_PUT_BACK, where=name, segment=unit.id, fact=fact,
                                    hint=hint))  # fmt: skip
    return Outcome(done, tuple(found))


def _texts(
    segments: Sequence[Segment], given: Mapping[str, GivenUnit]
) -> Iterator[tuple[str, tuple[GivenUnit, str]]]:  # fmt: skip
    """What each segment, or cell, is to say, by its id. A unit of several paragraphs that does not
    name their segments has those that follow and are no units themselves."""
    ids = [one.id for one in segments]
    at = {own: number for number, own in enumerate(ids)}
    code = {one.id for one in segments if one.kind is Kind.CODE}
    for unit in given.values():
        if unit.id in code:
            yield unit.id, (unit, unit.words("en"))
            continue
        parts = paragraphs(unit.markup("en", whole=True))
        named = list(unit.ids.get("en", (unit.id,)))
        if named == [unit.id] and unit.id in at:
            after = takewhile(lambda own: own not in given, ids[at[unit.id] + 1 :])
            named += islice(after, len(parts) - 1)
        if len(named) == len(parts):
            yield from ((own, (unit, text)) for own, text in zip(named, parts, strict=True))


def _wordings(segments: Sequence[Segment]) -> Iterator[tuple[str, Wording]]:
    """What each segment, and each cell, says now, by its id."""
    for segment in segments:
        there = segment.presence is Presence.TEXT
        yield segment.id, worded(segment.inlines) if there else ()
        for at, cell in enumerate(segment.table.cells if segment.table else (), start=1):
            yield f"{segment.id}/{at}", worded(cell.inlines)


def _named(
    texts: Mapping[str, tuple[GivenUnit, str]], there: Mapping[str, Wording]
) -> list[tuple[GivenUnit, list[str]]]:  # fmt: skip
    """The units, each with the ids of its texts; those that are all ``there``."""
    made: dict[str, tuple[GivenUnit, list[str]]] = {}
    for own, (unit, _) in texts.items():
        made.setdefault(unit.id, (unit, []))[1].append(own)
    return [one for one in made.values() if all(own in there for own in one[1])]


def _kept(unit: GivenUnit, now: Sequence[Wording]) -> bool | None:
    """None where a unit may take its place: the workspace has what was written, or nothing tells
    that. True where the unit was not touched, or says what the workspace says by now; False where
    both were changed."""
    current = joined(now)
    tabular = not unit.section  # which holds no markup
    said = words_of(current) if tabular else written(current)
    if unit.version is None or unit.version == version(said):
        return None
    return unit.untouched or unit.words("en").split() == words_of(current).split()


def _conflict(
    unit: GivenUnit, path: str, wordings: Mapping[str, Wording], named: Sequence[str]
) -> Diagnostic:  # fmt: skip
    now = "\n\n".join(words_of(wordings[one]) for one in named)
    return Diagnostic(
        code=CONFLICT, where=f"{path}, {unit.id}", segment=unit.id,
        fact=f"{unit.id} was edited since the file was written, and is changed in the file; the "
             "edited one stands",
        hint=difference(path, f"{now}\n", f"{unit.words('en')}\n"),
    )  # fmt: skip


def _begun(files: Mapping[str, str]) -> dict[str, str]:
    """English files for the Chinese ones that have none, with a place for each of their ids."""
    made = {}
    for path in files:
        if (met := re.fullmatch(_TEXT.format("(.+)", "zh"), path)) is None:
            continue
        english = _TEXT.format(met[1], "en")
        ids = [one.id for one in _segments(files, met[1]) if one.given]
        if english not in files and ids:
            made[english] = "\n\n".join(f"{{#{one} .untranslated}}" for one in ids) + "\n"
    return made


def _segments(files: Mapping[str, str], stem: str) -> tuple[Segment, ...]:
    path = _TEXT.format(stem, "zh")
    return reader.read(SourceFile(path, files.get(path, "")), stem, "zh").value.segments


def _edits(
    segment: Segment, chinese: Segment | None, given: Mapping[str, tuple[GivenUnit, str]],
    met: set[str],
) -> Iterator[Edit | Diagnostic]:  # fmt: skip
    """What of a segment, and of the cells of its table, is to change."""
    places: list[tuple[str, Inlines, int]] = [(segment.id, segment.inlines, 0)]
    cells = segment.table.cells if segment.table else ()
    places += [(f"{segment.id}/{at}", one.inlines, at) for at, one in enumerate(cells, start=1)]
    for own, inlines, cell in places:
        if own not in given:
            continue
        unit, markup = given[own]
        met.add(unit.id)
        if segment.kind is Kind.CODE and segment.presence is Presence.TEXT:
            if markup != plain(inlines):
                yield Edit(_inside(inlines), markup, segment.id, 0, markup)
            continue
        new = markup.strip() if segment.kind is Kind.VERSE else broken(markup)
        wanted = _parsed(broken(markup))
        if wanted is None:
            yield _left(Edit(segment.span, new, segment.id, cell, unit.words("en")))
            continue
        words = plain(wanted)
        if segment.presence is not Presence.TEXT:
            place = attributes(segment)
            new = f"{lead(chinese)}{new} {ABSENT.sub('', place.text)}"
            yield Edit(place, new, segment.id, 0, words)
            continue
        table = not unit.section  # which holds no markup
        if _bare(wanted) == _bare(inlines) or (table and words == plain(inlines)):
            continue
        if inlines and not (table and not _simple(inlines)):
            yield Edit(_inside(inlines), new, segment.id, cell, words)
        elif edits := _beside_markup(segment, inlines, cell, words):
            yield from edits
        else:
            yield _left(Edit(segment.span, new, segment.id, cell, words))


def _beside_markup(segment: Segment, inlines: Inlines, cell: int, words: str) -> list[Edit]:
    """Plain words in the places of those that they change, so that markup, which a table does not
    hold, stays as it is; none where a change begins or ends in it, or meets what has no words."""
    whole = placed(inlines)
    chars = [one for one in whole if one.char != OBJECT]
    objects = [one.start for one in whole if one.char == OBJECT]
    if "".join(one.char for one in chars) != plain(inlines):
        return []
    made: list[Edit] = []
    for change in changes(chars, words):
        if change.span is None or any(change.span[0] < at < change.span[1] for at in objects):
            return []
        new = escaped(change.new)
        if change.start == 0 and segment.kind is not Kind.HEADING:
            new = guarded(new)
        made.append(Edit(Span(segment.span.file, *change.span), new, segment.id, cell, words))
    return made


def _parsed(markup: str) -> Inlines | None:
    """What markup says; None where it is not the text of one paragraph."""
    read = reader.read(SourceFile("given", f"{markup} {{#x}}\n"), "given", "en")
    segments = read.value.segments
    if len(segments) != 1 or segments[0].kind is not Kind.PARA or segments[0].id != "x":
        return None
    return segments[0].inlines if segments[0].presence is Presence.TEXT else None


def _inside(inlines: Inlines) -> Span:
    return Span(inlines[0].span.file, inlines[0].span.start, inlines[-1].span.end)


def _simple(inlines: Inlines) -> bool:
    return all(isinstance(one, Text | LineBreak) for one in inlines)


def lead(chinese: Segment | None) -> str:
    """What begins a block of the kind of its Chinese."""
    if chinese is None:
        return ""
    if chinese.kind is Kind.HEADING:
        return "#" * max(1, chinese.level) + " "
    if chinese.kind is Kind.ITEM and chinese.label[:1].isdecimal():
        return f"{chinese.label} "
    return _LEADS.get(chinese.kind, "")


def attributes(segment: Segment) -> Span:
    """The attributes that say that a text is not there, which are all of its line."""
    file, start = segment.span.file, segment.span.start
    line = file.text[start:].partition("\n")[0].rstrip()
    return Span(file, start, start + len(line))


def _bare(value: Any) -> Any:
    """Inlines without their places, with texts in one piece."""
    if isinstance(value, tuple):
        made: list[Any] = []
        for one in value:
            if isinstance(one, Text) and made and isinstance(made[-1], str):
                made[-1] += one.text
            else:
                made.append(one.text if isinstance(one, Text) else _bare(one))
        return tuple(made)
    if is_dataclass(value) and not isinstance(value, Span):
        told = (getattr(value, one.name) for one in fields(value) if one.name != "span")
        return (type(value).__name__, *map(_bare, told))
    return value


# --- putting it in -------------------------------------------------------------------------------


def applied(
    file: SourceFile, stem: str, edits: Sequence[Edit], lang: Lang = "en"
) -> tuple[str, int, list[Edit]]:  # fmt: skip
    """The text with all edits that do what they are to do, of how many texts these are, and the
    others."""
    good, failed = list(edits), list[Edit]()
    while good:
        text = _with(file.text, good)
        wrong = _wrong(file, stem, text, good, lang)
        if not wrong:
            return text, len({(one.segment, one.cell) for one in good}), failed
        failed += wrong
        good = [one for one in good if one not in wrong]
    return file.text, 0, failed


def _with(text: str, edits: Sequence[Edit]) -> str:
    for one in sorted(edits, key=lambda one: -one.span.start):
        text = text[: one.span.start] + one.new + text[one.span.end :]
    return text


def _wrong(file: SourceFile, stem: str, text: str, edits: Sequence[Edit], lang: Lang) -> list[Edit]:
    """The edits after which a text is not what it is to be; all where more than that changes."""
    was = reader.read(file, stem, lang).value.segments
    now = reader.read(SourceFile(file.path, text), stem, lang).value.segments
    if [one.id for one in was] != [one.id for one in now]:
        return list(edits)
    of: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        of[edit.segment].append(edit)
    wrong: list[Edit] = []
    for old, new in zip(was, now, strict=True):
        wanted = {edit.cell: edit.words for edit in of[old.id]}
        cells = [(one.table.cells if one.table else ()) for one in (old, new)]
        right = len(cells[0]) == len(cells[1]) and plain(new.inlines) == wanted.get(0, old.text)
        right = right and all(
            plain(two.inlines) == wanted.get(at, plain(one.inlines))
            for at, (one, two) in enumerate(zip(*cells, strict=True), start=1)
        )
        right = right and new.presence is (Presence.TEXT if wanted else old.presence)
        if not right or (old.kind is not new.kind and old.presence is Presence.TEXT):
            if not of[old.id]:
                return list(edits)
            wrong += of[old.id]
    return wrong


def _left(edit: Edit) -> Diagnostic:
    return Diagnostic(
        code=NOT_PUT_BACK, span=edit.span, segment=edit.segment,
        fact=f"“{edit.words[:_SHOWN]}” is not put back: its markup would not be what it was",
        hint="change the text here",
    )  # fmt: skip
