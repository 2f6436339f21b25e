"""What would change the advice: the budget planned anew with each main fact a step lower and higher.

Limits: two facts are never changed at once, and a step is no forecast of how far a fact may move.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import Infeasible, InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, NonNegativeMoney, Rate, Share, Volume, plain, round_to
from experts.finance_accountant.tools._branch import Allowance, TooManySubsets
from experts.finance_accountant.tools._curves import EXACT, LARGEST, Channel
from experts.finance_accountant.tools._plan import COMPARISONS, Facts, Plan, facts_of, plan

LISTED = False
MOST_CURVES = 20
"""Curves of the channels with the largest spend are changed, at most this many."""
ZERO = Decimal(0)


class Driver(Model):
    """One fact changed down and up. Values in the unit of the fact; results and net contribution follow from each."""

    label: str
    low_money: Annotated[Money | None, Field(description="The lower value, if the fact is money.")] = None
    high_money: Money | None = None
    low_rate: Annotated[Rate | None, Field(description="The lower value, if the fact is a rate.")] = None
    high_rate: Rate | None = None
    results_low: Annotated[
        Volume | None, Field(description="Results at the lower value; absent: no plan is possible.")
    ] = None
    results_high: Volume | None = None
    net_low: Annotated[Money | None, Field(description="Net contribution at the lower value.")] = None
    net_high: Money | None = None
    swing_results: Volume | None = None
    swing_net: Money | None = None
    impossible: Annotated[str, Field(description="'low', 'high' or 'both' where no budget is possible.")] = ""


class Sensitivity(Model):
    """Every driver by id, largest swing first (order also in `ranking`)."""

    step: Rate
    expected_results: Volume
    net_contribution: Annotated[
        Money | None, Field(description="Contribution of all results less media and production, in whole units.")
    ] = None
    value_per_result: Annotated[
        Money | None, Field(description="Lifetime contribution, or that of the first order.")
    ] = None
    drivers: dict[str, Driver]
    ranking: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


METHOD = (
    "One fact at a time is lowered and raised by the step (relative to its value, rates kept within 0 and 1), and the "
    "allocation is optimised anew with every other fact unchanged. Net contribution = results times the contribution "
    "of a customer (lifetime, m/(1 - r), where a monthly retention below 1 is given, else the first order) less media "
    "and production"
)


@dataclass(frozen=True)
class _Earnings:
    order_value: Decimal
    gross_margin: Decimal
    retention: Decimal | None

    def per_result(self) -> Decimal:
        first = self.order_value * self.gross_margin
        return first if self.retention is None or self.retention == 1 else first / (1 - self.retention)


@dataclass(frozen=True)
class _Case:
    facts: Facts
    earnings: _Earnings | None
    shown: Decimal


@dataclass(frozen=True)
class _Change:
    key: str
    label: str
    unit: str
    base: Decimal
    cap: Decimal | None
    put: Callable[[Decimal], _Case]


def analyze_allocation_sensitivity(
    total: Annotated[NonNegativeMoney, Field(description="Ceiling for everything, in the currency.")],
    currency: str,
    channels: Annotated[dict[Key, Channel], Field(description="Channels by id; at least one with a curve.")],
    production: Annotated[NonNegativeMoney, Field(description="Fixed cost outside the channels.")] = ZERO,
    reserve_rate: Annotated[Share | None, Field(description="Contingency reserve as a fraction of the total.")] = None,
    reserve_amount: Annotated[NonNegativeMoney | None, Field(description="Reserve; wins over the rate.")] = None,
    order_value: Annotated[NonNegativeMoney | None, Field(description="Revenue of one order.")] = None,
    gross_margin: Annotated[Share | None, Field(description="Gross margin as a fraction.")] = None,
    monthly_retention: Annotated[Share | None, Field(description="Share who order again each month.")] = None,
    step: Annotated[Share, Field(description="Relative change down and up, above 0 and below 1.")] = Decimal("0.10"),
) -> Sensitivity:
    """Plan a budget anew with each main fact a step lower and higher, and rank them by effect.

    Use when the question is which facts a budget depends on most.
    """
    if not 0 < step < 1:
        raise InvalidInput(f"step {plain(step)!r} must lie between 0 and 1, for example '0.10'", field="step")
    if (order_value is None) != (gross_margin is None):
        raise InvalidInput("order value and gross margin go together; give both or neither", field="economics")
    earnings = None
    if order_value is not None and gross_margin is not None:
        earnings = _Earnings(order_value, gross_margin, monthly_retention)
    with localcontext(EXACT):
        facts = facts_of(total, production, reserve_rate, reserve_amount, currency, channels)
        base = plan(facts)
        if base.expected is None:
            raise InvalidInput("no channel has a response curve, so there are no results to compare", field="channels")
        allowance = Allowance(COMPARISONS)
        warnings: list[str] = []
        drivers: dict[str, Driver] = {}
        for change in _changes(facts, earnings, base, warnings):
            try:
                drivers[change.key] = _driver(change, step, allowance)
            except TooManySubsets:
                warnings.append(f"The effect of {change.label} was not worked out: too many combinations of channels.")
        ranking = sorted(drivers, key=lambda key: (-_swing(drivers[key]), key))
        return Sensitivity(
            step=step,
            expected_results=base.expected,
            net_contribution=_net(facts, base, earnings),
            value_per_result=None if earnings is None else _value(earnings, currency),
            drivers={key: drivers[key] for key in ranking},
            ranking=ranking,
            method=METHOD,
            assumptions=["Each fact changes alone; every other fact stays as it is."],
            warnings=warnings,
        )


def _changes(facts: Facts, earnings: _Earnings | None, base: Plan, warnings: list[str]) -> Iterator[_Change]:
    """Every fact that can be changed. Changed amounts are rounded to the currency's unit."""

    def money(amount: Decimal) -> Decimal:
        return round_money(amount, facts.currency)

    def case(changed: Facts, shown: Decimal, other: _Earnings | None = earnings) -> _Case:
        return _Case(changed, other, shown)

    if facts.total:
        yield _Change(
            "total",
            "Total budget",
            "money",
            facts.total,
            None,
            lambda v: case(replace(facts, total=money(v)), money(v)),
        )
    if facts.production:
        yield _Change(
            "production",
            "Production cost",
            "money",
            facts.production,
            None,
            lambda v: case(replace(facts, production=money(v)), money(v)),
        )
    if facts.reserve_amount:
        yield _Change(
            "reserve",
            "Reserve",
            "money",
            facts.reserve_amount,
            None,
            lambda v: case(replace(facts, reserve_amount=money(v)), money(v)),
        )
    elif facts.reserve_amount is None and facts.reserve_rate:
        yield _Change(
            "reserve",
            "Reserve",
            "rate",
            facts.reserve_rate,
            Decimal(1),
            lambda v: case(replace(facts, reserve_rate=v), v),
        )
    curved = sorted(base.results, key=lambda key: (-base.spends[key], key))
    if len(curved) > MOST_CURVES:
        warnings.append(f"Only the curves of the {MOST_CURVES} channels with the largest spend were changed.")
    for key in curved[:MOST_CURVES]:
        yield _curve_change(facts, earnings, key)
    if earnings is not None:
        money_maker = earnings
        if earnings.order_value:
            yield _Change(
                "order_value",
                "Order value",
                "money",
                earnings.order_value,
                None,
                lambda v: case(facts, money(v), replace(money_maker, order_value=money(v))),
            )
        for field, label, rate in (
            ("gross_margin", "Gross margin", earnings.gross_margin),
            ("retention", "Monthly retention", earnings.retention),
        ):
            if rate:
                yield _Change(
                    "monthly_retention" if field == "retention" else field,
                    label,
                    "rate",
                    rate,
                    Decimal(1) if field == "gross_margin" else _highest_retention(rate),
                    lambda v, field=field: case(facts, v, replace(money_maker, **{field: v})),  # type: ignore[misc]
                )


def _highest_retention(rate: Decimal) -> Decimal:
    """Retention may rise to halfway between its value and 1, where a lifetime has no end."""
    return (1 + rate) / 2


def _curve_change(facts: Facts, earnings: _Earnings | None, key: str) -> _Change:
    channel = facts.channels[key]
    curve = channel.curve
    assert curve is not None  # only channels with a forecast come here

    def put(a: Decimal) -> _Case:
        changed = channel.model_copy(update={"curve": curve.model_copy(update={"a": a})})
        return _Case(facts.with_channel(key, changed), earnings, a)

    return _Change(f"curve_{key}", f"Response of {channel.label or key}", "curve", curve.a, None, put)


def _driver(change: _Change, step: Decimal, allowance: Allowance) -> Driver:
    found: dict[str, Decimal | str | None] = {"label": change.label}
    impossible = []
    for side, factor in (("low", 1 - step), ("high", 1 + step)):
        aimed = change.base * factor
        case = change.put(aimed if change.cap is None else min(aimed, change.cap))
        if change.unit in ("money", "rate"):
            found[f"{side}_{change.unit}"] = case.shown
        try:
            made = plan(case.facts, allowance)
        except Infeasible:
            impossible.append(side)
            continue
        found[f"results_{side}"] = made.expected
        found[f"net_{side}"] = _net(case.facts, made, case.earnings)
    for name, unit in (("results", "swing_results"), ("net", "swing_net")):
        low, high = found.get(f"{name}_low"), found.get(f"{name}_high")
        if isinstance(low, Decimal) and isinstance(high, Decimal):
            found[unit] = abs(high - low)
    found["impossible"] = "both" if len(impossible) > 1 else "".join(impossible)
    return Driver.model_validate(found)


def _net(facts: Facts, made: Plan, earnings: _Earnings | None) -> Decimal | None:
    if earnings is None or made.expected is None:
        return None
    net = made.expected * earnings.per_result() - made.media - facts.production
    # Whole units: cents of an estimate would only pretend to be exact.
    return round_to(net, 0) if abs(net) < LARGEST else None


def _value(earnings: _Earnings, currency: str) -> Decimal | None:
    value = earnings.per_result()
    return round_money(value, currency) if value < LARGEST else None


def _swing(driver: Driver) -> Decimal:
    """What drivers are ranked by: net contribution where it is known, else results; no plan at all counts most."""
    if driver.impossible:
        return LARGEST
    swing = driver.swing_results if driver.swing_net is None else driver.swing_net
    return round_to(swing or ZERO, 2)
