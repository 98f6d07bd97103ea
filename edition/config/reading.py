"""Reading ``edition.toml``: unknown keys, wrong types and values out of range are diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

from edition import pressing, tomlfile
from edition.config import apparatus, matter, variants
from edition.config import layers as note_layers
from edition.config.file import NEEDED, TYPE, UNKNOWN, VALUE, SettingsFile, read_toml
from edition.config.values import (
    CONTENTS,
    LENGTH_RATIO,
    OUTPUTS,
    PAPER,
    RATIO_LIMITS,
    Annotation,
    BibliographySettings,
    BibliographyStyle,
    Bilingual,
    Captions,
    Config,
    Fonts,
    GlossarySettings,
    IndexSettings,
    LayoutName,
    LineNumbering,
    LineNumbers,
    Marks,
    NameDots,
    NameMarks,
    Profile,
    QuotationMarks,
    ReadingOrder,
    Region,
    Script,
    Typography,
)
from edition.diagnostics import REGISTRY, Diagnostic, Outcome, Severity, unseen, warning
from edition.model import HEADINGS, LANGS
from edition.source import SourceFile, Span, hidden_in

NO_CODE = warning("CFG007", "Severity set for a code that does not exist")

FILE = "source/edition.toml"
KNOWN: Mapping[str, tuple[str, ...]] = {
    "edition": ("id", "title", "subtitle", "authors", "editors", "publisher", "date", "base_text",
                "script", "source_script", "variety", "profile", "rules", "typography",
                "quotation_marks", "region", "name_dots", "annotation", "link_addresses"),
    "layout": ("name", "paper", "scale", "ratio", "contents"),
    "base": ("file",),
    "matter": matter.MATTER_KEYS,
    "captions": ("tables", "figures", "numerals", "count"),
    "imprint": matter.IMPRINT_KEYS,
    "abbreviation": matter.ABBREVIATION_KEYS,
    "line_numbers": ("by", "every", "languages"),
    "fonts": ("zh", "zh_sans", "en"),
    "layers": note_layers.KEYS,
    "variants": (),
    "witness": apparatus.WITNESS_KEYS,
    "apparatus": apparatus.APPARATUS_KEYS,
    "bibliography": ("style", "sort", "entries", "corrections"),
    "names": ("marks", "names", "titles"),
    "glossary": ("order", "pages"),
    "index": ("names", "works", "terms", "order"),
    "alignment": ("length_ratio",),
    "accessibility": ("order",),
    "article": ("authors", "received", "reviewed", "accepted", "keywords", "doi",
                "fund"),
    "outputs": ("formats",),
    "diagnostics": (),
    "press": (),
}  # fmt: skip
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
_FONT = re.compile(r"[^\W_][\w .'&+-]{0,80}")


def load(root: Path) -> Outcome[Config | None]:
    """Settings of the workspace ``root``. None where ``source/edition.toml`` is missing or cannot
    be read at all; else every fault is reported and its default taken."""
    hint = "edition new DIR makes a workspace to begin with"
    read = read_toml(root / FILE, FILE, hint)
    if read.value is None:
        return Outcome(None, read.diagnostics)
    toml, file = read.value, read.value.file
    reader = _EditionFile(toml)
    for span in file.hidden():
        fact = f"U+{ord(span.text):04X} cannot be seen and changes what is read"
        reader.found.append(Diagnostic(code=VALUE, span=span, fact=fact, hint="delete it",
                                       fix=unseen(span)))  # fmt: skip
    for path, value in _strings(toml.data):
        mark = hidden_in(value)
        if mark and mark not in file.text:  # written as \uXXXX
            reader.say(VALUE, f"U+{ord(mark):04X} cannot be seen and changes what is read", *path,
                       hint="delete it")  # fmt: skip
    config = reader.config()
    # a table of the wrong type is met by each of its keys
    return Outcome(config, tuple({(one.span, one.fact): one for one in reader.found}.values()))


def _strings(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, str]]:
    """Every text of the settings, with the keys that lead to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield (*path, key), key
            yield from _strings(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _strings(inner, (*path, number))


def place(root: Path, *path: str) -> Span | None:
    """Where ``edition.toml`` says the setting ``path``; None where it leaves it to its default."""
    try:
        return tomlfile.read(SourceFile.read(root / FILE, FILE)).places.get(path)
    except (OSError, ValueError):
        return None


def _defined(code: str) -> bool:
    """Whether some module defines ``code``: it may be one that is not loaded yet."""
    if code in REGISTRY or not re.fullmatch(r"[A-Z]{3}[0-9]{3}", code):
        return code in REGISTRY
    modules = Path(__file__).parents[1].rglob("*.py")
    return any(f'"{code}"' in one.read_text("utf-8") for one in modules)


class _EditionFile(SettingsFile):
    def config(self) -> Config:
        self._unknown()
        press, profiles = pressing.read(self.table("press"), self._of_press)
        title = self.bilingual("edition", "title")
        if not self.toml.data.get("edition"):
            self.say(NEEDED, "there is no table [edition]",
                     hint="edition new DIR makes a workspace to begin with")  # fmt: skip
        elif not (title.zh or title.en):
            self.say(NEEDED, "the edition has no title", "edition",
                     hint='title = { zh = "…", en = "…" }')  # fmt: skip
        numbers = self._line_numbers()
        layers = note_layers.read(self, numbers)
        return Config(
            id=self._id(), title=title, subtitle=self.bilingual("edition", "subtitle"),
            authors=self._authors(), editors=self.several("edition", "editors"),
            publisher=self.bilingual("edition", "publisher"), date=self._date(),
            base_text=self.bilingual("edition", "base_text"),
            base_file=self.inner_file("base", "file"),
            rules=self.several("edition", "rules"), matter=matter.matter(self),
            imprint=matter.imprint(self), captions=self._captions(),
            abbreviations=matter.abbreviations(self),
            script=self.choice("edition", "script", ("hant", "hans"), "hant"),
            source_script=self.choice("edition", "source_script", ("hant", "hans"), "hant"),
            variety=self.choice("edition", "variety", ("generic", "tw", "hk"), "generic"),
            typography=self._typography(), link_addresses=self.truth("edition", "link_addresses"),
            quotation_marks=self.choice(
                "edition", "quotation_marks", get_args(QuotationMarks), "as-written"
            ),
            regions=self._regions(),
            name_dots=self.choice("edition", "name_dots", get_args(NameDots), "as-written"),
            annotation=self.choice("edition", "annotation", get_args(Annotation), "as-written"),
            profile=self._profile(),
            layout=self.choice("layout", "name", get_args(LayoutName), "facing"),
            paper=self._paper(), contents=self._contents(), fonts=self._fonts(),
            line_numbers=numbers,
            scale=self._scale(),
            variants=variants.read(self, tuple(one.id for one in layers)),
            layers=layers, witnesses=apparatus.witnesses(self),
            apparatus=apparatus.apparatus(self),
            index=self._index(), glossary=self._glossary(), name_marks=self._name_marks(),
            bibliography=self._bibliography(), severities=self._severities(),
            ratio_limits=self.span("layout", "ratio", RATIO_LIMITS, most=1.0),
            length_ratio=self.span("alignment", "length_ratio", LENGTH_RATIO)
            if "length_ratio" in self.table("alignment") else None,
            reading_order=self.choice("accessibility", "order", get_args(ReadingOrder), "pairs"),
            outputs=self._outputs(), press=press, press_profiles=profiles,
        )  # fmt: skip

    def _unknown(self) -> None:
        for table, value in self.toml.data.items():
            if table not in KNOWN:
                self.strange(table, tuple(KNOWN), table)
            elif isinstance(value, Mapping) and KNOWN[table]:
                for key in value:
                    if key not in KNOWN[table]:
                        self.strange(key, KNOWN[table], table, key)

    def _authors(self) -> tuple[Bilingual, ...]:
        """Authors of the base text: as the edition names them, else those of an imported article,
        without their affiliations."""
        if "authors" in self.table("edition"):
            return self.several("edition", "authors")
        value = self.table("article").get("authors", [])
        listed = value if isinstance(value, list) else []
        return tuple(
            self.both({key: said for key, said in one.items() if key != "affiliation"},
                      "article", "authors", number)
            for number, one in enumerate(listed) if isinstance(one, Mapping)
        )  # fmt: skip

    def _typography(self) -> Typography:
        """``"smart"`` for both languages, or a table by language."""
        value = self.table("edition").get("typography", {})
        if isinstance(value, str):
            value = dict.fromkeys(LANGS, value)
        elif not isinstance(value, Mapping):
            fact = f"typography is a text or a table by language, not {value!r:.40}"
            hint = 'typography = { zh = "as-written", en = "smart" }'
            self.say(TYPE, fact, "edition", "typography", hint=hint)
            value = {}
        good: dict[str, Marks] = {}
        for lang, marks in value.items():
            if lang not in LANGS:
                self.strange(str(lang), LANGS, "edition", "typography")
            elif marks == "smart" or marks == "as-written":
                good[lang] = marks
            else:
                self.say(VALUE, f"typography = {marks!r}", "edition", "typography",
                         hint="there are: smart, as-written")  # fmt: skip
        return Typography(**good)

    def _regions(self) -> dict[Script, Region]:
        """``region``: of the edition's own script, or by script."""
        value = self.table("edition").get("region", {})
        own: Script = "hans" if self.table("edition").get("script") == "hans" else "hant"
        said = {own: value} if isinstance(value, str) else value
        if not isinstance(said, Mapping):
            self.say(TYPE, f"region is a text or a table by script, not {value!r:.40}", "edition",
                     "region", hint='region = { hant = "hk", hans = "cn" }')  # fmt: skip
            return {}
        good: dict[Script, Region] = {}
        for script, region in said.items():
            if script not in ("hant", "hans"):
                self.strange(str(script), ("hant", "hans"), "edition", "region")
            elif region in get_args(Region):
                good[script] = cast(Region, region)
            else:
                self.say(VALUE, f"region = {region!r}", "edition", "region",
                         hint=f"there are: {', '.join(get_args(Region))}")  # fmt: skip
        return good

    def _id(self) -> str:
        value = self.string("edition", "id")
        if not value:
            if self.toml.data.get("edition"):
                self.say(NEEDED, "the edition has no id", "edition",
                         hint='id = "my-edition" names the output')  # fmt: skip
            return "edition"
        if not _ID.fullmatch(value):
            self.say(VALUE, f"the id “{value}” is no name of a file", "edition", "id",
                     hint="letters, digits, hyphens and full stops")  # fmt: skip
            return "edition"
        return value

    def _date(self) -> str:
        value = self.string("edition", "date")
        try:
            return date.fromisoformat(value).isoformat() if value else ""
        except ValueError:
            self.say(VALUE, f"date = “{value}”", "edition", "date", hint="write 2026-11-24")
            return ""

    def _profile(self) -> Profile | None:
        if "profile" not in self.table("edition"):
            return None
        value = self.choice("edition", "profile", get_args(Profile), "modern")
        return "classical" if value == "classical" else "modern"

    def _paper(self) -> str:
        value = variants.paper(self.string("layout", "paper", PAPER))
        if variants.is_paper(value):
            return value
        self.say(VALUE, f"paper = “{value}”", "layout", "paper",
                 hint="width and height of the trimmed page in millimetres, 170x240, or a name: "
                 + ", ".join(variants.PAPERS))  # fmt: skip
        return PAPER

    def _scale(self) -> str:
        value = self.table("layout").get("scale", "")
        text = str(value) if isinstance(value, int | float | str) else "no scale"
        if not text or variants.is_scale(text):
            return text
        self.say(VALUE, f"scale = {value!r}", "layout", "scale",
                 hint='"18pt", or a factor such as 1.25')  # fmt: skip
        return ""

    def _outputs(self) -> tuple[str, ...]:
        """Formats to write, each once; which there are is known to those who write them."""
        value = self.table("outputs").get("formats", list(OUTPUTS))
        if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
            return tuple(dict.fromkeys(value))
        self.say(TYPE, f"formats = {value!r:.40}", "outputs", "formats",
                 hint='a list of formats: ["pdf", "html"]')  # fmt: skip
        return OUTPUTS

    def _line_numbers(self) -> LineNumbers:
        by: LineNumbering = self.choice("line_numbers", "by", get_args(LineNumbering), "none")
        table = self.table("line_numbers")
        every = table.get("every", 5)
        if not isinstance(every, int) or isinstance(every, bool) or not 1 <= every <= 100:
            self.say(VALUE, f"every = {every!r}", "line_numbers", "every", hint="1 to 100")
            every = 5
        languages = table.get("languages", list(LANGS))
        if not isinstance(languages, list) or not all(one in LANGS for one in languages):
            self.say(VALUE, f"languages = {languages!r}", "line_numbers", "languages",
                     hint='of ["zh", "en"]')  # fmt: skip
            languages = list(LANGS)
        return LineNumbers(by=by, every=every, languages=tuple(languages))

    def _contents(self) -> int:
        value = self.table("layout").get("contents", CONTENTS)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= HEADINGS:
            return value
        self.say(VALUE, f"contents = {value!r}", "layout", "contents",
                 hint=f"levels of headings in the contents, 0 to {HEADINGS}")  # fmt: skip
        return CONTENTS

    def _fonts(self) -> Fonts:
        usual = Fonts()
        return Fonts(**{key: self._families(key, getattr(usual, key)) for key in KNOWN["fonts"]})

    def _families(self, key: str, usual: tuple[str, ...]) -> tuple[str, ...]:
        value = self.table("fonts").get(key)
        names = [value] if isinstance(value, str) else value
        if names is None:
            return usual
        if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
            self.say(TYPE, f"{key} is the name of a font or a list of them, not {value!r:.40}",
                     "fonts", key, hint=f'{key} = ["{usual[0]}", "…"]')  # fmt: skip
            return usual
        wrong = [one for one in names if not _FONT.fullmatch(one)]
        if wrong or not names:
            fact = f"“{wrong[0]}” is no name of a font" if wrong else f"{key} names no font"
            self.say(VALUE, fact, "fonts", key,
                     hint="the name that fc-list tells")  # fmt: skip
            return usual
        return tuple(names)

    def _bibliography(self) -> BibliographySettings:
        return BibliographySettings(
            style=self.choice("bibliography", "style", get_args(BibliographyStyle), "gb7714-2015"),
            sort=self.choice("bibliography", "sort", ("pinyin", "stroke"), "pinyin"),
            entries=self.choice("bibliography", "entries", ("cited", "all"), "cited"),
            corrections=self.truth("bibliography", "corrections"),
        )

    def _glossary(self) -> GlossarySettings:
        return GlossarySettings(
            order=self.choice("glossary", "order", ("paired", "own"), "paired"),
            pages=self.truth("glossary", "pages"),
        )

    def _captions(self) -> Captions:
        return Captions(
            tables=self.truth("captions", "tables"), figures=self.truth("captions", "figures"),
            numerals=self.choice("captions", "numerals", ("arabic", "chinese"), "arabic"),
            count=self.choice("captions", "count", ("book", "chapter"), "book"),
        )  # fmt: skip

    def _index(self) -> IndexSettings:
        return IndexSettings(
            names=self.truth("index", "names"), works=self.truth("index", "works"),
            terms=self.truth("index", "terms"),
            order=self.choice("index", "order", ("pinyin", "stroke"), "pinyin"),
        )  # fmt: skip

    def _name_marks(self) -> NameMarks:
        return NameMarks(
            marks=self.choice("names", "marks", ("off", "first", "all"), "off"),
            names=self.choice("names", "names", ("line", "none"), "line"),
            titles=self.choice("names", "titles", ("line", "brackets", "none"), "line"),
        )

    def _of_press(self, kind: pressing.Fault, fact: str, path: tuple[str, ...], hint: str) -> None:
        known = pressing.KEYS if kind == "unknown" else ()
        self.say({"unknown": UNKNOWN, "type": TYPE, "value": VALUE}[kind], fact, *path, hint=hint,
                 fix=self._renamed(known, *path) if known else None)  # fmt: skip

    def _severities(self) -> dict[str, Severity]:
        found: dict[str, Severity] = {}
        for code, value in self.table("diagnostics").items():
            name = str(value).upper()
            if name not in Severity.__members__:
                self.say(VALUE, f"{code} = {value!r}", "diagnostics", code,
                         hint="there are: error, warning, info")  # fmt: skip
            elif not _defined(code):
                self.say(NO_CODE, f"{code} is no code of a diagnostic", "diagnostics", code,
                         hint="docs/diagnostics.md lists them")  # fmt: skip
            else:
                found[code] = Severity[name]
        return found
