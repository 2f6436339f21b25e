"""Cash flows at half-periods: present value, every rate of return, and the time to pay back.

Time is counted in half-periods, so that mid-period flows keep whole exponents, or in days; everything is
Decimal at 50 digits, so results are the same on every machine.
"""

from decimal import Context, Decimal
from itertools import pairwise
from math import gcd

from experts.core.errors import InvalidInput

PRECISE = Context(prec=50)
MOST_SIGN_CHANGES = 12
_ENOUGH = Decimal("1e-32")
_ZERO = Decimal("1e-28")

Flow = tuple[int, Decimal]
"""Half-periods (or days) from now, and the amount."""


def present_value(flows: list[Flow], rate: Decimal, per: int = 2) -> Decimal:
    """Sum of amount / (1 + rate)^(time / per); `per` is 2 for half-periods, 365 for days."""
    factor = _factor(rate, per)
    return sum((amount * factor**when for when, amount in flows), Decimal(0))


def _factor(rate: Decimal, per: int) -> Decimal:
    return 1 / (1 + rate).sqrt() if per == 2 else (1 + rate) ** (Decimal(-1) / per)


def rates_of_return(flows: list[Flow], per: int = 2) -> list[Decimal]:
    """Every rate above -1 at which the present value is zero, ascending.

    The present value is a polynomial in w = (1 + rate)^(-1/per). Descartes' argument isolates its
    positive roots: multiplying the coefficients by (exponent - k), with k at a sign change, gives a
    polynomial with one sign change less whose roots separate those of the first.
    """
    terms = [(when, amount) for when, amount in sorted(flows) if amount]
    changes = sum(a * b < 0 for (_, a), (_, b) in pairwise(terms))
    if changes > MOST_SIGN_CHANGES:
        raise InvalidInput(
            f"the flows change sign {changes} times, more than {MOST_SIGN_CHANGES}; add up flows of longer periods",
            field="flows",
        )
    if not changes:
        return []
    step = gcd(per, *(when - terms[0][0] for when, _ in terms))
    terms = [((when - terms[0][0]) // step, amount) for when, amount in terms]
    roots = _positive_roots(terms)
    return sorted(1 / root ** (per // step) - 1 for root in roots)


def _positive_roots(terms: list[Flow]) -> list[Decimal]:
    at = next((i for i in range(len(terms) - 1) if terms[i][1] * terms[i + 1][1] < 0), None)
    if at is None:
        return []
    turn = Decimal(terms[at][0]) + Decimal("0.5")
    between = _positive_roots([(when, amount * (when - turn)) for when, amount in terms])
    largest = max(abs(amount) for _, amount in terms)
    lowest = 1 / (1 + largest / abs(terms[0][1])) / 2
    highest = (1 + largest / abs(terms[-1][1])) * 2
    marks = [lowest, *(x for x in between if lowest < x < highest), highest]
    signs = [_sign(terms, x) for x in marks]
    roots = [x for x, sign in zip(marks, signs, strict=True) if sign == 0]
    for low, high, before, after in zip(marks, marks[1:], signs, signs[1:], strict=False):
        if before * after < 0:
            roots.append(_bisect(terms, low, high, before))
    return sorted(roots)


def _sign(terms: list[Flow], x: Decimal) -> int:
    """Sign of the polynomial at x; 0 where it vanishes but for rounding (a double root)."""
    parts = [amount * x**when for when, amount in terms]
    value = sum(parts, Decimal(0))
    if abs(value) <= _ZERO * sum((abs(part) for part in parts), Decimal(0)):
        return 0
    return 1 if value > 0 else -1


def _bisect(terms: list[Flow], low: Decimal, high: Decimal, before: int) -> Decimal:
    while high / low - 1 > _ENOUGH:
        middle = (low * high).sqrt()
        sign = _sign(terms, middle)
        if sign == 0:
            return middle
        low, high = (middle, high) if sign == before else (low, middle)
    return (low * high).sqrt()


def payback(flows: list[Flow], rate: Decimal, per: int = 2) -> tuple[Decimal | None, bool]:
    """Periods until the running (discounted) sum first reaches zero, and whether it later falls below again.

    Within a period the flow is taken as even, so the crossing is interpolated.
    """
    total, previous, found, again = Decimal(0), Decimal(0), None, False
    factor = _factor(rate, per)
    outlay = False
    for when, amount in flows:
        value = amount * factor**when
        if found is None and outlay and total < 0 <= total + value:
            found = (previous + (Decimal(when) - previous) * (-total / value)) / per
        total += value
        outlay = outlay or total < 0
        again = again or (found is not None and total < 0)
        previous = Decimal(when)
    return found, again
