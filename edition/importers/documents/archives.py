"""ZIP archives and the XML in them, within limits: what a stranger sent may be made to burst."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from edition.importers.documents.model import RefusedError

MEMBERS = 10_000
LARGE = 200 << 20  # bytes unpacked, of all members
RATIO = 200  # times its packed size that a member beyond _SMALL may unpack to
_SMALL = 1 << 20

_DAMAGED = "open it in its program, save it anew, and import that"


class Archive:
    """A ZIP archive. Raises :class:`RefusedError` where it is damaged, protected by a password, or
    larger than the limits, here or when a part is read."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as fault:
            raise RefusedError("the file is damaged or cut off: it cannot be unpacked",
                               _DAMAGED) from fault  # fmt: skip
        listed = self._archive.infolist()
        if len(listed) > MEMBERS:
            raise RefusedError(f"the document has {len(listed)} parts, more than {MEMBERS}",
                               _DAMAGED)  # fmt: skip
        for one in listed:
            _limited(one)
        if sum(one.file_size for one in listed) > LARGE:
            raise RefusedError(f"the document would unpack to more than {LARGE >> 20} MB",
                               "divide it, and leave large pictures out")  # fmt: skip
        self.names = frozenset(one.filename for one in listed)

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        try:
            with self._archive.open(name) as member:
                made = member.read(LARGE + 1)
        except KeyError as fault:
            raise RefusedError(f"the document lacks its part {name}", _DAMAGED) from fault
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError,
                RuntimeError, OSError) as fault:  # fmt: skip
            raise RefusedError(f"its part {name} is damaged", _DAMAGED) from fault
        if len(made) > LARGE:
            raise RefusedError(f"its part {name} is larger than {LARGE >> 20} MB", _DAMAGED)
        return made

    def root(self, name: str) -> etree._Element:
        """The root of a part that is XML."""
        return parse(self.read(name), name)


def _limited(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & 1:
        raise RefusedError("it is protected by a password", "save it without one, and import that")
    if member.file_size > max(_SMALL, RATIO * member.compress_size):
        raise RefusedError(f"{member.filename} in it would unpack to {member.file_size >> 20} MB, "
                           f"more than {RATIO} times its size", _DAMAGED)  # fmt: skip


def parse(content: bytes, name: str) -> etree._Element:
    """The root of an XML file. Entities stay unread, nothing is fetched, and depth and size are
    limited. Raises :class:`RefusedError` where it is no XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        why = str(fault).partition(" (<string>")[0]
        raise RefusedError(f"{name} is no XML that can be read: {why}", _DAMAGED) from fault
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in content[:65536]:
        raise RefusedError(f"{name} defines entities of its own, which no document needs", _DAMAGED)
    return root
