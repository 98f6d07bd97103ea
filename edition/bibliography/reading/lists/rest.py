"""What stands after the title of a reference in Latin letters: each part is known by its form
(:mod:`.forms`) and taken out; what is left between the stops are the names of journal, book, place,
publisher or site."""

from __future__ import annotations

import re
from dataclasses import dataclass

from edition.bibliography.reading.lists import forms as form
from edition.bibliography.reading.lists.authors import body
from edition.bibliography.reading.lists.builder import YEAR, FieldBuilder, last_word
from edition.bibliography.reading.lists.forms import month

_NAMES = 100  # names that stay between the stops; with more of them a text is no reference


@dataclass(frozen=True, slots=True)
class UnplacedName:
    """A name that no form tells: where it stands, and the signs before and after it."""

    start: int
    end: int
    before: str
    after: str


class Rest:
    """Reads what stands after the title; ``score`` says how well it was explained."""

    def __init__(
        self, build: FieldBuilder, text: str, start: int, end: int, *, quoted: bool, style: str
    ) -> None:
        self.build, self.text, self.start, self.end = build, text, start, end
        self.quoted, self.style = quoted, style
        self.left = [*text]
        self.score = 0.0
        self.inside = self.serial = self.thesis = self.report = False

    def read(self) -> str:
        """Puts the fields; returns the type of the entry."""
        self._medium()
        self._labels()
        self._degree()
        self._people()
        self._place_in_print()
        self._labelled()
        self._numbers()
        self._named()
        return self._kind()

    @property
    def _now(self) -> str:
        return "".join(self.left[: self.end])

    def _blank(self, start: int, end: int) -> None:
        self.left[start:end] = "\0" * (end - start)

    def _find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.search(self._now, self.start, self.end)

    def _take(self, found: re.Match[str], *names: str) -> None:
        for name in names or tuple(found.groupdict()):
            if name == "year" and self.build.has("date"):
                continue
            if name in found.groupdict() and found[name] and not self.build.has(name):
                if name in ("editor", "translator"):
                    self.build.people(name, *found.span(name), inverted="," in found[name] and
                                      bool(re.match(rf"{form.W}, (?:[A-Z]\.|{form.W},)|{form.SHORT}(?:,|$)", found[name])))  # fmt: skip
                else:
                    self.build.group(found, name)
        self.build.told(*found.span())
        self._blank(*found.span())

    def _medium(self) -> None:
        for found in [*form.MEDIUM.finditer(self._now, self.start, self.end)]:
            if not form.THESIS.search(found.group()):
                self.build.told(*found.span())
                self._blank(*found.span())

    def _labels(self) -> None:
        """Words that say what a day is, and the database that a page was read in."""
        for found in [*form.LABELS.finditer(self._now, self.start, self.end)]:
            self.build.told(*found.span())
            self._blank(*found.span())
        found_in = self._find(form.DATABASE)
        if found_in:
            self.build.group(found_in, "note")
            self._blank(*found_in.span())

    def _degree(self) -> None:
        found = self._find(form.THESIS)
        if not found:
            return
        self.thesis = True
        self.build.group(found, "type")
        start, end = found.span()
        after = re.match(
            r"[,.:]?\s*(?P<school>[^\]\[().,\d:]{3,80}(?:, (?!\d)[^\]\[().,\d:]{3,40})?)",
            self._now[end : self.end],
        )
        if after and re.search(
            r"(?i)universit|college|institut|school|academy|hochschule|MIT\b|école|politecnico",
            after["school"],
        ):
            self.build.put("institution", end + after.start("school"), end + after.end("school"))
            end += after.end("school")
        self.build.told(*found.span())
        self._blank(start, end)

    def _people(self) -> None:
        found = self._find(form.EDITION)  # before “ed.” names who edited
        if found:
            self._take(found)
        for pattern in (*form.EDITED, *form.TRANSLATED):
            found = self._find(pattern)
            name = next(iter(pattern.groupindex))
            if found and not self.build.has(name):
                self.inside = self.inside or found.group().lower().startswith("in")
                self._take(found)
        lead = re.compile(
            r"(?:^|(?<=[\s.,\0?!”\"]))In:?\s+(?=\S)"
            if not self.quoted
            else r"(?:^|(?<=[\s.,\0]))[Ii]n:?\s+(?=\S)"
        )
        found = lead.search(self._now, self.start, min(self.end, self.start + 6))
        if found:
            self.inside = True
            self.build.told(*found.span())
            self._blank(*found.span())

    def _place_in_print(self) -> None:
        """Volume, number, year and pages that stand together, or an imprint in parentheses."""
        found = self._find(form.IMPRINT)
        if found:
            self._take(found)
            self.score += 15
            return
        for pattern in (
            form.VANCOUVER,
            form.NOTES,
            form.VOLUME_YEAR,
            form.VOLUME_NUMBER,
            form.BARE,
        ):
            found = self._find(pattern)
            if not found or (pattern is form.VOLUME_NUMBER and re.fullmatch(YEAR, found["number"])
                             and not self.build.has("year", "date")):  # fmt: skip
                continue
            if pattern is form.VANCOUVER and not (
                found["section"] or found["volume"] or found["number"] or found["pages"]
            ):
                continue
            if pattern is form.BARE and (
                self.thesis
                or re.fullmatch(YEAR, found["pages"])
                or re.search(rf"{form.MONTH}\s*$", self.text[self.start : found.start("volume")])
            ):
                continue
            self._dated(found)
            if found.groupdict().get("supplement") and not found["number"]:
                self.build.group(found, "supplement", "number")
            if found.groupdict().get("section"):
                self.build.group(found, "section", "pages")
            self._take(found, "volume", "number", "pages", "year")
            self.serial = True
            self.score += 20
            return

    def _dated(self, found: re.Match[str]) -> None:
        """The day or month of an issue, as a date."""
        groups = found.groupdict()
        number = month(groups.get("month") or "")
        if not number or not groups.get("year") or self.build.has("year", "date"):
            return
        start = min(found.start("month"), found.start("year"))
        stop = max(
            found.end("month"), found.end("year"), found.end("day") if groups.get("day") else 0
        )
        value = f"{groups['year']}-{number:02}"
        value += f"-{int(groups['day']):02}" if groups.get("day") else ""
        self.build.put("date", start, stop, value)

    def _labelled(self) -> None:
        report = self._find(form.REPORT)
        if report and not self.serial and not re.fullmatch(YEAR, report["number"]):
            self.report = True
            self._take(report)
        for pattern in form.LABELLED:
            found = self._find(pattern)
            if found:
                name = next(iter(pattern.groupindex))
                if name in ("volume", "number"):
                    self.serial = True
                    self.score += 8
                self._take(found)

    def _numbers(self) -> None:
        """The day, the year and the pages that stand alone."""
        for pattern in form.DAYS:
            found = self._find(pattern)
            if not found:
                continue
            if "year" not in found.groupdict():
                year = self.build.value("year")[:4]
                if not year or self.build.has("date"):
                    continue
                value = f"{year}-{month(found['month']):02}-{int(found['day']):02}"
                self.build.pieces = [one for one in self.build.pieces if one.name != "year"]
                self.build.put("date", found.start("month"), found.end("day"), value)
            elif month(found["month"]):
                self.build.pieces = [one for one in self.build.pieces if one.name != "year"]
                self._dated(found)
            else:
                self._take(found, "year")
            self.build.told(*found.span())
            self._blank(*found.span())
            break
        if not self.build.has("year", "date"):
            all_years = [*form.YEARS[0].finditer(self._now, self.start, self.end)]
            if all_years:
                found = all_years[-1]
                self.build.group(found, "year")
                self._blank(*found.span("year"))
                self.score += 10
        elif self.build.has("year"):
            again = [one for one in form.YEARS[0].finditer(self._now, self.start, self.end)
                     if one["year"] == self.build.value("year")[:4]]  # fmt: skip
            for found in again:
                self._blank(*found.span("year"))
        for pattern in (form.PAGES_LAST, form.PAGES_AFTER):
            found = self._find(pattern)
            if found and not self.build.has("pages"):
                self.build.group(found, "pages")
                self._blank(*found.span("pages"))

    def _names(self) -> list[UnplacedName]:
        """(start, end, sign before, sign after) of what is left between stops and blanks."""
        made: list[UnplacedName] = []
        now, at, before = self._now, self.start, ""
        for cut in re.finditer(
            r"\0+|[.?!;](?=[\s\0)”\"]|$)|[,:](?=\s|\0|$)|[()\[\]]", now[self.start : self.end]
        ):
            start, end = self.start + cut.start(), self.start + cut.end()
            sign = cut.group()[:1]
            if sign in "()" and re.search(r"\([A-Z]{2,3}\)", now[max(0, start - 4) : start + 5]):
                continue  # Mount Pleasant (MI)
            if sign == "." and start + 1 < self.end:
                word = last_word(now, at, start, "’'.")
                if word and self._short(word, start, now):
                    continue
            self._add(made, at, start, before, sign)
            at, before = end, sign
            if len(made) > _NAMES:
                self.score -= 1000
                break
        self._add(made, at, self.end, before, "")
        return made

    def _short(self, word: str, at: int, now: str) -> bool:
        """Whether the stop after ``word`` is an abbreviation's."""
        place = re.compile(r"\.\s+[A-Z][a-z]+:").match(now, at, self.end)
        return bool(form.ABBREVIATION.fullmatch(word)) and (
            not place or len(word) == 1 or word in ("St", "Mt")
        )

    def _add(self, made: list[UnplacedName], start: int, end: int, before: str, sign: str) -> None:
        text = self.text
        while start < end and text[start] in ' *_.,;:"”“':
            start += 1
        while end > start and text[end - 1] in ' *_,;:"“':
            end -= 1
        if re.search(r"\w{2}|[A-Z]", text[start:end]):
            made.append(UnplacedName(start, end, before, sign))

    def _named(self) -> None:
        """Gives the names that are left to the journal, the book, the place and publisher."""
        names = self._joined(self._names())
        for one in names:
            part = self.text[one.start : one.end]
            if re.search(r"\d{3}", part) and not re.search(r"[A-Za-z]{4}", part):
                self.score -= 10
        colon = next(
            (at for at, one in enumerate(names) if one.after == ":" and at + 1 < len(names)), None
        )
        book = None
        if (
            not self.serial
            and not self.thesis
            and colon is not None
            and not self.build.has("publisher")
            and not self._titled(names, colon)
        ):
            place, house = names[colon], names[colon + 1]
            self.build.put("location", place.start, place.end)
            self._publisher(house.start, house.end)
            self.score += (
                18
                if re.search(r"^[A-Z]", self.text[place.start : place.end])
                and place.end - place.start < 45
                else -10
            )
            names = names[:colon] + names[colon + 2 :]
        if self.thesis:
            self._school(names)
            return
        if (self.quoted or self.inside or self.serial) and names:
            book, names = names[0], names[1:]
        if book:
            self._container(book)
        if self.serial and not (self.quoted or self.inside):
            self.score -= 25 * len(names)
        elif names and not self.build.has("publisher"):
            last = names.pop() if self.quoted or self.inside else names.pop(0)
            self._publisher(last.start, last.end)
            self._weigh_house(self.text[last.start : last.end])
        self.score -= 6 * len(names) + sum(one.end - one.start for one in names) / 4

    def _titled(self, names: list[UnplacedName], colon: int) -> bool:
        """Whether the colon stands within a book's title, as no place is before it."""
        if not (self.quoted or self.inside) or colon:
            return False
        return (
            not self.build.has("publisher")
            and len(names) > colon + 2
            and any(one.after == ":" for one in names[colon + 1 :])
        )

    def _joined(self, names: list[UnplacedName]) -> list[UnplacedName]:
        """Names that commas part are one where they are one: ``Cambridge, MA``, ``Little, Brown``,
        ``Science, Technology, & Human Values``; a title and its subtitle are one too."""
        made: list[UnplacedName] = []
        colons = [at for at, one in enumerate(names) if one.after == ":"]
        last_colon = colons[-1] if colons and not self.serial else -1
        if (self.quoted or self.inside) and last_colon == 0 and len(names) > 2:
            last_colon = -1  # Title: Subtitle. Publisher
        for index, one in enumerate(names):
            if made and self._one_name(made[-1], one, index, last_colon):
                made[-1] = UnplacedName(made[-1].start, one.end, made[-1].before, one.after)
            else:
                made.append(one)
        return made

    def _one_name(
        self, left: UnplacedName, right: UnplacedName, index: int, last_colon: int
    ) -> bool:
        between = self.text[left.end : right.start]
        word = self.text[right.start : right.end]
        if left.after == ":":
            if self.serial:
                return True  # International Security: A Journal
            book = self.quoted or self.inside
            return book and (index - 1 != last_colon or self.build.has("publisher"))
        if left.after != "," or "".join(self.left[left.end : right.start]).count("\0"):
            return False
        if re.match(r"(?:and|&)\s", word) or re.fullmatch(
            r"[A-Z]{2}|D\.?C\.?|[A-Z][a-z]{2,4}\.|(?:Massachusetts|Connecticut|California|England|UK|USA|New York|Inc|Ltd|LLC)\.?",
            word,
        ):
            return True
        if self.serial and not self.quoted:
            return True
        if self.serial and "," in between:
            return True
        if word[:1].islower() and not self.serial:
            return True  # Hypertension: diagnosis, and care
        before_colon = (
            index <= last_colon and right.after == ":" and not (self.quoted or self.inside)
        )
        after_colon = bool(left.before == ":" or self.text[left.start - 2 : left.start] == ": ")
        return before_colon or after_colon or not (self.quoted or self.inside)

    def _container(self, name: UnplacedName) -> None:
        start, end = name.start, name.end
        if self.text[end - 1] == ".":
            end -= 1
        text = self.text[start:end]
        words = text.split()
        self.build.put("container", start, end)
        if not text[:1].isupper() and not text[:1].isdecimal() and text[:1] not in "eia":
            self.score -= 15
        if not self.inside:
            self.score -= max(0, len(words) - 10) * 2
            plain = [one for one in words if one[:1].islower() and len(one) > 3 and one not in
                     ("from", "with", "into", "over", "about")]  # fmt: skip
            self.score -= 5 * len(plain)
            if form.SERIAL.search(text):
                self.score += 4
        else:
            self.score += 10
        if re.search(r"[a-z]{6,}\.\s", text):
            self.score -= 15

    def _publisher(self, start: int, end: int) -> None:
        if self.text[end - 1 : end] == "." and not re.search(
            r"\b(?:Co|Inc|Ltd|Bros|[A-Z])\.$", self.text[start:end]
        ):
            end -= 1
        self.build.put("publisher", start, end)

    def _weigh_house(self, text: str) -> None:
        words = text.split()
        if form.HOUSE.search(text) or body(text):
            self.score += 10
        elif len(words) <= 3 and text[:1].isupper():
            self.score += 4
        plain = [one for one in words if one[:1].islower() and len(one) > 3]
        self.score -= 6 * len(plain) + 2 * max(0, len(words) - 6)
        if not text[:1].isupper():
            self.score -= 10
        if ":" in text:
            self.score -= 8

    def _school(self, names: list[UnplacedName]) -> None:
        colon = next(
            (at for at, one in enumerate(names) if one.after == ":" and at + 1 < len(names)), None
        )
        if colon is not None:
            self.build.put("location", names[colon].start, names[colon].end)
            names = names[:colon] + names[colon + 1 :]
        if names:
            name = "organization" if self.build.has("institution") else "institution"
            self.build.put(name, names[0].start, names[-1].end)
            names = []
        self.score += 12 - 6 * len(names)

    def _kind(self) -> str:
        build = self.build
        container = ""
        if self.thesis:
            kind = "thesis"
            self._rename("publisher", "institution")
        elif (
            self.serial
            and not self.inside
            and (self.quoted or build.has("container"))
            and not build.has("location")
        ):
            kind, container = "article", "journal"
            if build.has("publisher", "booktitle") or (
                build.has("editor") and not build.has("number")
            ):
                kind, container = "incollection", "booktitle"
        elif self.inside or (build.has("container") and build.has("publisher", "editor", "location") and
                             not build.has("url")):  # fmt: skip
            kind, container = "incollection", "booktitle"
            if re.search(
                r"(?i)proceedings|conference|symposium|workshop", build.value("container")
            ):
                kind = "inproceedings"
        elif build.has("container"):
            kind, container = self._site()
        elif self.report:
            kind = "report"
            self._rename("publisher", "institution")
        elif build.has("url") and not build.has("location", "edition", "editor") and (
                build.has("urldate") or not build.has("publisher") or not form.HOUSE.search(build.value("publisher"))):  # fmt: skip
            kind = "online"
            self._rename("publisher", "organization")
            if form.NEWS.search(build.value("organization")) and len(build.value("date")) > 7:
                kind = "article"
                self._rename("organization", "journal")
        elif (build.has("date") and len(build.value("date")) > 7 and build.has("publisher")) or (
            build.has("pages")
            and not build.has("location")
            and (
                form.NEWS.search(build.value("publisher"))
                or form.SERIAL.search(build.value("publisher"))
            )
        ):
            kind = "article"
            self._rename("publisher", "journal")
        else:
            kind = "book"
            self.score += 6 if build.has("publisher", "location") else -15
        if container:
            self._rename("container", container)
        if not build.has("year", "date", "url", "pubstate"):
            self.score -= 12
        if build.has("author", "editor", "title"):
            self.score += 5
        return kind

    def _site(self) -> tuple[str, str]:
        """A newspaper or a site that a quoted title stands on."""
        name = self.build.value("container")
        day = len(self.build.value("date")) > 7
        if self.build.has("pages") or (day and form.NEWS.search(name)) or not self.build.has("url"):
            return "article", "journal"
        return "online", "organization"

    def _rename(self, old: str, new: str) -> None:
        self.build.pieces = [
            type(one)(new, one.value, one.start, one.end) if one.name == old else one
            for one in self.build.pieces
        ]
