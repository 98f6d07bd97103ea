"""A document of the common model becomes a workspace that says the same."""

from __future__ import annotations

from pathlib import Path

from import_samples import faults, workspace

from edition.importers.article import Imported, convert_document
from edition.importers.documents import model as m

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def text(words: str) -> m.Inlines:
    return (m.TextRun(words),)


def counted(blocks: tuple[m.Block, ...], words: int, **more: object) -> Imported:
    document = m.Document(format="test", blocks=blocks, characters=words, **more)  # type: ignore[arg-type]
    outcome = convert_document("d.x", document)
    account = outcome.value.accounted
    assert account["characters"] == account["kept"] + account["dropped"], account["drops"]
    assert "IMP005" not in [one.code.id for one in outcome.diagnostics]
    return outcome.value


def test_every_kind_of_block_and_inline(tmp_path: Path) -> None:
    line = "江心有石，石上有字。"
    paragraph = (
        m.TextRun("水位"), m.StyledRun("strong", text("刻痕")), m.TextRun("在"),
        m.StyledRun("emph", text("江心")),
        m.TextRun("，"), m.RubyRun("雒", "luò"), m.TextRun("水*不"), m.Verbatim("a*b`c"), m.TextRun("見"),
        m.Hyperlink(text("此"), "https://example.org/a b"), m.NoteRef("1"), m.TextRun("。H"),
        m.StyledRun("sub", text("2")), m.TextRun("O~[1]^。"),
    )  # fmt: skip
    blocks: tuple[m.Block, ...] = (
        m.Heading(level=1, inlines=text("石刻"), title=True),
        m.Heading(level=1, inlines=text("水位"), number="一、"),
        m.Paragraph(inlines=paragraph, place=7),
        m.Paragraph(inlines=(m.StyledRun("strong", text("要點")), m.TextRun("在前。"))),
        m.Item(inlines=text("甲")),
        m.Item(inlines=text("乙"), depth=2, mark="1)"),
        m.Item(inlines=text("丙"), depth=2, mark=""),
        m.Quote(inlines=text(line)),
        m.Verse(lines=(text("江水東流去，"), text("石人不開言。"))),
        m.TableBlock(rows=((text("年"), text("水")), (text("甲|子"), ())), caption=text("表一")),
        m.Figure(picture="a.png", caption=text("圖一")),
        m.Figure(picture="lost.png", caption=text("圖二")),
        m.CodeBlock(lines=("if x:", "    y = *z", "", "# no heading")),
        m.Ornament(),
        m.Paragraph(inlines=text("# 不是標題，1. 也不是。")),
    )
    note = m.NoteBody((m.Paragraph(inlines=text("注文。")), m.Item(inlines=text("其一"))))
    words = 2 + 2 + len("水位刻痕在江心，雒luò水*不a*b`c見此。H2O~[1]^。") + 5 + 3 + len(line)
    words += 12 + len("年水甲|子表一") + 4 + len("if x:    y = *z# no heading") + len(
        "# 不是標題，1. 也不是。") + len("注文。其一")  # fmt: skip
    made = counted(blocks, words, notes={"1": note}, pictures={"a.png": PNG})
    root = workspace(made, tmp_path)
    picture = root / "source" / "pictures" / "a.png"
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(PNG)
    body = next(value for path, value in made.files.items() if path.endswith(".zh.md"))
    for expected in (
        "# 一、水位 {#i}",
        "水位**刻痕**在*江心*，[雒]{ruby=\"luò\"}水\\*不``a*b`c``見[此](https://example.org/a%20b)[^1]。"
        "H[2]{.sub}O\\~\\[1\\]\\^。",
        "\n**要點**在前。 {#",
        "- 甲 {#",
        "     1. 乙 {#",
        "> 江心有石",
        "::: verse\n江水東流去，\n石人不開言。 {#",
        "| 甲\\|子 |  |\n: 表一 {#",
        "![圖一](source/pictures/a.png){#",
        "![圖二](){#",
        "```\nif x:\n    y = *z\n\n# no heading\n```\n{#",
        "*** {#",
        "\\# 不是標題，1. 也不是。",
        "[^1]: 注文。\n\n    - 其一",
    ):  # fmt: skip
        assert expected in body, body
    assert 'title = { zh = "石刻" }' in made.files["source/edition.toml"]
    assert not faults(root)


def test_places_are_those_of_the_document() -> None:
    blocks = (m.Figure(picture="no.png", caption=text("圖"), place=41),)
    document = m.Document(format="test", blocks=blocks, characters=1)
    found = convert_document("d.x", document).diagnostics
    assert [one.span.line for one in found if one.code.id == "IMP038" and one.span] == [41]
