"""The edition in the script that it is to be printed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from edition.characters import IS_HAN
from edition.config import Bilingual, Config, facts
from edition.diagnostics import Diagnostic, Outcome
from edition.model import Edition, Name
from edition.script import batch, dictionaries, readings, regional, relay
from edition.script.batch import ConversionUnit, ReadingChoice
from edition.script.batch import ConvertedText as ConvertedUnit
from edition.script.characters import REVIEWED
from edition.script.codes import SCR004
from edition.script.dictionaries import Script
from edition.script.locks import NameForms, name_forms

PLACES = 4  # places of an undecided reading that a message names


@dataclass(frozen=True, slots=True)
class Converted:
    """The edition and the facts of the book in the script asked for, with every decision."""

    edition: Edition
    config: Config
    log: tuple[ReadingChoice, ...] = ()


def convert(edition: Edition, config: Config) -> Outcome[Converted]:
    """``edition`` and ``config`` in ``config.script``, from ``config.source_script``.

    Where the two are one script nothing is changed, unless ``config.variety`` asks for the forms
    of a region. Text is converted by phrase; names and locked or foreign spans are kept as
    :mod:`edition.script.locks` says, readings that notes quote as :mod:`edition.script.readings`
    says. Anchors follow the text. The source is not touched; every choice among readings is in
    ``log``, and readings that no phrase decides are reported."""
    if _as_written(config):
        return Outcome(Converted(edition, config))
    kept = readings.readings(edition, config)
    walk = relay.Walk(readings=kept)
    rebuild(walk, edition, config)
    made, log = _convert(walk.units, config, name_forms(edition.names, config.script))
    if config.script == config.source_script and not log:
        return Outcome(Converted(edition, config))
    back = relay.Walk(results=iter(made), readings=kept)
    new_edition, new_config = rebuild(back, edition, config)
    names = new_edition.names
    if config.script != config.source_script:
        names = tuple(
            _both_forms(old, new, config) for old, new in zip(edition.names, names, strict=True)
        )
    new_config = replace(
        new_config, source_script=config.script, converted_from=config.source_script
    )
    value = Converted(replace(new_edition, names=names), new_config, log)
    return Outcome(value, tuple(_undecided(log, config.script)))


def converter(config: Config, names: Iterable[Name] = ()) -> Callable[[str], str]:
    """Conversion of single texts (fields of references, say) to ``config.script``, with the locks
    of ``names``. Choices are not logged."""
    if _as_written(config):
        return str
    forms = name_forms(names, config.script)

    def run(text: str) -> str:
        made, _ = _convert([ConversionUnit(text, "")], config, forms)
        return made[0].text

    return run


def convert_text(text: str, config: Config, names: Iterable[Name] = ()) -> str:
    """``text`` in ``config.script``. For many texts make a :func:`converter` once."""
    return converter(config, names)(text)


def traditional(text: str) -> str:
    """Simplified ``text`` in OpenCC's own traditional forms, word by word; for comparing, and for
    single words of a list."""
    return dictionaries.conversion("hant", "standard")(text)


def _as_written(config: Config) -> bool:
    """Whether every character is printed as the source has it."""
    return config.script == config.source_script and (
        config.script == "hans" or config.variety == "generic"
    )


def _convert(
    units: list[ConversionUnit], config: Config, names: NameForms
) -> tuple[list[ConvertedUnit], tuple[ReadingChoice, ...]]:
    if config.script == config.source_script:
        made, log = regional.convert(units, config.variety, names)
    else:
        made, log = batch.convert(units, config.script, config.variety, names)
    return made, tuple(log)


def rebuild(walk: relay.Walk, edition: Edition, config: Config) -> tuple[Edition, Config]:
    """One walk over all that is converted."""

    def both(one: Bilingual, where: str) -> Bilingual:
        walk.lang = "zh"
        zh = walk.string(one.zh, where, one.place("zh"))
        walk.lang = "en"
        return replace(one, zh=zh, en=walk.string(one.en, where, one.place("en")))

    made = relay.edition(walk, edition)
    return made, facts.mapped(config, both)


def units(edition: Edition, config: Config) -> list[ConversionUnit]:
    """All texts of an edition and of the facts of its book, in the order of :func:`rebuild`."""
    walk = relay.Walk(concerns=lambda _: True)
    rebuild(walk, edition, config)
    return walk.units


def _both_forms(old: Name, new: Name, config: Config) -> Name:
    """A converted name keeps what it was, so that converting back gives it exactly."""
    if old.locked or not IS_HAN.search(old.zh):
        return new
    forms = {config.source_script: old.zh, config.script: new.zh}
    return replace(new, hant=forms.get("hant", new.hant), hans=forms.get("hans", new.hans))


def _undecided(log: Iterable[ReadingChoice], script: Script) -> Iterable[Diagnostic]:
    """One finding for each reading that was taken without a phrase to decide it."""
    found: dict[tuple[str, str], list[ReadingChoice]] = {}
    reviewed = REVIEWED[script]
    for one in log:
        # The words of a lemma stand in a segment too.
        if one.kind == "default" and one.source in reviewed and not one.where.startswith("lemma "):
            found.setdefault((one.source, one.target), []).append(one)
    for (source, target), many in found.items():
        wheres = list(dict.fromkeys(one.where for one in many))
        more = f" and {len(wheres) - PLACES} more" if len(wheres) > PLACES else ""
        others = [one for one in many[0].readings if one != target]
        yield Diagnostic(
            code=SCR004,
            span=many[0].span,
            segment=many[0].where,
            fact=f"“{source}” is read as “{target}”, and no phrase decides against "
            f"{'、'.join(others) or 'another reading'}: {', '.join(wheres[:PLACES])}{more}",
            hint="where it is wrong, lock the word with [..]{.lock} or give the name its form in "
            "names.toml",
        )
