"""Channel tests against the binomial distribution worked out here, and filling channels against a linear program."""

# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal
from math import comb

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.fill_channels import FilledChannel, fill_channels
from experts.marketing_sales.tools.plan_channel_tests import ProbedChannel, plan_channel_tests

D = Decimal


def tail(k: int, n: int, p: float) -> float:
    """P(X >= k) of a binomial, added up term by term."""
    return 1 - sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k))


def test_the_size_and_the_rule_are_the_least_that_the_binomial_allows() -> None:
    """35 a contact and at most 1,621.08 for a customer: a channel pays from 2.159 %; 9 % is expected."""
    channel = ProbedChannel(contact_cost=D(35), expected_rate=D("0.09"), contacts_per_day=D(4))
    found = plan_channel_tests({"a": channel}, D("1621.08"), "USD").channels["a"]
    needed = 35 / 1621.08
    assert found.contacts is not None and found.keep_from is not None and found.power is not None
    assert tail(found.keep_from, found.contacts, needed) <= 0.05 < tail(found.keep_from - 1, found.contacts, needed)
    assert float(found.power) == pytest.approx(tail(found.keep_from, found.contacts, 0.09), abs=5e-5)
    for fewer in range(45, found.contacts):  # no smaller test is good enough
        keep = next(k for k in range(fewer + 2) if tail(k, fewer, needed) <= 0.05)
        assert tail(keep, fewer, 0.09) < 0.8
    assert (found.cost, found.days) == (35 * found.contacts, -(-found.contacts // 4))


def test_a_channel_that_cannot_pay_gets_no_test() -> None:
    channel = ProbedChannel(contact_cost=D("1.60"), expected_rate=D("0.0009"), contacts_per_day=D(350))
    found = plan_channel_tests({"a": channel}, D(1600), "USD")
    assert (found.channels["a"].worth_it, found.channels["a"].contacts, found.tested) == (False, None, 0)
    assert found.channels["a"].cost_per_customer == D("1777.78")


def test_the_cheapest_tests_come_first_and_the_rest_is_named() -> None:
    cheap = ProbedChannel(contact_cost=D(2), expected_rate=D("0.05"), contacts_per_day=D(20))
    dear = ProbedChannel(contact_cost=D(60), expected_rate=D("0.05"), contacts_per_day=D(20))
    found = plan_channel_tests({"dear": dear, "cheap": cheap}, D(2000), "USD", budget=D(500))
    assert (found.channels["cheap"].affordable, found.channels["dear"].affordable) == (True, False)
    assert found.cost == found.channels["cheap"].cost and "dear" in found.warnings[0]


@pytest.mark.parametrize(
    ("rate", "cost", "day", "most"),
    [
        ("0", "2", "5", "100"),
        ("1", "2", "5", "100"),
        ("0.1", "0", "5", "100"),
        ("0.1", "2", "0", "100"),
        ("0.1", "2", "5", "0"),
    ],
)
def test_nothing_to_test_with_is_refused(rate: str, cost: str, day: str, most: str) -> None:
    channel = ProbedChannel(contact_cost=D(cost), expected_rate=D(rate), contacts_per_day=D(day))
    with pytest.raises(InvalidInput):
        plan_channel_tests({"a": channel}, D(most), "USD")


def test_filling_the_cheapest_first_is_the_best_that_a_linear_program_finds() -> None:
    from scipy.optimize import linprog

    channels = {"a": (D("388.89"), D(6)), "b": (D("636.36"), D(11)), "c": (D("872.73"), D(5))}
    filled = fill_channels(
        D(11_000), {k: FilledChannel(cost_per_customer=c, most_customers=m) for k, (c, m) in channels.items()}, "USD"
    )
    best = linprog(
        [-1, -1, -1],
        A_ub=[[float(c) for c, _ in channels.values()]],
        b_ub=[11_000],
        bounds=[(0, float(m)) for _, m in channels.values()],
    )
    assert float(filled.customers) == pytest.approx(-float(best.fun or 0), abs=0.001)
    assert filled.spend == 11_000 and filled.unspent == 0 and filled.next_cost == D("872.73")
    assert filled.acquisition_cost == round(D(11_000) / filled.customers, 2)


def test_money_that_no_channel_can_take_is_left_and_named() -> None:
    found = fill_channels(D(1000), {"a": FilledChannel(cost_per_customer=D(100), most_customers=D(4))}, "USD")
    assert (found.spend, found.unspent, found.customers, found.next_cost) == (400, 600, 4, None)
    assert "cannot take the whole budget" in found.warnings[0]


def test_without_money_the_cheapest_channel_says_what_a_customer_costs() -> None:
    channels = {
        "a": FilledChannel(cost_per_customer=D(300), most_customers=D(4)),
        "b": FilledChannel(cost_per_customer=D(100), most_customers=D(4)),
    }
    assert fill_channels(D(0), channels, "USD").acquisition_cost == 100
    with pytest.raises(InvalidInput, match="no channel can win"):
        fill_channels(D(1), {"a": FilledChannel(cost_per_customer=D(3), most_customers=D(0))}, "USD")
