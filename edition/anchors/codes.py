"""The codes of anchoring."""

from edition.diagnostics import error, warning

ANC001 = error("ANC001", "lemma does not stand in its segment, but something like it does")
ANC002 = error("ANC002", "lemma stands in more than one place")
ANC003 = error("ANC003", "lemma does not stand in its segment")
ANC004 = error("ANC004", "note at an unknown segment")
ANC005 = error("ANC005", "prefix, suffix or occurrence fits no place of the lemma")
ANC006 = error("ANC006", "lemma divides what cannot be divided")
ANC007 = error("ANC007", "lemma without a note in its language")
ANC008 = warning("ANC008", "note mark inside a word")
