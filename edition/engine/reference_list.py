"""What the run of the list of references wrote: labels and places, read back and kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from edition.bibliography.order import language
from edition.bibliography.types import Entry
from edition.config import Config
from edition.engine import labels, xelatex
from edition.engine.cache import Cache
from edition.files import write_bytes
from edition.latex import references as tex
from edition.model import Reference, References

_KEEP = 24  # lists in the cache
_SCALED = 65536.0  # scaled points in a point


def read(
    folder: Path, entries: Mapping[str, Entry], sheet: tex.Sheet, config: Config
) -> References:
    """Labels and places of the entries that stand in the list, in its order. ``entries`` by the
    names they have in the TeX."""
    written = labels.read(lines(folder / tex.LABELS))
    style, script = config.bibliography.style, config.script
    found: dict[str, Reference] = {}
    pages = 0
    for line in lines(folder / tex.PLACES):
        parts = line.split()
        entry = entries.get(parts[0]) if len(parts) == 4 else None
        if entry is None or entry.key in found:
            continue
        page, x, y = (int(one) for one in parts[1:])
        pages = max(pages, page)
        label = labels.label(written.get(parts[0], labels.Written()), entry, style, script)
        found[entry.key] = Reference(
            key=entry.key,
            authors=label.authors,
            authors_en=label.authors_en,
            year=label.year,
            number=label.number,
            lang=language(entry),
            page=page - 1,
            x=round(x / _SCALED, 3),
            y=round(sheet.height - y / _SCALED - sheet.body.size, 3),
        )
    return References(style=style, entries=found, pages=pages,
                      pdf=str(folder / f"{xelatex.JOB}.pdf"))  # fmt: skip


def lines(path: Path) -> list[str]:
    """Lines of a file that TeX wrote; none where there is no file."""
    try:
        return path.read_bytes().decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def keep(cache: Cache, key: str, made: References) -> None:
    """Put a list into the cache."""
    told = {"style": made.style, "pages": made.pages,
            "entries": [asdict(one) for one in made.entries.values()]}  # fmt: skip
    cache.put("references", key, json.dumps(told, ensure_ascii=False).encode())
    cache.put("references-pdf", key, Path(made.pdf).read_bytes())
    for kind in ("references", "references-pdf"):
        cache.prune(kind, keep=_KEEP)


def kept(cache: Cache, key: str, folder: Path) -> References | None:
    """The list, with its PDF laid where a run would leave it; None where the cache lacks it."""
    text, pdf = cache.get("references", key), cache.get("references-pdf", key)
    if text is None or pdf is None:
        return None
    path = folder / f"{xelatex.JOB}.pdf"
    try:
        told = json.loads(text)
        entries = {one["key"]: Reference(**one) for one in told["entries"]}
        made = References(style=told["style"], entries=entries, pages=told["pages"], pdf=str(path))
    except (ValueError, TypeError, KeyError):
        return None
    if not path.is_file() or path.stat().st_size != len(pdf) or path.read_bytes() != pdf:
        write_bytes(path, pdf)
    return made
