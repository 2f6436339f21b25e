"""A brand book from the parts that exist, with the missing ones named.

Parts: purpose, mark, colours, colour pairs, typography, spacing, voice, imagery, do and don't. Colour pairs are every
text colour on every surface colour with its WCAG 2.2 ratio; 4.5:1 for text, 3:1 for large text. Surfaces are colours
of OKLCH lightness from 0.9 up (white if there is none); naive CMYK is a start for a printer's proof.

Limits: the book records decisions; it takes none. Typefaces need licences for each use.
"""

from typing import Annotated, Literal

from pydantic import Field

from experts.art_design.tools._color import Rgb, contrast, floor4, read_opaque
from experts.art_design.tools._letters import has_letter
from experts.art_design.tools._marks import CONCEPTS
from experts.art_design.tools._perceptual import oklab
from experts.art_design.tools.build_logo_concepts import LogoKind
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio

MOST_COLORS = 12
_Line = Annotated[str, Field(max_length=200)]


class ColorUse(Model):
    """A colour on a surface: its ratio cut to 4 places, and what it may carry."""

    color: Key
    surface: str
    ratio: Ratio
    use: Literal["text", "large text", "decoration"]


class BrandGuidelines(Model):
    """What the book has, what it lacks, and which colours may carry text."""

    brand: str
    pages: list[str]
    page_count: Count
    missing: list[str]
    colors: dict[Key, str]
    uses: list[ColorUse]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def compose_brand_guidelines(
    brand: Annotated[str, Field(max_length=40)],
    colors: Annotated[dict[Key, str], Field(description="by role or name; the first is the main colour")],
    initials: Annotated[str, Field(max_length=20, description="of the mark, 1-3")] = "",
    logo: Annotated[LogoKind | None, Field(description="chosen concept")] = None,
    purpose: Annotated[str, Field(max_length=300)] = "",
    typefaces: Annotated[dict[Key, _Line] | None, Field(description="family by role")] = None,
    spacing_px: Annotated[list[Count] | None, Field(max_length=12)] = None,
    voice: Annotated[list[_Line] | None, Field(max_length=6)] = None,
    imagery: Annotated[list[_Line] | None, Field(max_length=6)] = None,
    do: Annotated[list[_Line] | None, Field(max_length=6)] = None,
    dont: Annotated[list[_Line] | None, Field(max_length=6)] = None,
) -> BrandGuidelines:
    """Compose a brand book from mark, colours, type, voice and rules; make_document gives pptx and pdf.

    Use when the parts are decided. Missing parts are listed.
    It does not decide or judge a brand.
    """
    name = " ".join(brand.split())
    if not name:
        raise InvalidInput("brand is empty; give its name", field="brand")
    if not 1 <= len(colors) <= MOST_COLORS:
        raise InvalidInput(f"colors has {len(colors)} entries; give from 1 to {MOST_COLORS}", field="colors")
    letters = initials.strip()
    if letters and not (len(letters) <= 3 and letters.isalnum() and all(has_letter(one, True) for one in letters)):
        raise InvalidInput(f"initials {initials!r} are not 1 to 3 letters or digits; correct them", field="initials")
    if spacing_px and not all(1 <= step <= 400 for step in spacing_px):
        raise InvalidInput("spacing_px has a step outside 1 to 400; correct it", field="spacing_px")
    if len(typefaces or {}) > 4:
        raise InvalidInput("typefaces has more than 4 roles; a brand needs few", field="typefaces")
    read = {key: read_opaque(text, f"colors.{key}") for key, text in colors.items()}
    parts = {
        "Purpose": bool(purpose.strip()),
        "Mark": bool(letters and logo),
        "Colours": True,
        "Colour pairs": True,
        "Typography": bool(typefaces),
        "Spacing": bool(spacing_px),
        "Voice": bool(voice),
        "Imagery": bool(imagery),
        "Do and don't": bool(do and dont),
    }
    missing = [part for part, there in parts.items() if not there]
    pages = ["Cover", *(part for part, there in parts.items() if there)]
    uses = _uses(read)
    warnings = []
    if missing:
        warnings.append(f"the book lacks: {', '.join(missing)}")
    if not any(use.use == "text" for use in uses):
        warnings.append("no colour reaches 4.5:1 on any surface, so none may carry text; add a darker one")
    if typefaces:
        warnings.append("check that each typeface is licensed for print, web, apps and logos as used")
    return BrandGuidelines(
        brand=name,
        pages=pages,
        page_count=len(pages),
        missing=missing,
        colors={key: rgb.hex for key, rgb in read.items()},
        uses=uses,
        method=f"parts given become pages; colour pairs by WCAG 2.2; mark one of {len(CONCEPTS)} grid concepts",
        assumptions=["CMYK values in the book are arithmetic without an ICC profile"],
        warnings=warnings,
    )


def _uses(colors: dict[str, Rgb]) -> list[ColorUse]:
    surfaces = {key: rgb for key, rgb in colors.items() if oklab(rgb).light >= 0.9} or {"white": Rgb(255, 255, 255)}
    found = []
    for surface, paper in surfaces.items():
        for key, ink in colors.items():
            if key in surfaces:
                continue
            ratio = contrast(ink, paper)
            use: Literal["text", "large text", "decoration"] = "decoration"
            if ratio >= 3:
                use = "text" if ratio * 2 >= 9 else "large text"
            found.append(ColorUse(color=key, surface=surface, ratio=floor4(ratio), use=use))
    return found
