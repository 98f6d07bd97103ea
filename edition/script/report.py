"""What the check of script says of an edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from edition.characters import IS_HAN, is_han
from edition.config import Config
from edition.diagnostics import Code, Diagnostic, Fix
from edition.keeping import Keep
from edition.model import Edition
from edition.script import conversion, habits, readings, regional, relay
from edition.script.batch import ConversionUnit
from edition.script.characters import foreign
from edition.script.checking import Suspect, name_forms_kept, suspects
from edition.script.codes import SCR001, SCR002, SCR003, SCR005, SCR006, SCR007
from edition.script.dictionaries import Script
from edition.source import Span

SCRIPTS = {"hant": "traditional", "hans": "simplified"}
_FORMS = 20  # that one finding lists
MANY = 50  # findings above which a text is asked whether its script is what its settings say


def check(
    edition: Edition, config: Config, keep: Keep | None = None, *,
    every: Sequence[ConversionUnit] | None = None,
) -> tuple[Diagnostic, ...]:  # fmt: skip
    """Characters of the other script, and mixed regional forms, in the source of ``edition``:
    text, notes, names, glossary and the facts of the book. What is locked, ``sic``, and what a
    textual note quotes is left alone. Regional forms are remarked on, never errors. Texts whose
    suspects ``keep`` has are not looked through again. ``every``: all texts, where they are
    collected (:func:`conversion.units`)."""
    keep = keep or Keep()
    if every is None:
        every = conversion.units(edition, config)
    known = keep.table("suspects", config.source_script, config.variety)
    quoting = {
        f"note {note.id}": note.sic for note in edition.notes if readings.is_textual(note, config)
    }
    units = [one for one in every if not _apart(one) and IS_HAN.search(one.text)]
    names = name_forms_kept(edition.names)
    script = config.source_script
    own = [
        ConversionUnit(name.zh, f"name {name.id}", (), ((name.zh, name.span),))
        for name in edition.names
        if not name.locked
    ]
    found = [
        one
        for one in (
            *suspects(units, script, config.variety, names, known),
            *suspects(own, script, config.variety, name_forms_kept(()), known),
        )
        if not _quoted(one.unit, one.offset, quoting)
    ]
    out = [*_whole(found, units, script)] or _single(found, units, config)
    if script == "hant":
        own_script = replace(config, script="hant")
        quoted = readings.readings(edition, own_script)
        if quoted.any_of(edition.notes):
            spared = relay.Walk(readings=quoted)
            conversion.rebuild(spared, edition, config)
            units = [one for one in spared.units if not _apart(one)]
        out += _mixed(units, config, edition, keep)
    return (*out, *_explicit(edition))


def _single(
    found: Sequence[Suspect], units: Sequence[ConversionUnit], config: Config
) -> list[Diagnostic]:  # fmt: skip
    """One finding for each place, but one in all for forms that a text has throughout; words of
    classical Chinese are as they should be."""
    known = habits.habits(found, units)
    rest = list(habits.without(found, known))
    if habits.is_classical(units, config):
        rest = [one for one in rest if one.certain]
    script = config.source_script
    out = [_finding(run, script) for run in _runs(rest)]
    if known:
        other = SCRIPTS["hans" if script == "hant" else "hant"]
        forms = "、".join(f"{one.form}（{one.other}）{one.count}" for one in known[:_FORMS])
        more = f" and {len(known) - _FORMS} more" if len(known) > _FORMS else ""
        first = known[0].first
        fact = f"forms reckoned {other} stand throughout, those in brackets never: {forms}{more}"
        out.append(
            Diagnostic(
                code=SCR007,
                span=first.unit.span(first.offset),
                segment=first.unit.where,
                fact=fact,
                hint="where they are the text’s own, nothing need be done: all print as written",
            )
        )
    return out


def _apart(unit: ConversionUnit) -> bool:
    """Whether a unit is the lemma of a note, which stands in the text too, or a name."""
    return unit.where.startswith(("lemma ", "name "))


def _quoted(unit: ConversionUnit, offset: int, quoting: dict[str, str]) -> bool:
    """Whether the place is in a quotation of a textual note, or is its ``sic``."""
    if unit.where not in quoting:
        return False
    sic = quoting[unit.where]
    at = unit.text.find(sic) if sic else -1
    while at >= 0:
        if at <= offset < at + len(sic):
            return True
        at = unit.text.find(sic, at + 1)
    return any(start <= offset < end for start, end in readings.quotations(unit.text))


def _whole(
    found: Sequence[Suspect], units: Sequence[ConversionUnit], script: Script
) -> Iterator[Diagnostic]:
    """One finding for a text that is in the other script altogether."""
    certain = sum(one.certain for one in found)
    if certain <= MANY:
        return
    other: Script = "hans" if script == "hant" else "hant"
    every = Counter("".join(unit.text for unit in units))
    belong = sum(count for char, count in every.items() if foreign(char, other))
    if certain > belong:
        yield Diagnostic(
            code=SCR006,
            span=next((one.unit.span(one.offset) for one in found), None),
            fact=f"{certain} characters are {SCRIPTS[other]} and {belong} are {SCRIPTS[script]}, "
            f"but source_script is “{script}”",
            hint=f'set source_script = "{other}" in edition.toml, or convert the source',
        )


def _runs(found: Iterable[Suspect]) -> Iterator[list[Suspect]]:
    """Suspects that stand next to each other, together."""
    run: list[Suspect] = []
    for one in found:
        last = run[-1] if run else None
        joins = (
            last
            and last.unit is one.unit
            and last.offset + 1 == one.offset
            and (last.certain == one.certain)
        )
        if run and not joins:
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _finding(run: Sequence[Suspect], script: Script) -> Diagnostic:
    unit = run[0].unit
    source = "".join(one.source for one in run)
    target = "".join(one.target for one in run)
    other = SCRIPTS["hans" if script == "hant" else "hant"]
    evidence = next((one.evidence for one in run if one.evidence), "")
    others = sorted({other for one in run for other in one.others} - set(target))
    why = f", as in {evidence}" if evidence else ""
    if others and not evidence:
        why = f" (or {'、'.join(others)}: no phrase decides)"
    if run[0].certain:
        code: Code = SCR001
        fact = f"“{source}” is {other}; this text wants “{target}”{why}"
    else:
        code = SCR002
        fact = f"“{source}” is right elsewhere, but here the word wants “{target}”{why}"
    return Diagnostic(
        code=code,
        span=_span(unit, run),
        segment=unit.where,
        fact=fact,
        hint=f"write {target}, or keep it with [{source}]{{.lock}} or a lock in names.toml",
        fix=_fix(unit, run, target),
    )


def _span(unit: ConversionUnit, run: Sequence[Suspect]) -> Span | None:
    first, last = unit.span(run[0].offset), unit.span(run[-1].offset)
    if first and last and first.file is last.file and last.end >= first.start:
        return Span(first.file, first.start, last.end)
    return first


def _fix(unit: ConversionUnit, run: Sequence[Suspect], target: str) -> Fix | None:
    """A repair where source and text are character for character the same."""
    span = _span(unit, run)
    source = "".join(one.source for one in run)
    if span is None or span.text != source or any(not one.safe for one in run):
        return None
    return Fix(span, target, f"write {target} for {source}", safe=run[0].certain)


def _mixed(
    units: Sequence[ConversionUnit], config: Config, edition: Edition, keep: Keep
) -> Iterator[Diagnostic]:
    """One remark a form that is not the edition's, at its first place. What is quoted or locked
    is no habit of the edition."""
    names = name_forms_kept(edition.names)
    if config.variety == "generic":
        for number, at, form, many, few in regional.habits(units, names, keep.table("forms")):
            char = units[number].text[at]
            fact = f"“{char}” stands {_times(few)} from here on, “{form}” {_times(many)}"
            yield _remark(
                units[number], at, fact,
                "each is printed as it is written; a variety in edition.toml makes the forms those "
                "of a region",
            )  # fmt: skip
        return
    first: dict[tuple[str, str], tuple[ConversionUnit, int]] = {}
    count = Counter[tuple[str, str]]()
    for number, at, form, _ in regional.preferred(units, config.variety, names):
        pair = units[number].text[at], form
        count[pair] += 1
        first.setdefault(pair, (units[number], at))
    for (char, form), (unit, at) in first.items():
        fact = (
            f"“{char}” stands {_times(count[char, form])} from here on, "
            f"and variety “{config.variety}” prints “{form}”"
        )
        yield _remark(unit, at, fact, f"keep it as written by [{char}]{{.lock}}")


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _remark(unit: ConversionUnit, at: int, fact: str, hint: str) -> Diagnostic:
    return Diagnostic(code=SCR003, span=unit.span(at), segment=unit.where, fact=fact, hint=hint)


def _explicit(edition: Edition) -> Iterator[Diagnostic]:
    """Forms of names that are not in the script that their key says."""
    for name in edition.names:
        forms: tuple[tuple[Script, str], ...] = (("hans", name.hans), ("hant", name.hant))
        for script, form in forms:
            strange = [char for char in form if is_han(char) and foreign(char, script)]
            if strange:
                other = SCRIPTS["hans" if script == "hant" else "hant"]
                yield Diagnostic(
                    code=SCR005,
                    span=name.span,
                    segment="",
                    fact=f"{script} = “{form}” of “{name.id}” has the {other} {'、'.join(strange)}",
                    hint=f"give the {SCRIPTS[script]} form",
                )
