"""Characters of the other script in a text, with the reading that their context suggests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from edition.keeping import Keep, ResultTable
from edition.model import Name
from edition.script import batch, dictionaries
from edition.script.batch import ConversionUnit
from edition.script.characters import HOMOGRAPHS, LIKELY, common_in, foreign, readings
from edition.script.dictionaries import Script, Variety
from edition.script.locks import NameForms, name_forms
from edition.script.varieties import same_class

_NUMERALS = frozenset("0123456789０１２３４５６７８９十百千萬万億亿")  # 余 after them is 餘


@dataclass(frozen=True, slots=True)
class Suspect:
    """A character that looks to be of the other script. ``certain``: it is none of this one.
    ``safe``: its context leaves one reading, so that it can be put right without asking."""

    unit: ConversionUnit
    offset: int
    source: str
    target: str
    evidence: str  # the phrase, in this script
    certain: bool
    safe: bool
    others: tuple[str, ...] = ()  # further readings


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text with what was safe put right, and each thing that was."""

    text: str
    emendations: tuple[Suspect, ...]
    left: tuple[Suspect, ...]  # found, but not safe: for the editor


def normalise(
    text: str, script: Script = "hant", variety: Variety = "generic", names: Iterable[Name] = ()
) -> Normalised:
    """``text`` with the characters of the other script made right where context is clear. Names
    without a phrase of the dictionary (余南平) and words right as they stand (准入) survive."""
    found = list(suspects([ConversionUnit(text, "")], script, variety, name_forms_kept(names)))
    cells = list(text)
    for one in found:
        if one.safe:
            cells[one.offset] = one.target
    return Normalised(
        "".join(cells),
        tuple(one for one in found if one.safe),
        tuple(one for one in found if not one.safe),
    )


def name_forms_kept(names: Iterable[Name]) -> NameForms:
    """Every form of every name as it stands: names are right in the source."""
    locked = [replace(name, locked=True, hans="", hant="") for name in names]
    return name_forms(locked, "hant")


def suspects(
    units: Sequence[ConversionUnit], script: Script, variety: Variety, names: NameForms,
    known: ResultTable | None = None,
) -> Iterator[Suspect]:  # fmt: skip
    """What in ``units``, outside locks and names, seems to be of the other script, in order.
    ``known`` has what was found in texts before, by the text that the dictionaries see."""
    known = known or Keep().table("")
    opened = [batch.opened(unit, names) for unit in units]
    new = [text for text in dict.fromkeys(opened) if known.get(text) is None]
    for text, marked in zip(new, _marked(new, script, variety), strict=True):
        known.set(text, marked)
    for unit, text in zip(units, opened, strict=True):
        for at, source, target, phrase, certain, safe, others in known.get(text):
            yield Suspect(unit, at, source, target, phrase, certain, safe, tuple(others))


_Marked = list[tuple[int, str, str, str, bool, bool, list[str]]]  # see Suspect


def _marked(texts: Sequence[str], script: Script, variety: Variety) -> Sequence[_Marked]:
    """Suspects of each text. All are looked up at once: a dictionary costs by the call, and no
    phrase of it runs over the end of a line."""
    text = "\n".join(texts)
    out: list[_Marked] = [[] for _ in texts]
    if not text:
        return out
    if script == "hant":
        made, phrases = _as_traditional(text, variety)
    else:
        made, phrases = batch.by_phrase(text, "hans", variety)
    if len(made) != len(text):
        return out
    strange = {char for char in set(text) if foreign(char, script)}
    number, start = 0, 0
    for at, char in enumerate(text):
        target = made[at]
        if target == char:
            continue
        certain = char in strange
        phrase = phrases.get(at, "")
        if script == "hant" and not _agrees(text, made, at, phrase):
            phrase = ""
        if char == "余" and at and text[at - 1] in _NUMERALS:
            phrase = text[at - 1 : at + 1]
        if not certain and not _homograph(char, target, phrase, script):
            continue
        while at > start + len(texts[number]):
            start += len(texts[number]) + 1
            number += 1
        others = [one for one in readings(char, script, variety) if one not in {target, char}]
        safe = bool(phrase) or (certain and not others)
        out[number].append((at - start, char, target, phrase, certain, safe, others))
    return out


def _as_traditional(text: str, variety: Variety) -> tuple[list[str], dict[int, str]]:
    """What the text would be were it simplified first: the dictionary's phrases are simplified,
    and a text that mixes the scripts has none of them."""
    plain = "".join(dictionaries.cells(text, dictionaries.conversion("hans", "generic")(text)))
    made, phrases = batch.by_phrase(plain, "hant", variety)
    return made, phrases


def _homograph(char: str, target: str, phrase: str, script: Script) -> bool:
    """Whether ``char``, a character of both scripts, may stand for ``target`` here."""
    if script == "hant":
        return (
            char in (HOMOGRAPHS if phrase else LIKELY)
            and not same_class(char, target)
            and dictionaries.characters("hans", "generic").get(target, target) == char
        )
    return common_in(char, "hans") and char in dictionaries.characters("hans", "generic")


def _agrees(text: str, made: Sequence[str], at: int, phrase: str) -> bool:
    """Whether the text round ``at`` is ``phrase`` but for simplified characters: a traditional
    character other than the phrase's shows that the word is another."""
    if not phrase:
        return False
    simplified = dictionaries.characters("hans", "generic")
    start = max(0, at - len(phrase) + 1)
    for begin in range(start, at + 1):
        stretch = text[begin : begin + len(phrase)]
        if len(stretch) == len(phrase) and all(
            simplified.get(own, own) == wanted for own, wanted in zip(stretch, phrase, strict=True)
        ):
            return all(
                own in (made[begin + k], wanted) or same_class(own, made[begin + k])
                for k, (own, wanted) in enumerate(zip(stretch, phrase, strict=True))
            )
    return False
