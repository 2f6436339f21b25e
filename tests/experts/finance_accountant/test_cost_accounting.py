"""Expected figures: Webb Company (Horngren, chapters 7 and 8), Call-Mart (Kieso, chapter 8), Atlas Company (Kimmel, chapter 4)."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.allocate_overhead_abc import Pool, allocate_overhead_abc
from experts.finance_accountant.tools.analyze_cost_variances import CostInput, analyze_cost_variances
from experts.finance_accountant.tools.compute_inventory_cost import Movement, compute_inventory_cost

D = Decimal


def cost_input(price: str, quantity: str, actual_price: str, actual_quantity: str) -> CostInput:
    return CostInput(
        standard_price=D(price),
        standard_quantity=D(quantity),
        actual_price=D(actual_price),
        actual_quantity=D(actual_quantity),
    )


def test_webbs_price_efficiency_spending_and_volume_variances() -> None:
    """Material 44,400 F and 66,000 U; labour 18,000 U and 20,000 U; overhead 4,500 F and 15,000 U; 9,000 U, 46,000 U."""
    found = analyze_cost_variances(
        {
            "material": cost_input("30", "2", "28", "22200"),
            "labour": cost_input("20", "0.8", "22", "9000"),
            "overhead": cost_input("30", "0.4", "29", "4500"),
        },
        D(10000),
        "USD",
        planned_units=D(12000),
        fixed_budget=D(276000),
        fixed_actual=D(285000),
    )

    split = {key: (one.price_variance, one.efficiency_variance) for key, one in found.inputs.items()}
    assert split == {"material": (-44400, 66000), "labour": (18000, 20000), "overhead": (-4500, 15000)}
    assert found.inputs["material"].price_verdict == "favourable"
    assert found.fixed_overhead is not None
    assert (found.fixed_overhead.spending_variance, found.fixed_overhead.volume_variance) == (9000, 46000)
    assert (found.total_variance, found.verdict) == (70100, "unfavourable")


def test_variances_without_output_and_half_a_fixed_budget() -> None:
    nothing = analyze_cost_variances({"a": cost_input("1", "1", "1", "5")}, D(0), "USD")
    assert nothing.total_variance == 5 and nothing.warnings
    with pytest.raises(InvalidInput, match="give all or none") as caught:
        analyze_cost_variances({"a": cost_input("1", "1", "1", "5")}, D(1), "USD", fixed_budget=D(5))
    assert caught.value.field == "fixed_budget"


CALL_MART = [
    Movement(units=D(2000), unit_cost=D("4.00")),
    Movement(units=D(6000), unit_cost=D("4.40")),
    Movement(units=D(-4000)),
    Movement(units=D(2000), unit_cost=D("4.75")),
]


@pytest.mark.parametrize(
    ("method", "system", "sold", "left"),
    [
        ("fifo", "periodic", 16800, 27100),
        ("fifo", "perpetual", 16800, 27100),
        ("lifo", "periodic", 18300, 25600),
        ("lifo", "perpetual", 17600, 26300),
        ("weighted_average", "periodic", 17560, 26340),
        ("weighted_average", "perpetual", 17200, 26700),
    ],
)
def test_call_marts_inventory(method: Any, system: Any, sold: int, left: int) -> None:
    found = compute_inventory_cost(CALL_MART, "USD", method, system)

    assert (found.cost_of_goods_sold, found.ending_inventory) == (sold, left)
    assert (found.ending_units, found.goods_available) == (6000, 43900)
    assert [text for text in found.warnings if "IAS 2.25 forbids it" in text] == found.warnings
    assert bool(found.warnings) == (method == "lifo")


def test_an_average_that_does_not_end_still_adds_up() -> None:
    movements = [Movement(units=D(3), unit_cost=D(1)), Movement(units=D(4), unit_cost=D(2)), Movement(units=D(-1))]
    found = compute_inventory_cost(movements, "USD", "weighted_average")

    assert found.cost_of_goods_sold == D("1.57")
    assert found.cost_of_goods_sold + found.ending_inventory == found.goods_available == 11


def test_selling_too_much_and_purchases_without_a_cost_are_refused() -> None:
    with pytest.raises(InvalidInput, match="sells 9000 units when 8000 are available"):
        compute_inventory_cost([*CALL_MART[:2], Movement(units=D(-9000))], "USD")
    with pytest.raises(InvalidInput, match="needs a unit_cost if bought"):
        compute_inventory_cost([Movement(units=D(5))], "USD")


ATLAS = {
    "setting_up": Pool(cost=D(300000), driver={"bench": D(500), "coaster": D(1000)}),
    "machining": Pool(cost=D(500000), driver={"bench": D(30000), "coaster": D(20000)}),
    "inspecting": Pool(cost=D(100000), driver={"bench": D(500), "coaster": D(1500)}),
}
UNITS = {"bench": D(25000), "coaster": D(5000)}


def test_atlas_companys_activity_based_costs() -> None:
    """Rates 200, 10, 50; 425,000 or 17 a unit against 475,000 or 95; by labour hours it was 750,000 and 150,000."""
    found = allocate_overhead_abc(ATLAS, "USD", UNITS, UNITS)

    assert found.rates == {"setting_up": 200, "machining": 10, "inspecting": 50}
    bench, coaster = found.products["bench"], found.products["coaster"]
    assert (bench.overhead, bench.per_unit, bench.plantwide) == (425000, 17, 750000)
    assert (coaster.overhead, coaster.per_unit, coaster.difference) == (475000, 95, 325000)


def test_pools_are_assigned_to_the_cent() -> None:
    thirds = {"p": Pool(cost=D("100.00"), driver={"a": D(1), "b": D(1), "c": D(1)})}
    found = allocate_overhead_abc(thirds, "USD")

    assert sorted(one.overhead for one in found.products.values()) == [D("33.33"), D("33.33"), D("33.34")]


def test_a_driver_of_zero_and_other_products_are_refused() -> None:
    with pytest.raises(InvalidInput, match="driver of pool 'p' adds up to 0") as caught:
        allocate_overhead_abc({"p": Pool(cost=D(5), driver={"a": D(0)})}, "USD")
    assert caught.value.field == "pools.p.driver"
    with pytest.raises(InvalidInput, match="give the same products"):
        allocate_overhead_abc(ATLAS, "USD", {"bench": D(1)})


def test_figures_out_of_any_range_are_refused_or_left_out() -> None:
    with pytest.raises(InvalidInput, match=r"fixed overhead of .* is out of range") as caught:
        analyze_cost_variances(
            {"a": cost_input("1", "1", "1", "1")},
            D(10) ** 9,
            "USD",
            planned_units=D("1E-18"),
            fixed_budget=D(10) ** 9,
            fixed_actual=D(1),
        )
    assert caught.value.field == "planned_units"
    tiny = {"bench": D("1E-18"), "coaster": D(1)}
    assert allocate_overhead_abc(ATLAS, "USD", tiny).products["bench"].per_unit is None
