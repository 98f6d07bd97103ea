"""Documents with a structure of their own: Word, OpenDocument, EPUB, PDF, tables of pairs.

A reader turns bytes into a :class:`~edition.importers.documents.model.Document`;
:mod:`~edition.importers.documents.draft` writes that down as lines with what is known of each, and
from there on it is an article as any other: front matter, citations, list of references, findings.
"""
