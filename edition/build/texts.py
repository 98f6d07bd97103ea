"""What writers are given: an edition with its list of references as text, and in both scripts
where a format shows both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from edition.build.prepared import Prepared
from edition.build.stages import encoded, in_other_script
from edition.build.types import Request
from edition.build.works import list_references
from edition.diagnostics import Diagnostic, Outcome, error
from edition.writers import Manuscript, Pages, writer

if TYPE_CHECKING:
    from edition.build.pages import Composed
    from edition.engine.cache import Cache
    from edition.layout.types import Book


UNFIT = error("USE013", "A format that the edition cannot have")


def unfit(
    prepared: Prepared, formats: Sequence[str], request: Request
) -> tuple[Diagnostic, ...]:  # fmt: skip
    """Which of ``formats`` hold what this edition, or this variant of it, does not have."""
    from edition import config as settings

    config, terms = prepared.config, prepared.edition.terms
    alone = config.languages[0] if len(config.languages) == 1 else None
    whole = config.variant.side is None and not config.variant.exam
    found = []
    for one in map(writer, formats):
        if one.pairs and alone and not (one.untranslated and whole and alone == "zh"):
            tongue = {"zh": "Chinese", "en": "English"}[alone]
            fact = f"{one.name} holds both languages, and this edition has {tongue} alone"
            hint = "build it of the whole edition, or leave it out of --to and [outputs]"
        elif one.terms and not terms:
            fact = f"{one.name} holds the glossary, and this edition has none"
            hint = "write source/glossary.toml, or leave it out of --to and [outputs]"
        else:
            continue
        place = None if request.formats else settings.place(request.root, "outputs", "formats")
        where = "" if place else "command line"
        found.append(Diagnostic(code=UNFIT, fact=fact, hint=hint, span=place, where=where))
    return tuple(found)


def manuscript(
    prepared: Prepared,
    composed: Composed | None,
    formats: Sequence[str],
    root: Path,
    work: Path,
    cache: Cache,
    progress: Callable[[str], None],
) -> Outcome[Manuscript | None]:
    """The edition for the writers of ``formats``; None where its list of references failed.
    Nothing is done for texts where only pages are wanted."""
    if composed is not None and all(writer(one).pages for one in formats):
        return Outcome(_pages_alone(prepared, composed, root))
    progress("texts")
    made = _text(prepared, composed.book if composed else None, root, work / "texts", cache)
    if made.value is None:
        return made
    both = any(writer(one).scripts for one in formats) and "zh" in prepared.config.languages
    done, found = made.value, made.diagnostics
    if both:
        other = _text(in_other_script(prepared), None, root, work / "other-script", cache)
        found = (*found, *other.diagnostics)
        done = replace(done, other=other.value)
    if any(writer(one).data for one in formats):
        done = replace(done, encoded=encoded(prepared))
    if composed is not None:
        done = replace(done, pages=Pages(pdf=composed.pdf, plan=composed.plan))
    return Outcome(done, found)


def _pages_alone(prepared: Prepared, composed: Composed, root: Path) -> Manuscript:
    from edition.model import References

    return Manuscript(
        name=prepared.name, config=prepared.config, edition=prepared.edition, book=composed.book,
        references=References(style="", entries={}), library=prepared.library, root=root,
        pages=Pages(pdf=composed.pdf, plan=composed.plan),
    )  # fmt: skip


def _text(
    prepared: Prepared, book: Book | None, root: Path, work: Path, cache: Cache
) -> Outcome[Manuscript | None]:
    from edition.layout.assemble import assemble

    layout = prepared.layout
    assert layout is not None
    listed = list_references(prepared, work, cache, root)
    if listed.value is None:
        return Outcome(None, listed.diagnostics)
    book = book or assemble(prepared.edition, prepared.config, layout, listed.value)
    return Outcome(
        Manuscript(name=prepared.name, config=prepared.config, edition=prepared.edition,
                   book=book, references=listed.value, library=prepared.library, root=root),
        listed.diagnostics,
    )  # fmt: skip
