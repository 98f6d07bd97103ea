"""Reading bibliographies: what stands where, and what becomes of broken files."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.bibliography.reading import encoding, parse
from edition.bibliography.types import Entry, Field, Library
from edition.bibliography.values import plain
from edition.bibliography.values.languages import language
from edition.bibliography.writing.order import ordered
from edition.diagnostics import Diagnostic, Outcome
from edition.source import SourceFile

ROOT = Path(__file__).resolve().parents[3]
BIB = ROOT / "bib" / "references.bib"
CASES = sorted((Path(__file__).parents[2] / "cases" / "BIB").glob("*.txt"))
SHARED = Path(os.environ.get("EDITION_SHARED", ROOT.parent / "shared"))


def read(text: str) -> Outcome[Library]:
    return parse.read(SourceFile("a.bib", text))


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [one.code.id for one in found]


def whole(library: Library) -> bool:
    return library.found == len(library.entries) + len(library.quarantined)


GARDEN = """\
% of the garden
@article{zhu2020,
  author = {朱菊 and 東籬, 康},
  title  = "The {NASA} of # Gardens",
  year   = 2020,
  month  = mar,
  journal = jg # { (}#"new series" # {)},
}

@string{jg = {Garden Letters}}
@comment{zhu2021, title = {not read}}
@preamble{"\\newcommand{\\x}{}"}
% above
% the second
@Book(wang2019,
  title = {竹，石
    與水},   % a remark, with {brace
  Publisher = jg
)
Some words of the editor's, and an address: me@example.org.
"""


def test_fields_have_values_and_places() -> None:
    done = read(GARDEN)
    zhu, wang = done.value.entries
    assert (zhu.type, zhu.key, wang.type, wang.key) == ("article", "zhu2020", "book", "wang2019")
    assert zhu.get("title") == "The {NASA} of # Gardens"
    assert zhu.get("year") == "2020"
    assert zhu.get("month") == "3"
    assert wang.get("title") == "竹，石 與水"
    assert wang.get("publisher") == "Garden Letters"
    for entry in done.value.entries:
        assert entry.raw.startswith("@")
        assert entry.raw[-1] in "})"
        for field in entry.fields:
            assert field.span is not None
            assert field.span.text == field.raw
    title = zhu.field("title")
    assert title is not None
    assert title.span is not None
    assert (title.span.line, title.span.column) == (4, 12)
    lib = done.value
    assert (len(lib.strings), len(lib.comments), len(lib.preambles)) == (1, 1, 1)


def test_a_string_counts_from_where_it_is_defined() -> None:
    done = read(GARDEN)
    assert codes(done.diagnostics) == ["BIB012", "BIB017"]
    assert done.diagnostics[0].span is not None
    assert done.diagnostics[0].span.line == 7
    assert done.value.entries[0].get("journal") == "jg (new series)"


def test_comments_directly_above_an_entry_lead_it() -> None:
    zhu, wang = read(GARDEN).value.entries
    assert GARDEN[zhu.lead : zhu.start] == "% of the garden\n"
    assert GARDEN[wang.lead : wang.start] == "% above\n% the second\n"


LOOSE = ("BIB008-brace-too-many", "BIB017")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_reports_its_code_and_loses_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    done = parse.read_bytes(path.name, path.read_bytes())
    assert path.name[:6] in codes(done.diagnostics)
    assert whole(done.value)
    began = len(re.findall(r"^[@＠]", text, re.MULTILINE))
    nested = 1 if path.name.startswith("BIB011") else 0
    assert done.value.found == began - nested
    for one in done.diagnostics:
        assert one.span is not None
        assert one.hint
    raw = [one.raw for one in done.value.entries] + [one.raw for one in done.value.quarantined]
    covered = "".join(raw)
    if path.name.startswith(LOOSE):
        assert covered != text  # the entry is read up to its brace; the rest is told
        return
    assert len(re.sub(r"\s", "", covered)) == len(re.sub(r"\s", "", text))


def test_a_text_without_an_entry_is_told() -> None:
    data = "東籬：菊譜考，1999。\n".encode()
    assert codes(parse.read_bytes("t.bib", data).diagnostics) == ["BIB014"]
    for text in ("", "\n \n", "% a comment\n"):
        assert codes(parse.read_bytes("t.bib", text.encode()).diagnostics) == []


def test_fixes_mend_what_they_speak_of() -> None:
    for path in CASES:
        text = path.read_text("utf-8")
        for _ in range(10):
            done = read(text)
            fix = next((one.fix for one in done.diagnostics if one.fix), None)
            if fix is None:
                break
            text = text[: fix.span.start] + fix.text + text[fix.span.end :]
        if path.name.startswith(("BIB006", "BIB007")):
            assert not read(text).diagnostics, path.name
            assert read(text).value.entries[0].get("title") == "菊譜考"


GOOD = "@book{good%d,\n  title = {竹記},\n  year = {2019},\n}\n"
BAD = {
    "missing comma": "@article{bad,\n title = {A}\n year = {2000},\n}\n",
    "open brace": "@article{bad,\n title = {A,\n year = {2000},\n}\n",
    "open quote": '@article{bad,\n title = "A,\n year = {2000},\n}\n',
    "full-width": "@article｛bad，\n title ＝｛A｝，\n｝\n",
    "full-width sign": "＠article{bad,\n title = {A},\n}\n",
    "wide comma": "@article{bad,\n title = {A}，\n year = {2000},\n}\n",
    "no key": "@article{\n title = {A},\n}\n",
    "space in key": "@article{bad key,\n title = {A},\n}\n",
    "no value": "@article{bad,\n title = ,\n}\n",
    "no equals": "@article{bad,\n title,\n}\n",
    "same key": "@article{good1,\n title = {A},\n}\n",
    "two readings": "@article{bad,\n pages = {1},\n pages = {2},\n}\n",
    "no brace": "@article bad, title = {A}\n",
    "only a start": "@article{\n",
    "string": "@string{x = }\n",
    "two commas": "@article{bad,\n title = {A},,\n}\n",
}


@pytest.mark.parametrize("name", BAD)
def test_the_rest_goes_on_after_a_broken_entry(name: str) -> None:
    text = GOOD % 1 + "\n" + BAD[name] + "\n" + GOOD % 2
    done = read(text)
    assert [one.key for one in done.value.entries] == ["good1", "good2"]
    (bad,) = done.value.quarantined
    assert bad.raw == BAD[name].strip()
    assert whole(done.value)
    assert done.value.found == 3
    assert not done.ok
    assert all(one.span is not None and 6 <= one.span.line <= 11 for one in done.diagnostics)


@pytest.mark.parametrize("name", BAD)
def test_a_broken_entry_at_the_end(name: str) -> None:
    done = read(GOOD % 1 + BAD[name].rstrip())
    assert [one.key for one in done.value.entries] == ["good1"]
    assert whole(done.value)
    assert done.value.found == 2


def test_an_entry_within_a_field_is_a_warning_only() -> None:
    done = read("@misc{a,\n note = {x\n@article{b, title = {y}}\n},\n}\n" + GOOD % 1)
    assert [one.key for one in done.value.entries] == ["a", "good1"]
    assert codes(done.diagnostics) == ["BIB011"]


def test_fields_given_twice_alike_are_one() -> None:
    done = read("@misc{a,\n year = {2000},\n year = 2000,\n}\n")
    assert done.ok
    assert [one.name for one in done.value.entries[0].fields] == ["year"]


def test_what_percent_hides_is_no_entry() -> None:
    done = read("% @article{a, title = {x}}\n@misc{b, % @article{c,\n note = {y},\n}\n")
    assert [one.key for one in done.value.entries] == ["b"]
    assert done.ok


def test_inheritance_from_nowhere_is_reported_at_the_field() -> None:
    done = read("@inbook{a,\n crossref = {b},\n}\n@xdata{d,\n}\n@misc{c,\n xdata = {d, e},\n}\n")
    assert codes(done.diagnostics) == ["BIB013", "BIB013"]
    assert [one.span.line for one in done.diagnostics if one.span] == [2, 7]


# --- bytes ------------------------------------------------------------------------------------

CHINESE = "@book{zhu,\n  title = {園中小記：菊與竹},\n  author = {朱東籬},\n}\n"
SIMPLE = "@book{zhu,\n  title = {园中小记：菊与竹},\n  author = {朱东篱},\n}\n"


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        (SIMPLE, "gb18030", "GB18030"), (CHINESE, "gb18030", "GB18030"), (SIMPLE, "gbk", "GB18030"),
        (CHINESE, "big5", "Big5"), (CHINESE, "utf-16", "UTF-16"),
        ("@book{a,\n author = {Müller, Jörg},\n title = {Gärten},\n}\n", "cp1252", "Windows-1252"),
    ],
)  # fmt: skip
def test_encodings_are_told_apart(text: str, code: str, name: str) -> None:
    done = parse.read_bytes("a.bib", text.encode(code))
    assert done.value.source is not None
    assert done.value.source.text == text
    assert codes(done.diagnostics)[0] == "BIB002"
    assert name in done.diagnostics[0].fact
    assert len(done.value.entries) == 1


def test_marks_and_line_ends_are_told_and_kept() -> None:
    data = b"\xef\xbb\xbf" + CHINESE.replace("\n", "\r\n").encode()
    decoded = encoding.decode("a.bib", data)
    assert codes(decoded.diagnostics) == ["BIB004"]
    assert "byte order mark and line ends of Windows" in decoded.diagnostics[0].fact
    assert encoding.encode(decoded.value.source.text, decoded.value.form) == data
    assert len(parse.read_bytes("a.bib", data).value.entries) == 1


def test_damaged_bytes_are_set_aside_and_come_out_as_they_were() -> None:
    data = (CHINESE + GOOD % 1).encode().replace("菊".encode(), b"\xe8\xff", 1)
    done = parse.read_bytes("a.bib", data)
    assert [one.key for one in done.value.entries] == ["good1"]
    assert codes(done.diagnostics) == ["BIB003", "BIB003", "BIB003"]
    assert done.value.quarantined[0].key == "zhu"
    decoded = encoding.decode("a.bib", data).value
    assert encoding.encode(decoded.source.text, decoded.form) == data


def test_a_missing_file_is_a_diagnostic(tmp_path: Path) -> None:
    done = parse.load(tmp_path / "none.bib", "bib/none.bib")
    assert codes(done.diagnostics) == ["BIB001"]
    assert not done.value.entries


# --- any text ---------------------------------------------------------------------------------

SCRAPS = ["@article{k,", "@book{k2,", "\n", "title = ", "{", "}", '"', ",", "，", "＝", "｛", "%",
          "@string{s = ", "@comment{", "@preamble{", "@", "year = 2000", "菊", "#", "s", "(", ")",
          "\n@misc{m,\n", " ", "\\", "\udc80"]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join))
def test_no_text_is_lost_or_counted_twice(text: str) -> None:
    done = read(text)
    assert whole(done.value)
    spans = [one.span for one in done.value.entries] + [one.span for one in done.value.quarantined]
    blocks = sorted((one.start, one.end) for one in spans if one)
    for (_, end), (start, _) in pairwise(blocks):
        assert end <= start
    if done.value.quarantined:
        assert not done.ok


@pytest.mark.parametrize(
    "unit",
    ["@article{k%d,\n title = {open\n", '@article{k%d,\n title = "open\n', "@a{k%d,",
     "@book{k%d,a={", "{{{{ %d", "@article{k%d,\n x = {y} z = {w}\n}\n", "＠book｛k%d\n",
     "@string{s%d = {"],
)  # fmt: skip
def test_work_grows_with_the_text_not_its_square(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted in characters that the regular expressions may look at, not in seconds."""
    from edition.bibliography.reading import scan

    def effort(number: int) -> int:
        looked = 0
        quoted = scan._Scanner._quoted

        def counted(self: scan._Scanner, at: int) -> int:
            nonlocal looked
            left = self.budget
            try:
                return quoted(self, at)
            finally:
                looked += left - self.budget

        monkeypatch.setattr(scan._Scanner, "_quoted", counted)
        text = "".join(unit % one for one in range(number)) + "}" * number
        blocks = list(scan.scan(text))
        monkeypatch.undo()
        return looked + sum(one.end - one.start for one in blocks)

    assert effort(2000) <= 2.5 * effort(1000) + 1000


MISSING = {
    "brace": ("  title = {Salt Road,\n  author = {A}\n}", "  title = {Salt Road},", 2),
    "quote": ('  title = "Salt Road,\n  author = "A"\n}', '  title = "Salt Road",', 2),
    "last brace": ("  title = {Salt Road},\n  author = {A\n}", "  author = {A}", 3),
    "opening quote": ('  title = Salt Road",\n  author = "A"\n}', '  title = "Salt Road",', 2),
    "end": ("  title = {Salt Road},\n  author = {A}", "}", 4),
    "inner": ("  title = {The {NASA Road},\n  year = 1999\n}", "  title = {The {NASA Road}},", 2),
}


@pytest.mark.parametrize("name", MISSING)
def test_a_missing_mark_has_a_ready_repair_that_reads(name: str) -> None:
    body, line, number = MISSING[name]
    text = f"@book{{a,\n{body}\n\n@book{{b,\n  title = {{Quays}}\n}}\n"
    outcome = parse.read(SourceFile("a.bib", text))
    assert [one.key for one in outcome.value.entries] == ["b"]
    (fix,) = (one.fix for one in outcome.diagnostics if one.fix)
    mended = text[: fix.span.start] + fix.text + text[fix.span.end :]
    assert mended.splitlines()[number - 1] == line
    again = parse.read(SourceFile("a.bib", mended))
    assert [one.key for one in again.value.entries] == ["a", "b"]


def test_what_no_single_mark_mends_has_no_ready_repair() -> None:
    text = "@book{a,\n  title = {Salt {Road,\n  author = {A\n  = = \n}\n@book{b, title={Quays}}\n"
    assert not [one.fix for one in parse.read(SourceFile("a.bib", text)).diagnostics if one.fix]


# --- text of values ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (r"Schr{\"o}dinger \& S\"ohne", "Schrödinger & Söhne"),
        (r"\textit{Hua} and {NASA}", "Hua and NASA"),
        ("a~b", "a b"),
        ("https://a.org/~c", "https://a.org/~c"),
        ("園中  小記", "園中 小記"),
    ],
)
def test_plain_text_of_a_value(value: str, text: str) -> None:
    assert plain(value) == text


# --- order ------------------------------------------------------------------------------------


def book(key: str, author: str, year: str = "2000", title: str = "菊") -> Entry:
    fields = (Field("author", author), Field("year", year), Field("title", title))
    return Entry(key, "book", fields)


def test_chinese_by_pinyin_then_others_by_family_name() -> None:
    entries = [
        book("smith", "John Smith", title="Garden"), book("zeng", "曾國藩"), book("li", "李白"),
        book("shan", "單田芳"), book("ada", "Zoe Adams", title="Bamboo"), book("ouyang", "歐陽修"),
        book("li2", "李白", "1999"),
    ]  # fmt: skip
    order = [one.key for one in ordered(entries)]
    assert order == ["li2", "li", "ouyang", "shan", "zeng", "ada", "smith"]


def test_chinese_by_strokes() -> None:
    entries = [book("long", "龍一"), book("ding", "丁一"), book("wang", "王一"), book("li", "李一")]
    assert [one.key for one in ordered(entries, "stroke")] == ["ding", "wang", "li", "long"]


def test_a_given_reading_goes_before_the_usual_one() -> None:
    entries = [book("qin", "覃一"), book("an", "安一")]
    assert [one.key for one in ordered(entries)] == ["an", "qin"]
    assert [one.key for one in ordered(entries, readings={"安一": "zz yi"})] == ["qin", "an"]
    # a character with two readings: the given one decides, and is parted among the characters
    entries = [book("zhong", "重一"), book("cheng", "程一"), book("chui", "吹一")]
    assert [one.key for one in ordered(entries)] == ["cheng", "chui", "zhong"]
    given = ordered(entries, readings={"重一": "chongyi"})
    assert [one.key for one in given] == ["cheng", "zhong", "chui"]
    # an apostrophe parts syllables and is none of their letters
    entries = [book("gen", "阿根"), book("er", "阿爾")]
    given = ordered(entries, readings={"阿根": "ā gēn", "阿爾": "Ā’ěr"})
    assert [one.key for one in given] == ["er", "gen"]


@pytest.mark.parametrize(
    ("fields", "lang"),
    [
        ({"title": "園中小記"}, "zh"), ({"title": "A Garden"}, "en"),
        ({"title": "The word 菊 in gardening books"}, "en"), ({"author": "朱菊"}, "zh"),
        ({"title": "A Garden", "langid": "chinese"}, "zh"), ({}, "en"),
    ],
)  # fmt: skip
def test_the_language_of_an_entry(fields: dict[str, str], lang: str) -> None:
    entry = Entry("a", "book", tuple(Field(*pair) for pair in fields.items()))
    assert language(entry) == lang


# --- the shipped list --------------------------------------------------------------------------


def test_the_shipped_list_has_every_reference() -> None:
    done = parse.load(BIB)
    assert done.ok
    places: dict[str, list[int]] = {"list 1": [], "list 2": [], "footnote": []}
    for entry in done.value.entries:
        found = re.match(r"(list 1|list 2|footnote)(?:, item)? (\d+)", entry.get("foundin"))
        assert found, entry.key
        places[found[1]].append(int(found[2]))
    assert places["list 1"] == list(range(1, 25))
    assert places["list 2"] == list(range(1, 59))
    assert places["footnote"] == sorted([*range(1, 3), *range(4, 55), 25])


def test_the_text_cites_nothing_that_is_not_there() -> None:
    keys = {one.key for one in parse.load(BIB).value.entries}
    for path in (ROOT / "source").rglob("*.*"):
        if path.suffix in (".md", ".yaml"):
            for key in re.findall(r"(?<![\w.])@([a-z][a-z0-9-]+)", path.read_text("utf-8")):
                assert key in keys, f"{path.name}: {key}"


def test_what_is_transcribed_stands_in_the_article() -> None:
    path = SHARED / "raw" / "article.txt"
    if not path.is_file():
        pytest.skip(f"the article is not here: {path}")
    article = re.sub(r"\s", "", path.read_text("utf-8"))
    for entry in parse.load(BIB).value.entries:
        for field in entry.fields:
            if field.name in ("foundin", "citedas"):
                continue
            parts = field.value.split(" and ") if field.name == "author" else [field.value]
            for part in parts:
                text = re.sub(r"\s", "", plain(part))
                assert text in article or _broken(text, article), f"{entry.key}: {part}"


def _broken(text: str, article: str) -> bool:
    """Whether the text stands in the article in two parts: broken at the end of a page."""
    return any(text[:cut] in article and text[cut:] in article for cut in range(8, len(text) - 8))
