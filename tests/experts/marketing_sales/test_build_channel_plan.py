"""build_channel_plan: stages, bounds and evidence of channels, before any money is split."""

from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.build_channel_plan import PlannedChannel, build_channel_plan


def channels(**changes: Any) -> dict[str, PlannedChannel]:
    given: dict[str, Any] = {
        "search": {"stages": ["convert"], "minimum": "5000", "maximum": "40000", "curve": "32*sqrt(spend)"},
        "podcast": {"stages": ["reach", "act"], "minimum": "10000", "maximum": "20000"},
        "email": {
            "stages": ["engage"],
            "spend_now": "1000",
            "results_now": "100",
            "results_at_double": "150",
            "maximum": "4000",
        },
    } | changes
    return {name: PlannedChannel.model_validate(channel) for name, channel in given.items()}


def test_stages_bounds_and_results_at_the_bounds_by_hand() -> None:
    plan = build_channel_plan(channels(), "USD", Decimal(60000))
    assert plan.stages == {"reach": ["podcast"], "act": ["podcast"], "convert": ["search"], "engage": ["email"]}
    assert (plan.minimum_total, plan.maximum_total, plan.with_evidence) == (15000, 64000, 2)
    # 32 * sqrt(5,000) = 2,262.7417; 32 * sqrt(40,000) = 6,400
    assert plan.channels["search"].results_at_minimum == Decimal("2262.74")
    assert plan.channels["search"].results_at_maximum == 6400
    # two answers: every doubling multiplies by 1.5, so four times the spend brings 100 * 1.5^2 = 225
    assert plan.channels["email"].results_at_maximum == 225
    assert plan.channels["podcast"].results_at_maximum is None
    assert plan.uncovered == [] and any("podcast" in warning for warning in plan.warnings)


def test_a_stage_without_a_channel_and_money_without_a_place_are_named() -> None:
    plan = build_channel_plan(channels(podcast={"stages": ["convert"], "maximum": "1000"}), "EUR", Decimal(100000))
    assert plan.uncovered == ["reach", "act"]
    assert any("55000 of the budget has no place to go" in warning for warning in plan.warnings)


@pytest.mark.parametrize(
    ("changes", "budget", "says"),
    [
        ({"search": {"stages": ["act"], "minimum": "5", "maximum": "4"}}, None, "maximum of 4 below its minimum of 5"),
        ({}, "14000", "the minimums add up to 15000"),
        ({"search": {"stages": ["act"], "curve": "3*spend^1.2"}}, None, "not concave"),
    ],
)
def test_bounds_that_cross_minimums_above_the_budget_and_a_convex_curve_are_refused(
    changes: Any, budget: str | None, says: str
) -> None:
    with pytest.raises(InvalidInput, match=says):
        build_channel_plan(channels(**changes), "USD", Decimal(budget) if budget else None)
