"""Weighted average cost of capital, with the cost of equity by the CAPM.

Cost of equity = risk-free rate + beta * equity premium (+ a size or country premium you give).
WACC = E/V * cost of equity + D/V * cost of debt * (1 - tax rate), weights at market values. The
range moves beta by 0.2 and the premium by one point each way. Source: Sharpe 1964; Brealey, Myers
& Allen, Principles of Corporate Finance, chapters 8 and 17.

Limits: every input is a judgement with a date; no rates, betas or premiums are looked up.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import NonNegativeMoney, Rate, Ratio, Share, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE


class Wacc(Model):
    """Rates a year, as fractions."""

    cost_of_equity: Rate
    after_tax_cost_of_debt: Rate
    equity_weight: Share
    debt_weight: Share
    wacc: Rate
    wacc_low: Annotated[Rate, Field(description="Beta 0.2 and premium one point lower.")]
    wacc_high: Annotated[Rate, Field(description="Beta 0.2 and premium one point higher.")]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def compute_wacc(
    equity: NonNegativeMoney,
    debt: NonNegativeMoney,
    risk_free_rate: Share,
    beta: Ratio,
    equity_premium: Share,
    cost_of_debt: Share,
    tax_rate: Share,
    extra_premium: Share = Decimal(0),
) -> Wacc:
    """WACC, with CAPM cost of equity and a range.

    Use when a discount rate is wanted.
    """
    if equity + debt <= 0:
        raise InvalidInput(
            f"equity {plain(equity)!r} and debt {plain(debt)!r} leave no capital to weigh; give market values",
            field="equity",
        )
    if not -5 <= beta <= 5:
        raise InvalidInput(f"beta {plain(beta)!r} is outside -5 to 5; check it", field="beta")
    with localcontext(PRECISE):
        share = equity / (equity + debt)
        after_tax = cost_of_debt * (1 - tax_rate)

        def at(b: Decimal, premium: Decimal) -> tuple[Decimal, Decimal]:
            cost = risk_free_rate + b * premium + extra_premium
            return cost, share * cost + (1 - share) * after_tax

        cost, found = at(beta, equity_premium)
        around = [
            at(beta + step * Decimal("0.2"), max(equity_premium + step * Decimal("0.01"), Decimal(0)))[1]
            for step in (-1, 1)
        ]
        weight = round_to(share, 6)
        return Wacc(
            cost_of_equity=round_to(cost, 6),
            after_tax_cost_of_debt=round_to(after_tax, 6),
            equity_weight=weight,
            debt_weight=1 - weight,
            wacc=round_to(found, 6),
            wacc_low=round_to(min(*around, found), 6),
            wacc_high=round_to(max(*around, found), 6),
            method="WACC = E/V*re + D/V*rd*(1 - t) at market weights; re = rf + beta*premium, the CAPM (Sharpe 1964; "
            "Brealey, Myers & Allen, Principles of Corporate Finance, chapters 8 and 17).",
            assumptions=["Interest is deductible at the tax rate, and the weights stay as they are."],
            warnings=["The cost of equity is below the after-tax cost of debt; check beta and premium."]
            if cost < after_tax
            else [],
        )
