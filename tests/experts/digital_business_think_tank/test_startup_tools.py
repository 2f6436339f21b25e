"""Counting a market, judging hypotheses, blending price plans, adding up investments: each against figures by hand."""

# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.add_up_investments import Investment, add_up_investments
from experts.digital_business_think_tank.tools.blend_price_plans import PricePlan, blend_price_plans
from experts.digital_business_think_tank.tools.count_market import MarketGroup, MarketRow, count_market
from experts.digital_business_think_tank.tools.judge_hypotheses import Hypothesis, judge_hypotheses

D = Decimal


def test_customers_are_counted_by_group_and_region_and_only_served_rows_can_be_won() -> None:
    """540 + 150 solo practices, of which 540 are served; 6 % of 540 is 32.4."""
    rows = {
        "a": MarketRow(group="solo", region="ohio", customers=540),
        "b": MarketRow(group="solo", region="iowa", customers=150, served=False),
        "c": MarketRow(group="small", region="iowa", customers=60),
    }
    found = count_market(rows, {"solo": MarketGroup(obtainable=D("0.06")), "small": MarketGroup(obtainable=D("0.1"))})

    solo = found.groups["solo"]
    assert (solo.customers, solo.served, solo.obtainable_customers) == (690, 540, D("32.4"))
    assert solo.served_share == round(D(540) / 690, 12)
    assert list(found.regions) == ["ohio", "iowa"] and found.regions["iowa"].customers == 210
    assert (found.customers, found.served, found.obtainable_customers) == (750, 600, D("38.4"))
    assert found.regions["ohio"].share == D("0.9")


def test_a_row_of_an_unknown_group_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(InvalidInput, match="did you mean 'solo'"):
        count_market({"a": MarketRow(group="sola", region="x", customers=1)}, {"solo": MarketGroup(obtainable=D(1))})


def test_the_wilson_interval_is_the_published_one_and_gives_the_verdict() -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, Table I: 81 of 263 has the score interval 0.2553 to 0.3662."""
    found = judge_hypotheses({"a": Hypothesis(asked=263, yes=81, needed=D("0.25"))}).hypotheses["a"]
    assert (round(found.low, 4), round(found.high, 4)) == (D("0.2553"), D("0.3662"))
    assert found.verdict == "supported"
    refuted = judge_hypotheses({"a": Hypothesis(asked=263, yes=81, needed=D("0.37"))}).hypotheses["a"]
    assert refuted.verdict == "refuted" and refuted.answers_needed is None


def test_an_open_hypothesis_says_how_many_answers_would_settle_it() -> None:
    """9 of 30 against a fifth: n = 1.959964^2 x 0.2 x 0.8 / 0.1^2 = 61.46, so 62; there the interval begins at 0.2."""
    found = judge_hypotheses({"a": Hypothesis(asked=30, yes=9, needed=D("0.2"))}).hypotheses["a"]
    assert (found.verdict, found.answers_needed) == ("open", 62)
    z2, n, p = 1.959963984540054**2, 61.4633, 0.3
    low = (p + z2 / (2 * n) - (z2 * (p * (1 - p) / n + z2 / (4 * n * n))) ** 0.5) / (1 + z2 / n)
    assert low == pytest.approx(0.2, abs=1e-4)


def test_more_answers_than_people_asked_are_refused() -> None:
    with pytest.raises(InvalidInput, match="12 of 10 cannot be"):
        judge_hypotheses({"a": Hypothesis(asked=10, yes=12, needed=D("0.5"))})
    with pytest.raises(InvalidInput, match="nobody was asked"):
        judge_hypotheses({"a": Hypothesis(asked=0, yes=0, needed=D("0.5"))})


def test_plans_are_weighed_by_customers() -> None:
    """(300 x 89 + 100 x 199) / 400 = 116.50; (300 x 14 + 100 x 27) / 400 = 17.25; 99.25 a month for 50 months."""
    plans = {
        "solo": PricePlan(price=D(89), variable_cost=D(14), customers=D(300)),
        "small": PricePlan(price=D(199), variable_cost=D(27), customers=D(100)),
    }
    found = blend_price_plans(plans, D("0.02"), 12, "USD")
    assert (found.price, found.variable_cost, found.contribution) == (D("116.5"), D("17.25"), D("99.25"))
    assert (found.expected_months, found.lifetime_contribution, found.most_to_pay) == (50, D("4962.5"), 1191)
    assert found.plans["solo"].weight == D("0.75") and found.retention == D("0.98")


def test_no_churn_gives_no_lifetime_and_no_customers_no_mix() -> None:
    plan = PricePlan(price=D(10), variable_cost=D(4), customers=D(1))
    assert blend_price_plans({"a": plan}, D(0), 12, "USD").lifetime_contribution is None
    with pytest.raises(InvalidInput, match="no plan has a customer"):
        blend_price_plans({"a": plan.model_copy(update={"customers": D(0)})}, D("0.1"), 12, "USD")


def test_investments_add_up_and_a_safe_after_the_round_is_refused() -> None:
    seed = {"seed": Investment(amount=D(1_400_000), received=date(2028, 2, 15))}
    safes = {"angels": Investment(amount=D(400_000), received=date(2027, 1, 15))}
    found = add_up_investments(safes, seed)
    assert (found.safes, found.rounds, found.total, found.order) == (400_000, 1_400_000, 1_800_000, ["seed"])
    late = {"angels": Investment(amount=D(1), received=date(2028, 3, 1))}
    with pytest.raises(InvalidInput, match="after the round 'seed'"):
        add_up_investments(late, seed)
