"""Budget against actual by line: variance, percent, favourable or not, flexed for volume.

Variance = actual - budget; for revenue more is favourable, for cost less. With planned and actual
units, the budget of variable lines is flexed (budget * actual units / planned units), and the
variance splits into volume (flexed - budget) and spending or price (actual - flexed). Source:
Horngren, Datar & Rajan, Cost Accounting, chapter 7 (flexible budgets).

Limits: it says where plan and actual differ, not why; the limit for review is yours.
"""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, NonNegativeMoney, NonNegativeVolume, Rate, Share, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE
from experts.finance_accountant.tools._curves import LARGEST

Verdict = Literal["favourable", "unfavourable", "on budget"]


class BudgetLine(Model):
    """A line of the budget with what happened."""

    kind: Literal["revenue", "cost"]
    budget: NonNegativeMoney
    actual: NonNegativeMoney
    variable: bool = False


class Variance(Model):
    """Actual less budget, of which volume and spending (price for revenue)."""

    budget: Money
    flexed: Money
    actual: Money
    variance: Money
    percent: Annotated[Rate | None, Field(description="Of the budget, as a fraction; absent: no budget.")] = None
    volume_variance: Money
    spending_variance: Money
    verdict: Verdict
    review: bool


class BudgetComparison(Model):
    """Money in the given currency."""

    lines: dict[Key, Variance]
    budget_profit: Money
    flexed_profit: Money
    actual_profit: Money
    profit_variance: Money
    verdict: Verdict
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def compare_budget_to_actual(
    lines: Annotated[dict[Key, BudgetLine], Field(min_length=1, max_length=200)],
    currency: str,
    planned_units: NonNegativeVolume | None = None,
    actual_units: NonNegativeVolume | None = None,
    review_above: Share = Decimal("0.1"),
) -> BudgetComparison:
    """Budget against actual, flexed for volume.

    Use when results are reviewed.
    """
    if (planned_units is None) != (actual_units is None) or planned_units == 0:
        raise InvalidInput(
            f"planned_units {_shown(planned_units)} and actual_units {_shown(actual_units)} cannot flex a budget; give "
            "both, planned above zero, or neither",
            field="planned_units",
        )
    with localcontext(PRECISE):
        factor = Decimal(1) if planned_units is None or actual_units is None else actual_units / planned_units
        total = sum((max(line.budget * max(factor, Decimal(1)), line.actual) for line in lines.values()), Decimal(0))
        if total >= LARGEST:
            raise InvalidInput(f"the lines add up to {total:.3e}, out of range; write them in thousands", field="lines")
        found = {key: _variance(line, factor, currency, review_above) for key, line in lines.items()}
        planned, flexed, actual = (
            sum((getattr(found[k], what) * _sign(line) for k, line in lines.items()), Decimal(0))
            for what in ("budget", "flexed", "actual")
        )
    flexible = planned_units is not None
    return BudgetComparison(
        lines=found,
        budget_profit=planned,
        flexed_profit=flexed,
        actual_profit=actual,
        profit_variance=actual - planned,
        verdict=_verdict(actual - planned),
        method="Variance = actual - budget; more revenue and less cost are favourable"
        + ("; variable lines flexed by actual/planned units into volume and spending variance" if flexible else "")
        + " (Horngren, Datar & Rajan, Cost Accounting, chapter 7).",
        assumptions=["Variable lines move in proportion to units, other lines not at all."]
        if flexible
        else ["No units are given, so the budget is not flexed and no variance is due to volume."],
        warnings=[f"{key} had no budget." for key, line in lines.items() if not line.budget and line.actual],
    )


def _shown(units: Decimal | None) -> str:
    return "None" if units is None else repr(plain(units))


def _sign(line: BudgetLine) -> int:
    return 1 if line.kind == "revenue" else -1


def _variance(line: BudgetLine, factor: Decimal, currency: str, review_above: Decimal) -> Variance:
    flexed = round_money(line.budget * factor, currency) if line.variable and factor != 1 else line.budget
    difference = line.actual - line.budget
    share = difference / line.budget if line.budget else None
    return Variance(
        budget=line.budget,
        flexed=flexed,
        actual=line.actual,
        variance=difference,
        percent=None if share is None or abs(share) >= LARGEST else round_to(share, 6),
        volume_variance=flexed - line.budget,
        spending_variance=line.actual - flexed,
        verdict=_verdict(difference * _sign(line)),
        review=difference != 0 and (share is None or abs(share) > review_above),
    )


def _verdict(gain: Decimal) -> Verdict:
    return "favourable" if gain > 0 else "unfavourable" if gain < 0 else "on budget"
