"""A job: a packed workspace and an order in, a packed answer out. It may be done anywhere and any
number of times; nothing but caches is left of it.

The build runs in a process of its own, which is ended, with all that it started, where nobody wants
the answer any more, where time is up, and where the process that waits for it dies.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from edition import __version__, private
from edition.build.lock import BusyError, locked
from edition.engine import programs
from edition.series import child
from edition.series.packing import PackError, lay, packed, unpacked
from edition.series.types import Answer, Order

LIMIT = 2 * 3600.0  # seconds of one job
_PACKAGE = Path(__file__).resolve().parents[1]
_WAIT = 900.0  # seconds for the same job in another process: a worker that was given up works on
_LOGS = ("build.log", "proof.json")


def perform(
    order: Mapping[str, Any], pack: bytes, wanted: Callable[[], bool] | None = None
) -> bytes:
    """Build as ``order`` (:meth:`Order.as_dict`) says. The answer tells a fault where the build
    came to no end of its own; see :func:`answer_of`. ``wanted`` is asked while it works. Raises
    nothing but for a machine that fails."""
    begun = time.monotonic()
    try:
        told = Order.of(order)
        home = private.of_workspace(Path(told.place))
        name = hashlib.sha256(told.name.encode()).hexdigest()[:16]
        folder = home / "series" / name
        with locked(home / "series" / f"{name}.lock", seconds=_WAIT, waiting=lambda _: None):
            try:
                files, more = _built(told, pack, private.fresh(folder), wanted)
            finally:
                private.remove(folder)
    except (BusyError, programs.StoppingError) as fault:
        files, more = {}, {"fault": str(fault), "again": True}
    except (PackError, OSError, ValueError, KeyError, TypeError) as fault:
        files, more = {}, {"fault": f"{type(fault).__name__}: {fault}"}
    return packed(files, {**more, "seconds": round(time.monotonic() - begun, 2)})


def answer_of(data: bytes, worker: str = "", tries: int = 1) -> Answer:
    """What :func:`perform` gave; an answer that cannot be read is a fault."""
    try:
        pack = unpacked(data)
        told = pack.told
        fault = str(told.get("fault", ""))
        answer = Answer(
            fault=fault, again=bool(told.get("again", False)), exit=int(told.get("exit", 0)),
            line=str(told.get("line", "")), remarks=tuple(told.get("remarks", ())),
            outputs=tuple(map(str, told.get("outputs", ()))), files=pack.files,
            seconds=float(told.get("seconds", 0.0)), worker=worker, tries=tries,
        )  # fmt: skip
        if any("/" in name or name.startswith(".") for name in answer.files) or not (
            set(answer.outputs) <= set(answer.files)
        ):
            raise PackError("it has files that no build writes")
        return answer
    except (PackError, ValueError, TypeError) as fault:
        return Answer(fault=f"its answer cannot be read: {fault}", worker=worker, tries=tries)


def _built(
    order: Order, pack: bytes, folder: Path, wanted: Callable[[], bool] | None
) -> tuple[Mapping[str, bytes], Mapping[str, Any]]:
    """Files and what is told of them. Raises ``OSError`` and :class:`PackError`."""
    (folder / child.OUT).mkdir()
    lay(unpacked(pack).files, folder / child.WORKSPACE)
    (folder / child.ORDER).write_text(json.dumps(order.as_dict()), "utf-8")
    command = [sys.executable, "-P", "-m", child.__name__, str(folder)]
    ended = programs.run(command, folder, order.seconds, _environment(order), wanted)
    answer = folder / child.ANSWER
    if wanted is not None and not wanted():
        return {}, {"fault": "nobody waits for it", "again": True}
    if ended.killed:
        return {}, {"fault": f"the build was ended by signal {-ended.status}", "again": True}
    if ended.stopped:
        return {}, {"fault": f"the build did not end within {order.seconds:.0f} s"}
    if ended.status or not answer.is_file():
        last = (folder / "terminal.txt").read_text("utf-8", "replace").strip().splitlines()
        return {}, {"fault": f"the build failed: {last[-1] if last else ended.status}"}
    told = json.loads(answer.read_text("utf-8"))
    kept = (*told["outputs"], *(one for one in _LOGS if (folder / child.OUT / one).is_file()))
    return {name: (folder / child.OUT / name).read_bytes() for name in kept}, told


def _environment(order: Order) -> dict[str, str]:
    """That of this process, with what the order says and this very package before others."""
    environ = {**os.environ, "EDITION_TRUST_TEMPLATES": "1" if order.trusted else "0"}
    environ["PYTHONPATH"] = str(_PACKAGE.parent)
    environ.pop("SOURCE_DATE_EPOCH", None)
    return {**environ, "SOURCE_DATE_EPOCH": order.epoch} if order.epoch else environ


# --- what it is done with -------------------------------------------------------------------------


def versions() -> dict[str, str]:
    """What a job is done with on this machine: name -> version; "" where it is not there."""
    from edition.engine import probe

    made = {"parallel-edition": f"{__version__} ({_code()})", "Python": platform.python_version()}
    for name in probe.LIBRARIES:
        try:
            made[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            made[name] = ""
    for one in probe.survey(probe.NEEDS):
        if one.need.kind in ("program", "tex", "font"):
            made[one.need.name] = (one.version or "installed") if one.met else ""
    return made


def _code() -> str:
    """Digest of this package and its templates, wherever they are installed."""
    from edition import templates

    told = hashlib.sha256()
    for folder in (_PACKAGE, templates.shipped("book.css").parent):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
                name = path.relative_to(folder)
                if name.parts[0] != "_templates":
                    told.update(f"{name.as_posix()}\0".encode() + path.read_bytes())
    return told.hexdigest()[:12]
