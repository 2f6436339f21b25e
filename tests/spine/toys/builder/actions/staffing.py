"""How many people the spend needs; their cost feeds back."""

from experts.core.contract import ActionResult, Model
from experts.core.quantities import Count, Money, NonNegativeMoney
from experts.core.worksheet import Worksheet
from tests.spine.toys.builder.tools.count_heads import count_heads

KIND, VERSION, NEEDS = "Staffing", 1, {"cost": "Cost"}


class Staff(Model):
    per_head: NonNegativeMoney
    wage: NonNegativeMoney


class Brief(Model):
    staff: Staff


class CostView(Model):
    total: Money


class Inputs(Model):
    cost: CostView


class Judgement(Model):
    pass


class Output(Model):
    heads: Count
    people_cost: Money


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Count heads."""
    sheet = Worksheet()
    sources = {"total": "cost#total", "per_head": "fact:staff.per_head", "wage": "fact:staff.wage"}
    found = sheet.run(
        "heads", sources, count_heads, total=inputs.cost.total, per_head=brief.staff.per_head, wage=brief.staff.wage
    )
    return sheet.result(
        output=Output(heads=found.heads, people_cost=found.people_cost),
        judgement=judgement,
        grounds={"heads": "working:heads#heads", "people_cost": "working:heads#people_cost"},
        narrative="[[self#heads]] people.",
        document=[],
    )
