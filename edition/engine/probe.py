"""What is installed: programs, TeX packages, fonts, libraries, with their versions; and the
command that installs what is missing."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from edition.diagnostics import Diagnostic, error, info
from edition.engine import programs
from edition.engine.findings import PACKAGE_MISSING
from edition.engine.fonts import FONT_MISSING
from edition.engine.identity import list_fonts
from edition.engine.programs import PROGRAM_MISSING

LIBRARY_MISSING = error("ENV001", "A Python library is not installed")
NO_ANSWER = error("ENV002", "A program is installed but does not run")
ONLY_TESTS = info("ENV003", "A program that only the tests need is not installed")

Kind = Literal["program", "tex", "font", "style", "test", "jar", "library"]


@dataclass(frozen=True, slots=True)
class Need:
    """Something that the build needs (``test``, ``jar``: only the tests) and its Debian package."""

    kind: Kind
    name: str
    package: str


# ./bootstrap has the same table, since it runs where there may be no Python; a test compares them
NEEDS = (
    Need("program", "xelatex", "texlive-xetex"),
    Need("program", "xdvipdfmx", "texlive-binaries"),
    Need("program", "biber", "biber"),
    Need("program", "kpsewhich", "texlive-binaries"),
    Need("program", "fc-list", "fontconfig"),
    Need("program", "pdftotext", "poppler-utils"),
    Need("tex", "fontspec.sty", "texlive-latex-recommended"),
    Need("tex", "xeCJK.sty", "texlive-lang-chinese"),
    Need("tex", "biblatex.sty", "texlive-bibtex-extra"),
    Need("tex", "gb7714-2015.bbx", "texlive-bibtex-extra"),
    Need("tex", "gb7714-2015ay.bbx", "texlive-bibtex-extra"),
    Need("tex", "chicago-authordate.bbx", "texlive-bibtex-extra"),
    Need("tex", "sRGB.icc", "texlive-base"),
    Need("font", "Noto Serif CJK TC", "fonts-noto-cjk"),
    Need("font", "Noto Sans CJK TC", "fonts-noto-cjk"),
    Need("font", "TeX Gyre Pagella", "fonts-texgyre"),
    Need("test", "pdftoppm", "poppler-utils"),
    Need("test", "qpdf", "qpdf"),
    Need("test", "gs", "ghostscript"),
    Need("test", "javac", "default-jdk-headless"),
    Need("jar", "jaxb-runtime.jar", "libjaxb-java"),
    Need("jar", "javax.activation.jar", "libactivation-java"),
)
# what only a setting asks for: told, and missed only where a workspace has it
STYLES = (
    Need("style", "gb7714-2025ay.bbx", "biblatex-gb7714-2015 of 2025 or later"),
    Need("style", "gb7714-2025.bbx", "biblatex-gb7714-2015 of 2025 or later"),
)
# by their names in pyproject.toml; the program does not start without invoke and rich either
LIBRARIES = (
    "bibtexparser", "fonttools", "invoke", "lxml", "markdown-it-py", "mdit-py-plugins", "opencc",
    "openpyxl", "pylatex", "pypdf", "pypinyin", "pyyaml", "rapidfuzz", "regex", "rich",
)  # fmt: skip

JARS = Path("/usr/share/java")  # for the validator of PDF/A that the tests use

_VERSION_FLAG = {"fc-list": "--version", "pdftotext": "-v", "pdftoppm": "-v"}
_VERSION = re.compile(rb"\d+(\.\d+)+[\w.-]*")
_COMMENT = re.compile(rb"(?m)^\s*%.*$")
_STYLE_VERSION = re.compile(rb"(\d[\d.]*[a-z]?\s)?\d{4}[/-]\d\d[/-]\d\d[^\]}\n$]{0,24}")
_DATE = re.compile(rb"\d{4}[/-]\d\d[/-]\d\d")
# a version stated apart from the date, as by packages written in expl3 and by biblatex
_VERSION_APART = re.compile(
    rb"(?:\\ProvidesExpl\w+\s*\{[^}]*\}[\s%]*\{[^}]*\}|\\def\\\w+@version)\s*\{(\d[\w.]*)\}"
)
_CODES = {"program": PROGRAM_MISSING, "tex": PACKAGE_MISSING, "font": FONT_MISSING,
          "test": ONLY_TESTS,
    "jar": ONLY_TESTS, "library": LIBRARY_MISSING}  # fmt: skip
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class MetNeed:
    """A need as it was met: ``path`` is empty where it was not, ``version`` where unknown."""

    need: Need
    path: str = ""
    version: str = ""
    fault: str = ""  # why it does not run

    @property
    def met(self) -> bool:
        return bool(self.path) and not self.fault


def needs_of(*, tests: bool) -> tuple[Need, ...]:
    """What a build needs, and with ``tests`` what the tests of this project do."""
    return tuple(one for one in (*NEEDS, *STYLES) if tests or one.kind not in ("test", "jar"))


def survey(needs: Sequence[Need] = (*NEEDS, *STYLES)) -> tuple[MetNeed, ...]:
    """Look for everything, programs in parallel, since some are slow to tell their version."""
    tex = _tex([one.name for one in needs if one.kind in ("tex", "style")])
    fonts = _fonts()
    with ThreadPoolExecutor(4) as pool:
        programs = pool.map(_program, [one for one in needs if one.kind in ("program", "test")])
        found = {one.need: one for one in programs}
    for need in needs:
        if need.kind in ("tex", "style"):
            path = tex.get(need.name, "")
            found[need] = MetNeed(need, path, _style_version(path))
        elif need.kind == "jar":
            jar = JARS / need.name
            found[need] = MetNeed(need, str(jar) if jar.is_file() else "")
        elif need.kind == "font":
            found[need] = MetNeed(need, *fonts.get(need.name.casefold(), ("", "")))
    libraries = [_library(Need("library", one, one)) for one in LIBRARIES]
    return (*(found[one] for one in needs), *libraries)


def install_command(found: Sequence[MetNeed]) -> str:
    """The command that installs the Debian packages of what is missing; empty where nothing is."""
    packages = {one.need.package for one in found
                if not one.met and one.need.kind not in ("library", "style")}  # fmt: skip
    if not packages:
        return ""
    return f"sudo apt-get install --no-install-recommends {' '.join(sorted(packages))}"


def diagnose(found: Sequence[MetNeed]) -> tuple[Diagnostic, ...]:
    """A diagnostic for everything that is missing or does not run."""
    diagnostics = []
    for one in found:
        need = one.need
        if one.met or need.kind == "style":
            continue
        hint = ("./bootstrap installs it" if need.kind == "library"
                else f"sudo apt-get install --no-install-recommends {need.package}")  # fmt: skip
        fact = one.fault or f"{need.name} is not installed"
        code = NO_ANSWER if one.fault else _CODES[need.kind]
        diagnostics.append(Diagnostic(code=code, fact=fact, where=need.name, hint=hint))
    return tuple(diagnostics)


def style_missing(name: str) -> Diagnostic | None:
    """What is said of a style of references that a workspace asks for and TeX lacks."""
    needs = [one for one in STYLES if one.name in (f"{name.removesuffix('-numeric')}.bbx",
             f"{name}ay.bbx")] if name.startswith("gb7714-2025") else []  # fmt: skip
    lacking = [one for one in needs if not _tex([one.name])]
    if not lacking:
        return None
    return Diagnostic(code=PACKAGE_MISSING, where="bibliography.style", hint=(
        'set style = "gb7714-2015", or install biblatex-gb7714-2015 of 2025 or later from CTAN'),
        fact=f"the style {name} needs {lacking[0].name}, which TeX does not find")  # fmt: skip


def _program(need: Need) -> MetNeed:
    path = programs.find(need.name)
    if path is None:
        return MetNeed(need)
    said = programs.output([path, _VERSION_FLAG.get(need.name, "--version")], _SECONDS)
    if said is None:
        return MetNeed(need, path, "", f"{path} does not run")
    version = _VERSION.search(said.out + said.errors)
    if version is None:
        return MetNeed(need, path, "", f"{path} gives no version: {said.last or 'it is silent'}")
    return MetNeed(need, path, version[0].decode())


def _tex(names: Sequence[str]) -> dict[str, str]:
    """Paths of TeX's files by name, found in one run."""
    program = programs.find("kpsewhich")
    if program is None or not names:
        return {}
    said = programs.output([program, "--", *names], _SECONDS)
    lines = os.fsdecode(said.out).splitlines() if said else []
    return {Path(line).name: line for line in lines}


def _style_version(path: str) -> str:
    """Date and version that a TeX file states in its head, not in a comment."""
    if not path or path.endswith(".icc"):
        return ""
    try:
        head = Path(path).read_bytes()[:400_000]
    except OSError:
        return ""
    head = _COMMENT.sub(b"", head)
    date, apart = _DATE.search(head), _VERSION_APART.search(head)
    if date and apart:
        return f"{date[0].decode().replace('-', '/')} v{apart[1].decode()}"
    stated = _STYLE_VERSION.search(head)
    return stated[0].decode("utf-8", "replace").strip() if stated else ""


def _fonts() -> dict[str, tuple[str, str]]:
    """(path, version) of the regular face of each installed family, by name in lower case."""
    lines = list_fonts("%{family}\t%{style}\t%{file}\t%{fontversion}\n")
    found: dict[str, tuple[str, str]] = {}
    for line in lines:
        families, style, path, number, *_ = [*line.split("\t"), "", "", ""]
        version = f"{int(number) / 65536:.3f}" if number.isdecimal() else ""
        for family in families.casefold().split(","):
            if family not in found or style.casefold().split(",")[0] == "regular":
                found[family] = (path, version)
    return found


def _library(need: Need) -> MetNeed:
    from importlib import metadata

    try:
        found = metadata.distribution(need.name)
    except metadata.PackageNotFoundError:
        return MetNeed(need)
    return MetNeed(need, str(found.locate_file("")), found.version)
