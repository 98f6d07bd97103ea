"""Names of a BibTeX field as persons: who is family, who is given, who is a body.

Chinese names are split before any BibTeX rule is applied: bibtexparser and BibTeX make one author
of ``王小明、李四`` and take 康 for the family name of ``欧阳 康``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from edition.bibliography.values.folding import data, fold, simplified, untex
from edition.bibliography.values.words import phrases
from edition.characters import HAN, has_han

_AND = re.compile(r",?\s+(?:and|\\?&)\s+", re.IGNORECASE)
_HAN_SEP = re.compile(rf"\s*[、，；;·・]\s*|\s+(?=[{HAN}]{{2,4}}(?:\s|$))")
DOT = re.compile(r"\s*[·・‧•]\s*")
_OTHERS = re.compile(r"(?:^|[\s,])(?:others|et\.?\s*al\.?|等)$", re.IGNORECASE)
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
_JUNIOR = re.compile(r"(?<=\w{2}),?\s+(?:jr|sr|ii|iii)\.?$", re.IGNORECASE)
_PARTICLE = re.compile(
    r"^(?:von|van|der|den|de|del|della|di|da|la|le|du|dos|ten|ter|zu|al|el)$", re.IGNORECASE
)
_INITIALS = re.compile(r"[A-Z]{1,3}|(?:[A-Za-z]\.-?){1,3}")
_EDITOR = re.compile(r"[,\s]*\(?\b(?:eds?|editors?)\b\.?\)?$", re.IGNORECASE)
# Family names of two characters: with the given name of one or two they make four or three.
_COMPOUND = (
    "歐陽 欧阳 司馬 司马 諸葛 诸葛 上官 夏侯 皇甫 尉遲 尉迟 公孫 公孙 慕容 令狐 "
    "宇文 長孫 长孙 司徒 端木 獨孤 独孤 南宮 南宫 東方 东方 百里 呼延 申屠"
)
COMPOUND = frozenset(_COMPOUND.split())


@dataclass(frozen=True, slots=True)
class Person:
    """``family`` and ``given`` as printed, without TeX; ``raw`` as it stands in the field. Of a
    body or of a name in one part, ``given`` is empty."""

    family: str
    given: str
    raw: str
    han: bool = False
    body: bool = False

    @property
    def key(self) -> str:
        return fold(self.family).replace(" ", "")

    @property
    def initial(self) -> str:
        return fold(self.given)[:1]

    @property
    def full(self) -> str:
        return self.raw if self.han or self.body else f"{self.given} {self.family}".strip()


def split(value: str) -> tuple[str, ...]:
    """The names of a field as they stand in it, without "others"."""
    parts = _at_depth(value)
    if len(parts) == 1 and not value.startswith("{"):
        parts = _comma_list(value)
    names: list[str] = []
    for part in parts:
        names += _pieces(part)
    return tuple(one for one in names if one and not _OTHERS.fullmatch(one))


def _pieces(part: str) -> list[str]:
    part = _OTHERS.sub("", part.strip().strip(";")).strip().rstrip(",;")
    if part.startswith("{"):
        return [part]
    if has_han(part):
        if re.fullmatch(rf"[{HAN}]{{1,2}}\s*[,，]\s*[{HAN}]{{1,2}}", part):
            return [part]  # "杨, 育伟", as CNKI exports it
        if "·" in part and re.search(r"[a-zA-Z]", part) is None and foreign(part):
            return [part]
        if part[:2] in COMPOUND and re.fullmatch(rf"..\s[{HAN}]{{1,2}}", part):
            return [part]
        return [one.strip() for one in _HAN_SEP.split(part)]
    if part.count(",") == 1 and re.match(
        r"(?:[A-Z]\.[ -]?)+[A-Z]\w+,\s*(?:[A-Z]\.[ -]?)+[A-Z]\w+$", part
    ):
        return _comma_list(part)  # A. Blum, M. Furst
    if part.count(",") >= 2 and not _SUFFIX.match(part.split(",")[1].strip()):
        return _comma_list(part)
    return [part]


def foreign(text: str) -> bool:
    """Whether a Chinese text with a dot is one foreign name (達尼·羅德里克, 馬克·吐溫) and not
    Chinese ones side by side (黃宁·章添香): by the length of its parts; or because all are words,
    as names of foreigners are in the list of words and those of Chinese seldom; one word is
    enough where a part begins with no family name."""
    parts = [one for one in DOT.split(text) if one]
    if len(parts) < 2 or not has_han(text):
        return False
    if any(len(one) > 4 or len(one) == 1 for one in parts):
        return True
    if len(parts) == 2 and any(len(one) > 3 for one in parts):
        return True
    plain = [simplified(one) for one in parts]
    listed = [one in phrases() for one in plain]
    named = all(one[0] in families() or one[:2] in COMPOUND for one in plain)
    return all(listed) or (any(listed) and not named)


@cache
def families() -> frozenset[str]:
    """Chinese family names of one character, simplified (``data/families.txt``)."""
    lines = data("families.txt").splitlines()
    return frozenset("".join(one for one in lines if not one.startswith("#")))


def _at_depth(value: str) -> list[str]:
    """Split at `` and `` outside braces."""
    if "{" not in value:
        return _AND.split(value.strip())
    parts, depth, start = [], 0, 0
    for found in re.finditer(r"[{}]|\s+and\s+", value):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        elif depth <= 0:
            parts.append(value[start : found.start()])
            start = found.end()
    return [*parts, value[start:]]


def _comma_list(value: str) -> list[str]:
    """``a. blum, m. furst, and r. lipton``: a list with commas where BibTeX wants "and"."""
    value = re.sub(r",?\s+(?:and|&)\s+", ", ", value, flags=re.IGNORECASE)
    parts = [one.strip() for one in value.split(",") if one.strip()]
    if len(parts) < 2 or has_han(value):
        return [value]
    if len(parts) == 2 and (" " not in parts[0] or " " not in parts[1]):
        return [value]
    short = [one for one in parts if re.fullmatch(r"(?:[A-Za-z]\.?[\s-]*){1,3}", one)]
    if len(short) * 2 >= len(parts) - 1:  # Blum, A., Furst, M.
        return [f"{a}, {b}" for a, b in zip(parts[::2], parts[1::2], strict=False)]
    return parts


# what parts the names of a citation in running text
_CITED = re.compile(rf"\s*(?:[&＆、,，;；/]|\s(?:and|und|et)\s|和(?=[{HAN}]{{2,4}}$)|與|与)\s*")
MORE = re.compile(r"\s*(?:等人?|et\s+al\.?|and\s+others)\s*$", re.IGNORECASE)


def cited_names(names: str) -> list[str]:
    """The names that a citation in running text gives (凌勝利·雒景瑜; Smith and Wang; 王某等),
    one by one, without what says that there are more. "Smith, J." is one."""
    bare = MORE.sub("", names.strip())
    parts = [one.strip(" .") for one in _CITED.split(bare) if one.strip(" .")]
    made: list[str] = []
    for part in parts:
        if made and re.fullmatch(r"(?:[A-Z]\.?[\s-]?){1,3}", part):
            made[-1] += f", {part}"
        elif foreign(part):
            made.append(part)
        else:
            made += [one for one in DOT.split(part) if one]
    return made


@lru_cache(maxsize=65536)
def person(raw: str) -> Person:
    """One name of a field."""
    if raw.startswith("{") and raw.endswith("}"):
        return Person(untex(raw), "", raw, has_han(raw), True)
    text = _EDITOR.sub("", untex(raw)).strip(" ,;")
    if has_han(text):
        bare = re.sub(r"[\s,，]", "", text)
        if "·" in bare or len(bare) > 4:
            return Person(
                bare.rsplit("·", 1)[-1],
                bare.rsplit("·", 1)[0] if "·" in bare else "",
                raw,
                True,
                "·" not in bare,
            )
        cut = 2 if bare[:2] in COMPOUND and len(bare) > 2 else 1
        return Person(bare[:cut], bare[cut:], raw, True)
    if "," in text:
        family, given = text.split(",", 1)
        family = _JUNIOR.sub("", family.strip())
        return Person(family.strip(), given.strip(" ,"), raw)
    words = text.split()
    while len(words) > 1 and _SUFFIX.match(words[-1]):
        words.pop()
    if len(words) > 1 and _INITIALS.fullmatch(words[-1]) and len(words[0]) > 2:
        return Person(" ".join(words[:-1]), words[-1], raw)  # Zuna RE, Schapire R.E.
    cut = len(words) - 1
    while cut > 1 and _PARTICLE.match(words[cut - 1]):
        cut -= 1
    return Person(" ".join(words[max(cut, 0) :]), " ".join(words[: max(cut, 0)]), raw)


@lru_cache(maxsize=65536)
def persons(value: str) -> tuple[Person, ...]:
    """The persons of an author or editor field, in order."""
    return tuple(person(one) for one in split(value) if fold(one))


def join(names: tuple[str, ...] | list[str]) -> str:
    return " and ".join(names)
