"""NPS, CSAT and CES with margins against statsmodels and scipy."""

# mypy: disable-error-code="comparison-overlap"
import math
from decimal import Decimal

import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.map_customer_journey import Stage, map_customer_journey

D = Decimal
STAGES = [
    Stage(name="Find", doing="searches", feeling=1),
    Stage(name="Book", doing="fills a form", feeling=-2, pains={"asks twice": 20, "no phone": 6}),
    Stage(name="Visit", doing="waits", feeling=0, pains={"late": 12}),
]


def test_measures_carry_their_margins() -> None:
    scores = [5, 6, 7, 3, 6, 5, 4, 7, 6, 6] * 4
    found = map_customer_journey("Patient", STAGES, [60, 25, 15], [82, 100], scores, "12 interviews, May 2026")
    nps, csat, ces = found.measures
    assert nps.value == 45
    values = [1] * 60 + [0] * 25 + [-1] * 15
    margin = 1.959963985 * math.sqrt(sum((v - 0.45) ** 2 for v in values) / 100 / 100) * 100
    assert (float(nps.low), float(nps.high)) == pytest.approx((45 - margin, 45 + margin), abs=0.01)
    assert (float(csat.low), float(csat.high)) == pytest.approx(proportion_confint(82, 100, method="wilson"), abs=1e-6)
    interval = stats.t.interval(0.95, len(scores) - 1, sum(scores) / len(scores), stats.sem(scores))
    assert (float(ces.low), float(ces.high)) == pytest.approx(interval, abs=0.001)
    assert found.warnings == []


def test_pains_are_ranked_and_the_lowest_stage_named() -> None:
    found = map_customer_journey("Patient", STAGES)
    assert [(row.what, row.score) for row in found.pains] == [("asks twice", 20), ("late", 12), ("no phone", 6)]
    assert found.lowest_stage == "Book" and "No research is named" in found.warnings[0]
    assert len(found.questions) == 4


def test_few_answers_are_said_and_one_score_has_no_interval() -> None:
    found = map_customer_journey("P", STAGES, nps=[5, 4, 4], ces=[6])
    assert "may be above or below zero" in found.warnings[0]
    assert (found.measures[1].low, found.measures[1].high) == (1, 7)


def test_counts_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InvalidInput, match="not three counts"):
        map_customer_journey("P", STAGES, nps=[1, 2])
    with pytest.raises(InvalidInput, match="not two counts"):
        map_customer_journey("P", STAGES, csat=[11, 10])
    with pytest.raises(InvalidInput, match="same name"):
        map_customer_journey("P", [STAGES[0], STAGES[0]])
