"""Line length, line height and room for the user's own text spacing.

WCAG 2.2, 1.4.12 Text Spacing (AA): nothing is lost when the user sets line height to 1.5, space after paragraphs to
2, letter spacing to 0.12 and word spacing to 0.16 times the font size. It asks that the layout survives this, not
that the author sets it. 1.4.8 Visual Presentation (AAA): at most 80 characters a line (40 in Chinese, Japanese,
Korean), line height at least 1.5, paragraph spacing at least 1.5 times the line spacing, not justified. Line length
for comfort: 45 to 75 characters (Bringhurst, The Elements of Typographic Style, 2.1.2).

Limits: characters a line are estimated from the mean advance of a character (0.5 em unless measured; it depends on
the font). The growth of a text box is an estimate for prose; test the real page with the spacing set.
"""

from decimal import ROUND_CEILING, Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.art_design.tools._color import EXACT
from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, plain, round_to

LETTERS_PER_WORD = Decimal(6)  # five letters and a space, the usual "standard word"


class TypographyReport(Model):
    """`spacing_px` are the values to test 1.4.12 with; `box_fits` says whether a fixed box still holds its text then."""

    characters_per_line: Ratio
    comfortable_length: bool
    length_aaa: bool
    line_height_aaa: bool
    paragraph_aaa: bool
    spacing_px: dict[str, Ratio]
    box_lines: Count | None = None
    box_needs_px: Ratio | None = None
    box_fits: bool | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def check_typography(
    font_px: Ratio,
    column_px: Annotated[Ratio, Field(description="width of a line")],
    line_height: Annotated[Ratio, Field(description="multiple of font size")] = Decimal("1.5"),
    paragraph_space: Annotated[Ratio, Field(description="multiple of line height")] = Decimal("1.5"),
    character_em: Annotated[Ratio, Field(description="mean advance of a character in em")] = Decimal("0.5"),
    cjk: bool = False,
    box_characters: Annotated[Count | None, Field(description="characters in a box of fixed height")] = None,
    box_height_px: Ratio | None = None,
) -> TypographyReport:
    """Check line length, line height and whether text has room for the user's spacing (WCAG 1.4.12, 1.4.8).

    Use when body text or a text box of fixed height is set.
    It does not measure a font's glyphs or render the page.
    """
    for name, value, least, most in (
        ("font_px", font_px, Decimal(1), Decimal(500)),
        ("column_px", column_px, Decimal(1), Decimal(20_000)),
        ("line_height", line_height, Decimal("0.5"), Decimal(5)),
        ("paragraph_space", paragraph_space, Decimal(0), Decimal(10)),
        ("character_em", character_em, Decimal("0.1"), Decimal(2)),
    ):
        if not least <= value <= most:
            raise InvalidInput(
                f"{name} {plain(value)!r} is not between {plain(least)} and {plain(most)}; correct it", field=name
            )
    if (box_characters is None) != (box_height_px is None):
        missing = "box_height_px" if box_height_px is None else "box_characters"
        raise InvalidInput(f"{missing} is not given; a box needs its characters and its height", field=missing)
    with localcontext(EXACT):
        length = column_px / (font_px * character_em)
        most_characters = 40 if cjk else 80
        lines = needs = None
        if box_characters is not None and box_height_px is not None:
            if not 1 <= box_characters <= 1_000_000:
                raise InvalidInput(
                    f"box_characters {box_characters!r} is not between 1 and 1000000; correct it",
                    field="box_characters",
                )
            if not 0 < box_height_px <= 100_000:
                raise InvalidInput(
                    f"box_height_px {plain(box_height_px)!r} is not above 0 and at most 100000; correct it",
                    field="box_height_px",
                )
            # A word space widens once a word; scripts without spaces have none.
            spaced = character_em + Decimal("0.12") + (0 if cjk else Decimal("0.16") / LETTERS_PER_WORD)
            width = box_characters * font_px * spaced
            lines = int((width / column_px).to_integral_value(ROUND_CEILING))
            needs = lines * font_px * max(line_height, Decimal("1.5"))
    warnings = []
    comfortable = cjk or 45 <= length <= 75
    if not comfortable:
        warnings.append(
            f"about {plain(round_to(length, 0))} characters a line, outside 45 to 75; "
            + ("narrow the column" if length > 75 else "widen the column")
        )
    fits = None if needs is None or box_height_px is None else needs <= box_height_px
    if fits is False:
        warnings.append("the box is too low for its text at the user's spacing (1.4.12); let its height grow")
    return TypographyReport(
        characters_per_line=round_to(length, 1),
        comfortable_length=comfortable,
        length_aaa=length <= most_characters,
        line_height_aaa=line_height >= Decimal("1.5"),
        paragraph_aaa=paragraph_space >= Decimal("1.5"),
        spacing_px={
            "line_height": round_to(font_px * Decimal("1.5"), 2),
            "paragraph": round_to(font_px * 2, 2),
            "letter": round_to(font_px * Decimal("0.12"), 2),
            "word": round_to(font_px * Decimal("0.16"), 2),
        },
        box_lines=lines,
        box_needs_px=None if needs is None else round_to(needs, 2),
        box_fits=fits,
        method="WCAG 2.2, 1.4.12 and 1.4.8; characters a line = width / (font size x mean advance)",
        assumptions=[f"a character is {plain(character_em)} em wide on average", "text is not justified"],
        warnings=warnings,
    )
