"""Jobs on the cores of this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from threading import Event

from edition.series.job import answer_of, perform
from edition.series.types import Answer, Task

TRIES = 3  # of a job whose process was killed


def on_cores(tasks: Sequence[Task], jobs: int, done: Callable[[Task, Answer], None]) -> None:
    """Do ``tasks``, up to ``jobs`` at once (0: as many as there are cores, which they share); each
    answer is told as it comes. Where this is left, nothing of them runs any more."""
    cores = os.cpu_count() or 1
    at_once = max(1, min(jobs or cores, len(tasks)))
    each = max(1, cores // at_once)
    leaving = Event()

    def work(task: Task) -> Answer:
        return _tried(replace(task, order=replace(task.order, cores=each)), leaving)

    with ThreadPoolExecutor(at_once) as threads:
        running = {threads.submit(work, task): task for task in tasks}
        try:
            for future in as_completed(running):
                done(running[future], future.result())
        except BaseException:
            leaving.set()
            threads.shutdown(wait=False, cancel_futures=True)
            raise


def _tried(task: Task, leaving: Event) -> Answer:
    number = 0
    while True:
        number += 1
        data = perform(task.order.as_dict(), task.pack, lambda: not leaving.is_set())
        answer = answer_of(data, tries=number)
        if not answer.again or leaving.is_set() or number == TRIES:
            return answer
