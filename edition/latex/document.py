"""The TeX documents of the two runs, and what the numbers in them stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from edition.latex.boxes import SetBox
from edition.latex.faces import Face, Faces, Family
from edition.latex.objects import EditionDocument, Measured, raw
from edition.layout.types import Geometry, Layout, Style

POSITIONS = "edition.pos"  # what TeX writes: positions or measures
# every line is a page of its own, its upper left corner at the origin of DVI; words are told with
# their glyphs
_SHIP_LINES = r"\EDmeasuringtrue\XeTeXgenerateactualtext=1\hoffset=0pt\voffset=0pt\relax"

# commands that name a spare face: in capitals, and the script after it
_BY_FACE = re.compile(r"\\ED(?:face|sign|word|said)\{([A-Z]{1,2})([A-Z][a-z]+)?\}")
# what releases of xeCJK do not count among Chinese characters: circled numbers, extensions I and H,
# small forms of a comma, a dash, and of signs of calculation and the like
_HAN_CLASS = '"2460->"24FF,"3251->"32BF,"2EBF0->"2EE5F,"31350->"323AF,"FE51,"FE58,"FE5F->"FE6B'
_STYLE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*\Z")


# Maps the default families to a font that can be dumped, before the class loads them.
_BEFORE_FORMAT = r"""\makeatletter
\@for\f:=lmr,lmss,lmtt\do{\@for\s:=m,b,bx\do{\@for\h:=n,it,sl,sc,scit,scsl\do{%
  \edef\x{\noexpand\DeclareFontShape{TU}{\f}{\s}{\h}{<->cmr10}{}}\x}}%
  \expandafter\let\csname TU+\f\endcsname\@empty}
\makeatother
"""


def head() -> str:
    """The class and packages with which every document begins: what a format can hold."""
    tex = EditionDocument().dumps()
    last = r"\usepackage{edition-grid}%"
    return str(tex[: tex.index(last) + len(last)]) + "\n"


def format_source() -> str:
    """The document that dumps a format with :func:`head` in it."""
    return f"{_BEFORE_FORMAT}{head()}\\dump\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class TexSource:
    """A finished document: its text, and the box of each number in it."""

    tex: str
    boxes: tuple[SetBox, ...]

    @property
    def on_format(self) -> str:
        """The document as it is set on the dumped format; empty where it does not begin alike."""
        begin = head()
        if not self.tex.startswith(begin):
            return ""
        return "\\EDafterformat%\n" + self.tex[len(begin) :]

    @property
    def files(self) -> dict[str, Path]:
        """Pictures and finished pages to copy into the working folder, by name there."""
        return {name: path for box in self.boxes for name, path in box.files}


def style_tex(style: Style) -> str:
    """What ``\\EDstyle`` stores for a style. Raises ``ValueError`` for a name TeX can't bear."""
    if not _STYLE_NAME.match(style.name):
        raise ValueError(f"style name {style.name!r}: letters, figures, '-' and '.' only")
    parts = [
        rf"\EDgrid{{{style.size:.3f}pt}}{{{style.leading:.3f}pt}}{{{style.first:.3f}pt}}",
        rf"\EDmargins{{{style.left * style.size:.3f}pt}}{{{style.right * style.size:.3f}pt}}"
        rf"{{{style.indent * style.size:.3f}pt}}",
    ]
    if style.align != "justify":
        parts.append(rf"\ED{style.align}")
    if style.weight == "bold":
        parts.append(r"\bfseries")
    if style.shape == "italic":
        parts.append(r"\itshape")
    return "".join(parts)


def fonts(document: EditionDocument, faces: Faces, used: str | None = None) -> None:
    """Declare the families; where ``used``, the TeX to be set, is known, those that it has no
    command for are left out, as each takes time to load. TeX's ligatures are off: they are not
    the editor's text."""
    document.declare("setmainfont", _file(faces.en.regular), options=_family(faces.en, "TeXOff"))
    document.declare("setCJKmainfont", _file(faces.zh.regular), options=_family(faces.zh))
    if used is None or r"\EDhei" in used or r"\EDterm" in used:
        document.declare("setCJKfamilyfont", "edhei", _file(faces.zh_sans.regular),
                         options=_family(faces.zh_sans))  # fmt: skip
    if used is None or any(one in used for one in (r"\EDborrow", r"\EDdash", r"\EDhandot")):
        document.declare("newfontfamily", r"\EDhan", _file(faces.zh.regular),
                         options=_family(faces.zh, "TeXOff"))  # fmt: skip
    _spares(document, faces, used)
    if used is None or r"\EDcode" in used:  # of the same package of fonts as the usual text face
        document.declare("newfontfamily", r"\EDmono", "texgyrecursor-regular.otf",
                         options="BoldFont=texgyrecursor-bold.otf,ItalicFont=texgyrecursor-italic.otf,"
                         "Ligatures=TeXOff,Scale=MatchLowercase")  # fmt: skip
    document.declare("xeCJKDeclareCharClass", "CJK", _HAN_CLASS)
    document.declare("xeCJKDeclareCharClass", "FullRight", '"22EF')  # ⋯ as …
    document.declare("xeCJKsetwidth", "^^^^00b7", "1em")  # 格雷戈里·塔西: a full width
    document.declare("xeCJKsetup", "PunctStyle=quanjiao,CJKspace=false,xCJKecglue=false")
    if faces.centred:  # the blanks on both sides of the point give, not that behind it alone
        document.declare("xeCJKsetup", "MiddlePunct+={，。、；：？！}")


def _spares(document: EditionDocument, faces: Faces, used: str | None) -> None:
    """Declare the spare faces that are used, a word's with its script: shapes depend on it."""
    called = set(_BY_FACE.findall(used or ""))
    for spare in faces.others:
        file = _file(spare.family.regular)
        scripts = {script for name, script in called if name == spare.name}
        for script in sorted(scripts) if used is not None else [""]:
            options = _family(spare.family, "TeXOff")
            options = f"Script={script},{options}" if script else options
            document.declare("newfontfamily", rf"\EDface{spare.name}{script}", file,
                             options=options)  # fmt: skip
            if script:  # as a style that sets names in capitals calls it
                document.preamble.append(raw(
                    rf"\let\EDface{spare.name}{script.upper()}\EDface{spare.name}{script}"
                ))  # fmt: skip
        if used is None or rf"\EDglyph{{{spare.name}}}" in used:
            document.declare("setCJKfamilyfont", f"ed{spare.name}", file,
                             options=_family(spare.family))  # fmt: skip
    if used is None or r"\EDrtl{" in used or r"\EDturn{}" in used:
        document.preamble.append(raw(r"\TeXXeTstate=1\relax"))


def _file(face: Face) -> str:
    return Path(face.path).name


def _family(family: Family, ligatures: str = "") -> str:
    options = [f"Path={Path(family.regular.path).parent.as_posix()}/"]
    if ligatures:
        options.append(f"Ligatures={ligatures}")
    for name, face in (
        ("Upright", family.regular),
        ("Bold", family.bold),
        ("Italic", family.italic),
        ("BoldItalic", family.bold_italic),
    ):
        if name != "Upright":  # named by the command itself; twice, fontspec finds neither
            options.append(f"{name}Font={_file(face)}")
        if face.path.endswith((".ttc", ".otc")):
            options.append(f"{name}Features={{FontIndex={face.index}}}")
    return ",".join(options)


def preamble(
    layout: Layout, faces: Faces, styles: Iterable[str], used: str | None = None
) -> EditionDocument:
    """A document that knows the page, ``styles`` and the fonts: all, or those ``used`` by TeX."""
    document = EditionDocument()
    fonts(document, faces, used)
    for length, points in _page(layout.geometry).items():
        document.preamble.append(raw(rf"\{length}={points}\relax"))
    for name in sorted(set(styles)):
        document.declare("EDstyle", name, style_tex(layout.styles[name]))
    return document


def base(faces: Faces) -> str:
    """What every document with these faces begins with, whatever its page."""
    document = EditionDocument()
    fonts(document, faces)
    return str(document.dumps())


def _page(geometry: Geometry) -> Mapping[str, str]:
    return {
        # graphicx sets the page from these
        "paperwidth": f"{geometry.paper_width:.3f}pt",
        "paperheight": f"{geometry.paper_height:.3f}pt",
        "pdfpagewidth": f"{geometry.paper_width:.3f}pt",
        "pdfpageheight": f"{geometry.paper_height:.3f}pt",
        "hoffset": "-1in",
        "voffset": "-1in",
    }


def measuring(boxes: Sequence[SetBox], layout: Layout, faces: Faces) -> TexSource:
    """The document that measures ``boxes``; box ``n`` of its results is ``boxes[n]``."""
    used = "".join(box.tex for box in boxes)
    document = preamble(layout, faces, (box.style for box in boxes), used)
    document.preamble.append(raw(_SHIP_LINES))
    document.add("EDopen", POSITIONS)
    for number, box in enumerate(boxes):
        document.append(Measured(number, box))
    document.add("EDclose")
    return TexSource(tex=document.dumps(), boxes=tuple(boxes))


class Label(NamedTuple):
    """Something small that only the plan knows, as TeX: a number of a note, a folio, a running
    head."""

    style: str
    tex: str


def labelling(labels: Sequence[Label], layout: Layout, faces: Faces) -> TexSource:
    """The document that sets ``labels``; label ``n`` of its results is ``labels[n]``."""
    used = "".join(label.tex for label in labels)
    document = preamble(layout, faces, (label.style for label in labels), used)
    document.preamble.append(raw(_SHIP_LINES))
    document.add("EDopen", POSITIONS)
    for number, label in enumerate(labels):
        document.append(raw(rf"\EDlabelbox{{{number}}}{{{label.style}}}{{{label.tex}}}"))
    document.add("EDclose")
    return TexSource(tex=document.dumps(), boxes=())
