"""Against the thresholds of WCAG 2.2 (1.4.12: 1.5, 2, 0.12, 0.16 em; 1.4.8: 80 or 40 characters, 1.5) by hand."""

from decimal import Decimal
from typing import Any

import pytest

from experts.art_design.tools.check_typography import check_typography
from experts.core.errors import InvalidInput


def test_a_good_column_passes_and_gives_the_spacing_to_test_with() -> None:
    """By hand: 528 / (16 x 0.5) = 66 characters, Bringhurst's ideal."""
    found = check_typography(Decimal(16), Decimal(528))
    assert (found.characters_per_line, found.comfortable_length, found.length_aaa) == (66, True, True)
    assert found.spacing_px == {"line_height": 24, "paragraph": 32, "letter": Decimal("1.92"), "word": Decimal("2.56")}
    assert found.warnings == []


def test_80_characters_are_the_most_at_aaa_and_40_in_chinese() -> None:
    assert check_typography(Decimal(16), Decimal(640)).length_aaa
    assert not check_typography(Decimal(16), Decimal("640.01")).length_aaa
    assert check_typography(Decimal(16), Decimal(640), character_em=Decimal(1), cjk=True).length_aaa
    found = check_typography(Decimal(16), Decimal(528), Decimal("1.49"), Decimal("1.4"))
    assert (found.line_height_aaa, found.paragraph_aaa) == (False, False)


def test_a_box_must_hold_its_text_at_the_users_spacing() -> None:
    """By hand: 120 x 16 x (0.5 + 0.12 + 0.16/6) = 1241.6 px = 5 lines of 300 px, 5 x 24 = 120 px."""
    box: dict[str, Any] = {"box_characters": 120}
    fits = check_typography(Decimal(16), Decimal(300), box_height_px=Decimal(120), **box)
    assert (fits.box_lines, fits.box_needs_px, fits.box_fits) == (5, 120, True)
    cut = check_typography(Decimal(16), Decimal(300), box_height_px=Decimal(119), **box)
    assert cut.box_fits is False
    assert any("1.4.12" in text for text in cut.warnings)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"font_px": Decimal(0)}, "font_px"),
        ({"line_height": Decimal(-1)}, "line_height"),
        ({"box_characters": 10}, "box_height_px"),
        ({"box_height_px": Decimal(10)}, "box_characters"),
        ({"box_characters": 0, "box_height_px": Decimal(10)}, "box_characters"),
    ],
)
def test_what_cannot_be_set_is_refused(given: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_typography(**{"font_px": Decimal(16), "column_px": Decimal(528), **given})
    assert caught.value.field == field
