"""Adverse impact of a selection: rates, four-fifths ratios, tests of significance and the small-number rule.

Selection rate = selected / applicants. Impact ratio = rate / highest rate. The four-fifths comparison is made with
whole numbers (5 x selected x applicants of the reference < 4 x ...), so a ratio of exactly 4/5 never fails by
rounding. z is the pooled two-proportion statistic against the reference group (two-sided); Fisher's exact test is
two-sided. Shortfall = expected selections at the overall rate less actual ones. Flip-flop: where one selection more
in the group and one fewer in the reference group would turn the order round, the numbers are too small to conclude
(EEOC Questions and Answers on the Uniform Guidelines, nos. 20 and 21, 44 FR 11996, 1979).

Sources: 29 CFR 1607.4(A) (groups under 2 percent), 1607.4(D) (four-fifths and statistical significance).
Limits: a screen for one stage of one process, not proof either way; who counts as an applicant must be settled first;
the 2 percent rule looks at the labour force, for which the share of applicants stands in here. Groups with fewer than
five applicants are suppressed.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Rate, Ratio, Share, round_to

SMALLEST_GROUP = 5


class Group(Model):
    """Applicants and those selected of one group."""

    applicants: Annotated[int, Field(ge=0, le=100_000)]
    selected: Annotated[int, Field(ge=0, le=100_000)]


class GroupImpact(Model):
    """One group against the reference group; empty figures are suppressed."""

    share_of_applicants: Share
    rate: Share | None = None
    impact_ratio: Ratio | None = None
    below_four_fifths: bool | None = None
    would_flip: bool | None = None
    z: Ratio | None = None
    p_z: Share | None = None
    p_fisher: Share | None = None
    shortfall: Ratio | None = None
    finding: str


class AdverseImpact(Model):
    """Groups in the order given."""

    reference_group: str
    overall_rate: Share
    groups: dict[str, GroupImpact]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def test_adverse_impact(
    groups: Annotated[dict[Key, Group], Field(min_length=2, max_length=30)],
    significance: Annotated[Rate, Field(gt=0, lt=1)] = Decimal("0.05"),
) -> AdverseImpact:
    """Four-fifths ratios with z, Fisher exact and small-number rules.

    Use when a hiring, promotion or layoff step is checked for fairness by group.
    """
    for key, group in groups.items():
        if group.selected > group.applicants:
            raise InvalidInput(
                f"group {key!r} has {group.selected} selected of {group.applicants} applicants; check both counts",
                field=f"groups.{key}.selected",
            )
        if not group.applicants:
            raise InvalidInput(
                f"group {key!r} has no applicants, so it has no selection rate; leave it out",
                field=f"groups.{key}.applicants",
            )
    total = sum(group.applicants for group in groups.values())
    chosen = sum(group.selected for group in groups.values())
    if not chosen:
        raise InvalidInput("nobody was selected in any group, so there is nothing to compare", field="groups")
    judged = [
        key for key, group in groups.items() if group.applicants >= SMALLEST_GROUP and group.applicants * 50 >= total
    ]
    if len(judged) < 2:
        raise InvalidInput(
            f"only {len(judged)} group has at least {SMALLEST_GROUP} applicants and 2 percent of them; "
            "combine stages or a longer period",
            field="groups",
        )
    reference = max(judged, key=lambda key: Decimal(groups[key].selected) / groups[key].applicants)
    if not groups[reference].selected:
        raise InvalidInput("no group that is large enough has a selection; combine stages or a longer period")
    rows = {key: _row(key, groups, reference, total, chosen, significance) for key in groups}
    flagged = [key for key, row in rows.items() if row.below_four_fifths]
    warnings = [f"Below four-fifths of the rate of {reference}: {', '.join(flagged)}."] if flagged else []
    if len(judged) > 2:
        warnings.append("Several groups are compared with one; the p-values are not adjusted for that.")
    return AdverseImpact(
        reference_group=reference,
        overall_rate=_share(chosen, total),
        groups=rows,
        method="29 CFR 1607.4(D): impact ratio = selection rate / highest rate, compared with 4/5 in whole numbers; "
        "pooled two-proportion z and Fisher's exact test, both two-sided; flip-flop by one selection (EEOC Q&A 20, 21); "
        "shortfall at the overall rate.",
        assumptions=[
            "The share of applicants stands in for the share of the labour force in the 2 percent rule "
            "(29 CFR 1607.4(A)).",
            "A ratio below four-fifths is a screen, not proof; a ratio above it is no clearance.",
            "The EEOC had the withdrawal of its part of these guidelines on its agenda in 2026 (RIN 3046-AB43); Title VII "
            "(42 USC 2000e-2(k)), courts and states still use such tests. Check the status before citing the rule.",
        ],
        warnings=warnings,
    )


def _share(part: int, whole: int) -> Decimal:
    return round_to(Decimal(part) / whole, 4)


def _row(
    key: str, groups: dict[str, Group], reference: str, total: int, chosen: int, significance: Decimal
) -> GroupImpact:
    group, best = groups[key], groups[reference]
    share = _share(group.applicants, total)
    if group.applicants < SMALLEST_GROUP:
        return GroupImpact(share_of_applicants=share, finding=f"suppressed: fewer than {SMALLEST_GROUP} applicants")
    rate = _share(group.selected, group.applicants)
    if key == reference:
        return GroupImpact(share_of_applicants=share, rate=rate, finding="reference group (highest rate)")
    if group.applicants * 50 < total:
        return GroupImpact(
            share_of_applicants=share, rate=rate, finding="under 2 percent of applicants: no separate determination"
        )
    below = 5 * group.selected * best.applicants < 4 * best.selected * group.applicants
    flips = (group.selected + 1) * best.applicants > (best.selected - 1) * group.applicants
    z, p_z, p_fisher = _tests(group, best)
    clear = p_fisher < significance
    if not below:
        finding = "at or above four-fifths" + ("; the difference is still significant" if clear else "")
    elif flips:
        finding = "below four-fifths, but one different selection would reverse it: too few to conclude"
    else:
        finding = "below four-fifths and statistically significant" if clear else "below four-fifths, not significant"
    return GroupImpact(
        share_of_applicants=share,
        rate=rate,
        impact_ratio=round_to(Decimal(group.selected * best.applicants) / (group.applicants * best.selected), 4),
        below_four_fifths=below,
        would_flip=flips,
        z=z,
        p_z=p_z,
        p_fisher=p_fisher,
        shortfall=round_to(Decimal(chosen) * group.applicants / total - group.selected, 2),
        finding=finding,
    )


def _tests(group: Group, best: Group) -> tuple[Decimal | None, Decimal | None, Decimal]:
    """z and its p (none where everybody or nobody was selected), and Fisher's p."""
    from math import erfc, sqrt

    from numpy import array
    from scipy.stats import fisher_exact

    n, m = group.applicants, best.applicants
    pooled = (group.selected + best.selected) / (n + m)
    spread = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    cells = [[group.selected, n - group.selected], [best.selected, m - best.selected]]
    exact = round_to(Decimal(repr(float(fisher_exact(array(cells)).pvalue))), 6)
    if not spread:
        return None, None, min(exact, Decimal(1))
    z = (group.selected / n - best.selected / m) / spread
    return (
        round_to(Decimal(repr(z)), 4),
        round_to(Decimal(repr(erfc(abs(z) / sqrt(2)))), 6),
        min(exact, Decimal(1)),
    )
