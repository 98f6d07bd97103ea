"""The few words that the book itself says, in every language and script it is set in."""

from __future__ import annotations

from collections.abc import Iterable

from edition.config import Bilingual, Script
from edition.layout.types import Division
from edition.model import Lang, Presence

_HEADINGS: dict[Division, tuple[str, str, str]] = {  # hant, hans, English
    Division.BASE: ("底本", "底本", "The base text"),
    Division.CONTENTS: ("目次", "目次", "Contents"),
    Division.TABLES: ("表目", "表目", "Tables"),
    Division.FIGURES: ("圖目", "图目", "Figures"),
    Division.ABBREVIATIONS: ("略語", "略语", "Abbreviations"),
    Division.RULES: ("凡例", "凡例", "Editorial principles"),
    Division.SIGLA: ("參校本與符號", "参校本与符号", "Witnesses and signs"),
    Division.GLOSSARY: ("詞彙表", "词汇表", "Glossary"),
    Division.REFERENCES: ("參考文獻", "参考文献", "References"),
    Division.CORRECTIONS: ("書目校正", "书目校正", "Corrections to the bibliography"),
    Division.INDEX: ("索引", "索引", "Index"),
}
_ABSENT: dict[Presence, tuple[str, str, str]] = {
    Presence.UNTRANSLATED: ("〔未譯〕", "〔未译〕", "[Not translated]"),
    Presence.OMITTED: ("〔從略〕", "〔从略〕", "[Omitted]"),
}
_PAGE = ("頁", "页", "p.\u00a0")
_NO_FIGURE = ("〔圖缺〕", "〔图缺〕", "[Figure not supplied]")


def _pick(forms: tuple[str, str, str], lang: Lang, script: Script) -> str:
    return forms[2] if lang == "en" else forms[1 if script == "hans" else 0]


def heading(division: Division, lang: Lang, script: Script) -> str:
    """Heading of a division that the book makes itself."""
    return _pick(_HEADINGS[division], lang, script)


def both(division: Division, languages: Iterable[Lang], script: Script) -> Bilingual:
    """The heading of a division in each of ``languages``."""
    made = {lang: heading(division, lang, script) for lang in languages}
    return Bilingual(zh=made.get("zh", ""), en=made.get("en", ""))


def no_figure(lang: Lang, script: Script) -> str:
    """What stands in the place of a figure whose picture is not there yet."""
    return _pick(_NO_FIGURE, lang, script)


def page(lang: Lang, script: Script) -> str:
    """What stands before the number of a page that a note refers to."""
    return _pick(_PAGE, lang, script)


def ornament(lang: Lang) -> str:
    """What a rule between paragraphs prints."""
    return "＊\u3000＊\u3000＊" if lang == "zh" else "*\u2003*\u2003*"


def absent(presence: Presence, lang: Lang, script: Script) -> str:
    """What stands where a side has no text."""
    return _pick(_ABSENT[presence], lang, script)


# Labels of the imprint, of four characters each in Chinese
_FACTS: dict[str, tuple[str, str, str]] = {
    "authors": ("著　　者　{}", "著　　者　{}", "By {}"),
    "editors": ("編　　者　{}", "编　　者　{}", "Edited by {}"),
    "publisher": ("出　　版　{}", "出　　版　{}", "Published by {}"),
    "series": ("叢　　書　{}", "丛　　书　{}", "{}"),
    "edition": ("版　　次　{}", "版　　次　{}", "{}"),
    "printing": ("印　　次　{}", "印　　次　{}", "{}"),
    "date": ("出版日期　{}", "出版日期　{}", "Published {}"),
    "isbn": ("書　　號　ISBN {}", "书　　号　ISBN {}", "ISBN {}"),
    "price": ("定　　價　{}", "定　　价　{}", "Price {}"),
}  # fmt: skip


def fact(name: str, value: str, lang: Lang, script: Script) -> str:
    """A line of the imprint."""
    return _pick(_FACTS[name], lang, script).format(value)
