"""The codes of the article importer; those of reference lists are in ``references``."""

from edition.diagnostics import error, info, warning

UNREADABLE = error("IMP001", "file that cannot be imported")
EDITED = error("IMP002", "workspace edited since the import")
UNDECODED = warning("IMP003", "bytes that are no text")
ENCODING = info("IMP004", "text not in UTF-8")
UNACCOUNTED = error("IMP005", "characters that the import lost")
CONFLICT = warning("IMP006", "segment changed by the editor and in the source")
UNWRITTEN = error("IMP008", "workspace that cannot be written")
UNTITLED = warning("IMP007", "article without a title")

NO_DEFINITION = warning("IMP010", "footnote mark without a footnote")
NO_MARK = warning("IMP011", "footnote without a mark in the text")
TWICE = warning("IMP012", "footnote number used twice")
SKIPPED = warning("IMP013", "number that is skipped")

NO_ENTRY = warning("IMP020", "citation without an entry")
NEVER_CITED = info("IMP021", "entry that is never cited")
OTHER_NAME = warning("IMP022", "citation whose name differs from the entry")
OTHER_PAGES = warning("IMP023", "citation of pages outside those of the entry")
SEVERAL = warning("IMP024", "citation that several entries answer to")

SPELLINGS = warning("IMP030", "spellings of one name that differ")
OTHER_SCRIPT = warning("IMP031", "character of the other script")
MISREAD = warning("IMP032", "suspected misreading")
UNBALANCED = warning("IMP033", "quotation marks or brackets that do not pair")
MIXED = warning("IMP034", "quotation marks of several kinds")
HALF_WIDTH = info("IMP035", "half-width punctuation in Chinese text")
ADDRESS = warning("IMP036", "address that is not the publisher's")
BROKEN_OFF = warning("IMP037", "text that breaks off")
NO_FIGURE = warning("IMP038", "figure that is missing")
OTHER_ADDRESS = warning("IMP039", "address that differs between footnote and list")
REJOINED = info("IMP040", "paragraph rejoined")
UNEVEN = warning("IMP042", "table whose rows differ in length")
UNLIKE = info("IMP043", "footnote set unlike the others")
HIDDEN = warning("IMP044", "character that cannot be seen")
EMENDED = info("IMP045", "character put right")
