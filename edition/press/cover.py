"""The cover of a press profile: its spine as wide as the book is thick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from edition.config import Config
from edition.diagnostics import Diagnostic, Outcome
from edition.engine import driver, findings, fonts, formats, log, programs, xelatex
from edition.engine.cache import Cache, digest
from edition.engine.measure import macros
from edition.latex import cover as page
from edition.latex.cover import BAND, CoverShape
from edition.layout.types import Named
from edition.press import printing
from edition.press.document import Profile
from edition.press.printing import Extras, PressSpec
from edition.press.types import MM, Metadata
from edition.pressing import PressSettings

_GREY = 0.9  # of the field behind the titles: a tint of 10 %
_EDGE, _DARK = 0.7, 0.2  # mm, and the grey, of the lines that close it above and below
_SECONDS = 60.0


def leaves(pages: int) -> int:
    return (pages + 1) // 2


def spine_width(pages: int, settings: PressSettings) -> float:
    """Thickness of a bound book in mm: its leaves, and the cover's board twice. A leaf of paper
    of w g/m² and a volume of b cm³/g is w·b/1000 mm thick."""
    return leaves(pages) * settings.weight * settings.bulk / 1000 + 2 * settings.cover


def spine_sum(pages: int, settings: PressSettings) -> str:
    """How the spine comes about, for the slug line: 11.00 = 100 × 80 × 1.3 / 1000 + 2 × 0.3."""
    paper = f"{leaves(pages)} × {settings.weight:g} × {settings.bulk:g} / 1000"
    return f"{spine_width(pages, settings):.2f} = {paper} + 2 × {settings.cover:g}"


def shape_of(width: float, height: float, pages: int, settings: PressSettings) -> CoverShape:
    """The cover of a book trimmed to ``width`` × ``height`` PDF units; mm to a hundredth."""
    return CoverShape(round(width / MM, 2), round(height / MM, 2),
                      round(spine_width(pages, settings), 2))  # fmt: skip


def make(
    config: Config,
    shape: CoverShape,
    *,
    pages: int,
    meta: Metadata,
    settings: PressSettings,
    profile: Profile,
    work: Path,
    cache: Cache,
    root: Path,
) -> Outcome[bytes | None]:
    """The cover of a book of ``pages`` pages as a press file of one page, marks and all; None
    where TeX made none."""
    probed = fonts.probe(config, cache, "".join(_facts(config)))
    if probed.value is None:
        return Outcome(None, probed.diagnostics)
    run = page.cover(config, probed.value, shape)
    grid = macros(root)
    dated = str(programs.epoch(config.date))
    key = digest(xelatex.identity(), probed.value.identity, grid.read_bytes(), dated, run.tex)
    found = list(probed.diagnostics)
    kept = cache.get("cover", key)
    if kept is None:
        done = formats.run(run, work / "cover", cache=cache, macros=grid, seconds=_SECONDS,
                           date=config.date)  # fmt: skip
        found += done.diagnostics
        if done.value is None or not done.ok:
            return Outcome(None, tuple(found))
        made = driver.finish(done.value, date=config.date, seconds=_SECONDS)
        found += _faults(done.value) or made.diagnostics
        if made.value is None:
            return Outcome(None, tuple(found))
        kept = made.value.read_bytes()
        if not found:
            cache.put("cover", key, kept)
            cache.prune("cover", keep=8)
    named = probed.value.named
    cover = _finished(kept, config, shape, pages, meta, settings, profile, named)
    return Outcome(cover, tuple(found))


def _facts(config: Config) -> Iterator[str]:
    """What of the settings a cover may print."""
    for one in (
        config.title,
        config.subtitle,
        config.publisher,
        config.base_text,
        *config.authors,
        *config.editors,
    ):
        yield from (one.zh, one.en)


def _faults(done: xelatex.Pass) -> list[Diagnostic]:
    """What TeX says against the cover, in words that name the cover."""
    found = [
        Diagnostic(code=findings.TEX_ERROR, where="cover", fact=f"TeX: {one.text}",
                   hint=f"the log is kept: {done.log}")
        for one in log.read(done.log)
        if one.kind in ("error", "nofile", "missing")
    ]  # fmt: skip
    if not found and not done.pdf.is_file():
        fact = f"XeLaTeX ended with status {done.status} and wrote no cover"
        hint = f"the log is kept: {done.log}"
        found.append(Diagnostic(code=findings.TEX_ERROR, where="cover", fact=fact, hint=hint))
    return found


def _finished(
    data: bytes, config: Config, shape: CoverShape, pages: int, meta: Metadata,
    settings: PressSettings, profile: Profile, named: Named,
) -> bytes:  # fmt: skip
    spec = PressSpec(bleed=settings.bleed, marks=True, slug=settings.slug, signature=0,
                     grow_gutter=False)  # fmt: skip
    left = shape.width * MM
    edge = _EDGE / shape.height
    edges = [(high, high + edge, _DARK) for high in (1 - BAND[1] - edge, 1 - BAND[0])]
    extras = Extras(
        name=f"{config.id} · spine {spine_sum(pages, settings)}",
        named=named,
        folds=(left, left + shape.spine * MM),
        tints=((1 - BAND[1], 1 - BAND[0], _GREY), *edges),
    )
    about = replace(meta, title=f"{meta.title} (cover)")
    return printing.finish_data(data, meta=about, spec=spec, profile=profile, extras=extras)
