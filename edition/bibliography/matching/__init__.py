"""Which entries are one work, and what keeps them apart."""

from edition.bibliography.matching import duplicates
from edition.bibliography.matching.clusters import links
from edition.bibliography.matching.records import clean_doi, clean_pages, record
from edition.bibliography.matching.similarity import same_family
from edition.bibliography.matching.slips import misspelt, turned

__all__ = [
    "clean_doi",
    "clean_pages",
    "duplicates",
    "links",
    "misspelt",
    "record",
    "same_family",
    "turned",
]
