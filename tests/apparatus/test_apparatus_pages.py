"""Entries of the apparatus, sigla and marks of emendation on finished pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from book_samples import built, workspace
from pypdf import PdfReader

SETTINGS = """\
[edition]
id = "c"
title = { zh = "校", en = "C" }

[[witness]]
siglum = { zh = "宋", en = "S" }
name = { zh = "宋本", en = "the Song copy" }
library = { zh = "某館", en = "some library" }

[[witness]]
siglum = { zh = "元", en = "Y" }
name = { zh = "元本", en = "the Yuan copy" }
base = true
"""
ZH = "# 一 {#s}\n\n山中有雨，[林下]{.deleted}[無]{.supplied}人[2]{.lost}。溪水東流。 {#s.1}\n"
EN = "# One {#s}\n\nRain in the hills, and nobody; the brook runs east. {#s.1}\n"
NOTES = """\
- id: rain
  at: s.1
  quote: {zh: 雨, en: Rain}
  layer: 校
  rdg:
    - {text: 雪, wit: [宋]}
    - {text: "", wit: [元], type: 脫}
- id: east
  at: s.1
  quote: {zh: 人, en: nobody}
  layer: 校
  rdg: {text: 客, resp: {zh: 某氏, en: Somebody}, type: conjecture}
  note: {en: Hardly.}
"""


@pytest.mark.tex
@pytest.mark.parametrize("layout", ["facing", "columns"])
def test_pages_say_readings_sigla_and_marks(tmp_path: Path, layout: str) -> None:
    folder = workspace(tmp_path / "w", ZH, EN, notes=NOTES, settings=SETTINGS)
    made, found = built(folder, layout)  # type: ignore[arg-type]
    path = tmp_path / "read.pdf"
    path.write_bytes(made.pdf)
    said = "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)
    for part in ("山中有雨", "（林下）〔無〕人", "□□。",
                 "「雨」，宋本作「雪」，元本脫。", "某氏疑當作「客」",
                 "雨]雪S;om.Y.", "客conj.Somebody.Hardly.", "宋宋本，某館", "theYuancopy(basetext)",
                 "omits"):  # fmt: skip
        assert part in said, part
    assert not [one for one in found if one.code.area != "PRF"]
