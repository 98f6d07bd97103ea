"""Layers whose notes stand at the end of their section."""

from __future__ import annotations

from dataclasses import replace

from tex_samples import CONFIG, SPAN, inlines

from edition.config import Bilingual, Layer
from edition.layout.endnotes import blocks
from edition.model import Anchor, Edition, FootnoteRef, Kind, Lang, Note, Section, Segment


def _segment(id: str, lang: Lang) -> Segment:
    return Segment(id=id, given=True, lang=lang, kind=Kind.PARA, inlines=inlines("x"), span=SPAN)


def _note(id: str, layer: str) -> Note:
    return Note(id=id, layer=layer, at="", lemmas={}, texts={}, span=SPAN)


def test_notes_of_a_section_stand_in_the_order_of_their_marks() -> None:
    sections = tuple(
        Section(name, (_segment(f"{name}.1", "zh"),), (_segment(f"{name}.1", "en"),))
        for name in ("a", "b")
    )
    marks: tuple[tuple[Lang, str, str], ...] = (
        ("zh", "a.1", "one"), ("zh", "a.1", "two"), ("zh", "a.1", "foot"), ("zh", "b.1", "three"),
        ("en", "a.1", "two"), ("en", "a.1", "english"), ("en", "a.1", "one"),
    )  # fmt: skip
    anchors = tuple(Anchor(note, lang, segment, 0, 1) for lang, segment, note in marks)
    names = dict.fromkeys(note for _, _, note in marks)
    notes = tuple(_note(name, "foot" if name == "foot" else "end") for name in names)
    edition = Edition(sections, (), notes, anchors=anchors)
    end = Layer(id="end", name=Bilingual(zh="尾", en="End"), numbering="circled",
                placement="section-end")  # fmt: skip
    foot = replace(end, id="foot", placement="page-foot")
    found = blocks(edition, replace(CONFIG, layers=(foot, end)))
    assert [(one.layer.id, one.sections, one.notes) for one in found] == [
        ("end", ("a",), ("one", "two", "english")), ("end", ("b",), ("three",)),
    ]  # fmt: skip


def _edition(*names: str, bare: str = "") -> Edition:
    """Sections of a paragraph with two notes each, 注 before 校; ``bare`` ones have no heading."""
    sections = []
    for name in names:
        head = replace(_segment(name, "zh"), kind=Kind.HEADING, level=1)
        sections.append(Section(name, (*(() if name in bare else (head,)),
                                       _segment(f"{name}.1", "zh")), ()))  # fmt: skip
    anchors = tuple(Anchor(f"{name}{layer}", "zh", f"{name}.1", at, at)
                    for name in names for at, layer in enumerate("注校"))  # fmt: skip
    notes = tuple(_note(f"{name}{layer}", layer) for name in names for layer in "注校")
    return Edition(tuple(sections), (), notes, anchors=anchors)


def test_layers_of_one_series_are_numbered_as_one() -> None:
    notes = Layer(id="注", name=Bilingual(zh="注"), numbering="circled", count="section")
    config = replace(CONFIG, layers=(replace(notes, id="校", series="注"), notes))
    assert [one.notes for one in blocks(_edition("a", "b"), config)] == [
        ("a注", "a校"), ("b注", "b校"),
    ]  # fmt: skip
    apart = replace(CONFIG, layers=(notes, replace(notes, id="校")))
    assert [one.notes for one in blocks(_edition("a", "b"), apart)] == [
        ("a注",), ("b注",), ("a校",), ("b校",),
    ]  # fmt: skip


def test_numbers_of_a_book_go_on_from_section_to_section() -> None:
    layer = Layer(id="注", name=Bilingual(zh="注"), numbering="circled", count="book")
    found = blocks(_edition("a", "b", "c"), replace(CONFIG, layers=(layer,)))
    assert [one.first for one in found] == [1, 2, 3]


def test_at_the_end_of_the_book_a_file_without_heading_goes_with_that_before_it() -> None:
    layer = Layer(id="注", name=Bilingual(zh="注"), numbering="circled", placement="book-end")
    found = blocks(_edition("a", "b", "c", bare="b"), replace(CONFIG, layers=(layer,)))
    assert [(one.sections, one.notes) for one in found] == [
        (("a", "b"), ("a注", "b注")), (("c",), ("c注",)),
    ]  # fmt: skip


def test_notes_in_a_footnote_follow_its_mark() -> None:
    calls = inlines("甲乙", FootnoteRef("1", SPAN), "丙丁")
    segment = replace(_segment("a.1", "zh"), inlines=calls)
    anchors = (Anchor("in", "zh", "a.1", 0, 1, 0, "1"), Anchor("first", "zh", "a.1", 0, 1),
               Anchor("last", "zh", "a.1", 3, 4))  # fmt: skip
    edition = Edition(
        (Section("a", (segment,), ()),), (), tuple(_note(one.note, "注") for one in anchors),
        anchors=anchors, segments={("zh", "a.1"): segment},
    )  # fmt: skip
    layer = Layer(id="注", name=Bilingual(zh="注"), numbering="circled", count="section")
    [found] = blocks(edition, replace(CONFIG, layers=(layer,)))
    assert found.notes == ("first", "in", "last")
