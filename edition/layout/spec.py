"""Layout files (``templates/*.toml``) → :class:`Layout`.

A layout is data: the page, the styles, and what the build may adjust (``[fit]``). Lengths are
points, or strings with ``mm``; every leading is a multiple of the page's grid unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, cast, get_args

from edition import templates, tomlfile
from edition.config import Config, LayoutName, factor, place
from edition.diagnostics import Diagnostic, Outcome, error
from edition.layout.types import Fit, Geometry, Layout, Style
from edition.model import LANGS
from edition.source import SourceFile, Span, UndecodableError

MISSING = error("LAY001", "layout not found")
MALFORMED = error("LAY002", "layout file cannot be read")
VALUE = error("LAY003", "layout has an impossible value")
STYLE = error("LAY004", "layout lacks a style")

MM = 72.27 / 25.4  # TeX points in a millimetre

# What the assembly of a book asks for; each has a style for Chinese and one for English.
KINDS = (
    "para", "item", "quote", "verse", "absent", "heading1", "heading2", "heading3", "table",
    "figure", "note", "toc1", "toc2", "title", "subtitle", "people", "imprint", "rule", "gloss",
)  # fmt: skip
NEEDED = (*(f"{kind}-{lang}" for kind in KINDS for lang in LANGS), "page", "head")
# Styles that a layout may leave out, and what is taken in their stead.
OTHERWISE = {
    "heading4": "heading3", "toc3": "toc2", "toc4": "toc3", "byline": "absent", "code": "verse",
    "term": "heading4", "index": "gloss", "definition": "item", "break": "byline",
    "part": "title", "tocpart": "toc1", "halftitle": "subtitle", "fact": "imprint",
    "facthead": "fact", "dedication": "byline", "epigraph": "quote", "source": "byline",
}  # fmt: skip

_STYLE_FIELDS = {one.name: one.type for one in fields(Style) if one.name not in ("name", "lang")}
_PAGE_KEYS = frozenset(
    (
        "grid",
        "inner",
        "outer",
        "top",
        "bottom",
        "gutter",
        "note_gap",
        "row_gap",
        "stretch",
        "margin",
    )
)


@dataclass(slots=True)
class _LayoutReader:
    """Collects what is wrong with one layout file."""

    file: SourceFile
    found: list[Diagnostic]

    def report(
        self, fact: str, word: str = "", hint: str = "", span: Span | None = None
    ) -> None:  # fmt: skip
        """``span``: where it stands, if not at the key ``word`` of the layout."""
        place = span or self._place(word)
        self.found.append(Diagnostic(code=VALUE, span=place, fact=fact, hint=hint))

    def _place(self, word: str) -> Span:
        """Where a key stands: layouts are short and their keys are distinct enough."""
        for start, line in self.file.lines():
            if word and line.strip().startswith(word):
                at = start + line.index(word)
                return self.file.span(at, at + len(word))
        return self.file.span(0)

    def length(self, table: Mapping[str, Any], key: str, default: float | None = None) -> float:
        """Points of ``table[key]``, a number or ``"… mm"``."""
        given = table.get(key, default)
        if isinstance(given, bool) or given is None:
            self.report(f"[page] {key} is missing", "[page]")
            return 1.0
        if isinstance(given, int | float):
            return float(given)
        number, _, unit = str(given).strip().partition(" ")
        try:
            return float(number) * {"mm": MM, "pt": 1.0, "": 1.0}[unit.strip()]
        except (KeyError, ValueError):
            self.report(f"{key} = {given!r} is no length", key, 'write "20 mm" or points')
            return 1.0


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
        file = SourceFile.read(path, shown)
        data = tomlfile.read(file).data
    except (UndecodableError, tomlfile.MalformedError) as fault:
        return Outcome(None, (Diagnostic(code=MALFORMED, fact=str(fault), span=fault.span),))
    except OSError as fault:
        found = Diagnostic(code=MALFORMED, fact=f"{shown}: {fault}", where=shown)
        return Outcome(None, (found,))
    reader = _LayoutReader(file, [])
    styles, page, fit = _enlarged(
        _styles(reader, data.get("styles")), data.get("page"), _fit(reader, data.get("fit", {})),
        config.scale,
    )  # fmt: skip
    geometry = _geometry(
        reader, page, config, str(data.get("layout", "")), place(root, "layout", "paper")
    )
    if geometry is not None:
        _on_grid(reader, styles, geometry.grid)
        if geometry.stacked:
            _one_leading(reader, styles)
    if reader.found or geometry is None:
        return Outcome(None, tuple(reader.found))
    return Outcome(Layout(geometry=geometry, styles=styles, fit=fit))


def _enlarged(
    styles: dict[str, Style], page: object, fit: Fit, scale: str
) -> tuple[dict[str, Style], object, Fit]:  # fmt: skip
    """Styles, page and fit in another size: all that is measured in type grows alike, the paper
    and its margins do not. A size in points is that of the smaller running text."""
    running = [styles[f"para-{lang}"].size for lang in LANGS if f"para-{lang}" in styles]
    if not scale or not running or not isinstance(page, Mapping):
        return styles, page, fit
    by = factor(scale, min(running))
    larger = {
        name: replace(one, size=one.size * by, leading=one.leading * by, first=one.first * by)
        for name, one in styles.items()
    }
    lengths = {key: page[key] * by for key in ("grid", "gutter")
               if isinstance(page.get(key), int | float)}  # fmt: skip
    pairs = tuple((size * by, leading * by) for size, leading in fit.zh)
    return larger, {**page, **lengths}, replace(fit, zh=pairs)


# --- the page --------------------------------------------------------------------------------


def paper(text: str) -> tuple[float, float]:
    """Width and height in points of ``"170x240"`` (mm). Raises ``ValueError``."""
    wide, _, high = text.lower().replace("×", "x").partition("x")
    return float(wide) * MM, float(high) * MM


def _geometry(
    reader: _LayoutReader, page: object, config: Config, kind: str, settings: Span | None
) -> Geometry | None:
    if not isinstance(page, Mapping):
        reader.report("there is no table [page]")
        return None
    for key in sorted(set(page) - _PAGE_KEYS):
        reader.report(f"unknown key {key}", key, "known: " + ", ".join(sorted(_PAGE_KEYS)))
    if kind not in get_args(LayoutName):
        known = " or ".join(f'"{one}"' for one in get_args(LayoutName))
        reader.report(f"layout = {kind!r}", "layout", f"write {known}")
        return None
    try:
        wide, high = paper(config.paper)
    except ValueError:
        reader.report(f"{config.paper!r} is no paper", "", 'write paper = "170x240"')
        return None
    inner, outer, top, bottom = (
        reader.length(page, key) for key in ("inner", "outer", "top", "bottom")
    )
    grid = reader.length(page, "grid")
    gutter = reader.length(page, "gutter", 0.0)
    measure = wide - inner - outer
    lines = int((high - top - bottom + 0.01) / grid) if grid > 0 else 0
    if measure < 120 or lines * grid < 120:
        reader.report(
            f"margins leave {measure:.0f} × {lines * grid:.0f} points on paper {config.paper}",
            "inner",
            "take a larger paper in edition.toml or smaller margins in the layout",
            settings,
        )
        return None
    zh, en = ((measure - gutter) / 2,) * 2 if kind == "columns" else (measure, measure)
    return Geometry(
        layout=cast(LayoutName, kind), paper_width=wide, paper_height=high,
        text_width=measure, grid=grid, lines=lines,
        inner=inner, top=top, gutter=gutter, zh_width=zh, en_width=en,
        note_gap=float(page.get("note_gap", 8)) * grid, row_gap=int(page.get("row_gap", 0)),
        stretch=int(page.get("stretch", 0)), margin=_margin(reader, page, kind),
    )  # fmt: skip


def _margin(reader: _LayoutReader, page: Mapping[str, Any], kind: str) -> str:
    """Where references and numbers of lines stand. Between columns there is no room for them."""
    value = page.get("margin", "outer")
    known = ("outer", "inner") if kind == "facing" else ("outer",)
    if value in known:
        return str(value)
    reader.report(f"margin = {value!r}", "margin", f"of {kind}: {' or '.join(known)}")
    return "outer"


# --- styles ----------------------------------------------------------------------------------


def _styles(reader: _LayoutReader, tables: object) -> dict[str, Style]:
    if not isinstance(tables, Mapping):
        reader.report("there is no table [styles]")
        return {}
    styles = {}
    for name in tables:
        style = _style(reader, name, tables, ())
        if style is not None:
            styles[name] = style
    if "head" in styles:
        styles.setdefault("margin", replace(styles["head"], name="margin"))
    for kind, other in OTHERWISE.items():
        for lang in LANGS:
            if f"{kind}-{lang}" not in tables and f"{other}-{lang}" in styles:
                styles[f"{kind}-{lang}"] = replace(styles[f"{other}-{lang}"], name=f"{kind}-{lang}")
    for name in NEEDED:
        if name not in tables:
            fact = f"style {name} is missing"
            span = reader.file.span(0)
            hint = "copy it from the shipped layout"
            reader.found.append(Diagnostic(code=STYLE, span=span, fact=fact, hint=hint))
    return styles


def _values(
    reader: _LayoutReader, name: str, tables: Mapping[str, Any], seen: tuple[str, ...]
) -> dict[str, Any]:
    """The settings of a style over those of the style that it is ``like``."""
    own = tables.get(name)
    if not isinstance(own, Mapping):
        reader.report(f"style {name} is no table of settings", name)
        return {}
    like = own.get("like")
    if like is None:
        return dict(own)
    if like not in tables or like in (*seen, name):
        reader.report(f"style {name} is like {like!r}, which is none", name)
        return {}
    above = _values(reader, str(like), tables, (*seen, name))
    return {**above, **{key: value for key, value in own.items() if key != "like"}}


def _style(
    reader: _LayoutReader, name: str, tables: Mapping[str, Any], seen: tuple[str, ...]
) -> Style | None:
    values = _values(reader, name, tables, seen)
    good: dict[str, Any] = {}
    for key, value in values.items():
        kind = _STYLE_FIELDS.get(key)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if kind is None:
            reader.report(f"style {name} has an unknown setting {key}", name)
        elif (
            isinstance(value, str if kind == "str" else int)
            and kind != "float"
            and (number or kind == "str")
        ):
            good[key] = value
        elif kind == "float" and number:
            good[key] = float(value)
        else:
            reader.report(f"style {name}: {key} = {value!r} is no {kind}", name)
    if not values:
        return None
    for key in ("size", "leading"):
        if good.get(key, 0) <= 0:
            reader.report(f"style {name} has no {key}", name)
            return None
    good.setdefault("first", round(good["size"] * 1.1, 2))
    return Style(name=name, lang=name[-2:] if name[-3:] in ("-zh", "-en") else "", **good)


def _on_grid(reader: _LayoutReader, styles: Mapping[str, Style], grid: float) -> None:
    for name, style in styles.items():
        if abs(style.leading / grid - round(style.leading / grid)) > 1e-6:
            fact = f"the leading of {name}, {style.leading:g}, is no multiple of the grid, {grid:g}"
            reader.report(fact, name, f"take {round(style.leading / grid) * grid:g}")


def _one_leading(reader: _LayoutReader, styles: Mapping[str, Style]) -> None:
    """Notes of both languages stand in one block, whose lines are counted as one."""
    leadings = [styles[name].leading for name in ("note-zh", "note-en") if name in styles]
    if len(set(leadings)) > 1:
        fact = f"the leadings of note-zh and note-en are {leadings[0]:g} and {leadings[1]:g}"
        reader.report(fact, "note-en", "in one stream of pages both have the same")


def _fit(reader: _LayoutReader, table: object) -> Fit:
    if not isinstance(table, Mapping):
        reader.report("[fit] is no table", "fit")
        return Fit()
    sizes = table.get("zh", [])
    least = table.get("least", 0)
    try:
        pairs = tuple((float(size), float(leading)) for size, leading in sizes)
        return Fit(zh=pairs, least=int(least))
    except (TypeError, ValueError):
        reader.report("[fit] takes zh = [[size, leading], …] and least = 13", "zh")
        return Fit()
