"""How many visitors an A/B test needs, and how long that takes.

pooled: n = (z_a sqrt(2 p(1-p)) + z_b sqrt(p1(1-p1) + p2(1-p2)))^2 / (p1-p2)^2, p = (p1+p2)/2,
rounded up. continuity: n/4 (1 + sqrt(1 + 4/(n |p1-p2|)))^2. arcsine: n = 2 ((z_a+z_b)/h)^2,
h = 2 asin sqrt(p2) - 2 asin sqrt(p1). With more than two variants each is compared with the
first, and the significance is divided among the comparisons (Bonferroni). `run_days` are
whole weeks, one at least, because weekdays differ.

Raises InvalidInput for rates outside (0, 1), no difference, and a test beyond a billion visitors.
"""

import math
from decimal import ROUND_CEILING, Decimal, localcontext
from statistics import NormalDist
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Days, NonNegativeVolume, Rate, Ratio, Share, decimal_of, plain, round_to
from experts.marketing_sales.tools._curves import EXACT

MOST_VISITORS = 10**9
MOST_VARIANTS = 10
FEWEST_EVENTS = 5
LONGEST_DAYS = 3650

Method = Literal["pooled", "continuity", "arcsine"]

_METHODS: dict[Method, str] = {
    "pooled": (
        "Two-proportion z test, normal approximation, variance pooled under no difference and unpooled under the "
        "difference (Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions, 3rd ed. 2003, ch. 4), "
        "without continuity correction"
    ),
    "continuity": (
        "Two-proportion z test, normal approximation with continuity correction "
        "(Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions, 3rd ed. 2003, ch. 4)"
    ),
    "arcsine": (
        "Two-proportion z test on the arcsine scale, effect size h "
        "(Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd ed. 1988, ch. 6)"
    ),
}


class ABTestPlan(Model):
    """The size and length of a test. `days` is the least that reaches the sample, `run_days` whole weeks."""

    sample_per_variant: Count
    sample_total: Count
    variants: Count
    baseline_rate: Rate
    detect_rate: Rate
    lift: Rate
    z_significance: Ratio
    z_power: Ratio
    days: Days | None = None
    run_weeks: Count | None = None
    run_days: Days | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_ab_test(
    baseline_rate: Annotated[Share, Field(description="conversion rate today: 0.031")],
    detect_rate: Annotated[Share | None, Field(description="rate to tell apart from it: 0.038")] = None,
    lift: Annotated[Rate | None, Field(description="or relative change: 0.2 is a fifth more")] = None,
    power: Share = Decimal("0.8"),
    significance: Share = Decimal("0.05"),
    sides: Annotated[Count, Field(description="2: better or worse; 1: one direction only")] = 2,
    variants: Annotated[Count, Field(description="versions, today's included")] = 2,
    daily_visitors: Annotated[NonNegativeVolume | None, Field(description="all variants")] = None,
    method: Method = "pooled",
) -> ABTestPlan:
    """Plan an A/B test of conversion rates: visitors per variant, and days at the traffic there is.

    Use when the question is how many visitors a test needs, or how long. It does not analyse
    results (analyze_ab_test does); the sample is for one look at the end.
    """
    target = _target(baseline_rate, detect_rate, lift)
    for name, value in (("power", power), ("significance", significance)):
        if not 0 < value < 1:
            raise InvalidInput(
                f"{name} {plain(value)} must lie between 0 and 1, both excluded; write 0.8 for 80 percent", field=name
            )
    if sides not in (1, 2):
        raise InvalidInput(f"sides {sides} must be 1 (one direction) or 2 (better or worse)", field="sides")
    if not 2 <= variants <= MOST_VARIANTS:
        raise InvalidInput(f"variants {variants} must be from 2 to {MOST_VARIANTS}", field="variants")
    if significance / sides >= power:
        raise InvalidInput(
            f"power {plain(power)} must be above the significance of one side, {plain(significance / sides)}; "
            "the usual choice is 0.8 and 0.05",
            field="power",
        )
    z_a = _quantile(1 - significance / sides / (variants - 1), "significance")
    z_b = _quantile(power, "power")
    with localcontext(EXACT):
        exact = _sample(baseline_rate, target, z_a, z_b, method)
        if exact > MOST_VISITORS:
            raise InvalidInput(
                f"to tell {plain(target)} from {plain(baseline_rate)} takes more than {MOST_VISITORS:,} visitors a "
                "variant; choose a larger difference to detect",
                field="detect_rate",
            )
        sample = int(exact.to_integral_value(ROUND_CEILING))
    warnings = []
    fewest = min(baseline_rate, 1 - baseline_rate, target, 1 - target) * sample
    if fewest < FEWEST_EVENTS:
        warnings.append(
            "So few conversions (or misses) are expected in a variant that the normal approximation is rough; "
            "plan for more visitors."
        )
    days = _days(sample * variants, daily_visitors)
    if days is None and daily_visitors is not None:
        warnings.append(
            "At this traffic the sample would not be reached within ten years; detect a larger difference, or find "
            "more visitors."
        )
    weeks = None if days is None else max(1, -(-days // 7))
    return ABTestPlan(
        sample_per_variant=sample,
        sample_total=sample * variants,
        variants=variants,
        baseline_rate=baseline_rate,
        detect_rate=target,
        lift=round_to(target / baseline_rate - 1, 6),
        z_significance=z_a,
        z_power=z_b,
        days=days,
        run_weeks=weeks,
        run_days=None if weeks is None else weeks * 7,
        method=_METHODS[method],
        assumptions=["Visitors are assigned to variants at random and in equal numbers, and count once each."],
        warnings=warnings,
    )


def _target(baseline: Decimal, detect: Decimal | None, lift: Decimal | None) -> Decimal:
    if not 0 < baseline < 1:
        raise InvalidInput(
            f"baseline_rate {plain(baseline)} must lie between 0 and 1, both excluded; write 0.031 for 3.1 percent",
            field="baseline_rate",
        )
    if (detect is None) == (lift is None):
        both = "are both given" if lift is not None else "are both missing"
        raise InvalidInput(f"detect_rate and lift {both}; give exactly one of them", field="detect_rate")
    if lift is not None:
        detect = baseline * (1 + lift)
        if not 0 < detect < 1:
            raise InvalidInput(
                f"lift {plain(lift)} takes the rate {plain(baseline)} to {plain(detect)}, which is outside 0 to 1; "
                "a lift is relative: 0.2 is a fifth more",
                field="lift",
            )
    assert detect is not None  # exactly one was given
    if not 0 < detect < 1:
        raise InvalidInput(
            f"detect_rate {plain(detect)} must lie between 0 and 1, both excluded; write 0.038 for 3.8 percent",
            field="detect_rate",
        )
    if detect == baseline:
        raise InvalidInput(
            f"there is no difference to detect: both rates are {plain(baseline)}; give the least change that matters",
            field="detect_rate" if lift is None else "lift",
        )
    return detect


def _quantile(probability: Decimal, field: str) -> Decimal:
    value = float(probability)
    if not 0 < value < 1:
        raise InvalidInput(f"{field} is too close to 0 or 1; the usual choices are 0.8 and 0.05", field=field)
    return round_to(decimal_of(NormalDist().inv_cdf(value)), 10)


def _sample(p1: Decimal, p2: Decimal, z_a: Decimal, z_b: Decimal, method: Method) -> Decimal:
    if method == "arcsine":
        h = round_to(decimal_of(2 * math.asin(math.sqrt(p2)) - 2 * math.asin(math.sqrt(p1))), 12)
        return 2 * ((z_a + z_b) / h) ** 2 if h else Decimal(MOST_VISITORS + 1)
    mean, gap = (p1 + p2) / 2, abs(p1 - p2)
    root = z_a * (2 * mean * (1 - mean)).sqrt() + z_b * (p1 * (1 - p1) + p2 * (1 - p2)).sqrt()
    n = (root / gap) ** 2
    if method == "continuity":
        n = n / 4 * (1 + (1 + 4 / (n * gap)).sqrt()) ** 2
    return n


def _days(sample: int, daily_visitors: Decimal | None) -> int | None:
    if daily_visitors is None:
        return None
    if daily_visitors <= 0:
        raise InvalidInput(
            f"daily_visitors {plain(daily_visitors)} must be above zero; leave the visitors out if nobody knows them",
            field="daily_visitors",
        )
    days = (sample / daily_visitors).to_integral_value(ROUND_CEILING)
    return int(days) if days <= LONGEST_DAYS else None
