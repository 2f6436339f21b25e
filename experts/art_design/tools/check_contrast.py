"""Whether text and graphics stand out enough from their background, and the least change that makes them.

Contrast ratio (L1 + 0.05) / (L2 + 0.05), L1 the lighter; relative luminance
L = 0.2126 R + 0.7152 G + 0.0722 B, each channel c/12.92 up to 0.04045, else
((c + 0.055) / 1.055)^2.4 (WCAG 2.2, W3C Recommendation). Computed in decimals to 40
digits and compared unrounded: 4.4999 does not pass 4.5. Required: AA 4.5 for text, 3 for
large text (18 pt, or 14 pt bold) and graphics; AAA 7, 4.5 and 3. The nearest passing
colour varies OKLCH lightness, keeps the hue, and chroma as far as sRGB has it; the 8-bit
colour with the smallest CIEDE2000 that passes itself.

Colours are #RGB, #RRGGBB, rgb(), hsl() or CSS names; a partly transparent foreground is
laid over its background first. Raises InvalidInput for what is no colour, a background
that is not opaque, a size of zero or less, and more than 500 pairs.
"""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from experts.art_design.tools._color import Rgb, contrast, floor4, over, read_ink, read_opaque
from experts.art_design.tools._nearest import Near, nearest_passing
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, plain, round_to
from experts.core.tables import load_table

MOST_PAIRS = 500

Level = Literal["AA", "AAA"]
Kind = Literal["text", "graphic"]

_TABLE = Path(__file__).parents[1] / "tables" / "wcag_2_2.toml"


class ColorPair(Model):
    """What is seen on what. `text_size_pt` in points (18 pt is 24 CSS pixels); it does not matter for a graphic."""

    foreground: str
    background: str
    text_size_pt: Ratio = Decimal(12)
    bold: bool = False
    kind: Kind = "text"


class PairContrast(Model):
    """A pair's contrast. `ratio` is cut, not rounded, to 4 places; `passes` was decided on the unrounded one.

    Where the pair fails, `suggestion` is the nearest foreground that passes on this
    background and `background_suggestion` the nearest background for this foreground, each
    with its ratio and its CIEDE2000 (to 2 places) from the colour it replaces; `nearer` names the smaller
    change. Absent: no colour passes. `passes_if_large` says whether failing text would pass
    unchanged at the size of large text.
    """

    foreground: str
    background: str
    ratio: Ratio
    required: Ratio
    criterion: str
    large: bool
    passes: bool
    suggestion: str | None = None
    suggestion_ratio: Ratio | None = None
    suggestion_delta_e: Ratio | None = None
    background_suggestion: str | None = None
    background_suggestion_ratio: Ratio | None = None
    background_suggestion_delta_e: Ratio | None = None
    nearer: Literal["foreground", "background"] | None = None
    large_required: Ratio | None = None
    passes_if_large: bool | None = None


class ContrastReport(Model):
    """Every pair's contrast. Text is large from `large_text_pt` on, in bold from `large_bold_text_pt`."""

    pairs: dict[Key, PairContrast]
    large_text_pt: Ratio
    large_bold_text_pt: Ratio
    checked: Count
    passed: Count
    failed: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def check_contrast(
    pairs: Annotated[dict[Key, ColorPair], Field(description="uses of colour by id")],
    level: Level = "AA",
) -> ContrastReport:
    """Check colour pairs against WCAG 2.2 and find the nearest colour that passes for each that fails.

    Use when text, buttons or icons are to be read on a background.
    It does not judge thin letters, text on photographs, or hover and focus states not given as pairs.
    """
    if len(pairs) > MOST_PAIRS:
        raise InvalidInput(f"{len(pairs)} pairs are more than {MOST_PAIRS}; check them in parts", field="pairs")
    limits = load_table(_TABLE).current()
    found = {key: _check(key, pair, level, limits) for key, pair in pairs.items()}
    passed = sum(pair.passes for pair in found.values())
    assumptions = []
    if any(read_ink(pair.foreground, "").alpha < 1 for pair in pairs.values()):
        assumptions.append("A partly transparent foreground is judged by the colour that is seen on its background.")
    if any(not pair.passes for pair in found.values()):
        assumptions.append(
            "A suggestion changes one colour of one pair; where that colour is used elsewhere, check those uses again."
        )
    return ContrastReport(
        pairs=found,
        large_text_pt=Decimal(limits["large_text_pt"]),
        large_bold_text_pt=Decimal(limits["large_bold_text_pt"]),
        checked=len(found),
        passed=passed,
        failed=len(found) - passed,
        method=(
            f"WCAG 2.2 contrast ratio at level {level}, compared unrounded and reported cut to 4 places; thresholds of "
            "success criteria 1.4.3, 1.4.6 and 1.4.11 (W3C Recommendation of 5 October 2023). Nearest passing colour: "
            "OKLCH lightness varied, hue kept, smallest CIEDE2000."
        ),
        assumptions=assumptions,
        warnings=[_warning(key, pair) for key, pair in found.items() if not pair.passes],
    )


def _check(key: str, pair: ColorPair, level: Level, limits: dict[str, Any]) -> PairContrast:
    place = f"pairs.{key}"
    if pair.text_size_pt <= 0:
        raise InvalidInput(
            f"text_size_pt {plain(pair.text_size_pt)} of pair {key!r} must be above zero; 12 is usual for running text",
            field=f"{place}.text_size_pt",
        )
    background = read_opaque(pair.background, f"{place}.background")
    foreground = over(read_ink(pair.foreground, f"{place}.foreground"), background)
    large = pair.kind == "text" and pair.text_size_pt >= Decimal(
        str(limits["large_bold_text_pt" if pair.bold else "large_text_pt"])
    )
    rule = limits[level]["graphic" if pair.kind == "graphic" else "large_text" if large else "text"]
    required = Decimal(rule["ratio"])
    ratio = contrast(foreground, background)
    passes = ratio >= required
    fields: dict[str, Any] = {} if passes else _suggestions(foreground, background, required)
    if not passes and pair.kind == "text" and not large:
        large_required = Decimal(limits[level]["large_text"]["ratio"])
        fields |= {"large_required": large_required, "passes_if_large": ratio >= large_required}
    return PairContrast.model_validate(
        {
            "foreground": foreground.hex,
            "background": background.hex,
            "ratio": floor4(ratio),
            "required": required,
            "criterion": rule["criterion"],
            "large": large,
            "passes": passes,
            **fields,
        }
    )


def _suggestions(foreground: Rgb, background: Rgb, required: Decimal) -> dict[str, str | Decimal]:
    front, back = nearest_passing(foreground, background, required), nearest_passing(background, foreground, required)
    fields = _fields("suggestion", front) | _fields("background_suggestion", back)
    if front and (not back or front.distance <= back.distance):
        fields["nearer"] = "foreground"
    elif back:
        fields["nearer"] = "background"
    return fields


def _fields(name: str, near: Near | None) -> dict[str, str | Decimal]:
    if near is None:
        return {}
    return {name: near.color.hex, f"{name}_ratio": floor4(near.ratio), f"{name}_delta_e": round_to(near.distance, 2)}


def _warning(key: str, pair: PairContrast) -> str:
    says = (
        f"{key}: {pair.foreground} on {pair.background} has a contrast of {plain(pair.ratio)}, below the required "
        f"{plain(pair.required)} (success criterion {pair.criterion})."
    )
    if pair.suggestion:
        return f"{says} The nearest foreground that passes is {pair.suggestion}."
    if pair.background_suggestion:
        return f"{says} No foreground reaches that; the nearest background that does is {pair.background_suggestion}."
    return f"{says} Changing one of the two colours alone cannot reach that; change both."
