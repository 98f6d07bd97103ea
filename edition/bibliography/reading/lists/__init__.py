"""Pasted lists of references → entries: lines, items, formats, fields."""
