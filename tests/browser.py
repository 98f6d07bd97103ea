"""A headless Chromium, spoken to through pipes, for tests of pages as a reader meets them. It is
used where one is installed; nothing is installed for it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from validators import lacking

_NAMES = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = next(filter(None, map(shutil.which, _NAMES)), "")
_SECONDS = 60


def needed() -> str:
    """The browser's path; a test that asks is skipped where there is none."""
    if not PROGRAM:
        lacking("no Chromium is installed (apt-get install chromium)")
    return PROGRAM


class Browser:
    """One page of a browser of its own, off line. ``errors``: what the page's console told."""

    def __init__(self) -> None:
        # its helpers may write there till they know that it has ended
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()

        def lay() -> None:  # the browser reads from 3 and writes to 4
            ends = [fcntl.fcntl(one, fcntl.F_DUPFD, 10) for one in (to_read, from_write)]
            for number, end in enumerate(ends, start=3):
                os.dup2(end, number)

        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
                 f"--user-data-dir={self._folder.name}",
                 "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                 "--allow-file-access-from-files", "--disable-dev-shm-usage",
                 "about:blank"]  # fmt: skip
        self._process = subprocess.Popen(
            [needed(), *flags], preexec_fn=lay, close_fds=False, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(to_read)
        os.close(from_write)
        self._in, self._out = os.fdopen(to_write, "wb"), os.fdopen(from_read, "rb")
        self._held, self._number, self._session = b"", 0, ""
        self.errors: list[str] = []
        self.asked: list[str] = []  # addresses that the page asked for
        target = self.say("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.say("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for area in ("Page", "Runtime", "Log", "Network"):
            self.say(f"{area}.enable")

    def say(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        told = {"id": self._number, "method": method, "params": params}
        if self._session:
            told["sessionId"] = self._session
        self._in.write(json.dumps(told).encode() + b"\0")
        self._in.flush()
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return dict(answer["result"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._held:
            data = os.read(self._out.fileno(), 1 << 16)
            assert data, "the browser has ended"
            self._held += data
        line, _, self._held = self._held.partition(b"\0")
        said = dict(json.loads(line))
        match said.get("method"):
            case "Log.entryAdded":
                self.errors.append(said["params"]["entry"]["text"])
            case "Runtime.exceptionThrown":
                self.errors.append(str(said["params"]["exceptionDetails"]))
            case "Network.requestWillBeSent":
                self.asked.append(said["params"]["request"]["url"])
        return said

    def open(self, path: Path | str, *, width: int = 1200, height: int = 900) -> None:
        self.say("Emulation.setDeviceMetricsOverride", width=width, height=height,
                 deviceScaleFactor=1, mobile=False)  # fmt: skip
        self.asked.clear()
        url = path.resolve().as_uri() if isinstance(path, Path) else path
        self.say("Page.navigate", url=url)
        while True:
            if self._next().get("method") == "Page.loadEventFired":
                return

    def run(self, script: str) -> Any:
        """The value of an expression in the page; promises are waited for. The policy of the page
        does not hold for it."""
        done = self.say("Runtime.evaluate", expression=script, returnByValue=True,
                        awaitPromise=True)  # fmt: skip
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def press(self, key: str) -> None:
        for kind in ("keyDown", "keyUp"):
            self.say("Input.dispatchKeyEvent", type=kind, key=key,
                     text=key if len(key) == 1 and kind == "keyDown" else "")  # fmt: skip

    def picture(self, path: Path) -> None:
        import base64

        path.write_bytes(base64.b64decode(self.say("Page.captureScreenshot")["data"]))

    def close(self) -> None:
        self._process.kill()
        self._process.wait(_SECONDS)
        self._in.close()
        self._out.close()
        self._folder.cleanup()
