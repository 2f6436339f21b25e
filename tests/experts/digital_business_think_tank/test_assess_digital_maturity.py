"""The rubric's own arithmetic, by hand."""

from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.assess_digital_maturity import Score, assess_digital_maturity

D = Decimal


def test_index_gaps_and_next_steps_by_hand() -> None:
    """Counted 3 (weight 2), 2 for 4 without evidence, 1: (3x2 + 2 + 1)/4 = 2.25; stated (6 + 4 + 1)/4 = 2.75."""
    found = assess_digital_maturity(
        {
            "strategy": Score(level=3, evidence="board paper 7", weight=D(2)),
            "data": Score(level=4, target=5),
            "security": Score(level=1, target=3),
        }
    )
    assert (found.index, found.index_as_stated) == (D("2.25"), D("2.75"))
    assert found.index_if_weakest_double == D("2.00")  # (6 + 2 + 2)/5
    assert [(row.dimension, row.counted, row.gap) for row in found.dimensions] == [
        ("data", 2, 3),
        ("strategy", 3, 1),
        ("security", 1, 2),
    ]
    assert found.dimensions[0].next_step.startswith("One agreed set of figures")
    assert found.warnings[0] == "Counted as level 2 for want of evidence: Data and decisions."
    assert len(found.unscored) == 4


def test_a_met_target_has_no_next_step() -> None:
    found = assess_digital_maturity({"people": Score(level=5, target=3, evidence="x")})
    assert (found.dimensions[0].gap, found.dimensions[0].next_step) == (0, "")


def test_unknown_dimensions_and_no_weight_are_refused() -> None:
    with pytest.raises(InvalidInput, match="did you mean 'strategy'"):
        assess_digital_maturity({"strateg": Score(level=1)})
    with pytest.raises(InvalidInput, match="weights add up to zero"):
        assess_digital_maturity({"data": Score(level=1, weight=D(0))})
