"""Layouts, book assembly and page planning: pure functions from an edition to pages."""
