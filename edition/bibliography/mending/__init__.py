"""What is wrong in an entry, and which reading is the better one."""

from edition.bibliography.mending import addresses, corporate, evidence, findings
from edition.bibliography.mending.fields import repair_fields
from edition.bibliography.mending.fuller import fuller_names
from edition.bibliography.mending.hostlabels import reads
from edition.bibliography.mending.names import repair_names
from edition.bibliography.mending.titles import protected, repair_titles

__all__ = [
    "addresses",
    "corporate",
    "evidence",
    "findings",
    "fuller_names",
    "protected",
    "reads",
    "repair_fields",
    "repair_names",
    "repair_titles",
]
