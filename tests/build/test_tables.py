"""Tables on real pages: longer than a page, wider than their measure, with notes in them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import book_samples
import pytest

pytestmark = pytest.mark.tex

HEAD = """# {title} {{#s}}

{before} {{#s.1}}

| {one} | {two} | {three} |
| --- | --- | ---: |
"""


def _long(folder: Path, rows: int = 70) -> Path:
    zh = HEAD.format(title="稅", before="列表如下。", one="縣", two="物產", three="石")
    en = HEAD.format(title="Taxes", before="See below.", one="County", two="Goods", three="Bushels")
    for n in range(rows):
        zh += f"| 縣甲{n} | 茶、漆、絲，{'又有麻與竹，' * (n % 4)}歲貢 | {n}00 |\n"
        more = "and also hemp and bamboo " * (n % 3)
        en += f"| county-{n} | tea, lacquer, silk {more}every year | {n}00 |\n"
    zh += ": 諸縣之稅 {#s.t}\n\n其後無表。 {#s.2}\n"
    en += ": Taxes of the counties {#s.t}\n\nNo table follows. {#s.2}\n"
    return book_samples.workspace(folder, zh, en)


@pytest.mark.parametrize(("layout", "paper"), [("facing", "170x240"), ("columns", "105x148")])
def test_a_long_table_runs_on_under_its_head(
    tmp_path: Path, layout: Literal["facing", "columns"], paper: str
) -> None:
    done, _ = book_samples.built(_long(tmp_path), layout, paper=paper)
    places = {lang: [one for one in done.typeset.slices if one.slice.key == f"s.t/{lang}"]
              for lang in ("zh", "en")}  # fmt: skip
    assert len(places["zh"]) == len(places["en"]) > 1
    heads = book_samples.pages_with(done, "County", "Goods")
    assert heads == sorted(one.page for one in places["en"])
    assert len(book_samples.pages_with(done, "Taxesofthecounties")) == 1
    for n in (0, 35, 69):
        [zh], [en] = (book_samples.pages_with(done, f"縣甲{n}茶"),
                      book_samples.pages_with(done, f"county-{n}tea"))  # fmt: skip
        assert en - zh == (1 if layout == "facing" else 0)
    plain, _ = book_samples.built(tmp_path, layout, paper=paper, plain=True)
    book_samples.same_pages(done, plain)


def test_a_wide_table_is_made_smaller_and_its_words_broken(tmp_path: Path) -> None:
    row = "|" + "|".join(["Verwaltungsgericht", "a\\<b,c>|(d)=>e".replace("|", "\\|")] * 5) + "|\n"
    text = "# T {{#s}}\n\n|" + "h|" * 10 + "\n|" + "-|" * 10 + "\n" + row * 3 + "{{#s.t}}\n"
    folder = book_samples.workspace(tmp_path, text.format(), text.format())
    for layout in ("facing", "columns"):
        _, found = book_samples.built(folder, layout)  # type: ignore[arg-type]
        codes = [one.code.id for one in found]
        assert codes.count("TAB001") == codes.count("TAB002") == 1
        assert {"TEX003", "TEX004"}.isdisjoint(codes)
