"""Readings above characters on real pages: in text, notes and tables they keep clear of the line
above them and of the lines below its names; and the proof sees those that do not."""

from __future__ import annotations

from pathlib import Path

import book_samples
import pytest

from edition.layout import rubies

pytestmark = pytest.mark.tex

NAMES = """[[place]]
id = "mist"
zh = "霧津渡"
en = "Mist Ford"
"""
RUBY = '[霜]{ruby="shuāng"}霧津渡[柳]{ruby="lǐu"}岸[橋]{ruby="qiáo"}'
LONG = "".join(RUBY + "岸" * (number % 4) for number in range(16))  # no line is like the one above
ZH = f"# 渡 {{#s}}\n\n{LONG} {{#s.1}}\n\n| 地 |\n| --- |\n| {LONG} |\n: 表 {{#s.t}}\n"
EN = "# Ford {#s}\n\nAt Mist Ford. {#s.1}\n\n| Place |\n| --- |\n| Ford |\n: Places {#s.t}\n"
NOTES = f"""- id: n
  at: s.1
  quote: {{zh: {{exact: 霧津渡, occurrence: 1}}, en: Mist Ford}}
  layer: 注
  zh: '{LONG}'
  en: A ford.
"""


def _workspace(folder: Path, marks: str) -> Path:
    settings = f'{book_samples.SETTINGS}[names]\nmarks = "{marks}"\n'
    book_samples.workspace(folder, ZH, EN, notes=NOTES, settings=settings)
    (folder / "source" / "names.toml").write_text(NAMES, encoding="utf-8")
    return folder


@pytest.mark.parametrize("layout", ["facing", "columns"])
def test_readings_keep_clear_of_the_line_above(tmp_path: Path, layout: str) -> None:
    done, found = book_samples.built(_workspace(tmp_path, "all"), layout)  # type: ignore[arg-type]
    assert [one.fact for one in found if one.code.area == "PRF"] == []
    assert done.layout.styles["note-zh"].leading == 14.0
    assert done.layout.styles["note-en"].leading == 10.5, "the English has none"


@pytest.mark.parametrize(("marks", "what"), [("all", "the line of a name"), ("off", "“")])
def test_PRF027_readings_that_touch_it(
    tmp_path: Path, marks: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rubies, "roomy", lambda layout, *_: layout)
    _, found = book_samples.built(_workspace(tmp_path, marks), "facing")
    told = [one for one in found if one.code.id == "PRF027"]
    assert any(f"touches {what}" in one.fact for one in told)
    assert {one.where for one in told} >= {"s.t/zh"} | ({"n:n/zh"} if marks == "all" else set())
