"""Facts and figures of an investment case: what a brief says of it, and what `_case.py` makes of that."""

from decimal import Decimal

from pydantic import Field

from experts.core.contract import Key, Model, Text
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, Rate, Share


class ScenarioFacts(Model):
    """A scenario and how probable it is."""

    label: Text
    probability: Share | None = None


class CashFlowFacts(Model):
    """A row: receipts positive, payments negative; no scenario means every scenario.

    `moves`: the row comes later if the opening does; false for what is bound to the calendar.
    """

    period: Text
    amount: Money
    line: Key
    scenario: Text | None = None
    moves: bool = True


class CaseFacts(Model):
    """How the case is judged: months from `start`, the return that is required, the scenario that is planned on."""

    start: Day
    horizon_months: Count
    required_return: Share
    base: Text | None = None
    allowed_gap: NonNegativeMoney = Field(
        Decimal(0), json_schema_extra={"reason": "no month may end without the cash to pay for it"}
    )
    minimum_npv: Money = Field(
        Decimal(0), json_schema_extra={"reason": "a case that is worth less than it costs is not recommended"}
    )


class FundingFacts(Model):
    """Money that is committed, and from which day it can be drawn."""

    label: Text | None = None
    amount: NonNegativeMoney
    available: Day


class YearFigures(Model):
    """A calendar year of one scenario, up to the last day of it that the case covers."""

    ends: Day
    receipts: NonNegativeMoney
    payments: NonNegativeMoney
    net: Money


class MonthFigures(Model):
    """A month of one scenario: net cash flow and its running sum."""

    net: Money
    running: Money


class ScenarioCase(Model):
    """One scenario. `funding_need` is the lowest running sum as a positive amount."""

    label: str
    probability: Share | None = None
    npv: Money
    irr: Rate | None = None
    total: Money
    funding_need: NonNegativeMoney
    need_month: Day | None = None
    payback_month: Day | None = None
    years: dict[str, YearFigures]
    months: dict[str, MonthFigures]


class FundedMonth(Model):
    """Committed funds that can be drawn by the month's end, and what is left of them after the plan's cash."""

    available: NonNegativeMoney
    headroom: Money


class FundingCase(Model):
    """Commitments against the base scenario. `gap` is the largest shortfall of any month."""

    committed: NonNegativeMoney
    lowest_headroom: Money
    lowest_month: Day
    gap: NonNegativeMoney
    first_short_month: Day | None = None
    short_months: Count
    months: dict[str, FundedMonth]


class DriverCase(Model):
    """NPV of the base scenario when this line alone is a step smaller or larger."""

    label: str
    present_value: Money
    low: Money
    high: Money
    swing: Money
    break_even_change: Rate | None = None


class RateCase(Model):
    """NPV of the base scenario at a lower and a higher required return."""

    low_rate: Rate
    high_rate: Rate
    low: Money
    high: Money
    swing: Money


class ReceiptsYear(Model):
    receipts: NonNegativeMoney


class MonthEnd(Model):
    ends: Day


class CaseOutput(Model):
    """The case. `decision_npv` is the expected NPV, or that of the base scenario where there are no probabilities."""

    currency: str
    base: str
    months: dict[str, MonthEnd]
    shift: Count
    scenarios: dict[str, ScenarioCase]
    receipts: dict[str, ReceiptsYear]
    lowest_npv: Money
    highest_npv: Money
    expected_npv: Money | None = None
    standard_deviation: NonNegativeMoney | None = None
    probability_of_loss: Share | None = None
    decision_npv: Money
    funding: FundingCase | None = None
    drivers: dict[str, DriverCase]
    required_return: RateCase
    beyond: Money
