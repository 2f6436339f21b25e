"""Each criterion against its limit; what fails decides between go, conditions and no-go."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.project_management.tools.review_launch_gate import (
    CountCriterion,
    DateCriterion,
    MoneyCriterion,
    RateCriterion,
    review_launch_gate,
)

D = Decimal
READY = {"ready": DateCriterion(value=date(2027, 9, 15), limit=date(2027, 10, 5))}


def test_a_gate_whose_criteria_all_hold_is_a_go_with_what_there_is_to_spare() -> None:
    found = review_launch_gate(
        dates=READY,
        counts={"blockers": CountCriterion(value=0, limit=0)},
        amounts={
            "budget": MoneyCriterion(value=D(368_480), at_most=D(395_000)),
            "cash": MoneyCriterion(value=D(210_670), at_least=D(40_000)),
        },
        rates={"safety": RateCriterion(value=D("0.249368"), at_least=D("0.15"))},
    )

    assert (found.decision, found.checked, found.holding, found.failing) == ("go", 5, 5, 0)
    assert found.criteria["ready"].spare_days == 20
    assert (found.criteria["budget"].spare_money, found.criteria["cash"].spare_money) == (26_520, 170_670)
    assert found.criteria["safety"].spare_rate == D("0.099368")


def test_a_limit_that_is_just_reached_holds() -> None:
    day = date(2027, 10, 5)
    assert review_launch_gate(dates={"ready": DateCriterion(value=day, limit=day)}).decision == "go"


def test_a_criterion_that_should_hold_leaves_a_condition_and_one_that_must_hold_a_no_go() -> None:
    soft = {"contrast": CountCriterion(value=1, limit=0, must=False)}
    assert review_launch_gate(dates=READY, counts=soft).decision == "go with conditions"
    late = {"ready": DateCriterion(value=date(2027, 10, 6), limit=date(2027, 10, 5))}
    found = review_launch_gate(dates=late, counts=soft)
    assert (found.decision, found.criteria["ready"].spare_days, found.failing) == ("no-go", -1, 2)


def test_no_criteria_the_same_id_twice_and_two_limits_are_refused() -> None:
    with pytest.raises(InvalidInput, match="0 criteria"):
        review_launch_gate()
    with pytest.raises(InvalidInput, match="an id of its own"):
        review_launch_gate(dates=READY, counts={"ready": CountCriterion(value=0, limit=0)})
    with pytest.raises(InvalidInput, match="either at_most or at_least"):
        review_launch_gate(amounts={"cash": MoneyCriterion(value=D(1), at_most=D(1), at_least=D(1))})
