"""Which installed font files serve an edition: the faces of its script and region, and the
characters they have."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from edition.config import Config, Region
from edition.diagnostics import Diagnostic, Outcome, error, warning
from edition.engine import fontfiles, programs, twins
from edition.engine.cache import Cache, digest
from edition.engine.identity import list_fonts
from edition.engine.spares import KNOWN, Known
from edition.latex.faces import Coverage, Face, Faces, Family, Spare
from edition.layout.types import Named

FONT_MISSING = error("ENV102", "A font is not installed")
FACE_MISSING = warning("FNT003", "A font has no bold or italic face")
FONT_UNREADABLE = error("FNT004", "A font file cannot be read")

_SECONDS = 60.0

# Faces by region: the shapes of 說 骨 直 and the place of ，。 differ.
_REGIONS: Mapping[Region, tuple[str, ...]] = {
    "cn": ("SC", "CN", "GB"), "tw": ("TC", "TW"), "hk": ("HK", "HC", "TC"), "jp": ("JP",),
}  # fmt: skip
_ALL_REGIONS = ("SC", "CN", "GB", "TC", "TW", "HK", "HC", "JP", "KR")
_PACKAGES = {
    "noto serif cjk": "fonts-noto-cjk",
    "noto sans cjk": "fonts-noto-cjk",
    "tex gyre": "fonts-texgyre",
    "libertinus": "fonts-libertinus",
    "eb garamond": "fonts-ebgaramond",
    "gentium": "fonts-sil-gentium",
    "noto": "fonts-noto-core",
}


@dataclass(frozen=True, slots=True)
class Installed:
    """One face that fontconfig knows."""

    path: str
    index: int
    families: tuple[str, ...]
    styles: tuple[str, ...]


def installed() -> tuple[Installed, ...]:
    """All static faces that fontconfig lists; none where fontconfig is missing."""
    found = []
    for line in list_fonts("%{file}\t%{index}\t%{family}\t%{style}\t%{variable}\n"):
        parts = line.split("\t")
        # XeTeX sets no instance of a variable font
        if len(parts) == 5 and parts[4] != "True" and re.fullmatch(r"[0-9]{1,9}", parts[1]):
            families = tuple(one.strip().casefold() for one in parts[2].split(","))
            styles = tuple(one.strip().casefold() for one in parts[3].split(","))
            found.append(Installed(parts[0], int(parts[1]) & 0xFFFF, families, styles))
    return tuple(found)


def probe(config: Config, cache: Cache, text: str = "") -> Outcome[Faces | None]:
    """The faces of an edition; None, with a diagnostic for each, where a font is missing. ``text``
    is what will be set, as far as characters go that share a glyph with others. Fonts are looked
    for once while ``cache`` is open."""
    known = cache.once(("faces", config.fonts, config.region), partial(_probed, config, cache))
    if known.value is None:
        return known
    try:
        return Outcome(twins.with_twins(known.value, text, cache), known.diagnostics)
    except fontfiles.UnreadableFontError as unreadable:
        return Outcome(None, (*known.diagnostics, _unreadable(unreadable)))


def _probed(config: Config, cache: Cache) -> Outcome[Faces | None]:
    """:func:`probe` for no text."""
    every = installed()
    regions = _REGIONS[config.region]
    found: list[Diagnostic] = []
    (zh_name, *zh_more), (en_name, *en_more) = config.fonts.zh, config.fonts.en
    zh = _han("zh", zh_name, regions, every, found)
    sans = _han("zh_sans", config.fonts.zh_sans[0], regions, every, found)
    en = _latin("en", en_name, every, found)
    wanted = [Known(f"{side}{chr(65 + at % 26)}", name, late=False, han=han)
              for side, names, han in (("Y", en_more, False), ("Z", zh_more, True))
              for at, name in enumerate(names)]  # fmt: skip
    chosen = [(one, _standing_in(one, regions, every)) for one in wanted]
    found += [_no_font("zh" if one.han else "en", one.family) for one, met in chosen if not met]
    if zh is None or sans is None or en is None or any(met is None for _, met in chosen):
        return Outcome(None, tuple(found))
    others = [(one, _standing_in(one, regions, every)) for one in KNOWN]
    try:
        return Outcome(_read(zh, sans, en, [*chosen, *others], cache), tuple(found))
    except fontfiles.UnreadableFontError as unreadable:
        return Outcome(None, (*found, _unreadable(unreadable)))


def _unreadable(problem: fontfiles.UnreadableFontError) -> Diagnostic:
    return Diagnostic(code=FONT_UNREADABLE, fact=f"{problem} cannot be read as a font")


def _read(
    zh: Family, sans: Family, en: Family,
    others: Sequence[tuple[Known, Family | None]], cache: Cache,
) -> Faces:  # fmt: skip
    """The faces with what they have. Raises :class:`fontfiles.UnreadableFontError`; a family that
    only stands in is passed over where it cannot be read."""
    han, latin, black = (fontfiles.read(one.regular, cache) for one in (zh, en, sans))
    named = {twins.stem(one.name): twins.said(one.shared) for one in (han, latin, black)}
    spares: list[Spare] = []
    for known, family in others:
        if family is None or any(spare.family == family for spare in spares):
            continue
        with contextlib.suppress(fontfiles.UnreadableFontError):
            contents = fontfiles.read(family.regular, cache)
            family, has = _whole(family, contents.has, cache)
            named.setdefault(twins.stem(contents.name), twins.said(contents.shared))
            spares.append(Spare(
                name=known.name, family=family, has=has, han=known.han, late=known.late,
                chosen=known.name[0] in "YZ",
            ))  # fmt: skip
    families = (zh, sans, en, *(one.family for one in spares))
    identity = digest(*(fontfiles.identity(one) for one in _faces(*families)))
    return Faces(
        zh=zh, zh_sans=sans, en=en, han=han.has, latin=latin.has, spares=tuple(spares),
        centred=fontfiles.is_centred(zh.regular, cache), named=Named(named), identity=identity,
    )  # fmt: skip


_ENOUGH = 0.9  # share of its regular face that a bold or italic one must have


def _whole(family: Family, has: Coverage, cache: Cache) -> tuple[Family, Coverage]:
    """A family that stands in, and what all its faces have, as nothing asks which face sets a
    word; one with much less than the regular face is left out, and that stands for it. Raises
    :class:`fontfiles.UnreadableFontError`."""
    faces = [family.bold, family.italic, family.bold_italic]
    key = digest("whole", *(fontfiles.identity(one) for one in (family.regular, *faces)))
    kept = cache.get("fonts", key)
    if kept is not None:
        with contextlib.suppress(ValueError, TypeError):
            left_out, starts, ends = json.loads(kept)
            return _without(family, left_out), Coverage(tuple(starts), tuple(ends))
    all_have, whole, left_out = has.codes(), len(has.codes()), []
    for at, one in enumerate(faces):
        codes = all_have if one == family.regular else fontfiles.read(one, cache).has.codes()
        if len(codes & all_have) >= _ENOUGH * whole:
            all_have &= codes
        else:
            left_out.append(at)
    made = Coverage.of(all_have)
    cache.put("fonts", key, json.dumps([left_out, made.starts, made.ends]).encode())
    return _without(family, left_out), made


def _without(family: Family, left_out: Sequence[int]) -> Family:
    """A family whose regular face stands for those of its others that are left out: 0 the bold,
    1 the italic, 2 the bold italic."""
    others = (family.bold, family.italic, family.bold_italic)
    bold, italic, both = (family.regular if at in left_out else one
                          for at, one in enumerate(others))  # fmt: skip
    return Family(regular=family.regular, bold=bold, italic=italic, bold_italic=both)


def _standing_in(known: Known, regions: Sequence[str], every: Sequence[Installed]) -> Family | None:
    """A family that stands in, with the faces it has; none is missed."""
    found: list[Diagnostic] = []
    if known.han:
        return _han("zh", known.family, regions, every, found)
    return _latin("en", known.family, every, found, in_tex=known.name[0] == "Y")


def _faces(*families: Family) -> Iterable[Face]:
    for one in families:
        yield from (one.regular, one.bold, one.italic, one.bold_italic)


def _han(
    key: str, family: str, regions: Sequence[str], every: Sequence[Installed],
    found: list[Diagnostic],
) -> Family | None:  # fmt: skip
    """A Chinese family in the face of its region. It has no italic: Han is never slanted."""
    names = [family] if family.endswith(_ALL_REGIONS) else [f"{family} {one}" for one in regions]
    for name in (*names, family):
        regular = _face(name, ("regular", "medium", "book"), every)
        if regular:
            bold = _face(name, ("bold", "heavy", "black"), every)
            if bold is None:
                found.append(_no_face(name, "bold"))
            bold = bold or regular
            return Family(regular=regular, bold=bold, italic=regular, bold_italic=bold)
    found.append(_no_font(key, names[0]))
    return None


def _latin(
    key: str, family: str, every: Sequence[Installed], found: list[Diagnostic], *,
    in_tex: bool = True,
) -> Family | None:  # fmt: skip
    """A family in its four faces. ``in_tex``: TeX's own tree is looked through as well."""
    regular = _face(family, ("regular", "roman", "book"), every)
    if regular is None and in_tex:
        regular = _in_tex(family, "regular")
    if regular is None:
        found.append(_no_font(key, family))
        return None
    others: dict[str, Face] = {}
    for style in ("bold", "italic", "bold italic"):
        face = _face(family, (style, style.replace(" ", "")), every)
        if face is None and in_tex:
            face = _in_tex(family, style.replace(" ", ""))
        if face is None or Path(face.path).parent != Path(regular.path).parent:
            found.append(_no_face(family, style))
            face = regular
        others[style] = face
    return Family(regular=regular, bold=others["bold"], italic=others["italic"],
                  bold_italic=others["bold italic"])  # fmt: skip


def _face(family: str, styles: Sequence[str], every: Sequence[Installed]) -> Face | None:
    wanted = family.casefold()
    for style in styles:
        found = [one for one in every if wanted in one.families and style in one.styles]
        if found:  # a condensed face is of its wide family as well, under a second name
            nearest = min(found, key=lambda one: len(one.families))
            return Face(nearest.path, nearest.index)
    return None


def _in_tex(family: str, style: str) -> Face | None:
    """A font of TeX's own tree, which fontconfig may not know: texgyrepagella-bold.otf."""
    program = programs.find("kpsewhich")
    if program is None:
        return None
    name = f"{family.casefold().replace(' ', '')}-{style}.otf"
    said = programs.output([program, "--", name], _SECONDS)
    path = os.fsdecode(said.out).strip() if said and said.status == 0 else ""
    return Face(path) if Path(path).is_absolute() else None


def _no_font(key: str, family: str) -> Diagnostic:
    known = family.casefold()
    package = next((value for name, value in _PACKAGES.items() if known.startswith(name)), "")
    hint = (
        f"install it: sudo apt-get install --no-install-recommends {package}"
        if package
        else "install it where fontconfig finds it (fc-list tells), or name another under [fonts]"
    )
    return Diagnostic(code=FONT_MISSING, where=f"fonts.{key}",
                      fact=f"the font “{family}” is not installed", hint=hint)  # fmt: skip


def _no_face(family: str, style: str) -> Diagnostic:
    return Diagnostic(
        code=FACE_MISSING,
        fact=f"“{family}” has no {style} face here; its regular face stands in",
        hint="name another font under [fonts], or install the missing face",
    )
