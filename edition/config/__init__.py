"""``edition.toml`` as frozen settings (area CFG)."""

from edition.config.reading import KNOWN, load, place
from edition.config.values import (
    DEFAULT_LAYERS,
    LENGTH_RATIO,
    OUTPUTS,
    PAPER,
    RATIO_LIMITS,
    WHOLE,
    Abbreviation,
    ApparatusSettings,
    BibliographySettings,
    Bilingual,
    Captions,
    Config,
    Fonts,
    GlossarySettings,
    Imprint,
    IndexSettings,
    Layer,
    LayoutName,
    LineNumbers,
    Manner,
    Matter,
    MatterName,
    NameMarks,
    Profile,
    ReadingOrder,
    Region,
    Script,
    Variant,
    Witness,
)
from edition.config.variants import LARGE, applied, factor, is_scale, named, over

__all__ = [
    "Config", "Bilingual", "Layer", "Fonts", "IndexSettings", "NameMarks", "BibliographySettings",
    "Script", "Region", "LayoutName", "ReadingOrder",
    "Abbreviation", "Captions", "GlossarySettings", "Imprint", "Matter", "MatterName",
    "Profile", "LineNumbers", "ApparatusSettings", "Manner", "Witness", "Variant", "WHOLE",
    "LARGE", "applied", "factor", "is_scale", "named", "over",
    "DEFAULT_LAYERS", "OUTPUTS", "PAPER", "RATIO_LIMITS", "LENGTH_RATIO", "KNOWN", "load",
    "place",
]  # fmt: skip
