"""What a variant of an edition prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from book_samples import workspace

from edition import config as settings
from edition.build.prepared import Prepared
from edition.build.stages import prepare
from edition.config import WHOLE, Variant
from edition.layout.fit import fit
from edition.model import plain

SETTINGS = """\
[edition]
id = "v"
title = { zh = "泉", en = "Spring" }

[variants.student]
notes = ["注"]
paper = "A5"
layout = "columns"

[variants.large]
side = "zh"
large_print = true
"""
ZH = "# 一 {#s}\n\n山中有雨[^1]，林下無人。 {#s.1}\n\n{#s.2 .blank}\n\n[^1]: 作者注。\n"
EN = "# One {#s}\n\nRain in the hills.[^2] {#s.1}\n\nAdded. {#s.2}\n\n[^2]: The author’s.\n"
NOTES = """\
- {id: a, at: s.1, quote: {zh: 雨, en: Rain}, layer: 注, zh: 水也。, en: Water.}
- {id: b, at: s.1, quote: {zh: 人}, layer: 校, zh: 一作客。}
- {id: c, at: s.2, quote: {en: Added}, layer: 注, en: By whom?}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = workspace(tmp_path / "w", ZH, EN, notes=NOTES, settings=SETTINGS)
    glossary = '[[term]]\nid = "y"\nzh = "雨"\nen = "rain"\n'
    (folder / "source/glossary.toml").write_text(glossary, encoding="utf-8")
    return folder


def ready(root: Path, variant: Variant = WHOLE) -> Prepared:
    made = prepare(root, variant=variant)
    assert made.value is not None, [one.fact for one in made.diagnostics]
    return made.value


def test_a_side_alone_has_nothing_of_the_other(root: Path) -> None:
    made = ready(root, Variant(side="zh"))
    assert made.name == "v-zh"
    edition = made.edition
    assert [pair.id for pair in edition.pairs] == ["s", "s.1"]
    assert not any(pair.en for pair in edition.pairs)
    assert {key[0] for key in edition.segments} == {"zh"}
    assert {note.id: list(note.texts) for note in edition.notes} == {"a": ["zh"], "b": ["zh"]}
    assert {one.lang for one in edition.anchors} == {"zh"}
    assert [one.label for section in edition.sections for one in section.footnotes] == ["1"]
    assert [one.en for one in edition.terms] == [""]
    assert made.config.languages == ("zh",)
    assert made.layout
    layout = fit(made.layout, edition, made.config.ratio_limits)
    assert layout.geometry.zh_width == layout.geometry.text_width  # the whole measure
    assert ready(root, Variant(side="en")).config.languages == ("en",)


def test_layers_that_are_not_chosen_leave_no_mark(root: Path) -> None:
    made = ready(root, Variant(notes=("注",)))
    assert made.name == "v-注"
    assert [one.id for one in made.edition.notes] == ["a", "c"]
    assert {one.note for one in made.edition.anchors} == {"a", "c"}
    assert [one.id for one in made.config.layers] == ["注"]
    none = ready(root, Variant(notes=()))
    assert (none.name, none.edition.notes, none.edition.anchors) == ("v-no-notes", (), ())


def test_an_examination_paper_is_the_chinese_alone(root: Path) -> None:
    made = ready(root, Variant(exam=True))
    assert made.name == "v-exam"
    assert not made.edition.notes
    assert not made.edition.terms
    assert made.config.languages == ("zh",)
    assert plain(made.edition.pairs[1].zh[0].inlines) == "山中有雨，林下無人。"


def test_type_grows_and_the_paper_does_not(root: Path) -> None:
    small, large = ready(root).layout, ready(root, Variant(large_print=True)).layout
    assert small
    assert large
    assert min(large.styles[f"para-{lang}"].size for lang in ("zh", "en")) == pytest.approx(18)
    assert large.geometry.paper_width == small.geometry.paper_width
    by = large.geometry.grid / small.geometry.grid
    for name, style in large.styles.items():
        assert style.leading / large.geometry.grid == pytest.approx(
            round(style.leading / large.geometry.grid)
        )
        assert style.size == pytest.approx(small.styles[name].size * by)
    twice = ready(root, Variant(scale="1.5"))
    assert twice.name == "v-1.5"
    assert twice.layout
    assert twice.layout.styles["note-zh"].size == pytest.approx(1.5 * small.styles["note-zh"].size)


def test_a_named_variant_is_that_of_the_settings_and_may_be_asked_more(root: Path) -> None:
    made = ready(root, Variant(name="student"))
    assert made.name == "v-student"
    assert (made.config.paper, made.config.layout) == ("148x210", "columns")
    assert [one.id for one in made.edition.notes] == ["a", "c"]
    more = ready(root, Variant(name="large", notes=()))
    assert (more.name, more.config.languages) == ("v-large-no-notes", ("zh",))
    assert prepare(root, variant=Variant(name="large"), script="hans").value is not None
    assert ready(root).name == "v"


@pytest.mark.parametrize(
    ("variant", "code"),
    [
        (Variant(name="pupil"), "CFG010"),
        (Variant(notes=("疏",)), "CFG011"),
        (Variant(scale="900pt"), "CFG011"),
        (Variant(scale="large"), "CFG011"),
        (Variant(paper="A99"), "CFG011"),
    ],
)
def test_what_cannot_be_had_is_refused(root: Path, variant: Variant, code: str) -> None:
    made = prepare(root, variant=variant)
    assert made.value is None
    assert [one.code.id for one in made.diagnostics] == [code]


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ('side = "fr"', "side"), ('notes = "注"', "notes"), ('notes = ["疏"]', "notes"),
        ('paper = "A99"', "paper"), ('scale = "huge"', "scale"), ("exam = 1", "exam"),
        ("glosary = true", "glosary"), ('layout = "stack"', "layout"),
    ],
)  # fmt: skip
def test_a_wrong_setting_of_a_variant_is_said_at_its_key(root: Path, line: str, path: str) -> None:
    file = root / "source/edition.toml"
    file.write_text(f"{SETTINGS}\n[variants.x]\n{line}\n", encoding="utf-8")
    found = settings.load(root).diagnostics
    assert len(found) == 1
    assert found[0].span
    assert found[0].span.file.line_text(found[0].span.line).startswith(path)
