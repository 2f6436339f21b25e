"""map_positioning: distances by hand and by scipy, the open place, refusals."""

from decimal import Decimal
from typing import Any

import pytest
from scipy.spatial.distance import cdist

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.map_positioning import Axis, Brand, PositioningMap, map_positioning

AXES = (Axis(low="plain", high="rich"), Axis(low="cheap", high="dear"))


def mapped(points: dict[str, tuple[str, str]], **more: Any) -> PositioningMap:
    brands = {name: Brand(x=Decimal(x), y=Decimal(y)) for name, (x, y) in points.items()}
    return map_positioning(brands, *AXES, basis="40 customers, March 2027", **more)


def test_distances_quadrants_and_the_open_place() -> None:
    found = mapped({"ours": ("1", "1"), "rival": ("4", "5"), "other": ("7", "1")})
    assert (found.brands["ours"].nearest, found.brands["ours"].distance) == ("rival", 5)  # 3-4-5
    assert (found.brands["rival"].quadrant, found.brands["ours"].quadrant) == ("dear / rich", "cheap / plain")
    # on the grid of 0.3 steps: the farthest from all is a corner, checked against scipy below
    spots = [(1 + 0.3 * i, 1 + 0.3 * j) for i in range(21) for j in range(21)]
    gaps = cdist(spots, [(1, 1), (4, 5), (7, 1)]).min(axis=1)
    assert float(found.open_distance) == pytest.approx(gaps.max(), abs=0.001)


def test_two_brands_in_one_place_are_named() -> None:
    found = mapped({"a": ("2", "2"), "b": ("2", "2.1")})
    assert found.warnings == ["Nearly the same place: a and b."]


@pytest.mark.parametrize(
    ("points", "more", "says"),
    [
        ({"a": ("0", "2"), "b": ("2", "2")}, {}, "brand 'a' has x 0, outside the scale from 1 to 7"),
        ({"a": ("2", "2"), "b": ("2", "3")}, {"scale_low": Decimal(7)}, "scale_high 7 must be above"),
    ],
)
def test_a_rating_outside_the_scale_and_an_empty_scale_are_refused(points: Any, more: Any, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        mapped(points, **more)
