"""``[[layers]]``: what can be said of a layer of notes, and what cannot be together."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition import config
from edition.config import Layer

HEAD = '[edition]\nid = "a"\ntitle = "T"\n'
NUMBERED = '[line_numbers]\nby = "page"\nlanguages = ["zh"]\n'


def load(folder: Path, *tables: str, more: str = "") -> tuple[dict[str, Layer], list[str]]:
    """The layers by id, and what was found wrong."""
    text = HEAD + more + "".join(f"[[layers]]\n{one}\n" for one in tables)
    (folder / "source").mkdir(exist_ok=True)
    (folder / "source" / "edition.toml").write_text(text, "utf-8")
    read = config.load(folder)
    assert read.value is not None
    return {one.id: one for one in read.value.layers}, [one.fact for one in read.diagnostics]


def test_a_layer_in_the_series_of_another_is_numbered_and_placed_as_that_one(
    tmp_path: Path,
) -> None:
    layers, found = load(
        tmp_path, 'id = "校"\nseries = "注"',
        'id = "注"\nnumbering = "letter"\ncount = "book"\nplacement = "section-end"',
    )  # fmt: skip
    assert found == []
    own = layers["校"]
    assert (own.head, own.numbering, own.count, own.placement) == (
        "注", "letter", "book", "section-end",
    )  # fmt: skip


def test_notes_at_an_end_are_counted_through_their_section(tmp_path: Path) -> None:
    layers, found = load(tmp_path, 'id = "注"\nplacement = "book-end"')
    assert found == []
    assert layers["注"].count == "section"
    assert layers["注"].at_end
    assert layers["注"].through


def test_a_layer_by_line_has_its_lemmas_unless_it_says_not(tmp_path: Path) -> None:
    line = 'numbering = "line"\nlanguages = ["zh"]\n'
    layers, found = load(tmp_path, f'id = "校"\n{line}', f'id = "注"\n{line}lemma = false',
                         more=NUMBERED)  # fmt: skip
    assert found == []
    assert [one.lemma for one in layers.values()] == [True, False]
    assert layers["校"].languages == ("zh",)


@pytest.mark.parametrize(
    ("table", "fact"),
    [
        ('numbering = "line"', "lines of en have no numbers"),
        ('placement = "book-end"\ncount = "page"', "stand away from their pages"),
        ('series = "疏"', "series = “疏”"),
        ('series = "注"', "series = “注”"),
        ("series = 3", "series = 3"),
        ("languages = []", "languages = []"),
        ('languages = ["fr"]', "languages = ['fr']"),
        ("lemma = 1", "lemma is true or false"),
        ('placement = "margin"', "placement = 'margin'"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, table: str, fact: str) -> None:
    _, found = load(tmp_path, f'id = "注"\n{table}', more=NUMBERED)
    assert len(found) == 1
    assert fact in found[0]


def test_lines_without_numbers_number_no_layer(tmp_path: Path) -> None:
    layers, found = load(tmp_path, 'id = "注"\nnumbering = "line"')
    assert found == ["numbering = “line”, and lines have no numbers"]
    assert layers["注"].numbering == "circled"


def test_a_series_has_one_way_of_numbering(tmp_path: Path) -> None:
    _, found = load(tmp_path, 'id = "注"', 'id = "校"\nseries = "注"\nnumbering = "letter"')
    assert found == ["numbering is that of the series 注"]
