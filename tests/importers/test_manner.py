"""What a person asks of an import, and what the folder and the machine tell: commentary between the
lines as footnotes, bibliographies that are followed, characters that no font has."""

from __future__ import annotations

from pathlib import Path

import pytest
import word_samples as word
from import_samples import accounted, faults, workspace
from word_samples import para

from edition.diagnostics import Severity
from edition.importers.article import Imported, convert
from edition.importers.documents.pictures import picture_name
from edition.importers.manner import Manner
from edition.importers.opening import open_document
from edition.importers.taking import Options, imported
from edition.importers.workspace import run_import

CLASSIC = """\
渡書節鈔

津渡第一

渡者曰：「水深則厲，淺則揭。」〔厲，音例。以衣涉水也。〕有舟自遠方來（自北岸也（一說南岸）。），不亦喜乎？

津人（舊作津吏）不受錢，見《渡志》（一九九八）。圖（二）今佚【原注：民國間失去】。
"""


def text(made: Imported) -> str:
    return "".join(one for path, one in made.files.items() if path.endswith(".zh.md"))


def test_commentary_in_brackets_becomes_footnotes_on_request(tmp_path: Path) -> None:
    assert "〔厲，音例。以衣涉水也。〕" in text(convert("a.txt", CLASSIC.encode()).value)
    made = convert("a.txt", CLASSIC.encode(), Manner(interlinear=True)).value
    written = text(made)
    assert "淺則揭。」[^a1]有舟自遠方來[^a2]，不亦喜乎？" in written
    assert "[^a1]: 厲，音例。以衣涉水也。" in written
    assert "[^a2]: 自北岸也（一說南岸）。" in written
    assert "津人[^a3]不受錢，見《渡志》（一九九八）。圖（二）今佚[^a4]。" in written
    assert made.counts["footnotes"] == 4
    account = made.accounted
    assert account["characters"] == account["kept"] + account["dropped"]
    assert "厲，音例" in made.carried
    assert not faults(workspace(made, tmp_path))


def test_commentary_in_small_type_becomes_footnotes_on_request() -> None:
    small = '<w:r><w:rPr><w:sz w:val="14"/></w:rPr><w:t>厲音例以衣涉水也</w:t></w:r>'
    body = (
        para("渡書", "a3")
        + '<w:p><w:r><w:rPr><w:sz w:val="24"/></w:rPr><w:t>渡者曰：水深則厲。</w:t></w:r>'
        + small + '<w:r><w:rPr><w:sz w:val="24"/></w:rPr><w:t>淺則揭。</w:t></w:r></w:p>'
    )  # fmt: skip
    data = word.document(body)
    plain = text(imported("a.docx", data).value)
    assert "水深則厲。厲音例以衣涉水也淺則揭。" in plain
    noted = text(imported("a.docx", data, Options(interlinear=True)).value)
    assert "水深則厲。[^a1]淺則揭。" in noted
    assert "[^a1]: 厲音例以衣涉水也" in noted


HEAD = "---\ntitle: 河道\nbibliography: [refs.bib, ../outside.bib, none.bib, a.json]\n---\n\n"
REFS = """\
@string{river = {河邊出版社}}
@book{lin2001, author = {林渡}, title = {河道考}, publisher = river, year = 2001}
@incollection{wei1999, author = {韋岸}, title = {渡口}, crossref = {whole}}
@collection{whole, title = {河志}, year = 1999}
@book{never, author = {無人}, title = {不引}, year = 1990}
"""


def test_a_bibliography_in_the_folder_is_followed_and_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "outside.bib").write_text("@book{out, title = {外}}", "utf-8")
    (folder / "refs.bib").write_text(REFS, "utf-8")
    article = (
        f"{HEAD}# 引言\n\n渡口之說見[@lin2001, 12]與[@wei1999]，又見[@out]。\n\n又一段在此。\n"
    )
    (folder / "a.md").write_text(article, "utf-8")
    done = run_import(folder / "a.md", tmp_path / "to")
    bib = (tmp_path / "to/bib/references.bib").read_text("utf-8")
    assert "publisher = {河邊出版社}" in bib
    assert "@collection{whole," in bib
    assert "never" not in bib
    assert "title = {[out]}" in bib
    told = {one.where: one.fact for one in done.diagnostics if one.code.id == "IMP071"}
    assert "another folder" in told["../outside.bib"]
    assert "not there" in told["none.bib"]
    assert ".bib" in told["a.json"]


def test_a_character_that_no_font_has_keeps_its_place_and_is_told(tmp_path: Path) -> None:
    article = (
        "# 渡口 ሀ\n\n碑上有ሀለ二字。\n\n```\nሀ = 1\n```\n\n見 `ለ` 與[鏈 ሀ](https://example.org)。\n\n"
        "## 參考文獻\n\n林渡：《ሀ字考》，河邊：河邊出版社，2001年。\n"
    )
    document = open_document("a.md", article.encode())
    assert document is not None

    class Machine:
        def layout_of_pdf(self, data: bytes) -> bytes:
            return data

        def word_of(self, data: bytes, kind: str) -> bytes:
            return data

        def lacking(self, text: str) -> frozenset[str]:
            return frozenset(one for one in text if "\u1200" <= one <= "\u137f")

    outcome = imported("a.md", article.encode(), Options(programs=Machine()))
    written = text(outcome.value)
    assert '碑上有[ሀ]{ids="U+1200"}[ለ]{ids="U+1208"}二字。' in written
    assert "〔U+1200〕 = 1" in written
    assert "`〔U+1208〕`" in written
    assert "〔U+1200〕" in outcome.value.files["source/edition.toml"]
    assert "〔U+1200〕字考" in outcome.value.files["bib/references.bib"]
    (told,) = [one for one in outcome.diagnostics if one.code.id == "IMP070"]
    assert "ሀ (U+1200), ለ (U+1208)" in told.fact
    assert not faults(workspace(outcome.value, tmp_path))
    assert "IMP070" not in [one.code.id for one in imported("a.md", article.encode()).diagnostics]


UNREAD = """\
渡口考

一、引言

渡口在河的北岸，見舊志，每年春天都要重修。

參考文獻

Somebody told the writer of it & nobody knows when.

林渡：《河道考》，河邊：河邊出版社，2001年。
"""


def test_a_reference_that_follows_no_format_prints_as_it_stands() -> None:
    made = accounted("a.txt", UNREAD.encode())
    assert "@misc{unread1," in made.files["bib/references.bib"]
    assert "Somebody told the writer of it \\& nobody" in made.files["bib/references.bib"]
    found = convert("a.txt", UNREAD.encode()).diagnostics
    assert [one.level for one in found if one.code.id == "IMP050"] == [Severity.WARNING]


def test_a_caption_below_its_table_is_its_caption() -> None:
    article = "# 甲\n\n船數如下：\n\n| 渡口 | 船 |\n| --- | --- |\n| 石渡 | 三 |\n\n表1 船數\n\n又一段文字。\n"
    assert "| 石渡 | 三 |\n: 表1 船數 {#t1}" in text(imported("a.md", article.encode()).value)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff\xe0"]
)
def test_a_picture_that_breaks_off_does_not_come_along(data: bytes) -> None:
    assert picture_name("a.png", data) == ""
