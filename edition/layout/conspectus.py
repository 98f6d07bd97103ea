"""The list of sigla 參校本: who the witnesses are, and what marks and short forms stand for."""

from __future__ import annotations

from collections.abc import Iterator

from edition.config import Abbreviation, Bilingual, Config, Script, Witness
from edition.layout.boxes import headed, own
from edition.model import LANGS, Edition, Emph, Inlines, Lang, References, Strong, Styled, plain

_GAP: dict[Lang, str] = {"zh": "\u3000", "en": "\u2002"}
# Each in traditional and simplified characters and in English.
_BASE = ("（底本）", "（底本）", " (base text)")
_DELETED = ("{}　底本所有，編者以爲當刪", "{}　底本所有，编者以为当删",
            "{}\u2002in the base text, deleted by the editor")  # fmt: skip
_SUPPLIED = ("{}　編者所補", "{}　编者所补", "{}\u2002supplied by the editor")
_LOST = ("{}　闕文，一字一格", "{}　阙文，一字一格", "{}\u2002a character that is lost")
_SHORT = (("om.", "omits", "無此字"), ("add.", "adds", "多出"), ("tr.", "transposes", "倒置"),
          ("conj.", "conjectures", "推斷"))  # fmt: skip


def lines(edition: Edition, config: Config) -> Iterator[Bilingual]:
    """One line a witness, then those of the marks and short forms that the edition prints."""
    for one in config.witnesses:
        yield Bilingual(zh=_line(one, "zh", config.script), en=_line(one, "en", config.script))
    used = classes(edition)
    settings = config.apparatus
    signs = (("deleted", _DELETED, " ".join(settings.deleted)),
             ("supplied", _SUPPLIED, " ".join(settings.supplied)),
             ("lost", _LOST, settings.lost))  # fmt: skip
    for name, said, sign in signs:
        if name in used:
            zh = said[1 if config.script == "hans" else 0].format(sign)
            yield Bilingual(zh=zh, en=said[2].format(sign))
    yield from _short_forms(edition, config)


def abbreviation(one: Abbreviation) -> Bilingual:
    """The line of an abbreviation; a language that has no words for it has none."""
    said = {lang: f"{one.short.get(lang) or one.short.zh or one.short.en}{_GAP[lang]}{full}"
            if (full := one.full.get(lang)) else "" for lang in LANGS}  # fmt: skip
    return Bilingual(zh=said["zh"], en=said["en"])


def entry(line: str, lang: Lang) -> Inlines:
    """A line of the list of sigla or of abbreviations, parted behind what it is about."""
    about, gap, said = line.partition(_GAP[lang])
    return headed(own(about), own(gap + said)) if gap else own(line)


def cited_short(references: References) -> Iterator[Abbreviation]:
    """The short forms that citations use for authors, in the order of the list."""
    seen = set()
    for one in references.entries.values() if references.introduced else ():
        short, full = (Bilingual(zh=said("zh"), en=said("en"))
                       for said in (one.shortened, one.author))  # fmt: skip
        if (short.zh or short.en) and (short, full) not in seen:
            seen.add((short, full))
            yield Abbreviation(short=short, full=full)


def _line(witness: Witness, lang: Lang, script: Script) -> str:
    facts = [witness.name.get(lang), witness.date.get(lang), witness.library.get(lang)]
    between = "，" if lang == "zh" else ", "
    said = between.join(dict.fromkeys(one for one in facts if one))
    if witness.base:
        said += _BASE[2 if lang == "en" else 1 if script == "hans" else 0]
    siglum = witness.siglum.get(lang)
    return f"{siglum}{_GAP[lang]}{said}"


def _short_forms(edition: Edition, config: Config) -> Iterator[Bilingual]:
    """What the abbreviations mean that the Western manner prints, each language on its side."""
    western = [lang for lang in config.languages if config.apparatus.manner(lang) == "western"]
    if not western:
        return
    printed = {
        part for note in edition.notes if note.entry
        for lang in western for part in _emphasised(note.texts.get(lang, ()))
    }  # fmt: skip
    for short, en, zh in _SHORT:
        if short in printed:
            yield Bilingual(
                zh=f"{short}\u3000{zh}" if "zh" in western else "",
                en=f"{short}\u2002{en}" if "en" in western else "",
            )


def _emphasised(inlines: Inlines) -> Iterator[str]:
    for one in inlines:
        if isinstance(one, Emph):
            yield plain(one.children)


def classes(edition: Edition) -> frozenset[str]:
    """Classes of the spans of the text."""

    def of(inlines: Inlines) -> Iterator[str]:
        for one in inlines:
            if isinstance(one, Styled):
                yield from one.classes
            if isinstance(one, Styled | Emph | Strong):
                yield from of(one.children)

    texts = (run for pair in edition.pairs for one in (*pair.zh, *pair.en)
             for run in (one.inlines, *(cell.inlines for cell in (one.table.cells if one.table
                                                                  else ()))))  # fmt: skip
    return frozenset(name for run in texts for name in of(run))
