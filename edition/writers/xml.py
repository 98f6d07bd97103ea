"""Elements, and files of them: the one way in which words of an edition come into HTML and XML.

Text is never joined to markup: it goes into elements as text, and the library writes it down so
that it stays text. What no document may hold (controls, halves of pairs), and signs that turn what
stands about them without being seen, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
Node: TypeAlias = Element | str

XML = "http://www.w3.org/XML/1998/namespace"
# controls, surrogates and noncharacters (XML 1.0, 2.2); embeddings, overrides and isolates of
# directions (Unicode Bidirectional Algorithm, 2)
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]"
)
_SCHEMES = ("https://", "http://", "ftp://", "mailto:")
_NOT_OF_NAMES = re.compile("[^0-9A-Za-z.\u4e00-\u9fff-]")


def fit(text: str) -> str:
    """``text`` without what no document may hold."""
    return _UNFIT.sub("", text) if _UNFIT.search(text) else text


def element(
    tag: str, *children: Node | Iterable[Node] | None, attrs: Mapping[str, str] | None = None,
    spaces: Mapping[Any, str] | None = None, **more: str,
) -> Element:  # fmt: skip
    """An element. Names of attributes in ``more`` may end in "_" where Python has the word, and
    have "_" for "-"; those without a value are left out. ``spaces``: prefixes of name spaces."""
    made = etree.Element(tag, nsmap=dict(spaces) if spaces else None)
    for name, value in (attrs or {}).items():
        if value:
            made.set(name, fit(value))
    for name, value in more.items():
        if value:
            made.set(name.rstrip("_").replace("_", "-"), fit(value))
    for child in children:
        if child is None:
            continue
        extend(made, (child,) if isinstance(child, str | etree._Element) else child)
    return made


def extend(parent: Element, children: Iterable[Node]) -> None:
    """Put ``children`` behind what ``parent`` has."""
    last = parent[-1] if len(parent) else None
    for child in children:
        if isinstance(child, str):
            if last is None:
                parent.text = (parent.text or "") + fit(child)
            else:
                last.tail = (last.tail or "") + fit(child)
        else:
            parent.append(child)
            last = child


def set_attribute(made: Element, name: str, value: str) -> None:
    made.set(name, fit(value))


def followed(address: str) -> bool:
    """Whether an address may be that of a link: pages and mail, and nothing that runs."""
    return address.lower().startswith(_SCHEMES)


def walk(made: Element) -> Iterator[Element]:
    """``made`` and all elements in it, in document order."""
    return made.iter(etree.Element)


def name(text: str) -> str:
    """``text`` as part of an id: what a name may not hold as its number."""
    return _NOT_OF_NAMES.sub(lambda sign: f"_{ord(sign[0]):x}_", text)


def html(root: Element) -> bytes:
    """A page of HTML."""
    text = etree.tostring(root, encoding="utf-8", method="html", doctype="<!DOCTYPE html>")
    return text + b"\n"


def xml(root: Element) -> bytes:
    """A file of XML."""
    text: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text.replace(b"<?xml version='1.0' encoding='utf-8'?>",
                        b'<?xml version="1.0" encoding="utf-8"?>', 1) + b"\n"  # fmt: skip
