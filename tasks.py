"""The tasks of ``invoke``: each is one call of the ``edition`` command of the same name."""

from __future__ import annotations

from typing import Any

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from edition import cli


def _run(command: str, *words: str, **options: Any) -> None:
    """Run ``edition COMMAND WORDS --option VALUE …``; options that are empty are left out."""
    for name, value in options.items():
        flag = f"--{name.strip('_').replace('_', '-')}"
        if value is True:
            words += (flag,)
        elif value not in ("", False, None):
            words += (flag, str(value))
    code = cli.main([command, *words])
    if code:
        raise Exit(code=code)


@task
def build(
    c: Context,
    dir: str = "",
    layout: str = "",
    script: str = "",
    out: str = "",
    format: str = "",
    quiet: bool = False,
) -> None:
    """Build the edition: dist/<id>.pdf with its proof."""
    _run("build", dir=dir, layout=layout, script=script, out=out, format=format, quiet=quiet)


@task
def check(
    c: Context,
    dir: str = "",
    layout: str = "",
    script: str = "",
    format: str = "",
    quiet: bool = False,
) -> None:
    """Check everything that needs no TeX."""
    _run("check", dir=dir, layout=layout, script=script, format=format, quiet=quiet)


@task
def clean(c: Context, dir: str = "") -> None:
    """Remove dist/ and the caches."""
    _run("clean", dir=dir)


@task(positional=["words"])
def test(c: Context, words: str = "") -> None:
    """Run the project's tests; words are pytest's, in one argument."""
    _run("test", *words.split())


@task(positional=["topics"])
def bench(c: Context, topics: str = "") -> None:
    """Print what is measured; topics in one argument."""
    _run("bench", *topics.split())


@task
def doctor(c: Context, dir: str = "", format: str = "") -> None:
    """List programs, packages and fonts found, and what is missing."""
    _run("doctor", dir=dir, format=format)


@task(positional=["segments"])
def ids(
    c: Context, segments: str = "", touch: bool = False, dir: str = "", format: str = ""
) -> None:
    """Write missing ids into the text files; with --touch, that translations were checked."""
    _run("ids", *segments.split(), touch=touch, dir=dir, format=format)


@task(positional=["folder"])
def new(c: Context, folder: str, format: str = "") -> None:
    """Write a new workspace: a small edition to begin with."""
    _run("new", folder, format=format)


@task(positional=["file"])
def preflight(c: Context, file: str, for_: str = "", format: str = "") -> None:
    """Look a PDF over before it goes to a printer or an archive."""
    _run("preflight", file, for_=for_, format=format)
