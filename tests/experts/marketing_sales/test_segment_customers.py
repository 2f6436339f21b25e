"""RFM scores against numpy's equal split of the ranks."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.segment_customers import Customer, segment_customers

TODAY = date(2027, 6, 30)


def customer(days: int, orders: int, spend: int) -> Customer:
    return Customer(last_purchase=TODAY - timedelta(days=days), orders=orders, spend=D(spend))


def test_distinct_values_are_split_into_equal_quantiles() -> None:
    """numpy.array_split of the ranked customers gives the same fifths."""
    import numpy as np

    customers = {f"c{n}": customer((n * 37) % 101, (n * 13) % 41 + 1, (n * 29) % 97 + 5) for n in range(1, 21)}
    made = segment_customers(customers, TODAY).customers
    for measure, better in (
        ("recency", lambda c: -(TODAY - c.last_purchase).days),
        ("frequency", lambda c: c.orders),
        ("monetary", lambda c: c.spend),
    ):
        ranked = sorted(customers, key=lambda name: better(customers[name]))
        for score, part in enumerate(np.array_split(ranked, 5), start=1):
            assert {getattr(made[str(name)], measure) for name in part} == {score}


def test_segments_follow_the_rule_and_add_up() -> None:
    made = segment_customers(
        {
            "best": customer(2, 20, 900),
            "fresh": customer(1, 1, 10),
            "old": customer(300, 15, 800),
            "gone": customer(400, 2, 20),
        },
        TODAY,
        bins=4,
    )
    assert {name: row.segment for name, row in made.customers.items()} == {
        "best": "champions",
        "fresh": "new_or_small",
        "old": "loyal",
        "gone": "lapsed",
    }
    assert made.segments["champions"].spend_share == D("0.520231")
    assert sum(row.customers for row in made.segments.values()) == 4


def test_equal_values_score_equally_whatever_the_order() -> None:
    customers = {"a": customer(1, 1, 5), "b": customer(1, 1, 5), "c": customer(1, 1, 9)}
    made = segment_customers(customers, TODAY, 3)
    assert made.customers["a"] == made.customers["b"]
    assert len(made.warnings) == 2
    again = segment_customers(dict(reversed(customers.items())), TODAY, 3)
    assert again.customers == made.customers


def test_too_few_customers_a_purchase_to_come_and_odd_bins_are_refused() -> None:
    with pytest.raises(InvalidInput, match="customers has 1, fewer than bins 5"):
        segment_customers({"a": customer(1, 1, 1)}, TODAY)
    with pytest.raises(InvalidInput, match=r"customers\.a\.last_purchase 2027-07-01"):
        segment_customers({key: customer(-1, 1, 1) for key in "abc"}, TODAY, 3)
    with pytest.raises(InvalidInput, match="bins 2"):
        segment_customers({"a": customer(1, 1, 1)}, TODAY, 2)
