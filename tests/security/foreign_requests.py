"""Requests to the server of ``edition watch`` that are not the page's own: each is to be refused,
and nothing that is shown, or lies beside it, to be told."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

from edition.watching.server import Server, close
from edition.watching.state import Board

_PATHS = {
    "no secret": "/", "another secret": "/x/reader.html", "a longer secret": "/SECRETx/reader.html",
    "part of the secret": "/SECRE/reader.html",
    "a whole address": "http://127.0.0.1:PORT/SECRET/reader.html",
    "a path above": "/SECRET/../../../../VICTIM",
    "the same, encoded": "/SECRET/%2e%2e/%2e%2e/VICTIM",
    "a path above pictures": "/SECRET/page/../../VICTIM", "backslashes": "/SECRET/..\\..\\VICTIM",
    "a whole path": "/SECRET//VICTIM", "a link in the workspace": "/SECRET/dist/link.html",
    "a link beside the pages": "/SECRET/link.html", "a NUL": "/SECRET/VICTIM\0.jpg",
    "a page that is not": "/SECRET/page/99999.jpg",
    "a page of 400 figures": f"/SECRET/page/{'9' * 400}.jpg",
    "70,000 signs": f"/SECRET/{'a' * 70_000}",
}  # fmt: skip
_HOSTS = {
    "another host": "Host: evil.example", "rebinding with the port": "Host: evil.example:PORT",
    "a host that begins alike": "Host: localhost.evil:PORT", "no host": "A: b",
    "two hosts": "Host: 127.0.0.1:PORT\r\nHost: evil.example",
    "another origin": "Host: 127.0.0.1:PORT\r\nOrigin: http://evil.example",
    "the origin of a frame": "Host: 127.0.0.1:PORT\r\nOrigin: null",
    "from another site": "Host: 127.0.0.1:PORT\r\nSec-Fetch-Site: cross-site",
}  # fmt: skip
_METHODS = ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND")
_OWN = "Host: 127.0.0.1:PORT"


def requests() -> dict[str, str]:
    """By name, as text that stands for bytes of Latin-1."""
    made = {name: f"GET {path} HTTP/1.1\r\n{_OWN}\r\n\r\n" for name, path in _PATHS.items()}
    own = "/SECRET/reader.html HTTP/1.1\r\n"
    made |= {name: f"GET {own}{host}\r\n\r\n" for name, host in _HOSTS.items()}
    made |= {name: f"{name} {own}{_OWN}\r\n\r\n" for name in _METHODS}
    return made | {"HTTP/0.9": "GET /SECRET/reader.html\r\n", "no request": "A" * 70_000}


def answered(root: Path, request: str, shown: str) -> str:
    """What the server of a workspace says to a request. ``shown`` is what its reader shows."""
    victim = root.parent / "victim" / "thesis.txt"
    (root / "dist").mkdir()
    for name in ("dist/link.html", "link.html"):
        (root / name).symlink_to(victim)
    board = Board()
    board.put(building=False, made=1, pdf=root / "book.pdf", reader=shown.encode())
    server = Server(board)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        own = {"SECRET": server.secret, "PORT": str(server.port), "VICTIM": str(victim)}
        for word, value in own.items():
            request = request.replace(word, value)
        return _said(server.port, request.encode("latin-1", "replace"))
    finally:
        close(server)
        thread.join()


def _said(port: int, data: bytes) -> str:
    said = b""
    with socket.create_connection(("127.0.0.1", port), 10) as wire:
        try:
            wire.sendall(data)
            wire.shutdown(socket.SHUT_WR)
            while part := wire.recv(1 << 16):
                said += part
        except OSError:
            pass  # it has heard enough
    return said.decode("latin-1")
