"""The catalogue against its own rules, contrast against WCAG 2.2 (1.4.11)."""

from decimal import Decimal

import pytest

from experts.art_design.tools._icons import CATALOGUE, icon
from experts.art_design.tools.build_icon_set import build_icon_set
from experts.core.errors import InvalidInput


def test_every_icon_of_the_catalogue_keeps_to_the_padding_at_two_pixels() -> None:
    found = build_icon_set(["all"])
    assert len(found.icons) == len(CATALOGUE) > 50
    assert [each.name for each in found.icons if not each.inside_padding] == []
    assert found.warnings == []


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_drawing_can_be_read_and_every_path_begins_with_a_move(name: str) -> None:
    parts = icon(name)
    assert parts
    for _, commands in parts:
        assert commands[0][0] == "M"
        sizes = {"M": 2, "L": 2, "C": 6, "Z": 0}
        assert all(len(coords) == sizes[letter] for letter, coords in commands)


def test_the_stroke_at_the_size_used_and_whole_pixels() -> None:
    """By hand: 1.5 px x 16 / 24 = 1 px; 16 is no multiple of 24, 48 is."""
    small = build_icon_set(["home"], stroke_px=Decimal("1.5"), size_px=16)
    assert (small.stroke_at_size_px, small.crisp) == (1, False)
    assert build_icon_set(["home"], size_px=48).crisp


def test_contrast_below_three_is_flagged() -> None:
    """#959595 on white has 2.99, #949494 has 3.03 (published threshold grey of WebAIM's checker)."""
    assert build_icon_set(["home"], "#949494").passes
    pale = build_icon_set(["home"], "#959595")
    assert not pale.passes
    assert "1.4.11" in pale.warnings[0]


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(InvalidInput, match="there is no icon 'hoem'") as caught:
        build_icon_set(["hoem"])
    assert caught.value.field == "icons"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"icons": []}, "icons"), ({"stroke_px": Decimal(4)}, "stroke_px"), ({"size_px": 8}, "size_px")],
)
def test_what_is_outside_the_rules_is_refused(given: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        build_icon_set(**{"icons": ["home"], **given})  # type: ignore[arg-type]
    assert caught.value.field == field
