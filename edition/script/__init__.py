"""Script: the edition in traditional or simplified characters, as an editorial act.

The source is never rewritten. Conversion derives an edition, keeps what the editor locked, and
logs every choice among readings; the check reports characters of the other script in the source.
"""

from edition.script.batch import ReadingChoice
from edition.script.characters import script_of
from edition.script.checking import Normalised, Suspect, normalise
from edition.script.conversion import (
    Converted,
    convert,
    convert_text,
    converter,
    traditional,
    units,
)
from edition.script.log import log_text
from edition.script.report import check

__all__ = [
    "Converted", "ReadingChoice", "Normalised", "Suspect", "check", "convert", "convert_text",
    "converter", "log_text", "normalise", "script_of", "traditional",
    "units",
]  # fmt: skip
