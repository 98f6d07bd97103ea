"""A slice of the stress edition, with every feature of the format, in two layouts."""

from __future__ import annotations

from pathlib import Path

import pytest
import stress_edition as stress

from edition.build import Request, build
from edition.diagnostics import Severity

pytestmark = pytest.mark.tex


def test_it_is_the_same_at_every_call(tmp_path: Path) -> None:
    one, two = (stress.write(tmp_path / name, stress.SLICE) for name in ("one", "two"))
    for path in one.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (two / path.relative_to(one)).read_bytes()


@pytest.mark.parametrize(
    "variant",
    [
        stress.Variant(layout="facing", layers="line"),
        stress.Variant(layout="columns", paper="A6", size=9),
    ],
    ids=lambda one: one.name.strip(),
)
def test_the_slice_has_no_violations(tmp_path: Path, variant: stress.Variant) -> None:
    root = stress.write(tmp_path, stress.SLICE)
    stress.set_up(root, variant)
    done = build(Request(root=root, layout=variant.layout))
    assert not [one for one in done.diagnostics if one.level is Severity.ERROR]
    assert done.value is not None
    assert "0 violations" in done.value.line


def test_every_variant_has_a_layout_that_can_be_read(tmp_path: Path) -> None:
    from edition.config import load
    from edition.layout import spec

    root = stress.write(tmp_path, stress.SLICE)
    for variant in stress.variants():
        stress.set_up(root, variant)
        config = load(root).value
        assert config is not None
        found = spec.load(config, root)
        assert not found.diagnostics, (variant, found.diagnostics)
