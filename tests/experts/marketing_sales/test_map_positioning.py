"""Perceptual maps against scipy's distances and correlation."""

from decimal import Decimal as D
from typing import Any

import pytest
from scipy.spatial.distance import euclidean
from scipy.stats import pearsonr

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.map_positioning import Swot, map_positioning

BRANDS = {"ours": [D(2), D(3)], "rival": [D(5), D(7)], "cheap": [D(8), D(2)], "old": [D("6.5"), D("6.1")]}


def test_distances_and_correlation_agree_with_scipy() -> None:
    made = map_positioning("price", "quality", BRANDS, "ours")
    for name, (x, y) in BRANDS.items():
        assert float(made.brands[name].distance) == pytest.approx(euclidean((2, 3), (float(x), float(y))), abs=1e-4)
    r = pearsonr([float(x) for x, _ in BRANDS.values()], [float(y) for _, y in BRANDS.values()]).statistic
    assert made.correlation is not None and float(made.correlation) == pytest.approx(r, abs=1e-6)
    assert (made.nearest, made.nearest_distance) == ("rival", 5)  # 3-4-5


def test_quadrants_divide_at_the_middle_and_empty_ones_are_named() -> None:
    made = map_positioning("price", "quality", BRANDS, "ours")
    assert made.brands["ours"].quadrant == "low price, low quality"
    assert made.brands["cheap"].quadrant == "high price, low quality"
    assert made.empty_quadrants == []
    three = {name: place for name, place in BRANDS.items() if name != "old"}
    assert map_positioning("price", "quality", three, "ours").empty_quadrants == ["high price, high quality"]
    edge = map_positioning("price", "quality", {"ours": [D(0), D(5)], "b": [D(10), D(1)]}, "ours", D(0), D(10))
    assert edge.brands["ours"].quadrant == "low price, high quality"  # the middle itself counts as high
    assert edge.correlation is None


def test_axes_that_say_the_same_and_equal_places_are_warned_about() -> None:
    same = {name: [D(n), D(n)] for n, name in enumerate(["ours", "b", "c"], 1)} | {"d": [D(1), D(1)]}
    made = map_positioning("x", "y", same, "ours")
    assert len(made.warnings) == 2 and made.correlation == 1
    assert map_positioning("x", "y", same, "ours", swot=Swot(strengths=["fresh"])).swot == Swot(strengths=["fresh"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"own": "our"}, "did you mean 'ours'"),
        ({"brands": BRANDS | {"far": [D(11), D(1)]}}, "must be two ratings from 1 to 10"),
        ({"brands": BRANDS | {"odd": [D(1)]}}, "must be two ratings"),
        ({"y_axis": "Price "}, "choose two attributes"),
        ({"lowest": D(10)}, "must be below"),
    ],
)
def test_unknown_brands_and_ratings_off_the_scale_are_refused(change: dict[str, Any], says: str) -> None:
    given: dict[str, Any] = {"x_axis": "price", "y_axis": "quality", "brands": BRANDS, "own": "ours"} | change
    with pytest.raises(InvalidInput, match=says):
        map_positioning(**given)
