"""What a projection of the three statements gives: months, years, stresses and their summary."""

from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, NonNegativeVolume, Volume


class Month(Model):
    """One month; `begins` is its first day. Costs and increases as positive amounts."""

    begins: Day
    marketing: NonNegativeMoney
    new_customers: NonNegativeVolume
    customers: NonNegativeVolume
    revenue: Money
    cost_of_sales: Money
    gross_profit: Money
    payroll: Money
    operating: Money
    depreciation: Money
    other_income: Money
    pre_tax: Money
    losses_carried: Money
    tax: Money
    net_income: Money
    receivables_increase: Money
    payables_increase: Money
    operating_cash: Money
    equipment: Money
    founders_money: Money
    safe_money: Money
    round_money: Money
    financing: Money
    cash_change: Money
    cash: Money
    receivables: Money
    fixed_assets: Money
    assets: Money
    payables: Money
    safes: Money
    liabilities: Money
    capital: Money
    retained: Money
    equity: Money
    difference: Money


class Year(Model):
    """A calendar year: flows added up, balances at its end. `month_count` is below 12 in a part year."""

    month_count: Count
    new_customers: Volume
    customers: Volume
    revenue: Money
    cost_of_sales: Money
    gross_profit: Money
    marketing: Money
    payroll: Money
    operating: Money
    depreciation: Money
    other_income: Money
    pre_tax: Money
    tax: Money
    net_income: Money
    receivables_increase: Money
    payables_increase: Money
    operating_cash: Money
    equipment: Money
    founders_money: Money
    safe_money: Money
    round_money: Money
    financing: Money
    cash_change: Money
    cash: Money
    receivables: Money
    fixed_assets: Money
    assets: Money
    payables: Money
    safes: Money
    liabilities: Money
    capital: Money
    retained: Money
    equity: Money


class Stress(Model):
    """The plan with one thing worse: lowest cash, money needed from investors, first month without cash."""

    lowest_cash: Money
    funding_need: NonNegativeMoney
    closing_cash: Money
    runway_ends: Day | None = None


class StatementProjection(Model):
    """Money in the given currency. `runway_ends` and `profit_from` are absent where there is no such month."""

    months: dict[str, Month]
    years: dict[str, Year]
    investor_money: NonNegativeMoney
    other_money: NonNegativeMoney
    funding_need: NonNegativeMoney
    spare: Annotated[Money, Field(description="Investors' money less the need.")]
    lowest_cash: Money
    lowest_cash_month: Day
    closing_cash: Money
    runway_ends: Day | None = None
    runway_months: Annotated[Count, Field(description="Months whose cash does not fall below zero.")]
    profit_from: Annotated[Day | None, Field(description="First month from which profit stays.")] = None
    peak_customers: Annotated[Count, Field(description="Whole customers, rounded.")]
    closing_customers: Count
    marketing_first_year: NonNegativeMoney
    marketing_months: Count
    marketing_per_month: NonNegativeMoney
    largest_burn: NonNegativeMoney
    before_sales: Annotated[
        NonNegativeMoney, Field(description="Costs and equipment before sales begin, without payroll.")
    ]
    payroll_last_month: Money
    headcount_last_month: Count
    stress: dict[Key, Stress]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []
