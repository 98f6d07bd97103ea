"""From boxes to TeX: escaping, inlines, boxes, pages and the document, built with PyLaTeX objects.

No other module imports pylatex, and no word of the editor's reaches TeX but through
:mod:`edition.latex.escape`.
"""
