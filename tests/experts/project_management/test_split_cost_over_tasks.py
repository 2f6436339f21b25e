"""A cost split over tasks without losing a cent."""

from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.project_management.tools.split_cost_over_tasks import Weighted, split_cost_over_tasks


def weighted(group: str, weight: str) -> Weighted:
    return Weighted(group=group, weight=Decimal(weight))


def test_each_group_is_split_in_proportion_and_adds_up() -> None:
    """100 over three equal tasks: 33.33 each, and the cent left over goes to the first by name."""
    tasks = {"a": weighted("portal", "2"), "b": weighted("portal", "2"), "c": weighted("portal", "2")}
    found = split_cost_over_tasks(
        {"portal": Decimal(100), "data": Decimal(9)}, {**tasks, "d": weighted("data", "1")}, "EUR"
    )
    assert found.tasks == {"a": Decimal("33.34"), "b": Decimal("33.33"), "c": Decimal("33.33"), "d": Decimal(9)}
    assert found.unplaced == []


def test_a_cost_that_no_task_carries_is_named() -> None:
    found = split_cost_over_tasks({"portal": Decimal(100)}, {"gate": weighted("portal", "0")}, "EUR")
    assert (found.unplaced, found.tasks) == (["portal"], {"gate": Decimal(0)})
    assert found.warnings == ["No task carries the cost of portal."]


@pytest.mark.parametrize(
    ("group", "cost", "says"), [("portl", "100", "did you mean 'portal'"), ("portal", "0.005", "finer than")]
)
def test_what_does_not_fit_is_refused(group: str, cost: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        split_cost_over_tasks({"portal": Decimal(cost)}, {"a": weighted(group, "1")}, "EUR")
