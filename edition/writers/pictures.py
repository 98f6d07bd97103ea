"""Pictures of an edition for screens: PNG and JPEG as they are, the first page of a PDF drawn."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from edition.engine import programs

_KINDS = {b"\x89PNG\r\n\x1a\n": ("image/png", ".png"), b"\xff\xd8\xff": ("image/jpeg", ".jpg")}
_DRAWN = 200  # dots an inch
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Picture:
    data: bytes
    type: str
    suffix: str

    @property
    def address(self) -> str:
        """The picture itself, as an address."""
        return f"data:{self.type};base64,{base64.b64encode(self.data).decode('ascii')}"


def read(root: Path, path: str) -> Picture | None:
    """The picture at ``path`` in the workspace; None where it cannot be shown, of which the check
    of pictures has told."""
    file = root / path
    try:
        data = file.read_bytes()
        if data.startswith(b"%PDF-"):
            data = _drawn(file)
    except (OSError, programs.FailedError):
        return None
    for magic, (kind, suffix) in _KINDS.items():
        if data.startswith(magic):
            return Picture(data, kind, suffix)
    return None


def _drawn(file: Path) -> bytes:
    command = ["pdftoppm", "-png", "-r", str(_DRAWN), "-f", "1", "-l", "1", "-singlefile",
               str(file.absolute())]  # fmt: skip
    return b"".join(programs.chunks(command, _SECONDS))
