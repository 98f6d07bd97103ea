"""Formulas of OpenDocument: an object in a frame, here or in a file of its own."""

from __future__ import annotations

import posixpath

from edition.importers.documents.archives import Archive
from edition.importers.documents.mathml import linear_mathml
from edition.importers.documents.odt.text import collapsed
from edition.importers.documents.xml import Element, attr, descendants, local


def formula_in(frame: Element, archive: Archive) -> str:
    """The formula in a frame, as its program writes it; "" where it holds none."""
    held = next(descendants(frame, "object"), None)
    if held is None:
        return ""
    root = next(descendants(held, "math"), None)
    path = posixpath.normpath(attr(held, "href")) + "/content.xml"
    if root is None and path in archive.names:
        root = archive.root(path)
    if root is None or local(root) not in ("math", "semantics"):
        return ""
    said = next((one.text for one in descendants(root, "annotation") if one.text), "")
    return collapsed(said or linear_mathml(root)).strip()
