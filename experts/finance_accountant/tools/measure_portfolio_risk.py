"""Risk of a portfolio from past returns: VaR and expected shortfall, volatility, Sharpe, drawdown.

The portfolio's return of each period is the weighted sum (weights held fixed). Historical VaR is the
(1 - confidence) quantile of the returns, interpolated between ordered values (Excel's
PERCENTILE.INC), historical expected shortfall the mean of the returns at or below it; parametric
(normal) VaR = z * s - mean, shortfall = s * density(z) / (1 - confidence) - mean, s the sample
standard deviation. Losses are positive amounts for one period. Sharpe ratio = (mean - risk-free) / s, times the
root of the periods a year. Risk share of an asset = weight * covariance with the portfolio / variance. Sources:
RiskMetrics Technical Document (1996); Jorion, Value at Risk; Sharpe 1994.

Limits: the past may not repeat, and history shorter than a crisis understates it; normal tails are too thin; no
options, no liquidity.
"""

from decimal import Decimal, localcontext
from statistics import NormalDist
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Count, Money, NonNegativeMoney, Rate, Ratio, Share, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE

ZERO = Decimal(0)
_LEAST = 20


class PortfolioRisk(Model):
    """Losses for one period in the given currency; volatility, mean and Sharpe a year."""

    var_historical: Money
    shortfall_historical: Money
    var_parametric: Money
    shortfall_parametric: Money
    mean_return: Rate
    volatility: Rate
    sharpe: Ratio | None = None
    max_drawdown: Share
    drawdown_from: Annotated[Count, Field(description="Period of the peak, 0 the start.")]
    drawdown_to: Count
    risk_shares: dict[Key, Rate] = {}
    periods: Count
    returns: Annotated[list[Rate], Field(description="Of the portfolio.")]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def measure_portfolio_risk(
    returns: Annotated[
        dict[Key, list[Rate]], Field(min_length=1, max_length=50, description="By asset, oldest first.")
    ],
    value: NonNegativeMoney,
    currency: str,
    weights: dict[Key, Rate] | None = None,
    confidence: Share = Decimal("0.95"),
    periods_per_year: Annotated[int, Field(ge=1, le=10_000)] = 252,
    risk_free: Rate = ZERO,
) -> PortfolioRisk:
    """VaR, shortfall, Sharpe, drawdown, risk shares.

    Use when losses of a portfolio are asked.
    """
    shares = _checked(returns, weights, confidence, value)
    with localcontext(PRECISE):
        count = len(next(iter(returns.values())))
        path = [sum((shares[key] * row[at] for key, row in returns.items()), ZERO) for at in range(count)]
        if min(path) <= -1 or max(path) > 100:
            raise InvalidInput(
                "a period's portfolio return is -100 percent or less, or above 10,000; give fractions", field="returns"
            )
        mean = sum(path, ZERO) / count
        variance = sum(((r - mean) ** 2 for r in path), ZERO) / (count - 1)
        deviation = variance.sqrt()
        ordered = sorted(path)
        tail = _quantile(ordered, 1 - confidence)
        beyond = [r for r in ordered if r <= tail] or ordered[:1]
        normal = NormalDist()
        z = Decimal(repr(normal.inv_cdf(float(confidence))))
        density = Decimal(repr(normal.pdf(float(z))))
        drop, peak, trough = _drawdown(path)
        yearly = Decimal(periods_per_year)
        excess = mean - risk_free / yearly

        def money(loss: Decimal) -> Decimal:
            return round_money(loss * value, currency)

        return PortfolioRisk(
            var_historical=money(-tail),
            shortfall_historical=money(-sum(beyond, ZERO) / len(beyond)),
            var_parametric=money(z * deviation - mean),
            shortfall_parametric=money(deviation * density / (1 - confidence) - mean),
            mean_return=round_to(mean * yearly, 6),
            volatility=round_to(deviation * yearly.sqrt(), 6),
            sharpe=round_to(excess / deviation * yearly.sqrt(), 6) if deviation > Decimal("1e-12") else None,
            max_drawdown=round_to(drop, 6),
            drawdown_from=peak,
            drawdown_to=trough,
            risk_shares=_risk_shares(returns, shares, path, mean, variance) if variance > Decimal("1e-24") else {},
            periods=count,
            returns=[round_to(r, 10) for r in path],
            method=f"VaR and expected shortfall of one period at {plain(confidence)}: historical (PERCENTILE.INC) and normal "
            "(RiskMetrics); sample standard deviation; Sharpe 1994.",
            assumptions=["Weights are fixed and the next period is drawn like the past ones."],
            warnings=_warnings(count, confidence),
        )


def _checked(
    returns: dict[str, list[Decimal]], weights: dict[str, Decimal] | None, confidence: Decimal, value: Decimal
) -> dict[str, Decimal]:
    lengths = {key: len(row) for key, row in returns.items()}
    if len(set(lengths.values())) > 1 or not _LEAST <= min(lengths.values()) <= 2600:
        raise InvalidInput(
            f"returns have {min(lengths.values())} to {max(lengths.values())} periods; give the same {_LEAST} to 2600 for each",
            field="returns",
        )
    if not Decimal("0.5") <= confidence <= Decimal("0.999"):
        raise InvalidInput(
            f"confidence {plain(confidence)!r} is outside 0.5 to 0.999; 0.95 or 0.99 are usual", field="confidence"
        )
    if value >= Decimal(10) ** 13:
        raise InvalidInput(f"value {plain(value)!r} is out of range; use thousands", field="value")
    shares = weights if weights is not None else dict.fromkeys(returns, Decimal(1))
    if set(shares) != set(returns):
        raise InvalidInput(
            f"weights are for {sorted(shares)}, returns for {sorted(returns)}; give the same assets", field="weights"
        )
    total = sum(shares.values(), ZERO)
    if abs(total - 1) > Decimal("0.0001"):
        raise InvalidInput(f"weights add up to {plain(total)}, not 1; give weights that do", field="weights")
    return shares


def _quantile(ordered: list[Decimal], share: Decimal) -> Decimal:
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def _drawdown(path: list[Decimal]) -> tuple[Decimal, int, int]:
    """The largest fall from a peak of the value, and the periods of peak and trough."""
    worth, top, top_at, worst = Decimal(1), Decimal(1), 0, (ZERO, 0, 0)
    for at, change in enumerate(path, 1):
        worth *= 1 + change
        if worth > top:
            top, top_at = worth, at
        elif 1 - worth / top > worst[0]:
            worst = (1 - worth / top, top_at, at)
    return worst


def _risk_shares(
    returns: dict[str, list[Decimal]], shares: dict[str, Decimal], path: list[Decimal], mean: Decimal, variance: Decimal
) -> dict[str, Decimal]:
    found = {}
    for key, row in returns.items():
        own = sum(row, ZERO) / len(row)
        covariance = sum(((r - own) * (p - mean) for r, p in zip(row, path, strict=True)), ZERO) / (len(row) - 1)
        found[key] = round_to(shares[key] * covariance / variance, 6)
    return found


def _warnings(count: int, confidence: Decimal) -> list[str]:
    behind = count * (1 - confidence)
    if behind < 5:
        return [
            f"Only about {round_to(behind, 1)} of {count} periods lie beyond the VaR, so the historical figures are rough."
        ]
    return []
