"""Schemas of names, glossary and notes, and of the editor's decisions: their keys are those of the
readers."""

from __future__ import annotations

from typing import get_args

from edition.aligning import asking
from edition.bibliography.deciding import decisionfile
from edition.config import LayoutName, Script, series
from edition.importers import decisions as readings
from edition.importers.returned import verdicts
from edition.model import LANGS
from edition.readers import entries, notes, records
from edition.schemas.parts import SCALAR, Schema, among, by_language, listed, table, text, truth
from edition.writers import FORMATS


def names() -> Schema:
    keys: dict[str, Schema] = {
        **{key: text(key) for key in records.NAME_KEYS},
        "id": text("by which texts name it", ".+"),
        "variants": listed({"type": "string"}, "other forms"),
        "sort": text("reading by which it is sorted, without tones"),
        "lock": truth("never converted between scripts"),
        "hant": text("explicit traditional form"), "hans": text("explicit simplified form"),
        "family": text("surname of a person, first or last in the English"),
        "short": {"anyOf": [text(said := "what citations say for a body"),
                            by_language({"type": "string"}, said)]},
    }  # fmt: skip
    either = [{"required": [lang], "properties": {lang: {"minLength": 1}}} for lang in LANGS]
    one = table(keys, "a name", ["id"]) | {"anyOf": either}
    kinds = get_args(records.NameKind)
    return table({kind: listed(one, f"[[{kind}]]") for kind in kinds}, "names.toml")


def glossary() -> Schema:
    keys = {
        **{key: text(key) for key in records.TERM_KEYS},
        **{key: text("what it is called", "(?:.|\\n)+") for key in ("id", *LANGS)},
        "pinyin": text("reading, with tones"),
        **{f"{lang}_gloss": text("explanation, with markup") for lang in LANGS},
    }  # fmt: skip
    one = table(keys, "a term", ["id", *LANGS])
    return table({"term": listed(one, "[[term]]")}, "glossary.toml")


def of_notes() -> Schema:
    lemma = _lemma()
    either = {"anyOf": [SCALAR, by_language(SCALAR, "by language")]}
    keys: dict[str, Schema] = {
        **dict.fromkeys(notes.KEYS, SCALAR),
        "id": _said("unique in the edition"), "at": _said("id of the segment"),
        "quote": {"anyOf": [lemma, by_language(lemma, "the lemma on each side")],
                  "description": "the words that the note is about; alone, of the Chinese"},
        "layer": _said("id of a layer"),
        **{lang: _said("its text, with markup") for lang in LANGS},
        "resp": either, "note": either,
        "proposed": {"anyOf": [{"type": "boolean"}, among(("true", "yes", "false", "no"))],
                     "description": "written by an import, not accepted yet"},
        "lem": {"anyOf": [SCALAR, _reading()]},
        "rdg": {"anyOf": [listed({"anyOf": [SCALAR, _reading()]}, "readings"), _reading()]},
    }  # fmt: skip
    return listed(table(keys, "a note", ["id", "at", "quote"]), "notes") | {
        "type": ["array", "null"]
    }


def _said(says: str) -> Schema:
    return SCALAR | {"description": says}


def _lemma() -> Schema:
    keys = dict.fromkeys(notes.LEMMA_KEYS, SCALAR)
    return {"anyOf": [SCALAR, table(keys, "a lemma that stands more than once", ["exact"])]}


def _reading() -> Schema:
    keys = {
        "text": _said("what the witness has; empty: nothing"),
        "wit": {"anyOf": [SCALAR, listed(SCALAR, "sigla")]},
        "resp": {"anyOf": [SCALAR, by_language(SCALAR, "whose conjecture")]},
        "type": among(entries.TYPES, "what the reading is"),
    }  # fmt: skip
    return table({key: keys.get(key, {}) for key in entries.READING_KEYS}, "a reading")


def of_series() -> Schema:
    lists = {key: listed({"type": "string"}, key, 1) for key in series.LISTS} | {
        "layouts": listed(among(get_args(LayoutName)), "each volume in each of these", 1),
        "scripts": listed(among(get_args(Script)), "each volume in each of these", 1),
        "formats": listed(among(FORMATS), "formats that are written", 1),
    }  # fmt: skip
    keys: dict[str, Schema] = {
        **lists, "name": text("a name of a folder"),
        "dir": text("a folder from where this file lies; * stands for any letters"),
    }  # fmt: skip
    tables = {table: {key: keys.get(key, {}) for key in known}
              for table, known in series.SERIES_KEYS.items()}  # fmt: skip
    volumes = listed(table(tables["volume"], "a volume", ["dir"]), "[[volume]]", 1)
    return table({"series": table(tables["series"], "what all volumes have"), "volume": volumes},
                 "series.toml", ["volume"])  # fmt: skip


def decisions() -> Schema:
    keys = {
        "verdict": among(decisionfile.VERDICTS),
        "entries": listed({"type": "string"}, "keys of the entries", 1),
        **{key: text(key) for key in decisionfile.TEXTS if key != "verdict"},
    }  # fmt: skip
    one = table(keys, "the editor's word on a proposal", ["verdict", "entries"])
    return table({"decision": listed(one, "[[decision]]")}, "bib/decisions.toml")


def import_decisions() -> Schema:
    keys = {key: text(key) for key in readings.KEYS}
    keys["verdict"] = among(readings.VERDICTS)
    one = table(keys, "the editor's word on a reading", ["verdict", "sic"])
    return table({"decision": listed(one, "[[decision]]")}, readings.FILE)


def alignment_decisions() -> Schema:
    texts = listed({"type": "string"}, "what the texts begin with")
    keys: dict[str, Schema] = {key: texts if key in LANGS else text("why") for key in asking.KEYS}
    one = table(keys, "texts that answer to each other")
    return table({"pair": listed(one, "[[pair]]")}, asking.FILE)


def review_decisions() -> Schema:
    keys = {"verdict": among(verdicts.VERDICTS), "lang": among(LANGS),
            "segment": text("whose text it is; of a cell: t1/3"),
            "text": text("what the reviewer makes of it")}  # fmt: skip
    one = table({key: keys[key] for key in verdicts.KEYS},
                "the editor's word on what a reviewer changed", verdicts.KEYS)  # fmt: skip
    return table({"decision": listed(one, "[[decision]]")}, verdicts.FILE)
