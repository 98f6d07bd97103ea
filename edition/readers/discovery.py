"""Which files of a workspace are read, and what lies beside them that is not.

Nothing under ``source/`` is passed over in silence: what looks like a text or notes under a name
that the readers do not look for is an error, what else is not read a warning. Pictures may lie
anywhere, and files of systems and editors (``.DS_Store``, ``a.md~``) are nobody's text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from edition.diagnostics import Code, Diagnostic, Outcome
from edition.model import LANGS, Lang
from edition.readers import elsewhere
from edition.readers.codes import TXT001, TXT021, TXT023
from edition.source import unsaved_in

SOURCE: Final = Path("source")
TEXT: Final = SOURCE / "text"
NOTES: Final = SOURCE / "notes"
NAMES: Final = SOURCE / "names.toml"
GLOSSARY: Final = SOURCE / "glossary.toml"
_FILES = ("edition.toml", "names.toml", "glossary.toml")
_FOLDERS = ("text", "notes")
_KNOWN = (*_FILES, *_FOLDERS)

_STEM = re.compile(r"\w[\w.-]*")  # it becomes part of ids
_NOTES_SUFFIXES = (".yaml", ".yml")
_WRITTEN = frozenset({".md", ".markdown", ".txt", ".yaml", ".yml", ".toml", ".json", ".docx",
                      ".doc", ".odt", ".rtf", ".html", ".htm", ".tex", ".bib"})  # fmt: skip
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".pdf", ".svg", ".tif", ".tiff", ".gif", ".webp",
                       ".eps", ".psd", ".xcf"})  # fmt: skip
_LEFTOVER = re.compile(r"\..*|.*~|#.*#|Thumbs\.db|desktop\.ini|__pycache__", re.IGNORECASE)
_MEANT = frozenset({".md", ".markdown", ".yaml", ".yml"})
_NAMED = "letters, digits and hyphens: 01-name.zh.md or 01-name.en.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The files to read: of the text by section and language, of the notes in order."""

    sections: dict[str, dict[Lang, Path]]
    notes: tuple[Path, ...]


def discover(root: Path) -> Outcome[Found]:
    """What ``root/source`` holds. Raises nothing: a folder that cannot be read is a finding."""
    look = _Look(root)
    sections = look.sections()
    notes = look.notes()
    look.others()
    look.strays()
    return Outcome(Found(sections=sections, notes=notes), tuple(look.findings))


class _Look:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.findings: list[Diagnostic] = []

    def say(self, code: Code, path: Path, fact: str, hint: str) -> None:
        where = path.relative_to(self.root).as_posix()
        self.findings.append(Diagnostic(code=code, where=where, fact=fact, hint=hint))

    def inside(self, folder: Path) -> list[Path]:
        """What a folder of the workspace holds, by name, without leftovers; nothing where there
        is none."""
        path = self.root / folder
        if not os.path.lexists(path):
            return []
        if not path.is_dir():
            what = "a link to nothing" if path.is_symlink() and not path.exists() else "a file"
            self.say(TXT001, path, f"it is {what}, and not a folder",
                     f"make {folder.as_posix()} a folder")  # fmt: skip
            return []
        try:
            return sorted({*path.iterdir(), *unsaved_in(path)})
        except OSError as fault:
            self.say(TXT001, path, fault.strerror or "it cannot be read",
                     "look at its permissions")  # fmt: skip
            return []

    def sections(self) -> dict[str, dict[Lang, Path]]:
        stems: dict[str, dict[Lang, Path]] = {}
        for path in self.inside(TEXT):
            stem, _, lang = path.name.removesuffix(".md").rpartition(".")
            side = next((one for one in LANGS if one == lang), None)
            if path.suffix == ".md" and side is not None and _STEM.fullmatch(stem):
                stems.setdefault(stem, {})[side] = path
            elif path.suffix == ".md":
                self.say(TXT021, path, f"{path.name} is not read", _NAMED)
            elif not _LEFTOVER.fullmatch(path.name):
                self._beside_text(path)
        return dict(sorted(stems.items()))

    def _beside_text(self, path: Path) -> None:
        parts = path.name.lower().split(".")
        lang = next((one for one in LANGS if one in parts[1:]), None)
        if path.is_dir():
            self._folder(path, "sections stand in source/text itself", _MEANT)
        elif lang or path.suffix.lower() in {".md", ".markdown"}:
            stem = re.sub(r"\W+", "-", path.name.split(".")[0]).strip("-") or "01-name"
            named = f"{stem}.{lang}.md" if lang else f"{stem}.zh.md or {stem}.en.md"
            self.say(TXT021, path, f"{path.name} is not read", f"name it {named}")
        elif self._misplaced(path):
            return
        elif path.suffix.lower() not in _PICTURES:
            self._unread(path, f"a text of the edition is named {_NAMED.partition(': ')[2]}")

    def notes(self) -> tuple[Path, ...]:
        files: list[Path] = []
        for path in self.inside(NOTES):
            if _LEFTOVER.fullmatch(path.name):
                continue
            if path.is_dir() and path.suffix in _NOTES_SUFFIXES:
                self.say(TXT021, path, "it is a folder, and no file", "put the file in its place")
            elif path.is_dir():
                self._folder(path, "notes stand in source/notes itself", _MEANT)
            elif path.suffix in _NOTES_SUFFIXES:
                files.append(path)
            elif path.suffix.lower() in _NOTES_SUFFIXES or not path.suffix:
                self.say(TXT021, path, f"{path.name} is not read", f"name it {path.stem}.yaml")
            elif path.suffix.lower() == ".json":
                self.say(TXT021, path, f"{path.name} is not read",
                         f"write the notes as YAML, in {path.stem}.yaml")  # fmt: skip
            elif self._misplaced(path):
                continue
            elif path.suffix.lower() not in _PICTURES:
                self._unread(path, "a file of notes is named like 01-name.yaml")
        return tuple(files)

    def others(self) -> None:
        """What stands in ``source/`` itself."""
        if not (self.root / SOURCE).is_dir():
            return
        for path in self.inside(SOURCE):
            if path.name in _KNOWN or _LEFTOVER.fullmatch(path.name):
                continue
            meant = _meant(path)
            if self._misplaced(path):
                continue
            if meant:
                self.say(TXT021, path, f"{path.name} is not read", f"did you mean {meant}?")
            elif path.is_dir():
                self._folder(path, "texts stand in source/text, notes in source/notes")
            elif path.suffix.lower() in _WRITTEN or not path.exists():
                self._unread(path, f"source/ holds {', '.join(_KNOWN)}")

    def strays(self) -> None:
        """What lies outside ``source/`` and was meant to be read."""
        for one in elsewhere.strays(self.root):
            self.say(one.code, one.path, one.fact, one.hint)

    def _misplaced(self, path: Path) -> bool:
        """Whether a file belongs into another folder, and is said to."""
        stray = elsewhere.misplaced(path, self.root)
        if stray is not None and path.name != stray.path.name.lower():
            return False  # nearly its name: the hint has the right one
        if stray is not None:
            self.say(stray.code, stray.path, stray.fact, stray.hint)
        return stray is not None

    def _folder(self, path: Path, hint: str, meant: frozenset[str] = frozenset()) -> None:
        """A folder that is not read is named where it holds more than pictures: as an error where
        these are ``meant`` to be read by their suffixes."""
        held = list(_written(path))
        read = [one for one in held if one.suffix.lower() in meant]
        if held:
            first = (read or held)[0].relative_to(path).as_posix()
            self.say(TXT021 if read else TXT023, path,
                     f"the folder is not read, and holds {first}", hint)  # fmt: skip

    def _unread(self, path: Path, hint: str) -> None:
        fact = f"{path.name} is not read"
        if not path.exists():
            fact = f"{path.name} is a link to nothing"
        self.say(TXT023, path, fact, hint)


def _meant(path: Path) -> str:
    """The known name that a file or folder of ``source/`` seems to be meant for; "" for none."""
    stem = path.name.lower().split(".")[0]
    if path.is_dir():
        return next(iter(get_close_matches(path.name.lower(), _FOLDERS, 1, 0.7)), "")
    if path.suffix.lower() not in _WRITTEN:
        return ""
    for folder in get_close_matches(stem, _FOLDERS, 1, 0.85):
        return f"a folder source/{folder}"
    near = get_close_matches(stem, [one.removesuffix(".toml") for one in _FILES], 1, 0.75)
    return f"{near[0]}.toml" if near else ""


def _written(folder: Path) -> Iterator[Path]:
    """Files of a folder, at any depth, that somebody wrote; links are not followed."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not _LEFTOVER.fullmatch(one))
        for name in sorted(names):
            path = Path(where) / name
            if path.suffix.lower() in _WRITTEN and not _LEFTOVER.fullmatch(name):
                yield path
