"""The parts of a Word document and what they refer to."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from edition.importers.documents.archives import Archive
from edition.importers.documents.model import RefusedError
from edition.importers.documents.xml import Element, attr, children


@dataclass(frozen=True, slots=True)
class Relation:
    kind: str  # the last word of its type: "footnotes", "image", "hyperlink"
    target: str  # name of a part, or an address
    outside: bool


class Package:
    """Raises :class:`RefusedError` where the archive has no text of Word's."""

    def __init__(self, data: bytes) -> None:
        self.archive = Archive(data)
        top = self.relations("")
        self.main = next((one.target for one in top.values() if one.kind == "officeDocument"),
                         "word/document.xml")  # fmt: skip
        if self.main not in self.archive.names:
            raise RefusedError("it has no text of a Word document in it",
                               "open it in Word, save it anew, and import that")  # fmt: skip

    def relations(self, part: str) -> dict[str, Relation]:
        """What ``part`` refers to, by id; "" for the package itself."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self.archive.names:
            return {}
        found = {}
        for one in children(self.archive.root(path), "Relationship"):
            outside = attr(one, "TargetMode") == "External"
            target = attr(one, "Target")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = attr(one, "Type").rpartition("/")[2]
            found[attr(one, "Id")] = Relation(kind, target, outside)
        return found

    def part(self, kind: str) -> tuple[str, Element] | None:
        """Name and root of the part of this kind that the main one refers to."""
        for one in self.relations(self.main).values():
            if one.kind == kind and not one.outside and one.target in self.archive.names:
                return one.target, self.archive.root(one.target)
        return None

    def parts(self, *kinds: str) -> list[tuple[str, Element]]:
        """All parts of these kinds, each once."""
        names = dict.fromkeys(
            one.target for one in self.relations(self.main).values()
            if one.kind in kinds and not one.outside and one.target in self.archive.names
        )  # fmt: skip
        return [(name, self.archive.root(name)) for name in names]
