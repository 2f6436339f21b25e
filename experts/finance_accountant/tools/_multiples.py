"""Equity values by the multiples of comparable companies, quartile by quartile."""

from decimal import Decimal

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, Ratio, plain, round_to
from experts.finance_accountant.tools._curves import LARGEST


class MultipleRange(Model):
    """One metric: quartiles of the multiple, and of the value."""

    peers: int
    multiple_low: Ratio
    multiple_median: Ratio
    multiple_high: Ratio
    equity_low: Money
    equity_median: Money
    equity_high: Money
    enterprise_median: Money


def _quantile(ordered: list[Decimal], share: Decimal) -> Decimal:
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


EQUITY_METRICS = ("net_income", "book_equity")
"""Price/earnings and price/book are multiples of equity; all others are of enterprise value."""


def ranges_of(
    metrics: dict[str, Decimal], multiples: dict[str, list[Decimal]], net_debt: Decimal, currency: str
) -> tuple[dict[str, MultipleRange], list[str]]:
    """Quartile ranges by metric, and warnings. InvalidInput where names differ or a multiple is not above zero."""
    if set(metrics) != set(multiples):
        raise InvalidInput(
            f"metrics are {sorted(metrics)}, multiples are of {sorted(multiples)}; give the same names",
            field="multiples",
        )
    found, warnings = {}, []
    for key, metric in metrics.items():
        peers = sorted(multiples[key])
        if not peers or peers[0] <= 0 or len(peers) > 200:
            raise InvalidInput(
                f"multiples of {key!r} must be 1 to 200 values above zero, not "
                f"{plain(peers[0]) if peers else 'none'!r}; leave out peers with losses",
                field=f"multiples.{key}",
            )
        if metric <= 0:
            warnings.append(f"{key} is not above zero, so its multiple does not apply.")
            continue
        if len(peers) < 4:
            warnings.append(f"{key}: fewer than four peers, so the range says little.")
        found[key] = _range(key, metric, peers, net_debt, currency)
    return found, warnings


def _range(key: str, metric: Decimal, peers: list[Decimal], net_debt: Decimal, currency: str) -> MultipleRange:
    marks = [_quantile(peers, Decimal(part)) for part in ("0.25", "0.5", "0.75")]
    if metric * peers[-1] + abs(net_debt) >= LARGEST:
        raise InvalidInput(f"the value by {key!r} is out of range; use thousands", field=f"metrics.{key}")
    values = [round_money(metric * mark, currency) for mark in marks]
    equity = values if key in EQUITY_METRICS else [value - net_debt for value in values]
    return MultipleRange(
        peers=len(peers),
        multiple_low=round_to(marks[0], 4),
        multiple_median=round_to(marks[1], 4),
        multiple_high=round_to(marks[2], 4),
        equity_low=equity[0],
        equity_median=equity[1],
        equity_high=equity[2],
        enterprise_median=equity[1] + net_debt,
    )
