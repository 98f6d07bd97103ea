"""Texts that a reviewer changed → the files of the workspace; what cannot go there is told."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from edition.diagnostics import Diagnostic
from edition.importers.codes import CONFLICT, NOT_PUT_BACK, ROW
from edition.importers.merging import difference
from edition.importers.pairs.revising import ABSENT, Edit, applied, attributes, lead
from edition.importers.pairs.units import broken
from edition.importers.returned.cells import ReturnedFile, ReturnedText
from edition.importers.returned.places import WordChange, changes, placed
from edition.importers.returned.verdicts import Suggestion
from edition.importers.tei.markup import escaped, guarded
from edition.model import LANGS, Edition, Inlines, Kind, Lang, Presence, Segment
from edition.readers import text as reader
from edition.source import SourceFile, Span
from edition.tickets import Ticket, digest, signs_of
from edition.wording import OBJECT, version

_PATH = re.compile(r"source/text/(?P<stem>.+)\.(?P<lang>zh|en)\.md")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlace:
    """A text of the workspace: a segment, or a cell of its table."""

    id: str
    segment: Segment
    inlines: Inlines
    cell: int
    file: SourceFile
    stem: str
    order: int  # among the texts of its file

    @property
    def words(self) -> str:
        return "".join(one.char for one in placed(self.inlines))


@dataclass(slots=True)
class Reviewed:
    """``files``: path → text, of what changes; ``suggestions``: what can be put there, ``texts``
    how many are; ``found``: what is told of everything else."""

    files: dict[str, str] = field(default_factory=dict)
    texts: int = 0
    suggestions: list[Suggestion] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)


def reviewed(
    files: Mapping[str, str], edition: Edition, returned: ReturnedFile, name: str,
    wanted: Mapping[tuple[str, str, str], bool], *, all_others: bool,
) -> Reviewed:  # fmt: skip
    """The changes of ``returned`` in the texts of ``files`` (path → text), which ``edition`` was
    read from, with its notes anchored. ``wanted``: changes that are accepted or refused; of others
    none is made unless ``all_others``. ``name`` of the Word file."""
    places = dict(_places(files))
    made = Reviewed()
    made.found += _rows(places, returned, name)
    guards = _guards(edition)
    edits: dict[tuple[str, str, Lang], list[Edit]] = defaultdict(list)
    for text in _once(returned):
        place = places.get((text.ticket.lang, text.ticket.key))
        if place is None:
            continue
        found, change = _judged(text, place, guards, places)
        made.found += found
        if change is None:
            continue
        now, new = (one.replace(OBJECT, "…") for one in (place.words, change.words))
        asked = Suggestion(segment=place.id, lang=text.ticket.lang, now=now, text=new,
                           authors=tuple(dict.fromkeys(filter(None, text.authors))))  # fmt: skip
        made.suggestions.append(asked)
        if wanted.get(asked.change, all_others):
            own = place.file.path, place.stem, text.ticket.lang
            edits[own] += change.edits
    for (path, stem, lang), several in edits.items():
        file = SourceFile(path, files[path])
        new_text, _, failed = applied(file, stem, several, lang)
        made.found += [_left(one.segment, path, "its markup would not be what it was")
                       for one in {each.segment: each for each in failed}.values()]  # fmt: skip
        if new_text != files[path]:
            made.files[path] = new_text
            done = [one for one in several if one not in failed]
            made.texts += len({(one.segment, one.cell) for one in done})
    return made


def _places(files: Mapping[str, str]) -> Iterator[tuple[tuple[Lang, str], TextPlace]]:
    """All texts of the workspace, by language and key."""
    for path in sorted(files):
        if (met := _PATH.fullmatch(path)) is None:
            continue
        lang: Lang = "zh" if met["lang"] == "zh" else "en"
        file = SourceFile(path, files[path])
        order = 0
        for segment in reader.read(file, met["stem"], lang).value.segments:
            if segment.kind is Kind.BREAK:
                continue
            there = segment.presence is Presence.TEXT
            texts = [(segment.id, segment.inlines if there else (), 0)]
            texts += [(f"{segment.id}/{number}", one.inlines, number) for number, one in
                      enumerate(segment.table.cells if segment.table else (), start=1)]  # fmt: skip
            for own, inlines, cell in texts:
                order += 1
                yield (lang, digest(own)), TextPlace(
                    id=own, segment=segment, inlines=inlines, cell=cell, file=file,
                    stem=met["stem"], order=order,
                )  # fmt: skip


def _once(returned: ReturnedFile) -> list[ReturnedText]:
    """The texts that stand in the file once, each for itself."""
    count = Counter((one.ticket.lang, one.ticket.key) for one in returned.texts)
    return [one for one in returned.texts
            if count[one.ticket.lang, one.ticket.key] == 1 and not one.joined]  # fmt: skip


# --- rows ----------------------------------------------------------------------------------------


def _rows(
    places: Mapping[tuple[Lang, str], TextPlace], returned: ReturnedFile, name: str
) -> Iterator[Diagnostic]:  # fmt: skip
    """Texts that are missing, doubled, drawn together, out of their order, or nobody's."""

    def told(own: str, fact: str, hint: str) -> Diagnostic:
        return Diagnostic(code=ROW, where=name, segment=own, fact=fact, hint=hint)

    there = [(one.ticket.lang, one.ticket.key) for one in returned.texts]
    count = Counter(there)
    for key, place in places.items():
        if key not in count:
            if place.segment.presence is not Presence.TEXT:
                continue  # some programs keep no marks in an empty cell
            yield told(place.id, f"{_named(place, key[0])} is not in it any more",
                       "nothing was deleted; what is to go goes in the workspace")  # fmt: skip
        elif count[key] > 1:
            yield told(place.id, f"{_named(place, key[0])} stands in it {count[key]} times",
                       "none of them was taken; leave one")  # fmt: skip
    for one in returned.texts:
        known = places.get((one.ticket.lang, one.ticket.key))
        if known is not None and one.joined and count[one.ticket.lang, one.ticket.key] == 1:
            yield told(known.id, f"{_named(known, one.ticket.lang)} is drawn together with another",
                       "it was left as it is; part them again")  # fmt: skip
        elif known is None and one.words.strip(f"{OBJECT} \n"):
            yield told("", f"the workspace has no place any more for “{_short(one.words)}”",
                       "its segment has another id now, or is gone")  # fmt: skip
    for lang in LANGS:
        yield from (told(place.id, f"{_named(place, lang)} stands at another place in it",
                         "its order is that of the workspace; move it there")
                    for place in _moved([places[key] for key in dict.fromkeys(there)
                                         if key[0] == lang and key in places]))  # fmt: skip
    for loose in returned.loose[1:] if returned.loose[:1] == ["中文"] else returned.loose:
        if loose != "English":
            yield told("", f"nothing tells what “{_short(loose)}” is: its row is new, or a copy",
                       "write it into a text of the workspace by hand")  # fmt: skip


def _moved(listed: Sequence[TextPlace]) -> list[TextPlace]:
    """Texts that stand before one that they follow in their file."""
    moved, last = [], dict[str, TextPlace]()
    for at, place in enumerate(listed):
        before = last.get(place.file.path)
        if before is not None and place.order < before.order:
            after = next((one for one in listed[at + 1 :] if one.file == place.file), None)
            # the one that stands alone out of its order is that which was moved
            jumped = after is not None and after.order < before.order
            moved.append(before if jumped else place)
            if not jumped:
                continue
        last[place.file.path] = place
    return moved


def _named(place: TextPlace, lang: Lang) -> str:
    return f"the {'Chinese' if lang == 'zh' else 'English'} of {place.id}"


def _short(words: str) -> str:
    flat = " ".join(words.replace(OBJECT, "…").split())
    return flat if len(flat) <= 60 else f"{flat[:59]}…"


# --- texts ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Revised:
    """What can be put into the file: its edits, and the words that come of them."""

    words: str
    edits: tuple[Edit, ...]


def _judged(
    text: ReturnedText, place: TextPlace, guards: Mapping[tuple[str, int, Lang], _Guard],
    places: Mapping[tuple[Lang, str], TextPlace],
) -> tuple[list[Diagnostic], _Revised | None]:  # fmt: skip
    """What is told of a text, and what of it can be put into its file."""
    known, path = text.ticket, place.file.path
    now, given = place.words, _trimmed(text.words, place)
    found = []
    if known.signs and signs_of(text.signs) != known.signs:
        found.append(_left(place.id, path, "a citation, or a mark, was changed in Word"))
    if _same(given, now) or (known.version and version(given) == known.version):
        return found, None
    if known.converted:
        found.append(_left(place.id, path, "Word has it in the other script", now, given))
        return found, None
    if known.version and known.version != version(now):
        found.append(_conflict(place, now, given))
        return found, None
    if not given.strip(f"{OBJECT} \n"):
        found.append(_left(place.id, path, "all of it was deleted", now, given))
        return found, None
    if place.segment.presence is not Presence.TEXT:
        counterpart = places.get(("en" if known.lang == "zh" else "zh", known.key))
        edit = _filled(place, given, counterpart.segment if counterpart else None)
        return found, _Revised(given, (edit,))
    wanted = changes(placed(place.inlines), given)
    guard = guards.get((place.segment.id, place.cell, known.lang), _Guard())
    good = [one for one in wanted if one.span is not None and guard.lets(one, now, wanted)]
    left = [one for one in wanted if one not in good]
    if left:
        what = "; ".join(f"“{_short(one.old)}” → “{_short(one.new)}”" for one in left)
        why = "a note stands on these words" if all(one.span for one in left) else (
            "markup stands in their way")  # fmt: skip
        found.append(_left(place.id, path, f"{what}: {why}", now, given))
    if not good:
        return found, None
    words = _with(now, good)
    verbatim = place.segment.kind is Kind.CODE
    edits = tuple(_edit(one, place, words, verbatim=verbatim) for one in good)
    return found, _Revised(words, edits)


def _trimmed(words: str, place: TextPlace) -> str:
    """Without blanks at the ends that the workspace does not have either."""
    return words if place.words[:1].isspace() else words.strip()


def _same(one: str, other: str) -> bool:
    """Whether two texts differ in blanks alone: Word changes them by itself."""
    return one.replace("\u00a0", " ").split() == other.replace("\u00a0", " ").split()


def _with(words: str, made: Sequence[WordChange]) -> str:
    for one in reversed(made):
        words = words[: one.start] + one.new + words[one.end :]
    return words


def _edit(one: WordChange, place: TextPlace, words: str, *, verbatim: bool) -> Edit:
    assert one.span is not None
    new = one.new if verbatim else escaped(one.new)
    if one.start == 0 and not verbatim and place.segment.kind is not Kind.HEADING:
        new = guarded(new)
    return Edit(Span(place.file, *one.span), new, place.segment.id, place.cell,
                words.replace(OBJECT, ""))  # fmt: skip


def _filled(place: TextPlace, given: str, counterpart: Segment | None) -> Edit:
    """A text where there was none."""
    where = attributes(place.segment)
    markup = broken(escaped(given.replace(OBJECT, "")))
    words = "\n".join(
        line.strip() for line in given.replace(OBJECT, "").split("\n") if line.strip()
    )
    new = f"{lead(counterpart)}{markup} {ABSENT.sub('', where.text)}"
    return Edit(where, new, place.segment.id, 0, words)


# --- notes ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Guard:
    """The lemmas of notes in a text: where they stand in its plain words, and what they are."""

    lemmas: list[tuple[int, int, str]] = field(default_factory=list)

    def lets(self, change: WordChange, words: str, every: Sequence[WordChange]) -> bool:
        """Whether all notes keep their places when ``change`` is made."""
        start = change.start - words[: change.start].count(OBJECT)
        end = change.end - words[: change.end].count(OBJECT)
        new = _with(words, every).replace(OBJECT, "")
        old = words.replace(OBJECT, "")
        for begin, close, quote in self.lemmas:
            if (start < close and end > begin) or (start == end and begin < start < close):
                return False
            if quote in change.new or new.count(quote) > old.count(quote):
                return False
        return True


def _guards(edition: Edition) -> dict[tuple[str, int, Lang], _Guard]:
    made: dict[tuple[str, int, Lang], _Guard] = defaultdict(_Guard)
    for one in edition.anchors:
        note = next(note for note in edition.notes if note.id == one.note)
        if not one.footnote:
            lemma = note.lemmas[one.lang]
            made[one.segment, one.cell, one.lang].lemmas.append((one.start, one.end, lemma.quote))
    return made


# --- what is told --------------------------------------------------------------------------------


def _left(own: str, path: str, why: str, now: str = "", given: str = "") -> Diagnostic:
    shown = difference(path, f"{now}\n", f"{given}\n").replace(OBJECT, "…") if now or given else ""
    return Diagnostic(code=NOT_PUT_BACK, where=f"{path}, {own}", segment=own,
                      fact=f"{own} is not changed as Word has it: {why}",
                      hint=shown or "change it here")  # fmt: skip


def _conflict(place: TextPlace, now: str, given: str) -> Diagnostic:
    path = place.file.path
    return Diagnostic(
        code=CONFLICT, where=f"{path}, {place.id}", segment=place.id,
        fact=f"{place.id} was edited since the file was written, and is changed in the file; the "
             "edited one stands",
        hint=difference(path, f"{now}\n", f"{given}\n").replace(OBJECT, "…"),
    )  # fmt: skip


def known_as(places: Mapping[tuple[Lang, str], TextPlace], ticket: Ticket | None) -> str:
    """The id of the text of a ticket; "" where there is none."""
    place = places.get((ticket.lang, ticket.key)) if ticket else None
    return place.id if place else ""


def texts(files: Mapping[str, str]) -> dict[tuple[Lang, str], TextPlace]:
    """All texts of a workspace, by language and key."""
    return dict(_places(files))
