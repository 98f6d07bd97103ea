"""The schema of ``edition.toml``: its keys are those of :data:`edition.config.KNOWN`, its words
those of the types by which settings are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from typing import get_args

from edition import pressing
from edition.config import KNOWN, apparatus, layers, matter, variants
from edition.config import values as of
from edition.diagnostics import Severity
from edition.model import HEADINGS, LANGS
from edition.schemas.parts import (
    Schema,
    among,
    bilingual,
    by_language,
    listed,
    of_type,
    said,
    table,
    text,
    truth,
    whole,
)
from edition.writers import FORMATS

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}|"
_ANY_FILE = "a path within the workspace"


def schema() -> Schema:
    made = {
        "edition": _edition(), "layout": _layout(),
        "base": _of("base", {"file": text(_ANY_FILE)}, "the base text itself"),
        "matter": _matter(), "captions": _captions(), "imprint": _imprint(),
        "abbreviation": listed(_abbreviation(), "abbreviations, in order"),
        "line_numbers": _line_numbers(), "fonts": _fonts(),
        "layers": listed(_layer(), "layers of notes, in order"), "variants": _variants(),
        "witness": listed(_witness(), "witnesses of the text"), "apparatus": _apparatus(),
        "bibliography": _bibliography(), "names": _names(), "glossary": _glossary(),
        "index": _index(), "alignment": _alignment(), "article": _article(),
        "accessibility": _of("accessibility", {
            "order": of_type(of.Config, "reading_order", "in which the file is read out"),
        }, "the tagged file"),
        "outputs": _of("outputs", {"formats": listed(among(FORMATS), "what edition build writes",
                                                     1)}, "formats"),
        "diagnostics": _diagnostics(), "press": _press(),
    }  # fmt: skip
    # a table that nothing is said of yet may hold anything
    return table(
        {name: made.get(name, {}) for name in KNOWN},
        "edition.toml: the facts of a book and how it is made",
        ["edition"],
    )


def _of(name: str, keys: dict[str, Schema], says: str, needed: tuple[str, ...] = ()) -> Schema:
    """The table ``name``, with the keys that the reader knows."""
    return _keys(KNOWN[name], keys, says, needed)


def _keys(
    known: Iterable[str], keys: dict[str, Schema], says: str, needed: Iterable[str] = ()
) -> Schema:
    """A table of the keys ``known``; one that nothing is said of yet may hold anything."""
    return table({key: keys.get(key, {}) for key in known}, says, needed)


def _edition() -> Schema:
    config, scripts = of.Config, get_args(of.Script)
    regions, marks = get_args(of.Region), [one for one in get_args(of.Marks) if one]
    return _of("edition", {
        "id": text("names the output: dist/<id>.pdf", "[A-Za-z0-9][A-Za-z0-9._-]{0,80}"),
        "title": said("the title"), "subtitle": bilingual("the subtitle"),
        "authors": listed(bilingual("one author"), "authors of the base text"),
        "editors": listed(bilingual("one editor"), "editors"),
        "publisher": bilingual("the publisher"),
        "date": text("2026-11-23", _DAY),
        "base_text": bilingual("the base text 底本"),
        "script": among(scripts, "script to print"),
        "source_script": among(scripts, "script the source is written in"),
        "variety": of_type(config, "variety", "regional forms of traditional characters"),
        "profile": among(get_args(of.Profile), "of the Chinese; without it, as the words tell"),
        "rules": listed(bilingual("one paragraph"), "凡例"),
        "typography": {"anyOf": [among(marks), by_language(among(marks), "by language")],
                       "description": "typewriter marks: as a printer sets them, or as written"},
        "quotation_marks": among(get_args(of.QuotationMarks), "of the Chinese"),
        "region": {"anyOf": [among(regions), table(dict.fromkeys(scripts, among(regions)),
                                                   "by script")],
                   "description": "faces of the fonts, and where points stand"},
        "name_dots": among(get_args(of.NameDots), "between the parts of foreign names"),
        "annotation": among(get_args(of.Annotation), "注釋 or 註釋"),
        "link_addresses": truth("print the address after the words of a link"),
    }, "facts of the book", ("id", "title"))  # fmt: skip


def _layout() -> Schema:
    limit: Schema = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}
    return _of("layout", {
        "name": among(get_args(of.LayoutName), "facing pages, columns, or each under its own"),
        "paper": _paper(), "scale": _scale(),
        "ratio": _two(limit, "limits of the Chinese share of the columns"),
        "contents": whole(0, HEADINGS, "levels of headings in the contents"),
    }, "layout and paper")  # fmt: skip


def _paper() -> Schema:
    """By millimetres, or by name in capitals or not."""
    size = r"\s*[0-9]{2,4}(?:\.[0-9]+)?\s*[x×]\s*[0-9]{2,4}(?:\.[0-9]+)?\s*"
    names = ["".join(f"[{one.lower()}{one.upper()}]" if one.isalpha() and one.isascii()
                     else re.escape(one) for one in name) for name in variants.PAPERS]  # fmt: skip
    return text("trimmed page: 170x240 in millimetres, A5, 16開 …",
                "|".join([size, *(rf"\s*{one}\s*" for one in names)]))  # fmt: skip


def _scale() -> Schema:
    least, most = variants.LIMITS
    return {"anyOf": [text("18pt", r"\s*[0-9]{1,2}(?:\.[0-9]{1,2})?(?:pt)?\s*|"),
                      {"type": "number", "minimum": least, "maximum": most}],
            "description": "size of the running text (18pt), or a factor (1.2)"}  # fmt: skip


def _two(item: Schema, says: str) -> Schema:
    return listed(item, says) | {"minItems": 2, "maxItems": 2}


def _matter() -> Schema:
    made = ", ".join(matter.MADE)
    names = listed({"type": "string"}, f"names of sections, and: {made}") | {"uniqueItems": True}
    return _of("matter", {
        "front": names, "back": names,
        "generated_rules": truth("the 凡例 says by itself what the edition does"),
    }, "what stands round the text, in order")  # fmt: skip


def _captions() -> Schema:
    return _of("captions", {
        "tables": truth("number tables"), "figures": truth("number figures"),
        "numerals": of_type(of.Captions, "numerals", "of the Chinese"),
        "count": of_type(of.Captions, "count", "through the book, or anew in each chapter"),
    }, "numbers before captions")  # fmt: skip


def _imprint() -> Schema:
    isbn = text("an ISBN of ten or thirteen figures")
    return _of("imprint", {
        **{key: bilingual(key) for key in matter.IMPRINT_KEYS},
        "isbn": {"anyOf": [isbn, listed(isbn, "several")]},
        "lines": listed(bilingual("a line"), "whatever else, a line each"),
    }, "版權頁")  # fmt: skip


def _abbreviation() -> Schema:
    return table({key: said(key) for key in matter.ABBREVIATION_KEYS}, "an abbreviation",
                 matter.ABBREVIATION_KEYS)  # fmt: skip


def _line_numbers() -> Schema:
    return _of("line_numbers", {
        "by": of_type(of.LineNumbers, "by", "from where lines are counted"),
        "every": whole(1, 100, "every how many lines"),
        "languages": listed(among(LANGS), "whose lines have numbers"),
    }, "numbers of lines, in the margin")  # fmt: skip


def _fonts() -> Schema:
    name = text("a name that fc-list tells", r"[^\W_][\w .'&+-]{0,80}")
    of_one = {"anyOf": [name, listed(name, "each stands in for those before it", 1)]}
    return _of("fonts", dict.fromkeys(KNOWN["fonts"], of_one), "fonts by name")


def _layer() -> Schema:
    keys = {
        "id": text("by which notes name it: 注", r"\w[\w.-]{0,40}"), "name": bilingual("its name"),
        "numbering": of_type(of.Layer, "numbering", "how its marks look"),
        "count": of_type(of.Layer, "count", "among which notes a number is given once"),
        "placement": of_type(of.Layer, "placement", "where its notes stand"),
        "lines": truth("a note says the line of its mark"),
        "lemma": truth("a note begins with its lemma"),
        "series": text("the id of the layer among whose notes these stand"),
        "languages": listed(among(LANGS), "the sides that have its notes", 1),
    }  # fmt: skip
    return _keys(layers.KEYS, keys, "a layer", ["id"])


def _variants() -> Schema:
    kind = of.Variant
    keys = {
        "layout": of_type(kind, "layout"), "script": of_type(kind, "script"),
        "side": among(LANGS, "one language alone"),
        "notes": listed({"type": "string"}, "layers of notes that are printed"),
        "paper": {"anyOf": [_paper(), {"const": ""}]}, "scale": _scale(),
        "large_print": truth("running text of 18 points"),
        "exam": truth("the Chinese alone, without notes and glossary"),
        "glossary": truth("with the glossary"),
    }  # fmt: skip
    one = _keys(variants.KEYS, keys, "a variant")
    return {"type": "object", "description": "variants, by name", "additionalProperties": one,
            "propertyNames": {"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,40}$"}}  # fmt: skip


def _witness() -> Schema:
    keys = {key: bilingual(key) for key in apparatus.WITNESS_KEYS} | {
        "siglum": said("by which notes name it; the Chinese one is its id", ["zh"]),
        "base": truth("it is the 底本"), "of_base": truth("it is a part of the 底本"),
    }  # fmt: skip
    return table(keys, "a witness", ["siglum"])


def _apparatus() -> Schema:
    manner = of_type(of.ApparatusSettings, "zh", "how entries are printed")
    two = text("two signs, opening and closing", ".{2}")
    return _of("apparatus", {
        "zh": manner, "en": manner, "deleted": two, "supplied": two,
        "shorten": whole(0, 200, "longer lemmas are first … last; 0: never"),
        "lost": text("one sign for a character that is lost", "."),
    }, "entries of the apparatus")  # fmt: skip


def _bibliography() -> Schema:
    kind = of.BibliographySettings
    return _of("bibliography", {
        **{key: of_type(kind, key) for key in ("style", "sort", "entries")},
        "corrections": truth("appendix: corrections to the bibliography"),
    }, "the list of references")  # fmt: skip


def _names() -> Schema:
    return _of("names", {key: of_type(of.NameMarks, key) for key in KNOWN["names"]},
               "marks of names in the Chinese 專名號, 書名號")  # fmt: skip


def _glossary() -> Schema:
    return _of("glossary", {"order": of_type(of.GlossarySettings, "order"),
                            "pages": truth("the pages on which each term stands")},
               "the glossary")  # fmt: skip


def _index() -> Schema:
    return _of("index", {
        **{key: truth(f"the index has {key}") for key in ("names", "works", "terms")},
        "order": of_type(of.IndexSettings, "order", "of the Chinese"),
    }, "the index")  # fmt: skip


def _alignment() -> Schema:
    letters: Schema = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1000}
    return _of("alignment", {
        "length_ratio": _two(letters, "English letters for one Chinese character"),
    }, "alignment")  # fmt: skip


def _article() -> Schema:
    people = table({**{lang: text("name") for lang in LANGS},
                    "affiliation": bilingual("affiliation")}, "an author")  # fmt: skip
    words = listed({"type": "string"}, "keywords")
    return _of("article", {
        "authors": listed(people, "authors"),
        **{key: text("2025-04-13") for key in ("received", "reviewed", "accepted")},
        "keywords": by_language(words, "keywords"), "doi": text("10.…"),
        "fund": bilingual("who paid for it"),
    }, "facts of an imported article")  # fmt: skip


def _diagnostics() -> Schema:
    levels = [one.name.lower() for one in Severity]
    return {"type": "object", "description": "severities, by code",
            "additionalProperties": among(levels),
            "propertyNames": {"pattern": "^[A-Z]{3}[0-9]{3}$"}}  # fmt: skip


def _press() -> Schema:
    own = {one.name: _of_press(one.name, one.default) for one in fields(pressing.PressSettings)}
    profile = table(own, "a profile; what it does not say is as in [press]")
    named = {"type": "object", "additionalProperties": profile,
             "description": "profiles, by name"}  # fmt: skip
    return table({**own, "profiles": named}, "what a printer asks for; millimetres")


def _of_press(key: str, usual: object) -> Schema:
    if key in pressing.RANGES:
        least, most = pressing.RANGES[key]
        return {"type": "number", "minimum": least, "maximum": most}
    if isinstance(usual, bool):
        return {"type": "boolean"}
    if isinstance(usual, int):
        return {"type": "integer", "minimum": 0, "maximum": pressing.MOST_PAGES, "multipleOf": 4}
    return {"type": "string"}
