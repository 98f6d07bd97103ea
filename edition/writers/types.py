"""What writers are given and what they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from edition.config import Config
from edition.model import Edition, References

if TYPE_CHECKING:
    from edition.bibliography.types import Library
    from edition.layout.types import Book, BookPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pages of a build, set and proved: ``pdf`` is the file, ``plan`` says on which page each
    box begins, and what that page is called."""

    pdf: bytes
    plan: BookPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """An edition as every writer takes it: read, checked, anchored, in its script, its references
    formatted (each with its text), what it leaves out left out. ``book``: what is printed, in
    order, with citations formatted and notes marked; ``pages`` where they are made too; ``other``:
    the same in the other script of Chinese, for writers that switch between them; ``encoded``: the
    edition with its notes, entries and emendations as they are written, for writers of data."""

    name: str  # of the outputs, without suffix
    config: Config
    edition: Edition
    book: Book
    references: References
    library: Library
    root: Path  # of the workspace, for pictures
    pages: Pages | None = None
    other: Manuscript | None = None
    encoded: Edition | None = None


class Write(Protocol):
    """A writer: files by what their names add to that of the edition (``.html``), the chief one
    first. Pure but for the pictures and templates that it reads; the same bytes every time."""

    def __call__(self, manuscript: Manuscript) -> Mapping[str, bytes]: ...
