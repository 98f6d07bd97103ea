"""Two imports, one of each language → one workspace."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from edition.aligning.rulings import Ruling
from edition.diagnostics import Diagnostic, Outcome
from edition.importers import merging
from edition.importers.article import ACCEPTED, BIB, NOTES, SETTINGS, Imported
from edition.importers.codes import LEFT_OUT, NO_PAIR
from edition.importers.pairs.assembling import assemble
from edition.importers.pairs.beads import by_contents, by_rows, findings
from edition.importers.pairs.made import Made, Piece, pieces
from edition.importers.parts import Article, Author
from edition.importers.settings import settings
from edition.importers.writing import PICTURES
from edition.model import Lang

Rows = Mapping[Lang, Mapping[int, int]]
_ENTRY = re.compile(r"(?ms)^@\w+\{(?P<key>[^,\s]+),.*?^\}")


def combine(
    zh: Imported, en: Imported, name: str, rows: Rows | None = None,
    rulings: Sequence[Ruling] = (),
) -> Outcome[Imported]:  # fmt: skip
    """``rows``: what stands in one row answers to each other; None: what answers to what is told
    by the texts, and by the editor's ``rulings``. ``name`` is that of the workspace."""
    assert zh.made is not None
    assert en.made is not None
    pictures, moved = _pictures(zh.pictures, en.pictures)
    own, found = _sides(zh, en)
    for old, new in moved.items():
        own["en"] = [replace(one, block=one.block.replace(f"]({PICTURES}/{old})",
                                                          f"]({PICTURES}/{new})"))
                     for one in own["en"]]  # fmt: skip
    agreed = None
    if rows is None:
        agreed = by_contents(own["zh"], own["en"], rulings)
        beads = agreed.beads
        found += agreed.found
    else:
        beads = by_rows(own["zh"], own["en"], rows)
    found += findings(beads)
    texts, _ = assemble(beads, {"zh": zh.made.notes, "en": en.made.notes})
    made = {path: merging.join(parts) for path, parts in texts.items() if parts}
    article = _article(zh.made.article, en.made.article)
    numeric = zh.made.numeric or en.made.numeric
    made[SETTINGS] = settings(article, name, zh.made.script, numeric=numeric)
    made[BIB] = _bib(zh.made, en.made)
    made |= {path: zh.files[path] for path in (NOTES, ACCEPTED) if path in zh.files}
    counts = {key: zh.counts[key] + en.counts[key] for key in zh.counts}
    counts["sections"] = len(texts) // 2
    counts["pairs"] = sum(bool(one.zh and one.en) for one in beads)
    same = zh.source == en.source
    both = Imported(
        files=made, blocks=texts, accounted=_account(zh, en), counts=counts,
        encoding=zh.encoding if zh.encoding == en.encoding else f"{zh.encoding}, {en.encoding}",
        source=zh.source if same else f"{zh.source}, {en.source}",
        carried=zh.carried + en.carried, pictures=pictures,
        made=replace(zh.made, article=article, numeric=numeric), open=(*zh.open, *en.open),
        texts=agreed.texts if agreed else None,
    )  # fmt: skip
    return Outcome(both, tuple(found))


def language(made: Imported) -> Lang:
    """Of an import: of what it has most."""
    assert made.made is not None
    return made.made.article.lang


def no_pair(names: tuple[str, str], lang: Lang) -> Diagnostic:
    tongue = {"zh": "Chinese", "en": "English"}[lang]
    return Diagnostic(code=NO_PAIR, where=", ".join(names), fact=f"both files are {tongue}",
                      hint="name a Chinese text and its English")  # fmt: skip


def _sides(zh: Imported, en: Imported) -> tuple[dict[Lang, list[Piece]], list[Diagnostic]]:
    """The blocks of both languages. What one file has in the language of the other, as abstracts,
    comes along where the other has no abstract of its own."""
    assert zh.made is not None
    assert en.made is not None
    own: dict[Lang, list[Piece]] = {"zh": pieces(zh.made, "zh"), "en": pieces(en.made, "en")}
    found = []
    foreign: tuple[tuple[Lang, Imported, Made], ...] = (("en", zh, zh.made), ("zh", en, en.made))
    for lang, source, made in foreign:
        others = pieces(made, lang)
        if others and not any(one.stem.endswith("abstract") for one in own[lang]):
            own[lang] = [*others, *own[lang]]
        elif others:
            found.append(Diagnostic(
                code=LEFT_OUT, where=source.source, hint="the other file has its own",
                fact=f"{len(others)} paragraphs in the other language are left out"))  # fmt: skip
    return own, found


def _pictures(
    zh: Mapping[str, bytes], en: Mapping[str, bytes]
) -> tuple[dict[str, bytes], dict[str, str]]:  # fmt: skip
    """Pictures of both, and the new names of those of the English whose names were taken."""
    made, moved = dict(zh), {}
    for name, data in en.items():
        new = name
        while new in made and made[new] != data:
            new = f"en-{new}"
        made[new] = data
        if new != name:
            moved[name] = new
    return made, moved


def _article(zh: Article, en: Article) -> Article:
    """What both say of the article: of each language what its own text says, if it says it."""
    authors = []
    for at in range(max(len(zh.authors), len(en.authors))):
        one, two = (side.authors[at] if at < len(side.authors) else Author() for side in (zh, en))
        authors.append(Author({**two.names, **one.names, **_own(two.names, "en")},
                              {**two.affiliations, **one.affiliations,
                               **_own(two.affiliations, "en")}, one.mark))  # fmt: skip
    return Article(
        lang="zh",
        titles={**en.titles, **zh.titles, **_own(en.titles, "en")},
        authors=authors, references=[*zh.references, *en.references],
        keywords={**en.keywords, **zh.keywords, **_own(en.keywords, "en")},
        dates={**en.dates, **zh.dates},
    )  # fmt: skip


def _own(values: Mapping[Lang, Any], lang: Lang) -> dict[Lang, Any]:
    return {key: value for key, value in values.items() if key == lang}


def _bib(zh: Made, en: Made) -> str:
    """Entries of both; of two with one key that of the Chinese."""
    known = {one["key"] for one in _ENTRY.finditer(zh.bib)}
    more = [one[0] for one in _ENTRY.finditer(en.bib) if one["key"] not in known]
    return "\n".join([zh.bib.rstrip("\n"), *more]).strip("\n") + "\n" if more else zh.bib


def _account(zh: Imported, en: Imported) -> dict[str, Any]:
    """The sums of both accounts, each place with its file."""
    made: dict[str, Any] = {}
    for key in ("characters", "kept", "dropped", "rewritten"):
        made[key] = zh.accounted[key] + en.accounted[key]
    for key in ("drops", "rewrites"):
        made[key] = [{**one, "file": side.source} for side in (zh, en)
                     for one in side.accounted[key]]  # fmt: skip
    return made
