"""XDV, what XeTeX writes before a driver makes a PDF of it, as values.

A *line* is what one page of such a file holds between its first and its last byte: moves, font
selections, glyphs, rules, specials. Lines that :func:`read` gives name their fonts by what the
font is, and not by the order in which a run met it: so lines of several runs can stand on one page
of a file that :class:`XdvWriter` puts together. Lengths are scaled points (65,536 to a point).
"""

from edition.engine.xdv.opcodes import INCH, VersionError, XdvError
from edition.engine.xdv.reading import (
    Shipped,
    Slot,
    XdvLine,
    XdvWord,
    check,
    font_file,
    font_size,
    letters,
    read,
)
from edition.engine.xdv.specials import ForeignError
from edition.engine.xdv.writing import (
    Part,
    XdvWriter,
    at,
    code,
    end_of_glyphs,
    filled,
    last_glyph,
    rule,
    space_before,
)

__all__ = [
    "INCH", "ForeignError", "Part", "Shipped", "Slot", "VersionError", "XdvError", "XdvLine",
    "XdvWord", "XdvWriter", "at", "check", "code", "end_of_glyphs", "filled", "font_file",
    "font_size", "last_glyph", "letters", "read", "rule", "space_before",
]  # fmt: skip
