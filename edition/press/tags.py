"""The structure tree of a tagged PDF (ISO 32000-1, 14.7), added to what the driver wrote: its pages
say already what each of their stretches is.

Objects are written as bytes: a book of 1,500 pages has 30,000 of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pypdf.generic import BooleanObject, DictionaryObject, IndirectObject, NameObject, NumberObject

from edition.layout.structure import (
    APART,
    CHINESE,
    ENGLISH,
    JAPANESE,
    KOREAN,
    Path,
    Portion,
    PortionKind,
    Role,
    Stretch,
    TagElement,
)
from edition.press.addition import Addition, Raw
from edition.press.navigation import hex_text
from edition.press.types import Link

_ATTRIBUTES = {Role.HEAD_CELL: "/A<</O/Table/Scope/Column>>"}


@dataclass(frozen=True, slots=True)
class Tagging:
    """What a file is to say of its structure. ``languages``: BCP 47 tags."""

    tree: TagElement
    stretches: Sequence[Stretch]
    languages: Mapping[str, str]


def write(writer: Addition, tagging: Tagging, links: Sequence[tuple[Link, IndirectObject]]) -> None:
    """Put the tree into the file, with ``links`` and the annotations that they became, whose
    StructParent follows the number of pages."""
    made = _StructTree(writer, tagging, links)
    made.write()


@dataclass(slots=True)
class _Object:
    """An element in the making."""

    number: int
    raw: Raw
    head: str
    page: int = -1
    kids: list[str] = field(default_factory=list)


_Run = Sequence[tuple[Stretch, Path]]  # stretches, and where in the portion in hand they stand


class _StructTree:
    def __init__(
        self, writer: Addition, tagging: Tagging, links: Sequence[tuple[Link, IndirectObject]]
    ) -> None:
        self.writer = writer
        self.tagging = tagging
        self.pages = writer.references
        self.links = links
        self.parents: list[dict[int, int]] = [{} for _ in self.pages]
        self.link_parents: dict[int, int] = {}
        self.objects: list[_Object] = []
        self.homes: dict[str, _Object] = {}  # the first element that holds anything of a box
        self.ids: dict[str, int] = {}
        self.base: _Object | None = None  # of the reading in hand
        self.held: dict[tuple[str, Portion | None], list[tuple[Stretch, Path]]] = defaultdict(list)
        for one in tagging.stretches:
            apart = one.path[0] if one.path and one.path[0].kind in APART else None
            self.held[one.key, apart].append((one, one.path[1:] if apart else one.path))
        self.waiting: dict[tuple[str, Portion | None], list[int]] = defaultdict(list)
        for number, (link, _) in enumerate(links):
            self.waiting[link.box, link.portion].append(number)

    def write(self) -> None:
        root = self.writer._add_object(Raw(b""))
        top = self._element(self.tagging.tree, root.idnum)
        for key, _ in [*self.waiting]:  # of what prints nothing: the place of a note without mark
            if key in self.homes:
                home = self.homes[key]
                for portion in [one for box, one in self.waiting if box == key]:
                    self._link(home, key, portion, ())
        for one in self.objects:
            page = f"/Pg {self.pages[one.page].idnum} 0 R" if one.page >= 0 else ""
            one.raw.data = f"<<{one.head}{page}/K[{' '.join(one.kids)}]>>".encode("ascii")
        parents = self.writer._add_object(Raw(self._parent_tree()))
        names = " ".join(f"{key}{number} 0 R" for key, number in sorted(self.ids.items()))
        ids = f"/IDTree<</Names[{names}]>>" if names else ""
        tree = self.writer.get_object(root)
        assert isinstance(tree, Raw)
        tree.data = (
            f"<</Type/StructTreeRoot/K[{top.number} 0 R]/ParentTree {parents.idnum} 0 R"
            f"/ParentTreeNextKey {len(self.pages) + len(self.links)}{ids}>>"
        ).encode("ascii")
        catalogue = self.writer._root_object
        catalogue[NameObject("/StructTreeRoot")] = root
        catalogue[NameObject("/MarkInfo")] = DictionaryObject(
            {NameObject("/Marked"): BooleanObject(True)}
        )
        for index in range(len(self.pages)):
            self.writer.put(index, {"/StructParents": NumberObject(index),
                                    "/Tabs": NameObject("/S")})  # fmt: skip

    def _parent_tree(self) -> bytes:
        numbers: list[str] = []
        for index, own in enumerate(self.parents):
            listed = (own.get(number) for number in range(max(own, default=-1) + 1))
            told = " ".join("null" if one is None else f"{one} 0 R" for one in listed)
            numbers.append(f"{index}[{told}]")
        first = len(self.pages)
        numbers += [f"{first + link} {one} 0 R" for link, one in sorted(self.link_parents.items())]
        return f"<</Nums[{' '.join(numbers)}]>>".encode("ascii")

    # --- elements ---------------------------------------------------------------------------------

    def _new(self, role: Role, parent: int, more: str = "") -> _Object:
        raw = Raw(b"")
        number = self.writer._add_object(raw).idnum
        head = f"/S/{role.value}/P {parent} 0 R{_ATTRIBUTES.get(role, '')}{more}"
        made = _Object(number, raw, head)
        self.objects.append(made)
        return made

    def _child(self, of: _Object, role: Role) -> _Object:
        made = self._new(role, of.number)
        of.kids.append(f"{made.number} 0 R")
        return made

    def _element(self, one: TagElement, parent: int) -> _Object:
        more = f"/Lang({self.tagging.languages.get(one.lang, one.lang)})" if one.lang else ""
        if one.alt:
            more += f"/Alt{hex_text(one.alt)}"
        if one.numbering:
            more += f"/A<</O/List/ListNumbering/{one.numbering}>>"
        if one.role is Role.NOTE:
            more += f"/ID{hex_text(one.kids[0].box)}"
        made = self._new(one.role, parent, more)
        if one.role is Role.NOTE:
            self.ids[hex_text(one.kids[0].box)] = made.number
        if one.box:
            if one.portion is None or one.box not in self.homes:
                self.homes[one.box] = made
            held = self.held.get((one.box, one.portion), ())
            if one.role is Role.LINK:
                self._fill(made, one.box, held)
                self._annotations(made, one.box, one.portion)
            elif (one.box, one.portion) in self.waiting and one.portion is not None:
                self._link(made, one.box, one.portion, held)
            else:
                self._fill(made, one.box, held)
        made.kids += [f"{self._element(kid, made.number).number} 0 R" for kid in one.kids]
        return made

    def _fill(self, element: _Object, key: str, run: _Run) -> None:
        """Put stretches into an element, those within its text as elements of their own."""
        for portion, group in groupby(run, key=_outermost):
            inner = [(one, path[1:]) for one, path in group]
            if portion is None:
                for one, _ in inner:
                    self._stretch(element, one)
            elif portion.kind is PortionKind.MARK:
                self._link(self._child(element, Role.REFERENCE), key, portion, inner)
            elif portion.kind is PortionKind.SPAN and (key, portion) in self.waiting:
                link = self._links_out(key, portion)
                around = element if link else self._child(element, Role.REFERENCE)
                self._link(around, key, portion, inner)
            elif portion.kind is PortionKind.LANGUAGE:
                span = self._new(Role.SPAN, element.number, f"/Lang({self._language(portion)})")
                element.kids.append(f"{span.number} 0 R")
                self._fill(span, key, inner)
            elif portion.kind in (PortionKind.BASE, PortionKind.READING):
                self._fill_ruby(element, key, inner, portion.kind)
            else:
                self._fill(element, key, inner)

    def _fill_ruby(self, element: _Object, key: str, run: _Run, kind: PortionKind) -> None:
        """A reading stands before its characters on the page, and after them in the tree."""
        if kind is PortionKind.READING:
            ruby = self._child(element, Role.RUBY)
            base = self._new(Role.RUBY_BASE, ruby.number)
            reading = self._new(Role.RUBY_READING, ruby.number)
            ruby.kids += [f"{base.number} 0 R", f"{reading.number} 0 R"]
            self._fill(reading, key, run)
            self.base = base
        else:
            self._fill(self.base or element, key, run)

    def _language(self, portion: Portion) -> str:
        said = self.tagging.languages
        known = {CHINESE: said["zh"], ENGLISH: said["en"], JAPANESE: "ja", KOREAN: "ko"}
        return known.get(portion.order, "zh-Latn-pinyin")

    def _links_out(self, key: str, portion: Portion) -> bool:
        return all(self.links[number][0].uri for number in self.waiting[key, portion])

    def _link(self, around: _Object, key: str, portion: Portion | None, run: _Run) -> None:
        """Stretches as a link, where there is one."""
        if (key, portion) not in self.waiting:
            self._fill(around, key, run)
            return
        link = self._child(around, Role.LINK)
        self._fill(link, key, run)
        self._annotations(link, key, portion)

    def _annotations(self, link: _Object, key: str, portion: Portion | None) -> None:
        for number in self.waiting.pop((key, portion), ()):
            own, annotation = self.links[number]
            page = self.pages[own.page].idnum
            link.kids.append(f"<</Type/OBJR/Obj {annotation.idnum} 0 R/Pg {page} 0 R>>")
            self.link_parents[number] = link.number

    def _stretch(self, element: _Object, one: Stretch) -> None:
        if element.page < 0:
            element.page = one.page
        if one.page == element.page:
            element.kids.append(str(one.id))
        else:
            page = self.pages[one.page].idnum
            element.kids.append(f"<</Type/MCR/Pg {page} 0 R/MCID {one.id}>>")
        self.parents[one.page][one.id] = element.number


def _outermost(one: tuple[Stretch, Path]) -> Portion | None:
    return one[1][0] if one[1] else None
