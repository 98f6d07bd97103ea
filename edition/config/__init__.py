"""``edition.toml`` as frozen settings (area CFG)."""

from edition.config.reading import KNOWN, load, place
from edition.config.values import (
    DEFAULT_LAYERS,
    LENGTH_RATIO,
    PAPER,
    RATIO_LIMITS,
    BibliographySettings,
    Bilingual,
    Config,
    Fonts,
    Layer,
    LayoutName,
    LineNumbers,
    Profile,
    Script,
)

__all__ = [
    "Config", "Bilingual", "Layer", "Fonts", "BibliographySettings", "Script", "LayoutName",
    "Profile", "LineNumbers",
    "DEFAULT_LAYERS", "PAPER", "RATIO_LIMITS", "LENGTH_RATIO", "KNOWN", "load",
    "place",
]  # fmt: skip
