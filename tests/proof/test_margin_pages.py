"""The margin on real pages: every name beside its line in both layouts, and a proof that sees
where one is not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from conftest import write_workspace
from proof_samples import matter_of, proved

from edition.anchors import attach
from edition.build.pages import Composed, compose
from edition.config import LineNumbers, load
from edition.engine import readback
from edition.engine.cache import Cache
from edition.engine.readback import Pages
from edition.layout import spec
from edition.model import References
from edition.proof.marginproof import MARGIN
from edition.readers import read_edition

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.tex


def _text(heading: str, sentence: str) -> str:
    """Eight paragraphs of six sentences, each a verse, every third with a page of the base text."""
    parts, verse = [f"{heading} {{#i}}"], 0
    for paragraph in range(8):
        said = []
        for _ in range(6):
            verse += 1
            page = f'[]{{.page n="卷{verse // 3}上"}}' if verse % 3 == 0 else ""
            said.append(f'[]{{.verse n="{verse}"}}{sentence.replace("@", page)}')
        parts.append(f"{''.join(said).strip()} {{#i.{paragraph + 10}}}")
    return "\n\n".join(parts) + "\n"


@dataclass
class Case:
    composed: Composed
    words: Pages

    def codes(self, words: Pages | None = None, **plan: object) -> set[str]:
        one = self.composed
        changed = replace(one.plan, **plan)  # type: ignore[arg-type]
        proof = proved(matter_of(one, plan=changed), words or self.words)
        return {found.code.id for found in proof.found}


@pytest.fixture(scope="module", params=["facing", "columns"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = write_workspace(tmp_path_factory.mktemp("margins"))
    text = folder / "source" / "text"
    (folder / "source" / "notes" / "01-garden.yaml").write_text("", "utf-8")
    zh = _text("# 一　泉", "山下有泉，泉邊有石。@每至三月，水色最清；遊人取以煮茶。")
    en = _text("# 1. The spring", "Below the hill is a spring, and @beside it lies a stone. ")
    (text / "01-garden.zh.md").write_text(zh, "utf-8")
    (text / "01-garden.en.md").write_text(en, "utf-8")
    config = load(folder).value
    assert config is not None
    config = replace(config, layout=request.param, line_numbers=LineNumbers(by="page"))
    edition = attach(read_edition(folder, config).value).value
    layout = spec.load(config, ROOT).value
    assert layout is not None
    work = folder / "work"
    none = References(style="gb7714-2015", entries={})
    done = compose(edition, config, none, layout, root=ROOT, work=work,
                   cache=Cache(work / "cache"), progress=lambda _: None)  # fmt: skip
    assert done.value is not None
    assert done.diagnostics == ()
    words = readback.words(work / "finished.pdf").value
    assert words is not None
    return Case(done.value, words)


def test_every_place_is_named_beside_the_text(case: Case) -> None:
    labels = [label for page in case.composed.plan.pages for label in page.margin]
    assert sum(len(label.stones) for label in labels) == 2 * (48 + 16)
    assert {"5", "10"} <= {part for label in labels for kind, part in label.parts if kind == "line"}
    geometry = case.composed.layout.geometry
    for index, page in enumerate(case.words):
        left = geometry.inner
        if index % 2:
            left = geometry.paper_width - geometry.inner - geometry.text_width
        right = left + geometry.text_width
        beside = [word for word in page if word.right < left - 7 or word.left > right + 7]
        said = "".join(label.text for label in case.composed.plan.pages[index].margin)
        assert sorted("".join(word.text for word in beside)) == sorted(said.replace("\u2002", ""))
        assert all(word.left > 8 and word.right < geometry.paper_width - 8 for word in beside)


def test_PRF021_a_name_beside_another_line_or_missing(case: Case) -> None:
    assert case.codes() == set()
    index = next(page.index for page in case.composed.plan.pages if page.margin)
    label = case.composed.plan.pages[index].margin[0]
    word = next(word for word in case.words[index]
                if abs(word.y - label.baseline) < 6 and (word.x < label.edge) == label.left
                and word.text in label.text.split())  # fmt: skip
    for wrong in (
        word._replace(top=word.top + 25, bottom=word.bottom + 25),
        word._replace(text="9999"),
        word._replace(left=word.left - 30, right=word.right - 30),
    ):
        pages = tuple(tuple(wrong if one is word else one for one in page) for page in case.words)
        assert MARGIN.id in case.codes(pages)


def test_PRF021_a_plan_that_forgets_a_name(case: Case) -> None:
    pages = tuple(replace(page, margin=page.margin[1:]) for page in case.composed.plan.pages)
    assert MARGIN.id in case.codes(pages=pages)
