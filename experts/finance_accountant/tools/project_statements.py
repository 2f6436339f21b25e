"""Three statements of a young company, month by month, from its drivers; how much money it needs and how long it lasts.

Customers: marketing of a month / cost of winning one are won; c = c before x (1 - churn) + won. Revenue and variable cost:
the mean of opening and closing customers x price and unit cost. Marketing: a fixed amount from the start of sales plus a
share of the month before's revenue. Receivables and payables: revenue, or costs without payroll, x days / 30. Equipment is
depreciated straight-line from the month of purchase. Tax: rate x profit beyond the losses carried forward. Cash flow is
indirect (ASC 230): profit + depreciation - more receivables + more payables; less equipment; plus money of founders, SAFEs
and rounds. A SAFE is shown among liabilities until the first priced round turns it into capital. The balance sheet is
built from its own parts; `difference` (assets - liabilities - equity) must be zero in every month.

Funding need = the least balance that cash would reach without SAFEs and rounds, below the buffer. Runway ends in the first
month whose cash is below zero. Method: integrated driver-based projection (Pignataro, Financial Modeling and Valuation,
2013; ASC 205, 210, 220, 230).

Limits: one price and one churn for all customers; no debt, no deferred revenue, no limit on the use of losses (IRC
172(a)(2) allows 80 % of a year's income), tax paid in the month it arises. A grant counts as income when received.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import (
    Count,
    Day,
    NonNegativeMoney,
    Rate,
    Ratio,
    Share,
    plain,
    round_to,
)
from experts.finance_accountant.tools import _projection as projection
from experts.finance_accountant.tools._projection import Case, CostKind, FundKind
from experts.finance_accountant.tools._projection_models import Month, StatementProjection, Stress, Year

LISTED = False  # the startup flow's action collects the thirty arguments from several experts
MOST_MONTHS, LONGEST_DAYS = 60, Decimal(180)


class CostLine(Model):
    """A cost a month from `first` to `last` (their months; without `last` to the end); equipment is a purchase."""

    kind: CostKind
    amount: NonNegativeMoney
    first: Day
    last: Day | None = None
    growth: Annotated[Rate | None, Field(description="A month.")] = None


class Hire(Model):
    """Gross salary a month from the month of `starts`."""

    salary: NonNegativeMoney
    starts: Day
    ends: Day | None = None


class Funding(Model):
    """Money from outside the business."""

    kind: FundKind
    amount: NonNegativeMoney
    received: Day


def project_statements(
    currency: str,
    begins: Day,
    months: Annotated[int, Field(ge=6, le=MOST_MONTHS)],
    sales_begin: Day,
    price: Annotated[NonNegativeMoney, Field(description="A customer a month.")],
    variable_cost: Annotated[NonNegativeMoney, Field(description="A customer a month.")],
    churn: Annotated[Share, Field(description="A month.")],
    acquisition_cost: Annotated[NonNegativeMoney, Field(description="Of one customer.")],
    marketing: Annotated[NonNegativeMoney, Field(description="A month once sales begin.")],
    costs: Annotated[dict[Key, CostLine], Field(max_length=400)],
    hires: Annotated[dict[Key, Hire], Field(max_length=400)],
    funds: Annotated[dict[Key, Funding], Field(max_length=100)],
    reinvested: Annotated[Share, Field(description="Of last month's revenue, into marketing.")] = Decimal(0),
    opening_cash: NonNegativeMoney = Decimal(0),
    receivable_days: Annotated[Ratio, Field(description="Days customers take to pay.")] = Decimal(0),
    payable_days: Annotated[Ratio, Field(description="Days until suppliers are paid.")] = Decimal(0),
    loading: Annotated[Share, Field(description="Employer's cost on top of salaries.")] = Decimal(0),
    life_months: Annotated[int, Field(ge=1, le=240, description="Of equipment.")] = 36,
    tax_rate: Share = Decimal(0),
    buffer: Annotated[NonNegativeMoney, Field(description="Cash to keep at all times.")] = Decimal(0),
    deferred_months: Annotated[Count, Field(le=24, description="Hires after the first month come later.")] = 0,
    step: Annotated[Share, Field(description="How much worse each stress is.")] = Decimal("0.2"),
) -> StatementProjection:
    """Project income statement, cash flow and balance sheet by month and year, with funding need, runway and stresses.

    Use when a company is planned from prices, costs and hires.
    """
    case = Case(
        currency=currency,
        begins=begins.replace(day=1),
        months=months,
        opening_cash=opening_cash,
        sales_begin=sales_begin,
        price=price,
        variable_cost=variable_cost,
        churn=churn,
        marketing=marketing,
        reinvested=reinvested,
        acquisition_cost=acquisition_cost,
        receivable_days=receivable_days,
        payable_days=payable_days,
        loading=loading,
        life_months=life_months,
        tax_rate=tax_rate,
        costs={k: projection.Cost(c.kind, c.amount, c.first, c.last, c.growth or Decimal(0)) for k, c in costs.items()},
        positions={k: projection.Position(h.salary, h.starts, h.ends) for k, h in hires.items()},
        funds={k: projection.Fund(f.kind, f.amount, f.received) for k, f in funds.items()},
        deferred_months=deferred_months,
    )
    _check(case)
    rows = projection.run(case)
    named = {f"{case.month(n):%Y-%m}": row for n, row in enumerate(rows)}
    found = {key: Month(begins=case.month(n), **row) for n, (key, row) in enumerate(named.items())}
    known = _summary(case, rows, buffer)
    bought = [row["marketing"] for row in rows if row["marketing"]][:12]
    first_year = sum(bought, Decimal(0))
    return StatementProjection(
        months=found,
        years=_years(named),
        **known,
        peak_customers=int(round_to(max(row["customers"] for row in rows), 0)),
        closing_customers=int(round_to(rows[-1]["customers"], 0)),
        marketing_first_year=first_year,
        marketing_months=len(bought),
        marketing_per_month=round_money(first_year / len(bought), currency) if bought else Decimal(0),
        largest_burn=max(Decimal(0), -min(row["cash_change"] - row["financing"] for row in rows)),
        before_sales=sum(
            (
                row["operating"] + row["cost_of_sales"] + row["equipment"]
                for n, row in enumerate(rows)
                if n < case.number(sales_begin)
            ),
            Decimal(0),
        ),
        payroll_last_month=rows[-1]["payroll"],
        headcount_last_month=_employed(case),
        stress={
            name: Stress(**{k: v for k, v in _stressed(case, name, step, buffer).items() if k in Stress.model_fields})
            for name in projection.STRESSES
        },
        method="Driver-based monthly projection of income statement, indirect cash flow and balance sheet; funding need = buffer "
        "less the lowest cash without investors' money.",
        assumptions=[
            "Price, churn and the cost of winning a customer stay the same; money received in a month counts from that month.",
            "Losses are carried forward without limit, and tax is paid in the month it arises.",
            "SAFEs are liabilities until the first priced round; the accountant decides how they are shown.",
        ],
        warnings=_warnings(case, found, known),
    )


def _check(case: Case) -> None:
    if not case.acquisition_cost:
        raise InvalidInput(
            "acquisition_cost '0' would win customers without end; give what winning one costs",
            field="acquisition_cost",
        )
    for name in ("receivable_days", "payable_days"):
        value = getattr(case, name)
        if not 0 <= value <= LONGEST_DAYS:
            raise InvalidInput(f"{name} {plain(value)!r} must be from 0 to {LONGEST_DAYS} days", field=name)
    if case.begins.year < 1990 or case.begins.year > 2100:
        raise InvalidInput(f"begins {case.begins} is not a year of plans; choose 1990 to 2100", field="begins")
    for key, line in case.costs.items():
        if line.last is not None and line.last < line.first:
            raise InvalidInput(
                f"cost {key!r} ends on {line.last}, before it begins on {line.first}; swap the dates",
                field=f"costs.{key}.last",
            )
        if not Decimal("-0.5") <= line.growth <= Decimal("0.5"):
            raise InvalidInput(
                f"cost {key!r} grows by {plain(line.growth)!r} a month; write a share from -0.5 to 0.5, for example '0.01'",
                field=f"costs.{key}.growth",
            )
    for key, each in case.positions.items():
        if each.ends is not None and each.ends < each.starts:
            raise InvalidInput(
                f"hire {key!r} ends on {each.ends}, before {each.starts}; swap the dates", field=f"hires.{key}.ends"
            )
    for key, fund in case.funds.items():
        if case.number(fund.received) < 0:
            raise InvalidInput(
                f"{key!r} was received on {fund.received}, before the plan begins; count it in opening_cash instead",
                field=f"funds.{key}.received",
            )


def _years(named: dict[str, dict[str, Decimal]]) -> dict[str, Year]:
    ends = {"customers", "cash", "receivables", "fixed_assets", "assets", "payables", "safes"}
    ends |= {"liabilities", "capital", "retained", "equity"}
    grouped: dict[str, list[dict[str, Decimal]]] = {}
    for key, row in named.items():
        grouped.setdefault(key[:4], []).append(row)
    return {
        year: Year(
            month_count=len(rows),
            **{
                name: rows[-1][name] if name in ends else sum((row[name] for row in rows), Decimal(0))
                for name in Year.model_fields
                if name != "month_count"
            },
        )
        for year, rows in grouped.items()
    }


def _summary(case: Case, rows: list[dict[str, Decimal]], buffer: Decimal) -> dict[str, Any]:
    within = {key: f for key, f in case.funds.items() if case.number(f.received) < case.months}
    investors = sum((f.amount for f in within.values() if f.kind in ("safe", "round")), Decimal(0))
    others = sum((f.amount for f in within.values() if f.kind in ("founders", "grant")), Decimal(0))
    given, bare = Decimal(0), []
    for row in rows:
        given += row["safe_money"] + row["round_money"]
        bare.append(row["cash"] - given)
    need = max(Decimal(0), buffer - min(bare))
    lowest = min(range(len(rows)), key=lambda n: rows[n]["cash"])
    broke = next((n for n, row in enumerate(rows) if row["cash"] < 0), None)
    made = [row["net_income"] - row["other_income"] >= 0 for row in rows]
    stays = len(rows)
    while stays and made[stays - 1]:
        stays -= 1
    return {
        "investor_money": investors,
        "other_money": others,
        "funding_need": need,
        "spare": investors - need,
        "lowest_cash": rows[lowest]["cash"],
        "lowest_cash_month": case.month(lowest),
        "closing_cash": rows[-1]["cash"],
        "runway_ends": None if broke is None else case.month(broke),
        "runway_months": len(rows) if broke is None else broke,
        "profit_from": case.month(stays) if stays < len(rows) else None,
    }


def _stressed(case: Case, name: str, step: Decimal, buffer: Decimal) -> dict[str, Any]:
    worse = case.stressed(name, step)
    return _summary(worse, projection.run(worse), buffer)


def _employed(case: Case) -> int:
    last = case.months - 1
    return sum(
        last >= projection.position_from(case, each) and (each.ends is None or last <= case.number(each.ends))
        for each in case.positions.values()
    )


def _warnings(case: Case, months: dict[str, Month], known: dict[str, Any]) -> list[str]:
    found = []
    late = [key for key, fund in case.funds.items() if case.number(fund.received) >= case.months]
    if late:
        found.append(f"Money that comes after the last month planned is left out: {', '.join(late)}.")
    past = [key for key, line in case.costs.items() if line.first < case.begins and line.kind == "equipment"]
    if past:
        found.append(
            f"Bought before the plan begins, so not in it: {', '.join(past)}. Count what is left in the balance."
        )
    if case.number(case.sales_begin) >= case.months:
        found.append("Sales begin after the last month planned, so there is no revenue.")
    elif case.price <= case.variable_cost:
        found.append("A customer costs at least as much as the price, so every customer adds to the loss.")
    if case.sales_begin < date(case.begins.year, case.begins.month, 1):
        found.append("Sales began before the plan: customers who are there already are not counted.")
    if known["runway_ends"] is not None:
        found.append("Cash falls below zero in this plan: raise more or earlier, or spend less or later.")
    return found
