"""Analysis of an A/B test of two conversion rates.

z test of two proportions: z = (p_b - p_a) / s. `pooled`: s^2 = p(1-p)(1/n_a + 1/n_b) with the rate p of
both variants together; `unpooled`: s^2 = p_a(1-p_a)/n_a + p_b(1-p_b)/n_b (Fleiss, Levin & Paik, Statistical
Methods for Rates and Proportions, 3rd ed. 2003, ch. 3); two-sided, without continuity correction. Fisher's exact
test, two-sided: the sum of the probabilities of all tables with the same margins that are no likelier (Fisher 1935).
Interval of the difference: Newcombe's hybrid score method 10 (Statistics in Medicine 17, 1998), from Wilson's
intervals. Interval of the lift: log ratio (Katz et al., Biometrics 34, 1978), absent where a variant has no
conversions. Bayes: with uniform priors the rates are Beta(1 + conversions, 1 + misses), independent;
`chance_b_better` = P(rate_b > rate_a) by numerical integration (Gelman et al., Bayesian Data Analysis, 3rd ed. 2013,
ch. 2; Miller 2014 has the same chance in closed form). Sample ratio mismatch (SRM): chi-square with one degree of freedom of the visitors against the planned
split; flagged below p = 0.01, because then assignment or counting is probably broken and no result can be trusted.

Limits: fixed sample. Each look at the results before the planned end is a further chance of a false winner; with
`looks` above one the significance is divided by it (Bonferroni), which is valid and cautious. Visitors are taken to
be independent. A p-value is not the chance that B is better; `chance_b_better` is, under uniform priors, but looking often
makes false winners of it too.
"""

import math
from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Rate, Ratio, Share, decimal_of, plain, round_to
from experts.marketing_sales.tools._chance import quantile, two_sided, wilson
from experts.marketing_sales.tools._curves import EXACT

MOST_VISITORS = 10**7
MOST_LOOKS = 100
SRM_BELOW = Decimal("0.01")
FEWEST_EVENTS = 5
OUTSIDE = 1e-10  # share of a posterior left out at each end of the integral


class ABTestResult(Model):
    """B against A. `significant` is the z test's; `p_value_needed` is the significance divided by the looks."""

    rate_a: Rate
    rate_b: Rate
    difference: Rate
    difference_low: Rate
    difference_high: Rate
    lift: Rate | None = None
    lift_low: Rate | None = None
    lift_high: Rate | None = None
    z: Ratio
    p_value: Rate
    fisher_p_value: Rate
    p_value_needed: Rate
    chance_b_better: Rate
    significant: bool
    srm_chi_square: Ratio
    srm_p_value: Rate
    srm: bool
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def analyze_ab_test(
    visitors_a: Count,
    conversions_a: Count,
    visitors_b: Count,
    conversions_b: Count,
    confidence: Share = Decimal("0.95"),
    planned_share_a: Annotated[Share, Field(description="share of visitors meant for A")] = Decimal("0.5"),
    looks: Annotated[Count, Field(description="times the results were looked at, this one included")] = 1,
    variance: Literal["pooled", "unpooled"] = "pooled",
) -> ABTestResult:
    """Analyze an A/B test: difference and lift with intervals, z and Fisher tests, Bayesian chance, split (SRM) check.

    Use when a test has run and the question is whether B differs from A. It does not
    size a test (plan_ab_test does). The test is two-sided; early looks divide the significance.
    """
    for name, visitors, conversions in (("a", visitors_a, conversions_a), ("b", visitors_b, conversions_b)):
        _check(name, visitors, conversions)
    if not 0 < planned_share_a < 1:
        raise InvalidInput(
            f"planned_share_a {plain(planned_share_a)} must lie between 0 and 1, both excluded; an even split is 0.5",
            field="planned_share_a",
        )
    if not 1 <= looks <= MOST_LOOKS:
        raise InvalidInput(f"looks {looks} must be from 1 to {MOST_LOOKS}; count this look too", field="looks")
    z_interval = quantile(confidence)
    with localcontext(EXACT):
        p_a, p_b = Decimal(conversions_a) / visitors_a, Decimal(conversions_b) / visitors_b
        both = Decimal(conversions_a + conversions_b) / (visitors_a + visitors_b)
        if both in (0, 1):
            raise InvalidInput(
                f"conversions_a {conversions_a} and conversions_b {conversions_b}: nobody or everybody converted, so "
                "there is nothing to compare; let the test run on",
                field="conversions_a",
            )
        if variance == "pooled":
            spread = both * (1 - both) * (1 / Decimal(visitors_a) + 1 / Decimal(visitors_b))
        else:
            spread = p_a * (1 - p_a) / visitors_a + p_b * (1 - p_b) / visitors_b
            if spread == 0:
                raise InvalidInput("variance 'unpooled' is zero for these rates; choose 'pooled'", field="variance")
        z = round_to((p_b - p_a) / spread.sqrt(), 6)
        low_a, high_a = wilson(conversions_a, visitors_a, z_interval)
        low_b, high_b = wilson(conversions_b, visitors_b, z_interval)
        gap = p_b - p_a
        low = gap - ((p_b - low_b) ** 2 + (high_a - p_a) ** 2).sqrt()
        high = gap + ((high_b - p_b) ** 2 + (p_a - low_a) ** 2).sqrt()
        lift, lift_low, lift_high = None, None, None
        if conversions_a:
            lift = round_to(p_b / p_a - 1, 6)
        if conversions_a and conversions_b:
            width = z_interval * ((1 - p_a) / conversions_a + (1 - p_b) / conversions_b).sqrt()
            lift_low, lift_high = (round_to(p_b / p_a * side.exp() - 1, 6) for side in (-width, width))
        total = visitors_a + visitors_b
        meant = total * planned_share_a
        chi = (visitors_a - meant) ** 2 / meant + (visitors_b - (total - meant)) ** 2 / (total - meant)
        srm_p = two_sided(chi.sqrt())
        needed = round_to((1 - confidence) / looks, 6)
    p_value = two_sided(z)
    warnings = []
    if srm_p < SRM_BELOW:
        warnings.append(
            f"Sample ratio mismatch: {visitors_a:,} and {visitors_b:,} visitors do not fit the planned split (p = "
            f"{plain(srm_p)}). Find the fault in assignment or counting before believing any result."
        )
    if looks > 1:
        warnings.append(
            f"The results were looked at {looks} times, so a p-value counts only below {plain(needed)}; stopping at "
            "the first good look makes false winners."
        )
    else:
        warnings.append("Valid for one look at the planned end; if you looked before, give the number of looks.")
    counts = (conversions_a, conversions_b, visitors_a - conversions_a, visitors_b - conversions_b)
    if min(counts) < FEWEST_EVENTS:
        warnings.append("A variant has so few conversions (or misses) that Fisher's exact test is to be preferred.")
    return ABTestResult(
        rate_a=round_to(p_a, 6),
        rate_b=round_to(p_b, 6),
        difference=round_to(gap, 6),
        difference_low=round_to(low, 6),
        difference_high=round_to(high, 6),
        lift=lift,
        lift_low=lift_low,
        lift_high=lift_high,
        z=z,
        p_value=p_value,
        fisher_p_value=_fisher(conversions_a, visitors_a, conversions_b, visitors_b),
        p_value_needed=needed,
        chance_b_better=_chance_b_better(conversions_a, visitors_a, conversions_b, visitors_b),
        significant=p_value < needed,
        srm_chi_square=round_to(chi, 6),
        srm_p_value=srm_p,
        srm=srm_p < SRM_BELOW,
        method=(
            f"Two-sided z test of two proportions, {variance} variance, no continuity correction; Newcombe hybrid "
            "score interval of the difference; Katz log interval of the lift; Fisher's exact test; beta-binomial chance "
            "with uniform priors; chi-square split check."
        ),
        assumptions=["Visitors are assigned at random and independent of each other, and count once each."],
        warnings=warnings,
    )


def _check(name: str, visitors: int, conversions: int) -> None:
    if not 1 <= visitors <= MOST_VISITORS:
        raise InvalidInput(f"visitors_{name} {visitors} must be from 1 to {MOST_VISITORS:,}", field=f"visitors_{name}")
    if conversions > visitors:
        raise InvalidInput(
            f"conversions_{name} {conversions} is above visitors_{name} {visitors}; count each visitor once",
            field=f"conversions_{name}",
        )


def _fisher(hits_a: int, n_a: int, hits_b: int, n_b: int) -> Decimal:
    """Two-sided, by walking outwards from the most likely table until further tables no longer matter."""
    hits, total = hits_a + hits_b, n_a + n_b
    least, most = max(0, hits - n_b), min(n_a, hits)
    mode = min(most, max(least, (hits + 1) * (n_a + 1) // (total + 2)))
    weights = {mode: 1.0}
    for step in (1, -1):
        k, weight = mode, 1.0
        while least <= k + step <= most and (weight > 1e-18):
            if step == 1:
                weight *= (n_a - k) * (hits - k) / ((k + 1) * (n_b - hits + k + 1))
            else:
                weight *= k * (n_b - hits + k) / ((n_a - k + 1) * (hits - k + 1))
            k += step
            weights[k] = weight
    seen = weights.get(hits_a, 0.0) * (1 + 1e-7)  # the tolerance of R's fisher.test for equal probabilities
    chance = math.fsum(w for w in weights.values() if w <= seen) / math.fsum(weights.values())
    return round_to(decimal_of(f"{min(1.0, chance):.12f}"), 6)


def _chance_b_better(hits_a: int, n_a: int, hits_b: int, n_b: int) -> Decimal:
    """P(rate_b > rate_a): the density of the narrower rate times the chance of the other, by Simpson's rule.

    The narrower one is integrated over because a step of it is small against both curves, however unequal the groups.
    """
    from scipy.special import betainc, betaincinv, betaln

    shapes_a, shapes_b = (hits_a + 1, n_a - hits_a + 1), (hits_b + 1, n_b - hits_b + 1)
    over_b = _spread(*shapes_b) <= _spread(*shapes_a)
    (a, b), other = (shapes_b, shapes_a) if over_b else (shapes_a, shapes_b)
    low, high = float(betaincinv(a, b, OUTSIDE)), 1 - float(betaincinv(b, a, OUTSIDE))
    steps, scale = 2000, float(betaln(a, b))
    total = 0.0
    for at in range(steps + 1):
        x = low + (high - low) * at / steps
        if (x <= 0 and a > 1) or (x >= 1 and b > 1):
            continue
        log = ((a - 1) * math.log(x) if a > 1 else 0.0) + ((b - 1) * math.log1p(-x) if b > 1 else 0.0) - scale
        weight = 1 if at in (0, steps) else 4 if at % 2 else 2
        total += weight * math.exp(log) * float(betainc(*other, x))
    below = total * (high - low) / steps / 3
    chance = below if over_b else 1 - below
    return round_to(decimal_of(f"{min(1.0, max(0.0, chance)):.12f}"), 6)


def _spread(a: int, b: int) -> float:
    """The variance of a beta distribution."""
    return a * b / (a + b) ** 2 / (a + b + 1)
