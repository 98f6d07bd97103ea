"""What is wrong with the wording of an article: every examination of it, in one place."""

from __future__ import annotations

from collections.abc import Sequence

from edition.bibliography.types import Library
from edition.bibliography.values import split, urls
from edition.diagnostics import Diagnostic
from edition.importers import addresses, joining, letters, signs, spellings, suspects
from edition.importers.citations import EntryIndex
from edition.importers.codes import NEVER_CITED, NO_FIGURE, UNEVEN
from edition.importers.decisions import Decisions
from edition.importers.parts import Article, ArticleSegment
from edition.importers.suspects import Emendation
from edition.importers.writing import MarkupWriter
from edition.readers.passage import Passage
from edition.source import SourceFile


def examine(
    file: SourceFile, article: Article, writer: MarkupWriter, library: Library,
    names: Sequence[str], known: Sequence[str], decisions: Decisions,
) -> tuple[list[Diagnostic], list[Emendation]]:  # fmt: skip
    """Findings, and the corrections that they propose. The article has been written, so that what
    the text cites is known. ``names``: what the article itself names; ``known``: names and terms
    that a list holds right."""
    segments = [one.segment for one in writer.written]
    body = [one.passage for one in segments]
    body += [cell for one in segments for row in one.rows for cell in row]
    notes = [joining.whole(file, part) for one in article.notes for part in (one, *one.more)]
    listing = [
        Passage(file, file.text[one.start : one.end], tuple(range(one.start, one.end)))
        for one in library.entries
    ]
    everything = [*body, *notes, *listing]
    told, proposed = suspects.misread(file, everything, [*names, *known])
    in_letters, letters_proposed = letters.misread(file, everything)
    told, proposed = [*told, *in_letters], [*proposed, *letters_proposed]
    pairs = [
        (one, made) for one, made in zip(told, proposed, strict=True)
        if len(made.sic) != len(made.corr) or decisions.takes("reading", made) is None
    ]  # fmt: skip
    found, emendations = [one for one, _ in pairs], [made for _, made in pairs]
    authors = [
        name for entry in library.entries for name in split(entry.get("author"))
    ]  # fmt: skip
    found += spellings.differing(file, authors)
    found += spellings.against(everything, known, emendations)
    found += signs.faults(everything)
    in_notes, in_list = addresses.read(notes), addresses.read(listing)
    found += addresses.contradictions([*in_notes, *in_list])
    misread = addresses.nearly(in_notes, in_list)
    meant = [one.url for one in in_notes] + [other.url for _, other in misread]
    found += _uncited(library, writer.index, notes, frozenset(map(urls.key, meant)))
    found += addresses.unlike(notes)
    found += addresses.differing(misread)
    for one in segments:
        found += _incomplete(one)
    return found, emendations


def _uncited(
    library: Library, index: EntryIndex, notes: list[Passage], meant: frozenset[str]
) -> list[Diagnostic]:
    """Entries that neither the text nor a footnote names. ``meant``: addresses that footnotes
    give, or give misread."""
    named = " ".join(one.text for one in notes)
    found = []
    for entry in library.entries:
        url = entry.get("url")
        if entry.key in index.cited:
            continue
        if url and (url.rstrip("/.") in named or urls.key(url) in meant):
            continue
        found.append(Diagnostic(
            code=NEVER_CITED, span=entry.span, where=f"entry {entry.key}",
            fact=f"{entry.key} is cited neither in the text nor in a footnote"))  # fmt: skip
    return found


def _incomplete(segment: ArticleSegment) -> list[Diagnostic]:
    """A figure, whose picture does not come along; a table whose rows differ."""
    if segment.kind == "figure" and not segment.present:
        absent = f"the picture {segment.picture} is" if segment.picture else "the figure is"
        return [
            Diagnostic(
                code=NO_FIGURE,
                span=segment.passage.span(0, len(segment.passage.text)),
                segment=segment.id,
                fact=f"{absent} not in the file; its place is kept",
                hint="put the picture into the workspace and its path into the parentheses",
            )
        ]
    if segment.kind == "table" and len({len(row) for row in segment.rows}) > 1:
        first = segment.rows[0][0]
        return [Diagnostic(
            code=UNEVEN, span=first.span(0, len(first.text)), segment=segment.id,
            fact="rows differ in length; the shorter ones end in empty cells")]  # fmt: skip
    return []
