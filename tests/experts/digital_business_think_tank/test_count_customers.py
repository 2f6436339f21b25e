"""Customers who can be reached and won."""

from decimal import Decimal

from experts.digital_business_think_tank.tools.count_customers import CustomerShare, count_customers


def test_customers_are_whole_by_segment_and_add_up() -> None:
    """1001 * 0.5 = 500.5, of it a tenth 50.05; 300 * 0.25 = 75, of it a fifth 15."""
    found = count_customers(
        {
            "builders": CustomerShare(customers=Decimal(1001), reachable=Decimal("0.5"), obtainable=Decimal("0.1")),
            "painters": CustomerShare(customers=Decimal(300), reachable=Decimal("0.25"), obtainable=Decimal("0.2")),
        }
    )
    assert (found.segments["builders"].reachable, found.segments["builders"].obtainable) == (Decimal(501), Decimal(50))
    assert (found.customers, found.reachable, found.obtainable) == (Decimal(1301), Decimal(576), Decimal(65))
