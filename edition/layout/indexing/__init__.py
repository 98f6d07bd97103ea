"""The index: headwords in either language with the pages on which they stand.

What is looked for are the names of names.toml and the terms of the glossary, in all their forms,
the longest first; a span ``[王]{.name of="king"}`` says itself whom it means. A form that is
several headwords' own is no occurrence of any: it is reported.
"""

from edition.layout.indexing.entries import entry, lines, printed_pages
from edition.layout.indexing.forms import Headword, headwords, of_glossary
from edition.layout.indexing.paging import moves, pages, with_pages
from edition.layout.indexing.search import occurrences

__all__ = [
    "Headword",
    "entry",
    "headwords",
    "lines",
    "moves",
    "occurrences",
    "of_glossary",
    "pages",
    "printed_pages",
    "with_pages",
]
