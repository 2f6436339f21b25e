"""TAM, SAM and SOM from below (customers x yearly value) and from above (a published total), reconciled.

Bottom-up, summed over segments: TAM = customers x annual value; SAM = TAM x reachable; SOM = SAM x
obtainable. Top-down: TAM = total; SAM = TAM x serviceable; SOM = SAM x obtainable. The ratio of the two
is larger/smaller at each level; above 2 the definitions differ and the gap is named. The range moves
customers and value by the uncertainty in the same direction: TAM x (1 ± u)^2. Source: Blank & Dorf,
The Startup Owner's Manual (2012), market-size; Moore's top-down/bottom-up check.

Limits: shares and sources are the user's judgement; a figure without a source is marked, and nothing
is looked up.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, NonNegativeMoney, NonNegativeVolume, Ratio, Share, round_to
from experts.digital_business_think_tank.tools._figures import Currency, figure, questions, small

LEVELS = ("tam", "sam", "som")


class Segment(Model):
    """Customers who could buy, and what one is worth a year."""

    customers: NonNegativeVolume
    annual_value: NonNegativeMoney
    reachable: Annotated[Share, Field(description="Of TAM.")]
    obtainable: Annotated[Share, Field(description="Of SAM.")]
    source: Annotated[str, Field(max_length=200)] = ""


class TopDown(Model):
    """A published total and what of it is yours."""

    total: NonNegativeMoney
    serviceable: Share
    obtainable: Share
    source: Annotated[str, Field(max_length=200)] = ""


class Level(Model):
    """One of TAM, SAM, SOM by each way, with its range."""

    level: str
    bottom_up: Money
    low: Money
    high: Money
    top_down: Money | None = None
    ratio: Annotated[Ratio | None, Field(description="Larger over smaller.")] = None


class MarketSize(Model):
    """Money a year in the given currency."""

    levels: list[Level]
    by_segment: dict[str, dict[str, Money]]
    reconciled: Annotated[bool | None, Field(description="Absent without a top-down figure.")] = None
    questions: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def size_market(
    segments: Annotated[dict[Key, Segment], Field(min_length=1, max_length=40)],
    currency: Currency,
    top_down: Annotated[TopDown | None, Field(description="Published.")] = None,
    uncertainty: Annotated[Share, Field(description="Of customers and value, each way.")] = Decimal("0.2"),
) -> MarketSize:
    """Size a market from below and from above (TAM, SAM, SOM a year) and reconcile the two.

    Use when a plan names a market size.
    """
    per: dict[str, dict[str, Decimal]] = {}
    for key, item in segments.items():
        tam = small(item.customers, f"segments.{key}.customers") * small(
            item.annual_value, f"segments.{key}.annual_value"
        )
        small(tam, f"segments.{key}")
        parts = (tam, tam * item.reachable, tam * item.reachable * item.obtainable)
        per[key] = {level: round_money(value, currency) for level, value in zip(LEVELS, parts, strict=True)}
    totals = {level: sum((row[level] for row in per.values()), Decimal(0)) for level in LEVELS}
    if not totals["tam"]:
        raise InvalidInput(
            "every segment has no customers or no value; give at least one that has both", field="segments"
        )
    above: dict[str, Decimal] = {}
    if top_down is not None:
        total = small(top_down.total, "top_down.total")
        if not total:
            raise InvalidInput(
                "top_down.total '0' is no market; give the published figure, or leave top_down out",
                field="top_down.total",
            )
        steps = (total, total * top_down.serviceable, total * top_down.serviceable * top_down.obtainable)
        above = {level: round_money(value, currency) for level, value in zip(LEVELS, steps, strict=True)}
    down, up = (1 - uncertainty) ** 2, (1 + uncertainty) ** 2
    levels = [
        Level(
            level=level.upper(),
            bottom_up=totals[level],
            low=round_money(totals[level] * down, currency),
            high=round_money(totals[level] * up, currency),
            top_down=above.get(level),
            ratio=_ratio(totals[level], above.get(level)),
        )
        for level in LEVELS
    ]
    warnings = [
        f"{row.level}: bottom-up {figure(row.bottom_up)} and top-down {figure(row.top_down)} {currency} differ by a factor of "
        f"{figure(row.ratio)}; above 2 they measure different markets. Find which definition differs before using either."
        for row in levels
        if row.ratio is not None and row.top_down is not None and row.ratio > 2
    ]
    bare = [key for key, item in segments.items() if not item.source.strip()]
    if bare:
        warnings.append(f"No source for: {', '.join(bare)}. Treat these as assumptions.")
    if top_down is not None and not top_down.source.strip():
        warnings.append("The top-down total has no source; a published figure needs its publisher and date.")
    known = [row.ratio for row in levels if row.ratio is not None]
    return MarketSize(
        levels=levels,
        by_segment=per,
        reconciled=None if top_down is None else len(known) == 3 and max(known) <= 2,
        questions=questions("market_opportunity_analysis"),
        method="Bottom-up: customers x annual value, x reachable, x obtainable, by segment; top-down: total x serviceable x "
        "obtainable; ratio = larger/smaller, reconciled if every one is at most 2.",
        assumptions=[
            f"Range: customers and value each {figure(uncertainty * 100)} % lower or higher together.",
            "Shares are the user's; SOM is what could be won, not a forecast of sales.",
        ],
        warnings=warnings,
    )


def _ratio(one: Decimal, other: Decimal | None) -> Decimal | None:
    if not other or not one:
        return None
    return round_to(max(one, other) / min(one, other), 3)
