"""Files of any format and pasted lists → a library, with every place in them."""

from edition.bibliography.reading import context, encoding, joining, parse, scan
from edition.bibliography.reading.foreign import load
from edition.bibliography.reading.joining import Joined
from edition.bibliography.reading.lists.keys import latin
from edition.bibliography.reading.lists.lines import HEADING
from edition.bibliography.reading.lists.listed import load_list
from edition.bibliography.reading.lists.reading import EMPTY, as_bib, day, read_items

__all__ = [
    "EMPTY",
    "HEADING",
    "Joined",
    "as_bib",
    "context",
    "day",
    "encoding",
    "joining",
    "latin",
    "load",
    "load_list",
    "parse",
    "read_items",
    "scan",
]
