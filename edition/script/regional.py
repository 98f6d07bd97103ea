"""Regional forms within traditional text: made those of a region where the edition asks for it,
else only remarked on."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import accumulate

from edition.characters import is_han
from edition.keeping import Keep, ResultTable
from edition.script import batch, dictionaries
from edition.script.batch import ConversionUnit, ConvertedText, Joined, ReadingChoice
from edition.script.dictionaries import Variety
from edition.script.locks import NameForms
from edition.script.varieties import CONTEXTUAL, PURE, same_class


def convert(
    units: Sequence[ConversionUnit], variety: Variety, names: NameForms
) -> tuple[list[ConvertedText], list[ReadingChoice]]:
    """Each unit with the forms of ``variety``, and a decision for each that changed."""
    new = {(number, at): form for number, at, form, _ in preferred(units, variety, names)}
    out: list[ConvertedText] = []
    log: list[ReadingChoice] = []
    for number, unit in enumerate(units):
        cells = list(unit.text)
        for at, char in enumerate(cells):
            form = new.get((number, at), char)
            if form != char:
                cells[at] = form
                log.append(
                    ReadingChoice(
                        where=unit.where,
                        offset=at,
                        source=char,
                        target=form,
                        readings=(form, char),
                        kind="variant",
                        evidence=variety,
                        span=unit.span(at),
                    )
                )
        out.append(ConvertedText(unit, tuple(cells)))
    return out, log


def preferred(
    units: Sequence[ConversionUnit], variety: Variety, names: NameForms
) -> Iterator[tuple[int, int, str, int]]:
    """Characters whose form is not that of the standard of Taiwan or Hong Kong: (unit, offset,
    form to use, how often that form stands in the units)."""
    joined = batch.join(units, names)
    forms = _contextual(joined.open, variety)
    counts = Counter(joined.open)
    own = {char: form for char in counts if (form := form_in(char, variety)) != char}
    number = 0
    starts = [*joined.starts, len(joined.open) + 1]
    for at, char in enumerate(joined.open):
        form = forms.get(at) or own.get(char, char)
        if form == char:
            continue
        while at >= starts[number + 1]:
            number += 1
        yield number, at - starts[number], form, counts[form]


def habits(
    units: Sequence[ConversionUnit], names: NameForms, known: ResultTable | None = None
) -> Iterator[tuple[int, int, str, int, int]]:
    """Forms that stand beside a commoner one of the same character, each at its first place:
    (unit, offset, commoner form, how often that and the rarer one stand in the units). ``known``
    has the forms that phrases want, by text."""
    joined = batch.join(units, names)
    counts = Counter(joined.open)
    wanted = _habit(joined.open, counts, _by_text(units, joined, known or Keep().table("")))
    rarer = Counter(joined.open[at] for at in wanted)
    number, said = 0, set[str]()
    starts = [*joined.starts, len(joined.open) + 1]
    for at in sorted(wanted):
        char = joined.open[at]
        if char in said:
            continue
        said.add(char)
        while at >= starts[number + 1]:
            number += 1
        yield number, at - starts[number], wanted[at], counts[wanted[at]], rarer[char]


def form_in(char: str, variety: Variety) -> str:
    """Form of ``char`` in the standard of ``variety``, whatever its own standard."""
    simplified = dictionaries.characters("hans", "generic").get(char, char)
    standard = dictionaries.characters("hant", "standard").get(simplified, simplified)
    region = dictionaries.characters_regional(variety)
    for one in (char, standard):
        form = region.get(one, one)
        if form != char and same_class(char, form):
            return form
    return char


def _by_text(units: Sequence[ConversionUnit], joined: Joined, known: ResultTable) -> dict[int, str]:
    """:func:`_contextual` of the joined text: no phrase runs over the end of one of its texts."""
    texts = [joined.open[start : start + len(unit.text)]
             for unit, start in zip(units, joined.starts, strict=True)]  # fmt: skip
    new = [text for text in dict.fromkeys(texts) if known.get(text) is None]
    starts = list(accumulate((len(text) + 1 for text in new), initial=0))
    own: list[list[tuple[int, str]]] = [[] for _ in new]
    for at, form in _contextual("\n".join(new), "generic").items():
        number = bisect.bisect_right(starts, at) - 1
        own[number].append((at - starts[number], form))
    for text, forms in zip(new, own, strict=True):
        known.set(text, forms)
    return {
        start + at: form
        for start, text in zip(joined.starts, texts, strict=True)
        for at, form in known.get(text)
    }


def _contextual(text: str, variety: Variety) -> dict[int, str]:
    """Form of each 台, 占, 著 or partner of it, as its phrase wants it."""
    pairs = {**CONTEXTUAL, **{other: one for one, other in CONTEXTUAL.items()}}
    if not any(char in pairs for char in set(text)):
        return {}
    text = _near(text, pairs)
    # Read as Taiwan's: there 著 is also what is 着 elsewhere, and its phrases tell the two apart.
    plain = "".join(dictionaries.cells(text, dictionaries.conversion("hans", "tw")(text)))
    made, phrases = batch.by_phrase(plain, "hant", "standard")
    if len(made) != len(text):
        return {}
    region = dictionaries.regional(variety) if variety != "generic" else str
    out: dict[int, str] = {}
    for at, char in enumerate(text):
        if char not in pairs or not same_class(char, made[at]):
            continue
        if at in phrases or (char == "著" and made[at] == "着" and not _written(text, at)):
            out[at] = region(made[at])
    return out


# Neighbours of 著 where it speaks of writing or renown (專著, 顯著, 著作), and never is 着.
_BEFORE = frozenset("專論名編顯卓土原巨合遺譯撰拙校所")
_AFTER = frozenset("作名者述稱錄書文論有")


def _written(text: str, at: int) -> bool:
    return text[at - 1 : at] in _BEFORE or text[at + 1 : at + 2] in _AFTER


def _near(text: str, wanted: Container[str], reach: int = 8) -> str:
    """``text`` with line ends for all that is further than ``reach`` from what is ``wanted``."""
    out = ["\n"] * len(text)
    for at, char in enumerate(text):
        if char in wanted:
            first = max(0, at - reach)
            out[first : at + reach] = text[first : at + reach]
    return "".join(out)


def _habit(text: str, counts: Counter[str], contextual: dict[int, str]) -> dict[int, str]:
    """What to change so that each class has the form that the text has most."""
    out: dict[int, str] = {}
    classes = {PURE[char] for char in counts if char in PURE}
    use: dict[str, str] = {}
    for one in classes:
        present = [char for char in one if counts[char]]
        if len(present) > 1:
            best = max(sorted(present), key=lambda char: counts[char])
            use.update((char, best) for char in present if char != best)
    for at, char in enumerate(text):
        if char in use:
            out[at] = use[char]
    for first, second in CONTEXTUAL.items():
        places = [at for at, form in contextual.items() if form == first]
        forms = Counter(text[at] for at in places)
        if len(forms) > 1 and is_han(first):
            best = first if forms[first] >= forms[second] else second
            out.update((at, best) for at in places if text[at] != best)
    return out
