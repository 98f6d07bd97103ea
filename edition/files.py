"""Writing files so that nothing is ever half written: a temporary file beside the target, then a
rename, which the file system does at once or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

# what stands in for a file, or a folder of pictures, while it is written
_HALF = re.compile(r"\..+\.edition-[a-z0-9_]{8}\.new")


_FEW, _AT_ONCE = 4, 16  # files that are waited for one by one, and together


def half_name(name: str) -> tuple[str, str]:
    """Prefix and suffix of what stands in for ``name`` while it is written."""
    return f".{name}.edition-", ".new"


def clear_halves(folder: Path) -> None:
    """Remove from ``folder`` what writers that were killed have left, and nothing else."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if not _HALF.fullmatch(path.name) or path.is_symlink():
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()


def write_bytes(path: Path, data: bytes | bytearray) -> None:
    """Replace ``path`` by ``data``; its folder is made if missing. Raises ``OSError``."""
    write_all([(path, data)])


def write_all(files: Iterable[tuple[Path, bytes | bytearray]]) -> None:
    """Replace each path by its data: none before all of them are on the disk, so that of outputs
    that belong together none is of another build. Folders are made. Raises ``OSError``."""
    halves: list[tuple[str, Path]] = []
    try:
        for path, data in files:
            halves.append((_opened(path), path))
            name = halves[-1][0]
            with Path(name).open("wb") as out:
                out.write(data)
            os.chmod(name, _mode(path))
        _on_disk([name for name, _ in halves])
        for name, path in halves:
            os.replace(name, path)
    except BaseException:
        for name, _ in halves:
            Path(name).unlink(missing_ok=True)
        raise


def _on_disk(names: Sequence[str]) -> None:
    """Wait until all are on the disk. A disk takes many at once in the time of few."""
    if len(names) <= _FEW:
        for name in names:
            _synced(name)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(_synced, names))


def _synced(name: str) -> None:
    handle = os.open(name, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _opened(path: Path) -> str:
    """A new file beside ``path`` that will take its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        prefix, suffix = half_name(path.name)
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=suffix, dir=path.parent)
    except OSError as problem:
        problem.filename = str(path)  # what was to be written, not what stands in for it
        raise
    os.close(handle)
    return name


def write_text(path: Path, text: str) -> None:
    """Replace ``path`` by ``text`` in UTF-8 with line ends ``\\n``."""
    write_bytes(path, text.encode("utf-8"))


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, else what the umask allows (mkstemp gives 0600)."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
