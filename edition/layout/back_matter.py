"""What a book says behind its text: glossary, references, corrections, index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from edition.config import Bilingual
from edition.layout import glossary, indexing, works
from edition.layout.boxes import own
from edition.layout.draft import BookDraft
from edition.layout.types import BookIndex, BoxRole, Division, IndexLine, Row
from edition.model import LANGS, Lang, Term


class BackMatter:
    """Makes the matter behind the text of a draft, and knows what its index is to say the pages
    of."""

    def __init__(self, draft: BookDraft) -> None:
        self.draft = draft
        self._index: BookIndex | None = None
        self._headwords: Sequence[indexing.Headword] = ()
        self._glossed: dict[str, tuple[Term, IndexLine]] = {}

    def find(self) -> None:
        """What the index and the glossary tell the pages of, wherever it stands in the texts."""
        self._headwords = indexing.headwords(self.draft.edition, self.draft.config)
        found, unsure = indexing.occurrences(self.draft.boxes, self.draft.edition, self._headwords)
        if self._headwords:
            self._index = BookIndex({}, tuple(found), tuple(unsure))

    def glossary(self) -> tuple[Row, ...]:
        """The terms, side by side or each language in its order; their pages still to be told."""
        made: dict[Lang, dict[str, tuple[str, ...]]] = {lang: {} for lang in LANGS}
        for term in self.draft.edition.terms:
            for lang, inlines in glossary.entries(term, self.draft.config).items():
                text = self.draft.maker.finished(inlines, "", lang)
                box = self.draft.maker.made(
                    f"glossary/{term.id}/{lang}", "gloss", lang, text, role=BoxRole.BACK,
                    measure=self.draft.measure("gloss", lang),
                )  # fmt: skip
                if self.draft.config.glossary.pages:
                    line = IndexLine(term.id, lang, "", "", gloss=text)
                    self._glossed[box.key] = term, line
                made[lang][term.id] = (self.draft.add(box),)
        if not any(made.values()):
            return ()
        zh, en = (glossary.in_order(self.draft.edition.terms, lang) for lang in LANGS)
        if self.draft.config.glossary.order == "own":  # no entry answers to the one beside it
            sides = [tuple(key for term in terms for key in made[lang].get(term.id, ()))
                     for lang, terms in zip(LANGS, (zh, en), strict=True)]  # fmt: skip
            rows = [Row(id="glossary/0", zh=sides[0], en=sides[1])]
        else:
            rows = [Row(id=f"glossary/{term.id}", zh=made["zh"].get(term.id, ()),
                        en=made["en"].get(term.id, ()), whole=True) for term in zh]  # fmt: skip
        return (self.draft.heading(Division.GLOSSARY), *rows)

    def references(self) -> tuple[Row, ...]:
        """The list of references, across the page: its heading in both languages, its entries."""
        draft = self.draft
        entries = draft.references.entries.values()
        if not entries:
            return ()
        name = f"{Division.REFERENCES.value}/heading"
        said = draft.own_title(name, Division.REFERENCES)
        text = "\u2002".join(one for lang in LANGS if (one := said.get(lang)))
        lang: Lang = "zh" if said.zh else "en"
        heading = draft.maker.made(f"{name}/{lang}", "heading1", lang, own(text),
                                   role=BoxRole.FRONT, full=True)  # fmt: skip
        keys = (draft.add(heading), *(draft.add(works.box(one, draft.layout)) for one in entries))
        return tuple(Row(id=key if number else name, zh=(key,), full=True, level=0 if number else 1,
                         whole=not number) for number, key in enumerate(keys))  # fmt: skip

    def corrections(self) -> tuple[Row, ...]:
        """The appendix of corrections to the bibliography."""
        rows = tuple(
            self.draft.row(f"corrections/{number}", "rule", Bilingual(
                zh=zh if "zh" in self.draft.config.languages else "",
                en=en if "en" in self.draft.config.languages else "",
            ), role=BoxRole.BACK)
            for number, (zh, en) in enumerate(self.draft.references.corrections)
        )  # fmt: skip
        return (self.draft.heading(Division.CORRECTIONS), *rows) if rows else ()

    def index_rows(self) -> tuple[Row, ...]:
        """The index, its pages still to be told: every entry says a figure in their place."""
        words, found = self._headwords, self._index.occurrences if self._index else ()
        script = self.draft.config.script
        spans = {one.id: one.span for one in words}
        made: dict[Lang, list[str]] = {lang: [] for lang in LANGS}
        lines: dict[str, IndexLine] = {}
        used = {(one.headword, self.draft.boxes[one.box].lang) for one in found}
        for lang, entries in indexing.lines(words, used, self.draft.config).items():
            for number, line in enumerate(entries):
                text = indexing.entry(line, [("0", True)], spans[line.headword], script)
                box = self.draft.maker.made(
                    f"index/{number}/{lang}", "index", lang, text, role=BoxRole.BACK,
                    measure=self.draft.measure("index", lang),
                )  # fmt: skip
                made[lang].append(self.draft.add(box))
                lines[box.key] = line
        self._with_lines(lines)
        if not lines:
            return ()
        # one row: the lists stand side by side, and no entry answers to the one beside it
        row = Row(id="index/0", zh=tuple(made["zh"]), en=tuple(made["en"]))
        return (self.draft.heading(Division.INDEX), row)

    def indexed(self) -> BookIndex | None:
        """The index, with the lines of the glossary that tell pages too."""
        self._with_lines({key: replace(line, headword=indexing.of_glossary(self._headwords, term))
                          for key, (term, line) in self._glossed.items()})  # fmt: skip
        return self._index

    def _with_lines(self, lines: Mapping[str, IndexLine]) -> None:
        if self._index is not None:
            self._index = replace(self._index, lines={**self._index.lines, **lines})
