"""What a single value says: names, dates, addresses, words, TeX; nothing of other entries."""

from edition.bibliography.values import cslterms, dates, risterms, tags, urls, words
from edition.bibliography.values.commands import meant
from edition.bibliography.values.cslterms import NOBODY
from edition.bibliography.values.dates import iso
from edition.bibliography.values.entrytext import entry_text, safe
from edition.bibliography.values.folding import compact, data, fold, han_share, simplified, untex
from edition.bibliography.values.languages import language, work_language
from edition.bibliography.values.people import (
    DOT,
    MORE,
    Person,
    cited_names,
    foreign,
    person,
    persons,
    split,
)
from edition.bibliography.values.shapes import ALIKE, alike, near, shared_ink
from edition.bibliography.values.tex import decoded, plain, unmath
from edition.bibliography.values.words import given_names, phrases

__all__ = [
    "ALIKE",
    "DOT",
    "MORE",
    "NOBODY",
    "Person",
    "alike",
    "cited_names",
    "compact",
    "cslterms",
    "data",
    "dates",
    "decoded",
    "entry_text",
    "fold",
    "foreign",
    "given_names",
    "han_share",
    "iso",
    "language",
    "meant",
    "near",
    "person",
    "persons",
    "phrases",
    "plain",
    "risterms",
    "safe",
    "shared_ink",
    "simplified",
    "split",
    "tags",
    "unmath",
    "untex",
    "urls",
    "words",
    "work_language",
]
