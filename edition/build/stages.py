"""The stages before TeX, in order. They go on past errors as far as their values carry, so that
an editor sees everything that is wrong at once."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from edition import boundary, private, source, templates
from edition.build import onefile
from edition.characters import RESERVED
from edition.config import WHOLE, Bilingual, Config, LayoutName, Script, Variant, applied
from edition.diagnostics import Diagnostic, Outcome, override
from edition.model import LANGS, Cite, Edition, Emph, Inlines, Strong, Styled

if TYPE_CHECKING:
    from edition.bibliography.types import Library
    from edition.engine.cache import Cache
    from edition.keeping import Keep
    from edition.layout.types import Layout
    from edition.model import Name, References

REFERENCES = Path("bib") / "references.bib"
_FOUND = (REFERENCES.as_posix(),)  # in bib/, and not made by this program
CORRECTED = Path("bib") / "corrected.bib"


# a file of text is missing: what notes, translations and names say of it says nothing
_UNREAD = frozenset(("TXT001", "TXT002", "TXT019", "TXT024"))


_MANY = 600  # segments from which on a copy of this process is worth its while


def _silent(stage: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconverted:
    """An edition in the script of its source, without what it leaves out. ``encoded``: with the
    notes as they are written, no entry and no emendation being printed yet, and whole."""

    edition: Edition
    encoded: Edition
    config: Config
    library: Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An edition ready to be set: converted to its script, with its references and layout."""

    name: str  # of the output, without suffix
    config: Config
    edition: Edition
    library: Library
    layout: Layout | None
    cited: tuple[str, ...]  # keys in order of first citation
    unconverted: Unconverted | None = None  # what it was made of, for its other script
    script_log: str = ""  # every choice among readings of the conversion, a line each


def prepare(
    root: Path,
    *,
    layout: LayoutName | None = None,
    script: Script | None = None,
    variant: Variant = WHOLE,
    progress: Callable[[str], None] = _silent,
    cache: Cache | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Outcome[Prepared | None]:
    """Everything up to TeX, of the edition as ``layout``, ``script`` and ``variant`` ask for it; a
    variant with a name is that of ``edition.toml``, with what it says itself beside. The value is
    None only where there is no readable ``edition.toml``, or no such variant; with errors among the
    diagnostics it is not to be set. ``meanwhile`` is done while a copy of this process looks at the
    script of a long text; without it all is done here. Raises ``OSError`` for nothing but faults of
    the file system within the workspace."""
    from edition import anchors, apparatus, checks, typography
    from edition import config as settings
    from edition import script as scripts
    from edition.layout import heads, languages, margins, naming, spec, variants
    from edition.model import References
    from edition.readers import captions, read_edition

    progress("read")
    crossed = boundary.crossed(root)
    if crossed:
        return Outcome(None, crossed)
    loaded = settings.load(root)
    found = list(loaded.diagnostics)
    if loaded.value is None:
        return Outcome(None, tuple(found))
    found += _formats(loaded.value, root)
    chosen = settings.named(loaded.value, variant)
    if chosen.value is None:
        return Outcome(None, (*found, *chosen.diagnostics))
    asked = settings.over(chosen.value, Variant(layout=layout, script=script))
    config = settings.applied(loaded.value, asked)
    cache = cache or store(root)
    keep = cache.keep
    read = read_edition(root, config, keep)
    counted = captions.numbered(read.value, config)
    anchored = anchors.attach(apparatus.printed(counted.value, config))
    text = apparatus.emended(anchored.value, config)
    bibliography = library(root, cache.keep)
    progress("check")
    found += [*read.diagnostics, *counted.diagnostics, *bibliography.diagnostics]
    if not _UNREAD & {one.code.id for one in read.diagnostics}:
        keys = None if bibliography.value is None else known(bibliography.value)
        found += [*anchored.diagnostics, *checks.run(text, config, keys)]
    marked, stated = text, config

    def checked() -> list[Diagnostic]:
        every = scripts.units(marked, stated)
        told = list(scripts.check(marked, stated, keep, every=every))
        return [*told, *typography.check(marked, stated, every=every)]

    told = _beside(checked, keep) if meanwhile and len(text.segments) > _MANY else checked
    before, found = found, []
    progress("convert")
    text, config = variants.narrowed(text, config)
    narrowed = Unconverted(
        edition=text, encoded=replace(anchored.value, notes=counted.value.notes), config=config,
        library=bibliography.value or _no_library(),
    )  # fmt: skip
    text, facts, converted = _printed(text, config)
    found += naming.check(text, facts)
    shape = spec.load(facts, root)
    found += [*converted[0], *shape.diagnostics]
    page = languages.alone(shape.value, facts.languages) if shape.value else None
    if page is not None:
        found += margins.check(text, page)
        found += heads.check(text, page, References(style="", entries={}))
    cited = tuple(dict.fromkeys(citations(text)))
    found += [*_glyphs(text, facts, cache), *_charts(text, root), *templates.told(root)]
    found += _listed(bibliography.value or _no_library(), cited, facts, cache)
    keep.save()
    if meanwhile:
        meanwhile()
    found = [*before, *told(), *found]
    keep.save()  # what the check of script made, where no copy of this process did
    prepared = Prepared(
        name=_name(loaded.value, config),
        config=facts,
        edition=text,
        library=_in_script(narrowed.library, config, anchored.value.names),
        layout=page,
        cited=cited,
        unconverted=narrowed,
        script_log=converted[1],
    )
    return Outcome(prepared, override(unique(found), config.severities))


def _beside(check: Callable[[], list[Diagnostic]], keep: Keep) -> Callable[[], list[Diagnostic]]:
    """What ``check`` finds, by a copy of this process, which keeps what it made; by this one
    where that fails."""
    from edition import aside
    from edition.keeping import UnreadableError, dumps, loads

    if not aside.possible():
        return check

    def work(_: Callable[[], bool]) -> bytes:
        told = dumps(check())
        keep.save()
        return told

    heard = aside.begin(work)

    def told() -> list[Diagnostic]:
        data = heard()
        with contextlib.suppress(UnreadableError):
            return list(loads(data)) if data is not None else check()
        return check()

    return told


def _printed(
    text: Edition, config: Config
) -> tuple[Edition, Config, tuple[tuple[Diagnostic, ...], str]]:
    """An edition and its facts in the script to print, with printed marks; what the conversion
    found, and its log."""
    from edition import script as scripts
    from edition import typography
    from edition.layout import languages

    converted = scripts.convert(text, config)
    marked = typography.apply(converted.value.edition, converted.value.config)
    text, facts = languages.printed(*marked.value)
    found = (*converted.diagnostics, *marked.diagnostics)
    return text, facts, (found, scripts.log_text(converted.value.log))


def in_other_script(prepared: Prepared) -> Prepared:
    """The same edition in the other script of Chinese. Nothing is found that was not found
    before."""
    made = prepared.unconverted
    assert made is not None
    config = replace(made.config, script="hans" if made.config.script == "hant" else "hant")
    text, facts, _ = _printed(made.edition, config)
    return replace(prepared, edition=text, config=facts, unconverted=None,
                   library=_in_script(made.library, config, made.edition.names))  # fmt: skip


def encoded(prepared: Prepared) -> Edition:
    """The edition with its notes, entries and emendations as they are written, in the script to
    print, without what its variant leaves out."""
    from edition import script as scripts
    from edition.layout import variants

    made = prepared.unconverted
    assert made is not None
    text, _ = variants.narrowed(made.encoded, made.config)
    return scripts.convert(text, made.config).value.edition


def _formats(config: Config, root: Path) -> Iterator[Diagnostic]:
    """Formats in the settings that nobody writes."""
    from edition import config as settings
    from edition.config.file import VALUE
    from edition.writers import FORMATS

    for name in config.outputs:
        if name not in FORMATS:
            yield Diagnostic(code=VALUE, fact=f"there is no format “{name}”",
                             span=settings.place(root, "outputs", "formats"),
                             hint=f"there are: {', '.join(FORMATS)}")  # fmt: skip


def _charts(edition: Edition, root: Path) -> Sequence[Diagnostic]:
    """PDFs among the pictures that cannot be placed."""
    if not any(one.figure.lower().endswith(".pdf") for one in edition.segments.values()):
        return ()
    from edition.press import charts

    return tuple(charts.check(edition, root))


def _glyphs(edition: Edition, config: Config, cache: Cache) -> Sequence[Diagnostic]:
    """Characters that no font has; nothing where the fonts themselves are missing, which the
    build says."""
    from edition.engine import fonts, glyphs

    faces = fonts.probe(config, cache).value
    if faces is None or not glyphs.unprintable(glyphs.text_of_edition(edition, config), faces):
        return ()
    # controls in files are found by those who read them
    return glyphs.check(glyphs.of_edition(edition, config, faces), faces, controls=False)


def _listed(
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


def store(root: Path) -> Cache:
    """The store of a workspace, where builds have it; one that holds nothing where there can be
    none, as builds will say."""
    from edition.build import stamp
    from edition.engine.cache import Cache

    try:
        home = private.of_workspace(root)
    except OSError:
        home = Path(os.devnull)
    return Cache(home, stamp.code())


def configured(
    root: Path, layout: LayoutName | None = None, script: Script | None = None,
    variant: Variant = WHOLE,
) -> Outcome[Config | None]:  # fmt: skip
    """The settings as :func:`prepare` gives them, facts of the book converted, without the rest."""
    ready = prepare(root, layout=layout, script=script, variant=variant)
    return Outcome(ready.value.config if ready.value else None, ready.diagnostics)


def _name(own: Config, asked: Config) -> str:
    """The edition's id, with its variant and what else of it is not as the edition's own."""
    variant, usual = asked.variant, own.variants.get(asked.variant.name, WHOLE)
    parts = [own.id]
    if variant.name:
        parts.append(variant.name)
        own = applied(own, usual)
    told = (("side", variant.side), ("notes", "".join(variant.notes or ()) or "no-notes"),
            ("paper", variant.paper.replace("×", "x")), ("scale", variant.scale),
            ("large_print", "large"), ("exam", "exam"), ("glossary", "no-glossary"))  # fmt: skip
    parts += [str(word) for key, word in told if getattr(variant, key) != getattr(usual, key)]
    if asked.layout != own.layout:
        parts.append(asked.layout)
    if asked.script != own.script:
        parts.append(asked.script)
    return "-".join(parts)


def check(
    root: Path,
    *,
    layout: LayoutName | None = None,
    script: Script | None = None,
    variant: Variant = WHOLE,
    base: Path | None = None,
    progress: Callable[[str], None] = _silent,
    only: Collection[str] | None = None,
) -> tuple[Diagnostic, ...]:
    """Everything that can be said of a workspace without TeX; what its textual notes say of the
    base text too, where ``base`` or its settings name a file of that. ``only``: what stands in
    these files, named from the workspace, and what keeps all from being read; what looks at others
    alone is left out."""
    ready = prepare(root, layout=layout, script=script, variant=variant, progress=progress)
    if ready.value is None:
        return ready.diagnostics
    config = ready.value.config
    more: list[Diagnostic] = []
    if only is None or any(one.startswith("bib/") and one not in _FOUND for one in only):
        more += outdated(root)
    if only is None or any(one.startswith("source/notes/") for one in only):
        more += witnessed(root, config, base)
    found = (*ready.diagnostics, *override(more, config.severities))
    return found if only is None else onefile.of(found, only)


def witnessed(root: Path, config: Config, base: Path | None = None) -> tuple[Diagnostic, ...]:
    """What the textual notes say of the base text and does not stand in its file; nothing where
    no file is named."""
    if base is None and not config.base_file:
        return ()
    from edition import basetext
    from edition import config as settings
    from edition.readers import read_edition

    loaded = basetext.load(root, config, base)
    own = settings.load(root).value  # as it is: variants leave notes and layers out
    if loaded.value is None or own is None:
        return loaded.diagnostics
    read = read_edition(root, own, store(root).keep)
    return (*loaded.diagnostics, *basetext.compare(read.value, loaded.value, own))


def outdated(root: Path) -> tuple[Diagnostic, ...]:
    """What of the corrected bibliography is not current; nothing where none has been made."""
    from edition.bibliography import service
    from edition.bibliography.writing import OUTDATED, OUTPUTS

    if not any((root / "bib" / name).is_file() for name in OUTPUTS):
        return ()
    done = service.run_bib(root, service.Settings(check=True))
    return tuple(one for one in done.diagnostics if one.code is OUTDATED)


def unique(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Without repetitions: two stages may meet one fault."""
    return tuple({(one.code.id, one.place, one.fact): one for one in found}.values())


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


def _in_script(library: Library, config: Config, names: Sequence[Name]) -> Library:
    """The library as the edition's script prints it: citations stand in converted text."""
    if config.script == config.source_script:
        return library
    from edition import script as scripts
    from edition.engine.references import convert_fields

    return convert_fields(library, scripts.converter(config, names))


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


def _no_library() -> Library:
    from edition.bibliography.types import Library

    return Library(entries=())


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
