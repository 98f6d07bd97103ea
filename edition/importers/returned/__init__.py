"""A Word file for review that comes back: its changes into the texts, its comments told."""
