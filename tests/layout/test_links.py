"""Links: what they lead to in the PDF, and addresses in print."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdf
import pytest

from edition.build import Request, build
from edition.diagnostics import as_text
from edition.layout.links import with_addresses
from edition.model import Emph, Inlines, Lang, plain
from edition.readers import inline
from edition.readers.passage import Passage
from edition.source import SourceFile
from edition.terminal import Progress


def read(source: str) -> Inlines:
    return inline.read(Passage(SourceFile("a", source), source, tuple(range(len(source)))))[0]


@pytest.mark.parametrize(("source", "lang", "printed"), [
    ("[a page](https://x.org/p).", "en", "a page (https://x.org/p)."),
    ("[一頁](https://x.org/p)。", "zh", "一頁（https://x.org/p）。"),
    ("<https://x.org/p>", "en", "https://x.org/p"), ("<a@x.org>", "en", "a@x.org"),
    ("[x.org](https://x.org/)", "en", "x.org"),
])  # fmt: skip
def test_addresses_are_printed_once(source: str, lang: Lang, printed: str) -> None:
    assert plain(with_addresses(read(source), lang)) == printed


def test_addresses_within_emphasis() -> None:
    [emphasis] = with_addresses(read("*[a](https://x.org/p)*"), "en")
    assert isinstance(emphasis, Emph)
    assert plain((emphasis,)) == "a (https://x.org/p)"


EN = """\
# Water and `code` {#a}

Water is H~2~O, *E* equals *mc*^2^, `a*b  "y" --z` is code; see <https://example.org/a_b?x=1&y=2>
and [a link of many words that surely goes on over the end of the line in which it
began](https://example.org/over) for $5 and $6. {#a.1}
"""
ZH = "# 水與`code` {#a}\n\n水即 H~2~O，寫`后*后`，見[該頁](https://example.org/zh)。 {#a.1}\n"
NOTES = """\
- id: n
  at: a.1
  layer: 注
  quote: {zh: H2O, en: H2O}
  zh: 見 <https://example.org/note>。
  en: As CO~2~.
"""


@pytest.mark.tex
@pytest.mark.parametrize("layout", ["facing", "columns"])
def test_links_of_the_pdf_lead_to_their_addresses(workspace: Path, layout: str) -> None:
    source = workspace / "source"
    (source / "text" / "01-garden.en.md").write_text(EN)
    (source / "text" / "01-garden.zh.md").write_text(ZH)
    (source / "notes" / "01-garden.yaml").write_text(NOTES)
    script = "hans" if layout == "columns" else "hant"
    built = build(Request(root=workspace, layout=layout, script=script),  # type: ignore[arg-type]
                  Progress(quiet=True))  # fmt: skip
    assert built.value is not None, as_text(built.diagnostics)
    assert built.value.composed.proof.violations == ()
    pages = pypdf.PdfReader(built.value.pdf).pages
    links = [one.get_object() for page in pages for one in page.get("/Annots", ())]
    found = [str(one["/A"]["/URI"]) for one in links if "/A" in one]
    assert set(found) == {
        f"https://example.org/{one}" for one in ("a_b?x=1&y=2", "over", "zh", "note")
    }
    assert found.count("https://example.org/over") >= 2  # one for each line
    text = "".join(page.extract_text() for page in pages)
    for words in ("$5 and $6", "H2O", "mc2"):
        assert words.replace(" ", "") in text.replace(" ", "").replace("\n", "")
    assert "后*后" in text.replace(" ", "")  # code is not converted
    words = subprocess.run(["pdftotext", "-layout", str(built.value.pdf), "-"], check=True,
                           capture_output=True, text=True).stdout  # fmt: skip
    assert "與 code" in words or "与 code" in words  # the gap between Han and Latin
    assert "`" not in text
    assert "~" not in text
