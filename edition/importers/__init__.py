"""Raw documents and pasted lists → source files and references."""
