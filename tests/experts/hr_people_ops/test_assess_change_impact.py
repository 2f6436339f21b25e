"""People, posts and cost, counted by hand; small groups are hidden."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.hr_people_ops.tools.assess_change_impact import (
    ChangeImpactFigures,
    Leaving,
    Skilled,
    assess_change_impact,
)

ROLES = {"operator": {"vision": 2, "ai": 1}, "fitter": {"vision": 1}, "chief": {"ai": 1}}


def people(operators: int = 8, fitters: int = 6, chiefs: int = 2) -> dict[str, Skilled]:
    """Half of the operators hold vision 2 and none ai; every fitter holds vision 1; chiefs hold nothing."""
    return {
        **{f"o{n}": Skilled(role="operator", levels={"vision": 2 if n % 2 else 1}) for n in range(operators)},
        **{f"f{n}": Skilled(role="fitter", levels={"vision": 1}) for n in range(fitters)},
        **{f"c{n}": Skilled(role="chief") for n in range(chiefs)},
    }


def impact(**changes: Any) -> ChangeImpactFigures:
    facts: dict[str, Any] = {
        "roles": ROLES,
        "people": people(),
        "cost_before": Decimal(1000),
        "cost_after": Decimal(3000),
        "hours_before": Decimal(40),
        "hours_after": Decimal(100),
    }
    return assess_change_impact(**(facts | changes))


def test_people_below_level_are_counted_by_role_and_skill() -> None:
    """All 8 operators lack ai, 4 of them vision; 2 chiefs lack ai; fitters lack nothing."""
    found = impact()
    assert (found.headcount, found.below_level) == (16, 10)
    assert found.skills == {"ai": 10, "vision": 4}
    assert found.roles["operator"].below_level == 8


def test_a_small_role_is_hidden_together_with_one_that_would_give_it_away() -> None:
    """Two chiefs are fewer than five; with the sum known they could be worked out, so the next smallest hides too."""
    found = impact()
    assert found.hidden == ["chief", "fitter"]
    assert found.roles["chief"].below_level is None and found.roles["fitter"].below_level is None
    assert found.roles["chief"].people == 2


def test_posts_that_leavers_do_not_cover_are_rounded_up_to_people() -> None:
    """3.2 posts less 0.5 + 0.6 leavers leave 2.1: three people, 900 each and 80 hours each."""
    leaving = [
        Leaving(month=date(2028, 1, 1), leavers=Decimal("0.5")),
        Leaving(month=date(2028, 2, 1), leavers=Decimal("0.6")),
    ]
    found = impact(
        released=Decimal("3.2"), leaving=leaving, redeployment_cost=Decimal(900), redeployment_hours=Decimal(80)
    )
    assert found.leavers == Decimal("1.1") and found.to_redeploy == 3 and found.covered_in is None
    assert [row.not_covered for row in found.path.values()] == [Decimal("2.7"), Decimal("2.1")]
    assert found.training_before_gate == 1000 and found.training_after_gate == 5700 and found.training_cost == 6700
    assert found.training_hours == 40 + 100 + 240


def test_leavers_that_cover_all_posts_leave_nobody_to_prepare() -> None:
    leaving = [Leaving(month=date(2028, month, 1), leavers=Decimal(1)) for month in (1, 2, 3)]
    found = impact(released=Decimal(2), leaving=leaving)
    assert found.to_redeploy == 0 and found.covered_in == date(2028, 2, 1) and found.training_cost == 4000


def test_a_cost_that_is_not_given_is_said_and_not_invented() -> None:
    found = impact(released=Decimal(2))
    assert found.to_redeploy == 2 and found.redeployment_cost == 0
    assert any("is not given" in text for text in found.warnings)


def test_a_role_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(InvalidInput, match="did you mean 'operator'"):
        impact(people={"x": Skilled(role="operators")})
