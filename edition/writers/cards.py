"""Names and terms in a running text: where the first of each stands in a block, for links to what
is said of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from edition.config import Config, IndexSettings
from edition.layout import indexing
from edition.model import LANGS, Edition, Lang


class Cards:
    """Forms of names and terms that only one has. ``used``: ids of those found."""

    def __init__(self, edition: Edition, config: Config) -> None:
        every = replace(config, index=IndexSettings(names=True, works=True, terms=True))
        self.words = indexing.headwords(edition, every)
        self.used: set[str] = set()
        self._forms: dict[Lang, dict[str, str]] = {}
        self._starts: dict[Lang, dict[str, list[str]]] = {}
        self._first: dict[Lang, re.Pattern[str] | None] = {}
        for lang in LANGS:
            ids: dict[str, set[str]] = defaultdict(set)
            for word in self.words:
                for form in filter(None, word.forms[lang]):
                    ids[form].add(word.id)
            self._forms[lang] = {form: min(of) for form, of in ids.items() if len(of) == 1}
            starts: dict[str, list[str]] = defaultdict(list)
            for form in sorted(self._forms[lang], key=len, reverse=True):
                starts[form[0]].append(form)
            self._starts[lang] = starts
            edge = r"\b" if lang == "en" else ""
            signs = "".join(map(re.escape, sorted(starts)))
            self._first[lang] = re.compile(f"{edge}[{signs}]") if starts else None

    def find(self, text: str, lang: Lang, seen: set[str]) -> Iterator[tuple[int, int, str]]:
        """Where forms begin and end, the longest first, each headword once; ``seen`` grows by
        those found."""
        pattern = self._first[lang]
        at = 0
        for start in pattern.finditer(text) if pattern else ():
            begin = start.start()
            if begin < at:
                continue
            for form in self._starts[lang][text[begin]]:
                end = begin + len(form)
                if text.startswith(form, begin) and not (
                    lang == "en" and text[end : end + 1].isalnum()
                ):
                    at = end
                    word = self._forms[lang][form]
                    if word not in seen:
                        seen.add(word)
                        self.used.add(word)
                        yield begin, end, word
                    break
