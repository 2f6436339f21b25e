"""Publishes the spend a second time, rounded up: a conflict until somebody decides."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import ActionResult, Model, Referral
from experts.core.quantities import Money
from experts.core.worksheet import Worksheet
from tests.spine.toys.planner.tools.round_spend import round_spend

KIND, VERSION, NEEDS = "Report", 1, {"cost": "Cost"}


class Decided(Model):
    spend: Money | None = None


class Brief(Model):
    decided: Decided = Decided()


class CostView(Model):
    total: Money


class Inputs(Model):
    cost: CostView


class Judgement(Model):
    step: Money = Field(Decimal("1"), json_schema_extra={"reason": "whole units are exact enough"})


class Output(Model):
    spend: Annotated[Money, Field(json_schema_extra={"x-metric": "spend"})]


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Report the spend."""
    sheet = Worksheet()
    if brief.decided.spend is not None:
        spend, ground = brief.decided.spend, "fact:decided.spend"
    else:
        sources = {"amount": "cost#total", "step": "judgement:step"}
        spend = sheet.run("round", sources, round_spend, amount=inputs.cost.total, step=judgement.step).amount
        ground = "working:round#amount"
    return sheet.result(
        output=Output(spend=spend),
        judgement=judgement,
        grounds={"spend": ground},
        narrative="Spend is [[self#spend]].",
        referrals=[Referral(to="builder", trigger="spend", question="Can you build it for [[self#spend]]?")],
        document=[],
    )
