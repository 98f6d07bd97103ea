"""Code, addresses, subscript and superscript; and what is not taken for them."""

from __future__ import annotations

import pytest

from edition.model import Emph, Inlines, Styled, Text, plain
from edition.readers import inline
from edition.readers.passage import Passage
from edition.source import SourceFile


def read(source: str) -> tuple[Inlines, list[str]]:
    file = SourceFile("a.md", source)
    made, found = inline.read(Passage(file, source, tuple(range(len(source)))))
    return made, [one.code.id for one in found]


def styled(source: str) -> list[tuple[tuple[str, ...], str]]:
    made, found = read(source)
    assert found == []
    return [(one.classes, plain((one,))) for one in made if isinstance(one, Styled)]


@pytest.mark.parametrize(("source", "kind", "text"), [
    ("H~2~O", "sub", "2"), ("x~i,j~", "sub", "i,j"), ("*x*~n~", "sub", "n"), ("β~0~", "sub", "0"),
    ("mc^2^", "sup", "2"), ("the 19^th^ century", "sup", "th"), ("*E*^−1^", "sup", "−1"),
    ("M^me^", "sup", "me"), ("作者^*^", "sup", "*"), ("[2]{.sub}", "sub", "2"),
    ("看 `a*b` 後", "code", "a*b"), ("``a`b``", "code", "a`b"), ("`` `a` ``", "code", "`a`"),
    ("`[x](y) <b> $z$ @k`", "code", "[x](y) <b> $z$ @k"), ("`\\n`", "code", "\\n"),
])  # fmt: skip
def test_signs_become_spans(source: str, kind: str, text: str) -> None:
    assert styled(source) == [((kind,), text)]


@pytest.mark.parametrize("source", [
    "10~20", "約3~5，8~9", "10~20~30", "a ~ b ~ c", "~", "^_^", "2^10", "a^b", "^^5c", "x ^2^",
    "$5 and $6", "$5", "US$10–$20", "$5-$6", "costs 5$ or 6$", "HK$5、US$6", "($5)($6)",
    "AT&T; R&D", "A$ and B$", "a & b; c", "a_b_c", "_", "snake_case_name", "1 == 2", "x~y",
])  # fmt: skip
def test_what_prose_means_by_the_same_signs_is_text(source: str) -> None:
    made, found = read(source)
    assert found == []
    assert plain(made) == source
    assert all(isinstance(one, Text) for one in made)


@pytest.mark.parametrize(("source", "code"), [
    ("$x$", "TXT006"), ("$E=mc^2$", "TXT006"), ("$$a+b$$", "TXT006"), ("$a_i$", "TXT006"),
    ("&nbsp;", "TXT005"), ("&#8212;", "TXT005"), ("&amp;", "TXT005"),
    ("~~gone~~", "TXT026"), ("==marked==", "TXT026"), ("_so_", "TXT026"), ("__so__", "TXT026"),
    ("so^[a note]", "TXT026"), ("[a](b.md)", "TXT006"), ("[a](see there)", "TXT006"),
    ("[a](javascript:x)", "TXT006"), ("![a](https://x.org/a.png)", "TXT006"),
])  # fmt: skip
def test_markup_that_is_not_set_is_never_silent(source: str, code: str) -> None:
    assert read(source)[1] == [code]


@pytest.mark.parametrize(("source", "href", "text"), [
    ("<https://example.org/a_b?x=1&y=*2*#z>", "https://example.org/a_b?x=1&y=*2*#z",
     "https://example.org/a_b?x=1&y=*2*#z"),
    ("https://example.org/a_b%20c?x=1&y=_2_#z", "https://example.org/a_b%20c?x=1&y=_2_#z",
     "https://example.org/a_b%20c?x=1&y=_2_#z"),
    ("doi:10.1000/abc_(1999)12:3", "https://doi.org/10.1000/abc_(1999)12:3",
     "doi:10.1000/abc_(1999)12:3"),
    ("<me@example.org>", "mailto:me@example.org", "me@example.org"),
    ("<doi:10.1000/abc>", "https://doi.org/10.1000/abc", "doi:10.1000/abc"),
    ("[the *page*](https://example.org/a_(b))", "https://example.org/a_(b)", "the page"),
    ('[page](<https://example.org/a b> "title")', "https://example.org/a b", "page"),
    ("[page](www.example.org)", "https://www.example.org", "page"),
    ("[](https://example.org)", "https://example.org", "https://example.org"),
])  # fmt: skip
def test_links(source: str, href: str, text: str) -> None:
    made, found = read(source)
    assert found == []
    [link] = made
    assert isinstance(link, Styled)
    assert "link" in link.classes
    assert dict(link.attrs) == {"href": href}
    assert plain(made) == text
    assert link.span.text == source


@pytest.mark.parametrize(("source", "address"), [
    ("見 https://example.org/a。", "https://example.org/a"),
    ("見https://example.org/a，又", "https://example.org/a"),
    ("(see https://example.org/a_(b)).", "https://example.org/a_(b)"),
    ("see https://example.org/a, and", "https://example.org/a"),
    ("*https://example.org/a*", "https://example.org/a"),
    ('"https://example.org/a"', "https://example.org/a"),
])  # fmt: skip
def test_a_bare_address_ends_before_the_punctuation(source: str, address: str) -> None:
    made, found = read(source)
    assert found == []
    inner = made[0].children if isinstance(made[0], Emph) else made
    [link] = [one for one in inner if isinstance(one, Styled)]
    assert plain((link,)) == dict(link.attrs)["href"] == address


def test_an_escape_within_an_address_leaves_it_text() -> None:
    made, found = read("https://example.org/a\\_b")
    assert (plain(made), found) == ("https://example.org/a_b", [])


def test_asterisks_in_code_and_addresses_open_no_emphasis() -> None:
    made, found = read("*a `b*` c* <https://x.org/*> d")
    assert found == []
    assert isinstance(made[0], Emph)
    assert plain((made[0],)) == "a b* c"


def test_signs_are_escaped() -> None:
    for source, text in (("H\\~2\\~O", "H~2~O"), ("\\`a\\`", "`a`"), ("\\$x\\$", "$x$"),
                         ("\\_a\\_", "_a_"), ("a\\^b\\^", "a^b^")):  # fmt: skip
        made, found = read(source)
        assert (plain(made), found) == (text, [])
