"""Layers whose notes stand at the end of their section."""

from __future__ import annotations

from dataclasses import replace

from tex_samples import CONFIG, SPAN, inlines

from edition.config import Bilingual, Layer
from edition.layout.endnotes import by_section
from edition.model import Anchor, Edition, Kind, Lang, Note, Section, Segment


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
    found = by_section(edition, replace(CONFIG, layers=(foot, end)))
    assert {section: [(layer.id, list(order)) for layer, order in layers]
            for section, layers in found.items()} == {
        "a": [("end", ["one", "two", "english"])], "b": [("end", ["three"])],
    }  # fmt: skip
