"""A set of geometric line icons on a 24-px grid, from a catalogue, with one stroke for all.

Rules of the set: 24 x 24 px, 2 px of padding, one stroke width with round ends, no fills but dots. Checked: every
point of a drawing with its stroke lies inside the padding; the stroke at the size used is at least 1 px; contrast of
the icon is at least 3:1 (WCAG 2.2, 1.4.11). Sizes that are multiples of 24 keep lines on whole pixels.

Limits: the catalogue is what there is; no icon is drawn for a name it lacks. An icon that carries a meaning alone
needs a text alternative (1.1.1), and pictures are not understood everywhere: test them with people.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.art_design.tools._color import contrast, floor4, read_opaque
from experts.art_design.tools._icons import CATALOGUE, GRID, PADDING, icon, points
from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Ratio, plain, round_to


class IconSpec(Model):
    """One icon: its parts, and whether every point with its stroke lies inside the padding."""

    name: str
    strokes: Count
    dots: Count
    inside_padding: bool


class IconSet(Model):
    """The set's rules and icons; `stroke_at_size_px` is the stroke as drawn at `size_px`."""

    icons: list[IconSpec]
    grid_px: Count
    size_px: Count
    stroke_px: Ratio
    stroke_at_size_px: Ratio
    contrast: Ratio
    passes: bool
    crisp: bool
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_icon_set(
    icons: Annotated[list[str], Field(max_length=60, description="catalogue names such as home, cart; ['all']")],
    color: str = "#1F2933",
    background: str = "#FFFFFF",
    stroke_px: Annotated[Ratio, Field(description="on the 24-px grid, 1-3")] = Decimal(2),
    size_px: Annotated[Count, Field(description="size used")] = 24,
) -> IconSet:
    """Build a set of line icons with one stroke on a 24-px grid; make_document gives the sheet and each icon's SVG.

    Use when a product or brand needs consistent interface icons.
    It does not invent icons beyond its catalogue; an unknown name is refused with the nearest.
    """
    names = list(CATALOGUE) if icons == ["all"] else list(dict.fromkeys(icons))
    if not names:
        raise InvalidInput("icons is empty; name some, for example ['home', 'cart'], or ['all']", field="icons")
    for name in names:
        if name not in CATALOGUE:
            raise InvalidInput(
                f"there is no icon {name[:60]!r}{did_you_mean(name, CATALOGUE)}; there are {', '.join(CATALOGUE)}",
                field="icons",
            )
    if not 1 <= stroke_px <= 3:
        raise InvalidInput(f"stroke_px {plain(stroke_px)!r} is not between 1 and 3; 2 is usual", field="stroke_px")
    if not 12 <= size_px <= 512:
        raise InvalidInput(f"size_px {size_px!r} is not between 12 and 512; 24 is usual", field="size_px")
    ink, paper = read_opaque(color, "color"), read_opaque(background, "background")
    ratio = contrast(ink, paper)
    least = PADDING + float(stroke_px) / 2
    made = [_spec(name, least) for name in names]
    shown = round_to(stroke_px * size_px / 24, 2)
    warnings = []
    if outside := [spec.name for spec in made if not spec.inside_padding]:
        warnings.append(f"with a stroke of {plain(stroke_px)} px these reach into the padding: {', '.join(outside)}")
    if ratio < 3:
        warnings.append(f"contrast {plain(floor4(ratio))} is below 3:1 (WCAG 1.4.11); take a darker or lighter colour")
    if shown < 1:
        warnings.append(f"the stroke is {plain(shown)} px at {size_px} px and will look faint; use a larger size")
    return IconSet(
        icons=made,
        grid_px=int(GRID),
        size_px=size_px,
        stroke_px=stroke_px,
        stroke_at_size_px=shown,
        contrast=floor4(ratio),
        passes=ratio >= 3,
        crisp=size_px % 24 == 0,
        method="24-px grid, 2 px padding, one stroke, round ends; contrast by WCAG 2.2, 1.4.11",
        assumptions=["icons stand beside a label or have a text alternative (WCAG 1.1.1)"],
        warnings=warnings,
    )


def _spec(name: str, least: float) -> IconSpec:
    parts = icon(name)
    # A hair more than the padding is rounding of the stroke's edge.
    inside = all(least - 0.51 <= c <= GRID - least + 0.51 for point in points(name) for c in point)
    return IconSpec(
        name=name,
        strokes=sum(command[0] == "M" for kind, commands in parts if kind == "line" for command in commands),
        dots=sum(kind == "dot" for kind, _ in parts),
        inside_padding=inside,
    )
