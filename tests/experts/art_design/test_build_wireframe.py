"""Positions against the grid by hand: desktop column (1200 - 48 - 11 x 24) / 12 = 74 px; mobile (360 - 32 - 48) / 4 = 70."""

import pytest

from experts.art_design.tools.build_wireframe import Component, Screen, build_wireframe
from experts.core.errors import InvalidInput


def _frame(*components: Component, device: str = "desktop"):  # type: ignore[no-untyped-def]
    screen = Screen.model_validate({"title": "T", "device": device, "components": components})
    return build_wireframe({"one": screen})


def test_components_stand_side_by_side_while_their_columns_fit() -> None:
    """By hand: span 8 is 8 x 74 + 7 x 24 = 760, span 4 is 368; the second begins at 24 + 8 x 98 = 808."""
    frame = _frame(
        Component(kind="text", span=8), Component(kind="image", span=4), Component(kind="text", span=6)
    ).screens["one"]
    first, second, third = frame.components
    assert (first.x, first.y, first.width) == (24, 0, 760)
    assert (second.x, second.y, second.width) == (808, 0, 368)
    assert (third.x, third.y, third.width) == (24, 240 + 24, 564)


def test_header_and_hero_run_from_edge_to_edge_without_a_gap() -> None:
    frame = _frame(
        Component(kind="header"), Component(kind="hero"), Component(kind="heading"), Component(kind="footer")
    ).screens["one"]
    assert [(part.x, part.y, part.width) for part in frame.components] == [
        (0, 0, 1200),
        (0, 64, 1200),
        (24, 488, 1152),
        (0, 552, 1200),
    ]
    assert frame.height == 552 + 160


def test_on_a_phone_narrow_parts_take_half_and_others_all() -> None:
    """By hand: 2 columns are 2 x 70 + 16 = 156, 4 are 328."""
    frame = _frame(
        Component(kind="image", span=3),
        Component(kind="image", span=3),
        Component(kind="text", span=8),
        device="mobile",
    ).screens["one"]
    assert [(part.x, part.width) for part in frame.components] == [(16, 156), (188, 156), (16, 328)]


def test_on_a_tablet_8_and_4_of_12_still_share_a_row() -> None:
    frame = _frame(Component(kind="search", span=8), Component(kind="button", span=4), device="tablet").screens["one"]
    assert frame.components[0].y == frame.components[1].y


def test_every_height_and_gap_is_a_multiple_of_eight() -> None:
    kinds = ["header", "hero", "heading", "text", "cards", "list", "table", "form", "chart", "map", "footer"]
    frame = _frame(*(Component.model_validate({"kind": kind}) for kind in kinds)).screens["one"]
    assert all(part.y % 8 == 0 and part.height % 8 == 0 for part in frame.components)


def test_two_main_actions_and_a_screen_without_heading_are_advised_against() -> None:
    found = _frame(Component(kind="button", primary=True), Component(kind="button", primary=True))
    assert any("2 components are primary" in text for text in found.warnings)
    assert any("no heading" in text for text in found.warnings)


@pytest.mark.parametrize(
    ("component", "field"),
    [
        (Component(kind="text", span=13), "screens.one.components.0.span"),
        (Component(kind="text", span=0), "screens.one.components.0.span"),
        (Component(kind="list", count=21), "screens.one.components.0.count"),
    ],
)
def test_what_does_not_fit_the_grid_is_refused(component: Component, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        _frame(component)
    assert caught.value.field == field


def test_no_screen_and_no_component_are_refused() -> None:
    with pytest.raises(InvalidInput, match="screens has 0 entries"):
        build_wireframe({})
    with pytest.raises(InvalidInput, match="components has 0 entries"):
        _frame()
