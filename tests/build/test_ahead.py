"""What cites nothing is set while the list of references is made, and not again afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition import private
from edition.build import Request, ahead, build
from edition.build.stages import prepare
from edition.build.works import list_references
from edition.engine.cache import Cache
from edition.latex import document


@pytest.mark.tex
def test_only_what_cites_waits_for_the_references(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = prepare(workspace).value
    assert prepared is not None
    assert prepared.layout is not None
    cache = Cache(private.of_workspace(workspace))
    ahead.set_ahead(prepared, prepared.layout, root=workspace, work=tmp_path, cache=cache, jobs=1)
    assert list_references(prepared, tmp_path, cache, workspace).value
    runs: list[set[str]] = []
    real = document.measuring

    def watched(boxes: list[document.SetBox], *rest: object) -> document.TexSource:
        runs.append({box.key for box in boxes})
        return real(boxes, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(document, "measuring", watched)
    assert build(Request(root=workspace)).ok
    [later] = runs
    assert {"i.2/zh", "i.2/en"} <= later
    assert not {"i.1/zh", "i/en", "n:hedge/zh"} & later
    # a list that is kept is waited for
    notes = next((workspace / "source" / "notes").glob("*.yaml"))
    notes.write_text(notes.read_text("utf-8").replace("。", "，如此。", 1), "utf-8")
    monkeypatch.setattr(ahead, "set_ahead", lambda *_, **__: pytest.fail("set ahead"))
    assert build(Request(root=workspace)).ok
    assert len(runs) == 2
