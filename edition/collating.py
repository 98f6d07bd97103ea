"""What ``edition collate`` does: compares witnesses with the Chinese text and proposes entries of
the apparatus. Writes one file of notes, and nothing that the editor has accepted changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from edition import anchors, apparatus, config, files, script
from edition.apparatus import collation, proposals
from edition.apparatus.collation import Difference
from edition.config import Config
from edition.diagnostics import Diagnostic, Outcome, Severity, error, warning
from edition.model import Anchor, Edition, Note, Presence, Segment
from edition.readers import read_edition, text
from edition.readers.codes import APP001, TXT001, TXT002
from edition.source import SourceFile, Span, UndecodableError

OTHER_TEXT = error("APP004", "Witness that is another text")
NOT_NAMED = warning("APP005", "Reading of a witness that an accepted entry does not name")
LONG = warning("APP006", "Difference too long to be a reading")
NO_LAYER = error("APP007", "No layer for the apparatus")

FILE = "source/notes/collation.yaml"
SETTINGS = "source/edition.toml"
TEXTUAL = "校"
_LEAST = 0.4  # share of the text's characters that a witness of it has
_HINDERS = (
    "CFG",
    "TXT",
    "NTE",
    "APP",
    "ANC",
)  # with errors of these nobody knows what stands where


@dataclass(frozen=True, slots=True)
class Collation:
    """What came of it: by siglum the characters compared, the share that agrees, and the number of
    places that differ; the entries written, and whether the file changed."""

    witnesses: tuple[tuple[str, int, float, int], ...] = ()
    added: int = 0
    extended: int = 0


@dataclass(slots=True)
class _Collation:
    root: Path
    edition: Edition
    config: Config
    layer: str
    found: list[Diagnostic] = field(default_factory=list)


def collate(
    root: Path, witnesses: Sequence[tuple[str, Path]], *, fold: bool = False, layer: str = "",
    section: str = "",
) -> Outcome[Collation]:  # fmt: skip
    """Compare ``witnesses`` (siglum, file) with the Chinese text of the workspace, or of one of its
    sections, and write ``source/notes/collation.yaml``. With errors among the findings nothing is
    written. ``fold``: forms of one character are one."""
    loaded = config.load(root)
    if loaded.value is None:
        return Outcome(Collation(), loaded.diagnostics)
    read = read_edition(root, loaded.value)
    anchored = anchors.attach(_with_texts(read.value, loaded.value))
    hinders = [one for one in (*loaded.diagnostics, *read.diagnostics, *anchored.diagnostics)
               if one.level is Severity.ERROR and one.code.area in _HINDERS]  # fmt: skip
    chosen = layer or _layer(loaded.value)
    work = _Collation(root, anchored.value, loaded.value, chosen, hinders)
    if chosen not in {one.id for one in loaded.value.layers}:
        work.found.append(Diagnostic(
            code=NO_LAYER, where=SETTINGS, fact=f"the edition has no layer {chosen or TEXTUAL}",
            hint="name one of its layers with --layer"))  # fmt: skip
    segments = _segments(anchored.value, section)
    compared = _compared(work, segments, witnesses, fold=fold)
    if any(one.level is Severity.ERROR for one in work.found):
        return Outcome(Collation(), tuple(work.found))
    return _written(work, segments, compared)


def _with_texts(edition: Edition, settings: Config) -> Edition:
    """The edition with a Chinese text for every entry: a note without text has no anchor."""
    shown = replace(settings.apparatus, zh="sentence")
    return apparatus.printed(edition, replace(settings, apparatus=shown))


def _layer(settings: Config) -> str:
    """The layer of textual notes: 校, or one that says so in its name."""
    names = [one.id for one in settings.layers if TEXTUAL in one.id or TEXTUAL in one.name.zh]
    return names[0] if names else settings.layers[0].id if len(settings.layers) == 1 else ""


def _segments(edition: Edition, section: str) -> list[Segment]:
    return [one for part in edition.sections if section in ("", part.id) for one in part.zh
            if one.presence is Presence.TEXT and one.inlines]  # fmt: skip


# --- comparing ------------------------------------------------------------------------------------


def _compared(
    work: _Collation,
    segments: Sequence[Segment],
    witnesses: Sequence[tuple[str, Path]],
    *,
    fold: bool,
) -> list[tuple[str, collation.Collated]]:
    known = [one.siglum.zh for one in work.config.witnesses]
    compared = []
    for siglum, path in witnesses:
        if siglum not in known:
            work.found.append(Diagnostic(
                code=APP001, where=path.name, fact=f"no witness has the siglum “{siglum}”",
                hint=f'write [[witness]], siglum = "{siglum}" and its name in {SETTINGS}',
            ))  # fmt: skip
            continue
        words = _read(work, path)
        if words is None:
            continue
        made = collation.collate(segments, words, _form if fold else None)
        if made.agreeing < _LEAST:
            share = f"{made.agreeing:.0%}"
            work.found.append(Diagnostic(
                code=OTHER_TEXT, where=path.name,
                fact=f"only {share} of its characters stand in the text in this order",
                hint="--text names the section that the file is a witness of",
            ))  # fmt: skip
            continue
        for one in made.other:
            work.found.append(_too_long(work, siglum, one))
        compared.append((siglum, made))
    return compared


def _too_long(work: _Collation, siglum: str, one: Difference) -> Diagnostic:
    segment = work.edition.segments["zh", one.segment]
    what = f"lacks {one.end - one.start} characters" if not one.reading else (
        f"has {len(one.reading)} characters in place of {one.end - one.start}")  # fmt: skip
    return Diagnostic(code=LONG, span=segment.span, segment=one.segment,
                      fact=f"{siglum} {what}: no entry is made of it",
                      hint="say it in a note, if it is no gap of the file")  # fmt: skip


def _read(work: _Collation, path: Path) -> str | None:
    """The words of a witness; of a text in this format, its Chinese without the markup."""
    try:
        file = SourceFile.read(path, path.name)
    except UndecodableError as fault:
        work.found.append(Diagnostic(code=TXT002, span=fault.span, fact="it is not UTF-8",
                                     hint="save the file as UTF-8"))  # fmt: skip
        return None
    except OSError as fault:
        work.found.append(Diagnostic(code=TXT001, where=str(path),
                                     fact=f"it cannot be read: {fault.strerror}"))  # fmt: skip
        return None
    if path.suffix != ".md":
        return file.text
    read = text.read(file, path.stem, "zh")
    work.found += [one for one in read.diagnostics if one.level is Severity.ERROR]
    return "\n".join(one.text for one in read.value.segments)


@cache
def _form(character: str) -> str:
    """The form by which traditional, simplified and variant characters are one."""
    simple = Config(id="", title=config.Bilingual(), source_script="hant", script="hans")
    return script.convert_text(character, simple) or character


# --- writing --------------------------------------------------------------------------------------


def _written(
    work: _Collation,
    segments: Sequence[Segment],
    compared: Sequence[tuple[str, collation.Collated]],
) -> Outcome[Collation]:
    texts = {one.id: one.text for one in segments}
    by_siglum = [(siglum, made.differences) for siglum, made in compared]
    units = {one.id: anchors.undivided(one) for one in segments}
    wanted = list(proposals.proposals(collation.together(by_siglum, texts, units)))
    taken = _taken(work.edition)
    mine = {one.id: one for one in work.edition.notes if one.span.file.path == FILE}
    names = {one.id for one in work.edition.notes}
    new: list[tuple[str, str]] = []
    changed: dict[str, str] = {}
    for one in wanted:
        note = _about(taken, one)
        if note is None:
            named = _named(one, names)
            new.append((named.id, proposals.note(named, texts[one.segment], work.layer)))
        elif note.proposed and note.id in mine and _same_words(note, one, texts[one.segment]):
            more = _extended(note, one)
            if more:
                changed[note.id] = proposals.note(more, texts[one.segment], note.layer)
        else:
            work.found += _unnamed(note, one)
    path = work.root / FILE
    there = path.read_text("utf-8") if path.is_file() else ""
    if new or changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_text(path, proposals.merged(there, mine, new, changed))
    told = tuple((siglum, made.characters, made.agreeing, len(made.differences))
                 for siglum, made in compared)  # fmt: skip
    return Outcome(Collation(told, len(new), len(changed)), tuple(work.found))


def _named(proposal: proposals.ProposedEntry, names: set[str]) -> proposals.ProposedEntry:
    """The proposal with an id that no note has; it is taken then."""
    free = proposal.id
    while free in names:
        free += "-2"
    names.add(free)
    return replace(proposal, id=free)


Taken = dict[str, list[tuple[Anchor, Note]]]


def _taken(edition: Edition) -> Taken:
    """Where notes with entries stand in the Chinese, by segment."""
    notes = {one.id: one for one in edition.notes if one.entry}
    taken: Taken = {}
    for anchor in edition.anchors:
        if anchor.lang == "zh" and not anchor.cell and not anchor.footnote and anchor.note in notes:
            taken.setdefault(anchor.segment, []).append((anchor, notes[anchor.note]))
    return taken


def _about(taken: Taken, proposal: proposals.ProposedEntry) -> Note | None:
    """The entry that is about these words, or some of them."""
    for anchor, note in taken.get(proposal.segment, ()):
        if anchor.start < proposal.end and proposal.start < anchor.end:
            return note
    return None


def _same_words(note: Note, proposal: proposals.ProposedEntry, text: str) -> bool:
    return text[proposal.start : proposal.end] == note.lemmas["zh"].quote


def _extended(note: Note, proposal: proposals.ProposedEntry) -> proposals.ProposedEntry | None:
    """The proposal with what the note has already; None where it adds nothing."""
    assert note.entry
    readings = {one.text: one.wit for one in note.entry.readings}
    known = {siglum for sigla in readings.values() for siglum in sigla}
    fresh = [(reading, tuple(one for one in sigla if one not in known))
             for reading, sigla in proposal.readings]  # fmt: skip
    if not any(sigla for _, sigla in fresh):
        return None
    for reading, sigla in fresh:
        if sigla:
            readings[reading] = (*readings.get(reading, ()), *sigla)
    return replace(proposal, id=note.id, readings=tuple(readings.items()))


def _unnamed(note: Note, proposal: proposals.ProposedEntry) -> list[Diagnostic]:
    """Witnesses that an accepted entry, or one about other words, does not name."""
    assert note.entry
    named = {siglum for one in (note.entry.lem, *note.entry.readings) for siglum in one.wit}
    here: Span = note.span
    return [
        Diagnostic(code=NOT_NAMED, span=here, segment=proposal.segment,
                   fact=f"note {note.id}: {'、'.join(left)} reads “{reading}” here, and the entry "
                   "does not say so", hint="add it to rdg")
        for reading, sigla in proposal.readings
        if (left := [one for one in sigla if one not in named])
    ]  # fmt: skip
