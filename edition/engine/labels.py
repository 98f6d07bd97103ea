"""What a citation of each entry prints, from what biblatex wrote of it.

In a Chinese sentence a label follows the rules of the entry's language, as GB/T 7714 has it
(侯冠華, 戚凱等, Hart et al.); in an English one those of English: two authors are both named (Qi
Kai and Zhu Sisi, Hart and Kim). How many names stand else, and which letter parts works of one
year, is biber's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from edition.bibliography.types import Entry
from edition.bibliography.values import language, plain
from edition.config import Script
from edition.latex.bibvalues import iso
from edition.model import Lang

# commands that set a name in a spare face, with their arguments before the words
_FACE = re.compile(r"\\ED(?:face|glyph|sign|word) *\{[A-Za-z]+\}|\\ED(?:rtl|borrow)(?![A-Za-z])"
                   r"|\\EDsaid *\{[A-Za-z]+\}\{[0-9A-F]+\}|\\EDtold *\{[0-9A-F]+\}"
                   r"|\\CJKglue *\{\}|\\CJKecglue *\{\}")  # fmt: skip
_TITLE = {"zh": 12, "en": 40}  # characters of a title that stands for names


@dataclass(slots=True)
class BiblatexEntry:
    """One entry as biblatex wrote it: its names as far as a citation shows them."""

    year: str = ""
    letter: str = ""
    number: str = ""
    names: list[tuple[str, str]] = field(default_factory=list)  # family, given to tell apart
    more: bool = False  # names follow that a citation does not show
    second: str = ""  # family name of the second of exactly two


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationLabel:
    authors: str
    authors_en: str
    year: str
    year_en: str = ""
    number: str = ""


def read(lines: Sequence[str]) -> dict[str, BiblatexEntry]:
    """``entry|r1|2024||1|`` and its ``name|…`` lines, by r1, r2 …"""
    found: dict[str, BiblatexEntry] = {}
    now = BiblatexEntry()
    for line in lines:
        kind, *parts = line.split("|")
        if kind == "entry" and len(parts) == 5:
            name, year, end, letter, number = parts
            year = "" if year == "nodate" else year
            years = f"{year}–{end}" if end and end != year else year
            now = BiblatexEntry(plain(years), _letter(letter), plain(number))
            found[name] = now
        elif kind == "name" and len(parts) >= 7:
            stop, total, others, unique, prefix, family = parts[:6]
            _add(now, stop, total, others, unique, prefix, family, "|".join(parts[6:]))
        elif kind == "second" and len(parts) >= 3:
            now.second = _family(*parts[:2])
    return found


def _add(
    now: BiblatexEntry, stop: str, total: str, others: str, unique: str, prefix: str, family: str,
    given: str,
) -> None:  # fmt: skip
    first = _plain(given)
    # 1: initials are needed to tell authors apart, 2: the whole given name
    shown = {"1": _initials(first), "2": first}.get(unique, "")
    now.names.append((_family(prefix, family), shown))
    now.more = int(stop) < int(total) or others == "1"


def _family(prefix: str, family: str) -> str:
    return f"{_plain(prefix)} {_plain(family)}".strip()


def _plain(tex: str) -> str:
    tex = re.sub(r"\\EDromanised\s*\{(?:[^{}]|\{[^{}]*\})*\}", "", tex)  # the list has both names
    for command in ("\\bibnamedelima", "\\bibnamedelimb", "\\bibnamedelimi", "\\bibinitperiod",
                    "\\EDlatin", "\\EDborrow", "\\EDbreak", "\\EDcut"):  # fmt: skip
        tex = tex.replace(command, " " if "delim" in command else "")
    return plain(_FACE.sub("", tex))


def _initials(given: str) -> str:
    return " ".join(f"{one[0]}." for one in given.split() if one)


def _letter(number: str) -> str:
    """1 → a, 27 → aa."""
    if not number.isdecimal():
        return number
    left, letters = int(number), ""
    while left > 0:
        left, one = divmod(left - 1, 26)
        letters = chr(97 + one) + letters
    return letters


def label(
    written: BiblatexEntry, entry: Entry, script: Script, romanised: Mapping[str, str] | None = None
) -> CitationLabel:
    """What a citation prints. ``romanised``: Chinese name -> the name on English pages."""
    lang = language(entry)
    names = [f"{given} {family}".strip() for family, given in written.names]
    both = written.more and len(names) == 1 and written.second != ""
    shown = [*names, written.second] if both else names
    latin = [(romanised or {}).get(name, _ANONYMOUS.get(name, name)) for name in shown]
    authors = _joined(names, more=written.more, lang=lang) if names else _title(entry, lang)
    english = _joined(latin, more=written.more and not both, lang="en") if names else authors
    year, year_en = _year(written, entry, lang, script), _year(written, entry, "en", script)
    return CitationLabel(
        authors=authors,
        authors_en="" if english == authors else english,
        year=year,
        year_en="" if year_en == year else year_en,
        number=written.number,
    )


_ANONYMOUS = {"佚名": "Anon."}


def _joined(names: Sequence[str], *, more: bool, lang: Lang) -> str:
    if lang == "zh":
        return "、".join(names) + ("等" if more else "")
    if more:
        return ", ".join(names) + " et al."
    if len(names) < 3:
        return " and ".join(names)
    return ", ".join(names[:-1]) + f", and {names[-1]}"


def _title(entry: Entry, lang: Lang) -> str:
    """A work without names is cited by its title, shortened."""
    title = plain(entry.get("shorttitle") or entry.get("title") or entry.get("url"))
    title = title.partition("：")[0].partition(": ")[0]
    if len(title) > _TITLE[lang]:
        cut = title[: _TITLE[lang]]
        title = (cut if lang == "zh" else cut.rpartition(" ")[0] or cut) + "…"
    return f"《{title}》" if lang == "zh" else f"“{title}”"


def _year(written: BiblatexEntry, entry: Entry, lang: Lang, script: Script) -> str:
    """The year, or that there is none; numeric styles compute none."""
    before = re.fullmatch(r"-(\d+)", entry.get("year").strip())
    if before:
        return (f"前{int(before[1])}" if lang == "zh" else f"{int(before[1])} BC") + written.letter
    year = written.year or iso(entry.get("date"))[:4] or plain(entry.get("year"))
    if not year:
        year = ("无日期" if script == "hans" else "無日期") if lang == "zh" else "n.d."
        return f"{year}-{written.letter}" if written.letter else year
    return year + written.letter
