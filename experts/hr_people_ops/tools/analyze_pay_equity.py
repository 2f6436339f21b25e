"""Pay gaps between two groups: mean and median, quartiles, and the gap that remains after job factors.

Gap = (reference - comparison) / reference, of mean and of median hourly pay and of bonus (Equality Act 2010 (Gender Pay
Gap Information) Regulations 2017, reg. 8 to 13); quartiles by hourly pay, shares by group, people of equal pay taken in
the order given. Adjusted gap: ordinary least squares of ln(pay) on the group, job dummies and the numeric factors;
1 - exp(b) of the comparison group, with a 95 percent interval by t.

Limits: shows association, neither cause nor discrimination; factors must be legitimate and not themselves biased.
Groups of fewer than ten, and quartile cells of fewer than ten, are suppressed; so is the adjusted gap with fewer than
ten degrees of freedom or factors that determine one another.
"""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import NonNegativeMoney, Rate, Ratio, Share, round_to
from experts.hr_people_ops.tools._groups import mean, median

SMALLEST = 10


class PayRow(Model):
    """One person without a name."""

    pay: Annotated[NonNegativeMoney, Field(ge=Decimal("0.01"), le=10**9)]
    group: Key
    job: Key = "all"
    factors: Annotated[dict[Key, Ratio], Field(max_length=6)] = {}
    bonus: Annotated[NonNegativeMoney | None, Field(le=10**9)] = None


class Gap(Model):
    """Positive: the comparison group is paid less."""

    mean_gap: Rate
    median_gap: Rate


class AdjustedGap(Model):
    """After the factors."""

    gap: Rate
    low: Rate
    high: Rate
    p_value: Share
    r_squared: Share
    people: int
    controls: list[str]


class PayEquity(Model):
    """Gaps as fractions of the reference group's pay."""

    sizes: dict[str, int]
    pay: Gap
    bonus: Gap | None = None
    bonus_receiving: dict[str, Share] = {}
    quartile_shares: list[dict[str, Share]]
    adjusted: AdjustedGap | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def analyze_pay_equity(
    people: Annotated[list[PayRow], Field(min_length=20, max_length=5000, description="pay per hour")],
    reference: Key,
    comparison: Key,
) -> PayEquity:
    """Mean, median and factor-adjusted pay gap of two groups, small cells hidden.

    Use when pay is checked for fairness between groups.
    """
    if reference == comparison:
        raise InvalidInput(f"reference and comparison are both {reference!r}; name two groups", field="comparison")
    rows = [row for row in people if row.group in (reference, comparison)]
    split = {key: [row for row in rows if row.group == key] for key in (reference, comparison)}
    for key, found in split.items():
        if len(found) < SMALLEST:
            raise InvalidInput(
                f"group {key!r} has fewer than {SMALLEST} people; figures for it are suppressed, combine groups",
                field="people",
            )
    warnings = []
    left_out = len(people) - len(rows)
    if left_out:
        warnings.append(f"{left_out} people of other groups are left out.")
    bonuses, receiving = _bonus(split, warnings)
    quartiles = _quartiles(rows, reference, comparison)
    if any(not cell for cell in quartiles):
        warnings.append(f"Quartile cells of fewer than {SMALLEST} people are suppressed.")
    adjusted = _adjusted(rows, comparison, warnings)
    return PayEquity(
        sizes={key: len(found) for key, found in split.items()},
        pay=_gap([row.pay for row in split[reference]], [row.pay for row in split[comparison]]),
        bonus=bonuses,
        bonus_receiving=receiving,
        quartile_shares=quartiles,
        adjusted=adjusted,
        method="Gap = (reference - comparison) / reference (2017 Regulations, reg. 8 to 13); adjusted: OLS of ln(pay) on "
        "group, job and factors, 1 - exp(b), 95% interval by t.",
        assumptions=[
            "Pay is on one basis for all (an hourly rate of the same period).",
            "A gap is no finding of discrimination, and no gap no clearance; factors may carry bias themselves.",
        ],
        warnings=warnings,
    )


def _gap(first: list[Decimal], second: list[Decimal]) -> Gap:
    return Gap(
        mean_gap=round_to(1 - mean(second) / mean(first), 4), median_gap=round_to(1 - median(second) / median(first), 4)
    )


def _bonus(split: dict[str, list[PayRow]], warnings: list[str]) -> tuple[Gap | None, dict[str, Decimal]]:
    if all(row.bonus is None for found in split.values() for row in found):
        return None, {}
    paid = {
        key: [row.bonus for row in found if row.bonus and row.bonus >= Decimal("0.01")] for key, found in split.items()
    }
    if any(len(found) < SMALLEST for found in paid.values()):
        warnings.append(f"Fewer than {SMALLEST} of a group have a bonus; bonus figures are suppressed.")
        return None, {}
    shares = {key: round_to(Decimal(len(paid[key])) / len(split[key]), 4) for key in split}
    first, second = paid.values()
    return _gap(first, second), shares


def _quartiles(rows: list[PayRow], reference: str, comparison: str) -> list[dict[str, Decimal]]:
    """Shares by group in each quarter of pay, lowest first; an empty cell is suppressed."""
    ordered = sorted(rows, key=lambda row: row.pay)
    cuts = [round(len(ordered) * at / 4) for at in range(5)]
    made: list[dict[str, Decimal]] = []
    smallest: list[int] = []
    for begin, end in pairwise(cuts):
        part = ordered[begin:end]
        counts = {key: sum(row.group == key for row in part) for key in (reference, comparison)}
        smallest.append(min(counts.values()))
        if any(0 < count < SMALLEST for count in counts.values()):
            made.append({})
        else:
            made.append({key: round_to(Decimal(count) / len(part), 4) for key, count in counts.items()})
    if sum(not cell for cell in made) == 1:
        # One hidden quarter could be worked out from the sizes of the groups.
        shown = [at for at, cell in enumerate(made) if cell]
        made[min(shown, key=lambda at: smallest[at])] = {}
    return made


def _adjusted(rows: list[PayRow], comparison: str, warnings: list[str]) -> AdjustedGap | None:
    names = sorted({name for row in rows for name in row.factors})
    for at, row in enumerate(rows):
        missing = sorted(set(names) - set(row.factors))
        if missing:
            raise InvalidInput(f"factor {missing[0]!r} is missing for a person; give it for all", field=f"people.{at}")
    jobs = sorted({row.job for row in rows})[1:]
    if not names and not jobs:
        warnings.append("No job or factor is given, so there is no adjusted gap.")
        return None
    if len(jobs) > 60:
        raise InvalidInput(
            f"{len(jobs) + 1} jobs are too many to adjust for; group them to 60 or fewer", field="people"
        )
    design = [
        [1.0, float(row.group == comparison), *(float(row.job == job) for job in jobs), *_numbers(row, names)]
        for row in rows
    ]
    freedom = len(rows) - len(design[0])
    found = _ols(design, [float(row.pay.ln()) for row in rows]) if freedom >= SMALLEST else None
    if found is None:
        warnings.append(
            "The adjusted gap is suppressed: too few people for these factors, or they determine each other."
        )
        return None
    slope, error, p_value, fit = found
    from math import exp

    from scipy.stats import t

    width = float(t.ppf(0.975, freedom)) * error
    return AdjustedGap(
        gap=_rate(1 - exp(_held(slope))),
        low=_rate(1 - exp(_held(slope + width))),
        high=_rate(1 - exp(_held(slope - width))),
        p_value=round_to(Decimal(repr(p_value)), 4),
        r_squared=round_to(Decimal(repr(min(max(fit, 0.0), 1.0))), 4),
        people=len(rows),
        controls=[*(["job"] if jobs else []), *names],
    )


def _numbers(row: PayRow, names: list[str]) -> list[float]:
    return [float(row.factors[name]) for name in names]


def _held(exponent: float) -> float:
    """An exponent that exp can take; beyond it the interval says nothing anyway."""
    return min(max(exponent, -40.0), 40.0)


def _rate(value: float) -> Decimal:
    return round_to(Decimal(repr(value)), 4)


def _ols(design: list[list[float]], target: list[float]) -> tuple[float, float, float, float] | None:
    """Coefficient of the second column, its standard error and p, and R squared; none where columns are dependent."""
    import numpy as np
    from scipy.stats import t

    x: Any = np.array(design)
    scale = np.abs(x).max(axis=0)
    if not scale.all() or np.linalg.matrix_rank(x / scale) < x.shape[1]:
        return None
    y: Any = np.array(target)
    beta, *_ = np.linalg.lstsq(x / scale, y, rcond=None)
    beta = beta / scale
    rest = y - x @ beta
    freedom = len(y) - x.shape[1]
    inverse = np.linalg.inv((x / scale).T @ (x / scale))
    error = float(np.sqrt(rest @ rest / freedom * inverse[1, 1])) / float(scale[1])
    spread = float(((y - y.mean()) ** 2).sum())
    if error == 0 or spread == 0:
        return None
    p_value = float(2 * t.sf(abs(float(beta[1]) / error), freedom))
    return float(beta[1]), error, p_value, 1 - float(rest @ rest) / spread
