"""The report of a series: one page, which needs no network and runs no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from urllib.parse import quote

from edition.diagnostics import Diagnostic, Severity, capped, in_order
from edition.numerals import counted
from edition.series.types import Done, Status
from edition.source import visible

TITLES: dict[Status, str] = {
    "built": "built", "unchanged": "nothing had changed", "failed": "with errors",
    "lost": "no answer", "missing": "not built",
}  # fmt: skip
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}
_CSS = """
:root { color-scheme: light dark; --ground: #fdfcf8; --ink: #22201c; --soft: #5f5a50;
  --line: #d9d4c7; --raised: #fff; --link: #7a2716; --good: #2c5e2e; --bad: #9c1c1c; }
@media (prefers-color-scheme: dark) { :root { --ground: #17161a; --ink: #e6e2d8; --soft: #aaa498;
  --line: #3b3942; --raised: #222127; --link: #f0a58f; --good: #8fcf92; --bad: #ff9b9b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem 1.2rem 4rem; background: var(--ground);
  color: var(--ink); overflow-wrap: break-word;
  font: 16px/1.5 "TeX Gyre Pagella", Palatino, Georgia, "Noto Serif CJK TC", serif; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0;
  border-bottom: 1px solid var(--line); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); font-weight: bold; }
.soft { color: var(--soft); }
th[scope="row"] { min-width: 9rem; }
@media (max-width: 46rem) {
  thead { position: absolute; left: -99rem; }
  tr, th, td { display: block; border: 0; padding: .1rem 0; }
  tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  td.number { text-align: left; }
  td.number::after { content: " s"; }
}
ul { margin: .2rem 0; padding-left: 1.2rem; }
li { margin: .3rem 0; }
code { font: .9em ui-monospace, "DejaVu Sans Mono", monospace; }
summary { cursor: pointer; }
@media print { body { max-width: none; } details > * { display: block; } }
"""


def as_html(name: str, done: Sequence[Done], found: Sequence[Diagnostic]) -> str:
    """The page; links to files are from the folder of the series."""
    head = _text(f"Series {name}")
    away = any(one.worker for one in done)
    worker = '<th scope="col">Worker</th>' if away else ""
    rows = "\n".join(_row(one, away) for one in done)
    told = "\n".join(_findings(one) for one in done if one.diagnostics)
    own = f"<h2>Of the series</h2>\n{_list(found)}" if found else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{head}</title>
<style>{_CSS}</style>
</head>
<body>
<main>
<h1>{head}</h1>
<p>{_text(summary(done))}</p>
{own}
<div class="wide"><table>
<thead><tr><th scope="col">Job</th><th scope="col">What came of it</th><th scope="col">Files</th>
<th scope="col" class="number">Seconds</th>{worker}</tr></thead>
<tbody>
{rows}
</tbody>
</table></div>
{f"<h2>Findings</h2>{told}" if told else ""}
</main>
</body>
</html>
"""


def summary(done: Sequence[Done]) -> str:
    """How many jobs came to what, in one line."""
    counts = Counter(one.status for one in done)
    parts = [f"{counts[status]} {title}" for status, title in TITLES.items() if counts[status]]
    return f"{counted(len(done), 'job')}: {', '.join(parts)}" if done else "no jobs"


def _row(one: Done, away: bool) -> str:
    errors = sum(told.level is Severity.ERROR for told in one.diagnostics)
    more = f" ({counted(errors, 'error')})" if errors else ""
    kind = "good" if one.good else "bad"
    name = _text(one.job.name)
    if one.diagnostics:
        name = f'<a href="#{_anchor(one)}">{name}</a>'
    files = ", ".join(
        f'<a href="{escape(quote(f"{one.job.name}/{file.name}"))}">{_text(file.name)}</a>'
        for file in one.outputs
    )
    tries = f", at try {one.tries}" if one.tries > 1 else ""
    worker = f"<td>{_text(one.worker or 'this machine')}</td>"
    proof = f'<br><span class="soft">{_text(one.line)}</span>' if one.line else ""
    return (
        f'<tr><th scope="row">{name}</th>'
        f'<td><span class="{kind}">{_text(TITLES[one.status])}{tries}{more}</span>{proof}</td>'
        f'<td>{files}</td><td class="number">{one.seconds:.1f}</td>'
        f"{worker if away else ''}</tr>"
    )


def _findings(one: Done) -> str:
    opened = "" if one.good else " open"
    return (
        f'<details id="{_anchor(one)}"{opened}><summary>{_text(one.job.name)}: '
        f"{counted(len(one.diagnostics), 'finding')}</summary>\n{_list(one.diagnostics)}</details>"
    )


def _list(found: Iterable[Diagnostic]) -> str:
    return f"<ul>\n{''.join(_items(found))}</ul>"


def _items(found: Iterable[Diagnostic]) -> Iterator[str]:
    worst_first = sorted(capped(in_order(found)), key=lambda one: -one.level)
    for one in worst_first:
        kind = "bad" if one.level is Severity.ERROR else "soft"
        segment = f" [{_text(one.segment)}]" if one.segment else ""
        hint = f'<br><span class="soft">{_text(one.hint)}</span>' if one.hint else ""
        yield (
            f"<li><code>{_text(one.place or 'series')}</code> "
            f'<span class="{kind}">{_LEVELS[one.level]} {one.code.id}</span>{segment}: '
            f"{_text(one.fact)}{hint}</li>\n"
        )


def _anchor(one: Done) -> str:
    return escape(f"job-{quote(one.job.name, safe='')}".replace("%", "."))


def _text(text: str) -> str:
    return escape(visible(text))
