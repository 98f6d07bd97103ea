"""The base text as a witness: whether what the textual notes say of it stands there.

:mod:`reading` takes a file of the base text apart, :mod:`claims` says what a note claims of it,
:mod:`comparing` looks up the one in the other; they
are pure. :mod:`loading` reads the file.
"""

from edition.basetext.comparing import compare
from edition.basetext.loading import load
from edition.basetext.reading import BaseText, read

__all__ = ["BaseText", "compare", "load", "read"]
