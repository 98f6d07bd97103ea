"""Which workers get jobs, and what is done where they are lost; a client of Dask is played."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest

from edition.series import cluster
from edition.series.cluster import ClusterError, DaskWorkers, on_workers
from edition.series.packing import packed
from edition.series.types import Answer, Job, Order, Task, Volume

OWN = {"parallel-edition": "1", "xelatex": "2", "xdvipdfmx": "2", "biber": "2", "pdftotext": "2",
       "fc-list": "2", "kpsewhich": "2", "fonttools": "4"}  # fmt: skip


class KilledWorker(Exception):  # noqa: N818  (Dask's own name)
    pass


@dataclass(eq=False)
class Future:
    key: str
    workers: list[str]
    outcome: Any = None
    status: str = "pending"

    def done(self) -> bool:
        return self.status != "pending"

    def result(self, timeout: float = 0) -> Any:
        return self.outcome

    def exception(self, timeout: float = 0) -> Any:
        return self.outcome

    def cancel(self, force: bool = False) -> None:
        self.status = "cancelled"


@dataclass
class Client:
    """Workers with their versions. ``does`` says what comes of a job: its status and outcome."""

    workers: dict[str, Any]
    does: Callable[[Future], tuple[str, Any]]
    status: str = "running"
    submitted: list[Future] = field(default_factory=list)
    cancelled: list[Future] = field(default_factory=list)

    def scheduler_info(self, n_workers: int) -> dict[str, Any]:
        assert n_workers == -1
        return {"workers": dict.fromkeys(self.workers)}

    def run(self, _: object, workers: list[str], on_error: str) -> dict[str, Any]:
        return {one: self.workers[one] for one in workers}

    def submit(self, work: Any, *_: Any, key: str, workers: list[str], **more: Any) -> Future:
        future = Future(key, workers)
        if work.__name__ == "_perform":
            self.submitted.append(future)
            future.status, future.outcome = self.does(future)
        return future

    def cancel(self, futures: list[Future], force: bool) -> None:
        self.cancelled += futures


def made(client: Client) -> DaskWorkers:
    return DaskWorkers(cast(Any, client), own=OWN)


def tasks(count: int) -> list[Task]:
    volume = Volume(name="a", dir="a", root=Path("a"))
    order = Order(name="s", layout=None, script=None, variant="", formats=(), trusted=False,
                  epoch="", place="/s/a", cores=1, seconds=9)  # fmt: skip
    jobs = [Job(volume=volume, layout=None, script=None, variant=str(one), formats=())
            for one in range(count)]  # fmt: skip
    return [Task(job=job, order=replace(order, name=job.name), pack=b"", digest="d")
            for job in jobs]  # fmt: skip


def came(client: Client, count: int = 1) -> tuple[dict[str, Answer], list[str]]:
    answers: dict[str, Answer] = {}
    workers = made(client)
    on_workers(workers, tasks(count), lambda task, answer: answers.update({task.job.name: answer}),
               patience=0.2)  # fmt: skip
    return answers, [f"{one.code.id} {one.where}: {one.fact}" for one in workers.diagnostics]


def well(future: Future) -> tuple[str, Any]:
    return "finished", (future.workers[0], packed({}, {"line": "1 page"}))


def test_workers_that_differ_are_told_and_those_that_lack_get_no_job() -> None:
    bare = {**OWN, "xelatex": "", "biber": ""}
    older = {**OWN, "xelatex": "1", "fonttools": ""}
    client = Client({"a": OWN, "b": bare, "c": older, "d": older, "e": ImportError("no edition"),
                     "f": OSError("went")}, well)  # fmt: skip
    answers, told = came(client, 2)
    assert {one.line for one in answers.values()} == {"1 page"}
    assert [one.workers for one in client.submitted] == [["a", "c", "d"]] * 2
    assert told == [
        "SER007 worker b: it has no xelatex, biber; it gets no job",
        "SER006 worker c: it has xelatex 1 (here 2), fonttools none (here 4)",
        "SER007 worker e: this program does not run there: ImportError: no edition",
    ]


@pytest.mark.parametrize("outcome", [
    ("error", KilledWorker()), ("cancelled", None), ("error", RuntimeError("x")),
    ("finished", ("a", packed({}, {"fault": "ended by signal 9", "again": True}))),
])  # fmt: skip
def test_a_lost_job_is_done_again_three_times(outcome: tuple[str, Any]) -> None:
    client = Client({"a": OWN}, lambda _: outcome)
    answers, _ = came(client)
    assert [one.key.rpartition("-")[2] for one in client.submitted] == ["1", "2", "3"]
    assert [(bool(one.fault), one.tries) for one in answers.values()] == [(True, 3)]
    times = iter([outcome, ("finished", ("a", packed({})))])
    answers, _ = came(Client({"a": OWN}, lambda _: next(times)))
    assert [(one.fault, one.tries) for one in answers.values()] == [("", 2)]


def test_a_job_that_fails_of_itself_is_not_done_again() -> None:
    client = Client({"a": OWN}, lambda _: ("finished", ("a", packed({}, {"fault": "too long"}))))
    assert [one.fault for one in came(client)[0].values()] == ["too long"]
    assert len(client.submitted) == 1


def test_a_job_whose_workers_went_goes_to_those_that_came() -> None:
    client = Client({"a": OWN}, lambda _: ("pending", None))

    def does(future: Future) -> tuple[str, Any]:
        if future.workers == ["a"]:
            client.workers = {"b": OWN}
            return "pending", None
        return well(future)

    client.does = does
    answers, _ = came(client)
    assert [one.worker for one in answers.values()] == ["b"]


@pytest.mark.parametrize(("workers", "status", "fact"), [
    ({}, "running", "no worker that can build was there for 0 s"),
    ({"a": {**OWN, "xelatex": ""}}, "running", "no worker that can build was there for 0 s"),
    ({"a": OWN}, "closed", "the scheduler is gone"),
])  # fmt: skip
def test_without_workers_the_rest_is_given_up(
    workers: dict[str, Any], status: str, fact: str
) -> None:
    answers, told = came(Client(workers, well, status), 2)
    assert [one.fault for one in answers.values()] == [fact] * 2
    assert f"SER008 cluster: {fact}" in told


def test_what_is_left_is_cancelled_where_it_is_interrupted() -> None:
    client = Client({"a": OWN}, lambda one: ("pending", None) if "1-1" in one.key else well(one))

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        on_workers(made(client), tasks(2), interrupt)
    assert any("1-1" in one.key for one in client.cancelled)


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError) as refused:
        cluster.connected("tcp://127.0.0.1:1")
    assert refused.value.found.code.id == "ENV001"
    assert "parallel-edition[cluster]" in refused.value.found.hint


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x"])
def test_a_cluster_that_is_not_there_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "CONNECT", 0.3)
    with pytest.raises(ClusterError) as refused:
        cluster.connected(address)
    assert refused.value.found.code.id == "USE040"
