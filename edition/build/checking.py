"""What can be said of a workspace without TeX."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from edition.build import onefile
from edition.build.stages import prepare, silent, store
from edition.build.works import REFERENCES
from edition.config import WHOLE, Config, LayoutName, Script, Variant
from edition.diagnostics import Diagnostic, override

_FOUND = (REFERENCES.as_posix(),)  # in bib/, and not made by this program


def check(
    root: Path,
    *,
    layout: LayoutName | None = None,
    script: Script | None = None,
    variant: Variant = WHOLE,
    base: Path | None = None,
    progress: Callable[[str], None] = silent,
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
