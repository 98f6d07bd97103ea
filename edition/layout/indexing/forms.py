"""Headwords of the index, and the forms in which they stand in a text or are sorted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from edition.characters import is_han
from edition.config import Config
from edition.model import Edition, Lang, Name, Term
from edition.source import Span

SHORTEST = 2  # Han characters of a form: one would be found in every other word
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


@dataclass(frozen=True, slots=True)
class Headword:
    """What the index has under one name. ``forms``: in which it may stand, by language."""

    id: str
    zh: str
    en: str
    span: Span
    sort: str  # pinyin of the Chinese, where it is known
    forms: Mapping[Lang, tuple[str, ...]]
    inverted: str = ""  # the English as it stands in the index: Nye, Joseph
    listed: bool = True  # in the index; others are looked for by the glossary
    inverted_zh: str = ""  # 奈，約瑟夫, where the reading given is that of the surname
    twins: tuple[str, ...] = ()  # the Chinese in either script

    def get(self, lang: Lang) -> str:
        return self.inverted_zh or self.zh if lang == "zh" else self.inverted or self.en


def headwords(edition: Edition, config: Config) -> list[Headword]:
    """Names and terms that the settings ask for. A person is known by the surname alone too, where
    nobody else has it."""
    found: list[Headword] = []
    for name in edition.names:
        wanted = config.index.works if name.kind == "work" else config.index.names
        if wanted:
            found.append(_of_name(name))
    found = _with_surnames(found, edition.names)
    if config.index.terms or config.glossary.pages:
        taken = {one.zh for one in found if one.zh}
        found += [replace(_of_term(one), listed=config.index.terms)
                  for one in edition.terms if one.zh not in taken]  # fmt: skip
    return found


def of_glossary(words: Sequence[Headword], term: Term) -> str:
    """The id of the headword that is a term of the glossary: a name, where it is one."""
    own = _of_term(term).id
    same = (one.id for one in words if term.zh and one.zh == term.zh)
    return next((one.id for one in words if one.id == own), next(same, own))


def _of_name(name: Name) -> Headword:
    every = dict.fromkeys((name.zh, name.hans, name.hant, name.en, *name.variants))
    forms: dict[Lang, tuple[str, ...]] = {
        "zh": tuple(one for one in every if one and not _is_latin(one) and len(one) >= SHORTEST),
        "en": tuple(one for one in every if one and _is_latin(one) and len(one) > 1),
    }
    return Headword(name.id, name.zh, name.en, name.span, name.sort, forms, _inverted(name),
                    inverted_zh=_inverted_zh(name), twins=(name.hant, name.hans))  # fmt: skip


def _with_surnames(words: Sequence[Headword], names: Sequence[Name]) -> list[Headword]:
    """English surnames as forms: those that are told; else the first word of a Chinese name, the
    last of a Western one."""
    surnames: dict[str, list[str]] = defaultdict(list)
    for name in names:
        parts = name.en.split()
        if name.kind == "person" and len(parts) > 1:
            usual = parts[-1] if _is_western(name) else parts[0]
            surnames[name.family or usual].append(name.id)
    alone = {ids[0]: surname for surname, ids in surnames.items() if len(ids) == 1}
    taken = {form for word in words for form in word.forms["en"]}
    return [
        replace(word, forms={**word.forms, "en": (*word.forms["en"], alone[word.id])})
        if word.id in alone and alone[word.id] not in taken else word
        for word in words
    ]  # fmt: skip


def _of_term(term: Term) -> Headword:
    forms: dict[Lang, tuple[str, ...]] = {"zh": (term.zh,), "en": tuple(_english_forms(term.en))}
    return Headword(f"term:{term.id}", term.zh, term.en, term.span, term.pinyin, forms)


def _english_forms(term: str) -> Iterator[str]:
    """A term of English as it stands in sentences: also at their head, and in the plural."""
    if not term:
        return
    plural = term
    if _LATIN.match(term[-1]) and term[-1] != "s":
        ending = re.search(r"[^aeiou]y$", term)
        plural = f"{term[:-1]}ies" if ending else f"{term}s"
    for form in dict.fromkeys((term, plural)):
        yield form
        if form[0].islower():
            yield form[0].upper() + form[1:]


def _is_latin(text: str) -> bool:
    return _LATIN.search(text) is not None and not any(is_han(one) for one in text)


def _inverted(name: Name) -> str:
    """A name by its surname, where that is told and stands last; else a Western one. Chinese
    transliterations of such have a dot; Chinese names begin with the surname in both languages."""
    if name.family:
        return _by_family(name.en, name.family)
    words = name.en.split()
    if name.kind != "person" or len(words) < 2 or "," in name.en or not _is_western(name):
        return name.en
    return f"{words[-1]}, {' '.join(words[:-1])}"


def _by_family(text: str, family: str) -> str:
    """A name by its surname, behind which what stands before it comes."""
    given = text.removesuffix(family).strip()
    return f"{family}, {given}" if given and text.endswith(f" {family}") else text


def _inverted_zh(name: Name) -> str:
    """The same in Chinese, of a name in Latin letters or one whose reading is given and begins with
    the surname: sorted under it, it would else seem to stand in the wrong place."""
    from edition.bibliography.writing import order

    if name.family and name.zh and _is_latin(name.zh):
        return _by_family(name.zh, name.family)
    if name.kind != "person" or not name.sort or not _is_western(name):
        return ""
    given, _, surname = re.split(r"([·•‧・．])(?=[^·•‧・．]*$)", name.zh, maxsplit=1)

    def sound(text: str, reading: str = "") -> str:
        return "".join(one[0] for one in order.collation_key(text, "pinyin", reading))

    read = sound(name.zh, name.sort)
    by_surname = read.startswith(sound(surname)) and not read.startswith(sound(given))
    return f"{surname}，{given}" if by_surname else ""


def _is_western(name: Name) -> bool:
    return any(dot in name.zh for dot in "·•‧・．")
