"""``[[witness]]`` and ``[apparatus]`` of ``edition.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast, get_args

from edition.config.file import SettingsFile
from edition.config.values import ApparatusSettings, Bilingual, Manner, Witness

_TEXTS = ("siglum", "name", "date", "library")
WITNESS_KEYS = (*_TEXTS, "base", "of_base")
APPARATUS_KEYS = ("zh", "en", "shorten", "deleted", "supplied", "lost")
_LONGEST = 200  # a lemma that is longer is no lemma


def witnesses(settings: SettingsFile) -> tuple[Witness, ...]:
    """The declared witnesses, in order; those without siglum or with one that is taken are said
    and left out."""
    value = settings.toml.data.get("witness", [])
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        settings.wrong_type("write [[witness]] with two brackets", "witness")
        return ()
    known: dict[str, Witness] = {}
    for number, one in enumerate(value):
        witness = _witness(settings, number, one)
        if witness is None:
            continue
        if witness.siglum.zh in known:
            settings.wrong_value(f"the siglum {witness.siglum.zh} stands twice", "witness", number)
            continue
        known[witness.siglum.zh] = witness
    if sum(one.base for one in known.values()) > 1:
        settings.wrong_value("two witnesses are the base text", "witness",
                             hint="base = true stands with one")  # fmt: skip
    return tuple(known.values())


def _witness(settings: SettingsFile, number: int, one: Mapping[str, Any]) -> Witness | None:
    for key in one:
        if key not in WITNESS_KEYS:
            settings.strange(key, WITNESS_KEYS, "witness", number, key)
    texts = {key: settings.both(one.get(key, ""), "witness", number, key)
             for key in _TEXTS}  # fmt: skip
    siglum = texts["siglum"]
    if not siglum.zh:
        settings.lacking("a witness lacks its siglum", "witness", number,
                         hint='siglum = { zh = "宋", en = "S" }')  # fmt: skip
        return None
    base, of_base = one.get("base", False), one.get("of_base", False)
    for key, value in (("base", base), ("of_base", of_base)):
        if not isinstance(value, bool):
            settings.wrong_type(f"{key} is true or false", "witness", number, key)
    name = texts["name"]
    return Witness(
        siglum=Bilingual(zh=siglum.zh, en=siglum.en or siglum.zh, places=siglum.places),
        name=Bilingual(zh=name.zh or siglum.zh, en=name.en or siglum.en, places=name.places),
        date=texts["date"], library=texts["library"], base=base is True,
        of_base=of_base is True,
    )  # fmt: skip


def apparatus(settings: SettingsFile) -> ApparatusSettings:
    """How the apparatus is printed."""
    usual = ApparatusSettings()
    zh, en = (settings.choice("apparatus", lang, get_args(Manner), usual_manner)
              for lang, usual_manner in (("zh", usual.zh), ("en", usual.en)))  # fmt: skip
    shorten = settings.table("apparatus").get("shorten", usual.shorten)
    if not isinstance(shorten, int) or isinstance(shorten, bool) or not 0 <= shorten <= _LONGEST:
        settings.wrong_value(f"shorten = {shorten!r}", "apparatus", "shorten",
                             hint=f"0 to {_LONGEST}: words of the longest whole lemma")  # fmt: skip
        shorten = usual.shorten
    lost = settings.table("apparatus").get("lost", usual.lost)
    if not isinstance(lost, str) or len(lost) != 1:
        settings.wrong_value(f"lost = {lost!r}", "apparatus", "lost", hint='one sign, e.g. "□"')
        lost = usual.lost
    return ApparatusSettings(
        zh=cast(Manner, zh), en=cast(Manner, en), shorten=shorten, lost=lost,
        deleted=_marks(settings, "deleted", usual.deleted),
        supplied=_marks(settings, "supplied", usual.supplied),
    )  # fmt: skip


def _marks(settings: SettingsFile, key: str, usual: tuple[str, str]) -> tuple[str, str]:
    """Two signs, opening and closing."""
    value = settings.table("apparatus").get(key, "".join(usual))
    if isinstance(value, str) and len(value) == 2 and value.isprintable():
        return value[0], value[1]
    settings.wrong_value(f"{key} = {value!r}", "apparatus", key,
                         hint=f'two signs, e.g. "{"".join(usual)}"')  # fmt: skip
    return usual
