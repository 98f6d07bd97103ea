"""Reading ``edition.toml``: unknown keys, wrong types and values out of range are diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

from edition import pressing, tomlfile
from edition.config import apparatus, matter, variants
from edition.config import layers as note_layers
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
from edition.diagnostics import (
    REGISTRY,
    Code,
    Diagnostic,
    Fix,
    Outcome,
    Severity,
    error,
    unseen,
    warning,
)
from edition.model import HEADINGS, LANGS
from edition.source import SourceFile, Span, UndecodableError, hidden_in
from edition.spelling import guess

MISSING = error("CFG001", "No settings")
MALFORMED = error("CFG002", "Malformed settings")
UNKNOWN = error("CFG003", "Unknown key in the settings")
TYPE = error("CFG004", "Value of the wrong type")
VALUE = error("CFG005", "Value that is not possible")
NEEDED = error("CFG006", "Settings that lack what is needed")
NO_CODE = warning("CFG007", "Severity set for a code that does not exist")

FILE = "source/edition.toml"
KNOWN: Mapping[str, tuple[str, ...]] = {
    "edition": ("id", "title", "subtitle", "authors", "editors", "publisher", "date", "base_text",
                "script", "source_script", "variety", "profile", "rules", "typography",
                "quotation_marks", "region", "name_dots", "annotation", "link_addresses"),
    "layout": ("name", "paper", "scale", "ratio", "contents"),
    "base": ("file",),
    "matter": matter.MATTER_KEYS,
    "captions": ("tables", "figures", "numerals"),
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
_VALUE = 2000  # characters from a key within which its value stands
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
_FONT = re.compile(r"[^\W_][\w .'&+-]{0,80}")


def load(root: Path) -> Outcome[Config | None]:
    """Settings of the workspace ``root``. None where ``source/edition.toml`` is missing or cannot
    be read at all; else every fault is reported and its default taken."""
    path = root / FILE
    try:
        file = SourceFile.read(path, FILE)
        toml = tomlfile.read(file)
    except tomlfile.MalformedError as fault:
        return Outcome(None, (Diagnostic(code=MALFORMED, span=fault.span, fact=str(fault),
                                         hint=tomlfile.HINT),))  # fmt: skip
    except UndecodableError as fault:
        fact = f"byte {fault.offset} (line {fault.line}) is not UTF-8"
        return Outcome(None, (Diagnostic(code=MALFORMED, span=fault.span, fact=fact,
                                         hint="save the file as UTF-8"),))  # fmt: skip
    except OSError as fault:
        fact = f"{path} cannot be read: {fault.strerror or fault}"
        hint = "edition new DIR makes a workspace to begin with"
        return Outcome(None, (Diagnostic(code=MISSING, where=FILE, fact=fact, hint=hint),))
    reader = SettingsFile(toml)
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


class SettingsFile:
    """A file of settings: its values by table and key; what is wrong with them is in ``found``."""

    def __init__(self, toml: tomlfile.Toml) -> None:
        self.toml = toml
        self.found: list[Diagnostic] = []

    def say(
        self, code: Code, fact: str, *path: str | int, hint: str = "", fix: Fix | None = None
    ) -> None:
        self.found.append(Diagnostic(code=code, span=self.toml.place(*path), fact=fact, hint=hint,
                                     fix=fix))  # fmt: skip

    def wrong_type(self, fact: str, *path: str | int, hint: str = "") -> None:
        self.say(TYPE, fact, *path, hint=hint)

    def wrong_value(self, fact: str, *path: str | int, hint: str = "") -> None:
        self.say(VALUE, fact, *path, hint=hint)

    def lacking(self, fact: str, *path: str | int, hint: str = "") -> None:
        self.say(NEEDED, fact, *path, hint=hint)

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
            script=self.choice("edition", "script", ("hant", "hans"), "hant"),  # type: ignore[arg-type]
            source_script=self.choice("edition", "source_script", ("hant", "hans"), "hant"),  # type: ignore[arg-type]
            variety=self.choice("edition", "variety", ("generic", "tw", "hk"), "generic"),  # type: ignore[arg-type]
            typography=self._typography(), link_addresses=self._truth("edition", "link_addresses"),
            quotation_marks=self.choice(
                "edition", "quotation_marks", get_args(QuotationMarks), "as-written"
            ),  # type: ignore[arg-type]
            regions=self._regions(),
            name_dots=self.choice("edition", "name_dots", get_args(NameDots), "as-written"),  # type: ignore[arg-type]
            annotation=self.choice("edition", "annotation", get_args(Annotation), "as-written"),  # type: ignore[arg-type]
            profile=self._profile(),
            layout=self.choice("layout", "name", get_args(LayoutName), "facing"),  # type: ignore[arg-type]
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
            reading_order=self.choice("accessibility", "order", get_args(ReadingOrder), "pairs"),  # type: ignore[arg-type]
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

    def strange(self, key: str, known: Sequence[str], *path: str | int) -> None:
        self.say(UNKNOWN, f"unknown key {key}", *path, hint=guess(key, known),
                 fix=self._renamed(known, *path) if key == path[-1] else None)  # fmt: skip

    def _renamed(self, known: Sequence[str], *path: str | int) -> Fix | None:
        return tomlfile.renamed(self.toml, known, *path)

    def table(self, name: str) -> Mapping[str, Any]:
        value = self.toml.data.get(name, {})
        if isinstance(value, Mapping):
            return value
        self.say(TYPE, f"[{name}] is a table", name)
        return {}

    # --- values ---------------------------------------------------------------------------------

    def string(self, table: str, key: str, default: str = "") -> str:
        value = self.table(table).get(key, default)
        if isinstance(value, str):
            return value
        if key == "date" and hasattr(value, "isoformat"):
            return str(value.isoformat())
        self.say(TYPE, f"{key} is a text in quotes, not {value!r:.40}", table, key)
        return default

    def inner_file(self, table: str, key: str) -> str:
        """A path from the workspace that leads to no other folder; empty where it is none."""
        value = self.string(table, key)
        if not value or (pressing.INNER_FILE.fullmatch(value) and ".." not in value.split("/")):
            return value
        self.say(VALUE, f"{key} = “{value[:80]}” is no path within the workspace", table, key,
                 hint="source/base.txt")  # fmt: skip
        return ""

    def choice(self, table: str, key: str, known: tuple[str, ...], default: str) -> str:
        value = self.string(table, key, default)
        if value in known:
            return value
        written = tomlfile.string_span(self.toml, table, key)
        self.say(VALUE, f"{key} = “{value}”", table, key, hint=guess(value, known, "there are: "),
                 fix=tomlfile.slip_of(written, known) if written else None)  # fmt: skip
        return default

    def span(
        self, table: str, key: str, default: tuple[float, float], most: float = 1000.0
    ) -> tuple[float, float]:
        value = self.table(table).get(key)
        if value is None:
            return default
        numbers = (
            isinstance(value, list)
            and len(value) == 2
            and all(isinstance(one, int | float) and not isinstance(one, bool) for one in value)
        )
        if numbers and 0 < value[0] < value[1] < most:
            return float(value[0]), float(value[1])
        self.say(VALUE, f"{key} = {value!r}", table, key,
                 hint=f"two numbers, the smaller first, e.g. {list(default)}")  # fmt: skip
        return default

    def bilingual(self, table: str, key: str) -> Bilingual:
        value = self.table(table).get(key, "")
        return self.both(value, table, key)

    def both(self, value: object, *path: str | int) -> Bilingual:
        if isinstance(value, str):
            span = self._said(value, *path)
            return Bilingual(zh=value, en=value, places=tuple((lang, span) for lang in LANGS))
        words = list(value.values()) if isinstance(value, Mapping) else [None]
        if not isinstance(value, Mapping) or not all(isinstance(one, str) for one in words):
            key = [one for one in path if isinstance(one, str)][-1]
            self.say(TYPE, f'{key} is {{ zh = "…", en = "…" }}', *path)
            return Bilingual()
        for lang in value:
            if lang not in LANGS:
                self.strange(str(lang), LANGS, *path)
        places = tuple((lang, self._said(value.get(lang, ""), *path, lang)) for lang in LANGS)
        return Bilingual(zh=value.get("zh", ""), en=value.get("en", ""), places=places)

    def _said(self, value: str, *path: str | int) -> Span:
        """Where a value stands, letter for letter, behind its key; else the key."""
        key = self.toml.place(*path)
        at = self.toml.file.text.find(value, key.start, key.start + _VALUE + len(value))
        return key if at < 0 or not value else self.toml.file.span(at, at + len(value))

    def several(self, table: str, key: str) -> tuple[Bilingual, ...]:
        value = self.table(table).get(key, [])
        if not isinstance(value, list):
            self.say(TYPE, f'{key} is a list: [{{ zh = "…", en = "…" }}]', table, key)
            return ()
        return tuple(self.both(one, table, key, number) for number, one in enumerate(value))

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

    # --- single settings --------------------------------------------------------------------------

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
        by = self.choice("line_numbers", "by", ("none", "page", "section"), "none")
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
        return LineNumbers(by=by, every=every, languages=tuple(languages))  # type: ignore[arg-type]

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

    def _truth(self, table: str, key: str) -> bool:
        value = self.table(table).get(key, False)
        if isinstance(value, bool):
            return value
        self.say(TYPE, f"{key} is true or false", table, key)
        return False

    def _bibliography(self) -> BibliographySettings:
        corrections = self._truth("bibliography", "corrections")
        style = self.choice("bibliography", "style", get_args(BibliographyStyle), "gb7714-2015")
        entries = self.choice("bibliography", "entries", ("cited", "all"), "cited")
        sort = self.choice("bibliography", "sort", ("pinyin", "stroke"), "pinyin")
        return BibliographySettings(
            style=style,  # type: ignore[arg-type]
            sort=sort,  # type: ignore[arg-type]
            entries=entries,  # type: ignore[arg-type]
            corrections=corrections,
        )

    def _glossary(self) -> GlossarySettings:
        order = self.choice("glossary", "order", ("paired", "own"), "paired")
        return GlossarySettings(order="own" if order == "own" else "paired",
                                pages=self._truth("glossary", "pages"))  # fmt: skip

    def _captions(self) -> Captions:
        numerals = self.choice("captions", "numerals", ("arabic", "chinese"), "arabic")
        return Captions(
            tables=self._truth("captions", "tables"), figures=self._truth("captions", "figures"),
            numerals="chinese" if numerals == "chinese" else "arabic",
        )  # fmt: skip

    def _index(self) -> IndexSettings:
        order = self.choice("index", "order", ("pinyin", "stroke"), "pinyin")
        return IndexSettings(
            names=self._truth("index", "names"), works=self._truth("index", "works"),
            terms=self._truth("index", "terms"), order="stroke" if order == "stroke" else "pinyin",
        )  # fmt: skip

    def _name_marks(self) -> NameMarks:
        return NameMarks(
            marks=self.choice("names", "marks", ("off", "first", "all"), "off"),  # type: ignore[arg-type]
            names=self.choice("names", "names", ("line", "none"), "line"),  # type: ignore[arg-type]
            titles=self.choice("names", "titles", ("line", "brackets", "none"), "line"),  # type: ignore[arg-type]
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
