"""Box → TeX: what one box of the book is set from, the same in the measuring and the printing
run."""

from __future__ import annotations

import bisect
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import assert_never

from edition.keeping import Keep
from edition.latex.contents import content
from edition.latex.escape import compose, escape
from edition.latex.faces import Faces
from edition.latex.inline import Goal, Setting, to_tex
from edition.latex.longwords import breakable
from edition.latex.tables import columns, has_head, table_tex
from edition.layout import widths
from edition.layout.margins import milestones
from edition.layout.types import Box, BoxRole, Layout, Style
from edition.model import Inlines, Kind, Lang, Milestone, Ruby, Styled, flat, plain
from edition.numerals import form

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".pdf"})

_OPENING = frozenset("「『（《〈【〔〖“‘")  # of which the left half is blank
# of its measure, from which a word may be divided, and after its signs one among code or addresses
_LONG, _STIFF = 0.6, 0.35
_LINE_GAP = 0.4  # em from the number of a line to the text of a note
_NUMBER_GAP = 0.6  # em from the number of a work to its entry
_MARK_SIZE = 0.7  # of a number, of the size of its text


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBox:
    """A box as TeX. ``marks`` and ``cites`` name what the TeX numbers by order, from 1."""

    key: str
    style: str
    width: float
    tex: str
    language: str = ""  # BCP 47 tag, where it is not that of the box's ``lang``
    block: bool = False  # a picture: never cut
    rows: tuple[int, ...] | None = None  # of a table: the row of each mark, 0 in caption and head
    marks: tuple[str, ...] = ()
    cites: tuple[Goal, ...] = ()
    stones: tuple[Milestone, ...] = ()
    files: tuple[tuple[str, Path], ...] = ()  # (name in the working folder, source)
    faults: tuple[str, ...] = ()  # NOFILE:<path>, BADFILE:<path>


def note_key(boxes: Mapping[str, Box], note: str, lang: Lang) -> str:
    """Key of the box of the note that a mark names: by key, or by id and language."""
    return note if note in boxes else f"n:{note}/{lang}"


@lru_cache(maxsize=1 << 10)
def number_tex(number: str, lang: Lang) -> str:
    """A printed number; brackets take half their width."""
    tex = escape(number, lang)
    tex = re.sub("([〔［（【])", r"\\EDopening{\1}", tex)
    return re.sub("([〕］）】])", r"\\EDclosing{\1}", tex)


def text_of(box: Box) -> str:
    """All characters that the box prints, for the check of the fonts."""
    parts = [plain(box.inlines), box.label]
    parts += [one.reading for one in flat(box.inlines) if isinstance(one, Ruby)]
    parts += [one.name for one in milestones(box.inlines)]
    if box.segment and box.segment.table:
        table = box.segment.table
        parts += [plain(cell.inlines) for cell in table.cells]
    return compose("".join(parts))


def _is_stiff(inlines: Inlines) -> bool:
    """Whether there are code or addresses, in which a line may hardly end."""
    return "://" in plain(inlines) or any(
        isinstance(one, Styled) and not {"code", "link"}.isdisjoint(one.classes)
        for one in flat(inlines)
    )


def _running(inlines: Inlines, room: float, setting: Setting) -> str:
    stiff = _is_stiff(inlines)
    broken = breakable(inlines, _LONG * room, (_STIFF if stiff else _LONG) * room)
    text = to_tex(broken, setting) or r"\leavevmode{}"
    if broken is not inlines:
        text = rf"\EDloose{{}}{text}"
    return rf"\EDlax{{}}{text}" if stiff else text


def _hangs(boxes: Iterable[Box]) -> dict[tuple[str, bool], float]:
    """Width of the number before notes by their style and whether they stand at an end, in em: that
    of the widest, so that all notes of a page begin below each other."""
    found: dict[tuple[str, bool], float] = {}
    for box in boxes:
        if box.numbering is not None:
            width = form(box.numbering, box.lang).label
            if box.numbering == "line":
                width += 0.5 * box.line
            elif box.number:
                width = max(width, widths.sign(box.label) + _LINE_GAP)
            found[_hung(box)] = max(width, found.get(_hung(box), 0.0))
    return found


def _hung(box: Box) -> tuple[str, bool]:
    return box.style, box.at_end


class Setter:
    """Sets the boxes of one book in one layout."""

    def __init__(
        self, boxes: Mapping[str, Box], layout: Layout, faces: Faces, root: Path = Path(), *,
        keep: Keep | None = None,
    ) -> None:  # fmt: skip
        self.boxes = boxes
        self.layout = layout
        self.root = root
        self.faces = faces
        self.hangs = _hangs(boxes.values())
        numbers = (one.label for one in boxes.values() if one.role is BoxRole.WORK and one.label)
        self.numbers = max(map(widths.sign, numbers), default=0.0) + _NUMBER_GAP
        self.known = (keep or Keep()).table("tex", faces.key)

    def style(self, name: str) -> Style:
        return self.layout.styles[name]

    def set(self, box: Box) -> SetBox:
        """``box`` as TeX. Raises ``KeyError`` where the layout lacks its style."""
        setting = Setting(
            lang=box.lang,
            mark_width=lambda note: self.mark_width(note, box),
            faces=self.faces,
            count_sentences=box.role is BoxRole.TEXT,
        )
        files: tuple[tuple[str, Path], ...] = ()
        faults: tuple[str, ...] = ()
        block = False
        rows: tuple[int, ...] | None = None
        kind = box.segment.kind if box.segment else None
        if kind is Kind.TABLE and box.segment and box.segment.table:
            tex, rows, faults = self._table(box, setting)
        elif kind is Kind.FIGURE and box.segment:
            block = True
            tex, files, faults = self._figure(box, setting)
        else:
            tex = self._lines(box, setting)
        return SetBox(
            key=box.key,
            style=box.style,
            width=box.width,
            tex=f"\\ED{box.lang}{{}}{tex}",
            language=box.language,
            block=block,
            rows=rows,
            marks=tuple(setting.marks),
            cites=tuple(setting.cites),
            stones=tuple(setting.stones),
            files=files,
            faults=faults,
        )

    def mark_width(self, note: str, box: Box) -> str:
        """Width of the mark of ``note`` in ``box``, as TeX; empty where there is to be none."""
        noted = self.boxes.get(note_key(self.boxes, note, box.lang))
        numbering = noted.numbering if noted else None
        if numbering == "line":
            return ""
        width = form(numbering or "circled", noted.lang if noted else box.lang).mark
        if noted and noted.number:  # it may be a large one
            width = max(width, _MARK_SIZE * widths.sign(noted.label))
        elif noted and noted.label:  # a number that the note has by itself
            width = widths.width(noted.label, _MARK_SIZE)
        return f"{width * self.style(box.style).size:.2f}pt"

    def _lines(self, box: Box, setting: Setting) -> str:
        kind = box.segment.kind if box.segment else None
        if kind in (Kind.VERSE, Kind.CODE):
            setting.line_break = r"\EDverseline{}"
        text = self._running(box, setting)
        if box.role is BoxRole.NOTE:
            trim = r"\EDhalf{}" if box.lang == "zh" and plain(box.inlines)[:1] in _OPENING else ""
            told = box.line and box.numbering != "line"
            line = rf"\EDnoteline{{{self.line_width(box)}}}" if told else ""
            return rf"\EDnotelabel{{{self.label_width(box)}}}{line}{trim}{text}"
        if box.target:
            return rf"\EDtoc{{}}{text}\EDtocpage{{}}"
        if box.role is BoxRole.WORK:
            return rf"\EDwork{{}}{self._number(box)}{text}"
        match kind:
            case Kind.CODE:
                return rf"\EDcodelines{{}}\EDverse{{}}{text}"
            case Kind.VERSE:
                return rf"\EDverse{{}}{text}"
            case Kind.ITEM if box.segment:
                label = escape(box.label or box.segment.label, box.lang, self.faces)
                nest = rf"\EDnest{{{box.segment.level}}}" if box.segment.level > 1 else ""
                return rf"{nest}\EDlabel{{0pt}}{{{label}}}{text}"
            case (
                None | Kind.PARA | Kind.ITEM | Kind.QUOTE | Kind.HEADING | Kind.TERM
                | Kind.DEFINITION | Kind.BREAK | Kind.TABLE | Kind.FIGURE
            ):  # fmt: skip
                return text
            case _:
                assert_never(kind)

    def _running(self, box: Box, setting: Setting) -> str:
        """The text of a box, which is made once for all boxes, layouts and builds that have it."""
        room = box.width / self.style(box.style).size
        told = content(box.inlines, setting.mark_width)
        if told is None:
            return _running(box.inlines, room, setting)
        what, notes = told
        how = f"{setting.lang}{room:.4f}{setting.count_sentences}{setting.line_break}"
        made = self.known.get(f"{how}\n{what}")
        if made is not None:
            text, goals = made
            setting.marks += notes
            setting.cites += [(kind, goal) for kind, goal in goals]
            return str(text)
        text = _running(box.inlines, room, setting)
        self.known.set(f"{how}\n{what}", [text, setting.cites])
        return text

    def _number(self, box: Box) -> str:
        """The number of a work before its entry, in the width of the widest of the list."""
        if not box.label:
            return ""
        width = f"{self.numbers * self.style(box.style).size:.2f}pt"
        label = escape(box.label, box.lang, self.faces)
        return rf"\EDhang{{{width}}}\EDlabel{{0pt}}{{{label}}}"

    def label_width(self, box: Box) -> str:
        """Least width of the number before the text of a note, as TeX."""
        return f"{self.hangs[_hung(box)] * self.style(box.style).size:.2f}pt"

    def line_width(self, box: Box) -> str:
        """Width of the number of a line in a note, with the gap to its text, as TeX."""
        return f"{(0.5 * box.line + _LINE_GAP) * self.style(box.style).size:.2f}pt"

    def _table(self, box: Box, setting: Setting) -> tuple[str, tuple[int, ...], tuple[str, ...]]:
        """(TeX, row of each mark, faults)"""
        assert box.segment is not None
        assert box.segment.table is not None
        setting.count_sentences = False
        setting.line_break = r"\hfil\break{}"
        caption = to_tex(box.inlines, setting)
        size = self.style(box.style).size
        fitted = columns(box.segment.table, size, box.width)
        faults: tuple[str, ...] = ()
        ends: list[int] = []  # marks up to the end of the head, and of each row
        head = box.segment.table.header
        cells = count(1 if has_head(box.segment.table) else 1 + len(head))
        table = table_tex(
            box.segment.table, fitted, size,
            lambda inlines: rf"\EDcellof{{{next(cells)}}}" + to_tex(inlines, setting),
            lambda: ends.append(len(setting.marks)),
        )  # fmt: skip
        rows = tuple(bisect.bisect_right(ends, order) for order in range(len(setting.marks)))
        if fitted.scale < 1:
            faults += (f"SCALED:{fitted.scale * size:.1f}",)
        if fitted.broken:
            faults += (f"BROKEN:{fitted.broken}",)
        return (rf"\EDcaption{{{caption}}}" if caption else "") + table, rows, faults

    def _figure(
        self, box: Box, setting: Setting
    ) -> tuple[str, tuple[tuple[str, Path], ...], tuple[str, ...]]:
        assert box.segment is not None
        setting.count_sentences = False
        legend = to_tex(box.inlines, setting)
        below = rf"\EDlegend{{{legend}}}" if legend else ""
        if box.bare:
            return below, (), ()
        if not box.segment.figure:
            return rf"\EDnofigure{{{escape(box.label, box.lang, self.faces)}}}{below}", (), ()
        name, path, fault = self._file(box.segment.figure)
        if fault:
            return r"\leavevmode{}", (), (fault,)
        geometry = self.layout.geometry
        high = geometry.lines * geometry.grid - box.reserve
        tex = rf"\EDfigure{{{name}}}{{{high:.2f}pt}}"
        return tex + below, ((name, path),), ()

    def _file(self, given: str) -> tuple[str, Path, str]:
        """(name by content, path, fault). TeX reads a copy in its own folder, never a path."""
        path = (self.root / given).resolve()
        # a pipe would be waited for
        if not path.is_file() or not path.is_relative_to(self.root.resolve()):
            return "", path, f"NOFILE:{given}"
        if path.suffix.lower() not in PICTURES:
            return "", path, f"BADFILE:{given}"
        try:
            digest = hashlib.blake2b(path.read_bytes(), digest_size=8).hexdigest()
        except OSError:
            return "", path, f"NOFILE:{given}"
        return f"f-{digest}{path.suffix.lower()}", path, ""
