"""Notes to their places."""

from __future__ import annotations

from dataclasses import replace

from edition.anchors import findings, places
from edition.anchors.index import AnchorIndex
from edition.anchors.places import Place
from edition.diagnostics import Outcome
from edition.model import LANGS, Anchor, Edition, Lang, Lemma, Note, Segment


def attach(edition: Edition) -> Outcome[Edition]:
    """``edition`` with an anchor for every lemma that stands at exactly one place, in reading
    order by language; an error for every other. A language that has no text in the whole edition
    prints no notes, and asks for no anchors."""
    index = AnchorIndex.of(edition)
    printed = tuple(one for one in LANGS if any(lang == one for lang, _ in edition.segments))
    anchors: list[Anchor] = []
    for note in edition.notes:
        if not any((lang, note.at) in index.segments for lang in LANGS):
            findings.unknown(note, index)
            continue
        for lang in printed:
            lemma = note.lemmas.get(lang)
            if lemma is None:
                continue  # a text without a lemma is the reader's to report (NTE007)
            if lang not in note.texts:
                findings.textless(note, lang, index)
            elif place := _place(note, lang, lemma, index):
                start, end = place.plain
                text = place.searched
                anchors.append(Anchor(note.id, lang, text.segment.id, start, end, text.cell,
                                      text.footnote))  # fmt: skip
    order = {key: number for number, key in enumerate(index.segments)}
    anchors.sort(
        key=lambda one: (one.lang != "zh", order[one.lang, one.segment], one.cell, one.end)
    )
    return Outcome(replace(edition, anchors=tuple(anchors)), tuple(index.found))


def _sides(note: Note, lang: Lang, index: AnchorIndex) -> list[Segment]:
    """Segments where the lemma may stand, in reading order: the one that the note names, and
    those aligned with it."""
    named = index.segments.get((lang, note.at))
    other: Lang = "en" if lang == "zh" else "zh"
    pair = index.pairs.get((lang, note.at)) or index.pairs.get((other, note.at))
    if pair:
        return list(pair.side(lang))
    return [named] if named else []


def _place(note: Note, lang: Lang, lemma: Lemma, index: AnchorIndex) -> Place | None:
    """The one place of ``lemma``; None, and a finding, where there is none or several. Aligned
    segments count only where the segment that the note names has no place for it."""
    segments = _sides(note, lang, index)
    hits, whole, fitting = _hits(segments, lemma, index)
    here = [hit for hit in fitting if hit.searched.segment.id == note.at] or fitting
    if lemma.occurrence:
        here = here[max(lemma.occurrence - 1, 0) :][:1]
    elif len(here) > 1:  # words that are all of one cell are those meant
        cells = [hit for hit in here if hit.searched.cell and hit.all_of_it]
        here = cells if len(cells) == 1 else here
    if len(here) == 1:
        findings.warn_in_word(note, lang, here[0], index)
        return here[0]
    if here:
        findings.several(note, lang, lemma, here, index)
    elif whole:
        findings.misfit(note, lang, lemma, whole, index)
    elif hits:
        findings.divided(note, lang, hits[0], index)
    else:
        findings.not_found(note, lang, lemma, segments, index)
    return None


def _hits(
    segments: list[Segment], lemma: Lemma, index: AnchorIndex
) -> tuple[list[Place], list[Place], list[Place]]:
    """The places of a lemma in the first layer that has some that fit, else in the first that has
    any: all, those that can bear a mark, and those that fit."""
    first: tuple[list[Place], list[Place], list[Place]] = ([], [], [])
    quote = places.nfc(lemma.quote)
    for texts in index.layers(segments):
        hits = [hit for text in texts for hit in places.places(text, quote)]
        whole = [hit for hit in hits if hit.whole]
        fitting = [hit for hit in whole if places.fits(hit, lemma)]
        if fitting:
            return hits, whole, fitting
        first = first if first[0] else (hits, whole, fitting)
    return first
