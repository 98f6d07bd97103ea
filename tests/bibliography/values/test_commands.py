"""TeX in a value prints as what it means, or is named; it never vanishes."""

from __future__ import annotations

import pytest

from edition.bibliography.values.commands import meant
from edition.bibliography.values.tex import plain, unmath


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (r"The {\LaTeX} and \TeX{} books", "The LaTeX and TeX books"),
        (r"\TeX book", "TeX book"),
        (r"{\em Rosa} and {\bf b} and {\it\ss}", "Rosa and b and ß"),
        (r"\texttt{a_b} \textsf{x} \mbox{y}", "a_b x y"),
        (r"\noopsort{1973b}1973", "1973"),
        (r"\href{http://example.org}{words}", "words"),
        (r"\copyright{} 2000, \S5, \pounds3, 20\textdegree C", "© 2000, §5, £3, 20°C"),
        (r"{\'E}t\'e \c{c} na\"{\i}ve \O{}", "Été ç naïve Ø"),
        (r"\unheard{words} of", "words of"),
    ],
)
def test_commands_print_what_they_mean(value: str, text: str) -> None:
    assert plain(value) == text


def test_what_nobody_knows_is_named_once_and_its_words_stay() -> None:
    value, unknown = meant(r"\odd{a} \odd{b} \stranger c \alpha \textit{d} \cite{k}", ("textit",))
    assert unknown == ("odd", "stranger", "cite")
    assert value.split() == ["{a}", "{b}", "c", r"\alpha", r"\textit{d}", "{k}"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("H$_2$O", r"H\textsubscript{2}O"),
        ("$10^{-3}$", "10\\textsuperscript{\u22123}"),
        (r"$\mu$m and $\sim$5", r"\mu{}m and \sim{}5"),
        ("$x$ and $1$", "x and 1"),
        ("from $5 to $6, US$5/A$6", "from $5 to $6, US$5/A$6"),
        (r"\$5 and \$6", r"\$5 and \$6"),
    ],
)
def test_formulas_are_told_from_prices(value: str, text: str) -> None:
    assert unmath(value) == text
