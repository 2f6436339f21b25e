"""WP248 rev.01: two or more of nine criteria, in most cases a DPIA; Art. 35(3) decides by itself."""

from collections.abc import Callable
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.mark.parametrize(
    ("criteria", "always", "outcome"),
    [
        (["monitoring", "vulnerable_people"], [], "carry_out"),
        ([], ["public_monitoring_large_scale"], "required"),
    ],
)
def test_the_outcome_follows_the_count_and_the_article(
    call: Call, criteria: list[str], always: list[str], outcome: str
) -> None:
    found = call("run_dpia_screen", criteria=criteria, always=always, as_of="2027-03-01")
    assert found.outcome == outcome and len(found.criteria) == 9


def test_one_criterion_is_not_enough_but_not_nothing(call: Call) -> None:
    found = call("run_dpia_screen", criteria=["monitoring"], as_of="2027-03-01")
    assert found.outcome not in ("carry_out", "required") and found.met == 1


def test_a_criterion_that_does_not_exist_or_is_given_twice_is_refused(call: Call) -> None:
    with pytest.raises(ValueError, match="criteria"):
        call("run_dpia_screen", criteria=["fun"], as_of="2027-03-01")
