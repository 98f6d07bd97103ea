"""Markdown: CommonMark and pandoc's additions, and the markup of docs/format.md."""

from edition.importers.documents.markdown.reader import is_markdown, read_markdown

__all__ = ["is_markdown", "read_markdown"]
