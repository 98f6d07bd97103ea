"""Series, schemas, the server of ``edition watch``, what it hears of files, and alignment."""

from __future__ import annotations

import json
import os
import shutil
import socket
import threading
import time
import tomllib
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random

import yaml
from conftest import FILES, write_workspace
from jsonschema import Draft202012Validator

from edition import config, ids, realign, schemas
from edition.aligning import asking
from edition.bibliography.deciding import decisionfile
from edition.config import series
from edition.diagnostics import Diagnostic, Severity
from edition.files import write_bytes
from edition.importers import decisions
from edition.model import plain
from edition.readers import notes, read_edition, records
from edition.series import planning
from edition.source import SourceFile
from edition.watching.changes import Changes
from edition.watching.server import Server
from edition.watching.state import Board
from fuzz import documents, grammars
from fuzz.invariants import Folder, must, sound
from fuzz.targets import Target, workplace

_EN = "source/text/01-garden.en.md"
_SERIES = """\
[series]
name = "studies"
scripts = ["hant", "hans"]

[[volume]]
dir = "one"
variants = ["", "student"]
[[volume]]
dir = "more/*"
name = "two"
layouts = ["facing", "columns"]
formats = ["pdf", "html"]
"""
_SECONDS = 20.0  # for an answer to come, or word of a file


def targets() -> list[Target]:
    return [
        Target(name="series", look=_series, seeds=lambda: [_SERIES.encode()],
               rules=grammars.SERIES, share=80, seconds=2),
        Target(name="schemas", look=_schemas, seeds=list, make=documents.document, share=160,
               seconds=2, pace=0.2),
        Target(name="watch", look=_watch, seeds=lambda: [one.encode() for one in _REQUESTS],
               rules=grammars.REQUEST, share=120, seconds=3),
        Target(name="saved", look=_saved, seeds=list, make=_operations, share=2, seconds=5),
        Target(name="aligned", look=_aligned,
               seeds=lambda: [FILES[_EN].encode(), *(one.encode() for one in _VERSIONS)],
               rules=grammars.TEXT, share=40, seconds=4, pace=0.3),
    ]  # fmt: skip


# --- series -------------------------------------------------------------------------------------


def _series(data: bytes) -> None:
    """The jobs of a series have names of their own, and folders of volumes beneath it; reading
    writes nothing, and a second reading finds the same."""
    root = workplace() / "series"
    path = root / "series.toml"
    if not (root / "one").exists():
        for folder in ("one", "more/a", "more/b"):
            write_bytes(
                root / folder / "source/edition.toml", FILES["source/edition.toml"].encode()
            )
        (root / "more/way").symlink_to("/etc")
    write_bytes(path, data)
    folder = Folder(root)
    told = series.load_series(path)
    sound(told.diagnostics)
    wrong = any(one.level is Severity.ERROR for one in told.diagnostics)
    must(told.value is not None or wrong, "no series and no error")
    must(_facts(series.load_series(path).diagnostics) == _facts(told.diagnostics),
         "the second reading differs")  # fmt: skip
    if told.value is None:
        return
    jobs = planning.jobs(told.value, root)
    sound(jobs.diagnostics)
    names = [one.name for one in jobs.value]
    must(len(set(names)) == len(names), "two jobs have one name")
    top = root.resolve()
    for job in jobs.value:
        must(job.volume.root.resolve().is_relative_to(top), "a volume lies outside its series")
        parts = Path(job.name).parts
        must(parts and ".." not in parts and not job.name.startswith("/"), "a job's name leads out")
    must(not folder.changed(), "reading a series writes")


def _facts(found: Sequence[Diagnostic]) -> list[tuple[str, str, str]]:
    return [(one.code.id, one.place, one.fact) for one in found]


# --- schemas ------------------------------------------------------------------------------------

Read = Callable[[SourceFile], Sequence[Diagnostic]]


@lru_cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schemas.text(name)))


def _settings_told(file: SourceFile) -> Sequence[Diagnostic]:
    root = workplace() / "shape"
    write_bytes(root / "source/edition.toml", file.text.encode())
    return config.load(root).diagnostics


def _series_told(file: SourceFile) -> Sequence[Diagnostic]:
    path = workplace() / "shape" / "series.toml"
    write_bytes(path, file.text.encode())
    told = series.load_series(path)
    if told.value is None:
        return told.diagnostics
    planned = planning.jobs(told.value, path.parent).diagnostics
    return [*told.diagnostics, *(one for one in planned if one.code.id.startswith("CFG"))]


_READERS: dict[str, Read] = {
    "edition": _settings_told,
    "names": lambda file: records.names(file).diagnostics,
    "glossary": lambda file: records.terms(file).diagnostics,
    "notes": lambda file: notes.read(file, ("注", "校"), ("宋", "元")).diagnostics,
    "decisions": lambda file: decisionfile.read(file).diagnostics,
    "import-decisions": lambda file: decisions.read(file).diagnostics,
    "alignment-decisions": lambda file: asking.read(file).diagnostics,
    "series": _series_told,
}


# tables of settings of which the reader asks nothing, and that of which checks do
_UNASKED = (["article"], ["diagnostics"], ["outputs"])


def _schemas(data: bytes) -> None:
    """What the schema of a file refuses, its reader does not take in silence."""
    name, _, text = data.decode("utf-8", "replace").partition("\n")
    if name not in _READERS:
        return
    file = SourceFile("source/notes/a.yaml" if name == "notes" else "a.toml", text)
    told = _READERS[name](file)
    sound(told)
    try:
        made = yaml.safe_load(text) if name == "notes" else tomllib.loads(text)
        made = json.loads(json.dumps(made, default=str))
    except (ValueError, TypeError, RecursionError, yaml.YAMLError):
        return  # no such file: the reader's matter alone
    every = _validator(name).iter_errors(made)
    asked = (one for one in every if [*one.path][:1] not in _UNASKED)
    faults = sorted(asked, key=lambda one: str(one.path))
    where = "/".join(str(one) for one in faults[0].path if isinstance(one, str)) if faults else ""
    must(told or not faults, f"the schema of {name} refuses {where} that the reader takes")
    shape = [one for one in told if one.code.id in documents.OF_SHAPE.get(name, ())]
    refused = [one.fact for one in shape if not documents.beyond(name, one.fact)]
    if refused and not faults:
        must(False, f"the schema of {name} takes what the reader refuses\n{refused[0]}")


# --- watch --------------------------------------------------------------------------------------

_REQUESTS = (
    "GET /SECRET/state.json HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /SECRET/ HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: http://localhost:PORT\r\n\r\n",
    "HEAD /SECRET/book.pdf?x=1 HTTP/1.0\r\nHost: 127.0.0.1:PORT\r\nSec-Fetch-Site: none\r\n\r\n",
)
_INSIDE = b"what only those who know the address may read"
_OUTSIDE = b"what lies beside the pages"


@lru_cache(maxsize=1)
def _server(process: int) -> Server:
    """A server of this process, with pages to show and a file beside them."""
    root = workplace() / "shown"
    root.mkdir(exist_ok=True)
    (root / "1.pdf").write_bytes(_INSIDE)
    (root / "secret.txt").write_bytes(_OUTSIDE)
    board = Board()
    board.put(made=1, pdf=root / "1.pdf", reader=_INSIDE,
              told={"line": _INSIDE.decode()}, building=False)  # fmt: skip
    server = Server(board)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05},
                     daemon=True).start()  # fmt: skip
    return server


def _watch(data: bytes) -> None:
    """Only who names the secret and this host is shown anything, and by reading alone; whatever
    was asked, the next request is answered."""
    server = _server(os.getpid())
    asked = data.replace(b"SECRET", server.secret.encode())
    asked = asked.replace(b"PORT", str(server.port).encode())
    said = _answer(server, asked)
    must(_OUTSIDE not in said, "a file beside the pages is shown")
    if said:
        status = said.split(b"\r\n", 1)[0].split(b" ")
        old = not said.startswith(b"HTTP/")  # of HTTP/0.9 only the body is sent
        must(old or (len(status) > 1 and status[1].isdigit() and status[1][:1] in b"24"),
             "an answer is neither one nor a refusal")  # fmt: skip
    if _INSIDE in said or said[9:12] == b"200":
        line, _, head = asked.partition(b"\n")
        must(line.split()[:1] in ([b"GET"], [b"HEAD"]), "what is no question is answered")
        must(server.secret.encode() in line, "one without the secret is answered")
        hosts = [one.strip() for one in head.splitlines() if one[:5].lower() == b"host:"]
        own = (f":{server.port}".encode(), b"127.0.0.1", b"localhost")
        must(any(one.endswith(own[0]) and one[5:].strip().startswith(own[1:]) for one in hosts),
             "one of another host is answered")  # fmt: skip
    again = _REQUESTS[0].replace("SECRET", server.secret).replace("PORT", str(server.port))
    must(_answer(server, again.encode()).startswith(b"HTTP/1.0 200"), "the server answers no more")


def _answer(server: Server, asked: bytes) -> bytes:
    """All that is said, or its beginning where the answer goes on."""
    said = b""
    with socket.create_connection(("127.0.0.1", server.port), _SECONDS) as wire:
        try:
            wire.sendall(asked)
            wire.shutdown(socket.SHUT_WR)
            while part := wire.recv(1 << 16):
                said += part
                if b"text/event-stream" in said and b"data: " in said:
                    break
        except TimeoutError:
            must(False, "a request has no answer and no end")
        except OSError:
            pass  # it has heard enough
    if b"text/event-stream" in said:
        server.board.put()  # who listened is gone: it finds out
    return said


_NAMES = (
    "a.md",
    "b.yaml",
    ".a.md.swp",
    "a.md~",
    "4913",
    "c",
    "d/e.md",
    "名.md",
    "x" * 200,
    "f\n.md",
)


def _operations(rng: Random) -> str:
    """Lines of things done to files: what is done, and to which."""
    ways = ("write", "write", "delete", "rename", "folder", "link", "loop", "pipe", "bad", "all")
    return "".join(f"{rng.choice(ways)} {rng.randrange(len(_NAMES))} {rng.randrange(len(_NAMES))}\n"
                   for _ in range(rng.randrange(1, 12)))  # fmt: skip


@lru_cache(maxsize=1)
def _looked_at(process: int) -> tuple[Path, Changes]:
    root = workplace() / "saved"
    (root / "source").mkdir(parents=True)
    return root / "source", Changes(root)


def _saved(data: bytes) -> None:
    """Whatever is done to files and folders, the next save is told."""
    root, changes = _looked_at(os.getpid())
    for line in data.decode("utf-8", "replace").splitlines():
        way, _, which = line.partition(" ")
        numbers = [int(one) % len(_NAMES) for one in which.split() if one.isdecimal()]
        if len(numbers) == 2:
            _do(way, root / _NAMES[numbers[0]], root / _NAMES[numbers[1]])
    changes.wait(0)
    (root / "last.md").write_bytes(data)
    ends = time.monotonic() + _SECONDS
    while not changes.wait(0.02):
        must(changes._thread.is_alive(), "who looks at the files is gone")
        must(time.monotonic() < ends, "a save is not told")


def _do(way: str, path: Path, other: Path) -> None:
    try:
        match way:
            case "write":
                path.parent.mkdir(exist_ok=True)
                path.write_text(way)
            case "delete":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            case "rename":
                path.rename(other)
            case "folder":
                path.mkdir()
            case "link":
                path.symlink_to("/etc")
            case "loop":
                path.symlink_to(path.name)
            case "all":  # as another branch is checked out
                shutil.rmtree(path.parent)
                path.parent.mkdir()
            case "pipe":
                os.mkfifo(path)
            case _:
                Path(os.fsdecode(os.fsencode(path) + b"\xff")).write_text(way)
    except OSError:
        pass  # what cannot be done is not


# --- alignment ----------------------------------------------------------------------------------

_VERSIONS = (
    "# The Garden {#i}\n\nSomeone planted chrysanthemums. And then went home.\n\n{#i.2}\n",
    "# A Garden\n\nBy the eastern hedge.\n\nAnother paragraph, new.\n\n> A quotation, 1990.\n",
)


def _aligned(data: bytes) -> None:
    """A new version of a text is taken in with its words as they are; pairs are written into
    attributes alone, what is accepted is proposed no more, and nothing is written elsewhere."""
    root = workplace() / "aligned"
    shutil.rmtree(root, ignore_errors=True)
    write_workspace(root)
    folder = Folder(root)
    new = workplace() / "new" / Path(_EN).name
    write_bytes(new, data)
    written = ids.write(root, joins=True)
    sound(written.diagnostics)
    taken = realign.update(root, new)
    sound(taken.diagnostics)
    if taken.ok:
        want, have = _text(new), _text(root / _EN)
        must(want == have, "a new version is taken in with other words")
    sound(ids.write(root, joins=True).diagnostics)
    must(not taken.ok or _text(new) == _text(root / _EN), "pairs are written into the words")
    sound(realign.state(root).diagnostics)
    accepted = realign.accept(root, ())
    sound(accepted.diagnostics)
    must(not accepted.value or not realign.accept(root, ()).value, "what is accepted is proposed")
    inside = {str(root / one) for one in FILES if one.endswith(".md")}
    must(folder.changed() <= inside, "alignment writes beside the texts")


def _text(path: Path) -> list[str]:
    """The words of a text, segment by segment, as a workspace with nothing else in it has them."""
    alone = workplace() / "alone"
    shutil.rmtree(alone, ignore_errors=True)
    write_bytes(alone / _EN, path.read_bytes())
    settings = config.Config(id="fuzz", title=config.Bilingual(zh="題", en="Title"), date="")
    edition = read_edition(alone, settings).value
    return [plain(one.inlines) for section in edition.sections for one in section.en]
