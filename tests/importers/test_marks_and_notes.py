"""Families of footnotes: by marks, places and lists, in the habits of many journals."""

from __future__ import annotations

import re

import pytest
from import_samples import accounted

BODY = "老橋建於何年，縣志{0}與碑文{1}說法不同，本文從後者。又有一說{2}，此處不取。"
HEAD = "石橋考\n\n一、引言\n\n"
TAIL = "\n\n二、結語\n\n橋還在。\n"
NOTES = ("見縣志卷三。", "碑在橋東。", "說見鄉人口述。")


def text_of(article: str) -> str:
    files = accounted("n.txt", article.encode()).files
    return "\n".join(text for path, text in files.items() if path.endswith(".zh.md"))


MARKS = {
    "superscript": ("¹", "²", "³"),
    "superscript with a parenthesis": ("¹⁾", "²⁾", "³⁾"),
    "html": ("<sup>1</sup>", "<sup>2</sup>", "<sup>3</sup>"),
    "html with brackets": ("<sup>[1]</sup>", "<sup>[2]</sup>", "<sup>[3]</sup>"),
    "circled": ("①", "②", "③"),
    "tortoise": ("〔1〕", "〔2〕", "〔3〕"),
    "tortoise in Chinese": ("〔一〕", "〔二〕", "〔三〕"),
    "bracket": ("[1]", "[2]", "[3]"),
    "zhu": ("（註1）", "（註2）", "（註3）"),
    "zhu of the mainland": ("[注1]", "[注2]", "[注3]"),
    "zhu in Chinese": ("（註一）", "（註二）", "（註三）"),
    "zhu in circles": ("（注①）", "（注②）", "（注③）"),
    "zhu without brackets": ("註1", "註2", "註3"),
    "paren": ("1)", "2)", "3)"),
}
LINES = {
    "superscript": "¹ ", "superscript with a parenthesis": "1) ", "html": "<sup>1</sup> ",
    "html with brackets": "[1] ", "circled": "① ", "tortoise": "〔1〕", "tortoise in Chinese":
    "〔一〕", "bracket": "[1] ", "zhu": "註1：", "zhu of the mainland": "[注1] ", "zhu in Chinese":
    "註一：", "zhu in circles": "注①：", "zhu without brackets": "註1 ", "paren": "1) ",
}  # fmt: skip
NUMBERS = {"1": "123", "¹": "¹²³", "①": "①②③", "一": "一二三"}


def lines(family: str) -> list[str]:
    lead = LINES[family]
    figure = next(one for one in NUMBERS if one in lead)
    return [lead.replace(figure, NUMBERS[figure][n]) + NOTES[n] for n in range(3)]


@pytest.mark.parametrize("family", MARKS)
@pytest.mark.parametrize("place", ["foot", "end"])
def test_marks_answer_to_their_notes(family: str, place: str) -> None:
    body = HEAD + BODY.format(*MARKS[family])
    notes = "\n\n".join(lines(family))
    made = text_of(body + "\n\n" + notes + TAIL if place == "foot"
                   else body + TAIL + "\n注釋：\n\n" + notes + "\n")  # fmt: skip
    assert "縣志[^1]與碑文[^2]說法不同" in made
    assert "一說[^3]，" in made
    for number, note in enumerate(NOTES, start=1):
        assert f"[^{number}]: {note}" in made


@pytest.mark.parametrize("marks", ["superscript", "circled", "bracket", "zhu", "tortoise"])
@pytest.mark.parametrize("lead", ["{}. ", "{}、", "{} "])
def test_a_list_of_notes_numbered_plainly(marks: str, lead: str) -> None:
    notes = "\n".join(lead.format(n + 1) + NOTES[n] for n in range(3))
    made = text_of(HEAD + BODY.format(*MARKS[marks]) + TAIL + "\nNotes\n\n" + notes + "\n")
    assert "縣志[^1]與碑文[^2]說法不同" in made
    assert "[^3]: 說見鄉人口述。" in made


REFERENCES = """
參考文獻

[1] 王石. 山水考[J]. 河流研究, 2019(3): 10-18.
[2] 李園. 平原水道[M]. 河邊: 河邊出版社, 2018.
"""


@pytest.mark.parametrize("marks", ["circled", "superscript", "zhu", "tortoise", "paren"])
def test_numbers_of_works_and_of_notes_are_apart(marks: str) -> None:
    body = BODY.format(*MARKS[marks]) + "前人已有討論[1]，也有異議[2]。"
    made = text_of(HEAD + body + "\n\n" + "\n\n".join(lines(marks)) + TAIL + REFERENCES)
    assert "討論[@wang2019]，也有異議[@li2018]。" in made
    assert "縣志[^1]與碑文[^2]說法不同" in made
    assert made.count("[^1]") == 2


def test_a_list_in_the_text_is_no_list_of_notes() -> None:
    body = "老橋有三處要修1)，如下所列：\n\n1) 橋面。\n\n2) 橋墩。\n\n3) 欄杆。\n\n修橋要錢2)。"
    made = text_of(HEAD + body + "\n\n1) 縣志所載。\n\n2) 賬在縣府。" + TAIL)
    assert re.search(r"^1\) 橋面。 \{#", made, re.MULTILINE)
    assert re.search(r"^3\) 欄杆。 \{#", made, re.MULTILINE)
    assert "[^1]: 縣志所載。" in made
    assert "要錢[^2]。" in made


def test_a_parenthesis_that_closes_another_is_no_mark() -> None:
    made = text_of(HEAD + "老橋（見表 1）很長(共 12)，舊的1)也在。\n\n1) 已毀。" + TAIL)
    assert "（見表 1）" in made
    assert "(共 12)" in made
    assert "舊的[^1]也在" in made


def test_a_note_of_several_paragraphs() -> None:
    notes = "1. 見縣志。\n\n又見府志，所載略同。\n\n2. 碑在橋東。\n\n3. 口述。\n"
    made = text_of(HEAD + BODY.format("¹", "²", "³") + TAIL + "\n註釋\n\n" + notes)
    assert "[^1]: 見縣志。\n\n    又見府志，所載略同。" in made
    assert "[^2]: 碑在橋東。" in made


def test_numbers_that_begin_anew_on_each_page() -> None:
    page = "老橋在城東{0}，新橋在城西{1}。\n\n{2} 縣志。\n\n{3} 府志。\n\n"
    pages = page.format("①", "②", "①", "②") + page.format("①", "②", "①", "②")
    made = text_of(HEAD + pages + TAIL)
    assert made.count("[^1]") == made.count("[^4]") == 2


def test_a_star_is_a_note_below_a_heading() -> None:
    made = text_of(HEAD + "老橋*很長。\n\n* 指城東的那一座。" + TAIL)
    assert re.search(r"老橋\[\^(\w+)\]很長", made)
    assert re.search(r"^\[\^\w+\]: 指城東的那一座。", made, re.MULTILINE)
