"""A part of the table of attacks, which CI makes whole: nothing in it but zeros."""

from __future__ import annotations

import pytest
from security import attacks

from edition import private


def test_no_attack_reads_writes_deletes_or_runs_anything(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv(private.CHOICE, str(tmp_path))  # set back after the attacks
    met: list[str] = []
    rows = attacks.run(fast=True, every=83, told=met.append)
    assert not met
    assert sum(row.tried for row in rows.values()) > 6
