"""The one place that orders the stages: read, check, convert, references, pages, proof, files.

Stages are imported when they run: a build with nothing changed imports none of them. What is named
here is loaded when it is asked for, so that a check of one file loads nothing that makes pages.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from edition.build.checking import check
    from edition.build.prepared import Prepared
    from edition.build.press import pictures, press
    from edition.build.run import build
    from edition.build.stages import prepare
    from edition.build.types import Built, Request

_MODULES = {
    "Built": "types", "Prepared": "prepared", "Request": "types", "build": "run",
    "check": "checking", "pictures": "press", "prepare": "stages", "press": "press",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"edition.build has no {name}")
    return getattr(importlib.import_module(f"edition.build.{_MODULES[name]}"), name)


__all__ = ["Built", "Prepared", "Request", "build", "check", "pictures", "prepare",
           "press"]  # fmt: skip
