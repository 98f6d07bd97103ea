"""Marks of Chinese by region: exact, level by level, and told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition import config as settings
from edition.build.stages import prepare
from edition.config import Bilingual, Config, Region, Script
from edition.typography import regional


@pytest.mark.parametrize(("written", "style", "printed"), [
    ("他說：「她道『走』。」", "curly", "他說：“她道‘走’。”"),
    ("他说：“她道‘走’。”", "corner", "他说：「她道『走』。」"),
    ("“不用‘引’号”，‘单’独", "corner", "「不用『引』号」，『单』独"),
    ("「起\n「又起，不終。", "curly", "“起\n“又起，不終。"),  # each paragraph opens it again
    ("“他道「走」”", "corner", "「他道『走』」"),  # of both manners
    ("「他道“走”」", "curly", "“他道‘走’”"),
    ("“甲『乙「丙」丁』戊”", "corner", "「甲『乙「丙」丁』戊」"),
    ("他唱“Don’t go”", "corner", "他唱「Don’t go」"),
    ("“Chip”War", "corner", "「Chip」War"),
    ("终了”，又“起", "corner", "终了」，又「起"),
    ("O’Neill與“’90s”", "curly", "O’Neill與“’90s”"),
])  # fmt: skip
def test_quotation_marks_of_one_manner_become_those_of_the_other(
    written: str, style: regional.QuoteStyle, printed: str
) -> None:
    assert "".join(regional.quotes(list(written), style)[0]) == printed


def test_an_inner_mark_in_no_quotation_is_told() -> None:
    assert regional.quotes(list("讀『論語』"), "curly") == (list("讀‘論語’"), [1])
    assert regional.quotes(list("「讀『論語』」"), "curly")[1] == []
    assert regional.quotes(list("讀『論語』"), "corner") == (list("讀『論語』"), [])


# whole quotations, each within the other
_NESTED = st.recursive(
    st.sampled_from(["山", "水，", "O’Neill ", ""]),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda parts: ["", *parts]),
    max_leaves=8,
)


def _nested(tree: str | list[object], marks: tuple[str, str], depth: int = 0) -> str:
    if isinstance(tree, str):
        return tree
    opening, closing = marks[depth % 2]
    inside = "".join(_nested(one, marks, depth + 1) for one in tree)  # type: ignore[arg-type]
    return f"{opening}{inside}{closing}"


@given(_NESTED)
def test_the_way_there_and_back_is_exact(tree: str | list[object]) -> None:
    corner, curly = _nested(tree, ("「」", "『』")), _nested(tree, ("“”", "‘’"))
    assert "".join(regional.quotes(list(corner), "curly")[0]) == curly
    assert "".join(regional.quotes(list(curly), "corner")[0]) == corner


@pytest.mark.parametrize(("written", "printed"), [
    ("約瑟夫·奈與安・李", "約瑟夫‧奈與安‧李"), ("九·一八", "九‧一八"),
    ("《論語·學而》", "《論語‧學而》"), ("A·B與3·4", "A·B與3·4"), ("一．緒論", "一．緒論"),
    ("喬治．桑", "喬治‧桑"), ("山 · 水", "山 · 水"), ("·山", "·山"),
])  # fmt: skip
def test_one_dot_stands_between_the_parts_of_names(written: str, printed: str) -> None:
    assert "".join(regional.dots(list(written), "‧")) == printed


@pytest.mark.parametrize(("written", "printed"), [
    ("注釋、附注、編者注、原注三", "註釋、附註、編者註、原註三"),
    ("注意、灌注、注重", "注意、灌注、注重"), ("註冊、註銷、記者注意", "註冊、註銷、記者注意"),
    ("《論語集注》、《注釋學》", "《論語集注》、《注釋學》"), ("十三經注疏", "十三經注疏"),
    ("旁注入微", "旁注入微"),
])  # fmt: skip
def test_one_form_stands_in_words_of_annotation(written: str, printed: str) -> None:
    assert "".join(regional.annotated(list(written), "註")) == printed


@pytest.mark.parametrize(("script", "said", "region"), [
    ("hant", {}, "tw"), ("hans", {}, "cn"), ("hant", {"hant": "cn"}, "cn"),
    ("hans", {"hant": "hk"}, "cn"), ("hans", {"hans": "jp"}, "jp"),
])  # fmt: skip
def test_a_region_is_that_of_its_script(
    script: Script, said: dict[Script, Region], region: Region
) -> None:
    made = Config(id="a", title=Bilingual(zh="a"), script=script, regions=said)
    assert made.region == region


# --- an edition ---------------------------------------------------------------------------------

ZH = """# 亭記 {#a}

客曰：「約瑟夫·奈言『可』。」[「不改」]{.lock} {#a.1}

讀『亭記』，附注與附註。 {#a.2}
"""
EN = "# Pavilion {#a}\n\nThe guest: “Nye said ‘yes.’” {#a.1}\n\nNotes. {#a.2}\n"
NAMES = '[[person]]\nid = "nye"\nzh = "約瑟夫·奈"\nen = "Nye"\n'


def _edition(root: Path, lines: str) -> tuple[str, str, dict[str, str]]:
    source = root / "source"
    (source / "text" / "01-garden.zh.md").write_text(ZH)
    (source / "text" / "01-garden.en.md").write_text(EN)
    (source / "notes" / "01-garden.yaml").write_text("")
    (source / "names.toml").write_text(NAMES)
    path = source / "edition.toml"
    path.write_text(path.read_text().replace("[edition]\n", f"[edition]\n{lines}\n"))
    assert settings.load(root).ok
    ready = prepare(root)
    assert ready.value is not None
    (name,) = ready.value.edition.names
    told = {one.code.id: one.fact for one in ready.diagnostics}
    return ready.value.edition.segments["zh", "a.1"].text, name.zh, told


def test_an_edition_follows_its_region_where_that_is_asked(workspace: Path) -> None:
    lines = 'region = "cn"\nquotation_marks = "region"\nname_dots = "‧"\nannotation = "注"'
    text, name, told = _edition(workspace, lines)
    assert text == "客曰：“約瑟夫‧奈言‘可’。”「不改」"
    assert name == "約瑟夫‧奈"
    assert "TXT034" not in told
    assert told["TXT033"].startswith("“『” is the mark of a quotation within another")
    assert "otherwise than written" in told["TXT032"]


def test_unasked_marks_stay_and_two_forms_of_one_word_are_told(workspace: Path) -> None:
    text, name, told = _edition(workspace, "")
    assert text == "客曰：「約瑟夫·奈言『可』。」「不改」"
    assert name == "約瑟夫·奈"
    assert told["TXT034"].endswith("here in “附註”")
    assert {"TXT032", "TXT033"}.isdisjoint(told)
