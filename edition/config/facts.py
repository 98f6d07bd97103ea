"""All that the settings say in both languages: one list of it, for whoever converts it, leaves a
language out, or looks for the characters that it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from edition.config.values import Bilingual, Config


def mapped(config: Config, both: Callable[[Bilingual, str], Bilingual]) -> Config:
    """``config`` with each fact as ``both`` makes it of the fact and its name."""

    def each(facts: tuple[Bilingual, ...], name: str) -> tuple[Bilingual, ...]:
        return tuple(both(one, name) for one in facts)

    imprint = config.imprint
    return replace(
        config,
        title=both(config.title, "title"),
        subtitle=both(config.subtitle, "subtitle"),
        authors=each(config.authors, "authors"),
        editors=each(config.editors, "editors"),
        publisher=both(config.publisher, "publisher"),
        base_text=both(config.base_text, "base text"),
        rules=tuple(both(one, f"rule {n}") for n, one in enumerate(config.rules, start=1)),
        layers=tuple(replace(one, name=both(one.name, f"layer {one.id}")) for one in config.layers),
        witnesses=tuple(
            replace(one, siglum=both(one.siglum, "siglum"), name=both(one.name, "witness"),
                    date=both(one.date, "witness"), library=both(one.library, "witness"))
            for one in config.witnesses
        ),
        imprint=replace(
            imprint, series=both(imprint.series, "series"),
            edition=both(imprint.edition, "edition"),
            printing=both(imprint.printing, "printing"), price=both(imprint.price, "price"),
            rights=both(imprint.rights, "rights"), colophon=both(imprint.colophon, "colophon"),
            lines=each(imprint.lines, "imprint"),
        ),
        abbreviations=tuple(
            replace(one, short=both(one.short, "abbreviation"), full=both(one.full, "abbreviation"))
            for one in config.abbreviations
        ),
    )  # fmt: skip


def every(config: Config) -> tuple[Bilingual, ...]:
    """The facts, in order."""
    found: list[Bilingual] = []

    def take(fact: Bilingual, _: str) -> Bilingual:
        found.append(fact)
        return fact

    mapped(config, take)
    return tuple(found)
