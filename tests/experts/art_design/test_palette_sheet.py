"""Words of the palette sheet stay within their boxes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experts.art_design.actions._palette_sheet import _drawable, _lines, _width

LABELS = st.text(st.characters(codec="utf-8"), max_size=120)


@given(LABELS, st.sampled_from([40.0, 142.0, 400.0]), st.integers(1, 3))
def test_no_line_is_wider_than_its_box_whatever_the_label(label: str, width: float, most: int) -> None:
    lines = _lines(_drawable(label), width, 9.5, "bold", most)
    assert len(lines) <= most
    assert all(_width(line, 9.5, "bold") <= width for line in lines)


def test_a_label_that_fits_is_left_alone_and_one_that_does_not_ends_in_an_ellipsis() -> None:
    assert _lines("Small prices", 142, 9.5, "bold", 1) == ["Small prices"]
    assert _lines("Small prices on the sampling card", 90, 9.5, "bold", 1) == ["Small prices o\u2026"]
    assert _lines("Small prices on the card", 90, 9.5, "bold", 2) == ["Small prices on", "the card"]


@pytest.mark.parametrize("label", ["Preis \u20ac 5", "\u03a4\u03b9\u03bc\u03ae", "\u0426\u0435\u043d\u0430"])
def test_european_scripts_are_drawn_as_they_are(label: str) -> None:
    assert _drawable(label) == label


def test_a_character_without_a_glyph_becomes_a_box() -> None:
    assert _drawable("\u4fa1\u683c A") == "\u25a1\u25a1 A"
