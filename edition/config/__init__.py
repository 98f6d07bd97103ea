"""``edition.toml`` as frozen settings (area CFG)."""

from edition.config.reading import KNOWN, load, place
from edition.config.values import (
    DEFAULT_LAYERS,
    LENGTH_RATIO,
    PAPER,
    RATIO_LIMITS,
    ApparatusSettings,
    BibliographySettings,
    Bilingual,
    Config,
    Fonts,
    Layer,
    LayoutName,
    LineNumbers,
    Manner,
    Profile,
    Script,
    Witness,
)

__all__ = [
    "Config", "Bilingual", "Layer", "Fonts", "BibliographySettings", "Script", "LayoutName",
    "Profile", "LineNumbers", "ApparatusSettings", "Manner", "Witness",
    "DEFAULT_LAYERS", "PAPER", "RATIO_LIMITS", "LENGTH_RATIO", "KNOWN", "load",
    "place",
]  # fmt: skip
