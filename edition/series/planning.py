"""The jobs of a series: which folders its volumes are, and what each of them is built as."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from edition.config.file import VALUE
from edition.config.series import SeriesSettings, VolumeSettings
from edition.diagnostics import Diagnostic, Outcome, error
from edition.series.types import Job, Volume
from edition.writers import FORMATS

NO_VOLUME = error("SER001", "A volume of the series is not there")
TWICE = error("SER002", "Two jobs of the series have one name")

EDITION = Path("source") / "edition.toml"


def jobs(series: SeriesSettings, top: Path) -> Outcome[tuple[Job, ...]]:
    """The jobs in the order of the file; ``top`` is the folder that it lies in."""
    found = [
        Diagnostic(code=VALUE, fact=f"there is no format “{name}”", span=span,
                   hint=f"there are: {', '.join(FORMATS)}")
        for name, span in series.formats if name not in FORMATS
    ]  # fmt: skip
    made: dict[str, tuple[Job, VolumeSettings]] = {}
    for settings in series.volumes:
        volumes = _volumes(settings, top)
        found += volumes.diagnostics
        for volume in volumes.value:
            for job in _of(volume, settings):
                other = made.setdefault(job.name, (job, settings))[0]
                if other is not job:
                    found.append(_twice(other, job, settings))
    return Outcome(tuple(job for job, _ in made.values()), tuple(found))


def _of(volume: Volume, settings: VolumeSettings) -> Iterator[Job]:
    asked = settings.choices
    formats = tuple(one for one in FORMATS if one in asked.formats)
    for layout in asked.layouts:
        for script in asked.scripts:
            for variant in asked.variants:
                yield Job(volume=volume, layout=layout, script=script, variant=variant,
                          formats=formats)  # fmt: skip


def _volumes(settings: VolumeSettings, top: Path) -> Outcome[tuple[Volume, ...]]:
    folders = [top / settings.dir]
    if "*" in settings.dir:
        parent, _, pattern = settings.dir.rpartition("/")
        inside = sorted((top / parent).iterdir()) if (top / parent).is_dir() else []
        folders = [one for one in inside if fnmatchcase(one.name, pattern)
                   and not one.name.startswith(".") and (one / EDITION).is_file()]  # fmt: skip
    faults = []
    volumes = []
    for folder in folders:
        fact = _fault(folder, top)
        if fact:
            hint = "edition new DIR makes a workspace; a volume lies beneath the file of the series"
            faults.append(Diagnostic(code=NO_VOLUME, span=settings.span, fact=fact, hint=hint))
        else:
            name = settings.name or folder.resolve().name
            name = f"{name}-{folder.name}" if settings.name and "*" in settings.dir else name
            shown = folder.relative_to(top).as_posix()
            volumes.append(Volume(name=name, dir=shown, root=folder.resolve()))
    if not folders:
        fact = f"no folder {settings.dir} has a {EDITION.as_posix()}"
        faults.append(Diagnostic(code=NO_VOLUME, span=settings.span, fact=fact))
    return Outcome(tuple(volumes), tuple(faults))


def _fault(folder: Path, top: Path) -> str:
    """Why a folder is no volume; "" where it is one."""
    try:
        if not folder.resolve().is_relative_to(top.resolve()):
            return f"{folder.relative_to(top)} is a link that leads out of the folder of the series"
        if not (folder / EDITION).is_file():
            return f"{folder.relative_to(top)} has no {EDITION.as_posix()}"
    except (OSError, RuntimeError) as fault:
        return f"{folder.relative_to(top)} cannot be reached: {fault}"
    return ""


def _twice(one: Job, other: Job, settings: VolumeSettings) -> Diagnostic:
    where = f"{one.volume.dir} and {other.volume.dir}"
    fact = f"{one.name} is a job of {where}" if one.volume != other.volume else (
        f"{one.name} stands twice")  # fmt: skip
    hint = 'give one of the volumes a name of its own: name = "second"'
    return Diagnostic(code=TWICE, span=settings.span, fact=fact, hint=hint)


def chosen(every: tuple[Job, ...], patterns: tuple[str, ...]) -> tuple[Job, ...]:
    """The jobs of which a pattern is the name, or its volume's, with ``*`` for any letters."""
    return tuple(
        job for job in every
        if any(fnmatchcase(name, one) for one in patterns for name in (job.name, job.volume.name))
    )  # fmt: skip
