"""Pay structure, placement, pay equity and training return: by hand, published, and against statsmodels."""

# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm

from experts.core.errors import InvalidInput
from experts.hr_people_ops.tools.analyze_pay_equity import PayRow, analyze_pay_equity
from experts.hr_people_ops.tools.build_pay_structure import build_pay_structure
from experts.hr_people_ops.tools.compute_training_roi import Benefit, compute_training_roi
from experts.hr_people_ops.tools.position_salary import Position, position_salary

D = Decimal


def test_a_range_by_its_definition() -> None:
    """Midpoint 50,000 and spread 50%: 40,000 to 60,000; the next midpoint 15% up: 46,000 to 69,000."""
    first, second = build_pay_structure(D(50000), 2, "USD").grades

    assert (first.minimum, first.midpoint, first.maximum, first.overlap) == (40000, 50000, 60000, None)
    assert (second.minimum, second.midpoint, second.maximum) == (46000, 57500, 69000)
    assert second.overlap == round(D(14000) / D(23000), 4)


def test_spread_may_widen_and_gaps_and_deep_overlaps_are_named() -> None:
    wide = build_pay_structure(D(50000), 3, "USD", spread_step=D("0.1"), round_to_nearest=D(1)).grades
    assert [row.spread for row in wide] == [D("0.5"), D("0.6"), D("0.7")]

    gap = build_pay_structure(D(50000), 2, "USD", progression=D("0.9"), spread=D("0.2"))
    assert gap.warnings[0].startswith("Gap below grade 2")
    deep = build_pay_structure(D(50000), 2, "USD", progression=D("0.03"), spread=D("0.6"))
    assert "over 80%" in deep.warnings[0]


def test_a_coarse_rounding_or_an_unknown_currency_is_refused() -> None:
    with pytest.raises(InvalidInput, match="coarse for a midpoint of 500"):
        build_pay_structure(D(500), 3, "USD")
    with pytest.raises(InvalidInput, match="'USX' is not an ISO 4217"):
        build_pay_structure(D(50000), 3, "USX")


def position(salary: int, **more: Any) -> Position:
    return Position(salary=D(salary), minimum=D(40000), maximum=D(60000), **more)


def test_compa_ratio_and_penetration() -> None:
    rows = position_salary({"a": position(45000), "b": position(63000), "c": position(38000)}, "USD").positions

    assert (rows["a"].compa_ratio, rows["a"].penetration, rows["a"].place) == (D("0.9"), D("0.25"), "quartile 2")
    assert (rows["b"].compa_ratio, rows["b"].place) == (D("1.26"), "above maximum")
    assert (rows["c"].place, rows["c"].to_minimum) == ("below minimum", 2000)


def test_a_merit_increase_stops_at_the_maximum() -> None:
    matrix = {"meets": [D("0.05"), D("0.04"), D("0.03"), D("0.05")]}
    found = position_salary({"a": position(58000, rating="meets"), "b": position(41000, rating="meets")}, "USD", matrix)
    row = found.positions["a"]

    assert (row.increase, row.lump_sum, row.new_salary) == (2000, 900, 60000)
    assert (found.positions["b"].increase, found.merit_cost) == (2050, 2900 + 2050)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Position(salary=D(5), minimum=D(9), maximum=D(8)), "range of 'a' is inverted"),
        (Position(salary=D(5), minimum=D(1), maximum=D(8), midpoint=D(9)), "midpoint 9 of 'a' is outside"),
        (Position(salary=D(5), minimum=D(1), maximum=D(8), rating="superb"), "rating 'superb'"),
    ],
)
def test_ranges_and_ratings_that_cannot_be_are_refused(row: Position, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        position_salary({"a": row}, "USD", {"meets": [D(0)] * 4})


def people(count: int = 120) -> list[PayRow]:
    made = []
    for i in range(count):
        group = "f" if i % 2 else "m"
        years, job = (i * 5) % 13, ("x", "y", "z")[(i // 2) % 3]
        pay = 25 + years * 0.5 + {"x": 0, "y": 6, "z": 11}[job] - (1.2 if i % 2 else 0) + ((i * 37) % 11) / 10
        made.append(PayRow(pay=D(f"{pay:.2f}"), group=group, job=job, factors={"years": D(years)}))
    return made


def test_the_adjusted_gap_agrees_with_statsmodels() -> None:
    rows = people()
    found = analyze_pay_equity(rows, "m", "f").adjusted
    design = np.array(
        [[1, row.group == "f", row.job == "y", row.job == "z", float(row.factors["years"])] for row in rows], float
    )
    other = sm.OLS(np.log([float(row.pay) for row in rows]), design).fit()
    low, high = other.conf_int()[1]

    assert found is not None
    assert float(found.gap) == pytest.approx(1 - np.exp(other.params[1]), abs=1e-4)
    assert float(found.low) == pytest.approx(1 - np.exp(high), abs=1e-4)
    assert float(found.high) == pytest.approx(1 - np.exp(low), abs=1e-4)
    assert float(found.p_value) == pytest.approx(other.pvalues[1], abs=1e-4)
    assert float(found.r_squared) == pytest.approx(other.rsquared, abs=1e-4)


def test_mean_and_median_gap_by_hand() -> None:
    """Men 20 (x9) and 40; women 18 (x9) and 20: means 22 and 18.2, medians 20 and 18."""
    rows = [PayRow(pay=D(p), group=g) for g, pays in (("m", [20] * 9 + [40]), ("f", [18] * 9 + [20])) for p in pays]
    found = analyze_pay_equity(rows, "m", "f")

    assert (found.pay.mean_gap, found.pay.median_gap) == (round(1 - D("18.2") / 22, 4), D("0.1"))
    assert found.adjusted is None and "no adjusted gap" in found.warnings[-1]


def test_quartiles_are_hidden_where_a_cell_is_small() -> None:
    shares = analyze_pay_equity(people(), "m", "f").quartile_shares
    assert all(not cell or sum(cell.values()) == 1 for cell in shares)
    assert analyze_pay_equity(people(40), "m", "f").quartile_shares == [{}, {}, {}, {}]


def test_a_single_hidden_quarter_takes_another_with_it() -> None:
    """Women by quarter 15, 12, 11 and 5: the last is small, and the first, with ten men, is hidden to protect it."""
    rows = [
        PayRow(pay=D(20 + quarter * 25 + place) / 2, group="f" if place < women else "m")
        for quarter, women in enumerate((15, 12, 11, 5))
        for place in range(25)
    ]
    shares = analyze_pay_equity(rows, "m", "f").quartile_shares
    assert [bool(cell) for cell in shares] == [False, True, True, False]
    assert shares[1] == {"m": D("0.52"), "f": D("0.48")}


def test_groups_under_ten_and_dependent_factors_give_no_figures() -> None:
    with pytest.raises(InvalidInput, match="'f' has fewer than 10 people"):
        analyze_pay_equity([row for row in people(60) if row.group == "m" or row.pay > D(40)][:40], "m", "f")
    twice = [
        row.model_copy(update={"factors": {"a": row.factors["years"], "b": row.factors["years"] * 2}})
        for row in people()
    ]
    found = analyze_pay_equity(twice, "m", "f")
    assert found.adjusted is None and "determine each other" in found.warnings[-1]
    with pytest.raises(InvalidInput, match="factor 'years' is missing"):
        analyze_pay_equity([*people(), PayRow(pay=D(30), group="m")], "m", "f")


def test_the_literacy_programme_of_phillips() -> None:
    """Phillips, Magnavox literacy programme: benefits 321,600 and costs 38,233 give BCR 8.4 and ROI 741 percent."""
    found = compute_training_roi({"programme": D(38233)}, {"all": Benefit(value=D(321600), isolation=D(1))}, "USD")

    assert round(found.benefit_cost_ratio, 1) == D("8.4")
    assert round(found.roi * 100) == 741
    assert "control group" in found.warnings[0]


def test_isolation_and_confidence_shrink_a_benefit() -> None:
    benefit = Benefit(value=D(100000), isolation=D("0.5"), confidence=D("0.8"))
    found = compute_training_roi({"fee": D(50000)}, {"returns": benefit}, "USD", ["reaction", "learning"])

    assert (found.benefits, found.roi, found.payback_months) == (40000, D("-0.2"), 15)
    assert found.break_even_isolation == D("0.625")
    assert found.evidence_missing == ["behaviour", "results"]


def test_a_programme_without_costs_has_no_return() -> None:
    with pytest.raises(InvalidInput, match="costs add up to nothing"):
        compute_training_roi({"fee": D(0)}, {"x": Benefit(value=D(1), isolation=D(1))}, "USD")
