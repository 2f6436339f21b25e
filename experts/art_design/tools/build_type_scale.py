"""Modular type scale, fixed or fluid.

Scale: size(step) = base x ratio^step, in CSS px (Bringhurst, The Elements of Typographic Style; T. Brown, More
Meaningful Typography, 2011). Fluid: each step runs on a straight line from its size at the narrow viewport to its
size at the wide one and stops there: clamp(min, intercept rem + slope vw, max), slope = (max - min) / (wide -
narrow), intercept = min - slope x narrow (the method of utopia.fyi). 1rem is taken as 16px, the browsers' default.

Limits: sizes only; which step a heading takes is the designer's choice. A step whose largest size is more than 2.5
times its smallest may not reach 200% by zooming (WCAG 2.2, 1.4.4) and is flagged (M. Barvian, Smashing Magazine, November 2023).
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.art_design.tools._color import EXACT
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, plain, round_to

MOST_STEPS = 12
REM = Decimal(16)
SMALLEST_BODY = Decimal(16)


class TypeStep(Model):
    """`px` and `rem` at the narrow viewport, `wide_px` at the wide one where fluid; `css` is the font-size to write."""

    step: Ratio
    px: Ratio
    rem: Ratio
    wide_px: Ratio | None = None
    css: str


class TypeScale(Model):
    """Steps from largest to smallest, keyed "step_5" to "step_minus_2"."""

    steps: dict[Key, TypeStep]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_type_scale(
    base_px: Ratio = Decimal(16),
    ratio: Annotated[Ratio, Field(description="above 1, e.g. 1.25 major third")] = Decimal("1.25"),
    steps_up: Count = 5,
    steps_down: Count = 2,
    wide_base_px: Annotated[Ratio | None, Field(description="base at the wide viewport; makes the scale fluid")] = None,
    wide_ratio: Annotated[Ratio | None, Field(description="ratio at the wide viewport; makes it fluid")] = None,
    narrow_px: Annotated[Ratio, Field(description="narrow viewport")] = Decimal(320),
    wide_px: Annotated[Ratio, Field(description="wide viewport")] = Decimal(1240),
) -> TypeScale:
    """Build a modular type scale in px and rem, with fluid clamp() sizes between two viewports if asked.

    Use when font sizes of a site or an app are to follow one ratio.
    It does not choose typefaces or line heights; check_typography judges those.
    """
    fluid = wide_base_px is not None or wide_ratio is not None
    top_base = base_px if wide_base_px is None else wide_base_px
    top_ratio = ratio if wide_ratio is None else wide_ratio
    for name, size in (("base_px", base_px), ("wide_base_px", top_base)):
        if not 1 <= size <= 200:
            raise InvalidInput(f"{name} {plain(size)!r} is not between 1 and 200; give CSS px such as 16", field=name)
    for name, value in (("ratio", ratio), ("wide_ratio", top_ratio)):
        if not 1 < value <= 3:
            raise InvalidInput(
                f"{name} {plain(value)!r} is not above 1 and at most 3; give a ratio such as 1.25", field=name
            )
    for name, count in (("steps_up", steps_up), ("steps_down", steps_down)):
        if count > MOST_STEPS:
            raise InvalidInput(f"{name} {count!r} is above {MOST_STEPS}; ask for fewer steps", field=name)
    if not 100 <= narrow_px < wide_px <= 10_000:
        raise InvalidInput(
            f"wide_px {plain(wide_px)!r} must be above narrow_px {plain(narrow_px)!r}, both from 100 to 10000",
            field="wide_px",
        )
    steps, warnings = {}, []
    with localcontext(EXACT):
        for step in range(steps_up, -steps_down - 1, -1):
            size, top = base_px * ratio**step, top_base * top_ratio**step
            slope = (top - size) / (wide_px - narrow_px)
            offset = _four((size - slope * narrow_px) / REM)
            low, high = (_four(edge / REM) for edge in sorted((size, top)))
            vw = _four(slope * 100)
            sign = "-" if vw.startswith("-") else "+"
            fluid_css = f"clamp({low}rem, {offset}rem {sign} {vw.lstrip('-')}vw, {high}rem)"
            key = f"step_{step}" if step >= 0 else f"step_minus_{-step}"
            steps[key] = TypeStep(
                step=Decimal(step),
                px=round_to(size, 2),
                rem=round_to(size / REM, 4),
                wide_px=round_to(top, 2) if fluid else None,
                css=fluid_css if fluid and size != top else f"{_four(size / REM)}rem",
            )
            if max(size, top) > Decimal("2.5") * min(size, top):
                warnings.append(
                    f"{key} grows more than 2.5 times, so zooming may not reach 200% (WCAG 1.4.4); narrow the range"
                )
    if min(base_px, top_base) < SMALLEST_BODY:
        warnings.append("the base is below 16px, the browsers' default size of text; check that body text is legible")
    return TypeScale(
        steps=steps,
        method="size = base x ratio^step; fluid sizes on a line between the viewports, held by CSS clamp()",
        assumptions=["1rem is 16px, the browsers' default"],
        warnings=warnings,
    )


def _four(value: Decimal) -> str:
    return plain(round_to(value, 4))
