"""ZIP archives that are the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that an archive can tell


def packed(files: Mapping[str, bytes], *, first: str) -> bytes:
    """``files`` in their order behind ``first``, which is not compressed (EPUB 3.3, 4.3; of other
    archives nothing asks for that, or forbids it)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in (first, *(one for one in files if one != first)):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.create_system = 3  # whatever system it is made on
            member.external_attr = 0o644 << 16
            member.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            archive.writestr(member, files[name], compresslevel=9)
    return out.getvalue()
