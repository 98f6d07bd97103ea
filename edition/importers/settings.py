"""What an article says of itself → ``edition.toml``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from edition.importers.front import SUBTITLE
from edition.importers.parts import Article
from edition.model import LANGS, Lang

_TYPOGRAPHY = 'typography = { en = "smart" }  # prints “ ” ’ – … for " \' -- ...'
# An article's list has works that its text names in words only: it is printed whole.
ALL = 'entries = "all"'

_SEPARATE: Mapping[Lang, str] = {"zh": "；", "en": "; "}

_LAYERS = """\

[[layers]]
id = "校"
name = { zh = "%s", en = "Textual notes" }
numbering = "bracketed"

[[layers]]
id = "注"
name = { zh = "%s", en = "Notes" }
numbering = "circled"
"""


def settings(
    article: Article, name: str, script: str, *, numeric: bool, date: str = "", printed: str = ""
) -> str:  # fmt: skip
    """The text of ``edition.toml``. The base text (底本) is the article itself; ``numeric``: it
    cites by number; ``printed``: the script to print, where not that of the article."""
    titles = {lang: one.text.strip() for lang, one in article.titles.items()}
    parted = {lang: SUBTITLE.match(title) for lang, title in titles.items()}
    short = {lang: found["title"] if found else titles[lang] for lang, found in parted.items()}
    more = {lang: found["subtitle"] for lang, found in parted.items() if found}
    rows = ["# Facts of the book. Formats: docs/format.md.", "", "[edition]",
            f"id = {_string(name)}", f"title = {_both(short or {article.lang: name})}"]  # fmt: skip
    if more:
        rows.append(f"subtitle = {_both(more)}")
    if date:
        rows.append(f"date = {_string(date)}")
    if article.authors and titles:
        rows.append(f"base_text = {_both(_base_text(article, titles))}")
    rows += [
        f"script = {_string(printed or script)}",
        f"source_script = {_string(script)}",
        'typography = { en = "smart" }  # “ ” ’ – … for " \' -- ...; or "as-written"',
        "",
        "[article]",
    ]
    if article.authors:
        rows.append("authors = [")
        for one in article.authors:
            facts = [f"{lang} = {_string(name.text)}" for lang, name in one.names.items()]
            if one.affiliations:
                where = {lang: _SEPARATE[lang].join(place.text.strip() for place in own)
                         for lang, own in one.affiliations.items()}  # fmt: skip
                facts.append(f"affiliation = {_both(where)}")
            rows.append(f"  {{ {', '.join(facts)} }},")
        rows.append("]")
    rows += [f"{key} = {_string(when)}" for key, when in article.dates.items()]
    if article.doi:
        rows.append(f"doi = {_string(article.doi)}")
    if article.fund:
        rows.append(f"fund = {_both({lang: one.text for lang, one in article.fund.items()})}")
    if article.keywords:
        rows.append("keywords = { " + ", ".join(
            f"{lang} = {_words(article.keywords[lang].text)}" for lang in LANGS
            if lang in article.keywords) + " }")  # fmt: skip
    if numeric:
        rows += ["", "[bibliography]", 'style = "gb7714-2015-numeric"', ALL]
    elif article.references:
        rows += ["", "[bibliography]", ALL]
    names = ("校记", "注释") if (printed or script) == "hans" else ("校記", "注釋")
    return "\n".join(rows) + "\n" + _LAYERS % names


def _base_text(article: Article, titles: Mapping[Lang, str]) -> dict[Lang, str]:
    """Authors and title, in each language that has both."""
    made: dict[Lang, str] = {}
    for lang, title in titles.items():
        names = [one.names[lang].text.strip() for one in article.authors if lang in one.names]
        if names and lang == "zh":
            made[lang] = f"{'、'.join(names)}：《{title}》。"
        elif names:
            made[lang] = f"{', '.join(names)}, “{title}”."
    return made


def _both(values: Mapping[Lang, str]) -> str:
    inside = ", ".join(f"{lang} = {_string(values[lang])}" for lang in LANGS if lang in values)
    return f"{{ {inside} }}"


def _words(text: str) -> str:
    parts = [one.strip() for one in re.split(r"[;；,，、]", text) if one.strip()]
    return "[" + ", ".join(_string(one) for one in parts) + "]"


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
