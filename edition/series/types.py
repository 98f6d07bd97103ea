"""What a series is made of, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from edition.config import LayoutName, Script
from edition.diagnostics import Diagnostic

# built; as it was built before; the edition has errors; no worker gave an answer; not begun
Status = Literal["built", "unchanged", "failed", "lost", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A workspace of the series: ``dir`` as it is shown, from the file of the series."""

    name: str
    dir: str
    root: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One build: a workspace in a layout and script, None where as its ``edition.toml`` says, as a
    variant, "" without one. ``name`` is the folder of its outputs too."""

    volume: Volume
    layout: LayoutName | None
    script: Script | None
    variant: str
    formats: tuple[str, ...]

    @property
    def name(self) -> str:
        told = [one for one in (self.layout, self.script, self.variant) if one]
        return f"{self.volume.name}/{'-'.join(told) or 'whole'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a job is told beside the packed workspace, in plain values. Its outputs are a function
    of the first six and the pack; the rest says where and how long it works."""

    name: str
    layout: LayoutName | None
    script: Script | None
    variant: str
    formats: tuple[str, ...]
    trusted: bool  # the styles of the workspace run
    epoch: str  # SOURCE_DATE_EPOCH, "" where not set
    place: str  # the workspace whose caches are used; need not be there
    cores: int  # processes at once
    seconds: float  # after which it is stopped
    prove_all: bool = False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Order:
        """Raises ``TypeError``, ``ValueError`` or ``KeyError`` for what is no order."""
        layout, script = data["layout"], data["script"]
        if layout not in (None, *get_args(LayoutName)) or script not in (None, *get_args(Script)):
            raise ValueError("no such layout or script")
        return cls(
            name=str(data["name"]), layout=layout, script=script, variant=str(data["variant"]),
            formats=tuple(map(str, data["formats"])), trusted=bool(data["trusted"]),
            epoch=str(data["epoch"]), place=str(data["place"]), cores=int(data["cores"]),
            seconds=float(data["seconds"]), prove_all=bool(data["prove_all"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A job with its order and the packed workspace."""

    job: Job
    order: Order
    pack: bytes
    digest: str  # of the workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a worker gave back. ``fault`` is why there is no answer of the build; ``again`` whether
    another try may have one. ``remarks`` are findings as :mod:`edition.build.remarks` has them."""

    fault: str = ""
    again: bool = False
    exit: int = 0
    line: str = ""  # of the proof
    remarks: tuple[Mapping[str, Any], ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    outputs: tuple[str, ...] = ()  # those of ``files`` that are of the edition, the chief one first
    seconds: float = 0.0
    worker: str = ""  # "" for this machine
    tries: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A file of the edition that a job wrote."""

    name: str
    size: int  # bytes
    digest: str  # SHA-256


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a job."""

    job: Job
    status: Status
    exit: int = 0
    line: str = ""
    outputs: tuple[Output, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    seconds: float = 0.0
    worker: str = ""
    tries: int = 1

    @property
    def good(self) -> bool:
        return self.status in ("built", "unchanged")
