"""The texts as translators have them: units of both languages. What formats of exchange share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from edition.model import LANGS, Cell, Lang, Pair, Presence
from edition.wording import VERSION, Wording, codes, joined, plain, version, worded, written
from edition.writers.publication import TAGS
from edition.writers.types import Manuscript
from edition.writers.xml import fit


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """What is translated as one: a pair, or a cell of its tables (``cell``, from 1, the head
    first). Several segments of a side stand below each other, with an empty line between.
    ``segments``: their ids; ``omitted``: the edition leaves the other side out."""

    pair: str
    section: str
    words: Mapping[Lang, Wording]  # () where a side has no text
    segments: Mapping[Lang, tuple[str, ...]]
    cell: int = 0
    omitted: bool = False

    @property
    def id(self) -> str:
        return f"{self.pair}/{self.cell}" if self.cell else self.pair

    @property
    def version(self) -> str:
        """Of its English with all markup."""
        return version(written(self.words["en"]))


def tags(manuscript: Manuscript) -> dict[Lang, str]:
    """Both languages, as BCP 47 has them."""
    return {"zh": TAGS[manuscript.config.script], "en": "en"}


def table(manuscript: Manuscript) -> Iterator[tuple[str, ...]]:
    """The units as rows, for spreadsheets: the head, then the id of each, its words in both
    languages, and the version of its English words."""
    tongues = tags(manuscript)
    yield ("id", *(tongues[lang] for lang in LANGS), VERSION)
    for one in units(manuscript):
        zh, en = (plain(one.words[lang]) for lang in LANGS)
        yield tuple(fit(cell) for cell in (one.id, zh, en, version(en)))


def units(manuscript: Manuscript) -> Iterator[TranslationUnit]:
    """All that has words, in the order of the text."""
    assert manuscript.encoded is not None, "a writer of data is given it"
    for pair in manuscript.encoded.pairs:
        said = {lang: [one for one in pair.side(lang) if one.presence is Presence.TEXT]
                for lang in LANGS}  # fmt: skip
        words = {lang: joined([worded(one.inlines) for one in said[lang]]) for lang in LANGS}
        yield from _unit(pair, words)
        cells = [[cell for one in said[lang] if one.table for cell in one.table.cells]
                 for lang in LANGS]  # fmt: skip
        for number, (zh, en) in enumerate(zip_longest(*cells), start=1):
            yield from _unit(pair, {"zh": _cell(zh), "en": _cell(en)}, number)


def _unit(pair: Pair, words: Mapping[Lang, Wording], cell: int = 0) -> Iterator[TranslationUnit]:
    """The unit of ``words``; none where there are no words."""
    if not any(map(plain, words.values())):
        return
    ids = {lang: tuple(one.id for one in pair.side(lang)) for lang in LANGS}
    omitted = any(one.presence is Presence.OMITTED for one in (*pair.zh, *pair.en))
    yield TranslationUnit(pair=pair.id, section=pair.section, words=words, segments=ids,
                          cell=cell, omitted=omitted)  # fmt: skip


def _cell(cell: Cell | None) -> Wording:
    return worded(cell.inlines) if cell else ()


def numbered(source: Wording, target: Wording) -> dict[Lang, tuple[int, ...]]:
    """A number for each code of both sides, in the order of :func:`codes`: codes that are alike
    have one number, first with first, and the others numbers of their own."""
    free = list(enumerate(codes(source), start=1))
    first, more, of_target = tuple(number for number, _ in free), len(free), []
    for code in codes(target):
        like = next(
            (
                one
                for one in free
                if (one[1].opening, one[1].closing) == (code.opening, code.closing)
            ),
            None,
        )
        if like is None:
            more += 1
            of_target.append(more)
        else:
            free.remove(like)
            of_target.append(like[0])
    return {"zh": first, "en": tuple(of_target)}
