"""Sample sizes against published ones and against statsmodels 0.15 (figures noted where used)."""

from decimal import Decimal as D
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.plan_ab_test import plan_ab_test


def test_the_example_of_r_is_met() -> None:
    """R, stats::power.prop.test, Examples: p1 = .50, p2 = .75, power = .90 gives n = 76.7."""
    assert plan_ab_test(D("0.5"), D("0.75"), power=D("0.9")).sample_per_variant == 77


def test_with_continuity_correction_the_table_of_fleiss_is_met() -> None:
    """Fleiss, Levin & Paik, table A.4: P1 = .50, P2 = .75, alpha .05, power .90: n = 85."""
    assert plan_ab_test(D("0.5"), D("0.75"), power=D("0.9"), method="continuity").sample_per_variant == 85


def test_the_arcsine_method_meets_cohens_table() -> None:
    """Cohen 1988, 6.4.1: at h = .10, two-sided .05, power .80, n = 1570. p = .5 against sin^2(pi/4 + .05)."""
    assert plan_ab_test(D("0.5"), D("0.54991671")).method.startswith("Two-proportion")
    assert plan_ab_test(D("0.5"), D("0.54991671"), method="arcsine").sample_per_variant == 1570


@pytest.mark.parametrize(
    ("sides", "method", "n"),
    [
        # statsmodels 0.15 samplesize_proportions_2indep_onetail(0.007, 0.031, 0.8): 10670.01
        (2, "pooled", 10671),
        # the same with alternative="larger": 8404.64
        (1, "pooled", 8405),
        # statsmodels 0.15 NormalIndPower().solve_power(h, alpha=0.05, power=0.8): 10644.26, with
        # h = proportion_effectsize(0.038, 0.031)
        (2, "arcsine", 10645),
    ],
)
def test_the_landing_page_of_tidewater_needs_what_statsmodels_says(sides: int, method: Any, n: int) -> None:
    made = plan_ab_test(D("0.031"), D("0.038"), sides=sides, method=method)
    assert made.sample_per_variant == n
    assert made.sample_total == 2 * n
    assert made.lift == D("0.225806")


def test_a_lift_is_relative_to_the_baseline() -> None:
    by_lift, by_rate = plan_ab_test(D("0.04"), lift=D("0.25")), plan_ab_test(D("0.04"), D("0.05"))
    assert by_lift == by_rate
    assert plan_ab_test(D("0.04"), lift=D("-0.25")).detect_rate == D("0.03")


def test_the_run_is_whole_weeks_and_one_at_least() -> None:
    made = plan_ab_test(D("0.5"), D("0.75"), power=D("0.9"), daily_visitors=D(154))
    assert (made.days, made.run_weeks, made.run_days) == (1, 1, 7)
    made = plan_ab_test(D("0.5"), D("0.75"), power=D("0.9"), daily_visitors=D("10.9"))
    assert (made.days, made.run_weeks, made.run_days) == (15, 3, 21)
    assert plan_ab_test(D("0.5"), D("0.75")).days is None


def test_more_variants_divide_the_significance() -> None:
    three = plan_ab_test(D("0.5"), D("0.75"), variants=3)
    assert three.sample_per_variant == plan_ab_test(D("0.5"), D("0.75"), significance=D("0.025")).sample_per_variant
    assert three.sample_total == 3 * three.sample_per_variant


def test_too_few_visitors_for_a_decade_give_no_days_and_a_warning() -> None:
    made = plan_ab_test(D("0.031"), D("0.038"), daily_visitors=D("0.5"))
    assert made.days is None
    assert "ten years" in made.warnings[0]


def test_few_expected_conversions_are_warned_about() -> None:
    assert "rough" in plan_ab_test(D("0.001"), D("0.9")).warnings[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"baseline_rate": D(0), "detect_rate": D("0.1")}, "baseline_rate 0"),
        ({"baseline_rate": D(1), "detect_rate": D("0.1")}, "baseline_rate 1"),
        ({"baseline_rate": D("0.1"), "detect_rate": D(1)}, "detect_rate 1"),
        ({"baseline_rate": D("0.1"), "detect_rate": D("0.1")}, "no difference"),
        ({"baseline_rate": D("0.1"), "lift": D(0)}, "no difference"),
        ({"baseline_rate": D("0.6"), "lift": D("0.9")}, "1.14"),
        ({"baseline_rate": D("0.6"), "lift": D("-1")}, "lift -1"),
        ({"baseline_rate": D("0.1")}, "both missing"),
        ({"baseline_rate": D("0.1"), "detect_rate": D("0.2"), "lift": D(1)}, "both given"),
        ({"baseline_rate": D("0.1"), "detect_rate": D("0.2"), "power": D(1)}, "power 1"),
        ({"baseline_rate": D("0.1"), "detect_rate": D("0.2"), "significance": D(0)}, "significance 0"),
        ({"baseline_rate": D("0.1"), "detect_rate": D("0.2"), "power": D("0.02")}, "above the significance"),
        ({"baseline_rate": D("0.1"), "detect_rate": D("0.2"), "sides": 3}, "sides 3"),
        ({"baseline_rate": D("0.1"), "detect_rate": D("0.2"), "variants": 1}, "variants 1"),
        ({"baseline_rate": D("0.1"), "detect_rate": D("0.2"), "daily_visitors": D(0)}, "daily_visitors 0"),
        ({"baseline_rate": D("0.1"), "detect_rate": D("0.1000001")}, "larger difference"),
        ({"baseline_rate": D("0.1"), "detect_rate": D("0.10000000000000000001"), "method": "arcsine"}, "larger"),
        ({"baseline_rate": D("0.1"), "detect_rate": D("0.2"), "power": D("0.99999999999999999999")}, "too close"),
    ],
)
def test_what_cannot_be_tested_is_refused_with_the_value(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput, match=words.replace(".", r"\.")):
        plan_ab_test(**arguments)
