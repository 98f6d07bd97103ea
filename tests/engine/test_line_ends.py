"""Both ends of every line, on real XeLaTeX: every mark beside every other is pushed over the end
of a line, character by character, and no line begins or ends against the table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from proof_samples import Line, printed
from tex_samples import CONFIG, SPAN, Book, box, inlines, layout, note, stack, whole

from edition.diagnostics import Diagnostic
from edition.engine.cache import Cache
from edition.engine.measure import measure
from edition.engine.typeset import typeset
from edition.latex import breaks
from edition.layout.types import Box, Layout
from edition.model import Emph, Inline, Lang, Mark, Ruby, Styled
from edition.press import characters
from edition.proof import book as books
from edition.proof import facts, page
from edition.proof.lineproof import DASH
from edition.proof.types import ProofMatter

pytestmark = pytest.mark.tex

PAIRS = ("（）", "《》", "〈〉", "「」", "『』", "【】", "〔〕", "“”", "‘’")
POINTS = "，。、；：？！．"
LONG = ("——", "……", "⋯⋯")
LATIN = (".", ",", ";", ":", "?", "!", ")", "%")


def combinations() -> list[str]:
    """Marks beside each other as texts have them, and as no text should."""
    closing = [pair[1] for pair in PAIRS]
    made = [f"木{long}{mark}" for long in LONG for mark in (*closing, *POINTS, *LATIN)]
    made += [f"木{mark}{stop}" for mark in closing for stop in LATIN[:4]]
    for opening, end in PAIRS:
        made += [
            f"{opening}木{end}、{opening}林{end}", f"{opening}木{end}{opening}林{end}",
            f"木：{opening}林。{end}", f"{opening}——{end}", f"{opening}……{end}，",
            f"{opening}木{end}——{opening}林{end}", f"木！{end}{end}。", f"木，{opening}林",
            f"{opening}{opening}木{end}",
        ]  # fmt: skip
    made += [
        "木。 林", "木） （林", "WTO。", "（WTO）。", "1990年——1995年", "100%。", "木·林", "木～林",
        "5℃，", "八％。", "木／林", "木…林", "木！？", "木？！”", "——，——", "木——……林", "……。」",
        "木—林", "木–林", "（……）", "……——", "————", "………林", "——“木”", "木，……", "‧木",
    ]  # fmt: skip
    chance = Random(11)
    parts = [*(f"{one[0]}石{one[1]}" for one in PAIRS), *POINTS, *LONG, *closing, *LATIN[:3]]
    while len(made) < 320:
        made.append("木" + "".join(chance.choices(parts, k=chance.randint(2, 4))))
    return made


def pushed(combination: str, lang: Lang, key: str, style: str, width: float) -> Box:
    """A box in which the combination stands at every distance from the end of a line."""
    text = "".join("字" * count + combination for count in range(1, 18)) + "字字"
    return box(key, lang, text, style=style, width=width)


def proved(tmp_path: Path, book: Book, shape: Layout) -> tuple[list[Line], list[Diagnostic]]:
    measured = measure(book.boxes, shape, CONFIG, tmp_path, Cache(tmp_path / "cache"))
    assert measured.diagnostics == ()
    plan = stack(book, measured.value, shape, heads=False)
    done = typeset(book, plan, measured.value, shape, CONFIG, tmp_path)
    assert done.diagnostics == ()
    assert done.value is not None
    pdf = Path(done.value.pdf).read_bytes()
    matter = ProofMatter(book=whole(book), plan=plan, measures=measured.value, typeset=done.value,
                    layout=shape)  # fmt: skip
    pages = characters.read(pdf)
    assert pages is not None
    proofs = [page.prove(one, runs, ()) for one, runs in
              zip(facts.of_book(matter), pages, strict=True)]  # fmt: skip
    return printed(matter, pdf), list(books.prove(matter, proofs).found)


def ends(found: list[Diagnostic]) -> list[str]:
    return [one.fact for one in found if one.code.id == "PRF014"]


def test_no_line_begins_or_ends_against_the_table(tmp_path: Path) -> None:
    shape = layout()
    wide = replace(shape.styles["zh"], name="wide", size=12, leading=21, first=14)
    shape = replace(shape, styles={**shape.styles, "wide": wide})
    book = Book.of(*(
        pushed(one, "zh", f"{style}{n}", style, width)
        for style, width in (("zh", 152.25), ("wide", 250))
        for n, one in enumerate(combinations())
    ))  # fmt: skip
    lines, found = proved(tmp_path, book, shape)
    assert len(lines) > 6000
    assert ends(found) == []
    assert DASH not in {one.code for one in found}


def test_running_text_of_every_mark_beside_every_other(tmp_path: Path) -> None:
    """What a line may end at is scarce here: a place that is only dear would be taken."""
    marks = "，。、；：？！）」』》〉】〕”’（「『《〈【〔“‘·—…～／"
    pairs = [one + two for one in marks for two in marks]
    english = [f"{one}{two}" for one in ",.;:!?)]”’([“‘–—…-" for two in ",.;:!?)]”’([“‘–—…-"]
    book = Book.of(*(
        box(f"{lang}{n}", lang, "字" * n + text, width=width)  # type: ignore[arg-type]
        for lang, text in (("zh", "".join(f"甲{one}乙" for one in pairs)),
                           ("en", " ".join(f"a{one}b" for one in english)))
        for n, width in enumerate((152.25, 160.0, 250.0, 350.0))
    ))  # fmt: skip
    lines, found = proved(tmp_path, book, layout())
    assert len(lines) > 400
    assert ends(found) == []


def _marked() -> list[list[str | Inline]]:
    """Note marks, citations, emphasis and ruby between and beside marks."""
    cite = Styled(inlines("（陳垣 2004：12）"), ("cite",), (("key", "k"),), SPAN)
    bare = Styled(inlines("陳垣（2004：12）"), ("cite",), (("key", "k"),), SPAN)
    mark = Mark("n", SPAN)
    return [
        ["木", mark, "。"], ["木”", mark, "。"], ["木。", mark, "」"], ["「", mark, "木」"],
        ["木", mark, "——"], ["木", mark, "（林）"],
        ["見", bare, "。"], ["見", cite, "。"], ["。", bare, "」"], ["「", cite, "，"],
        [Emph(inlines("木」"), SPAN), "，"], ["（", Emph(inlines("「木"), SPAN), "」）"],
        ["「", Ruby("雒", "luò", SPAN), "」"], ["，", Ruby("雒水", "luò shuǐ", SPAN), "……"],
        ["木……。", mark, "「林"], ["木——", mark, "，林"],
        [Emph(inlines("木——"), SPAN), "”"], ["木。」「林？」『", mark, "石"],
    ]  # fmt: skip


def test_nothing_between_two_marks_lets_a_line_end_there(tmp_path: Path) -> None:
    boxes = [
        box(f"m{n}-{count}", "zh", "字" * count, *parts, "字字字。" * 3, width=130)
        for n, parts in enumerate(_marked())
        for count in range(2, 15)
    ]
    book = Book.of(*boxes, note("n", "zh", "注"))
    _, found = proved(tmp_path, book, layout())
    assert ends(found) == []


def test_marks_keep_their_distance_across_sentences_and_citations(tmp_path: Path) -> None:
    bare = Styled(inlines("陳垣（2004）"), ("cite",), (("key", "k"),), SPAN)
    texts = ("木。「林？」石），火", "見陳垣（2004）。「林」")
    book = Book.of(
        box("cited", "zh", "見", bare, "。「林」"),
        *(box(f"n{n}", "zh", text) for n, text in enumerate(texts)),
        *(note(f"plain{n}", "zh", text, style="zh") for n, text in enumerate(texts)),
    )
    lines, _ = proved(tmp_path, book, layout())
    at = {line.key: [glyph.x - line.glyphs[-1].x for glyph in line.glyphs] for line in lines}
    plain = [at[f"plain{n}"] for n in range(2)]  # no sentences are counted in notes
    count = len(texts[0])
    assert at["n0"] == pytest.approx(plain[0][-count:], abs=0.05)
    for key in ("n1", "cited"):
        assert at[key] == pytest.approx(plain[1][-len(at[key]) :], abs=0.05)


def test_enumerated_brackets_are_not_one_long_word(tmp_path: Path) -> None:
    texts = [f"今有{'、'.join(f'{a}{one}{b}' for one in '甲乙丙丁戊己庚辛壬癸')}等項。"
             for a, b in PAIRS]  # fmt: skip
    texts += [text.replace("、", "") for text in texts]
    book = Book.of(*(box(f"e{n}", "zh", text, width=110) for n, text in enumerate(texts)))
    lines, found = proved(tmp_path, book, layout())
    assert ends(found) == []
    assert len(lines) > 3 * len(texts)


def test_spaces_that_the_editor_wrote_stay_where_they_count(tmp_path: Path) -> None:
    words = "한국의 역사 연구"
    book = Book.of(
        box("ko", "zh", words), box("en", "en", f"He wrote {words} and 李 白 here."),
        box("zh", "zh", "詩人李 白作"), box("mark", "zh", "甲。 乙） （丙"),
    )  # fmt: skip
    lines, _ = proved(tmp_path, book, layout())
    texts = {line.key: line.words() for line in lines}
    assert texts["ko"] == words.split()
    assert texts["en"] == ["He", "wrote", *words.split(), "and", "李", "白", "here."]
    assert texts["zh"] == ["詩人李", "白作"]
    assert texts["mark"] == ["甲。乙）（丙"]


def test_ruby_of_several_syllables_is_broken_between_them(tmp_path: Path) -> None:
    long = Ruby("東風不與周郎便", "dōng fēng bù yǔ zhōu láng biàn", SPAN)
    joined = Ruby("銅雀", "tóngquè", SPAN)
    boxes = [
        box(f"r{n}", "zh", "字" * n, long, "，「", joined, "」。", width=130) for n in range(9)
    ]
    lines, found = proved(tmp_path, Book.of(*boxes), layout())
    assert ends(found) == []
    texts = [line.text for line in lines]
    assert any(text.endswith("東風") for text in texts)
    assert not any(text.endswith("銅") for text in texts), "one reading, one piece"


def test_the_table_says_of_no_two_characters_both() -> None:
    every = sorted(breaks.MARKS | breaks.LATIN_OPENING | breaks.LATIN_CLOSING)
    for before in every:
        for after in every:
            ruled = breaks.allowed(before, after)
            if ruled:
                assert after not in breaks.NO_START
                assert before not in breaks.NO_END
    assert breaks.allowed("字", "，") is False
    assert breaks.allowed("（", "字") is False
    assert breaks.allowed("—", "—") is False
    assert breaks.allowed("、", "（") is True
    assert breaks.allowed("字", "字") is None
