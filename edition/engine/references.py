"""The list of references: formatted by biblatex and biber in a run of its own, kept by content.

XeLaTeX asks (a ``.bcf``), biber answers (a ``.bbl``), XeLaTeX tells each entry as a text with its
looks and writes what a citation of it prints. On the pages of the book entries are set as all other
text is (:mod:`edition.layout.works`). Nothing runs where the cache has the same entries in the same
style and fonts. What XeLaTeX asks depends on the style and the number of entries only; the first
time it asks while the entries are put in order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from edition import templates
from edition.bibliography.types import Entry, Library
from edition.bibliography.values import language
from edition.characters import RESERVED
from edition.config import Config
from edition.diagnostics import Code, Diagnostic, Outcome, error, warning
from edition.engine import (
    biber,
    driver,
    findings,
    fonts,
    log,
    programs,
    reference_list,
    romanising,
    xelatex,
)
from edition.engine.cache import Cache, digest
from edition.engine.measure import macros
from edition.engine.probe import style_missing
from edition.files import write_bytes
from edition.latex import bibvalues
from edition.latex import references as tex
from edition.latex.escape import name as character_name
from edition.latex.faces import Faces
from edition.model import References
from edition.source import Span

UNKNOWN = warning("REF001", "A work is cited that the bibliography does not have")
FAILED = error("REF002", "biber could not make the list of references")
COMPLAINT = warning("REF003", "biber found something wrong with an entry")
TEX_FAILED = error("REF004", "TeX reports an error in the list of references")
MISSING = error("REF006", "No font has a character of an entry")
LEFT_OUT = warning("REF007", "Part of an entry cannot be printed")
UNPLACED = error("REF008", "An entry is missing from the printed list")

STYLE = "edition-references.sty"
_KEEP = 24  # orders in the cache


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One list: its entries in order, the .bib and the documents."""

    entries: tuple[Entry, ...]
    bib: bibvalues.Bib
    listing: str
    key: str

    names: Mapping[str, Entry]  # r1, r2 … -> entry
    romanised: Mapping[str, str]

    def entry(self, name: str) -> Entry | None:
        return self.names.get(name)


def run(
    library: Library,
    cited: Sequence[str],
    config: Config,
    work: Path,
    cache: Cache,
    *,
    root: Path | None = None,
    readings: Mapping[str, str] | None = None,
    romanised: Mapping[str, str] | None = None,
    making: Callable[[], None] = lambda: None,
) -> Outcome[References | None]:
    """The list of the works in ``cited`` (keys in the order of their first citation; of merged
    entries too), with label, year and text of each. ``readings``: pinyin of names for sorting;
    ``romanised``: Chinese name -> the name on English pages, where the edition knows it;
    ``making`` is called as soon as it is known that the list is not kept and has to be made.
    None, with diagnostics, where the list could not be made. Works in ``work/references``."""
    root = root or Path.cwd()
    style = config.bibliography.style
    entries, found = _wanted(library, cited)
    if config.bibliography.entries == "all":
        have = {one.key for one in entries}
        entries = (*entries, *(one for one in library if one.key not in have))
    if not entries:
        return Outcome(References(style=style, entries={}, aliases=library.aliases), tuple(found))
    lacking = style_missing(style)
    if lacking is not None:
        return Outcome(None, (*found, lacking))
    text = "".join(field.value for entry in library for field in entry.fields)
    probed = fonts.probe(config, cache, text)
    if probed.value is None:
        return Outcome(None, (*found, *probed.diagnostics))
    folder = work / "references"
    asking = tex.asking([f"r{n}" for n in range(1, len(entries) + 1)], config.bibliography)
    with ThreadPoolExecutor(1) as aside:
        early = None
        if not folder.is_dir():
            early = aside.submit(_ask, asking, work / "biber", config)
            making()
        in_order = _ordered(entries, config, readings or {}, cache)
        latin: Mapping[str, str] = {}
        if "en" in config.languages:
            latin, more = romanising.names(entries, romanised or {}, readings or {}, cache)
            found += more
        job = _job(library, entries, in_order, asking, config, probed.value, root, latin)
        found += [_left(one, library) for one in job.bib.left]
        kept = reference_list.kept(cache, job.key)
        if kept is not None:
            folder.mkdir(parents=True, exist_ok=True)  # the list is known here
            return Outcome(_placed(kept, library), tuple(found))
        making()
        asked = early.result() if early else _ask(asking, work / "biber", config)
    made, more = _make(job, asked, folder, config, root)
    found += more
    if made is None:
        return Outcome(None, tuple(found))
    if not more:
        reference_list.keep(cache, job.key, made)
    return Outcome(_placed(made, library), tuple(found))


def _placed(made: References, library: Library) -> References:
    """The list with what is not kept of it."""
    return reference_list.with_spans(replace(made, aliases=library.aliases), library)


def lacking(entries: Iterable[Entry], faces: Faces) -> tuple[Diagnostic, ...]:
    """Characters of entries that no font has, at their fields, before anything is set."""
    found = []
    for entry in entries:
        for field in entry.fields:
            if field.name in bibvalues.PRINTED:
                # what stands for private use is not printed in a list, whatever a font has there
                bad = faces.missing(field.value) | set(RESERVED.findall(field.value))
                found += [
                    Diagnostic(code=MISSING, span=field.span or _span(entry),
                               fact=_lacks(f"“{entry.key}”", one))
                    for one in sorted(bad)
                ]  # fmt: skip
    return tuple(found)


def _lacks(name: str, character: str) -> str:
    shown = character_name(character) if len(character) == 1 else f"“{character}”"
    return f"{name} has {shown}, which no font has"


def convert_fields(library: Library, convert: Callable[[str], str]) -> Library:
    """The library with ``convert`` (of a script) done on the values of its Chinese entries, but
    for addresses and identifiers."""
    kept = {*bibvalues.VERBATIM, *bibvalues.LINKS, *bibvalues.DATES, "isbn", "issn", "langid"}
    entries = []
    for entry in library.entries:
        if language(entry) == "zh":
            fields = tuple(
                one if one.name in kept or one.value.isascii()
                else replace(one, value=convert(one.value))
                for one in entry.fields
            )  # fmt: skip
            entry = replace(entry, fields=fields)
        entries.append(entry)
    return replace(library, entries=tuple(entries))


# --- what is wanted ---------------------------------------------------------------------------


def _wanted(library: Library, cited: Sequence[str]) -> tuple[tuple[Entry, ...], list[Diagnostic]]:
    """Entries cited, each once, in the order of citation."""
    known = library.by_key()
    entries: dict[str, Entry] = {}
    found = []
    for key in cited:
        entry = known.get(library.aliases.get(key, key))
        if entry is not None:
            entries.setdefault(entry.key, entry)
        else:
            fact = f"“{key}” is cited, but no entry of the bibliography has this key"
            found.append(Diagnostic(code=UNKNOWN, fact=fact, where=f"key {key}"))
    return tuple(entries.values()), found


def _ordered(
    entries: Sequence[Entry], config: Config, readings: Mapping[str, str], cache: Cache
) -> list[Entry]:
    """The entries in the order of the list. It is kept by content: the readings of characters
    take longer to load than all else that is done with a list that has not changed."""
    sort = config.bibliography.sort
    fields = {one.key: [(each.name, each.value) for each in one.fields] for one in entries}
    key = digest(romanising.reader(), sort, json.dumps([fields, dict(readings)], sort_keys=True))
    kept = cache.get("orders", key)
    if kept is not None:
        known = {one.key: one for one in entries}
        return [known[one] for one in json.loads(kept)]
    from edition.bibliography.writing import order

    in_order = order.ordered(entries, sort, "author", readings)
    cache.put("orders", key, json.dumps([one.key for one in in_order]).encode())
    cache.prune("orders", keep=_KEEP)
    return in_order


def _job(
    library: Library,
    entries: tuple[Entry, ...],
    in_order: list[Entry],
    asking: str,
    config: Config,
    faces: Faces,
    root: Path,
    romanised: Mapping[str, str],
) -> _Job:
    settings = config.bibliography
    ranks = {one.key: number for number, one in enumerate(in_order, 1)}
    known = library.by_key()
    parents = [one for one in bibvalues.parents(entries, known) if one.key not in ranks]
    chosen = list(entries) if settings.numeric else in_order
    gb = bibvalues.ListStyle(settings.style.startswith("gb7714"), settings.by_year)
    bib = bibvalues.bib([*chosen, *parents], ranks, faces, style=gb, romanised=romanised)
    names = [name for name, key in bib.keys.items() if key in ranks]
    listing = tex.listing(names, config, faces, bib.text)
    key = digest(xelatex.identity(), biber.identity(), faces.identity, macros(root).read_bytes(),
                 _style(root).read_bytes(), config.date, asking, listing, bib.text)  # fmt: skip
    by_name = {name: known[key] for name, key in bib.keys.items() if key in ranks}
    return _Job(entries=tuple(chosen), bib=bib, listing=listing, key=key,
                names=by_name, romanised=romanised)  # fmt: skip


def _style(root: Path) -> Path:
    found = templates.find(STYLE, root)
    assert found is not None, f"{STYLE} is not installed"
    return found


# --- the runs ---------------------------------------------------------------------------------


def _make(
    job: _Job, asked: Outcome[bool], folder: Path, config: Config, root: Path
) -> tuple[References | None, list[Diagnostic]]:
    found = list(asked.diagnostics)
    if not asked.value:
        return None, found
    answered, more = _answer(job, folder.with_name("biber"), config)
    found += more
    if answered is None:
        return None, found
    data = folder.with_name("biber") / tex.DATA
    files = {f"{xelatex.JOB}.bbl": answered, tex.DATA: data,
             macros(root).name: macros(root), STYLE: _style(root)}  # fmt: skip
    done = xelatex.run(job.listing, folder, files=files, date=config.date,
                       seconds=120 + 0.1 * len(job.entries))  # fmt: skip
    found += done.diagnostics
    if done.value is None or not done.ok:
        return None, found
    found += _from_log(job.names, done.value)
    made = driver.finish(done.value, date=config.date, seconds=120 + 0.1 * len(job.entries))
    found += made.diagnostics
    if made.value is None:
        if not found:
            found.append(_failed(findings.TEX_ERROR, "XeLaTeX wrote no list of references",
                                 done.value.log))  # fmt: skip
        return None, found
    told = reference_list.read(folder, job.names, config, job.romanised)
    found += told.diagnostics
    if told.diagnostics:
        return None, found
    references = told.value
    for entry in job.entries:
        if entry.key not in references.entries:
            fact = f"the entry “{entry.key}” is missing from the list"
            found.append(Diagnostic(code=UNPLACED, fact=fact, span=_span(entry)))
    return references, found


def _ask(asking: str, folder: Path, config: Config) -> Outcome[bool]:
    """Have XeLaTeX write a ``.bcf`` for biber into ``folder``; whether it did."""
    done = xelatex.run(asking, folder, date=config.date, seconds=120)
    if done.value is None or done.diagnostics:
        return Outcome(False, done.diagnostics)
    if _whole(folder / f"{xelatex.JOB}.bcf"):
        return Outcome(True)
    found = _from_log({}, done.value) or [
        _failed(findings.TEX_ERROR, "XeLaTeX could not ask for the list", done.value.log)
    ]
    return Outcome(False, tuple(found))


def _whole(path: Path) -> bool:
    """Whether what XeLaTeX asks biber was written to its end."""
    try:
        return path.read_bytes().rstrip().endswith(b"</bcf:controlfile>")
    except OSError:
        return False


def _answer(job: _Job, folder: Path, config: Config) -> tuple[Path | None, list[Diagnostic]]:
    """biber's answer, or None; and what it says of the entries."""
    write_bytes(folder / tex.DATA, job.bib.text.encode("utf-8", "replace"))
    answer = biber.run(folder, date=config.date, seconds=120 + 0.1 * len(job.entries))
    found = list(answer.diagnostics)
    told = [one for one in biber.complaints(folder) if not _BEFORE_OUR_ERA.search(one.text)]
    found += dict.fromkeys(_complaint(job, one, folder) for one in told)
    if answer.value is None and not any(one.code in (FAILED, *_STOPS) for one in found):
        words = biber.last_words(folder)
        fact = f"biber ended without an answer{f', and said: {words}' if words else ''}"
        found.append(_failed(FAILED, fact, folder / f"{xelatex.JOB}.blg"))
    return answer.value, found


# Years before our era are printed as they stand: the styles write -0479 with a minus sign.
_BEFORE_OUR_ERA = re.compile(r"Invalid format '(?:前\d+|\d+ BC)' of date field")
_STOPS = (programs.PROGRAM_MISSING, xelatex.TIMEOUT)


def _failed(code: Code, fact: str, kept: Path) -> Diagnostic:
    return Diagnostic(code=code, fact=fact, hint=f"the log is kept: {kept}")


def _span(entry: Entry | None, field: str = "") -> Span | None:
    """The field, or the line that the entry begins on."""
    if entry is None or entry.span is None:
        return None
    one = entry.field(field) if field else None
    if one is not None and one.span is not None:
        return one.span
    first = entry.span.text.split("\n", 1)[0]
    return entry.span.within(0, max(1, len(first)))


def _complaint(job: _Job, one: biber.Complaint, folder: Path) -> Diagnostic:
    entry = job.entry(one.key)
    text = one.text.replace(f"'{one.key}'", f"“{entry.key}”") if entry else one.text
    text = text.replace(f" ({tex.DATA})", "").replace("Datamodel: ", "")
    hint = f"biber's log is kept: {folder / (xelatex.JOB + '.blg')}"
    return Diagnostic(code=FAILED if one.error else COMPLAINT, span=_span(entry), hint=hint,
                      fact=f"biber: {text}")  # fmt: skip


def _left(one: bibvalues.Left, library: Library) -> Diagnostic:
    entry = library.find(one.entry)
    fact = f"{one.field} of “{one.entry}”: {one.what}; it is left out of the list"
    hint = "" if "command" in one.what else "write dates as 2024-12-30"
    return Diagnostic(code=LEFT_OUT, span=_span(entry, one.field), fact=fact, hint=hint)


def _from_log(names: Mapping[str, Entry], done: xelatex.Pass) -> list[Diagnostic]:
    """Errors, lines that are too long and missing characters, at their entries."""
    found: list[Diagnostic] = []
    seen = set()
    for event in log.read(done.log):
        entry = names.get(f"r{event.box}")
        name = f"“{entry.key}”" if entry else "the list of references"
        span, hint = _span(entry), ""
        if event.kind == "overfull" or event.text in reference_list.MARKS:
            continue  # neither of them is printed
        if event.kind == "missing":
            code, fact = MISSING, _lacks(name, event.text)
        elif event.kind == "nofile":
            code, fact = TEX_FAILED, f"TeX does not find {event.text}"
            hint = programs.missing(event.text, biber.PACKAGES).hint
        else:
            code, fact = TEX_FAILED, f"TeX, at {name}: {event.text}"
            hint = f"the log is kept: {done.log}"
        if (code, fact) not in seen:
            seen.add((code, fact))
            found.append(Diagnostic(code=code, span=span, fact=fact, hint=hint))
    return found
