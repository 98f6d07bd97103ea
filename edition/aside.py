"""Work that goes on in a copy of this process, which has all that this one has read, while this
one goes on too: on two cores it costs no time. What comes of it is told as bytes."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from typing import Any


def possible() -> bool:
    """Whether a process may be copied: elsewhere libraries may not bear it."""
    return sys.platform.startswith("linux")


def begin(work: Callable[[Callable[[], bool]], bytes]) -> Callable[[], bytes | None]:
    """Have a copy of this process do ``work``, which is given whether anybody still waits for it.
    Result: what gives the bytes that came of it, once, and waits for them; None where it failed.
    The copy must start no thread and write to nothing that this process has open."""
    handle, out = os.pipe()
    parent = os.getpid()
    with warnings.catch_warnings():
        # threads that wait for programs have ended by now, and hold no lock that is used here
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process == 0:
        _tell(out, handle, lambda: work(lambda: os.getppid() == parent))
    os.close(out)

    def heard() -> bytes | None:
        with open(handle, "rb") as pipe:  # noqa: PTH123  (a pipe has no path)
            data = pipe.read()
        _, status = os.waitpid(process, 0)
        return data if status == 0 else None

    return heard


def _tell(out: int, handle: int, work: Callable[[], bytes]) -> Any:
    """The copy's own part: it ends here."""
    status = 1
    try:
        os.close(handle)
        with open(out, "wb") as told:
            told.write(work())
        status = 0
    finally:
        os._exit(status)
