"""Turnover, headcount and funnel: against statsmodels and by hand."""

# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from experts.core.errors import InvalidInput
from experts.hr_people_ops.tools.forecast_headcount import Role, forecast_headcount
from experts.hr_people_ops.tools.measure_recruiting_funnel import Source, Stage, measure_recruiting_funnel
from experts.hr_people_ops.tools.measure_turnover import Period, Service, measure_turnover

D = Decimal
START = date(2027, 11, 15)


def test_survival_agrees_with_statsmodels() -> None:
    months = [*((i * 7) % 31 + 1 for i in range(79)), 40]
    left = [*(i % 3 != 0 for i in range(79)), False]
    found = measure_turnover(service=[Service(months=m, left=x) for m, x in zip(months, left, strict=True)])
    other = SurvfuncRight(np.array(months), np.array(left, dtype=float))

    steps = found.cohorts["all"].steps
    assert [step.months for step in steps] == list(other.surv_times)
    assert [float(step.survival) for step in steps] == pytest.approx(list(other.surv_prob), abs=1e-4)
    assert [float(step.standard_error) for step in steps] == pytest.approx(list(other.surv_prob_se), abs=1e-4)
    assert [step.at_risk for step in steps] == list(other.n_risk)


def test_a_month_of_turnover_by_the_formula() -> None:
    """Six leavers of an average of 200: 3 percent, 36 percent a year; over two quarters 16 of 120.5."""
    month = measure_turnover({"may": Period(opening=202, closing=198, leavers=6, voluntary=4)})
    assert (month.periods["may"].rate, month.annualised, month.voluntary_annualised) == (
        D("0.03"),
        D("0.36"),
        D("0.24"),
    )

    halves = measure_turnover(
        {
            "q1": Period(opening=118, closing=122, leavers=7, months=3),
            "q2": Period(opening=122, closing=120, leavers=9, months=3),
        }
    )
    assert halves.annualised == round(D(16) / D("120.5") * 2, 4) and halves.voluntary_annualised is None


def test_small_cohorts_are_hidden_with_the_next_smallest() -> None:
    sizes = {"large": 12, "medium": 8, "small": 3}
    people = [Service(months=m + 1, left=m % 2 == 0, cohort=key) for key, n in sizes.items() for m in range(n)]
    found = measure_turnover(service=people)

    assert {key: row.people for key, row in found.cohorts.items()} == {"large": 12, "medium": None, "small": None}
    assert "medium, small" in found.warnings[0]


def test_turnover_that_cannot_be_is_refused() -> None:
    with pytest.raises(InvalidInput, match="'may' has no headcount"):
        measure_turnover({"may": Period(opening=0, closing=0, leavers=0)})
    with pytest.raises(InvalidInput, match="5 voluntary of 4 leavers"):
        measure_turnover({"may": Period(opening=9, closing=9, leavers=4, voluntary=5)})
    with pytest.raises(InvalidInput, match="neither periods nor service"):
        measure_turnover()


def test_a_year_of_attrition_loses_the_annual_rate() -> None:
    found = forecast_headcount(
        {"agents": Role(headcount=100, annual_cost=D(60000), attrition=D("0.2"))}, START, 12, "USD"
    )

    assert found.roles["agents"].headcount == 80
    # independent leavers: 80 plus or minus 1.645 x the root of 100 x 0.8 x 0.2
    assert (found.roles["agents"].low, found.roles["agents"].high) == (D("73.4"), D("86.6"))
    assert [row.month for row in found.months][:2] == [date(2027, 11, 1), date(2027, 12, 1)]
    assert found.total_without_attrition == 6_000_000
    first = found.months[0]
    stay = D("0.8") ** (D(1) / 12)
    assert first.cost == round((100 - 100 * (1 - stay) / 2) * 5000, 2)


def test_hires_join_in_their_month_and_backfill_holds_the_headcount() -> None:
    plan = forecast_headcount({"a": Role(headcount=10, annual_cost=D(12000), hires=[0, 2])}, START, 3, "USD")
    assert [row.headcount for row in plan.months] == [10, 12, 12]
    assert [row.cost for row in plan.months] == [10000, 12000, 12000]

    steady = forecast_headcount(
        {"a": Role(headcount=50, annual_cost=D(1), attrition=D("0.3"), backfill=True)}, START, 24, "USD"
    )
    assert abs(steady.months[-1].headcount - steady.months[0].headcount) < 1


def test_plans_that_cannot_be_are_refused() -> None:
    with pytest.raises(InvalidInput, match="hires in 3 months, but the plan has 2"):
        forecast_headcount({"a": Role(headcount=1, annual_cost=D(1), hires=[1, 1, 1])}, START, 2, "USD")
    with pytest.raises(InvalidInput, match="attrition 1"):
        forecast_headcount({"a": Role(headcount=1, annual_cost=D(1), attrition=D(1))}, START, 2, "USD")
    with pytest.raises(InvalidInput, match="'XXX' is not an ISO 4217"):
        forecast_headcount({"a": Role(headcount=1, annual_cost=D(1))}, START, 2, "XXX")


def test_a_funnel_by_hand() -> None:
    """ANSI/SHRM 06001.2012: (38,500 + 27,500) / 11 hires; 90th percentile of eleven days is the tenth."""
    stages = [
        Stage(stage=name, people=n) for name, n in (("Applied", 400), ("Screened", 100), ("Met", 44), ("Hired", 11))
    ]
    days = [28, 31, 33, 35, 39, 40, 44, 47, 52, 58, 61]
    found = measure_recruiting_funnel(
        stages, "USD", D(38500), D(27500), days, [Source(source="Referrals", applicants=40, hires=8, cost=D(4000))]
    )

    assert [row.conversion for row in found.stages] == [None, D("0.25"), D("0.44"), D("0.25")]
    assert (found.cost_per_hire, found.largest_drop) == (6000, "Screened")
    assert (found.days_median, found.days_90th) == (40, 58)
    assert (found.sources[0].yield_rate, found.sources[0].cost_per_hire) == (D("0.2"), 500)
    assert found.warnings == ["Sources name 8 hires, the last stage has 11."]


def test_a_later_stage_above_an_earlier_one_is_named() -> None:
    stages = [Stage(stage="Applied", people=10), Stage(stage="Met", people=12)]
    with pytest.raises(InvalidInput, match="'Met' has 12 people, more than 10 at 'Applied'"):
        measure_recruiting_funnel(stages, "USD")
    with pytest.raises(InvalidInput, match="3 hires of 2 applicants"):
        measure_recruiting_funnel(stages[:1] * 2, "USD", sources=[Source(source="x", applicants=2, hires=3)])


def test_a_funnel_without_hires_has_no_cost_per_hire() -> None:
    found = measure_recruiting_funnel([Stage(stage="Applied", people=5), Stage(stage="Hired", people=0)], "USD", D(10))
    assert found.cost_per_hire is None and found.applicants_per_hire is None
