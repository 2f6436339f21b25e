"""Adverse impact against the agencies' questions and answers (44 FR 11996, 1979), statsmodels and counting."""

from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportions_ztest

from experts.core.errors import InvalidInput
from experts.hr_people_ops.tools import test_adverse_impact as tool

D = Decimal


def run(**groups: tuple[int, int]) -> tool.AdverseImpact:
    return tool.test_adverse_impact({k: tool.Group(applicants=n, selected=x) for k, (n, x) in groups.items()})


def exact(a: int, n: int, b: int, m: int) -> float:
    """Fisher's two-sided p by adding up every table that is no likelier."""
    chosen = a + b
    ways = {x: comb(n, x) * comb(m, chosen - x) for x in range(max(0, chosen - m), min(n, chosen) + 1)}
    return sum(w for w in ways.values() if w <= ways[a]) / sum(ways.values())


def test_the_agencies_example_of_four_groups() -> None:
    """Q&A 12: rates of 60, 45, 48 and 51 percent give 75, 80 and 85 percent; only the first is indicated."""
    found = run(whites=(100, 60), american_indians=(100, 45), hispanics=(100, 48), blacks=(100, 51))

    assert found.reference_group == "whites"
    ratios = {key: row.impact_ratio for key, row in found.groups.items() if row.impact_ratio is not None}
    assert ratios == {"american_indians": D("0.75"), "hispanics": D("0.8"), "blacks": D("0.85")}
    assert [key for key, row in found.groups.items() if row.below_four_fifths] == ["american_indians"]


def test_numbers_too_small_to_conclude_are_named() -> None:
    """Q&A 21: three of twenty men and one of ten women; one different selection turns the order round."""
    row = run(men=(20, 3), women=(10, 1)).groups["women"]

    assert (row.impact_ratio, row.below_four_fifths, row.would_flip) == (D("0.6667"), True, True)
    assert "too few to conclude" in row.finding


@pytest.mark.parametrize(("a", "n", "b", "m"), [(22, 80, 48, 120), (5, 40, 30, 60), (9, 12, 11, 12), (1, 50, 40, 400)])
def test_both_tests_agree_with_independent_ones(a: int, n: int, b: int, m: int) -> None:
    row = run(low=(n, a), high=(m, b)).groups["low"]
    z, p = proportions_ztest([a, b], [n, m])

    assert row.z is not None and row.p_z is not None and row.p_fisher is not None
    assert float(row.z) == pytest.approx(z, abs=1e-4)
    assert float(row.p_z) == pytest.approx(p, abs=1e-6)
    assert float(row.p_fisher) == pytest.approx(exact(a, n, b, m), abs=1e-6)


def test_exactly_four_fifths_does_not_fail_by_rounding() -> None:
    """15/25 of 15/20 is four-fifths; as floats it is 0.7999999999999999."""
    assert (15 / 25) / (15 / 20) < 0.8
    assert run(high=(20, 15), low=(25, 15)).groups["low"].below_four_fifths is False


@settings(max_examples=40, deadline=None)
@hypothesis_given(n=st.integers(5, 300), m=st.integers(5, 300), data=st.data())
def test_the_comparison_is_that_of_fractions(n: int, m: int, data: st.DataObject) -> None:
    if 50 * min(n, m) < n + m:
        return
    a, b = data.draw(st.integers(1, n)), data.draw(st.integers(1, m))
    found = run(first=(n, a), second=(m, b))
    first, second = Fraction(a, n), Fraction(b, m)
    low = min(first, second) / max(first, second) < Fraction(4, 5)
    assert any(row.below_four_fifths for row in found.groups.values()) == low


def test_groups_under_two_percent_and_under_five_people_are_not_judged() -> None:
    found = run(large=(600, 300), medium=(300, 150), small=(10, 1), tiny=(4, 0))

    assert "under 2 percent" in found.groups["small"].finding
    assert found.groups["small"].below_four_fifths is None
    assert found.groups["tiny"].rate is None and "suppressed" in found.groups["tiny"].finding


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({"a": (10, 11), "b": (10, 1)}, "'a' has 11 selected of 10"),
        ({"a": (0, 0), "b": (10, 1)}, "'a' has no applicants"),
        ({"a": (10, 0), "b": (10, 0)}, "nobody was selected"),
        ({"a": (10, 2), "b": (4, 1)}, "only 1 group"),
    ],
)
def test_counts_that_cannot_be_are_refused(groups: dict[str, tuple[int, int]], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        run(**groups)
