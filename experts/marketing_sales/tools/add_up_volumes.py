"""Units and net revenue by scenario, month, market and product, from a volume plan of single rows.

Net revenue of a row = units x list price x (1 - trade margin of the market), rounded half up to the currency's unit;
every total is the sum of rounded rows, so that all tables of a plan add up. Months are numbered from the first month of
sales. `direct_units` counts the units of the markets sold to directly in the first `window_months`, which is what a
campaign's own funnel has to bring.

Limits: prices without sales tax; no returns; prices stay the same over all months.
"""

from collections.abc import Iterable
from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Money, NonNegativeMoney, Share
from experts.marketing_sales.tools._curves import EXACT

LISTED = False  # the launch plan's action calls it with the rows of a brief
LONGEST_MONTHS = 60
MOST_REVENUE = Decimal(10) ** 13


class VolumeRow(Model):
    """Units of one product in one market and month of one scenario."""

    scenario: Key
    sku: Key
    market: Key
    month: Count
    units: Count


class SoldMonth(Model):
    """One month: `number` from the first month of sales, units by product, net revenue by market."""

    number: Count
    units: Count
    revenue: Money
    skus: dict[Key, Count]
    markets: dict[Key, Money]


class Part(Model):
    """What a market or a product brings over all months."""

    units: Count
    revenue: Money


class ScenarioVolumes(Model):
    """One scenario over all months."""

    units: Count
    revenue: Money
    direct_units: Count
    months: dict[Key, SoldMonth]
    markets: dict[Key, Part]
    skus: dict[Key, Part]


class Volumes(Model):
    """Scenarios by id; `month_count` is the last month that any of them names."""

    scenarios: dict[Key, ScenarioVolumes]
    month_count: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def add_up_volumes(
    rows: Annotated[dict[Key, VolumeRow], Field(min_length=1, max_length=2000)],
    prices: Annotated[dict[Key, NonNegativeMoney], Field(max_length=60, description="list price by product")],
    trade_margins: Annotated[dict[Key, Share], Field(max_length=60, description="what the trade keeps, by market")],
    currency: str,
    direct_markets: Annotated[list[Key] | None, Field(max_length=60)] = None,
    window_months: Count = 3,
) -> Volumes:
    """Add up a volume plan: units and net revenue by scenario, month, market and product.

    Use when volumes are planned in rows. It does not forecast: the volumes are yours.
    """
    seen: dict[tuple[str, str, str, int], str] = {}
    for key, row in rows.items():
        for name, known, what in (("sku", prices, "product"), ("market", trade_margins, "market")):
            if getattr(row, name) not in known:
                raise InvalidInput(
                    f"row {key!r} names the {what} {getattr(row, name)!r}, which is not one of the plan's"
                    f"{did_you_mean(getattr(row, name), known)}",
                    field=f"rows.{key}.{name}",
                )
        if not 1 <= row.month <= LONGEST_MONTHS:
            raise InvalidInput(
                f"row {key!r} names month {row.month}; months are numbered from 1, the first month of sales, to "
                f"{LONGEST_MONTHS}",
                field=f"rows.{key}.month",
                seen=row.month,
            )
        place = (row.scenario, row.sku, row.market, row.month)
        if place in seen:
            raise InvalidInput(
                f"rows {seen[place]!r} and {key!r} both give scenario {row.scenario!r}, product {row.sku!r}, market "
                f"{row.market!r}, month {row.month}; keep one of them",
                field=f"rows.{key}",
            )
        seen[place] = key
    with localcontext(EXACT):
        exact = {key: row.units * prices[row.sku] * (1 - trade_margins[row.market]) for key, row in rows.items()}
        if sum(exact.values(), Decimal(0)) >= MOST_REVENUE:
            raise InvalidInput(
                "the volumes and prices come to a net revenue that is out of range; check units and prices, or plan in "
                "thousands",
                field="rows",
            )
        revenue = {key: round_money(amount, currency) for key, amount in exact.items()}
    last = max(row.month for row in rows.values())
    direct = set(direct_markets or [])
    names = list(dict.fromkeys(row.scenario for row in rows.values()))
    scenarios = {}
    for name in names:
        own = [key for key, row in rows.items() if row.scenario == name]
        scenarios[name] = ScenarioVolumes(
            units=sum(rows[key].units for key in own),
            revenue=_sum(revenue[key] for key in own),
            direct_units=sum(
                rows[key].units for key in own if rows[key].market in direct and rows[key].month <= window_months
            ),
            months={
                f"m{n:02}": _month(n, [k for k in own if rows[k].month == n], rows, revenue) for n in range(1, last + 1)
            },
            markets=_parts("market", own, rows, revenue),
            skus=_parts("sku", own, rows, revenue),
        )
    uneven = {name: max(rows[k].month for k in rows if rows[k].scenario == name) for name in names}
    return Volumes(
        scenarios=scenarios,
        month_count=last,
        method="Net revenue = units x list price x (1 - trade margin), each row rounded half up; totals are sums of rows.",
        assumptions=["Prices are net of sales tax and stay the same in every month; nothing is returned."],
        warnings=[
            f"Scenario {name!r} ends with month {month}, the plan with month {last}; the months after it count as zero."
            for name, month in uneven.items()
            if month < last
        ],
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def _month(number: int, keys: list[str], rows: dict[str, VolumeRow], revenue: dict[str, Decimal]) -> SoldMonth:
    skus: dict[str, int] = {}
    markets: dict[str, Decimal] = {}
    for key in keys:
        row = rows[key]
        skus[row.sku] = skus.get(row.sku, 0) + row.units
        markets[row.market] = markets.get(row.market, Decimal(0)) + revenue[key]
    return SoldMonth(
        number=number, units=sum(skus.values()), revenue=_sum(markets.values()), skus=skus, markets=markets
    )


def _parts(field: str, keys: list[str], rows: dict[str, VolumeRow], revenue: dict[str, Decimal]) -> dict[str, Part]:
    by: dict[str, list[str]] = {}
    for key in keys:
        by.setdefault(getattr(rows[key], field), []).append(key)
    return {
        name: Part(units=sum(rows[k].units for k in own), revenue=_sum(revenue[k] for k in own))
        for name, own in by.items()
    }
