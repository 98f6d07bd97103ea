"""Notes find their places, or say why not."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.anchors import attach, insert_marks
from edition.diagnostics import Diagnostic
from edition.model import (
    Cell,
    Cite,
    Edition,
    Emph,
    Footnote,
    FootnoteRef,
    Inlines,
    Kind,
    Lang,
    Lemma,
    LineBreak,
    Mark,
    Note,
    Pair,
    Presence,
    Ruby,
    Section,
    Segment,
    Strong,
    Styled,
    Table,
    Text,
    plain,
)
from edition.readers import inline
from edition.readers.passage import Passage
from edition.source import SourceFile

Pairs = list[tuple[list[Segment], list[Segment]]]


def inlines(source: str) -> Inlines:
    file = SourceFile("text.zh.md", source)
    made, found = inline.read(Passage(file, source, tuple(range(len(source)))))
    assert not found
    return made


def text(plain_text: str) -> Inlines:
    file = SourceFile("text.zh.md", plain_text)
    return (Text(plain_text, file.whole()),) if plain_text else ()


def segment(lang: Lang, id: str, made: Inlines, **more: object) -> Segment:
    span = made[0].span if made else SourceFile("x", "").whole()
    return Segment(id, True, lang, Kind.PARA, made, span, **more)  # type: ignore[arg-type]


def edition(
    pairs: Sequence[tuple[Sequence[Segment], Sequence[Segment]]], notes: Sequence[Note]
) -> Edition:
    made = tuple(Pair((zh or en)[0].id, "s", tuple(zh), tuple(en)) for zh, en in pairs)
    segments = {(one.lang, one.id): one for zh, en in pairs for one in (*zh, *en)}
    return Edition(sections=(), pairs=made, notes=tuple(notes), segments=segments)


def note(
    at: str = "i.1",
    zh: str | dict[str, object] = "",
    en: str | dict[str, object] = "",
    texts: Mapping[Lang, str] | None = None,
    raw: str = "",
) -> Note:
    lemmas: dict[Lang, Lemma] = {}
    sides: tuple[tuple[Lang, str | dict[str, object]], ...] = (("zh", zh), ("en", en))
    for lang, given_ in sides:
        if given_:
            values = {"exact": given_} if isinstance(given_, str) else dict(given_)
            quote = str(values.pop("exact"))
            file = SourceFile("notes.yaml", raw or f"{{{lang}: {quote}}}")
            start = file.text.index(quote)
            lemmas[lang] = Lemma(quote, file.span(start, start + len(quote)), **values)
    written = texts if texts is not None else dict.fromkeys(lemmas, "說明")
    file = SourceFile("notes.yaml", "- id: n")
    return Note("n", "注", at, lemmas, {k: text(v) for k, v in written.items()}, file.whole())


def run(
    zh: str | Inlines, one: Note, en: str | Inlines = "An English side."
) -> tuple[Edition, tuple[Diagnostic, ...]]:
    sides = [text(side) if isinstance(side, str) else side for side in (zh, en)]
    outcome = attach(
        edition([([segment("zh", "i.1", sides[0])], [segment("en", "i.1", sides[1])])], [one])
    )
    return outcome.value, outcome.diagnostics


def codes(found: Sequence[Diagnostic]) -> list[str]:
    return [one.code.id for one in found]


# --- found -----------------------------------------------------------------------------------


def test_a_lemma_that_stands_once_is_found() -> None:
    made, found = run("作者把小院高牆視為轉向。", note(zh="小院高牆"))
    assert not found
    [anchor] = made.anchors
    assert (anchor.note, anchor.lang, anchor.segment) == ("n", "zh", "i.1")
    assert (anchor.start, anchor.end) == (3, 7)


def test_both_languages_are_treated_alike() -> None:
    made, found = run("小院高牆之議", note(zh="小院高牆", en="small yard"), "The small yard plan")
    assert not found
    assert [(one.lang, one.start, one.end) for one in made.anchors] == [("zh", 0, 4), ("en", 4, 14)]


def test_a_lemma_crosses_markup_citations_and_footnotes() -> None:
    made, found = run(inlines("前[小院]{.term}[@hou2024, 3]*高*[^1]牆後"), note(zh="小院高牆"))
    assert not found
    assert (made.anchors[0].start, made.anchors[0].end) == (1, 5)


def test_offsets_count_code_points_beyond_the_basic_plane() -> None:
    made, _ = run("𠮷野家與𠀀字", note(zh="𠀀字"))
    assert (made.anchors[0].start, made.anchors[0].end) == (4, 6)


@pytest.mark.parametrize(
    ("stands", "asked"), [("the cafe\u0301 by", "café"), ("the café by", "cafe\u0301")]
)
def test_composed_and_decomposed_letters_are_the_same(stands: str, asked: str) -> None:
    made, found = run("甲", note(en=asked), stands)
    assert not found
    anchor = made.anchors[0]
    assert unicodedata.normalize("NFC", stands[anchor.start : anchor.end]) == "café"
    assert stands[anchor.end :] == " by"


def test_offsets_after_a_decomposed_letter_are_those_of_the_source() -> None:
    stands = "e\u0301e\u0301 then word"
    made, _ = run("甲", note(en="word"), stands)
    assert stands[made.anchors[0].start : made.anchors[0].end] == "word"


@pytest.mark.parametrize(
    "given_",
    [
        {"exact": "聯盟", "prefix": "技術"},
        {"exact": "聯盟", "suffix": "與"},
        {"exact": "聯盟", "occurrence": 1},
        {"exact": "聯盟", "prefix": "技術", "occurrence": 1},
    ],
)
def test_prefix_suffix_and_occurrence_tell_places_apart(given_: dict[str, object]) -> None:
    made, found = run("技術聯盟與軍事聯盟。", note(zh=given_))
    assert not found
    assert made.anchors[0].start == 2


def test_space_between_prefix_and_lemma_does_not_count() -> None:
    made, found = run(
        "甲", note(en={"exact": "alliance", "prefix": "tech"}), "an alliance, a tech alliance"
    )
    assert not found
    assert made.anchors[0].start == 20


def test_occurrence_counts_those_that_prefix_and_suffix_leave() -> None:
    made, found = run(
        "新聯盟、舊聯盟、新聯盟", note(zh={"exact": "聯盟", "prefix": "新", "occurrence": 2})
    )
    assert not found
    assert made.anchors[0].start == 9


def test_one_to_many_looks_in_all_aligned_segments() -> None:
    pair = (
        [segment("zh", "i.1", text("中文原句"))],
        [segment("en", "i.1", text("First half")), segment("en", "i.2", text("other half"))],
    )
    made = attach(edition([pair], [note(at="i.1", zh="原句", en="other")]))
    assert not made.diagnostics
    assert [one.segment for one in made.value.anchors] == ["i.1", "i.2"]
    made = attach(edition([pair], [note(at="i.2", zh="原句", en="other")]))
    assert not made.diagnostics
    assert [one.segment for one in made.value.anchors] == ["i.1", "i.2"]


def test_the_named_segment_comes_before_those_aligned_with_it() -> None:
    pair = (
        [segment("zh", "i.1", text("中文"))],
        [segment("en", "i.1", text("half")), segment("en", "i.2", text("half"))],
    )
    for at in ("i.1", "i.2"):
        made = attach(edition([pair], [note(at=at, en="half")]))
        assert not made.diagnostics
        assert [one.segment for one in made.value.anchors] == [at]
    pair = ([segment("zh", "z", text("中文"))], pair[1])
    made = attach(edition([pair], [note(at="z", en="half")]))
    assert codes(made.diagnostics) == ["ANC002"]


def test_anchors_come_in_reading_order() -> None:
    pairs: Pairs = [([segment("zh", f"i.{n}", text("甲乙丙"))], []) for n in (1, 2)]
    notes = [note(at="i.2", zh="甲"), note(at="i.1", zh="丙"), note(at="i.1", zh="乙")]
    made = attach(edition(pairs, notes)).value
    assert [(one.segment, one.end) for one in made.anchors] == [("i.1", 2), ("i.1", 3), ("i.2", 1)]


# --- not found -------------------------------------------------------------------------------


def test_a_fuzzy_lemma_is_an_error_with_candidates_and_a_fix() -> None:
    made, found = run("作者把小院高墙視為轉向。", note(zh="小院高牆"))
    assert not made.anchors
    assert codes(found) == ["ANC001"]
    assert "小院高墙" in found[0].hint
    assert "%" in found[0].hint
    fix = found[0].fix
    assert fix is not None
    assert fix.text == "小院高墙"
    assert fix.span.text == "小院高牆"
    assert found[0].place.startswith("notes.yaml:1:")
    assert found[0].segment == "i.1"


def test_a_fuzzy_english_lemma_keeps_to_whole_words() -> None:
    _, found = run(
        "甲", note(en="small yard and high fence"), "They call it a small yard, high fence policy."
    )
    assert found[0].fix is not None
    assert found[0].fix.text == '"small yard, high fence"'  # a comma needs quotes in YAML


def test_applying_the_fix_makes_the_note_found() -> None:
    import yaml

    for raw, quote in (
        ("{en: high fences}", "high fences"),
        ('{en: "high fences"}', "high fences"),
        ("{en: 'high fences'}", "high fences"),
    ):
        _, found = run("甲", note(en=quote, raw=raw), "a “high: fence” there")
        fix = found[0].fix
        assert fix is not None
        mended = raw[: fix.span.start] + fix.text + raw[fix.span.end :]
        lemma = yaml.safe_load(mended)["en"]
        _, again = run("甲", note(en=lemma), "a “high: fence” there")
        assert not again


def test_an_ambiguous_lemma_lists_its_places_with_what_tells_them_apart() -> None:
    made, found = run("技術聯盟與軍事聯盟。", note(zh="聯盟"))
    assert not made.anchors
    assert codes(found) == ["ANC002"]
    assert "prefix: 術" in found[0].hint
    assert "prefix: 事" in found[0].hint
    for prefix in ("術", "事"):
        assert not run("技術聯盟與軍事聯盟。", note(zh={"exact": "聯盟", "prefix": prefix}))[1]


def test_places_that_overlap_are_ambiguous() -> None:
    _, found = run("哈哈哈", note(zh="哈哈"))
    assert codes(found) == ["ANC002"]


def test_an_orphaned_lemma_says_where_it_stands_instead() -> None:
    pairs: Pairs = [
        ([segment("zh", "i.1", text("全無相干"))], []),
        ([segment("zh", "i.2", text("此處有小院高牆"))], []),
    ]
    found = attach(edition(pairs, [note(at="i.1", zh="小院高牆")])).diagnostics
    assert codes(found) == ["ANC003"]
    assert "i.2" in found[0].hint


def test_a_lemma_of_an_untranslated_side_is_orphaned() -> None:
    pairs = [
        (
            [segment("zh", "i.1", text("中文"))],
            [segment("en", "i.1", (), presence=Presence.UNTRANSLATED)],
        )
    ]
    found = attach(edition(pairs, [note(zh="中文", en="Chinese")])).diagnostics
    assert codes(found) == ["ANC003"]
    assert "untranslated" in found[0].hint


def _tabled(caption: str, *cells: str) -> Segment:
    made = tuple(Cell(text(one), "left", SourceFile("t", one).whole()) for one in cells)
    return segment("zh", "i.1", text(caption), table=Table(made[:1], (made[1:],)))


def test_a_note_stands_in_a_cell_of_a_table() -> None:
    made = attach(edition([([_tabled("表", "國", "甲國、乙國", "乙")], [])], [note(zh="乙國")]))
    assert made.diagnostics == ()
    [anchor] = made.value.anchors
    assert (anchor.segment, anchor.cell, anchor.start, anchor.end) == ("i.1", 2, 3, 5)


def test_words_of_the_caption_come_before_those_of_cells() -> None:
    table = _tabled("乙國之表", "國", "乙國", "乙")
    [anchor] = attach(edition([([table], [])], [note(zh="乙國")])).value.anchors
    assert anchor.cell == 0
    found = attach(edition([([_tabled("表", "國", "乙國", "乙國")], [])], [note(zh="乙國")]))
    assert codes(found.diagnostics) == ["ANC002"]
    whole = attach(edition([([_tabled("表", "乙國人", "乙國", "甲乙國")], [])], [note(zh="乙國")]))
    assert [one.cell for one in whole.value.anchors] == [2]


def test_a_note_stands_in_a_footnote_that_its_segment_calls() -> None:
    span = SourceFile("t", "x").whole()
    called = segment("zh", "i.1", (*text("正文"), FootnoteRef("3", span)))
    one = edition([([called], [])], [note(zh="腳注")])
    footnotes = (Footnote("3", "zh", text("此為腳注之文"), span),
                 Footnote("4", "zh", text("腳注"), span))  # fmt: skip
    section = Section(one.pairs[0].section, (called,), (), footnotes)
    made = attach(replace(one, sections=(section,)))
    assert made.diagnostics == ()
    [anchor] = made.value.anchors
    assert (anchor.footnote, anchor.start, anchor.end) == ("3", 2, 4)


def test_an_unknown_segment_has_the_nearest_ids() -> None:
    pairs: Pairs = [([segment("zh", "iii.5", text("小院高牆"))], [])]
    made = attach(edition(pairs, [note(at="iii.55", zh="小院高牆")]))
    assert codes(made.diagnostics) == ["ANC004"]
    assert "iii.5" in made.diagnostics[0].hint
    assert not made.value.anchors


@pytest.mark.parametrize(
    "given_", [{"exact": "聯盟", "prefix": "經濟"}, {"exact": "聯盟", "occurrence": 3}]
)
def test_context_that_fits_nowhere_is_an_error(given_: dict[str, object]) -> None:
    _, found = run("技術聯盟與軍事聯盟。", note(zh=given_))
    assert codes(found) == ["ANC005"]


@pytest.mark.parametrize(
    ("source", "quote"),
    [('[閻學]{ruby="yán xué"}通', "閻"), ('前[閻學]{ruby="yán xué"}通', "學通")],
)
def test_a_lemma_never_ends_inside_a_ruby(source: str, quote: str) -> None:
    made, found = run(inlines(source), note(zh=quote))
    assert codes(found) == ["ANC006"]
    assert not made.anchors


def test_a_lemma_may_hold_a_whole_ruby() -> None:
    made, found = run(inlines('[閻學]{ruby="yán xué"}通之說'), note(zh="閻學通"))
    assert not found
    assert made.anchors[0].end == 3


@pytest.mark.parametrize(
    ("stands", "quote"),
    [("cafe\u0308x", "cafe"), ("👨‍👩‍👧家", "👨"), ("葛\U000e0100城", "葛"), ("🇨🇳旗", "🇨")],
)
def test_a_lemma_never_ends_inside_a_character(stands: str, quote: str) -> None:
    made, found = run(stands, note(zh=quote))
    assert not made.anchors
    assert codes(found)[0] in {"ANC001", "ANC003", "ANC006"}


def test_a_lemma_needs_a_text_in_its_language() -> None:
    one = note(zh="小院高牆", en="small", texts={"en": "text"})
    made, found = run("小院高牆", one, "small yard")
    assert codes(found) == ["ANC007"]
    assert [one.lang for one in made.anchors] == ["en"]


def test_a_mark_inside_a_word_is_a_warning_with_a_fix() -> None:
    made, found = run("甲", note(en="alliance"), "new alliances rise")
    assert codes(found) == ["ANC008"]
    assert found[0].fix is not None
    assert found[0].fix.text == "alliances"
    assert len(made.anchors) == 1


# --- marks -----------------------------------------------------------------------------------


def shape(made: Inlines) -> str:
    """The structure as a line: <…> round what is enclosed, ^id for a mark."""
    out = []
    for one in made:
        match one:
            case Text():
                out.append(one.text)
            case Mark():
                out.append(f"^{one.note}")
            case Emph() | Strong() | Styled():
                out.append(f"<{shape(one.children)}>")
            case Ruby():
                out.append(f"({one.base})")
            case Cite() | FootnoteRef():
                out.append("@")
            case LineBreak():
                out.append("/")
    return "".join(out)


@pytest.mark.parametrize(
    ("source", "marks", "expected"),
    [
        ("甲乙丙", [(2, "a")], "甲乙^a丙"),
        ("甲乙丙", [(3, "a")], "甲乙丙^a"),
        ("甲乙丙", [(0, "a")], "^a甲乙丙"),
        ("甲乙丙", [(3, "a"), (1, "b")], "甲^b乙丙^a"),
        ("甲乙丙", [(2, "a"), (2, "b")], "甲乙^a^b丙"),
        ("甲*乙丙*丁", [(3, "a")], "甲<乙丙>^a丁"),
        ("甲*乙丙*丁", [(2, "a")], "甲<乙^a丙>丁"),
        ("甲*乙丙*丁", [(1, "a")], "甲^a<乙丙>丁"),
        ("甲**乙[丙]{.term}**丁", [(3, "a")], "甲<乙<丙>>^a丁"),
        ("甲**[乙]{.term}丙**丁", [(2, "a")], "甲<<乙>^a丙>丁"),
        ("甲乙[@k, 3]丙", [(2, "a")], "甲乙^a@丙"),
        ("甲乙[^1]丙", [(3, "a")], "甲乙@丙^a"),
        ('[甲乙]{ruby="x"}丙', [(1, "a")], "(甲乙)^a丙"),
        ('[甲乙]{ruby="x"}丙', [(2, "a")], "(甲乙)^a丙"),
        ("甲\\\n乙", [(2, "a")], "甲/^a乙"),
        ("甲\\*乙", [(2, "a")], "甲*^a乙"),
        ("甲*乙*", [(9, "a"), (-1, "b")], "^b甲<乙>^a"),
    ],
)
def test_marks_stand_after_their_offset(
    source: str, marks: list[tuple[int, str]], expected: str
) -> None:
    assert shape(insert_marks(inlines(source), marks)) == expected


def texts_of(made: Inlines) -> list[Text]:
    out: list[Text] = []
    for one in made:
        if isinstance(one, Text):
            out.append(one)
        elif isinstance(one, Emph | Strong | Styled):
            out += texts_of(one.children)
    return out


SOURCES = st.lists(
    st.sampled_from(
        [
            "甲乙",
            "word ",
            "*強調*，",
            "**重[術語]{.term}點**，",
            "[名]{.name}",
            '[雒氏]{ruby="luò"}',
            "[@key, 3]",
            "[^1]",
            "\\*",
            "e\u0301",
            "𠀀",
            "\\\n甲",
        ]
    ),
    max_size=8,
).map("".join)


@settings(deadline=None)
@given(SOURCES, st.lists(st.integers(-2, 40), max_size=6))
def test_marks_change_nothing_else(source: str, offsets: list[int]) -> None:
    before = inlines(source)
    if not before:
        return
    after = insert_marks(before, [(at, f"n{i}") for i, at in enumerate(offsets)])
    assert plain(after) == plain(before)
    assert shape(after).count("^") == len(offsets)
    for one in texts_of(after):
        assert one.text
        assert one.span.text.removeprefix("\\") == one.text or one.span.text == one.text


@settings(deadline=None)
@given(SOURCES, st.integers(0, 40), st.integers(1, 12))
def test_what_stands_once_on_borders_is_found_where_it_stands(
    source: str, start: int, length: int
) -> None:
    made = inlines(source)
    whole = plain(made)
    quote = whole[start : start + length]
    if not quote.strip():
        return
    outcome = attach(edition([([segment("zh", "i.1", made)], [])], [note(zh=quote)]))
    borders = {0} | {match.end() for match in regex.finditer(r"\X", whole)}
    for anchor in outcome.value.anchors:
        assert unicodedata.normalize("NFC", whole[anchor.start : anchor.end]) == (
            unicodedata.normalize("NFC", quote)
        )
        assert {anchor.start, anchor.end} <= borders
    assert bool(outcome.value.anchors) != (not outcome.ok)


@settings(deadline=None)
@given(
    st.text("甲乙é\u0301ea👨‍👧", max_size=20), st.text("甲乙é\u0301ea👨‍👧", min_size=1, max_size=4)
)
def test_any_lemma_in_any_text_is_found_or_reported(stands: str, quote: str) -> None:
    outcome = attach(edition([([segment("zh", "i.1", text(stands))], [])], [note(zh=quote)]))
    assert len(outcome.value.anchors) == (0 if not outcome.ok else 1)
    assert outcome.diagnostics or outcome.value.anchors


def test_spans_of_split_texts_are_exact() -> None:
    source = "前文[小院高牆]{.term}後文"
    after = insert_marks(inlines(source), [(1, "a"), (4, "b"), (8, "c")])
    assert [one.span.text for one in texts_of(after)] == ["前", "文", "小院", "高牆", "後文"]
    marks = [one for one in after if isinstance(one, Mark)]
    assert [one.span.start for one in marks] == [1, 17]
