"""Aligning by what texts say: splits, joins, gaps and moves are found, and doubts are told."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.aligning import (
    Aligned,
    Bitext,
    TermForms,
    Unit,
    align,
    band,
    core,
    dictionary,
    edges,
    figures,
    scores,
)
from edition.model import Kind

CHINESE = (
    "橋建於明代，長三十丈，寬四尺，至今行人不絕。",
    "一六四四年大水，橋斷，鄉人以舟渡者凡十二年。",
    "縣令陳公捐銀五百兩，命石工王三重修。",
    "王三問：「用何石？」陳公答：「青石。」",
    "工成之日，觀者千人，舟人失業，多有怨言。",
    "橋頭立碑，碑文為舉人李某所撰，今已漫漶，只餘三十七字可讀。",
    "碑陰有捐資者姓名，凡二百零八人，婦女居其九。",
    "清末鐵路通，商旅不復由此，橋上生草。",
)
ENGLISH = (
    "The bridge was built under the Ming; it is thirty zhang long and four feet wide, and people "
    "walk over it to this day.",
    "In 1644 a flood broke it, and for twelve years villagers were ferried across.",
    "Magistrate Chen gave five hundred taels of silver and had the mason Wang San rebuild it.",
    "“What stone shall I use?” asked Wang San. “Blue stone,” said Magistrate Chen.",
    "On the day it was finished a thousand people came to look; the boatmen lost their living, and "
    "many of them grumbled.",
    "A stele was set up at its head. Its text, by a graduate called Li, is worn away: only "
    "thirty-seven characters can be read.",
    "On the back of the stele are the names of 208 donors, nine of them women.",
    "At the end of the Qing the railway came, merchants no longer passed this way, and grass grew "
    "on the bridge.",
)


def part(zh: list[str], en: list[str]) -> Bitext:
    return Bitext(tuple(Unit(text=one) for one in zh), tuple(Unit(text=one) for one in en))


def odd(aligned: Aligned) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """What is not one to one."""
    return [(one.zh, one.en) for one in aligned.beads if one.shape != (1, 1)]


# --- figures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "wanted"), [
    ("一九六八年", {1968}), ("二千零二十三人", {2023}), ("十二萬三千", {123000}), ("卅七", {37}),
    ("３ 與 1,250 元", {3, 1250}), ("1.5萬", {15000}), ("千", {1000}), ("萬", {10000}),
    ("〇", {0}), ("二〇二三年九月十二日", {2023, 9, 12}), ("無", set()),
])  # fmt: skip
def test_numbers_of_chinese(text: str, wanted: set[int]) -> None:
    assert figures.chinese(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), [
    ("seventy-six", {76}), ("two hundred and eight", {208}), ("the ninth", {9}),
    ("September 12, 2023", {9, 12, 2023}), ("five hundred taels, three men", {500, 3}),
    ("1,250 or 12 thousand", {1250, 12, 12000}), ("one two", {1, 2}), ("None", set()),
    ("May I", set()),
])  # fmt: skip
def test_numbers_of_english(text: str, wanted: set[int]) -> None:
    assert figures.english(text) == wanted


@given(st.text())
def test_any_text_has_its_numbers(text: str) -> None:
    assert all(one >= 0 for one in figures.chinese(text) | figures.english(text))


# --- one thing at a time -------------------------------------------------------------------------


def test_a_text_as_it_should_be_is_in_order() -> None:
    (done,) = align([part([*CHINESE], [*ENGLISH])])
    assert not odd(done)
    assert {one.sure for one in done.beads} == {1.0}


@pytest.mark.parametrize("at", range(7))
def test_a_join_on_one_side_is_one_bead(at: int) -> None:
    english = [*ENGLISH[:at], f"{ENGLISH[at]} {ENGLISH[at + 1]}", *ENGLISH[at + 2 :]]
    (done,) = align([part([*CHINESE], english)])
    assert odd(done) == [((at, at + 2), (at, at + 1))]


@pytest.mark.parametrize("at", [1, 2, 3, 5, 6])
def test_a_paragraph_left_out_is_one_bead(at: int) -> None:
    (done,) = align([part([*CHINESE], [*ENGLISH[:at], *ENGLISH[at + 1 :]])])
    assert odd(done) == [((at, at + 1), (at, at))]


def test_as_many_on_both_sides_need_not_be_in_order() -> None:
    """A join in one language and another in the other: the order alone would pair what stands
    between them wrongly."""
    chinese = [CHINESE[0] + CHINESE[1], *CHINESE[2:]]
    english = [*ENGLISH[:6], f"{ENGLISH[6]} {ENGLISH[7]}"]
    (done,) = align([part(chinese, english)])
    assert odd(done) == [((0, 1), (0, 2)), ((5, 7), (6, 7))]


def test_what_was_moved_is_told() -> None:
    english = [ENGLISH[0], *ENGLISH[2:6], ENGLISH[1], *ENGLISH[6:]]
    (done,) = align([part([*CHINESE], english)])
    assert [(one.zh, one.en) for one in done.moved] == [(1, 5)]


def test_kinds_keep_headings_together() -> None:
    chinese = [
        Unit(text="橋", kind=Kind.HEADING, level=1), Unit(text="橋長。"), Unit(text="水急。"),
        Unit(text="碑", kind=Kind.HEADING, level=2), Unit(text="碑斷。"),
    ]  # fmt: skip
    english = [Unit(text="Bridge", kind=Kind.HEADING, level=1), Unit(text="Long. Swift."),
               Unit(text="Stele", kind=Kind.HEADING, level=2), Unit(text="Broken.")]  # fmt: skip
    (done,) = align([Bitext(tuple(chinese), tuple(english))])
    assert ((3, 4), (2, 3)) in [(one.zh, one.en) for one in done.beads]
    assert not any(one.shape != (1, 1) and 3 in range(*one.zh) for one in done.beads)


def test_settled_places_stay_and_part_what_is_between() -> None:
    settled = (((0, 1), (0, 1)), ((5, 6), (5, 6)))
    zh, en = (part([*CHINESE], [*ENGLISH[:6], *ENGLISH[7:]]).zh,
              part([*CHINESE], [*ENGLISH[:6], *ENGLISH[7:]]).en)  # fmt: skip
    (done,) = align([Bitext(zh, en, settled)])
    assert [(one.zh, one.en) for one in done.beads if one.settled] == list(settled)
    assert odd(done) == [((6, 7), (6, 6))]


def test_names_decide_where_lengths_do_not() -> None:
    tail = "早晨從村口走過，向大家點頭，一句話也沒有說。"
    chinese = [name + tail for name in ("趙大", "錢二", "孫三", "李四")]
    english = [f"{name} passed the gate early, nodded to everyone, and did not say a word."
               for name in ("Elder Zhao", "Third Sun", "Fourth Li")]  # fmt: skip
    forms = [
        TermForms(("趙大",), ("Elder Zhao",)),
        TermForms(("錢二",), ("Second Qian",)),
        TermForms(("孫三",), ("Third Sun",)),
        TermForms(("李四",), ("Fourth Li",)),
    ]
    (done,) = align([part(chinese, english)], forms)
    assert odd(done) == [((1, 2), (1, 1))]


def test_two_texts_that_say_nothing_are_in_doubt() -> None:
    (done,) = align([part(["甲。"] * 6, ["One."] * 5)])
    assert min(one.sure for one in done.beads) < 0.5


def test_the_dictionary_is_read_where_it_is_and_missed_nowhere() -> None:
    words = {"橋": frozenset({"bridge"}), "石橋": frozenset({"stone", "bridge"})}
    assert dictionary.meanings("過石橋，橋斷", words) == {"bridge", "stone"}
    entry = "石橋 石桥 [shi2 qiao2] /stone bridge/CL:座[zuo4]/"
    assert dictionary.read([entry, "no entry"])["石桥"] >= {"ston", "bridg"}


# --- texts of a book's size ----------------------------------------------------------------------


def synthetic(size: int, seed: int, share: float) -> tuple[Bitext, list[tuple[int, ...]]]:
    """A translation by a made-up dictionary, with a share of paragraphs joined or left out on
    either side, and the paragraphs of the other side that each English one answers to."""
    chance = random.Random(seed)
    words = [
        ("".join(chance.choices("天地人山水火木金土日月風雲雨雪花鳥魚蟲草", k=2)),
         "".join(chance.choices("abcdefghiklmnoprstuw", k=6)))
        for _ in range(900)
    ]  # fmt: skip
    zh: list[str] = []
    en: list[tuple[str, tuple[int, ...]]] = []
    for _ in range(size):
        # common words are common, as in any text
        chosen = [words[int(900 * chance.random() ** 2)] for _ in range(chance.randint(4, 40))]
        fate = chance.random()
        if fate > share / 2:
            text = " ".join(two for _, two in chosen)
            zh.append("".join(one for one, _ in chosen))
            if fate < share and en:
                en[-1] = (f"{en[-1][0]} {text}", (*en[-1][1], len(zh) - 1))
            else:
                en.append((text, (len(zh) - 1,)))
        else:
            en.append((" ".join(two for _, two in chosen), ()))
    return part(zh, [text for text, _ in en]), [answers for _, answers in en]


@settings(max_examples=6, deadline=None)
@given(st.integers(60, 160), st.integers(0, 10_000))
def test_a_tenth_changed_is_found(size: int, seed: int) -> None:
    texts, wanted = synthetic(size, seed, 0.1)
    (done,) = align([texts])
    right = sum(
        one.shape[1] == 1 and tuple(range(*one.zh)) == wanted[one.en[0]] for one in done.beads
    )
    assert right >= 0.9 * len(wanted)
    # every unit is in exactly one bead, in order
    assert [at for one in done.beads for at in range(*one.zh)] == list(range(len(texts.zh)))
    assert [at for one in done.beads for at in range(*one.en)] == list(range(len(texts.en)))


def test_a_long_stretch_left_out_is_found() -> None:
    texts, _ = synthetic(400, 3, 0.0)
    (done,) = align([Bitext(texts.zh, texts.en[:100] + texts.en[220:])])
    lone = [one.zh[0] for one in done.beads if one.shape == (1, 0)]
    assert len(set(lone) & set(range(100, 220))) >= 105


def test_time_grows_with_length_not_with_its_square() -> None:
    took = []
    for size in (400, 1600):
        texts, _ = synthetic(size, 5, 0.06)
        start = time.process_time()
        align([texts])
        took.append(time.process_time() - start)
    assert took[1] < 9 * took[0]  # 4 is linear


def test_the_shipped_edition_with_joined_paragraphs() -> None:
    """Ids of the edition say what is right; the aligner does not see them."""
    from edition import config
    from edition.readers import read_edition

    root = Path(__file__).resolve().parents[2]
    loaded = config.load(root).value
    assert loaded is not None
    edition = read_edition(root, loaded).value
    parts, wanted = [], []
    for section in edition.sections:
        pairs = [one for one in edition.pairs if one.section == section.id
                 and len(one.zh) == len(one.en) == 1]  # fmt: skip
        zh = [Unit(text=one.zh[0].text, kind=one.zh[0].kind, level=one.zh[0].level)
              for one in pairs]  # fmt: skip
        en, answers = [], []
        for number, one in enumerate(pairs):
            kind = one.en[0].kind
            if number % 8 == 5 and kind is Kind.PARA is en[-1].kind:
                en[-1] = Unit(text=f"{en[-1].text} {one.en[0].text}", kind=kind)
                answers[-1] = (*answers[-1], number)
            else:
                en.append(Unit(text=one.en[0].text, kind=kind, level=one.en[0].level))
                answers.append((number,))
        parts.append(Bitext(tuple(zh), tuple(en)))
        wanted.append(answers)
    right = total = 0
    for done, answers in zip(align(parts), wanted, strict=True):
        said = [tuple(range(*one.zh)) for one in done.beads if one.shape[1] == 1]
        right += len(set(said) & set(answers))
        total += len(answers)
    assert right >= 0.97 * total


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), max_size=12), st.integers(1, 4))
@settings(max_examples=60)
def test_a_band_can_be_walked_from_end_to_end(
    anchors: list[tuple[int, int]], width: int
) -> None:  # fmt: skip
    """Each row begins within what the row above reaches, however the texts jump."""
    box = band.BandStretch((0, 40), (0, 60))
    made = band.along(box, [9] * 40, [9] * 60, band.chain(anchors), width)
    assert made.low[0] == 0
    assert made.high[-1] == 60
    for row in range(1, 41):
        assert made.low[row - 1] <= made.low[row] <= made.high[row - 1] <= made.high[row]


# --- everyday words, how texts begin and end, shares of shapes -----------------------------------

VERSES = (
    ("他使白晝追趕黑夜，", "He makes the day follow the night,"),
    ("他從雲裏降下雨水，", "and sends down rain from the clouds;"),
    ("他使大地生出青草，", "He makes the earth bring forth grass,"),
    ("他叫山嶺站立不動，", "and bids the mountains stand still;"),
    ("他給飛鳥一棵樹木，", "He gives the birds a tree,"),
    ("他給魚兒一條江河，", "and the fish a river."),
    ("寡婦的眼淚他看見了，", "The tears of the widow He has seen,"),
    ("孩子的聲音他聽見了，", "the voice of the child He has heard;"),
    ("王的刀劍在他面前折斷，", "the sword of the king breaks before Him,"),
    ("富人的金銀不能救他們，", "the gold of the rich cannot save them."),
    ("門開了，誰走進去？", "The gate is open: who will go in?"),
    ("燈點了，誰坐在光裏？", "The lamp is lit: who will sit in its light?"),
)


def test_verses_of_which_each_side_lacks_another_are_not_taken_in_order() -> None:
    zh = [zh for number, (zh, _) in enumerate(VERSES) if number != 2]
    en = [en for number, (_, en) in enumerate(VERSES) if number != 8]
    (done,) = align([part(zh, en)])
    pairs = {(one.zh[0], one.en[0]) for one in done.beads if one.shape == (1, 1)}
    right = {(at if at < 2 else at - 1, at if at < 8 else at - 1)
             for at in range(12) if at not in (2, 8)}  # fmt: skip
    assert len(pairs & right) >= 9
    wrong = [one for one in done.beads
             if one.shape == (1, 1) and (one.zh[0], one.en[0]) not in right]  # fmt: skip
    assert all(one.sure < 0.95 for one in wrong), "what is wrong is never certain"


def test_verses_in_order_are_certain() -> None:
    (done,) = align([part([zh for zh, _ in VERSES], [en for _, en in VERSES])])
    assert [(one.shape, one.sure) for one in done.beads] == [((1, 1), 1.0)] * 12


def test_everyday_words_are_known_in_both_scripts_by_their_longest_form() -> None:
    for text in ("老師說母親病了", "老师说母亲病了"):
        shared = core.chinese(text) & core.english("The teacher said that mother was ill.")
        assert len(shared) == 4
    assert not core.chinese("東西") & core.english("east west"), "a thing is no direction"
    assert core.english("They didn’t go") & core.chinese("不去")


def test_a_run_is_cut_where_speech_ends() -> None:
    """The second English sentence belongs to the speech that the first Chinese one closes."""
    zh = ["今天，老周道：「不走了，等雨停了，我們再一起過河。」", "他把燈放在窗前。",
          "小羅笑道：「你怕水嗎？」"]  # fmt: skip
    en = [
        "Old Zhou said: 'We shall not leave today.",
        "When the rain has stopped we shall cross the river together.'",
        "He put the lamp in the window.",
        "'Are you afraid of water?' laughed young Luo.",
    ]
    (done,) = align([part(zh, en)])
    assert [(one.zh, one.en) for one in done.beads] == [
        ((0, 1), (0, 2)), ((1, 2), (2, 3)), ((2, 3), (3, 4))]  # fmt: skip

    left, right, said = edges.classes(part(zh, en).zh, part(zh, en).en)
    whole = edges.joined(right[0], right[1])
    assert said[left[0]][whole] > said[left[0]][right[0]], "only the second closes the speech"
    assert said[left[0]][whole] > said[left[0]][edges.joined(right[1], right[2])]


def test_shapes_cost_what_the_text_shows() -> None:
    free = scores.shape_costs({(1, 2): 40.0, (1, 1): 60.0})
    assert scores.shape_costs({})[1, 2] < free[1, 2] < 0 == free[1, 1]
