"""Allocations worked by hand, and briefs that are refused. See also test_optimum_against_independent_solvers."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import Infeasible, InvalidInput
from experts.finance_accountant.tools._curves import Channel, Curve
from experts.finance_accountant.tools.optimize_budget_allocation import OptimizedBudget, optimize_budget_allocation

D = Decimal
Make = Callable[..., Channel]


def _spends(budget: OptimizedBudget) -> dict[str, Decimal]:
    return {key: line.spend for key, line in budget.lines.items()}


def _adds_up(budget: OptimizedBudget) -> bool:
    lines = sum((line.spend for line in budget.lines.values()), D(0))
    return budget.total == lines + budget.reserve + budget.production + budget.unallocated and lines == budget.media


def test_tidewater_is_the_hand_calculation(tidewater: dict[str, Any]) -> None:
    """Worked by hand with the Karush-Kuhn-Tucker conditions.

    Media is 96,000 - 9,600 - 14,500 = 71,900. For a*sqrt(s) the marginal is a/(2*sqrt(s)), so spends are
    in proportion to a squared: 1,024 : 676 : 121. Sampling would get 71,900*121/1,821 = 4,777.54, below its
    required 5,000, so it is held there and 66,900 is split 1,024 : 676, which is 40,297.41 and 26,602.59. One
    more dollar brings 16/sqrt(40,297.41) = 0.0797 orders, and one order costs 12.55; at sampling's minimum it
    is 5.5/sqrt(5,000) = 0.0778, so each dollar held there loses 0.00192.

    The podcast brings at most 410/6,000 = 0.0683 orders a dollar, less than 0.0797 from the first dollar on:
    it is left out. Forced in at 6,000 (410*ln 2 = 284.19 orders), 60,900 is left for the other two: sqrt(1,700
    * 60,900) + 777.82 + 284.19 = 11,236.98 orders against sqrt(1,700 * 66,900) + 777.82 = 11,442.25.

    With sampling at its maximum, 12,000, the podcast pays from the media M where sqrt(1,700)*(sqrt(M - 12,000)
    - sqrt(M - 18,000)) = 284.19: M = 204,453, a total of (204,453 + 14,500)/0.9 = 243,281.
    """
    budget = optimize_budget_allocation(**tidewater)

    assert _spends(budget) == {
        "paid_search": D("40297.41"),
        "paid_social": D("26602.59"),
        "podcast": 0,
        "sampling": 5000,
    }
    assert (budget.media, budget.reserve, budget.production, budget.unallocated) == (71900, 9600, 14500, 0)
    assert budget.working_total == 86400
    assert budget.expected_results == D("11442.25")
    assert (budget.cost_per_result, budget.media_cost_per_result) == (D("7.55"), D("6.28"))
    assert (budget.marginal_results_per_unit, budget.marginal_cost) == (D("0.0797042"), D("12.55"))
    assert budget.marginals_equal is True
    assert budget.binding.keys() == {"sampling"}
    assert budget.binding["sampling"].bound == "minimum"
    assert budget.binding["sampling"].gain_per_unit == D("0.00192249")
    podcast = budget.alternatives["podcast"]
    assert (podcast.chosen, podcast.results_if_used, podcast.difference) == (False, D("11236.98"), D("-205.27"))
    assert podcast.worth_from_total == 243281
    assert _adds_up(budget)


def test_a_split_over_square_roots_with_one_channel_held_is_solved_exactly(power: Make) -> None:
    """Square roots with factors 30, 25 and 12, one channel held at 10,000, 190,000 in all.

    By hand: spend goes with the square of the factor, so 180,000 is split 900 : 625 : 144, which is
    97,064.11 : 67,405.63 : 15,530.26.
    """
    channels = {
        "a": power("30"),
        "b": power("25"),
        "c": power("20", minimum=D(10000), maximum=D(10000)),
        "d": power("12"),
    }

    budget = optimize_budget_allocation(total=D(190000), currency="USD", channels=channels)

    assert _spends(budget) == {"a": D("97064.11"), "b": D("67405.63"), "c": 10000, "d": D("15530.26")}


def test_from_its_threshold_on_an_optional_channel_is_used(tidewater: dict[str, Any]) -> None:
    below = optimize_budget_allocation(**tidewater | {"total": D(243280)})
    above = optimize_budget_allocation(**tidewater | {"total": D(243281)})

    assert (below.lines["podcast"].spend, above.lines["podcast"].spend) == (0, 6000)
    assert above.alternatives["podcast"].worth_from_total is None
    assert above.binding["podcast"].bound == "minimum"
    assert above.binding["sampling"].bound == "maximum"


def test_an_optional_minimum_that_does_not_fit_leaves_the_channel_out(power: Make, log: Make) -> None:
    channels = {"search": power("30"), "fair": power("900", minimum=D(5000), minimum_applies="if_used")}

    budget = optimize_budget_allocation(total=D(4000), currency="USD", channels=channels)

    assert _spends(budget) == {"fair": 0, "search": 4000}
    assert budget.alternatives["fair"].results_if_used is None
    assert budget.alternatives["fair"].worth_from_total == 5000


def test_forcing_costs_are_differences_of_whole_plans(power: Make) -> None:
    optional = {"minimum": D(3000), "minimum_applies": "if_used"}
    channels = {"a": power("20"), "b": power("30", **optional), "c": power("10", **optional)}

    budget = optimize_budget_allocation(total=D(10000), currency="USD", channels=channels)
    without_b = optimize_budget_allocation(
        total=D(10000), currency="USD", channels={key: channels[key] for key in ("a", "c")}
    )

    assert budget.lines["b"].used and not budget.lines["c"].used
    assert budget.alternatives["b"].results_if_left_out == without_b.expected_results
    assert budget.alternatives["b"].difference == (budget.expected_results or 0) - (without_b.expected_results or 0)


def test_identical_channels_share_equally_and_the_first_by_id_takes_the_odd_cent(power: Make) -> None:
    budget = optimize_budget_allocation(
        total=D("100.00"), currency="USD", channels={key: power("5") for key in ("c", "a", "b")}
    )

    assert _spends(budget) == {"a": D("33.34"), "b": D("33.33"), "c": D("33.33")}


def test_many_identical_optional_channels_are_no_harder_than_one(power: Make) -> None:
    channels = {f"c{n:03}": power("32", minimum=D(7001), minimum_applies="if_used") for n in range(60)}

    budget = optimize_budget_allocation(total=D(100000), currency="USD", channels=channels)

    assert [key for key, line in budget.lines.items() if line.used] == [f"c{n:03}" for n in range(14)]


def test_five_hundred_channels_are_planned(power: Make, log: Make) -> None:
    draw = random.Random(7)
    channels = {}
    for n in range(500):
        bounds: dict[str, Any] = {"minimum": D(draw.randint(1000, 9000)), "minimum_applies": "if_used"}
        if draw.random() < 0.5:
            channels[f"c{n}"] = power(draw.randint(5, 60), **bounds)
        else:
            channels[f"c{n}"] = log(draw.randint(99, 900), 4000, **bounds)

    budget = optimize_budget_allocation(total=D(400000), currency="USD", channels=channels)

    assert _adds_up(budget)
    assert budget.unallocated == 0
    with pytest.raises(InvalidInput, match="more than the 500"):
        optimize_budget_allocation(total=D(1), currency="USD", channels=channels | {"one_more": power("1")})


def test_too_many_combinations_are_refused_and_not_guessed(power: Make) -> None:
    """A knapsack whose items are worth almost exactly their weight: no bound tells the subsets apart."""
    draw = random.Random(3)
    channels = {}
    for n in range(40):
        size = draw.randint(3000, 9000)
        bounds: dict[str, Any] = {"minimum": D(size), "maximum": D(size), "minimum_applies": "if_used"}
        channels[f"c{n:02}"] = power(f"{(size + 1000) / size**0.5:.8f}", **bounds)

    with pytest.raises(InvalidInput, match="40 channels whose minimum applies only if used"):
        optimize_budget_allocation(total=D(100001), currency="USD", channels=channels)


def test_what_no_channel_can_take_is_unallocated(power: Make) -> None:
    channels = {"a": power("30", maximum=D(1000)), "b": power("25", maximum=D(500))}

    budget = optimize_budget_allocation(total=D(5000), currency="USD", channels=channels)

    assert (budget.media, budget.unallocated, budget.working_total) == (1500, 3500, 1500)
    assert (budget.marginal_results_per_unit, budget.marginal_cost, budget.marginals_equal) == (0, None, None)
    assert {key: bound.bound for key, bound in budget.binding.items()} == {"a": "maximum", "b": "maximum"}
    assert "unallocated" in budget.warnings[0]


def test_channels_without_a_curve_get_an_equal_share_within_bounds_before_the_rest(power: Make) -> None:
    channels = {
        "search": power("30"),
        "fair": Channel(label="Fair", maximum=D(1500)),
        "mail": Channel(),
        "radio": Channel(minimum=D(9000), minimum_applies="if_used"),
    }

    budget = optimize_budget_allocation(total=D(12000), currency="USD", channels=channels)

    assert _spends(budget) == {"fair": 1500, "mail": 3000, "radio": 0, "search": 7500}
    assert budget.lines["mail"].expected_results is None
    assert budget.expected_results == budget.lines["search"].expected_results
    assert "Fair, mail, radio" in budget.assumptions[0]


def test_without_any_curve_media_is_split_equally_within_bounds_and_nothing_is_forecast() -> None:
    channels = {"a": Channel(maximum=D(1000)), "b": Channel(), "c": Channel(minimum=D(6000))}

    budget = optimize_budget_allocation(total=D("10000.01"), currency="USD", channels=channels)

    assert _spends(budget) == {"a": 1000, "b": D("3000.01"), "c": 6000}
    assert budget.expected_results is budget.cost_per_result is budget.marginal_results_per_unit is None
    assert budget.alternatives == budget.binding == {}


def test_what_curves_cannot_take_goes_to_channels_without_one(power: Make) -> None:
    channels = {"search": power("30", maximum=D(2000)), "mail": Channel(), "fair": Channel(maximum=D(3500))}

    budget = optimize_budget_allocation(total=D(9000), currency="USD", channels=channels)

    assert _spends(budget) == {"fair": D(3500), "mail": D(3500), "search": 2000}


def test_zero_media_zero_total_and_a_fixed_channel_are_planned(power: Make) -> None:
    nothing = optimize_budget_allocation(total=D(0), currency="USD", channels={"a": power("30")})
    all_reserve = optimize_budget_allocation(
        total=D(100), currency="USD", channels={"a": power("30")}, reserve_rate=D(1)
    )
    fixed = optimize_budget_allocation(
        total=D(700), currency="USD", channels={"a": power("30", minimum=D(700), maximum=D(700))}
    )

    assert (nothing.media, nothing.expected_results, nothing.cost_per_result) == (0, 0, None)
    assert (all_reserve.reserve, all_reserve.media, all_reserve.marginal_results_per_unit) == (100, 0, None)
    assert (fixed.media, fixed.unallocated) == (700, 0)


def test_a_log_curve_may_be_worth_nothing(power: Make, log: Make) -> None:
    budget = optimize_budget_allocation(
        total=D(1000), currency="USD", channels={"a": power("30"), "b": log("10", "5000")}
    )

    assert _spends(budget) == {"a": 1000, "b": 0}
    assert budget.lines["b"].marginal_cost == 500


def test_an_amount_of_reserve_wins_over_the_rate_and_says_so(power: Make) -> None:
    budget = optimize_budget_allocation(
        total=D(1000), currency="USD", channels={"a": power("3")}, reserve_rate=D("0.1"), reserve_amount=D(250)
    )

    assert budget.reserve == 250
    assert "the amount is used" in budget.warnings[0]


def test_reserve_and_production_above_the_total_are_named_with_amounts(power: Make) -> None:
    with pytest.raises(Infeasible, match=r"reserve of 100 and production of 950 come to 1050, above the total of 1000"):
        optimize_budget_allocation(
            total=D(1000), currency="USD", channels={"a": power("3")}, production=D(950), reserve_rate=D("0.1")
        )


def test_required_minimums_that_do_not_fit_are_listed_with_amounts(power: Make) -> None:
    channels = {"a": power("3", minimum=D(600)), "b": power("3", minimum=D(500)), "c": power("3")}

    with pytest.raises(Infeasible, match=r"\(a 600, b 500\) come to 1100, above the 1000 USD") as caught:
        optimize_budget_allocation(total=D(1000), currency="USD", channels=channels)

    assert caught.value.field == "channels.a.minimum"


@pytest.mark.parametrize(
    ("channel", "says"),
    [
        (Channel(minimum=D(5), maximum=D(4)), "minimum 5 above its maximum 4"),
        (Channel(curve=Curve(form="power", a=D(1), b=D("1.2"))), "not concave"),
        (Channel(curve=Curve(form="power", a=D(1), b=D(1))), "not concave"),
        (Channel(curve=Curve(form="power", a=D(1), b=D("0.99999"))), "straight line"),
        (Channel(curve=Curve(form="power", a=D(1))), "takes a and b"),
        (Channel(curve=Curve(form="power", a=D(0), b=D("0.5"))), "above zero"),
        (Channel(curve=Curve(form="log", a=D(1))), "takes a and scale"),
        (Channel(curve=Curve(form="log", a=D(1), scale=D(0))), "above zero"),
        (Channel(curve=Curve(form="log", a=D("1e15"), scale=D("1e-20"))), "check its figures"),
        (Channel(minimum=D("0.001")), "finer than the smallest unit of USD"),
    ],
)
def test_a_channel_that_makes_no_sense_is_refused_by_name(channel: Channel, says: str) -> None:
    with pytest.raises(InvalidInput, match=says) as caught:
        optimize_budget_allocation(total=D(10**6), currency="USD", channels={"odd": channel})

    assert "'odd'" in caught.value.message
    assert caught.value.field.startswith("channels.odd.")


def test_no_channel_an_unknown_currency_and_parts_of_a_yen_are_refused(power: Make) -> None:
    with pytest.raises(InvalidInput, match="no channels"):
        optimize_budget_allocation(total=D(1), currency="USD", channels={})
    with pytest.raises(InvalidInput, match="'usd' is not an ISO 4217 code"):
        optimize_budget_allocation(total=D(1), currency="usd", channels={"a": power("3")})
    with pytest.raises(InvalidInput, match=r"the total budget '100\.5' is finer"):
        optimize_budget_allocation(total=D("100.5"), currency="JPY", channels={"a": power("3")})


def test_extreme_but_meaningful_sizes_are_exact(power: Make, log: Make) -> None:
    """Hand: 10^15 over equal curves splits in half; scales and exponents far apart still add up."""
    budget = optimize_budget_allocation(
        total=D(10**15), currency="USD", channels={"a": power("0.0001"), "b": power("0.0001")}
    )
    odd = optimize_budget_allocation(
        total=D("0.03"),
        currency="USD",
        channels={"a": power("0.001", "0.9999"), "b": power("7", "0.0001"), "c": log("1000000", "100000000")},
    )

    assert _spends(budget) == {"a": 5 * 10**14, "b": 5 * 10**14}
    assert _adds_up(odd)
