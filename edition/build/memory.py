"""Memory of a build."""

from __future__ import annotations

import contextlib
import ctypes
import sys

_M_ARENA_MAX = -8  # malloc.h of glibc


def share_arena() -> None:
    """Have threads that begin from now on take memory where this one does. glibc gives each a place
    of its own, and what is freed there serves no other: after the runs of XeLaTeX, which threads
    read, a book of 3,000 pairs held 60 MB that nothing used. Does nothing without glibc."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
