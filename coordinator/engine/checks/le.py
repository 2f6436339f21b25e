"""Every value on the left is at most every value on the right."""

from decimal import Decimal


def le(left: dict[str, object], right: dict[str, object]) -> str | None:
    """None if it holds, else the largest left and the smallest right value."""
    a = max(Decimal(str(value)) for value in left.values())
    b = min(Decimal(str(value)) for value in right.values())
    return None if a <= b else f"{a} is above the limit of {b}"
