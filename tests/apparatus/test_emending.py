"""Marks of emendation, and the anchors beside them."""

from __future__ import annotations

from edition import anchors, apparatus
from edition.config import ApparatusSettings, Bilingual, Config
from edition.model import Edition, Lemma, Note, Pair, Section, Text
from edition.readers import text
from edition.source import SourceFile

CONFIG = Config(id="a", title=Bilingual())


def edition(words: str, lemma: str) -> Edition:
    read = text.read(SourceFile("source/text/i.zh.md", words + " {#i.1}\n"), "i", "zh")
    assert not read.diagnostics
    (segment,) = read.value.segments
    note = Note("n", "校", "i.1", {"zh": Lemma(lemma, segment.span)},
                {"zh": (Text("某", segment.span),)}, segment.span)  # fmt: skip
    whole = Edition(
        (Section("i", (segment,), ()),), (Pair("i.1", "i", (segment,), ()),), (note,),
        segments={("zh", "i.1"): segment},
    )  # fmt: skip
    found = anchors.attach(whole)
    assert not found.diagnostics
    return found.value


def test_marks_stand_in_the_text_and_the_anchor_follows() -> None:
    made = apparatus.emended(
        edition("甲[乙丙]{.deleted}丁[戊]{.supplied}己[2]{.lost}庚", "丁戊己"), CONFIG
    )
    words = made.pairs[0].zh[0].text
    assert words == "甲（乙丙）丁〔戊〕己□□庚"
    (anchor,) = made.anchors
    assert words[anchor.start : anchor.end] == "丁〔戊〕己"
    assert made.segments["zh", "i.1"].text == words
    assert made.sections[0].zh[0].text == words


def test_the_marks_are_those_of_the_settings() -> None:
    settings = ApparatusSettings(deleted=("[", "]"), supplied=("<", ">"), lost="■")
    config = Config(id="a", title=Bilingual(), apparatus=settings)
    made = apparatus.emended(edition("甲[乙]{.deleted}[丙]{.supplied}[1]{.lost}", "甲"), config)
    assert made.pairs[0].zh[0].text == "甲[乙]<丙>■"


def test_a_text_without_marks_is_the_same_value() -> None:
    one = edition("甲*乙*丙", "丙")
    assert apparatus.emended(one, CONFIG) is one
