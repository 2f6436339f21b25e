"""Per diem by dated GSA rates with three quarters on the first and last day."""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from experts.core.discovery import Expert, load_view
from experts.core.errors import InvalidInput
from experts.personal_assistant.tools._per_diem import Journey
from experts.personal_assistant.tools.track_expenses import track_expenses

Call = Callable[..., Any]


def claim(call: Call, start: str, end: str, **more: Any) -> Any:
    return call("track_expenses", currency="USD", per_diem=[{"start": start, "end": end, "place": "standard"}], **more)


@pytest.mark.parametrize(
    ("start", "end", "meals", "nights", "lodging"),
    [
        # GSA, M&IE breakdown: first and last day 51.00 at the 68 tier, 44.25 at the 59 tier.
        ("2026-03-02", "2026-03-02", "51.00", 0, 0),
        ("2026-03-02", "2026-03-03", "102.00", 1, 110),
        ("2026-03-02", "2026-03-05", "238.00", 3, 330),
        ("2024-02-28", "2024-03-01", "147.50", 2, 214),
        # Over 1 October 2024: 44.25 + 59 at the old rates, 68 + 51 at the new; nights 107 + 107 + 110.
        ("2024-09-29", "2024-10-02", "222.25", 3, 324),
    ],
)
def test_days_and_nights_by_the_rate_in_force(
    call: Call, start: str, end: str, meals: str, nights: int, lodging: int
) -> None:
    """41 CFR 301-11.101: 75 percent on the day of departure and the last day, all of it between."""
    found = claim(call, start, end)
    line = found.per_diem[0]
    assert (line.meals_and_incidentals, line.nights, line.lodging_limit) == (Decimal(meals), nights, lodging)
    assert found.total == found.per_diem_total == found.by_category["per diem"] == Decimal(meals)
    assert "reference://per_diem" in found.method and "FTR 26-01" in found.method


@pytest.mark.parametrize(
    ("journeys", "message"),
    [
        ([("2026-03-02", "2026-03-04", "New York")], "'New York' is not in table 'per_diem'"),
        ([("2026-09-29", "2026-10-02", "standard")], "no values for 2026-10-01"),
        ([("2023-09-30", "2023-10-02", "standard")], "no values for 2023-09-30"),
        ([("2026-03-04", "2026-03-02", "standard")], "has -1 days"),
        ([("2026-03-01", "2026-03-04", "standard"), ("2026-03-04", "2026-03-05", "standard")], "share a day"),
    ],
)
def test_what_the_table_does_not_have_is_refused(
    call: Call, journeys: list[tuple[str, str, str]], message: str
) -> None:
    given = [{"start": start, "end": end, "place": place} for start, end, place in journeys]
    with pytest.raises(InvalidInput, match=message) as error:
        call("track_expenses", currency="USD", per_diem=given)
    assert error.value.field.startswith("per_diem.")


def test_per_diem_is_in_dollars_only(call: Call) -> None:
    with pytest.raises(InvalidInput, match="report per_diem in USD"):
        call(
            "track_expenses",
            currency="EUR",
            per_diem=[{"start": "2026-03-02", "end": "2026-03-02", "place": "standard"}],
        )


def test_meals_and_dear_beds_on_days_with_per_diem_are_named(call: Call) -> None:
    def bill(number: int, day: str, category: str, amount: str) -> dict[str, Any]:
        return {"day": day, "merchant": f"M{number}", "category": category, "amount": amount}

    receipts = [
        bill(1, "2026-03-03", "Meals", "20"),
        bill(2, "2026-03-03", "lodging", "250"),
        bill(3, "2026-03-09", "meals", "9"),
    ]
    found = claim(call, "2026-03-02", "2026-03-04", receipts=receipts)
    assert "Receipts 1 are meals" in found.warnings[0] and "above the ceiling of 220" in found.warnings[1]
    assert found.total == Decimal("170") + 279  # 51 + 68 + 51, and the three receipts


def test_the_workbook_adds_the_per_diem(expert: Expert) -> None:
    journeys = [Journey.model_validate({"start": "2026-03-02", "end": "2026-03-05", "place": "standard"})]
    made = load_view(expert, "track_expenses")
    assert made is not None
    data = made(track_expenses("USD", per_diem=journeys), {}).files["expense-report.xlsx"]
    assert isinstance(data, bytes)
    assert openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Report"]["B5"].value == 238
    assert "'Per diem'!E6" in str(openpyxl.load_workbook(io.BytesIO(data))["Report"]["B5"].value)
