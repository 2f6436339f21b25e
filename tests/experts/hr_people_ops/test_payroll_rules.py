"""Employer cost, overtime and exemption against published figures and the regulations' own examples."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.hr_people_ops.tools.check_flsa_exemption import DUTIES, Category, check_flsa_exemption
from experts.hr_people_ops.tools.compute_employment_cost import compute_employment_cost
from experts.hr_people_ops.tools.compute_overtime_pay import OtherHours, compute_overtime_pay

D = Decimal
DAY = date(2026, 3, 4)


@pytest.mark.parametrize(("year", "most"), [(2024, "10453.20"), (2025, "10918.20"), (2026, "11439.00")])
def test_social_security_stops_at_the_wage_base(year: int, most: str) -> None:
    """Highest tax of a year as announced by the SSA: 10,918.20 for 2025 and 11,439 for 2026 (24 October 2025)."""
    found = compute_employment_cost(D(400000), year, "US", state_unemployment_rate=D(0))

    assert found.lines["social_security"].amount == D(most)
    assert found.lines["medicare"].amount == D(5800)


@pytest.mark.parametrize(
    ("jurisdiction", "year", "futa"),
    [("US-TX", 2025, 42), ("US-CA", 2025, 126), ("US-VI", 2025, 357), ("US-NY", 2024, 105)],
)
def test_futa_with_the_credit_reductions_published(jurisdiction: str, year: int, futa: int) -> None:
    """42 USD in most states; 126 in California and 357 in the Virgin Islands for 2025; New York 0.9% more in 2024."""
    lines = compute_employment_cost(D(50000), year, jurisdiction).lines

    reduction = lines["futa_credit_reduction"].amount if "futa_credit_reduction" in lines else D(0)
    assert lines["futa"].amount + reduction == futa


def test_a_full_cost_adds_up() -> None:
    """95,000: 5,890 + 1,377.50 + 42 + 403 + 380 + 9,400 + 3,800 on top."""
    found = compute_employment_cost(
        D(95000),
        2026,
        "US-TX",
        3,
        {"health": D(9400), "retirement": D(3800)},
        {"workers_compensation": D("0.004")},
        D("0.031"),
        D(13000),
    )

    assert found.per_employee == D("116292.50")
    assert found.total == 3 * D("116292.50")
    assert found.on_cost == D("0.2241")
    assert not any("State unemployment tax is not included" in said for said in found.warnings)


def test_what_is_not_included_is_said() -> None:
    said = " ".join(compute_employment_cost(D(50000), 2026, "US-CA").warnings)
    assert "State unemployment tax is not included" in said and "CA is at risk" in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"jurisdiction": "DE"}, "'DE' is not supported"),
        ({"jurisdiction": "US-XX"}, "not a United States postal code"),
        ({"year": 2027}, "year 2027 has no published"),
        ({"wages": D("10.001")}, "whole cents"),
        ({"state_unemployment_rate": D("0.03")}, "belong together"),
    ],
)
def test_cost_outside_the_tables_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        compute_employment_cost(**({"wages": D(50000), "year": 2026, "jurisdiction": "US"} | changes))


@pytest.mark.parametrize(
    ("arguments", "rate", "total"),
    [
        pytest.param({"method": "hourly", "hours": 46, "pay": 12}, "12", "588", id="778.110(a)"),
        pytest.param({"method": "hourly", "hours": 46, "pay": 12, "bonus": 46}, "13", "637", id="778.110(b)"),
        pytest.param(
            {"method": "piece_rate", "hours": 50, "pay": 491, "other_hours": [(4, 8)]},
            "10.46",
            "575.30",
            id="778.111(a)",
        ),
        pytest.param({"method": "fluctuating", "hours": 40, "pay": 600}, "15", "600", id="778.114(b) week 1"),
        pytest.param({"method": "fluctuating", "hours": "37.5", "pay": 600}, "16", "600", id="778.114(b) week 2"),
        pytest.param({"method": "fluctuating", "hours": 50, "pay": 600}, "12", "660", id="778.114(b) week 3"),
        pytest.param({"method": "fluctuating", "hours": 48, "pay": 600}, "12.5", "650", id="778.114(b) week 4"),
    ],
)
def test_the_regulations_own_examples(arguments: dict[str, Any], rate: str, total: str) -> None:
    """29 CFR 778.110, 778.111 and 778.114 as amended in 2011 and 2020."""
    others = [OtherHours(hours=D(h), rate=D(r)) for h, r in arguments.pop("other_hours", [])]
    numbers = {key: D(value) for key, value in arguments.items() if key != "method"}
    found = compute_overtime_pay(arguments["method"], on=DAY, other_hours=others, **numbers)

    assert (found.regular_rate, found.total) == (D(rate), D(total))


def test_a_salary_for_thirty_five_hours() -> None:
    """778.322 in today's money: 700 for 35 hours is 20 an hour; 41 hours earn 40 x 20 + 30."""
    found = compute_overtime_pay("salary", D(41), D(700), DAY, salary_hours=D(35))
    assert (found.regular_rate, found.total) == (20, 830)


def test_two_rates_are_averaged_by_hours() -> None:
    """778.115: 30 h at 14 and 20 h at 9 earn 600 over 50 h, so 12; half of it on ten hours."""
    found = compute_overtime_pay("hourly", D(50), D(14), DAY, other_hours=[OtherHours(hours=D(20), rate=D(9))])
    assert (found.regular_rate, found.total) == (12, 660)


def test_a_short_salaried_week_and_a_rate_below_the_minimum() -> None:
    short = compute_overtime_pay("salary", D(30), D(800), DAY)
    assert (short.regular_rate, short.total) == (20, 800)

    low = compute_overtime_pay("fluctuating", D(60), D(400), DAY)
    assert low.regular_rate == D("7.25") and "minimum wage of 7.25" in low.warnings[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"method": "hourly", "other_hours": [OtherHours(hours=D(50), rate=D(9))]}, "more than the 45 hours"),
        ({"method": "salary", "other_hours": [OtherHours(hours=D(5), rate=D(9))]}, "add their pay to bonus"),
        ({"method": "hourly", "on": date(2019, 1, 1)}, "no values for 2019-01-01"),
    ],
)
def test_overtime_that_cannot_be_is_refused(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        compute_overtime_pay(**({"hours": D(45), "pay": D(10), "on": DAY} | arguments))


def answers(category: Category, answer: bool = True) -> dict[str, bool]:
    return {key: answer for key, _ in DUTIES[category]}


@pytest.mark.parametrize(("weekly", "conclusion"), [("684", "conditions_met"), ("683.99", "not_exempt_here")])
def test_the_level_of_the_2019_rule_is_used(weekly: str, conclusion: str) -> None:
    """684 a week again since 15 November 2024; not 1,128, which was to come on 1 January 2025."""
    found = check_flsa_exemption("executive", DAY, D(weekly), answers=answers("executive"))
    assert (found.conclusion, found.federal_weekly) == (conclusion, 684)


def test_the_vacated_rule_is_named_on_its_days() -> None:
    found = check_flsa_exemption("executive", date(2024, 9, 1), D(700), answers=answers("executive"))
    assert found.conclusion == "conditions_met" and "was vacated on 2024-11-15" in " ".join(found.warnings)


@pytest.mark.parametrize(
    ("state", "on", "level"),
    [
        ("CA", DAY, "1352"),
        ("NY_downstate", DAY, "1275"),
        ("WA", DAY, "1541.70"),
        ("AK", date(2026, 6, 30), "1040"),
        ("AK", date(2026, 7, 1), "1120"),
    ],
)
def test_a_higher_state_level_counts(state: str, on: date, level: str) -> None:
    found = check_flsa_exemption("administrative", on, D(1000), state=state, answers=answers("administrative"))
    assert (found.state_weekly, found.conclusion) == (D(level), "not_exempt_here")


@pytest.mark.parametrize(
    ("state", "said"), [("CO", "not in the tables"), ("TX", "No salary level of TX"), ("", "Federal law only")]
)
def test_a_state_that_is_not_covered_says_so(state: str, said: str) -> None:
    found = check_flsa_exemption("executive", DAY, D(5000), state=state, answers=answers("executive"))
    assert found.state_weekly is None and said in " ".join(found.warnings)


def test_unanswered_duties_stay_open_and_others_have_their_own_tests() -> None:
    assert check_flsa_exemption("executive", DAY, D(900)).conclusion == "open"
    hourly = check_flsa_exemption("computer", DAY, hourly_rate=D("27.63"), answers=answers("computer"))
    assert hourly.conclusion == "conditions_met"
    high = check_flsa_exemption("highly_compensated", DAY, D(2000), D(107431), answers=answers("highly_compensated"))
    assert high.conclusion == "not_exempt_here"
    assert check_flsa_exemption("outside_sales", DAY, answers=answers("outside_sales")).conclusion == "conditions_met"


def test_an_answer_to_another_exemption_is_refused() -> None:
    with pytest.raises(InvalidInput, match="'manages' is no test of 'administrative'"):
        check_flsa_exemption("administrative", DAY, D(900), answers={"manages": True})
    with pytest.raises(InvalidInput, match="not a United States postal code"):
        check_flsa_exemption("administrative", DAY, D(900), state="Bavaria")
