"""Folders of the user's own for caches and work: outside the workspace, whose files may be those of
a stranger, made with mode 0700, never through a link and never those of another user.

Where they lie: ``EDITION_CACHE``, else ``XDG_CACHE_HOME``, else ``~/.cache``; where none of these
can be written, the system's folder for temporary files. Each workspace has a folder of its own.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import hmac
import os
import re
import secrets
import shutil
import stat
import tempfile
import time
from pathlib import Path

NAME = "parallel-edition"
CHOICE = "EDITION_CACHE"  # variable of the environment that names another place
_OF = "workspace"  # file in a workspace's folder: the path that it serves
_KEY = "key"  # file of 32 random bytes
_FORGOTTEN = 60 * 86400.0  # seconds after which the folder of a workspace that is gone goes


class UnsafeError(OSError):
    """A folder or file that another user, or a workspace, could have laid there."""

    def __init__(self, path: Path, fact: str) -> None:
        super().__init__(errno.EPERM, fact, str(path))


def own(folder: Path) -> Path:
    """``folder``, made if missing, which nobody else can write to. Raises :class:`UnsafeError`
    where it is a link or another user's, ``OSError`` where it cannot be made or written."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        kind = "a link" if stat.S_ISLNK(status.st_mode) else "no folder"
        raise UnsafeError(folder, f"it is {kind}, and nothing is written through it")
    if status.st_uid != os.geteuid():
        raise UnsafeError(folder, "it belongs to another user")
    if stat.S_IMODE(status.st_mode) != 0o700:
        folder.chmod(0o700)
    with tempfile.TemporaryFile(dir=folder):
        return folder


def fresh(folder: Path) -> Path:
    """``folder`` with nothing in it, whatever was there; a link there is removed and what it leads
    to left alone. Raises ``OSError``."""
    remove(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    return folder


def remove(path: Path) -> None:
    """Remove a file, a link or a folder whole, where there is one; no link is followed. Raises
    ``OSError``."""
    try:
        if stat.S_ISDIR(path.lstat().st_mode):
            shutil.rmtree(path)
        else:
            path.unlink()
    except FileNotFoundError:
        return


def of_workspace(root: Path) -> Path:
    """The folder for the caches and the work of the workspace ``root``, made if missing. Raises
    ``OSError`` where the place that the user chose cannot be used."""
    root = root.resolve()
    base = _base()
    name = re.sub(r"[^A-Za-z0-9]+", "-", root.name).strip("-")[:24] or "workspace"
    path = os.fsencode(root)
    # A place inside the workspace may hold what came with it: there, the name of the folder is one
    # that nobody can know beforehand.
    secret = _key(_usual()) if base.resolve().is_relative_to(root) else b""
    told = hmac.new(secret, path, hashlib.blake2b).hexdigest()[:32]
    folder = base / f"{name}-{told}"
    if not folder.exists():
        _forget(base)
    own(folder)
    note = folder / _OF
    if not note.is_file():
        note.write_bytes(path)
    return folder


def _base() -> Path:
    chosen = os.environ.get(CHOICE, "")
    return own(Path(chosen).expanduser().absolute()) if chosen else _usual()


def _usual() -> Path:
    """The user's own place, or one that goes with the system's temporary files."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    places = [Path(given)] if given and Path(given).is_absolute() else []
    with contextlib.suppress(RuntimeError):
        places.append(Path.home() / ".cache")
    for place in places:
        with contextlib.suppress(OSError):
            return own(place / NAME)
    return own(Path(tempfile.gettempdir()) / f"{NAME}-{os.geteuid()}")


def _key(base: Path) -> bytes:
    """The user's secret, made when it is first asked for."""
    path = base / _KEY
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
    for _ in range(2):
        with contextlib.suppress(FileNotFoundError), os.fdopen(os.open(path, flags), "rb") as kept:
            key = kept.read(32)
            if len(key) == 32:
                return key
        handle, made = tempfile.mkstemp(dir=base)
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_bytes(32))
        os.replace(made, path)
    raise UnsafeError(path, "it cannot be read back")


def _forget(base: Path) -> None:
    """Remove the folders of workspaces that are no longer there."""
    oldest = time.time() - _FORGOTTEN
    with contextlib.suppress(OSError):
        for note in base.glob(f"*-*/{_OF}"):
            gone = not Path(os.fsdecode(note.read_bytes())).exists()
            if gone and note.stat().st_mtime < oldest:
                shutil.rmtree(note.parent, ignore_errors=True)
