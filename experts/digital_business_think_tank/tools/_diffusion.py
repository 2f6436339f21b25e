"""Curves of adoption and their least-squares fit."""

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from experts.core.errors import InvalidInput

Curve = Callable[..., float]
STARTS_P, STARTS_Q, STARTS_M = (0.002, 0.03), (0.15, 0.4, 0.9), (1.1, 3.0)


def bass_share(t: float, p: float, q: float) -> float:
    """F(t), the share of the market that has adopted by t (Bass 1969)."""
    fall = math.exp(-(p + q) * t)
    return (1 - fall) / (1 + q / p * fall)


def bass_new(t: float, m: float, p: float, q: float) -> float:
    """Adopters during period t: m(F(t) - F(t-1))."""
    return m * (bass_share(t, p, q) - bass_share(t - 1, p, q))


def logistic(t: float, k: float, b: float, t0: float) -> float:
    """Cumulative adopters k/(1 + exp(-b(t - t0)))."""
    return k / (1 + math.exp(min(700.0, -b * (t - t0))))


def gompertz(t: float, k: float, b: float, t0: float) -> float:
    """Cumulative adopters k*exp(-exp(-b(t - t0)))."""
    return k * math.exp(-math.exp(min(700.0, -b * (t - t0))))


@dataclass(frozen=True)
class Fit:
    """Parameters, their standard errors, and what prediction intervals need."""

    values: tuple[float, ...]
    errors: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    residual_variance: float
    degrees: int
    r_squared: float
    settled: bool

    def half_width(self, curve: Curve, t: float) -> float:
        """Half of the 95 % prediction interval at t, by the delta method."""
        from scipy.special import stdtrit

        slopes = []
        for at, value in enumerate(self.values):
            step = 1e-6 * max(abs(value), 1e-6)
            up, down = list(self.values), list(self.values)
            up[at] += step
            down[at] -= step
            slopes.append((curve(t, *up) - curve(t, *down)) / (2 * step))
        n = range(len(slopes))
        spread = sum(slopes[i] * self.covariance[i][j] * slopes[j] for i in n for j in n)
        return float(stdtrit(self.degrees, 0.975)) * math.sqrt(max(spread, 0.0) + self.residual_variance)


def fit(curve: Curve, ys: list[float], starts: Sequence[tuple[float, ...]], low: list[float], high: list[float]) -> Fit:
    """Nonlinear least squares from several starts; the smallest sum of squares wins, the first among equals."""
    from scipy.optimize import OptimizeWarning, curve_fit

    xs = [float(t) for t in range(1, len(ys) + 1)]
    best: tuple[float, Any, Any] | None = None
    for start in starts:
        begin = [min(max(v, lo * 1.0001 + 1e-12), hi * 0.9999) for v, lo, hi in zip(start, low, high, strict=True)]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", OptimizeWarning)
                found, covariance = curve_fit(
                    lambda x, *a: [curve(t, *a) for t in x], xs, ys, p0=begin, bounds=(low, high), max_nfev=400
                )
        except (RuntimeError, ValueError, OverflowError):  # this start does not converge; another may
            continue
        loss = sum((curve(t, *found) - y) ** 2 for t, y in zip(xs, ys, strict=True))
        if best is None or loss < best[0] * (1 - 1e-9):
            best = (loss, found, covariance)
    if best is None:
        raise InvalidInput(
            "the curve cannot be fitted to 'observed'; give more periods, or another kind", field="observed"
        )
    loss, found, covariance = best
    values = tuple(float(v) for v in found)
    matrix = tuple(tuple(float(v) for v in row) for row in covariance)
    at_bound = any(
        abs(v - lo) < 1e-6 * max(1, abs(lo)) or abs(v - hi) < 1e-4 * abs(hi)
        for v, lo, hi in zip(values, low, high, strict=True)
    )
    finite = all(math.isfinite(v) for row in matrix for v in row)
    degrees = len(ys) - len(values)
    mean = sum(ys) / len(ys)
    total = sum((y - mean) ** 2 for y in ys)
    return Fit(
        values=values,
        errors=tuple(math.sqrt(matrix[i][i]) if finite else math.inf for i in range(len(values))),
        covariance=matrix,
        residual_variance=loss / degrees,
        degrees=degrees,
        r_squared=1 - loss / total if total else 1.0,
        settled=finite and not at_bound,
    )
