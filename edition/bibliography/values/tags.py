"""Names of languages in BibTeX files ↔ language tags (BCP 47), which other formats have."""

from __future__ import annotations

import re

_TAGS = {
    "chinese": "zh", "schinese": "zh-Hans", "tchinese": "zh-Hant", "zho": "zh", "chi": "zh",
    "cn": "zh", "中文": "zh", "english": "en", "eng": "en", "american": "en-US",
    "usenglish": "en-US",
    "british": "en-GB", "ukenglish": "en-GB", "japanese": "ja", "jpn": "ja", "korean": "ko",
    "kor": "ko", "german": "de", "ngerman": "de", "ger": "de", "french": "fr", "francais": "fr",
    "fre": "fr", "spanish": "es", "spa": "es", "italian": "it", "ita": "it", "russian": "ru",
    "rus": "ru", "portuguese": "pt", "brazilian": "pt-BR", "dutch": "nl", "latin": "la",
    "greek": "el", "arabic": "ar", "hebrew": "he", "vietnamese": "vi", "thai": "th",
}  # fmt: skip
_TAG = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8})*)")


def tag(name: str) -> str:
    """The tag of a language: of ``chinese`` zh; a tag as it is written properly; "" of others."""
    known = _TAGS.get(name.strip().lower())
    if known:
        return known
    found = _TAG.fullmatch(name.strip())
    if not found:
        return ""
    parts = [one.title() if len(one) == 4 else one.upper() if len(one) == 2 else one
             for one in re.split("[-_]", found[2]) if one]  # fmt: skip
    return "-".join([found[1].lower(), *parts])


def name(text: str) -> str:
    """How BibLaTeX calls the language of a tag, or of a name in English; else ``text``."""
    known = tag(text)
    exact = next((one for one, other in _TAGS.items() if other == known), "")
    if exact:
        return exact
    return next((one for one, other in _TAGS.items() if other == known.split("-")[0]), text)
