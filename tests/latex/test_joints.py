"""Joints between characters: what TeX is told about the ends of lines."""

from __future__ import annotations

from tex_samples import inlines

from edition.latex.inline import Setting, to_tex
from edition.latex.joints import NO, jointed
from edition.latex.tokens import Close, Token
from edition.model import Styled


def test_the_dot_of_a_chinese_name_begins_no_line_in_english_either() -> None:
    made: list[Token] = jointed(["Obama 巴拉克·奧巴馬"], "en")
    at = made.index("奧巴馬")
    assert made[at - 3] == Close(NO)
    assert getattr(made[at - 2], "text", "") == "·", "a box, as it stands in the middle of its room"
    assert [one for one in made if isinstance(one, str)] == ["Obama 巴拉克", "奧巴馬"]


def test_a_dot_between_latin_words_is_left() -> None:
    assert jointed(["x·y, 10 · 20"], "en") == ["x·y, 10 · 20"]


def test_a_space_before_the_stop_parts_no_mark_from_it() -> None:
    """The end of a sentence stands before all marks that close it, as none may begin a line."""
    setting = Setting(lang="zh", mark_width=lambda _: "0pt")
    made = to_tex(inlines("替換成“甲” 。乙"), setting)
    assert r"甲\EDsentence{1}\EDno{}”\EDno{}。" in made


def test_code_sets_what_its_face_lacks_in_that_of_the_text() -> None:
    words = inlines("x ∈ B, ∑ привет")
    code = Styled(children=words, classes=("code",), attrs=(), span=words[0].span)
    tex = to_tex((code,), Setting(lang="en", mark_width=lambda _: "0pt"))
    assert tex == r"\EDcode{x }∈\EDcode{ B, ∑ }привет"
