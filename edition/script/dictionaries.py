"""OpenCC: its dictionaries as functions of text. The only importer of ``opencc``.

Conversions are composed from OpenCC's dictionaries rather than taken from its ready
configurations, so that a word list of ours can go before them, and so that it can be *asked*
which characters a phrase decided: a dictionary of phrases alone, with every single character
mapped to a sentinel, leaves standing only what phrases cover.

Every entry of the dictionaries used keeps the number of code points, so that text and conversion
correspond character by character; :func:`cells` is exact where a later version breaks this.
"""

from __future__ import annotations

import difflib
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

import opencc

from edition.characters import is_han
from edition.script.varieties import GENERIC, OWN_CHARACTERS, OWN_PHRASES, OWN_SIMPLIFIED

Variety: TypeAlias = Literal["tw", "hk", "generic", "standard"]  # standard: OpenCC's own
Script: TypeAlias = Literal["hant", "hans"]
Conversion: TypeAlias = Callable[[str], str]

SENTINEL = "\U0010fffd"  # a private-use character that no dictionary has
_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
_DATA = Path(opencc.__file__).parent / "clib" / "share" / "opencc"


def _file(name: str) -> dict[str, Any]:
    return {"type": "ocd2", "file": str(_DATA / f"{name}.ocd2")}


def _inline(entries: Mapping[str, str]) -> dict[str, Any]:
    return {"type": "inline", "entries": dict(entries)}


def _first(*dicts: dict[str, Any]) -> dict[str, Any]:
    """The dictionaries in order: the first that has a match decides."""
    return {"dict": {"type": "group", "match_policy": "short_circuit", "dicts": list(dicts)}}


def _longest(*dicts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "group", "match_policy": "union", "dicts": list(dicts)}


def _load(chain: Sequence[dict[str, Any]]) -> Conversion:
    """A conversion through ``chain``. The configuration exists on disk only while it is read."""
    with tempfile.TemporaryDirectory(prefix="edition-script-") as folder:
        path = Path(folder) / "chain.json"
        path.write_text(
            json.dumps({"name": "edition", "conversion_chain": list(chain)}), encoding="utf-8"
        )
        convert = opencc.OpenCC(str(path)).convert

    def run(text: str) -> str:
        return str(convert(text))

    return run


def _st_phrases() -> dict[str, Any]:
    return _longest(_file("STPhrases"), _file("STPhrases_GeneratedFromRegionalPhrases"))


_REGION: Mapping[str, Callable[[], dict[str, Any]]] = {
    "generic": lambda: _first(_inline(GENERIC)),
    "standard": lambda: _first(_inline({"爲": "爲"})),
    "tw": lambda: _first(_file("TWVariantsPhrases"), _file("TWVariants")),
    "hk": lambda: _first(_file("HKVariantsPhrases"), _file("HKVariants")),
}
_FROM_REGION: Mapping[str, Callable[[], list[dict[str, Any]]]] = {
    "generic": list,
    "standard": list,
    "tw": lambda: [_first(_file("TWVariantsRevPhrases"), _file("TWVariantsRev"))],
    "hk": lambda: [_first(_file("HKVariantsRevPhrases"), _file("HKVariantsRev"))],
}


@lru_cache(maxsize=8)
def conversion(to: Script, variety: Variety) -> Conversion:
    """Conversion to ``to``; ``variety`` is that of the traditional side."""
    if to == "hant":
        return _load(
            [
                _first(
                    _inline(OWN_PHRASES),
                    _st_phrases(),
                    _inline(OWN_CHARACTERS),
                    _file("STCharacters"),
                ),
                _REGION[variety](),
            ]
        )
    # Without OpenCC's table of simplified forms beyond Unicode's basic plane: the standard
    # simplifies none of those characters (通用规范汉字表, 2013), and few fonts have them.
    own = _first(_inline(OWN_SIMPLIFIED), _file("TSPhrases"), _file("TSCharacters"))
    return _load([*_FROM_REGION[variety](), own])


@lru_cache(maxsize=8)
def regional(variety: Variety) -> Conversion:
    """Traditional text in OpenCC's standard to the forms of ``variety``."""
    return _load([_REGION[variety]()])


@lru_cache(maxsize=2)
def phrases(to: Script) -> Conversion:
    """Conversion by phrases alone: each character of the main block of Han (U+4E00–9FFF) that no
    phrase covers becomes :data:`SENTINEL`. (What stands for the others is of no account.)"""
    table = (
        _longest(_inline(OWN_PHRASES), *_st_phrases()["dicts"])
        if to == "hant"
        else _longest(_inline(OWN_SIMPLIFIED), _file("TSPhrases"))
    )
    main = (chr(point) for point in range(0x4E00, 0xA000))
    return _load([_first(table, _inline(dict.fromkeys(main, SENTINEL)))])


def han_in(text: str) -> set[str]:
    """The Han characters that occur in ``text``."""
    return {char for char in set(text) if is_han(char)}


@lru_cache(maxsize=1)
def all_han() -> tuple[str, ...]:
    """Han characters of the basic plane."""
    return tuple(chr(point) for start, end in _HAN for point in range(start, end))


@lru_cache(maxsize=8)
def characters(to: Script, variety: Variety) -> Mapping[str, str]:
    """What each Han character becomes standing alone; without those that stay."""
    alone = all_han()
    made = conversion(to, variety)("\n".join(alone)).split("\n")
    return {one: other for one, other in zip(alone, made, strict=True) if one != other}


@lru_cache(maxsize=4)
def characters_regional(variety: Variety) -> Mapping[str, str]:
    """Regional form of each Han character of traditional text; without those that stay."""
    alone = all_han()
    made = regional(variety)("\n".join(alone)).split("\n")
    return {one: other for one, other in zip(alone, made, strict=True) if one != other}


@lru_cache(maxsize=1)
def plain_forms() -> Mapping[str, str]:
    """Character → the simplified form of the same character, whatever its fashion: of Hong Kong,
    Taiwan or Japan (衞, 徳, 渇). For comparing only; without those that stay."""
    alone = all_han()

    def mapped(chars: Sequence[str], *names: str) -> list[str]:
        return _load([_first(_file(name)) for name in names])("\n".join(chars)).split("\n")

    usual = mapped(alone, "HKVariantsRev", "TWVariantsRev", "TSCharacters")
    old = mapped(mapped(usual, "JPShinjitaiCharacters"), "TSCharacters")
    # 德 for 徳; but 研 and not 硏, which is the older form and the rarer one
    return {
        one: form for one, first, last in zip(alone, usual, old, strict=True)
        if one != (form := last if _is_rare(first) else first)
    }  # fmt: skip


def _is_rare(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def cells(source: str, converted: str) -> list[str]:
    """For each code point of ``source`` what it became."""
    if len(source) == len(converted):
        return list(converted)
    out: list[str] = []
    matcher = difflib.SequenceMatcher(None, source, converted, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        if a == b and out:
            out[-1] += converted[c:d]
        out += shared(converted[c:d], b - a)
    return out


def shared(text: str, count: int) -> list[str]:
    """``text`` shared out over ``count`` code points, in order."""
    return [text[k * len(text) // count : (k + 1) * len(text) // count] for k in range(count)]


def masked(text: str, ranges: Iterable[tuple[int, int]]) -> str:
    """``text`` with what lies in ``ranges`` made invisible to dictionaries."""
    out, done = [], 0
    for start, end in ranges:
        out += [text[done:start], SENTINEL * (end - start)]
        done = end
    return "".join([*out, text[done:]])
