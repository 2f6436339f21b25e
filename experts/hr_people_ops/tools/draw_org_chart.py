"""An organisation from who reports to whom: layers, spans of control, costs, and the chart.

Layer of a position = steps to the head, plus one. Span = direct reports of a manager; average span over managers only.
Cost of a manager's unit = the cost of the position and all below it.

Limits: one line of reporting each (no matrix); positions, not persons, should be given. A span is no judgement: no
benchmark is in here.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units
from experts.core.names import did_you_mean
from experts.core.quantities import Money, NonNegativeMoney, Share, Volume, round_to


class Post(Model):
    """A position; the head reports to nobody."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    reports_to: Key | None = None
    cost: NonNegativeMoney = Decimal(0)


class Manager(Model):
    """A position with reports."""

    layer: int
    span: int
    people_below: int
    unit_cost: Money


class Layer(Model):
    """One layer, 1 is the head."""

    layer: int
    positions: int
    managers: int
    cost: Money


class OrgChart(Model):
    """Costs in the currency of the input."""

    head: str
    positions: int
    layers: list[Layer]
    managers: dict[str, Manager]
    average_span: Volume
    manager_share: Share
    total_cost: Money
    one_report: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def draw_org_chart(
    positions: Annotated[dict[Key, Post], Field(min_length=1, max_length=2000)],
    currency: str = "",
    wide_span: Annotated[int, Field(ge=2, le=100, description="larger spans are named")] = 12,
) -> OrgChart:
    """Layers, spans, unit costs and the org chart from reporting lines.

    Use when a structure is drawn or changed.
    """
    if currency:
        minor_units(currency)
    children = lines_of(positions)
    head = children[None][0]
    order = [head]
    layer = {head: 1}
    for key in order:
        for child in children.get(key, []):
            layer[child] = layer[key] + 1
            order.append(child)
    below = dict.fromkeys(order, 0)
    cost = {key: positions[key].cost for key in order}
    for key in reversed(order):
        boss = positions[key].reports_to
        if boss is not None:
            below[boss] += below[key] + 1
            cost[boss] += cost[key]
    managers = {
        key: Manager(layer=layer[key], span=len(children[key]), people_below=below[key], unit_cost=cost[key])
        for key in order
        if children.get(key)
    }
    levels = [
        Layer(
            layer=number,
            positions=sum(layer[key] == number for key in order),
            managers=sum(layer[key] == number for key in managers),
            cost=sum((positions[key].cost for key in order if layer[key] == number), Decimal(0)),
        )
        for number in range(1, max(layer.values()) + 1)
    ]
    single = [key for key, manager in managers.items() if manager.span == 1]
    wide = [f"{key} ({manager.span})" for key, manager in managers.items() if manager.span > wide_span]
    warnings = [f"More than {wide_span} direct reports: {', '.join(wide)}."] if wide else []
    if single:
        warnings.append(f"One direct report only: {', '.join(single[:20])}.")
    return OrgChart(
        head=head,
        positions=len(order),
        layers=levels,
        managers=managers,
        average_span=round_to(Decimal(len(order) - 1) / len(managers), 2) if managers else Decimal(0),
        manager_share=round_to(Decimal(len(managers)) / len(order), 4),
        total_cost=cost[head],
        one_report=single,
        method="Layer = steps to the head + 1; span = direct reports, averaged over managers; unit cost = position and all "
        "below it" + (f", {currency}." if currency else "."),
        assumptions=["Each position has one manager; dotted lines are left out."],
        warnings=warnings,
    )


def lines_of(positions: dict[str, Post]) -> dict[str | None, list[str]]:
    """Direct reports of each position in the order given. InvalidInput names two heads, a cycle, an unknown manager."""
    children: dict[str | None, list[str]] = {}
    for key, post in positions.items():
        if post.reports_to is not None and post.reports_to not in positions:
            raise InvalidInput(
                f"{key!r} reports to {post.reports_to!r}, which is no position{did_you_mean(post.reports_to, positions)}",
                field=f"positions.{key}.reports_to",
            )
        children.setdefault(post.reports_to, []).append(key)
    heads = children.get(None, [])
    if len(heads) > 1:
        raise InvalidInput(f"there are {len(heads)} heads: {', '.join(heads[:10])}; one may report to nobody")
    seen: set[str] = set()
    todo = list(heads)
    while todo:
        key = todo.pop()
        seen.add(key)
        todo += children.get(key, [])
    loose = [key for key in positions if key not in seen]
    if loose:
        trail = [loose[0]]
        while (boss := positions[trail[-1]].reports_to) not in trail:
            trail.append(str(boss))
        cycle = trail[trail.index(str(boss)) :]
        raise InvalidInput(
            f"reporting lines form a cycle: {' -> '.join([*cycle, cycle[0]])}; one of these must report elsewhere",
            field=f"positions.{cycle[0]}.reports_to",
        )
    return children
