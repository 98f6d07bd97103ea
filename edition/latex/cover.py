"""The cover as one page of TeX: back, spine and front side by side, at their trimmed size."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

from edition.config import Bilingual, Config
from edition.latex.document import TexSource, fonts, style_tex
from edition.latex.escape import escape
from edition.latex.faces import Faces
from edition.latex.objects import EditionDocument, EditionPage, raw
from edition.layout.types import Align, Shape, Style, Weight

MM = 72.27 / 25.4  # a millimetre in TeX's points
SPINE_TEXT = 5.0  # mm; a thinner spine shows text that is never quite in its middle
BAND = (0.13, 0.53)  # from and to, shares of the height: the tinted field behind the titles
_LETTER, _ITALIC = 0.48, 0.42  # width of an English letter on the average, in its size
_TIED = re.compile(r"\b(an?|the|of|to|in|on|at|by|for|and|or|with|from) (?=\S)", re.IGNORECASE)
_REGISTER = "240"


@dataclass(frozen=True, slots=True)
class CoverShape:
    """Trimmed size of one panel and width of the spine, in mm."""

    width: float
    height: float
    spine: float

    @property
    def whole(self) -> float:
        return 2 * self.width + self.spine


def cover(config: Config, faces: Faces, shape: CoverShape) -> TexSource:
    """The document; its one page measures ``shape.whole`` × ``shape.height``."""
    document = EditionDocument()
    setter = _CoverSetter(config, faces, shape)
    parts = (setter.front(), setter.spine(), setter.back())
    fonts(document, faces, "".join(parts))
    document.declare("newCJKfontfamily", r"\EDspinehan", _name(faces.zh.bold.path),
                     options=_upright(faces))  # fmt: skip
    for length, mm in (("paperwidth", shape.whole), ("paperheight", shape.height),
                       ("pdfpagewidth", shape.whole), ("pdfpageheight", shape.height)):  # fmt: skip
        document.preamble.append(raw(rf"\{length}={mm * MM:.3f}pt\relax"))
    document.preamble.append(raw(r"\hoffset=-1in\voffset=-1in"))
    page = EditionPage(0)
    for one in parts:
        page.append(raw(one))
    for style in setter.styles.values():
        document.declare("EDstyle", style.name, style_tex(style))
    document.append(page)
    return TexSource(tex=document.dumps(), boxes=())


def _name(path: str) -> str:
    return Path(path).name


def _upright(faces: Faces) -> str:
    """The bold face with its glyphs turned, so that a line set sideways reads downwards."""
    face = faces.zh.bold
    options = [f"Path={Path(face.path).parent.as_posix()}/", "Vertical=RotatedGlyphs"]
    if face.path.endswith((".ttc", ".otc")):
        options.append(f"FontIndex={face.index}")
    return ",".join(options)


class _CoverSetter:
    def __init__(self, config: Config, faces: Faces, shape: CoverShape) -> None:
        self.config, self.faces, self.shape = config, faces, shape
        self.styles: dict[str, Style] = {}

    def front(self) -> str:
        """Titles on the tinted field, authors, else editors, below it, publisher at the foot."""
        shape, config = self.shape, self.config
        inner = shape.width * 0.8 * MM
        left = (shape.width + shape.spine + shape.width * 0.1) * MM
        field = (BAND[1] - BAND[0]) * shape.height * MM
        size, room = title_size(config.title.zh, inner, field * 0.42)
        title, subtitle = tied(config.title.en), tied(config.subtitle.en)
        english = _english(title, inner)
        titles = [
            self._text("cover-title-zh", size, config.title.zh, "zh", inner, narrow=room,
                       weight="bold"),
            self._text("cover-title-en", english, title, "en", inner, gap=0.7,
                       narrow=balanced(title, english * _LETTER, inner)),
            self._text("cover-subtitle-zh", 12, config.subtitle.zh, "zh", inner, gap=1.2),
            self._text("cover-subtitle-en", 10.5, subtitle, "en", inner, gap=0.3,
                       narrow=balanced(subtitle, 10.5 * _ITALIC, inner), shape="italic"),
        ]  # fmt: skip
        people = [self._people("zh", inner), self._people("en", inner)]
        publisher = [
            self._text("cover-publisher-zh", 11, config.publisher.zh, "zh", inner),
            self._text("cover-publisher-en", 10, config.publisher.en, "en", inner, gap=0.2),
        ]
        return "".join((
            _column(left, BAND[0] * shape.height * MM, field, titles, r"\vfil", r"\vfil"),
            _column(left, BAND[1] * shape.height * MM, 0.16 * shape.height * MM, people,
                    r"\vfil", ""),
            _column(left, 0.8 * shape.height * MM, 0.13 * shape.height * MM, publisher,
                    r"\vfil", ""),
        ))  # fmt: skip

    def _people(self, lang: str, width: float) -> str:
        mark = "、" if lang == "zh" else ", "
        names = [
            one.zh if lang == "zh" else one.en for one in self.config.authors or self.config.editors
        ]
        text = mark.join(name for name in names if name)
        size = 12.5 if lang == "zh" else 11
        return self._text(f"cover-people-{lang}", size, text, lang, width, gap=0.2)

    def spine(self) -> str:
        """Title in both languages, reading downwards; nothing where the spine is too thin."""
        shape = self.shape
        title = self.config.title
        if shape.spine < SPINE_TEXT or not (title.zh or title.en):
            return ""
        long = shape.height * MM * 0.62
        ems = len(title.zh) * 1.02 + 1.4 + len(title.en) * 0.44  # of the line below, roughly
        size = min(14.0, shape.spine * MM * 0.5, long / ems)
        parts = []
        if title.zh:
            style = self._style("cover-spine-zh", size, weight="bold")
            zh = rf"\EDspinehan\punctstyle{{plain}}{self._escaped(title.zh, 'zh')}"
            parts.append(rf"{{\csname ED@s@{style}\endcsname\EDzh{{}}{zh}}}")
        if title.en:
            style = self._style("cover-spine-en", size * 0.8)
            parts.append(rf"{{\csname ED@s@{style}\endcsname\EDen{{}}"
                         rf"{self._escaped(title.en, 'en')}}}")  # fmt: skip
        line = r"\hskip 1.4em ".join(parts)
        # \vtop with the line turned clockwise: its middle on the middle of the spine
        x = (shape.width + shape.spine / 2) * MM
        y = BAND[0] * shape.height * MM + 0.03 * shape.height * MM
        turned = rf"\rotatebox[origin=c]{{-90}}{{\EDfit{{{long:.2f}pt}}{{0}}{{{line}}}}}"
        boxed = rf"\hbox to 0pt{{\hss{turned}\hss}}"
        return rf"\EDput{{{x:.3f}pt}}{{{y:.3f}pt}}{{\vtop{{\kern0pt{boxed}}}}}%" + "\n"

    def back(self) -> str:
        """What the edition is of. The lower half stays free, for a bar code among others."""
        shape = self.shape
        inner = shape.width * 0.7 * MM
        left = shape.width * 0.15 * MM
        base = self.config.base_text
        lines = [
            self._text("cover-base-zh", 10.5, base.zh, "zh", inner, align="justify"),
            self._text("cover-base-en", 10, base.en, "en", inner, gap=1.0, align="left"),
        ]
        height = (BAND[1] - BAND[0]) * shape.height * MM
        return _column(left, BAND[0] * shape.height * MM, height, lines, r"\vfil", r"\vfil")

    def _style(self, name: str, size: float, *, align: Align = "center", weight: Weight = "regular",
               shape: Shape = "upright") -> str:  # fmt: skip
        self.styles[name] = Style(name=name, size=size, leading=size * 1.45, first=size * 1.05,
                                  align=align, weight=weight, shape=shape)  # fmt: skip
        return name

    def _text(
        self, style: str, size: float, text: str, lang: str, width: float, *, gap: float = 0.0,
        narrow: float = 0.0, align: Align = "center", weight: Weight = "regular",
        shape: Shape = "upright",
    ) -> str:  # fmt: skip
        """TeX of a paragraph in the middle of ``width`` points, ``gap`` of its size below what
        is above; empty where there is no text."""
        if not text.strip():
            return ""
        name = self._style(style, size, align=align, weight=weight, shape=shape)
        measure = narrow or width
        built = (rf"\EDbuild{{{_REGISTER}}}{{{name}}}{{{measure:.3f}pt}}"
                 rf"{{\ED{lang}{{}}\noindent {self._escaped(text, lang)}}}")  # fmt: skip
        return (rf"\kern{gap * size:.2f}pt{built}"
                rf"\hbox to {width:.3f}pt{{\hss\box{_REGISTER}\hss}}%" "\n")  # fmt: skip

    def _escaped(self, text: str, lang: str) -> str:
        return escape(text, "zh" if lang == "zh" else "en", self.faces)


def _column(x: float, y: float, height: float, parts: list[str], above: str, below: str) -> str:
    inside = "".join(parts)
    if not inside:
        return ""
    return (rf"\EDput{{{x:.3f}pt}}{{{y:.3f}pt}}{{\vbox to {height:.3f}pt"
            rf"{{\offinterlineskip{above}{inside}{below}}}}}%" "\n")  # fmt: skip


def title_size(title: str, width: float, height: float) -> tuple[float, float]:
    """Type size of a Chinese title, in points, and the width to set it in, for lines of about the
    same length: the largest, up to 34 pt, at which it fits ``width`` × ``height`` points."""
    count = max(1, len(title))
    best, room = 12.0, width
    for lines in range(1, 5):
        letters = math.ceil(count / lines)
        size = min(34.0, width / letters, height / (lines * 1.45))
        if size > best + 0.5:
            best, room = size, min(width, letters * size * 1.02)
    return best, room


def tied(text: str) -> str:
    """English with its small words on the line of the word that they belong to."""
    return _TIED.sub("\\1\u00a0", text)


def balanced(text: str, letter: float, width: float) -> float:
    """The width in points to set English in, its letters ``letter`` wide on the average, so that
    where it takes several lines these are of about the same length."""
    whole = letter * len(text)
    if whole <= width:
        return width
    longest = max(len(word) for word in text.split(" "))
    return min(width, max(whole / math.ceil(whole / width) * 1.12, letter * longest * 1.3))


def _english(title: str, width: float) -> float:
    """Type size of an English title: smaller where it is long."""
    return max(11.0, min(19.0, 2.6 * width / max(1.0, 0.5 * len(title))))


def both(one: Bilingual) -> str:
    """``小院高牆 · Small Yard`` for the slug line and metadata."""
    return " · ".join(part for part in (one.zh, one.en) if part)
