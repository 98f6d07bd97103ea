"""Layout files (``templates/*.toml``) → :class:`Layout`.

A layout is data: the page, the styles, and what the build may adjust (``[fit]``). Lengths are
points, or strings with ``mm``; every leading is a multiple of the page's grid unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from edition import templates, tomlfile
from edition.config import Config, LayoutName, factor, place
from edition.diagnostics import Diagnostic, Outcome, error
from edition.layout.settings import (
    FIT,
    LAYOUTS,
    LEADING,
    LEAST,
    MM,
    NEEDED,
    PAGE,
    SIZE,
    TABLES,
    LayoutReader,
    checked,
)
from edition.layout.styling import read_styles
from edition.layout.types import Fit, Geometry, Layout, Style
from edition.model import LANGS
from edition.source import SourceFile, Span, UndecodableError

MISSING = error("LAY001", "layout not found")
MALFORMED = error("LAY002", "layout file cannot be read")


def load(config: Config, root: Path) -> Outcome[Layout | None]:
    """The layout that ``config`` names, for its paper, from the workspace's ``templates/`` or the
    shipped ones. None with errors where it cannot be used."""
    name = f"{config.layout}.toml"
    path = templates.find(name, root)
    if path is None:
        known = ", ".join(one.removesuffix(".toml") for one in templates.names("*.toml", root))
        fact = f"there is no layout “{config.layout}”"
        return Outcome(None, (Diagnostic(code=MISSING, fact=fact, hint=f"there are: {known}"),))
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    try:
        toml = tomlfile.read(SourceFile.read(path, shown))
    except (UndecodableError, tomlfile.MalformedError) as fault:
        return Outcome(None, (Diagnostic(code=MALFORMED, fact=str(fault), span=fault.span),))
    except OSError as fault:
        found = Diagnostic(code=MALFORMED, fact=f"{shown}: {fault}", where=shown)
        return Outcome(None, (found,))
    reader = LayoutReader(toml, [])
    layout = _parts(reader, config, place(root, "layout", "paper"))
    if reader.found or layout is None:
        return Outcome(None, tuple(reader.found))
    return Outcome(layout)


def _parts(reader: LayoutReader, config: Config, settings: Span | None) -> Layout | None:
    """The layout of a file; None, or told faults, where it cannot be used."""
    data = reader.toml.data
    for key in data:
        if key not in TABLES:
            reader.report(f"unknown key {key}", key, hint=f"known: {', '.join(TABLES)}")
    kind = data.get("layout")
    if kind not in LAYOUTS:
        known = " or ".join(f'"{one}"' for one in LAYOUTS)
        fact = "layout is missing" if kind is None else f"layout = {kind!r}"
        reader.report(fact, "layout", hint=f"write {known}")
    styles, page = read_styles(reader, data.get("styles")), _page(reader, data.get("page"), kind)
    fit = _fit(reader, data.get("fit", {}))
    if reader.found or page is None:
        return None
    styles, page, fit = _enlarged(styles, page, fit, config.scale)
    _on_grid(reader, styles, fit, page["grid"])
    geometry = _geometry(reader, page, config, cast(LayoutName, kind), settings)
    if geometry is None:
        return None
    if geometry.stacked:
        _one_leading(reader, styles)
    return Layout(geometry=geometry, styles=styles, fit=fit)


def _enlarged(
    styles: dict[str, Style], page: dict[str, Any], fit: Fit, scale: str
) -> tuple[dict[str, Style], dict[str, Any], Fit]:  # fmt: skip
    """Styles, page and fit in another size: all that is measured in type grows alike, the paper
    and its margins do not. A size in points is that of the smaller running text."""
    running = [styles[f"para-{lang}"].size for lang in LANGS if f"para-{lang}" in styles]
    if not scale or not running:
        return styles, page, fit
    by = factor(scale, min(running))
    larger = {
        name: replace(one, size=one.size * by, leading=one.leading * by, first=one.first * by)
        for name, one in styles.items()
    }
    lengths: dict[str, Any] = {key: page[key] * by for key in ("grid", "gutter") if key in page}
    pairs = tuple((size * by, leading * by) for size, leading in fit.zh)
    return larger, {**page, **lengths}, replace(fit, zh=pairs)


# --- the page --------------------------------------------------------------------------------


def paper(text: str) -> tuple[float, float]:
    """Width and height in points of ``"170x240"`` (mm). Raises ``ValueError``."""
    wide, _, high = text.lower().replace("×", "x").partition("x")
    return float(wide) * MM, float(high) * MM


def _page(reader: LayoutReader, table: object, kind: object) -> dict[str, Any] | None:
    """``[page]``, lengths in points. Between columns there is no room for what stands in the
    margin, and in one stream of pages both margins are an outer one."""
    if not isinstance(table, Mapping):
        reader.report("there is no table [page]", "page")
        return None
    page = reader.values(table, PAGE, "page")
    for key in NEEDED:
        if key not in table:
            reader.report(f"[page] {key} is missing", "page")
    if page.get("margin", "outer") != "outer" and kind != "facing":
        reader.report(f"margin = {page['margin']!r}", "page", "margin", hint=f"of {kind}: outer")
    return page


def _geometry(
    reader: LayoutReader, page: Mapping[str, Any], config: Config, kind: LayoutName,
    settings: Span | None,
) -> Geometry | None:  # fmt: skip
    try:
        wide, high = paper(config.paper)
    except ValueError:
        reader.report(f"{config.paper!r} is no paper", hint='write paper = "170x240"')
        return None
    inner, outer, top, bottom, grid = (
        page[key] for key in ("inner", "outer", "top", "bottom", "grid")
    )
    gutter = page.get("gutter", 0.0)
    measure = wide - inner - outer
    lines = int((high - top - bottom + 0.01) / grid)
    if measure < 120 or lines * grid < 120 or measure - gutter < 120:
        reader.report(
            f"margins leave {measure:.0f} × {lines * grid:.0f} points on paper {config.paper}",
            "page", "inner", span=settings,
            hint="take a larger paper in edition.toml or smaller margins in the layout",
        )  # fmt: skip
        return None
    zh, en = ((measure - gutter) / 2,) * 2 if kind == "columns" else (measure, measure)
    return Geometry(
        layout=kind, paper_width=wide, paper_height=high,
        text_width=measure, grid=grid, lines=lines,
        inner=inner, top=top, gutter=gutter, zh_width=zh, en_width=en,
        note_gap=page.get("note_gap", 8.0) * grid, row_gap=page.get("row_gap", 0),
        stretch=page.get("stretch", 0), margin=page.get("margin", "outer"),
    )  # fmt: skip


# --- what answers to each other ------------------------------------------------------------------


def _on_grid(reader: LayoutReader, styles: Mapping[str, Style], fit: Fit, grid: float) -> None:
    leadings = [(("styles", name), name, style.leading) for name, style in styles.items()]
    leadings += [(("fit", "zh"), f"[fit] zh {size:g}", leading) for size, leading in fit.zh]
    for path, name, leading in leadings:
        if abs(leading / grid - round(leading / grid)) > 1e-6:
            fact = f"the leading of {name}, {leading:g}, is no multiple of the grid, {grid:g}"
            reader.report(fact, *path, hint=f"take {max(1, round(leading / grid)) * grid:g}")


def _one_leading(reader: LayoutReader, styles: Mapping[str, Style]) -> None:
    """Notes of both languages stand in one block, whose lines are counted as one."""
    leadings = [styles[name].leading for name in ("note-zh", "note-en") if name in styles]
    if len(set(leadings)) > 1:
        fact = f"the leadings of note-zh and note-en are {leadings[0]:g} and {leadings[1]:g}"
        reader.report(fact, "styles", "note-en",
                      hint="in one stream of pages both have the same")  # fmt: skip


def _fit(reader: LayoutReader, table: object) -> Fit:
    if not isinstance(table, Mapping):
        reader.report("[fit] is no table", "fit")
        return Fit()
    for key in table:
        if key not in FIT:
            reader.report(f"fit: unknown key {key}", "fit", key, hint=f"known: {', '.join(FIT)}")
    try:
        pairs = tuple((float(checked(SIZE, size)), float(checked(LEADING, leading)))
                      for size, leading in table.get("zh", []))  # fmt: skip
        return Fit(zh=pairs, least=checked(LEAST, table.get("least", 0)))
    except (TypeError, ValueError):
        reader.report("[fit] takes zh = [[size, leading], …] and least = 13", "fit")
        return Fit()
