"""Channel plans: curves by hand and by scipy's derivative, stage coverage, bounds."""

from decimal import Decimal as D
from typing import Any

import pytest

from experts.core.errors import Infeasible, InvalidInput
from experts.marketing_sales.tools.build_channel_plan import Channel, ChannelPlan, build_channel_plan


def plan(budget: D | None = None, framework: Any = "AIDA", **changes: Any) -> ChannelPlan:
    given: dict[str, Any] = {
        "search": {"stages": ["action"], "minimum": "5000", "maximum": "40000", "curve": "32*sqrt(spend)"},
        "podcast": {"stages": ["interest", "attention"], "maximum": "20000", "curve": "410*ln(1+spend/6000)"},
        "letter": {"stages": ["desire"], "maximum": "4000"},
    } | changes
    channels = {name: Channel.model_validate(channel) for name, channel in given.items()}
    return build_channel_plan("Fill the autumn", "Commuters", channels, "USD", budget, framework)


def test_results_and_slopes_at_the_bounds_are_the_curves() -> None:
    made = plan(D(60000)).channels
    # 32 sqrt(5,000) = 2,262.7417; its slope 16 / sqrt(5,000) = 0.22627417; 32 sqrt(40,000) = 6,400
    assert (made["search"].results_at_minimum, made["search"].results_at_maximum) == (D("2262.74"), 6400)
    assert (made["search"].marginal_at_minimum, made["search"].marginal_at_maximum) == (D("0.22627417"), D("0.08"))
    assert made["podcast"].marginal_at_minimum == D("0.06833333")  # 410 / 6,000
    assert made["letter"].results_at_maximum is None


def test_the_slope_agrees_with_scipys_numerical_derivative() -> None:
    from scipy.differentiate import derivative

    found = plan().channels["podcast"].marginal_at_maximum
    import numpy as np

    numeric = derivative(lambda spend: 410 * np.log1p(spend / 6000), 20000.0, initial_step=10).df
    assert found is not None and float(found) == pytest.approx(float(numeric), abs=1e-7)


def test_stages_keep_the_frameworks_order_and_gaps_are_named() -> None:
    made = plan()
    assert made.channels["podcast"].stages == ["attention", "interest"]
    assert list(made.coverage) == ["attention", "interest", "desire", "action"]
    assert (made.uncovered, made.minimum_total, made.maximum_total) == ([], 5000, 64000)
    gap = plan(letter={"stages": ["action"], "maximum": "1"})
    assert gap.uncovered == ["desire"] and "No channel serves the stage 'desire'." in gap.warnings
    race = plan(
        framework="RACE",
        search={"stages": ["convert"], "maximum": "9"},
        podcast={"stages": ["reach"], "maximum": "9"},
        letter={"stages": ["engage", "act"], "maximum": "9"},
    )
    assert race.coverage["act"] == ["letter"]


def test_money_without_a_place_is_warned_about() -> None:
    assert any("stays unspent" in text for text in plan(D(100000)).warnings)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"search": {"stages": ["action"], "minimum": "5", "maximum": "4"}}, "minimum 5 is above its maximum 4"),
        ({"search": {"stages": ["action"], "maximum": "4", "curve": "3*spend^1.2"}}, "not concave"),
        ({"search": {"stages": ["reach"], "maximum": "4"}}, "'reach' is no stage of AIDA"),
        ({"search": {"stages": ["action"], "maximum": "4", "curve": "exp(spend)"}}, "cannot be read"),
    ],
)
def test_crossed_bounds_convex_curves_and_foreign_stages_are_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        plan(**changes)


def test_minimums_above_the_budget_and_no_channel_are_refused() -> None:
    with pytest.raises(Infeasible, match="minimums add up to 5000, more than the budget 4000"):
        plan(D(4000))
    with pytest.raises(InvalidInput, match="channels is empty"):
        build_channel_plan("a", "b", {}, "USD")
