"""What ``bench_peers.py`` measured, as a table, a plot and the part of ``docs/performance.md`` that
holds them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

OURS = "this program"
BEGIN, END = "<!-- measured -->\n", "<!-- end of measured -->\n"


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds by the clock and of the processor; peak memory in MB, of the largest process and of
    all at one time. ``size``: of the PDF in bytes, 0 where it was not looked at."""

    wall: float
    cpu: float
    memory: float
    together: float
    size: int = 0
    violations: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """Runs by the number of pairs and by what was run; ``machine`` in words."""

    machine: str
    runs: Mapping[int, Mapping[str, Run]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that is asked for: what it is, the most it may be, and what was measured (None:
    not in this run)."""

    what: str
    most: float
    got: float | None

    def row(self) -> str:
        if self.got is None:
            return f"| {self.what} | ≤ {self.most:g} | not in this run | |"
        met = "yes" if self.got <= self.most else "**no**"
        return f"| {self.what} | ≤ {self.most:g} | {self.got:.2f} | {met} |"


def asked(measured: Measured) -> tuple[Asked, ...]:
    """The figures that the engine is held to."""

    def ratio(size: int, one: str, other: str, field: str = "wall") -> float | None:
        runs = measured.runs.get(size, {})
        if one not in runs or other not in runs:
            return None
        return float(getattr(runs[one], field) / getattr(runs[other], field))

    def own(size: int, name: str, field: str) -> float | None:
        runs = measured.runs.get(size, {})
        return float(getattr(runs[name], field)) if name in runs else None

    cold, note, moved = (f"{OURS}, {one}" for one in ("cold", "one note", "one paragraph"))
    return (
        Asked("500 pairs cold, to Typst's time", 2.0, ratio(500, cold, "Typst")),
        Asked("3,000 pairs cold, to Typst's time", 1.2, ratio(3000, cold, "Typst")),
        Asked("3,000 pairs cold, peak memory to Typst's", 0.33,
              ratio(3000, cold, "Typst", "memory")),
        Asked("one note of 3,000 pairs, seconds", 2.5, own(3000, note, "wall")),
        Asked("one note of 3,000 pairs, to cold", 0.2, ratio(3000, note, cold)),
        Asked("one paragraph that moves all later pages, seconds", 4.0, own(3000, moved, "wall")),
        Asked("3,000 → 10,000 pairs, exponent of growth", 1.1,
              exponent(measured, cold, 3000, 10000)),
        Asked("10,000 pairs cold, peak MB", 800.0, own(10000, cold, "memory")),
        Asked("10,000 pairs cold, violations", 0.0, own(10000, cold, "violations")),
    )  # fmt: skip


def exponent(measured: Measured, name: str, less: int, more: int) -> float | None:
    """By how much processor time grows with size: 1 is linear."""
    runs = [measured.runs.get(size, {}).get(name) for size in (less, more)]
    if runs[0] is None or runs[1] is None:
        return None
    return math.log(runs[1].cpu / runs[0].cpu) / math.log(more / less)


def tables(measured: Measured) -> str:
    """All runs and all figures asked for, as Markdown."""
    return "\n".join(
        [
            f"Measured on {measured.machine}.",
            "",
            "| pairs | way | seconds | to Typst | of the processor | to Typst | peak MB "
            "| of all processes |",
            "|---:|---|---:|---:|---:|---:|---:|---:|",
            *_rows(measured),
            "",
            "| figure | asked | measured | met |",
            "|---|---:|---:|---|",
            *(one.row() for one in asked(measured)),
            "",
            "Exponents of growth (processor time, from each size to the next):",
            "",
            *_growth(measured),
            "",
        ]
    )


def _rows(measured: Measured) -> Iterator[str]:
    for size, runs in sorted(measured.runs.items()):
        base = runs.get("Typst")
        for name, run in runs.items():
            wall = f"{run.wall / base.wall:.2f}" if base else ""
            cpu = f"{run.cpu / base.cpu:.2f}" if base else ""
            yield (f"| {size:,} | {name} | {run.wall:.1f} | {wall} | {run.cpu:.1f} | {cpu} | "
                   f"{run.memory:.0f} | {run.together:.0f} |")  # fmt: skip


def _growth(measured: Measured) -> Iterator[str]:
    sizes = sorted(measured.runs)
    names = dict.fromkeys(name for size in sizes for name in measured.runs[size])
    for name in names:
        there = [size for size in sizes if name in measured.runs[size]]
        steps = [
            f"{value:.2f}"
            for less, more in pairwise(there)
            if (value := exponent(measured, name, less, more)) is not None
        ]
        if steps:
            yield f"- {name}: {', '.join(steps)}"


# --- the plot -------------------------------------------------------------------------------------

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 720, 420, 60, 20, 200, 50
_COLOURS = ("#b03a2e", "#1f618d", "#117a65", "#7d3c98", "#b9770e", "#515a5a")


def plot(measured: Measured) -> str:
    """Seconds by the clock over the number of pairs, both logarithmic, as SVG."""
    sizes = sorted(measured.runs)
    names = list(dict.fromkeys(name for size in sizes for name in measured.runs[size]))
    seconds = [run.wall for runs in measured.runs.values() for run in runs.values()]
    low, high = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)))
    first, last = math.log10(sizes[0]), math.log10(max(sizes[-1], sizes[0] * 2))

    def x(size: float) -> float:
        room = _WIDTH - _LEFT - _RIGHT
        return _LEFT + room * (math.log10(size) - first) / (last - first)

    def y(value: float) -> float:
        room = _HEIGHT - _TOP - _BOTTOM
        return _HEIGHT - _BOTTOM - room * (math.log10(value) - low) / max(high - low, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
    ]
    for power in range(low, high + 1):
        at = y(10.0**power)
        parts.append(f'<path d="M{_LEFT} {at:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">'
                     f"{10.0**power:g} s</text>")  # fmt: skip
    for size in sizes:
        parts.append(f'<path d="M{x(size):.1f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{x(size):.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">'
                     f"{size:,}</text>")  # fmt: skip
    parts.append(f'<text x="{_LEFT}" y="{_HEIGHT - 8}">pairs of paragraphs</text>')
    for number, name in enumerate(names):
        colour = _COLOURS[number % len(_COLOURS)]
        line = [
            (x(size), y(measured.runs[size][name].wall))
            for size in sizes if name in measured.runs[size]
        ]  # fmt: skip
        parts += _curve(line, colour, name, _TOP + 16 * number + 10)
    return "\n".join([*parts, "</svg>", ""])


def _curve(
    points: Sequence[tuple[float, float]], colour: str, name: str, at: float
) -> Iterator[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, y in points:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
    left = _WIDTH - _RIGHT + 12
    yield f'<path d="M{left} {at - 4}h14" stroke="{colour}" stroke-width="2"/>'
    yield f'<text x="{left + 20}" y="{at}">{escape(name)}</text>'


# --- the page -------------------------------------------------------------------------------------


def update(page: Path, measured: Measured) -> None:
    """Put tables and plot into ``page``, between its marks."""
    text = page.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    plotted = page.with_suffix(".svg")
    plotted.write_text(plot(measured), "utf-8")
    shown = f"![seconds over pairs]({plotted.name})\n\n"
    page.write_text(f"{before}{BEGIN}{shown}{tables(measured)}{END}{after}", "utf-8")
