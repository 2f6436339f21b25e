"""Status colours follow the stated rule; what is old is refused or marked."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.project_management.tools.make_status_report import Due, Measure, make_status_report

TODAY = date(2027, 9, 10)


def measure(value: str, amber: str = "0.95", red: str = "0.9", on: date = TODAY) -> Measure:
    return Measure(value=D(value), measured_on=on, amber=D(amber), red=D(red))


@pytest.mark.parametrize(
    ("value", "colour"), [("0.951", "green"), ("0.95", "amber"), ("0.901", "amber"), ("0.9", "red"), ("0.2", "red")]
)
def test_a_low_index_turns_at_its_thresholds(value: str, colour: str) -> None:
    made = make_status_report("Campaign", TODAY, {"CPI": measure(value)})

    assert made.measures[0].colour == colour
    assert made.overall == colour
    assert made.measures[0].rule == "amber ≤ 0.95, red ≤ 0.9"


@pytest.mark.parametrize(("value", "colour"), [("2", "green"), ("3", "amber"), ("8", "red")])
def test_where_high_is_bad_the_order_of_the_thresholds_says_so(value: str, colour: str) -> None:
    assert make_status_report("C", TODAY, {"Days late": measure(value, "3", "8")}).measures[0].colour == colour


def test_the_whole_takes_the_worst_colour_and_says_why() -> None:
    due = Due(planned=date(2027, 9, 20), forecast=date(2027, 9, 26))
    made = make_status_report("C", TODAY, {"CPI": measure("0.94")}, {"Go live": due})

    assert (made.overall, made.milestones[0].colour, made.milestones[0].late) == ("red", "red", 6)
    assert made.reasons == ["Go live: forecast 2027-09-26, 6 days after plan"]


@pytest.mark.parametrize(
    ("forecast", "colour"), [(20, "green"), (21, "amber"), (25, "amber"), (26, "red"), (18, "green")]
)
def test_milestones_turn_by_days_of_tolerance(forecast: int, colour: str) -> None:
    due = Due(planned=date(2027, 9, 20), forecast=date(2027, 9, forecast))

    assert make_status_report("C", TODAY, {"CPI": measure("1")}, {"m": due}).milestones[0].colour == colour


def test_a_stale_measure_is_marked_and_keeps_the_whole_from_green() -> None:
    old = measure("1.1", on=date(2027, 8, 26))
    made = make_status_report("C", TODAY, {"CPI": old, "SPI": measure("1")})

    assert (made.measures[0].colour, made.overall, made.stale) == ("stale", "amber", 1)
    assert made.measures[0].age == 15 and "measure it again" in made.warnings[0]
    with pytest.raises(InvalidInput, match="15 days before"):
        make_status_report("C", TODAY, {"CPI": old}, stale="refuse")


def test_fourteen_days_are_not_yet_stale() -> None:
    assert make_status_report("C", TODAY, {"CPI": measure("1", on=date(2027, 8, 27))}).overall == "green"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"measures": {}}, "no measures"),
        ({"project": " "}, "no project"),
        ({"measures": {"CPI": measure("1", on=date(2027, 9, 11))}}, "after the report's date"),
        ({"measures": {"CPI": measure("1", "0.9", "0.9")}}, "amber and red are both"),
        ({"milestones": {"m": Due(planned=TODAY, forecast=date(2027, 9, 9))}}, "has passed"),
        ({"milestones": {"m": Due(planned=TODAY, forecast=date(2027, 9, 11), done=True)}}, "is done, but"),
    ],
)
def test_what_contradicts_itself_is_refused(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        make_status_report(**{"project": "C", "as_of": TODAY, "measures": {"CPI": measure("1")}} | arguments)
