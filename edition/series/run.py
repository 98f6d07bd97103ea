"""A series from its file to its outputs: what is asked for, what need not be done again, jobs on
cores or workers, files, report."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from edition import templates
from edition.build import stamp
from edition.config.series import load_series
from edition.diagnostics import Diagnostic, Outcome, error, exit_code
from edition.files import write_all
from edition.series import cluster, outputs, planning, report
from edition.series.job import LIMIT
from edition.series.local import on_cores
from edition.series.packing import Pack, gathered, packed
from edition.series.types import Answer, Done, Job, Order, Task

LOST = error("SER004", "A job gave no answer")
UNBUILT = error("SER005", "A job was not built")
NOT_WRITTEN = error("SER009", "The outputs of a job cannot be written")
NO_JOB = error("USE041", "No job has this name")

REPORTS = ("report.json", "report.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of a series is asked for, and where it is built."""

    file: Path
    only: tuple[str, ...] = ()  # names of jobs or volumes; (): all, and then the report is written
    out: Path | None = None
    jobs: int = 0  # at once, on this machine; 0: as many as there are cores
    scheduler: str = ""  # address of a cluster's scheduler; "": this machine
    report_only: bool = False  # nothing is built, what is there is told
    prove_all: bool = False

    @property
    def top(self) -> Path:
        return self.file.absolute().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of a series: ``done`` in the order of its jobs; ``page`` is the report."""

    name: str
    folder: Path
    done: tuple[Done, ...]
    page: Path | None = None

    @property
    def line(self) -> str:
        return report.summary(self.done)


def planned(asked: Asked) -> Outcome[tuple[str, tuple[Job, ...]] | None]:
    """The name of the series and its jobs, or those that are asked for; None with errors."""
    loaded = load_series(asked.file)
    if loaded.value is None:
        return Outcome(None, loaded.diagnostics)
    every = planning.jobs(loaded.value, asked.top)
    found = (*loaded.diagnostics, *every.diagnostics)
    chosen = planning.chosen(every.value, asked.only) if asked.only else every.value
    if asked.only and not chosen and not exit_code(found):
        there = ", ".join(one.name for one in every.value[:12])
        found += (Diagnostic(code=NO_JOB, fact=f"there is no job {', '.join(asked.only)}",
                             where="command line", hint=f"there are: {there}"),)  # fmt: skip
        return Outcome(None, found)
    return Outcome((loaded.value.name, chosen), found)


def series(asked: Asked, say: Callable[[str], None] = lambda _: None) -> Outcome[Came | None]:
    """Build a series. What cannot be built is told and the rest built all the same; ``say`` is
    given a line for each job that ends. None where nothing was begun. Raises ``OSError`` where the
    report cannot be written."""
    plan = planned(asked)
    if plan.value is None:
        return Outcome(None, plan.diagnostics)
    name, jobs = plan.value
    try:
        folder = outputs.folder_of(name, asked.top, asked.out)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        fact = fault.strerror or str(fault)
        return Outcome(None, (*plan.diagnostics, Diagnostic(
            code=NOT_WRITTEN, fact=fact, where=str(fault.filename or asked.out or asked.top),
            hint="name another folder with --out"),))  # fmt: skip
    try:
        work = _SeriesRun(asked, name, folder, jobs, say)
        done = work.told() if asked.report_only else work.all()
    except cluster.ClusterError as fault:
        return Outcome(None, (*plan.diagnostics, fault.found))
    own = (*plan.diagnostics, *work.found)
    page = None
    if not asked.only:
        write_all(_reports(name, folder, done, own))
        page = folder / REPORTS[1]
    came = Came(name=name, folder=folder, done=done, page=page)
    every = (*own, *(told for one in done for told in one.diagnostics))
    return Outcome(came, tuple({(one.code.id, one.place, one.fact): one for one in every}.values()))


def _reports(
    name: str, folder: Path, done: tuple[Done, ...], found: tuple[Diagnostic, ...]
) -> Iterable[tuple[Path, bytes]]:
    told = json.dumps(outputs.as_json(name, done, found), ensure_ascii=False, indent=1) + "\n"
    yield folder / REPORTS[0], told.encode()
    yield folder / REPORTS[1], report.as_html(name, done, found).encode()


class _SeriesRun:
    """The jobs of one run of a series, and what came of them."""

    def __init__(
        self, asked: Asked, name: str, folder: Path, jobs: Sequence[Job],
        say: Callable[[str], None],
    ) -> None:  # fmt: skip
        self.asked, self.name, self.folder, self.jobs, self.say = asked, name, folder, jobs, say
        self.found: list[Diagnostic] = []
        self.done: dict[str, Done] = {}
        self.packs: dict[str, Outcome[Pack | None]] = {}
        self.packed: dict[str, bytes] = {}
        self.keys: dict[str, str] = {}

    def told(self) -> tuple[Done, ...]:
        """What there is of each job."""
        for job in self.jobs:
            files = self._pack(job).value
            old = outputs.recalled(job, self.folder, files.files if files else {})
            self._ended(old or self._missing(job, "it has not been built here"))
        return self._in_order()

    def all(self) -> tuple[Done, ...]:
        workers = self._cluster() if self.asked.scheduler else None
        try:
            made_with = _tools(workers)
            tasks = [task for job in self.jobs if (task := self._task(job, made_with)) is not None]
            if workers is None:
                on_cores(tasks, self.asked.jobs, self._answered)
            elif tasks:
                cluster.on_workers(workers, tasks, self._answered)
        finally:
            if workers is not None:
                self.found += workers.diagnostics
                workers.client.close(timeout=5)
        return self._in_order()

    def _cluster(self) -> cluster.DaskWorkers:
        workers = cluster.DaskWorkers(cluster.connected(self.asked.scheduler))
        try:
            workers.fit()
        except (OSError, RuntimeError, TimeoutError):
            workers.client.close(timeout=5)
            raise cluster.ClusterError(
                Diagnostic(code=cluster.UNREACHED, fact=f"{self.asked.scheduler} does not answer",
                           where="command line")
            ) from None  # fmt: skip
        return workers

    def _task(self, job: Job, made_with: str) -> Task | None:
        """The job to be done; None where it need not, or cannot."""
        found = self._pack(job)
        pack = found.value
        if pack is None:
            self._ended(Done(job=job, status="missing", exit=exit_code(found.diagnostics),
                             diagnostics=found.diagnostics))  # fmt: skip
            return None
        # on workers the place is a name alone; this machine has the caches of the workspace itself
        place = f"/{self.name}/{job.volume.name}" if self.asked.scheduler else str(job.volume.root)
        order = Order(
            name=f"{self.name}/{job.name}", layout=job.layout, script=job.script,
            variant=job.variant, formats=job.formats, place=place, cores=1, seconds=LIMIT,
            trusted=templates.trusted(job.volume.root) == "trusted",
            epoch=os.environ.get("SOURCE_DATE_EPOCH", ""), prove_all=self.asked.prove_all,
        )  # fmt: skip
        key = _key(order, pack, made_with)
        old = outputs.kept(job, self.folder, key, pack.files)
        if old is not None and not self.asked.prove_all:
            self._ended(old)
            return None
        self.keys[job.name] = key
        return Task(job=job, order=order, pack=self._bytes(job, pack), digest=pack.digest)

    def _pack(self, job: Job) -> Outcome[Pack | None]:
        name = job.volume.name
        if name not in self.packs:
            made = gathered(job.volume.root)
            before = "" if job.volume.dir == "." else f"{job.volume.dir}/"
            self.packs[name] = Outcome(
                made.value,
                tuple(replace(one, where=before + one.where) for one in made.diagnostics),
            )
        return self.packs[name]

    def _bytes(self, job: Job, pack: Pack) -> bytes:
        name = job.volume.name
        if name not in self.packed:
            self.packed[name] = packed(pack.files)
        return self.packed[name]

    def _answered(self, task: Task, answer: Answer) -> None:
        self._ended(self._lost(task.job, answer) if answer.fault else self._written(task, answer))

    def _lost(self, job: Job, answer: Answer) -> Done:
        found = Diagnostic(code=LOST, fact=answer.fault, where=job.name,
                           hint="the others are built; run it again for this one")  # fmt: skip
        return Done(job=job, status="lost", exit=LOST.exit, diagnostics=(found,),
                    seconds=answer.seconds, worker=answer.worker, tries=answer.tries)  # fmt: skip

    def _written(self, task: Task, answer: Answer) -> Done:
        job = task.job
        pack = self._pack(job).value
        assert pack is not None
        try:
            found = outputs.placed(job, answer.remarks, pack.files)
            return outputs.written(job, self.folder, self.keys[job.name], answer, found)
        except (ValueError, KeyError, TypeError) as fault:
            return self._lost(job, replace(answer, fault=f"its findings cannot be read: {fault}"))
        except OSError as fault:
            told = Diagnostic(code=NOT_WRITTEN, fact=fault.strerror or str(fault),
                              where=str(fault.filename or self.folder / job.name))  # fmt: skip
            return Done(job=job, status="failed", exit=told.code.exit, diagnostics=(told,))

    def _missing(self, job: Job, fact: str) -> Done:
        found = Diagnostic(code=UNBUILT, fact=fact, where=job.name)
        return Done(job=job, status="missing", exit=UNBUILT.exit, diagnostics=(found,))

    def _ended(self, done: Done) -> None:
        self.done[done.job.name] = done
        more = f", {done.seconds:.1f} s" if done.status == "built" else ""
        self.say(f"{len(self.done)}/{len(self.jobs)} {done.job.name}: "
                 f"{report.TITLES[done.status]}{more}")  # fmt: skip

    def _in_order(self) -> tuple[Done, ...]:
        return tuple(self.done[job.name] for job in self.jobs if job.name in self.done)


def _tools(workers: cluster.DaskWorkers | None) -> str:
    """Digest of what jobs are done with: on this machine, or on the workers."""
    if workers is None:
        parts: list[Any] = [stamp.code(), *stamp.tools()]
    else:
        parts = sorted({json.dumps(one, sort_keys=True) for one in
                        map(dict, workers.made.values())})  # fmt: skip
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _key(order: Order, pack: Pack, made_with: str) -> str:
    """What the outputs of a job are a function of."""
    told = [order.layout, order.script, order.variant, order.formats, order.trusted, order.epoch]
    return hashlib.sha256(json.dumps([told, pack.digest, made_with]).encode()).hexdigest()


def matrix(jobs: Sequence[Job], name: str) -> dict[str, Any]:
    """The jobs as a matrix of GitHub Actions (``include``), and for other programs."""
    return {
        "series": name,
        "include": [
            {"job": job.name, "volume": job.volume.name, "dir": job.volume.dir,
             "layout": job.layout or "", "script": job.script or "", "variant": job.variant,
             "formats": ",".join(job.formats),
             "out": (outputs.FOLDER / name / job.name).as_posix()}
            for job in jobs
        ],
    }  # fmt: skip
