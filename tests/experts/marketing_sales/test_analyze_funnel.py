"""Funnels; Wilson's interval against Newcombe 1998."""

from decimal import Decimal as D

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.analyze_funnel import Stage, analyze_funnel


def funnel(*counts: int) -> list[Stage]:
    return [Stage(name=f"stage {index}", count=count) for index, count in enumerate(counts)]


def test_each_step_has_its_rate_loss_and_interval() -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857, Table I: 81 of 263, Wilson: 0.2553 to 0.3662."""
    made = analyze_funnel(funnel(263, 81, 27), "USD", D("810"), D("90"))
    step = made.stages[1]
    assert (step.conversion, step.lost) == (D("0.307985"), 182)
    assert step.conversion_low is not None and step.conversion_high is not None
    assert (round(step.conversion_low, 4), round(step.conversion_high, 4)) == (D("0.2553"), D("0.3662"))
    assert (made.weakest_step, made.largest_loss) == ("stage 1", "stage 1")
    assert [row.cost_each for row in made.stages] == [D("3.08"), D(10), D(30)]
    assert (made.revenue, made.return_on_spend) == (D(2430), D(3))


def test_a_stage_that_nobody_reached_ends_the_rates() -> None:
    made = analyze_funnel(funnel(20, 0, 0))
    assert (made.stages[1].conversion, made.stages[2].conversion) == (0, None)
    assert len(made.warnings) == 2


def test_a_stage_above_the_one_before_it_is_named() -> None:
    with pytest.raises(InvalidInput, match="stage 'stage 2' has 90, more than 'stage 1' before it with 81"):
        analyze_funnel(funnel(263, 81, 90))


def test_an_empty_start_a_name_twice_and_money_without_currency_are_refused() -> None:
    with pytest.raises(InvalidInput, match="count of 0"):
        analyze_funnel(funnel(0, 0))
    with pytest.raises(InvalidInput, match="there twice"):
        analyze_funnel([Stage(name="a", count=2), Stage(name="a", count=1)])
    with pytest.raises(InvalidInput, match="currency ''"):
        analyze_funnel(funnel(2, 1), spend=D(1))
