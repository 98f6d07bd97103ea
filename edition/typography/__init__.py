"""Typography: marks that were typed, printed as a printer sets them, and Chinese marks as a region
has them, where the edition asks.

Nothing is changed unasked. Anchors, lemmas and quotations of the source are found in the text as it
is typed; what becomes of a text is laid back on its pieces, and anchors follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from edition.config import Config
from edition.diagnostics import Diagnostic, Outcome, info, warning
from edition.model import LANGS, Edition, Lang, Name
from edition.numerals import counted
from edition.script import conversion, relay
from edition.script.batch import ConversionUnit, ConvertedText
from edition.script.readings import merged
from edition.typography import marks, regional

REGIONAL = info("TXT032", "Marks of Chinese printed otherwise than written")
LEVEL = warning("TXT033", "An inner quotation mark that stands in no quotation")
UNEVEN = info("TXT034", "註 and 注 in words of one kind")
TYPED = info("TXT025", "Typewriter marks that are printed as typed")

_LANGUAGE = {"zh": "Chinese", "en": "English"}


def apply(edition: Edition, config: Config) -> Outcome[tuple[Edition, Config]]:
    """``edition`` and the facts of the book with printed marks, as ``config`` asks; what was made
    of another region's is told."""
    if not _asked(config):
        return Outcome((edition, config))
    walk = relay.Walk(concerns=lambda unit: _concerned(unit, config))
    conversion.rebuild(walk, edition, config)
    if not walk.units:
        return Outcome((edition, config))
    told = _Told()
    made = [ConvertedText(unit, tuple(_set(unit, config, told))) for unit in walk.units]
    back = relay.Walk(results=iter(made), concerns=walk.concerns)
    done, facts = conversion.rebuild(back, edition, config)
    if config.name_dots != "as-written":  # names are looked for as they are printed
        done = replace(done, names=tuple(_dotted(one, _dot(config)) for one in done.names))
    return Outcome((done, facts), tuple(told.diagnostics()))


def _dotted(name: Name, dot: str) -> Name:
    def set_dot(text: str) -> str:
        return "".join(regional.dots(list(text), dot))

    return replace(
        name, zh=set_dot(name.zh), hant=set_dot(name.hant), hans=set_dot(name.hans),
        variants=tuple(map(set_dot, name.variants)),
    )  # fmt: skip


@dataclass
class _Told:
    """What became of the marks of Chinese: how many there are of each, and where the first is."""

    changed: dict[str, list[tuple[ConversionUnit, int]]] = field(
        default_factory=dict
    )  # printed → places
    alone: list[tuple[ConversionUnit, int]] = field(default_factory=list)

    def take(
        self, unit: ConversionUnit, before: Sequence[str], after: Sequence[str], what: str
    ) -> None:
        if unit.lemma:
            return
        for at, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                self.changed.setdefault(what, []).append((unit, at))

    def diagnostics(self) -> Iterator[Diagnostic]:
        for what, places in self.changed.items():
            unit, at = places[0]
            number, are = (len(places), "are") if len(places) > 1 else ("a", "is")
            yield Diagnostic(
                code=REGIONAL, span=unit.span(at), segment=unit.where,
                fact=f"{number} {what.format('s' if len(places) > 1 else '')} {are} printed "
                f"otherwise than written, the first for “{unit.text[at]}” here",
                hint='"as-written" under [edition] of edition.toml leaves them',
            )  # fmt: skip
        if self.alone:
            unit, at = self.alone[0]
            more = f", and {len(self.alone) - 1} more times" if len(self.alone) > 1 else ""
            yield Diagnostic(
                code=LEVEL, span=unit.span(at), segment=unit.where,
                fact=f"“{unit.text[at]}” is the mark of a quotation within another, and stands in "
                f"none here{more}: it is printed as an inner one",
                hint="where it is the title of a book write 《》, where a quotation the outer mark",
            )  # fmt: skip


def check(
    edition: Edition, config: Config, *, every: Sequence[ConversionUnit] | None = None
) -> list[Diagnostic]:
    """One remark for a language whose text has typewriter marks and no setting for them, and one
    for a traditional text that has both 注釋 and 註釋. ``every``: all texts, where they are
    collected (:func:`conversion.units`)."""
    unset = [lang for lang in LANGS if config.typography.get(lang) == ""]
    mixed = config.annotation == "as-written" and config.source_script == "hant"
    if not unset and not mixed:
        return []
    if every is None:
        every = conversion.units(edition, config)
    return [*(_uneven(every) if mixed else ()), *_typed(every, unset)]


def _uneven(every: Sequence[ConversionUnit]) -> Iterator[Diagnostic]:
    places = {"注": list[tuple[ConversionUnit, int]](), "註": list[tuple[ConversionUnit, int]]()}
    for unit in every:
        if unit.lang == "zh" and not unit.lemma and _BOTH.search(unit.text):
            for at in regional.annotation_words(unit.text):
                places[unit.text[at]].append((unit, at))
    rarer, commoner = sorted(places, key=lambda form: len(places[form]))
    if places[rarer]:
        unit, at = places[rarer][0]
        shown = "".join(one for one in unit.text[max(0, at - 1) : at + 2] if one.isalpha())
        yield Diagnostic(
            code=UNEVEN, span=unit.span(at), segment=unit.where,
            fact=f"{rarer} stands {counted(len(places[rarer]), 'time')} where the text has "
            f"{commoner} {counted(len(places[commoner]), 'time')}, here in “{shown}”",
            hint=f'annotation = "{commoner}" under [edition] of edition.toml prints one of them',
        )  # fmt: skip


def _typed(every: Sequence[ConversionUnit], unset: Sequence[Lang]) -> list[Diagnostic]:
    typed = [unit for unit in every if unit.lang in unset and _first(unit)]
    return [
        one
        for lang in unset
        for one in _offered([unit for unit in typed if unit.lang == lang], lang)
    ]


def _offered(units: Sequence[ConversionUnit], lang: Lang) -> Iterator[Diagnostic]:
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
    regional_forms = (config.quotation_marks, config.name_dots, config.annotation)
    smart = any(config.typography.get(lang) == "smart" for lang in LANGS)
    return smart or any(one != "as-written" for one in regional_forms)


def _dot(config: Config) -> str:
    dot = config.name_dots
    return regional.DOTS[config.region] if dot == "region" else dot


def _kept(unit: ConversionUnit) -> list[tuple[int, int]]:
    """Ranges of a unit's text to leave: locks, and marks that a backslash escapes."""
    ranges = list(unit.locked)
    at = 0
    for text, span in unit.pieces:
        if len(text) == 1 and span.text.startswith("\\") and span.end - span.start > 1:
            ranges.append((at, at + 1))
        at += len(text)
    return merged(ranges)


_BOTH = re.compile("[注註]")
# has what any of the marks begins with, whatever is locked beside it
_MARK = re.compile(r"[\"']|--|\.\.\.")


def _first(unit: ConversionUnit) -> int | None:
    if not _MARK.search(unit.text):
        return None
    kept = _kept(unit)
    text = unit.text
    for start, end in kept:
        text = text[:start] + "x" * (end - start) + text[end:]
    match = marks.typed(text)
    return match.start() if match else None


def _concerned(unit: ConversionUnit, config: Config) -> bool:
    if unit.lang is None:
        return False
    if config.typography.get(unit.lang) == "smart" and marks.TYPED.search(unit.text):
        return True
    if unit.lang != "zh":
        return False
    quotes = config.quotation_marks != "as-written"
    return (
        (quotes and any(char in "“”‘’「」『』\"'" for char in unit.text))
        or (config.name_dots != "as-written" and any(char in "·‧・．•⋅∙" for char in unit.text))
        or (config.annotation != "as-written" and any(char in "注註" for char in unit.text))
    )


def _set(unit: ConversionUnit, config: Config, told: _Told) -> list[str]:
    lang: Lang = unit.lang or "en"
    kept = _kept(unit)
    cells = list(unit.text)
    if config.typography.get(lang) == "smart":
        cells = marks.smart(unit.text, lang, kept)
    if lang != "zh":
        return cells
    if config.quotation_marks != "as-written":
        style = config.quotation_marks
        if style == "region":
            style = regional.QUOTES[config.region]
        made, alone = regional.quotes(cells, style, kept)
        told.take(unit, cells, made, "quotation mark{}")
        told.alone += [(unit, at) for at in alone if not unit.lemma]
        cells = made
    if config.name_dots != "as-written":
        made = regional.dots(cells, _dot(config), kept)
        told.take(unit, cells, made, "dot{} of names")
        cells = made
    if config.annotation != "as-written" and config.script == "hant":
        made = regional.annotated(cells, config.annotation, kept)
        told.take(unit, cells, made, "注 or 註")
        cells = made
    return cells
