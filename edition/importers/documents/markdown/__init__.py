"""Markdown: CommonMark and pandoc's additions, and the markup of docs/format.md."""

from edition.importers.documents.markdown.reader import read_markdown

__all__ = ["read_markdown"]
