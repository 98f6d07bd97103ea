"""Edition → book: which boxes are printed, and what stands beside what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import assert_never

from edition import numerals
from edition.config import Config
from edition.layout import endnotes, front_matter, matter, words
from edition.layout.back_matter import BackMatter
from edition.layout.draft import BookDraft
from edition.layout.text_flows import TextFlows
from edition.layout.types import Book, Division, Flow, Layout, Row
from edition.model import LANGS, Edition, References

# made when all else is: lists of what stands under headings
_NOTES = Division.NOTES.value
_LISTS = tuple(one.value for one in (Division.TABLES, Division.FIGURES, Division.CONTENTS))


def assemble(edition: Edition, config: Config, layout: Layout, references: References) -> Book:
    """Everything to print. ``edition`` is aligned, anchored and in the script to print;
    ``layout`` is fitted."""
    return _Assembly(BookDraft(edition, config, layout, references)).book()


class _Assembly:
    def __init__(self, draft: BookDraft) -> None:
        self.draft = draft
        self.blocks = endnotes.blocks(draft.edition, draft.config)
        self.text = TextFlows(draft, self.blocks)
        self.back = BackMatter(draft)

    def book(self) -> Book:
        draft = self.draft
        settings = draft.config.matter
        made = self._flows()
        printed = [replace(flow, front=name in settings.front)
                   for name, flows in made.items() for flow in flows if flow.rows]  # fmt: skip
        return Book(
            boxes=draft.boxes, flows=tuple(_together(_joined_body(printed))),
            layers=draft.layers, labels=draft.labels, titles=draft.titles, heads=draft.heads,
            line_numbers=draft.config.line_numbers, index=self.back.indexed(),
            page_words={lang: words.page(lang, draft.config.script) for lang in LANGS},
        )  # fmt: skip

    def _flows(self) -> dict[str, tuple[Flow, ...]]:
        """The flows of all that the book has, by name, in their order."""
        pairs = groupby(self.draft.edition.pairs, key=lambda pair: pair.section)
        made = {section: tuple(self.text.of_section(section, own)) for section, own in pairs}
        self._notes()
        self.back.find()
        order = self._order(made)
        texts = frozenset(made)
        made[_NOTES] = tuple(self.text.notes_of_book())
        # lists of what stands under a heading, or has a caption, need all that they are of
        for name in (one for one in order if one not in texts):
            if name not in _LISTS and name != _NOTES:
                made[name] = self._own(matter.DIVISIONS.get(name))
        for name in (one for one in _LISTS if one in order):
            flows = [flow for other in order for flow in made.get(other, ())]
            made[name] = self._own(matter.DIVISIONS[name], flows)
        return {name: made[name] for name in order if name in made}

    def _order(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Names of all that is printed, in order."""
        settings = self.draft.config.matter
        around = {*settings.front, *settings.back}
        body = [one for one in texts if one not in around]
        if _NOTES not in around:  # what a layer says is printed
            body.append(_NOTES)
        return (*settings.front, *body, *settings.back)

    def _own(self, division: Division | None, flows: Sequence[Flow] = ()) -> tuple[Flow, ...]:
        """What the book makes itself; ``flows``: what its lists are of."""
        if division is None:  # a name that nothing has: the check says so
            return ()
        draft = self.draft
        match division:
            case Division.HALF_TITLE:
                return (draft.flow(division, front_matter.half_title(draft)),
                        draft.flow(Division.SERIES, front_matter.series(draft)))  # fmt: skip
            case Division.TITLE:
                rows: Iterable[Row] = front_matter.title(draft)
            case Division.IMPRINT:
                rows = front_matter.imprint(draft)
            case Division.CONTENTS:
                rows = front_matter.contents(draft, flows)
            case Division.BASE:
                rows = front_matter.base(draft)
            case Division.RULES:
                rows = front_matter.rules_of_edition(draft)
            case Division.SIGLA:
                rows = front_matter.sigla(draft)
            case Division.ABBREVIATIONS:
                rows = front_matter.abbreviations(draft)
            case Division.GLOSSARY:
                rows = self.back.glossary()
            case Division.REFERENCES:
                rows = self.back.references()
            case Division.CORRECTIONS:
                rows = self.back.corrections()
            case Division.INDEX:
                rows = self.back.index_rows()
            case Division.TABLES | Division.FIGURES:
                rows = front_matter.captioned(draft, division, flows)
            case (Division.NOTES | Division.SERIES | Division.DISPLAY | Division.FRONT
                  | Division.PART | Division.BODY | Division.BACK):  # fmt: skip
                rows = ()
            case _:
                assert_never(division)
        return (draft.flow(division, rows),)

    def _notes(self) -> None:
        numbers = {note: number for block in self.blocks
                   for number, note in enumerate(block.notes, start=block.first)}  # fmt: skip
        for note in self.draft.edition.notes:
            for lang in note.texts:
                box = self.draft.maker.note(note, lang)
                number = numbers.get(note.id, 0)
                if number and box.numbering and box.numbering != "line":
                    label = numerals.form(box.numbering, lang).sign(number)
                    box = replace(box, label=label, number=number)
                    self.draft.labels[box.key] = label
                self.draft.add(box)
                self.draft.layers[box.key] = self.draft.maker.ranks.get(note.layer, 0)
        for section in self.draft.edition.sections:
            for footnote in section.footnotes:
                for box in self.draft.maker.footnotes(footnote, section.id):
                    self.draft.add(box)
                    self.draft.layers[box.key] = 0
                    self.draft.labels[box.key] = footnote.label


def _joined_body(flows: Iterable[Flow]) -> Iterator[Flow]:
    """Sections of the text follow each other on one page."""
    for both, group in groupby(flows, key=lambda flow: (flow.division, flow.front)):
        if both[0] is Division.BODY:
            rows = tuple(row for flow in group for row in flow.rows)
            yield Flow(division=Division.BODY, rows=rows)
        else:
            yield from group


def _together(flows: Iterable[Flow]) -> Iterator[Flow]:
    """What stands on one page where it is neighbours: the contents with the lists of tables and
    figures, the rules with what is like them."""
    last: Flow | None = None
    for flow in flows:
        kind = next((one for one in matter.TOGETHER if flow.division in one), None)
        if last and kind and last.division in kind and last.front == flow.front:
            last = replace(last, rows=(*last.rows, *flow.rows))
            continue
        if last:
            yield last
        last = flow
    if last:
        yield last
