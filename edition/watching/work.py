"""One build in a process of its own: what is wanted on standard input, what came of it on standard
output, both as JSON. It ends with the program that started it, and what it started with it."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, NoReturn

from edition.boundary import FOLDERS
from edition.build.types import Built, Request
from edition.config import Variant
from edition.diagnostics import capped, in_order


def asked(request: Request) -> str:
    """A request as one line, for :func:`main`."""
    told = {"root": str(request.root), "out": str(request.out), "layout": request.layout,
            "script": request.script, "variant": asdict(request.variant),
            "formats": list(request.formats), "jobs": request.jobs}  # fmt: skip
    return json.dumps(told) + "\n"


def _request(line: str) -> Request:
    told = json.loads(line)
    variant: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value
               for key, value in told["variant"].items()}  # fmt: skip
    known = {one.name for one in fields(Variant)}
    return Request(
        root=Path(told["root"]), out=Path(told["out"]), layout=told["layout"],
        script=told["script"], formats=tuple(told["formats"]), jobs=told["jobs"],
        variant=Variant(**{key: value for key, value in variant.items() if key in known}),
    )  # fmt: skip


def once(request: Request) -> dict[str, Any]:
    """Build, and tell what came of it: ``files`` is missing where there are errors."""
    from edition.build import build
    from edition.series.packing import listed

    made = build(request)
    root = request.root.resolve()
    told: dict[str, Any] = {
        "findings": [one.as_dict() for one in capped(in_order(made.diagnostics))],
        "root": str(root),
        "elsewhere": [str(one) for one in listed(root) if _elsewhere(one, root)],
    }
    return told if made.value is None else told | _made(made.value)


def _elsewhere(path: Path, root: Path) -> bool:
    """Whether a file that is read lies in none of the folders that are looked at."""
    folder = path.relative_to(root).parts[0]
    return folder not in FOLDERS or path.is_symlink()


def _made(built: Built) -> dict[str, Any]:
    """The files that are shown, the pages' sizes and what stands where on them."""
    from edition.press import document, kept
    from edition.press.looks import looks

    pdf = next((one for one in built.files if one.name.endswith(".screen.pdf")), built.pdf)
    assert pdf is not None
    reader = next(one for one in built.files if one.suffix == ".html")
    left = kept.load(built.work)
    places = left.places if left else ()
    return {
        "files": {"pdf": str(pdf), "reader": str(reader)},
        "line": built.line,
        "facing": left.navigation.facing if left else False,
        "pages": (pages := document.page_boxes(data := pdf.read_bytes())),
        # a file that cannot be read has pages that are all new
        "looks": looks(data) or [f"{time.time_ns()}-{at}" for at in range(len(pages))],
        "places": [[one.segment, one.file, one.line, one.last, one.page, *one.rect]
                   for one in places],
    }  # fmt: skip


def _end(number: int, _: object) -> NoReturn:
    from edition.engine import programs

    programs.stop_all()
    os._exit(128 + number)


def _watch_parent() -> None:
    """End when standard input does: who started this is gone."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _end)
    line = bytearray()
    while not line.endswith(b"\n"):
        got = os.read(0, 1)
        if not got:
            return
        line += got
    threading.Thread(target=_watch_parent, daemon=True).start()
    sys.stdout.write(json.dumps(once(_request(line.decode("utf-8"))), ensure_ascii=True))
    sys.stdout.flush()
    os._exit(0)  # the thread still waits for the end of its input


if __name__ == "__main__":
    main()
