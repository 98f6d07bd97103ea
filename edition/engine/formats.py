"""A dumped format: class, packages and grid macros loaded once, so that a run starts in half the
time. It gives the same pages to the byte; where it cannot be made or loaded, documents are set
the plain way, and nothing is said.
"""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from edition import private
from edition.diagnostics import Outcome
from edition.engine import programs, xelatex
from edition.engine.cache import Cache, digest
from edition.latex import document

NAME = "edition-base"
_KIND = "formats"
_WAITING, _FAILED = b"waiting", b"failed"
# A format is made when it is wanted again after this time: it costs more than it gives to a
# single build.
WAIT = 60.0
AGAIN = 86400.0  # one that could not be made may have met a full disk


def run(
    made: document.TexSource,
    folder: Path,
    *,
    cache: Cache,
    macros: Path,
    seconds: float,
    date: str = "",
    options: tuple[str, ...] = (),
) -> Outcome[xelatex.Pass | None]:
    """:func:`edition.engine.xelatex.run`, on the format where there is one."""
    files: dict[str, Path | bytes] = {macros.name: macros, **made.files}
    data = _format(cache, folder, macros)
    if data is not None and made.on_format:
        with contextlib.suppress(OSError):
            done = xelatex.run(
                made.on_format, folder, files={**files, f"{NAME}.fmt": data}, seconds=seconds,
                date=date, options=(*options, f"-fmt={NAME}"),
            )  # fmt: skip
            if done.value is None or not done.ok or _loaded(done.value):
                return done
    return xelatex.run(made.tex, folder, files=files, seconds=seconds, date=date, options=options)


def _loaded(done: xelatex.Pass) -> bool:
    """Whether TeX took the format: it writes its name into the log, and no log otherwise."""
    try:
        start = done.log.read_bytes()[:2000]
    except OSError:
        return False
    return f"format={NAME}".encode() in start


def _format(cache: Cache, folder: Path, macros: Path) -> bytes | None:
    """The format, made now if it has been wanted before; None where there is none (yet)."""
    key = digest(xelatex.identity(), document.format_source(), macros.read_bytes())
    kept = cache.get(_KIND, key)
    if kept is None:
        cache.prune(_KIND, keep=1)
        cache.put(_KIND, key, _WAITING + b" %.3f" % time.time())
        return None
    for state, wait in ((_WAITING, WAIT), (_FAILED, AGAIN)):
        if kept.startswith(state):
            if time.time() - _since(kept[len(state) :]) < wait:
                return None
            made = _dump(folder.parent / "format", macros)
            cache.put(_KIND, key, made or _FAILED + b" %.3f" % time.time())
            return made
    return kept


def _since(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _dump(folder: Path, macros: Path) -> bytes | None:
    """Make the format in ``folder``; None where XeTeX would not."""
    program = programs.find("xetex")
    if program is None:
        return None
    with contextlib.suppress(OSError):
        source = document.format_source().encode("utf-8")
        xelatex.lay(private.fresh(folder), {macros.name: macros, "base.tex": source})
        done = programs.run(
            [program, "-ini", "-no-shell-escape", "-interaction=nonstopmode",
             f"-jobname={NAME}", "&xelatex", "base.tex"],
            folder, 60.0, programs.environment(),
        )  # fmt: skip
        if done.status == 0:
            return (folder / f"{NAME}.fmt").read_bytes()
    return None
