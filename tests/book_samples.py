"""Small editions set on real XeLaTeX, from texts that a test gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

from pypdf import PdfReader

from edition.anchors import attach
from edition.compose import Composed, compose
from edition.config import load
from edition.diagnostics import Diagnostic, Severity
from edition.engine.cache import Cache
from edition.layout import spec
from edition.model import References
from edition.readers import read_edition

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = """[edition]
id = "sample"
title = { zh = "小書", en = "A small book" }
[layout]
name = "facing"
[[layers]]
id = "注"
name = { zh = "注", en = "Notes" }
numbering = "circled"
"""


def workspace(folder: Path, zh: str, en: str, *, notes: str = "", settings: str = SETTINGS) -> Path:
    """A workspace of one section, ``01-s``."""
    for name, text in (
        ("edition.toml", settings), ("text/01-s.zh.md", zh), ("text/01-s.en.md", en),
        ("notes/n.yaml", notes),
    ):  # fmt: skip
        path = folder / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def built(
    folder: Path, layout: Literal["facing", "columns"], *, paper: str = ""
) -> tuple[Composed, list[Diagnostic]]:
    """The edition of a workspace on finished pages, with all that was found. The proof has no
    violations: that is asserted here, so that no test forgets it."""
    config = load(folder).value
    assert config is not None
    config = replace(config, layout=layout, paper=paper or config.paper)
    read = read_edition(folder, config)
    anchored = attach(read.value)
    shape = spec.load(config, ROOT).value
    assert shape is not None
    work = folder / f"work-{layout}"
    done = compose(
        anchored.value, config, References(style="gb7714-2015", entries={}), shape, root=folder,
        work=work, cache=Cache(folder / "cache"), progress=lambda _: None,
    )  # fmt: skip
    found = [*read.diagnostics, *anchored.diagnostics, *done.diagnostics]
    assert [one.fact for one in found if one.level is Severity.ERROR] == []
    assert done.value is not None
    return done.value, found


def pages_with(done: Composed, *words: str) -> list[int]:
    """0-based pages whose text has all ``words``, spaces left out."""
    path = done.source.parent / "read.pdf"
    path.write_bytes(done.pdf)
    texts = ["".join(page.extract_text().split()) for page in PdfReader(path).pages]
    return [n for n, text in enumerate(texts) if all(word in text for word in words)]
