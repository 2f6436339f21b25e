"""Go or no-go: each criterion of a launch gate held against its limit.

A date holds if it is on or before its limit, a count or an amount with `at_most` if it does not exceed it, an amount or
a rate with `at_least` if it does not fall below it. The decision is "no-go" if a criterion that must hold does not, "go
with conditions" if only others do not, else "go" (must-meet and should-meet criteria of a stage gate: R. G. Cooper,
Winning at New Products, 2011).

Limits: it compares figures; whether to launch is for the people who answer for it.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, Days, Money, Rate

LISTED = False  # the launch plan's action calls it; write_stage_gate is for criteria with evidence in words

Decision = Literal["go", "go with conditions", "no-go"]


class DateCriterion(Model):
    """`value` on or before `limit`."""

    value: Day
    limit: Day
    must: bool = True


class CountCriterion(Model):
    """`value` at most `limit`."""

    value: Count
    limit: Count
    must: bool = True


class MoneyCriterion(Model):
    """`value` at most `at_most`, or at least `at_least`."""

    value: Money
    at_most: Money | None = None
    at_least: Money | None = None
    must: bool = True


class RateCriterion(Model):
    """`value` at least `at_least`."""

    value: Rate
    at_least: Rate
    must: bool = True


class Verdict(Model):
    """Whether it holds, and by how much: days, money or a rate to spare (negative: short)."""

    holds: bool
    must: bool
    spare_days: Days | None = None
    spare_money: Money | None = None
    spare_rate: Rate | None = None


class GateReview(Model):
    """Verdicts by criterion, and the decision they add up to."""

    criteria: dict[Key, Verdict]
    decision: Decision
    checked: Count
    holding: Count
    failing: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def review_launch_gate(
    dates: Annotated[dict[Key, DateCriterion] | None, Field(max_length=60)] = None,
    counts: Annotated[dict[Key, CountCriterion] | None, Field(max_length=60)] = None,
    amounts: Annotated[dict[Key, MoneyCriterion] | None, Field(max_length=60)] = None,
    rates: Annotated[dict[Key, RateCriterion] | None, Field(max_length=60)] = None,
) -> GateReview:
    """Review a launch gate: every date, count, amount and rate against its limit, and go or no-go.

    Use when a launch is to be decided. It does not decide for the people who answer for it.
    """
    found: dict[str, Verdict] = {}
    for key, day in (dates or {}).items():
        found[key] = Verdict(holds=day.value <= day.limit, must=day.must, spare_days=(day.limit - day.value).days)
    for key, count in (counts or {}).items():
        found[key] = Verdict(holds=count.value <= count.limit, must=count.must)
    for key, amount in (amounts or {}).items():
        found[key] = _amount(key, amount)
    for key, rate in (rates or {}).items():
        found[key] = Verdict(holds=rate.value >= rate.at_least, must=rate.must, spare_rate=rate.value - rate.at_least)
    given = sum(len(part or {}) for part in (dates, counts, amounts, rates))
    if not found or len(found) < given:
        raise InvalidInput(
            f"{given} criteria with {len(found)} ids; give at least one, each with an id of its own", field="dates"
        )
    failing = [key for key, verdict in found.items() if not verdict.holds]
    decision: Decision = "go"
    if failing:
        decision = "no-go" if any(found[key].must for key in failing) else "go with conditions"
    return GateReview(
        criteria=found,
        decision=decision,
        checked=len(found),
        holding=len(found) - len(failing),
        failing=len(failing),
        method="Each figure against its limit; no-go if a must-meet criterion fails (Cooper 2011).",
        assumptions=["The decision is a proposal; the people named as approvers take it."],
    )


def _amount(key: str, amount: MoneyCriterion) -> Verdict:
    limits = [limit for limit in (amount.at_most, amount.at_least) if limit is not None]
    if len(limits) != 1:
        raise InvalidInput(f"criterion {key!r} must have either at_most or at_least", field=f"amounts.{key}")
    spare = amount.at_most - amount.value if amount.at_most is not None else amount.value - limits[0]
    return Verdict(holds=spare >= Decimal(0), must=amount.must, spare_money=spare)
