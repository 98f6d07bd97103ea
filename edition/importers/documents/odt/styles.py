"""Styles of OpenDocument: what paragraphs, words and lists are by the names they carry."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from edition.importers.documents.docx.numbering import formatted
from edition.importers.documents.xml import Element, attr, child, descendants, local


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """``size`` and ``indent`` in points, 0 where a style says nothing; ``list``: the name of the
    list style of its paragraphs."""

    parent: str = ""
    bold: bool | None = None
    italic: bool | None = None
    high: str = ""
    size: float = 0.0
    centred: bool | None = None
    indent: float = 0.0
    list: str = ""


@dataclass(slots=True)
class OdtStyles:
    """The styles of a document, those of its paragraphs and those of its lists."""

    _styles: dict[str, OdtStyle] = field(default_factory=dict)
    _lists: dict[str, Element] = field(default_factory=dict)

    def take(self, root: Element) -> None:
        """Take the styles of a part of the archive, content.xml or styles.xml."""
        for one in descendants(root, "list-style"):
            self._lists[attr(one, "name")] = one
        for one in descendants(root, "style"):
            letters = child(one, "text-properties")
            shape = child(one, "paragraph-properties")
            size = re.match(r"([\d.]+)pt", attr(letters, "font-size"))
            weight = attr(letters, "font-weight") or attr(letters, "font-weight-asian")
            slant = attr(letters, "font-style") or attr(letters, "font-style-asian")
            aligned = attr(shape, "text-align")
            position = attr(letters, "text-position")
            self._styles[attr(one, "name")] = OdtStyle(
                parent=attr(one, "parent-style-name"),
                bold=weight in ("bold", "700", "800", "900") if weight else None,
                italic=slant in ("italic", "oblique") if slant else None,
                high="sup" if re.match(r"super|[1-9]", position) else
                "sub" if re.match(r"sub|-", position) else "",
                size=float(size[1]) if size else 0.0,
                centred=aligned == "center" if aligned else None,
                indent=_points(attr(shape, "margin-left")), list=attr(one, "list-style-name"),
            )  # fmt: skip

    def of(self, name: str) -> OdtStyle:
        """A style with what it takes from those that it is based on."""
        made = OdtStyle()
        seen: set[str] = set()
        while name and name not in seen and name in self._styles:
            seen.add(name)
            own = self._styles[name]
            made = replace(
                made, parent=made.parent or own.parent,
                bold=own.bold if made.bold is None else made.bold,
                italic=own.italic if made.italic is None else made.italic,
                high=made.high or own.high, size=made.size or own.size,
                centred=own.centred if made.centred is None else made.centred,
                indent=made.indent or own.indent, list=made.list or own.list,
            )  # fmt: skip
            name = own.parent
        return made

    def names(self, name: str) -> str:
        """The names of a style and those it is based on, decoded."""
        found = []
        while name and name not in found:
            found.append(name)
            name = self._styles[name].parent if name in self._styles else ""
        return " ".join(found).replace("_20_", " ").lower()

    def numbering(self, name: str, depth: int) -> Callable[[int], str] | None:
        """How the list style ``name`` writes the number of an item at ``depth``, from 1; None with
        bullets."""
        forms = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman",
                 "I": "upperRoman", "一, 二, 三, ...": "chineseCounting",
                 "①, ②, ③, ...": "decimalEnclosedCircle"}  # fmt: skip
        levels = list(self._lists.get(name, ()))
        own = [one for one in levels if attr(one, "level") == str(depth)]
        for one in own or levels[:1]:  # some programs write one level for a list within another
            if local(one) != "list-level-style-number":
                return None
            form = forms.get(attr(one, "num-format"), "decimal")
            before, after = attr(one, "num-prefix"), attr(one, "num-suffix")
            return lambda number: f"{before}{formatted(number, form)}{after}"
        return None


def _points(length: str) -> float:
    found = re.match(r"([\d.]+)(pt|cm|mm|in)", length)
    units = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0}
    return float(found[1]) * units[found[2]] if found else 0.0
