"""Pictures that come along with a document."""

from __future__ import annotations

import re

from edition.diagnostics import Severity
from edition.readers.pictures import faults_of


def picture_name(name: str, data: bytes) -> str:
    """A name for the file of a picture, by what it is; "" where a page cannot show it."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        suffix = "png"
    elif data.startswith(b"\xff\xd8\xff"):
        suffix = "jpg"
    else:
        return ""
    if any(one.code.severity is Severity.ERROR for one in faults_of(f"a.{suffix}", data)):
        return ""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", name.rpartition(".")[0] or name).strip("-")
    return f"{stem or 'picture'}.{suffix}"
