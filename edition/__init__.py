"""Print-ready, parallel Chinese–English, annotated editions.

The stages, left to right, are described in ``docs/architecture.md``. Every stage takes values
and returns an :class:`edition.diagnostics.Outcome`; only :mod:`edition.build` orders stages.
"""

__version__ = "0.1.0"
