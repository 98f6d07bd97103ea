"""Entries of the glossary in the order of either language, with their pages."""

from __future__ import annotations

from dataclasses import replace

from tex_samples import CONFIG, SPAN

from edition.config import GlossarySettings
from edition.layout import glossary, indexing
from edition.layout.types import Book, Division, Flow, IndexLine, Row
from edition.model import Edition, Name, Term, Text, plain

WALL = Term("wall", "高牆", "high wall", SPAN, pinyin="gāo qiáng", zh_gloss=(Text("牆高。", SPAN),))
YARD = Term("yard", "小院", "Small yard", SPAN, pinyin="xiǎo yuàn")
AIM = Term("aim", "遏制", "contain", SPAN, pinyin="èzhì")
PAIRED, OWN = CONFIG, replace(CONFIG, glossary=GlossarySettings(order="own", pages=True))


def test_each_language_has_its_order() -> None:
    terms = (WALL, YARD, AIM)
    assert [one.id for one in glossary.in_order(terms, "zh")] == ["aim", "wall", "yard"]
    assert [one.id for one in glossary.in_order(terms, "en")] == ["aim", "wall", "yard"]
    late = replace(AIM, en="zealous")
    assert [one.id for one in glossary.in_order((late, YARD), "en")] == ["yard", "aim"]


def test_the_other_language_stands_after_where_each_has_its_order() -> None:
    def said(settings: object) -> list[str]:
        return [plain(one) for one in glossary.entries(WALL, settings).values()]  # type: ignore[arg-type]

    assert said(PAIRED) == ["高牆\u2003gāo qiáng\u2003牆高。", "high wall"]
    assert said(OWN) == ["高牆\u2003gāo qiáng\u2003high wall\u2003牆高。", "high wall\u2002高牆"]
    alone = replace(WALL, en="")
    assert [plain(one) for one in glossary.entries(alone, OWN).values()] == [
        "高牆\u2003gāo qiáng\u2003牆高。"
    ]


def test_a_term_that_is_a_name_has_the_pages_of_the_name() -> None:
    name = Name("hw", "place", "高牆", "High Wall", SPAN)
    edition = Edition(sections=(), pairs=(), notes=(), names=(name,), terms=(WALL, YARD))
    named = replace(OWN, index=replace(OWN.index, names=True))
    words = indexing.headwords(edition, named)
    assert [(one.id, one.listed) for one in words] == [("hw", True), ("term:yard", False)]
    assert indexing.of_glossary(words, WALL) == "hw"
    assert indexing.of_glossary(words, YARD) == "term:yard"
    lines = indexing.lines(words, [("hw", "zh"), ("term:yard", "zh")], named)
    assert [one.headword for one in lines["zh"]] == ["hw"], "the index has what it is to have"


def test_pages_stand_after_the_gloss_and_nothing_where_there_are_none() -> None:
    line = IndexLine("term:yard", "zh", "", "", gloss=(Text("小院", SPAN),))
    entry = indexing.entry(line, [("12", False), ("15", True)], SPAN, "hant")
    assert plain(entry) == "小院\u300012、15"
    assert plain(indexing.entry(line, [], SPAN, "hant")) == "小院"


def test_pages_may_move_where_text_follows() -> None:
    def book(*divisions: Division) -> Book:
        flows = tuple(Flow(division=one, rows=(Row(id="r"),)) for one in divisions)
        return Book(boxes={}, flows=flows, layers={}, labels={}, titles={}, heads={})

    assert not indexing.moves(book(Division.BODY, Division.GLOSSARY, Division.INDEX))
    assert indexing.moves(book(Division.BODY, Division.GLOSSARY, Division.BACK))
    assert indexing.moves(book(Division.INDEX, Division.BODY))


def test_english_terms_are_found_at_the_head_of_a_sentence_and_in_the_plural() -> None:
    def forms(term: Term) -> tuple[str, ...]:
        edition = Edition(sections=(), pairs=(), notes=(), terms=(term,))
        return indexing.headwords(edition, OWN)[0].forms["en"]

    assert forms(WALL) == ("high wall", "High wall", "high walls", "High walls")
    assert forms(replace(WALL, en="AI strategy")) == ("AI strategy", "AI strategies")
    assert forms(replace(WALL, en="standards")) == ("standards", "Standards")
    assert forms(replace(WALL, en="")) == ()
    words = indexing.headwords(
        Edition(sections=(), pairs=(), notes=(), terms=(WALL,)),
        replace(OWN, index=replace(OWN.index, terms=True)),
    )
    lines = indexing.lines(words, [("term:wall", "en")], OWN)
    assert [one.see for one in lines["en"]] == [""], "no reference from one form to another"
