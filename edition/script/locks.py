"""What conversion leaves alone, or takes from the names file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from edition.characters import is_han
from edition.model import Inlines, Name, Styled, placed
from edition.script.dictionaries import Script

UNTOUCHED = frozenset({"lock", "foreign", "code"})  # classes of spans
SHORTEST = 2  # a name of one character would be found in every other word


@dataclass(frozen=True, slots=True)
class Held:
    """A range of a text that becomes ``target`` whatever the dictionaries say."""

    start: int
    end: int
    target: str
    why: str  # "span", or the id of the name


@dataclass(frozen=True, slots=True)
class NameForms:
    """Forms of names in the source's script → form in the other, and the name's id. ``by_first``
    has them by first character, the longest first."""

    forms: Mapping[str, tuple[str, str]]
    people: tuple[str, ...] = ()  # persons of the names file, in the source's script
    by_first: Mapping[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        table: dict[str, list[str]] = {}
        for form in sorted(self.forms, key=len, reverse=True):
            table.setdefault(form[0], []).append(form)
        object.__setattr__(self, "by_first", {k: tuple(v) for k, v in table.items()})

    def find(self, text: str) -> list[Held]:
        """Names in ``text``, from the left, the longest first, none within another."""
        out: list[Held] = []
        firsts, done = self.by_first, 0
        for at, char in enumerate(text):
            if at < done or char not in firsts:
                continue
            for form in firsts[char]:
                if text.startswith(form, at):
                    target, name = self.forms[form]
                    done = at + len(form)
                    out.append(Held(at, done, target, name))
                    break
        return out


def name_forms(names: Iterable[Name], to: Script) -> NameForms:
    """Locked names keep every form; an explicit form of the target script replaces the name's
    own, and the part of it that a variant is of the name replaces the variant."""
    forms: dict[str, tuple[str, str]] = {}
    names = tuple(names)
    for name in names:
        explicit = name.hans if to == "hans" else name.hant
        source = name.hant if to == "hans" else name.hans
        own = [one for one in (name.zh, source, *name.variants) if _chinese(one)]
        if explicit:
            for one in own:
                made = _part(one, name.zh, explicit) or _part(one, source, explicit)
                if made:
                    forms[one] = (made, name.id)
        elif name.locked:
            # Of a longer form (科磊半導體 of 科磊) the name alone is kept.
            forms.update(
                (one, (one, name.id)) for one in own if one == name.zh or name.zh not in one
            )
    people = (form for name in names if name.kind == "person" for form in (name.zh, *name.variants))
    return NameForms(forms, tuple(form for form in people if _chinese(form)))


def _chinese(form: str) -> bool:
    return len(form) >= SHORTEST and any(is_han(char) for char in form)


def _part(form: str, whole: str, explicit: str) -> str:
    """What stands in ``explicit`` where ``form`` stands in ``whole``; "" where that is unclear."""
    if form == whole:
        return explicit
    if not whole or len(whole) != len(explicit) or whole.count(form) != 1:
        return ""
    at = whole.index(form)
    return explicit[at : at + len(form)]


def spans(inlines: Inlines) -> list[tuple[int, int]]:
    """Ranges of the plain text that stand in a locked or foreign span, in order."""
    out: list[tuple[int, int]] = []
    for one, start, end in placed(inlines):
        within = bool(out) and start < out[-1][1]
        if isinstance(one, Styled) and UNTOUCHED.intersection(one.classes) and not within:
            out += [(start, end)] if end > start else []
    return out


def held(text: str, locked: Iterable[tuple[int, int]], names: NameForms) -> list[Held]:
    """All that is held in ``text``, in order; a locked span goes before a name."""
    out = [Held(start, end, text[start:end], "span") for start, end in locked]
    taken = list(out)
    out += [
        one
        for one in names.find(text)
        if all(one.end <= had.start or had.end <= one.start for had in taken)
    ]
    return sorted(out, key=lambda one: one.start)
