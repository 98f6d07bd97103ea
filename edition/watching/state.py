"""What is shown: the last good pages, what was found since, and whether a build is at work."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchState:
    """``pdf`` is a copy that stays as long as these pages are shown, None before the first good
    build. ``told`` is what the page is given as JSON: sizes of pages, places, findings."""

    number: int = 0  # of the state; another wherever anything is
    looks: tuple[str, ...] = ()  # of the pages: equal ones are drawn alike
    made: int = 0  # number of the build that the pages are of
    pdf: Path | None = None
    reader: bytes = b""
    building: bool = True
    told: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> bytes:
        """What a browser asks for: all that is told, the number of the state, and whether a build
        is at work."""
        own = {"number": self.number, "made": self.made, "building": self.building}
        return json.dumps({**self.told, **own}, ensure_ascii=False).encode("utf-8", "replace")


class Board:
    """Where the state is put up. Any thread reads it, one changes it."""

    def __init__(self) -> None:
        self._shown = WatchState()
        self._changed = threading.Condition()
        self._closed = False

    @property
    def shown(self) -> WatchState:
        return self._shown

    @property
    def closed(self) -> bool:
        return self._closed

    def put(self, **changes: Any) -> None:
        """Show the state with these changes, and tell those who wait."""
        with self._changed:
            self._shown = replace(self._shown, number=self._shown.number + 1, **changes)
            self._changed.notify_all()

    def wait(self, number: int, seconds: float) -> WatchState | None:
        """The state once it is another than ``number``; None after ``seconds``, or at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._shown.number != number, seconds)
            return None if self._closed or self._shown.number == number else self._shown

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
