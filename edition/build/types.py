"""What a build is asked for and gives back, and what it needs of the compositor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from edition.build.stages import Prepared
from edition.config import Config, LayoutName, Script
from edition.diagnostics import Outcome

if TYPE_CHECKING:
    from edition.engine.cache import Cache
    from edition.layout.types import Layout
    from edition.model import Edition, References


class Proof(Protocol):
    def line(self) -> str: ...

    def as_dict(self) -> Mapping[str, Any]: ...


class Composed(Protocol):
    """What of :class:`edition.compose.Composed` a build writes."""

    @property
    def pdf(self) -> bytes: ...

    @property
    def source(self) -> Path: ...

    @property
    def proof(self) -> Proof: ...


class Compose(Protocol):
    """:func:`edition.compose.compose`."""

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
    ) -> Outcome[Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to build: a workspace, and where not as its ``edition.toml`` says, what of it."""

    root: Path
    layout: LayoutName | None = None
    script: Script | None = None
    out: Path | None = None
    plain: bool = False  # the whole document in one run of XeLaTeX
    jobs: int = 0  # runs of XeLaTeX at once; 0: as many as there are cores

    @property
    def folder(self) -> Path:
        return self.out if self.out is not None else self.root / "dist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """``composed`` is None where nothing had changed."""

    pdf: Path
    line: str  # of proof
    work: Path  # see edition.press.kept
    composed: Any = None
    prepared: Prepared | None = None
