"""Settings: what a file says is what comes out, and what is wrong keeps its default."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition import config, tomlfile
from edition.config import Bilingual, Config
from edition.diagnostics import Severity
from edition.pressing import PressSettings
from edition.source import SourceFile

ROOT = Path(__file__).resolve().parents[2]

FULL = """\
[edition]
id = "case-1"
title = { zh = "例", en = "Case" }
subtitle = "both"
editors = [{ zh = "甲", en = "A" }, "B"]
publisher = { en = "Press" }
date = 2026-11-23
base_text = { zh = "底本" }
script = "hans"
source_script = "hant"
variety = "tw"

[[edition.rules]]
zh = "一"

[[edition.rules]]
zh = "二"
en = "2"

[layout]
name = "columns"
paper = "148 × 210.5"
ratio = [0.3, 0.5]

[fonts]
en = "TeX Gyre Termes"

[[layers]]
id = "疏"
name = { zh = "疏", en = "Commentary" }
numbering = "letter"

[bibliography]
style = "chicago"
sort = "stroke"
corrections = true

[alignment]
length_ratio = [1, 6]

[diagnostics]
ALN004 = "error"

[press]
bleed = 5
marks = true

[press.profiles.web]
bleed = 0
"""


def load(tmp_path: Path, text: str | bytes) -> tuple[Config | None, list[str]]:
    (tmp_path / "source").mkdir(exist_ok=True)
    data = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "source" / "edition.toml").write_bytes(data)
    read = config.load(tmp_path)
    return read.value, [f"{one.place} {one.code.id}" for one in read.diagnostics]


def test_everything_that_can_be_set(tmp_path: Path) -> None:
    value, found = load(tmp_path, FULL)
    assert found == []
    assert value == Config(
        id="case-1", title=Bilingual(zh="例", en="Case"), subtitle=Bilingual(zh="both", en="both"),
        editors=(Bilingual(zh="甲", en="A"), Bilingual(zh="B", en="B")),
        publisher=Bilingual(en="Press"), date="2026-11-23", base_text=Bilingual(zh="底本"),
        rules=(Bilingual(zh="一"), Bilingual(zh="二", en="2")),
        script="hans", source_script="hant", variety="tw", layout="columns", paper="148 × 210.5",
        fonts=config.Fonts(en=("TeX Gyre Termes",)),
        layers=(config.Layer(id="疏", name=Bilingual(zh="疏", en="Commentary"),
                             numbering="letter"),),
        bibliography=config.BibliographySettings(style="chicago", sort="stroke", corrections=True),
        severities={"ALN004": Severity.ERROR}, ratio_limits=(0.3, 0.5), length_ratio=(1.0, 6.0),
        press=PressSettings(bleed=5.0, marks=True),
        press_profiles={"web": PressSettings(bleed=0.0, marks=True)},
    )  # fmt: skip


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "format.md").read_text("utf-8")
    for table, keys in config.KNOWN.items():
        assert f"[{table}]" in text, f"docs/format.md lacks [{table}]"
        missing = [key for key in keys if f"{key} =" not in text]
        assert not missing, f"docs/format.md lacks {missing} of [{table}]"
    press = [one.name for one in fields(PressSettings) if f"{one.name} =" not in text]
    assert not press, f"docs/format.md lacks {press} of [press]"


def test_the_least_that_is_needed(tmp_path: Path) -> None:
    value, found = load(tmp_path, '[edition]\nid = "a"\ntitle = "T"\n')
    assert found == []
    assert value is not None
    assert [layer.id for layer in value.layers] == ["校", "注"]
    assert value.press == PressSettings()


def test_the_shipped_edition_and_the_sample_have_no_faults() -> None:
    for root in (ROOT, ROOT / "templates" / "workspace"):
        assert config.load(root).diagnostics == ()


def test_notes_say_lines_only_where_lines_have_numbers(tmp_path: Path) -> None:
    layer = FULL.replace('numbering = "letter"', 'numbering = "letter"\nlines = true')
    numbered = layer + '\n[line_numbers]\nby = "page"\n'
    value, found = load(tmp_path, numbered)
    assert (value and value.layers[0].lines, found) == (True, [])
    value, found = load(tmp_path, layer)
    assert value is not None
    assert not value.layers[0].lines
    assert [one.split(" ")[1] for one in found] == ["CFG005"]
    _, found = load(tmp_path, numbered.replace("lines = true", "lines = 1"))
    assert [one.split(" ")[1] for one in found] == ["CFG004"]


def test_one_wrong_value_leaves_the_others(tmp_path: Path) -> None:
    value, found = load(tmp_path, FULL.replace('"columns"', '"colums"').replace('"stroke"', "3"))
    assert found == ["source/edition.toml:21:1 CFG005", "source/edition.toml:35:1 CFG004"]
    assert value is not None
    assert (value.layout, value.bibliography.sort) == ("facing", "pinyin")
    assert (value.paper, value.bibliography.style) == ("148 × 210.5", "chicago")


@pytest.mark.parametrize("sides", ["[0.5]", "[0.6, 0.4]", "[0.4, 1.5]", "[0, 0.5]", '["a", "b"]',
                                   "0.5", "[true, false]"])  # fmt: skip
def test_limits_are_two_numbers_in_order(tmp_path: Path, sides: str) -> None:
    text = f'[edition]\nid = "a"\ntitle = "T"\n[layout]\nratio = {sides}\n'
    value, found = load(tmp_path, text)
    assert found == ["source/edition.toml:5:1 CFG005"]
    assert value is not None
    assert value.ratio_limits == config.RATIO_LIMITS


def test_a_table_of_the_wrong_type_is_said_once(tmp_path: Path) -> None:
    _, found = load(tmp_path, "edition = 3\nfonts = []\n")
    assert found.count("source/edition.toml:1:1 CFG004") == 1
    assert found.count("source/edition.toml:2:1 CFG004") == 1


def test_without_a_file_there_are_no_settings(tmp_path: Path) -> None:
    read = config.load(tmp_path / "nowhere")
    assert read.value is None
    assert [one.code.id for one in read.diagnostics] == ["CFG001"]


@given(st.binary(max_size=200))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("any", numbered=True)
    value, found = load(folder, data)
    assert value is not None or found


VALUES = st.recursive(
    st.one_of(st.booleans().map(lambda one: str(one).lower()), st.integers(-9, 999).map(str),
              st.sampled_from(['"zh"', '"facing"', '"hans"', "2026-01-01", "0.5", '""', "nan"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.tuples(st.sampled_from(["zh", "en", "x"]), inner).map(
            lambda pair: f"{{ {pair[0]} = {pair[1]} }}"),
    ), max_leaves=4,
)  # fmt: skip
KEYS = sorted({key for keys in config.KNOWN.values() for key in keys} | {"bleed", "profiles"})


@given(st.lists(st.tuples(st.sampled_from(sorted(config.KNOWN)),
                          st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=3)),
                max_size=4, unique_by=lambda one: one[0]))  # fmt: skip
def test_no_values_raise(
    tmp_path_factory: pytest.TempPathFactory, tables: list[tuple[str, dict[str, str]]]
) -> None:
    text = "".join(
        f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in values.items())
        for name, values in tables
    )
    folder = tmp_path_factory.mktemp("any", numbered=True)
    value, _ = load(folder, text)
    assert value is not None


def test_places_of_keys() -> None:
    text = 'a = 1\n[t]\n  "b" = 2\n[[l]]\nc = 3\n[[l]]\nc = 4\n[l.sub]\nd = 5\n'
    toml = tomlfile.read(SourceFile("x.toml", text))
    assert toml.place("a").line == 1
    assert (toml.place("t", "b").line, toml.place("t", "b").column) == (3, 3)
    assert [toml.place("l", n, "c").line for n in (0, 1)] == [5, 7]
    assert toml.place("l", 1, "sub", "d").line == 9
    assert toml.place("t", "unwritten").line == 2
    assert toml.place("nothing").line == 1


def test_facts_of_the_book_keep_their_places(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "edition.toml").write_text(
        '[edition]\nid = "x"\ntitle = { zh = "井志", en = "The Well" }\n'
        'editors = [\n  { zh = "甲", en = "A" },\n  { zh = "乙", en = "B" },\n]\n',
        encoding="utf-8",
    )
    loaded = config.load(tmp_path).value
    assert loaded is not None
    assert [loaded.title.place(lang).place for lang in ("zh", "en")] == [  # type: ignore[union-attr, arg-type]
        "source/edition.toml:3:17", "source/edition.toml:3:28"
    ]  # fmt: skip
    assert [one.place("zh").text for one in loaded.editors] == ["甲", "乙"]  # type: ignore[union-attr]


def test_default_layers_have_their_names_in_the_script_of_the_source(tmp_path: Path) -> None:
    text = '[edition]\nid = "a"\ntitle = "A"\nsource_script = "hans"\nscript = "hans"\n'
    found, codes = load(tmp_path, text)
    assert not codes
    assert found is not None
    assert [one.name.zh for one in found.layers] == ["校记", "注释"]


def test_what_stands_round_the_text_is_read(tmp_path: Path) -> None:
    text = FULL + (
        '\n[matter]\nfront = ["title", "preface"]\nback = ["imprint"]\ngenerated_rules = true\n'
        '[imprint]\nisbn = "978-7-301-00000-7"\nrights = { zh = "版權" }\n'
        '[captions]\ntables = true\nnumerals = "chinese"\n[glossary]\norder = "own"\npages = true\n'
        '[[abbreviation]]\nshort = "x"\nfull = { zh = "某", en = "some" }\n'
    )
    found, codes = load(tmp_path, text)
    assert not codes
    assert found is not None
    assert (found.matter.front, found.matter.back) == (("title", "preface"), ("imprint",))
    assert found.matter.generated_rules
    assert found.imprint.isbn == ("978-7-301-00000-7",)
    assert (found.captions.tables, found.captions.numerals) == (True, "chinese")
    assert (found.glossary.order, found.glossary.pages) == ("own", True)
    assert found.abbreviations[0].full == Bilingual(zh="某", en="some")
