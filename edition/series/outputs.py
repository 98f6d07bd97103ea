"""The folder of a series: one folder a job, with its files and what is known of them
(``job.json``). Everything is written whole or not at all, and only what a job wrote itself is ever
removed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from edition.build import remarks
from edition.diagnostics import Diagnostic, exit_code
from edition.files import clear_halves, write_all, write_text
from edition.private import UnsafeError
from edition.series.types import Answer, Done, Job, Output
from edition.source import SourceFile, UndecodableError

STATE = "job.json"
FOLDER = Path("build") / "series"


def folder_of(name: str, top: Path, out: Path | None) -> Path:
    """Where a series is written: ``build/series/NAME`` beneath ``top``, or ``out``. Raises
    :class:`UnsafeError` where the first is a link out of ``top``."""
    if out is not None:
        return out
    folder = top / FOLDER / name
    if not folder.resolve().is_relative_to(top.resolve()):
        raise UnsafeError(folder, "it is a link that leads out of the folder of the series")
    return folder


def kept(job: Job, folder: Path, key: str, files: Mapping[str, bytes]) -> Done | None:
    """What came of a job in an earlier run, where it was made from what ``key`` tells and its files
    are as it left them; else None. ``files``: of the workspace, for the places of findings."""
    done = recalled(job, folder, files, key)
    return replace(done, status="unchanged") if done and done.good else None


def recalled(
    job: Job, folder: Path, files: Mapping[str, bytes], key: str | None = None
) -> Done | None:
    """What came of a job in an earlier run, whatever it was made from where no ``key`` is given;
    None where nothing is told of it, or its files are not as it left them."""
    where = folder / job.name
    try:
        told = json.loads((where / STATE).read_text("utf-8"))
        outputs = _recorded(where)
        good = bool(told["key"])
        if key not in (None, told["key"]):
            return None
        if any(_digest(where / one.name) != one.digest for one in outputs if good):
            return None
        found = placed(job, told["remarks"], files)
        return Done(job=job, status="built" if good else "failed", line=str(told["line"]),
                    exit=int(told["exit"]), outputs=outputs if good else (), diagnostics=found,
                    seconds=float(told["seconds"]), worker=str(told["worker"]),
                    tries=int(told["tries"]))  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None


def written(
    job: Job, folder: Path, key: str, answer: Answer, found: tuple[Diagnostic, ...]
) -> Done:
    """Write what a job gave. Where it has errors, files of an earlier run stay as they are, and
    are not taken for this one's. Raises ``OSError``."""
    where = folder / job.name
    if not where.resolve().is_relative_to(folder.resolve()):
        raise UnsafeError(where, "it is a link that leads out of the folder of the series")
    old = _recorded(where)
    (where / STATE).unlink(missing_ok=True)
    if where.is_dir():
        clear_halves(where)
    write_all([(where / name, data) for name, data in answer.files.items()])
    outputs = tuple(
        Output(name=name, size=len(answer.files[name]),
               digest=hashlib.sha256(answer.files[name]).hexdigest())
        for name in answer.outputs
    )  # fmt: skip
    good = bool(outputs) and not answer.exit
    if good:
        for one in old:
            if one.name not in answer.files and _digest(where / one.name) == one.digest:
                (where / one.name).unlink()
    state = {
        "key": key if good else "", "exit": exit_code(found), "line": answer.line,
        "seconds": answer.seconds, "worker": answer.worker, "tries": answer.tries,
        "outputs": [asdict(one) for one in (outputs if good else old)],
        "remarks": list(answer.remarks),
    }  # fmt: skip
    write_text(where / STATE, json.dumps(state, ensure_ascii=False, indent=1) + "\n")
    return Done(job=job, status="built" if good else "failed", exit=answer.exit or int(not good),
                line=answer.line, outputs=outputs, diagnostics=found, seconds=answer.seconds,
                worker=answer.worker, tries=answer.tries)  # fmt: skip


def _recorded(where: Path) -> tuple[Output, ...]:
    try:
        told = json.loads((where / STATE).read_text("utf-8"))
        return tuple(Output(**one) for one in told["outputs"] if "/" not in one["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if not path.is_symlink() else ""
    except OSError:
        return ""


def placed(
    job: Job, told: object, files: Mapping[str, bytes]
) -> tuple[Diagnostic, ...]:  # fmt: skip
    """Findings of a job, by the paths of the series. Raises what
    :func:`edition.build.remarks.load` does."""
    if not isinstance(told, list | tuple):
        raise TypeError("no findings")
    before = "" if job.volume.dir == "." else f"{job.volume.dir}/"

    def read(path: str) -> SourceFile:
        try:
            return SourceFile.from_bytes(before + path, files.get(path, b""))
        except UndecodableError:
            text = files[path].decode("utf-8", "replace")
            return SourceFile(before + path, text)

    return tuple(_named(one, job) for one in remarks.load(told, _once(read)))


def _named(found: Diagnostic, job: Job) -> Diagnostic:
    return found if found.span else replace(found, where=f"{job.name}: {found.where}".strip(": "))


def _once(read: Callable[[str], SourceFile]) -> Callable[[str], SourceFile]:
    known: dict[str, SourceFile] = {}

    def again(path: str) -> SourceFile:
        if path not in known:
            known[path] = read(path)
        return known[path]

    return again


def as_json(name: str, done: tuple[Done, ...], found: tuple[Diagnostic, ...]) -> dict[str, Any]:
    """The report for programs: keys are stable."""
    return {
        "series": name,
        "jobs": [
            {
                "name": one.job.name, "dir": one.job.volume.dir, "layout": one.job.layout,
                "script": one.job.script, "variant": one.job.variant or None,
                "status": one.status, "exit": one.exit, "proof": one.line or None,
                "seconds": one.seconds, "worker": one.worker or None, "tries": one.tries,
                "files": [
                    {"path": f"{one.job.name}/{file.name}", "bytes": file.size,
                     "sha256": file.digest}
                    for file in one.outputs
                ],
                "findings": [told.as_dict() for told in one.diagnostics],
            }
            for one in done
        ],
        "findings": [told.as_dict() for told in found],
    }  # fmt: skip
