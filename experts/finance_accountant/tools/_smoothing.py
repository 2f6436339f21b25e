"""Naive methods, Holt-Winters exponential smoothing and a seasonal ARIMA: fit, forecast, interval, backtest.

Plain floats in a fixed order of operations, without a numerical library, so that the same history
gives the same figures everywhere.
"""

import itertools
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import NormalDist

from experts.finance_accountant.tools._arima import airline

MODELS = ("seasonal_naive", "naive", "drift", "holt_winters_additive", "holt_winters_multiplicative", "arima")
"""From the simplest; a tie in the backtest goes to the first."""
PATHS = 2000
_LOW, _HIGH = 1e-4, 0.9999
_STARTS = [(a, b, g) for a in (0.1, 0.4, 0.8) for b in (0.01, 0.1, 0.3) for g in (0.05, 0.2, 0.5)]


@dataclass(frozen=True)
class Fitted:
    """A fitted method: its forecast `ahead`, one-step errors, and smoothing parameters."""

    name: str
    ahead: Callable[[int], list[float]]
    errors: list[float]
    parameters: dict[str, float] = field(default_factory=dict)
    state: tuple[float, float, tuple[float, ...]] = (0.0, 0.0, ())
    band: Callable[[int, float], tuple[list[float], list[float]]] | None = None


def fitted(series: list[float], season: int, name: str, damped: bool) -> Fitted:
    """The method `name` fitted to the whole series."""
    last = series[-1]
    if name == "naive":
        errors = [b - a for a, b in itertools.pairwise(series)]
        return Fitted(name, lambda count: [last] * count, errors)
    if name == "seasonal_naive":
        tail = series[-season:]
        errors = [b - a for a, b in zip(series, series[season:], strict=False)]
        return Fitted(name, lambda count: [tail[at % season] for at in range(count)], errors)
    if name == "drift":
        slope = (last - series[0]) / (len(series) - 1)
        errors = [b - a - slope for a, b in itertools.pairwise(series)]
        return Fitted(name, lambda count: [last + slope * (at + 1) for at in range(count)], errors)
    if name == "arima":
        model = airline(series, season)
        return Fitted(name, model.ahead, model.errors, {"ma": model.ma, "sma": model.sma}, band=model.band)
    return _holt_winters(series, season, name, damped)


def smooth(
    series: list[float],
    season: int,
    multiplicative: bool,
    parameters: tuple[float, float, float, float],
    start: tuple[float, float, list[float]],
) -> tuple[list[float], float, float, list[float]]:
    """One pass: one-step errors, final level, trend and the last season's indices (oldest first)."""
    alpha, beta, gamma, phi = parameters
    level, trend, seasonal = start[0], start[1], list(start[2])
    errors = []
    for at, actual in enumerate(series):
        index = seasonal[at % season]
        base = level + phi * trend
        predicted = base * index if multiplicative else base + index
        errors.append(actual - predicted)
        if multiplicative:
            new = alpha * actual / index + (1 - alpha) * base if index else base
            seasonal[at % season] = gamma * actual / base + (1 - gamma) * index if base else index
        else:
            new = alpha * (actual - index) + (1 - alpha) * base
            seasonal[at % season] = gamma * (actual - base) + (1 - gamma) * index
        trend = beta * (new - level) + (1 - beta) * phi * trend
        level = new
    turn = len(series) % season
    return errors, level, trend, seasonal[turn:] + seasonal[:turn]


def first_states(series: list[float], season: int, multiplicative: bool) -> tuple[float, float, list[float]]:
    """Level, trend and seasonal indices before the first period, from the first two seasons."""
    first, second = sum(series[:season]) / season, sum(series[season : 2 * season]) / season
    trend = (second - first) / season
    level = first - trend * (season + 1) / 2
    indices = []
    for at in range(season):
        parts = []
        for when in (at, at + season):
            line = level + trend * (when + 1)
            parts.append((series[when] / line if line else 1.0) if multiplicative else series[when] - line)
        indices.append(sum(parts) / 2)
    return level, trend, indices


def _holt_winters(series: list[float], season: int, name: str, damped: bool) -> Fitted:
    multiplicative = name == "holt_winters_multiplicative"
    start = first_states(series, season, multiplicative)

    def loss(at: tuple[float, float, float, float]) -> float:
        total = sum(error * error for error in smooth(series, season, multiplicative, at, start)[0])
        return total if math.isfinite(total) else math.inf

    phis = (0.85, 0.95) if damped else (1.0,)
    best = min(((*point, phi) for phi in phis for point in _STARTS), key=loss)
    best = _compass(loss, best, damped)
    errors, level, trend, seasonal = smooth(series, season, multiplicative, best, start)
    alpha, beta, gamma, phi = best

    def ahead(count: int) -> list[float]:
        found, grown = [], 0.0
        for at in range(count):
            grown += phi ** (at + 1)
            base, index = level + grown * trend, seasonal[at % season]
            found.append(base * index if multiplicative else base + index)
        return found

    parameters = {"alpha": alpha, "beta": beta, "gamma": gamma} | ({"phi": phi} if damped else {})
    return Fitted(name, ahead, errors, parameters, (level, trend, tuple(seasonal)))


Point = tuple[float, float, float, float]


def _compass(loss: Callable[[Point], float], start: Point, damped: bool) -> Point:
    """Compass search: try each parameter a step up and down, halve the step where none helps."""
    best, least, step = start, loss(start), 0.1
    while step > 1e-4:
        moved = False
        for at in range(4 if damped else 3):
            low, high = (0.8, 0.98) if at == 3 else (_LOW, _HIGH)
            for sign in (1, -1):
                value = min(max(best[at] + sign * step, low), high)
                point: Point = (*best[:at], value, *best[at + 1 :])  # type: ignore[assignment]
                found = loss(point)
                if found < least * (1 - 1e-9):
                    best, least, moved = point, found, True
        step = step if moved else step / 2
    return best


def interval(
    model: Fitted, series: list[float], season: int, count: int, level: float
) -> tuple[list[float], list[float]]:
    """Lower and upper ends of the prediction interval for each period ahead."""
    if model.band is not None:
        return model.band(count, NormalDist().inv_cdf((1 + level) / 2))
    points = model.ahead(count)
    sigma = _sigma(model)
    if model.name == "holt_winters_multiplicative":
        return _simulated(model, season, count, level, sigma)
    reach = NormalDist().inv_cdf((1 + level) / 2)
    widths = [reach * sigma * math.sqrt(_variance(model, series, season, at + 1)) for at in range(count)]
    return [p - w for p, w in zip(points, widths, strict=True)], [p + w for p, w in zip(points, widths, strict=True)]


def _sigma(model: Fitted) -> float:
    used = len(model.parameters) + (1 if model.name == "drift" else 0)
    free = max(len(model.errors) - used, 1)
    return math.sqrt(sum(error * error for error in model.errors) / free)


def _variance(model: Fitted, series: list[float], season: int, ahead: int) -> float:
    """Variance of the error `ahead` periods on, in one-step variances (FPP3, sections 5.5 and 8.7)."""
    if model.name == "naive":
        return ahead
    if model.name == "seasonal_naive":
        return (ahead - 1) // season + 1
    if model.name == "drift":
        return ahead * (1 + ahead / (len(series) - 1))
    alpha, beta, gamma = (model.parameters[key] for key in ("alpha", "beta", "gamma"))
    phi, total, grown = model.parameters.get("phi", 1.0), 1.0, 0.0
    for at in range(1, ahead):
        grown += phi**at
        weight = alpha + alpha * beta * grown + (gamma * (1 - alpha) if at % season == 0 else 0.0)
        total += weight * weight
    return total


def _simulated(model: Fitted, season: int, count: int, level: float, sigma: float) -> tuple[list[float], list[float]]:
    alpha, beta, gamma = (model.parameters[key] for key in ("alpha", "beta", "gamma"))
    phi = model.parameters.get("phi", 1.0)
    draw = random.Random(20260101)
    ends: list[list[float]] = [[] for _ in range(count)]
    for _ in range(PATHS):
        level_, trend, seasonal = model.state[0], model.state[1], list(model.state[2])
        for at in range(count):
            index, base = seasonal[at % season], level_ + phi * trend
            value = base * index + draw.gauss(0.0, sigma)
            ends[at].append(value)
            new = alpha * value / index + (1 - alpha) * base if index else base
            seasonal[at % season] = gamma * value / base + (1 - gamma) * index if base else index
            trend = beta * (new - level_) + (1 - beta) * phi * trend
            level_ = new
    low, high = int(PATHS * (1 - level) / 2), min(int(PATHS * (1 + level) / 2), PATHS - 1)
    return [sorted(values)[low] for values in ends], [sorted(values)[high] for values in ends]


def backtest(
    series: list[float], season: int, name: str, damped: bool, held: int
) -> tuple[float, float | None, float | None]:
    """Mean absolute error, MAPE and MASE over the last `held` periods, fitted on those before."""
    train, actual = series[:-held], series[-held:]
    predicted = fitted(train, season, name, damped).ahead(held)
    misses = [abs(a - p) for a, p in zip(actual, predicted, strict=True)]
    error = sum(misses) / held
    mape = sum(m / abs(a) for m, a in zip(misses, actual, strict=True)) / held if all(actual) else None
    changes = [abs(b - a) for a, b in zip(train, train[season:], strict=False)]
    scale = sum(changes) / len(changes)
    return error, mape, error / scale if scale else None
