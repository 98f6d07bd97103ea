"""The commands and environments of templates/edition-grid.sty as PyLaTeX objects.

One object is one box built, one slice placed or one page: each writes itself as one string, since
PyLaTeX's containers join their parts by ``%`` and a line end, which would eat spaces in a text.
"""

from __future__ import annotations

from pylatex import Document, NoEscape, Package
from pylatex.base_classes import Command, Environment, LatexObject

from edition.latex.boxes import SetBox

# pylatex ships no types, so its classes are Any to mypy: hence the ignores below.


class Measured(LatexObject):  # type: ignore[misc]
    """``\\EDm``, ``\\EDmblock`` or ``\\EDmtable``: one box set and measured."""

    def __init__(self, number: int, box: SetBox) -> None:
        super().__init__()
        self.number = number
        self.box = box

    def dumps(self) -> str:
        box = self.box
        name = "EDmblock" if box.block else "EDm" if box.rows is None else "EDmtable"
        return f"\\{name}{{{self.number}}}{{{box.style}}}{{{box.width:.3f}pt}}{{{box.tex}}}"


class BuiltBox(LatexObject):  # type: ignore[misc]
    """A box set into a register, with the numbers that its marks print. ``head``: the register
    for the head of a table that runs on."""

    def __init__(
        self, number: int, register: int, box: SetBox, numbers: dict[int | str, str],
        page: str = "", head: int = 0,
    ) -> None:  # fmt: skip
        super().__init__()
        self.head = head
        self.number = number
        self.register = register
        self.box = box
        self.numbers = numbers
        self.page = page

    def dumps(self) -> str:
        box = self.box
        name = "EDblock" if box.block else "EDbuild"
        numbers = "".join(
            f"\\EDnumber{{{self.number}}}{{{order}}}{{{number}}}"
            for order, number in self.numbers.items()
        )
        page = f"\\EDtopage{{{self.number}}}{{{self.page}}}" if self.page else ""
        rest = f"{{{box.style}}}{{{box.width:.3f}pt}}{{{box.tex}}}"
        head = f"\\EDheadof{{{self.head}}}{rest}" if self.head else ""
        return f"\\EDbegin{{{self.number}}}{numbers}{page}{head}\\{name}{{{self.register}}}{rest}"


class Sliced(LatexObject):  # type: ignore[misc]
    """Lines of a box at a point of the page, in points from its top left corner."""

    def __init__(
        self,
        x: float,
        y: float,
        number: int,
        register: int,
        box: SetBox,
        first: int,
        last: int,
        *,
        ends: bool,
        head: int = 0,
    ) -> None:
        super().__init__()
        self.x, self.y = x, y
        self.number, self.register, self.box = number, register, box
        self.first, self.last, self.ends = first, last, ends
        self.head = head

    def dumps(self) -> str:
        place = f"{{{self.x:.3f}pt}}{{{self.y:.3f}pt}}{{{self.number}}}{{{self.register}}}"
        if self.box.block:
            return f"\\EDwhole{place}{{{self.last}}}"
        done = f"\\EDdone{{{self.register}}}" if self.ends else ""
        lines = f"{{{self.box.style}}}{{{self.first}}}{{{self.last}}}"
        if self.box.rows is not None:
            head = str(self.head) if self.head else r"\EDnohead"
            return f"\\EDpart{place}{lines}{{{head}}}{done}"
        return f"\\EDslice{place}{lines}{done}"


class EditionPage(Environment):  # type: ignore[misc]
    """One page, shipped where the environment ends."""

    _latex_name = "editionpage"
    content_separator = "%\n"

    def __init__(self, index: int) -> None:
        super().__init__(arguments=str(index))


class EditionDocument(Document):  # type: ignore[misc]
    """The document of either run: class, packages, no more."""

    def __init__(self) -> None:
        super().__init__(
            documentclass="article",
            document_options=["10pt"],
            fontenc=None,
            inputenc=None,
            lmodern=False,
            textcomp=False,
            page_numbers=False,
            font_size="normalsize",
        )
        for name in ("xeCJK", "graphicx", "array", "edition-grid"):
            self.packages.append(Package(NoEscape(name)))

    def add(self, command: str, *arguments: str) -> None:
        """A command of the body."""
        self.append(call(command, *arguments))

    def declare(self, command: str, *arguments: str, options: str = "") -> None:
        """A command of the preamble. ``options`` follow the arguments, as fontspec wants it."""
        tex = call(command, *arguments).dumps() + (f"[{options}]" if options else "")
        self.preamble.append(NoEscape(tex))


def call(command: str, *arguments: str) -> Command:
    """A command with arguments that are TeX already."""
    return Command(command, arguments=[NoEscape(one) for one in arguments] or None)


def raw(tex: str) -> NoEscape:
    return NoEscape(tex)
