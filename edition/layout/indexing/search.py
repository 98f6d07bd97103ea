"""Where headwords stand in the running text; forms that say two of them are reported."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from edition.diagnostics import Diagnostic, warning
from edition.layout.indexing.forms import Headword
from edition.layout.indexing.letters import drawn_before, parts_of
from edition.layout.types import Box, BoxRole, Occurrence
from edition.model import LANGS, Edition, Lang

AMBIGUOUS = warning("IDX001", "A form that several headwords of the index have")


def occurrences(
    boxes: Mapping[str, Box], edition: Edition, words: Sequence[Headword]
) -> tuple[list[Occurrence], list[Diagnostic]]:
    """Every occurrence in the running text, and the notes on headwords; then what is ambiguous."""
    found: list[Occurrence] = []
    if not words:
        return found, []
    unsure: dict[str, list[Box]] = {}
    finders = {lang: _Finder(words, lang) for lang in LANGS}
    for box in boxes.values():
        if box.role is BoxRole.TEXT and box.segment is not None:
            for one in finders[box.lang].find(box):
                if one.headword:
                    found.append(one)
                else:
                    unsure.setdefault(one.form, []).append(box)
    found += _defining(boxes, edition, finders)
    return found, [_ambiguous(form, boxes, finders) for form, boxes in unsure.items()]


def _defining(
    boxes: Mapping[str, Box], edition: Edition, finders: Mapping[Lang, _Finder]
) -> Iterator[Occurrence]:
    for note in edition.notes:
        for lang, lemma in note.lemmas.items():
            word = finders[lang].whole(lemma.quote)
            key = f"n:{note.id}/{lang}"
            if word and key in boxes:
                yield Occurrence(word, key, 0, defining=True)


def _ambiguous(form: str, boxes: Sequence[Box], finders: Mapping[Lang, _Finder]) -> Diagnostic:
    first = boxes[0]
    ids = finders[first.lang].forms[form]
    places = f" and {len(boxes) - 1} more times" if len(boxes) > 1 else ""
    return Diagnostic(
        code=AMBIGUOUS, span=first.span, segment=first.segment.id if first.segment else "",
        fact=f"“{form}” is {' or '.join(sorted(ids))}, here{places}: it is not in the index",
        hint=f'say which: [{form}]{{.name of="{min(ids)}"}}',
    )  # fmt: skip


class _Finder:
    """Forms of headwords in the text of boxes of one language."""

    def __init__(self, words: Sequence[Headword], lang: Lang) -> None:
        self.lang = lang
        self.ids = {one.id for one in words}
        self.forms: dict[str, set[str]] = defaultdict(set)
        for word in words:
            for form in word.forms[lang]:
                self.forms[form].add(word.id)
        longest = sorted(self.forms, key=len, reverse=True)
        edge = (r"(?<![\w])", r"(?!\w)") if lang == "en" else ("", "")
        whole = "|".join(re.escape(one) for one in longest)
        self.pattern = re.compile(f"{edge[0]}(?:{whole}){edge[1]}") if longest else None

    def whole(self, text: str) -> str:
        """The headword that ``text`` is a form of, if only one has it."""
        ids = self.forms.get(text.strip(), ())
        return next(iter(ids)) if len(ids) == 1 else ""

    def find(self, box: Box) -> Iterator[Occurrence]:
        """What stands in a box; of a form that several have, without a headword."""
        parts = list(parts_of(box))
        text = "".join([part.text for part in parts])
        spans = any(part.of is not None for part in parts)
        if not spans and (self.pattern is None or self.pattern.search(text) is None):
            return
        drawn = drawn_before(parts)
        given: list[tuple[int, int]] = []
        at = 0
        rows: list[int] = []
        for part in parts:
            rows += [part.row] * len(part.text)
            if part.of in self.ids:
                given.append((at, at + len(part.text)))
                yield Occurrence(part.of, box.key, drawn[at], part.text, part.row)
            elif part.of is not None:  # a citation: its names are those of the list
                given.append((at, at + len(part.text)))
            at += len(part.text)
        for match in self.pattern.finditer(text) if self.pattern else ():
            if any(start < match.end() and match.start() < end for start, end in given):
                continue
            ids, begin = self.forms[match[0]], match.start()
            only = next(iter(ids)) if len(ids) == 1 else ""
            yield Occurrence(only, box.key, drawn[begin], match[0], rows[begin])
