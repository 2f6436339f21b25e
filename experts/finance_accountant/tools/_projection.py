"""Month by month: customers, profit, cash and balance of a young company. `project_statements` has the models."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from typing import Literal

from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import round_to
from experts.finance_accountant.tools._cash_flows import PRECISE
from experts.finance_accountant.tools._curves import LARGEST

ZERO = Decimal(0)
MONTH_DAYS = 30
CUSTOMER_PLACES = 4
CostKind = Literal["operating", "cost_of_sales", "equipment"]
FundKind = Literal["founders", "grant", "safe", "round"]


@dataclass(frozen=True)
class Cost:
    kind: CostKind
    amount: Decimal
    first: date
    last: date | None
    growth: Decimal


@dataclass(frozen=True)
class Position:
    salary: Decimal
    starts: date
    ends: date | None


@dataclass(frozen=True)
class Fund:
    kind: FundKind
    amount: Decimal
    received: date


@dataclass(frozen=True)
class Case:
    """Everything that a projection depends on; money a month unless a name says otherwise."""

    currency: str
    begins: date
    months: int
    opening_cash: Decimal
    sales_begin: date
    price: Decimal
    variable_cost: Decimal
    churn: Decimal
    marketing: Decimal
    reinvested: Decimal
    acquisition_cost: Decimal
    receivable_days: Decimal
    payable_days: Decimal
    loading: Decimal
    life_months: int
    tax_rate: Decimal
    costs: Mapping[str, Cost]
    positions: Mapping[str, Position]
    funds: Mapping[str, Fund]
    deferred_months: int = 0

    def month(self, number: int) -> date:
        """The first day of a month, counted from the beginning."""
        at = self.begins.year * 12 + self.begins.month - 1 + number
        return date(at // 12, at % 12 + 1, 1)

    def number(self, day: date) -> int:
        """How many months after the beginning the month of `day` comes."""
        return (day.year - self.begins.year) * 12 + day.month - self.begins.month

    def stressed(self, name: str, step: Decimal) -> "Case":
        """The case with one thing worse by `step`, a share (the delay: six months)."""
        up, down = 1 + step, 1 - step
        if name == "price_lower":
            return replace(self, price=self.price * down)
        if name == "churn_higher":
            return replace(self, churn=min(Decimal(1), self.churn * up))
        if name == "acquisition_dearer":
            return replace(self, acquisition_cost=self.acquisition_cost * up)
        if name == "costs_higher":
            costs = {key: replace(each, amount=each.amount * up) for key, each in self.costs.items()}
            positions = {key: replace(each, salary=each.salary * up) for key, each in self.positions.items()}
            return replace(self, costs=costs, positions=positions)
        later = replace(self, begins=self.sales_begin).month(SALES_DELAY)
        return replace(self, sales_begin=later)


SALES_DELAY = 6
STRESSES = ("price_lower", "churn_higher", "acquisition_dearer", "costs_higher", "sales_later")


def position_from(case: Case, each: Position) -> int:
    """The month in which somebody begins; who is there from the start is not deferred."""
    start = case.number(each.starts)
    return start + case.deferred_months if start > 0 else start


def cost_of(case: Case, each: Cost, month: int) -> Decimal:
    """A cost line in a month."""
    since = month - case.number(each.first)
    if since < 0 or (each.last is not None and month > case.number(each.last)):
        return ZERO
    return round_money(each.amount * (1 + each.growth) ** since, case.currency)


def paid(case: Case, month: int) -> Decimal:
    """Salaries of those employed in a month, with what the employer pays on top."""
    salaries = ZERO
    for each in case.positions.values():
        begun = month >= position_from(case, each)
        if begun and (each.ends is None or month <= case.number(each.ends)):
            salaries += each.salary
    return round_money(salaries * (1 + case.loading), case.currency)


def received(case: Case, kind: FundKind, month: int) -> Decimal:
    """Money of one kind that comes in a month."""
    return sum((f.amount for f in case.funds.values() if f.kind == kind and case.number(f.received) == month), ZERO)


def run(case: Case) -> list[dict[str, Decimal]]:
    """Every month's figures by name, in order."""
    rows: list[dict[str, Decimal]] = []
    before = dict.fromkeys(
        ("customers", "revenue", "receivables", "payables", "fixed_assets", "safes", "retained", "losses_carried"), ZERO
    )
    before |= {"cash": case.opening_cash, "capital": case.opening_cash}
    with localcontext(PRECISE):
        for month in range(case.months):
            row = _month(case, month, before, rows)
            if any(abs(row[name]) >= LARGEST for name in ("customers", "revenue", "assets", "cash")):
                raise InvalidInput(
                    f"the projection grows beyond {LARGEST:,} in the month of {case.month(month)}; lower the share reinvested, "
                    "a growth rate, a price or the months",
                    field="reinvested",
                )
            rows.append(row)
            before = row
    return rows


def _month(
    case: Case, month: int, before: Mapping[str, Decimal], rows: Sequence[Mapping[str, Decimal]]
) -> dict[str, Decimal]:
    def money(value: Decimal) -> Decimal:
        return round_money(value, case.currency)

    selling = month >= case.number(case.sales_begin)
    lines = dict.fromkeys(("operating", "cost_of_sales", "equipment"), ZERO)
    for each in case.costs.values():
        lines[each.kind] += cost_of(case, each, month)
    marketing = money(case.marketing + case.reinvested * before["revenue"]) if selling else ZERO
    new = round_to(marketing / case.acquisition_cost, CUSTOMER_PLACES)
    customers = round_to(before["customers"] * (1 - case.churn) + new, CUSTOMER_PLACES)
    served = (before["customers"] + customers) / 2
    revenue, variable = money(served * case.price), money(served * case.variable_cost)
    cost_of_sales = variable + lines["cost_of_sales"]
    payroll, other = paid(case, month), received(case, "grant", month)
    equipment = lines["equipment"]
    recent = equipment + sum((row["equipment"] for row in rows[max(0, month - case.life_months + 1) :]), ZERO)
    depreciation = min(money(recent / case.life_months), before["fixed_assets"] + equipment)
    gross = revenue - cost_of_sales
    pre_tax = gross - payroll - lines["operating"] - marketing - depreciation + other
    tax = money(case.tax_rate * max(ZERO, pre_tax - before["losses_carried"]))
    net = pre_tax - tax
    receivables = money(revenue * case.receivable_days / MONTH_DAYS)
    payables = money((cost_of_sales + lines["operating"] + marketing) * case.payable_days / MONTH_DAYS)
    more_owed, more_owing = receivables - before["receivables"], payables - before["payables"]
    operating_cash = net + depreciation - more_owed + more_owing
    founders, safe, round_ = (received(case, kind, month) for kind in ("founders", "safe", "round"))
    financing = founders + safe + round_
    change = operating_cash - equipment + financing
    safes = ZERO if round_ else before["safes"] + safe  # a priced round turns every SAFE into capital
    capital = before["capital"] + founders + round_ + (before["safes"] + safe - safes)
    retained = before["retained"] + net
    fixed = before["fixed_assets"] + equipment - depreciation
    cash = before["cash"] + change
    assets = cash + receivables + fixed
    liabilities, equity = payables + safes, capital + retained
    return {
        "marketing": marketing,
        "new_customers": new,
        "customers": customers,
        "revenue": revenue,
        "cost_of_sales": cost_of_sales,
        "gross_profit": gross,
        "payroll": payroll,
        "operating": lines["operating"],
        "depreciation": depreciation,
        "other_income": other,
        "pre_tax": pre_tax,
        "losses_carried": max(ZERO, before["losses_carried"] - pre_tax),
        "tax": tax,
        "net_income": net,
        "receivables_increase": more_owed,
        "payables_increase": more_owing,
        "operating_cash": operating_cash,
        "equipment": equipment,
        "founders_money": founders,
        "safe_money": safe,
        "round_money": round_,
        "financing": financing,
        "cash_change": change,
        "cash": cash,
        "receivables": receivables,
        "fixed_assets": fixed,
        "assets": assets,
        "payables": payables,
        "safes": safes,
        "liabilities": liabilities,
        "capital": capital,
        "retained": retained,
        "equity": equity,
        "difference": assets - liabilities - equity,
    }
