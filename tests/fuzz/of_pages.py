"""Text to the page: what XeLaTeX, the finished PDF and poppler make of it is what was written, or
the check has said that it cannot be printed."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path
from random import Random

from book_samples import SETTINGS, workspace

from edition import config, private
from edition.build.run import build
from edition.build.stages import prepare
from edition.build.types import Request
from edition.diagnostics import Severity
from edition.engine import fonts
from edition.engine.cache import Cache
from edition.latex.escape import refused, unset
from edition.latex.faces import Faces
from edition.source import SourceFile
from fuzz import grammars, mutate
from fuzz.invariants import BrokenError, must, sound
from fuzz.targets import Target, workplace

LINES = 40  # segments of a batch
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# what the format of a text means by a line's beginning is no concern of pages
_LEAD = "園"
# marks that tower above their letters, and signs without a place where a line may end: what the
# grid or the measure does not allow is refused at its place
_TOLD = ("TEX003", "TEX005")
# characters that print nothing, or that a PDF says as others of the same meaning
_UNTOLD = re.compile(
    "[\u00ad\u034f\u180b-\u180f\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)


def targets() -> list[Target]:
    if shutil.which("xelatex") is None or shutil.which("pdftotext") is None:
        return []
    return [Target(name="pages", look=_pages, seeds=list, make=_batch, share=1, seconds=60)]


def _batch(rng: Random) -> str:
    """Lines of one script, or words of the grammar with signs among them."""
    made = []
    for _ in range(LINES):
        line = mutate.anything(rng, rng.choice((4, 12, 24)))
        if rng.random() < 0.4:
            line = mutate.grown(rng, grammars.TEXT, "words")
            at = rng.randrange(len(line) + 1)
            line = line[:at] + rng.choice(mutate.TOKENS) + line[at:]
        made.append(" ".join(line.split()))
    return "\n".join(made)


def _pages(data: bytes) -> None:
    lines = [one for one in data.decode("utf-8", "replace").split("\n") if one.strip()]
    root = _written(lines)
    first = prepare(root)
    sound(first.diagnostics)
    faces = fonts.probe(config.load(root).value, Cache(private.of_workspace(root))).value  # type: ignore[arg-type]
    if faces is None:
        raise BrokenError("there are no fonts")
    bad = _unprintable(lines, faces)
    errors = [one for one in first.diagnostics if one.level is Severity.ERROR]
    must(bool(errors) >= bool(bad), "a character that cannot be printed is not told of")
    while bad:  # a mark whose letter is left out comes to stand above another
        lines = ["".join(one for one in line if one not in bad) for line in lines]
        lines = [line for line in lines if line.strip()]
        root = _written(lines)
        bad = _unprintable(lines, faces)
    request = Request(root=root, layout="facing" if len(data) % 2 else "columns", jobs=1)
    made = build(request)
    sound(made.diagnostics)
    wrong = [one for one in made.diagnostics if one.level is Severity.ERROR]
    high = {int(one.segment.rpartition(".")[2]) for one in wrong if one.code.id in _TOLD}
    if high:  # said of a line at its place: the others are to be printed
        lines = [one for number, one in enumerate(lines, 1) if number not in high]
        _written(lines)
        made = build(request)
        wrong = [one for one in made.diagnostics if one.level is Severity.ERROR]
    if wrong:
        told = "\n".join(f"{one.place}: {one.fact}" for one in wrong[:5])
        raise BrokenError(f"the build says {wrong[0].code.id}\n{told}")
    must(made.value is not None, "no edition and no error")
    if made.value is not None:
        _same(lines, made.value.pdf)


def _unprintable(lines: list[str], faces: Faces) -> set[str]:
    """Characters of the lines, each behind :data:`_LEAD`, that the edition refuses to print."""
    every = "".join(lines)
    bad = {one for _, one in refused(every)}
    bad = bad.union(*(unset(_LEAD + one, faces) for one in lines))
    bad |= {one.text for one in SourceFile("", every).hidden()}
    return bad & set(every)


def _written(lines: list[str]) -> Path:
    root = workplace() / "pages"
    shutil.rmtree(root, ignore_errors=True)
    escaped = [_PUNCTUATION.sub(r"\\\1", line) for line in lines]
    text = "".join(f"{_LEAD}{one} {{#i.{n}}}\n\n" for n, one in enumerate(escaped, 1))
    return workspace(
        root, f"# {_LEAD} {{#i}}\n\n{text}", f"# {_LEAD} {{#i}}\n\n{text}", settings=SETTINGS
    )


def _same(lines: list[str], pdf: Path) -> None:
    """Every character stands on the pages as often as in both texts; poppler reads them."""
    said = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", "-q", str(pdf), "-"],
                          capture_output=True, check=True, timeout=120)  # fmt: skip
    have = Counter(_plain(said.stdout.decode("utf-8", "replace")))
    want = Counter(_plain("".join(lines) * 2))
    lacking = sorted(f"U+{ord(one):04X}" for one in want if want[one] > have[one])
    if lacking:
        raise BrokenError(
            f"characters are not on the pages\n{len(lacking)}: {' '.join(lacking[:9])}"
        )


def _plain(text: str) -> str:
    """Without white space and what prints nothing, in the form that sorts of one letter share."""
    return unicodedata.normalize("NFKD", _UNTOLD.sub("", "".join(text.split())))
