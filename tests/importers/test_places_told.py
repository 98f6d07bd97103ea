"""Each place of a finding points, by line and column, at what the finding speaks of."""

from __future__ import annotations

import json
from pathlib import Path

from edition.importers.workspace import run_import

TEXT = """水磨坊考

一、引言

磨坊的特征是水輪。磨坊的特征是石磨，隨着水漲，隨着水落，隨着風來，隨這船去。
  他說, 今天下雨, 他不去, 見 Smith, 也沒有別人。

二、制造

石磨的制造费時，水輪的制造亦然。𠀋字之后，《河邊〉一書，特征再見。
"""


def test_every_place_has_line_and_column_of_its_excerpt(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf-8")
    run_import([file], tmp_path / "out")
    told = json.loads((tmp_path / "out" / "import.json").read_text("utf-8"))
    lines = TEXT.split("\n")
    codes = set()
    for finding in told["findings"]:
        places = finding.get("places") or [finding]
        assert len(places) == finding.get("count", 1)
        for place in places:
            rest = lines[place["line"] - 1][place["column"] - 1 :]
            assert rest.startswith(place["text"]), place
            codes.add(finding["code"])
    assert {"IMP031", "IMP032", "IMP033", "IMP035"} <= codes
    assert any(one.get("count", 1) >= 3 for one in told["findings"])
