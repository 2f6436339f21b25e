"""Marks against their construction by hand, contrast against WCAG 2.2, names against Jaro-Winkler's published examples."""

import math
from decimal import Decimal

import pytest

from experts.art_design.tools._letters import embedding_bits, outline_of, width_of
from experts.art_design.tools._marks import CONCEPTS, SIDE, Inks, arc, mark, quarter
from experts.art_design.tools._scene import naive_cmyk
from experts.art_design.tools.build_logo_concepts import build_logo_concepts
from experts.core.errors import InvalidInput

INKS = Inks("#12355B", "#B85C38", "#B85C38", "#FFFFFF")


def test_black_on_white_is_21_and_every_concept_has_a_smallest_size() -> None:
    """By hand: 24 / thinnest part, rounded up, and at least 16 px; 24 x 0.25 mm / thinnest, at least 5 mm."""
    found = build_logo_concepts("TK", "#000000")
    assert [each.kind for each in found.concepts] == list(CONCEPTS)
    for each in found.concepts:
        assert each.contrast == 21
        assert each.smallest_px == max(16, math.ceil(Decimal(24) / each.thinnest_units))
        assert each.smallest_mm >= max(Decimal(5), 6 / each.thinnest_units)
    quarters = next(each for each in found.concepts if each.kind == "quarters")
    assert (quarters.thinnest_units, quarters.smallest_px, quarters.smallest_mm) == (Decimal("0.8"), 30, Decimal("7.5"))
    assert (found.grid_units, found.clear_space_units) == (24, 6)


def test_names_that_read_alike_are_named_and_others_are_not() -> None:
    """Winkler's own examples: MARTHA and MARHTA 0.961, DIXON and DICKSONX 0.813 (below the screen of 0.85)."""
    found = build_logo_concepts("M", "#000", name="Martha", known_names=["MARHTA", "Dicksonx"])
    assert [(each.name, each.similarity) for each in found.similar_names] == [("MARHTA", Decimal("0.961"))]
    assert not build_logo_concepts("D", "#000", name="Dixon", known_names=["Dicksonx"]).similar_names
    assert any("not a trademark search" in text for text in found.warnings)


def test_the_outline_font_allows_embedding() -> None:
    """DejaVu's OS/2 fsType is 0, installable embedding."""
    assert embedding_bits() == 0


@pytest.mark.parametrize("kind", CONCEPTS)
@pytest.mark.parametrize("initials", ["I", "WM", "MWM", "7"])
def test_a_mark_stays_on_its_grid(kind: str, initials: str) -> None:
    scene, thin = mark(kind, initials, INKS)
    assert 0 < thin < 12
    for shape in scene.shapes:
        half = shape.thick / 2 if shape.stroke else 0
        if shape.kind == "path":
            for letter, c in shape.commands:
                if letter != "Z":
                    assert all(value - half >= -0.01 and value + half <= SIDE + 0.01 for value in c[-2:]), kind
        elif shape.kind == "circle":
            x, y, r = shape.at
            assert min(x, y) - r >= -0.01 and max(x, y) + r <= SIDE + 0.01


def test_arcs_and_quarter_discs_are_round() -> None:
    """Middles of the cubics lie on the circle to a thousandth of the radius."""
    for commands, centre in ((arc(0, 0, 100, 0, 360), (0, 0)), (quarter(0, 0, 100, 3), (0, 0))):
        here = (0.0, 0.0)
        for letter, c in commands:
            if letter == "C":
                x = (here[0] + 3 * c[0] + 3 * c[2] + c[4]) / 8
                y = (here[1] + 3 * c[1] + 3 * c[3] + c[5]) / 8
                assert math.hypot(x - centre[0], y - centre[1]) == pytest.approx(100, rel=1e-3)
            here = (c[-2], c[-1]) if c else here


def test_letters_are_as_wide_as_the_font_says() -> None:
    """DejaVu Sans: advance of H 1540, e 1260, l 569, o 1253 of 2048 units an em (its hmtx table)."""
    assert width_of("Hello", 2048) == pytest.approx(1540 + 1260 + 2 * 569 + 1253, abs=4)
    assert outline_of("l", True).bottom == pytest.approx(0, abs=1)


def test_naive_cmyk_of_the_primaries() -> None:
    assert naive_cmyk("#FF0000") == (0, 1, 1, 0)
    assert naive_cmyk("#000000") == (0, 0, 0, 1)


@pytest.mark.parametrize("initials", ["", "ABCD", "A B", "漢", "<a>"])
def test_what_are_no_initials_is_refused(initials: str) -> None:
    with pytest.raises(InvalidInput, match="are not 1 to 3 letters or digits") as caught:
        build_logo_concepts(initials, "#000")
    assert caught.value.field == "initials"


def test_a_transparent_colour_and_an_empty_choice_are_refused() -> None:
    with pytest.raises(InvalidInput, match="partly transparent"):
        build_logo_concepts("A", "#00000080")
    with pytest.raises(InvalidInput, match="concepts is empty"):
        build_logo_concepts("A", "#000", concepts=[])


def test_a_pale_mark_is_warned_of() -> None:
    found = build_logo_concepts("A", "#EEEEEE", accent="#DDDDDD")
    assert not any(each.visible for each in found.concepts)
    assert sum("below 3:1" in text for text in found.warnings) == 2
