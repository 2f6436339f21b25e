"""A staged investment worked out by hand.

Two scenarios, half and half, at ten percent: 100 now, 220 a year later, then 605 (good) or 121 (bad) two years from
now. Present values: 220/1.1 = 200; 605/1.21 = 500; 121/1.21 = 100. So good = -100 - 200 + 500 = 200, bad =
-100 - 200 + 100 = -200, expected 0. If the pilot shows which it is and stopping costs nothing, only good is
carried out: -100 + 0.5 x 300 = 50, so the right to stop is worth 50.
"""

from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.value_staged_investment import FlowRow, StagedInvestment, value_staged_investment


def exact(*values: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in values)


HALF = {"good": Decimal("0.5"), "bad": Decimal("0.5")}


def rows(**more: FlowRow) -> dict[str, FlowRow]:
    return {
        "plant": FlowRow(year=2027, kind="investment", amount=Decimal(100)),
        "more": FlowRow(year=2028, kind="investment", amount=Decimal(220)),
        "good": FlowRow(year=2029, kind="benefit", amount=Decimal(605), scenario="good"),
        "bad": FlowRow(year=2029, kind="benefit", amount=Decimal(121), scenario="bad"),
        **more,
    }


def value(**changes: Any) -> StagedInvestment:
    facts: dict[str, Any] = {
        "rows": rows(),
        "probabilities": HALF,
        "gate_year": 2027,
        "rate": Decimal("0.1"),
        "currency": "EUR",
    }
    return value_staged_investment(**(facts | changes))


def test_the_right_to_stop_is_worth_what_it_saves() -> None:
    found = value()
    assert {key: each.npv for key, each in found.scenarios.items()} == {"good": 200, "bad": -200}
    assert (found.committed_npv, found.staged_npv, found.stop_option_value) == exact(0, 50, 50)
    assert found.rollout_probability == Decimal("0.5")
    assert found.scenarios["good"].before_gate == -100 and found.scenarios["good"].after_gate == 300
    assert (found.investment_before, found.investment_after, found.investment) == exact(100, 220, 320)


def test_what_stopping_brings_back_is_received_at_the_gate() -> None:
    """With the gate in 2028 stopping brings 22/1.1 = 20; after it good has 500 and bad 100, so nobody stops."""
    late = value(gate_year=2028, stop_value=Decimal(22))
    assert late.results["bad"].stop_value == 20 and late.results["bad"].continues
    assert (late.staged_npv, late.stop_option_value) == exact(0, 0)
    # In the first year it is not discounted: -100 + 0.5 x 300 + 0.5 x 22.
    assert value(stop_value=Decimal(22)).staged_npv == 61


def test_a_pilot_that_errs_is_weighed_by_bayes() -> None:
    """P(pass) = 0.5 x 0.8 + 0.5 x 0.2 = 0.5; after a pass 0.8 x 300 - 0.2 x 100 = 220, after a fail -20, so stop."""
    found = value(
        chances={
            "pass": {"good": Decimal("0.8"), "bad": Decimal("0.2")},
            "fail": {"good": Decimal("0.2"), "bad": Decimal("0.8")},
        },
        released={"good": Decimal(6), "bad": Decimal(1)},
    )
    assert found.results["pass"].continue_value == 220 and found.results["fail"].continue_value == -20
    assert found.staged_npv == -100 + 110
    assert found.released_if_rolled_out == Decimal("0.8") * 6 + Decimal("0.2") * 1
    # Below zero: a fail (half) leaves -100; a pass on a bad scenario (0.5 x 0.2) leaves -200.
    assert found.chance_of_loss == Decimal("0.6")


def test_training_has_room_up_to_where_the_plan_is_worth_nothing() -> None:
    """Only good is rolled out, so 50 is used up when 0.5 x T/1.1 = 50: T = 110."""
    assert value().training_room == 110
    assert value(training_after=Decimal(110)).staged_npv == 0
    spent = value(training_before=Decimal(20), training_after=Decimal(11))
    assert spent.training == 31 and spent.staged_npv == 50 - 20 - 5
    assert spent.training_room == Decimal("66")  # (50 - 20) x 2 x 1.1


def test_a_plan_that_no_training_can_turn_has_no_room_to_name() -> None:
    """Stopping brings back more than was spent: even if nothing is rolled out, -100 + 150 is above zero."""
    assert value(stop_value=Decimal(150)).training_room is None


def test_one_driver_moves_alone() -> None:
    """Benefits a tenth higher: good after the gate 550 - 200 = 350, bad 110 - 200, so -100 + 175 = 75."""
    drivers = value().drivers
    assert (drivers["benefit"].low, drivers["benefit"].high) == exact(25, 75)
    assert (drivers["investment"].low, drivers["investment"].high) == exact(70, 30)
    assert "training" not in drivers


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"gate_year": 2029}, "gate_year 2029 must be one of 2027 to 2028"),
        ({"probabilities": {"good": Decimal("0.5"), "bad": Decimal("0.4")}}, "add up to 0.9, not 1"),
        ({"rows": rows(odd=FlowRow(year=2028, kind="benefit", amount=Decimal(1), scenario="god"))}, "good"),
        ({"rows": rows(far=FlowRow(year=2090, kind="benefit", amount=Decimal(1)))}, "at most 31 years"),
        ({"chances": {"pass": {"good": Decimal(1)}}}, "'bad'"),
        ({"chances": {"pass": {"good": Decimal(1), "bad": Decimal("0.5")}}}, "add up to 0.5"),
        ({"released": {"other": Decimal(1)}}, "'other', which is no scenario"),
        ({"rate": Decimal(9)}, "'9' is outside 0 to 1"),
        ({"currency": "EURO"}, "'EURO'"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said.replace("(", r"\(")):
        value(**changes)
