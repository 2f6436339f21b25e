"""Expected figures: numpy and scipy on the same returns."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import numpy as np
import pytest
from scipy import stats

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.measure_portfolio_risk import measure_portfolio_risk

D = Decimal
DRAWN = np.random.default_rng(7).normal(0.0004, 0.012, (250, 2)).round(6)
RETURNS = {"shares": [D(str(x)) for x in DRAWN[:, 0]], "bonds": [D(str(x)) for x in DRAWN[:, 1]]}
WEIGHTS = {"shares": D("0.7"), "bonds": D("0.3")}


def test_numpy_and_scipy_agree() -> None:
    found = measure_portfolio_risk(RETURNS, D(1000000), "USD", WEIGHTS, D("0.99"), risk_free=D("0.03"))

    path = DRAWN @ np.array([0.7, 0.3])
    cut = np.percentile(path, 1)
    assert float(found.var_historical) == pytest.approx(-cut * 1e6, abs=0.01)
    assert float(found.shortfall_historical) == pytest.approx(-path[path <= cut].mean() * 1e6, abs=0.01)
    z = stats.norm.ppf(0.99)
    deviation = path.std(ddof=1)
    assert float(found.var_parametric) == pytest.approx((z * deviation - path.mean()) * 1e6, abs=0.01)
    shortfall = deviation * stats.norm.pdf(z) / 0.01 - path.mean()
    assert float(found.shortfall_parametric) == pytest.approx(shortfall * 1e6, abs=0.01)
    sharpe = (path.mean() - 0.03 / 252) / deviation * np.sqrt(252)
    assert float(found.sharpe or 0) == pytest.approx(sharpe, abs=1e-6)
    worth = np.concatenate([[1], np.cumprod(1 + path)])
    fall = (1 - worth / np.maximum.accumulate(worth)).max()
    assert float(found.max_drawdown) == pytest.approx(fall, abs=1e-6)
    covariance = np.cov(DRAWN.T)
    shares = np.array([0.7, 0.3]) * (covariance @ [0.7, 0.3]) / path.var(ddof=1)
    assert [float(found.risk_shares[key]) for key in RETURNS] == pytest.approx(shares, abs=1e-5)


def test_drawdown_by_hand_and_a_flat_series() -> None:
    """100, 110, 88, 96.8, … : from 110 to 88 is 20 percent, peak after period 1, trough after 2."""
    found = measure_portfolio_risk({"a": [D("0.1"), D("-0.2"), D("0.1"), *[D(0)] * 20]}, D(100), "USD")
    assert (found.max_drawdown, found.drawdown_from, found.drawdown_to) == (D("0.2"), 1, 2)
    flat = measure_portfolio_risk({"a": [D("0.01")] * 20}, D(100), "USD")
    assert (flat.sharpe, flat.risk_shares, flat.var_historical) == (None, {}, -1)


def test_few_periods_wrong_weights_and_percentages_are_refused() -> None:
    with pytest.raises(InvalidInput, match="give the same 20 to 2600"):
        measure_portfolio_risk({"a": [D(0)] * 19}, D(1), "USD")
    with pytest.raises(InvalidInput, match=r"add up to 0\.9, not 1") as caught:
        measure_portfolio_risk(RETURNS, D(1), "USD", {"shares": D("0.6"), "bonds": D("0.3")})
    assert caught.value.field == "weights"
    with pytest.raises(InvalidInput, match="-100 percent or less"):
        measure_portfolio_risk({"a": [D(-5)] * 20}, D(1), "USD")
