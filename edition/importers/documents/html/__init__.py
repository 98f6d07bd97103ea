"""Web pages: of browsers, blogs and wikis, and those that Word saves; HTML within Markdown."""

from edition.importers.documents.html.encoding import decode_page
from edition.importers.documents.html.reader import fragment, read_html

__all__ = ["decode_page", "fragment", "read_html"]
