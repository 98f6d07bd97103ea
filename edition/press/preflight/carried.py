"""What a file carries besides its pages: layers that are hidden, and files attached to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from edition.press.preflight import codes
from edition.press.preflight.report import PlacedFinding, of_file

_NODES = 2000  # of the tree of names; deeper or wider ones are loops
_TOLD = 5  # names in one finding


def layer_findings(reader: PdfReader) -> Iterator[PlacedFinding]:
    """Layers that a viewer does not show at first: a printer may show them."""
    root: Any = reader.trailer["/Root"]
    layers = root.get("/OCProperties", DictionaryObject()).get_object()
    first = layers.get("/D", DictionaryObject()).get_object()
    known = [one.get_object() for one in _array(layers, "/OCGs")]
    if first.get("/BaseState") == "/OFF":
        shown = [one.get_object() for one in _array(first, "/ON")]
        hidden = [one for one in known if one not in shown]
    else:
        hidden = [one.get_object() for one in _array(first, "/OFF")]
    if hidden:
        names = _names(str(one.get("/Name", "unnamed")) for one in hidden)
        what = "a hidden layer" if len(hidden) == 1 else f"{len(hidden)} hidden layers"
        yield of_file(codes.PRE025, f"the file has {what}: {names}",
                      "show it, or take it out: programs differ in what they print")  # fmt: skip


def attachment_findings(reader: PdfReader) -> Iterator[PlacedFinding]:
    """Files in the file, of the document or at a page."""
    root: Any = reader.trailer["/Root"]
    names = root.get("/Names", DictionaryObject()).get_object()
    attached = list(_tree(names.get("/EmbeddedFiles")))
    for page in reader.pages:
        for one in _array(page, "/Annots"):
            annotation = one.get_object()
            if annotation.get("/Subtype") == "/FileAttachment":
                stored = annotation.get("/FS", DictionaryObject()).get_object()
                attached.append(str(stored.get("/UF", stored.get("/F", "unnamed"))))
    if attached:
        what = "a file is" if len(attached) == 1 else f"{len(attached)} files are"
        yield of_file(codes.PRE026, f"{what} attached: {_names(iter(attached))}",
                      "printers drop it, and archives want PDF/A in it")  # fmt: skip


def _array(holder: Any, key: str) -> ArrayObject:
    found = holder.get(key, ArrayObject()).get_object()
    return found if isinstance(found, ArrayObject) else ArrayObject()


def _tree(top: Any) -> Iterator[str]:
    """The keys of a tree of names."""
    waiting, left = [top] if top is not None else [], _NODES
    while waiting and left:
        node = waiting.pop().get_object()
        left -= 1
        yield from (str(one) for one in _array(node, "/Names")[::2])
        waiting += _array(node, "/Kids")


def _names(names: Iterator[str]) -> str:
    listed = sorted(set(names))
    more = f" and {len(listed) - _TOLD} more" if len(listed) > _TOLD else ""
    return ", ".join(listed[:_TOLD]) + more
