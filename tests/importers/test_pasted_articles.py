"""Articles as they are pasted: marks that lost their height, places of authors, heads of pages that
stand once, lists that are no notes."""

from __future__ import annotations

import re

import pytest

from edition.diagnostics import Outcome
from edition.importers.article import Imported
from edition.importers.workspace import imported


def read(text: str, name: str = "a.txt") -> Outcome[Imported]:
    outcome = imported(name, text.encode())
    account = outcome.value.accounted
    assert account["characters"] == account["kept"] + account["dropped"]
    assert "IMP005" not in [one.code.id for one in outcome.diagnostics]
    return outcome


def text_of(text: str, name: str = "a.txt") -> str:
    files = read(text, name).value.files
    return "\n".join(re.sub(r" \{#[^}]*\}", "", one) for path, one in sorted(files.items())
                     if path.endswith(".md"))  # fmt: skip


NOTED = """\
{title}

Introduction

{one}

Conclusion

{two}

{label}{notes}
"""


@pytest.mark.parametrize("label", ["", "Notes\n\n", "NOTES:\n\n"])
@pytest.mark.parametrize("sign", [". ", " ", ") "])
def test_bare_figures_answer_to_the_list_of_notes(label: str, sign: str) -> None:
    """Figures behind stops and words are marks where the whole series answers; years, counts and
    numbers of tables are not."""
    notes = ["Mill Archive, box 4.", "See Hale, Mills, no. 12.", "Ibid., 3.", "So the clerk.",
             "Hale, Mills, 9."]  # fmt: skip
    made = text_of(NOTED.format(
        title="The Mill", label=label,
        one="The mill was called “the long wheel.”1 In 1862 it had 14 stones, of which 3 were "
            "cracked.2 The miller2a was old; his son older (see Table 2).3",
        two="It burnt in May,4 and 12 men could not save it5 or its books.",
        notes="\n".join(f"{n}{sign}{one}" for n, one in enumerate(notes, 1)),
    ))  # fmt: skip
    assert "wheel.”[^1] In 1862 it had 14 stones, of which 3 were cracked.[^2]" in made
    assert "(see Table 2).[^3]" in made
    assert "May,[^4] and 12 men could not save it[^5] or" in made
    assert "[^1]: Mill Archive, box 4.\n" in made
    assert "[^5]: Hale, Mills, 9." in made


def test_bare_figures_in_chinese() -> None:
    made = text_of("""\
水車記

一、緣起

山民稱此水車為「長輪」。1 一八六二年，全村有14架水車，其中3架已壞，2後來都修好了。

二、結語

冬天一場大火，把帳本也燒了。3

1. 見村志，頁 4。
2. 參見《水車考》2004 年第 3 期。
3. 同上，頁 9。
""")
    assert "「長輪」。[^1] 一八六二年，全村有14架水車，其中3架已壞，[^2]後來" in made
    assert "[^3]: 同上，頁 9。" in made


def test_numbered_rules_are_no_notes() -> None:
    made = text_of("""\
Safety at the Mill

Introduction

We counted 12 boats. Vitamin B12 and the gene H2 were not studied, nor was Apollo 11.

Rules

1. Wear a coat.
2. Do not run.
3. Mind the wheel.
""")
    assert "[^" not in made
    assert "\n1. Wear a coat.\n" in made
    assert "\n2. Do not run.\n" in made


def test_a_list_that_the_text_announces_is_no_notes() -> None:
    made = text_of("""\
論渡口

甲某

一、引言

渡口有三種¹。第一種由鄉紳出資²，分為下列各項：

1) 船隻由鄉紳供給；
2) 船夫由田租供養；
3) 渡客不必付錢。

第二種³，另有規定如下：
1. 船隻由官府供給，
每年一換。
2. 船夫領官餉。
條件：
（1）有水；
（2）有土。

二、結語

如此而已，沒有別的話要說了。

1) 見某書，頁 12。
2) 見另一書，頁 3。
3) 見第三書。
""")
    assert "三種[^1]。" in made
    assert "第二種[^3]，" in made
    assert "\n1) 船隻由鄉紳供給；\n" in made
    assert "\n1. 船隻由官府供給，每年一換。\n" in made
    assert "\n2. 船夫領官餉。\n" in made
    assert "\n（1）有水；\n" in made
    assert "[^2]: 見另一書，頁 3。" in made


@pytest.mark.parametrize(("authors", "places", "made"), [
    ("李明1,2*，王芳2", "（1. 清河大學，清河；2. 南浦學院，南浦）",
     ["清河大學，清河；南浦學院，南浦", "南浦學院，南浦"]),
    ("王莉¹˒²　李明²", "1 清河大學歷史系\n2 南浦學院地理系",
     ["清河大學歷史系；南浦學院地理系", "南浦學院地理系"]),
    ("Anna Field1,2 and Wang Li1", "1 Quay University\n2 Port College",
     ["Quay University; Port College", "Quay University"]),
    ("Anna Field<sup>a,b</sup>, Wang Li<sup>b</sup>", "a Quay University\nb Port College",
     ["Quay University; Port College", "Port College"]),
    ("Kim, Hangang1,2 · Park, Naru2", "1. Quay University\n2. Port College",
     ["Quay University; Port College", "Port College"]),
    ("Ruth Calder", "Quay University", ["Quay University"]),
])  # fmt: skip
def test_authors_with_several_places(authors: str, places: str, made: list[str]) -> None:
    chinese = "李" in authors
    body = (
        "引言\n\n渡口研究近來頗受重視，學者從各處收集碑刻，寫成了許多文章。"
        if chinese
        else "Introduction\n\nThe ferry has been studied for a long time by many, and well."
    )
    title = "論渡口" if chinese else "On Ferries"
    outcome = read(f"{title}\n\n{authors}\n\n{places}\n\n{body}\n")
    settings = outcome.value.files["source/edition.toml"]
    assert re.findall(r'affiliation = \{ \w\w = "([^"]*)"', settings) == made
    assert not [path for path in outcome.value.files if path.endswith("01-text.zh.md")]


CUT = """\
論三鎮水利

甲某

一、引言

三鎮的河道都不寬，最窄處僅容兩船交會。據鎮志記載，自萬曆年間起，沿河鋪戶須分擔費用，{above}

{head}

{below}而且標準看得見、算得清，後來的人也都照著做。

二、結語

如此而已，沒有別的話要說了。
"""


@pytest.mark.parametrize(("above", "head", "below"), [
    ("爭議也就容易平", "三鎮水利的歷史考察", "息，"),
    ("人人都知道這件事", "論三鎮水利", "它早已寫在碑上，"),
    ("人人都知道這件事", "甲某 127", "它早已寫在碑上，"),
    ("這是當時流行的", "南浦史地叢談", "辦法，"),
])  # fmt: skip
def test_a_head_that_stands_once_is_dropped(above: str, head: str, below: str) -> None:
    made = text_of(CUT.format(above=above, head=head, below=below))
    assert f"{above}{below}而且" in made


def test_what_a_sentence_quotes_is_no_running_head() -> None:
    made = text_of(CUT.format(above="於是他走上橋去低聲唸道", head="春江花月夜", below="然後"))
    assert "\n春江花月夜\n" in made
    assert "唸道然後" not in made
    english = text_of("""\
A Walk

Ruth Calder

Introduction

The path begins at the mill. There we met the miller, who was in a good mood and sang

Row, row, row your boat

gently down the stream. He sang it twice, and went back to his work, which was written of by

CALDER

in another place at some length, as all of his neighbours know, though few of them have read it.
""")
    assert "\nRow, row, row your boat\n" in english
    assert "written of by in another place" in english


def test_headings_by_their_looks_beside_known_ones() -> None:
    made = read("""\
A Walk

Introduction

The path begins at the mill, and nobody who has walked it will forget how it smelt of flour.

The Wheel

The wheel is gone, but its pit is full of water in spring, and children are told to keep away.

Conclusion

We went home, and it rained on all of us alike, and nobody said a word about the wheel again.

In the evening we wrote down what we had seen, as well as we could, each in a book of our own.
""").value
    assert [path for path in made.files if path.endswith("02-the-wheel.en.md")]


def test_a_korean_article_with_an_english_abstract() -> None:
    outcome = read("""\
조선 후기 나루의 운영

김한강* · 박나루**

<국문초록>

나루를 지키는 사람에 관한 기록을 읽고 그 제도가 어떻게 바뀌었는지를 밝힌다. 나루지기의 삶은 마을의 공공 생활과 이어져 있었다.

* 한강대학교 교수
** 남포대학교 강사

Ⅰ. 서론

나루를 지키는 사람은 북쪽 언덕에 살았다. 그는 쌀을 받았다.

Ⅱ. 결론

비석은 지금도 집 뒤에 서 있다.

영문초록

The Operation of Ferries
in the Late Joseon Period

Kim, Hangang* · Park, Naru**

This paper reads what was written of the keeper of a ferry, and shows how the institution changed in the course of two hundred years.
""")
    settings = outcome.value.files["source/edition.toml"]
    assert 'en = "The Operation of Ferries in the Late Joseon Period"' in settings
    assert (
        '{ zh = "김한강", en = "Kim, Hangang", affiliation = { zh = "한강대학교 교수" } }'
        in settings
    )
    assert "This paper reads" in outcome.value.files["source/text/00-abstract.en.md"]
