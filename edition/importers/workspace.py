"""The workspace that an import writes, and what a second import may do to one that was edited."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edition import files
from edition.diagnostics import Diagnostic, Outcome
from edition.importers import merging, report
from edition.importers.article import Imported, convert, convert_document
from edition.importers.codes import CONFLICT, EDITED, EMPTY, REFUSED
from edition.importers.decisions import Decision
from edition.importers.documents.model import RefusedError
from edition.importers.opening import open_document
from edition.importers.writing import PICTURES

REPORT, RECORD = "IMPORT.md", "import.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """``files``: paths that changed, in the workspace; ``changes``: the difference to what stood
    there before, as a unified diff."""

    imported: Imported
    files: tuple[str, ...] = ()
    changes: str = ""


def run_import(
    file: Path, to: Path, *, normalise: bool = False, update: bool = False,
    known: tuple[str, ...] = (), decisions: tuple[Decision, ...] = (),
) -> Outcome[Written | None]:  # fmt: skip
    """Import ``file`` into the workspace ``to``. One that has been edited since its import, or was
    not made by one, is left as it is (IMP002) unless ``update`` merges into it; nor is anything
    written where ``file`` has no text (IMP001): then the value is None. Raises
    ``OSError`` where ``file`` cannot be read or ``to`` cannot be written; each file is whole."""
    try:
        made = imported(
            file.name, file.read_bytes(), normalise=normalise, known=known, decisions=decisions
        )
    except RefusedError as refused:
        return Outcome(None, (Diagnostic(
            code=REFUSED, where=str(file), fact=refused.fact, hint=refused.hint),))  # fmt: skip
    if not made.value.counts["segments"]:
        return Outcome(None, (*made.diagnostics, Diagnostic(
            code=EMPTY, where=str(file), fact="there is no text in it",
            hint="nothing was written")))  # fmt: skip
    record = _record(to)
    edited = _edited(to, made.value, record)
    if edited and not update:
        names = ", ".join(edited[:5]) + (" …" if len(edited) > 5 else "")
        return Outcome(
            None,
            (
                *made.diagnostics,
                Diagnostic(
                    code=EDITED,
                    where=str(to),
                    fact=f"edited or not made by an import: {names}",
                    hint="nothing was written; --update merges what changed in the article",
                ),
            ),
        )
    texts, conflicts = _merged(to, made.value, record, edited)
    found = (*made.diagnostics, *conflicts)
    return Outcome(_write(to, made.value, texts, _stale(made.value, record, edited), found), found)


def imported(
    name: str, data: bytes, *, normalise: bool = False, known: tuple[str, ...] = (),
    decisions: tuple[Decision, ...] = (),
) -> Outcome[Imported]:  # fmt: skip
    """The workspace that a file of any kind makes; ``known``: names and terms. Raises
    :class:`RefusedError` for one that cannot be taken over."""
    document = open_document(name, data)
    if document is None:
        return convert(name, data, normalise=normalise, known=known, decisions=decisions)
    return convert_document(name, document, normalise=normalise, known=known, decisions=decisions)


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
) -> Written:  # fmt: skip
    changes = ""
    written = []
    for path, text in sorted(texts.items()):
        current = _read(to / path)
        if current == text:
            continue
        written.append(path)
        if current is not None:
            changes += merging.difference(path, current, text)
        files.write_text(to / path, text)
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
    return Written(imported=imported, files=tuple(written), changes=changes)


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
    except ValueError:
        return {}
    tables = isinstance(record, dict) and all(
        isinstance(record.get(name, {}), dict) for name in ("files", "blocks")
    )
    return record if tables else {}
