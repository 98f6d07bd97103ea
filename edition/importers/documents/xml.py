"""Elements by their local names: one format goes by several namespaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

Element = etree._Element


def printable(content: bytes) -> bytes:
    """XML that a program wrote, without the controls that XML cannot hold."""
    return re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]", b" ", content)


def local(element: Element) -> str:
    """The name without its namespace; "" for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attr(element: Element | None, name: str, default: str = "") -> str:
    """The attribute of this local name."""
    if element is None:
        return default
    for key in element.keys():  # noqa: SIM118  (items looks each value up among all)
        if str(key).rpartition("}")[2] == name:
            return str(element.get(key))
    return default


def child(element: Element | None, *path: str) -> Element | None:
    """The first child at a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of this name."""
    if element is not None:
        yield from (one for one in element if local(one) == name)


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """All elements of these names within."""
    yield from (one for one in element.iter() if local(one) in names)
