"""Small groups: which cells may be shown so that nobody can be picked out."""

from collections.abc import Mapping
from decimal import Decimal


def hidden_groups(sizes: Mapping[str, int], minimum: int) -> set[str]:
    """Groups too small to show, and as many of the next smallest as are needed to protect them.

    With the total known, what is hidden can be worked out as one sum. So at least two groups
    are hidden, and together they have at least `minimum` people.
    """
    hidden = {key for key, size in sizes.items() if size < minimum}
    for _, key in sorted((size, key) for key, size in sizes.items() if key not in hidden):
        if not hidden or (len(hidden) > 1 and sum(sizes[key] for key in hidden) >= minimum):
            break
        hidden.add(key)
    return hidden


def median(values: list[Decimal]) -> Decimal:
    """The middle value, or the mean of the two middle ones."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def mean(values: list[Decimal]) -> Decimal:
    """The arithmetic mean."""
    return sum(values, Decimal(0)) / len(values)


def variance(values: list[Decimal]) -> Decimal:
    """The sample variance (n - 1)."""
    centre = mean(values)
    return sum(((value - centre) ** 2 for value in values), Decimal(0)) / (len(values) - 1)
