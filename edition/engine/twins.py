"""Characters that share a glyph: which of them a PDF says, and what says the others.

A PDF tells one text for a glyph of a font. Where several characters have one glyph, the commonest
is said; a rarer one is taken from another face of the same file, in which it has the same glyph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from edition.engine import fontfiles
from edition.engine.cache import Cache
from edition.latex.alternates import is_set_as_han
from edition.latex.faces import UNSEEN, Coverage, Face, Faces, Family, Spare

_COMMON = "…～–—·‧"  # what running text means by a glyph that signs of mathematics share
# what xdvipdfmx names only where a glyph has no other name (tt_cmap.c, is_PUA_or_presentation), or
# by the character that it is a variant of
_UNNAMED = re.compile("[\u2e80-\u2fd5\ue000-\ufaff\U0002f800-\U0002fa1f\U000f0000-\U0010ffff]")
_FACES = 10  # faces in a collection that are tried
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


def said(shared: Iterable[str]) -> dict[str, str]:
    """What each character of a font is to be read as: ligatures as their letters, and of
    characters that share a glyph the commonest."""
    found = dict(_LIGATURES)
    for group in shared:
        chosen = min(group, key=_rank)
        found |= {one: found.get(chosen, chosen) for one in group if one != chosen}
    return found


def stem(name: str) -> str:
    """What the faces of a family have in common in their PostScript names."""
    return name.split("-", 1)[0]


def with_twins(faces: Faces, text: str, cache: Cache) -> Faces:
    """``faces`` with a twin, or the knowledge that there is none, for each character of ``text``
    whose glyph says another."""
    face = faces.zh.regular
    contents = fontfiles.read(face, cache)
    name = stem(contents.name)
    here = said(contents.shared)
    set_here = [one for one in sorted(set(text)) if _is_set_by(one, faces)]
    rare = "".join(one for one in set_here if one in here)
    unnamed = "".join(one for one in set_here if _UNNAMED.match(one) and one not in here)
    jamo = "".join(one for one in set_here if "\u1100" <= one <= "\u11ff")
    if not rare and not unnamed and not jamo:
        return faces
    shapes = fontfiles.shapes_of_jamo(face, jamo, cache) if jamo else {}
    own = fontfiles.glyphs_of(face, rare + unnamed, cache)
    taken: set[int] = set()  # glyphs that a twin has: a second font of this name could not be told
    twins: dict[str, Spare | None] = {}
    glyphs: dict[int, dict[int, str]] = {}
    for one in rare:
        free = one not in _LIGATURES and own[one] not in taken
        index = _twin(one, own[one], face, rare, cache) if free else None
        twins[one] = None if index is None else _spare(index, faces)
        if index is not None:
            taken.add(own[one])
            glyphs.setdefault(index, {})[own[one]] = one
    named = replace(
        faces.named,
        glyphs={name: shapes | {own[one]: one for one in unnamed if one in own}},
        twins=tuple((name, one) for one in glyphs.values()),
    )
    return replace(faces, twins=twins, named=named, _plain=set(), _odd=set())


def _is_set_by(one: str, faces: Faces) -> bool:
    """Whether the Chinese font sets the character; a ligature that stands in the text is told
    apart from its letters in any font."""
    if one in UNSEEN or ord(one) not in faces.han:
        return False
    return is_set_as_han(one) or one in _LIGATURES or ord(one) not in faces.latin


def _twin(one: str, glyph: int, face: Face, rare: str, cache: Cache) -> int | None:
    """Index of another face of the file that has the character as the same glyph."""
    if not face.path.endswith((".ttc", ".otc")):
        return None
    for index in range(_FACES):
        if index == face.index:
            continue
        try:
            glyphs = fontfiles.glyphs_of(Face(face.path, index), rare, cache)
        except fontfiles.UnreadableFontError:
            return None  # no such face, nor any after it
        if glyphs.get(one) == glyph:
            return index
    return None


def _spare(index: int, faces: Faces) -> Spare:
    """The face as TeX knows it. It has no characters but those that are given to it."""
    regular = Face(faces.zh.regular.path, index)
    bold = Face(faces.zh.bold.path, index) if faces.zh.bold != faces.zh.regular else regular
    family = Family(regular=regular, bold=bold, italic=regular, bold_italic=bold)
    return Spare(name=f"X{chr(65 + index)}", family=family, has=Coverage((), ()), han=True)


def _rank(one: str) -> tuple[int, int]:
    code = ord(one)
    if code < 0x80 or one in _COMMON:
        return 0, code
    lesser = (
        0x2E80 <= code <= 0x2FDF  # radicals
        or 0x2780 <= code <= 0x2793  # dingbats
        or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F  # compatibility ideographs
        or 0x2329 <= code <= 0x232A or code in (0x3164, 0x1160) or 0xFFA0 <= code <= 0xFFDC
    )  # fmt: skip
    return (2 if lesser else 1), code
