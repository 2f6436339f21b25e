"""Control limits against NIST's handbook, Montgomery, and constants by integration."""

from decimal import Decimal as D
from math import sqrt

import pytest
from scipy.integrate import quad
from scipy.stats import norm

from experts.core.errors import InvalidInput
from experts.project_management.tools.plan_quality import _CONSTANTS, plan_quality


def test_individuals_have_the_limits_of_the_handbook() -> None:
    # NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rate of ten batches.
    values = [D(text) for text in ["49.6", "47.6", "49.9", "51.3", "47.8", "51.2", "52.6", "52.4", "53.6", "52.1"]]
    found = plan_quality("individuals", values)
    assert (found.limits.center, found.range_limits.center) == (D("50.81"), D("1.8778"))
    # the handbook prints 55.8041 and 45.8159 with the moving range rounded
    assert float(found.limits.upper) == pytest.approx(55.8041, abs=2e-4)
    assert float(found.limits.lower) == pytest.approx(45.8159, abs=2e-4)
    assert found.in_control and "preliminary" in found.warnings[0]


def test_the_share_of_defective_cans_has_montgomerys_limits() -> None:
    # Montgomery, Introduction to Statistical Quality Control, example 7.1 (orange juice cans): 30 samples of 50.
    cans = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
    assert sum(cans) == 347
    found = plan_quality("defective", [D(can) for can in cans], 50)
    assert (found.limits.lower, found.limits.center, found.limits.upper) == (D("0.0524"), D("0.2313"), D("0.4102"))
    assert found.beyond_limits == [15, 23]
    assert not found.in_control


@pytest.mark.parametrize("size", range(2, 11))
def test_the_constants_are_those_of_the_range_of_normal_values(size: int) -> None:
    d2 = quad(lambda x: 1 - norm.cdf(x) ** size - norm.sf(x) ** size, -8, 8)[0]
    a2, low, high = (float(text) for text in _CONSTANTS[size])
    assert a2 == pytest.approx(3 / (d2 * sqrt(size)), abs=1e-3)
    assert low == pytest.approx(max(0, 2 - high), abs=2e-3)  # D3 and D4 lie evenly about 1


def test_subgroups_are_charted_by_mean_and_range() -> None:
    found = plan_quality("mean_range", [D(n) for n in (10, 12, 11, 13, 10, 14)], 2)
    assert found.points == [D(11), D(12), D(12)]
    assert (found.range_limits.center, found.range_limits.upper) == (D("2.6667"), D("8.7120"))
    assert found.limits.upper == D("16.68")  # 11.6667 + 1.880 x 2.6667


def test_eight_in_a_row_on_one_side_are_a_signal() -> None:
    found = plan_quality("individuals", [D(n) for n in (9, 11) * 4] + [D(n) for n in (12, 13) * 4 + (2, 3)])
    assert found.runs and not found.in_control
    assert plan_quality("individuals", [D(5)] * 30).in_control


def test_what_makes_no_chart_is_refused() -> None:
    with pytest.raises(InvalidInput, match="individuals: 1 values"):
        plan_quality("individuals", [D(1)])
    with pytest.raises(InvalidInput, match="sample_size 11 must be from 2 to 10"):
        plan_quality("mean_range", [D(1)] * 22, 11)
    with pytest.raises(InvalidInput, match="5 values do not make"):
        plan_quality("mean_range", [D(1)] * 5, 2)
    with pytest.raises(InvalidInput, match=r"values\.1: 51 defective items in a sample of 50"):
        plan_quality("defective", [D(1), D(51)], 50)


def test_a_pareto_orders_causes_and_names_the_fewest_that_make_80_percent() -> None:
    # 40 + 25 + 15 = 80 of 100
    made = plan_quality("pareto", counts={"d": 12, "a": 40, "c": 15, "e": 8, "b": 25})

    assert [(one.name, one.cumulative, one.vital) for one in made.pareto] == [
        ("a", D("0.4"), True),
        ("b", D("0.65"), True),
        ("c", D("0.8"), True),
        ("d", D("0.92"), False),
        ("e", D("1"), False),
    ]
    assert made.in_control is None and made.limits is None


def test_a_pareto_of_nothing_and_counts_for_a_chart_are_refused() -> None:
    with pytest.raises(InvalidInput, match="nothing to order"):
        plan_quality("pareto", counts={"a": 0})
    with pytest.raises(InvalidInput, match="takes counts"):
        plan_quality("pareto", [D(1)], counts={"a": 1})
    with pytest.raises(InvalidInput, match="not `counts`"):
        plan_quality("individuals", [D(1), D(2)], counts={"a": 1})
