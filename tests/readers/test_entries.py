"""Entries of the apparatus as they are read from notes."""

from __future__ import annotations

from edition.model import Note, plain
from edition.readers import notes
from edition.source import SourceFile

HEAD = "- id: a\n  at: i.1\n  quote: {zh: 甲乙}\n  layer: 校\n"


def read(rest: str) -> tuple[Note | None, list[tuple[str, int]]]:
    """The note, and (code, line) of each finding."""
    found = notes.read(SourceFile("n.yaml", HEAD + rest), ("校",), ("宋", "元", "S"))
    where = [(one.code.id, one.span.line if one.span else 0) for one in found.diagnostics]
    return (found.value[0] if found.value else None), where


def test_an_entry_has_lemma_readings_witnesses_and_remark() -> None:
    note, found = read(
        "  lem: {wit: 宋}\n"
        "  rdg:\n"
        "    - {text: 甲丙, wit: [元, S], type: 訛}\n"
        '    - {text: "", resp: {zh: 某氏, en: "Somebody"}, type: conjecture}\n'
        "  note: {zh: 形近。, en: Alike in *form*.}\n"
    )
    assert not found
    assert note
    entry = note.entry
    assert entry
    assert (entry.lem.text, entry.lem.wit) == ("甲乙", ("宋",))
    first, second = entry.readings
    assert (first.text, first.wit, first.type, first.faulty) == (
        "甲丙", ("元", "S"), "substitution", True
    )  # fmt: skip
    assert (second.text, second.type, second.faulty) == ("", "conjecture", False)
    assert plain(second.resp["en"]) == "Somebody"
    assert plain(entry.remark["en"]) == "Alike in form."


def test_one_reading_may_stand_alone() -> None:
    note, found = read("  rdg: {text: 甲, wit: S}\n")
    assert not found
    assert note
    assert note.entry
    assert [one.text for one in note.entry.readings] == ["甲"]


def test_what_no_witness_can_have_is_said_at_its_place() -> None:
    for rest, code, line in (
        ("  rdg: [{text: 甲, wit: [末]}]\n", "APP001", 5),
        ("  rdg:\n    - {text: 甲, wit: [宋]}\n    - {text: 丙, wit: [宋]}\n", "APP002", 7),
        ("  rdg: [{text: 甲乙, wit: [宋]}]\n", "APP002", 5),
        ("  rdg: [{text: 甲, wit: [宋], type: wrong}]\n", "APP002", 5),
        ("  rdg: [{text: 甲}]\n", "APP003", 5),
        ("  lem: {wit: [宋]}\n", "APP003", 5),
        ("  note: {zh: 甲}\n", "APP003", 5),
        ("  rdg: [{txt: 甲, wit: [宋]}]\n", "NTE003", 5),
        ("  rdg: [[甲]]\n", "NTE002", 5),
    ):
        assert (code, line) in read(rest)[1], (rest, read(rest)[1])
