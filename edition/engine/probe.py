"""What is installed: programs, TeX packages, fonts, and the command that installs the rest."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from edition.engine.cache import digest


def program_identity(name: str) -> str:
    """Changes when the program does; starts nothing."""
    found = shutil.which(name)
    if found is None:
        return f"{name}:none"
    path = Path(found).resolve()
    status = path.stat()
    return f"{path}:{status.st_size}:{status.st_mtime_ns}"


def font_identity() -> str:
    """Changes when a font is installed, removed or replaced."""
    program = shutil.which("fc-list")
    if program is None:
        return "fonts:none"
    try:
        listed = subprocess.run(  # noqa: S603  (fixed arguments)
            [program, "--format", "%{file}\n"], capture_output=True, check=False, timeout=60
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return "fonts:none"
    parts = []
    for name in sorted(set(listed.decode("utf-8", "surrogateescape").splitlines())):
        try:
            status = Path(name).stat()
        except OSError:
            continue
        parts.append(f"{name}:{status.st_size}:{status.st_mtime_ns}")
    return digest(*parts)
