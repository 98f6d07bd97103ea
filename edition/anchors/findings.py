"""What is said of notes that have no place."""

from __future__ import annotations

from collections.abc import Iterable

from edition.anchors import places as at
from edition.anchors.codes import ANC001, ANC002, ANC003, ANC004, ANC005, ANC006, ANC007, ANC008
from edition.anchors.index import AnchorIndex
from edition.anchors.places import Place
from edition.anchors.repair import edges_as, fix, same_letters, scalar
from edition.diagnostics import Diagnostic
from edition.model import Lang, Lemma, Note, Presence, Segment

LANGUAGE = {"zh": "Chinese", "en": "English"}
SHOWN = 6  # places of an ambiguous lemma that a message lists


def textless(note: Note, lang: Lang, index: AnchorIndex) -> None:
    """A lemma whose language has no text; a note without any text the reader has reported."""
    if note.texts:
        index.say(
            ANC007,
            note,
            lang,
            f"it has a {LANGUAGE[lang]} lemma but no {LANGUAGE[lang]} text",
            f"add {lang}: with the text, or drop {lang} from its quote",
        )


def unknown(note: Note, index: AnchorIndex) -> None:
    from edition.anchors import nearest

    near = nearest.ids(note.at, dict.fromkeys(key[1] for key in index.segments))
    hints = [f"nearest ids: {', '.join(near)}"] if near else []
    for lang, lemma in note.lemmas.items():
        where = _elsewhere(lemma, lang, index)
        if where:
            hints.append(f"“{lemma.quote}” stands in {', '.join(where)}")
    index.found.append(
        Diagnostic(
            code=ANC004,
            span=note.span,
            segment=note.at,
            fact=f"note “{note.id}” is at “{note.at}”, which is the id of no segment",
            hint="; ".join(hints)
            or "the text gives ids in braces, {#i.2}; edition ids writes them",
        )
    )


def several(note: Note, lang: Lang, lemma: Lemma, hits: list[Place], index: AnchorIndex) -> None:
    index.say(
        ANC002,
        note,
        lang,
        f"“{lemma.quote}” stands {_times(len(hits))} in the {LANGUAGE[lang]} text of "
        f"{_names(hits)}",
        _listed(hits),
    )


def misfit(note: Note, lang: Lang, lemma: Lemma, hits: list[Place], index: AnchorIndex) -> None:
    """The lemma is there, but not where its prefix, suffix or occurrence put it."""
    given = [
        f"{name} “{value}”" for name in ("prefix", "suffix") if (value := getattr(lemma, name))
    ]
    given += [f"occurrence {lemma.occurrence}"] if lemma.occurrence else []
    index.say(
        ANC005,
        note,
        lang,
        f"“{lemma.quote}” stands {_times(len(hits))} in the {LANGUAGE[lang]} text of "
        f"{_names(hits)}, but {' and '.join(given)} {'fits' if len(given) == 1 else 'fit'} "
        "none of its places",
        _listed(hits)
        if len(hits) > 1
        else f"it stands there once, {_context(hits[0])}: nothing is needed to tell it apart",
    )


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _names(hits: Iterable[Place]) -> str:
    return ", ".join(dict.fromkeys(hit.searched.segment.id for hit in hits))


def _context(hit: Place) -> str:
    before, after = hit.before(8), hit.after(8)
    quote = hit.searched.text[hit.start : hit.end]
    return f"…{before}⟨{quote}⟩{after}…".replace("\n", " ")


def _listed(hits: list[Place]) -> str:
    """The places with what tells each apart."""
    lines = []
    for number, hit in enumerate(hits[:SHOWN], start=1):
        prefix, suffix = at.telling(hit, hits)
        how = f"prefix: {scalar(prefix)}" if prefix else f"suffix: {scalar(suffix)}"
        if not prefix and not suffix:
            how = f"occurrence: {number}"
        lines.append(f"{number} {_context(hit)} {how}")
    more = f"; and {len(hits) - SHOWN} more" if len(hits) > SHOWN else ""
    return "tell the place apart by prefix, suffix or occurrence: " + "; ".join(lines) + more


def divided(note: Note, lang: Lang, hit: Place, index: AnchorIndex) -> None:
    """A lemma that begins or ends within a ruby or within one character of several code points."""
    text = hit.searched
    start, end = hit.plain
    ruby = next((text.plain[a:b] for a, b in text.rubies if a < start < b or a < end < b), "")
    quote = text.text[hit.start : hit.end]
    what = f"the ruby “{ruby}”" if ruby else "a character that several code points make up"
    index.say(
        ANC006,
        note,
        lang,
        f"the lemma “{quote}” begins or ends inside {what}",
        "let the lemma take in the whole of it, or leave it out",
    )


def warn_in_word(note: Note, lang: Lang, hit: Place, index: AnchorIndex) -> None:
    text = hit.searched.text
    if not at.in_word(text, hit.end):
        return
    end = at.word_end(text, hit.end)
    longer = text[hit.start : end]
    lemma = note.lemmas[lang]
    index.say(
        ANC008,
        note,
        lang,
        f"the mark would stand inside the word “{_word(text, hit.end)}”",
        f"let the lemma end with the word: “{longer}”",
        fix(lemma, longer),
    )


def _word(text: str, index: int) -> str:
    start = index
    while start > 0 and at.in_word(text, start):
        start -= 1
    return text[start : at.word_end(text, index)]


def _elsewhere(lemma: Lemma, lang: Lang, index: AnchorIndex) -> list[str]:
    """Ids of up to three segments that have the lemma."""
    return index.holders(lang, at.nfc(lemma.quote), 3)


def not_found(
    note: Note, lang: Lang, lemma: Lemma, segments: list[Segment], index: AnchorIndex
) -> None:
    from edition.anchors import nearest

    names = ", ".join(one.id for one in segments) or note.at
    where = _elsewhere(lemma, lang, index)
    hints = [f"it stands in {', '.join(where)}: is the note at the wrong segment?"] if where else []
    fact = f"“{lemma.quote}” does not stand in the {LANGUAGE[lang]} text of {names}"
    texts = [text for layer in index.layers(segments) for text in layer]
    near = nearest.candidates(at.nfc(lemma.quote), texts)
    if not near:
        hints = hints or _why_not(lang, segments)
        index.say(ANC003, note, lang, fact, "; ".join(hints))
        return
    shown = ", ".join(f"“{one.text}” ({one.likeness:.0%})" for one in near)
    hints.insert(0, f"nearest: {shown}")
    alike = [one for one in near if same_letters(one.text, lemma.quote)]
    # a textual note may be about the very comma that differs
    sure = len(alike) == 1 and alike[0] is near[0] and not (note.sic or note.entry)
    text = edges_as(lemma.quote, near[0].text) if sure else near[0].text
    mend = None if where else fix(lemma, text, safe=sure)
    index.say(ANC001, note, lang, fact, "; ".join(hints), mend)


def _why_not(lang: Lang, segments: list[Segment]) -> list[str]:
    if not segments or all(one.presence is not Presence.TEXT for one in segments):
        presence = segments[0].presence.value if segments else "missing"
        return [
            f"the {LANGUAGE[lang]} side is {presence}: drop the {LANGUAGE[lang]} text of the "
            "note, or put the note on the other side only"
        ]
    return ["the text has been changed, or the lemma mistyped"]
