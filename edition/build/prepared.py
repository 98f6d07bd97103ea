"""An edition as the stages before TeX leave it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from edition.config import Config
from edition.model import Edition

if TYPE_CHECKING:
    from edition.bibliography.types import Library
    from edition.layout.types import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconverted:
    """An edition in the script of its source, without what it leaves out. ``encoded``: with the
    notes as they are written, no entry and no emendation being printed yet, and whole."""

    edition: Edition
    encoded: Edition
    config: Config
    library: Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An edition ready to be set: converted to its script, with its references and layout."""

    name: str  # of the output, without suffix
    config: Config
    edition: Edition
    library: Library
    layout: Layout | None
    cited: tuple[str, ...]  # keys in order of first citation
    unconverted: Unconverted | None = None  # what it was made of, for its other script
    script_log: str = ""  # every choice among readings of the conversion, a line each
