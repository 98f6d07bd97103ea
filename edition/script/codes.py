"""The codes of script."""

from edition.diagnostics import info, warning

SCR001 = warning("SCR001", "character of the other script")
SCR002 = warning("SCR002", "character that its word writes otherwise in this script")
SCR003 = info("SCR003", "two forms of one character")
SCR004 = info("SCR004", "one-to-many character that no phrase decides")
SCR005 = warning("SCR005", "explicit form of a name in the wrong script")
SCR006 = warning("SCR006", "text in the other script than its settings say")
SCR007 = warning("SCR007", "forms of the other script throughout")
