"""Variants on finished pages: every layout, script, side, notes, size and way of numbering and
placing notes, each with each other. ``edition bench matrix`` builds them all."""

from __future__ import annotations

from pathlib import Path

import pytest
import variant_samples


@pytest.mark.tex
def test_every_two_settings_together(tmp_path: Path) -> None:
    variant_samples.write(tmp_path)
    for one in variant_samples.covering():
        assert (one, variant_samples.faults(tmp_path, one)) == (one, [])
