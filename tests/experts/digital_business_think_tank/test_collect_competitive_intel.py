"""Claims as a matrix: grades by the NATO scale, refusals without source or date."""

from datetime import date

import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.collect_competitive_intel import Claim, collect_competitive_intel

TODAY = date(2026, 11, 25)


def claim(text: str = "49 a month", **more: object) -> Claim:
    given = {
        "competitor": "Northwind",
        "topic": "Price",
        "source": "https://example.com/p",
        "day": date(2026, 10, 1),
        "grade": "B2",
    }
    return Claim.model_validate(given | {"claim": text} | more)


def test_the_best_grade_wins_and_the_rest_is_unknown() -> None:
    rows = [
        claim("59", grade="C3", day=date(2026, 11, 1)),
        claim(),
        claim("9,000", topic="Customers", competitor="Fabrikam", grade="A1"),
    ]
    found = collect_competitive_intel(rows, TODAY)
    cells = {(cell.competitor, cell.topic): cell for cell in found.cells}
    assert cells["Northwind", "Price"].claim == "49 a month" and cells["Northwind", "Price"].differs
    assert cells["Fabrikam", "Price"].claim == "unknown" and cells["Fabrikam", "Price"].source == ""
    assert (found.known, found.unknown) == (2, 2)
    assert "2 of 4 cells are unknown" in found.warnings[-1]


def test_among_equal_grades_the_newest_wins_and_a_rumour_is_no_better_than_its_weak_half() -> None:
    newer = collect_competitive_intel([claim("old", day=date(2026, 1, 1)), claim("new")], TODAY)
    assert newer.cells[0].claim == "new"
    sound = collect_competitive_intel([claim("rumour", grade="A6"), claim("solid", grade="C3")], TODAY)
    assert sound.cells[0].claim == "solid"


def test_stale_and_weak_claims_are_marked() -> None:
    found = collect_competitive_intel([claim(day=date(2024, 1, 1), grade="E5")], TODAY, ["Price", "Roadmap"])
    assert found.cells[0].stale and found.cells[0].weak and found.topics == ["Price", "Roadmap"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"source": "  "}, "has no source"),
        ({"day": date(2027, 1, 1)}, "after 2026-11-25"),
        ({"grade": "G1"}, "no Admiralty grade"),
        ({"grade": "A"}, "no Admiralty grade"),
    ],
)
def test_claims_without_source_date_or_grade_are_refused(more: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        collect_competitive_intel([claim(**more)], TODAY)
    assert said in caught.value.message
    with pytest.raises(InvalidInput, match="did you mean 'Prices'"):
        collect_competitive_intel([claim()], TODAY, ["Prices"])
