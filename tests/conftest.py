"""What several test files share: a small workspace written for the tests, and the shared data."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# the checkout may be read-only; a busy machine is no fault of what is tested
settings.register_profile("edition", database=None, deadline=None)
settings.load_profile("edition")

ROOT = Path(__file__).resolve().parents[1]

FILES = {
    "source/edition.toml": """\
[edition]
id = "garden"
title = { zh = "園中小記", en = "Notes from a Garden" }
editors = [{ zh = "編者", en = "The editors" }]
date = "2026-01-31"
script = "hant"
source_script = "hant"

[layout]
name = "facing"

[[layers]]
id = "校"
name = { zh = "校記", en = "Textual notes" }
numbering = "bracketed"

[[layers]]
id = "注"
name = { zh = "注釋", en = "Notes" }
numbering = "circled"
""",
    "source/text/01-garden.zh.md": """\
# 一　入園 {#i}

園門朝南，門前有一條石路。路旁種竹，風過時沙沙作響。 {#i.1}

園主愛菊，自號東籬。他把每一株花的名字寫在木牌上[@zhu2020, 12]。 {#i.2}

- 春種豆 {#i.3}
- 秋收菊 {#i.4}
""",
    "source/text/01-garden.en.md": """\
# 1. Into the garden {#i}

The gate faces south, and a stone path leads up to it. Bamboo grows beside the path and rustles
when the wind passes. {#i.1}

The owner loved chrysanthemums and called himself Eastern Hedge. He wrote the name of every plant
on a wooden tag [@zhu2020, 12]. {#i.2}

- Beans are sown in spring. {#i.3}
- Chrysanthemums are gathered in autumn. {#i.4}
""",
    "source/notes/01-garden.yaml": """\
- id: hedge
  at: i.2
  quote: { zh: 東籬, en: Eastern Hedge }
  layer: 注
  zh: 語出陶淵明詩。
  en: After a poem by Tao Yuanming.
- id: tags
  at: i.2
  quote: { zh: 木牌, en: wooden tag }
  layer: 校
  sic: 木碑
  corr: 木牌
  resp: 編
  evidence: 下文作木牌。
  zh: 底本作“木碑”。
  en: The base text has 木碑.
""",
    "source/names.toml": """\
[[person]]
id = "tao"
zh = "陶淵明"
en = "Tao Yuanming"
sort = "taoyuanming"
""",
    "source/glossary.toml": """\
[[term]]
id = "bamboo"
zh = "竹"
en = "bamboo"
pinyin = "zhú"
""",
    "bib/references.bib": """\
@book{zhu2020,
  author    = {朱園},
  title     = {庭園記},
  location  = {蘇州},
  publisher = {園林書社},
  year      = {2020},
}
""",
}


def write_workspace(folder: Path) -> Path:
    """A workspace of one section with two notes, a citation, a name and a term."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return write_workspace(tmp_path / "workspace")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Data kept beside the repository; tests that need it are skipped where it is not there."""
    folder = Path(os.environ.get("EDITION_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"there is no {folder}: set EDITION_SHARED")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked ``tex`` are skipped, and say why, where XeLaTeX is not installed."""
    if shutil.which("xelatex") is None:
        skip = pytest.mark.skip(reason="xelatex is not installed: ./bootstrap test installs it")
        for item in items:
            if item.get_closest_marker("tex"):
                item.add_marker(skip)


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Caches of the tests lie apart from the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDITION_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests mean the same under CI, on GitHub and at a desk."""
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "NO_COLOR", "EDITION_TRUST_TEMPLATES"):
        monkeypatch.delenv(name, raising=False)
