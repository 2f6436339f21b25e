"""Earned value against the fence exercise and a hand-checked earned schedule."""

from decimal import Decimal as D
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.project_management.tools.measure_earned_value import EarnedValue, measure_earned_value


def measure(pv: str, ev: str, ac: str, bac: str, **more: Any) -> EarnedValue:
    return measure_earned_value(D(pv), D(ev), D(ac), D(bac), **more)


def test_the_fence_exercise_comes_out_as_published() -> None:
    # Mulcahy, PMP Exam Prep, earned value chapter: a fence of four sides, status at the end of day three.
    # The book rounds CPI to 0.893 first and so prints EAC 4,479, ETC 1,679, VAC -479.
    found = measure("3000", "2500", "2800", "4000")
    assert (found.cost_variance, found.schedule_variance) == (D(-300), D(-500))
    assert (found.cpi, found.spi) == (D("0.8929"), D("0.8333"))
    assert (found.eac, found.etc, found.vac) == (D(4480), D(1680), D(-480))
    assert found.eac_budgeted == D(4300)
    assert found.eac_cpi_spi == D("4816.00")  # 2800 + 1500 / (25/28 x 25/30)
    assert found.tcpi_bac == D("1.25")  # 1500 / 1200
    assert found.tcpi_eac == found.cpi
    assert found.assumptions[0].startswith("EAC = BAC / CPI")


def test_the_variant_chosen_is_named_and_used_for_etc_and_vac() -> None:
    found = measure("3000", "2500", "2800", "4000", eac_variant="budgeted")
    assert (found.eac, found.etc, found.vac, found.tcpi_eac) == (D(4300), D(1500), D(-300), D(1))
    assert found.assumptions[0].startswith("EAC = AC + (BAC - EV)")


def test_earned_schedule_interpolates_within_the_period() -> None:
    # Lipke, Schedule is Different (2003): ES = C + I with C = 2 and I = (2500 - 2000) / (3000 - 2000).
    found = measure(
        "3000", "2500", "2800", "4000", baseline=[D(1000), D(2000), D(3000), D(4000)], periods_elapsed=3
    ).time
    assert found is not None
    assert (found.earned_schedule, found.schedule_variance, found.spi_time) == (D("2.5"), D("-0.5"), D("0.8333"))
    assert (found.planned_duration, found.forecast_duration) == (4, D("4.80"))


def test_late_finish_shows_in_time_where_the_value_variance_is_nil() -> None:
    found = measure("4000", "4000", "4100", "4000", baseline=[D(1000), D(4000), D(4000)], periods_elapsed=5)
    assert found.schedule_variance == 0
    assert found.time is not None and found.time.schedule_variance == -3
    assert found.time.forecast_duration == 5
    assert found.tcpi_bac is None


def test_before_anything_is_earned_the_budgeted_variant_is_used() -> None:
    found = measure("100", "0", "0", "4000")
    assert found.cpi is None and found.eac == 4000
    assert "'budgeted' was used" in found.warnings[0]


@pytest.mark.parametrize(
    ("values", "more", "message"),
    [
        (("3000", "4100", "2800", "4000"), {}, "earned_value 4100 is above the budget"),
        (("4100", "400", "2800", "4000"), {}, "planned_value 4100 is above the budget"),
        (("3000", "2500", "0", "4000"), {}, "actual_cost 0 cannot have earned 2500"),
        (("0", "0", "0", "0"), {}, "budget_at_completion 0"),
        (("3000", "1", "1", "4000"), {"periods_elapsed": 3}, "needs both"),
        (("3000", "1", "1", "4000"), {"periods_elapsed": 1, "baseline": [D(3000), D(2000)]}, "period 2: 2000 is below"),
        (
            ("3000", "1", "1", "4000"),
            {"periods_elapsed": 1, "baseline": [D(3000)]},
            "ends at 3000, not at the BAC 4000",
        ),
        (("3000", "1", "1", "4000"), {"periods_elapsed": 1, "baseline": [D(4000)]}, "not the baseline's 4000"),
    ],
)
def test_what_cannot_be_is_refused(values: Any, more: Any, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        measure(*values, **more)
