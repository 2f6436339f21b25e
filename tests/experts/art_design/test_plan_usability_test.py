"""Sizes against Nielsen & Landauer (1993), p = 0.31: five people find about 85% (0.8436) and fifteen nearly all."""

from decimal import Decimal

import pytest

from experts.art_design.tools.plan_usability_test import plan_usability_test
from experts.core.errors import InvalidInput


def test_five_people_find_what_nielsen_and_landauer_published() -> None:
    found = plan_usability_test(target=Decimal("0.84"))
    assert (found.people_per_group, found.share_found) == (5, Decimal("0.843597"))
    assert found.share_by_people["n15"] == Decimal("0.996174")
    # Exactly 85% needs a sixth: 1 - 0.69^5 is 0.8436.
    assert plan_usability_test(groups=2).people == 12


def test_a_target_that_is_met_exactly_needs_nobody_more() -> None:
    found = plan_usability_test(Decimal("0.75"), Decimal("0.5"))
    assert (found.people, found.people_if_half, found.people_if_double) == (2, 5, None)
    assert found.warnings == []


def test_rare_problems_need_thousands() -> None:
    """By hand: ln 0.001 / ln 0.999 = 6904.3."""
    assert plan_usability_test(Decimal("0.999"), Decimal("0.001")).people == 6905


@pytest.mark.parametrize(
    ("target", "chance", "groups", "field"),
    [
        ("1", "0.3", 1, "target"),
        ("0", "0.3", 1, "target"),
        ("0.8", "0", 1, "chance"),
        ("0.8", "1", 1, "chance"),
        ("0.8", "0.3", 0, "groups"),
    ],
)
def test_what_cannot_be_planned_is_refused(target: str, chance: str, groups: int, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        plan_usability_test(Decimal(target), Decimal(chance), groups)
    assert caught.value.field == field
