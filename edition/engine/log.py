"""TeX's log → what happened, and in which box.

Before each box the TeX writes ``ED:begin <number>`` to the log, so that whatever follows is that
box's, up to the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_BEGIN = "ED:begin "
_OVERFULL = re.compile(r"Overfull \\hbox \(([\d.]+)pt too wide\)")
_MISSING = re.compile(r"Missing character: There is no (.+?) (?:\(U\+([0-9A-F]+)\) )?in font ")
_FILE = re.compile(r"File [`']([^']+)' not found")
# They say no more than the error before them.
_ECHOES = ("Emergency stop", "==> Fatal error", "Interruption")


@dataclass(frozen=True, slots=True)
class Event:
    """``kind``: error | overfull | missing | nofile. ``box``: number of the box being built, -1
    before the first. ``text``: TeX's message, the character, or the name of the file."""

    kind: str
    box: int
    text: str
    points: float = 0.0  # of an overfull line, beyond its measure
    line: str = ""  # of the TeX, where the error was met


def read(path: Path) -> tuple[Event, ...]:
    """Events of a log in order; none where there is no log."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ()
    return parse(text)


def parse(text: str) -> tuple[Event, ...]:
    events: list[Event] = []
    box = -1
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if line.startswith(_BEGIN):
            number = line[len(_BEGIN) :].strip()
            box = int(number) if number.isdecimal() else box
        elif line.startswith("! "):
            event = _error(lines, index, box)
            if event:
                events.append(event)
        elif "Overfull \\hbox" in line:
            found = _OVERFULL.search(line)
            if found:
                events.append(Event("overfull", box, "", points=float(found[1])))
        elif "Missing character: " in line:
            found = _MISSING.search(line)
            if found:
                character = chr(int(found[2], 16)) if found[2] else found[1]
                events.append(Event("missing", box, character))
    return tuple(events)


def _error(lines: list[str], index: int, box: int) -> Event | None:
    message = lines[index][2:].strip()
    if message.startswith(_ECHOES):
        return None
    if message.startswith(("LaTeX Error:", "Package ")):
        # LaTeX breaks its messages over lines of its own
        message += "".join(
            " " + line.lstrip("(").strip()
            for line in lines[index + 1 : index + 3]
            if line.startswith("(") or (line.strip() and "not found" in line)
        )
    file = _FILE.search(message)
    if file:
        return Event("nofile", box, file[1])
    at = next((line for line in lines[index + 1 : index + 12] if re.match(r"l\.\d+ ", line)), "")
    return Event("error", box, message.rstrip("."), line=at[:160])
