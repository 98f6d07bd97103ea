"""RIS's tags and types beside BibTeX's fields and types."""

from __future__ import annotations

TYPES = {
    "article": "JOUR", "book": "BOOK", "incollection": "CHAP", "online": "ELEC",
    "inproceedings": "CPAPER", "phdthesis": "THES", "techreport": "RPRT", "newspaper": "NEWS",
    "misc": "GEN", "unpublished": "UNPB", "patent": "PAT", "standard": "STAND",
    "dataset": "DATA", "software": "COMP", "periodical": "JFULL", "video": "VIDEO",
    "collection": "EDBOOK", "proceedings": "CONF", "inbook": "CHAP", "thesis": "THES",
    "mastersthesis": "THES", "report": "RPRT", "manual": "BOOK",
}  # fmt: skip
BACK = {tag: kind for kind, tag in reversed(TYPES.items())}
TAGS = {
    "title": "TI", "shorttitle": "ST", "journal": "T2", "journaltitle": "T2", "booktitle": "T2",
    "series": "T3", "volume": "VL", "number": "IS", "edition": "ET", "publisher": "PB",
    "school": "PB", "institution": "PB", "location": "CY", "address": "CY", "doi": "DO",
    "url": "UR", "isbn": "SN", "issn": "SN", "abstract": "AB", "langid": "LA", "language": "LA",
    "organization": "PB",
}  # fmt: skip
PUBLISHERS = {"phdthesis": "school", "mastersthesis": "school", "thesis": "institution",
               "techreport": "institution", "report": "institution"}  # fmt: skip
EXACT = frozenset(("url", "doi", "isbn", "issn"))


def usual(kind: str, tag: str) -> str:
    """The field that a tag is read back as, by type of entry."""
    if tag == "T2":
        part = kind in ("incollection", "inbook", "inproceedings")
        return "booktitle" if part else "journal"
    if tag == "PB":
        return PUBLISHERS.get(kind, "publisher")
    if tag == "SN":
        return "issn" if kind in ("article", "periodical") else "isbn"
    if tag == "CY":
        return "location"
    return next(name for name, one in TAGS.items() if one == tag)
