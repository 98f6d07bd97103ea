"""The index on finished pages, in both layouts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from book_samples import workspace
from pypdf import PdfReader

from edition.build import Request, build
from edition.diagnostics import Severity

SETTINGS = """\
[edition]
id = "x"
title = { zh = "泉", en = "Spring" }

[index]
names = true
"""
NAMES = '[[person]]\nid = "nye"\nzh = "約瑟夫·奈德"\nen = "Joseph Nyder"\nvariants = ["奈德"]\n'
ZH = "# 一 {#s}\n\n" + "山中有雨，林下無人，溪水東流，說與誰聽？" * 60 + "奈德至此。 {#s.1}\n"
EN = "# One {#s}\n\n" + "Rain in the hills, nobody in the woods; the brook runs east. " * 60
EN += "Here Nyder came. {#s.1}\n"
NOTES = "- {id: n, at: s.1, quote: {zh: 奈德, en: Nyder}, layer: 注, zh: 人也。, en: A man.}\n"


@pytest.mark.tex
def test_pages_of_the_index_are_those_of_the_words(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w", ZH, EN, notes=NOTES, settings=SETTINGS)
    (root / "source/names.toml").write_text(NAMES, encoding="utf-8")
    for layout in ("facing", "columns"):
        made = build(Request(root=root, layout=layout))  # type: ignore[arg-type]
        assert [one.fact for one in made.diagnostics if one.level is Severity.ERROR] == []
        assert made.value
        reader = PdfReader(made.value.pdf)
        labels = reader.page_labels
        texts = ["".join(page.extract_text().split()) for page in reader.pages]
        last = texts.index(next(text for text in texts if "索引" in text and "JosephNyder" in text))
        for word, entry in (("至此", r"約瑟夫·奈德JosephNyder(\d+)"),
                            ("HereNyder", r"Nyder,Joseph約瑟夫·奈德,(\d+)")):  # fmt: skip
            (page,) = [number for number, text in enumerate(texts) if word in text]
            found = re.search(entry, texts[last] + texts[min(last + 1, len(texts) - 1)])
            assert found, entry
            assert found[1].startswith(labels[page])  # the folio may stand behind it
        assert any("索引" in one.title for one in reader.outline if not isinstance(one, list))
