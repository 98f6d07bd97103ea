"""Lines below names on real pages: both ways of making pages, all kinds of text, and the proof that
sees each that is missing, too long, too short, below another word or joined with its neighbour."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import book_samples
import pytest
from proof_samples import matter_of
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from edition.build.pages import Composed
from edition.engine.cache import Cache
from edition.proof import book, facts, reading

pytestmark = pytest.mark.tex

NAMES = """[[person]]
id = "wei"
zh = "韋長史"
en = "Wei"
[[person]]
id = "brun"
zh = "保羅·布倫"
en = "Brun"
[[place]]
id = "lan"
zh = "蘭溪"
en = "Lan Brook"
[[work]]
id = "poems"
zh = "蘭溪集"
en = "Poems"
"""
ZH = f"""# 蘭溪記 {{#s}}

韋長史蘭溪之人也，讀蘭溪集，[王]{{.name}}翁笑曰：「[蘭]{{ruby="lán"}}溪、保羅·布倫、
[Ann Lee]{{.name}}皆至。」{"蘭溪集、韋長史蘭溪蘭溪集，" * 9}山 {{#s.1}}

| 人 | 書 |
| --- | --- |
| 韋長史 | 蘭溪集、蘭溪集續 |
: 蘭溪之書 {{#s.t}}

::: verse
蘭溪水
韋長史 {{#s.2}}
:::
"""
EN = """# Lan Brook {#s}

Wei of Lan Brook reads the Poems, and Wang laughs. {#s.1}

| Who | Book |
| --- | --- |
| Wei | Poems |
: Books {#s.t}

::: verse
Brook
Wei {#s.2}
:::
"""
NOTES = """- id: within
  at: s.1
  quote: {zh: {exact: 韋長, occurrence: 1}, en: Wei}
  layer: 注
  zh: 蘭溪人，見蘭溪集。
  en: Of Lan Brook.
"""
Change = Callable[[bytes], bytes]


def _book(folder: Path, *, marks: str, plain: bool = False) -> Composed:
    settings = f'{book_samples.SETTINGS}[names]\nmarks = "{marks}"\n'
    book_samples.workspace(folder, ZH, EN, notes=NOTES, settings=settings)
    (folder / "source" / "names.toml").write_text(NAMES, encoding="utf-8")
    return book_samples.built(folder, "columns", plain=plain)[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("names")


@pytest.fixture(scope="module")
def made(folder: Path) -> Composed:
    return _book(folder, marks="all")


def _text(done: Composed) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(done.pdf)).pages]


def test_both_ways_of_making_pages_draw_the_same_lines(folder: Path, made: Composed) -> None:
    book_samples.same_pages(made, _book(folder, marks="all", plain=True))


def test_lines_change_neither_the_text_nor_where_it_is_broken(folder: Path, made: Composed) -> None:
    bare = _book(folder, marks="off")
    assert {key: one.lines for key, one in bare.measures.items()} == {
        key: one.lines for key, one in made.measures.items()
    }
    assert _text(bare) == _text(made)


# a straight line and the curves of a wave, as they stand in the content of a page
_STRAIGHT = re.compile(rb"q ([\d.]+) w ([-\d.]+) ([-\d.]+) m ([-\d.]+) ([-\d.]+) l S Q")
_WAVE = re.compile(rb"q 1 0 0 1 [-\d.]+ [-\d.]+ cm [\d.]+ w 0 [^S]* c S Q")


def _straight(number: int, left: float, right: float) -> Change:
    """Move the ends of the piece of that number by so much, in points."""

    def change(content: bytes) -> bytes:
        piece = [one for one in _STRAIGHT.finditer(content) if float(one[1]) < 0.6][number]
        wide, x, y, end, _ = (float(one) for one in piece.groups())
        new = b"q %.3f w %.3f %.3f m %.3f %.3f l S Q" % (wide, x + left, y, end + right, y)
        return content[: piece.start()] + new + content[piece.end() :]

    return change


def _away(pattern: re.Pattern[bytes], number: int) -> Change:
    def change(content: bytes) -> bytes:
        piece = list(pattern.finditer(content))[number]
        return content[: piece.start()] + content[piece.end() :]

    return change


def _flat(content: bytes) -> bytes:
    """The first title has a straight line in the place of its waves."""
    return _WAVE.sub(
        lambda one: re.sub(rb"w 0 ([-\d.]+) m .* ([-\d.]+) ([-\d.]+) c S Q",
                           rb"w 0 \1 m \2 \1 l S Q", one[0]),
        content, count=3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        (_away(_STRAIGHT, 2), "“韋長史” has not the line of its own"),
        (_straight(0, -4, 0), "begins beside it"),
        (_straight(0, 4, 0), "begins within a character"),
        (_straight(4, -1.5, 0), "“韋長史” and “蘭溪” have one line"),
        (_away(_WAVE, 0), "“蘭溪集” has not the wavy line of its own"),
        (_flat, "has not the wavy line of its own"),
    ],
)
def test_the_proof_sees_a_line_that_is_not_where_its_name_is(
    folder: Path, made: Composed, change: Change, fact: str
) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made.pdf)))
    index = next(n for n, page in enumerate(made.plan.pages) if page.body and page.notes)
    page = writer.pages[index]
    before = page.get_contents()
    assert before is not None
    after = DecodedStreamObject()
    after.set_data(change(before.get_data()))
    page[NameObject("/Contents")] = writer._add_object(after)
    writer.write(folder / "spoilt.pdf")
    matter = matter_of(made)
    read = reading.read_back(folder / "spoilt.pdf", facts.of_book(matter),
                             cache=Cache(folder / "spoilt"), variant="columns")  # fmt: skip
    assert read.value is not None
    found = book.prove(matter, read.value.pages).violations
    assert {one.code.id for one in found} == {"PRF024"}
    assert any(fact in one.fact for one in found), [one.fact for one in found]
