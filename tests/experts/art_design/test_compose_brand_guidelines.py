"""What the book has and lacks, and contrast of every colour on every surface."""

from decimal import Decimal

import pytest

from experts.art_design.tools.compose_brand_guidelines import compose_brand_guidelines
from experts.core.errors import InvalidInput

FULL = {
    "initials": "TK",
    "logo": "ring",
    "purpose": "To make tea from the sea.",
    "typefaces": {"body": "Inter"},
    "spacing_px": [8, 16],
    "voice": ["plain"],
    "imagery": ["daylight"],
    "do": ["leave room"],
    "dont": ["tilt"],
}


def test_a_complete_book_lacks_nothing() -> None:
    found = compose_brand_guidelines("Tidewater", {"ink": "#000000", "paper": "#FFFFFF"}, **FULL)  # type: ignore[arg-type]
    assert (found.missing, found.page_count) == ([], 10)
    assert [(use.color, use.surface, use.ratio, use.use) for use in found.uses] == [("ink", "paper", 21, "text")]


@pytest.mark.parametrize(
    ("absent", "part"),
    [("initials", "Mark"), ("logo", "Mark"), ("voice", "Voice"), ("dont", "Do and don't"), ("purpose", "Purpose")],
)
def test_a_part_that_is_not_given_is_listed_as_missing(absent: str, part: str) -> None:
    given = {key: value for key, value in FULL.items() if key != absent}
    found = compose_brand_guidelines("Tidewater", {"ink": "#000"}, **given)  # type: ignore[arg-type]
    assert found.missing == [part]
    assert part not in found.pages
    assert any(part in text for text in found.warnings)


def test_colours_may_carry_what_their_contrast_allows() -> None:
    """WebAIM's greys on white: #767676 4.54, #777777 4.48, #949494 3.03, #959595 2.99."""
    greys = {"a": "#767676", "b": "#777777", "c": "#949494", "d": "#959595"}
    uses = compose_brand_guidelines("Grey", greys).uses
    assert [use.use for use in uses] == ["text", "large text", "large text", "decoration"]
    assert uses[0].ratio.quantize(Decimal("0.01")) == Decimal("4.54")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"brand": " "}, "brand"),
        ({"colors": {}}, "colors"),
        ({"colors": {"a": "blu"}}, "colors.a"),
        ({"initials": "ABCD"}, "initials"),
        ({"spacing_px": [0]}, "spacing_px"),
    ],
)
def test_what_makes_no_book_is_refused(given: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        compose_brand_guidelines(**{"brand": "B", "colors": {"a": "#000"}, **given})  # type: ignore[arg-type]
    assert caught.value.field == field
