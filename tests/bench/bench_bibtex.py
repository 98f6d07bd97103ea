"""How long a bibliography of 10 MB takes to read, patch and export, and how it grows."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

from edition.bibliography.reading import parse
from edition.bibliography.writing import export, patch
from edition.bibliography.writing.order import ordered
from edition.source import SourceFile

_AUTHORS = ("朱菊 and 東籬", "Smith, Ann and Brown, Bo", "Müller, Jörg", "{Garden Office}")
_ENTRY = """\
@article{{key{n},
  author = {{{author}}},
  title = {{園中小記之{n}：菊與竹 and the {{NASA}} of gardens}},
  journal = jg,
  year = {{{year}}},
  volume = {{{volume}}},
  number = {{2}},
  pages = {{{volume}--{end}}},
  url = {{https://example.org/garden/{n}}},
  urldate = {{2024年12月30日}},
}}

"""


def sample(entries: int) -> str:
    """A .bib of so many entries, in both languages."""
    parts = ["@string{jg = {Garden Letters}}\n\n"]
    parts += [
        _ENTRY.format(n=n, author=_AUTHORS[n % 4], year=1950 + n % 70, volume=n % 400 + 1,
                      end=n % 400 + 12)
        for n in range(entries)
    ]  # fmt: skip
    return "".join(parts)


def _timed(what: str, job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    seconds = time.perf_counter() - start
    print(f"  {what:<28}{seconds:8.2f} s")
    return seconds


def main() -> None:
    times = {}
    for entries in (8_000, 32_000):
        text = sample(entries)
        source = SourceFile("bench.bib", text)
        print(f"{entries:,} entries, {len(text.encode()) / 1e6:.1f} MB")
        times[entries] = _timed("read", lambda source=source: parse.read(source))  # type: ignore[misc]
        library = parse.read(source).value
        changed = replace(library, entries=tuple(
            one.with_field("year", "1900") if number % 7 == 0 else one
            for number, one in enumerate(library.entries)
        ))  # fmt: skip
        _timed("patch", lambda a=library, b=changed: patch.corrected(a, b))  # type: ignore[misc]
        _timed("order by pinyin", lambda a=library: ordered(a.entries))  # type: ignore[misc]
        for form in ("csl", "ris", "gb7714"):
            _timed(f"write {form}", lambda a=library, f=form: export.write(a, f))  # type: ignore[misc]
    print(f"growth of reading, 4 times the entries: {times[32_000] / times[8_000]:.1f} times")
    tracemalloc.start()
    parse.read(SourceFile("bench.bib", sample(8_000)))
    print(f"memory, 8,000 entries: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")
    broken = "".join(f'@article{{k{n},\n title = "open\n' for n in range(40_000))
    print("40,000 entries, none of them closed")
    _timed("read", lambda: parse.read(SourceFile("bench.bib", broken)))


if __name__ == "__main__":
    main()
