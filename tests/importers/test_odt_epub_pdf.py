"""OpenDocument, EPUB and PDF: the same text as from Word."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from import_samples import faults, workspace
from word_samples import PNG

from edition.converting import MachinePrograms
from edition.engine import programs
from edition.importers.article import Imported, convert_document
from edition.importers.documents import pdf
from edition.importers.documents.archives import parse
from edition.importers.documents.model import RefusedError
from edition.importers.taking import Options, take
from edition.importers.workspace import run_import

LONG = "江邊的石頭上刻著一百多年的水位，每一道刻痕旁邊都有年份，最早的一道是光緒二十七年，最高的一道在屋簷之上。"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def proved(made: Imported, root: Path) -> str:
    account = made.accounted
    assert account["characters"] == account["kept"] + account["dropped"], account["drops"]
    for name, data in made.pictures.items():
        (root / "source" / "pictures").mkdir(parents=True, exist_ok=True)
        (root / "source" / "pictures" / name).write_bytes(data)
    assert not faults(workspace(made, root))
    return "\n".join(text for path, text in made.files.items() if path.endswith(".zh.md"))


def taken(name: str, data: bytes, root: Path) -> str:
    done = take([(name, data)], Options())
    assert done.value, done.diagnostics
    assert "IMP005" not in [one.code.id for one in done.diagnostics], done.diagnostics
    return proved(done.value, root)


# --- OpenDocument --------------------------------------------------------------------------------

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{address}:1.0"' for name, address in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible", "dc": "dc"}.items())  # fmt: skip


def odt(body: str, styles: str = "") -> bytes:
    content = (
        f'<office:document-content {SPACES} xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>"
        f"{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content,
                   "Pictures/p.png": PNG})  # fmt: skip


def test_an_opendocument_of_everything(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="T2"><style:text-properties style:text-position="sub 58%"/>'
        '</style:style><style:style style:name="P1" style:parent-style-name="Quotations"/>'
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
        'style:num-suffix="." style:num-format="1"/><text:list-level-style-bullet text:level="2"/>'
        "</text:list-style>"
    )
    body = (
        '<text:p text:style-name="Title">石上的水位</text:p><text:table-of-content><text:index-body>'
        "<text:p>目錄 1</text:p></text:index-body></text:table-of-content>"
        '<text:h text:outline-level="1">引言</text:h>'
        '<text:p>看<text:span text:style-name="T1">江水</text:span>H<text:span '
        'text:style-name="T2">2</text:span>O<text:note><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>第一段。</text:p><text:p>第二段。</text:p></text:note-body></text:note>"
        '，見<text:a xlink:href="https://example.org/a">此</text:a><text:ruby><text:ruby-base>雒'
        '</text:ruby-base><text:ruby-text>luò</text:ruby-text></text:ruby>水<text:s text:c="2"/>。'
        "<office:annotation><dc:creator>某</dc:creator><text:p>改？</text:p></office:annotation></text:p>"
        '<text:list text:style-name="L1"><text:list-item><text:p>甲</text:p><text:list><text:list-item>'
        "<text:p>乙</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>丙"
        f'</text:p></text:list-item></text:list><text:p text:style-name="P1">{LONG}</text:p>'
        "<text:p>江水東流去，<text:line-break/>石人不開言。</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>年</text:p></table:table-cell>"
        "<table:table-cell><text:p>水位</text:p></table:table-cell></table:table-row><table:table-row>"
        "<table:table-cell><text:p>甲</text:p></table:table-cell><table:table-cell "
        'table:number-columns-repeated="900"/></table:table-row></table:table>'
        '<text:p><draw:frame><draw:image xlink:href="Pictures/p.png"/></draw:frame></text:p>'
        "<text:p><draw:frame><draw:text-box><text:p>框中的話。</text:p></draw:text-box></draw:frame>"
        "</text:p>"
    )
    text = taken("a.odt", odt(body, styles), tmp_path)
    for expected in (
        "# 引言 {#", "看**江水**H[2]{.sub}O[^1]，見[此](https://example.org/a)[雒]{ruby=\"luò\"}水",
        "1. 甲 {#", "     - 乙 {#", "2. 丙 {#", f"> {LONG} {{#", "::: verse\n江水東流去，\n石人不開言。",
        "| 年 | 水位 |\n| --- | --- |\n| 甲 |  |", "](source/pictures/p.png){#", "\n框中的話。 {#",
        "[^1]: 第一段。\n\n    第二段。",
    ):  # fmt: skip
        assert expected in text, (expected, text)


def test_tracked_changes_of_an_opendocument_are_refused() -> None:
    body = ("<text:tracked-changes><text:changed-region><text:insertion><dc:creator>王老師"
            "</dc:creator></text:insertion></text:changed-region></text:tracked-changes>"
            "<text:p>水</text:p>")  # fmt: skip
    with pytest.raises(RefusedError, match="a tracked change by 王老師"):
        take([("a.odt", odt(body))], Options())


# --- EPUB ----------------------------------------------------------------------------------------


def epub(chapters: dict[str, str], **more: str | bytes) -> bytes:
    items = "".join(f'<item id="{name}" href="{name}.xhtml"/>' for name in chapters)
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    head = '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>'
    return zipped({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/c.opf"/>'
        "</rootfiles></container>",
        "OEBPS/c.opf": f"<package><metadata><title>江邊</title></metadata><manifest>{items}"
        f"</manifest><spine>{spine}</spine></package>",
        **{f"OEBPS/{name}.xhtml": f"{head}{inside}</body></html>"
           for name, inside in chapters.items()},
        "OEBPS/img/p.png": PNG, **more,
    })  # fmt: skip


def test_an_e_book_by_its_chapters(tmp_path: Path) -> None:
    made = epub({
        "two": f'<h1>石橋</h1><p>{LONG}</p><p><img src="img/p.png" alt="橋"/></p>',
        "one": f"<h1>木橋</h1><p>{LONG}<em>沒有</em>橋。</p>",
    })  # fmt: skip
    text = taken("a.epub", made, tmp_path)
    assert text.index("# 石橋 {#") < text.index("# 木橋 {#")
    assert "(source/pictures/p.png){#" in text
    assert "*沒有*橋。" in text


def test_a_protected_book_is_refused() -> None:
    locked = {"META-INF/encryption.xml": '<e><EncryptionMethod Algorithm="aes128"/></e>'}
    with pytest.raises(RefusedError, match="protected"):
        take([("a.epub", epub({"one": "<p>水</p>"}, **locked))], Options())


# --- PDF -----------------------------------------------------------------------------------------


def line(text: str, x: float, y: float, size: float = 10, width: float = 0) -> str:
    end = x + (width or len(text) * size)
    words = "".join(
        f'<word xMin="{x + (end - x) * n / 2}" yMin="{y}" xMax="{end if n else (x + end) / 2}" '
        f'yMax="{y + size}">{part}</word>'
        for n, part in enumerate((text[: len(text) // 2], text[len(text) // 2 :]))
    )
    return f'<line xMin="{x}" yMin="{y}" xMax="{end}" yMax="{y + size}">{words}</line>'


def layout(*pages: str) -> bytes:
    made = "".join(f'<page width="400" height="600">{one}</page>' for one in pages)
    return f"<html><body><doc>{made}</doc></body></html>".encode()


def test_a_pdf_of_two_columns_with_heads_folios_and_notes(tmp_path: Path) -> None:
    """Columns of 15 characters; a paragraph goes from column to column and over the page."""

    def column(x: float, first: int) -> str:
        rows = [LONG[(first * 15 + n) % 40 : (first * 15 + n) % 40 + 15] for n in range(24)]
        return "".join(line(row, x, 60 + 18 * n) for n, row in enumerate(rows))

    head = line("江岸學報", 170, 20, 9)
    one = (
        head
        + line("水位的記錄", 150, 36, 18)
        + column(40, 0)
        + column(215, 1)
        + line("7", 198, 570)
    )
    note = line("① 見舊志。", 40, 520, 8)
    two = head + column(40, 2) + note + column(215, 3) + line("8", 198, 570)
    three = head + line("完。", 40, 60) + line("9", 198, 570)
    document = pdf.read(parse(layout(one, two, three), "a.pdf"))
    outcome = convert_document("a.pdf", document)
    text = proved(outcome.value, tmp_path)
    assert "江岸學報" not in text
    assert 'title = { zh = "水位的記錄" }' in outcome.value.files["source/edition.toml"]
    body = max(text.split("\n\n"), key=len)
    assert len(body) > 4 * 24 * 15  # one paragraph: nothing in it begins one
    assert "完。" in body
    assert "見舊志。" not in body
    assert "見舊志。" in text


def test_paragraphs_of_a_pdf_by_indent_and_short_lines() -> None:
    rows = [
        ("甲" * 18, 60),
        ("乙" * 20, 40),
        ("丙" * 6 + "。", 40),
        ("丁" * 20, 40),
        ("戊" * 18, 60),
    ]
    page = "".join(line(text, x, 60 + 18 * n) for n, (text, x) in enumerate(rows))
    document = pdf.read(parse(layout(page), "a.pdf"))
    said = ["".join(getattr(one, "text", "") for one in block.inlines)  # type: ignore[union-attr]
            for block in document.blocks]  # fmt: skip
    assert [one[0] + one[-1] for one in said] == ["甲。", "丁丁", "戊戊"]


@pytest.mark.parametrize(("pages", "why"), [
    (("", ""), "no page has a text layer"),
    ((line(LONG, 40, 60), "", "", ""), "3 of 4 pages"),
    ((line("\ue001\ue002" * 20, 40, 60),), "which characters"),
])  # fmt: skip
def test_scans_are_refused_with_the_reason(pages: tuple[str, ...], why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        pdf.read(parse(layout(*pages), "a.pdf"))


@pytest.mark.skipif(programs.find("pdftotext") is None, reason="poppler is not installed")
def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\nnothing")
    done = run_import(
        tmp_path / "a.pdf", tmp_path / "to", options=Options(programs=MachinePrograms())
    )
    assert [one.code.id for one in done.diagnostics] == ["IMP060"]


def test_without_its_program_a_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "find", lambda _: None)
    for data, what in ((b"%PDF-1.4", "pdftotext"), (b"{\\rtf1 a}", "LibreOffice")):
        with pytest.raises(RefusedError, match=what):
            take([("a", data)], Options(programs=MachinePrograms()))


def piece(text: str, x: float, y: float, high: float, letters: float = 12) -> str:
    """A line of one word whose box is ``high``, as fonts have boxes of other heights."""
    end = x + len(text) * letters
    return (f'<line xMin="{x}" yMin="{y}" xMax="{end}" yMax="{y + high}"><word xMin="{x}" yMin="{y}" '
            f'xMax="{end}" yMax="{y + high}">{text}</word></line>')  # fmt: skip


def test_a_pdf_of_one_column_with_short_lines_keeps_its_order(tmp_path: Path) -> None:
    """Centred lines, lists and bold words in boxes of their own make no columns; a date in larger
    boxes is no heading; the number of a note stands with it, though it is alone at the foot."""
    mixed = (
        '<line xMin="40" yMin="{y}" xMax="110" yMax="{z}"><word xMin="40" yMin="{y}" xMax="52" '
        'yMax="{z}">1.</word><word xMin="52" yMin="{v}" xMax="110" yMax="{w}">油料帳；</word></line>'
    )
    rows = [
        piece("燈塔的三代人", 118, 40, 40, 20), piece("一份口述", 154, 90, 12),
        piece("林曉渡", 160, 110, 12), piece("2023-05-12", 148, 130, 14, 6),
        piece("引言", 40, 160, 40),
        '<line xMin="184" yMin="205" xMax="288" yMax="235"><word xMin="184" yMin="205" xMax="232" '
        'yMax="235">從未間斷</word><word xMin="232" yMin="214" xMax="316" yMax="226">，只有兩次例外</word>'
        "</line>", piece("燈塔建於民國十年，它的光", 40, 214, 12),
        piece("，一次是戰爭，一次是颱風。", 40, 232, 12),
        *(mixed.format(y=260 + 20 * n, z=274 + 20 * n, v=261 + 20 * n, w=273 + 20 * n)
          for n in range(4)),
        piece("\uf0b7", 40, 345, 15, 5), piece("甲，風", 58, 345, 12),
        piece("\uf0b7", 40, 365, 15, 5), piece("乙，雨", 58, 365, 12),
        piece("1", 40, 561, 9, 4), piece("見舊志。", 46, 562, 12),
    ]  # fmt: skip
    outcome = convert_document("a.pdf", pdf.read(parse(layout("".join(rows)), "a.pdf")))
    text = proved(outcome.value, tmp_path)
    assert "燈塔建於民國十年，它的光從未間斷，只有兩次例外，一次是戰爭，一次是颱風。" in text
    assert "# 2023" not in text
    assert "- 甲，風" in text
    assert "- 乙，雨" in text
    assert "¹見舊志。" in text.replace(" ", "")
    assert 'title = { zh = "燈塔的三代人" }' in outcome.value.files["source/edition.toml"]


def test_formulas_and_inner_lists_of_an_opendocument(tmp_path: Path) -> None:
    """A list within another may define its first level alone; a formula may have signs alone."""
    data = odt(
        "<text:h text:outline-level='1'>船</text:h><text:p>水重 <draw:frame><draw:object>"
        "<math xmlns='http://www.w3.org/1998/Math/MathML'><msup><mi>c</mi><mn>2</mn></msup></math>"
        f"</draw:object></draw:frame> 斤。{LONG}</text:p><text:list text:style-name='A'>"
        "<text:list-item><text:p>斧</text:p><text:list text:style-name='B'><text:list-item>"
        "<text:p>左手用</text:p></text:list-item></text:list></text:list-item></text:list>",
        "<text:list-style style:name='A'><text:list-level-style-bullet text:level='1'/>"
        "</text:list-style><text:list-style style:name='B'><text:list-level-style-number "
        "text:level='1' style:num-format='1' style:num-suffix='.'/></text:list-style>",
    )
    made = taken("a.odt", data, tmp_path)
    assert "水重 `c^2` 斤。" in made
    assert "- 斧" in made
    assert "1. 左手用" in made


def test_authors_side_by_side_and_an_abstract_that_is_set_in(tmp_path: Path) -> None:
    """As LaTeX sets the head of an article: names in a row, each above where he works, a date, an
    abstract narrower than the text; the folio high above the edge of the paper."""
    said = "The ferry gave way to a bridge in three towns of the river, and we ask what the boatmen"

    def line(text: str, x: float, y: float, size: float, width: float) -> str:
        return piece(text, x, y, size, width / len(text))

    rows = [
        line("Ferries of the River", 120, 40, 17, 160),
        line("Mei Lin", 60, 80, 12, 60), line("Paul Hart", 180, 80, 12, 60),
        line("Ana Sousa", 300, 80, 12, 60),
        line("Department of History", 40, 94, 12, 100), line("School of Design", 160, 94, 12, 100),
        line("Harbour Museum", 280, 94, 12, 100),
        line("North River University", 40, 108, 12, 100), line("Harbour College", 160, 108, 12, 100),
        line("3 May 2021", 175, 132, 12, 70),
        line("Abstract", 180, 160, 10, 40),
        line(said, 75, 180, 10, 265), line(said, 60, 192, 10, 280), line("did.", 60, 204, 10, 20),
        line("1 Introduction", 40, 230, 14, 90),
        *(line(said, 40, 250 + 12 * n, 10, 320) for n in range(12)),
        line("1", 198, 470, 10, 6),
    ]  # fmt: skip
    outcome = convert_document("a.pdf", pdf.read(parse(layout("".join(rows)), "a.pdf")))
    assert outcome.value is not None
    proved(outcome.value, tmp_path)
    facts = outcome.value.files["source/edition.toml"]
    for name, place in (("Mei Lin", "Department of History, North River University"),
                        ("Paul Hart", "School of Design, Harbour College"),
                        ("Ana Sousa", "Harbour Museum")):  # fmt: skip
        assert f'{{ en = "{name}", affiliation = {{ en = "{place}" }} }}' in facts
    assert 'date = "2021-05-03"' in facts
    text = "\n".join(one for path, one in outcome.value.files.items() if path.endswith(".en.md"))
    assert f"\n\n{said} {said} did. {{#abstract.p1}}" in text
    assert f"\n\n{' '.join([said] * 12)} {{#" in text
    assert "\n1 {#" not in text
