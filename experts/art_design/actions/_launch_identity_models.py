"""The parts that a visual identity is made of."""

from experts.art_design.tools.build_palette import Role
from experts.art_design.tools.spec_print_layout import Fold
from experts.core.contract import Model
from experts.core.quantities import Count, Ratio


class Colour(Model):
    hex: str
    role: Role
    lightness: Ratio
    chroma: Ratio


class Pair(Model):
    """One use of two colours and its contrast."""

    label: str
    foreground: str
    background: str
    ratio: Ratio
    required: Ratio
    passes: bool
    suggestion: str | None = None
    suggestion_ratio: Ratio | None = None


class TypeStep(Model):
    px: Ratio
    rem: Ratio


class Pack(Model):
    """A printed piece: sizes in millimetres and pixels."""

    label: str
    sku: str | None = None
    fold: Fold
    trim_width_mm: Ratio
    trim_height_mm: Ratio
    bleed_mm: Ratio
    safe_mm: Ratio
    artwork_width_mm: Ratio
    artwork_height_mm: Ratio
    pixel_width: Count
    pixel_height: Count
    dpi: Count


class Concept(Model):
    idea: str
    contrast: Ratio
    smallest_px: Count
    smallest_mm: Ratio


class SimilarName(Model):
    name: str
    similarity: Ratio
