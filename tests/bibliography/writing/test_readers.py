"""Exports as other programs read them; each test needs the program and is skipped without it."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest

from edition.bibliography.reading import parse
from edition.bibliography.types import Library
from edition.bibliography.writing import export
from edition.source import SourceFile

LIST = r"""
@article{quay2018,
  author = {凌小舟 and M{\"u}ller, J{\"o}rg and others}, title = {潮汐閘門：起源 \& 演變},
  journal = {水利史刊}, year = {2018}, volume = {7}, number = {2}, pages = {5--17},
  doi = {10.1000/sls.2018.7}, langid = {chinese},
}
@online{office2020,
  author = {{Harbour Office}}, title = {Ferries of {NASA} and $x^2$}, date = {2020-03-04},
  url = {https://harbour.example.org/~a?b=1&c=2}, urldate = {2021-01-02},
}
@book{grafton1999, author = {安东尼·格拉夫敦}, title = {脚注趣史}, publisher = {Rivage \& Co.},
  location = {北京}, year = {1999}, isbn = {978-3-16-148410-0}}
@book{anon, author = {佚名}, title = {渡口志}, year = {1850}}
@phdthesis{thesis, author = {van der Ufer, Anna}, title = {Über Fähren}, school = {Uni},
  year = 2001}
@incollection{part, author = {Quay, B.}, title = {Locks}, booktitle = {Shores}, editor = {Shaw, A.},
  pages = {7}, year = {2003}, publisher = {Harrow}}
"""


def library() -> Library:
    return parse.read(SourceFile("a.bib", LIST)).value


def test_rispy_reads_the_ris() -> None:
    rispy = pytest.importorskip("rispy")
    records = rispy.loads(export.write(library(), "ris"))
    by_id = {one["id"]: one for one in records}
    assert list(by_id) == [one.key for one in library().entries]
    quay = by_id["quay2018"]
    assert quay["type_of_reference"] == "JOUR"
    assert quay["authors"] == ["凌小舟", "Müller, Jörg"]
    assert quay["title"] == "潮汐閘門：起源 & 演變"
    assert (quay["secondary_title"], quay["year"]) == ("水利史刊", "2018")
    assert (quay["start_page"], quay["end_page"]) == ("5", "17")
    assert by_id["office2020"]["authors"] == ["Harbour Office,"]
    assert by_id["grafton1999"]["place_published"] == "北京"
    assert not [tag for one in records for tag in one.get("unknown_tag", {})]


def test_citeproc_reads_and_sets_the_csl_json() -> None:
    source = pytest.importorskip("citeproc.source.json")
    items = json.loads(export.write(library(), "csl"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it knows no variables of CSL 1.0.2
        read = source.CiteProcJSON(items)
    assert set(read) == {one.key for one in library().entries}
    assert [name["family"] for name in read["quay2018"]["author"]] == ["凌", "Müller"]
    assert read["quay2018"]["issued"]["year"] == 2018
    assert str(read["quay2018"]["page"]) == "5-17"
    assert "安东尼·格拉夫敦" in read["grafton1999"]["author"][0].values()


def test_pandoc_reads_the_csl_json_and_both_dialects(tmp_path: Path) -> None:
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        pytest.skip("pandoc is not installed")
    wanted = {one.key for one in library().entries}
    for form, name in (("csl", "csljson"), ("biblatex", "biblatex"), ("bibtex", "bibtex")):
        path = tmp_path / f"a.{name}"
        path.write_text(export.write(library(), form), "utf-8")  # type: ignore[arg-type]
        done = subprocess.run([pandoc, "-f", name, "-t", "csljson", str(path)],
                              capture_output=True, check=True)  # fmt: skip
        assert done.stderr == b""
        read = {one["id"]: one for one in json.loads(done.stdout)}
        assert read.keys() == wanted
        assert read["quay2018"]["volume"] == "7"
        assert read["quay2018"]["page"] in ("5-17", "5–17")
        if form == "csl":
            assert read["office2020"]["author"] == [{"literal": "Harbour Office"}]
            assert read["grafton1999"]["author"] == [{"literal": "安东尼·格拉夫敦"}]
            assert read["quay2018"]["language"] == "zh"
