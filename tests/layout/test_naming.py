"""Which words of a Chinese text have a line, or 《》."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.config import NameMarks
from edition.latex.faces import Faces
from edition.latex.inline import Setting, to_tex
from edition.layout.naming import Forms, Namer, lines_of, marked
from edition.model import Inlines, Mark, Name, plain
from edition.readers import inline
from edition.readers.passage import Passage
from edition.source import SourceFile

Kind = Literal["person", "place", "body", "work"]


def _name(id: str, zh: str, kind: Kind = "person", *variants: str) -> Name:
    return Name(id, kind, zh, "", SourceFile("names.toml", zh).span(0, len(zh)), variants)


NAMES = (
    _name("wei", "韋長史"), _name("lan", "蘭溪", "place"), _name("yi", "王", "person", "王翁"),
    _name("poems", "蘭溪集", "work"), _name("li", "荔子"), _name("li-book", "荔子", "work"),
    _name("brun", "保羅·布倫"),
)  # fmt: skip
FORMS = Forms.of(NAMES)
ALL = NameMarks(marks="all")


def read(text: str) -> Inlines:
    file = SourceFile("a.zh.md", text)
    inlines, found = inline.read(Passage(file, text, tuple(range(len(text)))))
    assert found == []
    return inlines


def names(text: str) -> list[tuple[str, str]]:
    inlines = read(text)
    whole = plain(inlines)
    return [(one.mark, whole[one.start : one.end]) for one in marked(inlines, FORMS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("韋長史自蘭溪來。", [("n", "韋長史"), ("n", "蘭溪")]),
        ("韋長史蘭溪", [("n", "韋長史"), ("n", "蘭溪")]),
        ("讀蘭溪集於蘭溪", [("t", "蘭溪集"), ("n", "蘭溪")]),
        ("讀《蘭溪集》、〈韋長史傳〉", []),
        ("王翁者，王也", [("n", "王翁")]),
        ("[王]{.name of=yi}也，王也", [("n", "王")]),
        ("[集]{.name of=poems}", [("t", "集")]),
        ("[王制]{.title}曰", [("t", "王制")]),
        ("荔子曰，[荔子]{.title}曰，[荔子]{.name}曰", [("t", "荔子"), ("n", "荔子")]),
        ("[蘭溪]{.term}之水", []),
        ("韋*長*史與**蘭溪**", [("n", "韋長史"), ("n", "蘭溪")]),
        ("[蘭]{ruby=lán}溪", [("n", "蘭溪")]),
        ("保羅·布倫來", [("n", "保羅·布倫")]),
        ("`蘭溪`與[蘭溪](https://example.org/)", [("n", "蘭溪")]),
        ("[訪[蘭溪]{.name}記]{.title}", [("t", "訪蘭溪記")]),
    ],
)
def test_names_are_found_by_their_forms_and_by_spans(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert names(text) == expected


def test_the_first_of_a_section_alone_is_marked_where_that_is_asked() -> None:
    namer = Namer(NAMES, NameMarks(marks="first"))
    said = [lines_of([namer.text(read(text), section)])
            for text, section in (("蘭溪、蘭溪、王翁", "a"), ("[王]{.name of=yi}、蘭溪", "a"),
                                  ("蘭溪", "b"))]  # fmt: skip
    assert [[one.han for one in line] for line in said] == [["蘭溪", "王翁"], [], ["蘭溪"]]
    assert lines_of([namer.note(read("韋長史"))]) == []


def test_titles_have_brackets_where_that_is_asked_and_no_text_else_changes() -> None:
    namer = Namer(NAMES, NameMarks(marks="all", titles="brackets"))
    done = namer.text(read("讀*蘭溪*集、《蘭溪集》於蘭溪"), "a")
    assert plain(done) == "讀《蘭溪集》、《蘭溪集》於蘭溪"
    assert [one.han for one in lines_of([done])] == ["蘭溪"]
    namer = Namer(NAMES, NameMarks(marks="first", titles="brackets"))
    twice = [namer.text(read("蘭溪集、蘭溪"), "a") for _ in range(2)] + [namer.note(read("蘭溪集"))]
    assert [plain(one) for one in twice] == ["《蘭溪集》、蘭溪", "《蘭溪集》、蘭溪", "《蘭溪集》"]
    assert [len(lines_of([one])) for one in twice] == [1, 0, 0]


def test_names_or_titles_alone_are_marked_where_that_is_asked() -> None:
    text = read("讀蘭溪集於蘭溪")
    for asked, expected in (
        (NameMarks(marks="all", names="none"), ["t"]),
        (NameMarks(marks="all", titles="none"), ["n"]),
        (NameMarks(), []),
    ):
        assert [one.mark for one in lines_of([Namer(NAMES, asked).text(text, "a")])] == expected


_PIECES = ("韋長史", "*蘭溪*", "[王]{.name}", "，", "山", "[蘭]{ruby=lán}溪", "「", "保羅·布倫",
           "A1", "《蘭溪集》", "蘭**溪集**")  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=12))
def test_marks_change_no_text_and_each_name_has_one_line(pieces: list[str]) -> None:
    inlines = read("\u3000".join(pieces))
    done = Namer(NAMES, ALL).text(inlines, "a")
    assert plain(done) == plain(inlines)
    found = marked(inlines, FORMS)
    assert [one.mark for one in lines_of([done])] == [one.mark for one in found]


def _tex(text: str, *, note: bool = False) -> str:
    inlines = Namer(NAMES, ALL).text(read(text), "a")
    if note:  # between the first character of a name and its second
        (first, *rest) = read(text[0]), *read(text[1:])
        whole = (*first, Mark("n", first[0].span), *rest)
        inlines = Namer(NAMES, ALL).text(whole, "a")
    faces: Faces | None = None
    return to_tex(inlines, Setting(lang="zh", mark_width=lambda _: "8pt", faces=faces))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("蘭溪來山", r"蘭\EDlineback{n}{1}{0}\EDlineglue{n}\EDlineon{n}{0}{1}溪"),
        ("王，[王]{.name}也山", r"{王\EDlineback{n}{1}{1}\CJKglue{}}也"),
        ("蘭溪", r"蘭\EDlineback{n}{1}{0}\nobreak{}\EDlineglue{n}\EDlineon{n}{0}{1}溪"),
        ("保羅·布倫也", r"\nobreak{}\EDlinebox{n}{0}{0}{·}\EDlineglue{n}\EDlineon{n}{0}{0}布"),
        ("與[Ann Lee]{.name}談", r"與{\CJKecglue{}\EDlinebox{n}{1}{0}{Ann}\EDlinespace{n}"
                                r"\EDlinebox{n}{0}{1}{Lee}\CJKecglue{}}談"),
        ("[蘭]{ruby=lán}溪也", r"\EDlinebox{n}{1}{0}{\EDruby{蘭}{lán}}\EDlineglue{n}"),
    ],
)  # fmt: skip
def test_each_character_of_a_name_has_a_piece_of_its_line(text: str, expected: str) -> None:
    assert expected in _tex(text)


def test_the_line_goes_on_below_the_mark_of_a_note_within_a_name() -> None:
    assert r"\EDlinebar{n}{8pt}\EDmark{1}{8pt}\CJKglue{}\EDlineon{n}{0}{1}溪" in _tex(
        "蘭溪也", note=True
    )
