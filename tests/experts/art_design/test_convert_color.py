"""Conversions against published values.

CSS red in CIELAB: D50 54.29, 80.80, 69.89 (CSS Color 4's sample code; WebKit and Chrome agree), D65 53.24, 80.09,
67.20 (Lindbloom's calculator); OKLCH 0.628, 0.258, 29.23 (oklch.com). rebeccapurple is hsl(270 50% 40%) (CSS Color 4).
"""

from decimal import Decimal

import pytest

from experts.art_design.tools.convert_color import convert_color
from experts.core.errors import InvalidInput


def test_red_has_the_published_coordinates() -> None:
    red = convert_color("#F00")
    assert [float(red.lab_d50[axis]) for axis in "lab"] == pytest.approx([54.29, 80.80, 69.89], abs=0.02)
    assert [float(red.lab_d65[axis]) for axis in "lab"] == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    assert (red.oklch_lightness, red.oklch_chroma, red.oklch_hue) == (
        Decimal("0.63"),
        Decimal("0.26"),
        Decimal("29.23"),
    )
    assert red.cmyk == {"c": 0, "m": 100, "y": 100, "k": 0}


def test_rebeccapurple_has_its_hsl() -> None:
    found = convert_color("rebeccapurple")
    assert (found.hex, found.hsl_hue, found.hsl_saturation, found.hsl_lightness) == ("#663399", 270, 50, 40)
    assert found.cmyk == {"c": Decimal("33.33"), "m": Decimal("66.67"), "y": 0, "k": 40}


@pytest.mark.parametrize("text", ["black", "white", "#808080"])
def test_a_grey_has_no_hue(text: str) -> None:
    found = convert_color(text)
    assert (found.hsl_hue, found.oklch_hue, found.oklch_chroma) == (None, None, 0)


def test_lab_is_read_under_the_white_that_is_named() -> None:
    assert convert_color("lab(54.2905 80.8049 69.8910)", "D50").hex == "#FF0000"
    assert convert_color("lab(53.2371 80.0901 67.2033)", "D65").hex == "#FF0000"
    assert convert_color("oklch(62.7955% 0.25768 29.234)").hex == "#FF0000"


def test_a_colour_that_srgb_lacks_is_mapped_and_the_result_says_so() -> None:
    found = convert_color("oklch(0.7 0.4 150)")
    assert any("outside sRGB" in text for text in found.warnings)
    assert abs(found.oklch_lightness - Decimal("0.7")) <= Decimal("0.01")


@pytest.mark.parametrize(
    ("text", "white", "field"),
    [("lab(50 20 20)", None, "white"), ("lab(150 0 0)", "D50", "color"), ("#12", None, "color"), ("", None, "color")],
)
def test_what_is_no_certain_colour_is_refused(text: str, white: None, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        convert_color(text, white)
    assert caught.value.field == field


def test_too_many_digits_are_refused() -> None:
    with pytest.raises(InvalidInput, match="decimals"):
        convert_color("red", decimals=5)
