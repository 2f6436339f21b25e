"""Palettes: CIEDE2000 against its published test data, vision simulations against the published matrices."""

from decimal import Decimal
from typing import Any

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from experts.art_design.tools._color import Rgb, read_opaque
from experts.art_design.tools._perceptual import Lab, at_lightness, ciede2000, cielab, oklab
from experts.art_design.tools.build_palette import build_palette
from experts.core.errors import InvalidInput

COLORS = st.builds(Rgb, *[st.integers(0, 255)] * 3)
TIDEWATER = {"deep_water": "#12355B", "foam": "#F4F1EA", "copper": "#B85C38", "kelp": "#4F772D"}

# Sharma, Wu and Dalal, The CIEDE2000 Color-Difference Formula: Implementation Notes, Supplementary Test Data, and
# Mathematical Observations, Color Research and Application 30(1), 2005, table 1: L*a*b*, L*a*b*, difference.
SHARMA = """
50 2.6772 -79.7751 50 0 -82.7485 2.0425
50 3.1571 -77.2803 50 0 -82.7485 2.8615
50 2.8361 -74.0200 50 0 -82.7485 3.4412
50 -1.3802 -84.2814 50 0 -82.7485 1.0000
50 -1.1848 -84.8006 50 0 -82.7485 1.0000
50 -0.9009 -85.5211 50 0 -82.7485 1.0000
50 0 0 50 -1 2 2.3669
50 -1 2 50 0 0 2.3669
50 2.4900 -0.0010 50 -2.4900 0.0009 7.1792
50 2.4900 -0.0010 50 -2.4900 0.0010 7.1792
50 2.4900 -0.0010 50 -2.4900 0.0011 7.2195
50 2.4900 -0.0010 50 -2.4900 0.0012 7.2195
50 -0.0010 2.4900 50 0.0009 -2.4900 4.8045
50 -0.0010 2.4900 50 0.0010 -2.4900 4.8045
50 -0.0010 2.4900 50 0.0011 -2.4900 4.7461
50 2.5 0 50 0 -2.5 4.3065
50 2.5 0 73 25 -18 27.1492
50 2.5 0 61 -5 29 22.8977
50 2.5 0 56 -27 -3 31.9030
50 2.5 0 58 24 15 19.4535
50 2.5 0 50 3.1736 0.5854 1.0000
50 2.5 0 50 3.2972 0 1.0000
50 2.5 0 50 1.8634 0.5757 1.0000
50 2.5 0 50 3.2592 0.3350 1.0000
60.2574 -34.0099 36.2677 60.4626 -34.1751 39.4387 1.2644
63.0109 -31.0961 -5.8663 62.8187 -29.7946 -4.0864 1.2630
61.2901 3.7196 -5.3901 61.4292 2.2480 -4.9620 1.8731
35.0831 -44.1164 3.7933 35.0232 -40.0716 1.5901 1.8645
22.7233 20.0904 -46.6940 23.0331 14.9730 -42.5619 2.0373
36.4612 47.8580 18.3852 36.2715 50.5065 21.2231 1.4146
90.8027 -2.0831 1.4410 91.1528 -1.6435 0.0447 1.4441
90.9257 -0.5406 -0.9208 88.6381 -0.8985 -0.7239 1.5381
6.7747 -0.2908 -2.4247 5.8714 -0.0985 -2.2286 0.6377
2.0776 0.0795 -1.1350 0.9033 -0.0636 -0.5514 0.9082
"""
PAIRS = [tuple(map(float, line.split())) for line in SHARMA.strip().splitlines()]


def test_there_are_34_published_pairs() -> None:
    assert len(PAIRS) == 34


@pytest.mark.parametrize("pair", PAIRS)
def test_ciede2000_gives_the_published_difference(pair: tuple[float, ...]) -> None:
    """Pair 14 lies on the formula's own jump (hues exactly half a turn apart), where rounding picks the side."""
    one, other, published = Lab(*pair[:3]), Lab(*pair[3:6]), pair[6]
    sides = (4.8045, 4.7461) if pair == PAIRS[13] else (published,)
    for found in (ciede2000(one, other), ciede2000(other, one)):
        assert min(abs(found - side) for side in sides) < 0.00005 + 1e-9


@given(COLORS, COLORS)
def test_differences_and_oklab_agree_with_coloraide(one: Rgb, other: Rgb) -> None:
    assert ciede2000(cielab(one), cielab(other)) == pytest.approx(
        Color(one.hex).delta_e(other.hex, method="2000"), abs=1e-6
    )
    assert tuple(oklab(one)) == pytest.approx(tuple(Color(one.hex).convert("oklab").coords()), abs=1e-6)


@given(COLORS)
def test_a_colour_at_its_own_lightness_is_itself(color: Rgb) -> None:
    assert at_lightness(oklab(color), oklab(color).light) == color


def test_tints_and_shades_keep_hue_and_get_darker() -> None:
    swatch = build_palette({"copper": "#B85C38"}).colors["copper"]
    assert (swatch.role, swatch.hue) == ("accent", Decimal("41.3"))
    shades = [oklab(read_opaque(color, "")) for color in swatch.scale.values()]
    assert [round(shade.light, 2) for shade in shades] == [0.95, 0.85, 0.75, 0.65, 0.55, 0.45, 0.35, 0.25, 0.15]
    for color in swatch.scale.values():
        hue = Color(color).convert("oklch")["hue"]
        assert hue == pytest.approx(41.3, abs=3)


def test_roles_follow_lightness_and_chroma() -> None:
    colors = {**TIDEWATER, "slate": "#7A7D80"}
    roles = {key: swatch.role for key, swatch in build_palette(colors).colors.items()}
    assert roles == {"deep_water": "ink", "foam": "surface", "copper": "accent", "kelp": "accent", "slate": "neutral"}


def test_copper_and_kelp_look_alike_without_red_cones() -> None:
    """A red and a green of like lightness: 43 apart to most people, 4 with protanopia."""
    palette = build_palette(TIDEWATER)
    found = palette.confusions["copper"]["kelp"]
    assert (found.vision, found.delta_e, found.normal_delta_e) == ("protan", Decimal("3.98"), Decimal("43.4"))
    assert palette.confusion_count == 1
    closest = palette.closest["protan"]
    assert (closest.first, closest.second, closest.delta_e) == ("copper", "kelp", found.delta_e)
    assert palette.warnings == [
        "copper and kelp are hard to tell apart with protanopia (no red cones): CIEDE2000 3.98, against 43.4 with "
        "normal vision."
    ]


def test_simulated_colours_are_machados() -> None:
    """Machado, Oliveira and Fernandes 2009, protanomaly of severity 1: their matrix, on linear sRGB."""
    rows = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
    linear = [
        (c / 255 / 12.92) if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in (0xB8, 0x5C, 0x38)
    ]
    seen = [sum(m * c for m, c in zip(row, linear, strict=True)) for row in rows]
    encoded = [1.055 * max(c, 0) ** (1 / 2.4) - 0.055 if c > 0.0031308 else 12.92 * max(c, 0) for c in seen]
    expected = "#" + "".join(f"{round(min(c, 1) * 255):02X}" for c in encoded)
    found = build_palette({"copper": "#B85C38", "kelp": "#4F772D"}).confusions["copper"]["kelp"]
    assert found.first_seen == expected


def test_equal_colours_are_confused_with_normal_vision_and_a_lone_colour_with_none() -> None:
    palette = build_palette({"a": "#000", "b": "black"})
    assert palette.confusions["a"]["b"].vision == "normal"
    assert palette.warnings == ["a and b are hard to tell apart: CIEDE2000 0."]
    assert palette.colors["a"].hue is None
    assert build_palette({"a": "#000"}).closest == {}
    assert build_palette({}).colors == {}


def test_what_cannot_be_a_palette_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"'rgb\(0 0 0 / 0\.5\)' is partly transparent"):
        build_palette({"shade": "rgb(0 0 0 / 0.5)"})
    with pytest.raises(InvalidInput, match="'mauv' is not a colour") as caught:
        build_palette({"shade": "mauv"})
    assert caught.value.field == "colors.shade"
    with pytest.raises(InvalidInput, match="61 colours are more than 60"):
        build_palette({f"c{i}": "#000" for i in range(61)})
    with pytest.raises(InvalidInput, match="tell_apart -1 must be from 0 to 100"):
        build_palette({"a": "#000"}, tell_apart=Decimal(-1))


def test_harmonies_turn_the_hue_and_keep_lightness() -> None:
    """Against coloraide's own OKLCH and its harmony method, before gamut mapping."""
    from coloraide import Color

    for harmony, turns in (("complementary", [180]), ("triadic", [120, 240]), ("square", [90, 180, 270])):
        found = build_palette({"one": "#8A6D5C"}, harmony=harmony).harmonies["one"]  # type: ignore[arg-type]
        assert list(found) == [f"h{turn}" for turn in turns]
        for turn, color in zip(turns, found.values(), strict=True):
            theirs = Color("#8A6D5C").convert("oklch").set("hue", lambda hue, by=turn: (hue + by) % 360)
            assert theirs.in_gamut("srgb")
            assert Color(color).delta_e(theirs, method="2000") < 0.5


def test_a_grey_has_no_harmonies() -> None:
    assert build_palette({"grey": "#808080"}, harmony="triadic").harmonies == {}


@pytest.mark.parametrize("mood", ["calm", "bold", "warm", "fresh", "elegant", "playful", "natural", "serious"])
def test_a_mood_starts_a_palette_whose_ink_can_be_read_on_its_surface(mood: Any) -> None:
    found = build_palette(mood=mood)
    assert list(found.colors) == ["mood_primary", "mood_secondary", "mood_accent", "mood_surface", "mood_ink"]
    assert (found.colors["mood_surface"].role, found.colors["mood_ink"].role) == ("surface", "ink")
    ink, surface = Color(found.colors["mood_ink"].hex), Color(found.colors["mood_surface"].hex)
    assert ink.contrast(surface, method="wcag21") >= 7
    assert found.confusions == {}  # what we propose passes our own check, for every vision
    assert any("differs between people" in said for said in found.assumptions)


def test_moods_are_ordered_as_valdez_and_mehrabian_measured() -> None:
    """Arousal = -0.31 B + 0.60 S and dominance = -0.76 B + 0.32 S, with brightness and saturation of HSV (1994)."""

    def measured(mood: Any) -> tuple[float, float]:
        color = Color(build_palette(mood=mood).colors["mood_primary"].hex).convert("hsv")
        bright, strong = color["value"], color["saturation"]
        return -0.31 * bright + 0.60 * strong, -0.76 * bright + 0.32 * strong

    assert measured("calm")[0] < measured("playful")[0] < measured("bold")[0]
    assert measured("calm")[1] < measured("serious")[1]
    assert measured("elegant")[1] > measured("fresh")[1]


def test_the_first_colour_sets_the_hue_of_the_mood() -> None:
    found = build_palette({"brand": "#12355B", "other": "#B85C38"}, mood="fresh")
    brand, primary = found.colors["brand"], found.colors["mood_primary"]
    assert brand.hue is not None and primary.hue is not None
    assert abs(brand.hue - primary.hue) < 3
    assert list(found.colors)[:2] == ["brand", "other"]


def test_neither_colours_nor_a_mood_or_a_taken_id_is_refused() -> None:
    with pytest.raises(InvalidInput, match="neither colors nor a mood"):
        build_palette()
    with pytest.raises(InvalidInput, match="is one that a mood adds"):
        build_palette({"mood_ink": "#000"}, mood="calm")
