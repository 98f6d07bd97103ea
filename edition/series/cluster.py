"""Jobs on the workers of a Dask cluster that is there already."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from edition.diagnostics import Diagnostic, error, warning
from edition.engine.probe import LIBRARY_MISSING
from edition.series.job import answer_of, perform, versions
from edition.series.types import Answer, Task

if TYPE_CHECKING:
    from distributed import Client, Future

OTHERWISE = warning("SER006", "A worker is not made as this machine is")
LACKING = warning("SER007", "A worker lacks what a build needs")
NO_WORKER = error("SER008", "No worker builds")
UNREACHED = error("USE040", "The cluster cannot be reached")

TRIES = 3  # of a job whose worker was lost
CONNECT = 15.0  # seconds
PATIENCE = 60.0  # seconds without any worker
_TICK = 0.5  # seconds between looks at the workers,
_LOOK = 0.02  # and at the jobs
# what the pages depend on; libraries of reading are the same where the lists are
_NEEDED = ("parallel-edition", "xelatex", "xdvipdfmx", "biber", "pdftotext", "fc-list", "kpsewhich")


class ClusterError(Exception):
    """The cluster cannot be used; ``found`` says why."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__()
        self.found = found


def connected(address: str) -> Client:
    """A connection to a scheduler. Raises :class:`ClusterError`."""
    try:
        from distributed import Client
    except ImportError as fault:
        hint = 'pip install "parallel-edition[cluster]", in the version that the cluster has'
        raise ClusterError(Diagnostic(code=LIBRARY_MISSING, fact="distributed is not installed",
                                      hint=hint)) from fault  # fmt: skip
    # what Dask says of workers that come and go is said by this module
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="distributed")
    try:
        return Client(address, timeout=CONNECT, set_as_default=False)
    except Exception as fault:  # Dask raises errors of many kinds
        fact = f"{address}: {str(fault)[:200] or type(fault).__name__}"
        hint = "tcp://HOST:8786, as `dask scheduler` says when it starts"
        raise ClusterError(Diagnostic(code=UNREACHED, fact=fact, hint=hint,
                                      where="command line")) from fault  # fmt: skip


@dataclass(slots=True)
class DaskWorkers:
    """The workers of a cluster as far as they are known: those that lack something get no job."""

    client: Client
    own: Mapping[str, str] = field(default_factory=versions)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    made: dict[str, Mapping[str, str]] = field(default_factory=dict)  # worker -> versions
    _unfit: set[str] = field(default_factory=set)
    _told: set[str] = field(default_factory=set)

    def fit(self) -> list[str]:
        """The workers that are there and lack nothing; those that have come are asked what they
        have, and what is other with them is told once. Raises ``OSError`` without a scheduler."""
        there = self._workers()
        new = [one for one in there if one not in self.made]
        if new:
            for worker, had in self.client.run(_versions, workers=new, on_error="return").items():
                self._met(worker, had)
        return [one for one in there if one in self.made and one not in self._unfit]

    def _workers(self) -> list[str]:
        known = self.client.scheduler_info(n_workers=-1)
        return sorted(known["workers"])

    def _met(self, worker: str, had: Mapping[str, str] | BaseException) -> None:
        if isinstance(had, OSError):
            return  # it went while it was asked
        if isinstance(had, BaseException):
            self.made[worker] = {}
            self._unfit.add(worker)
            fact = f"this program does not run there: {type(had).__name__}: {str(had)[:200]}"
            self._say(LACKING, worker, fact, "install parallel-edition on it, as it is here")
            return
        self.made[worker] = had
        lacking = [name for name in _NEEDED if not had.get(name)]
        if lacking:
            self._unfit.add(worker)
            self._say(LACKING, worker, f"it has no {', '.join(lacking)}; it gets no job",
                      "edition doctor, run there, says what to install")  # fmt: skip
        other = [f"{name} {had.get(name) or 'none'} (here {version})"
                 for name, version in self.own.items()
                 if version and name not in lacking and had.get(name, "") != version]  # fmt: skip
        if other:
            self._say(OTHERWISE, worker, f"it has {', '.join(other)}",
                      "pages may come out otherwise than here: install the same there")  # fmt: skip

    def _say(self, code: Any, worker: str, fact: str, hint: str) -> None:
        """Of several workers with the same fault the first is named."""
        if fact not in self._told:
            self._told.add(fact)
            self.diagnostics.append(
                Diagnostic(code=code, fact=fact, where=f"worker {worker}", hint=hint)
            )


@dataclass(slots=True)
class _Pending:
    task: Task
    tries: int
    workers: frozenset[str]


def on_workers(
    cluster: DaskWorkers, tasks: Sequence[Task], done: Callable[[Task, Answer], None],
    patience: float = PATIENCE,
) -> None:  # fmt: skip
    """Do ``tasks`` on the fit workers; each answer is told as it comes. A job whose worker is lost
    is done again by another. Where this is left, workers stop what they do of them."""
    run = _Run(cluster, done, patience)
    try:
        run.all(tasks)
    finally:
        run.stop()


class _Run:
    def __init__(
        self, cluster: DaskWorkers, done: Callable[[Task, Answer], None], patience: float
    ) -> None:
        self.cluster, self.done, self.patience = cluster, done, patience
        self.pending: dict[Future[bytes], _Pending] = {}
        self.packs: dict[str, Future[bytes]] = {}
        self.mark = f"{time.time_ns():x}"  # apart from other series on this cluster

    def all(self, tasks: Sequence[Task]) -> None:
        waiting: list[tuple[Task, int]] = [(task, 1) for task in tasks]
        since = time.monotonic()
        while waiting or self.pending:
            fit = self._fit()
            if fit:
                since = time.monotonic()
                for task, tries in (*waiting, *self._stranded(fit)):
                    self._submit(task, tries, fit)
                waiting = []
            elif fit is None or time.monotonic() - since > self.patience:
                self._give_up(waiting, fit is None)
                return
            waiting += self._finished()

    def _fit(self) -> list[str] | None:
        """The fit workers; None where the scheduler is gone."""
        try:
            return self.cluster.fit() if self.cluster.client.status == "running" else None
        except (OSError, RuntimeError, TimeoutError):
            return None

    def _submit(self, task: Task, tries: int, fit: list[str]) -> None:
        client = self.cluster.client
        pack = self.packs.get(task.digest)
        if pack is None:
            # a result of the scheduler's own graph: what only a worker has is lost with it
            pack = self.packs[task.digest] = client.submit(
                _same, task.pack, key=f"pack-{self.mark}-{task.digest}", workers=fit,
                allow_other_workers=True,
            )  # fmt: skip
        future = client.submit(
            _perform, replace(task.order, cores=1).as_dict(), pack, workers=fit, pure=False,
            key=f"edition-{self.mark}-{task.job.name}-{tries}",
        )  # fmt: skip
        self.pending[future] = _Pending(task, tries, frozenset(fit))

    def _stranded(self, fit: Iterable[str]) -> list[tuple[Task, int]]:
        """Jobs none of whose workers is there any more, taken back."""
        lost = [one for one, held in self.pending.items()
                if not one.done() and not held.workers & set(fit)]  # fmt: skip
        taken = []
        for future in lost:
            held = self.pending.pop(future)
            future.cancel(force=True)
            taken.append((held.task, held.tries + 1))
        return taken

    def _finished(self) -> list[tuple[Task, int]]:
        """Wait a moment, tell the answers that came, and give back the jobs to do again."""
        until = time.monotonic() + _TICK
        while time.monotonic() < until and not any(one.done() for one in self.pending):
            time.sleep(_LOOK)
        again = []
        for future in [one for one in self.pending if one.done()]:
            held = self.pending.pop(future)
            answer = _answer(future, held.tries)
            if answer.again and held.tries < TRIES:
                again.append((held.task, held.tries + 1))
            else:
                self.done(held.task, answer)
        return again

    def _give_up(self, waiting: Sequence[tuple[Task, int]], gone: bool) -> None:
        fact = "the scheduler is gone" if gone else (
            f"no worker that can build was there for {self.patience:.0f} s")  # fmt: skip
        self.cluster.diagnostics.append(
            Diagnostic(code=NO_WORKER, fact=fact, where="cluster",
                       hint="start workers on machines with XeLaTeX: dask worker tcp://…")
        )  # fmt: skip
        held = [(one.task, one.tries) for one in self.pending.values()]
        for task, tries in (*waiting, *held):
            self.done(task, Answer(fault=fact, tries=tries))
        self.stop()

    def stop(self) -> None:
        """Have workers end what they still do: they ask whether it is wanted (:func:`_perform`)."""
        with contextlib.suppress(Exception):  # the cluster may be gone
            self.cluster.client.cancel([*self.pending, *self.packs.values()], force=True)
        self.pending.clear()
        self.packs.clear()


def _answer(future: Future[bytes], tries: int) -> Answer:
    if future.status == "finished":
        try:
            worker, data = future.result(timeout=CONNECT)
            return answer_of(data, str(worker), tries)
        except Exception as fault:  # noqa: BLE001  (the worker may go before it has told)
            return Answer(fault=f"its answer was lost: {fault}", again=True, tries=tries)
    if future.status == "error":
        raised = future.exception(timeout=CONNECT)
        lost = type(raised).__name__ == "KilledWorker"
        fact = "each worker that took it was lost" if lost else (
            f"{type(raised).__name__}: {str(raised)[:200]}")  # fmt: skip
        return Answer(fault=fact, again=True, tries=tries)
    return Answer(fault="it was cancelled", again=True, tries=tries)


# --- on workers -----------------------------------------------------------------------------------


async def _versions() -> dict[str, str]:
    """Asked in a thread, so that the worker goes on answering the scheduler."""
    return await asyncio.to_thread(versions)


def _same(pack: bytes) -> bytes:
    return pack


def _perform(order: Mapping[str, Any], pack: bytes) -> tuple[str, bytes]:
    """The worker and its answer. A job that the scheduler has taken back, or whose client is gone,
    is no longer among those that a worker executes; one whose worker closes is lost."""
    from distributed import get_worker

    worker = get_worker()
    key = worker.get_current_task()

    def wanted() -> bool:
        state = worker.state.tasks.get(key)
        return worker.status.name == "running" and state is not None and state.state == "executing"

    return worker.address, perform(order, pack, wanted)
