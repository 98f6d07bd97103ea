"""The one place that orders the stages: read, check, convert, references, pages, proof, files.

Stages are imported when they run: a build with nothing changed imports none of them.
"""

from edition.build.press import pictures, press
from edition.build.run import build
from edition.build.stages import Prepared, check, prepare
from edition.build.types import Built, Request

__all__ = ["Built", "Prepared", "Request", "build", "check", "pictures", "prepare",
           "press"]  # fmt: skip
