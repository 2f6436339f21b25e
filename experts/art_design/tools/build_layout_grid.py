"""Column grids for one or more breakpoints.

column = (width - 2 x margin - (columns - 1) x gutter) / columns; a span of k columns is k x column + (k - 1) x
gutter. Gutters and margins are held against a spacing unit, 8 px by default (the 8-point grid of Material Design).

Limits: arithmetic of a symmetric grid of equal columns. Columns that are no whole pixel are allowed and flagged:
browsers lay them out in fractions, drawing programs round them.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.art_design.tools._color import EXACT
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, plain, round_to

MOST_BREAKPOINTS = 12
MOST_COLUMNS = 48
WIDEST = 20_000


class GridSpec(Model):
    """One breakpoint's container; all but `columns` in CSS px."""

    width_px: Ratio
    columns: Count = 12
    gutter_px: Ratio = Decimal(24)
    margin_px: Ratio = Decimal(24)


class Grid(Model):
    """A breakpoint's grid in CSS px to 4 places; `spans` maps "span_1" … to the width of so many columns."""

    width_px: Ratio
    columns: Count
    gutter_px: Ratio
    margin_px: Ratio
    column_px: Ratio
    spans: dict[Key, Ratio]
    css: str


class LayoutGrid(Model):
    """Grids by breakpoint."""

    grids: dict[Key, Grid]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_layout_grid(
    breakpoints: Annotated[dict[Key, GridSpec], Field(description="container by breakpoint; sizes in CSS px")],
    unit_px: Annotated[Ratio, Field(description="spacing unit")] = Decimal(8),
) -> LayoutGrid:
    """Work out a column grid for each breakpoint: column and span widths, and the CSS.

    Use when a page, screen or slide needs a grid.
    It does not decide the breakpoints or place content.
    """
    if not 1 <= len(breakpoints) <= MOST_BREAKPOINTS:
        raise InvalidInput(
            f"breakpoints has {len(breakpoints)} entries; give from 1 to {MOST_BREAKPOINTS}", field="breakpoints"
        )
    if not 1 <= unit_px <= 64:
        raise InvalidInput(f"unit_px {plain(unit_px)!r} is not between 1 and 64; 8 is usual", field="unit_px")
    warnings: list[str] = []
    return LayoutGrid(
        grids={key: _grid(key, spec, unit_px, warnings) for key, spec in breakpoints.items()},
        method="column = (width - 2 x margin - (columns - 1) x gutter) / columns, equal columns",
        assumptions=["sizes are CSS px; the margin is the same on both sides"],
        warnings=warnings,
    )


def _grid(key: str, spec: GridSpec, unit: Decimal, warnings: list[str]) -> Grid:
    where = f"breakpoints.{key}"
    if not 1 <= spec.columns <= MOST_COLUMNS:
        raise InvalidInput(
            f"{where}.columns {spec.columns!r} is not between 1 and {MOST_COLUMNS}; correct it",
            field=f"{where}.columns",
        )
    if not 0 < spec.width_px <= WIDEST:
        raise InvalidInput(
            f"{where}.width_px {plain(spec.width_px)!r} is not above 0 and at most {WIDEST}; correct it",
            field=f"{where}.width_px",
        )
    for name, size in (("gutter_px", spec.gutter_px), ("margin_px", spec.margin_px)):
        if not 0 <= size <= WIDEST:
            raise InvalidInput(
                f"{where}.{name} {plain(size)!r} is not between 0 and {WIDEST}; correct it", field=f"{where}.{name}"
            )
    with localcontext(EXACT):
        gaps = 2 * spec.margin_px + (spec.columns - 1) * spec.gutter_px
        if gaps >= spec.width_px:
            raise InvalidInput(
                f"{where}: gutters and margins take {plain(gaps)} px of {plain(spec.width_px)} px, so no column is left; "
                "use fewer columns or smaller gutters",
                field=f"{where}.gutter_px",
            )
        column = (spec.width_px - gaps) / spec.columns
        spans = {f"span_{k}": round_to(k * column + (k - 1) * spec.gutter_px, 4) for k in range(1, spec.columns + 1)}
    if column != column.to_integral_value():
        warnings.append(
            f"{key}: a column is {plain(round_to(column, 4))} px, no whole pixel; drawing programs will round"
        )
    for name, size in (("gutter", spec.gutter_px), ("margin", spec.margin_px)):
        if size % unit:
            warnings.append(f"{key}: the {name} of {plain(size)} px is no multiple of {plain(unit)} px")
    return Grid(
        width_px=spec.width_px,
        columns=spec.columns,
        gutter_px=spec.gutter_px,
        margin_px=spec.margin_px,
        column_px=round_to(column, 4),
        spans=spans,
        css=f"box-sizing: border-box; max-width: {plain(spec.width_px)}px; padding-inline: {plain(spec.margin_px)}px; "
        f"display: grid; grid-template-columns: repeat({spec.columns}, minmax(0, 1fr)); "
        f"column-gap: {plain(spec.gutter_px)}px;",
    )
