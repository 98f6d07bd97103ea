"""The page and what it asks for, served to this machine alone.

It listens on 127.0.0.1; every address holds a secret of the session, so that no page of another
site can ask for anything, and no other name of the host is answered, so that none can be led here.
It only reads: whatever is asked for is one of a few names, and none of them becomes a path.
"""

from __future__ import annotations

import contextlib
import hmac
import re
import secrets
import socket
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from edition import templates
from edition.watching.drawing import DrawnPages
from edition.watching.state import Board

_PICTURE = re.compile(r"page/([0-9]{1,5})\.jpg")
_PATIENCE = 15.0  # seconds for a request to come, and between two signs of life
_AT_ONCE = 40  # connections
_POLICY = ("default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
           "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
           "frame-ancestors 'none'")  # fmt: skip
# the reader has a policy of its own, within this one
_OF_READER = "sandbox allow-scripts; frame-ancestors 'self'"
_TEXT = "text/plain; charset=utf-8"

Answer = tuple[bytes, str, str]  # content, its type, its policy


class Server(ThreadingHTTPServer):
    """``secret`` is the first part of every path."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 32

    def __init__(self, board: Board, port: int = 0) -> None:
        """Raises ``OSError`` where the port is taken."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.secret = secrets.token_urlsafe(16)
        self.board = board
        self.pictures = DrawnPages()
        self._free = threading.BoundedSemaphore(_AT_ONCE)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/{self.secret}/"

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the midst of an answer is no event."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = _PATIENCE
    server_version, sys_version = "edition", ""

    def do_GET(self) -> None:
        name = self._asked()
        if name is None:
            self._refuse(HTTPStatus.FORBIDDEN)
        elif name == "events":
            self._events()
        elif (answer := self._answer(name)) is not None:
            self._send(HTTPStatus.OK, *answer)
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def do_HEAD(self) -> None:
        self.do_GET()

    def parse_request(self) -> bool:
        """Whether there is a request to answer: only what reads."""
        if not super().parse_request():
            return False
        if self.command in ("GET", "HEAD"):
            return True
        self._refuse(HTTPStatus.METHOD_NOT_ALLOWED)
        return False

    def _asked(self) -> str | None:
        """What is asked for, without the secret and what follows a question mark; None where it is
        not for this page to ask."""
        hosts = self.headers.get_all("Host") or []
        own = {f"127.0.0.1:{self.server.port}", f"localhost:{self.server.port}"}
        if len(hosts) != 1 or hosts[0] not in own:
            return None
        if self.headers.get("Origin", f"http://{hosts[0]}") != f"http://{hosts[0]}":
            return None
        # "none": the address was typed, or opened from a terminal
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            return None
        start, secret, *rest = self.path.partition("?")[0].split("/", 2)
        if start or not hmac.compare_digest(secret.encode(), self.server.secret.encode()):
            return None
        return rest[0] if rest else None

    def _answer(self, name: str) -> Answer | None:
        shown = self.server.board.shown
        picture = _PICTURE.fullmatch(name)
        if picture:
            return self._picture(int(picture[1]))
        if name == "book.pdf" and shown.pdf is not None:
            with contextlib.suppress(OSError):
                return shown.pdf.read_bytes(), "application/pdf", "frame-ancestors 'self'"
            return None
        if name == "reader.html" and shown.reader:
            return shown.reader, "text/html; charset=utf-8", _OF_READER
        return _FIXED[name](self) if name in _FIXED else None

    def _picture(self, number: int) -> Answer | None:
        """A page; of the newest state, too, where that before it was put away just now."""
        for _ in range(2):
            shown = self.server.board.shown
            if shown.pdf is None or not 1 <= number <= len(shown.looks):
                continue
            drawn = self.server.pictures.page(shown.pdf, shown.looks[number - 1], number)
            if drawn is not None:
                return drawn, "image/jpeg", _POLICY
        return None

    def _page(self) -> Answer:
        return _shipped("watch.html"), "text/html; charset=utf-8", _POLICY

    def _style(self) -> Answer:
        return _shipped("watch.css"), "text/css; charset=utf-8", _POLICY

    def _script(self) -> Answer:
        return _shipped("watch.js"), "text/javascript; charset=utf-8", _POLICY

    def _icon(self) -> Answer:
        return b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml", _POLICY

    def _state(self) -> Answer:
        return self.server.board.shown.as_json(), "application/json", _POLICY

    def _events(self) -> None:
        """Tell each new state, by its number, as long as the browser listens."""
        if self.command == "HEAD":
            return self._refuse(HTTPStatus.METHOD_NOT_ALLOWED)
        self._head(HTTPStatus.OK, "text/event-stream", _POLICY, None)
        board, number = self.server.board, -1
        with contextlib.suppress(OSError):
            while not board.closed:
                shown = board.wait(number, _PATIENCE / 2)
                number = shown.number if shown else number
                line = f"event: state\ndata: {number}\n\n" if shown else ": here\n\n"
                self.wfile.write(line.encode())
                self.wfile.flush()
        return None

    def _refuse(self, status: HTTPStatus) -> None:
        self._send(status, f"{status.phrase}\n".encode(), _TEXT, _POLICY)

    def _send(self, status: HTTPStatus, data: bytes, kind: str, policy: str) -> None:
        with contextlib.suppress(OSError):
            self._head(status, kind, policy, len(data))
            if self.command != "HEAD":
                self.wfile.write(data)

    def _head(self, status: HTTPStatus, kind: str, policy: str, size: int | None) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind, "Content-Security-Policy": policy, "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin", "Connection": "close",
            "Cross-Origin-Opener-Policy": "same-origin",
        }  # fmt: skip
        for name, value in headers.items():
            self.send_header(name, value)
        if size is not None:
            self.send_header("Content-Length", str(size))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the secret is in each address."""


_FIXED: dict[str, Callable[[_Handler], Answer]] = {
    "": _Handler._page, "watch.css": _Handler._style, "watch.js": _Handler._script,
    "state.json": _Handler._state, "icon.svg": _Handler._icon,
}  # fmt: skip


def _shipped(name: str) -> bytes:
    return templates.shipped(name).read_bytes()


def close(server: Server) -> None:
    """End serving: nothing is answered any more, and the port is free."""
    server.shutdown()
    with contextlib.suppress(OSError):
        server.socket.shutdown(socket.SHUT_RDWR)
    server.server_close()
