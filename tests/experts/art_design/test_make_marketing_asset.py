"""Sizes against the reference table, widths against the font's own metrics read by another library, contrast by hand."""

from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

import experts.art_design
from experts.art_design.tools._letters import width_of
from experts.art_design.tools.make_marketing_asset import AssetFormat, Template, make_marketing_asset, room_of
from experts.core.errors import Infeasible, InvalidInput
from experts.core.tables import load_table

COPY: dict[str, Any] = {"headline": "Tea from the sea", "background": "#FFFFFF", "text": "#000000", "accent": "#005A9C"}
FORMATS = get_args(AssetFormat)
TABLE = load_table(Path(experts.art_design.__file__).parent / "tables" / "asset_sizes.toml")


def test_every_format_has_a_size_and_every_size_a_format() -> None:
    assert set(FORMATS) == set(TABLE.current())


def test_published_banner_sizes() -> None:
    """IAB fixed sizes: 300x250, 728x90, 160x600, 970x250."""
    sizes = {key: (row["width"], row["height"]) for key, row in TABLE.current().items()}
    assert sizes["banner_rectangle"] == (300, 250)
    assert sizes["banner_leaderboard"] == (728, 90)
    assert sizes["banner_skyscraper"] == (160, 600)
    assert sizes["banner_billboard"] == (970, 250)


@pytest.mark.parametrize("template", get_args(Template))
@pytest.mark.parametrize("format", FORMATS)
def test_text_stays_in_its_room_and_blocks_do_not_meet(format: AssetFormat, template: Template) -> None:
    found = make_marketing_asset(format, **COPY, call_to_action="Taste it", brand="Tidewater", template=template)
    x, y, w, h = room_of(found.width_px, found.height_px, found.safe_px, template)
    boxes = []
    for key, block in found.texts.items():
        size, top = float(block.size_px), float(block.y) - float(block.size_px) * 0.76
        bottom = float(block.y) + float(block.leading_px) * (len(block.lines) - 1) + size * 0.24
        wide = max(width_of(line, size, block.bold) for line in block.lines)
        assert float(block.x) >= x - 0.1 and float(block.x) + wide <= x + w + 0.1, key
        assert top >= y - 0.1 and bottom <= y + h + size * 0.1, key
        boxes.append((float(block.x), top, float(block.x) + wide, bottom))
    for at, (l1, t1, r1, b1) in enumerate(boxes):
        for l2, t2, r2, b2 in boxes[at + 1 :]:
            assert r1 <= l2 or r2 <= l1 or b1 <= t2 or b2 <= t1


def test_widths_are_those_of_the_font() -> None:
    """reportlab reads the font's hmtx table itself."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    from experts.art_design.tools._letters import font_file

    pdfmetrics.registerFont(TTFont("Check", font_file(True)))
    assert width_of("Tea from the sea", 100, True) == pytest.approx(
        pdfmetrics.stringWidth("Tea from the sea", "Check", 100), abs=0.5
    )


def test_black_on_white_passes_and_grey_is_given_the_nearest_that_does() -> None:
    """#777777 on white is 4.48 (WebAIM); small body text needs 4.5, the large headline 3."""
    assert make_marketing_asset("banner_rectangle", **COPY).texts["headline"].contrast == 21
    found = make_marketing_asset("banner_rectangle", **{**COPY, "text": "#777777"}, body="Picked at low tide")
    assert found.texts["body"].contrast == Decimal("4.4780")
    assert (found.passes, found.texts["body"].suggestion) == (False, "#767676")


def test_overflow_is_refused_with_what_does_not_fit() -> None:
    with pytest.raises(Infeasible, match=r"does not fit 728 x 90 px even at 11 px: headline 16, body 400") as caught:
        make_marketing_asset("banner_leaderboard", **COPY, body="tide " * 79 + "tides")
    assert caught.value.field == "body"
    with pytest.raises(Infeasible) as caught:
        make_marketing_asset("banner_skyscraper", **{**COPY, "headline": "W" * 60})
    assert caught.value.field == "headline"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"headline": "  "}, "headline"),
        ({"headline": "漢字"}, "headline"),
        ({"text": "inky"}, "text"),
        ({"background": "#FFFFFF00"}, "background"),
    ],
)
def test_what_cannot_be_set_is_refused(given: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        make_marketing_asset("x_post", **{**COPY, **given})
    assert caught.value.field == field
