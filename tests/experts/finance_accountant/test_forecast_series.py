"""Expected figures: statsmodels' Holt-Winters from the same states, and the formulas of Hyndman & Athanasopoulos (FPP3)."""

import math
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize
from statsmodels.tsa.holtwinters import ExponentialSmoothing
from statsmodels.tsa.statespace.sarimax import SARIMAX

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools._arima import airline
from experts.finance_accountant.tools._smoothing import backtest, first_states, fitted, interval, smooth
from experts.finance_accountant.tools.forecast_series import forecast_series

D = Decimal
# Box & Jenkins, airline passengers in thousands, 1949 to 1952.
AIRLINE = [112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133]
AIRLINE += [
    114,
    140,
    145,
    150,
    178,
    163,
    172,
    178,
    199,
    199,
    184,
    162,
    146,
    166,
    171,
    180,
    193,
    181,
    183,
    218,
    230,
    242,
]
AIRLINE += [209, 191, 172, 194]


def monthly(values: list[int], year: int = 1949) -> dict[str, Decimal]:
    return {f"{year + at // 12}-{at % 12 + 1:02}": D(value) for at, value in enumerate(values)}


@pytest.mark.parametrize("kind", ["add", "mul"])
@pytest.mark.parametrize("phi", [1.0, 0.9])
def test_smoothing_is_statsmodels_from_the_same_states(kind: str, phi: float) -> None:
    series = [float(value) for value in AIRLINE]
    start = first_states(series, 12, kind == "mul")
    made = ExponentialSmoothing(
        np.array(series),
        trend="add",
        damped_trend=phi < 1,
        seasonal=kind,
        seasonal_periods=12,
        initialization_method="known",
        initial_level=start[0],
        initial_trend=start[1],
        initial_seasonal=np.array(start[2]),
        bounds={"damping_trend": (0.8, 0.98)} if phi < 1 else None,
    )
    fixed: dict[str, Any] = {"damping_trend": phi} if phi < 1 else {}
    theirs = made.fit(smoothing_level=0.3, smoothing_trend=0.1, smoothing_seasonal=0.2, optimized=False, **fixed)
    errors, level, trend, seasonal = smooth(series, 12, kind == "mul", (0.3, 0.1, 0.2, phi), start)

    assert np.allclose(errors, theirs.resid)
    grown = [sum(phi**j for j in range(1, at + 2)) for at in range(14)]
    ours = [
        (level + g * trend) * seasonal[at % 12] if kind == "mul" else level + g * trend + seasonal[at % 12]
        for at, g in enumerate(grown)
    ]
    # At h = 12 statsmodels takes the index before its last update; FPP3, section 8.3, takes the updated one.
    agree = [at for at in range(14) if at != 11]
    assert np.allclose(np.array(ours)[agree], theirs.forecast(14)[agree])
    best = made.fit(optimized=True)
    own = fitted(series, 12, f"holt_winters_{'multiplicative' if kind == 'mul' else 'additive'}", phi < 1)
    assert sum(e * e for e in own.errors) <= best.sse * 1.02


def test_naive_methods_and_their_intervals_are_fpp3s() -> None:
    series = [float(value) for value in AIRLINE]
    z = 1.959964
    naive = fitted(series, 12, "naive", False)
    sigma = math.sqrt(sum((b - a) ** 2 for a, b in pairwise(series)) / 47)
    low, high = interval(naive, series, 12, 4, 0.95)
    assert high[3] - low[3] == pytest.approx(2 * z * sigma * 2, rel=1e-6)
    assert fitted(series, 12, "drift", False).ahead(2)[1] == pytest.approx(194 + 2 * (194 - 112) / 47)
    seasonal = fitted(series, 12, "seasonal_naive", False)
    assert seasonal.ahead(13) == [*series[-12:], series[-12]]
    low, high = interval(seasonal, series, 12, 13, 0.95)
    assert (high[12] - low[12]) / (high[0] - low[0]) == pytest.approx(math.sqrt(2))


def test_the_backtest_counts_errors_by_hand() -> None:
    """Seasonal naive, last two held out: 171, 180 | 172, 194 forecast by 146, 166: errors 26, 28, MAPE, MASE."""
    series = [float(value) for value in AIRLINE]
    error, mape, mase = backtest(series, 12, "seasonal_naive", False, 2)

    assert error == 27
    assert mape == pytest.approx((26 / 172 + 28 / 194) / 2)
    changes = [abs(b - a) for a, b in zip(series[:-2], series[12:-2], strict=False)]
    assert mase == pytest.approx(27 / (sum(changes) / len(changes)))


def test_auto_takes_the_least_error_and_goes_on_from_the_last_month() -> None:
    found = forecast_series(monthly(AIRLINE), 12)

    least = min(found.backtest, key=lambda name: found.backtest[name].mean_absolute_error)
    assert (found.method_used, found.held_out, found.better_than_naive) == (least, 12, True)
    assert (found.forecast[0].period, found.forecast[-1].period) == ("1953-01", "1953-12")
    assert all(point.low < point.value < point.high for point in found.forecast)
    # The year that followed, 1953, was 196, 196, 236, 235 … on average 225.
    mean = sum(point.value for point in found.forecast) / 12
    assert abs(mean - 225) < 15
    assert forecast_series(monthly(AIRLINE), 12) == found


def test_quarters_two_seasons_and_zeros() -> None:
    short = {f"202{4 + at // 4}-Q{at % 4 + 1}": D(value) for at, value in enumerate([0, 5, 9, 3, 1, 6, 9, 4])}
    found = forecast_series(short, 4)

    assert (found.method_used, found.held_out, found.backtest) == ("seasonal_naive", 0, {})
    assert [point.value for point in found.forecast] == [1, 6, 9, 4]
    assert found.forecast[0].period == "2026-Q1"
    damped = forecast_series(short, 4, "holt_winters_additive", damped=True)
    assert damped.method_used == "holt_winters_additive_damped" and "phi" in damped.parameters


@pytest.mark.parametrize(
    ("history", "more", "text"),
    [
        (monthly(AIRLINE[:23]), {}, "fewer than two seasons of 12"),
        ({k: v for k, v in monthly(AIRLINE).items() if k != "1950-05"}, {}, "gaps: 1950-05"),
        ({"1950-13": D(1)}, {}, "'1950-13' is not a month"),
        ({"1950-01": D(1), "1950-Q2": D(1)}, {}, "mixes months and quarters"),
        (monthly([*AIRLINE[:-1], 0]), {"method": "holt_winters_multiplicative"}, "needs values above zero"),
        (monthly(AIRLINE), {"level": D("0.1")}, "outside 0.5 to 0.999"),
    ],
)
def test_short_broken_and_unfit_histories_are_refused(history: Any, more: dict[str, Any], text: str) -> None:
    with pytest.raises(InvalidInput, match=text):
        forecast_series(history, 12, **more)


def test_outliers_of_any_size_end_in_a_figure_or_a_refusal() -> None:
    wild = monthly(AIRLINE) | {"1951-03": D("1E-15"), "1952-02": D(10) ** 14}
    found = forecast_series(wild, 36)

    assert all(abs(point.high) < D(10) ** 15 for point in found.forecast)
    assert found.backtest["naive"].mape is not None


def test_a_history_without_any_error_says_that_the_interval_has_no_width() -> None:
    found = forecast_series({f"{2020 + at // 12}-{at % 12 + 1:02}": Decimal(0) for at in range(36)})
    assert all(one.value == one.low == one.high == 0 for one in found.forecast)
    assert any("no width" in warning for warning in found.warnings)


@pytest.mark.parametrize("count", [1, 2, 13, 23])
def test_fewer_than_two_seasons_are_refused(count: int) -> None:
    with pytest.raises(InvalidInput, match=f"{count} periods, fewer than two seasons"):
        forecast_series({f"{2020 + at // 12}-{at % 12 + 1:02}": Decimal(at) for at in range(count)})


def test_a_horizon_of_0_or_37_is_refused() -> None:
    history = {f"{2020 + at // 12}-{at % 12 + 1:02}": Decimal(at) for at in range(24)}
    for horizon in (0, 37):
        with pytest.raises(InvalidInput, match="not between 1 and 36"):
            forecast_series(history, horizon=horizon)


# Box & Jenkins, series G: airline passengers of 1953 to 1960, after AIRLINE.
LATER = """196 196 236 235 229 243 264 272 237 211 180 201 204 188 235 227 234 264 302 293 259 229 203 229
242 233 267 269 270 315 364 347 312 274 237 278 284 277 317 313 318 374 413 405 355 306 271 306
315 301 356 348 355 422 465 467 404 347 305 336 340 318 362 348 363 435 491 505 404 359 310 337
360 342 406 396 420 472 548 559 463 407 362 405 417 391 419 461 472 535 622 606 508 461 390 432"""
SERIES_G = [float(value) for value in [*AIRLINE, *map(int, LATER.split())]]


def test_the_airline_model_is_the_conditional_least_squares_of_scipy() -> None:
    """R's arima(log(AirPassengers), method = "CSS") prints -0.3772 and -0.5724; here scipy finds the same minimum."""
    logs = np.log(np.array(SERIES_G))
    changes = np.diff(logs)[12:] - np.diff(logs)[:-12]

    def loss(at: Any) -> float:
        errors: list[float] = []
        for now, change in enumerate(changes):
            past = [errors[now - lag] if now >= lag else 0.0 for lag in (1, 12, 13)]
            errors.append(change - at[0] * past[0] - at[1] * past[1] - at[0] * at[1] * past[2])
        return float(np.sum(np.square(errors)))

    theirs = minimize(loss, (-0.4, -0.5), method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-12}).x
    own = airline(SERIES_G, 12)
    assert (own.ma, own.sma) == pytest.approx(tuple(theirs), abs=1e-4)
    assert (own.ma, own.sma) == pytest.approx((-0.3772, -0.5724), abs=2e-4)


def test_the_airline_forecast_and_interval_are_statsmodels() -> None:
    """With the same parameters; the exact likelihood starts otherwise, which is forgotten after eleven years."""
    own = airline(SERIES_G, 12)
    made = SARIMAX(np.log(np.array(SERIES_G)), order=(0, 1, 1), seasonal_order=(0, 1, 1, 12))
    sigma2 = sum(error * error for error in own.errors) / (len(own.errors) - 2)
    theirs = made.smooth([own.ma, own.sma, sigma2]).get_forecast(24)
    assert np.allclose(own.ahead(24), np.exp(theirs.predicted_mean), rtol=2e-3)
    low, high = own.band(24, 1.959964)
    assert np.allclose(np.array([low, high]).T, np.exp(theirs.conf_int(alpha=0.05)), rtol=4e-3)


def test_arima_is_asked_for_by_name_and_works_without_logarithms() -> None:
    months = [f"{1949 + at // 12}-{at % 12 + 1:02}" for at in range(len(SERIES_G))]
    found = forecast_series(dict(zip(months, map(D, map(int, SERIES_G)), strict=True)), 12, "arima")
    assert (found.method_used, found.better_than_naive) == ("arima", True)
    assert set(found.parameters) == {"ma", "sma"}
    assert any("medians" in said for said in found.assumptions)
    losses = {name: D(int(value) - 300) for name, value in zip(months, SERIES_G, strict=True)}
    plain = forecast_series(losses, 12, "arima")
    assert not any("medians" in said for said in plain.assumptions)
    assert all(point.low < point.value < point.high for point in plain.forecast)
