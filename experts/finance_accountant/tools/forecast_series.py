"""Forecast of a monthly or quarterly series, with prediction intervals and a backtest against naive.

Methods: naive (last value), seasonal naive (last season), drift (mean change), Holt-Winters additive
and multiplicative, with a damped trend if asked, and arima, the airline model ARIMA(0,1,1)(0,1,1)s of Box & Jenkins, on
logarithms where every value is above zero (conditional least squares). Holt-Winters parameters minimise the squared one-step errors
(grid, then compass search; initial states from the first two seasons). The backtest holds out the last
periods (at most one season) and gives MAPE and MASE (error / in-sample seasonal naive error: below 1
is better than naive); "auto" takes the smallest error. Intervals: normal, with the variances of
Hyndman & Athanasopoulos (Forecasting: Principles and Practice, 3rd ed., 5.5 and 8.7); for
multiplicative Holt-Winters 2,000 paths simulated with a fixed seed; for arima the psi weights.

Limits: no other orders of ARIMA; no holidays, price or other causes; at least two seasons, no gaps. Intervals hold only
if the future is like the past.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, Share, Volume, plain, round_to
from experts.finance_accountant.tools._curves import LARGEST
from experts.finance_accountant.tools._periods import following, ordered
from experts.finance_accountant.tools._smoothing import MODELS, backtest, fitted, interval

Method = Literal[
    "auto", "naive", "seasonal_naive", "drift", "holt_winters_additive", "holt_winters_multiplicative", "arima"
]


_LARGEST_RATIO = 1e6


class Forecast(Model):
    """One period ahead, with its prediction interval."""

    period: str
    value: Volume
    low: Volume
    high: Volume


class BacktestScore(Model):
    """Errors over the periods held out; MAPE as a fraction, absent where an actual is 0."""

    mean_absolute_error: Volume
    mape: Ratio | None = None
    mase: Ratio | None = None


class SeriesForecast(Model):
    """In the unit of the history."""

    method_used: str
    forecast: list[Forecast]
    backtest: Annotated[dict[Key, BacktestScore], Field(description="By method; empty if there is no room.")]
    held_out: Count
    better_than_naive: Annotated[bool | None, Field(description="Than seasonal naive, in the backtest.")] = None
    parameters: dict[Key, Ratio] = {}
    level: Share
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def forecast_series(
    history: Annotated[
        dict[str, Volume],
        Field(min_length=1, max_length=240, description="By '2026-01' or '2026-Q1'."),
    ],
    horizon: Count = 12,
    method: Method = "auto",
    damped: bool = False,
    level: Share = Decimal("0.95"),
) -> SeriesForecast:
    """Forecast a series with intervals, backtested against naive.

    Use when two seasons are known.
    """
    if not 1 <= horizon <= 36:
        raise InvalidInput(f"horizon {horizon!r} is not between 1 and 36; ask for fewer periods", field="horizon")
    if not Decimal("0.5") <= level <= Decimal("0.999"):
        raise InvalidInput(f"level {plain(level)!r} is outside 0.5 to 0.999; 0.95 is usual", field="level")
    keys, season = ordered(list(history))
    series = [float(history[key]) for key in keys]
    if max(map(abs, series)) >= float(LARGEST):
        raise InvalidInput("history is out of range; use thousands", field="history")
    if len(series) < 2 * season:
        raise InvalidInput(
            f"history has {len(series)} periods, fewer than two seasons of {season}; give {2 * season} or more",
            field="history",
        )
    possible = [name for name in MODELS if name != "holt_winters_multiplicative" or min(series) > 0]
    if method != "auto" and method not in possible:
        raise InvalidInput(
            f"method {method!r} needs values above zero, but the least is {min(series):g}; use the additive one",
            field="method",
        )
    held = min(horizon, season, len(series) - 2 * season)
    tried = {name: backtest(series, season, name, damped, held) for name in possible} if held else {}
    scores = {name: score for name, score in tried.items() if score[0] < float(LARGEST)}
    chosen: str = method
    if method == "auto":
        chosen = (
            min(scores, key=lambda name: (_digits(scores[name][0]), possible.index(name)))
            if scores
            else "seasonal_naive"
        )
    model = fitted(series, season, chosen, damped)
    lows, highs = interval(model, series, season, horizon, float(level))
    points = model.ahead(horizon)
    if max(map(abs, (*points, *lows, *highs))) >= float(LARGEST):
        raise InvalidInput(
            f"method {chosen!r} runs out of range on this history; look for outliers or use 'seasonal_naive'",
            field="method",
        )
    naive = scores.get("seasonal_naive")
    return SeriesForecast(
        method_used=chosen + ("_damped" if damped and chosen.startswith("holt") else ""),
        forecast=[
            Forecast(period=period, value=_digits(value), low=_digits(low), high=_digits(high))
            for period, value, low, high in zip(following(keys[-1], horizon), points, lows, highs, strict=True)
        ],
        backtest={name: _score(*score) for name, score in scores.items()},
        held_out=held,
        better_than_naive=None if naive is None or chosen not in scores else scores[chosen][0] < naive[0],
        parameters={name: _digits(value) for name, value in model.parameters.items()},
        level=level,
        method=f"{'ARIMA(0,1,1)(0,1,1)' if chosen == 'arima' else chosen.replace('_', ' ')}; backtest on the last {held} periods; intervals after Hyndman & Athanasopoulos, "
        "Forecasting: Principles and Practice (3rd ed.).",
        assumptions=[f"A season has {season} periods, and the pattern goes on; errors are normal and independent."]
        + (["Logarithms are forecast, so the figures are medians."] if chosen == "arima" and min(series) > 0 else []),
        warnings=_warnings(chosen, scores, min(series) >= 0 and min(lows) < 0, lows == highs),
    )


def _digits(value: float) -> Decimal:
    """Six significant digits: what a forecast can carry, and the same on every machine."""
    found = Decimal(f"{value:.5e}")
    return round_to(found, 12) if abs(value) < 1 else found


def _score(error: float, mape: float | None, mase: float | None) -> BacktestScore:
    return BacktestScore(
        mean_absolute_error=_digits(error),
        # An error of a million times the value says that the value is next to zero, nothing else.
        mape=None if mape is None or mape > _LARGEST_RATIO else _digits(mape),
        mase=None if mase is None or mase > _LARGEST_RATIO else _digits(mase),
    )


def _warnings(
    chosen: str, scores: dict[str, tuple[float, float | None, float | None]], negative: bool, exact: bool
) -> list[str]:
    found = []
    if exact:
        found.append("The method repeats this history without error, so the interval has no width; expect surprises.")
    if not scores:
        found.append("Two seasons leave no period to test on; more history is needed to compare methods.")
    elif chosen not in scores or (chosen != "seasonal_naive" and scores[chosen][0] >= scores["seasonal_naive"][0]):
        found.append("The backtest does not beat the seasonal naive forecast; use that one or find the cause.")
    if negative:
        found.append("The interval reaches below zero, which the history never does.")
    return found
