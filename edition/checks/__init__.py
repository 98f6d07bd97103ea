"""What can be said of an edition as a whole, once it is read: one file a check.

A new one is a module with ``check(edition, config, keys)``, pure, and its name in ``CHECKS``. What
needs other things has its own place, in order in ``build.stages.prepare``: files and their forms in
``readers``, lemmas in ``anchors``, forms of characters in ``script`` and ``typography``, fonts in
``engine.fonts``, layouts in ``layout.spec``.
"""

from __future__ import annotations

from collections.abc import Callable

from edition.checks import citations, footnotes, matter, milestones, nesting, proposed, renderings
from edition.config import Config
from edition.diagnostics import Diagnostic
from edition.model import Edition

Check = Callable[[Edition, Config, frozenset[str] | None], list[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    citations.check, footnotes.check, matter.check, milestones.check, nesting.check, proposed.check,
    renderings.check,
)  # fmt: skip


def run(edition: Edition, config: Config, keys: frozenset[str] | None) -> tuple[Diagnostic, ...]:
    """Findings of all checks. ``keys``: what may be cited, keys of merged entries included; None
    where there is no bibliography to compare with."""
    return tuple(found for check in CHECKS for found in check(edition, config, keys))
