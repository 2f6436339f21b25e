"""Rules exactly on their edge, and published examples that the other tests do not hold."""

from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest

from experts.hr_people_ops.tools.check_leave_eligibility import check_leave_eligibility
from experts.hr_people_ops.tools.compute_employment_cost import compute_employment_cost
from experts.hr_people_ops.tools.compute_overtime_pay import compute_overtime_pay
from experts.hr_people_ops.tools.measure_turnover import Service, measure_turnover
from experts.hr_people_ops.tools.score_interviews import score_interviews
from experts.hr_people_ops.tools.test_adverse_impact import Group
from experts.hr_people_ops.tools.test_adverse_impact import test_adverse_impact as adverse_impact
from experts.hr_people_ops.views import _look
from tests.experts.hr_people_ops.conftest import Desk

D = Decimal
DAY = date(2026, 3, 4)


@pytest.mark.parametrize(("hours", "applies"), [("1200", True), ("1199.99", False), ("1199.9", False)])
def test_a_fraction_below_fifty_equivalents_is_dropped(hours: str, applies: bool) -> None:
    """26 CFR 54.4980H-2(b)(1): a result that is no whole number goes down to the next; 40 + 1,199.99 / 120 is 49.9999."""
    found = check_leave_eligibility("ale", DAY, full_time=40, part_time_hours=D(hours))
    assert found.applies is applies
    assert found.full_time_equivalents == (50 if applies else D("49.99"))


def test_warn_names_the_second_way_of_counting() -> None:
    """29 USC 2101(a)(1)(B): 100 employees who together work 4,000 hours a week."""
    found = check_leave_eligibility("warn", DAY, employees=99, site_employees=99, job_losses=60, closing=True)
    assert not found.applies and any("4,000 hours" in text for text in found.warnings)


@pytest.mark.parametrize(
    ("wages", "security", "medicare"),
    [("184499.99", "11439.00", "2675.25"), ("184500.01", "11439.00", "2675.25"), ("200000.01", "11439.00", "2900.00")],
)
def test_a_cent_around_the_wage_base(wages: str, security: str, medicare: str) -> None:
    """6.2 percent of 184,499.99 is 11,438.99938, to the cent 11,439.00; 1.45 percent has no limit and no 0.9 on top."""
    found = compute_employment_cost(D(wages), 2026, "US")
    assert (found.lines["social_security"].amount, found.lines["medicare"].amount) == (D(security), D(medicare))
    said = any("Additional Medicare" in text for text in found.assumptions)
    assert said is (D(wages) > 200000)


def test_the_salary_of_section_778_113_in_tenfold_money() -> None:
    """29 CFR 778.113(a): 182.70 for 35 hours is 5.22 an hour; 45 hours earn 40 x 5.22 + 5 x 7.83 (here times ten)."""
    found = compute_overtime_pay("salary", D(45), D(1827), DAY, salary_hours=D(35))
    assert (found.regular_rate, found.total) == (D("52.2"), D("2479.50"))


def test_the_first_example_of_the_uniform_guidelines() -> None:
    """EEOC Questions and Answers, no. 12: 48 of 80 and 12 of 40 are 60 and 30 percent, a ratio of one half."""
    found = adverse_impact({"white": Group(applicants=80, selected=48), "black": Group(applicants=40, selected=12)})
    row = found.groups["black"]
    assert (row.impact_ratio, row.below_four_fifths) == (D("0.5"), True)


def test_the_kappa_of_two_readers_of_fifty_proposals() -> None:
    """20 and 15 agreed, 5 and 10 not: observed 0.70, by chance 0.50, kappa 0.40 (a widely printed worked example)."""
    cells = {(1, 1): 20, (1, 2): 5, (2, 1): 10, (2, 2): 15}
    pairs = [pair for pair, count in cells.items() for _ in range(count)]
    ratings = {f"c{at}": {"x": {"q": a}, "y": {"q": b}} for at, (a, b) in enumerate(pairs)}
    assert score_interviews(ratings, {"q": D(1)}, 2).pairs[0].kappa == D("0.4")


def test_the_median_is_of_the_exact_survival() -> None:
    """Half survives only when S <= 1/2: after 2 of 4 it is 1/2 exactly; (1 - 1/3)(1 - 1/4) = 1/2 after censoring too."""
    four = [Service(months=3, left=True)] * 2 + [Service(months=9, left=False)] * 2
    assert (
        measure_turnover(service=[*four, Service(months=3, left=True), Service(months=9, left=False)])
        .cohorts["all"]
        .median_months
        == 3
    )
    # 4,999 people: S = 2,500 / 4,999 = 0.50010 rounds to 0.5001; 2,499 / 4,999 ends it a month later.
    large = (
        [Service(months=3, left=True)] * 2499 + [Service(months=4, left=True)] + [Service(months=9, left=False)] * 2499
    )
    assert measure_turnover(service=large).cohorts["all"].median_months == 4
    # A product that shows as 0.5000 and is 0.500020: no median until the next loss.
    near = (
        [Service(months=1, left=True)] * 1
        + [Service(months=2, left=False)] * 999
        + [Service(months=3, left=True)] * 1999
        + [Service(months=9, left=False)] * 2000
    )
    found = measure_turnover(service=near).cohorts["all"]
    exact = (1 - D(1) / 4999) * (1 - D(1999) / 3999)
    assert D("0.5") < exact < D("0.50005") and found.steps[-1].survival == D("0.5")
    assert found.median_months is None


def test_a_picture_with_control_characters_is_well_formed() -> None:
    ElementTree.fromstring(_look.canvas(300, 80, "a\x00<b", [_look.text(0, 0, "\x07</svg>")]))


def test_a_title_too_long_for_two_lines_ends_in_an_ellipsis() -> None:
    made = _look.canvas(300, 80, "many words that go on " * 12, [])
    lines = [part.text or "" for part in ElementTree.fromstring(made).iter("{http://www.w3.org/2000/svg}text")]
    assert len(lines) == 2 and lines[1].endswith("…")


@pytest.mark.parametrize("tool", ["draw_org_chart", "measure_recruiting_funnel", "score_engagement"])
def test_a_view_bears_a_control_character_in_its_labels(desk: Desk, given: dict[str, Any], tool: str) -> None:
    arguments = given[tool]
    if tool == "draw_org_chart":
        next(iter(arguments["positions"].values()))["title"] = "x\x00y"
    elif tool == "measure_recruiting_funnel":
        arguments["stages"][0]["stage"] = "x\x00y"
    else:
        arguments["questions"][0] = "x\x00y"
    for picture in desk.view(tool, arguments).pictures.values():
        ElementTree.fromstring(picture)
