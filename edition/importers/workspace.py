"""The workspace that an import writes, and what a second import may do to one that was edited."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from edition import files
from edition.aligning.rulings import Ruling
from edition.diagnostics import Diagnostic, Outcome
from edition.importers import merging, report
from edition.importers.article import BIB, SETTINGS, Imported
from edition.importers.codes import CONFLICT, EDITED, EMPTY, REFUSED
from edition.importers.decisions import Decision
from edition.importers.documents.model import RefusedError
from edition.importers.taking import Options, take
from edition.importers.taking import imported as imported  # for who reads one file
from edition.importers.writing import PICTURES
from edition.model import Lang

_LARGEST = 32 << 20  # bytes of a bibliography that is followed
REPORT, RECORD = "IMPORT.md", "import.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFiles:
    """``files``: paths that changed, in the workspace; ``changes``: the difference to what stood
    there before, as a unified diff."""

    imported: Imported
    files: tuple[str, ...] = ()
    changes: str = ""
    reported: bool = True  # in a report beside the texts


def run_import(
    sources: Path | Sequence[Path], to: Path, *, normalise: bool = False, update: bool = False,
    known: tuple[str, ...] = (), decisions: tuple[Decision, ...] = (),
    options: Options | None = None,
) -> Outcome[WrittenFiles | None]:  # fmt: skip
    """Import a file, or a text and its translation, into the workspace ``to``. Nothing that stands
    there is replaced (IMP002) unless ``update`` merges into it; nor is anything written where
    there is no text (IMP001) or a file cannot be taken over (IMP060): then the value is None.
    Raises ``OSError`` where a file cannot be read or ``to`` cannot be written; each file is
    whole."""
    paths = [sources] if isinstance(sources, Path) else list(sources)
    given = options or Options(normalise=normalise, known=known, decisions=decisions)
    given = replace(given, beside=partial(_beside, paths))
    where = ", ".join(map(str, paths))
    try:
        taken = take([(path.name, path.read_bytes()) for path in paths], given)
    except RefusedError as refused:
        return Outcome(None, (Diagnostic(
            code=REFUSED, where=where, fact=refused.fact, hint=refused.hint),))  # fmt: skip
    made = taken.value
    if made is None:
        return Outcome(None, taken.diagnostics)
    if not made.counts["segments"]:
        return Outcome(None, (*taken.diagnostics, Diagnostic(
            code=EMPTY, where=where, fact="there is no text in it",
            hint="nothing was written")))  # fmt: skip
    if _differing(to, made) and (lang := _lacking(to, made)) is not None:
        return _added(to, made, lang, taken.diagnostics, given.rulings, update=update)
    current = _texts(to) if update else {}
    unknown: tuple[Diagnostic, ...] = ()
    foreign = not made.units and "pairs" in made.counts and len(paths) == 1
    if current and foreign and _record(to).get("source") != made.source:
        from edition.importers.pairs.remembered import remembered

        answered = remembered(current, made.files, made.source)
        made, unknown = replace(made, units=answered.value), answered.diagnostics
    if current and made.units:
        return _revised(to, made, current, unknown)
    record = _record(to)
    edited = _edited(to, made, record)
    if not update and (kept := edited or _differing(to, made)):
        names = ", ".join(kept[:5]) + (" …" if len(kept) > 5 else "")
        what = "edited or not made by an import" if edited else "made by another import"
        return Outcome(None, (*taken.diagnostics, Diagnostic(
            code=EDITED, where=str(to), fact=f"{what}: {names}",
            hint="nothing was written; --update merges what changed in the article")))  # fmt: skip
    texts, conflicts = _merged(to, made, record, edited)
    found = (*taken.diagnostics, *conflicts)
    return Outcome(_write(to, made, texts, _stale(made, record, edited), found), found)


def _beside(paths: Sequence[Path], name: str) -> bytes:
    """A file of the folder of an article, and of no other. Raises ``OSError``."""
    for path in paths:
        folder = path.resolve().parent
        file = (folder / name).resolve()
        if not file.is_relative_to(folder):
            raise OSError(0, "it lies in another folder")
        if file.is_file():
            if file.stat().st_size > _LARGEST:
                raise OSError(0, "it is too large")
            return file.read_bytes()
    raise OSError(0, "it is not there")


def _differing(to: Path, made: Imported) -> list[str]:
    """Files that stand there, and would say something else."""
    return [path for path, text in made.files.items() if _read(to / path) not in (None, text)]


# --- the other side ------------------------------------------------------------------------------


def _texts(to: Path) -> dict[str, str]:
    """The texts, facts and references of a workspace, by path."""
    paths = [*sorted((to / "source" / "text").glob("*.md")), to / SETTINGS, to / BIB]
    return {path.relative_to(to).as_posix(): _read(path) or "" for path in paths if path.is_file()}


def _lacking(to: Path, made: Imported) -> Lang | None:
    """The language of an import that the workspace has nothing of, where it has the other."""
    from edition.importers.pairs.adding import sides_present

    present = sides_present(_texts(to))
    if made.made is None or len(present) != 1 or "pairs" in made.counts:
        return None
    lang = made.made.article.lang
    return None if lang in present else lang


def _added(
    to: Path, made: Imported, lang: Lang, found: Sequence[Diagnostic],
    rulings: Sequence[Ruling], *, update: bool,
) -> Outcome[WrittenFiles | None]:  # fmt: skip
    """``made`` as the side that the workspace lacks."""
    if not update:
        side = {"zh": "the Chinese of an English text", "en": "the English of a Chinese text"}[lang]
        return Outcome(None, (*found, Diagnostic(
            code=EDITED, where=str(to), fact=f"the folder holds a workspace, and this is {side}",
            hint="nothing was written; --update adds it as the other side")))  # fmt: skip
    current = _texts(to)
    from edition.importers.pairs.adding import add

    added = add(current, made, rulings)
    everything = (*found, *added.diagnostics)
    if not added.value.files:
        return Outcome(None, everything)
    record = _record(to)
    blocks = {path: tuple(one.items()) for path, one in record.get("blocks", {}).items()}
    new = {path: tuple(merging.split(text)) for path, text in added.value.files.items()
           if path.endswith(f".{lang}.md")}  # fmt: skip
    files_ = {path: merging.join(parts) for path, parts in blocks.items()}
    files_ |= {path: text for path, text in current.items() if path not in files_}
    files_ |= added.value.files
    whole = replace(made, files=files_, blocks={**blocks, **new},
                    counts={**made.counts, "pairs": added.value.pairs})  # fmt: skip
    return Outcome(_write(to, whole, added.value.files, [], everything), everything)


def _revised(
    to: Path, made: Imported, current: Mapping[str, str], unknown: Sequence[Diagnostic]
) -> Outcome[WrittenFiles | None]:  # fmt: skip
    """The English of ``made`` in the texts that it was written from, which the editor goes on
    with: no record of an import is touched. ``unknown``: what was found of texts without place."""
    from edition.importers.pairs.revising import revise

    done = revise(current, made.units, made.source)
    changes = ""
    for path, text in done.value.files.items():
        files.write_text(to / path, text)
        changes += merging.difference(path, current.get(path, ""), text)
    counts = {"units": len(made.units), "texts revised": done.value.texts}
    written = WrittenFiles(imported=replace(made, counts=counts), files=tuple(done.value.files),
                      changes=changes, reported=False)  # fmt: skip
    return Outcome(written, (*unknown, *done.diagnostics))


def _merged(
    to: Path, imported: Imported, record: Mapping[str, Any], edited: list[str]
) -> tuple[dict[str, str], list[Diagnostic]]:
    """The texts to write: what the editor changed stands, the rest follows the article."""
    texts = dict(imported.files)
    found: list[Diagnostic] = []
    for path in edited:
        current = _read(to / path)
        if current is None or path not in texts:  # deleted by the editor, or another's
            texts.pop(path, None)
        elif path in imported.blocks:
            base = record.get("blocks", {}).get(path, {})
            merged = merging.text(path, current, base, imported.blocks[path])
            found += merged.found
            texts[path] = merged.text
        else:
            if record.get("files", {}).get(path) != _hash(texts[path]) and texts[path] != current:
                found.append(Diagnostic(
                    code=CONFLICT, where=path, fact=f"{path} was edited and stands as it is",
                    hint=merging.difference(path, current, texts[path])))  # fmt: skip
            texts[path] = current
    return texts, found


def _stale(imported: Imported, record: Mapping[str, Any], edited: list[str]) -> list[str]:
    """Files of the last import that the article no longer makes, and nobody edited."""
    known = record.get("files", {})
    return [path for path in known if path not in imported.files and path not in edited]


def _write(
    to: Path, imported: Imported, texts: Mapping[str, str], stale: list[str],
    found: tuple[Diagnostic, ...],
) -> WrittenFiles:  # fmt: skip
    changes = ""
    new: dict[str, bytes] = {}
    for path, text in sorted(texts.items()):
        current = _read(to / path)
        if current == text:
            continue
        new[path] = text.encode()
        if current is not None:
            changes += merging.difference(path, current, text)
    files.write_all((to / path, data) for path, data in new.items())
    written = list(new)
    for name, picture in imported.pictures.items():
        place = to / PICTURES / name
        if not place.is_file() or place.read_bytes() != picture:
            files.write_bytes(place, picture)
            written.append(f"{PICTURES}/{name}")
    for path in stale:
        changes += merging.difference(path, _read(to / path) or "", "")
        (to / path).unlink(missing_ok=True)
    blocks = {path: dict(parts) for path, parts in imported.blocks.items()}
    hashes = {path: _hash(text) for path, text in imported.files.items()}
    reports = {
        RECORD: report.as_json(imported, found, hashes, blocks),
        REPORT: report.as_markdown(imported, found, changes),
    }
    for path, text in reports.items():
        if _read(to / path) != text:
            files.write_text(to / path, text)
    return WrittenFiles(imported=imported, files=tuple(written), changes=changes)


def _edited(to: Path, imported: Imported, record: Mapping[str, Any]) -> list[str]:
    """Files that are not as an import left them: changed, removed, or another's."""
    known = record.get("files", {})
    found = []
    for path in sorted({*known, *imported.files}):
        current = _read(to / path)
        if path in known:
            if current is None or _hash(current) != known[path]:
                found.append(path)
        elif current is not None:
            found.append(path)
    if not known and not found:
        found += ["source/"] if any((to / "source").glob("**/*.*")) else []
        found += [REPORT] if (to / REPORT).exists() else []
    return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read(path: Path) -> str | None:
    """The text of a file; None where there is none, U+FFFD where it is not UTF-8."""
    try:
        return path.read_text("utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return None


def _record(to: Path) -> dict[str, Any]:
    """What the last import wrote; empty where there was none."""
    try:
        record = json.loads(_read(to / RECORD) or "{}")
    except (ValueError, RecursionError):
        return {}
    tables = isinstance(record, dict) and all(
        isinstance(record.get(name, {}), dict) for name in ("files", "blocks")
    )
    return record if tables else {}
