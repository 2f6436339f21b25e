"""Differences against coloraide, an independent implementation; CIEDE2000 itself against Sharma's data elsewhere."""

from decimal import Decimal

import pytest
from coloraide import Color

from experts.art_design.tools.compare_colors import compare_colors
from experts.core.errors import InvalidInput

COLORS = {"brand": "#12355B", "proof": "#14375C", "copper": "#B85C38"}


def test_every_pair_has_the_difference_that_coloraide_gives() -> None:
    found = compare_colors(COLORS)
    assert (found.pairs[0].first, found.pairs[0].second) == ("brand", "proof")
    assert len(found.pairs) == 3
    for pair in found.pairs:
        theirs = Color(COLORS[pair.first]).delta_e(COLORS[pair.second], method="2000", space="lab-d65")
        assert float(pair.delta_e) == pytest.approx(theirs, abs=2e-3)
    assert found.within_count == 1


def test_black_and_white_are_100_apart_and_a_colour_0_from_itself() -> None:
    found = compare_colors({"a": "black", "b": "white", "c": "#000"}, reference="a")
    assert [(pair.second, pair.delta_e, pair.within) for pair in found.pairs] == [
        ("c", Decimal(0), True),
        ("b", Decimal(100), False),
    ]


@pytest.mark.parametrize(
    ("colors", "reference", "tolerance", "field"),
    [
        ({"a": "red"}, None, "1", "colors"),
        ({"a": "red", "b": "#FF000080"}, None, "1", "colors.b"),
        ({"a": "red", "b": "blue"}, "c", "1", "reference"),
        ({"a": "red", "b": "blue"}, None, "-1", "tolerance"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    colors: dict[str, str], reference: str | None, tolerance: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        compare_colors(colors, reference, Decimal(tolerance))
    assert caught.value.field == field
