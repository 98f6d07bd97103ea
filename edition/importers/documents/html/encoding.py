"""The encoding of a web page: what it says itself, where its bytes are of that one."""

from __future__ import annotations

import re

from edition.importers.decoding import decode


def decode_page(name: str, data: bytes) -> str:
    """The text of a page: in the encoding that it names, where its bytes are of that one."""
    said = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:4096], re.IGNORECASE)
    if said and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = said[1].decode("ascii")
        known = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs",
                 "iso-8859-1": "cp1252"}  # fmt: skip
        try:
            return data.decode(known.get(encoding.lower(), encoding)).lstrip("\ufeff")
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(name, data).file.text
