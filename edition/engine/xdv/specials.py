"""Which specials of an XDV file a driver may meet: those that draw, and pictures that the build
laid beside the file. A driver follows others to any file of the machine (``pdf:fstream``,
``pdf:mapfile``), or to a program (``dvipdfmx:config``).

Source: ``spc_pdfm.c``, ``spc_xtx.c``, ``spc_color.c``, ``spc_misc.c`` of dvipdfmx.
"""

from __future__ import annotations

import re

from edition.engine.xdv.opcodes import XdvError


class ForeignError(XdvError):
    """A special that names a file which the build did not write, or that nobody knows."""


_PDF = frozenset(
    b"pagesize btrans begintransform bt etrans endtransform et code literal content bcontent"
    b" begincontent econtent endcontent bop eop bcolor begincolor setcolor bc sc scolor ecolor"
    b" endcolor ec bgcolor bg bgray egray begingray endgray dest destination ann annot annotation"
    b" bann beginann bannot eann endann eannot nobreak article art bead thread out outline docinfo"
    b" docview names put obj object close stream bxobj beginxobj exobj endxobj uxobj usexobj"
    b" trailerid majorversion minorversion link nolink xannot xannotation".split()
)
_XETEX = frozenset(
    b"gsave grestore scale rotate textcolor textcolorpush textcolorpop textcolour"
    b" rulecolor rulecolorpush rulecolorpop colorpush colorpop backgroundcolor backgroundcolour"
    b" bgcolor beginclip endclip clipoverlay initoverlay".split()
)
_COMMAND = re.compile(rb"\s*(pdf|x):\s*([A-Za-z]+)(?![A-Za-z])")
_PLAIN = re.compile(rb"\s*(?:color\s|background\s|papersize[ =]|src:|ED:)")
# a picture, by a plain name in the folder of the file
_PICTURE = re.compile(
    rb"\s*pdf:\s*(?:image|epdf)\s(?:[^()]*\s)?\((?:\./)?([A-Za-z0-9_-][A-Za-z0-9._-]*)\)\s*"
)
# in a file of a version that cannot be read as a whole
_NAMING = re.compile(
    rb"(?i)pdf:\s*(?:fstream|map(?:file|line)|tounicode|encrypt|loadtype|(?:image|epdf)[^()]{0,400}"
    rb"\((?!(?:\./)?[A-Za-z0-9_-][A-Za-z0-9._-]*\)))"
    rb"|x:\s*fontmap|dvipdfmx:|ps(?:file=|:\s*plotfile)|html:|header="
)


def check(text: bytes) -> None:
    """Raise :class:`ForeignError` for a special that a driver must not meet."""
    command = _COMMAND.match(text)
    if command:
        known = _PDF if command[1] == b"pdf" else _XETEX
        harmless = command[2] in known
    else:
        harmless = _PLAIN.match(text) is not None
    if not harmless and not _PICTURE.fullmatch(text):
        raise ForeignError(
            f"the special “{text[:80].decode('ascii', 'replace')}” is not the build's"
        )


def check_raw(data: bytes) -> None:
    """The same for a file whose operations cannot be told apart."""
    met = _NAMING.search(data)
    if met:
        raise ForeignError(f"“{met[0][:80].decode('ascii', 'replace')}” is not the build's")
