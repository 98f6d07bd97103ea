"""A colleague's later version of a list: decisions follow their works."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.bibliography.deciding import updating
from edition.bibliography.reading import parse
from edition.bibliography.reading.parse import read
from edition.bibliography.types import Library
from edition.cli import main
from edition.source import SourceFile

OLD = """@article{sand2001, author={Sand, Ada}, title={The infleunce of tides on quays},
  journal={Quay}, year={2001}, volume={3}, pages={1-9}}
@book{朱籬, author={朱籬}, title={菊譜考證長編}, publisher={東籬社}, year={1999}}
@misc{gone, title={A pamphlet on the old weirs}}
"""
NEW = """@book{w, author={Weir, Bo}, title={Regional goverment of rivers}, publisher={P},
  year={2020}}
@book{zhu1999, author={朱籬}, title={菊譜考證長編}, publisher={東籬社}, year={1999}}
@article{Sand01, author={Sand, Ada}, title={The infleunce of tides on quays}, journal={Quay},
  year={2001}, volume={3}, pages={1--9}, doi={10.1000/7}}
"""
DECISIONS = """# mine
[[decision]]
verdict = "refuse"   # sand2001 as printed
entries = ["sand2001"]
field = "title"
before = "The infleunce of tides on quays"
value = "The influence of tides on quays"
reason = "so sand2001 itself has it"

[[decision]]
verdict = "set"
entries = [ "朱籬" ]
field = "publisher"
value = "東籬書社"
"""


def library(text: str) -> Library:
    return read(SourceFile("a.bib", text)).value


def test_works_are_known_again_under_other_keys() -> None:
    found = updating.compare(library(OLD), library(NEW))
    assert found.renamed == {"sand2001": "Sand01", "朱籬": "zhu1999"}
    assert (found.gone, found.added, found.kept) == (("gone",), ("w",), 0)


def test_a_key_that_changes_hands_is_no_work_that_stays() -> None:
    swapped = OLD.replace("sand2001", "X").replace("朱籬,", "sand2001,", 1).replace("X", "朱籬", 1)
    found = updating.compare(library(OLD), library(swapped))
    assert found.renamed == {"sand2001": "朱籬", "朱籬": "sand2001"}


def test_only_entries_are_rekeyed() -> None:
    text = updating.rekeyed(DECISIONS, {"sand2001": "Sand01", "朱籬": "zhu1999"})
    assert text == DECISIONS.replace('["sand2001"]', '["Sand01"]').replace(
        '[ "朱籬" ]', '[ "zhu1999" ]'
    )


def test_decisions_are_kept_and_only_what_is_new_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bib").mkdir()
    references = tmp_path / "bib" / "references.bib"
    references.write_text(OLD, "utf-8")
    (tmp_path / "bib" / "decisions.toml").write_text(DECISIONS, "utf-8")
    later = tmp_path / "later.bib"
    later.write_text(NEW, "utf-8")
    main(["bib", "--dir", str(tmp_path), "--update", str(later)])
    told = capsys.readouterr().out
    assert "0 entries as before, 2 under another key, 1 new, 1 gone; 1 proposals are new" in told
    assert "REP003" not in told
    assert references.read_text("utf-8") == NEW
    assert (tmp_path / "bib" / "references.old.bib").read_text("utf-8") == OLD
    done = parse.load(tmp_path / "bib" / "corrected.bib").value
    entry = done.find("zhu1999")
    assert entry is not None
    assert entry.get("publisher") == "東籬書社"
    assert main(["bib", "--dir", str(tmp_path), "--check"]) == 0


def test_an_update_of_several_lists_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bib", "--dir", str(tmp_path), "--update", "x.bib", "--check"]) == 2
    assert "USE025" in capsys.readouterr().out
