"""What a person sees while a command runs: one line a stage with its seconds, diagnostics in
colour. The only module that uses rich, and only on a terminal; elsewhere lines are plain."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO

from edition.diagnostics import (
    Diagnostic,
    Group,
    as_github,
    as_json,
    as_text,
    capped,
    counted,
    grouped,
    in_order,
)
from edition.source import printable

if TYPE_CHECKING:
    from rich.status import Status

Format = Literal["text", "json", "github"]
FORMATS: tuple[Format, ...] = ("text", "json", "github")
_COLOURS = {"error": "bold red", "warning": "yellow", "info": "cyan"}


def interactive(stream: TextIO) -> bool:
    """Whether a person watches: a terminal, not under CI, colours not declined."""
    return stream.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


def show(
    found: Iterable[Diagnostic],
    format: Format | None = None,
    *,
    prefix: str = "",
    full: bool = True,
    **more: Any,
) -> None:
    """Print diagnostics to stdout: all of them in the order of the files, or, where not ``full``,
    by kind, some of each and the rest counted. JSON and annotations that are asked for by
    ``format`` are always all, up to a number of one kind.

    Without a ``format`` they are text, with annotations after them where GitHub runs the build.
    ``more`` are further keys of the JSON. ``prefix`` is the path of the workspace from the root of
    the repository, for annotations."""
    every = in_order(found)
    ordered = capped(every)
    if format == "json":
        unicode = "utf" in (sys.stdout.encoding or "").lower().replace("-", "")
        _say(as_json(ordered, ascii=not unicode, **more))
        return
    if format == "github":
        _annotate(ordered, prefix)
        return
    groups = (Group(ordered),) if full else grouped(every)
    if ordered:
        _show_text(groups)
        if any(one.more for one in groups):
            _say("--all shows every finding")
    if format is None and os.environ.get("GITHUB_ACTIONS") == "true":
        _annotate([one for group in groups for one in group.shown], prefix)


def _annotate(found: Iterable[Diagnostic], prefix: str) -> None:
    checkout = Path(os.environ.get("GITHUB_WORKSPACE") or ".")
    lines = as_github(found, prefix=prefix, real=lambda path: _inside(checkout, path))
    if lines:
        _say(lines)


def _inside(checkout: Path, path: str) -> bool:
    """Whether a path from the root of the repository names a file there."""
    try:
        whole = (checkout / path).resolve()
        return whole.is_relative_to(checkout.resolve()) and whole.is_file()
    except (OSError, ValueError):
        return False


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _show_text(groups: Iterable[Group]) -> None:
    if not interactive(sys.stdout) or os.environ.get("NO_COLOR"):
        for group in groups:
            _say(as_text(group.shown))
            if group.more:
                _say(printable(counted(group)))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for group in groups:
        for one in group.shown:
            head, *rest = as_text([one]).split("\n")
            level = one.level.name.lower()
            place, mark, fact = head.partition(f": {level} {one.code.id}")
            line = Text(place, style="bold")
            line.append(mark, style=_COLOURS[level])
            console.print(line.append(fact))
            for more in rest:
                console.print(Text(more, style="dim" if more.strip().startswith("hint") else ""))
        if group.more:
            console.print(Text(printable(counted(group)), style="dim"))


class Progress:
    """Stages, one line each, on stderr. ``lines`` keeps them for the log, whatever is shown.

    Calling it with a name begins a stage and ends the one before; :meth:`done` ends the last.
    ``quiet`` shows nothing."""

    def __init__(self, *, quiet: bool = False, stream: TextIO | None = None) -> None:
        self.stream = sys.stderr if stream is None else stream
        self.quiet = quiet
        self.lines: list[str] = []
        self._stage = ""
        self._since = self._start = time.monotonic()
        self._live: Status | None = None

    def __call__(self, stage: str) -> None:
        self._end()
        self._stage = stage
        self._since = time.monotonic()
        if not self.quiet and interactive(self.stream):
            from rich.console import Console

            self._live = Console(file=self.stream, highlight=False).status(stage)
            self._live.start()

    def done(self) -> float:
        """End the last stage; the seconds since the first."""
        self._end()
        return time.monotonic() - self._start

    def say(self, text: str) -> None:
        """A line between stages, such as waiting for another build."""
        text = printable(text)
        self.lines.append(text)
        if not self.quiet:
            self.stream.write(text + "\n")
            self.stream.flush()

    def _end(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None
        if self._stage:
            self.say(f"{time.monotonic() - self._since:7.2f} s  {self._stage}")
            self._stage = ""


class Dialogue:
    """Questions and answers on the terminal."""

    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(highlight=False)

    def show(self, text: str) -> None:
        self._console.print(printable(text), markup=False)

    def ask(self, prompt: str) -> str:
        """The answer. Raises ``EOFError`` at the end of input."""
        from rich.text import Text

        return self._console.input(Text(prompt, style="bold"))
