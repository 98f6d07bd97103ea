"""TEI files of other projects: text, translation and apparatus are taken over, the rest is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.importers.workspace import WrittenFiles, run_import

HEAD = '<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:cb="http://www.cbeta.org/ns/1.0">'
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>水經</title></titleStmt><publicationStmt><p/>"
    "</publicationStmt><sourceDesc><listWit><witness xml:id='w1'>【宋】</witness>"
    "<witness xml:id='w2'>【明】</witness></listWit></sourceDesc></fileDesc></teiHeader>"
)
DIVS = f"""{HEAD}{HEADER}<text><body>
<div type="original" xml:lang="lzh"><div><head>水篇</head>
<p xml:id="z1" corresp="#e1">水之流也，<lb n="1"/>自高而下。<note>水，古字作㲻。</note></p>
<lg><l>一水東流去</l><l>千山入夢來</l></lg><p xml:id="z2">行人問津，舟子不答，日暮而去。</p></div></div>
<div type="translation" xml:lang="en"><div><head>On Water</head>
<p xml:id="e1">Water runs from high places
   to <hi rend="italic">low</hi> ones.</p>
<lg><l>One river runs east,</l><l>a thousand hills come into dreams.</l></lg>
<p xml:id="e2">A traveller asked for the ford; the boatman gave no answer, and he left at dusk.</p></div></div>
</body></text></TEI>"""
GROUP = f"""{HEAD}{HEADER}<text><group>
<text xml:lang="zh"><body><p>山中有寺，寺中有鐘。</p><p>鐘鳴則鳥飛。</p></body></text>
<text xml:lang="en"><body><p>In the hills is a temple, in the temple a bell.</p><p>When it rings the birds fly.</p></body></text>
</group></text></TEI>"""
TT = f"""{HEAD}{HEADER}<text xml:lang="zh-Hant"><body><cb:div type="other">
<p><cb:tt><cb:t xml:lang="zh-Hant">河水清且長，兩岸皆良田。</cb:t><cb:t xml:lang="en">The river is clear and long, with good fields on both banks.</cb:t></cb:tt></p>
<p><cb:tt><cb:t xml:lang="zh-Hant">漁人歸於暮色之中。</cb:t><cb:t xml:lang="en">Fishermen come home in the dusk of the day.</cb:t></cb:tt></p>
</cb:div></body></text></TEI>"""
STANDOFF = f"""{HEAD}{HEADER}<text xml:lang="lzh"><body><cb:juan n="001"><cb:jhead>卷一</cb:jhead></cb:juan>
<p>河水<anchor xml:id="b1"/>清<anchor xml:id="x1"/>且長，<g ref="#CB1"/>兩岸皆<app><lem wit="#w1">良田</lem><rdg wit="#w2">桑田</rdg></app>，<choice><sic>魚</sic><corr>漁</corr></choice>人歸焉。</p>
</body></text><back><cb:div><listApp><app from="#b1" to="#x1"><lem wit="#w1">清</lem><rdg wit="#w2">青</rdg></app></listApp></cb:div></back></TEI>"""


def taken(tmp_path: Path, text: str) -> tuple[WrittenFiles, list[str], Path]:
    file, to = tmp_path / "water.xml", tmp_path / "workspace"
    file.write_text(text, "utf-8")
    done = run_import(file, to)
    assert done.value is not None, done.diagnostics
    return done.value, [one.fact for one in done.diagnostics if one.code.id == "IMP061"], to


def side(to: Path, lang: str) -> str:
    return "\n".join(
        path.read_text("utf-8") for path in sorted(to.glob(f"source/text/*.{lang}.md"))
    )


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (DIVS, ["水之流也，自高而下。", "一水東流去", "行人問津"],
         ["from high places to *low* ones", "One river runs east,", "asked for the ford"]),
        (GROUP, ["山中有寺", "鐘鳴則鳥飛"], ["In the hills", "the birds fly"]),
        (TT, ["河水清且長", "漁人歸於"], ["The river is clear", "Fishermen come home"]),
    ],
    ids=["div", "group", "tt"],
)  # fmt: skip
def test_both_languages_are_told_apart(
    tmp_path: Path, text: str, zh: list[str], en: list[str]
) -> None:
    made, _, to = taken(tmp_path, text)
    for lang, wanted, others in (("zh", zh, en), ("en", en, zh)):
        said = side(to, lang)
        assert [one for one in wanted if one not in said] == []
        assert [one for one in others if one in said] == []
    assert made.imported.counts["pairs"] >= 2


def test_blocks_of_one_element_answer_to_each_other(tmp_path: Path) -> None:
    _, _, to = taken(tmp_path, TT)
    ids = [[line[line.rindex("{#") :] for line in side(to, lang).splitlines() if "{#" in line]
           for lang in ("zh", "en")]  # fmt: skip
    assert ids[0] == ids[1]


def test_kinds_of_blocks_and_notes_come_along(tmp_path: Path) -> None:
    _, _, to = taken(tmp_path, DIVS)
    said = side(to, "zh")
    assert "水篇" in said + (to / "source/edition.toml").read_text("utf-8")
    assert "::: verse\n一水東流去\n千山入夢來" in said
    assert "水，古字作㲻。" in said


def test_apparatus_becomes_notes_and_what_is_left_out_is_told(tmp_path: Path) -> None:
    _, left, to = taken(tmp_path, STANDOFF)
    said = side(to, "zh")
    assert "清【宋】；青【明】" in said
    assert "良田【宋】；桑田【明】" in said
    assert "漁人歸焉" in said
    assert "魚人" not in said
    told = " ".join(left)
    assert "1 × <sic>" in told
    assert "1 × <g>" in told


@pytest.mark.parametrize("text", [f"{HEAD}{HEADER}<text><body/></text></TEI>", f"{HEAD}</TEI>"])
def test_a_file_without_text_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "empty.xml"
    file.write_text(text, "utf-8")
    done = run_import(file, tmp_path / "workspace")
    assert done.value is None
    assert [one.code.id for one in done.diagnostics] == ["IMP060"]
