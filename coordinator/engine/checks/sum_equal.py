"""The left side adds up to the right side, exactly."""

from decimal import Decimal


def sum_equal(left: dict[str, object], right: dict[str, object]) -> str | None:
    """None if the sums are equal, else both sums and their difference."""
    a, b = (sum((Decimal(str(value)) for value in side.values()), Decimal(0)) for side in (left, right))
    return None if a == b else f"the parts add up to {a}, not to {b} (difference {a - b})"
