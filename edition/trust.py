"""Which workspaces' TeX styles a user lets run. A style is a program: it sets what it likes in the
book and reads what TeX can read. One that came with a workspace runs only where the user says so:
for one run (``--trust-templates``), or for the folder, recorded with what the styles hold, in the
user's own configuration."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path
from typing import Literal

from edition import files

ONCE = "EDITION_TRUST_TEMPLATES"  # variable of the environment: "1" trusts for this run
_FILE = "trusted-templates.json"
_LARGEST = 1 << 20  # bytes of a style

State = Literal["none", "shipped", "trusted", "untrusted", "changed"]


def styles(folder: Path) -> tuple[Path, ...]:
    """The styles in a folder of templates, in order; links and what is no plain file included."""
    return tuple(sorted(folder.glob("*.sty")))


def state(folder: Path, shipped: Path) -> State:
    """What a user has said of the styles in ``folder``; those of the installation lie in
    ``shipped``."""
    if not styles(folder):
        return "none"
    if shipped.is_dir() and folder.samefile(shipped):
        return "shipped"
    if os.environ.get(ONCE) == "1":
        return "trusted"
    said = _read().get(_name(folder))
    if said is None:
        return "untrusted"
    return "trusted" if said == _digest(folder) else "changed"


def record(folder: Path) -> None:
    """Trust the styles in ``folder`` as they are now. Raises ``OSError``."""
    _write({**_read(), _name(folder): _digest(folder)})


def revoke(folder: Path) -> bool:
    """Trust them no longer; whether they were. Raises ``OSError``."""
    kept = _read()
    was = kept.pop(_name(folder), None) is not None
    if was:
        _write(kept)
    return was


def _place() -> Path:
    given = os.environ.get("XDG_CONFIG_HOME", "")
    home = Path(given) if given and Path(given).is_absolute() else Path.home() / ".config"
    return home / "parallel-edition" / _FILE


def _read() -> dict[str, str]:
    try:
        kept = json.loads(_place().read_text("utf-8"))
        return {str(name): str(told) for name, told in kept.items()}
    except (OSError, RuntimeError, ValueError, AttributeError):
        return {}


def _write(kept: dict[str, str]) -> None:
    files.write_text(_place(), json.dumps(kept, ensure_ascii=True, indent=1) + "\n")


def _name(folder: Path) -> str:
    return os.fsencode(folder.resolve()).decode("utf-8", "backslashreplace")


def _digest(folder: Path) -> str:
    told = hashlib.sha256()
    for path in styles(folder):
        told.update(os.fsencode(path.name) + b"\0" + _content(path) + b"\0")
    return told.hexdigest()


def _content(path: Path) -> bytes:
    """The digest of a style; of none where it is a link or no plain file."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
        return b""
    return hashlib.sha256(path.read_bytes()).digest()
