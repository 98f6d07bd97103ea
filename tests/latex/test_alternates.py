"""Which font sets what: words in one font, scripts that are shaped as a whole, right to left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.engine import glyphs
from edition.engine.glyphs import PrintedRun
from edition.engine.twins import said, stem
from edition.latex.alternates import How, pieces, right_to_left
from edition.latex.described import described
from edition.latex.escape import escape, unset
from edition.latex.faces import Coverage, Face, Faces, Family, Spare
from edition.latex.tokens import Close, Token
from edition.latex.turning import Turned, turned
from edition.model import Lang, Strong, Styled, Text, plain
from edition.proof.pagetext import in_order
from edition.source import SourceFile

FAMILY = Family(regular=Face("a.otf"), bold=Face("a.otf"), italic=Face("a.otf"),
                bold_italic=Face("a.otf"))  # fmt: skip


def covering(*ranges: tuple[int, int]) -> Coverage:
    return Coverage.of(code for first, last in ranges for code in range(first, last + 1))


def spare(name: str, *ranges: tuple[int, int], han: bool = False, late: bool = True) -> Spare:
    return Spare(name=name, family=FAMILY, has=covering(*ranges), han=han, late=late)


LATIN = (0x20, 0x7E)
TWIN = spare("X", han=True)
FACES = Faces(
    zh=FAMILY, zh_sans=FAMILY, en=FAMILY, identity="",
    han=covering(LATIN, (0x3000, 0x303F), (0x4E00, 0x9FFF), (0xFF00, 0xFFEF), (0x1C0, 0x1DC),
                 (0x2190, 0x2193)),
    latin=covering(LATIN, (0xA0, 0x17F), (0x391, 0x393)),
    spares=(
        spare("A", LATIN, (0xA0, 0x2FF), (0x300, 0x3FF), (0x1F00, 0x1FFF), late=False),
        spare("B", LATIN, (0x590, 0x5FF)),
        spare("C", LATIN, (0x600, 0x6FF)),
        spare("D", (0x900, 0x97F)),
        spare("E", (0xF00, 0xFFF)),
        spare("F", (0x1F600, 0x1F64F)),
        spare("G", (0x20000, 0x2A6DF), han=True),
    ),
    twins={"\u2ecc": TWIN, "\u2f00": None},
)  # fmt: skip


def shown(text: str) -> list[tuple[str, How, str]]:
    return [(text[one.start : one.end], one.how, one.face) for one in pieces(text, FACES)]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("plain 院", [("plain 院", How.OWN, "")]),
        # all letters of a word in one face, though the first is in the Latin font
        ("the Γλῶσσα!", [("the ", How.OWN, ""), ("Γλῶσσα", How.LETTERS, "A"), ("!", How.OWN, "")]),
        ("ʈʂʰəŋ", [("ʈʂʰəŋ", How.LETTERS, "A")]),
        ("x\u0323\u0304", [("x\u0323\u0304", How.LETTERS, "A")]),
        ("go → 院", [("go ", How.OWN, ""), ("→", How.BORROWED, ""), (" 院", How.OWN, "")]),
        ("字\U00020000", [("字", How.OWN, ""), ("\U00020000", How.HAN, "G")]),
        ("\u2ecc\u2f00", [("\u2ecc", How.HAN, "X"), ("\u2f00", How.TOLD, "")]),
        ("नमस्ते x", [("नमस्ते", How.WORD, "DDevanagari"), (" x", How.OWN, "")]),
        ("བོད་ཡིག", [("བོད་", How.WORD, "ETibetan"), ("ཡིག", How.WORD, "ETibetan")]),
        ("(שלום)", [("(", How.OWN, ""), ("שלום", How.WORD, "BHebrew"), (")", How.OWN, "")]),
        ("א (ב) ג", [("א", How.WORD, "BHebrew"), (" (", How.OWN, ""), ("ב", How.WORD, "BHebrew"),
                     (") ", How.OWN, ""), ("ג", How.WORD, "BHebrew")]),
        ("\U0001f60e\ufe0f.", [("\U0001f60e\ufe0f", How.SIGN, "F"), (".", How.OWN, "")]),
        ("葛\U000e0100", [("葛\U000e0100", How.OWN, "")]),
        ("\ue000", [("\ue000", How.OWN, "")]),
    ],
)  # fmt: skip
def test_each_piece_of_a_text_has_its_face(text: str, right: list[tuple[str, How, str]]) -> None:
    assert shown(text) == right


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_pieces_leave_nothing_out_and_repeat_nothing(text: str) -> None:
    ends = [0]
    for piece in pieces(text, FACES):
        assert piece.start == ends[-1] < piece.end
        ends.append(piece.end)
    assert ends[-1] == len(text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("a שלום b", ["שלום"]),
        ("a שלום עולם, b", ["שלום עולם"]),  # what stands at the end is of the line around it
        ("a בשנת 1948 היה b", ["בשנת 1948 היה"]),
        ("a (פרק א, פסוק 12) b", ["פרק א, פסוק 12"]),
        ("in 12 אב", ["אב"]),
        ("one אב two גד", ["אב", "גד"]),
        ("السلام عليكم", ["السلام عليكم"]),
        ("plain", []),
    ],
)
def test_words_from_right_to_left_are_one_run(text: str, right: list[str]) -> None:
    assert [text[start:end] for start, end in right_to_left(text)] == right


def test_a_run_from_right_to_left_is_turned_as_a_whole() -> None:
    tex = escape("a אב גד, b", "en", FACES)
    assert tex == r"a \EDrtl{\EDword{BHebrew}{אב} \EDword{BHebrew}{גד}}, b"
    assert escape("(אב 12) b", "en", FACES) == r"(\EDrtl{\EDword{BHebrew}{אב} 12}) b"
    # brackets between the words are mirrored, figures are not turned
    tex = escape("a אב (גד) 12, הו.", "en", FACES)
    assert tex == (
        r"a \EDrtl{\EDword{BHebrew}{אב} )\EDword{BHebrew}{גד}( 12, \EDword{BHebrew}{הו}}."
    )


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        (["a", "םולש", "b"], "aשלוםb"),
        (["a", "(םלוע", "םולש),"], "a(שלום עולם),"),
        (["a", "היה", "1948", "תנשב", "b"], "aבשנת 1948 היהb"),
        (["a", "ג", "(ב)", "א", "b"], "aא (ב) גb"),
        (["a", "בא", "b", "דג"], "aאבbגד"),
        (["one", "two"], "onetwo"),
    ],
)
def test_words_are_read_back_as_they_were_written(seen: list[str], read: str) -> None:
    assert in_order(seen).replace(" ", "") == read.replace(" ", "")


def test_what_glyphs_do_not_say_is_told() -> None:
    assert escape("ने", "en", FACES) == r"\EDsaid{DDevanagari}{FEFF09280947}{ने}"
    assert (
        escape("一\u2f00一", "zh", FACES) == "一\\CJKglue{}\\EDtold{FEFF2F00}{\u2f00}\\CJKglue{}一"
    )


def test_a_box_keeps_its_distance_from_han() -> None:
    assert escape("西ནང。", "zh", FACES) == (r"西\CJKecglue{}\EDsaid{ETibetan}{FEFF0F530F44}{ནང}。")


@given(
    st.text(alphabet="a12 (),.{\u05d0\u05b8\u0634\u0928\u0f56\u0f0b\u4e00\u2f00\u0393\u2ecc\\",
            max_size=30),
    st.sampled_from(["zh", "en"]), st.booleans(),
)  # fmt: skip
def test_groups_are_closed_in_any_mixture(text: str, lang: Lang, turned: bool) -> None:
    tex = escape(text, lang, FACES, turned=turned).replace(r"\{", "").replace(r"\}", "")
    assert tex.count("{") == tex.count("}")
    for letter in "\u05d0\u0634\u0928\u0f56\u4e00\u0393":
        assert tex.count(letter) == text.count(letter)


def test_a_run_is_turned_across_a_mark() -> None:
    tokens: list[Token] = ["the verb אב ", Close("|"), "(גד), b"]
    shown = [one.tex if isinstance(one, Close) else one for one in turned(tokens)]
    assert shown == ["the verb ", r"\EDturn{}", "אב ", "|", "(גד", r"\EDback{}", "), b"]
    assert [type(one) for one in turned(tokens)][2::2] == [Turned, Turned, str]
    alone: list[Token] = ["one אב", Close("|"), " two"]
    assert turned(alone) == alone  # within one piece it is turned there


def test_what_no_font_has_is_described() -> None:
    span = SourceFile("text.md", "x").whole()
    rare = Styled((Text("\U00031350", span),), (), (("ids", "⿰火良"),), span)
    known = Styled((Text("院", span),), (), (("ids", "⿰阝完"),), span)
    unknown = Strong((Styled((), (), (("ids", "⿱一丁"),), span),), span)
    assert plain(described((rare, known, unknown), FACES)) == "〔⿰火良〕院〔⿱一丁〕"


def test_a_selector_of_a_variant_prints_nothing() -> None:
    assert escape("葛\U000e0100飾", "zh", FACES) == "葛飾"


# --- what no font has -----------------------------------------------------------------------


def found(text: str) -> dict[str, tuple[str, str, str]]:
    span = SourceFile("text.md", text).whole()
    told = glyphs.check([PrintedRun(text, span, "i.1"), PrintedRun(text, span, "i.2")], FACES)
    return {one.fact.partition(":")[0]: (one.code.id, one.place, one.hint) for one in told}


def test_what_no_font_has_is_one_finding_a_script_with_its_package() -> None:
    told = found("ไทยไทย and 𪜀𪜁, \ue000")
    assert set(told) == {
        "no font of the edition has Thai", "no font of the edition has Han, extension C",
        "no font of the edition has private use",
    }  # fmt: skip
    assert told["no font of the edition has Thai"][:2] == ("FNT001", "text.md:1:1")
    assert "fonts-noto-core" in told["no font of the edition has Thai"][2]
    assert "fonts-hanazono" in told["no font of the edition has Han, extension C"][2]
    assert "ids=" in told["no font of the edition has private use"][2]


def test_FNT005_a_variant_that_is_not_printed() -> None:
    told = found("葛\U000e0100飾")
    assert next(iter(told.values()))[:2] == ("FNT005", "text.md:1:1")
    assert found("\U0001f60e\ufe0f") == {}


# --- characters that share a glyph ----------------------------------------------------------


def test_a_shared_glyph_says_the_commonest_character() -> None:
    told = said(("\u2026\u22ef", "\u301c\uff5e", "\u2f00\u4e00", "\u2460\u2780", "\u2012\u2013"))
    assert told["\u22ef"] == "…"
    assert told["\u301c"] == "～"
    assert told["\u2f00"] == "一"
    assert told["\u2780"] == "①"
    assert told["\u2012"] == "–"
    assert told["ﬃ"] == "ffi"
    assert "…" not in told


def test_faces_of_a_family_have_one_stem() -> None:
    assert stem("TeXGyrePagella-BoldItalic") == stem("TeXGyrePagella-Regular") == "TeXGyrePagella"


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("\U0001f60e\u0ecb", "\u0ecb"),  # a sign of a spare face, a mark that no face has
        ("→\u0301", "\u0301"),  # of the Chinese font
        ("字\u0ecb", "\u0ecb"),
        ("\U00020000\u0301", "\u0301"),
        ("\u2ecc\u0301", "\u0301"),  # of a face that says it right
        ("ʈ\u0301", ""),
        ("\U0001f60e\ufe0f → א字", ""),
    ],
)
def test_a_mark_that_the_font_of_its_sign_lacks_is_told(text: str, lacking: str) -> None:
    assert unset(text, FACES) == frozenset(lacking)


def test_a_sign_goes_to_the_face_that_has_its_mark_too() -> None:
    faces = replace(FACES, spares=(spare("P", (0x25DD, 0x25DD)),
                                   spare("Q", (0x25DD, 0x25DD), (0xECB, 0xECB))))  # fmt: skip
    assert [one.face for one in pieces("◝\u0ecb", faces)] == ["Q"]
    assert [one.face for one in pieces("◝", faces)] == ["P"]
