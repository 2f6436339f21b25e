"""Production specifications: ISO 216 sizes and the arithmetic of bleed and pixels."""

from decimal import Decimal
from pathlib import Path

import pytest

import experts.art_design
from experts.art_design.tools.specify_formats import FormatRequest, FormatSpec, FormatSpecs, PrintSize, specify_formats
from experts.core.errors import InvalidInput
from experts.core.tables import load_table

TABLES = Path(experts.art_design.__file__).parent / "tables"


def _print(spec: str, label: str | None = None) -> FormatSpec:
    return specify_formats({"card": FormatRequest(kind="print", spec=spec, label=label)}).formats["card"]


def _size(spec: str) -> PrintSize:
    found = _print(spec).print
    assert found is not None
    return found


def test_an_a6_card_has_the_sizes_of_iso_216_with_bleed_and_pixels() -> None:
    """With 3 mm on every side 111 x 154 mm; 111 / 25.4 x 300 = 1311.02 and 154 / 25.4 x 300 = 1818.9, rounded up."""
    size = _size("A6, print")
    assert (size.trim_width_mm, size.trim_height_mm) == (Decimal(105), Decimal(148))
    assert (size.artwork_width_mm, size.artwork_height_mm) == (Decimal(111), Decimal(154))
    assert (size.pixel_width, size.pixel_height) == (1312, 1819)
    assert _print("A6, print").spec == (
        "A6 portrait, 105 \u00d7 148 mm trimmed; artwork 111 \u00d7 154 mm with 3 mm bleed on every side; "
        "pictures at 300 dpi, 1312 \u00d7 1819 pixels in all."
    )


def test_the_a_and_b_series_halve_as_iso_216_says() -> None:
    """Each size is the next larger one cut in half across its longer side, rounded down to a millimetre."""
    sizes = load_table(TABLES / "iso_216.toml").current()
    assert (sizes["A0"], sizes["B0"]) == ([841, 1189], [1000, 1414])
    for series in "AB":
        for number in range(10):
            width, height = sizes[f"{series}{number}"]
            assert sizes[f"{series}{number + 1}"] == [height // 2, width]


@pytest.mark.parametrize(
    ("spec", "width", "height", "bleed", "dpi"),
    [
        ("A6 landscape", "148", "105", "3", 300),
        ("148 x 105 mm A6", "148", "105", "3", 300),
        ("4 x 6 in, portrait, 5 mm bleed, 600 dpi", "101.6", "152.4", "5", 600),
        ("21 x 29.7 cm, bleed: 2 mm", "210", "297", "2", 300),
        ("A4-sized poster at 150 ppi, bleed of 0 mm", "210", "297", "0", 150),
    ],
)
def test_sizes_are_read_from_the_briefs_words(spec: str, width: str, height: str, bleed: str, dpi: int) -> None:
    size = _size(spec)
    assert (size.trim_width_mm, size.trim_height_mm) == (Decimal(width), Decimal(height))
    assert (size.bleed_mm, size.resolution_dpi) == (Decimal(bleed), dpi)


def test_the_label_counts_too_and_other_words_are_kept() -> None:
    assert _print("", "Sampling card (A6)").print is not None
    assert _print("A6, 350 gsm uncoated").spec.endswith("As briefed: A6, 350 gsm uncoated")
    assert _print("A6, 350 gsm uncoated").open == []


@pytest.mark.parametrize("spec", ["A5 folded to A6", "A4, A5"])
def test_two_sizes_are_an_open_point_not_a_guess(spec: str) -> None:
    found = specify_formats({"card": FormatRequest(kind="print", spec=spec)})
    assert found.formats["card"].print is None
    assert found.formats["card"].open[0] == "which of the sizes is the trimmed one"
    assert found.warnings


@pytest.mark.parametrize("spec", ["B2B leaflet", "A11", "on nice board", "16:9", "A/B test"])
def test_words_that_are_no_size_are_not_taken_for_one(spec: str) -> None:
    assert _print(spec).print is None
    assert _print(spec).open[0] == "the trimmed size"


def test_counts_add_up_and_unstated_points_are_named() -> None:
    specs = specify_formats(
        {
            "stills": FormatRequest(kind="social_image", count=6),
            "films": FormatRequest(kind="film", count=3, label="15-second films", spec="9:16 for Instagram"),
        }
    )
    assert (specs.total_count, specs.format_count) == (9, 2)
    assert specs.formats["films"].open == []
    assert specs.formats["films"].spec == "9:16 for Instagram"
    assert specs.formats["stills"].open == ["the network and placement", "the size in pixels"]
    assert specs.formats["stills"].spec == "Not specified yet. To state: the network and placement; the size in pixels."


def test_no_formats_are_no_pieces() -> None:
    specs = specify_formats({})
    assert isinstance(specs, FormatSpecs)
    assert (specs.total_count, specs.format_count) == (0, 0)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("1 x 1 mm", "1 by 1 mm; a printed piece has sides of 5 to 5000 mm"),
        ("90000 x 10 cm", "a printed piece has sides of 5 to 5000 mm"),
        ("A6, 90 mm bleed", "a bleed of 90 mm is more than 50 mm"),
        ("A6 at 9000 dpi", "a resolution of 9000 dpi is not between 1 and 2400"),
    ],
)
def test_what_no_press_prints_is_refused(spec: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message) as caught:
        _print(spec)
    assert caught.value.field == "formats.card.spec"


def test_more_than_500_formats_are_refused() -> None:
    with pytest.raises(InvalidInput, match="501 formats are more than 500"):
        specify_formats({f"f{i}": FormatRequest(kind="other") for i in range(501)})
