"""The settings of an edition as values, with their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, assert_never

from edition.diagnostics import Severity
from edition.model import LANGS, Lang
from edition.numerals import Count, Numbering
from edition.pressing import PressSettings
from edition.source import Span

Script = Literal["hant", "hans"]
Profile = Literal["modern", "classical"]
LayoutName = Literal["facing", "columns", "stacked"]
ReadingOrder = Literal["pairs", "sides"]  # of a tagged PDF
Marks = Literal["", "smart", "as-written"]
QuotationMarks = Literal["as-written", "corner", "curly", "region"]
Placement = Literal["page-foot", "section-end", "book-end"]
Region: TypeAlias = Literal["tw", "hk", "cn", "jp"]
NameDots: TypeAlias = Literal["as-written", "region", "·", "‧", "・", "．"]
Annotation: TypeAlias = Literal["as-written", "注", "註"]
PAPER = "170x240"
OUTPUTS = ("pdf",)
CONTENTS = 2
RATIO_LIMITS = (0.38, 0.62)
LENGTH_RATIO = (0.8, 4.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilingual:
    """One fact of the book in both languages; either may be empty."""

    zh: str = ""
    en: str = ""
    places: tuple[tuple[Lang, Span], ...] = field(default=(), compare=False, repr=False)

    def get(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def place(self, lang: Lang) -> Span | None:
        """Where edition.toml says it."""
        return dict(self.places).get(lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A layer of notes. ``numbering`` says how its marks look on the page, ``count`` among which
    notes a number is given once, ``placement`` where they stand, ``lines`` that each says the
    number of the line of its mark, ``lemma`` that each begins with the words it is about. A layer
    that stands in the ``series`` of another is numbered and placed as that one is, its notes
    among those of the other. ``languages``: the sides that have its notes."""

    id: str  # 注, 校
    name: Bilingual
    numbering: Numbering
    count: Count = "opening"
    placement: Placement = "page-foot"
    lines: bool = False
    lemma: bool = False
    series: str = ""  # id of another layer
    languages: tuple[Lang, ...] = LANGS

    @property
    def head(self) -> str:
        """The id of the layer in whose series the notes stand."""
        return self.series or self.id

    @property
    def at_end(self) -> bool:
        """Whether its notes stand after the text that they are on."""
        match self.placement:
            case "page-foot":
                return False
            case "section-end" | "book-end":
                return True
            case _:
                assert_never(self.placement)

    @property
    def through(self) -> bool:
        """Whether its numbers run through the text whatever its pages are."""
        match self.count:
            case "opening" | "page":
                return self.at_end
            case "section" | "book":
                return True
            case _:
                assert_never(self.count)


DEFAULT_LAYERS = (
    Layer(id="校", name=Bilingual(zh="校記", en="Textual notes"), numbering="bracketed"),
    Layer(id="注", name=Bilingual(zh="注釋", en="Notes"), numbering="circled"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """Families by installed name, each of which stands in for what those before it lack; faces by
    script follow (docs/format.md). None is empty."""

    zh: tuple[str, ...] = ("Noto Serif CJK",)
    zh_sans: tuple[str, ...] = ("Noto Sans CJK",)
    en: tuple[str, ...] = ("TeX Gyre Pagella",)


LineNumbering: TypeAlias = Literal["none", "page", "section"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNumbers:
    """Numbers of lines in the margin: every how many, counted from where, of which languages."""

    by: LineNumbering = "none"
    every: int = 5
    languages: tuple[Lang, ...] = LANGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A witness of the text 參校本. ``siglum``: by which readings name it; the Chinese one is its
    id. ``base``: it is the 底本, which the text follows. ``of_base``: it is a part of that, as its
    footnotes are, told apart because they differ."""

    siglum: Bilingual
    name: Bilingual
    date: Bilingual = Bilingual()
    library: Bilingual = Bilingual()
    base: bool = False
    of_base: bool = False


# 校勘記 in sentences, or lemma] reading sigla
Manner: TypeAlias = Literal["sentence", "western", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApparatusSettings:
    """How entries of the apparatus are printed, by language, and marks of emendation."""

    zh: Manner = "sentence"
    en: Manner = "western"
    shorten: int = 8  # longest lemma that is printed whole: Han characters, or words; 0: all are
    deleted: tuple[str, str] = ("（", "）")  # round what the editor takes out
    supplied: tuple[str, str] = ("〔", "〕")  # round what the editor puts in
    lost: str = "□"  # a character that cannot be read

    def manner(self, lang: Lang) -> Manner:
        return self.zh if lang == "zh" else self.en


BibliographyStyle: TypeAlias = Literal[
    "gb7714-2015", "gb7714-2015-numeric", "gb7714-2025", "gb7714-2025-numeric", "chicago"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographySettings:
    style: BibliographyStyle = "gb7714-2015"
    entries: Literal["cited", "all"] = "cited"  # which the list has
    sort: Literal["pinyin", "stroke"] = "pinyin"
    corrections: bool = False  # print the appendix "Corrections to the bibliography"

    @property
    def numeric(self) -> bool:
        return self.style.endswith("numeric")

    @property
    def by_year(self) -> bool:
        """Whether the list is in the order of authors and years as GB/T 7714 has it."""
        return self.style.startswith("gb7714") and not self.numeric


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSettings:
    """What the index has: names of persons, places and bodies; works; terms of the glossary."""

    names: bool = False
    works: bool = False
    terms: bool = False
    order: Literal["pinyin", "stroke"] = "pinyin"  # of the Chinese


# what stands before and after the text and is no text of the editor's own
MatterName: TypeAlias = Literal[
    "half-title", "title", "imprint", "contents", "tables", "figures", "base", "rules", "sigla",
    "abbreviations", "notes", "glossary", "references", "corrections", "index",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What stands before and after the text, in order: each a :data:`MatterName`, or the name of a
    section. ``places``: where edition.toml says them; what it leaves to the default has none."""

    front: tuple[str, ...] = ("title", "contents", "base", "rules", "sigla", "abbreviations")
    back: tuple[str, ...] = ("notes", "glossary", "references", "corrections", "index")
    generated_rules: bool = False  # the 凡例 says by itself what the edition does
    places: tuple[tuple[str, Span], ...] = field(default=(), compare=False, repr=False)

    def place(self, name: str) -> Span | None:
        return dict(self.places).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Captions:
    """Whether tables and figures are numbered, the Chinese numbers, and whether they go through the
    edition or begin anew in each chapter: Table 2.1."""

    tables: bool = False
    figures: bool = False
    numerals: Literal["arabic", "chinese"] = "arabic"
    count: Literal["book", "chapter"] = "book"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What the imprint 版權頁 says beside title, people, publisher and date."""

    series: Bilingual = Bilingual()
    edition: Bilingual = Bilingual()  # 版次
    printing: Bilingual = Bilingual()  # 印次
    isbn: tuple[str, ...] = ()  # as they are written, checked
    price: Bilingual = Bilingual()
    rights: Bilingual = Bilingual()
    colophon: Bilingual = Bilingual()
    lines: tuple[Bilingual, ...] = ()  # whatever else a press wants said, a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    short: Bilingual
    full: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossarySettings:
    """How the terms stand: those of both languages side by side, in the order of the Chinese, or
    each language in its own order with the other language after each; whether with their pages."""

    order: Literal["paired", "own"] = "paired"
    pages: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMarks:
    """Marks of names and titles in the Chinese text 專名號, 書名號: none, at the first of each in a
    section, or at all. Names have a straight line, titles a wavy one or 《》."""

    marks: Literal["off", "first", "all"] = "off"
    names: Literal["line", "none"] = "line"  # of persons, places and bodies
    titles: Literal["line", "brackets", "none"] = "line"

    @property
    def lines(self) -> bool:
        """Whether there are any lines."""
        return self.marks != "off" and "line" in (self.names, self.titles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typography:
    """Whether typewriter marks are printed as a printer sets them, by language; "" where the
    edition does not say: then they are left, and the check offers the setting."""

    zh: Marks = ""
    en: Marks = ""

    def get(self, lang: Lang) -> Marks:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What a reader of one kind gets of an edition, where not what ``edition.toml`` says for all.
    ``exam``: the Chinese alone, without notes and glossary."""

    name: str = ""
    layout: LayoutName | None = None
    script: Script | None = None
    side: Lang | None = None  # the one language that is printed
    notes: tuple[str, ...] | None = None  # layers that are printed; None: all
    paper: str = ""
    scale: str = ""  # size of running text in points ("18pt"), or a factor ("1.25")
    large_print: bool = False
    exam: bool = False
    glossary: bool = True


WHOLE = Variant()  # the edition as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    id: str  # names the output: dist/<id>.pdf
    title: Bilingual
    subtitle: Bilingual = Bilingual()
    authors: tuple[Bilingual, ...] = ()  # of the base text
    editors: tuple[Bilingual, ...] = ()
    publisher: Bilingual = Bilingual()
    date: str = ""  # ISO; printed, and the date of the PDF
    base_text: Bilingual = Bilingual()  # 底本: the document the edition is about
    base_file: str = ""  # the base text itself, a path from the workspace
    rules: tuple[Bilingual, ...] = ()  # 凡例, one paragraph an item
    matter: Matter = Matter()
    imprint: Imprint = Imprint()
    captions: Captions = Captions()
    abbreviations: tuple[Abbreviation, ...] = ()
    script: Script = "hant"
    source_script: Script = "hant"
    converted_from: Script | None = None  # the script of the source, once it is converted
    variety: Literal["tw", "hk", "generic"] = "generic"  # regional preference of hant
    typography: Typography = Typography()
    quotation_marks: QuotationMarks = "as-written"  # of the Chinese
    regions: Mapping[Script, Region] = field(default_factory=dict)  # by script, where it is said
    name_dots: NameDots = "as-written"  # within names of several parts: 約瑟夫·奈
    annotation: Annotation = "as-written"  # 注釋 or 註釋, in traditional characters
    name_marks: NameMarks = NameMarks()
    link_addresses: bool = False  # print the address after the words of a link
    languages: tuple[Lang, ...] = LANGS  # that have a text; not set, but seen from the files
    profile: Profile | None = None  # language of the Chinese; None: as its words tell
    layout: LayoutName = "facing"
    paper: str = PAPER  # trim in mm
    scale: str = ""  # size of running text in points ("18pt"), or a factor; "": of the layout
    variants: Mapping[str, Variant] = field(default_factory=dict)  # by name
    variant: Variant = WHOLE  # the one that is printed
    contents: int = CONTENTS  # levels of headings in the contents; 0: there are none
    line_numbers: LineNumbers = LineNumbers()
    fonts: Fonts = Fonts()
    layers: tuple[Layer, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    apparatus: ApparatusSettings = ApparatusSettings()
    index: IndexSettings = IndexSettings()
    glossary: GlossarySettings = GlossarySettings()
    bibliography: BibliographySettings = BibliographySettings()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    ratio_limits: tuple[float, float] = RATIO_LIMITS  # share of the columns that zh may take
    # English letters to Chinese characters; None: as the edition itself teaches
    length_ratio: tuple[float, float] | None = None
    reading_order: ReadingOrder = "pairs"
    outputs: tuple[str, ...] = OUTPUTS  # formats that a build writes, by name (edition.writers)
    press: PressSettings = field(default_factory=PressSettings)
    press_profiles: Mapping[str, PressSettings] = field(default_factory=dict)  # by name

    @property
    def region(self) -> Region:
        """The region whose usage is printed: forms of glyphs and the place of points in their em,
        and marks that are to follow it. Where nothing is said it is the usual one of the script."""
        if self.script in self.regions:
            return self.regions[self.script]
        if self.script == "hans":
            return "cn"
        return "hk" if self.variety == "hk" else "tw"
