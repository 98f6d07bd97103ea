"""Attacks by a workspace as a table: what was read, written, deleted or run that is not the
workspace's, what ended in a traceback, and what took longer than ten seconds of this program's own.

    python tests/security/attacks.py            all of them, some minutes
    python tests/security/attacks.py --fast     those that need no TeX

The exit code is 1 where any number in the table is not 0.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import io
import os
import re
import shutil
import stat
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

import inert
from conftest import write_workspace
from security import foreign_requests, payloads, surfaces

from edition import cli, private

SECRET = "SECRETWORD"
SLOW = 10.0  # seconds
_SCRIPTS = 3  # of a web reader: its code, its data, its start
RUN = "ran"  # file that a program would leave


@dataclasses.dataclass(frozen=True, slots=True)
class Attack:
    """``lay`` changes the workspace, given the folder of the victim; ``commands`` are run in it."""

    kind: str
    name: str
    lay: Callable[[Path, Path], None]
    commands: tuple[str, ...] = ("check",)
    tex: bool = False
    stdin: bytes = b""
    act: Callable[[Path], object] = lambda _: None  # in place of commands, in the workspace


@dataclasses.dataclass(slots=True)
class Row:
    tried: int = 0
    reads: int = 0
    writes: int = 0
    deletions: int = 0
    programs: int = 0
    active: int = 0  # outputs that would run or load something
    tracebacks: int = 0
    slow: int = 0

    @property
    def bad(self) -> int:
        return sum(getattr(self, one.name) for one in dataclasses.fields(self)[1:])


def attempt(attack: Attack, folder: Path) -> Row:
    """Run an attack in a folder of its own."""
    victim = folder / "victim"
    write_workspace(victim)
    for path in [one for one in victim.rglob("*") if one.is_file()]:
        path.write_text(f"{SECRET} {path.name}\n")
    (victim / "thesis.txt").write_text(f"{SECRET} thesis\n")
    root = write_workspace(folder / "workspace")
    os.environ[private.CHOICE] = str(folder / "cache")
    attack.lay(root, victim)
    before = snapshot(victim)
    row = Row(tried=1)
    said = io.StringIO()
    started = time.process_time()  # of this process: programs have limits of their own
    here = Path.cwd()
    os.chdir(root)
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            attack.act(root)
            for command in attack.commands:
                with contextlib.suppress(SystemExit), _input(attack.stdin):
                    cli.main(command.split())
    except BaseException:  # noqa: BLE001  (what escapes is what is looked for)
        row.tracebacks = 1
    finally:
        os.chdir(here)
    row.slow = int(time.process_time() - started > SLOW * max(1, len(attack.commands)))
    after = snapshot(victim)
    row.tracebacks += "USE009" in said.getvalue() or "Traceback" in said.getvalue()
    row.deletions = len(before.keys() - after.keys())
    row.writes = sum(after[one] != before.get(one) for one in after)
    row.programs = len([one for one in folder.rglob(RUN) if one.is_file()])
    row.reads = int(SECRET in said.getvalue() or any(map(leaked, outputs(folder, root))))
    row.active = sum(bool(_active(path)) for path in outputs(folder, root))
    return row


@contextlib.contextmanager
def _input(data: bytes) -> Iterator[None]:
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(data))
    try:
        yield
    finally:
        sys.stdin = before


def _active(path: Path) -> list[str]:
    """What is active in an output; of caches nothing is opened by anybody."""
    if "cache" in path.parts or path.suffix == ".md":
        return []
    return inert.active(path.name, path.read_bytes(), scripts=_SCRIPTS)


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(one): (one.lstat().st_size, one.lstat().st_mtime_ns)
            for one in folder.rglob("*") if not one.is_dir()}  # fmt: skip


def outputs(folder: Path, root: Path) -> Iterator[Path]:
    """Plain files that the commands have written."""
    for top in (folder / "cache", *(root / name for name in ("dist", "bib", "made", "build"))):
        if top.is_symlink():  # what lies there is the victim's own
            continue
        for where, _, names in os.walk(top):
            for name in names:
                path = Path(where) / name
                if stat.S_ISREG(path.lstat().st_mode):
                    yield path


def leaked(path: Path) -> bool:
    """Whether a secret is in a file, or in a stream of a PDF."""
    data = path.read_bytes()
    secret = SECRET.encode()
    if secret in data or SECRET.encode("utf-16-be") in data:
        return True
    if data.startswith(b"PK"):
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as made:
            return any(secret in made.read(name) for name in made.namelist())
    for part in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        with contextlib.suppress(zlib.error):
            if secret in zlib.decompressobj().decompress(part):
                return True
    return False


# --- attacks ------------------------------------------------------------------------------------


def attacks() -> Iterator[Attack]:
    yield from _links()
    yield from _caches()
    yield from _settings()
    yield from _texts()
    yield from _styles()
    yield from _programs()
    yield from _surfaces()


def _surfaces() -> Iterator[Attack]:
    for kind, tex, found in (
        ("files that are imported", False, surfaces.imports()),
        ("links where something is written", False, surfaces.outs()),
        ("bombs in TOML, YAML, JSON", False, surfaces.bombs()),
        ("numbers in settings", False, surfaces.numbers()),
        ("names of files", False, surfaces.names()),
        ("pictures", True, surfaces.pictures()),
        ("series", False, surfaces.series()),
    ):
        for name, lay, commands in found:
            yield Attack(kind, name, lay, commands, tex=tex)
    for name, data in surfaces.packs(Path()):
        yield Attack("packs for a cluster", name, lambda *_: None, (),
                     act=lambda root, data=data: surfaces.opened(data, root / "made"))  # fmt: skip
    for name, request in foreign_requests.requests().items():
        yield Attack("requests to edition watch", name, lambda *_: None, (),
                     act=lambda root, request=request: print(
                         foreign_requests.answered(root, request, SECRET)))  # fmt: skip
    yield from _unsaved()
    for field in payloads.FIELDS:
        every = " ".join(surfaces.ACTIVE)
        yield Attack("words that run in outputs", field, _worded(field, every),
                     (f"build --to {surfaces.FORMATS}",), tex=True)  # fmt: skip
    for name in ("zh", "en"):
        yield Attack("words that run in outputs", f"cells of {name}", _cells(name),
                     (f"build --to {surfaces.FORMATS}",), tex=True)  # fmt: skip


def _cells(lang: str) -> Callable[[Path, Path], None]:
    """A paragraph and a cell of a table for each: what begins them is what a spreadsheet reads."""

    def lay(root: Path, victim: Path) -> None:
        path = root / f"source/text/01-garden.{lang}.md"
        more = "".join(
            f"\n\n\\{one.strip()}" for one in surfaces.ACTIVE if one.strip()[0] in "=+-@<["
        )
        path.write_text(path.read_text("utf-8") + more + "\n", encoding="utf-8")

    return lay


def _unsaved() -> Iterator[Attack]:
    """What an editor says to be a file of the workspace, and is not."""
    for name in surfaces.UNSAVED:
        for data in (b"", b"\xff\xfe", b"# x {#x}\n" * 2000, b"[" * 50_000, b"\\input{VICTIM}"):

            def lay(root: Path, victim: Path) -> None:
                (root / "source" / "text" / "link.zh.md").symlink_to(victim / "thesis.txt")

            commands = (f"check --stdin {name} --dir .", f"check {name} --dir .")
            yield Attack("texts that are not saved", f"{name} {data[:8]!r}", lay, commands,
                         stdin=data)  # fmt: skip


def _put(path: Path, make: Callable[[Path], object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    make(path)


def _links() -> Iterator[Attack]:
    for name in payloads.FILES:
        ways: dict[str, Callable[[Path, Path], Callable[[Path], object]]] = {
            "link": lambda _, victim, name=name: lambda at: at.symlink_to(victim / name),
            "thesis": lambda _, victim: lambda at: at.symlink_to(victim / "thesis.txt"),
            "pipe": lambda *_: os.mkfifo,
            "loop": lambda *_: lambda at: at.symlink_to(at.name),
            "zero": lambda *_: lambda at: at.symlink_to("/dev/zero"),
        }
        for way, make in ways.items():
            yield Attack(
                "links, pipes, loops", f"{name} {way}",
                lambda root, victim, name=name, make=make: _put(root / name, make(root, victim)),
                ("check", "build", "bib", "ids"),
            )  # fmt: skip


def _caches() -> Iterator[Attack]:
    for name in payloads.PLANTED:
        for way in ("link", "file"):

            def lay(root: Path, victim: Path, name: str = name, way: str = way) -> None:
                link = way == "link"
                _put(root / name, lambda at: at.symlink_to(victim / "thesis.txt") if link
                     else at.write_text(payloads.STYLE))  # fmt: skip

            outside = ("build",) if name.startswith("dist") else ("build", "clean")
            yield Attack("planted caches and outputs", f"{name} {way}", lay, outside, tex=True)
    for name in ("dist", ".cache"):
        yield Attack(
            "planted caches and outputs", f"{name} is the victim",
            lambda root, victim, name=name: (root / name).symlink_to(victim),
            ("build", "clean", "build", "clean"), tex=True,
        )  # fmt: skip


def _settings() -> Iterator[Attack]:
    for key in payloads.SETTINGS:
        for value in payloads.VALUES:

            def lay(root: Path, victim: Path, key: str = key, value: str = value) -> None:
                said = value.replace("VICTIM", str(victim / "thesis.txt"))
                (root / "source" / "edition.toml").write_text(payloads.toml(key, said), "utf-8")

            yield Attack("settings", f"{key} {value[:20]!r}", lay)


def _texts() -> Iterator[Attack]:
    for field in payloads.FIELDS:
        for payload in payloads.PAYLOADS:
            yield Attack("words in texts", f"{field} {payload[:24]!r}", _worded(field, payload))
        every = " ".join(payloads.PAYLOADS)
        yield Attack("words in a book", field, _worded(field, every), ("build",), tex=True)


def _worded(field: str, payload: str) -> Callable[[Path, Path], None]:
    def lay(root: Path, victim: Path) -> None:
        payloads.lay(root, field, payload.replace("VICTIM", str(victim / "thesis.txt")))

    return lay


def _styles() -> Iterator[Attack]:
    for name in ("edition-grid.sty", "edition-references.sty", "array.sty"):

        def lay(root: Path, victim: Path, name: str = name) -> None:
            text = payloads.STYLE.replace("VICTIM", str(victim / "thesis.txt"))
            _put(root / "templates" / name, lambda at: at.write_text(text))

        yield Attack("styles", name, lay, ("build", "check", "press"))


def _programs() -> Iterator[Attack]:
    for name in payloads.PROGRAMS:

        def lay(root: Path, victim: Path, name: str = name) -> None:
            path = root / name
            path.write_text(f"#!/bin/sh\ntouch {root.parent / RUN}\n")
            path.chmod(0o755)

        yield Attack("programs and modules in the workspace", name, lay, ("check", "doctor"))


def table(rows: dict[str, Row]) -> str:
    names = [one.name for one in dataclasses.fields(Row)]
    lines = ["".join([f"{'attacks':40}", *(f"{name:>11}" for name in names)])]
    for kind, row in rows.items():
        lines.append("".join([f"{kind:40}", *(f"{getattr(row, name):11}" for name in names)]))
    return "\n".join(lines)


def run(
    *, fast: bool, every: int = 1, told: Callable[[str], None] = lambda _: None
) -> dict[str, Row]:
    """All attacks, or those without TeX, or of these one in ``every``; a row for each kind."""
    rows: dict[str, Row] = {}
    for attack in [one for one in attacks() if not (fast and one.tex)][::every]:
        with tempfile.TemporaryDirectory(prefix="edition-attack-") as folder:
            done = attempt(attack, Path(folder))
        row = rows.setdefault(attack.kind, Row())
        for one in dataclasses.fields(Row):
            setattr(row, one.name, getattr(row, one.name) + getattr(done, one.name))
        if done.bad:
            told(f"{attack.kind}: {attack.name}: {done}")
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="one attack in so many")
    args = parser.parse_args()
    rows = run(fast=args.fast, every=args.every, told=lambda text: print(text, flush=True))
    total = Row()
    for row in rows.values():
        for one in dataclasses.fields(Row):
            setattr(total, one.name, getattr(total, one.name) + getattr(row, one.name))
    print(table({**rows, "all": total}))
    return 1 if total.bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
