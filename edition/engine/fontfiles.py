"""What a font file has: read once by fontTools, and kept."""

from __future__ import annotations

import contextlib
import gc
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edition.engine.cache import Cache, digest
from edition.latex.faces import Coverage, Face


class UnreadableFontError(Exception):
    """A font file is damaged or of an unknown kind; its path is the message."""


@dataclass(frozen=True, slots=True)
class FontContents:
    """``name`` is the name by which a PDF knows the font (faces of a collection may share the
    outlines and with them the name); ``shared`` has, for each
    glyph that serves several characters, these characters in order."""

    name: str
    has: Coverage
    shared: tuple[str, ...]


def identity(face: Face) -> str:
    """Changes when the file does."""
    with contextlib.suppress(OSError):
        status = Path(face.path).stat()
        return f"{face.path}:{face.index}:{status.st_size}:{status.st_mtime_ns}"
    return face.path


def read(face: Face, cache: Cache) -> FontContents:
    """Contents of a face. Raises :class:`UnreadableFontError`."""
    key = digest("contents 2", identity(face))
    kept = cache.get("fonts", key)
    if kept is not None:
        with contextlib.suppress(ValueError, TypeError, KeyError):
            name, starts, ends, shared = json.loads(kept)
            return FontContents(name, Coverage(tuple(starts), tuple(ends)), tuple(shared))
    name, glyphs = _characters(face)
    by_glyph: dict[int, list[int]] = defaultdict(list)
    for code, glyph in glyphs.items():
        by_glyph[glyph].append(code)
    shared = tuple(
        "".join(chr(code) for code in sorted(codes))
        for codes in by_glyph.values() if len(codes) > 1
    )  # fmt: skip
    found = FontContents(name, Coverage.of(glyphs), shared)
    text = json.dumps([name, found.has.starts, found.has.ends, shared])
    cache.put("fonts", key, text.encode())
    return found


def glyphs_of(face: Face, characters: str, cache: Cache) -> dict[str, int]:
    """The number of the glyph of each of the characters that the face has, by which a PDF shows
    it. Raises :class:`UnreadableFontError`."""
    key = digest("glyphs", identity(face), "".join(sorted(set(characters))))
    kept = cache.get("fonts", key)
    if kept is not None:
        with contextlib.suppress(ValueError):
            return {str(one): int(glyph) for one, glyph in json.loads(kept).items()}
    _, glyphs = _characters(face)
    found = {one: glyphs[ord(one)] for one in sorted(set(characters)) if ord(one) in glyphs}
    cache.put("fonts", key, json.dumps(found).encode())
    return found


_JOINED = ("liga", "clig", "rlig")  # the features that are on in running text


def ligatures(face: Face, cache: Cache) -> dict[int, int]:
    """How many characters the ligatures of a face stand for, by the number of the glyph. Raises
    :class:`UnreadableFontError`."""
    key = digest("ligatures", identity(face))
    kept = cache.get("fonts", key)
    if kept is not None:
        with contextlib.suppress(ValueError):
            return {int(glyph): int(count) for glyph, count in json.loads(kept).items()}
    with _opened(face) as font:
        font.setGlyphOrder(range(font["maxp"].numGlyphs))
        table = font["GSUB"].table if "GSUB" in font else None
        parts = _parts(table, _JOINED) if table and table.FeatureList and table.LookupList else []
        found = _joined(parts)
    cache.put("fonts", key, json.dumps(found).encode())
    return found


def _joined(parts: Iterable[Any]) -> dict[int, int]:
    made = [
        (int(one.LigGlyph), (int(first), *map(int, one.Component)))
        for part in parts for first, listed in getattr(part, "ligatures", {}).items()
        for one in listed
    ]  # fmt: skip
    found: dict[int, int] = {}
    # a part of a ligature may be one itself: ff and i make ffi. The parts come first in few passes
    for _ in range(3):
        for glyph, of in made:
            count = sum(found.get(one, 1) for one in of if one != glyph)
            found[glyph] = max(found.get(glyph, 0), count)
    return found


# OpenType's features for old Hangul: composed, then initials, vowels, finals; some fonts have
# frequent syllables as ligatures
_JAMO = ("ccmp", "ljmo", "vjmo", "tjmo", "liga", "calt")


def shapes_of_jamo(face: Face, characters: str, cache: Cache) -> dict[int, str]:
    """What the glyphs say that stand for conjoining jamo within a syllable: no code point names
    them, so no PDF would. Raises :class:`UnreadableFontError`."""
    key = digest("jamo shapes", identity(face), "".join(sorted(set(characters))))
    kept = cache.get("fonts", key)
    if kept is not None:
        with contextlib.suppress(ValueError):
            return {int(glyph): str(one) for glyph, one in json.loads(kept).items()}
    with _opened(face) as font:
        found = _substitutes(font, characters)
    cache.put("fonts", key, json.dumps(found).encode())
    return found


def _substitutes(font: Any, characters: str) -> dict[int, str]:
    """By number, the glyphs that the lookups of jamo put for the characters, one for one or one
    for a syllable, directly or from a context. Lookups apply in the order of their list."""
    if "GSUB" not in font:
        return {}
    table, named = font["GSUB"].table, font.getBestCmap() or {}
    if table.FeatureList is None or table.LookupList is None:
        return {}
    own = {named[ord(one)]: one for one in sorted(set(characters)) if ord(one) in named}
    said = dict(own)
    for part in _parts(table, _JAMO):
        for name, put in getattr(part, "mapping", {}).items():
            if name in said and isinstance(put, str):
                said.setdefault(put, said[name])
        for name, listed in getattr(part, "ligatures", {}).items():
            for ligature in listed if name in said else ():
                names = (name, *ligature.Component)
                if said.keys() >= set(names):
                    said.setdefault(ligature.LigGlyph, "".join(said[each] for each in names))
    return {font.getGlyphID(name): text for name, text in said.items() if name not in own}


def _parts(table: Any, tags: Collection[str]) -> list[Any]:
    """The subtables that the features of these tags use, those that a context calls among them."""
    features = (one for one in table.FeatureList.FeatureRecord if one.FeatureTag in tags)
    called = {at for one in features for at in one.Feature.LookupListIndex}
    parts = [
        [getattr(part, "ExtSubTable", part) for part in lookup.SubTable]
        for lookup in table.LookupList.Lookup
    ]
    for at in sorted(called):
        for part in parts[at]:
            called |= {one.LookupListIndex for one in getattr(part, "SubstLookupRecord", ())}
    return [part for at in sorted(called) for part in parts[at]]


@contextlib.contextmanager
def _opened(face: Face) -> Iterator[Any]:
    """The font, of which tables are read as they are asked for. Raises
    :class:`UnreadableFontError` for what goes wrong meanwhile."""
    from fontTools.ttLib import TTFont, TTLibError

    # its values refer to each other: a build, which collects nothing, would keep 30 MB of each
    # large font to its end. What is older than the font is not looked through.
    gc.freeze()
    try:
        with (
            Path(face.path).open("rb") as file,  # TTFont would leave a bad file open
            TTFont(file, fontNumber=face.index, lazy=True) as font,
        ):
            yield font
            font.tables.clear()
    except (OSError, TTLibError, KeyError, ValueError, AttributeError) as problem:
        raise UnreadableFontError(face.path) from problem
    finally:
        gc.collect()
        gc.unfreeze()


def _characters(face: Face) -> tuple[str, dict[int, int]]:
    """Name, and number of the glyph by code point."""
    with _opened(face) as font:
        # glyphs go by their numbers: the names of 65,535 would come out of the outlines
        font.setGlyphOrder(range(font["maxp"].numGlyphs))
        return _name(font), dict(font.getBestCmap() or {})


def is_centred(face: Face, cache: Cache) -> bool:
    """Whether the ink of 。 stands in the middle of its em, as in Taiwan and Hong Kong. Raises
    :class:`UnreadableFontError`."""
    key = digest("centred", identity(face))
    kept = cache.get("fonts", key)
    if kept is None:
        with _opened(face) as font:
            kept = b"1" if _stop_is_centred(font) else b"0"
        cache.put("fonts", key, kept)
    return kept == b"1"


def _stop_is_centred(font: Any) -> bool:
    from fontTools.pens.boundsPen import BoundsPen

    name = (font.getBestCmap() or {}).get(ord("。"))
    if name is None:
        return False
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    left, _, right, _ = pen.bounds or (0.0, 0.0, 0.0, 0.0)
    width = glyphs[name].width
    return bool(width and 0.4 < (left + right) / 2 / width < 0.6)


def _name(font: Any) -> str:
    """The name of the outlines where they have one (the first of CFF's Name INDEX, Adobe
    Technical Note 5176), else the PostScript name of the face."""
    if "CFF " in font:
        data = font.reader["CFF "]
        at, size = data[2], data[data[2] + 2]
        count = int.from_bytes(data[at : at + 2], "big")
        ends = [int.from_bytes(data[at + 3 + size * n : at + 3 + size * (n + 1)], "big")
                for n in (0, 1)]  # fmt: skip
        start = at + 2 + size * (count + 1)
        return bytes(data[start + ends[0] : start + ends[1]]).decode("latin-1")
    name = font["name"].getDebugName(6) if "name" in font else ""
    return str(name or "")
