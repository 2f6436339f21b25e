"""Scenarios of one investment valued alike: NPV and IRR of each, and the value weighted by probability.

NPV = sum of flow / (1 + rate)^(days / 365), days from the first date (Excel's XNPV); IRR is the yearly rate at which it
is zero (Excel's XIRR), absent unless exactly one exists. Expected NPV = sum of probability * NPV; standard deviation =
square root of the sum of probability * (NPV - expected NPV)^2. Probability of a loss = the sum of the probabilities of
scenarios with a negative NPV. Source: Brealey, Myers & Allen, Principles of Corporate Finance, chapters 5, 6 and 10.

Limits: one rate for every scenario; probabilities are judgements and are used as given.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Day, Money, NonNegativeMoney, Rate, Share, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE, present_value
from experts.finance_accountant.tools.evaluate_investment import evaluate_investment

LISTED = False  # evaluate_investment is what a person calls
_DAYS = 365


class Valued(Model):
    """One scenario."""

    npv: Money
    irr: Rate | None = None
    probability: Share | None = None


class ScenarioValues(Model):
    """Money in the given currency; rates a year."""

    scenarios: dict[str, Valued]
    lowest: Money
    highest: Money
    expected_npv: Money | None = None
    standard_deviation: NonNegativeMoney | None = None
    probability_of_loss: Share | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def value_scenarios(
    flows: Annotated[dict[Key, list[Money]], Field(min_length=1, max_length=12)],
    dates: Annotated[list[Day], Field(min_length=1, max_length=361)],
    rate: Share,
    currency: str,
    probabilities: Annotated[dict[Key, Share] | None, Field(max_length=12)] = None,
) -> ScenarioValues:
    """NPV and IRR by scenario, expected NPV, probability of a loss.

    Use when one investment is judged under several scenarios.
    """
    given = probabilities or {}
    unknown = sorted(set(given) - set(flows))
    if unknown:
        raise InvalidInput(f"{unknown[0]!r} has a probability and no flows", field=f"probabilities.{unknown[0]}")
    total = sum(given.values(), Decimal(0))
    complete = set(given) == set(flows)
    if complete and total != 1:
        raise InvalidInput(
            f"the probabilities add up to {plain(total)}, not to 1; correct them, or leave them all out",
            field="probabilities",
        )
    found, warnings = {}, []
    with localcontext(PRECISE):
        for key, amounts in flows.items():
            if len(amounts) != len(dates):
                raise InvalidInput(
                    f"{key!r} has {len(amounts)} flows for {len(dates)} dates; give one a date", field=f"flows.{key}"
                )
            placed = [((day - dates[0]).days, amount) for day, amount in zip(dates, amounts, strict=True)]
            npv, irr = present_value(placed, rate, _DAYS), None
            if len(amounts) > 1 and any(a > 0 for a in amounts) and any(a < 0 for a in amounts):
                irr = evaluate_investment(amounts, rate, currency, dates).irr
            if irr is None:
                warnings.append(f"The scenario {key!r} has no single internal rate of return; judge it by its NPV.")
            found[key] = Valued(npv=round_money(npv, currency), irr=irr, probability=given.get(key))
        expected = sum((given[key] * each.npv for key, each in found.items()), Decimal(0)) if complete else None
        spread = (
            sum((given[key] * (each.npv - expected) ** 2 for key, each in found.items()), Decimal(0)).sqrt()
            if expected is not None
            else None
        )
    if given and not complete:
        missing = ", ".join(sorted(set(flows) - set(given)))
        warnings.append(f"No probability is given for {missing}, so no expected value is worked out.")
    return ScenarioValues(
        scenarios=found,
        lowest=min(each.npv for each in found.values()),
        highest=max(each.npv for each in found.values()),
        expected_npv=None if expected is None else round_money(expected, currency),
        standard_deviation=None if spread is None else round_money(spread, currency),
        probability_of_loss=sum((round_to(given[key], 10) for key, e in found.items() if e.npv < 0), Decimal(0))
        if complete
        else None,
        method=f"Flows discounted from {dates[0]} by days / 365 (Excel's XNPV and XIRR); expected NPV weighted by the "
        "probabilities given.",
        assumptions=["One rate holds for every scenario and every year."],
        warnings=warnings,
    )
