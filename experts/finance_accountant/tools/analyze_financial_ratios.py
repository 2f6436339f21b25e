"""Liquidity, leverage, turnover, margin and return ratios of one or two periods, with DuPont.

Standard definitions (White, Sondhi & Fried, The Analysis and Use of Financial Statements, chapter
4): current, quick, cash ratio; debt to equity, liabilities to assets, interest cover; days of
inventory (on cost of sales), receivables (on revenue), payables (on cost of sales) and the cash
conversion cycle DIO + DSO - DPO; margins; return on assets and equity; DuPont = net margin * asset
turnover * equity multiplier. With a prior balance sheet, balances in turnover and return ratios
are averages of both; otherwise ending ones. Current ratios always use ending balances.

Limits: as good as the statements; no industry benchmarks are given.
"""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Money, Ratio, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE
from experts.finance_accountant.tools._curves import LARGEST

Item = Literal[
    "cash",
    "receivables",
    "inventory",
    "current_assets",
    "total_assets",
    "payables",
    "current_liabilities",
    "total_liabilities",
    "debt",
    "revenue",
    "cost_of_sales",
    "ebit",
    "interest",
    "net_income",
]
Statements = dict[Item, Money]
"""Balances at the period's end and flows of the period; what is missing leaves its ratios undefined."""


class Ratios(Model):
    """Ratios by name; margins and returns are fractions, days are days of the period."""

    ratios: dict[Key, Ratio]
    undefined: Annotated[dict[Key, str], Field(description="Ratios without a value, and why.")]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def analyze_financial_ratios(
    periods: Annotated[list[Statements], Field(min_length=1, max_length=2, description="This one, then the prior.")],
    days: Count = 365,
) -> Ratios:
    """Liquidity, leverage, turnover, cash cycle, margins, returns, DuPont.

    Use when statements are read.
    """
    if not 28 <= days <= 366:
        raise InvalidInput(f"days {days!r} is not between 28 and 366; give the days of the period", field="days")
    for at, one in enumerate(periods):
        _check(one, at)
    now, before = periods[0], periods[-1]
    with localcontext(PRECISE):
        found: dict[str, Decimal] = {}
        undefined: dict[str, str] = {}
        for name, (top, bottom) in _parts(now, before, Decimal(days)).items():
            if top is None or bottom is None:
                undefined[name] = "an item that it needs is missing"
            elif bottom == 0:
                undefined[name] = "its denominator is zero"
            elif abs(top / bottom) >= LARGEST:
                undefined[name] = "its denominator is next to zero"
            else:
                found[name] = round_to(top / bottom, 6)
        cycle = [found.get(f"days_{name}") for name in ("inventory", "receivables", "payables")]
        if cycle[0] is None or cycle[1] is None or cycle[2] is None:
            undefined["cash_conversion_cycle"] = "one of its parts is undefined"
        else:
            found["cash_conversion_cycle"] = cycle[0] + cycle[1] - cycle[2]
    base = "averages of both balance sheets" if len(periods) == 2 else "ending balances"
    return Ratios(
        ratios=found,
        undefined=undefined,
        method=f"Standard ratios (White, Sondhi & Fried, chapter 4); turnover, days and returns on {base}; cash "
        "conversion cycle = DIO + DSO - DPO; DuPont: return on equity = net margin * asset turnover * multiplier.",
        assumptions=[f"The period has {days} days; payables turn on cost of sales, equity is assets less liabilities."],
        warnings=["Equity is negative, so ratios on equity have no useful meaning."]
        if any((_less(one.get("total_assets"), one.get("total_liabilities")) or 0) < 0 for one in periods)
        else [],
    )


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _parts(now: Statements, before: Statements, days: Decimal) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """Numerator and denominator of each ratio; None where an item is missing."""

    def mean(item: Item) -> Decimal | None:
        one, other = now.get(item), before.get(item)
        return None if one is None or other is None else (one + other) / 2

    def in_days(item: Item) -> Decimal | None:
        average = mean(item)
        return None if average is None else average * days

    cash, receivables, current = now.get("cash"), now.get("receivables"), now.get("current_liabilities")
    revenue, cost, income = now.get("revenue"), now.get("cost_of_sales"), now.get("net_income")
    equity = _less(mean("total_assets"), mean("total_liabilities"))
    return {
        "current_ratio": (now.get("current_assets"), current),
        "quick_ratio": (None if cash is None or receivables is None else cash + receivables, current),
        "cash_ratio": (cash, current),
        "liabilities_to_assets": (now.get("total_liabilities"), now.get("total_assets")),
        "debt_to_equity": (now.get("debt"), _less(now.get("total_assets"), now.get("total_liabilities"))),
        "interest_cover": (now.get("ebit"), now.get("interest")),
        "gross_margin": (_less(revenue, cost), revenue),
        "operating_margin": (now.get("ebit"), revenue),
        "net_margin": (income, revenue),
        "asset_turnover": (revenue, mean("total_assets")),
        "equity_multiplier": (mean("total_assets"), equity),
        "return_on_assets": (income, mean("total_assets")),
        "return_on_equity": (income, equity),
        "days_inventory": (in_days("inventory"), cost),
        "days_receivables": (in_days("receivables"), revenue),
        "days_payables": (in_days("payables"), cost),
    }


_INSIDE: tuple[tuple[Item, Item], ...] = (
    ("current_assets", "total_assets"),
    ("current_liabilities", "total_liabilities"),
    ("payables", "current_liabilities"),
    ("debt", "total_liabilities"),
)
_LIQUID: tuple[Item, ...] = ("cash", "receivables", "inventory")


def _check(one: Statements, at: int) -> None:
    for item, amount in one.items():
        if amount < 0 and item not in ("ebit", "net_income"):
            raise InvalidInput(
                f"{item} {plain(amount)!r} is negative; write zero or more", field=f"periods.{at}.{item}"
            )
    for part, whole in _INSIDE:
        small, large = one.get(part), one.get(whole)
        if small is not None and large is not None and small > large:
            raise InvalidInput(
                f"{part} {plain(small)!r} exceeds {whole} {plain(large)!r}; correct one of them",
                field=f"periods.{at}.{part}",
            )
    inside = sum((one.get(item, Decimal(0)) for item in _LIQUID), Decimal(0))
    total = one.get("current_assets")
    if total is not None and inside > total:
        raise InvalidInput(
            f"cash, receivables and inventory make {plain(inside)}, above current_assets {plain(total)!r}; correct one "
            "of them",
            field=f"periods.{at}.current_assets",
        )
