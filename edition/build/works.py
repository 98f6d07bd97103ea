"""The works of an edition: which it knows, which it cites, how they are listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from edition import source
from edition.build.prepared import Prepared
from edition.characters import RESERVED
from edition.config import Bilingual, Config
from edition.diagnostics import Diagnostic, Outcome
from edition.model import LANGS, Cite, Edition, Emph, Inlines, Strong, Styled

if TYPE_CHECKING:
    from edition.bibliography.types import Library
    from edition.engine.cache import Cache
    from edition.keeping import Keep
    from edition.model import Name, References

REFERENCES = Path("bib") / "references.bib"
CORRECTED = Path("bib") / "corrected.bib"


def library(root: Path, keep: Keep | None = None) -> Outcome[Library | None]:
    """The corrected bibliography where it has been made, else the one as found; None where the
    workspace has none. Keys of merged entries, in ``ids``, are aliases."""
    from edition.keeping import Keep

    shown = next((one for one in (CORRECTED, REFERENCES) if source.is_there(root / one)), None)
    if shown is None:
        return Outcome(None)

    def load() -> Outcome[Library]:
        from edition.bibliography.reading import parse

        return parse.load(root / shown, shown.as_posix())

    try:
        data = source.read_bytes(root / shown).decode("latin-1")  # of any encoding
        parsed = (keep or Keep()).value("library", (shown.as_posix(), data), load)
    except OSError:
        parsed = load()
    aliases = {
        alias: entry.key
        for entry in parsed.value
        for one in entry.get("ids").split(",")
        if (alias := one.strip())
    }
    merged = replace(parsed.value, aliases=aliases | dict(parsed.value.aliases))
    return Outcome(merged, parsed.diagnostics)


def no_library() -> Library:
    from edition.bibliography.types import Library

    return Library(entries=())


def in_script(library: Library, config: Config, names: Sequence[Name]) -> Library:
    """The library as the edition's script prints it: citations stand in converted text."""
    if config.script == config.source_script:
        return library
    from edition import script as scripts
    from edition.engine.references import convert_fields

    return convert_fields(library, scripts.converter(config, names))


def known(library: Library) -> frozenset[str]:
    """The keys that a text may cite: those of entries, and of what was merged into them."""
    return frozenset(one.key for one in library) | frozenset(library.aliases)


def citations(edition: Edition) -> Iterator[str]:
    """Keys of all citations, text before notes before glossary, with repetitions."""
    for pair in edition.pairs:
        for lang in LANGS:
            for segment in pair.side(lang):
                yield from cited_in(segment.inlines)
                if segment.table:
                    for row in (segment.table.header, *segment.table.rows):
                        for cell in row:
                            yield from cited_in(cell.inlines)
    for section in edition.sections:
        for footnote in section.footnotes:
            yield from cited_in(footnote.inlines)
    for note in edition.notes:
        for lang in LANGS:
            yield from cited_in(note.texts.get(lang, ()))
    for term in edition.terms:
        yield from cited_in(term.zh_gloss)
        yield from cited_in(term.en_gloss)


def cited_in(inlines: Inlines) -> Iterator[str]:
    """Keys of the citations in a text, in order."""
    for one in inlines:
        if isinstance(one, Cite):
            yield from (item.key for item in one.items)
        elif isinstance(one, Emph | Strong | Styled):
            yield from cited_in(one.children)


def unprintable(
    library: Library, cited: Sequence[str], config: Config, cache: Cache
) -> Sequence[Diagnostic]:
    """Characters of the works listed that no font has."""
    from edition.engine import fonts

    wanted = {library.aliases.get(key, key) for key in cited}
    listed = [one for one in library.entries
              if config.bibliography.entries == "all" or one.key in wanted]  # fmt: skip
    every = "".join(set().union(*(field.value for one in listed for field in one.fields)))
    faces = fonts.probe(config, cache).value if not every.isascii() else None
    if faces is None:
        return ()
    if not faces.missing(every) and not RESERVED.search(every):
        return ()
    from edition.engine import references

    return references.lacking(listed, faces)


def list_references(
    prepared: Prepared, work: Path, cache: Cache, root: Path,
    making: Callable[[], None] = lambda: None,
) -> Outcome[References | None]:  # fmt: skip
    """The list of references, formatted in a run of its own, and what its citations print.
    ``making`` is called where it is not kept, before it is made."""
    from edition.engine import references

    readings = {one.zh: one.sort for one in prepared.edition.names if one.zh and one.sort}
    listed = references.run(
        prepared.library, prepared.cited, prepared.config, work, cache, root=root,
        readings=readings, romanised=_romanised(prepared.config, prepared.edition.names),
        making=making,
    )  # fmt: skip
    if listed.value is None:
        return listed
    made = listed.value
    if prepared.config.bibliography.corrections:
        lines = corrected(root, prepared.config, prepared.edition.names)
        made = replace(made, corrections=lines)
    shorts = _short_forms(prepared, made)
    if shorts:
        from edition.layout import shortforms

        made = shortforms.shortened(made, prepared.edition, prepared.config, shorts)
    return Outcome(made, listed.diagnostics)


def _short_forms(prepared: Prepared, references: References) -> dict[str, Bilingual]:
    """The short forms of the authors of works, by key: those of the list, else of the bodies that
    names.toml has."""
    bodies: dict[str, Bilingual] = {}
    for name in prepared.edition.names:
        if name.short or name.short_en:
            forms = (name.zh, name.en, name.hans, name.hant, *name.variants)
            bodies |= dict.fromkeys(forms, Bilingual(zh=name.short, en=name.short_en))
    bodies.pop("", None)
    found = {}
    for key, one in references.entries.items():
        entry = prepared.library.find(key)
        told = entry.get("shortauthor").strip("{} ") if entry else ""
        if told:
            found[key] = Bilingual(zh=told, en=told)
        elif known := bodies.get(one.authors) or bodies.get(one.authors_en):
            found[key] = known
    return found


def _romanised(config: Config, names: Sequence[Name]) -> dict[str, str]:
    """Chinese forms of the names that the edition knows, in the script it prints -> English."""
    from edition import script as scripts

    known = [one for one in names if one.zh and one.en and one.kind in ("person", "body")]
    if not known:
        return {}
    convert = scripts.converter(config, names) if config.script != config.source_script else str
    return {
        form: one.en
        for one in known
        for form in {one.zh, convert(one.zh), one.hans, one.hant, *one.variants}
        if form and not form.isascii()
    }


def corrected(root: Path, config: Config, names: Sequence[Name]) -> tuple[tuple[str, str], ...]:
    """The lines of the appendix of corrections to the bibliography, Chinese and English; the
    Chinese in the script of the edition."""
    from edition import script as scripts
    from edition.bibliography import service
    from edition.bibliography.writing import appendix

    done = service.repaired(root)
    if done is None:
        return ()
    # the words of the appendix are traditional, whatever the text is written in
    convert = scripts.converter(config, names) if config.script == "hans" else str
    return appendix.rows(done, convert)
