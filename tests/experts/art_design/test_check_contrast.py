"""Contrast against published ratios, an independent library, and the edges of the thresholds.

Published: WCAG 2.2 (black on white is 21:1, the largest ratio); #767676 on white is 4.54:1, the lightest grey that
passes 4.5 (W3C, G18, and WebAIM's contrast checker); #777777 on white is 4.48:1 and #0000FF on white 8.59:1 (WebAIM).
"""

import random
from decimal import Decimal
from typing import Any

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from experts.art_design.tools._color import Rgb, contrast, floor4, luminance
from experts.art_design.tools._nearest import nearest_passing
from experts.art_design.tools._perceptual import at_lightness, difference, oklab
from experts.art_design.tools.check_contrast import ColorPair, PairContrast, check_contrast
from experts.core.errors import InvalidInput

COLORS = st.builds(Rgb, *[st.integers(0, 255)] * 3)


def _one(foreground: str, background: str = "#FFFFFF", level: str = "AA", **fields: Any) -> PairContrast:
    pair = ColorPair.model_validate({"foreground": foreground, "background": background, **fields})
    return check_contrast({"one": pair}, "AAA" if level == "AAA" else "AA").pairs["one"]


@pytest.mark.parametrize(
    ("foreground", "background", "published"),
    [
        ("#000000", "#FFFFFF", "21"),
        ("#767676", "#FFFFFF", "4.54"),
        ("#777777", "#FFFFFF", "4.48"),
        ("#0000FF", "#FFFFFF", "8.59"),
        ("#FFFFFF", "#FFFFFF", "1"),
    ],
)
def test_ratios_are_the_published_ones(foreground: str, background: str, published: str) -> None:
    ratio = _one(foreground, background).ratio
    assert round(ratio, 2) == Decimal(published)


def test_every_byte_has_the_luminance_that_coloraide_gives() -> None:
    for value in range(256):
        ours = luminance(Rgb(value, 255 - value, value // 2))
        theirs = Color(Rgb(value, 255 - value, value // 2).hex).luminance()
        # coloraide's Y has more digits of the primaries than WCAG's rounded 0.2126, 0.7152, 0.0722.
        assert float(ours) == pytest.approx(theirs, abs=1e-4)


@given(COLORS, COLORS)
def test_ratios_agree_with_an_independent_library(one: Rgb, other: Rgb) -> None:
    """coloraide takes its luminance from the full sRGB matrix, WCAG from one rounded to four digits."""
    theirs = Color("srgb", [c / 255 for c in one]).contrast(Color("srgb", [c / 255 for c in other]), method="wcag21")
    assert float(contrast(one, other)) == pytest.approx(theirs, rel=1e-3)


def test_4_4999999_does_not_pass_4_5_and_is_not_shown_as_4_5() -> None:
    """#9A6C5A on white is 4.49999985, #7C7290 is 4.50000064; #989A30 and #E969A1 straddle 3 as closely."""
    below, above = _one("#9A6C5A"), _one("#7C7290")
    assert (below.ratio, below.passes) == (Decimal("4.4999"), False)
    assert (above.ratio, above.passes) == (Decimal("4.5000"), True)
    below, above = _one("#989A30", kind="graphic"), _one("#E969A1", kind="graphic")
    assert (below.ratio, below.passes) == (Decimal("2.9999"), False)
    assert (above.ratio, above.passes) == (Decimal("3.0000"), True)


@pytest.mark.parametrize(
    ("fields", "aa", "aaa", "criterion"),
    [
        ({"text_size_pt": "12"}, "4.5", "7", "1.4.3"),
        ({"text_size_pt": "17.99"}, "4.5", "7", "1.4.3"),
        ({"text_size_pt": "18"}, "3", "4.5", "1.4.3"),
        ({"text_size_pt": "13.99", "bold": True}, "4.5", "7", "1.4.3"),
        ({"text_size_pt": "14", "bold": True}, "3", "4.5", "1.4.3"),
        ({"text_size_pt": "6", "kind": "graphic"}, "3", "3", "1.4.11"),
    ],
)
def test_what_is_required_follows_size_weight_and_kind(
    fields: dict[str, Any], aa: str, aaa: str, criterion: str
) -> None:
    assert _one("#000000", **fields).required == Decimal(aa)
    assert _one("#000000", **fields).criterion == criterion
    assert _one("#000000", level="AAA", **fields).required == Decimal(aaa)


def test_the_tidewater_pairs() -> None:
    """Copper on foam fails for small prices and would pass in large type; the other two pass."""
    report = check_contrast(
        {
            "prices": ColorPair(foreground="#B85C38", background="#F4F1EA", text_size_pt=Decimal(10)),
            "buttons": ColorPair(foreground="white", background="#4F772D"),
            "text": ColorPair(foreground="#12355B", background="#F4F1EA"),
        }
    )
    assert (report.checked, report.passed, report.failed) == (3, 2, 1)
    prices = report.pairs["prices"]
    assert (prices.ratio, prices.suggestion, prices.suggestion_ratio) == (
        Decimal("4.0243"),
        "#AF5430",
        Decimal("4.5037"),
    )
    assert (prices.nearer, prices.passes_if_large) == ("foreground", True)
    assert prices.background_suggestion == "#FFFEFB"
    assert report.pairs["buttons"].suggestion is None
    assert len(report.warnings) == 1 and "#AF5430" in report.warnings[0]


@given(COLORS, COLORS, st.sampled_from(["3", "4.5", "7"]))
def test_a_suggestion_passes_itself_as_the_hex_that_is_returned(color: Rgb, against: Rgb, required: str) -> None:
    near = nearest_passing(color, against, Decimal(required))
    reachable = max(contrast(Rgb(0, 0, 0), against), contrast(Rgb(255, 255, 255), against)) >= Decimal(required)
    assert (near is not None) == reachable
    if near is not None:
        assert near.ratio == contrast(near.color, against) >= Decimal(required)
        assert floor4(near.ratio) >= Decimal(required)
        assert near.distance == difference(color, near.color)


def test_no_colour_on_the_way_is_nearer_than_the_suggestion() -> None:
    """Brute force: every colour of the hue at a thousand lightnesses. Fixed seed, so that it is the same every time."""
    chosen = random.Random(7)
    for _ in range(12):
        color, against = (Rgb(*(chosen.randrange(256) for _ in range(3))) for _ in range(2))
        required = Decimal("4.5")
        near = nearest_passing(color, against, required)
        own = oklab(color)
        passing = [c for c in {at_lightness(own, i / 1000) for i in range(1001)} if contrast(c, against) >= required]
        assert near is not None
        assert near.distance <= min(difference(color, candidate) for candidate in passing)


def test_a_failing_white_label_is_told_that_the_background_is_the_nearer_change() -> None:
    pair = _one("#FFFFFF", "#5A9216")
    assert pair.nearer == "background"
    assert pair.background_suggestion is not None
    assert _one("#FFFFFF", pair.background_suggestion).passes


def test_where_no_colour_can_pass_there_is_no_suggestion() -> None:
    """On mid grey even black (5.32) and white (3.95) stay below 7."""
    report = check_contrast({"one": ColorPair(foreground="#777", background="#808080")}, "AAA")
    pair = report.pairs["one"]
    assert (pair.suggestion, pair.background_suggestion, pair.nearer) == (None, None, None)
    assert "change both" in report.warnings[0]


@pytest.mark.parametrize("written", ["#B85C38", "#b85c38", "rgb(184, 92, 56)", "rgb(184 92 56)", " #B85C38 "])
def test_one_colour_written_in_many_ways(written: str) -> None:
    assert _one(written).foreground == "#B85C38"
    assert _one("#ABC").foreground == "#AABBCC"
    assert _one("RebeccaPurple").foreground == "#663399"


def test_a_transparent_foreground_is_laid_over_its_background() -> None:
    """Half of black over white is #808080 (0.5 x 255 = 127.5, rounded up)."""
    report = check_contrast({"one": ColorPair(foreground="rgb(0 0 0 / 0.5)", background="#FFFFFF")})
    assert report.pairs["one"].foreground == "#808080"
    assert report.assumptions[0].startswith("A partly transparent foreground")


def test_a_transparent_background_is_refused() -> None:
    with pytest.raises(InvalidInput, match="'#FFFFFF80' is partly transparent") as caught:
        _one("#000", "#FFFFFF80")
    assert caught.value.field == "pairs.one.background"


@pytest.mark.parametrize(
    "written", ["", "B85C38", "#B85C3", "coper", "rgb(1, 2)", "currentcolor", "rgb(none 0 0)", "#" * 5000]
)
def test_what_is_no_colour_is_refused_naming_the_value(written: str) -> None:
    with pytest.raises(InvalidInput, match="is not a colour; write #RRGGBB") as caught:
        _one(written)
    assert repr(written[:60]) in str(caught.value)
    assert caught.value.field == "pairs.one.foreground"


def test_a_colour_that_screens_cannot_show_is_refused() -> None:
    with pytest.raises(InvalidInput, match="outside what sRGB screens can show"):
        _one("rgb(300, 0, 0)")


def test_sizes_of_zero_and_more_than_500_pairs_are_refused() -> None:
    with pytest.raises(InvalidInput, match="text_size_pt 0 of pair 'one' must be above zero"):
        _one("#000", text_size_pt="0")
    pair = ColorPair(foreground="#000", background="#FFF")
    with pytest.raises(InvalidInput, match="501 pairs are more than 500"):
        check_contrast({f"p{i}": pair for i in range(501)})
    assert check_contrast({f"p{i}": pair for i in range(500)}).passed == 500
