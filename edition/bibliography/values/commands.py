"""TeX's commands in a value that the decoder would lose: what they mean, as far as print goes.

The decoder knows accents, Greek and punctuation, drops a command that it does not know, and some
that it knows with their argument. Here such commands become characters, plain groups, or commands
that are kept; the rest is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_SIGNS = {
    "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX", "XeTeX": "XeTeX",
    "XeLaTeX": "XeLaTeX", "LuaTeX": "LuaTeX", "LuaLaTeX": "LuaLaTeX", "pdfTeX": "pdfTeX",
    "ConTeXt": "ConTeXt", "MF": "METAFONT", "MP": "MetaPost", "AmS": "AMS", "AMS": "AMS",
    "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™",
    "S": "§", "textsection": "§", "P": "¶", "textparagraph": "¶", "dag": "†", "textdagger": "†",
    "ddag": "‡", "textdaggerdbl": "‡", "pounds": "£", "textsterling": "£", "euro": "€",
    "texteuro": "€", "EUR": "€", "textyen": "¥", "textcent": "¢", "textnumero": "№",
    "textasteriskcentered": "*", "textbackslash": "/", "slash": "/", "textdegree": "°",
    "degree": "°", "textmu": "µ", "textperthousand": "‰", "sim": "∼", "textasciitilde": "~",
    "textperiodcentered": "·", "cdot": "·", "textbullet": "•", "bullet": "•",
}  # fmt: skip
# their argument is the text
_GROUPS = frozenset((
    "texttt", "textsf", "textrm", "textup", "textnormal", "textmd", "textsl", "mbox", "hbox",
    "url", "path", "nolinkurl", "mathrm", "mathit", "mathbf", "mathsf", "mathtt", "mathcal",
    "mathbb", "text", "operatorname", "ensuremath", "uppercase", "lowercase", "MakeUppercase",
    "MakeLowercase", "enquote", "protect", "nobreakdash", "bibinfo", "natexlab", "ignorespaces",
    "unskip", "relax", "newblock", "penalty", "selectfont", "normalfont", "rm", "tt", "sf",
    "null", "noindent", "par", "break", "newline", "linebreak", "hfill", "hskip", "break",
    "allowbreak", "nobreak", "left", "right", "displaystyle", "hyp", "hyphen",
))  # fmt: skip
# {\em words}: the command that says the same of a group
_SWITCHES = {"em": "emph", "it": "textit", "itshape": "textit", "sl": "textit", "bf": "textbf",
             "bfseries": "textbf", "sc": "textsc", "scshape": "textsc"}  # fmt: skip

_COMMAND = re.compile(r"\\([A-Za-z]+)\s*(?:\{\})?")
_SWITCH = re.compile(r"\{\\(" + "|".join(_SWITCHES) + r")(?![A-Za-z])\s*")
_HREF = re.compile(r"\\href\s*\{[^{}]*\}\s*(?=\{)")
# sorting keys of old styles: \noopsort{1973b}1973 prints 1973
_SORTING = re.compile(r"\\(?:noopsort|sortnoop|SortNoop)\s*\{[^{}]*\}")


def meant(value: str, kept: Iterable[str] = ()) -> tuple[str, tuple[str, ...]]:
    """``value`` as the decoder can be given it, and the names of commands that nobody knows, which
    are left out while their arguments stay. Commands in ``kept`` stay as they are."""
    if "\\" not in value:
        return value, ()
    stays = frozenset(kept)
    value = _SORTING.sub("", _HREF.sub("", value))
    value = _SWITCH.sub(lambda found: rf"\{_SWITCHES[found[1]]}{{", value)
    unknown: list[str] = []

    def word(found: re.Match[str]) -> str:
        name = found[1]
        if name in _SIGNS:
            spaced = not found.group().endswith("}") and found.group()[-1:].isspace()
            return _SIGNS[name] + (" " if spaced and name.endswith("TeX") else "")
        if name in stays or name in _SWITCHES.values():
            return found.group()
        if name in _GROUPS:
            return ""
        if not _known(name):
            unknown.append(name)
            return ""
        return found.group()

    return _COMMAND.sub(word, value), tuple(dict.fromkeys(unknown))


@lru_cache(maxsize=2000)
def _known(name: str) -> bool:
    """Whether the decoder makes something of a command and loses nothing of what follows it."""
    from edition.bibliography.values.tex import decoded

    if name in ("frac", "sqrt", "binom"):  # of several arguments
        return True
    made = decoded(rf"\{name}{{Xy}}")
    return made not in ("Xy", "{Xy}") and "y" in made and "<cit.>" not in made
