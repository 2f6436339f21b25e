"""Monetary unit sampling: size, interval and selection, and the upper limit of what was found.

Confidence factor F solves F = gamma quantile at (1 - risk) with shape 1 + (expected / tolerable) * F, as the tables of the
AICPA Audit Guide Audit Sampling are built (Stewart, Technical Notes, 2012); size = F * population /
tolerable, rounded up; interval = population / size. Selection: every interval-th dollar from the start. Items
at or above the interval are examined in full. Evaluation: taintings (misstatement / book value) in descending
order, each projected to the interval; basic precision = factor for none * interval, plus the
incremental allowance; upper limit = the sum. Standard: AU-C 530 (AICPA), ISA 530.

Limits: overstatements of debit-like balances; book values above zero; risk and tolerable misstatement are the
auditor's judgement. A conclusion needs the qualitative side too.
"""

from decimal import ROUND_CEILING, Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Money, NonNegativeMoney, Ratio, Share, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE
from experts.finance_accountant.tools._curves import LARGEST

ZERO = Decimal(0)
_MOST = 10_000


class Misstated(Model):
    """An item found wrong."""

    book: NonNegativeMoney
    audited: NonNegativeMoney


class Evaluation(Model):
    """Of the misstatements found; acceptable: upper limit not above tolerable."""

    projected: Money
    basic_precision: Money
    incremental_allowance: Money
    known_in_large_items: Money
    upper_limit: Money
    acceptable: bool


class AuditSample(Model):
    """Money as given."""

    population: Money
    confidence_factor: Ratio
    sample_size: Count
    interval: Money
    selected: Annotated[list[Key], Field(description="Items hit by the interval, large ones included.")] = []
    large_items: Annotated[list[Key], Field(description="At or above the interval: examined in full.")] = []
    evaluation: Evaluation | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_audit_sample(
    tolerable: NonNegativeMoney,
    expected: NonNegativeMoney = ZERO,
    population: NonNegativeMoney | None = None,
    items: Annotated[dict[Key, NonNegativeMoney] | None, Field(max_length=5000)] = None,
    risk: Share = Decimal("0.05"),
    start: Share = Decimal("0.5"),
    found: Annotated[list[Misstated] | None, Field(max_length=500)] = None,
) -> AuditSample:
    """Monetary unit sampling: size, selection, evaluation.

    Use when an audit sample is drawn.
    """
    total = _total(population, items)
    if not ZERO < tolerable <= total:
        raise InvalidInput(
            f"tolerable {plain(tolerable)!r} must be above zero and at most the population {plain(total)}",
            field="tolerable",
        )
    if expected > tolerable / 2:
        raise InvalidInput(
            f"expected {plain(expected)!r} is more than half of tolerable {plain(tolerable)!r}, where sampling does not "
            "help; test in full or ask for corrections first",
            field="expected",
        )
    if not Decimal("0.01") <= risk <= Decimal("0.5"):
        raise InvalidInput(f"risk {plain(risk)!r} is outside 0.01 to 0.5; 0.05 or 0.1 are usual", field="risk")
    with localcontext(PRECISE):
        factor = _factor(expected / tolerable, risk)
        size = int((factor * total / tolerable).to_integral_value(ROUND_CEILING))
        if size > _MOST:
            raise InvalidInput(
                f"a sample of {size} items is above {_MOST}; raise tolerable or test in full", field="tolerable"
            )
        interval = round_to(total / size, 2)
        large = [key for key, amount in (items or {}).items() if amount >= interval]
        return AuditSample(
            population=total,
            confidence_factor=round_to(factor, 4),
            sample_size=size,
            interval=interval,
            selected=_selected(items or {}, interval, start),
            large_items=large,
            evaluation=None if found is None else _evaluation(found, interval, risk, tolerable),
            method="Monetary unit sampling: size = factor * population / tolerable with the factors of the AICPA Audit Guide "
            "(gamma quantile); upper limit by taintings in descending order (AU-C 530).",
            assumptions=[f"Overstatement is the risk; a risk of incorrect acceptance of {plain(risk)}."],
            warnings=["The start should be drawn at random, not chosen."] if items and start == Decimal("0.5") else [],
        )


def _total(population: Decimal | None, items: dict[str, Decimal] | None) -> Decimal:
    total = population if items is None else sum(items.values(), ZERO)
    if total is None or not ZERO < total < LARGEST:
        raise InvalidInput(
            "give the population's book value or its items, above zero and below 10^15", field="population"
        )
    if population is not None and population != total:
        raise InvalidInput(
            f"items add up to {plain(total)}, population says {plain(population)}; the difference of "
            f"{plain(abs(total - population))} must be found first",
            field="population",
        )
    return total


def _quantile(shape: Decimal, risk: Decimal) -> Decimal:
    from scipy.special import gammaincinv

    return Decimal(f"{float(gammaincinv(float(shape), float(1 - risk))):.8f}")


def _factor(ratio: Decimal, risk: Decimal) -> Decimal:
    """The fixed point, from below; it exists for the ratios allowed."""
    found = _quantile(Decimal(1), risk)
    for _ in range(200):
        following = _quantile(1 + ratio * found, risk)
        if abs(following - found) < Decimal("0.000001"):
            break
        found = following
    return found


def _selected(items: dict[str, Decimal], interval: Decimal, start: Decimal) -> list[str]:
    chosen, running, mark = [], ZERO, start * interval
    for key, amount in items.items():
        running += amount
        if amount and mark <= running:
            chosen.append(key)
            while mark <= running:
                mark += interval
    return chosen


def _evaluation(found: list[Misstated], interval: Decimal, risk: Decimal, tolerable: Decimal) -> Evaluation:
    known, taintings = ZERO, []
    for number, one in enumerate(found):
        if not one.book or one.audited > one.book:
            raise InvalidInput(
                f"item {number + 1} is booked at {plain(one.book)} and audited at {plain(one.audited)}; understatements need "
                "their own test",
                field=f"found.{number}",
            )
        if one.book >= interval:
            known += one.book - one.audited
        else:
            taintings.append((one.book - one.audited) / one.book)
    taintings.sort(reverse=True)
    projected = sum(taintings, ZERO) * interval
    basic = _quantile(Decimal(1), risk) * interval
    allowance, before = ZERO, _quantile(Decimal(1), risk)
    for number, tainting in enumerate(taintings, 1):
        after = _quantile(Decimal(number + 1), risk)
        allowance += tainting * interval * (after - before - 1)
        before = after
    upper = round_to(projected + basic + allowance + known, 2)
    return Evaluation(
        projected=round_to(projected, 2),
        basic_precision=round_to(basic, 2),
        incremental_allowance=round_to(allowance, 2),
        known_in_large_items=known,
        upper_limit=upper,
        acceptable=upper <= tolerable,
    )
