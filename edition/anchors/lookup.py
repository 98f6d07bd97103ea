"""Notes to their places."""

from __future__ import annotations

from dataclasses import replace

from edition.anchors import findings, places
from edition.anchors.index import Index
from edition.anchors.places import Place
from edition.diagnostics import Outcome
from edition.model import LANGS, Anchor, Edition, Lang, Lemma, Note, Segment


def attach(edition: Edition) -> Outcome[Edition]:
    """``edition`` with an anchor for every lemma that stands at exactly one place, in reading
    order by language; an error for every other. A language that has no text in the whole edition
    prints no notes, and asks for no anchors."""
    index = Index.of(edition)
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
                anchors.append(Anchor(note.id, lang, place.searched.segment.id, start, end))
    order = {key: number for number, key in enumerate(index.segments)}
    anchors.sort(key=lambda one: (one.lang != "zh", order[one.lang, one.segment], one.end))
    return Outcome(replace(edition, anchors=tuple(anchors)), tuple(index.found))


def _sides(note: Note, lang: Lang, index: Index) -> list[Segment]:
    """Segments where the lemma may stand, in reading order: the one that the note names, and
    those aligned with it."""
    named = index.segments.get((lang, note.at))
    other: Lang = "en" if lang == "zh" else "zh"
    pair = index.pairs.get((lang, note.at)) or index.pairs.get((other, note.at))
    if pair:
        return list(pair.side(lang))
    return [named] if named else []


def _place(note: Note, lang: Lang, lemma: Lemma, index: Index) -> Place | None:
    """The one place of ``lemma``; None, and a finding, where there is none or several. Aligned
    segments count only where the segment that the note names has no place for it."""
    segments = _sides(note, lang, index)
    hits = index.hits(segments, places.nfc(lemma.quote))
    whole = [hit for hit in hits if hit.whole]
    fitting = [hit for hit in whole if places.fits(hit, lemma)]
    here = [hit for hit in fitting if hit.searched.segment.id == note.at] or fitting
    if lemma.occurrence:
        here = here[max(lemma.occurrence - 1, 0) :][:1]
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
