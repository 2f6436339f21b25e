"""Print sizes as people write them: "A6, print", "105 x 148 mm, landscape, 5 mm bleed"."""

import re
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from experts.core.errors import InvalidInput
from experts.core.quantities import plain

MM_PER_INCH = Decimal("25.4")
SMALLEST_MM, LARGEST_MM = Decimal(5), Decimal(5000)
MOST_BLEED_MM, MOST_DPI = Decimal(50), 2400

_NUMBER = r"(\d{1,5}(?:\.\d{1,3})?)"
_NAMED = re.compile(r"\b([AB](?:10|[0-9]))\b(?![.\d])", re.IGNORECASE)
# ANSI/ASME Y14.1 sizes A (letter) and B (tabloid), and legal; the country is asked for, because a letter is also a text.
_US = {"letter": ("215.9", "279.4"), "legal": ("215.9", "355.6"), "tabloid": ("279.4", "431.8")}
_US_NAMED = re.compile(r"\bU\.?S\.?[\s-]+(letter|legal|tabloid)\b", re.IGNORECASE)
_SIZE = re.compile(
    rf"{_NUMBER}\s*(mm|cm|in|inch|inches)?\s*(?:x|×|by)\s*{_NUMBER}\s*(mm|cm|in|inch|inches)\b", re.IGNORECASE
)
_BLEED = re.compile(rf"{_NUMBER}\s*mm\s+(?:of\s+)?bleed|bleed\s*(?:of|:)?\s*{_NUMBER}\s*mm", re.IGNORECASE)
_DPI = re.compile(r"(\d{1,5})\s*(?:dpi|ppi)\b", re.IGNORECASE)
_TURN = re.compile(r"\b(?:landscape|portrait|print|printed|trimmed)\b", re.IGNORECASE)
_PER_UNIT = {"mm": Decimal(1), "cm": Decimal(10)}


class Trim(NamedTuple):
    """A trimmed size in millimetres, and its name (ISO 216 or US) if it has one."""

    width: Decimal
    height: Decimal
    name: str | None


def trims_of(spec: str, sizes: dict[str, list[int]], field: str) -> list[Trim]:
    """The trimmed sizes that `spec` names, each once, turned as it says. More than one: it does not say which is meant.

    Raises InvalidInput for a size that no press prints.
    """
    found = []
    for match in _NAMED.finditer(spec):
        width, height = sizes[match.group(1).upper()]
        found.append(Trim(Decimal(width), Decimal(height), match.group(1).upper()))
    for match in _US_NAMED.finditer(spec):
        wide, high = _US[match.group(1).lower()]
        found.append(Trim(Decimal(wide), Decimal(high), f"US {match.group(1).lower()}"))
    for width_text, first_unit, height_text, unit in _SIZE.findall(spec):
        trim = Trim(_millimetres(width_text, first_unit or unit), _millimetres(height_text, unit), None)
        if not all(SMALLEST_MM <= side <= LARGEST_MM for side in trim[:2]):
            raise InvalidInput(
                f"{spec!r} is {plain(trim.width)} by {plain(trim.height)} mm; a printed piece has sides of "
                f"{SMALLEST_MM} to {LARGEST_MM} mm",
                field=field,
                seen=spec,
            )
        same = [named for named in found if named.name and sorted(named[:2]) == sorted(trim[:2])]
        found = [other for other in found if other not in same]
        found.append(trim._replace(name=same[0].name if same else None))
    return sorted({_turned(trim, spec) for trim in found})


def _turned(trim: Trim, spec: str) -> Trim:
    short, long = sorted(trim[:2])
    if re.search(r"\blandscape\b", spec, re.IGNORECASE):
        return Trim(long, short, trim.name)
    return Trim(short, long, trim.name) if re.search(r"\bportrait\b", spec, re.IGNORECASE) else trim


def bleed_of(spec: str, usual: str, field: str) -> Decimal:
    """The bleed in millimetres that `spec` states, else the usual one."""
    found = _BLEED.search(spec)
    bleed = Decimal(found.group(1) or found.group(2)) if found else Decimal(usual)
    if bleed > MOST_BLEED_MM:
        raise InvalidInput(
            f"a bleed of {plain(bleed)} mm is more than {MOST_BLEED_MM} mm; most printers ask for {usual} mm",
            field=field,
            seen=spec,
        )
    return bleed


def resolution_of(spec: str, usual: int, field: str) -> int:
    """The resolution in dots per inch that `spec` states, else the usual one."""
    found = _DPI.search(spec)
    resolution = int(found.group(1)) if found else usual
    if not 1 <= resolution <= MOST_DPI:
        raise InvalidInput(
            f"a resolution of {resolution} dpi is not between 1 and {MOST_DPI}; most printers ask for {usual} dpi",
            field=field,
            seen=spec,
        )
    return resolution


def uses_trade_values(spec: str) -> bool:
    """Whether bleed or resolution is not stated and so the trade's usual value."""
    return not (_BLEED.search(spec) and _DPI.search(spec))


def says_more(spec: str) -> bool:
    """Whether `spec` says anything besides size, turn, bleed and resolution."""
    for pattern in (_BLEED, _DPI, _SIZE, _NAMED, _US_NAMED, _TURN):
        spec = pattern.sub(" ", spec)
    return any(character.isalnum() for character in spec)


def pixels(millimetres: Decimal, resolution: int) -> int:
    """Pixels that cover a length at `resolution` dots per inch or more: mm / 25.4 x dpi, rounded up."""
    return int((millimetres * resolution / MM_PER_INCH).to_integral_value(ROUND_CEILING))


def _millimetres(number: str, unit: str) -> Decimal:
    return Decimal(number) * _PER_UNIT.get(unit.lower(), MM_PER_INCH)
