"""What a build is asked for and gives back, and what it needs of the stages that make pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from edition.build.prepared import Prepared
from edition.config import WHOLE, Config, LayoutName, Script, Variant
from edition.diagnostics import Outcome

if TYPE_CHECKING:
    from edition.build.pages import Composed
    from edition.engine.cache import Cache
    from edition.layout.types import Layout
    from edition.model import Edition, References


class Compose(Protocol):
    """:func:`edition.build.pages.compose`."""

    def __call__(
        self,
        edition: Edition,
        config: Config,
        references: References,
        layout: Layout,
        *,
        root: Path,
        work: Path,
        cache: Cache,
        progress: Callable[[str], None],
        plain: bool,
        jobs: int,
        prove_all: bool,
    ) -> Outcome[Composed | None]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to build: a workspace, and where not as its ``edition.toml`` says, what of it."""

    root: Path
    layout: LayoutName | None = None
    script: Script | None = None
    variant: Variant = WHOLE
    out: Path | None = None
    plain: bool = False  # the whole document in one run of XeLaTeX
    jobs: int = 0  # processes at once; 0: as many as there are cores
    prove_all: bool = False  # no proof of a page is taken from an earlier build
    formats: tuple[str, ...] = ()  # of edition.writers; (): as edition.toml says
    pages: bool = False  # the PDF too, whatever formats are asked for
    # the workspace of which ``root`` is a copy: its caches are used, by other copies at once too
    copy_of: Path | None = None

    @property
    def folder(self) -> Path:
        return self.out if self.out is not None else self.root / "dist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """``composed`` is None where nothing had changed, or no pages were asked for. ``line`` says
    what came of the proof, or what the first of ``files`` holds."""

    pdf: Path | None  # the pages; None where none were asked for
    files: tuple[Path, ...] = ()  # everything that was written of the edition, the chief one first
    line: str  # of proof
    work: Path  # see edition.press.kept
    composed: Composed | None = None
    prepared: Prepared | None = None
