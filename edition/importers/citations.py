"""Citations in the running text → keys of the bibliography. Those by number are read by
:mod:`edition.importers.numbered`.

A parenthesis is a citation where every part of it has names and a year; ``(2004, 135)`` alone is
one where a name of an entry of that year stands before it. Everything else is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from edition.bibliography.types import Entry, Library
from edition.bibliography.values import MORE, cited_names, split
from edition.characters import IS_HAN
from edition.diagnostics import Diagnostic
from edition.importers.codes import NO_ENTRY, OTHER_NAME, OTHER_PAGES, SEVERAL
from edition.importers.numbered import Numbered, cited, numbers_of
from edition.importers.persons import alike, likeness, surname
from edition.readers.passage import Passage

YEAR = r"(?:1[6-9]|20)\d\d[a-z]?"
_RANGE = r"\d+(?:\s*[-–—~～]\s*\d+)?"
PAGES = rf"(?:第|pp?\.|页|頁)?\s*{_RANGE}(?:\s*[,，、]\s*{_RANGE})*"
PAREN = re.compile(r"[(（](?P<inside>[^()（）\n]{4,300})[)）]")
_ITEM = re.compile(
    rf"\s*(?P<pre>(?:參見|参见|見|见|see(?:\s+also)?|cf\.|e\.g\.,?|轉引自|转引自)\s*)?"
    rf"(?P<names>[^\d;；:：“”\"《》<>%=+]{{1,120}}?)\s*[,，]?\s*(?P<year>{YEAR})(?![\d年])"
    rf"(?:\s*[,，:：]\s*(?P<pages>{PAGES})(?!\d*[年%]))?\s*(?:頁|页)?\s*(?=[,，;；、]|$)",
    re.IGNORECASE,
)
_YEAR_AGAIN = re.compile(
    rf"\s*(?P<year>{YEAR})(?:\s*[,，:：]\s*(?P<pages>{PAGES})(?!\d*[年%a-z]))?\s*(?:頁|页)?\s*(?=[,，;；、]|$)"
)
_BARE = re.compile(rf"\s*(?P<year>{YEAR})(?:\s*[,，:：]\s*(?P<pages>{PAGES}))?\s*(?:頁|页)?\s*$")
_NOT_NAMES = re.compile(
    r"^(?:in|on|since|from|until|by|as of|updated|accessed|january|february|march|april|may|june|"
    r"july|august|september|october|november|december|表|圖|图)\b", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation: ``start``/``end`` in its passage, ``key`` of its entry ("" if none)."""

    start: int
    end: int
    key: str
    locator: str
    prefix: str = ""
    narrative: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """A parenthesis or bracket with its citations; ``whole`` if all of them have entries."""

    start: int
    end: int
    items: tuple[Citation, ...]

    @property
    def whole(self) -> bool:
        return all(one.key for one in self.items)


@dataclass(slots=True)
class EntryIndex:
    """Entries by year, with the forms of their authors' names, and by number."""

    library: Library
    numbers: dict[int, str] = field(init=False)
    tortoise: bool = field(init=False)  # its list bears numbers in tortoise shell brackets
    numeric: bool = False  # whether a citation by number was found
    by_year: dict[str, list[tuple[Entry, list[str]]]] = field(default_factory=dict)
    cited: set[str] = field(default_factory=set)
    found: list[Diagnostic] = field(default_factory=list)
    citedas: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.numbers = numbers_of(self.library)
        leads = (one.span.file.text[max(0, one.start - 6) : one.start]
                 for one in self.library.entries if one.span is not None)  # fmt: skip
        self.tortoise = any("〔" in lead for lead in leads)
        for entry in self.library.entries:
            year = re.search(YEAR, entry.get("year") or entry.get("date"))
            names = [one for one in (entry.get("author") or entry.get("organization")).split(
                " and ") if one and one != "others"]  # fmt: skip
            if year:
                self.by_year.setdefault(year[0][:4], []).append((entry, names))

    def find(self, passage: Passage) -> list[Cited]:
        """The citations of a passage, in order."""
        text = passage.text
        found = []
        for paren in PAREN.finditer(text):
            inside = paren["inside"]
            at = paren.start("inside")
            bare = _BARE.match(inside)
            if bare:
                one = self._narrative(passage, paren.start(), paren.end(), bare)
                if one:
                    found.append(Cited(paren.start(), paren.end(), (one,)))
                continue
            items = self._items(passage, inside, at) if re.search(YEAR, inside) else []
            if items:
                found.append(Cited(paren.start(), paren.end(), tuple(items)))
        found += [self._numbered(passage, one) for one in cited(text, self.numbers)
                  if self.tortoise or text[one.start] != "〔"]  # fmt: skip
        return sorted(found, key=lambda one: one.start)

    def _numbered(self, passage: Passage, one: Numbered) -> Cited:
        text, start, end = passage.text, one.start, one.end
        self.cited.update(one.keys)
        self.numeric = True
        for key in one.keys:
            if text[start:end] not in self.citedas[key]:
                self.citedas[key].append(text[start:end])
        if len(one.keys) == 1:
            self._named_before(passage, start, one.keys[0])
        items = tuple(Citation(start, end, key, one.pages) for key in one.keys)
        return Cited(start, end, items)

    def _named_before(self, passage: Passage, start: int, key: str) -> None:
        """Tell of a name in the sentence that is nearly one of the work it cites by number."""
        before = re.split(r"[。；！？]", passage.text[max(0, start - 60) : start])[-1]
        written = next((one.get("author") for one in self.library.entries if one.key == key), "")
        for name in written.split(" and "):
            size = len(name)
            if not 3 <= size <= 4 or name in before or not all(map(IS_HAN.match, name)):
                continue
            for at in range(len(before) - size + 1):
                own = before[at : at + size]
                odd = sum(x != y for x, y in zip(own, name, strict=True))
                if odd == 1 and own[0] == name[0] and all(map(IS_HAN.match, own)):
                    place = start - len(before) + at
                    self.found.append(Diagnostic(
                        code=OTHER_NAME, span=passage.span(place, place + size),
                        fact=f"“{own}” is taken for “{name}” of {key}",
                        hint=f"write {own} in the list, or {name} here"))  # fmt: skip

    def _items(self, passage: Passage, inside: str, at: int) -> list[Citation]:
        parts: list[re.Match[str]] = []
        here = 0
        while here < len(inside):
            found = _ITEM.match(inside, here)
            if parts and (again := _YEAR_AGAIN.match(inside, here)):
                parts.append(again)
                here = again.end()
                while here < len(inside) and inside[here] in ",，;；、 \t":
                    here += 1
                continue
            if not found or _NOT_NAMES.match(found["names"].strip()):
                return []
            parts.append(found)
            here = found.end()
            while here < len(inside) and inside[here] in ",，;；、 \t":
                here += 1
        if not all(re.search(r"[^\W\d_]", one["names"]) for one in parts
                   if "names" in one.re.groupindex):  # fmt: skip
            return []
        known = bool(self.library.entries)
        if not known and not any(one["pages"] for one in parts):
            return []
        made: list[Citation] = []
        names = ""
        for one in parts:
            names = one.groupdict().get("names") or names
            made.append(self._item(passage, one, at, names))
        return made

    def _item(self, passage: Passage, found: re.Match[str], at: int, names: str) -> Citation:
        own = "names" in found.re.groupindex
        start, end = at + found.start("names" if own else "year"), at + found.end()
        if found["pages"]:
            end = at + found.end("pages")
        pages = _locator(found["pages"])
        key = self._resolve(passage, start, end, names, found["year"], pages)
        before = (found["pre"] or "") if own else ""
        return Citation(start if not before else at + found.start("pre"), end, key, pages,
                        before.strip())  # fmt: skip

    # --- which entry ------------------------------------------------------------------------------

    def _resolve(
        self, passage: Passage, start: int, end: int, names: str, year: str, pages: str
    ) -> str:
        asked = cited_names(names)
        ranked = self._ranked(asked, year)
        span = passage.span(start, end)
        if not ranked:
            self.found.append(
                Diagnostic(
                    code=NO_ENTRY,
                    span=span,
                    hint=self._elsewhere(asked, year),
                    fact=f"no entry of the list answers to “{passage.text[start:end].strip()}”",
                )
            )
            return ""
        best = [one for score, one in ranked if score == ranked[0][0]]
        entry = self._by_pages(best, pages)
        if len(best) > 1 and not _same_work(best):
            keys = ", ".join(one.key for one in best)
            self.found.append(Diagnostic(
                code=SEVERAL, span=span, fact=f"{keys} answer to it; taken: {entry.key}",
                hint="write the other key if it is meant"))  # fmt: skip
        self._compare(passage, start, end, names, asked, entry, pages)
        self.cited.add(entry.key)
        cited = f"{names.strip()} {year}" + (f", {pages}" if pages else "")
        if cited not in self.citedas[entry.key]:
            self.citedas[entry.key].append(cited)
        return entry.key

    def _ranked(self, asked: list[str], year: str) -> list[tuple[float, Entry]]:
        ranked = []
        for entry, names in self.by_year.get(year[:4], []):
            score = likeness(asked, names)
            if year[4:] and entry.get("year")[4:] == year[4:]:
                score += 0.01
            if score >= 0.66:
                ranked.append((round(score, 3), entry))
        ranked.sort(key=lambda one: -one[0])
        return ranked

    def _elsewhere(self, asked: list[str], year: str) -> str:
        """An entry of another year by the same people."""
        for other, entries in self.by_year.items():
            for entry, names in entries:
                if asked and likeness(asked, names) > 0.95:
                    return f"{entry.key} is by the same, of {other}, not {year}"
        return ""

    @staticmethod
    def _by_pages(entries: list[Entry], pages: str) -> Entry:
        for one in entries:
            if pages and _within(pages, one.get("pages")):
                return one
        return entries[0]

    def _compare(
        self, passage: Passage, start: int, end: int, names: str, asked: list[str],
        entry: Entry, pages: str,
    ) -> None:  # fmt: skip
        written = entry.get("author") or entry.get("organization")
        theirs = split(written)
        at = start + len(passage.text[start:end]) - len(passage.text[start:end].lstrip())
        for own in asked:
            near = max(theirs, key=lambda one: alike(own, one), default="")
            if near and alike(own, near) < 1:
                self.found.append(
                    Diagnostic(
                        code=OTHER_NAME,
                        span=passage.span(at, at + len(names.strip())),
                        fact=f"“{own}” is taken for “{near}” of {entry.key} (line {entry.line})",
                        hint=f"write {own} in the list, or {near} here: compare the title page",
                    )
                )
        fewer = asked and len(asked) < len(theirs) and not MORE.search(names)
        if fewer and all(IS_HAN.search(one) for one in theirs):
            self.found.append(Diagnostic(
                code=OTHER_NAME, span=passage.span(at, at + len(names.strip())),
                fact=f"{entry.key} (line {entry.line}) is by {'、'.join(theirs)}",
                hint="add the others, or 等"))  # fmt: skip
        if pages and entry.get("pages") and not _within(pages, entry.get("pages")):
            self.found.append(Diagnostic(
                code=OTHER_PAGES, span=passage.span(start, end), hint="compare the work",
                fact=f"pages {pages} are not among {entry.get('pages')} of {entry.key} "
                     f"(line {entry.line})"))  # fmt: skip

    # --- a name in the sentence -------------------------------------------------------------------

    def _narrative(
        self, passage: Passage, start: int, end: int, bare: re.Match[str]
    ) -> Citation | None:
        text = passage.text
        before = text[max(0, start - 80) : start]
        pages = _locator(bare["pages"])
        near: list[tuple[int, Entry]] = []
        for entry, names in self.by_year.get(bare["year"][:4], []):
            at = max((_last(before, name) for name in names), default=-1)
            if at >= 0:
                near.append((at, entry))
        if not near:
            if pages and re.search(r"[\w)）]$", before) and self.library.entries:
                self.found.append(Diagnostic(
                    code=NO_ENTRY, span=passage.span(start, end),
                    fact=f"no entry answers to “{text[max(0, start - 12) : end]}”"))  # fmt: skip
            return None
        last = max(at for at, _ in near)
        entry = self._by_pages([one for at, one in near if at == last], pages)
        self._compare(passage, start, end, "", [], entry, pages)
        self.cited.add(entry.key)
        self.citedas[entry.key].append(f"{bare['year']}" + (f", {pages}" if pages else ""))
        return Citation(start, end, entry.key, pages, narrative=True)


def _locator(pages: str | None) -> str:
    return re.sub(r"^(?:第|pp?\.|页|頁)\s*", "", (pages or "").strip())


def _last(before: str, name: str) -> int:
    """Where ``name``, or the surname of it, ends in the words before a year; -1 if nowhere."""
    forms = [name, name.split("·")[-1]] if IS_HAN.search(name) else [surname(name)]
    best = -1
    for form in forms:
        if len(form) >= 2:
            at = before.casefold().rfind(form.casefold())
            best = max(best, at + len(form) if at >= 0 else -1)
    return best


def _within(pages: str, whole: str) -> bool:
    asked = [int(one) for one in re.findall(r"\d+", pages)]
    own = [int(one) for one in re.findall(r"\d+", whole)]
    return bool(asked and own) and min(own) <= min(asked) and max(asked) <= max(own)


def _same_work(entries: Sequence[Entry]) -> bool:
    return len({re.sub(r"\W", "", one.get("title")).casefold() for one in entries}) == 1
