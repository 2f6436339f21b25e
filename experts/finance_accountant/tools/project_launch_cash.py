"""The cash of a launch month by month for each scenario: what goes out before sales, when it comes back.

Sales month one is the calendar month of the launch if the launch falls on the 15th or before, else the next one.
Receipts of a month's net revenue come `collection_months` later, by market; units are paid `production_lead_months`
before they are sold. Running costs fall in every month of sales; a channel's spend is spread evenly over its months,
the first of them `lead_months` before sales month one; launch work falls in the months of the schedule, a clearance in
the month it starts. Profit over the months of sales = revenue - cost of units - running costs - one-off costs (work,
marketing, clearances). Payback is the first month from whose end on cumulative cash stays at zero or above (direct
method, IAS 7.18(a)).

Limits: no taxes, interest, returns, or stock left over; amounts are nominal.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, round_to
from experts.finance_accountant.tools._curves import EXACT, LARGEST

LISTED = False  # the launch plan's action calls it with the artifacts of the other experts
LONGEST_MONTHS = 120
HALF_MONTH = 15


class SalesMonth(Model):
    """One month of sales: its number from the first, units by product, net revenue by market."""

    number: Count
    skus: dict[Key, Count]
    markets: dict[Key, Money]


class ScenarioSales(Model):
    months: dict[Key, SalesMonth]


class ChannelSpend(Model):
    """Spend, how many months before sales it begins, and over how many months it runs."""

    spend: NonNegativeMoney
    lead_months: Count = 1
    months: Count = 3


class WorkMonth(Model):
    begins: Day
    planned: NonNegativeMoney


class PaidClearance(Model):
    """A fee, and the day it is paid."""

    cost: NonNegativeMoney
    paid: Day


class CashMonth(Model):
    """One calendar month; payments are positive amounts that leave."""

    begins: Day
    receipts: Money
    production: Money
    running: Money
    marketing: Money
    work: Money
    clearance: Money
    net: Money
    cumulative: Money


class ScenarioCash(Model):
    """One scenario. Averages are per unit, to six places. `lowest` is the deepest cumulative cash, zero if it never falls."""

    units: Count
    revenue: Money
    unit_costs: Money
    contribution: Money
    running: Money
    fixed: Money
    profit: Money
    average_price: Money | None = None
    average_cost: Money | None = None
    lowest: Money
    lowest_month: Day | None = None
    lowest_balance: Money | None = None
    payback_month: Day | None = None
    months: dict[Key, CashMonth]


class LaunchCash(Model):
    """`launch_budget` = work + marketing + clearances, the same in every scenario."""

    sales_begin: Day
    launch_budget: Money
    work: Money
    marketing: Money
    clearance: Money
    scenarios: dict[Key, ScenarioCash]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def project_launch_cash(
    scenarios: Annotated[dict[Key, ScenarioSales], Field(min_length=1, max_length=12)],
    unit_costs: Annotated[dict[Key, NonNegativeMoney], Field(max_length=60, description="by product")],
    launch: Day,
    currency: str,
    collection_months: Annotated[dict[Key, Count] | None, Field(description="by market; none: at once")] = None,
    production_lead_months: Count = 0,
    running: Annotated[dict[Key, NonNegativeMoney] | None, Field(max_length=100, description="a month")] = None,
    marketing: Annotated[dict[Key, ChannelSpend] | None, Field(max_length=60)] = None,
    work: Annotated[dict[str, WorkMonth] | None, Field(max_length=120)] = None,
    clearances: Annotated[dict[Key, PaidClearance] | None, Field(max_length=300)] = None,
    opening_cash: Money | None = None,
) -> LaunchCash:
    """Project the cash of a launch by month and scenario: lowest point, payback, profit, average unit figures.

    Use when a launch has volumes, costs and a date. It does not tax or discount.
    """
    later = max((collection_months or {}).values(), default=0)
    for field, value in (
        ("production_lead_months", production_lead_months),
        ("collection_months", later),
        *(
            (f"marketing.{k}.{n}", getattr(c, n))
            for k, c in (marketing or {}).items()
            for n in ("lead_months", "months")
        ),
    ):
        if value > 36:
            raise InvalidInput(f"{field} {value} is more than 36 months; correct it", field=field, seen=value)
    if not 1900 <= launch.year <= 9900:
        raise InvalidInput(f"launch {launch} must lie from 1900 to 9900; correct it", field="launch")
    with localcontext(EXACT):
        _check_size(scenarios, unit_costs, running or {}, marketing or {}, work or {}, clearances or {})
        return _project(
            scenarios, unit_costs, launch, currency, collection_months or {}, production_lead_months, running or {},
            marketing or {}, work or {}, clearances or {}, opening_cash,
        )  # fmt: skip


def _check_size(
    scenarios: Mapping[str, ScenarioSales],
    unit_costs: Mapping[str, Decimal],
    running: Mapping[str, Decimal],
    marketing: Mapping[str, ChannelSpend],
    work: Mapping[str, WorkMonth],
    clearances: Mapping[str, PaidClearance],
) -> None:
    """Refuse amounts that add up to more than a plan can quote."""
    dearest = max(unit_costs.values(), default=Decimal(0))
    months = [month for scenario in scenarios.values() for month in scenario.months.values()]
    total = sum((sum(abs(amount) for amount in month.markets.values()) for month in months), Decimal(0))
    total += dearest * sum(sum(month.skus.values()) for month in months)
    total += sum(running.values(), Decimal(0)) * len(months) + sum((c.spend for c in marketing.values()), Decimal(0))
    total += sum((month.planned for month in work.values()), Decimal(0))
    total += sum((item.cost for item in clearances.values()), Decimal(0))
    if total >= LARGEST / 100:
        raise InvalidInput(
            "the amounts of the launch add up to more than can be quoted; use thousands", field="scenarios"
        )


def _project(
    scenarios: Mapping[str, ScenarioSales], unit_costs: Mapping[str, Decimal], launch: date, currency: str,
    collection_months: Mapping[str, int], production_lead_months: int, running: Mapping[str, Decimal],
    marketing: Mapping[str, ChannelSpend], work: Mapping[str, WorkMonth], clearances: Mapping[str, PaidClearance],
    opening_cash: Decimal | None,
) -> LaunchCash:  # fmt: skip
    first = _index(launch) + (launch.day > HALF_MONTH)
    fixed_flows = _fixed(first, marketing, work, clearances, currency)
    totals = {name: sum(flows.values(), Decimal(0)) for name, flows in fixed_flows.items()}
    one_off = sum(totals.values(), Decimal(0))
    monthly = sum(running.values(), Decimal(0))
    found = {
        name: _scenario(
            name, sales, first, unit_costs, collection_months, production_lead_months, monthly, fixed_flows,
            one_off, opening_cash, currency,
        )
        for name, sales in scenarios.items()
    }  # fmt: skip
    return LaunchCash(
        sales_begin=_day(first),
        launch_budget=one_off,
        work=totals["work"],
        marketing=totals["marketing"],
        clearance=totals["clearance"],
        scenarios=found,
        method="Direct method by calendar month (IAS 7.18(a)); profit = revenue - cost of units - running - one-off costs.",
        assumptions=[
            "Sales month one is the month of the launch if it falls on the 15th or before, else the next month.",
            "Every unit made is sold, nothing is returned, and taxes and interest are left out.",
        ],
        warnings=[
            f"In scenario {name!r} the cash is not back when the last month ends."
            for name, row in found.items()
            if row.lowest < 0 and row.payback_month is None
        ],
    )


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _add(flows: dict[int, Decimal], at: int, amount: Decimal) -> None:
    flows[at] = flows.get(at, Decimal(0)) + amount


def _fixed(
    first: int,
    marketing: Mapping[str, ChannelSpend],
    work: Mapping[str, WorkMonth],
    clearances: Mapping[str, PaidClearance],
    currency: str,
) -> dict[str, dict[int, Decimal]]:
    spent: dict[int, Decimal] = {}
    for key, channel in marketing.items():
        if not channel.months:
            raise InvalidInput(
                f"channel {key!r} runs over 0 months, so its spend has no month; give 1 or more",
                field=f"marketing.{key}.months",
            )
        before = Decimal(0)
        for number in range(channel.months):
            so_far = round_money(channel.spend * (number + 1) / channel.months, currency)
            _add(spent, first - channel.lead_months + number, so_far - before)
            before = so_far
    worked: dict[int, Decimal] = {}
    for month in work.values():
        _add(worked, _index(month.begins), month.planned)
    paid: dict[int, Decimal] = {}
    for item in clearances.values():
        _add(paid, _index(item.paid), item.cost)
    return {"marketing": spent, "work": worked, "clearance": paid}


def _scenario(
    name: str, sales: ScenarioSales, first: int, unit_costs: Mapping[str, Decimal], collect: Mapping[str, int],
    lead: int, monthly: Decimal, fixed_flows: Mapping[str, dict[int, Decimal]], one_off: Decimal,
    opening: Decimal | None, currency: str,
) -> ScenarioCash:  # fmt: skip
    receipts: dict[int, Decimal] = {}
    production: dict[int, Decimal] = {}
    running: dict[int, Decimal] = {}
    units, revenue = 0, Decimal(0)
    for month in sales.months.values():
        if not 1 <= month.number <= LONGEST_MONTHS:
            raise InvalidInput(f"scenario {name!r} has a month {month.number}; number months from 1", field="scenarios")
        at = first + month.number - 1
        for market, amount in month.markets.items():
            _add(receipts, at + collect.get(market, 0), amount)
            revenue += amount
        for sku, count in month.skus.items():
            if sku not in unit_costs:
                raise InvalidInput(
                    f"product {sku!r} has no unit cost{did_you_mean(sku, unit_costs)}", field=f"unit_costs.{sku}"
                )
            _add(production, at - lead, round_money(count * unit_costs[sku], currency))
            units += count
        _add(running, at, monthly)
    flows = {"receipts": receipts, "production": production, "running": running, **fixed_flows}
    touched = [at for parts in flows.values() for at in parts]
    if max(touched) - min(touched) >= LONGEST_MONTHS:
        raise InvalidInput(
            f"the cash of scenario {name!r} runs over more than {LONGEST_MONTHS} months; shorten the plan",
            field="launch",
        )
    months: dict[str, CashMonth] = {}
    total = Decimal(0)
    for at in range(min(touched), max(touched) + 1):
        row = {part: flow.get(at, Decimal(0)) for part, flow in flows.items()}
        net = row["receipts"] - sum((amount for part, amount in row.items() if part != "receipts"), Decimal(0))
        total += net
        months[f"{_day(at):%Y-%m}"] = CashMonth(begins=_day(at), net=net, cumulative=total, **row)
    spent = sum(production.values(), Decimal(0))
    ran = sum(running.values(), Decimal(0))
    deepest = min(months.values(), key=lambda row: row.cumulative)
    lowest = min(deepest.cumulative, Decimal(0))
    average_price = round_to(revenue / units, 6) if units else None
    average_cost = round_to(spent / units, 6) if units else None
    return ScenarioCash(
        units=units,
        revenue=revenue,
        unit_costs=spent,
        contribution=revenue - spent,
        running=ran,
        fixed=ran + one_off,
        profit=revenue - spent - ran - one_off,
        average_price=average_price,
        average_cost=average_cost,
        lowest=lowest,
        lowest_month=deepest.begins if lowest < 0 else None,
        lowest_balance=None if opening is None else opening + lowest,
        payback_month=_payback(list(months.values())) if lowest < 0 else None,
        months=months,
    )


def _payback(months: list[CashMonth]) -> date | None:
    last_below = max(at for at, month in enumerate(months) if month.cumulative < 0)
    return months[last_below + 1].begins if last_below + 1 < len(months) else None
