"""The tasks of ``invoke``: each is one call of the ``edition`` command of the same name. Words that
a command takes or leaves are options here, in one argument: invoke knows no optional words."""

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
    variant: str = "",
    side: str = "",
    notes: str = "",
    paper: str = "",
    scale: str = "",
    large_print: bool = False,
    exam: bool = False,
    all_variants: bool = False,
    to: str = "",
    out: str = "",
    proof: bool = False,
    plain: bool = False,
    jobs: str = "",
    prove_all: bool = False,
    format: str = "",
    all: bool = False,
    quiet: bool = False,
) -> None:
    """Build the edition: dist/<id>.pdf with its proof."""
    _run(
        "build",
        dir=dir,
        layout=layout,
        script=script,
        variant=variant,
        side=side,
        notes=notes,
        paper=paper,
        scale=scale,
        large_print=large_print,
        exam=exam,
        all_variants=all_variants,
        to=to,
        out=out,
        proof=proof,
        plain=plain,
        jobs=jobs,
        prove_all=prove_all,
        format=format,
        all=all,
        quiet=quiet,
    )


@task
def check(
    c: Context,
    dir: str = "",
    layout: str = "",
    script: str = "",
    variant: str = "",
    side: str = "",
    notes: str = "",
    paper: str = "",
    scale: str = "",
    large_print: bool = False,
    exam: bool = False,
    base: str = "",
    files: str = "",
    stdin: str = "",
    fix: bool = False,
    dry_run: bool = False,
    format: str = "",
    all: bool = False,
    quiet: bool = False,
) -> None:
    """Check everything that needs no TeX."""
    _run(
        "check",
        *files.split(),
        dir=dir,
        layout=layout,
        script=script,
        variant=variant,
        side=side,
        notes=notes,
        paper=paper,
        scale=scale,
        large_print=large_print,
        exam=exam,
        base=base,
        stdin=stdin,
        fix=fix,
        dry_run=dry_run,
        format=format,
        all=all,
        quiet=quiet,
    )


@task
def watch(
    c: Context, dir: str = "", layout: str = "", script: str = "", variant: str = "",
    side: str = "", port: str = "", link: str = "", jobs: str = "", quiet: bool = False,
) -> None:  # fmt: skip
    """Show the pages in a browser, made again whenever a file is saved."""
    _run("watch", dir=dir, layout=layout, script=script, variant=variant, side=side, port=port,
         link=link, jobs=jobs, quiet=quiet)  # fmt: skip


@task
def series(
    c: Context,
    file: str = "",
    list: bool = False,
    only: str = "",
    report: bool = False,
    out: str = "",
    jobs: str = "",
    scheduler: str = "",
    prove_all: bool = False,
    format: str = "",
    quiet: bool = False,
) -> None:
    """Build what series.toml lists, on all cores or on a cluster."""
    _run(
        "series",
        *([file] if file else []),
        list=list,
        only=only,
        report=report,
        out=out,
        jobs=jobs,
        scheduler=scheduler,
        prove_all=prove_all,
        format=format,
        quiet=quiet,
    )


@task
def schema(
    c: Context, name: str = "", write: bool = False, dir: str = "", format: str = "",
    all: bool = False,
) -> None:  # fmt: skip
    """Print a JSON Schema of the files that an editor writes."""
    _run("schema", *name.split(), write=write, dir=dir, format=format, all=all)


@task
def trust(c: Context, dir: str = "", revoke: bool = False) -> None:
    """Let the TeX styles of a workspace run, as they are now."""
    _run("trust", dir=dir, revoke=revoke)


@task
def clean(c: Context, dir: str = "") -> None:
    """Remove dist/ and the caches."""
    _run("clean", dir=dir)


@task
def test(c: Context, words: str = "") -> None:
    """Run the project's tests; --words are pytest's."""
    _run("test", *words.split())


@task
def fuzz(
    c: Context,
    minutes: str = "",
    inputs: str = "",
    seed: str = "",
    target: str = "",
    jobs: str = "",
) -> None:
    """Run broken and strange inputs through everything that reads."""
    _run("fuzz", minutes=minutes, inputs=inputs, seed=seed, target=target, jobs=jobs)


@task
def bench(c: Context, topics: str = "", peers: bool = False) -> None:
    """Print what is measured, of all --topics or of some."""
    _run("bench", *topics.split(), peers=peers)


@task
def doctor(c: Context, dir: str = "", format: str = "", tests: bool = False) -> None:
    """List programs, packages and fonts found, and what is missing."""
    _run("doctor", dir=dir, format=format, tests=tests)


@task(name="import")
def import_(
    c: Context,
    from_: str = "",
    to: str = "",
    normalise: bool = False,
    update: bool = False,
    review: bool = False,
    html: bool = False,
    as_notes: str = "",
    format: str = "",
) -> None:
    """Import an article into a workspace, with a report of what is wrong in it."""
    _run(
        "import",
        from_=from_,
        to=to,
        normalise=normalise,
        update=update,
        review=review,
        html=html,
        as_notes=as_notes,
        format=format,
    )


@task
def collate(
    c: Context,
    witnesses: str,
    fold: bool = False,
    layer: str = "",
    text: str = "",
    dir: str = "",
    format: str = "",
    all: bool = False,
) -> None:
    """Compare witnesses (SIGLUM=FILE …) with the Chinese text; propose entries of the apparatus."""
    _run(
        "collate",
        *witnesses.split(),
        fold=fold,
        layer=layer,
        text=text,
        dir=dir,
        format=format,
        all=all,
    )


@task
def align(
    c: Context,
    segments: str = "",
    write: bool = False,
    review: bool = False,
    html: bool = False,
    accept: bool = False,
    least: str = "",
    update: str = "",
    pairs: bool = False,
    dir: str = "",
    format: str = "",
    all: bool = False,
) -> None:
    """Tell which segments of the two languages answer to each other; with --write, write it."""
    _run(
        "align",
        *segments.split(),
        write=write,
        review=review,
        html=html,
        accept=accept,
        least=least,
        update=update,
        pairs=pairs,
        dir=dir,
        format=format,
        all=all,
    )


@task
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


@task
def press(
    c: Context,
    dir: str = "",
    layout: str = "",
    script: str = "",
    variant: str = "",
    side: str = "",
    notes: str = "",
    paper: str = "",
    scale: str = "",
    large_print: bool = False,
    exam: bool = False,
    profile: str = "",
    out: str = "",
    format: str = "",
    quiet: bool = False,
) -> None:
    """Build, then make the files for a printer."""
    _run(
        "press",
        dir=dir,
        layout=layout,
        script=script,
        variant=variant,
        side=side,
        notes=notes,
        paper=paper,
        scale=scale,
        large_print=large_print,
        exam=exam,
        profile=profile,
        out=out,
        format=format,
        quiet=quiet,
    )


@task(positional=["file"])
def booklet(
    c: Context,
    file: str,
    signature: str = "",
    sheet: str = "",
    creep: str = "",
    marks: bool = False,
    proof: bool = False,
    out: str = "",
) -> None:
    """Impose a PDF for printing at home."""
    _run(
        "booklet",
        file,
        signature=signature,
        sheet=sheet,
        creep=creep,
        marks=marks,
        proof=proof,
        out=out,
    )


@task
def bib(
    c: Context,
    file: str = "",
    from_: str = "",
    update: str = "",
    out: str = "",
    review: bool = False,
    html: bool = False,
    no_auto: bool = False,
    sort: str = "",
    check: bool = False,
    gb7714: bool = False,
    house_style: bool = False,
    dir: str = "",
    format: str = "",
) -> None:
    """Correct a bibliography and explain every change."""
    _run(
        "bib",
        *([file] if file else []),
        from_=from_,
        update=update,
        out=out,
        review=review,
        html=html,
        no_auto=no_auto,
        sort=sort,
        check=check,
        gb7714=gb7714,
        house_style=house_style,
        dir=dir,
        format=format,
    )
