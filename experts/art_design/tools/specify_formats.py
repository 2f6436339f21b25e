"""Production specifications of the formats that a campaign needs.

A print size is read from the brief's words: an ISO 216 name (A6) or "105 x 148 mm", with
"landscape" or "portrait", and bleed and dpi where stated; else 3 mm and 300 dpi, the
trade's usual values. Pixels are millimetres / 25.4 x dpi of the size with bleed, rounded
up. `total_count` adds the pieces of all formats.

Raises InvalidInput for sizes, bleeds and resolutions that no press prints, and more than 500 formats.
"""

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from experts.art_design.tools._print_size import (
    Trim,
    bleed_of,
    pixels,
    resolution_of,
    says_more,
    trims_of,
    uses_trade_values,
)
from experts.core.contract import Key, Model, Text
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, plain
from experts.core.tables import load_table

MOST_FORMATS = 500

FormatKind = Literal["landing_page", "social_image", "film", "audio_script", "print", "email", "other"]

_TABLES = Path(__file__).parents[1] / "tables"


class FormatRequest(Model):
    """A format to be made: its kind, how many pieces, and what its label and the brief say of size or length."""

    kind: FormatKind
    label: Text | None = None
    count: Count = 1
    spec: Text | None = None


class PrintSize(Model):
    """Sizes in millimetres and pixels. The artwork is the trimmed size with the bleed added on every side."""

    trim_width_mm: Ratio
    trim_height_mm: Ratio
    bleed_mm: Ratio
    artwork_width_mm: Ratio
    artwork_height_mm: Ratio
    resolution_dpi: Count
    pixel_width: Count
    pixel_height: Count


class FormatSpec(Model):
    """How a format is produced: `spec` in words, `open` what is still to be stated, `print` sizes if it is printed."""

    kind_name: str
    count: Count
    spec: str
    print: PrintSize | None = None
    accessibility: str
    open: list[str]


class FormatSpecs(Model):
    formats: dict[Key, FormatSpec]
    format_count: Count
    total_count: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def specify_formats(
    formats: Annotated[
        dict[Key, FormatRequest], Field(description="formats by id: kind, pieces, what the brief says of them")
    ],
) -> FormatSpecs:
    """Specify formats for production: print sizes in millimetres and pixels, accessibility, open points.

    Use when a list of deliverables is handed to designers or suppliers. It does not know the
    sizes that networks and ad platforms ask for, because they change too often; it names
    them as open points until the brief states them.
    """
    if len(formats) > MOST_FORMATS:
        raise InvalidInput(
            f"{len(formats)} formats are more than {MOST_FORMATS}; specify them in parts", field="formats"
        )
    made = {key: _specify(key, request) for key, request in formats.items()}
    printed = {key: _words(formats[key]) for key in made if made[key].print is not None}
    return FormatSpecs(
        formats=made,
        format_count=len(made),
        total_count=sum(request.count for request in formats.values()),
        method=(
            "Print: ISO 216:2007 trimmed sizes, bleed added on every side, pixels = mm / 25.4 x dpi rounded up. "
            "Accessibility: WCAG 2.2 level AA. Other sizes: as the brief states them."
        ),
        assumptions=(
            [
                "Where the brief is silent, print has 3 mm bleed and 300 dpi, the trade's usual values; the printer's "
                "own guide comes first."
            ]
            if any(uses_trade_values(words) for words in printed.values())
            else []
        ),
        warnings=[
            f"{key}: print artwork cannot be set up, because the brief does not state {made[key].open[0]}."
            for key, request in formats.items()
            if request.kind == "print" and made[key].print is None
        ],
    )


def _words(request: FormatRequest) -> str:
    return "; ".join(text.strip() for text in (request.label, request.spec) if text and text.strip())


def _specify(key: str, request: FormatRequest) -> FormatSpec:
    values = load_table(_TABLES / "format_requirements.toml").current()[request.kind]
    words, said = _words(request), (request.spec or "").strip()
    points = [
        each["point"]
        for each in values["points"]
        if not (re.search(each["stated"], words, re.IGNORECASE) if "stated" in each else said)
    ]
    size: PrintSize | None = None
    if request.kind == "print":
        trims = trims_of(words, load_table(_TABLES / "iso_216.toml").current(), f"formats.{key}.spec")
        if len(trims) == 1:
            size = _print_size(trims[0], words, f"formats.{key}.spec")
        else:
            points.insert(0, "which of the sizes is the trimmed one" if trims else "the trimmed size")
    if size is None:
        spec = said or f"Not specified yet. To state: {_listed(points)}." if points or said else "As its name says."
    else:
        spec = _in_words(size, trims[0].name)
        if said and says_more(said):
            spec += f" As briefed: {said}"
    return FormatSpec(
        kind_name=values["name"],
        count=request.count,
        spec=spec,
        print=size,
        accessibility=values["accessibility"],
        open=points,
    )


def _print_size(trim: Trim, words: str, field: str) -> PrintSize:
    usual = load_table(_TABLES / "print_production.toml").current()
    bleed = bleed_of(words, usual["bleed_mm"], field)
    resolution = resolution_of(words, usual["resolution_dpi"], field)
    width, height = trim.width + 2 * bleed, trim.height + 2 * bleed
    return PrintSize(
        trim_width_mm=trim.width,
        trim_height_mm=trim.height,
        bleed_mm=bleed,
        artwork_width_mm=width,
        artwork_height_mm=height,
        resolution_dpi=resolution,
        pixel_width=pixels(width, resolution),
        pixel_height=pixels(height, resolution),
    )


def _in_words(size: PrintSize, name: str | None) -> str:
    def by(width: Decimal, height: Decimal) -> str:
        return f"{plain(width)} \u00d7 {plain(height)} mm"

    turned = "landscape" if size.trim_width_mm > size.trim_height_mm else "portrait"
    if size.trim_width_mm == size.trim_height_mm:
        turned = "square"
    return (
        f"{f'{name} ' if name else ''}{turned}, {by(size.trim_width_mm, size.trim_height_mm)} trimmed; artwork "
        f"{by(size.artwork_width_mm, size.artwork_height_mm)} with {plain(size.bleed_mm)} mm bleed on every side; "
        f"pictures at {size.resolution_dpi} dpi, {size.pixel_width} \u00d7 {size.pixel_height} pixels in all."
    )


def _listed(points: list[str]) -> str:
    return points[0] if len(points) == 1 else f"{', '.join(points[:-1])}; {points[-1]}"
