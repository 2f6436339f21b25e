"""Wireframes: components placed on a column grid, screen by screen.

Grids: desktop 1200 px, 12 columns; tablet 768 px, 8; mobile 360 px, 4; gutters and margins 24 px (mobile 16), all on
the 8-px unit. Components stand in the order given, side by side while their columns fit in the row; header, hero,
banner and footer run from edge to edge. Heights are placeholders that are multiples of 8. On tablets and phones a
span shrinks with the grid; on phones less than half of the desktop's columns becomes half, all else full width.

Limits: a wireframe shows what stands where, not how it looks; heights change with the real content.
"""

from typing import Annotated

from pydantic import Field

from experts.art_design.tools._components import (
    DEVICES,
    FULL_WIDTH,
    ComponentKind,
    DeviceKind,
    cards_a_row,
    count_of,
    height_of,
)
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count

MOST_SCREENS, MOST_COMPONENTS, MOST_ITEMS = 12, 40, 20


class Component(Model):
    """A component; `span` of 12 columns; `count` of items in cards, list, table, form, nav, tabs."""

    kind: ComponentKind
    label: Annotated[str, Field(max_length=80)] = ""
    span: Count = 12
    count: Count | None = None
    primary: bool = False


class Screen(Model):
    """A screen of one device."""

    title: Annotated[str, Field(max_length=80)]
    components: list[Component]
    device: DeviceKind = "desktop"


class Placed(Model):
    """A component in CSS px from the screen's upper left corner."""

    kind: ComponentKind
    label: str
    x: Count
    y: Count
    width: Count
    height: Count
    count: Count
    per_row: Count
    primary: bool


class Frame(Model):
    """A laid-out screen in CSS px; `below_first_view` counts components that need scrolling."""

    title: str
    device: DeviceKind
    width: Count
    height: Count
    columns: Count
    gutter: Count
    margin: Count
    first_view: Count
    below_first_view: Count
    components: list[Placed]


class Wireframe(Model):
    """Screens in the order given."""

    screens: dict[Key, Frame]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_wireframe(
    screens: Annotated[dict[Key, Screen], Field(description="by id: title, device, components from top to bottom")],
) -> Wireframe:
    """Lay out wireframes of screens on a column grid for desktop, tablet or mobile.

    Use when a page or app flow is agreed in words and should be seen before design.
    It does not choose content or visual style.
    """
    if not 1 <= len(screens) <= MOST_SCREENS:
        raise InvalidInput(f"screens has {len(screens)} entries; give from 1 to {MOST_SCREENS}", field="screens")
    warnings: list[str] = []
    return Wireframe(
        screens={key: _frame(key, screen, warnings) for key, screen in screens.items()},
        method="components in order on a column grid (desktop 12, tablet 8, mobile 4) with an 8-px unit",
        assumptions=["heights stand for typical content; the first view is 800 px high (tablet 1024)"],
        warnings=warnings,
    )


def _frame(key: str, screen: Screen, warnings: list[str]) -> Frame:
    where = f"screens.{key}.components"
    if not 1 <= len(screen.components) <= MOST_COMPONENTS:
        raise InvalidInput(
            f"{where} has {len(screen.components)} entries; give from 1 to {MOST_COMPONENTS}", field=where
        )
    device = DEVICES[screen.device]
    column = (device.width - 2 * device.margin - (device.columns - 1) * device.gutter) / device.columns
    placed: list[Placed] = []
    taken, top, row_height = 0, 0, 0
    for at, part in enumerate(screen.components):
        _check(part, f"{where}.{at}")
        edge = part.kind in FULL_WIDTH
        span = device.columns if edge else _span(part.span, device.columns, screen.device)
        if taken and (edge or taken + span > device.columns):
            top, taken, row_height = top + row_height + device.gutter, 0, 0
        count = count_of(part.kind, part.count)
        width = device.width if edge else round(span * column + (span - 1) * device.gutter)
        x = 0 if edge else round(device.margin + taken * (column + device.gutter))
        height = height_of(part.kind, count, width, screen.device)
        placed.append(
            Placed(
                kind=part.kind,
                label=part.label.strip() or part.kind.capitalize(),
                x=x,
                y=top,
                width=width,
                height=height,
                count=count,
                per_row=cards_a_row(count, width) if part.kind == "cards" else 1,
                primary=part.primary,
            )
        )
        taken, row_height = taken + span, max(row_height, height)
        if taken >= device.columns:
            top, taken, row_height = top + row_height + _gap(screen.components, at, device.gutter), 0, 0
    bottom = max(part.y + part.height for part in placed)
    ends_on_edge = placed[-1].kind == "footer"
    _advise(key, screen, warnings)
    return Frame(
        title=screen.title,
        device=screen.device,
        width=device.width,
        height=bottom + (0 if ends_on_edge else device.margin),
        columns=device.columns,
        gutter=device.gutter,
        margin=device.margin,
        first_view=device.fold,
        below_first_view=sum(part.y >= device.fold for part in placed),
        components=placed,
    )


def _gap(components: list[Component], at: int, gutter: int) -> int:
    """No gap between parts that run from edge to edge, such as a header and a hero."""
    following = components[at + 1].kind if at + 1 < len(components) else ""
    return 0 if components[at].kind in FULL_WIDTH and following in FULL_WIDTH else gutter


def _span(span: int, columns: int, device: DeviceKind) -> int:
    if device == "mobile":
        return 2 if span < 6 else 4
    return max(1, (span * columns * 2 + 12) // 24)


def _check(part: Component, field: str) -> None:
    if not 1 <= part.span <= 12:
        raise InvalidInput(
            f"{field}.span {part.span!r} is not between 1 and 12; 12 is the full width", field=f"{field}.span"
        )
    if part.count is not None and not 1 <= part.count <= MOST_ITEMS:
        raise InvalidInput(
            f"{field}.count {part.count!r} is not between 1 and {MOST_ITEMS}; draw a few, the rest repeats",
            field=f"{field}.count",
        )


def _advise(key: str, screen: Screen, warnings: list[str]) -> None:
    kinds = [part.kind for part in screen.components]
    primary = sum(part.primary for part in screen.components)
    if primary > 1:
        warnings.append(f"{key}: {primary} components are primary; one action should stand out")
    if not {"heading", "hero"} & set(kinds):
        warnings.append(f"{key}: no heading says what the screen is (WCAG 2.4.6)")
    if "footer" in kinds and kinds[-1] != "footer":
        warnings.append(f"{key}: the footer is not the last component")
