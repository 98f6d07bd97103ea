"""The forms of the parts of a reference in Latin letters: volume, number and pages, imprint,
editors, edition, degree, day."""

from __future__ import annotations

import re

from edition.bibliography.reading.lists.authors import PARTICLE
from edition.bibliography.reading.lists.builder import YEAR

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_SEASON = r"(?:Spring|Summer|Fall|Autumn|Winter)"
_P = r"[A-Za-z]{0,2}\d+(?:\s*[-–—]\s*[A-Za-z]{0,2}\d+)?(?:\.e\d+)?"
_PAGES = rf"{_P}(?:,\s*(?!{YEAR}\b){_P})*|[ivxlc]+\s*[-–]\s*[ivxlc]+"
W = r"[A-ZÀ-ÞŁŚŽČ][\w’'\-]+"
_T = rf"(?:(?:[A-ZÀ-Þ]\.-?)+|{W}|{PARTICLE})"
_NAME = rf"(?:{_T}(?:[ ]{_T}){{1,4}})"
SHORT = rf"(?:{PARTICLE} )*{W}(?:[ -]{W})? [A-Z]{{1,3}}"
_NAMES = rf"(?:{_NAME}(?:(?:, {_NAME})+,? (?:and|&) {_NAME}| (?:and|&) {_NAME})?)"
_LISTED = (  # before (Eds.), ", editors": the list ends there
    r"(?:[^()“”\"\d]{3,300}?)"
)
_ORDINAL = r"(?:\d+(?:st|nd|rd|th)|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Rr]ev(?:ised|\.)?|[Ee]xpanded|[Nn]ew|[Ee]nlarged|[Ii]nternational|[Aa]nniversary)"


def month(text: str) -> int:
    """1 for Jan…; 0 for a season."""
    name = text[:3].lower()
    return _MONTHS.index(name) + 1 if name in _MONTHS else 0


def _do(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(pattern, flags)


THESIS = _do(
    r"[\[(]?\s*(?P<type>(?:[Uu]npublished\s+)?(?:[Dd]octoral|[Mm]aster[’']?s|Ph\.?\s?D\.?|M\.?\s?A\.?|M\.?\s?Phil\.?|M\.?\s?Sc\.?|B\.?A\.?|"
    r"[Bb]achelor[’']?s|[Hh]onou?rs|D\.?\s?Phil\.?)\s*(?:[Dd]iss(?:ertation|\.)|[Tt]hesis)|[Dd]issertation|[Tt]hesis)(?!\w)"
)
# order matters: what is longest and surest comes first
VANCOUVER = _do(
    rf"(?P<year>{YEAR})(?:\s+(?P<month>{MONTH})(?:[-–]{MONTH})?(?:\s+(?P<day>\d{{1,2}}))?)?[\s\0]*;\s*"
    rf"(?P<volume>\d+|[A-Z]?\d+)?\s*(?P<supplement>[Ss]uppl\.?\s*\d*)?\s*(?:\((?P<number>[^()]+)\))?(?:\s*:\s*(?P<pages>{_PAGES}))?"
    r"(?P<section>Sect\.\s*\w+(?::\d+)?(?:\s*\(col[^()]*\))?)?"
)
LABELS = _do(r"(?i)\b(?:last\s+(?:modified|updated|revised)|updated|posted|published\s+online)\b")
DATABASE = _do(
    r"(?<=[.,\0])\s*(?P<note>JSTOR|Project MUSE|ProQuest|EBSCOhost|Gale[\w ]*|Google Books|HathiTrust|CNKI|Wanfang)\s*[.,]?\s*$"
)
NOTES = _do(
    rf"(?:\b[Vv]ol\.?\s*)?(?P<volume>\d+|[IVXLC]+),?\s*(?:[Nn]o\.|nos\.|issue|№)\s*(?P<number>[\w/–-]+)\s*(?:\((?:(?P<month>{MONTH}|{_SEASON})(?:\s+(?P<day>\d{{1,2}}),)?\s+)?(?P<year>{YEAR})[^()]{{0,12}}\))?"
    rf"(?:\s*[:,]\s*(?:pp?\.\s*)?(?P<pages>(?!{YEAR}\b){_PAGES}))?"
)
VOLUME_YEAR = _do(
    rf"(?P<volume>\d+|[IVXLC]+)\s*\((?:(?P<month>{MONTH}|{_SEASON})(?:[-–/](?:{MONTH}|{_SEASON}))?\s+)?(?P<year>{YEAR})\)(?:\s*[:,]\s*(?:pp?\.\s*)?(?P<pages>{_PAGES}))?"
)
VOLUME_NUMBER = _do(
    rf"(?P<volume>\d+)\s*\((?:[Nn]o\.\s*)?(?P<number>[^()]{{1,25}})\)(?:\s*[,:]\s*(?:pp?\.\s*|[Aa]rticle\s+(?:[Nn]o\.\s*)?)?(?P<pages>{_PAGES}))?"
)
LABELLED = (
    _do(r"\b[Vv]ol(?:ume|s?\.)?\s*(?P<volume>\d+|[IVXLC]+\b)"),
    _do(r"\b(?:[Nn]os?\.|[Ii]ssue|[Nn]umber)\s*(?P<number>[\w/–-]*\d[\w/–-]*)"),
    _do(rf"\(?\b(?:pp?\.|pages?)\s*(?P<pages>{_PAGES})\)?"),
    _do(r"\b(?:[Aa]rticle|art\.)\s+(?:[Nn]o\.\s*)?(?P<pages>[A-Za-z]?\d+)"),
)
BARE = _do(rf"(?<=[\w.)*_]),?\s+(?P<volume>\d{{1,4}})\s*[:,]\s*(?P<pages>{_PAGES})\s*\.?\s*$")
IMPRINT = _do(
    rf"\(\s*(?:(?P<edition>{_ORDINAL}[^,;()]{{0,12}}\s+ed\.?)[,;]\s*)?(?:(?P<location>[^():;]{{2,60}}?):\s*)?(?P<publisher>[^():;]{{2,100}}?),\s*(?P<year>{YEAR})\s*\)(?:\s*[,:]\s*(?:pp?\.\s*)?(?P<pages>{_PAGES}|[ivxlc]+\b))?"
)
EDITION = _do(
    rf"\(?\s*\b(?P<edition>(?:{_ORDINAL}[ ,]*(?:and\s+)?){{1,3}}\s*ed(?:ition|n)?\b\.?)\s*(?=[,;)).:]|\s|$)"
)
EDITED = (
    _do(r"\((?P<editor>[^()\d]{3,200}?),?\s*[Ee]ds?\.\)"),
    _do(
        rf"\(?\b(?:[Ee]dited\s+by|[Ee]d\.\s+by|[Ee]ds?\.)\s+(?P<editor>{_NAMES}(?:,? et al\.?)?)\)?"
    ),
    _do(rf"\b[Ii]n:?\s+(?P<editor>{_LISTED})\s*,?\s*\((?:[Ee]ds?|[Hh]g|[Hh]rsg)\.?\)[.,]?\s*"),
    _do(rf"\b[Ii]n:?\s+(?P<editor>{SHORT}(?:, {SHORT})*(?:, et al)?),?\s+(?:editors?|eds?)\.\s*"),
    _do(rf"\b[Ii]n:?\s+(?P<editor>{_NAMES}),?\s+(?:editors?|eds?)\.?[,.]?\s*"),
)
TRANSLATED = (
    _do(
        rf"\(?\b(?:[Tt]ranslated\s+(?:and\s+edited\s+)?by|[Tt]rans\.(?:\s+by)?|[Tt]r\.)\s+(?P<translator>{_NAMES})\)?"
    ),
    _do(r"\((?P<translator>[^()\d]{3,200}?),?\s*[Tt]rans\.\)"),
)
REPORT = _do(
    r"\(?\b(?P<type>(?:[A-Z][\w&.]*\s+){0,4}(?:Working|Discussion|Research|Policy|Occasional|Technical|Staff)\s+(?:Paper|Report|Memo|Brief|Note)s?|"
    r"(?:[A-Z][\w&.]*\s+){0,3}(?:Report|Publication|Bulletin|Document))(?:\s+[Ss]eries)?,?\s*(?:[Nn]o\.?|[Nn]umber|#)?\s*(?P<number>(?:[A-Z]+[-/ ]?)?\d[\w./–-]*)\)?"
)
DAYS = (
    _do(rf"\(?\b(?P<day>\d{{1,2}})\s+(?P<month>{MONTH})\s+(?P<year>{YEAR})\b\)?"),
    _do(rf"\(?\b(?P<month>{MONTH})\s+(?P<day>\d{{1,2}}),?\s+(?P<year>{YEAR})\b\)?"),
    _do(rf"\b(?P<year>{YEAR})\s+(?P<month>{MONTH})\s+(?P<day>\d{{1,2}})\b"),
    _do(
        rf"\(?\b(?P<month>{MONTH}|{_SEASON})(?:[-–/](?:{MONTH}|{_SEASON}))?,?\s+(?P<year>{YEAR})\b\)?"
    ),
    _do(rf"(?<=[.,])\s*(?P<month>{MONTH})\s+(?P<day>\d{{1,2}})(?=\s*[.,]|\s*$)"),
)
YEARS = (_do(rf"(?:^|[,;(:.\0]|\[)\s*(?:c|©)?\s*(?P<year>{YEAR})\b(?=\s*(?:[.,;:)\]\0]|$))"),)
PAGES_LAST = _do(rf"(?:^|[,:\0])\s*(?P<pages>{_PAGES})\s*[.,]?\s*$")
PAGES_AFTER = _do(rf"(?:[,:])\s*(?P<pages>{_P})\s*(?=\.\s)")
MEDIUM = _do(
    r"\[(?:about[^\]]*|Internet|internet|online|Online|cited[^\]]*|[Aa]ccessed[^\]]*|[A-Z][^\]]{2,40})\]"
)
NEWS = _do(
    r"\b(?:Times|Post|Daily|Journal|News|Guardian|Herald|Tribune|Telegraph|Observer|Gazette|Chronicle|Globe|Mail|Economist|Newsweek|Independent|Monde|Zeitung|Magazine|Review|Weekly|New Yorker|Atlantic)\b"
)
HOUSE = _do(
    r"\b(?:Press|Presses|University|UP|Books?|Publish(?:ers?|ing)|Publications?|Verlag|House|Sons|Company|Co|Inc|Ltd|"
    r"Éditions?|Editions?|Editorial|Institut(?:e|ion)|Norton|Routledge|Springer|Wiley|Elsevier|Penguin|Vintage|Knopf|Macmillan|Brill|"
    r"Sage|SAGE|Harper\w*|Random|Blackwell|Palgrave|Suhrkamp|Gallimard|Seuil|Classics|Bros|Brothers|& \w+)\b"
)
SERIAL = _do(
    r"\b(?:Journal|Review|Quarterly|Studies|Annals|Proceedings|Bulletin|Letters|Transactions|Science|Nature|Research)\b"
)


ABBREVIATION = _do(
    r"[A-Z]|(?:[A-Z]\.)+[A-Z]|St|Mt|Dr|Co|Inc|Ltd|Univ|Dept|Jr|Bros|Ed|Ch|Natl|Acad|Proc|Int|Am|J|Rev|Soc|Sci|Assoc|Eng|Phys|Chem|Med|Res|Br|Ann|Trans|Philos|Anim|Behav|Econ|Polit|Stud"
)
