"""Grids against the published 960 Grid System: 960px, 12 columns, gutter 20, margin 10: columns of 60px, spans 140…"""

from decimal import Decimal

import pytest

from experts.art_design.tools.build_layout_grid import GridSpec, build_layout_grid
from experts.core.errors import InvalidInput


def _spec(width: str, columns: int, gutter: str, margin: str) -> GridSpec:
    return GridSpec(width_px=Decimal(width), columns=columns, gutter_px=Decimal(gutter), margin_px=Decimal(margin))


def test_the_960_grid_has_its_published_columns() -> None:
    found = build_layout_grid({"desktop": _spec("960", 12, "20", "10")}, Decimal(10))
    grid = found.grids["desktop"]
    assert (grid.column_px, grid.spans["span_2"], grid.spans["span_6"], grid.spans["span_12"]) == (60, 140, 460, 940)
    assert found.warnings == []
    assert "repeat(12, minmax(0, 1fr))" in grid.css


def test_one_column_fills_the_container_and_fractions_are_flagged() -> None:
    found = build_layout_grid({"phone": _spec("375", 1, "16", "16"), "tablet": _spec("768", 7, "16", "24")})
    assert found.grids["phone"].spans == {"span_1": Decimal(343)}
    assert any("tablet" in text and "89.1429 px" in text for text in found.warnings)


@pytest.mark.parametrize(
    ("spec", "field"),
    [
        (("320", 12, "28", "16"), "breakpoints.one.gutter_px"),
        (("320", 0, "8", "8"), "breakpoints.one.columns"),
        (("0", 4, "8", "8"), "breakpoints.one.width_px"),
        (("320", 4, "8", "-8"), "breakpoints.one.margin_px"),
    ],
)
def test_a_grid_without_room_is_refused(spec: tuple[str, int, str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        build_layout_grid({"one": _spec(*spec)})
    assert caught.value.field == field
