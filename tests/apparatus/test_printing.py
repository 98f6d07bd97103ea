"""What is printed from an entry of the apparatus."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edition import apparatus
from edition.apparatus.shortening import shortened
from edition.config import ApparatusSettings, Bilingual, Config, Layer, Manner, Witness
from edition.model import (
    LANGS,
    ApparatusEntry,
    Edition,
    Emph,
    Inlines,
    Kind,
    Lang,
    Lemma,
    Note,
    Pair,
    Reading,
    ReadingType,
    Segment,
    Text,
    plain,
)
from edition.source import SourceFile

SPAN = SourceFile("n.yaml", "甲").span(0, 1)


def witness(zh: str, en: str, name_zh: str, name_en: str) -> Witness:
    return Witness(siglum=Bilingual(zh=zh, en=en), name=Bilingual(zh=name_zh, en=name_en))


WITNESSES = (witness("宋", "S", "宋本", "the Song copy"),
             witness("元", "Y", "元本", "the Yuan copy"),
             witness("館", "L", "館藏抄本", "the library’s manuscript"))  # fmt: skip


def text(words: str) -> Inlines:
    return (Text(words, SPAN),)


def reading(
    words: str, *wit: str, by: str = "", type: ReadingType | None = None, faulty: bool = False
) -> Reading:
    resp: dict[Lang, Inlines] = {lang: text(by) for lang in LANGS} if by else {}
    return Reading(words, SPAN, wit, resp, type, faulty)


def said(
    lem: Reading, *readings: Reading, zh: Manner = "sentence", en: Manner = "western",
    remark: str = "", corner: bool = True,
) -> tuple[str, str]:  # fmt: skip
    """What the Chinese and the English note say; "" where none is printed."""
    entry = ApparatusEntry(lem, readings, {lang: text(remark) for lang in LANGS} if remark else {})
    lemma = Lemma(lem.text, SPAN)
    note = Note("a", "校", "i.1", {"zh": lemma, "en": lemma}, {}, SPAN, entry=entry)
    words = "「甲」" if corner else "“甲”"
    segment = Segment("i.1", True, "zh", Kind.PARA, text(words), SPAN)
    config = Config(id="a", title=Bilingual(), witnesses=WITNESSES,
                    apparatus=ApparatusSettings(zh=zh, en=en))  # fmt: skip
    made = apparatus.printed(
        Edition((), (Pair("i.1", "i", (segment,), ()),), notes=(note,)), config
    )
    texts = made.notes[0].texts
    return plain(texts.get("zh", ())), plain(texts.get("en", ()))


@pytest.mark.parametrize(
    ("readings", "zh", "en"),
    [
        ((reading("丙", "宋"),), "「甲乙」，宋本作「丙」。", "甲乙] 丙 S."),
        ((reading("丙", "宋", "元"),), "「甲乙」，宋、元本作「丙」。", "甲乙] 丙 S Y."),
        ((reading("丙", "宋", "館"),), "「甲乙」，宋本、館藏抄本作「丙」。", "甲乙] 丙 S L."),
        ((reading("", "元"),), "「甲乙」，元本無。", "甲乙] om. Y."),
        ((reading("", "元", type="omission", faulty=True),), "「甲乙」，元本脫。", "甲乙] om. Y."),
        ((reading("甲", "元", type="omission", faulty=True),), "「甲乙」，元本脫「乙」。",
         "甲乙] om. 乙 Y."),
        ((reading("丙", "元", type="omission"),), "「甲乙」，元本作「丙」。", "甲乙] 丙 Y."),
        ((reading("甲乙丁", "元", type="addition"),), "「甲乙」，元本多「丁」。",
         "甲乙] add. 丁 Y."),
        ((reading("乙甲", "宋", type="transposition", faulty=True),),
         "「甲乙」，宋本倒作「乙甲」。",
         "甲乙] 乙甲 tr. S."),
        ((reading("丙", by="某氏", type="conjecture"),), "「甲乙」，某氏疑當作「丙」。",
         "甲乙] 丙 conj. 某氏."),
        ((reading("丙", "宋"), reading("丁", "元", by="某氏")),
         "「甲乙」，宋本作「丙」，元本及某氏作「丁」。", "甲乙] 丙 S; 丁 Y 某氏."),
    ],
)  # fmt: skip
def test_readings_by_sentence_and_in_the_western_manner(
    readings: tuple[Reading, ...], zh: str, en: str
) -> None:
    assert said(reading("甲乙"), *readings) == (zh, en)


def test_witnesses_of_the_lemma_are_named() -> None:
    assert said(reading("甲", "宋"), reading("丙", "元")) == (
        "「甲」，從宋本，元本作「丙」。", "甲] S; 丙 Y."
    )  # fmt: skip


def test_english_in_sentences_and_chinese_in_the_western_manner() -> None:
    readings = (reading("丙", "宋", "元"), reading("", "館"))
    assert said(reading("甲"), *readings, zh="western", en="sentence") == (
        "甲］丙 宋 元；om. 館。",
        "“甲”: the Song copy and the Yuan copy read “丙”; the library’s manuscript omits it.",
    )


def test_a_language_may_print_none() -> None:
    assert said(reading("甲"), reading("丙", "宋"), en="none")[1] == ""


def test_a_remark_follows_and_marks_are_those_of_the_text() -> None:
    zh, en = said(reading("甲"), reading("丙", "宋"), remark="形近。", corner=False)
    assert zh == "“甲”，宋本作“丙”。形近。"
    assert en == "甲] 丙 S. 形近。"


def test_latin_sigla_are_slanted_and_han_never() -> None:
    entry = ApparatusEntry(reading("甲"), (reading("丙", "宋"),))
    note = Note("a", "校", "i.1", {"en": Lemma("甲", SPAN)}, {}, SPAN, entry=entry)
    config = Config(id="a", title=Bilingual(), witnesses=WITNESSES)
    (made,) = apparatus.printed(Edition((), (), notes=(note,)), config).notes
    assert [plain((one,)) for one in made.texts["en"] if isinstance(one, Emph)] == ["S"]
    han = replace(WITNESSES[0], siglum=Bilingual(zh="宋", en="宋"))
    (made,) = apparatus.printed(
        Edition((), (), notes=(note,)), replace(config, witnesses=(han,))
    ).notes
    assert not [one for one in made.texts["en"] if isinstance(one, Emph)]


def test_prose_that_is_written_stays() -> None:
    entry = ApparatusEntry(reading("甲"), (reading("丙", "宋"),))
    note = Note(
        "a", "校", "i.1", {"zh": Lemma("甲", SPAN)}, {"zh": text("自撰。")}, SPAN, entry=entry
    )
    made = apparatus.printed(Edition((), (), notes=(note,)), Config(id="a", title=Bilingual()))
    assert plain(made.notes[0].texts["zh"]) == "自撰。"


@pytest.mark.parametrize(
    ("lemma", "longest", "short"),
    [
        ("甲乙丙丁戊己庚辛壬", 8, "甲乙……辛壬"),
        ("甲乙丙丁戊己庚辛", 8, "甲乙丙丁戊己庚辛"),
        ("甲乙丙丁戊己庚辛壬", 0, "甲乙丙丁戊己庚辛壬"),
        ("one two three four", 3, "one … four"),
    ],
)
def test_long_lemmas_are_shortened(lemma: str, longest: int, short: str) -> None:
    assert shortened(lemma, longest) == short


@pytest.mark.parametrize(
    ("manner", "zh", "en"),
    [
        ("sentence", "「甲乙」：自撰。", "“two words”: Own."),
        ("western", "甲乙］自撰。", "two words] Own."),
    ],
)
def test_notes_of_a_layer_that_is_to_have_them_begin_with_their_lemmas(
    manner: Manner, zh: str, en: str
) -> None:
    note = Note("a", "注", "i.1", {"zh": Lemma("甲乙", SPAN), "en": Lemma("two words", SPAN)},
                {"zh": text("自撰。"), "en": text("Own.")}, SPAN)  # fmt: skip
    layer = Layer(id="注", name=Bilingual(zh="注"), numbering="circled", lemma=True)
    config = Config(id="a", title=Bilingual(), layers=(layer,),
                    apparatus=ApparatusSettings(zh=manner, en=manner))  # fmt: skip
    edition = Edition((), (), notes=(note, replace(note, id="b", layer="校")))
    first, second = apparatus.printed(edition, config).notes
    assert (plain(first.texts["zh"]), plain(first.texts["en"])) == (zh, en)
    assert plain(second.texts["zh"]) == "自撰。"
    longer = replace(note, lemmas={"zh": Lemma("甲乙丙丁戊己庚辛壬", SPAN)})
    (made,) = apparatus.printed(replace(edition, notes=(longer,)), config).notes
    assert "甲乙……辛壬" in plain(made.texts["zh"])
