"""The charter: what it must have, what it says is still open."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.project_management.tools.draft_charter import draft_charter

GOOD: dict[str, Any] = {
    "title": "Winter service",
    "sponsor": "Ines Calder",
    "manager": "Marco Oyelaran",
    "purpose": "Repairs take five days in winter.",
    "objectives": {"Shorten repairs": "Median at most 3 days by 2027-11-30"},
    "in_scope": ["Second bench"],
    "out_of_scope": ["New workshop"],
    "milestones": {"Open": date(2027, 11, 1), "Bench ready": date(2027, 9, 15)},
    "budget": Decimal(48000),
    "currency": "EUR",
    "budget_reference": "Budget 2027, version 3",
    "risks": ["The bench is late"],
}


def test_a_complete_charter_has_nothing_open_and_its_milestones_in_order() -> None:
    made = draft_charter(**GOOD)

    assert made.open_points == [] and made.warnings == []
    assert [(one.name, one.days_after_previous) for one in made.milestones] == [("Bench ready", None), ("Open", 47)]
    assert (made.measurable, made.objectives[0].measurable) == (1, True)


def test_gaps_are_listed_for_the_sponsor() -> None:
    bare = {key: GOOD[key] for key in ("title", "sponsor", "purpose", "in_scope")}
    made = draft_charter(**bare, manager="Ines Calder", objectives={"Delight": "Customers are happy"})

    said = " ".join(made.open_points)
    for word in ("figure or a date", "out of scope", "milestone", "State the budget", "risks", "Separate sponsor"):
        assert word in said
    assert "matter of opinion" in made.warnings[0]


def test_a_budget_without_its_source_is_open() -> None:
    assert draft_charter(**GOOD | {"budget_reference": ""}).open_points == [
        "Name the document that the budget comes from."
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sponsor": " "}, "no sponsor"),
        ({"manager": ""}, "no project manager"),
        ({"objectives": {}}, "no objectives"),
        ({"objectives": {"Grow": " "}}, "'Grow' has no success criterion"),
        ({"in_scope": []}, "nothing is in scope"),
        ({"currency": ""}, "no currency"),
        ({"currency": "EUX"}, "EUX"),
        ({"budget": Decimal("1.005")}, "finer than the smallest unit"),
    ],
)
def test_a_charter_that_authorises_nothing_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        draft_charter(**GOOD | change)
