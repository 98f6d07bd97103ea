"""TeX in values as text: accents and symbols as characters, formulas as they are printed."""

from __future__ import annotations

import re
from functools import lru_cache

from edition.bibliography.values.commands import meant

_SPACE = re.compile(r"\s+")
_CASE = re.compile(r"[{}]")
# commands whose argument is the text; the decoder would drop some of them with it
_STYLED = re.compile(
    r"\\(?:textit|textbf|textsc|textsf|texttt|textrm|textup|emph|mkbibquote|mkbibemph|enquote"
    r"|textnormal|uppercase|lowercase|mbox|url)\s*(?=\{)"
)


# a formula: with a sign of TeX in it, or short and without a space; from $5 to $6 is none
_MATH = re.compile(
    r"(?<!\\)\$(?:([^$]*[_^\\][^$]*|[^\s\d$][^\s$]{0,11})(?<!\\)\$|(\d[^\s$]{0,5})\$(?!\d))"
)
_ENDS_IN_COMMAND = re.compile(r"\\[A-Za-z]+$")
_RAISED = re.compile(r"([_^])(?:\{([^{}]*)\}|([^{}\\]))")


def unmath(value: str) -> str:
    """A value with its formulas as text: H$_2$O with a subscript, $x$ without its dollars. What is
    no formula, as in “from $5 to $6”, stays."""
    if "$" not in value:
        return value
    return _MATH.sub(_formula, value)


def _formula(found: re.Match[str]) -> str:
    formula = found[1] or found[2]
    # $\mu$m: what follows is no part of the command's name
    end = "{}" if _ENDS_IN_COMMAND.search(formula) else ""
    return _RAISED.sub(_raised, formula) + end


def _raised(found: re.Match[str]) -> str:
    name = {"_": "textsubscript", "^": "textsuperscript"}[found[1]]
    raised = found[2] or found[3] or ""
    if raised[:1] == "-" and raised[1:].isdecimal():
        raised = "\N{MINUS SIGN}" + raised[1:]
    return rf"\{name}{{{raised}}}"


@lru_cache(maxsize=1)
def _decoder() -> object:
    from bibtexparser.middlewares import LatexDecodingMiddleware

    return LatexDecodingMiddleware(keep_braced_groups=True, keep_math_mode=True)


def plain(value: str) -> str:
    """The text of a value: TeX's accents and symbols as characters, braces left out, ``~`` as a
    space. Only values with a backslash are given to the decoder, which is slow."""
    if "\\" in value:
        value = decoded(meant(_STYLED.sub("", value))[0])
    value = _CASE.sub("", value)
    if "://" not in value:
        value = value.replace("~", " ")
    return _SPACE.sub(" ", value).strip()


@lru_cache(maxsize=20_000)
def decoded(value: str) -> str:
    """TeX's accents and symbols as characters; braces stay."""
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import Field as BlockField

    decoder = _decoder()
    block = Block("article", "key", [BlockField("title", value)])
    done = decoder.transform_entry(block, None)  # type: ignore[attr-defined]
    fields = getattr(done, "fields_dict", {})
    return str(fields["title"].value) if "title" in fields else value
