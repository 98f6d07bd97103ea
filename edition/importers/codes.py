"""The codes of the article importer; those of reference lists are in their reader’s."""

from edition.diagnostics import error, info, warning

EMPTY = error("IMP001", "Article without text")
EDITED = error("IMP002", "Workspace edited since the import")
UNDECODED = warning("IMP003", "Bytes that are no text")
ENCODING = info("IMP004", "Text not in UTF-8")
UNACCOUNTED = error("IMP005", "Characters that the import lost")
CONFLICT = warning("IMP006", "Segment changed by the editor and in the source")
UNTITLED = warning("IMP007", "Article without a title")

NO_DEFINITION = warning("IMP010", "Footnote mark without a footnote")
NO_MARK = warning("IMP011", "Footnote without a mark in the text")
TWICE = warning("IMP012", "Footnote number used twice")
SKIPPED = warning("IMP013", "Number that is skipped")

NO_ENTRY = warning("IMP020", "Citation without an entry")
NEVER_CITED = info("IMP021", "Entry that is never cited")
OTHER_NAME = warning("IMP022", "Citation whose name differs from the entry")
OTHER_PAGES = warning("IMP023", "Citation of pages outside those of the entry")
SEVERAL = warning("IMP024", "Citation that several entries answer to")

SPELLINGS = warning("IMP030", "Spellings of one name that differ")
OTHER_SCRIPT = warning("IMP031", "Character of the other script")
MISREAD = warning("IMP032", "Suspected misreading")
UNBALANCED = warning("IMP033", "Quotation marks or brackets that do not pair")
MIXED = warning("IMP034", "Quotation marks of several kinds")
HALF_WIDTH = info("IMP035", "Half-width punctuation in Chinese text")
ADDRESS = warning("IMP036", "Address that is not the publisher's")
BROKEN_OFF = warning("IMP037", "Text that breaks off")
NO_FIGURE = warning("IMP038", "Figure that is missing")
OTHER_ADDRESS = warning("IMP039", "Address that differs between footnote and list")
REJOINED = info("IMP040", "Paragraph rejoined")
UNEVEN = warning("IMP042", "Table whose rows differ in length")
UNLIKE = info("IMP043", "Footnote set unlike the others")
HIDDEN = warning("IMP044", "Character that cannot be seen")
EMENDED = info("IMP045", "Character put right")

REFUSED = error("IMP060", "A file that cannot be imported")
LEFT_OUT = info("IMP061", "Part of a document that is left out")
NO_PICTURE = warning("IMP062", "Picture that does not come along")
NO_DECISION = error("IMP065", "Decision on a reading that cannot be read")
UNANSWERED = info("IMP066", "Decision that no proposal answers to")
