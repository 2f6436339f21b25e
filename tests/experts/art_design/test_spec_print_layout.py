"""Against ISO 216 and the usual arithmetic: A5 at 300 dpi with 3 mm bleed is 154 x 216 mm = 1819 x 2552 px."""

import math
from decimal import Decimal

import pytest

from experts.art_design.tools.spec_print_layout import Ink, PlacedPicture, spec_print_layout
from experts.core.errors import InvalidInput


def test_a5_has_its_published_size_and_pixels() -> None:
    found = spec_print_layout("A5")
    assert (found.trim_width_mm, found.trim_height_mm) == (148, 210)
    assert (found.artwork_width_mm, found.artwork_height_mm) == (154, 216)
    assert (found.pixel_width, found.pixel_height) == (
        math.ceil(154 / 25.4 * 300),
        math.ceil(216 / 25.4 * 300),
    )
    assert found.panels_mm == [148]
    assert found.sources == ["iso_216: ISO 216:2007"]


@pytest.mark.parametrize(
    ("fold", "panels"),
    [
        ("half", ["148.5", "148.5"]),
        ("z", ["99", "99", "99"]),
        ("letter", ["97.67", "99.67", "99.66"]),
        ("gate", ["73.75", "149.5", "73.75"]),
    ],
)
def test_panels_add_up_to_the_sheet_and_tucked_ones_are_shorter(fold: str, panels: list[str]) -> None:
    """By hand on 297 mm with 2 mm: (297 + 2) / 3 = 99.67 and 97.67; gate: (297 - 2) / 4 = 73.75."""
    found = spec_print_layout("A4 landscape", fold)  # type: ignore[arg-type]
    assert found.panels_mm == [Decimal(panel) for panel in panels]
    assert sum(found.panels_mm) == 297


def test_a_picture_below_300_ppi_is_flagged() -> None:
    """By hand: 1200 px on 120 mm is 254 ppi; 1418 x 945 px would do. 1418 px on 120 mm is 300.14 ppi."""
    given = {
        "low": PlacedPicture(width_px=1200, height_px=800, width_mm=Decimal(120), height_mm=Decimal(80)),
        "good": PlacedPicture(width_px=1418, height_px=945, width_mm=Decimal(120), height_mm=Decimal(80)),
        "pulled": PlacedPicture(width_px=3000, height_px=1000, width_mm=Decimal(100), height_mm=Decimal(80)),
    }
    found = spec_print_layout("A4", pictures=given)
    low = found.pictures["low"]
    assert (low.ppi, low.enough, low.needed_width_px, low.needed_height_px) == (254, False, 1418, 945)
    assert found.pictures["good"].enough
    assert found.pictures["pulled"].stretched
    assert any("254 ppi" in text for text in found.warnings)


def test_total_ink_is_added_and_held_against_the_limit() -> None:
    rich = Ink(c=Decimal(80), m=Decimal(70), y=Decimal(70), k=Decimal(100))
    found = spec_print_layout("A6", inks={"rich": rich, "plain": Ink(c=Decimal(0), m=Decimal(0), y=Decimal(0), k=100)})  # type: ignore[arg-type]
    assert found.total_ink_pct == {"rich": 320, "plain": 100}
    assert sum("% ink" in text for text in found.warnings) == 1


def test_a_custom_size_and_150_dpi() -> None:
    found = spec_print_layout("210 x 99 mm", dpi=150, bleed_mm=Decimal(2))
    assert (found.name, found.trim_width_mm) == ("210 x 99 mm", 210)
    assert any("150 dpi" in text for text in found.warnings)
    assert any("bleed of 2 mm" in text for text in found.warnings)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"size": "big"}, "size"),
        ({"size": "A4 or A5"}, "size"),
        ({"dpi": 30}, "dpi"),
        ({"bleed_mm": Decimal(-1)}, "bleed_mm"),
        ({"size": "A10", "safe_mm": Decimal(13)}, "safe_mm"),
        ({"inks": {"x": Ink(c=Decimal(101), m=Decimal(0), y=Decimal(0), k=Decimal(0))}}, "inks.x.c"),
        (
            {"pictures": {"x": PlacedPicture(width_px=1, height_px=1, width_mm=Decimal(0), height_mm=Decimal(1))}},
            "pictures.x.width_mm",
        ),
    ],
)
def test_what_cannot_be_printed_is_refused(given: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        spec_print_layout(**{"size": "A5", **given})  # type: ignore[arg-type]
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [
        ("US letter", "215.9", "279.4"),  # 8.5 by 11 in
        ("US-Letter landscape", "279.4", "215.9"),
        ("U.S. legal", "215.9", "355.6"),  # 8.5 by 14 in
        ("us tabloid", "279.4", "431.8"),  # 11 by 17 in
    ],
)
def test_us_paper_by_name(size: str, width: str, height: str) -> None:
    found = spec_print_layout(size)
    assert (found.trim_width_mm, found.trim_height_mm) == (Decimal(width), Decimal(height))
    assert found.name.startswith("US ")
    assert found.sources == ["US paper sizes: ANSI/ASME Y14.1 (letter, tabloid)"]


def test_a_letter_without_its_country_is_asked_about() -> None:
    with pytest.raises(InvalidInput, match="'US letter'"):
        spec_print_layout("letter")
