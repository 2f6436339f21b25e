"""Logo concepts from initials on a construction grid, with what can be checked of them.

Construction: marks of 24 x 24 units from discs, squares, arcs and letter outlines (DejaVu Sans Bold, so the drawing
needs no font). Clear space: a quarter of the mark's height on every side. Smallest size: the thinnest part still has
1 pixel on screens and 0.25 mm in print, and never below 16 px or 5 mm. Contrast: WCAG 2.2 ratio; a logotype has no
requirement (1.4.3), so 3:1 (1.4.11) is only a mark of what most people can make out.

Limits: nothing here says whether a mark is good, fits the brand or is free to use. Similar names are found by
Jaro-Winkler similarity of their letters, a first screen and no trademark search. An outline of a typeface
is licensed like the typeface: DejaVu may be used so (Bitstream Vera licence; embedding bits 0); yours has to be read.
"""

from decimal import ROUND_CEILING, Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.art_design.tools._color import contrast, floor4, read_opaque
from experts.art_design.tools._letters import embedding_bits, has_letter
from experts.art_design.tools._marks import CONCEPTS, UNITS, Inks, mark
from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, round_to

LogoKind = Literal["roundel", "tile", "ring", "hexagon", "quarters", "arches", "monogram", "leaf"]
SIMILAR = Decimal("0.85")
_PRINTABLE_MM = Decimal("0.25")
MOST_NAMES = 200


class LogoConcept(Model):
    """A concept and what is checkable: contrasts cut to 4 places, thinnest part in grid units, smallest sizes."""

    kind: LogoKind
    idea: str
    contrast: Ratio
    accent_contrast: Ratio
    visible: bool
    thinnest_units: Ratio
    smallest_px: Count
    smallest_mm: Ratio


class SimilarName(Model):
    """A known name that reads alike, 0 to 1."""

    name: str
    similarity: Ratio


class LogoConcepts(Model):
    """Concepts in no order of merit; clear space in units of the 24-unit grid."""

    initials: str
    concepts: list[LogoConcept]
    grid_units: Count
    clear_space_units: Count
    similar_names: list[SimilarName] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_logo_concepts(
    initials: Annotated[str, Field(max_length=20, description="1-3 letters or digits")],
    color: str,
    accent: str | None = None,
    background: str = "#FFFFFF",
    name: Annotated[str, Field(max_length=60, description="set beside the mark")] = "",
    concepts: Annotated[list[LogoKind] | None, Field(description="default: all eight")] = None,
    known_names: Annotated[list[str] | None, Field(description="existing marks to compare the name with")] = None,
) -> LogoConcepts:
    """Build geometric logo concepts from initials on a grid, with clear space, smallest size and contrast.

    Use when a brand needs directions for a mark; make_document draws mono and reversed versions.
    It does not judge taste or clear a trademark; a person chooses.
    """
    text = initials.strip()
    if not 1 <= len(text) <= 3 or not text.isalnum() or not all(has_letter(letter, True) for letter in text):
        raise InvalidInput(
            f"initials {initials!r} are not 1 to 3 letters or digits that DejaVu Sans has; give for example 'TK'",
            field="initials",
        )
    chosen = list(dict.fromkeys(concepts)) if concepts is not None else list(CONCEPTS)
    if not chosen:
        raise InvalidInput(f"concepts is empty; leave it out or choose from {', '.join(CONCEPTS)}", field="concepts")
    if len(known_names or []) > MOST_NAMES:
        raise InvalidInput(f"known_names has more than {MOST_NAMES} names; compare in parts", field="known_names")
    ink, paper = read_opaque(color, "color"), read_opaque(background, "background")
    second = read_opaque(accent, "accent") if accent else ink
    plain_ratio, accent_ratio = contrast(ink, paper), contrast(second, paper)
    made = []
    for kind in chosen:
        _, thin = mark(kind, text, Inks(ink.hex, second.hex, second.hex, paper.hex))
        units = round_to(Decimal(f"{thin:.6f}"), 2)
        made.append(
            LogoConcept.model_validate(
                {
                    "kind": kind,
                    "idea": CONCEPTS[kind].idea,
                    "contrast": floor4(plain_ratio),
                    "accent_contrast": floor4(accent_ratio),
                    "visible": min(plain_ratio, accent_ratio) >= 3,
                    "thinnest_units": units,
                    "smallest_px": max(16, int((UNITS / units).to_integral_value(ROUND_CEILING))),
                    "smallest_mm": max(
                        Decimal(5), (UNITS * _PRINTABLE_MM / units * 2).to_integral_value(ROUND_CEILING) / 2
                    ),
                }
            )
        )
    warnings = ["not a trademark search: have the chosen mark and name cleared in every country and class of use"]
    if plain_ratio < 3:
        warnings.append(f"{ink.hex} on {paper.hex} is below 3:1, so many people will hardly see the mark")
    if accent and accent_ratio < 3:
        warnings.append(f"the accent {second.hex} on {paper.hex} is below 3:1; let no part that matters depend on it")
    if embedding_bits() != 0:
        warnings.append("the outline font restricts embedding; read its licence before use")
    similar = _similar(name.strip(), known_names or [])
    if similar:
        warnings.append(f"{name.strip()!r} reads like {similar[0].name!r}; ask a trademark lawyer first")
    return LogoConcepts(
        initials=text,
        concepts=made,
        grid_units=UNITS,
        clear_space_units=UNITS // 4,
        similar_names=similar,
        method="24-unit grid; clear space 1/4 of the height; thinnest part at least 1 px and 0.25 mm; WCAG 2.2 contrast",
        assumptions=[
            "letters are outlines of DejaVu Sans Bold (Bitstream Vera licence, embedding allowed); a typeface of your "
            "own needs a licence for logos",
            "concepts stand in no order of merit; which one is right is a person's choice",
            "the thinnest part of a letter is taken as 0.15 em, the horizontals of DejaVu Sans Bold",
        ],
        warnings=warnings,
    )


def _similar(name: str, known: list[str]) -> list[SimilarName]:
    if not name:
        return []
    from rapidfuzz.distance import JaroWinkler

    found = []
    for other in known:
        score = JaroWinkler.similarity(name.casefold(), other.strip().casefold()[:200])
        found.append(SimilarName(name=other, similarity=round_to(Decimal(f"{score:.9f}"), 3)))
    found = [each for each in found if each.similarity >= SIMILAR]
    return sorted(found, key=lambda each: (-each.similarity, each.name))
