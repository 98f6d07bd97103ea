"""What the book says before and after the text on pages of its own: imprint, display pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from edition.config import Bilingual, Config
from edition.layout import widths, words
from edition.layout.types import Box, Division, Layout
from edition.model import LANGS, Kind, Lang, Mark, Segment, flat, plain

# names of matter that the book makes itself, and the division that each is
DIVISIONS: Mapping[str, Division] = {
    one.value: one for one in Division
    if one not in (Division.SERIES, Division.DISPLAY, Division.FRONT, Division.PART, Division.BODY,
                   Division.BACK)
}  # fmt: skip
# divisions that follow each other on one page where they stand side by side in the order
PRELIMINARY = frozenset(
    (Division.BASE, Division.RULES, Division.SIGLA, Division.ABBREVIATIONS)
)  # what the book says of itself
TOGETHER: tuple[frozenset[Division], ...] = (
    frozenset((Division.CONTENTS, Division.TABLES, Division.FIGURES)),
    PRELIMINARY,
)
_DISPLAYED = ("dedication", "epigraph")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_MOST = 0.6  # of a page that a display page may hold


def shown_alone(section: str) -> str:
    """What a section is by its name, if it has a page of its own without head and folio:
    dedication or epigraph, whatever number stands before; "" for any other."""
    bare = re.sub(r"^[\d._-]+", "", section)
    return bare if bare in _DISPLAYED else ""


def is_display(boxes: Iterable[Box], layout: Layout) -> bool:
    """Whether boxes can stand on a display page: they call no note and are short."""
    high = 0.0
    for box in boxes:
        style = layout.styles[box.style]
        high += style.leading * widths.lines(plain(box.inlines), style.size, box.width)
        if any(isinstance(one, Mark) for one in flat(box.inlines)):
            return False
    return high <= _MOST * layout.geometry.lines * layout.geometry.grid


def display_style(segment: Segment, kind: str) -> str:
    """The style, without language, of a block of a display page of that kind; "" for its own."""
    if segment.kind not in (Kind.PARA, Kind.QUOTE, Kind.VERSE):
        return ""
    if kind == "dedication":
        return kind
    return "source" if segment.byline else "epigraph"


# --- the imprint ----------------------------------------------------------------------------------

_GAP = "\u3000"


def imprint(config: Config) -> Iterator[tuple[str, str, Lang, str]]:
    """Lines of the imprint in their order, the Chinese before the English: the name of each, its
    style without language, its language, its words."""
    for lang in LANGS:
        if lang not in config.languages:
            continue
        title = config.title.get(lang)
        if title:
            yield f"title/{lang}", "facthead", lang, title
        for number, text in enumerate(_lines(config, lang)):
            yield f"{number}/{lang}", "fact", lang, text


def _lines(config: Config, lang: Lang) -> Iterator[str]:
    """The facts after the title, in one language, as books of that language say them."""
    given = config.imprint
    people = {key: _names(getattr(config, key), lang) for key in ("authors", "editors")}
    said = {
        **people, "publisher": config.publisher.get(lang), "series": given.series.get(lang),
        "edition": given.edition.get(lang), "printing": given.printing.get(lang),
        "date": printed_date(config.date, lang), "isbn": "", "price": given.price.get(lang),
    }  # fmt: skip
    for name, value in said.items():
        if name == "isbn":
            yield from (words.fact(name, one, lang, config.script) for one in given.isbn)
        elif value:
            yield words.fact(name, value, lang, config.script)
    more = (*given.lines, given.colophon, given.rights)
    yield from (one.get(lang) for one in more if one.get(lang))


def has_imprint(config: Config) -> bool:
    """Whether there is more to say than the title page does."""
    given = config.imprint
    facts = (given.series, given.edition, given.printing, given.price, given.rights, given.colophon,
             *given.lines, config.publisher)  # fmt: skip
    return bool(given.isbn or config.date or any(one.zh or one.en for one in facts))


def _names(people: Iterable[Bilingual], lang: Lang) -> str:
    between = _GAP if lang == "zh" else ", "
    return between.join(one.get(lang) for one in people if one.get(lang))


def printed_date(iso: str, lang: Lang) -> str:
    """A date of the settings as it is printed: 2026年3月5日, 5 March 2026; "" for none."""
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
