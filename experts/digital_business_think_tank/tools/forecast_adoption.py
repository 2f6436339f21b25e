"""Adoption of something new (Bass, logistic, Gompertz) and trends, each with a range.

Bass: F(t) = (1 - e^-(p+q)t) / (1 + (q/p) e^-(p+q)t); new adopters of period t are m(F(t) - F(t-1)).
The rate peaks at T* = ln(q/p)/(p+q) with m(p+q)^2/(4q); with q <= p it falls from the start. Given
p, q and m (or an analog's), low and high are the extremes of the what-ifs (p, q, m each moved by the
spread). With observed periods the parameters are fitted by nonlinear least squares on period adopters
(Srinivasan & Mason 1986) and low and high are 95 % prediction intervals (delta method). Logistic
K/(1+e^-b(t-t0)) and Gompertz K e^(-e^-b(t-t0)) are fitted to cumulative adopters. Trend: ordinary least
squares on the period number with 95 % prediction intervals, and the compound growth rate from first to
last. Source: Bass, "A New Product Growth for Model Consumer Durables", Management Science 15(5), 1969.

Limits: first purchases only, one potential m, period 1 is the launch; data that end before the peak
say little about m (Van den Bulte & Lilien 1997). Analog parameters come from reference://bass_analogs.
"""

import math
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import NonNegativeVolume, Rate, Ratio, Share, Volume, plain
from experts.digital_business_think_tank.tools import _diffusion as curves
from experts.digital_business_think_tank.tools._figures import dec, one_of, small, table

SHORTEST = 4
Kind = Literal["bass", "logistic", "gompertz", "trend"]


class Period(Model):
    """One period; `value` is new adopters (trend: the value itself)."""

    period: int
    value: Volume
    low: Volume | None = None
    high: Volume | None = None
    cumulative: Volume | None = None


class Parameter(Model):
    """One parameter of the curve and, if fitted, its standard error."""

    name: str
    value: Ratio
    standard_error: Ratio | None = None


class WhatIf(Model):
    """The forecast if one parameter were different."""

    change: str
    peak_period: Ratio | None = None
    cumulative_end: Volume


class AdoptionForecast(Model):
    """Periods count from launch; `rows` hold fitted and forecast periods."""

    kind: str
    parameters: list[Parameter]
    peak_period: Annotated[Ratio | None, Field(description="When new adopters peak, in periods from launch.")] = None
    peak_rate: Volume | None = None
    growth_rate: Annotated[Rate | None, Field(description="Trend: compound rate a period.")] = None
    r_squared: Ratio | None = None
    rows: list[Period]
    what_if: list[WhatIf] = []
    source: str = ""
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def forecast_adoption(
    kind: Kind = "bass",
    observed: Annotated[
        list[NonNegativeVolume] | None,
        Field(
            max_length=120,
            description="New adopters a period since launch (4+).",
        ),
    ] = None,
    p: Annotated[Ratio | None, Field(description="Innovation.")] = None,
    q: Annotated[Ratio | None, Field(description="Imitation.")] = None,
    m: Annotated[NonNegativeVolume | None, Field(description="Market potential.")] = None,
    analog: Annotated[str, Field(max_length=60, description="Takes p, q from reference://bass_analogs.")] = "",
    periods: Annotated[int, Field(ge=1, le=60, description="Ahead.")] = 10,
    spread: Share = Decimal("0.25"),
) -> AdoptionForecast:
    """Forecast adoption with peak and range (Bass by parameters, analog or fit; logistic; Gompertz) or a trend.

    Use when asked how fast something new spreads.
    """
    observed = observed or []
    for value in [*observed, m or Decimal(0)]:
        small(value, "observed")
    if kind == "bass" and not observed:
        return _given(p, q, m, analog, periods, spread)
    if p is not None or q is not None or analog:
        raise InvalidInput(
            "p, q and analog go with kind 'bass' without 'observed'; leave out one or the other", field="p"
        )
    if len(observed) < SHORTEST:
        raise InvalidInput(
            f"{len(observed)} observed periods are too few to fit; give at least {SHORTEST}, or p, q and m of an analog",
            field="observed",
        )
    if not any(observed):
        raise InvalidInput(
            "'observed' has nothing but zeros; give periods in which something happened", field="observed"
        )
    return _trend(observed, periods) if kind == "trend" else _fitted(kind, observed, periods)


def _given(
    p: Decimal | None, q: Decimal | None, m: Decimal | None, analog: str, periods: int, spread: Decimal
) -> AdoptionForecast:
    source = "p and q: user"
    if analog:
        rows = table("bass_analogs").current()["products"]
        row = rows[one_of(analog, list(rows), "analog")]
        p = Decimal(row["p"]) if p is None else p
        q = Decimal(row["q"]) if q is None else q
        source = f"p and q of {row['label']}: {row['source']}"
    missing = [name for name, value in (("p", p), ("q", q), ("m", m)) if value is None]
    if p is None or q is None or m is None:
        raise InvalidInput(
            f"{' and '.join(missing)} missing; give p, q and m, an analog and m, or at least {SHORTEST} observed periods",
            field=missing[0],
        )
    for name, value, top in (("p", p, Decimal(1)), ("q", q, Decimal(5))):
        if not (0 < value <= top if name == "p" else 0 <= value <= top):
            raise InvalidInput(
                f"{name} {plain(value)!r} must be {'above 0' if name == 'p' else '0 or more'} and at most {top}",
                field=name,
            )
    if m <= 0:
        raise InvalidInput("m '0' is no market; give the number who could ever adopt", field="m")
    if spread >= 1:
        raise InvalidInput(
            f"spread {plain(spread)!r} leaves nothing; give less than 1, for example '0.25'", field="spread"
        )
    base = (float(m), float(p), float(q))
    cases = {"as given": base}
    for at, name in enumerate(("m", "p", "q")):
        for sign in (-1, 1):
            moved = list(base)
            moved[at] *= 1 + sign * float(spread)
            cases[f"{name} {'-' if sign < 0 else '+'}{plain(spread * 100)} %"] = (moved[0], moved[1], moved[2])
    rows_made, total = [], 0.0
    for t in range(1, periods + 1):
        all_cases = [curves.bass_new(t, *case) for case in cases.values()]
        total += all_cases[0]
        rows_made.append(_period(t, all_cases[0], min(all_cases), max(all_cases), total))
    time, rate = _peak(*base)
    ends = {
        name: (case[0] * curves.bass_share(periods, case[1], case[2]), _peak(*case)[0]) for name, case in cases.items()
    }
    return AdoptionForecast(
        kind="bass",
        parameters=[Parameter(name=n, value=dec(v)) for n, v in zip(("m", "p", "q"), base, strict=True)],
        peak_period=dec(time, 3),
        peak_rate=dec(rate, 2),
        rows=rows_made,
        what_if=[WhatIf(change=n, cumulative_end=dec(e, 2), peak_period=dec(t, 3)) for n, (e, t) in ends.items()],
        source=source,
        method="Bass 1969: m(F(t) - F(t-1)); low and high are the extremes of the what-ifs, not a confidence interval.",
        assumptions=[
            f"m, p and q are each uncertain by {plain(spread * 100)} %.",
            "The market adopts as the analog did.",
        ]
        if analog
        else [f"m, p and q are each uncertain by {plain(spread * 100)} %."],
        warnings=["q is not above p: adoption falls from the first period; check the parameters."] if q <= p else [],
    )


def _peak(m: float, p: float, q: float) -> tuple[float, float]:
    if q <= p:
        return 0.0, m * p
    return math.log(q / p) / (p + q), m * (p + q) ** 2 / (4 * q)


def _period(t: int, value: float, low: float, high: float, total: float | None) -> Period:
    return Period(
        period=t,
        value=dec(value, 2),
        low=dec(low, 2),
        high=dec(high, 2),
        cumulative=None if total is None else dec(total, 2),
    )


def _fitted(kind: Kind, observed: list[Decimal], periods: int) -> AdoptionForecast:
    scale = float(sum(observed, Decimal(0)))
    new = [float(v) / scale for v in observed]
    so_far = [sum(new[: at + 1]) for at in range(len(new))]
    n = len(new)
    curve: curves.Curve
    if kind == "bass":
        starts = [(a, b, c) for a in curves.STARTS_M for b in curves.STARTS_P for c in curves.STARTS_Q]
        fit = curves.fit(curves.bass_new, new, starts, [0.5, 1e-7, 0.0], [1000.0, 1.0, 5.0])
        curve, names = curves.bass_new, ("m", "p", "q")
        time, rate = _peak(*fit.values)
    else:
        curve = curves.logistic if kind == "logistic" else curves.gompertz
        starts = [(a, b, c) for a in (1.1, 3.0) for b in (0.1, 0.5, 1.2) for c in (n * 0.4, n * 1.0)]
        fit = curves.fit(curve, so_far, starts, [0.5, 1e-4, -10.0 * n], [1000.0, 10.0, 20.0 * n])
        names = ("K", "b", "t0")
        k, b, time = fit.values
        rate = k * b / (4 if kind == "logistic" else math.e)
    rows: list[Period] = []
    total, before = 0.0, 0.0
    for t in range(1, n + periods + 1):
        here = curve(t, *fit.values)
        value = here if kind == "bass" else here - before
        before, total = here, total + here if kind == "bass" else here
        half = fit.half_width(curve, t) if fit.settled else None
        row = _period(t, value * scale, 0, 0, total * scale)
        update: dict[str, Decimal | None] = {"low": None, "high": None}
        if half is not None and kind == "bass":
            update = {"low": dec(max(0.0, (value - half) * scale), 2), "high": dec((value + half) * scale, 2)}
        elif half is not None:
            update = {"low": dec(max(0.0, (here - half) * scale), 2), "high": dec((here + half) * scale, 2)}
        rows.append(row.model_copy(update=update))
    size = {"m", "K"}
    found = [v * scale if name in size else v for name, v in zip(names, fit.values, strict=True)]
    errors = [e * scale if name in size else e for name, e in zip(names, fit.errors, strict=True)]
    warnings = (
        []
        if fit.settled
        else ["The data do not settle the parameters (one lies at its bound): take no range from this."]
    )
    if time > n:
        warnings.append("The data end before the peak: the potential and the peak are weakly determined.")
    if kind != "bass":
        warnings.append("Residuals of cumulative data hang together, so the intervals are too narrow.")
    return AdoptionForecast(
        kind=kind,
        parameters=[
            Parameter(name=name, value=dec(v), standard_error=dec(e) if fit.settled else None)
            for name, v, e in zip(names, found, errors, strict=True)
        ],
        peak_period=dec(max(time, 0.0), 3),
        peak_rate=dec(rate * scale, 2),
        r_squared=dec(fit.r_squared),
        rows=rows,
        method=(
            "Bass fitted by nonlinear least squares on period adopters (Srinivasan & Mason 1986); low and high: 95 % "
            "prediction intervals by the delta method."
            if kind == "bass"
            else f"{kind.capitalize()} fitted by least squares to cumulative adopters; value is its growth a period; low and "
            "high: 95 % interval of the cumulative figure."
        ),
        assumptions=["Period 1 is the launch; nothing changes the market that the data have not seen."],
        warnings=warnings,
    )


def _trend(observed: list[Decimal], periods: int) -> AdoptionForecast:
    from scipy.special import stdtrit

    ys = [float(v) for v in observed]
    n = len(ys)
    mean_x, mean_y = (n + 1) / 2, sum(ys) / n
    sxx = sum((x - mean_x) ** 2 for x in range(1, n + 1))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in enumerate(ys, 1)) / sxx
    start = mean_y - slope * mean_x
    loss = sum((y - start - slope * x) ** 2 for x, y in enumerate(ys, 1))
    variance = loss / (n - 2)
    total = sum((y - mean_y) ** 2 for y in ys)
    t = float(stdtrit(n - 2, 0.975))
    rows = []
    for x in range(1, n + periods + 1):
        half = t * math.sqrt(variance * (1 + 1 / n + (x - mean_x) ** 2 / sxx))
        value = start + slope * x
        rows.append(_period(x, value, value - half, value + half, None))
    both = observed[0] > 0 and observed[-1] > 0
    growth = dec(float(observed[-1] / observed[0]) ** (1 / (n - 1)) - 1) if both else None
    warnings = [] if both else ["No growth rate: the first or last value is zero."]
    if periods > n:
        warnings.append(
            f"{periods} periods ahead is longer than the {n} observed: a straight line is a poor guide there."
        )
    return AdoptionForecast(
        kind="trend",
        parameters=[
            Parameter(
                name="intercept", value=dec(start), standard_error=dec(math.sqrt(variance * (1 / n + mean_x**2 / sxx)))
            ),
            Parameter(name="slope", value=dec(slope), standard_error=dec(math.sqrt(variance / sxx))),
        ],
        growth_rate=growth,
        r_squared=dec(1 - loss / total) if total else None,
        rows=rows,
        method="Ordinary least squares on the period number; 95 % prediction intervals; compound growth = "
        "(last/first)^(1/(n-1)) - 1.",
        assumptions=["The trend is straight and its scatter even."],
        warnings=warnings,
    )
