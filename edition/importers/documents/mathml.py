"""MathML → a formula on one line: a/b, x^2, √(a)."""

from __future__ import annotations

from edition.importers.documents.xml import Element, local

_SCRIPTS = {"msub": "_", "munder": "_", "msup": "^", "mover": "^"}


def linear_mathml(element: Element) -> str:
    """The formula in ``element``, a part with several signs in parentheses where it is raised,
    lowered, or above or below a line."""
    name = local(element)
    parts = [one for one in element if isinstance(one.tag, str)]
    said = [linear_mathml(one) for one in parts]
    match name, said:
        case "annotation" | "annotation-xml", _:
            return ""
        case "mfrac", [above, below]:
            return f"{_grouped(above)}/{_grouped(below)}"
        case "msub" | "munder" | "msup" | "mover", [base, script]:
            return f"{_grouped(base)}{_SCRIPTS[name]}{_grouped(script)}"
        case "msubsup" | "munderover", [base, low, high]:
            return f"{_grouped(base)}_{_grouped(low)}^{_grouped(high)}"
        case "msqrt", _:
            return f"√{_grouped(''.join(said))}"
        case "mroot", [base, degree]:
            return f"{degree}√{_grouped(base)}"
        case "mtr", _:
            return ", ".join(said)
        case "mtable", _:
            return "; ".join(said)
        case "mspace", _:
            return " "
        case _:
            return " ".join((element.text or "").split()) + "".join(said)


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"
