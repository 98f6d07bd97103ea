"""A saved file is seen on the page; and what the server answers, and does not."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from edition.build.types import Request
from edition.cli import main
from edition.config import Variant
from edition.watching import drawing, run, work
from edition.watching.changes import Changes
from edition.watching.server import Server, close
from edition.watching.state import Board

ROOT = Path(__file__).resolve().parents[2]
TEXT = "source/text/01-garden.zh.md"


# --- the server --------------------------------------------------------------------------------


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    board = Board()
    served = Server(board)
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.05},
                              daemon=True)  # fmt: skip
    thread.start()
    pdf = tmp_path / "1.pdf"
    pdf.write_bytes(b"%PDF-1.4 not a real one")
    board.put(pdf=pdf, looks=("a", "b"), made=1, reader=b"<p>reader", building=False,
              told={"line": "<script>", "pages": [[0, 0, 10, 10]] * 2})  # fmt: skip
    yield served
    board.close()
    close(served)
    thread.join(5)
    assert not thread.is_alive()


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, Any]:
    """Status, content and headers of an answer; ``Host`` is right unless it is given."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in ({"Host": f"127.0.0.1:{server.port}"} | headers).items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    got = answer.status, answer.read(), answer.headers
    connection.close()
    return got


def test_what_is_served_can_be_asked_for_with_the_secret_alone(server: Server) -> None:
    own = f"/{server.secret}/"
    for name, part in {"": b"watch.js", "watch.js": b"use strict", "watch.css": b"body",
                       "state.json": b'"number"', "book.pdf": b"%PDF", "reader.html": b"reader",
                       "state.json?v=2": b'"pages"'}.items():  # fmt: skip
        status, content, headers = ask(server, own + name)
        assert (status, part in content) == (200, True), name
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors" in headers["Content-Security-Policy"]
    assert ask(server, own, "HEAD")[1] == b""
    for path in ("/", "/x/", f"/{server.secret}", f"/{server.secret[:-1]}/", "//" + server.secret,
                 f"/{server.secret}x/state.json"):  # fmt: skip
        status, content, _ = ask(server, path)
        assert (status, content) == (403, b"Forbidden\n"), path
    assert server.secret.encode() not in ask(server, own)[1]


def test_no_other_site_and_no_other_name_is_answered(server: Server) -> None:
    state = f"/{server.secret}/state.json"
    host = f"127.0.0.1:{server.port}"
    assert ask(server, state, Host=f"localhost:{server.port}")[0] == 200
    for name in ("evil.example", f"evil.example:{server.port}", "127.0.0.1", "127.0.0.1:1", "",
                 f"{host}.evil.example", f"[::1]:{server.port}"):  # fmt: skip
        assert ask(server, state, Host=name)[0] == 403, name
    assert ask(server, state, Origin="http://evil.example")[0] == 403
    assert ask(server, state, Origin="null")[0] == 403
    assert ask(server, state, Origin=f"http://{host}")[0] == 200
    assert ask(server, state, Sec_Fetch_Site="cross-site")[0] == 403
    assert ask(server, state, Sec_Fetch_Site="same-site")[0] == 403
    with socket.create_connection(("127.0.0.1", server.port), 5) as raw:  # two names
        raw.sendall(f"GET {state} HTTP/1.1\r\nHost: {host}\r\nHost: evil\r\n\r\n".encode())
        assert b" 403 " in raw.recv(200)
    assert server.socket.getsockname()[0] == "127.0.0.1"


def test_nothing_but_reading_and_no_path_of_the_disk(server: Server) -> None:
    own = f"/{server.secret}/"
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert ask(server, own + "state.json", method)[0] == 405
    for name in ("../../etc/passwd", "..%2f..%2fetc/passwd", "/etc/passwd", "page/../state.json",
                 "page/0.jpg", "page/3.jpg", "page/1.png", "page/999999.jpg", "page/1.jpg/x",
                 "watch.js/", "WATCH.JS",
                 "state.json%00", ".", "..", "reader.html/../book.pdf"):  # fmt: skip
        assert ask(server, own + name)[0] == 404, name
    assert ask(server, own + "page/1.jpg")[0] == 404  # no PDF: no picture, and no traceback
    assert ask(server, own + "x" * 70000)[0] in (403, 404, 414)


def test_a_look_is_drawn_once_and_a_file_put_away_is_no_hole(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drawn: list[tuple[str, int]] = []

    def draw(pdf: Path, number: int) -> bytes | None:
        drawn.append((pdf.name, number))
        if pdf.name == "1.pdf" and number == 2:  # the next build is done just now
            server.board.put(pdf=tmp_path / "2.pdf", looks=("a", "b", "c"), made=2)
            return None
        return b"x" * 10

    monkeypatch.setattr(drawing, "_draw", draw)
    monkeypatch.setattr(drawing, "_KEPT", 25)
    own = f"/{server.secret}/page/"
    for name in ("1.jpg", "1.jpg?v=a", "2.jpg", "1.jpg"):
        assert ask(server, own + name)[0] == 200
    assert drawn == [("1.pdf", 1), ("1.pdf", 2), ("2.pdf", 2)]
    ask(server, own + "3.jpg")  # more than is kept: what was asked for longest ago goes
    ask(server, own + "1.jpg")
    ask(server, own + "2.jpg")
    assert drawn[3:] == [("2.pdf", 3), ("2.pdf", 2)]


def test_slow_and_many_requests_do_not_stop_it(server: Server) -> None:
    idle = [socket.create_connection(("127.0.0.1", server.port), 5) for _ in range(60)]
    time.sleep(0.2)
    for one in idle:
        one.close()
    for _ in range(50):
        try:
            if ask(server, f"/{server.secret}/state.json")[0] == 200:
                break
        except OSError:
            time.sleep(0.05)
    assert ask(server, f"/{server.secret}/state.json")[0] == 200


def test_events_tell_each_new_state(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 5) as raw:
        raw.sendall(f"GET /{server.secret}/events HTTP/1.1\r\nHost: 127.0.0.1:{server.port}"
                    "\r\n\r\n".encode())  # fmt: skip
        got = read_until(raw, b"data: ")
        assert b"text/event-stream" in got
        server.board.put(building=True)
        assert b"event: state" in read_until(raw, b"\n\n")
        server.board.close()
        while raw.recv(1000):  # it ends
            pass


def read_until(raw: socket.socket, mark: bytes) -> bytes:
    got = b""
    while mark not in got:
        more = raw.recv(1000)
        assert more, got
        got += more
    return got


# --- what is looked at -------------------------------------------------------------------------


@pytest.fixture
def changes(workspace: Path) -> Iterator[Changes]:
    pytest.importorskip("watchfiles")
    looked = Changes(workspace)
    yield looked
    looked.close()


def test_what_is_saved_is_told_wherever_it_lies(workspace: Path, changes: Changes) -> None:
    text, picture = workspace / TEXT, workspace / "art" / "gate.png"
    picture.parent.mkdir()
    words, began = text.read_text("utf-8"), time.time()
    assert not changes.wait(0.3)
    changes.also([picture], began)
    assert not changes.wait(0.3)  # which is not there yet
    picture.write_bytes(b"one")
    assert changes.wait(5)
    for folder in ("elsewhere", "source"):  # a folder that goes and comes back
        source = next(
            one for one in (workspace / "source", workspace / "elsewhere") if one.exists()
        )
        source.rename(workspace / folder)
        assert changes.wait(5), folder
        while changes.wait(0.6):
            pass
    beside = text.with_name(".saving")  # as editors save
    beside.write_text(words.replace("石路", "木橋"), "utf-8")
    beside.replace(text)
    assert changes.wait(5)
    (workspace / "templates").mkdir()  # a folder that comes while it runs
    assert changes.wait(5)
    while changes.wait(0.6):
        pass
    (workspace / "templates" / "facing.toml").write_text("x")
    assert changes.wait(5)
    # one that was changed while the build, which had not named it yet, was at work
    other = picture.with_name("other.png")
    other.write_bytes(b"x")
    changes.also([picture, other], time.time() - 60)
    assert changes.wait(5)


# --- the command -------------------------------------------------------------------------------


def test_what_it_needs_is_said(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main(["watch", "--dir", str(workspace), "--port", port]) == 2
    assert "USE018" in capsys.readouterr().out
    monkeypatch.setattr(run, "find_spec", lambda _: None)
    assert main(["watch", "--dir", str(workspace)]) == 2
    assert "USE017" in capsys.readouterr().out
    for wrong in (["--link", "javascript://{file}"], ["--link", "file:///{file}"], ["--port", "80"],
                  ["--link", "vscode://file"], ["--link", 'x://{file}"onclick=']):  # fmt: skip
        with pytest.raises(SystemExit):
            main(["watch", "--dir", str(workspace), *wrong])


def test_a_request_comes_through_to_the_process_of_its_build(tmp_path: Path) -> None:
    variant = Variant(name="v", notes=("注",), side="zh")
    request = Request(root=tmp_path, out=tmp_path / "o", layout="columns", script="hans", jobs=2,
                      variant=variant, formats=("pdf", "html"))  # fmt: skip
    assert work._request(work.asked(request)) == request


@pytest.mark.tex
@pytest.mark.parametrize("moved", [False, True])
def test_looking_begins_anew_and_what_was_missed_is_told(
    moved: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a name that is not UTF-8, which ends it, and a folder that takes another's place."""
    (tmp_path / "source").mkdir()
    looks: list[int] = []

    def seen(self: Changes, folders: list[str]) -> Iterator[bool]:
        looks.append(len(folders))
        yield False
        if len(looks) > 1:
            self._stop.set()
        elif moved:
            (tmp_path / "source").rename(tmp_path / "away")
            (tmp_path / "source").mkdir()
            (tmp_path / "bib").mkdir()
            yield False
            raise AssertionError
        assert len(looks) > 1 or self._told.empty()

    monkeypatch.setattr(Changes, "_saved", seen)
    changes = Changes(tmp_path)
    changes._thread.join(10)
    assert looks == ([1, 2] if moved else [1, 1])
    assert changes.wait(0)
    assert not changes.wait(0)


def test_a_saved_file_is_seen_and_a_fault_keeps_the_pages(workspace: Path) -> None:
    """The whole of it: a build, a change, a fault, the fault mended; then a signal ends it."""
    before = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "edition", "watch", "--dir", str(workspace), "--layout",
         "columns"], stderr=subprocess.PIPE, text=True, cwd="/",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        assert process.stderr is not None
        met = re.match(r"http://127\.0\.0\.1:(\d+)/([\w-]+)/", process.stderr.readline())
        assert met
        port, own = int(met[1]), f"/{met[2]}"

        def get(name: str) -> bytes:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=100)
            connection.request("GET", f"{own}/{name}")
            return connection.getresponse().read()

        def wait(ready: Any) -> dict[str, Any]:
            """The state once it is ``ready``; each new one is told by an event."""
            end = time.monotonic() + 150
            with socket.create_connection(("127.0.0.1", port), 150) as raw:
                raw.sendall(f"GET {own}/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
                while time.monotonic() < end:
                    read_until(raw, b"event: state")
                    told: dict[str, Any] = json.loads(get("state.json"))
                    if not told["building"] and ready(told):
                        return told
            raise AssertionError("it was never so")

        first = wait(lambda told: told["made"] == 1)
        assert "0 violations" in first["line"]
        assert get("page/1.jpg")[:2] == b"\xff\xd8"
        assert b"<html" in get("reader.html")
        # a place is where its words are: page and box of a segment, and its line in the file
        place = next(one for one in first["places"] if one[0] == "i.1" and one[1] == TEXT)
        assert place[2:4] == [3, 3]
        assert "石路" in words(get("book.pdf"), place, first["pages"], workspace)
        text = workspace / TEXT
        text.write_text(text.read_text("utf-8").replace("石路", "木橋"), "utf-8")
        second = wait(lambda told: told["made"] == 2)
        place = next(one for one in second["places"] if one[0] == "i.1" and one[1] == TEXT)
        assert "木橋" in words(get("book.pdf"), place, second["pages"], workspace)
        looks = first["looks"], second["looks"]
        assert [at for at, both in enumerate(zip(*looks, strict=True)) if both[0] != both[1]] == [
            place[4]
        ]
        text.write_text(text.read_text("utf-8").replace("木橋", "<b>"), "utf-8")
        third = wait(lambda told: told["stale"])
        assert third["made"] == 2
        assert [one["start"]["line"] for one in third["findings"] if one["code"] == "TXT005"] == [3]
        assert get("page/1.jpg")[:2] == b"\xff\xd8"
        text.write_bytes(before[text])
        now = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
        assert now == before  # nothing is written there
        time.sleep(0.8)  # till the next build is at work
    finally:
        process.send_signal(signal.SIGTERM)
        status = process.wait(30)
        if process.stderr is not None:
            process.stderr.close()
    assert status == 143
    assert not children_of(process.pid)


def words(pdf: bytes, place: list[Any], pages: list[list[float]], folder: Path) -> str:
    """What stands in the box of a place, as poppler reads it."""
    path = folder.parent / "read.pdf"
    path.write_bytes(pdf)
    left, bottom, right, top = place[5:9]
    high = pages[place[4]][3]
    box = ["-x", left, "-y", high - top, "-W", right - left, "-H", top - bottom]
    page = str(place[4] + 1)
    said = subprocess.run(
        [shutil.which("pdftotext") or "pdftotext", "-f", page, "-l", page,
         *(one if isinstance(one, str) else str(round(one)) for one in box), str(path), "-"],
        capture_output=True, check=True,
    )  # fmt: skip
    return re.sub(r"\s", "", said.stdout.decode("utf-8"))


def children_of(number: int) -> list[str]:
    """Programs that were started for the watch and are still there."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes()
        except OSError:
            continue
        if b"edition.watching.work" in line:
            stat = (path.parent / "stat").read_text().rpartition(")")[2].split()
            if int(stat[1]) in (number, 1):
                found.append(line.decode())
    return found
