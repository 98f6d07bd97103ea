"""``python -m edition``. Python puts the current folder first on its path, where a file of an
edition would be taken for a module of Python's: it is taken off before anything else is loaded."""

import sys

if not sys.flags.safe_path:
    del sys.path[0]

from edition.cli import run

run()
