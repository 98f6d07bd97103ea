"""From TeX's PDF to files that a reader, a printer and an archive accept, and their preflight.

The only package that imports pypdf. Lengths and coordinates are PDF units (1/72 inch) from the
lower left corner of the page, as PDF counts them.
"""
