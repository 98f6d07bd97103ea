"""Conversion between scripts keeps what is locked, decides by phrase, and logs what it decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition import anchors, config, readers, script
from edition.config import Bilingual, Config, Profile
from edition.diagnostics import Diagnostic, Severity, as_text
from edition.model import (
    Anchor,
    Cell,
    Cite,
    Edition,
    Footnote,
    Inlines,
    Kind,
    Lang,
    Lemma,
    Name,
    Note,
    Pair,
    Section,
    Segment,
    Styled,
    Table,
    Term,
    Text,
    plain,
)
from edition.readers import inline
from edition.readers.passage import Passage
from edition.script.batch import ReadingChoice
from edition.source import SourceFile

ROOT = Path(__file__).resolve().parents[2]


def inlines(source: str) -> Inlines:
    file = SourceFile("source/text/01.zh.md", source)
    made, found = inline.read(Passage(file, source, tuple(range(len(source)))))
    assert not found
    return made


def segment(source: str, id: str = "i.1", lang: Lang = "zh") -> Segment:
    made = inlines(source)
    return Segment(id, True, lang, Kind.PARA, made, SourceFile("x", source).whole())


def edition(*segments: Segment, names: Sequence[Name] = (), notes: Sequence[Note] = (),
            anchored: Sequence[Anchor] = (), terms: Sequence[Term] = ()) -> Edition:  # fmt: skip
    pairs = tuple(
        Pair(one.id, "01", (one,), ()) if one.lang == "zh" else Pair(one.id, "01", (), (one,))
        for one in segments
    )
    zh = tuple(one for one in segments if one.lang == "zh")
    en = tuple(one for one in segments if one.lang == "en")
    return Edition(
        (Section("01", zh, en),),
        pairs,
        tuple(notes),
        tuple(names),
        tuple(terms),
        tuple(anchored),
        {(one.lang, one.id): one for one in segments},
    )


def settings_(source: str = "hans", target: str = "hant", variety: str = "generic") -> Config:
    return Config(
        id="x",
        title=Bilingual(),
        source_script=source,
        script=target,  # type: ignore[arg-type]
        variety=variety,
    )  # type: ignore[arg-type]


def name(zh: str, **more: object) -> Name:
    return Name("n", "person", zh, "A Name", SourceFile("source/names.toml", zh).whole(), **more)  # type: ignore[arg-type]


def to(text: str, source: str, target: str, variety: str = "generic",
       names: Sequence[Name] = ()) -> str:  # fmt: skip
    return script.convert_text(text, settings_(source, target, variety), names)


def converted(source: str, to_script: str = "hant", variety: str = "generic",
              names: Sequence[Name] = ()) -> tuple[Segment, tuple[ReadingChoice, ...]]:  # fmt: skip
    other = "hans" if to_script == "hant" else "hant"
    outcome = script.convert(
        edition(segment(source), names=names), settings_(other, to_script, variety)
    )
    made = outcome.value.edition.segment("zh", "i.1")
    assert made is not None
    return made, outcome.value.log


# --- by phrase -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("制定标准，制造芯片", "制定標準，製造芯片"),
        ("征收关税，特征明显", "徵收關稅，特徵明顯"),
        ("头发与发展", "頭髮與發展"),
        ("干部、干燥、干涉", "幹部、乾燥、干涉"),
        ("复合、恢复、反复", "複合、恢復、反覆"),
        ("系统与联系，关系", "系統與聯繫，關係"),
        ("里面、公里、阿里云", "裡面、公里、阿里雲"),
        ("市场准入，批准，标准", "市場准入，批准，標準"),
        ("皇后以后", "皇后以後"),
        ("一个中美项目", "一個中美項目"),
        ("只有三只", "只有三隻"),
        ("合作伙伴", "合作伙伴"),
        ("已签，签名，标签", "已簽，簽名，標籤"),
    ],
)
def test_phrases_decide_to_traditional(hans: str, hant: str) -> None:
    assert to(hans, "hans", "hant") == hant


@pytest.mark.parametrize(
    ("hant", "hans"),
    [
        ("乾坤與乾燥", "乾坤与干燥"),
        ("顯著的著作", "显著的著作"),
        ("瞭望，瞭解", "瞭望，了解"),
        ("憑藉，狼藉", "凭借，狼藉"),
        ("皇后以後，裡面裏面", "皇后以后，里面里面"),
        ("小院高牆", "小院高墙"),
    ],
)
def test_phrases_decide_to_simplified(hant: str, hans: str) -> None:
    assert to(hant, "hant", "hans") == hans


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("峰会占领台湾", "峰會佔領台灣"),  # not 领台
        ("这里面包含着", "這裡面包含着"),  # not 面包
        ("出口管制为利刃", "出口管制為利刃"),  # not 制为
        ("管制得失", "管制得失"),
    ],
)
def test_words_that_overlap_are_weighed(hans: str, hant: str) -> None:
    assert to(hans, "hans", "hant") == hant


def test_a_phrase_is_seen_across_markup() -> None:
    made, _ = converted("头*发*与[干]{.term}部，特[@k, 3]征")
    assert made.text == "頭髮與幹部，特徵"
    assert [type(one).__name__ for one in made.inlines][:4] == ["Text", "Emph", "Text", "Styled"]


def test_spans_stay_where_they_were() -> None:
    source = "头*发*与\\*发展"
    made, _ = converted(source)
    texts = [one for one in made.inlines if isinstance(one, Text)]
    assert [(one.text, one.span.text) for one in texts] == [
        ("頭", "头"),
        ("與", "与"),
        ("*", "\\*"),
        ("發展", "发展"),
    ]


def test_foreign_names_keep_characters_that_stand_for_sounds() -> None:
    assert to("格雷戈里·塔西在这里", "hans", "hant") == "格雷戈里·塔西在這裡"


# --- varieties -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variety", "expected"),
    [
        ("generic", "為台灣平台占卜，登峰，這裡，佔領，着眼，面條"),
        ("tw", "為臺灣平臺占卜，登峰，這裡，佔領，著眼，麵條"),
        ("hk", "為台灣平台占卜，登峯，這裏，佔領，着眼，麪條"),
    ],
)
def test_regional_forms_follow_the_setting(variety: str, expected: str) -> None:
    made = to("为台湾平台占卜，登峰，这里，占领，着眼，面条", "hans", "hant", variety)
    if variety == "generic":
        expected = expected.replace("面條", "麵條")
    assert made == expected


@pytest.mark.parametrize("variety", ["generic", "tw", "hk"])
def test_a_company_keeps_the_form_that_it_writes(variety: str) -> None:
    assert to("台积电在台湾", "hans", "hant", variety).startswith("台積電")


@pytest.mark.parametrize(
    ("variety", "source", "expected"),
    [
        ("tw", "台灣，台積電，裏面，着重", "臺灣，台積電，裡面，著重"),
        ("hk", "臺灣，裡面，笑著說，專著著名", "台灣，裏面，笑着説，專著著名"),
    ],
)
def test_forms_become_those_of_a_region_where_it_is_asked_for(
    variety: str, source: str, expected: str
) -> None:
    made = script.convert(edition(segment(source)), settings_("hant", "hant", variety)).value
    text = made.edition.segments["zh", "i.1"].text
    assert text == expected
    changed = [at for at, (a, b) in enumerate(zip(source, text, strict=True)) if a != b]
    assert [one.offset for one in made.log] == changed
    assert {one.kind for one in made.log} <= {"variant"}


@pytest.mark.parametrize("own", ["hant", "hans"])
def test_in_its_own_script_every_text_is_printed_as_written(own: str) -> None:
    text = "説文曰說；衆口眾人，爲之為之，台臺羣群裏裡峯峰着著，后干里面于云，国國"
    one = edition(segment(text))
    made = script.convert(one, settings_(own, own)).value
    assert made.edition is one
    assert made.log == ()
    assert to(text, own, own) == text


def textual(note_text: str, quote: str, layer: str = "校", **more: str) -> Note:
    file = SourceFile("n", note_text)
    return Note("a", layer, "i.1", {"zh": Lemma(quote, file.whole())}, {"zh": inlines(note_text)},
                file.whole(), **more)  # type: ignore[arg-type]  # fmt: skip


LAYERS = (
    config.Layer(id="校", name=Bilingual(zh="校記", en="Readings"), numbering="bracketed"),
    config.Layer(id="b", name=Bilingual(zh="注", en="Notes"), numbering="circled"),
)


@pytest.mark.parametrize(
    ("text", "quote", "note", "printed"),
    [
        ("羣山為衆", "羣山", "羣，甲本作「群」，為其說。", "羣，甲本作「群」，為其說。"),
        ("羣山爲衆", "爲衆", "衆，乙本「眾」；爲，丙本“為”。", "衆，乙本「眾」；爲，丙本“為”。"),
        ("此説甚衆", "説", "説，一作『說』，衆家從之。", "説，一作『說』，眾家從之。"),
    ],
)  # fmt: skip
def test_a_region_spares_readings_and_lemmas_of_textual_notes(
    text: str, quote: str, note: str, printed: str
) -> None:
    at = text.index(quote)
    one = edition(segment(text), notes=[textual(note, quote)],
                  anchored=[Anchor("a", "zh", "i.1", at, at + len(quote))])  # fmt: skip
    cfg = replace(settings_("hant", "hant", "tw"), layers=LAYERS)
    made = script.convert(one, cfg).value.edition
    assert plain(made.notes[0].texts["zh"]) == printed
    assert made.notes[0].lemmas["zh"].quote == quote
    assert made.segments["zh", "i.1"].text[at : at + len(quote)] == quote
    free = made.segments["zh", "i.1"].text.replace(quote, "")
    assert not set("羣衆爲") & set(free)  # the rest is in the region's forms


def test_a_region_spares_what_any_note_quotes_and_locks() -> None:
    one = edition(segment("[爲]{.lock}爲"), notes=[textual("爲古字，「爲之」是也。", "爲", "b")])
    cfg = replace(settings_("hant", "hant", "tw"), layers=LAYERS)
    made = script.convert(one, cfg).value.edition
    assert made.segments["zh", "i.1"].text == "爲為"
    assert plain(made.notes[0].texts["zh"]) == "為古字，「爲之」是也。"


def test_sic_and_corr_that_are_two_forms_stay_two() -> None:
    note = textual("原作爲，今作為。", "爲", "b", sic="爲", corr="為")
    cfg = replace(settings_("hant", "hant", "hk"), layers=LAYERS)
    made = script.convert(edition(segment("爲此"), notes=[note]), cfg).value.edition.notes[0]
    assert (made.sic, made.corr, plain(made.texts["zh"])) == ("爲", "為", "原作爲，今作為。")


def test_readings_that_the_other_script_would_make_one_are_kept_apart() -> None:
    note = textual("説，甲本作「說」，乙本作「悅」，從甲。", "説")
    one = edition(segment("學者説之"), notes=[note], anchored=[Anchor("a", "zh", "i.1", 2, 3)])
    cfg = replace(settings_("hant", "hans"), layers=LAYERS)
    made = script.convert(one, cfg).value.edition
    assert made.segments["zh", "i.1"].text == "学者说之"
    assert plain(made.notes[0].texts["zh"]) == "説，甲本作「說」，乙本作「悦」，从甲。"


# --- locks -----------------------------------------------------------------------------------


def test_locked_and_foreign_spans_are_kept_and_logged() -> None:
    made, log = converted("方案[后]{.lock}与[学会]{.foreign}，以后", "hant")
    assert made.text == "方案后與学会，以後"
    assert [(one.source, one.target, one.kind) for one in log if one.kind == "lock"] == [
        ("后", "后", "lock"),
        ("学会", "学会", "lock"),
    ]


def test_no_phrase_is_found_across_a_lock() -> None:
    made, _ = converted("头[发]{.lock}展", "hant")
    assert made.text == "頭发展"


@pytest.mark.parametrize(
    ("hans", "lock", "hant"),
    [("余南平与余量", "余南平", "余南平與餘量"), ("李征的特征", "李征", "李征的特徵")],
)
def test_locked_names_are_kept(hans: str, lock: str, hant: str) -> None:
    assert to(hans, "hans", "hant", names=[name(lock, locked=True)]) == hant


def test_explicit_forms_of_names_are_used_and_variants_follow() -> None:
    reagan = name("罗纳德·里根", variants=("里根",), hant="羅納德·里根")
    assert to("罗纳德·里根和里根", "hans", "hant", names=[reagan]) == "羅納德·里根和里根"
    uganda = name("烏干達", hans="乌干达")
    assert to("烏干達", "hant", "hans", names=[uganda]) == "乌干达"


def test_of_a_longer_form_of_a_locked_name_the_name_is_kept() -> None:
    one = name("科征", variants=("科征半導體",), locked=True)
    assert to("科征半導體，特徵", "hant", "hans", names=[one]) == "科征半导体，特征"
    assert to("科征半导体，特征", "hans", "hant", names=[one]) == "科征半導體，特徵"


def test_a_name_of_one_character_locks_nothing_in_the_text() -> None:
    assert to("余下", "hans", "hant", names=[name("余", locked=True)]) == "餘下"


def test_the_longest_name_goes_first() -> None:
    names = [name("范文", locked=True), name("范文干", locked=True)]
    assert to("范文干与范文", "hans", "hant", names=names) == "范文干與范文"


def test_converted_names_come_back_exactly() -> None:
    one = name("范里干")
    made = script.convert(edition(names=[one]), settings_("hant", "hans")).value
    [forth] = made.edition.names
    back = script.convert(made.edition, replace(made.config, script="hant")).value.edition.names[0]
    assert forth.zh == "范里干"
    assert back.zh == one.zh


def test_forms_of_another_length_move_the_anchors() -> None:
    source = "老布与计算机标准"
    names = [name("老布", hant="老布殊總統")]
    file = SourceFile("n", "标准")
    note = Note(
        "a", "注", "i.1", {"zh": Lemma("标准", file.whole())}, {"zh": inlines("解说")}, file.whole()
    )
    one = edition(
        segment(source), names=names, notes=[note], anchored=[Anchor("a", "zh", "i.1", 6, 8)]
    )
    made = script.convert(one, settings_()).value.edition
    text = made.segments["zh", "i.1"].text
    assert text == "老布殊總統與計算機標準"
    [anchor] = made.anchors
    assert text[anchor.start : anchor.end] == "標準"
    assert made.notes[0].lemmas["zh"].quote == "標準"


# --- the whole edition -----------------------------------------------------------------------


def test_everything_that_prints_is_converted() -> None:
    file = SourceFile("n", "x")
    table = Table(
        (Cell(inlines("国家"), "left", file.whole()),),
        ((Cell(inlines("数据"), "left", file.whole()),),),
    )
    heading = replace(segment("# 标准"), kind=Kind.HEADING)
    one = edition(
        heading,
        replace(segment("图表", "i.t"), table=table),
        segment("see 标准", "i.e", "en"),
        names=[name("张公博", variants=("张氏",))],
        terms=[Term("t", "技术", "technology", file.whole(), "", inlines("技术之义"), ())],
        notes=[
            Note(
                "a",
                "校",
                "i.1",
                {},
                {"zh": inlines("当作“标准”"), "en": inlines("read 标准")},
                file.whole(),
                sic="标淮",
                corr="标准",
                resp="编",
                evidence="下文",
            )
        ],
    )
    one = replace(
        one,
        sections=(
            replace(
                one.sections[0],
                footnotes=(Footnote("1", "zh", inlines("见[页 @k, 第三页]"), file.whole()),),
            ),
        ),
    )
    cfg = replace(
        settings_(),
        title=Bilingual(zh="标题", en="A 标题"),
        rules=(Bilingual(zh="体例", en="x"),),
        base_text=Bilingual(zh="论文", en="x"),
        editors=(Bilingual(zh="编者", en="x"),),
    )
    value = script.convert(one, cfg).value
    made = value.edition
    assert made.segments["zh", "i.1"].text == "# 標準"
    assert made.pairs[0].zh[0].text == made.sections[0].zh[0].text == "# 標準"
    assert made.segments["en", "i.e"].text == "see 標準"
    cells = made.segments["zh", "i.t"].table
    assert cells is not None
    assert plain(cells.header[0].inlines) + plain(cells.rows[0][0].inlines) == "國家數據"
    assert (made.names[0].zh, made.names[0].variants) == ("張公博", ("張氏",))
    assert (made.terms[0].zh, plain(made.terms[0].zh_gloss)) == ("技術", "技術之義")
    note = made.notes[0]
    assert (plain(note.texts["zh"]), plain(note.texts["en"])) == ("當作“標準”", "read 標準")
    assert (note.sic, note.corr, note.resp) == ("标淮", "標準", "編")  # sic is the base text's
    footnote = made.sections[0].footnotes[0].inlines
    cite = next(part for part in footnote if isinstance(part, Cite))
    assert (cite.items[0].prefix, cite.items[0].locator) == ("頁", "第三頁")
    assert value.config.title == Bilingual(zh="標題", en="A 標題")
    assert value.config.rules[0].zh == "體例"
    assert value.config.base_text.zh == "論文"
    assert value.config.editors[0].zh == "編者"
    assert value.config.source_script == "hant"


def test_the_source_is_not_touched() -> None:
    one = edition(segment("标准[后]{.lock}"))
    script.convert(one, settings_())
    assert one.segments["zh", "i.1"].text == "标准后"


def test_every_decision_has_its_place_and_evidence() -> None:
    made, log = converted("第一，制造芯片；余下的里外。")
    by_source = {one.source: one for one in log}
    one = by_source["制"]
    assert (one.where, one.offset, one.target, one.kind, one.evidence) == (
        "i.1",
        3,
        "製",
        "phrase",
        "制造",
    )
    assert set(one.readings) >= {"制", "製"}
    assert one.span is not None
    assert one.span.text == "制"
    assert made.text[one.offset] == "製"


def test_the_log_is_readable() -> None:
    _, log = converted("制造[后]{.lock}")
    lines = script.log_text(log).splitlines()
    assert lines[0].startswith("script: 2 decisions (")
    assert lines[1] == "  source/text/01.zh.md:1:1 [i.1] 制 → 製 (制/製) phrase 制造"
    assert lines[2].endswith("后 → 后 (后/後) lock")
    assert script.log_text(()) == ""


def test_readings_that_no_phrase_decides_are_listed_for_review() -> None:
    outcome = script.convert(edition(segment("此余，彼余"), segment("又余。", "i.2")), settings_())
    found = [one for one in outcome.diagnostics if one.code.id == "SCR004"]
    assert len(found) == 1
    assert "i.1, i.2" in found[0].fact


HANT = (
    "技術聯盟與軍事為爲台臺裡裏後后乾幹干製制徵征，。a1 \n峰峯著着佔占夥伙復複覆余餘構构系係繫云雲"
)


@settings(max_examples=60, deadline=None)
@given(st.text(HANT, max_size=30), st.sampled_from(["generic", "tw", "hk"]))
def test_a_round_trip_differs_only_where_the_log_says_so(text: str, variety: str) -> None:
    one = edition(segment("甲"))
    made = (Text(text, SourceFile("t", text).whole()),)
    one = edition(replace(segment("甲"), inlines=made))
    forth = script.convert(one, settings_("hant", "hans", variety)).value
    back = script.convert(forth.edition, replace(forth.config, script="hant")).value
    again = back.edition.segments["zh", "i.1"].text
    logged = {item.offset for item in forth.log}
    assert len(again) == len(text)
    for at, (before, after) in enumerate(zip(text, again, strict=True)):
        assert before == after or at in logged


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["hant", "hans"]))
def test_conversion_of_any_text_is_total_and_stable(text: str, target: str) -> None:
    other = "hans" if target == "hant" else "hant"
    once = to(text, other, target)
    assert len(once) == len(text)
    assert to(once, "hant", "hans") == to(to(once, "hant", "hans"), "hant", "hans")


@settings(max_examples=40, deadline=None)
@given(st.text(HANT, max_size=30), st.sampled_from(["generic", "tw", "hk"]))
def test_regional_forms_are_stable(text: str, variety: str) -> None:
    once = to(text, "hant", "hant", variety)
    assert to(once, "hant", "hant", variety) == once


# --- the check -------------------------------------------------------------------------------


def checked(
    source: str,
    source_script: str = "hant",
    variety: str = "generic",
    names: Sequence[Name] = (),
    notes: Sequence[Note] = (),
) -> list[Diagnostic]:
    cfg = settings_(source_script, source_script, variety)
    return list(script.check(edition(segment(source), names=names, notes=notes), cfg))


def codes(found: Sequence[Diagnostic]) -> list[str]:
    return [one.code.id for one in found]


def test_a_simplified_character_in_traditional_text_is_found_with_its_reading() -> None:
    found = checked("美國積極构建聯盟，兩党輪替")
    assert codes(found) == ["SCR001", "SCR001"]
    assert "構" in found[0].fact
    assert found[0].fix is not None
    assert (found[0].fix.span.text, found[0].fix.text) == ("构", "構")
    assert found[0].segment == "i.1"
    assert found[0].place == "source/text/01.zh.md:1:5"


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        ("對產品征收關稅", "征", "徵"),
        ("顯著特征之一", "征", "徵"),
        ("本土芯片制造", "制", "製"),
        ("不遺余力", "余", "餘"),
        ("二十余類", "余", "餘"),
        ("開始於近几年", "几", "幾"),
    ],
)
def test_a_character_of_both_scripts_is_found_by_its_word(
    source: str, wrong: str, right: str
) -> None:
    found = checked(source)
    assert codes(found) == ["SCR002"]
    assert found[0].fix is not None
    assert (found[0].fix.span.text, found[0].fix.text) == (wrong, right)


@pytest.mark.parametrize(
    "source",
    [
        "余南平、烏干達、羅德里克、阿里雲",
        "准入與批准，制定標準",
        "台積電在台灣",
        "皇后與公里",
        "里根和李征",
        "出征與長征",
        "範圍與范仲淹",
        "了解與明瞭",
        "公布、注釋、回歸",
        "天干地支，干涉",
        "面子與表面",
    ],
)
def test_words_right_as_they_stand_are_not_found(source: str) -> None:
    assert checked(source) == []


def test_locked_spans_and_names_are_not_found() -> None:
    assert checked("[构建]{.lock}與黃宁", names=[name("黃宁", locked=True)]) == []


def test_what_a_textual_note_quotes_is_not_found() -> None:
    file = SourceFile("n", "x")
    note = Note(
        "a",
        "校",
        "i.1",
        {},
        {"zh": inlines("原文作“构建”，又作特征，今改。")},
        file.whole(),
        sic="特征",
        corr="特徵",
    )
    assert checked("無", notes=[note]) == []
    plain_note = Note("b", "注", "i.1", {}, {"zh": inlines("“构建”")}, file.whole())
    assert codes(checked("無", notes=[plain_note])) == ["SCR001"]


def test_traditional_characters_in_simplified_text_are_found() -> None:
    found = checked("小院高牆与乾坤、显著、干燥，乾燥", "hans")
    assert codes(found) == ["SCR001", "SCR002"]
    assert found[0].fix is not None
    assert found[0].fix.text == "墙"


def test_a_reading_that_is_open_is_reported_without_a_fix() -> None:
    found = checked("中國方案后，為搶先")
    assert codes(found) == ["SCR002"]
    assert found[0].fix is None


@pytest.mark.parametrize(
    ("variety", "source", "char", "form"),
    [
        ("generic", "為何為此爲然，爲之，為也", "爲", "為"),
        ("tw", "這裏，那裏", "裏", "裡"),
        ("hk", "這裡", "裡", "裏"),
    ],
)
def test_two_forms_are_one_remark_that_mends_nothing(
    variety: str, source: str, char: str, form: str
) -> None:
    found = checked(source, variety=variety)
    assert codes(found) == ["SCR003"]
    assert found[0].level is Severity.INFO
    assert found[0].fix is None
    assert f"“{char}”" in found[0].fact
    assert f"“{form}”" in found[0].fact


def test_readings_of_textual_notes_are_no_habit() -> None:
    note = textual("羣，甲本作「群」，乙本作“羣”。", "羣山")
    cfg = replace(settings_("hant", "hant"), layers=LAYERS)
    one = edition(segment("羣山羣峰"), notes=[note], anchored=[Anchor("a", "zh", "i.1", 0, 2)])
    assert script.check(one, cfg) == ()


def test_an_explicit_form_in_the_wrong_script_is_found() -> None:
    found = checked("無", names=[name("羅納德·里根", hans="羅納德·里根")])
    assert codes(found) == ["SCR005"]


def test_a_text_altogether_in_the_other_script_is_one_finding() -> None:
    found = checked("这个国家说过许多话，写下许多书。" * 10)
    assert codes(found) == ["SCR006"]


# --- normalising a raw text ------------------------------------------------------------------


def test_normalising_puts_right_what_is_safe_and_lists_the_rest() -> None:
    text = "兩党對特征的构建，余南平論准入與制定；芯片制造，方案后。"
    made = script.normalise(text)
    assert made.text == "兩黨對特徵的構建，余南平論准入與制定；芯片製造，方案后。"
    assert [(one.offset, one.source, one.target) for one in made.emendations] == [
        (1, "党", "黨"),
        (4, "征", "徵"),
        (6, "构", "構"),
        (21, "制", "製"),
    ]
    assert [one.source for one in made.left] == ["后"]
    again = script.normalise(made.text)
    assert again.text == made.text
    assert not again.emendations


@pytest.mark.parametrize(("text", "expected"), [
    ("這個國家的結构很複雜", "hant"), ("这个国家的结构很複杂", "hans"),
    ("山中有雨，林下無人", "hant"),
    ("得失", None), ("Rain in the hills", None), ("", None),
])  # fmt: skip
def test_the_script_of_a_text_is_told_by_characters_of_one_only(
    text: str, expected: str | None
) -> None:
    assert script.script_of(text) == expected


def test_normalising_keeps_names() -> None:
    assert script.normalise("黃宁", names=[name("黃宁")]).text == "黃宁"


@settings(max_examples=60, deadline=None)
@given(st.text(HANT + "党与为国制造特征", max_size=40))
def test_normalising_changes_only_what_it_lists(text: str) -> None:
    made = script.normalise(text)
    changed = [at for at, (a, b) in enumerate(zip(text, made.text, strict=True)) if a != b]
    assert changed == [one.offset for one in made.emendations]
    assert script.normalise(made.text).text == made.text


# --- the shipped edition ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> tuple[Edition, Config]:
    loaded = config.load(ROOT)
    assert loaded.value is not None
    read = readers.read_edition(ROOT, loaded.value)
    anchored = anchors.attach(read.value)
    assert anchored.ok, as_text(anchored.diagnostics)
    return anchored.value, loaded.value


def test_every_note_of_the_shipped_edition_is_found_on_each_side_it_has(
    shipped: tuple[Edition, Config],
) -> None:
    one, _ = shipped
    assert len(one.notes) >= 140
    assert {(note.id, lang) for note in one.notes for lang in note.texts} == {
        (anchor.note, anchor.lang) for anchor in one.anchors
    }


def test_the_shipped_edition_is_in_one_script(shipped: tuple[Edition, Config]) -> None:
    found = script.check(*shipped)
    assert not found, as_text(found)


def test_the_shipped_edition_comes_back_but_for_what_the_log_says(
    shipped: tuple[Edition, Config],
) -> None:
    one, cfg = shipped
    forth = script.convert(one, replace(cfg, script="hans")).value
    back = script.convert(forth.edition, replace(forth.config, script="hant")).value
    logged = {(item.where, item.offset) for item in forth.log}
    changed = 0
    for key, segment_ in one.segments.items():
        again = back.edition.segments[key].text
        assert len(again) == len(segment_.text)
        for at, (before, after) in enumerate(zip(segment_.text, again, strict=True)):
            changed += before != after
            assert before == after or (segment_.id, at) in logged
    assert changed < 40  # of more than 20,000
    assert [item.zh for item in back.edition.names] == [item.zh for item in one.names]
    for anchor in forth.edition.anchors:
        text = forth.edition.segments[anchor.lang, anchor.segment].text
        note = next(item for item in forth.edition.notes if item.id == anchor.note)
        assert text[anchor.start : anchor.end] == note.lemmas[anchor.lang].quote


def test_locked_words_of_the_shipped_edition_survive(shipped: tuple[Edition, Config]) -> None:
    one, cfg = shipped
    made = script.convert(one, replace(cfg, script="hans")).value.edition

    def locked(found: Inlines) -> list[str]:
        out = []
        for item in found:
            if isinstance(item, Styled):
                out += [plain(item.children)] if "lock" in item.classes else locked(item.children)
        return out

    before = [word for note in one.notes for text in note.texts.values() for word in locked(text)]
    after = [word for note in made.notes for text in note.texts.values() for word in locked(text)]
    assert len(before) > 20
    assert after == before


def test_the_article_is_normalised_without_harm_to_names(shared: Path) -> None:
    text = (shared / "raw" / "article.txt").read_text("utf-8")
    made = script.normalise(text)
    for word in ("余南平", "烏干達", "羅德里克", "阿里雲", "准入", "批准", "台積電", "制定"):
        assert made.text.count(word) >= text.count(word) > 0, word
    for wrong, right in (("征收", "徵收"), ("特征", "特徵"), ("制造", "製造"), ("构建", "構建")):
        assert wrong in text
        assert wrong not in made.text
        assert right in made.text
    assert all(text[one.offset] == one.source for one in (*made.emendations, *made.left))


# --- habits ----------------------------------------------------------------------------------


OLD_FORMS = "內外清淨，其心寂然，日出東方，人皆見之，是故當勤，勿自放逸。" * 90


def codes_of(*texts: str, profile: Profile | None = None) -> list[str]:
    chosen = replace(settings_("hant", "hant"), profile=profile)
    made = edition(*(segment(one, f"i.{at}") for at, one in enumerate(texts)))
    return [one.code.id for one in script.check(made, chosen) if one.code.id != "SCR003"]


def test_forms_that_a_text_has_throughout_are_one_finding() -> None:
    own = ["其葉黄矣，其煙绿矣，其水静矣。"] * 6
    assert codes_of(OLD_FORMS, *own) == ["SCR007"]
    # with the right form beside them they are slips
    assert codes_of(OLD_FORMS, *own, "黃綠靜").count("SCR001") == 18
    # and so they are where a text is too short to have habits
    assert codes_of(*own).count("SCR001") == 18


def test_a_slip_among_such_forms_is_listed_with_its_number() -> None:
    own = ["其葉黄矣，其煙绿矣，其水静矣。"] * 6
    made = edition(segment(OLD_FORMS), *(segment(one, f"i.{n}") for n, one in enumerate(own, 2)),
                   segment("其户闭矣。", "i.9"))  # fmt: skip
    (told,) = [
        one for one in script.check(made, settings_("hant", "hant")) if one.code.id == "SCR007"
    ]
    assert "黄（黃）6" in told.fact
    assert "闭（閉）1" in told.fact


@pytest.mark.parametrize("text", ["人臥于水中，是謂第一出世間福。", "孔子云：「里仁為美。」"])
def test_classical_chinese_has_words_of_its_own(text: str) -> None:
    modern = "我們的朋友們在這裡看見了很多東西，這些東西是他們的，他們很高興。" * 20
    assert codes_of(OLD_FORMS, text) == []
    assert codes_of(modern, text, profile="classical") == []
    assert codes_of(OLD_FORMS, "第一出戲", profile="modern") == codes_of(modern, "第一出戲")
