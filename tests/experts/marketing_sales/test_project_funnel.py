"""A funnel against its product written out by hand."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.project_funnel import FunnelStep, PaidChannel, project_funnel

D = Decimal
CHANNELS = {
    "search": PaidChannel(spend=D(32_000), cost_per_visit=D("0.58")),
    "social": PaidChannel(spend=D(38_000), cost_per_visit=D("0.44")),
    "displays": PaidChannel(spend=D(28_000)),
}
STAGES = {
    "order": FunnelStep(order=3, rate=D("0.47")),
    "page": FunnelStep(order=1, rate=D("0.61")),
    "basket": FunnelStep(order=2, rate=D("0.052")),
}


def test_a_funnel_multiplies_its_rates_in_order() -> None:
    """32,000/0.58 + 38,000/0.44 = 55,172.41 + 86,363.64 = 141,536.05; x 0.61 x 0.052 x 0.47 = 2,110.08 orders."""
    found = project_funnel(CHANNELS, STAGES, "EUR", needed=D(1850))

    visits = 32_000 / 0.58 + 38_000 / 0.44
    assert float(found.visits) == pytest.approx(visits, abs=0.005)
    assert list(found.stages) == ["page", "basket", "order"]
    assert float(found.orders) == pytest.approx(visits * 0.61 * 0.052 * 0.47, abs=0.005)
    assert float(found.cost_per_order or 0) == pytest.approx(70_000 / (visits * 0.61 * 0.052 * 0.47), abs=0.005)
    assert float(found.coverage or 0) == pytest.approx(visits * 0.61 * 0.052 * 0.47 / 1850, abs=1e-6)
    assert (found.spend, found.counted_spend) == (98_000, 70_000)
    assert found.warnings == ["No cost per visit is named for displays; their visits are not counted."]


def test_a_funnel_that_brings_too_little_says_so() -> None:
    assert "brings 53%" in project_funnel(CHANNELS, STAGES, "EUR", needed=D(4000)).warnings[-1]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"channels": {"search": PaidChannel(spend=D(1), cost_per_visit=D(0))}}, "cost_per_visit of 'search' is 0"),
        ({"stages": {"a": FunnelStep(order=1, rate=D("0.5")), "b": FunnelStep(order=1, rate=D("0.5"))}}, "same order"),
        ({"channels": {"search": PaidChannel(spend=D(10**13), cost_per_visit=D("0.01"))}}, "more visits than"),
    ],
)
def test_funnels_that_cannot_be_are_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        project_funnel(**{"channels": CHANNELS, "stages": STAGES, "currency": "EUR", **changes})
