"""The stages before TeX, in order. They go on past errors as far as their values carry, so that
an editor sees everything that is wrong at once."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from edition import boundary, private, templates
from edition.build import works
from edition.build.prepared import Prepared, Unconverted
from edition.config import WHOLE, Config, LayoutName, Script, Variant, applied
from edition.diagnostics import Diagnostic, Outcome, override
from edition.model import Edition

if TYPE_CHECKING:
    from edition.bibliography.types import Library
    from edition.engine.cache import Cache
    from edition.keeping import Keep

# a file of text is missing: what notes, translations and names say of it says nothing
_UNREAD = frozenset(("TXT001", "TXT002", "TXT019", "TXT024"))
_MANY = 600  # segments from which on a copy of this process is worth its while


def silent(stage: str) -> None:
    """Progress that nobody watches."""


def prepare(
    root: Path,
    *,
    layout: LayoutName | None = None,
    script: Script | None = None,
    variant: Variant = WHOLE,
    progress: Callable[[str], None] = silent,
    cache: Cache | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Outcome[Prepared | None]:
    """Everything up to TeX, of the edition as ``layout``, ``script`` and ``variant`` ask for it; a
    variant with a name is that of ``edition.toml``, with what it says itself beside. The value is
    None only where there is no readable ``edition.toml``, or no such variant; with errors among the
    diagnostics it is not to be set. ``meanwhile`` is done while a copy of this process looks at the
    script of a long text; without it all is done here. Raises ``OSError`` for nothing but faults of
    the file system within the workspace."""
    progress("read")
    asked = _settings(root, layout, script, variant)
    if asked.value is None:
        return Outcome(None, asked.diagnostics)
    own, config = asked.value
    cache = cache or store(root)
    keep = cache.keep
    read = _read(root, config, keep, progress)
    text = read.value.text
    told = _beside(partial(_of_script, text, config, keep), keep,
                   worth=meanwhile is not None and len(text.segments) > _MANY)  # fmt: skip
    progress("convert")
    made = _converted(root, own, config, read.value, cache)
    keep.save()
    if meanwhile:
        meanwhile()
    found = (*asked.diagnostics, *read.diagnostics, *told(), *made.diagnostics)
    keep.save()  # what the check of script made, where no copy of this process did
    return Outcome(made.value, override(unique(found), config.severities))


def _settings(
    root: Path, layout: LayoutName | None, script: Script | None, variant: Variant
) -> Outcome[tuple[Config, Config] | None]:
    """The settings as they are, and as they are asked for."""
    from edition import config as settings

    crossed = boundary.crossed(root)
    if crossed:
        return Outcome(None, crossed)
    loaded = settings.load(root)
    if loaded.value is None:
        return Outcome(None, loaded.diagnostics)
    found = (*loaded.diagnostics, *_formats(loaded.value, root))
    chosen = settings.named(loaded.value, variant)
    if chosen.value is None:
        return Outcome(None, (*found, *chosen.diagnostics))
    asked = settings.over(chosen.value, Variant(layout=layout, script=script))
    return Outcome((loaded.value, settings.applied(loaded.value, asked)), found)


@dataclass(frozen=True, slots=True)
class _ReadText:
    """An edition as it was read: ``text`` with its entries and emendations printed, ``encoded`` as
    they are written."""

    text: Edition
    encoded: Edition
    library: Library


def _read(
    root: Path, config: Config, keep: Keep, progress: Callable[[str], None]
) -> Outcome[_ReadText]:
    from edition import anchors, apparatus, checks
    from edition.readers import captions, read_edition

    read = read_edition(root, config, keep)
    counted = captions.numbered(read.value, config)
    anchored = anchors.attach(apparatus.printed(counted.value, config))
    text = apparatus.emended(anchored.value, config)
    bibliography = works.library(root, keep)
    progress("check")
    found = [*read.diagnostics, *counted.diagnostics, *bibliography.diagnostics]
    if not _UNREAD & {one.code.id for one in read.diagnostics}:
        keys = None if bibliography.value is None else works.known(bibliography.value)
        found += [*anchored.diagnostics, *checks.run(text, config, keys)]
    encoded = replace(anchored.value, notes=counted.value.notes)
    value = _ReadText(text, encoded, bibliography.value or works.no_library())
    return Outcome(value, tuple(found))


def _of_script(text: Edition, config: Config, keep: Keep) -> list[Diagnostic]:
    from edition import script as scripts
    from edition import typography

    every = scripts.units(text, config)
    told = list(scripts.check(text, config, keep, every=every))
    return [*told, *typography.check(text, config, every=every)]


def _converted(
    root: Path, own: Config, config: Config, read: _ReadText, cache: Cache
) -> Outcome[Prepared]:
    """The edition in the script to print, with its layout; ``own``: the settings as they are."""
    from edition.layout import heads, languages, margins, naming, spec, variants
    from edition.model import References

    text, config = variants.narrowed(read.text, config)
    narrowed = Unconverted(edition=text, encoded=read.encoded, config=config, library=read.library)
    text, facts, (of_script, log) = _printed(text, config)
    shape = spec.load(facts, root)
    found = [*naming.check(text, facts), *of_script, *shape.diagnostics]
    page = languages.alone(shape.value, facts.languages) if shape.value else None
    if page is not None:
        found += margins.check(text, page)
        found += heads.check(text, page, References(style="", entries={}))
    cited = tuple(dict.fromkeys(works.citations(text)))
    found += [*_glyphs(text, facts, cache), *_charts(text, root), *templates.told(root)]
    found += works.unprintable(read.library, cited, facts, cache)
    prepared = Prepared(
        name=_name(own, config),
        config=facts,
        edition=text,
        library=works.in_script(read.library, config, read.encoded.names),
        layout=page,
        cited=cited,
        unconverted=narrowed,
        script_log=log,
    )
    return Outcome(prepared, tuple(found))


def _beside(
    check: Callable[[], list[Diagnostic]], keep: Keep, *, worth: bool
) -> Callable[[], list[Diagnostic]]:
    """What ``check`` finds, by a copy of this process, which keeps what it made; by this one
    where that fails."""
    from edition import aside
    from edition.keeping import UnreadableError, dumps, loads

    if not worth or not aside.possible():
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
                   library=works.in_script(made.library, config, made.edition.names))  # fmt: skip


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


def unique(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Without repetitions: two stages may meet one fault."""
    return tuple({(one.code.id, one.place, one.fact): one for one in found}.values())
