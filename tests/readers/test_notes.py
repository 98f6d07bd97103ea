"""Notes, names and terms: what they say, and where each word of it stands."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edition.model import BlockStart, Cite, Inline, Inlines, Lemma, Note, Text, plain
from edition.readers import notes, records, yamlfile
from edition.source import SourceFile

LAYERS = ("校", "注")


def read(source: str) -> tuple[Note, ...]:
    found = notes.read(SourceFile("n.yaml", source), LAYERS)
    assert found.diagnostics == (), [one.fact for one in found.diagnostics]
    return found.value


def shape(text: Inlines) -> list[str]:
    """The blocks of a note, each with its kind, label and level."""
    found, head = [], "para"
    parts: list[Inline] = []
    for one in (*text, BlockStart("para", SourceFile("", "").span(0))):
        if isinstance(one, BlockStart):
            found.append(f"{head}: {plain(tuple(parts))}")
            head = one.kind + (f" {one.label} {one.level}" if one.label else "")
            parts = []
        else:
            parts.append(one)
    return found


def test_a_note_holds_paragraphs_lists_quotations_and_verse() -> None:
    (one,) = read(
        "- id: a\n  at: i.1\n  quote: {zh: 甲, en: x}\n  layer: 注\n"
        "  en: |\n"
        "    Three views\n"
        "    are held:\n"
        "    - one, *long*\n"
        "      as it is\n"
        "    - two\n"
        "        1. within\n"
        "\n"
        "    > quoted\n"
        "\n"
        "    And again.\n"
        "    ::: verse\n"
        "    a line\n"
        "    a second\n"
        "    :::\n"
        "  zh: >\n    第一段\n    仍是。\n\n    第二段。\n"
    )
    assert shape(one.texts["en"]) == [
        "para: Three views are held:", "item • 1: one, long as it is", "item • 1: two",
        "item 1. 2: within", "quote: quoted", "para: And again.", "verse: a line\na second",
    ]  # fmt: skip
    assert shape(one.texts["zh"]) == ["para: 第一段仍是。", "para: 第二段。"]
    texts = [part for part in one.texts["en"] if isinstance(part, Text)]
    assert all(part.span.text.split() == part.text.split() for part in texts)


@pytest.mark.parametrize(("inside", "code"), [
    ("# Head", "TXT006"), ("| a |", "TXT006"), ("text {#id}", "TXT008"), ("[^1]: x", "TXT006"),
])  # fmt: skip
def test_what_a_note_cannot_hold(inside: str, code: str) -> None:
    source = f"- id: a\n  at: i.1\n  quote: x\n  layer: 注\n  zh: |\n    甲\n\n    {inside}\n"
    found = notes.read(SourceFile("n.yaml", source), LAYERS).diagnostics
    assert [(one.code.id, one.span.line if one.span else 0) for one in found] == [(code, 8)]


def test_a_whole_note() -> None:
    (one,) = read(
        "# comment\n"
        "- id: sui-zhe\n"
        "  at: iii.6\n"
        "  quote:\n"
        "    zh: {exact: 隨這, prefix: 前, suffix: 後, occurrence: 2}\n"
        "    en: 'as it''s'\n"
        "  layer: 校\n"
        "  sic: 隨這\n"
        "  corr: 隨着\n"
        "  resp: {zh: 編, en: ed.}\n"
        "  evidence: 下文\n"
        "  proposed: true\n"
        "  zh: 見[@hou2024, 118]。\n"
        "  en: >\n"
        "    See\n"
        "    [@hou2024, 118].\n"
    )
    assert (one.id, one.at, one.layer) == ("sui-zhe", "iii.6", "校")
    assert (one.sic, one.corr, one.resp, one.evidence) == ("隨這", "隨着", "編", "下文")
    assert one.proposed
    zh, en = one.lemmas["zh"], one.lemmas["en"]
    assert (zh.quote, zh.prefix, zh.suffix, zh.occurrence) == ("隨這", "前", "後", 2)
    assert (zh.span.text, zh.span.line) == ("隨這", 5)
    assert en.quote == "as it's"
    assert plain(one.texts["en"]) == "See ."
    for lang, line in (("zh", 13), ("en", 16)):
        cite = next(part for part in one.texts[lang] if isinstance(part, Cite))  # type: ignore[index]
        assert (cite.span.text, cite.span.line) == ("[@hou2024, 118]", line)


def test_one_lemma_is_the_chinese() -> None:
    (one,) = read("- {id: a, at: i.1, quote: 小院高牆, layer: 注, zh: 說明}\n")
    assert one.lemmas == {"zh": Lemma("小院高牆", one.lemmas["zh"].span)}
    assert set(one.texts) == {"zh"}


def test_the_only_layer_need_not_be_named() -> None:
    source = "- {id: a, at: i.1, quote: 小院, zh: 說明}\n"
    found = notes.read(SourceFile("n.yaml", source), ("注",))
    assert ([one.layer for one in found.value], found.diagnostics) == (["注"], ())


@pytest.mark.parametrize("source", ["", "# nothing\n", "---\n", "[]\n"])
def test_a_file_may_be_empty(source: str) -> None:
    assert read(source) == ()


@pytest.mark.parametrize(("value", "text"), [
    ('"他說\\u201c好\\u201d。"', "他說“好”。"), ("'it''s so'", "it's so"), (">-\n    一", "一"),
    ("|\n    一\n    二", "一二"), (">\n    一\n    二", "一二"), ("一\n    二", "一二"),
    ('"一\n    二"', "一二"), ("|\n    one\n    two", "one two"), ("one  \n    two", "one two"),
    (">\n    one\n    two", "one two"), ("|\n    一\\\n    二", "一\n二"), ("2024", "2024"),
    (">\n    一\\\n    二", "一\n二"), ("|\n    一\n\n    二", "一\n二"), ("yes", "yes"),
    (">\n    一\n\n    二", "一\n二"), ("|\n    a\n\n\n    b", "a\nb"), ("|\n      一", "一"),
    ('"a\n\n    b"', "a\nb"), ('"一\\n二"', "一\n二"),
])  # fmt: skip
def test_ways_of_writing_a_text(value: str, text: str) -> None:
    source = f"- id: a\n  at: i.1\n  quote: x\n  layer: 注\n  zh: {value}\n"
    (one,) = read(source)
    assert plain(one.texts["zh"]) == text
    assert all(part.span.start > source.index("zh:") for part in one.texts["zh"])


WORDS = st.text(alphabet="甲乙, ab.：'\"#-[]{}*&|>\\\n", max_size=30).map(
    lambda text: "\n".join(line.strip() for line in text.split("\n"))
)


@given(WORDS, st.sampled_from(["'", '"', "|", ">"]))
@example("乙\n\n甲", ">")
@example("a'b", "'")
@example('a"\\b', '"')
def test_places_of_characters(words: str, style: str) -> None:
    """However a text is written, each character of it is found where it stands."""
    match style:
        case "'":
            written = "'" + words.replace("\n", " ").replace("'", "''") + "'"
        case '"':
            inside = words.replace("\n", " ").replace("\\", "\\\\").replace('"', '\\"')
            written = f'"{inside}"'
        case _:
            written = style + "2\n" + "\n".join(f"  {line}" for line in words.split("\n")) + "\n"
    file = SourceFile("n.yaml", f"k: {written}\n")
    root = yamlfile.compose(file)
    ((_, _, node),) = yamlfile.pairs(root)  # type: ignore[arg-type]
    passage = yamlfile.passage(file, node, "en")
    assert len(passage.text) == len(passage.offsets)
    assert list(passage.offsets) == sorted(passage.offsets)
    for character, offset in zip(passage.text, passage.offsets, strict=True):
        if not character.isspace():
            assert file.text[offset] in (character, "\\"), (words, style)


@given(st.text(alphabet="-:[]{}&*!|>'\"%@`#?, \n\tabc甲", max_size=60))
def test_no_yaml_raises(source: str) -> None:
    found = notes.read(SourceFile("n.yaml", source), LAYERS)
    for one in found.diagnostics:
        assert one.span is not None
        assert 0 <= one.span.start <= one.span.end <= len(source)


VALUES = st.recursive(
    st.sampled_from(["注", "i.1", "小院", "''", "~", "3", "true", "&a x", "*a", "!!int x"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(
            st.sampled_from(["zh", "en", "exact", "occurrence", "x"]), inner, max_size=2
        ).map(lambda pairs: "{" + ", ".join(f"{key}: {pairs[key]}" for key in pairs) + "}"),
    ),
    max_leaves=4,
)
ENTRY = st.dictionaries(st.sampled_from([*notes.KEYS, "x"]), VALUES, min_size=1)


@given(st.lists(ENTRY, max_size=3))
def test_no_shape_raises(entries: list[dict[str, str]]) -> None:
    source = "".join(
        "- " + "\n  ".join(f"{key}: {value}" for key, value in one.items()) + "\n"
        for one in entries
    )
    found = notes.read(SourceFile("n.yaml", source), LAYERS)
    assert len(found.value) <= len(entries)
    assert found.diagnostics or len(found.value) == len(entries)


def test_aliases_do_not_multiply() -> None:
    """A file of aliases to aliases is refused, and not expanded."""
    lines = ["- &a0 [x, x]"] + [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    found = notes.read(SourceFile("n.yaml", "\n".join(lines)), LAYERS)
    assert found.value == ()
    assert {one.code.id for one in found.diagnostics} == {"NTE002", "NTE008"}


# --- names and terms ---------------------------------------------------------------------------


def test_names() -> None:
    source = (
        '[[person]]\nid = "tassey"\nzh = "塔西"\nen = "Tassey"\nvariants = ["Tassev"]\n'
        'sort = "taxi"\nlock = true\nhant = "塔西"\nhans = "塔西"\n\n'
        '[[work]]\nid = "w"\nen = "Work"\n'
    )
    read_names = records.names(SourceFile("names.toml", source))
    assert read_names.diagnostics == ()
    one, two = read_names.value
    assert (one.kind, one.variants, one.locked, one.sort) == ("person", ("Tassev",), True, "taxi")
    assert (two.kind, two.id, two.zh, two.span.line) == ("work", "w", "", 12)


def test_terms_and_the_places_of_their_glosses() -> None:
    source = (
        '[[term]]\nid = "a"\nzh = "雨"\nen = "rain"\npinyin = "yǔ"\nzh_gloss = "見[@hou2024]。"\n'
        'en_gloss = "with \\"quotes\\" and [@hou2024]"\n'
    )
    read_terms = records.terms(SourceFile("glossary.toml", source))
    assert read_terms.diagnostics == ()
    (one,) = read_terms.value
    cites = [part for run in (one.zh_gloss, one.en_gloss) for part in run if isinstance(part, Cite)]
    assert cites[0].span.text == "[@hou2024]"
    assert [cite.span.line for cite in cites] == [6, 7]
    assert plain(one.en_gloss) == 'with "quotes" and '


@given(st.text(alphabet="[]=\"'#.{}, \n\tabidzh甲", max_size=60))
def test_no_toml_raises(source: str) -> None:
    for read_records in (records.names, records.terms):
        found = read_records(SourceFile("x.toml", source))
        assert all(one.span is not None for one in found.diagnostics)
