"""Tests of two proportions against published examples and statsmodels 0.15 / scipy (named where used)."""

from decimal import Decimal as D
from typing import Any

import numpy as np
import pytest
from scipy.special import betaln

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.analyze_ab_test import analyze_ab_test


def test_newcombes_example_is_met() -> None:
    """Newcombe 1998, Table II (a): 56/70 less 48/80, method 10: 0.0524 to 0.3339. z: statsmodels, 2.6501719512."""
    made = analyze_ab_test(80, 48, 70, 56)
    assert (made.difference, made.difference_low, made.difference_high) == (D("0.2"), D("0.052431"), D("0.333873"))
    assert (made.z, made.p_value) == (D("2.650172"), D("0.008045"))
    assert made.fisher_p_value == D("0.012521")  # scipy.stats.fisher_exact: 0.012521129749
    assert made.significant and not made.srm


def test_the_unpooled_variance_gives_another_z() -> None:
    made = analyze_ab_test(80, 48, 70, 56, variance="unpooled")
    assert made.z == D("2.750921")  # 0.2 / sqrt(0.6 * 0.4 / 80 + 0.8 * 0.2 / 70)
    assert "unpooled" in made.method


def test_the_aspirin_trial_is_met() -> None:
    """Agresti, Introduction to Categorical Data Analysis, 2.3.2: relative risk 1.818, 95% interval 1.433 to 2.306."""
    made = analyze_ab_test(11037, 104, 11034, 189)
    assert made.lift is not None and made.lift_low is not None and made.lift_high is not None
    assert [round(x + 1, 3) for x in (made.lift, made.lift_low, made.lift_high)] == [
        D("1.818"),
        D("1.433"),
        D("2.306"),
    ]


def test_fishers_tea_tasting_is_met() -> None:
    """Fisher 1935, the lady tasting tea with three of four right; R fisher.test, two-sided: 0.4857."""
    made = analyze_ab_test(4, 1, 4, 3)
    assert made.fisher_p_value == D("0.485714")
    assert "exact test" in made.warnings[-1]


def test_a_split_that_cannot_be_chance_is_flagged() -> None:
    """Chi-square of 821,588 against 815,482 at an even split is 22.8 (Kohavi et al. 2020, ch. 3: p = 1.8e-6)."""
    made = analyze_ab_test(821588, 30000, 815482, 30500)
    assert made.srm and round(made.srm_chi_square, 1) == D("22.8")
    assert made.warnings[0].startswith("Sample ratio mismatch")


def test_each_look_divides_the_significance() -> None:
    made = analyze_ab_test(80, 48, 70, 56, looks=10)
    assert (made.p_value_needed, made.significant) == (D("0.005"), False)
    assert "looked at 10 times" in made.warnings[0]


def test_a_variant_without_conversions_has_no_interval_of_its_lift() -> None:
    made = analyze_ab_test(100, 0, 100, 7)
    assert (made.lift, made.lift_low) == (None, None)
    assert analyze_ab_test(100, 7, 100, 0).lift == D("-1")


@pytest.mark.parametrize(
    ("arguments", "more", "words"),
    [
        ((10, 11, 10, 5), {}, "conversions_a 11 is above visitors_a 10"),
        ((10, 1, 0, 0), {}, "visitors_b 0"),
        ((10, 0, 10, 0), {}, "nobody or everybody"),
        ((10**8, 1, 10, 5), {}, "visitors_a 100000000"),
        ((10, 1, 10, 5), {"looks": 0}, "looks 0"),
        ((10, 1, 10, 5), {"planned_share_a": D(1)}, "planned_share_a 1"),
        ((10, 1, 10, 5), {"confidence": D(1)}, "confidence 1"),
        ((10, 0, 10, 10), {"variance": "unpooled"}, "zero"),
    ],
)
def test_counts_that_cannot_be_are_refused(arguments: tuple[int, ...], more: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        analyze_ab_test(*arguments, **more)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((200, 5), (200, 0)),  # nobody converted: the tail of an exponential counts
        ((10_000_000, 1_000_000), (30, 2)),  # very unequal groups: a step of one is a leap of the other
        ((1_000_000, 100_000), (50, 7)),
        ((10, 0), (10_000_000, 300_000)),
        ((10_000_000, 9_000_000), (5, 5)),
        ((1000, 40), (1000, 55)),
    ],
)
def test_the_chance_is_millers_closed_form_however_unequal_the_groups(a: tuple[int, int], b: tuple[int, int]) -> None:
    """Miller, Formulas for Bayesian A/B Testing (2014): the sum over i below alpha_b of
    B(alpha_a + i, beta_a + beta_b) / ((beta_b + i) B(1 + i, beta_b) B(alpha_a, beta_a))."""
    alpha_a, beta_a, alpha_b, beta_b = a[1] + 1, a[0] - a[1] + 1, b[1] + 1, b[0] - b[1] + 1
    i = np.arange(alpha_b)
    logs = betaln(alpha_a + i, beta_a + beta_b) - np.log(beta_b + i) - betaln(1 + i, beta_b) - betaln(alpha_a, beta_a)

    made = analyze_ab_test(a[0], a[1], b[0], b[1])

    assert float(made.chance_b_better) == pytest.approx(float(np.exp(logs).sum()), abs=1.5e-6)
