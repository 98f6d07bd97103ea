"""A build that is killed leaves no process, no half output, and the next build as it would be."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from security.kill import Trial


@pytest.mark.tex
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of a death")
def test_builds_killed_at_random_moments(tmp_path: Path) -> None:
    trial = Trial(tmp_path, seed=3)
    for _ in range(1):  # CI kills more, by tests/security/kill.py
        killed = trial.kill()
        assert not killed.orphans
        assert killed.whole
        assert killed.same
