"""Lines kept and put together: the same book however it is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tex_samples import CONFIG, Book, box, layout

from edition.anchors import attach
from edition.build.pages import Composed, compose
from edition.config import load
from edition.engine import boxruns, measure, xdv, xelatex
from edition.engine.cache import Cache
from edition.layout import spec
from edition.model import References
from edition.readers import read_edition

pytestmark = pytest.mark.tex


def composed(workspace: Path, work: Path, **more: Any) -> Composed:
    config = load(workspace).value
    assert config is not None
    shape = spec.load(config, workspace).value
    assert shape is not None
    edition = attach(read_edition(workspace, config).value).value
    done = compose(
        edition, config, References(style="", entries={}), shape, root=workspace, work=work,
        cache=Cache(work / "cache"), progress=lambda _: None, **more,
    )  # fmt: skip
    assert done.value is not None
    return done.value


def test_runs_at_once_change_no_byte(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = composed(workspace, tmp_path / "a", jobs=1)
    monkeypatch.setattr(boxruns, "_WORTH_TWO", 4)
    together = composed(workspace, tmp_path / "b", jobs=3)
    assert (tmp_path / "b" / "measure2").is_dir()
    assert together.pdf == alone.pdf


def test_xdv_that_cannot_be_read_is_no_loss(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: bytes) -> xdv.Shipped:
        raise xdv.VersionError("XDV of version 8, not 7")

    monkeypatch.setattr(xdv, "read", refused)
    done = composed(workspace, tmp_path)
    assert done.proof.violations == ()
    assert (tmp_path / "typeset" / "edition.tex").is_file(), "the plain way was taken"


def test_layouts_share_what_they_set_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Book.of(box("a", "zh", "甲乙丙。" * 30), box("b", "en", "A text of words. " * 20))
    shape, cache = layout(), Cache(tmp_path / "cache")
    first = measure.set_boxes(book.boxes, shape, CONFIG, tmp_path, cache).value
    assert first is not None
    monkeypatch.setattr(xelatex, "run", lambda *_, **__: pytest.fail("set again"))
    geometry = replace(shape.geometry, layout="columns", paper_height=500.0, inner=30, top=40)
    other = measure.set_boxes(
        book.boxes, replace(shape, geometry=geometry), CONFIG, tmp_path, cache
    ).value
    assert other is not None
    assert other.measures == first.measures
    for key, galley in first.galleys.items():
        assert other.galleys[key].lines == galley.lines
