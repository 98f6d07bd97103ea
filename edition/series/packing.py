"""Packed files: what a workspace is made of, or what came of a job, as bytes that are the same
every time. A pack holds each content once, under its digest, and a list that says which path has
which; paths are looked at where a pack is made and again where it is opened, for it may come from
anywhere."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edition import boundary
from edition.build.stages import store
from edition.build.stamp import INPUTS
from edition.diagnostics import Diagnostic, Outcome, error
from edition.writers.archive import packed as zipped

NOT_PACKED = error("SER003", "A file cannot be packed")

FOLDERS = (*INPUTS, "templates")
MOST_FILES = 20_000
LARGEST = 256 << 20  # bytes of one file
MOST_BYTES = 1 << 30  # of all together
_LIST = "manifest.json"
_LONGEST_LIST = 16 << 20  # bytes
_FORM = "parallel-edition pack 1"
_DEEPEST = 40  # folders in folders


class PackError(ValueError):
    """A pack that is damaged, too large, or names what leads out of its folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Files by their paths, with ``/`` between folders, and what is told beside them."""

    files: Mapping[str, bytes]
    told: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """Of all paths and contents, however they are compressed."""
        listed = json.dumps({name: _digest(data) for name, data in sorted(self.files.items())})
        return _digest(listed.encode())


def packed(files: Mapping[str, bytes], told: Mapping[str, Any] | None = None) -> bytes:
    """The bytes of a pack. Raises :class:`PackError` where a path or a size is not allowed."""
    _allowed({name: len(data) for name, data in files.items()})
    listed = {name: [_digest(files[name]), len(files[name])] for name in sorted(files)}
    manifest = {"form": _FORM, "files": listed, "told": dict(told or {})}
    objects = {f"objects/{one[0]}": files[name] for name, one in listed.items()}
    data = json.dumps(manifest, sort_keys=True).encode()
    return zipped({_LIST: data, **dict(sorted(objects.items()))}, first=_LIST)


def unpacked(data: bytes) -> Pack:
    """The files again. Raises :class:`PackError`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            manifest = json.loads(_member(archive, _LIST, _LONGEST_LIST))
            if manifest["form"] != _FORM:
                raise PackError("it was made by another version of this program")
            listed = {str(name): (str(told), int(size))
                      for name, (told, size) in manifest["files"].items()}  # fmt: skip
            _allowed({name: size for name, (_, size) in listed.items()})
            read: dict[str, bytes] = {}
            for told, size in listed.values():
                if told not in read:
                    read[told] = _object(archive, told, size)
            files = {name: read[told] for name, (told, _) in listed.items()}
            return Pack(files=files, told=dict(manifest["told"]))
    except PackError:
        raise
    except (zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, AttributeError,
            OSError, EOFError, RuntimeError, NotImplementedError) as fault:  # fmt: skip
        raise PackError(f"it is damaged: {fault}") from fault


def _object(archive: zipfile.ZipFile, told: str, size: int) -> bytes:
    data = _member(archive, f"objects/{told}", size)
    if len(data) != size or _digest(data) != told:
        raise PackError("a file in it is not what its list says")
    return data


def _member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A member of ``most`` bytes: no more is unpacked, whatever it says of itself."""
    with archive.open(name) as member:
        data = member.read(most + 1)
    if len(data) > most:
        raise PackError("a file in it is larger than its list says")
    return data


def lay(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files into ``folder``, which is fresh and ours. Raises :class:`PackError` for a path
    that leads out of it, ``OSError``."""
    _allowed({name: len(data) for name, data in files.items()})
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _allowed(sizes: Mapping[str, int]) -> None:
    if len(sizes) > MOST_FILES:
        raise PackError(f"there are {len(sizes)} files; a pack has up to {MOST_FILES}")
    folders = {parent for name in sizes for parent in _parents(name)}
    for name, size in sizes.items():
        parts = name.split("/")
        if (
            not name or len(name) > 1000 or len(parts) > _DEEPEST
            or any(part in ("", ".", "..") or len(part) > 255 for part in parts)
            or any(ord(sign) < 32 or sign in "\\\x7f" for sign in name)
        ):  # fmt: skip
            raise PackError(f"“{name[:80]}” is no path within its folder")
        if name in folders:
            raise PackError(f"“{name[:80]}” is a file and a folder")
        if not 0 <= size <= LARGEST:
            raise PackError(f"{name} has {size >> 20} MB; a file has up to {LARGEST >> 20}")
    if sum(sizes.values()) > MOST_BYTES:
        raise PackError(f"its files have {sum(sizes.values()) >> 20} MB together; "
                        f"a pack has up to {MOST_BYTES >> 20}")  # fmt: skip


def _parents(name: str) -> Iterator[str]:
    parts = name.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# --- of a workspace -------------------------------------------------------------------------------


def gathered(root: Path) -> Outcome[Pack | None]:
    """Everything that a build of the workspace ``root`` reads: its folders, and the pictures that
    its figures name. A link within the workspace is packed as what it leads to. None where
    something in it must not be read, or cannot be packed."""
    crossed = boundary.crossed(root)
    if crossed:
        return Outcome(None, crossed)
    top = Path(os.path.realpath(root))
    found: list[Diagnostic] = []
    files: dict[str, bytes] = {}
    for path in listed(top):
        name = path.relative_to(top).as_posix()
        try:
            if not Path(os.path.realpath(path)).is_relative_to(top):
                found.append(_refused(name, "it is a link to a place outside the workspace"))
            elif path.is_file():
                _allowed({name: path.stat().st_size})
                files[name] = path.read_bytes()
            elif path.is_symlink():
                found.append(_refused(name, "it is a link to nothing"))
        except (OSError, PackError) as fault:
            found.append(_refused(name, getattr(fault, "strerror", None) or str(fault)))
    try:
        _allowed({name: len(data) for name, data in files.items()})
    except PackError as fault:
        found.append(_refused(".", str(fault)))
    return Outcome(None if found else Pack(files=files, told={}), tuple(found))


def _refused(name: str, fact: str) -> Diagnostic:
    hint = "put the file itself in its place" if "link" in fact else "make it smaller, or rename it"
    return Diagnostic(code=NOT_PACKED, where=name, fact=fact, hint=hint)


def listed(top: Path) -> list[Path]:
    """All that a build of the workspace ``top``, which is no link, reads."""
    return [*_inputs(top), *_pictures(top)]


def _inputs(top: Path) -> Iterator[Path]:
    """Files of the folders that are read, and what in them leads nowhere; what a build passes over
    is left out."""
    for folder in FOLDERS:
        for path in boundary.below(top / folder, top):
            passed = path.name.endswith("~") or "__pycache__" in path.parts
            if not passed and not path.is_dir():
                yield path


def _pictures(root: Path) -> list[Path]:
    from edition import config
    from edition.readers import read_edition

    loaded = config.load(root).value
    if loaded is None:
        return []  # the job says what is wrong with it
    edition = read_edition(root, loaded, store(root).keep).value
    named = {os.path.normpath(one.figure) for one in edition.segments.values() if one.figure}
    # what leads out of the workspace is no build's to read, and said there
    return [root / one for one in sorted(named) if not one.startswith(("/", ".."))]
