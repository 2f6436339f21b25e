"""The set-up of a printed piece: sizes, folds, pixels, resolution of pictures, total ink.

Sizes: ISO 216:2007 (reference table iso_216), "US letter", "US legal", "US tabloid" or "210 x 297 mm". Artwork is the trimmed size with the bleed on every
side; pixels = mm / 25.4 x dpi, rounded up. Effective resolution of a picture = its pixels / (its printed mm / 25.4);
below `dpi` is flagged. Folds: half gives two equal panels; letter (C) and gate folds have panels that tuck in and are
shorter by `tuck_mm`; z gives three equal ones. Total ink = C + M + Y + K in percent against `ink_limit_pct`.

Limits: 3 mm, 5 mm, 300 dpi and 300% are usual values of the trade, no standard; the printer's own sheet comes first.
The PDF has page boxes, crop marks and CMYK values, but no output intent, so it is no PDF/X file.
"""

from decimal import Decimal, localcontext
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from experts.art_design.tools._color import EXACT
from experts.art_design.tools._print_size import MM_PER_INCH, pixels, trims_of
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, plain, round_to
from experts.core.tables import load_table

Fold = Literal["none", "half", "letter", "z", "gate"]
_TABLE = Path(__file__).parents[1] / "tables" / "iso_216.toml"
MOST_PARTS = 100


class PlacedPicture(Model):
    """A picture's pixels and its printed size in mm."""

    width_px: Count
    height_px: Count
    width_mm: Ratio
    height_mm: Ratio


class Ink(Model):
    """Percent of each ink, 0-100."""

    c: Ratio
    m: Ratio
    y: Ratio
    k: Ratio


class PictureResolution(Model):
    """A picture's effective resolution, whole ppi rounded down, and the pixels that would do."""

    ppi: Count
    enough: bool
    needed_width_px: Count
    needed_height_px: Count
    stretched: bool


class PrintLayout(Model):
    """Sizes in mm and px; `panels_mm` from left to right on the outside."""

    name: str
    trim_width_mm: Ratio
    trim_height_mm: Ratio
    bleed_mm: Ratio
    safe_mm: Ratio
    artwork_width_mm: Ratio
    artwork_height_mm: Ratio
    pixel_width: Count
    pixel_height: Count
    dpi: Count
    fold: Fold
    panels_mm: list[Ratio]
    pictures: dict[Key, PictureResolution] = {}
    total_ink_pct: dict[Key, Ratio] = {}
    method: str
    sources: list[str]
    assumptions: list[str] = []
    warnings: list[str] = []


def spec_print_layout(
    size: Annotated[str, Field(max_length=60, description="'A5', 'US letter landscape', '210 x 99 mm'")],
    fold: Fold = "none",
    bleed_mm: Ratio = Decimal(3),
    safe_mm: Ratio = Decimal(5),
    tuck_mm: Annotated[Ratio, Field(description="how much shorter a panel that tucks in is")] = Decimal(2),
    dpi: Count = 300,
    pictures: dict[Key, PlacedPicture] | None = None,
    inks: Annotated[dict[Key, Ink] | None, Field(description="CMYK percent by colour")] = None,
    ink_limit_pct: Ratio = Decimal(300),
) -> PrintLayout:
    """Set up a printed piece: trim, bleed, safe area, fold panels, pixels, picture resolution and total ink.

    Use when artwork is to be set up; make_document gives a CMYK PDF with crop marks and page boxes.
    It does not know your printer's sheet or make PDF/X.
    """
    table = load_table(_TABLE)
    trims = trims_of(size, table.current(), "size")
    if len(trims) != 1:
        raise InvalidInput(
            f"size {size!r} names {len(trims)} sizes; give one, such as 'A5', 'US letter' or '210 x 99 mm'",
            field="size",
        )
    for name, value, most in (
        ("bleed_mm", bleed_mm, 50),
        ("safe_mm", safe_mm, 50),
        ("tuck_mm", tuck_mm, 10),
        ("ink_limit_pct", ink_limit_pct, 400),
    ):
        if not 0 <= value <= most:
            raise InvalidInput(f"{name} {plain(value)!r} is not between 0 and {most}; correct it", field=name)
    if not 72 <= dpi <= 2400:
        raise InvalidInput(f"dpi {dpi!r} is not between 72 and 2400; 300 is usual", field="dpi")
    for name, parts in (("pictures", pictures), ("inks", inks)):
        if len(parts or {}) > MOST_PARTS:
            raise InvalidInput(f"{name} has more than {MOST_PARTS} entries; check in parts", field=name)
    trim = trims[0]
    if 2 * safe_mm >= min(trim.width, trim.height):
        raise InvalidInput(f"safe_mm {plain(safe_mm)!r} leaves no room on {size!r}; make it smaller", field="safe_mm")
    warnings: list[str] = []
    if bleed_mm < 3:
        warnings.append(f"a bleed of {plain(bleed_mm)} mm is below the 3 mm that most printers ask for")
    if dpi < 300:
        warnings.append(f"{dpi} dpi is below the 300 dpi that most printers ask for")
    checked = {key: _picture(key, picture, dpi, warnings) for key, picture in (pictures or {}).items()}
    totals = {key: _total(key, ink, ink_limit_pct, warnings) for key, ink in (inks or {}).items()}
    width, height = trim.width + 2 * bleed_mm, trim.height + 2 * bleed_mm
    return PrintLayout(
        name=trim.name or f"{plain(trim.width)} x {plain(trim.height)} mm",
        trim_width_mm=trim.width,
        trim_height_mm=trim.height,
        bleed_mm=bleed_mm,
        safe_mm=safe_mm,
        artwork_width_mm=width,
        artwork_height_mm=height,
        pixel_width=pixels(width, dpi),
        pixel_height=pixels(height, dpi),
        dpi=dpi,
        fold=fold,
        panels_mm=_panels(trim.width, fold, tuck_mm),
        pictures=checked,
        total_ink_pct=totals,
        method="artwork = trim + bleed on every side; px = mm / 25.4 x dpi rounded up; total ink = C + M + Y + K",
        sources=_sources(trim.name),
        assumptions=["the printer's own sheet comes before the usual values of the trade used here"],
        warnings=warnings,
    )


def _sources(name: str | None) -> list[str]:
    if name is None:
        return []
    return ["US paper sizes: ANSI/ASME Y14.1 (letter, tabloid)"] if name.startswith("US") else ["iso_216: ISO 216:2007"]


def _panels(width: Decimal, fold: Fold, tuck: Decimal) -> list[Decimal]:
    """Widths that add up to the sheet: the last place takes what rounding leaves."""
    with localcontext(EXACT):
        if fold == "half":
            parts = [width / 2]
        elif fold == "z":
            parts = [round_to(width / 3, 2)] * 2
        elif fold == "letter":  # the first panel tucks in
            full = round_to((width + tuck) / 3, 2)
            parts = [full - tuck, full]
        elif fold == "gate":  # two flaps that meet with a gap of `tuck`
            flap = round_to((width - tuck) / 4, 2)
            parts = [flap, width - 2 * flap]
        else:
            parts = []
        return [*parts, width - sum(parts, Decimal(0))]


def _picture(key: str, picture: PlacedPicture, dpi: int, warnings: list[str]) -> PictureResolution:
    where = f"pictures.{key}"
    for name, mm, px in (
        ("width", picture.width_mm, picture.width_px),
        ("height", picture.height_mm, picture.height_px),
    ):
        if not Decimal("0.1") <= mm <= 5000:
            raise InvalidInput(
                f"{where}.{name}_mm {plain(mm)!r} is not between 0.1 and 5000; correct it", field=f"{where}.{name}_mm"
            )
        if not 1 <= px <= 200_000:
            raise InvalidInput(
                f"{where}.{name}_px {px!r} is not between 1 and 200000; correct it", field=f"{where}.{name}_px"
            )
    with localcontext(EXACT):
        across = picture.width_px * MM_PER_INCH / picture.width_mm
        down = picture.height_px * MM_PER_INCH / picture.height_mm
    ppi = int(min(across, down))
    stretched = abs(across - down) > Decimal("0.02") * max(across, down)
    if min(across, down) < dpi:
        warnings.append(f"{key} prints at {ppi} ppi, below {dpi}; print it smaller or get a larger file")
    if stretched:
        warnings.append(f"{key} is stretched: {int(across)} ppi across, {int(down)} ppi down; keep its proportions")
    return PictureResolution(
        ppi=ppi,
        enough=min(across, down) >= dpi,
        needed_width_px=pixels(picture.width_mm, dpi),
        needed_height_px=pixels(picture.height_mm, dpi),
        stretched=stretched,
    )


def _total(key: str, ink: Ink, limit: Decimal, warnings: list[str]) -> Decimal:
    for name, share in (("c", ink.c), ("m", ink.m), ("y", ink.y), ("k", ink.k)):
        if not 0 <= share <= 100:
            raise InvalidInput(
                f"inks.{key}.{name} {plain(share)!r} is not between 0 and 100 percent; correct it",
                field=f"inks.{key}.{name}",
            )
    total = ink.c + ink.m + ink.y + ink.k
    if total > limit:
        warnings.append(f"{key} has {plain(total)}% ink, above {plain(limit)}%; use grey component replacement")
    return total
