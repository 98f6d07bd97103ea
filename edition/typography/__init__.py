"""Typography: marks that were typed, printed as a printer sets them, where the edition asks.

Nothing is changed unasked. Anchors, lemmas and quotations of the source are found in the text as it
is typed; what becomes of a text is laid back on its pieces, and anchors follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from edition.config import Config
from edition.diagnostics import Diagnostic, info
from edition.model import LANGS, Edition, Lang
from edition.script import conversion, relay
from edition.script.batch import Converted, Unit
from edition.script.readings import merged
from edition.typography import marks

TYPED = info("TXT025", "Typewriter marks that are printed as typed")

_LANGUAGE = {"zh": "Chinese", "en": "English"}


def apply(edition: Edition, config: Config) -> tuple[Edition, Config]:
    """``edition`` and the facts of the book with printed marks, as ``config`` asks."""
    if not _asked(config):
        return edition, config
    walk = relay.Walk(concerns=lambda unit: _concerned(unit, config))
    conversion.rebuild(walk, edition, config)
    if not walk.units:
        return edition, config
    made = [Converted(unit, tuple(_set(unit, config))) for unit in walk.units]
    back = relay.Walk(results=iter(made), concerns=walk.concerns)
    return conversion.rebuild(back, edition, config)


def check(
    edition: Edition, config: Config, *, every: Sequence[Unit] | None = None
) -> list[Diagnostic]:
    """One remark for a language whose text has typewriter marks and no setting for them.
    ``every``: all texts, where they are collected (:func:`conversion.units`)."""
    unset = [lang for lang in LANGS if config.typography.get(lang) == ""]
    if not unset:
        return []
    if every is None:
        every = conversion.units(edition, config)
    typed = [unit for unit in every if unit.lang in unset and _first(unit)]
    return [
        one
        for lang in unset
        for one in _offered([unit for unit in typed if unit.lang == lang], lang)
    ]


def _offered(units: Sequence[Unit], lang: Lang) -> Iterator[Diagnostic]:
    for unit in units:
        at = _first(unit) or 0
        more = len(units) - 1
        where = f" and in {more} more place{'s' if more > 1 else ''}" if more else ""
        shown = unit.text[max(0, at - 12) : at + 12].strip()
        yield Diagnostic(
            code=TYPED,
            span=unit.span(at),
            segment=unit.where,
            fact=f"the {_LANGUAGE[lang]} has typewriter marks, here in “{shown}”{where}, and they "
            "are printed as typed",
            hint=f'typography = {{ {lang} = "smart" }} under [edition] of edition.toml prints '
            '“ ” ’ – …; "as-written" leaves them, and this remark out',
        )
        return


def _asked(config: Config) -> bool:
    smart = any(config.typography.get(lang) == "smart" for lang in LANGS)
    return smart or config.quotation_marks != "as-written"


def _kept(unit: Unit) -> list[tuple[int, int]]:
    """Ranges of a unit's text to leave: locks, and marks that a backslash escapes."""
    ranges = list(unit.locked)
    at = 0
    for text, span in unit.pieces:
        if len(text) == 1 and span.text.startswith("\\") and span.end - span.start > 1:
            ranges.append((at, at + 1))
        at += len(text)
    return merged(ranges)


# has what any of the marks begins with, whatever is locked beside it
_MARK = re.compile(r"[\"']|--|\.\.\.")


def _first(unit: Unit) -> int | None:
    if not _MARK.search(unit.text):
        return None
    kept = _kept(unit)
    text = unit.text
    for start, end in kept:
        text = text[:start] + "x" * (end - start) + text[end:]
    match = marks.typed(text)
    return match.start() if match else None


def _concerned(unit: Unit, config: Config) -> bool:
    if unit.lang is None:
        return False
    if config.typography.get(unit.lang) == "smart" and marks.TYPED.search(unit.text):
        return True
    quotes = config.quotation_marks != "as-written" and unit.lang == "zh"
    return quotes and any(char in "“”‘’「」『』\"'" for char in unit.text)


def _set(unit: Unit, config: Config) -> list[str]:
    lang: Lang = unit.lang or "en"
    kept = _kept(unit)
    cells = list(unit.text)
    if config.typography.get(lang) == "smart":
        cells = marks.smart(unit.text, lang, kept)
    if lang == "zh" and config.quotation_marks != "as-written":
        style = config.quotation_marks
        if style == "region":
            style = "corner" if config.script == "hant" else "curly"
        cells = marks.chinese(cells, style, kept)
    return cells
