"""Two texts, one the translation of the other, as one workspace with both sides aligned."""
