"""Headings with everything that may stand in one, in the text, the contents, the running heads
and the outline; bylines; sides left blank: set by XeLaTeX and read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import write_workspace
from pypdf import PdfReader

from edition.build.run import build
from edition.build.types import Request
from edition.engine import readback
from edition.engine.readback import Pages

pytestmark = pytest.mark.tex

PARA_ZH = "山下有泉，泉邊有石。每至三月，水色最清，遊人取以煮茶。" * 6
PARA_EN = "Below the hill there is a spring, and beside it lies a stone. " * 9

ZH = f"""\
# 論[泉]{{ruby="quán"}}水[^1]與*石* {{#a short="泉水"}}

山中客 {{#a.by .byline}}

{PARA_ZH} {{#a.1}}

## 泉之名[@zhu2020, 3]，如@zhu2020 [4]所言 {{#a.h}}

{PARA_ZH} {{#a.2}}

### 三級之題 {{#a.h3}}

#### 四級之題 {{#a.h4}}

{PARA_ZH} {{#a.3}}

{{#a.t .blank}}

{PARA_ZH} {{#a.4}}

{{#b .blank}}

{PARA_ZH * 4} {{#b.1}}

{PARA_ZH * 4} {{#b.2}}

[^1]: 泉，水之源也。
"""
EN = f"""\
# On springs[^1] and the *Stone* that lies beside every one of them, whatever the season of the year may be {{#a short="Springs"}}

A Guest of the Hills {{#a.by .byline}}

{PARA_EN} {{#a.1}}

## The name of the spring [@zhu2020, 3], as @zhu2020 [4] has it {{#a.h}}

{PARA_EN} {{#a.2}}

### Third {{#a.h3}}

#### Fourth {{#a.h4}}

{PARA_EN} {{#a.3}}

## What the translator added {{#a.t}}

{PARA_EN} {{#a.4}}

# A Part that Only the Translation Has, with a Title that Is Far and Away Too Long for the Running Head of Any Page {{#b}}

{PARA_EN * 4} {{#b.1}}

{PARA_EN * 4} {{#b.2}}

[^1]: A spring is where water begins.
"""  # noqa: E501
NOTES = """\
- id: stone
  at: a
  quote: { zh: 石, en: Stone }
  layer: 注
  zh: 泉邊之石。
  en: The one beside the spring.
"""


def _workspace(folder: Path) -> Path:
    write_workspace(folder)
    text = folder / "source" / "text"
    (text / "01-garden.zh.md").write_text(ZH, "utf-8")
    (text / "01-garden.en.md").write_text(EN, "utf-8")
    (folder / "source" / "notes" / "01-garden.yaml").write_text(NOTES, "utf-8")
    settings = folder / "source" / "edition.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("[layout]", "[layout]\ncontents = 4"), "utf-8"
    )
    return folder


def _head(pages: Pages, index: int) -> str:
    return " ".join(word.text for word in pages[index] if word.y < 64)


@pytest.mark.parametrize("layout", ["facing", "columns"])
def test_headings_print_everywhere_without_raw_keys(tmp_path: Path, layout: str) -> None:
    root = _workspace(tmp_path)
    done = build(Request(root=root, layout=layout))  # type: ignore[arg-type]
    assert [one.code.id for one in done.diagnostics] == ["LAY011", "REF009"]
    assert done.value is not None
    pdf = Path(done.value.pdf)
    reader = PdfReader(pdf)
    pages = readback.words(pdf).value
    assert pages is not None
    titles = [one.title for one in _flat(reader.outline)]
    assert titles[1:7] == [
        "論泉水與石 · On springs and the Stone that lies beside every one of them, whatever the "
        "season of the year may be",
        "泉之名，如朱園（2020：4）所言 · The name of the spring, as Zhu Yuan (2020, 4) has it",
        "三級之題 · Third",
        "四級之題 · Fourth",
        "What the translator added",
        "A Part that Only the Translation Has, with a Title that Is Far and Away Too Long for the "
        "Running Head of Any Page",
    ]
    contents = next(page for page in reader.pages if "目次" in page.extract_text()).extract_text()
    assert "zhu2020" not in "".join(page.extract_text() for page in reader.pages)
    assert "泉之名，如朱園" in contents.replace(" ", "")
    assert "四級之題" in contents
    heads = {_head(pages, index) for index in range(len(pages))}
    if layout == "facing":
        assert {"4 泉水", "Springs 5"} <= heads
        assert any("A Part that Only" in one and "…" in one for one in heads)
    else:
        assert "2 泉水 Springs" in heads


def _flat(items: list[object]) -> list[object]:
    return [more for one in items for more in (_flat(one) if isinstance(one, list) else [one])]
