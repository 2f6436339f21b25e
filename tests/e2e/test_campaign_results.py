"""Tidewater's figures against calculations that share no code with the experts."""

import math
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from coloraide import Color

from tests.e2e.campaign import ASSETS, BUDGET, EXECUTION, FORECAST, STRATEGY

Results = dict[str, dict[str, Any]]

# The brief, copied by hand: curve factors of a*sqrt(spend), bounds, and what the media may cost.
ROOTS = {"paid_search": 32, "paid_social": 26, "sampling": 11}
MEDIA = Decimal(96_000) - Decimal("0.10") * 96_000 - 14_500


def cut(ratio: float) -> float:
    """To four places, never up: a ratio just below a threshold must not be shown as reaching it."""
    return math.floor(ratio * 10_000) / 10_000


def test_what_is_left_for_media_is_the_total_without_reserve_and_production(results: Results) -> None:
    budget = results[BUDGET]
    assert Decimal("71900.00") == MEDIA
    assert Decimal(budget["media"]) == Decimal(budget["media_available"]) == MEDIA
    assert (budget["reserve"], budget["production"], budget["unallocated"]) == ("9600", "14500", "0")
    assert Decimal(budget["working_total"]) == MEDIA + 14_500


def test_the_cents_of_the_lines_the_reserve_and_production_add_up_to_the_budget(results: Results) -> None:
    budget = results[BUDGET]
    lines = sum(Decimal(line["spend"]) for line in budget["lines"].values())
    assert lines + Decimal(budget["reserve"]) + Decimal(budget["production"]) == Decimal(budget["total"]) == 96_000


def test_the_allocation_is_the_one_that_karush_kuhn_and_tucker_ask_for(results: Results) -> None:
    """Without the podcast, a_i/(2*sqrt(x_i)) is equal where no bound holds, so x_i = media * a_i^2 / sum a^2.

    For sampling that is 4,777.54, below its minimum; so it gets 5,000 and the other two share the rest.
    """
    assert round(float(MEDIA) * 11**2 / sum(a * a for a in ROOTS.values()), 2) == 4777.54
    rest, squares = float(MEDIA) - 5000, 32**2 + 26**2
    expected = {"paid_search": rest * 32**2 / squares, "paid_social": rest * 26**2 / squares, "sampling": 5000.0}
    lines = results[BUDGET]["lines"]
    assert {key: float(lines[key]["spend"]) for key in ROOTS} == pytest.approx(expected, abs=0.005)
    total = sum(a * math.sqrt(expected[key]) for key, a in ROOTS.items())
    assert float(results[BUDGET]["expected_results"]) == pytest.approx(total, abs=0.015)


def test_marginal_results_are_equal_between_channels_that_no_bound_holds_and_lower_at_the_minimum(
    results: Results,
) -> None:
    lines = results[BUDGET]["lines"]
    marginal = {key: a / (2 * math.sqrt(float(lines[key]["spend"]))) for key, a in ROOTS.items()}
    assert marginal["paid_search"] == pytest.approx(marginal["paid_social"], rel=1e-6)
    assert marginal["sampling"] < marginal["paid_search"]
    assert float(results[BUDGET]["marginal_results_per_unit"]) == pytest.approx(marginal["paid_search"], rel=1e-5)
    cost = 1 / marginal["paid_search"]
    assert [float(lines[key]["marginal_cost"]) for key in ("paid_search", "paid_social")] == pytest.approx(
        [cost] * 2, abs=0.005
    )
    # Relaxing sampling's minimum by one unit moves it to where a unit brings more.
    price = marginal["paid_search"] - marginal["sampling"]
    assert float(results[BUDGET]["binding"]["sampling"]["gain_per_unit"]) == pytest.approx(price, rel=1e-4)


def test_the_podcast_is_left_out_because_every_spend_on_it_brings_less_elsewhere(results: Results) -> None:
    """With the podcast in, its best spend is found by bisection on the marginal result that all would share."""

    def spends(marginal: float) -> dict[str, float]:
        found = {key: (a / (2 * marginal)) ** 2 for key, a in ROOTS.items()}
        found["paid_search"] = max(found["paid_search"], 4000.0)
        found["sampling"] = min(max(found["sampling"], 5000.0), 12_000.0)
        found["podcast"] = min(max(410 / marginal - 6000, 6000.0), 22_000.0)
        return found

    low, high = 1e-6, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(spends(middle).values()) > float(MEDIA) else (low, middle)
    best = spends(low)
    assert sum(best.values()) == pytest.approx(float(MEDIA), abs=0.01)
    with_podcast = sum(a * math.sqrt(best[key]) for key, a in ROOTS.items()) + 410 * math.log(
        1 + best["podcast"] / 6000
    )
    budget = results[BUDGET]
    without = float(budget["expected_results"])
    assert with_podcast < without
    assert (budget["lines"]["podcast"]["used"], budget["lines"]["podcast"]["spend"]) == (False, "0")
    podcast = budget["alternatives"]["podcast"]
    assert not podcast["chosen"]
    assert float(podcast["results_if_used"]) == pytest.approx(with_podcast, abs=0.03)
    assert float(podcast["difference"]) == pytest.approx(with_podcast - without, abs=0.03)


def test_a_convex_solver_finds_the_same_split(results: Results) -> None:
    import cvxpy

    spend = cvxpy.Variable(3)
    value = cvxpy.sum(cvxpy.multiply(list(ROOTS.values()), cvxpy.sqrt(spend)))
    bounds = [cvxpy.sum(spend) <= float(MEDIA), spend[0] >= 4000, spend[1] >= 0, spend[2] >= 5000, spend[2] <= 12_000]
    problem = cvxpy.Problem(cvxpy.Maximize(value), bounds)
    problem.solve(solver=cvxpy.CLARABEL)
    assert problem.status == "optimal"
    assert problem.value == pytest.approx(float(results[BUDGET]["expected_results"]), rel=1e-6)
    found = [float(results[BUDGET]["lines"][key]["spend"]) for key in ROOTS]
    assert list(spend.value) == pytest.approx(found, rel=1e-3)


def test_one_customer_pays_back_with_the_first_order(results: Results) -> None:
    """34 x 0.48 = 16.32 earned with the first box; 86,400 / 11,442.25 = 7.55 paid to win it."""
    economics = results[BUDGET]["economics"]
    assert economics["contribution_per_order"] == "16.32"
    cost = Decimal(86_400) / Decimal(results[BUDGET]["expected_results"])
    assert economics["cost_per_result"] == str(round(cost, 2)) == "7.55"
    assert Decimal(economics["first_order_profit"]) == Decimal("16.32") - Decimal("7.55")
    assert economics["payback_months"] == "1"
    assert economics["lifetime_contribution"] == str(round(Decimal("16.32") / (1 - Decimal("0.78")), 2)) == "74.18"
    assert economics["break_even_results"] == math.ceil(86_400 / 16.32) == 5295
    forecast = results[FORECAST]["kpis"]
    assert {key: row["verdict"] for key, row in forecast.items()} == {"cost_per_first_order": "met", "payback": "met"}


def test_the_sample_of_the_page_test_is_the_published_one(results: Results) -> None:
    """Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (2003), eq. 4.14, without correction.

    n = (z_a*sqrt(2*p*q) + z_b*sqrt(p1*q1 + p2*q2))^2 / (p2 - p1)^2, with p the mean of both rates.
    """
    z_a, z_b = 1.959963984540054, 0.8416212335729143  # normal quantiles of 0.975 and 0.80, from tables
    p1, p2 = 0.031, 0.038
    p = (p1 + p2) / 2
    n = (z_a * math.sqrt(2 * p * (1 - p)) + z_b * math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))) ** 2 / (p2 - p1) ** 2
    test = results[FORECAST]["test"]
    assert test["sample_per_variant"] == math.ceil(n)
    assert test["sample_total"] == 2 * test["sample_per_variant"]


def test_a_statistics_package_agrees_with_the_sample(results: Results) -> None:
    """Statsmodels finds the power that the sample has, by a route of its own (unpooled variance under the alternative)."""
    from statsmodels.stats.proportion import power_proportions_2indep as power

    sample = results[FORECAST]["test"]["sample_per_variant"]
    found = power(0.038 - 0.031, 0.031, sample, alpha=0.05, alternative="two-sided")
    before = power(0.038 - 0.031, 0.031, sample - 1, alpha=0.05, alternative="two-sided")
    assert found.power == pytest.approx(0.80, abs=2e-4)
    assert before.power < found.power


def test_copper_on_foam_is_too_faint_for_small_prices(results: Results) -> None:
    """WCAG 2.2 relative luminance, written out; the threshold is compared with the ratio before rounding."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    def contrast(first: str, second: str) -> float:
        light, dark = sorted((luminance(first), luminance(second)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    pairs = results[ASSETS]["pairs"]
    expected = {
        "prices": ("#B85C38", "#F4F1EA", 4.5),
        "button_labels": ("#FFFFFF", "#4F772D", 3.0),  # 14 points and bold is large
        "body_text": ("#12355B", "#F4F1EA", 4.5),
    }
    assert pairs.keys() == expected.keys()
    for key, (front, back, required) in expected.items():
        assert float(pairs[key]["ratio"]) == cut(contrast(front, back)), key
        assert float(pairs[key]["required"]) == required
        assert pairs[key]["passes"] == (contrast(front, back) >= required), key
    assert not pairs["prices"]["passes"]
    suggested = contrast(pairs["prices"]["suggestion"], "#F4F1EA")
    assert suggested >= 4.5
    assert float(pairs["prices"]["suggestion_ratio"]) == cut(suggested)


def test_a_colour_library_agrees_on_copper_and_foam(results: Results) -> None:
    """coloraide takes its luminance from the full sRGB matrix, WCAG from one rounded to four digits."""
    found = Color("#B85C38").contrast("#F4F1EA", method="wcag21")
    assert float(results[ASSETS]["pairs"]["prices"]["ratio"]) == pytest.approx(found, rel=1e-3)
    assert found < 4.5


def test_go_live_is_the_day_one_counts_by_hand(results: Results) -> None:
    """4 + 2 + 7 + 9 + 3 + 2 + 1 = 28 working days from Monday 16 August, Labor Day (6 September) not worked.

    Weeks of five from 16, 23 and 30 August are days 1 to 15; 7 to 10 September days 16 to 19;
    13 to 17 September days 20 to 24; 20 to 23 September days 25 to 28. Day 28 is Thursday 23 September.
    """
    day, worked = date(2027, 8, 16), 0
    while True:
        worked += day.weekday() < 5 and day != date(2027, 9, 6)
        if worked == 28:
            break
        day += timedelta(days=1)
    plan = results[EXECUTION]
    assert plan["go_live"] == day.isoformat() == "2027-09-23"
    assert plan["working_days"] == 28
    assert plan["critical_path"] == [
        *("brief", "budget_approval", "creative_concept", "landing_page", "tracking", "test_and_qa", "go_live")
    ]
    # 24, 27, 28, 29, 30 September and 1 October lie between it and the latest date.
    assert plan["slack_to_latest"] == 6
    assert plan["tasks"]["film_shoot"]["total_float"] == (9 + 3) - (6 + 3)
    assert plan["tasks"]["media_booking"]["total_float"] == (7 + 9 + 3 + 2) - 5


def test_the_cost_baseline_is_the_allocation_without_the_reserve(results: Results) -> None:
    plan = results[EXECUTION]
    assert plan["bac"] == results[BUDGET]["working_total"] == "86400"
    assert plan["reserve"] == "9600"
    weeks = list(plan["weeks"].values())
    assert sum(Decimal(week["planned"]) for week in weeks) == 86_400
    assert weeks[-1]["cumulative"] == "86400"
    assert sum(Decimal(task["cost"]) for task in plan["tasks"].values()) == 14_500


def test_the_formats_to_be_made_are_those_of_the_channel_plan(results: Results) -> None:
    counts = {
        "landing_page": 2,
        "paid_social_still": 6,
        "film": 3,
        "podcast_script": 1,
        "sampling_card": 1,
        "welcome_email": 1,
    }
    assert {key: asset["count"] for key, asset in results[ASSETS]["assets"].items()} == counts
    assert {key: item["count"] for key, item in results[STRATEGY]["formats"].items()} == counts
    assert results[ASSETS]["total_count"] == sum(counts.values())
