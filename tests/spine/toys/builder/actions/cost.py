"""What it costs; receives the people's cost back from staffing, and may be asked to run lean."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import ActionResult, Model
from experts.core.quantities import Money, NonNegativeMoney, Rate, Volume
from experts.core.worksheet import Worksheet
from tests.spine.toys.builder.tools.add_cost import add_cost

KIND, VERSION, NEEDS = "Cost", 1, {"demand": "Demand", "people": "Staffing"}


class Brief(Model):
    unit_cost: NonNegativeMoney


class DemandView(Model):
    units: Volume


class PeopleView(Model):
    people_cost: Money


class Inputs(Model):
    demand: DemandView
    people: PeopleView | None = None


class Judgement(Model):
    discount: Rate = Field(Decimal("0"), json_schema_extra={"reason": "no discount is agreed"})


class Output(Model):
    variable: Money
    people: Money
    total: Annotated[Money, Field(json_schema_extra={"x-metric": "spend"})]


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Add up the cost."""
    sheet = Worksheet()
    sources = {
        "units": "demand#units",
        "unit_cost": "fact:unit_cost",
        "discount": "judgement:discount",
        "people": "people#people_cost",
    }
    found = sheet.run(
        "cost",
        sources,
        add_cost,
        units=inputs.demand.units,
        unit_cost=brief.unit_cost,
        discount=judgement.discount,
        people=inputs.people.people_cost if inputs.people else None,
    )
    return sheet.result(
        output=Output(variable=found.variable, people=found.people, total=found.total),
        judgement=judgement,
        grounds={name: f"working:cost#{name}" for name in ("variable", "people", "total")},
        narrative="It costs [[self#total]].",
        document=[],
    )
