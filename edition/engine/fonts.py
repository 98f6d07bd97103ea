"""Which installed font files serve an edition: the faces of its script and region, and the
characters they have."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from edition.config import Config
from edition.diagnostics import Diagnostic, Outcome, error, warning
from edition.engine.cache import Cache, digest
from edition.latex.faces import Coverage, Face, Faces, Family

FONT_MISSING = error("ENV102", "A font is not installed")
FACE_MISSING = warning("FNT003", "A font has no bold or italic face")
FONT_UNREADABLE = error("FNT004", "A font file cannot be read")

# Regional faces by script and variety: the shapes of 說 骨 直 and the place of ，。 differ.
_REGIONS = {
    ("hans", ""): ("SC", "CN", "GB"),
    ("hant", "generic"): ("TC", "TW"),
    ("hant", "tw"): ("TC", "TW"),
    ("hant", "hk"): ("HK", "HC", "TC"),
}
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
    program = shutil.which("fc-list")
    if program is None:
        return ()
    form = "%{file}\t%{index}\t%{family}\t%{style}\t%{variable}\n"
    try:
        text = subprocess.run(  # noqa: S603  (fixed arguments)
            [program, "--format", form], capture_output=True, check=False, timeout=60
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = []
    for line in text.splitlines():
        parts = line.split("\t")
        # XeTeX sets no instance of a variable font
        if len(parts) == 5 and parts[4] != "True" and parts[1].isdecimal():
            families = tuple(one.strip().casefold() for one in parts[2].split(","))
            styles = tuple(one.strip().casefold() for one in parts[3].split(","))
            found.append(Installed(parts[0], int(parts[1]) & 0xFFFF, families, styles))
    return tuple(found)


def probe(config: Config, cache: Cache) -> Outcome[Faces | None]:
    """The faces of an edition; None, with a diagnostic for each, where a font is missing."""
    every = installed()
    regions = _REGIONS.get(
        ("hans", "") if config.script == "hans" else ("hant", config.variety), ("TC",)
    )
    found: list[Diagnostic] = []
    zh = _han("zh", config.fonts.zh, regions, every, found)
    sans = _han("zh_sans", config.fonts.zh_sans, regions, every, found)
    en = _latin("en", config.fonts.en, every, found)
    if zh is None or sans is None or en is None:
        return Outcome(None, tuple(found))
    try:
        han, latin = coverage(zh.regular, cache), coverage(en.regular, cache)
    except UnreadableFontError as unreadable:
        fact = f"{unreadable} cannot be read as a font"
        return Outcome(None, (*found, Diagnostic(code=FONT_UNREADABLE, fact=fact)))
    faces = Faces(zh=zh, zh_sans=sans, en=en, han=han, latin=latin,
                  identity=digest(*(_identity(one) for one in _faces(zh, sans, en))))  # fmt: skip
    return Outcome(faces, tuple(found))


def _faces(*families: Family) -> Iterable[Face]:
    for one in families:
        yield from (one.regular, one.bold, one.italic, one.bold_italic)


def _identity(face: Face) -> str:
    with contextlib.suppress(OSError):
        status = Path(face.path).stat()
        return f"{face.path}:{face.index}:{status.st_size}:{status.st_mtime_ns}"
    return face.path


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
    key: str, family: str, every: Sequence[Installed], found: list[Diagnostic]
) -> Family | None:
    regular = _face(family, ("regular", "roman", "book"), every) or _in_tex(family, "regular")
    if regular is None:
        found.append(_no_font(key, family))
        return None
    others: dict[str, Face] = {}
    for style in ("bold", "italic", "bold italic"):
        face = _face(family, (style, style.replace(" ", "")), every)
        face = face or _in_tex(family, style.replace(" ", ""))
        if face is None or Path(face.path).parent != Path(regular.path).parent:
            found.append(_no_face(family, style))
            face = regular
        others[style] = face
    return Family(regular=regular, bold=others["bold"], italic=others["italic"],
                  bold_italic=others["bold italic"])  # fmt: skip


def _face(family: str, styles: Sequence[str], every: Sequence[Installed]) -> Face | None:
    wanted = family.casefold()
    for style in styles:
        for one in every:
            if wanted in one.families and style in one.styles:
                return Face(one.path, one.index)
    return None


def _in_tex(family: str, style: str) -> Face | None:
    """A font of TeX's own tree, which fontconfig may not know: texgyrepagella-bold.otf."""
    program = shutil.which("kpsewhich")
    if program is None:
        return None
    name = f"{family.casefold().replace(' ', '')}-{style}.otf"
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        path = subprocess.run(  # noqa: S603  (no shell; a name that is not found finds nothing)
            [program, name], capture_output=True, check=False, timeout=60
        ).stdout.decode().strip()  # fmt: skip
        if path:
            return Face(path)
    return None


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


class UnreadableFontError(Exception):
    """A font file is damaged or of an unknown kind; its path is the message."""


def coverage(face: Face, cache: Cache) -> Coverage:
    """Code points of a face, read once and kept. Raises :class:`UnreadableFontError`."""
    key = digest("coverage", _identity(face))
    kept = cache.get("fonts", key)
    if kept is not None:
        with contextlib.suppress(ValueError, TypeError, KeyError):
            starts, ends = json.loads(kept)
            return Coverage(tuple(starts), tuple(ends))
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with (
            Path(face.path).open("rb") as file,  # TTFont would leave a bad file open
            TTFont(file, fontNumber=face.index, lazy=True) as font,
        ):
            found = Coverage.of(font.getBestCmap() or {})
    except (OSError, TTLibError, KeyError, ValueError) as error_:
        raise UnreadableFontError(face.path) from error_
    cache.put("fonts", key, json.dumps([found.starts, found.ends]).encode())
    return found
