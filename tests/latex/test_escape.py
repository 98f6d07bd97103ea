"""Any text is printed as itself or refused by name; none of it is ever TeX."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tex_samples import CONFIG, Book, box, layout, stack

from edition.engine.cache import Cache
from edition.engine.measure import measure
from edition.engine.typeset import typeset
from edition.latex.escape import escape, name, refused

HOSTILE = (
    r"\input{/etc/passwd}", "^^5c^^5cinput", "100% of }{", "$x_1^2$ & #1 ~ \\", r"\end{document}",
    "a--b---c ?`!` <<x>> ''y`` ,,z", r"\csname par\endcsname", "{{{{[[[[", "|\"'`@*=+/",
    "\\", "%", "}", "{", "^^M", "^^00", r"\write18{id}", r"\special{pdf:fstream}", "###",
)  # fmt: skip
COMMANDS = re.compile(
    r"\\(?:textbackslash|textasciicircum|textasciitilde|nobreak|EDbreak|EDcut)\{\}|\\[{}$&#_%]"
    r"|\\EDurl\{|\\ED(?:latin|borrow|hyphen)\{|\\-\{\}|\\hskip[\d.]+em\{\}|\\nobreak\\hskip[\d.]+em\{\}"
)


@given(st.text(max_size=200), st.sampled_from(["zh", "en"]))
def test_nothing_in_a_text_is_left_for_tex_to_read(text: str, lang: str) -> None:
    tex = escape(text, lang)  # type: ignore[arg-type]
    rest = COMMANDS.sub("", tex)
    assert not set(rest) & set("\\{$&#_^%\n\r\t\x00")
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", tex)
    groups = tex.replace(r"\{", "").replace(r"\}", "")
    assert groups.count("{") == groups.count("}")


@given(st.text(alphabet="ab \\{}^~%#$&_-'`<>?!,甲乙。", max_size=60))
def test_plain_characters_come_through_in_order(text: str) -> None:
    kept = [one for one in text if one in "abc甲乙。-'`<>?!, "]
    tex = re.sub(r"\\[a-zA-Z]+\{\}|\\[{}$&#_%]", "", escape(text))
    assert [one for one in tex if one in "abc甲乙。-'`<>?!, "] == kept


def test_controls_are_refused_by_name() -> None:
    assert refused("a\u202eb\x00") == ((1, "\u202e"), (3, "\x00"))
    assert refused("plain 小院 — “x”\n\t\u00a0\u00ad\u200b") == ()
    assert name("\u202e") == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert name("\x07") == "U+0007 control character"
    assert escape("a\u202eb\x00c\ud800d") == "abcd"


def test_accents_are_composed_and_han_is_left_alone() -> None:
    assert escape("e\u0301 a\u030c") == "é ǎ"
    assert escape("\uf9dc\u4e0d", "zh") == "\uf9dc\u4e0d"  # a compatibility ideograph


def test_marks_of_both_scripts_follow_their_neighbours() -> None:
    assert escape("China’s 1990–2000", "zh") == r"China\EDlatin{’}s 1990\EDlatin{–}2000"
    assert escape("“引號”——", "zh") == "“引號”——"
    assert escape("China’s", "en") == "China’s"


def test_addresses_may_be_broken_after_slashes_and_points() -> None:
    assert escape("see https://a.org/b_c") == (
        r"see \EDurl{https://\EDbreak{}a.\EDbreak{}org/\EDbreak{}b\_\EDbreak{}c}"
    )
    assert escape("http://a.org/abcdefghijk") == (
        r"\EDurl{http://\EDbreak{}a.\EDbreak{}org/\EDbreak{}"
        r"abc\EDcut{}d\EDcut{}e\EDcut{}f\EDcut{}g\EDcut{}h\EDcut{}ijk}"
    )


@pytest.mark.tex
@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(
        st.text(alphabet=st.sampled_from(list("aZ09 \\{}^~%#$&_-'`\"<>?!,.@|*/[]()=+:;甲乙丙")),
                min_size=1, max_size=24),
        min_size=60, max_size=60,
    )
)  # fmt: skip
def test_hostile_texts_print_as_they_are(tmp_path: Path, texts: list[str]) -> None:
    texts = [*HOSTILE, *(one for one in texts if one.strip())]
    book = Book.of(*(box(f"s{n}", "en", text, width=470) for n, text in enumerate(texts)))
    shape, cache = layout(width=470), Cache(tmp_path / "cache")
    measured = measure(book.boxes, shape, CONFIG, tmp_path, cache)
    assert measured.diagnostics == ()
    plan = stack(book, measured.value, shape)
    done = typeset(book, plan, measured.value, shape, CONFIG, tmp_path)
    assert done.diagnostics == ()
    assert done.value is not None
    printed = subprocess.run(
        ["pdftotext", "-raw", done.value.pdf, "-"], capture_output=True, check=True, text=True
    ).stdout
    got = re.sub(r"\s", "", printed)
    at = 0
    for text in texts:
        wanted = re.sub(r"\s", "", text)
        found = got.find(wanted, at)
        assert found >= 0, (text, got[at : at + 80])
        at = found + len(wanted)
    assert "root:" not in got


def test_no_line_ends_between_a_dash_and_what_closes_after_it() -> None:
    assert escape("a—]b, c–:d", "en") == r"a{\EDnodash —}]b, c{\EDnodash –}:d"
    assert escape("1990–2000—and", "en") == "1990–2000—and"
