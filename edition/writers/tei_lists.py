"""What of a TEI file stands beside the texts or behind them: notes and apparatus, witnesses, names,
glossary, bibliography."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from edition.model import (
    LANGS,
    ApparatusEntry,
    Footnote,
    Inlines,
    Lang,
    Name,
    Note,
    Reading,
    Section,
    Term,
)
from edition.writers.entries import EntryPart, entry_parts
from edition.writers.shapes import content, note_blocks
from edition.writers.tei_dialect import NAMES, footnote_id, reference_id, segment_id, tei, word_id
from edition.writers.xml import Element, Node, name

if TYPE_CHECKING:
    from edition.bibliography.types import Entry
    from edition.writers.tei import _Document

# list, entry and its name of a kind of names
_LISTS = {"person": ("listPerson", "person"), "place": ("listPlace", "place"),
          "body": ("listOrg", "org"), "work": ("listBibl", "bibl")}  # fmt: skip
# field of an entry → element, with its attributes; the others are notes
_FIELDS = {
    "author": ("author", {}), "editor": ("editor", {}),
    "translator": ("editor", {"role": "translator"}),
    "title": ("title", {"level": "m"}), "journaltitle": ("title", {"level": "j"}),
    "journal": ("title", {"level": "j"}), "booktitle": ("title", {"level": "m"}),
    "publisher": ("publisher", {}), "location": ("pubPlace", {}), "address": ("pubPlace", {}),
    "date": ("date", {}), "year": ("date", {}), "volume": ("biblScope", {"unit": "volume"}),
    "number": ("biblScope", {"unit": "issue"}), "pages": ("biblScope", {"unit": "page"}),
    "doi": ("idno", {"type": "DOI"}), "isbn": ("idno", {"type": "ISBN"}),
    "issn": ("idno", {"type": "ISSN"}), "url": ("idno", {"type": "URL"}),
}  # fmt: skip


def beside(document: _Document) -> Iterator[Element]:
    """Names, apparatus and notes."""
    yield from _names(document)
    apparatus = [_entry(document, note, note.entry) for note in document.edition.notes
                 if note.entry]  # fmt: skip
    if apparatus:
        yield tei("listApp", apparatus)
    notes = [_note(document, one) for one in document.edition.notes]
    own = [_footnote(document, one, section) for section in document.edition.sections
           for one in section.footnotes if one.lang in document.config.languages]  # fmt: skip
    if notes or own:
        yield tei("listAnnotation", notes, own)


def back(document: _Document) -> Iterator[Element]:
    """Glossary and bibliography."""
    terms = [_term(document, one) for one in document.edition.terms]
    if terms:
        yield tei("div", tei("list", terms), type="glossary")
    entries = [_bibl(document, one) for one in document.manuscript.library.entries]
    if entries:
        yield tei("div", tei("listBibl", entries), type="references")


# --- notes ---------------------------------------------------------------------------------------


def _note(document: _Document, note: Note) -> Element:
    layer = next((number for number, one in enumerate(document.config.layers, start=1)
                  if one.id == note.layer), 0)  # fmt: skip
    made = tei("listAnnotation", id=f"note-{name(note.id)}", n=note.id, type="editorial",
               corresp=f"#{segment_id('zh' if 'zh' in note.lemmas else 'en', note.at)}",
               ana=f"#layer-{layer}" if layer else "",
               rend="proposed" if note.proposed else "")  # fmt: skip
    for lang in LANGS:
        if lang in note.lemmas or lang in note.texts:
            made.append(_of_language(document, note, lang))
    if note.sic or note.corr:
        made.append(_emendation(note))
    return made


def _of_language(document: _Document, note: Note, lang: Lang) -> Element:
    """The note in one language: its lemma, and its text where it is written."""
    made = tei("note", lang=document.tags[lang], **_ends(document, note, lang))
    lemma = note.lemmas.get(lang)
    if lemma is not None:
        told = tei("label", lemma.quote, type="lemma", n=str(lemma.occurrence or ""))
        for kind, words in (("prefix", lemma.prefix), ("suffix", lemma.suffix)):
            if words:
                made.append(tei("label", words, type=kind))
        made.insert(0, told)
    if lang in note.texts:
        made.extend(paragraphs(document, note.texts[lang], lang))
    return made


def _ends(document: _Document, note: Note, lang: Lang) -> dict[str, str]:
    if (note.id, lang) not in document.ends:
        return {"target": f"#{segment_id(lang, note.at)}"}
    own = f"{lang}-{name(note.id)}"
    return {"target": f"#from-{own}", "targetEnd": f"#to-{own}"}


def paragraphs(
    document: _Document, inlines: Inlines, lang: Lang, section: str = ""
) -> Iterator[Element]:
    """The blocks of a note."""
    to = document.dialect(lang, section, running=False)
    for part in note_blocks(inlines):
        inner = content(part.inlines, to)
        start = part.start
        match start.kind if start else "para":
            case "item":
                assert start is not None
                yield tei("p", inner, rend=f"item level{start.level} {start.label}")
            case "quote":
                yield tei("quote", tei("p", inner))
            case "verse":
                yield tei("p", inner, rend="verse")
            case _:
                yield tei("p", inner)


def _emendation(note: Note) -> Element:
    made = tei("note", type="emendation")
    made.append(tei("choice", tei("sic", note.sic), tei("corr", note.corr)))
    if note.resp:
        made.append(tei("name", note.resp, type="resp"))
    if note.evidence:
        made.append(tei("note", note.evidence, type="evidence"))
    return made


def _entry(document: _Document, note: Note, entry: ApparatusEntry) -> Element:
    lang: Lang = "zh" if "zh" in note.lemmas else "en"
    ends = _ends(document, note, lang)
    more = {"from_": ends["target"], "to": ends.get("targetEnd", "")}
    made = tei(
        "app", id=f"app-{name(note.id)}", n=note.id, corresp=f"#note-{name(note.id)}", **more
    )
    made.append(_reading(document, "lem", entry.lem, lang))
    made.extend(_reading(document, "rdg", one, lang) for one in entry.readings)
    made.extend(_said(document, entry.remark, "remark"))
    return made


def _reading(document: _Document, tag: str, reading: Reading, lang: Lang) -> Element:
    known = {one.siglum.zh: number for number, one in enumerate(document.config.witnesses, start=1)}
    wit = " ".join(f"#wit-{known[one]}" if one in known else f"#wit-{name(one)}"
                   for one in reading.wit)  # fmt: skip
    made = tei(tag, reading.text, wit=wit, type=reading.type or "", lang=document.tags[lang],
               rend="fault" if reading.faulty else "")  # fmt: skip
    made.extend(_said(document, reading.resp, "resp"))
    return made


def _said(document: _Document, texts: object, kind: str) -> Iterator[Element]:
    """What is said in either language, as notes of a kind."""
    assert hasattr(texts, "get")
    for lang in LANGS:
        inlines = texts.get(lang)
        if inlines:
            inner = content(inlines, document.dialect(lang, running=False))
            yield tei("note", inner, type=kind, lang=document.tags[lang])


def _footnote(document: _Document, footnote: Footnote, section: Section) -> Element:
    lang = footnote.lang
    owner = document.owners.get((lang, section.id, footnote.label), "")
    inlines = document.marked(footnote.inlines, lang, owner, footnote=footnote.label)
    made = tei("note", type="authorial", n=footnote.label, lang=document.tags[lang],
               id=footnote_id(section.id, footnote.label, lang),
               target=f"#{lang}-section-{name(section.id)}")  # fmt: skip
    made.extend(paragraphs(document, inlines, lang, section.id))
    return made


# --- lists ---------------------------------------------------------------------------------------


def witnesses(document: _Document) -> Element | None:
    """The sigla; None where there are none."""
    made = tei("listWit")
    for number, one in enumerate(document.config.witnesses, start=1):
        wit = tei("witness", id=f"wit-{number}", n=one.siglum.zh, rend="base" if one.base else "")
        for kind, texts in (("siglum", one.siglum), ("name", one.name), ("date", one.date),
                            ("library", one.library)):  # fmt: skip
            wit.extend(document.both("name", texts, type=kind))
        made.append(wit)
    return made if len(made) else None


def _names(document: _Document) -> Iterator[Element]:
    for kind, (list_tag, tag) in _LISTS.items():
        found = [_name(one, tag) for one in document.edition.names if one.kind == kind]
        if found:
            yield tei(list_tag, found, type="names")


def _name(one: Name, tag: str) -> Element:
    made = tei(tag, id=word_id(one.id), n=one.id, rend="lock" if one.locked else "",
               sortKey=one.sort.replace(" ", "_"))  # fmt: skip
    inner = NAMES[one.kind]
    variants = (("", each, "variant") for each in one.variants)
    forms = [("zh", one.zh, ""), ("en", one.en, ""), ("zh-Hans", one.hans, "explicit"),
             ("zh-Hant", one.hant, "explicit"), ("zh", one.short, "short"),
             ("en", one.short_en, "short"), *variants]  # fmt: skip
    made.extend(tei(inner, _with_surname(form, one.family if lang == "en" else ""), lang=lang,
                    type=said) for lang, form, said in forms if form)  # fmt: skip
    return made


def _with_surname(form: str, family: str) -> list[Element | str]:
    """A name with its surname marked, where it is told."""
    if not family:
        return [form]
    surname = tei("surname", family)
    if form.endswith(family):
        return [form.removesuffix(family), surname]
    return [surname, form.removeprefix(family)]


def _term(document: _Document, term: Term) -> Element:
    made = tei("item", id=word_id(f"term:{term.id}"), n=term.id)
    if term.zh:
        made.append(tei("term", term.zh, lang=document.tags["zh"]))
    if term.pinyin:
        made.append(tei("term", term.pinyin, lang="zh-Latn-pinyin"))
    if term.en:
        made.append(tei("term", term.en, lang="en"))
    for lang, gloss in (("zh", term.zh_gloss), ("en", term.en_gloss)):
        if gloss:
            to = document.dialect("zh" if lang == "zh" else "en", running=False)
            made.append(tei("gloss", content(gloss, to), lang=document.tags[to.lang]))
    return made


def _bibl(document: _Document, entry: Entry) -> Element:
    """An entry with its fields as they are; and, where it is in the printed list, what it says
    there."""
    made = tei("bibl", id=reference_id(entry.key), n=entry.key, type=entry.type)
    for field in entry.fields:
        tag, attrs = _FIELDS.get(field.name, ("note", {}))
        made.append(tei(tag, field.value, n=field.name, **attrs))
    printed = document.manuscript.references.find(entry.key)
    if printed is not None and printed.text:
        made.append(tei("note", [_part(one) for one in entry_parts(printed)], type="printed"))
    return made


def _part(part: EntryPart) -> Node:
    told: Node = tei("hi", part.text, rend="italic") if part.italic else part.text
    return tei("ref", told, target=part.address) if part.address else told
