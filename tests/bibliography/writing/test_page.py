"""CHANGES.html: one page for colleagues, from the same repair as CHANGES.md."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from edition.bibliography import service
from edition.bibliography.types import Change, Library, Repair, Tier
from edition.bibliography.writing import page

EVIL = '<script>alert("x")</script> & <!--rows--> </pre>'
LIST = f"""@article{{sand, author = {{Sand, Ira}}, title = {{Gauges {EVIL}}}, journal = {{Silt}},
  year = {{2018}}, urldate = {{2024年1月3日}}, url = {{https://quay.example/a}},
  volume = {{3}}, pages = {{1-9}}}}
@article{{sand2, author = {{Sand, Ira}}, title = {{Gauges {EVIL}}}, journal = {{Silt}},
  year = {{2018}}, urldate = {{2024-01-03}}, url = {{https://quay.example/a}},
  volume = {{3}}, pages = {{1-19}}}}
@article{{broken, title = {{
"""


class Reader(HTMLParser):
    """The elements of a page, and the text of each row."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.append(dict(attrs))
        if tag not in ("meta", "input", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass


def made(tmp_path: Path) -> str:
    path = tmp_path / "colleague’s list.bib"
    path.write_text(LIST, "utf-8")
    done = service.run_files([path], tmp_path / "out")
    assert done.value is not None
    return (tmp_path / "out" / "CHANGES.html").read_text("utf-8")


def test_the_page_says_what_changed_and_where(tmp_path: Path) -> None:
    text = made(tmp_path)
    assert "colleague’s list.bib" in text
    assert "3 entries found" in text
    assert 'data-tier="applied"' in text
    assert "<ins>" in text
    assert "<del>" in text
    for target in re.findall(r'href="#(\w+)"', text):
        assert f'id="{target}"' in text
    assert '<option value="duplicate.' in text
    assert "@article{broken" in text


def test_nothing_of_the_list_is_markup_and_nothing_is_fetched(tmp_path: Path) -> None:
    text = made(tmp_path)
    reader = Reader()
    reader.feed(text)
    assert not reader.open
    assert reader.tags.count("script") == 1
    assert "alert(&quot;x&quot;)" in text
    assert "&lt;!--rows--&gt;" in text
    assert not [one for one in reader.attributes if "src" in one or "srcset" in one]
    assert not re.search(r"url\(|@import", text)
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)
    assert script is not None
    digest = b64encode(sha256(script[1].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in text.replace("&#x27;", "'")
    assert "default-src 'none'" in text


def test_rows_are_those_of_the_repair() -> None:
    changes = tuple(
        Change(entry="a", field="title", before="Gaugse", after="Gauges", tier=tier,
               rule="title.word", evidence=("one <letter>",))
        for tier in Tier
    )  # fmt: skip
    text = page.as_html(Repair(library=Library(entries=()), changes=changes), name="a.bib")
    assert text.count("<article ") == len(Tier)
    assert text.count("one &lt;letter&gt;") == len(Tier)
    assert {f'data-tier="{tier.value}"' in text for tier in Tier} == {True}


@given(st.text(max_size=60), st.text(max_size=60))
def test_marked_readings_are_both_whole(before: str, after: str) -> None:
    left, right = page.marked(before, after)
    bare = [re.sub(r"</?(?:del|ins)>", "", one) for one in (left, right)]
    assert bare == [page.marked(one, one)[0] for one in (before, after)]
    assert "<ins>" not in left
    assert "<del>" not in right


def test_long_values_are_compared_by_words() -> None:
    left, right = page.marked("silt " * 900 + "mud", "silt " * 900 + "mire")
    assert left.endswith("<del>mud</del>")
    assert right.endswith("<ins>mire</ins>")
