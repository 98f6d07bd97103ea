"""The editor’s word: asked for, kept by work, laid over what the rules found."""

from edition.bibliography.deciding import asking, decisionfile, following, updating
from edition.bibliography.deciding.applying import change, edit
from edition.bibliography.deciding.updating import Update
from edition.reviewing import Review

__all__ = ["Review", "Update", "asking", "change", "decisionfile", "edit", "following", "updating"]
