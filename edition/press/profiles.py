"""ICC profiles: those of TeX's colorprofiles package, or the user's own file."""

from __future__ import annotations

from pathlib import Path

from edition.diagnostics import Diagnostic, Outcome, error
from edition.press.document import Profile

PRE101 = error("PRE101", "ICC profile not found or not usable")

# colorprofiles (CTAN) in Debian's and in upstream TeX Live, then the system's own folders
FOLDERS = (
    "/usr/share/texlive/texmf-dist/tex/generic/colorprofiles",
    "/usr/local/texlive/texmf-dist/tex/generic/colorprofiles",
    "/usr/share/color/icc",
    "/usr/share/color/icc/ghostscript",
)
SCREEN = "sRGB.icc"
PRINT = "FOGRA39L_coated.icc"
_KNOWN = {
    SCREEN: ("sRGB", "sRGB IEC61966-2.1"),
    PRINT: ("FOGRA39", "FOGRA39L coated: offset, ISO 12647-2, paper types 1 and 2"),
}


def find(name: str, root: Path) -> Path | None:
    """The file of a profile: a path within the workspace, or the name of one that the system has;
    no other file of the machine is opened for it."""
    if "\0" in name:
        return None
    own = root / name
    if own.is_file() and own.resolve().is_relative_to(root.resolve()):
        return own
    plain = Path(name).name == name
    system = [Path(folder) / name for folder in FOLDERS] if plain else []
    return next((one for one in system if one.is_file()), None)


def load(name: str, root: Path, *, printer: bool) -> Outcome[Profile | None]:
    """Read a profile. ``printer`` asks for one of an output device (class ``prtr``), as PDF/X
    does; otherwise a display profile will do too."""

    def refuse(fact: str, hint: str) -> Outcome[Profile | None]:
        return Outcome(None, (Diagnostic(code=PRE101, fact=fact, where=name, hint=hint),))

    unfit = "take the profile of the printing process that the printer names"
    path = find(name, root)
    if path is None:
        return refuse(f"there is no ICC profile “{name}”",
                      "name a file, or install texlive-base, which has sRGB and FOGRA39L"
                      )  # fmt: skip
    try:
        data = path.read_bytes()
    except OSError as problem:
        return refuse(f"{path} cannot be read: {problem.strerror}", "look at its permissions")
    if len(data) < 128 or data[36:40] != b"acsp":
        return refuse(f"{path} is not an ICC profile", unfit)
    if data[16:20] not in (b"GRAY", b"RGB ", b"CMYK"):
        return refuse(f"{path} is of colour space {data[16:20]!r}; grey, RGB or CMYK is needed",
                      unfit)  # fmt: skip
    if printer and data[12:16] != b"prtr":
        return refuse(f"{path} is not the profile of a printing process", unfit)
    identifier, condition = _KNOWN.get(path.name, (path.stem, path.stem))
    return Outcome(Profile(data, identifier, condition))
