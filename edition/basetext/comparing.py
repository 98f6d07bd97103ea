"""Claims of notes looked up in the base text, script-exact; what does not stand there is reported,
with what does where only the script, the width or the case of letters differs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from edition import script
from edition.basetext.claims import Claim, NamedPlace, claims
from edition.basetext.reading import Area, BaseText, Drawn, drawn, place_of, starts_in, within
from edition.config import Bilingual, Config
from edition.diagnostics import Code, Diagnostic, warning
from edition.model import Edition, Note

NO_SIC = warning("BAS002", "What a note quotes as sic does not stand in the base text")
NO_READING = warning("BAS003", "A reading that a note quotes does not stand in the base text")
OTHER_FORM = warning("BAS004", "The base text has it in another script, width or case")
ELSEWHERE = warning("BAS005", "It stands elsewhere in the base text than the note says")
NO_PAGE = warning("BAS006", "A page that the base text does not have")

TEXTUAL = "校"
_GAP = re.compile(r"(?:…|\.\.\.|⋯)+")
_REACH = 400  # characters that an ellipsis may stand for
_DASHES = str.maketrans(dict.fromkeys("–—‒―‐‑−～〜~", "-"))
_DOTS = str.maketrans(dict.fromkeys("•‧・．∙⋅", "·"))


def compare(edition: Edition, base: BaseText, config: Config) -> tuple[Diagnostic, ...]:
    """What the textual notes of ``edition`` say of the base text and does not stand there.
    ``edition`` is as it was read, before any conversion."""
    looker = _Looker(base)
    found: dict[tuple[object, ...], Diagnostic] = {}
    for note in edition.notes:
        if is_textual(note, config):
            for claim in claims(note, base, config):
                for one in looker.judge(claim):
                    found.setdefault((claim.note, one.code.id, drawn(claim.words)), one)
    return tuple(found.values())


def is_textual(note: Note, config: Config) -> bool:
    """Whether a note is about the wording of the base text: it has a ``sic`` or readings, or its
    layer is that of textual notes."""
    layer = next((one for one in config.layers if one.id == note.layer), None)
    named = TEXTUAL in note.layer or (layer is not None and TEXTUAL in layer.name.zh)
    return bool(note.sic or note.entry or named)


@cache
def _form(character: str) -> str:
    """The form by which traditional and simplified characters, widths and cases are one."""
    bare = unicodedata.normalize("NFKC", character).translate(_DASHES).translate(_DOTS).casefold()
    settings = Config(id="", title=Bilingual(), source_script="hant", script="hans")
    return "".join((script.convert_text(one, settings) or one) if ord(one) > 0x2E7F else one
                   for one in bare if not one.isspace())  # fmt: skip


def _same(character: str) -> str:
    return character


class _Looker:
    def __init__(self, base: BaseText) -> None:
        self.base = base
        self.exact = base.running
        self.alike = base.running.folded(_form)

    def judge(self, claim: Claim) -> Iterator[Diagnostic]:
        """Findings on one claim: none where it is so."""
        if claim.kind == "pages":
            yield from self._pages(claim)
            return
        places = [one for one in claim.places if self._areas(one)]
        for one in claim.places:
            if one.kind == "page" and not self._areas(one):
                yield self._said(claim, NO_PAGE, f"the base text has no page {one.name}",
                                 "its pages are those that its marks or folios tell")  # fmt: skip
        found = [at for at, _ in _stands(self.exact, claim.words, _same)]
        if found:
            yield from self._elsewhere(claim, places, found)
            return
        near = next(iter(_stands(self.alike, claim.words, _form)), None)
        if near is not None:
            start, end = near
            there = self.base.file.text[start:end].strip()
            yield self._said(
                claim, OTHER_FORM, f"the base text has “{_short(there)}” and not "
                f"“{_short(claim.words)}” ({place_of(self.base, start)})",
                "quote it as it stands there, within {.lock} where it is of another script",
            )  # fmt: skip
            return
        code = NO_SIC if claim.kind == "sic" else NO_READING
        yield self._said(claim, code, f"“{_short(claim.words)}” does not stand in the base text",
                         self._hint(claim))  # fmt: skip

    def _areas(self, place: NamedPlace) -> tuple[Area, ...]:
        return self.base.of(place.kind, place.name)

    def _elsewhere(
        self, claim: Claim, places: list[NamedPlace], found: list[int]
    ) -> Iterator[Diagnostic]:
        for place in places:
            areas = self._areas(place)
            if not any(within(areas, at) for at in found):
                fact = (f"“{_short(claim.words)}” does not stand in {place.words.strip()} "
                        f"of the base text, but: {place_of(self.base, found[0])}")  # fmt: skip
                yield self._said(claim, ELSEWHERE, fact, "name the place where it stands")
                return

    def _pages(self, claim: Claim) -> Iterator[Diagnostic]:
        """Numbers of pages that a citation or the references give."""
        numbers = claim.words.split("-")
        pattern = re.compile(r"(?<!\d)" + r"\s*[–—‒―-]\s*".join(numbers) + r"(?!\d)")
        areas = tuple(area for one in claim.places for area in self._areas(one))
        text = self.base.file.text
        if not any(not areas or within(areas, one.start()) for one in pattern.finditer(text)):
            where = f" in {claim.places[0].words}" if claim.places else ""
            yield self._said(claim, NO_PAGE, f"the base text nowhere gives the page "
                             f"{'–'.join(numbers)}{where}", "compare the base text")  # fmt: skip

    def _hint(self, claim: Claim) -> str:
        """What stands there that begins or ends as the words do, to compare."""
        words = drawn(claim.words)
        for size in range(len(words) - 1, max(1, len(words) // 2 - 1), -1):
            for part in (words[:size], words[-size:]):
                at = next(starts_in(self.exact, part), -1)
                if at >= 0:
                    start = self.exact.offsets[at]
                    end = self.exact.offsets[at + len(part) - 1] + 1
                    around = self.base.file.text[max(0, start - 8) : end + 8].replace("\n", " ")
                    return f"near it: “…{around}…” ({place_of(self.base, start)})"
        return "quote it letter for letter, … for what is left out"

    def _said(self, claim: Claim, code: Code, fact: str, hint: str) -> Diagnostic:
        return Diagnostic(code=code, span=claim.span, segment=claim.segment,
                          fact=f"{claim.note}: {fact}", hint=hint)  # fmt: skip


def _stands(there: Drawn, words: str, fold: Callable[[str], str]) -> Iterator[tuple[int, int]]:
    """Where ``words`` stand, as offsets of the file; an ellipsis in them stands for some text."""
    whole = "".join(map(fold, drawn(words)))
    for at in starts_in(there, whole) if whole else ():
        yield there.offsets[at], there.offsets[at + len(whole) - 1] + 1
    parts = [part for one in _GAP.split(words)
             if (part := "".join(map(fold, drawn(one))))]  # fmt: skip
    if len(parts) < 2:
        return
    for start in starts_in(there, parts[0]):
        at = start + len(parts[0])
        for part in parts[1:]:
            at = there.text.find(part, at, at + _REACH)
            if at < 0:
                break
            at += len(part)
        else:
            yield there.offsets[start], there.offsets[at - 1] + 1


def _short(text: str, most: int = 40) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[:most]}…"
