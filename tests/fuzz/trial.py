"""One input through one target, with its limits; many of them in processes of their own, so that
nothing that an input does to a process stops the run."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import resource
import select
import shutil
import signal
import time
import traceback
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from fuzz.invariants import BrokenError
from fuzz.targets import Target, own_workplace, workplace

MEMORY = 4 << 30  # bytes of address space that an input may take
# A process is given up after so many seconds of processor time without a sign of life, which the
# signal of its own limit has not reached; by the clock only where it waits for what never comes.
STALLED = 240.0
WAITED = 3600.0
_PACKAGE = f"{os.sep}edition{os.sep}"


class HangError(BaseException):
    """The limit of processor time is used up; no ``except Exception`` takes it for its own."""


@dataclass(frozen=True, slots=True)
class Find:
    """What is wrong with an input. ``kind``: traceback, hang, invariant or crash; equal ``what``
    means an equal cause, as far as can be told."""

    target: str
    number: int
    kind: str
    what: str
    detail: str = ""

    @property
    def cause(self) -> str:
        digest = hashlib.sha256(f"{self.target} {self.kind} {self.what}".encode()).hexdigest()[:8]
        return f"{self.target}-{self.kind}-{digest}"


def trial(target: Target, data: bytes, number: int = -1, limit: float = 0.0) -> Find | None:
    """What is wrong with ``data``; None where nothing is. To be called from the main thread.

    ``limit`` and the target's own are seconds of processor time: other work on the machine does
    not count. What passes them passes them a second time, when all that it needs is loaded."""
    find = _once(target, data, number, limit or target.limit(data))
    if find and find.kind == "hang":
        return _once(target, data, number, limit or target.limit(data))
    return find


def _once(target: Target, data: bytes, number: int, limit: float) -> Find | None:

    def stop(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGPROF, stop)
    try:
        signal.setitimer(signal.ITIMER_PROF, limit)
        target.look(data)
    except HangError as fault:
        return Find(target.name, number, "hang", _deepest(fault), _told(fault))
    except (BrokenError, AssertionError) as fault:
        first = str(fault).split("\n", 1)[0]
        what = first if isinstance(fault, BrokenError) else f"assertion: {_deepest(fault)}"
        return Find(target.name, number, "invariant", what, f"{_told(fault)}\n{fault}")
    except Exception as fault:  # noqa: BLE001  (that is what is looked for)
        what = f"{type(fault).__name__} in {_deepest(fault)}"
        return Find(target.name, number, "traceback", what, f"{fault}\n{_told(fault)}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return None


def _deepest(fault: BaseException) -> str:
    """The last function of the package in a traceback."""
    frames = traceback.extract_tb(fault.__traceback__)
    own = [one for one in frames if _PACKAGE in one.filename] or frames
    return f"{Path(own[-1].filename).stem}.{own[-1].name}" if own else "?"


def _told(fault: BaseException) -> str:
    return "".join(traceback.format_exception(fault, limit=-8, chain=False))[-2500:]


# --- many ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Worker:
    target: Target
    numbers: range
    seed: int
    pid: int = 0
    pipe: int = -1
    at: int = -1
    rest: bytes = b""
    heard: float = 0.0
    spent: float = 0.0  # seconds of processor time when it was heard

    def start(self) -> None:
        ours, theirs = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(ours)
            _work(self, theirs)
        os.close(theirs)
        self.pipe = ours
        self.alive()

    def alive(self) -> None:
        self.heard, self.spent = time.monotonic(), _processor(self.pid)

    @property
    def stalled(self) -> bool:
        waited = time.monotonic() - self.heard
        return waited > WAITED or (waited > STALLED and _processor(self.pid) - self.spent > STALLED)

    def end(self) -> None:
        os.close(self.pipe)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def _processor(pid: int) -> float:
    """Seconds of processor time of a process and of its children that have ended; 0 where the
    system does not say."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return 0.0
    ticks = said.rpartition(")")[2].split()[11:15]  # proc(5): utime, stime, cutime, cstime
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _work(worker: _Worker, pipe: int) -> None:
    """The life of a process: inputs one after the other, and what was found, to the pipe."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    own_workplace()
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        for number in worker.numbers:
            os.write(pipe, f"@{number}\n".encode())
            find = trial(worker.target, worker.target.input(worker.seed, number), number)
            if find:
                said = [find.kind, find.what, find.detail[:2000]]
                os.write(pipe, f"!{json.dumps(said)}\n".encode("utf-8", "replace"))
        os.write(pipe, b".\n")
        code = 0
    finally:
        shutil.rmtree(workplace(), ignore_errors=True)
        os._exit(code)


def run(
    work: Iterator[tuple[Target, range]], seed: int, jobs: int
) -> Generator[Find | Target, None, None]:
    """Do the work: each find as it comes, and the target of each input that is done. No process is
    left where this is given up."""
    active: list[_Worker] = []
    try:
        yield from _run(work, seed, jobs, active)
    finally:
        for worker in active:
            os.kill(worker.pid, signal.SIGKILL)
            worker.end()


def _run(
    work: Iterator[tuple[Target, range]], seed: int, jobs: int, active: list[_Worker]
) -> Iterator[Find | Target]:
    more = True
    while more or active:
        while more and len(active) < jobs:
            task = next(work, None)
            if task is None:
                more = False
                break
            active.append(_Worker(*task, seed))
            active[-1].start()
        ready, _, _ = select.select([one.pipe for one in active], [], [], 1.0)
        for worker in active:
            if worker.pipe in ready:
                yield from _heard(worker, active)
            elif worker.stalled:
                os.kill(worker.pid, signal.SIGKILL)
                yield from _ended(worker, active, "hang", "no sign of life")


def _heard(worker: _Worker, active: list[_Worker]) -> Iterator[Find | Target]:
    worker.alive()
    said = os.read(worker.pipe, 1 << 16)
    if not said:
        yield from _ended(worker, active, "crash", "the process died")
        return
    *lines, worker.rest = (worker.rest + said).split(b"\n")
    for line in lines:
        if line[:1] == b"@":
            if worker.at >= 0:
                yield worker.target
            worker.at = int(line[1:])
        elif line[:1] == b"!":
            yield Find(worker.target.name, worker.at, *json.loads(line[1:]))
        else:
            yield worker.target
            worker.at = -1
            worker.end()
            active.remove(worker)


def _ended(worker: _Worker, active: list[_Worker], kind: str, what: str) -> Iterator[Find | Target]:
    """A process that ended before its time: the input at fault is known, the rest is done by
    another."""
    worker.end()
    active.remove(worker)
    number = max(worker.at, worker.numbers.start)
    yield worker.target
    yield Find(worker.target.name, number, kind, what)
    if number + 1 < worker.numbers.stop:
        fresh = _Worker(worker.target, range(number + 1, worker.numbers.stop), worker.seed)
        fresh.start()
        active.append(fresh)


# --- smaller ------------------------------------------------------------------------------------


def smaller(target: Target, data: bytes, find: Find, seconds: float = 20.0) -> bytes:
    """The least part of ``data`` found in ``seconds`` that has the same fault."""
    ends = time.monotonic() + seconds + 4 * target.seconds
    limit = 0.0 if find.kind != "hang" else min(target.limit(data), 4.0)

    def same(part: bytes) -> bool:
        other = trial(target, part, limit=limit)
        return other is not None and (other.kind, other.what) == (find.kind, find.what)

    if not same(data):
        return data
    pieces = 2
    while len(data) > 1 and time.monotonic() < ends:
        size = max(1, -(-len(data) // pieces))
        for at in range(0, len(data), size):
            part = data[:at] + data[at + size :]
            if time.monotonic() > ends:
                break
            if part and same(part):
                data, pieces = part, max(2, pieces - 1)
                break
        else:
            if size == 1:
                break
            pieces = min(len(data), pieces * 2)
    return data
