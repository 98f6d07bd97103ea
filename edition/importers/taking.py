"""Files of any kind → what they make: one text, or a text and its translation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from edition.aligning.rulings import Ruling
from edition.diagnostics import Diagnostic, Outcome
from edition.importers.article import SETTINGS, Imported, convert, convert_document, named
from edition.importers.codes import NO_PAIR, UNANSWERED
from edition.importers.decisions import Decision
from edition.importers.decoding import decode
from edition.importers.documents import plain
from edition.importers.documents.model import Document
from edition.importers.documents.signatures import kind_of
from edition.importers.following import Beside, beside
from edition.importers.manner import Manner
from edition.importers.opening import Format, Programs, open_document
from edition.importers.pairs.splitting import Sides, sides, spoken
from edition.importers.settings import settings
from edition.model import Lang
from edition.readers.passage import Passage
from edition.source import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a person says of an import. ``script``: to print; ``titles``: of the book, each in its
    own language; ``languages``: ("zh",) where the other is not to be looked for, ("zh", "en")
    where both must be there; ``format``: of the files, where their bytes leave that open."""

    normalise: bool = False
    known: tuple[str, ...] = ()  # names and terms that are right
    decisions: tuple[Decision, ...] = ()  # the editor's word on what was proposed before
    rulings: tuple[Ruling, ...] = ()  # and on what answers to what
    script: str = ""
    titles: tuple[str, ...] = ()
    languages: tuple[Lang, ...] = ()
    format: Format | None = None
    programs: Programs | None = None  # of this machine, for PDF, old Word, and what fonts have
    interlinear: bool = False  # commentary between the lines becomes footnotes
    beside: Beside | None = None  # reads what a text names of its folder

    def manner(self) -> Manner:
        made = Manner(normalise=self.normalise, known=self.known, decisions=self.decisions,
                      interlinear=self.interlinear)  # fmt: skip
        return made if self.programs is None else replace(made, lacking=self.programs.lacking)


def take(files: Sequence[tuple[str, bytes]], options: Options) -> Outcome[Imported | None]:
    """The workspace that one file makes, or two of which one is the translation of the other.
    Raises :class:`RefusedError` for what cannot be taken over."""
    done = _single(*files[0], options) if len(files) == 1 else _two(files, options)
    if done.value is None:
        return done
    return Outcome(_with_options(done.value, options), done.diagnostics)


def imported(name: str, data: bytes, options: Options | None = None) -> Outcome[Imported]:
    """What a file of one language makes. Raises :class:`RefusedError` for one that cannot be taken
    over."""
    given = options or Options()
    return _converted(name, data, open_document(name, data, given.format, given.programs), given)


def _single(name: str, data: bytes, options: Options) -> Outcome[Imported | None]:
    if options.format is None and kind_of(data, name) == "tei":
        from edition.importers import tei

        taken = tei.read(name, data)
        if isinstance(taken.value, Imported):
            return Outcome(taken.value, taken.diagnostics)
        return _of_tei(name, taken.value, taken.diagnostics, options)
    if (exchanged := _exchanged(name, data, options)) is not None:
        return Outcome(exchanged)
    document = open_document(name, data, options.format, options.programs)
    both = None
    if len(options.languages) != 1:
        both = sides(document if document is not None else plain.paragraphs(decode(name, data)))
    if both is not None:
        return _both(name, both, options)
    if len(options.languages) == 2:
        return Outcome(None, (Diagnostic(
            code=NO_PAIR, where=name, fact="it does not hold both languages in turn or in columns",
            hint="name the Chinese and the English file"),))  # fmt: skip
    done = _converted(name, data, document, options)
    return Outcome(done.value, done.diagnostics)


def _exchanged(name: str, data: bytes, options: Options) -> Imported | None:
    """A file of units that this program wrote."""
    kind = kind_of(data, name) if options.format in (None, "csv") and not options.languages else ""
    match kind:
        case "tmx" | "xliff" | "csv" | "xlsx":
            from edition.importers.pairs import units

            return units.own(kind, name, data, _titles(options), options.script)
        case _:
            return None


def _of_tei(
    name: str, read: Document | Sides, found: Sequence[Diagnostic], options: Options
) -> Outcome[Imported | None]:
    """A TEI file of others: in one language, or both."""
    done: Outcome[Imported | None]
    if isinstance(read, Sides):
        done = _both(name, read, options)
    else:
        one = _converted(name, b"", read, options)
        done = Outcome(one.value, one.diagnostics)
    return Outcome(done.value, (*found, *done.diagnostics))


def _converted(
    name: str, data: bytes, document: Document | None, options: Options
) -> Outcome[Imported]:  # fmt: skip
    manner = options.manner()
    if document is None:
        return convert(name, data, manner)
    entries, found = beside(document.bibliographies, options.beside)
    made = convert_document(name, document, replace(manner, entries=entries))
    return Outcome(made.value, (*found, *made.diagnostics))


def _both(name: str, both: Sides, options: Options) -> Outcome[Imported | None]:
    from edition.importers.pairs.combining import combine

    documents: dict[Lang, Document] = {"zh": both.zh, "en": both.en}
    made = {
        lang: convert_document(name, document, options.manner(), lang=lang, fronted=False)
        for lang, document in documents.items()
    }  # fmt: skip
    done = combine(
        made["zh"].value, made["en"].value, named(name), both.rows or None, options.rulings
    )
    found = _of_both(made["zh"].diagnostics, made["en"].diagnostics)
    return Outcome(done.value, (*found, *done.diagnostics))


def _two(files: Sequence[tuple[str, bytes]], options: Options) -> Outcome[Imported | None]:
    """Which is the Chinese one, their texts tell and not their order."""
    from edition.importers.pairs.combining import combine, language, no_pair

    (one_name, one_data), (two_name, two_data) = files
    one = imported(one_name, one_data, options)
    two = imported(two_name, two_data, options)
    if (tongue := language(one.value)) == language(two.value):
        wrong = no_pair((one_name, two_name), tongue)
        return Outcome(None, (wrong,))
    zh, en = (one, two) if tongue == "zh" else (two, one)
    done = combine(zh.value, en.value, named(zh.value.source), rulings=options.rulings)
    found = _of_both(zh.diagnostics, en.diagnostics)
    return Outcome(done.value, (*found, *done.diagnostics))


def _of_both(zh: Sequence[Diagnostic], en: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings of both sides; a decision is unanswered only where neither side answers."""
    unmet = {one.fact for one in zh if one.code is UNANSWERED} & {
        one.fact for one in en if one.code is UNANSWERED}  # fmt: skip
    first = [one for one in zh if one.code is not UNANSWERED or one.fact in unmet]
    return [*first, *(one for one in en if one.code is not UNANSWERED)]


def _titles(options: Options) -> dict[Lang, Passage]:
    return {spoken(title) or "zh": Passage(SourceFile("--title", title), title, ())
            for title in options.titles}  # fmt: skip


def _with_options(made: Imported, options: Options) -> Imported:
    if made.made is None:
        return made
    files, blocks = dict(made.files), dict(made.blocks)
    if options.script or options.titles:
        side = made.made
        titles = dict(side.article.titles)
        titles |= _titles(options)
        article = replace(side.article, titles=titles)
        name = re.search(r'(?m)^id = "([^"]*)"', files[SETTINGS])
        files[SETTINGS] = settings(article, name[1] if name else "edition", side.script,
                                   numeric=side.numeric, printed=options.script)  # fmt: skip
    if len(options.languages) == 1:
        (lang,) = options.languages
        others = [path for path in blocks if not path.endswith(f".{lang}.md")]
        empty = all(".untranslated}" in block for path in others for _, block in blocks[path])
        for path in others if empty else ():
            del files[path], blocks[path]
    return replace(made, files=files, blocks=blocks)
